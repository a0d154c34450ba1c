"""The reader in a browser: places counted in code points, edges moved, words found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from whence.dossier import Dossier
from whence.judgements import quoted
from whence.terms import Anchor, Attribution, Document

if TYPE_CHECKING:
    from playwright.sync_api import Page

IMPORT = "const { Words, toPoints, toUnits } = await import('/static/points.js');"


def opened(case: Path, name: str = "ferry") -> tuple[Document, list[Attribution]]:
    with Dossier.open(case) as dossier:
        document = dossier.document(name)
        return document, dossier.attributions(document.id)


def words_of(case: Path, about: str) -> str:
    """What was said, as decisions leave it."""
    document, found = opened(case)
    return quoted(document.text, next(each.content for each in found if each.id == about))


def statement(case: Path, words: str) -> tuple[Document, Attribution]:
    document, found = opened(case)
    return document, next(
        each for each in found
        if each.voice == "speaker" and words in quoted(document.text, each.content)
    )  # fmt: skip


def test_every_code_point_is_found_in_the_page_and_back(page: Page, case: Path) -> None:
    for name in ("ferry", "crossing"):
        document, _ = opened(case, name)
        page.goto(f"/documents/{document.id}")
        there: list[list[object]] = page.evaluate(
            f"""async () => {{ {IMPORT}
                const words = new Words(document.querySelector('.document'));
                const out = [];
                for (let point = 0; point < words.length; point += 1) {{
                    const spot = words.at(point);
                    out.push([words.of(spot.node, spot.offset), words.range(point, point + 1).toString()]);
                }}
                return out; }}"""
        )
        assert there == [[i, sign] for i, sign in enumerate(document.text)]


def test_a_place_within_a_pair_counts_as_its_beginning(page: Page) -> None:
    page.goto("/")
    text = "a🚢e\u0301لا👩🏽‍✈️z"
    found: list[list[int]] = page.evaluate(
        f"""async text => {{ {IMPORT}
            const every = Array.from({{length: text.length + 1}}, (_, unit) => toPoints(text, unit));
            return every.map((point) => [point, toUnits(text, point)]); }}""",
        text,
    )
    units = [len(text[:i].encode("utf-16-le")) // 2 for i in range(len(text) + 1)]
    assert [point for point, _ in found] == [
        max(i for i, at in enumerate(units) if at <= unit) for unit in range(units[-1] + 1)
    ]
    assert {unit for _, unit in found} == set(units)


def test_edges_are_moved_by_key_and_kept(page: Page, case: Path) -> None:
    document, found = statement(case, "No ship sank")
    page.goto(f"/documents/{document.id}#{found.id}")
    page.keyboard.press("e")
    page.get_by_role("button", name="Beginning of what was said").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".now-content").inner_text().startswith("No ship sank")
    page.get_by_role("button", name="End of what was said").focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowLeft")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert words_of(case, found.id) == "No ship sank"


def test_an_edge_never_cuts_a_joined_sign_apart(page: Page, case: Path) -> None:
    document, found = statement(case, "the engine was cold")
    page.goto(f"/documents/{document.id}#{found.id}")
    page.keyboard.press("e")
    first = page.get_by_role("button", name="Beginning of what was said")
    first.focus()
    seen = set()
    for _ in range(40):
        page.keyboard.press("Shift+ArrowLeft")
        seen.add(page.locator(".now-content").inner_text()[:2])
    assert not any(each[:1] in "\u0301\u200d\ufe0f🏽✈" for each in seen if each)
    page.keyboard.press("Escape")
    assert page.locator(".edge").count() == 0


def dragged(page: Page, side: str, words: str) -> None:
    """Drag the end of a statement to that side of these words, and keep it."""
    to: dict[str, float] = page.evaluate(
        f"""async text => {{ {IMPORT}
            const words = new Words(document.querySelector('.document'));
            const at = [...words.text.slice(0, words.text.indexOf(text))].length;
            const box = words.range(at, at + [...text].length).getBoundingClientRect();
            return {{left: box.left, right: box.right, y: box.top + box.height / 2}}; }}""",
        words,
    )
    handle = page.get_by_role("button", name="End of what was said").bounding_box()
    assert handle is not None
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(to[side] + 20, to["y"], steps=3)
    page.mouse.move(to[side], to["y"], steps=3)
    page.mouse.up()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep", exact=True).click()


def test_an_edge_is_dragged_with_the_mouse(page: Page, case: Path) -> None:
    document, found = statement(case, "No ship sank")
    page.goto(f"/documents/{document.id}#{found.id}")
    page.keyboard.press("e")
    dragged(page, "right", "No ship")
    assert words_of(case, found.id) == "“No ship"


def test_an_edge_is_dragged_in_words_that_run_from_right_to_left(page: Page, case: Path) -> None:
    whole, begun = "لم تغرق أي سفينة", "لم تغرق"
    document, _ = opened(case)
    at = document.text.index(whole)
    spans = ((at, at + len(whole)),)
    anchor = Anchor("attribution", document.id, spans, whole)
    with Dossier.open(case) as dossier:
        dossier.judge("add-statement", [anchor], by="Mirn", value="Ilse Orlo")
    _, found = statement(case, whole)
    page.goto(f"/documents/{document.id}#{found.id}")
    page.keyboard.press("e")
    dragged(page, "left", begun)
    with Dossier.open(case) as dossier:
        said = [quoted(document.text, e.content) for e in dossier.attributions(document.id)]
    assert begun in said and whole not in said


def test_words_are_found_whatever_their_accents_and_capitals(page: Page, case: Path) -> None:
    document, _ = opened(case)
    page.goto(f"/documents/{document.id}")
    page.keyboard.press("/")
    page.keyboard.type("ZOE")
    assert page.locator("#infind [role=status]").inner_text() == "1 found"
    page.keyboard.press("Enter")
    assert page.locator("#infind [role=status]").inner_text() == "1 of 1"


def test_a_place_is_named_by_key_from_the_selected_words(page: Page, case: Path) -> None:
    document, _ = opened(case)
    page.goto(f"/documents/{document.id}")
    page.evaluate(
        f"""async text => {{ {IMPORT}
            const words = new Words(document.querySelector('.document'));
            const at = [...words.text.slice(0, words.text.indexOf(text))].length;
            getSelection().addRange(words.range(at, at + [...text].length)); }}""",
        "Marrow Point",
    )
    with page.expect_navigation():
        page.keyboard.press("g")
    page.get_by_label("It is in no list: call it").fill("Merrow Head")
    page.get_by_role("button", name="It is this place").click()
    with Dossier.open(case) as dossier:
        (made,) = dossier.judgements()
        names = dossier.entities()
        assert (made.verdict, made.about[0].quote) == ("place-is", "Marrow Point")
        assert "Merrow Head" in {
            names[m.entity].name for m in dossier.mentions(document.id) if m.entity
        }
