"""A text as the lines or paragraphs a reader sees, tiling it without a gap."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MARKER = re.compile(r"(?:[•◦▪●○‣·∙*+-]|\(?\d{1,3}[.)]|>)(?=[ \t\u00a0])")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or line: its words at [start, end), the white space after it up to `stop`."""

    start: int
    end: int
    stop: int
    text: str
    indent: int = 0
    after_gap: bool = True
    """Whether a blank line (or nothing) stands before it."""


def lines(text: str) -> list[Line]:
    """The lines that hold words; each owns the white space up to the next, the first also that
    before it. Lines that were only broken to fit a column are one."""
    found: list[Line] = []
    at, gap = 0, True
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = at + len(raw) - len(raw.lstrip())
            if found:
                found[-1] = replace(found[-1], stop=at)
            indent = len(raw[: start - at].expandtabs(4))
            found.append(Line(start, start + len(words), at + len(raw), words, indent, gap))
        elif found:
            found[-1] = replace(found[-1], stop=at + len(raw))
        gap = not words
        at += len(raw)
    if found:
        found[-1] = replace(found[-1], stop=len(text))
    return _unwrapped(text, found)


def tiles(found: list[Line]) -> list[tuple[int, int]]:
    """The extent of each line with its white space; together they are the whole text."""
    starts = [0, *(line.stop for line in found[:-1])]
    return [(start, line.stop) for start, line in zip(starts, found, strict=True)]


def _unwrapped(text: str, found: list[Line]) -> list[Line]:
    """The lines, those joined that one paragraph was broken into at a fixed width."""
    groups: list[list[Line]] = []
    for line in found:
        if line.after_gap or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    joined: list[Line] = []
    for group in groups:
        if _wrapped(group):
            first, last = group[0], group[-1]
            words = text[first.start : last.end]
            joined.append(replace(first, end=last.end, stop=last.stop, text=words))
        else:
            joined.extend(group)
    return joined


def _wrapped(group: list[Line]) -> bool:
    """Whether these lines are one paragraph, broken at a column near the right edge."""
    if len(group) < 2 or any(_MARKER.match(line.text) for line in group[1:]):
        return False
    full = [len(line.text) + line.indent for line in group[:-1]]
    if min(full) < 45 or max(full) > 110 or max(full) - min(full) > 22:
        return False
    if len({line.indent for line in group[1:]}) > 1:
        return False
    broken = sum(not line.text.endswith((".", "!", "?", "”", '"', ":")) for line in group[:-1])
    return broken * 2 >= len(full) and any(line.text[:1].islower() for line in group[1:])
