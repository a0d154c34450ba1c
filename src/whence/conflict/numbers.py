"""Numbers that cannot both be right: how many of the same thing, told of the same claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from whence.terms import Extents, Quantity, Reading, Span

LIKE: Final = 0.15  # two measures this near are one, rounded
_WORDS: Final = {
    word: float(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_COUNT: Final = re.compile(
    r"\b(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)\s+(?:of\s+(?:the|its|their|his|her)\s+)?(?P<noun>(?:[^\W\d_]+['’]s\s+)?"
    r"(?:[a-z][\w-]*\s+){0,2}?[a-z][\w-]+s|people|men|women|children)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of what, where it stands."""

    low: float
    high: float
    noun: str
    span: Span
    words: str


def counts(reading: Reading, spans: Extents) -> Iterator[Count]:
    """What the words at these spans count."""
    found = [
        each
        for each in reading.quantities
        if any(a <= each.start and each.end <= b for a, b in spans)
    ]
    if found:
        for each in found:
            yield from _measured(each, reading)
        return
    text = reading.document.text
    for a, b in spans:
        for match in _COUNT.finditer(text, a, b):
            word = match["number"].casefold().replace(",", "")
            value = _WORDS[word] if word in _WORDS else float(word)
            span = Span(reading.document.id, *match.span())
            yield Count(value, value, _noun(match["noun"]), span, match.group())


def _measured(each: Quantity, reading: Reading) -> Iterator[Count]:
    low = each.value if each.value is not None else each.low
    high = each.value if each.value is not None else each.high
    noun = each.counted or each.unit
    if noun is None or (low is None and high is None):
        return
    words = reading.document.text[each.start : each.end]
    span = Span(reading.document.id, each.start, each.end)
    yield Count(low if low is not None else 0.0, high if high is not None else float("inf"),
                _noun(noun), span, words)  # fmt: skip


def _noun(words: str) -> str:
    last = words.casefold().split()[-1]
    return last[:-1] if last.endswith("s") and len(last) > 3 else last


def clashes(every: Sequence[Count]) -> list[tuple[Count, Count]]:
    """One pair for every two different amounts of one thing."""
    out: dict[tuple[str, float, float], tuple[Count, Count]] = {}
    for i, one in enumerate(every):
        for other in every[i + 1 :]:
            if one.noun == other.noun and _differ(one, other):
                low, high = sorted((one, other), key=lambda c: (c.low, c.high))
                out.setdefault((one.noun, low.low, high.low), (one, other))
    return list(out.values())


def _differ(one: Count, other: Count) -> bool:
    low, high = sorted((one, other), key=lambda c: (c.low, c.high))
    if high.low <= low.high:
        return False
    whole = low.high == int(low.high) and high.low == int(high.low)
    return (whole and high.low < 100) or high.low - low.high > LIKE * high.low
