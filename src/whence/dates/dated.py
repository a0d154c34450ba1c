"""Expressions that name their own date: days, months, years, decades, seasons, quarters."""

from __future__ import annotations

import re
from dataclasses import replace

from whence.dates import calendar
from whence.dates.anchor import (
    NOTHING,
    Anchor,
    Meant,
    Parts,
    before_christ,
    part_of,
    settled,
    stated_year,
    which_unit,
    year_for,
)
from whence.dates.calendar import Days
from whence.dates.clock import moment
from whence.terms import Basis


def dated(parts: Parts, anchor: Anchor) -> Meant:
    """“11 May 1998”, “June 3”, “Tuesday, 4 July”."""
    which, dom = parts.number("Mm"), parts.number("Dd")
    spot = parts.spot("Mm")
    if which is None or spot is None:
        return NOTHING
    after = parts.number("Dd", spot)
    before = [i for i in range(spot) if parts.letters[i] in "Dd"]
    if before:
        dom = parts.number("Dd", before[-1])
    elif after is not None:
        dom = after
    said = stated_year(parts)
    if said and said[1]:
        return before_christ(said[0], int(which))
    known = (said[0], "stated") if said else year_for(parts, int(which), anchor)
    if known is None or dom is None:
        return NOTHING
    only = calendar.day(known[0], int(which), int(dom))
    basis: Basis = "stated" if known[1] == "stated" else anchor.basis
    return settled(only, basis, dated=bool(said))


