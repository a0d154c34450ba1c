"""The dates to count from, the parts of an expression, and the rules that all kinds share.

Nothing is guessed: an expression that needs a date which nobody gave stays without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from whence.dates import calendar
from whence.dates.calendar import DAY, Days
from whence.dates.doubt import Row
from whence.dates.grammar import Phrase
from whence.terms import Basis

_FUTURE: Final = re.compile(
    r"\b(?:will|shall|won['’]t|going to|set to|due|scheduled|expected to|plans? to|planned for"
    r"|to be held|upcoming|next|as soon as|as early as|(?:is|are) to)\b|['’]ll\b",
    re.IGNORECASE,
)
_STOPS: Final = re.compile(r"[.!?\n](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The dates to count from: of the page, and the one last told in its text."""

    published: Days | None = None
    basis: Basis = "stated"
    told: Days | None = None
    told_basis: Basis = "stated"
    narrative: bool = False

    @property
    def today(self) -> date | None:
        """The day that “today” is, if the page has a date."""
        return self.published.last if self.published else None


@dataclass(frozen=True, slots=True)
class Meant:
    """What an expression stands for; `days` is there when a later one can count from it."""

    first: str | None = None
    last: str | None = None
    duration: str | None = None
    basis: Basis = "unknown"
    days: Days | None = None
    dated: bool = False


NOTHING: Final = Meant()


@dataclass(frozen=True, slots=True)
class Parts:
    """The tokens of one expression, asked for by their letters."""

    row: Row
    phrase: Phrase
    text: str

    @property
    def letters(self) -> str:
        """The letters of its tokens."""
        return self.row.letters[self.phrase.first : self.phrase.last]

    def spot(self, codes: str, start: int = 0) -> int | None:
        """Where the first token with one of these letters is, counted from the phrase's start."""
        for index in range(start, len(self.letters)):
            if self.letters[index] in codes:
                return index
        return None

    def number(self, codes: str, start: int = 0) -> float | None:
        """The value of the first token with one of these letters, if it is a number."""
        spot = self.spot(codes, start)
        value = None if spot is None else self.row.at(self.phrase.first + spot).value
        return float(value) if isinstance(value, int | float) else None

    def word(self, codes: str, start: int = 0) -> str | None:
        """The meaning of the first token with one of these letters, if it is a word."""
        spot = self.spot(codes, start)
        value = None if spot is None else self.row.at(self.phrase.first + spot).value
        return value if isinstance(value, str) else None

    def future(self) -> bool:
        """Whether the sentence up to just after the expression speaks of what is to come."""
        start = self.row.at(self.phrase.first).start
        end = self.row.at(self.phrase.last - 1).end
        before = self.text[max(0, start - 160) : start]
        stops = list(_STOPS.finditer(before))
        after = _STOPS.split(self.text[end : end + 60], maxsplit=1)[0]
        return bool(_FUTURE.search((before[stops[-1].end() :] if stops else before) + after))

    def past(self) -> bool:
        """Whether the sentence up to the expression tells of what happened."""
        return _PAST.search(_sentence(self)) is not None


def settled(days: Days | None, basis: Basis = "stated", *, dated: bool = False) -> Meant:
    """The meaning that is a stretch of days."""
    if days is None:
        return NOTHING
    ends = days.first.isoformat(), days.last.isoformat()
    return Meant(*ends, basis=basis, days=days, dated=dated)


def stated_year(parts: Parts) -> tuple[int, bool] | None:
    """The year in the expression, and whether it is before our era."""
    spot = parts.spot("E")
    if spot is not None:
        old = parts.word("E") == "B"
        near = parts.row.at(parts.phrase.first + spot + (-1 if old or spot else 1))
        if isinstance(near.value, float):
            return int(near.value), old
    value = parts.number("Y")
    return None if value is None else (int(value), False)


def before_christ(number: int, which: int | None = None) -> Meant:
    """A year before our era, in ISO 8601's astronomical count (1 BC is year 0)."""
    sign = f"-{number - 1:04d}" if number > 1 else "0000"
    first, last = (f"{which:02d}-01", f"{which:02d}-28") if which else ("01-01", "12-31")
    return Meant(f"{sign}-{first}", f"{sign}-{last}", basis="stated")


def part_of(parts: Parts, whole: Days | None, anchor: Anchor) -> Days | None:
    """A stretch cut down by “early”, “the end of”, “the first ten months of”, “earlier in”."""
    if whole is None:
        return None
    word = parts.word("eb")
    if word in {"E", "L", "M"}:
        return calendar.narrowed(whole, word)
    today = anchor.today
    if word == "e" and today and whole.first <= today <= whole.last:
        return replace(whole, last=today, unit=whole.unit + "e")
    if word == "l" and today and whole.first <= today <= whole.last:
        return replace(whole, first=today, unit=whole.unit + "l")
    if parts.spot("H") is not None and parts.phrase.rule != "quarter":
        return _portion(parts, whole)
    inner, outer = parts.spot("U"), parts.spot("O")
    if inner is not None and outer is not None and inner < outer:
        return _some_units(parts, whole)
    return whole


