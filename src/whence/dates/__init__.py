"""When: the expressions of time in a document, and the stretch of time that each stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from whence.dates import calendar, dated, relative
from whence.dates.anchor import Anchor, Meant, Parts, stated_year
from whence.dates.doubt import Row
from whence.dates.grammar import Phrase, phrases
from whence.dates.role import role
from whence.dates.stamp import inferred, page_days
from whence.dates.words import tokens
from whence.terms import Basis, Block, Document, Time, TimeOf, When

_MAKERS: Final[dict[str, Callable[[Parts, Anchor], Meant]]] = {
    "numeric": dated.numeric, "date": dated.dated, "span": dated.span, "month": dated.month,
    "year": dated.year, "decade": dated.decade, "century": dated.century,
    "season": dated.season, "quarter": dated.quarter, "fiscal": dated.year,
    "weekday": relative.weekday, "unit": relative.unit, "shift": relative.shift,
    "nth": relative.nth, "length": relative.length, "nights": relative.nights,
    "bare": relative.bare, "set": relative.repeated, "deictic": relative.deictic,
    "daypart": relative.daypart, "clock": relative.clock, "feast": relative.feast,
    "vague": relative.vague, "ending": relative.ending, "dom": relative.dom,
}  # fmt: skip
_OPENERS: Final = {"since": "since", "until": "until", "till": "until", "til": "until"}
_LEADS: Final = frozenset({*_OPENERS, "within"})
_TELLING: Final = frozenset(
    "numeric date span month year season quarter shift unit feast dom".split()
)
POST = 400


def times(document: Document, blocks: Sequence[Block] = ()) -> tuple[Time, ...]:
    """The expressions of time in the text, each with its stretch of time where that is settled."""
    row = _row(document.text)
    found = phrases(row)
    when = _published(document, blocks, row, found)
    meant = _reckoned(row, found, document.text, _anchor(when, row, found))
    return tuple(
        _time(document, row, phrase, each, role(document, blocks, row, phrase))
        for phrase, each in zip(found, meant, strict=True)
    )


def publication(document: Document, blocks: Sequence[Block] = ()) -> When | None:
    """When the page was published, as it says; else what its text lets us infer; else None."""
    row = _row(document.text)
    return _published(document, blocks, row, phrases(row))


def _published(
    document: Document, blocks: Sequence[Block], row: Row, found: Sequence[Phrase]
) -> When | None:
    if document.published and document.published.first:
        return document.published
    meant = _reckoned(row, found, document.text, Anchor(narrative=True))
    return inferred(document, blocks, row, list(zip(found, meant, strict=True)))


def _row(text: str) -> Row:
    """The text as tokens and letters."""
    found = tuple(tokens(text))
    short = len(text) <= POST and "\n\n" not in text.strip()
    return Row(found, "".join(token.code for token in found), short)


def _anchor(when: When | None, row: Row, found: Sequence[Phrase]) -> Anchor:
    """What to count from: the page's date, unless the page tells of long ago."""
    if when is None or when.first is None:
        return Anchor(narrative=True)
    page = page_days(when)
    if page is None:
        return Anchor(narrative=True)
    years = [
        int(token.value)
        for phrase in found
        for token in row.tokens[phrase.first : phrase.last]
        if token.code == "Y" and isinstance(token.value, float) and phrase.rule in _TELLING
    ]
    past = sum(abs(year - page.last.year) >= 2 for year in years)
    stated: Basis = "stated" if when.basis == "stated" else "inferred"
    return Anchor(page, stated, narrative=past >= 8 and past >= 0.6 * len(years))


def _reckoned(row: Row, found: Sequence[Phrase], text: str, anchor: Anchor) -> list[Meant]:
    """What each expression means, every one counting from those before it where it must."""
    meant: list[Meant] = []
    day: Meant | None = None
    for index, phrase in enumerate(found):
        parts = Parts(row, phrase, text)
        maker = _MAKERS[phrase.rule]
        here = anchor
        if phrase.rule in {"clock", "daypart"} and index + 1 < len(found):
            here = _ahead(row, *_day_after(row, found, index), text, anchor)
        elif phrase.rule in {"month", "date"} and index + 1 < len(found):
            here = _shared(row, phrase, found[index + 1], anchor)
        if day and phrase.rule == "daypart" and parts.letters.startswith("h"):
            here = replace(here, told=day.days, told_basis=day.basis)  # “that night”
        each = maker(parts, here)
        meant.append(each)
        if each.days is not None and each.days.unit == "D":
            day = each
        if each.days is not None and phrase.rule in _TELLING and not _aside(row, phrase):
            anchor = replace(anchor, told=each.days, told_basis=each.basis)
    return meant


def _day_after(row: Row, found: Sequence[Phrase], index: int) -> tuple[Phrase, Phrase]:
    """An hour and what may name its day; of two hours (“between 1:10 and 1:30 on Sunday”) the last."""
    phrase, following = found[index], found[index + 1]
    paired = phrase.rule == following.rule == "clock" and row.letters[phrase.last : following.first]
    if paired in {"u", "-"} and index + 2 < len(found):
        return following, found[index + 2]
    return phrase, following


def _ahead(row: Row, phrase: Phrase, following: Phrase, text: str, anchor: Anchor) -> Anchor:
    """“at 11 a.m. on 9 May”: the day may be named just after the hour."""
    between = row.letters[phrase.last : following.first]
    if following.rule not in {"date", "weekday", "deictic", "numeric"} or len(between) > 3:
        return anchor
    if between.strip("pOk,"):
        return anchor
    day = _MAKERS[following.rule](Parts(row, following, text), anchor)
    return replace(anchor, told=day.days, told_basis=day.basis) if day.days else anchor


def _shared(row: Row, phrase: Phrase, following: Phrase, anchor: Anchor) -> Anchor:
    """“in August and September 1914”: the year of the second is the year of the first."""
    between = row.letters[phrase.last : following.first]
    if following.rule not in {"month", "date", "span"} or between not in {"u", "-", ",", ",u"}:
        return anchor
    if set("YE") & set(row.letters[phrase.first : phrase.last]):
        return anchor
    year = stated_year(Parts(row, following, ""))
    whole = calendar.year(year[0]) if year and not year[1] else None
    return replace(anchor, told=whole, told_basis="stated", narrative=True) if whole else anchor


def _aside(row: Row, phrase: Phrase) -> bool:
    """A year in brackets, as after the name of a book, does not move the story."""
    return phrase.rule == "year" and row.at(phrase.first - 1).code == "("


def _time(document: Document, row: Row, phrase: Phrase, meant: Meant, of: TimeOf | None) -> Time:
    """The finding, with “since” and “until” taken in, as they open one end."""
    lead = row.at(phrase.first - 1).word.lower()
    led = (
        lead in _LEADS
        and phrase.rule != "vague"
        and (phrase.rule == "length") == (lead == "within")
    )
    first, last = meant.first, meant.last
    if led and _OPENERS.get(lead) == "since":
        last = None
    elif led and lead in _OPENERS and not _not_before(row, phrase.first - 1):
        first = None
    return Time(
        doc=document.id,
        start=row.at(phrase.first - led).start,
        end=row.at(phrase.last - 1).end,
        first=first,
        last=last,
        duration=meant.duration,
        basis=meant.basis if first or last else "unknown",
        of=of,
    )


def _not_before(row: Row, at: int) -> bool:
    """“it was not until June” is in June."""
    near = [token.word.lower() for token in row.tokens[max(0, at - 4) : at]]
    return "not" in near or "never" in near or near[-2:] in (["'", "t"], ["’", "t"])
