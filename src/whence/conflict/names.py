"""One person under two first names: “Edvine Quill” here, “Edwina Quill” there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from whence.pile import Pile
from whence.terms import Conflict, Span, finding_id

_FULL: Final = re.compile(r"\b(?P<first>[A-Z][^\W\d_]{2,})\s(?P<last>[A-Z][^\W\d_]{2,})\b")
WEIGHT: Final = 2.0


def misnamed(pile: Pile) -> Iterator[tuple[float, Conflict]]:
    """Full names that differ by a letter or two in the first name."""
    people: defaultdict[str, dict[str, Span]] = defaultdict(dict)
    known = {name for e in pile.entities if e.kind == "person" for name in (e.name, *e.also)}
    for reading in pile.readings:
        for match in _FULL.finditer(reading.document.text):
            if match.group() in known:
                span = Span(reading.document.id, *match.span())
                people[match["last"]].setdefault(match["first"], span)
    for last, firsts in sorted(people.items()):
        names = sorted(firsts)
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                if one[0] == other[0] and _near(one, other):
                    left, right = firsts[one], firsts[other]
                    ends = ((left.start, left.end),), ((right.start, right.end),)
                    id = finding_id("conflict", f"name|{left.doc}|{right.doc}", *ends)
                    why = f"“{one} {last}” or “{other} {last}”."
                    yield WEIGHT, Conflict(id, 1, "name", left, right, why)


def _near(one: str, other: str) -> bool:
    """Whether two first names may be one misspelt: “Edvine”, “Edwina”, but not “Rand”, “Ron”."""
    return DamerauLevenshtein.distance(one, other) <= min(len(one), len(other)) // 3
