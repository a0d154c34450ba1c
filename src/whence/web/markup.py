"""A document's words with its findings marked: nothing added, nothing lost, nothing moved.

Every mark is cut where another begins or ends, so that marks which cross still nest in the page.
The text content of what comes out is the text that went in, code point for code point; the small
labels are empty links whose words stand in an attribute and are drawn by the style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from markupsafe import Markup, escape

from whence.terms import Extent

Part = Literal["source", "cue", "content", "found"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark: which finding they belong to, which part of it they are, how to style them."""

    start: int
    end: int
    finding: str
    part: Part
    style: str = ""
    label: str | None = None
    """Shown before the words, as the link that opens the finding's card; None shows nothing."""
    tells: str = ""
    """What the label says to someone who listens to the page."""
    anchor: str | None = None


def written(text: str) -> Markup:
    """The text as HTML that a browser reads back unchanged, each code point in its place.

    A bare carriage return would be lost, and so would a zero, which no page can hold: it is shown
    as U+FFFD.
    """
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\x00", "\ufffd"))


_LINE = re.compile(r"[^\r\n]+(?:\s*[\r\n])?|\s*[\r\n]")


def paragraphs(text: str, start: int, end: int) -> Iterator[Extent]:
    """The stretch cut after each run of line ends and blank lines; the pieces tile it."""
    for line in _LINE.finditer(text, start, end):
        yield line.span()


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> Markup:
    """The words from start to end with the marks that touch them, as nested elements."""
    near = sorted(
        (m for m in marks if m.start < end and m.end > start),
        key=lambda m: (m.start, -m.end, m.part != "content"),
    )
    cuts = {start, end}
    for mark in near:
        cuts.update(at for at in (mark.start, mark.end) if start < at < end)
    out: list[str] = []
    opened: list[Mark] = []
    waiting = iter(near)
    upcoming = next(waiting, None)
    for left, right in pairwise(sorted(cuts)):
        _close(out, opened, left)
        while upcoming is not None and upcoming.start <= left:
            _open(out, upcoming, first=upcoming.start == left)
            opened.append(upcoming)
            upcoming = next(waiting, None)
        out.append(written(text[left:right]))
    out.extend("</span>" for _ in opened)
    return Markup("".join(out))


def _close(out: list[str], opened: list[Mark], at: int) -> None:
    """Close what has ended; what lay inside it and goes on is closed and opened again."""
    ended = [i for i, mark in enumerate(opened) if mark.end <= at]
    if not ended:
        return
    out.extend("</span>" for _ in opened[ended[0] :])
    again = [mark for mark in opened[ended[0] :] if mark.end > at]
    del opened[ended[0] :]
    for mark in again:
        _open(out, mark, first=False)
        opened.append(mark)


def _open(out: list[str], mark: Mark, *, first: bool) -> None:
    named = f' id="{escape(mark.anchor)}"' if first and mark.anchor else ""
    out.append(
        f'<span{named} class="{mark.part} {escape(mark.style)}" data-of="{escape(mark.finding)}">'
    )
    if first and mark.label is not None:
        out.append(
            f'<a class="label" href="#{escape(mark.finding)}" data-label="{escape(mark.label)}"'
            f' aria-label="{escape(mark.tells or mark.label)}"></a>'
        )


def clipped(text: str, spans: Iterable[Extent], longest: int | None = None) -> str:
    """The words at these spans in reading order, “…” between pieces, cut short if too long."""
    words = " … ".join(text[start:end] for start, end in spans)
    if longest is not None and len(words) > longest:
        return words[: longest - 1].rstrip() + "…"
    return words