def _portion(parts: Parts, whole: Days) -> Days | None:
    """“the second half of”, “the third quarter of”."""
    which = parts.number("od")
    word = parts.word("H")
    count = 2 if word == "6M" else 4
    if which is None or not 1 <= which <= count or whole.unit not in {"Y", "M"}:
        return whole
    if whole.unit == "Y":
        size = 12 // count
        start = calendar.month(whole.first.year, int(which - 1) * size + 1)
        end = calendar.month(whole.first.year, int(which) * size)
        return Days(start.first, end.last, str(word)) if start and end else whole
    return calendar.narrowed(whole, "E" if which == 1 else "L")


def _some_units(parts: Parts, whole: Days) -> Days | None:
    """“the first ten months of 1998”, “the last week of March”, “the third day of May”."""
    unit = parts.word("U") or "D"
    count = parts.number("ND") or 1.0
    if parts.spot("L") is not None:
        start = calendar.moved(whole.last + DAY, -count, unit) if whole.last.year < 9999 else None
        return replace(whole, first=max(start, whole.first), unit="h") if start else whole
    which = parts.number("od") or 1.0
    skip = which - 1 if count == 1 else 0
    start = calendar.moved(whole.first, skip, unit)
    end = calendar.moved(whole.first, skip + count, unit)
    if not start or not end or start > whole.last:
        return whole
    return Days(start, min(end - DAY, whole.last), unit if count == 1 else "h")


def year_for(parts: Parts, which: int, anchor: Anchor) -> tuple[int, Basis] | None:
    """The year of a month that is named without one, and how we know."""
    told, today = anchor.told, anchor.today
    if anchor.narrative or today is None:
        if told is None:
            return None
        ahead = told.unit not in {"Y", "10Y", "100Y"} and which < told.first.month - _BACK
        return told.first.year + ahead, "stated"
    if told is not None and _same_sentence(parts, anchor):
        return told.first.year, "stated"
    awaited = parts.row.at(parts.phrase.first - 1).word.lower() in {"until", "till", "by"}
    if which > today.month:
        wait = which - today.month
        past = not awaited and not parts.future() and (wait > 3 or (wait > 2 and parts.past()))
        return today.year - past, anchor.basis
    ahead = awaited or parts.future()
    return today.year + (ahead and today.month - which > 6), anchor.basis


_BACK: Final = 3
_PAST: Final = re.compile(r"\b(?:was|were|had|did|said|told|began|took|went|came|\w{3,}ed)\b")


def _sentence(parts: Parts) -> str:
    """The words before the expression in its sentence."""
    start = parts.row.at(parts.phrase.first).start
    before = parts.text[max(0, start - 160) : start]
    stops = list(_STOPS.finditer(before))
    return before[stops[-1].end() :] if stops else before


def _same_sentence(parts: Parts, anchor: Anchor) -> bool:
    """Whether the date told last stands in the same sentence, with its own year."""
    assert anchor.told is not None
    return str(anchor.told.first.year) in _sentence(parts)


def which_unit(parts: Parts, anchor: Anchor, unit: str) -> Meant:
    """“last week”, “this year”, “that month”, “the following day”: a unit beside the anchor."""
    lead = parts.spot("LX") if parts.spot("LX") is not None else parts.spot("th")
    word = parts.row.at(parts.phrase.first + lead).word.lower() if lead is not None else "the"
    letter = parts.letters[lead] if lead is not None else "k"
    the = parts.spot("k") is not None
    from_told = letter in "hk" or word in _TOLD or (the and letter == "X" and word == "next")
    from_told = from_told or (anchor.narrative and anchor.today is None)
    if from_told and anchor.told is not None and not _broad(anchor.told, unit):
        day, basis = anchor.told.first, anchor.told_basis
        if letter == "X":
            day = anchor.told.last
    elif anchor.today is not None and letter != "h" and word not in _TOLD:
        day, basis = anchor.today, anchor.basis
    else:
        return NOTHING
    step = {"L": -1.0, "X": 1.0}.get(letter, 0.0)
    if unit == "WE" and letter == "k" and day.weekday() < 5 and not parts.future():
        step = -1.0
    there = calendar.moved(day, step, unit)
    return settled(calendar.around(there, unit) if there else None, basis)


_TOLD: Final = frozenset("following subsequent ensuing previous preceding prior".split())
_SIZES: Final = {"D": 1, "WE": 7, "W": 7, "M": 31, "Q": 92, "6M": 184, "Y": 366, "10Y": 3660}


def _broad(told: Days, unit: str) -> bool:
    """Whether the date told is too vague to say which day, week or month is meant."""
    return (told.last - told.first).days > _SIZES.get(unit, 36600)