def numeric(parts: Parts, anchor: Anchor) -> Meant:
    """“2017-09-24”, “24.09.2017”, “9/24/2017”; where day and month could swap, nothing."""
    word = parts.word("I") or ""
    when = re.match(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", word)
    if when:
        only = calendar.day(*(int(each) for each in when.groups())) if _real(when[2]) else None
        rest = word[when.end() :].replace(" ", "T")
        if only and rest:
            ends = moment(only, rest)
            whole = settled(only, dated=True)
            return replace(whole, first=ends[0], last=ends[1]) if ends else whole
        return settled(only, dated=True)
    one, two, last = (int(each) for each in re.split(r"[./-]", word))
    number = last if last > 99 else 2000 + last if last < 70 else 1900 + last
    if "." in word or one > 12:
        one, two = two, one
    elif two <= 12 and one != two and not _fits(number, one, two, anchor):
        return NOTHING
    return settled(calendar.day(number, one, two) if 1 <= one <= 12 else None, dated=True)


def _real(which: str) -> bool:
    return 1 <= int(which) <= 12


def _fits(number: int, which: int, dom: int, anchor: Anchor) -> bool:
    """Whether month first is the only reading that is near the page's own date."""
    if anchor.today is None:
        return False
    here, there = calendar.day(number, which, dom), calendar.day(number, dom, which)
    near = [d for d in (here, there) if d and abs((d.first - anchor.today).days) <= 31]
    return near == [here]


def span(parts: Parts, anchor: Anchor) -> Meant:
    """“Sept 8–12”, “3 to 9 June 2011”, “1914–18”, “July–November 1954”."""
    if parts.spot("Mm") is None:
        return _years_span(parts)
    months = [parts.number("Mm", i) for i in range(len(parts.letters)) if parts.letters[i] in "Mm"]
    doms = [parts.number("Dd", i) for i in range(len(parts.letters)) if parts.letters[i] in "Dd"]
    said = stated_year(parts)
    start, end = int(months[0] or 0), int(months[-1] or 0)
    known = (said[0], "stated") if said else year_for(parts, start, anchor)
    if known is None:
        return NOTHING
    lower = known[0] - (end < start) if said else known[0]
    upper = lower + (end < start)
    if doms:
        ends = (
            calendar.day(lower, start, int(doms[0] or 0)),
            calendar.day(upper, end, int(doms[-1] or 0)),
        )
    else:
        ends = calendar.month(lower, start), calendar.month(upper, end)
    if not ends[0] or not ends[1] or ends[0].first > ends[1].last:
        return NOTHING
    basis: Basis = "stated" if known[1] == "stated" else anchor.basis
    return settled(Days(ends[0].first, ends[1].last, "D" if doms else "M"), basis, dated=bool(said))


def _years_span(parts: Parts) -> Meant:
    """“1914–18”, “1990s to 2000s”, “264–241 BC”."""
    if parts.spot("R") is not None:
        decades = [
            _decade_of(t.word)
            for t in parts.row.tokens[parts.phrase.first : parts.phrase.last]
            if t.code == "R"
        ]
        start, end = calendar.year(decades[0]), calendar.year(decades[-1] + 9)
        return settled(Days(start.first, end.last, "10Y") if start and end else None, dated=True)
    tokens = [
        t for t in parts.row.tokens[parts.phrase.first : parts.phrase.last] if t.code in "YnD"
    ]
    old, new = (int(float(t.word.replace(",", ""))) for t in tokens)
    if parts.word("E") == "B":
        return replace(before_christ(old), last=before_christ(new).last)
    if len(tokens[1].word) == 2 and old > 99:
        new += old // 100 * 100
    start, end = calendar.year(old), calendar.year(new)
    return settled(Days(start.first, end.last, "Y") if start and end else None, dated=True)


def _decade_of(word: str) -> int:
    """The first year of a decade: “1990s” is 1990, “’80s” is 1980."""
    digits = int(re.sub(r"\D", "", word))
    return digits if digits > 99 else 1900 + digits


def month(parts: Parts, anchor: Anchor) -> Meant:
    """“March 2011”, “early October”, “last June”, “August of that year”."""
    which = int(parts.number("Mm") or 0)
    said = stated_year(parts)
    if said and said[1]:
        return before_christ(said[0], which)
    basis: Basis = "stated"
    if said:
        number = said[0]
    elif parts.spot("U") is not None and parts.spot("O") is not None and parts.spot("hLXt"):
        named = which_unit(parts, anchor, "Y")
        if named.days is None:
            return NOTHING
        number, basis = named.days.first.year, named.basis
    else:
        known = _which_month(parts, which, anchor)
        if known is None:
            return NOTHING
        number, basis = known
    return settled(part_of(parts, calendar.month(number, which), anchor), basis, dated=bool(said))


def _which_month(parts: Parts, which: int, anchor: Anchor) -> tuple[int, Basis] | None:
    """The year of “last June”, “next March”, “this May”, or of a month by itself."""
    today = anchor.today
    lead = parts.spot("LXt")
    if lead is None or today is None or parts.spot("U") is not None:
        return year_for(parts, which, anchor)
    if parts.letters[lead] == "L":
        return today.year - (which >= today.month), anchor.basis
    if parts.letters[lead] == "X":
        return today.year + (which <= today.month), anchor.basis
    return today.year, anchor.basis


def year(parts: Parts, anchor: Anchor) -> Meant:
    """“1954”, “late 2015”, “238 BC”."""
    said = stated_year(parts)
    if said is None:
        return NOTHING
    if said[1]:
        return before_christ(said[0])
    return settled(part_of(parts, calendar.year(said[0]), anchor), dated=True)


def decade(parts: Parts, anchor: Anchor) -> Meant:
    """“the 1990s”, “the early ’80s”."""
    spot = parts.spot("R") or 0
    start = _decade_of(parts.row.at(parts.phrase.first + spot).word)
    if parts.word("E") == "B":
        return replace(before_christ(start + 9), last=before_christ(start).last)
    whole = calendar.years(start, 10, "10Y")
    return settled(part_of(parts, whole, anchor), dated=True)


def century(parts: Parts, anchor: Anchor) -> Meant:
    """“the 19th century”, “the fifth century BC”."""
    spot = parts.spot("C") or 0
    which = int(parts.number("od", spot - 2 if parts.letters[spot - 1] == "-" else spot - 1) or 0)
    if parts.word("E") == "B":
        return replace(before_christ(which * 100), last=before_christ(which * 100 - 99).last)
    whole = calendar.years(which * 100 - 99, 100, "100Y")
    return settled(part_of(parts, whole, anchor), dated=True)


def season(parts: Parts, anchor: Anchor) -> Meant:
    """“the spring of 1942”, “this autumn”, “last winter”."""
    name = parts.word("Ss") or ""
    said, basis = stated_year(parts), anchor.basis
    if said:
        if said[1]:
            return before_christ(said[0])
        return settled(part_of(parts, calendar.season(said[0], name), anchor), dated=True)
    if parts.spot("U") is not None:
        named = which_unit(parts, anchor, "Y")
        if named.days is None:
            return NOTHING
        return settled(calendar.season(named.days.first.year, name), named.basis)
    if anchor.narrative or anchor.today is None:
        if anchor.told is None:
            return NOTHING
        number, basis = anchor.told.first.year, "stated"
        return settled(part_of(parts, calendar.season(number, name), anchor), basis)
    this = calendar.season(anchor.today.year, name)
    lead = parts.spot("LXt")
    number = anchor.today.year
    if this and lead is not None and parts.letters[lead] == "L":
        number -= this.last >= anchor.today
    elif this and lead is not None and parts.letters[lead] == "X":
        number += this.first <= anchor.today
    elif this and lead is None and this.first > anchor.today and not parts.future():
        number -= 1
    if name == "WI" and anchor.today.month <= 2 and not (lead and parts.letters[lead] == "X"):
        number -= number == anchor.today.year
    return settled(part_of(parts, calendar.season(number, name), anchor), basis)


def quarter(parts: Parts, anchor: Anchor) -> Meant:
    """“the third quarter of 2015”, “Q2”, “last quarter”, “the second half of the year”."""
    spot = parts.spot("Q")
    named = str(parts.row.at(parts.phrase.first + spot).value) if spot is not None else None
    which = float(named) if named else parts.number("od")
    half = (named is not None and which in {5, 6}) or parts.word("H") == "6M"
    if which and half and which > 4:
        which -= 4
    said = stated_year(parts)
    lead = parts.spot("LXt")
    if which is None and lead is not None and not said:
        return which_unit(parts, anchor, "6M" if half else "Q")
    if which is None:
        word = parts.word("e") or parts.word("b")
        which = (1.0 if word in {"E", "e"} else 2.0) if half else 4.0
    month_at = parts.spot("M")
    if month_at is not None:
        return month(parts, anchor)
    today = anchor.today
    number = said[0] if said else None
    if number is None and lead is not None and parts.spot("U") is not None:
        whole = which_unit(parts, anchor, "Y").days
        number = whole.first.year if whole else None
    elif number is None and anchor.narrative and anchor.told:
        number = anchor.told.first.year
    elif number is None and today:
        number = today.year - (not half and which * 3 - 2 > today.month)
    if number is None or not 1 <= which <= (2 if half else 4):
        return NOTHING
    size = 6 if half else 3
    start, end = (
        calendar.month(number, int((which - 1) * size + 1)),
        calendar.month(number, int(which * size)),
    )
    if not start or not end:
        return NOTHING
    return settled(
        Days(start.first, end.last, "6M" if half else "Q"), "stated" if said else anchor.basis
    )
