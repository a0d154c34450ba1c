"""Every code point on a page: the browser holds what the document holds, and counts as it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.test_code_points import SCALARS, chunks

from whence.web.markup import written

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVERY = """async () => {
  const { codePoints, toPoints, toUnits } = await import("/static/points.js");
  let done = 0, point = 0;
  const wrong = [];
  for (const each of document.querySelectorAll(".words")) {
    let text = "", size = 0;
    while (size < 4096 && point < 0x110000) {
      if (point < 0xd800 || point > 0xdfff) { text += String.fromCodePoint(point || 0xfffd); size += 1; }
      point += 1;
    }
    if (each.textContent !== text) wrong.push(`the words before ${point} are not themselves`);
    if (codePoints(text) !== size) wrong.push(`${size} before ${point} were miscounted`);
    for (let at = 0, units = 0; at < size; at += 1) {
      const next = units + (text.codePointAt(units) > 0xffff ? 2 : 1);
      if (at % 16 === 0) {
        if (toPoints(text, units) !== at || toUnits(text, at) !== units) wrong.push(`${at} before ${point}`);
        if (toPoints(text, next - 1) !== at) wrong.push(`inside ${at} before ${point}`);
      }
      units = next;
    }
    done += size;
  }
  return { done, wrong };
}"""
COUNTED = """async (text) => {
  const { toPoints, toUnits, codePoints } = await import("/static/points.js");
  const out = [];
  let units = 0;
  for (const sign of text) {
    out.push([toPoints(text, units), toUnits(text, out.length) === units]);
    units += sign.length;
  }
  return [...out, [codePoints(text), true]];
}"""


def test_every_code_point_stands_on_a_page_as_itself_and_in_its_place(page: Page) -> None:
    page.goto("/")
    shown = "".join(f'<div class="words">{written(text)}</div>' for text in chunks())
    page.evaluate("html => { document.body.innerHTML = html; }", shown)
    found: dict[str, Any] = page.evaluate(EVERY)
    assert found == {"done": SCALARS, "wrong": []}


@pytest.mark.parametrize(
    "words",
    [
        "The 🚢 sank, 👩🏽‍✈️ said 🇦🇶.",
        "Zoe\u0301 Čapek, a\u030a\u0327\u0301 and ﬃ",
        "قالت إلسه: «لم تغرق» \u202eabc\u202c שָׁלוֹם",
        "한국 각 𝄞𝕏 \U0010ffff\ufeff\u200b",
        "one\r\ntwo\rthree\n\tfour",
    ],
)
def test_the_page_counts_code_points_as_the_document_does(page: Page, words: str) -> None:
    page.goto("/")
    assert page.evaluate(COUNTED, words) == [[at, True] for at in range(len(words) + 1)]
