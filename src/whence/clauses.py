"""Sentences, quoted stretches and other small cuts of a text, as extents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whence.terms import Extent, Extents

WORD: Final = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PARAGRAPH: Final = re.compile(r"[^\n\r]*\S[^\n\r]*")
_OPEN, _CLOSE = "“„«", "”»"
_MARK = re.compile(r"[“„«”»\"]|''|``")
_STRAIGHT = frozenset({'"', "''", "``"})  # two apostrophes, as some archives write them
_STRAY: Final = " \t\r\n\u00a0\u200b,;:"


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Extent]:
    """Lines that hold words, without the white space around them."""
    for found in _PARAGRAPH.finditer(text, start, len(text) if end is None else end):
        a, b = found.span()
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        yield a, b


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Extent]:
    """Sentences, cut within one paragraph at a time (nupunkt: Kiss & Strunk 2006, extended)."""
    from nupunkt import sent_spans  # imported late: its tables are read on import

    for a, b in paragraphs(text, start, end):
        for first, last in sent_spans(text[a:b]):
            x, y = trimmed(text, a + first, a + last)
            if x < y:
                yield x, y


def sentence_at(text: str, at: int) -> Extent:
    """The sentence that holds a code point, or its line if no sentence does."""
    first = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    last = min((i for i in (text.find("\n", at), text.find("\r", at)) if i >= 0), default=len(text))
    for a, b in sentences(text, first, last):
        if a <= at < b:
            return a, b
    return first, last


def trimmed(text: str, start: int, end: int) -> Extent:
    """The extent without white space at its edges."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def quoted(text: str, start: int = 0, end: int | None = None) -> Iterator[Extent]:
    """Stretches in double quotation marks, marks included; one left open ends with its paragraph.

    Straight marks and doubled apostrophes pair by turns within a paragraph; an inch or seconds
    mark after a digit is none.
    """
    for a, b in paragraphs(text, start, end):
        opened: int | None = None
        for mark in _MARK.finditer(text, a, b):
            char, i = mark.group(), mark.start()
            straight = char in _STRAIGHT and not (
                char == '"' and i > a and text[i - 1].isdigit() and opened is None
            )
            if opened is None and (char in _OPEN or straight):
                opened = i
            elif opened is not None and (char in _CLOSE or straight):
                if i > opened + 1:
                    yield opened, mark.end()
                opened = None
        if opened is not None and b > opened + 1 and text[opened] in _OPEN:
            yield opened, b


def word_count(text: str, extents: Extents) -> int:
    """How many words stand in the extents."""
    return sum(1 for a, b in extents for _ in WORD.finditer(text, a, b))


def merged(text: str, extents: Extents) -> Extents:
    """Pieces parted by nothing but white space and punctuation become one."""
    out: list[Extent] = []
    for a, b in sorted(extents):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        elif out and not WORD.search(text, out[-1][1], a) and "\n" not in text[out[-1][1] : a]:
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return tuple(out)


def without(extents: Extents, holes: Extents) -> Extents:
    """The extents less what the holes cover."""
    out: list[Extent] = []
    for a, b in extents:
        at = a
        for x, y in sorted(holes):
            if y <= at or x >= b:
                continue
            if x > at:
                out.append((at, x))
            at = max(at, y)
        if at < b:
            out.append((at, b))
    return tuple(out)


def content_edges(text: str, start: int, end: int) -> Extent | None:
    """Content as a person would mark it: no leading “that” or stray comma, quotation marks whole,
    no full stop unless a closing quotation mark follows it. None when no word is left."""
    while start < end and text[start] in _STRAY:
        start += 1
    lead = re.compile(r"(?:that|how|,)\s+(?=\S)", re.I).match(text, start, end)
    if lead and lead.group().casefold().startswith("that"):
        start = lead.end()
    while end > start and text[end - 1] in _STRAY:
        end -= 1
    inside = text[start:end]
    opens = sum(inside.count(c) for c in _OPEN)
    closes = sum(inside.count(c) for c in _CLOSE)
    if opens > closes:
        after = re.compile(r"[.,!?…]{0,3}[”»]").match(text, end)
        if after:
            end = after.end()
    elif closes > opens and start and text[start - 1] in _OPEN:
        start -= 1
    elif inside.count('"') % 2:
        after = re.compile(r"[.,!?…]{0,3}\"").match(text, end)
        if after and not inside.startswith('"', len(inside) - 1):
            end = after.end()
        elif start and text[start - 1] == '"':
            start -= 1
    elif opens == closes == 0 and start and text[start - 1] in _OPEN:
        after = re.compile(r"[.,!?…]{0,3}[”»]").match(text, end)
        if after:
            start, end = start - 1, after.end()
    while end > start and (text[end - 1] in ".…" + _STRAY) and text[end - 2 : end - 1] not in ".":
        if re.search(
            r"\b(?:[A-Za-z]\.)+[A-Za-z]\.$|\b(?:Mr|Mrs|Dr|St|Inc|Co|Corp)\.$", text[start:end]
        ):
            break
        end -= 1
    return (start, end) if WORD.search(text, start, end) else None


def inside(inner: Extents, outer: Extents) -> bool:
    """Whether all of `inner` lies in `outer` (and there is an inner)."""
    return bool(inner) and all(any(a <= x and y <= b for a, b in outer) for x, y in inner)


def overlap(left: Extents, right: Extents) -> int:
    """How many code points two sets of extents share."""
    return sum(max(0, min(b, y) - max(a, x)) for a, b in left for x, y in right)


def size(extents: Extents) -> int:
    """How many code points the extents hold."""
    return sum(b - a for a, b in extents)
