"""When a page that does not say so was published, as far as its words let us infer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from whence.dates.anchor import Meant
from whence.dates.calendar import Days
from whence.dates.doubt import Row
from whence.dates.grammar import Phrase
from whence.dates.role import STAMPED, is_stamp
from whence.terms import Block, Document, When

_NEAR: Final = 60
_SHARE: Final = 0.5

Found = Sequence[tuple[Phrase, Meant]]


def inferred(document: Document, blocks: Sequence[Block], row: Row, found: Found) -> When | None:
    """The date on the page's own stamp; else no earlier than the latest date it tells of."""
    stamps = [
        (each.days.first, (row.at(phrase.first).start, row.at(phrase.last - 1).end), labelled)
        for phrase, each in found
        if phrase.rule in STAMPED and each.dated and each.days
        for labelled in [is_stamp(document.text, blocks, row, phrase)]
        if labelled is not None
    ]
    if stamps:
        day, span, labelled = max(stamps)
        iso = day.isoformat()
        return When(iso, iso, "stated" if labelled else "inferred", span)
    latest = _latest(found)
    if latest is None:
        return None
    day, phrase = latest
    retrieved = (document.retrieved or "")[:10] or None
    span = row.at(phrase.first).start, row.at(phrase.last - 1).end
    return When(day.isoformat(), retrieved, "inferred", span)


def _latest(found: Found) -> tuple[date, Phrase] | None:
    """The latest day the text tells of, if what it tells of is mostly near that day."""
    told = [(each.days, phrase) for phrase, each in found if each.dated and _daily(each.days)]
    if not told:
        return None
    newest, phrase = max(told, key=lambda pair: pair[0].last if pair[0] else date.min)
    assert newest is not None
    latest = newest.last
    for which, each in found:
        if each.dated or not each.days or not _daily(each.days) or which.rule != "date":
            continue
        moved = _in_year(each.days, latest.year)
        if moved and 0 < (moved - latest).days <= _NEAR:
            latest, phrase = moved, which
    years = [each.days.last.year for _, each in found if each.dated and each.days]
    near = sum(abs(year - latest.year) <= 1 for year in years)
    return (latest, phrase) if near >= _SHARE * len(years) and latest.year > 1980 else None


def _daily(days: Days | None) -> bool:
    return days is not None and (days.last - days.first).days <= 7


def _in_year(days: Days, year: int) -> date | None:
    """The same day and month in another year."""
    try:
        return days.last.replace(year=year)
    except ValueError:
        return None


def page_days(when: When) -> Days | None:
    """The days that a publication date covers, if it reads as dates."""
    ends = [_iso_day(end) for end in (when.first, when.last) if end]
    found = [end for end in ends if end is not None]
    return Days(found[0], max(found[-1], found[0])) if found else None


def _iso_day(iso: str) -> date | None:
    """The day of an ISO date or time; of a month or year alone, its first."""
    day = iso[:10]
    full = day + {4: "-01-01", 7: "-01"}.get(len(day), "")
    try:
        return date.fromisoformat(full)
    except ValueError:
        return None
