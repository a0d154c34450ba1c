"""Numbers as people write them: “2,500”, “twenty-nine”, “a dozen”, “3.4 million”."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS: Final = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES: Final = {
    "hundred": 100.0,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "m": 1e6,
    "b": 1e9,
    "k": 1e3,
}
_ORDINALS: Final = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        " twentieth".split(),
        range(1, 21),
        strict=True,
    )
)

_SMALL = "|".join(sorted([*_ONES, *_TENS], key=len, reverse=True))
_SCALE = "hundred|thousand|million|billion|trillion"
SPELLED: Final = (
    rf"(?:{_SMALL}|{_SCALE})\b"
    rf"(?:(?:[ \u00a0]?[-‐‑][ \u00a0]?|[ \u00a0\n]{{1,2}}(?:and[ \u00a0])?)"
    rf"(?:{_SMALL}|{_SCALE})\b){{0,8}}"
)
"""A pattern (case ignored) for a number in words, without a leading “a”."""

ORDINAL: Final = (
    "(?:(?:" + "|".join(_TENS) + ")[-‐‑])?(?:" + "|".join(sorted(_ORDINALS, key=len)[::-1]) + r")\b"
)
"""A pattern (case ignored) for “third”, “twenty-first”."""

FIRST_WORDS: Final = frozenset([*_ONES, *_TENS, *_SCALES, *_ORDINALS])
"""The words that a number in words, or an ordinal, can begin with."""

_WORD = re.compile(r"[a-z]+")
_FIGURES = re.compile(r"(\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d+)(\.\d+)?")


def figures(written: str) -> float | None:
    """The value of a number in figures: “2,500” is 2500, “3.4” is 3.4."""
    found = _FIGURES.match(written)
    if not found:
        return None
    return float(re.sub(r"\D", "", found[1]) + (found[2] or ""))


def spelled(written: str) -> float | None:
    """The value of a number in words: “twenty-nine” is 29, “two hundred and fifty” is 250."""
    total, part, seen = 0.0, 0.0, False
    for word in _WORD.findall(written.lower()):
        if word in _ONES or word in _TENS:
            part += _ONES.get(word, _TENS.get(word, 0))
        elif word == "hundred":
            part = (part or 1.0) * 100
        elif word in _SCALES:
            total += (part or 1.0) * _SCALES[word]
            part = 0.0
        elif word == "and":
            continue
        else:
            return None
        seen = True
    return total + part if seen else None


def ordinal(written: str) -> int | None:
    """The rank that an ordinal names: “sixth” is 6, “twenty-first” is 21, “19th” is 19."""
    lower = written.lower()
    if lower[:1].isdigit():
        digits = re.match(r"\d{1,9}", lower)
        return int(digits[0]) if digits else None
    tens, _, last = re.sub("[‐‑]", "-", lower).rpartition("-")
    rank = _ORDINALS.get(last)
    return None if rank is None else rank + _TENS.get(tens, 0)


def scale(word: str) -> float | None:
    """What a word for a size multiplies by: “million” is 1,000,000."""
    return _SCALES.get(word.lower())
