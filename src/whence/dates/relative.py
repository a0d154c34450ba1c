"""Expressions that count from another date: “last week”, “three days ago”, “on Saturday”."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from whence.dates import calendar
from whence.dates.anchor import (
    NOTHING,
    Anchor,
    Meant,
    Parts,
    part_of,
    settled,
    stated_year,
    which_unit,
    year_for,
)
from whence.dates.calendar import Days
from whence.dates.clock import at_minute
from whence.dates.dated import dated
from whence.dates.words import FEASTS
from whence.terms import Basis


def amount(parts: Parts) -> float | None:
    """How many units: 3, 2.5, 1 for “a”; None for “several” or “10–15”."""
    end = parts.spot("UCP")
    inside = parts.row.tokens[parts.phrase.first : parts.phrase.first + (end or 0)]
    numbers = [t.value for t in inside if t.code in "DNdnY" and isinstance(t.value, float)]
    halves = sum(t.code == "H" for t in inside) * 0.5
    words = {t.word.lower() for t in inside if t.code in "fc"}
    if "couple" in words or "dozen" in words:
        return (numbers or [1.0])[0] * (2.0 if "couple" in words else 12.0)
    if len(numbers) > 1 or (words - {"more", "some"} and not numbers):
        return None
    if numbers:
        return numbers[0] + halves
    if halves:
        return halves
    return None if words and not any(t.code == "a" for t in inside) else 1.0


def _unit_of(parts: Parts) -> str:
    return parts.word("UC") or "D"


def length(parts: Parts, anchor: Anchor) -> Meant:
    """“three-year”, “two weeks”; “within a week” ends a week from the page's date."""
    count, unit = amount(parts), _unit_of(parts)
    if parts.letters.replace("-", "") == "aUuaH":
        count = 1.5
    lasts = calendar.duration(count, unit) if count else None
    before = parts.row.at(parts.phrase.first - 1).word.lower()
    if before == "within" and anchor.today and count and parts.future():
        end = calendar.moved(anchor.today, count, unit)
        if end:
            return Meant(anchor.today.isoformat(), end.isoformat(), lasts, anchor.basis)
    return Meant(duration=lasts)


def nights(parts: Parts, anchor: Anchor) -> Meant:
    """“one night”, “three nights”: how long, not when."""
    return NOTHING


def shift(parts: Parts, anchor: Anchor) -> Meant:
    """“three days ago” counts from the page's date, “two years later” from the date told last."""
    words = [t.word.lower() for t in parts.row.tokens[parts.phrase.first : parts.phrase.last]]
    unit = _unit_of(parts)
    count: float | None = amount(parts) if parts.spot("DNdnYafcH") is not None else None
    dashed = "-" in parts.letters and count is None
    if parts.letters.startswith("k") or dashed:
        count = 1.0
    lasts = calendar.duration(count, unit) if count and unit in {"S", "MIN", "H"} else None
    back = any(word in _BACKWARD for word in words)
    now = "ago" in words or "from" in words or dashed
    told = (
        anchor.told if anchor.told and (anchor.told.last - anchor.told.first).days < 400 else None
    )
    if now:
        start, basis = anchor.today, anchor.basis
    else:
        start, basis = (told.first if told else None), anchor.told_basis
    if start is None or count is None or (words[-1] in {"before", "after"} and words[0] != "the"):
        return Meant(duration=lasts or (calendar.duration(count, unit) if count else None))
    if unit in {"S", "MIN", "H"}:
        return replace(settled(Days(start, start), basis), duration=lasts)
    there = calendar.moved(start, -count if back else count, unit)
    if there is None:
        return NOTHING
    coarse = told.unit if told and not now else "D"
    if unit in {"D", "W"} and not (coarse == "D" or now):
        return NOTHING
    return settled(calendar.around(there, "Y" if unit in {"10Y", "100Y"} else unit), basis)


_BACKWARD: Final = frozenset("ago earlier before previously beforehand".split())


def unit(parts: Parts, anchor: Anchor) -> Meant:
    """“last week”, “the past two years”, “earlier this month”, “the end of the year”."""
    which = _unit_of_last(parts)
    lead = parts.spot("LX")
    counted = parts.spot("NDnfac") is not None or any(
        parts.number("d", i) for i in range(len(parts.letters)) if parts.letters[i] == "d"
    )
    word = parts.row.at(parts.phrase.first + lead).word.lower() if lead is not None else ""
    if parts.spot("O") is not None and parts.letters.index("O") < len(parts.letters) - 1:
        inner = which_unit(parts, anchor, which)
        return settled(part_of(parts, inner.days, anchor), inner.basis)
    rolls = word in _ROLLING or (word == "last" and parts.letters.startswith("kLU"))
    if lead is not None and (counted or (rolls and parts.spot("t") is None)):
        return _rolling(parts, anchor, which, forward=parts.letters[lead] == "X")
    if lead is not None and which in {"S", "MIN", "H"}:
        return NOTHING
    if parts.spot("t") is not None and parts.row.at(parts.phrase.last - 1).word.lower() == "days":
        return NOTHING
    found = which_unit(parts, anchor, which)
    return settled(part_of(parts, found.days, anchor), found.basis)


_ROLLING: Final = frozenset({"past", "coming", "recent", "upcoming"})


def _unit_of_last(parts: Parts) -> str:
    """The unit that the expression ends on: the year, in “the last week of the year”."""
    spot = max(i for i, letter in enumerate(parts.letters) if letter in "UC")
    return str(parts.row.at(parts.phrase.first + spot).value)


def _rolling(parts: Parts, anchor: Anchor, which: str, *, forward: bool) -> Meant:
    """“the past two years” end today, “the next three weeks” begin today."""
    count = amount(parts)
    tail = parts.row.at(parts.phrase.last - 1).word.lower()
    plural = tail.endswith("s") and parts.spot("NDnYa") is None
    lasts = None if count is None or plural else calendar.duration(count, which)
    today, basis = anchor.today, anchor.basis
    if forward and parts.spot("k") is not None and anchor.narrative:
        today, basis = (anchor.told.last if anchor.told else None), anchor.told_basis
    if today is None:
        return Meant(duration=lasts)
    there = None
    if count is not None and not plural:
        there = calendar.moved(today, count if forward else -count, which)
    near, far = today.isoformat(), there.isoformat() if there else None
    if forward:
        return Meant(near, far, lasts, basis)
    return Meant(far, near, lasts, basis)


def ending(parts: Parts, anchor: Anchor) -> Meant:
    """“year-end 1988”, “month's end”: the later part of that year or month."""
    said = stated_year(parts)
    whole = settled(calendar.year(said[0]), dated=True) if said else None
    found = whole or which_unit(parts, anchor, _unit_of(parts))
    if found.days is None:
        return NOTHING
    return settled(calendar.narrowed(found.days, "L"), found.basis, dated=found.dated)


def dom(parts: Parts, anchor: Anchor) -> Meant:
    """“on the 15th”: of the month last told in a story, else the nearest to the page's date."""
    number = parts.number("d")
    base = anchor.told.first if anchor.told and anchor.told.unit in {"D", "M"} else None
    basis = anchor.told_basis
    if not anchor.narrative and anchor.today:
        base, basis = anchor.today, anchor.basis
        if number and number > base.day and not parts.future():
            base = calendar.moved(base.replace(day=1), -1, "M")
    if base is None or number is None:
        return NOTHING
    return settled(calendar.day(base.year, base.month, int(number)), basis)


def nth(parts: Parts, anchor: Anchor) -> Meant:
    """“the fifth day”: of what, the words do not say."""
    return NOTHING


def bare(parts: Parts, anchor: Anchor) -> Meant:
    """“the year”, “for months”: an amount without a number, or the unit we are in."""
    tail = parts.row.at(parts.phrase.last - 1)
    if parts.letters[0] == "k" and not tail.word.lower().endswith("s"):
        return which_unit(parts, anchor, _unit_of(parts))
    one = not tail.word.lower().endswith("s")
    return Meant(duration=calendar.duration(1, _unit_of(parts)) if one else None)


def repeated(parts: Parts, anchor: Anchor) -> Meant:
    """“daily”, “every two weeks”: the time between one and the next."""
    often = parts.word("F")
    if often is not None:
        times = 2.0 if often.startswith("2") else 6.0 if often == "6M" else 1.0
        return Meant(duration=calendar.duration(times, often.lstrip("26")))
    if parts.spot("UC") is None:
        return Meant(duration="P1W") if parts.spot("Ww") is not None else NOTHING
    count = amount(parts)
    return Meant(duration=calendar.duration(count, _unit_of(parts)) if count else None)


def deictic(parts: Parts, anchor: Anchor) -> Meant:
    """“today”, “yesterday morning”, “tonight”, “2moro”."""
    if anchor.today is None:
        return NOTHING
    word = parts.word("J") or "0"
    beyond = {"before": -1, "after": 1}.get(parts.word("g") or "", 0)
    there = calendar.moved(anchor.today, beyond + (0 if word == "N" else int(word)), "D")
    if there is None:
        return NOTHING
    found = settled(Days(there, there), anchor.basis)
    part = "NI" if word == "N" else parts.word("P")
    return _in_part(found, part)


def _in_part(found: Meant, part: str | None) -> Meant:
    """The morning, afternoon, evening or night of a day."""
    if part is None or found.days is None or found.days.unit != "D":
        return found
    first, last = calendar.hours(found.days, part)
    return replace(found, first=first, last=last)


def weekday(parts: Parts, anchor: Anchor) -> Meant:
    """“on Saturday” is the nearest one past, the page's own day included, unless one to come."""
    which = parts.number("Ww")
    if anchor.today is None or which is None:
        return NOTHING
    if not set("TAZ") & set(parts.letters) and set("Dd") & set(parts.letters):
        return _weekday_and_day(parts, anchor, int(which))
    lead = parts.spot("LXt")
    letter = parts.letters[lead] if lead is not None else ""
    forward = letter == "X" or (not letter and (parts.future() or _awaited(parts)))
    if letter == "L" and int(which) == anchor.today.weekday():
        there = calendar.moved(anchor.today, -7, "D")
    elif letter == "t":
        there = _this_weekday(anchor.today, int(which), parts)
    elif forward and letter != "X" and int(which) == anchor.today.weekday():
        there = anchor.today
    else:
        there = calendar.weekday_near(anchor.today, int(which), 1 if forward else -1)
    if there is None:
        return NOTHING
    return _timed(parts, settled(Days(there, there), anchor.basis))


def _awaited(parts: Parts) -> bool:
    """“stays shut until Tuesday” waits for one to come, unless the sentence tells of the past."""
    before = parts.row.at(parts.phrase.first - 1).word.lower()
    return before in {"until", "till", "til"} and not parts.past()


def _this_weekday(today: date, which: int, parts: Parts) -> date | None:
    """“this Friday”: today if it is one, else the next."""
    if which == today.weekday():
        return today
    return calendar.weekday_near(today, which, -1 if parts.past() and not parts.future() else 1)


def _weekday_and_day(parts: Parts, anchor: Anchor, which: int) -> Meant:
    """“Friday the 13th”, in the month where the two agree, near the page's date."""
    dom = parts.number("Dd")
    if anchor.today is None or dom is None:
        return NOTHING
    for step in (0, -1, 1):
        there = calendar.moved(anchor.today.replace(day=1), step, "M")
        only = calendar.day(there.year, there.month, int(dom)) if there else None
        if only and only.first.weekday() == which:
            return settled(only, anchor.basis)
    return NOTHING


def _timed(parts: Parts, found: Meant) -> Meant:
    """The hour or the part of the day that the same expression names."""
    tokens = parts.row.tokens[parts.phrase.first : parts.phrase.last]
    spoken = parts.letters.endswith("pkP")  # “two in the morning”
    if found.days and (spoken or any(t.code in "TAZ" for t in tokens)):
        spot = parts.spot("NDTAZ" if spoken else "TAZ") or 0
        start = spot if parts.letters[spot] in "TND" else max(spot - 1, 0)
        ends = at_minute(found.days, tokens[start:])
        return replace(found, first=ends[0], last=ends[1]) if ends else found
    return _in_part(found, parts.word("P"))


def daypart(parts: Parts, anchor: Anchor) -> Meant:
    """“last night”, “that morning”, “at dawn”: on the day that the words before it set."""
    part = parts.word("P")
    lead = parts.spot("LXth")
    letter = parts.letters[lead] if lead is not None else ""
    if letter == "L" and anchor.today:
        there = calendar.moved(anchor.today, -1, "D")
        return _in_part(settled(Days(there, there) if there else None, anchor.basis), part)
    if letter == "t" and anchor.today:
        return _in_part(settled(Days(anchor.today, anchor.today), anchor.basis), part)
    told = anchor.told
    if letter == "X" and told and told.unit == "D":
        there = calendar.moved(told.last, 1, "D")
        return _in_part(settled(Days(there, there) if there else None, anchor.told_basis), part)
    if letter in {"h", ""} and told and told.unit == "D":
        return _in_part(settled(told, anchor.told_basis), part)
    if anchor.today and not anchor.narrative and letter == "":
        return _in_part(settled(Days(anchor.today, anchor.today), anchor.basis), part)
    return NOTHING


def clock(parts: Parts, anchor: Anchor) -> Meant:
    """“at 10:30 p.m.”, “1245 GMT”, “2 p.m. Friday”: on the day named beside it, or the page's."""
    if parts.spot("J") is not None:
        found = deictic(parts, anchor)
    elif parts.spot("Ww") is not None and parts.spot("Mm") is None:
        plain = _without_figures(parts)
        found = weekday(plain, anchor)
    elif parts.spot("Mm") is not None:
        found = dated(_after_clock(parts), anchor)
    elif anchor.told and anchor.told.unit == "D":
        found = settled(anchor.told, anchor.told_basis)
    elif anchor.today:
        found = settled(Days(anchor.today, anchor.today), anchor.basis)
    else:
        return NOTHING
    return _timed(parts, found)


def _without_figures(parts: Parts) -> Parts:
    """Only the tokens from the weekday on, or up to it: not the hour, which is no day."""
    spot = parts.spot("Ww") or 0
    first = parts.phrase.first
    if parts.spot("TDnY", spot) is None:
        return replace(parts, phrase=replace(parts.phrase, first=first + spot))
    return replace(parts, phrase=replace(parts.phrase, last=first + spot + 1))


def _after_clock(parts: Parts) -> Parts:
    """Only the tokens after the clock time."""
    spot = max(i for i, letter in enumerate(parts.letters) if letter in "TAZK")
    return replace(parts, phrase=replace(parts.phrase, first=parts.phrase.first + spot + 1))


def feast(parts: Parts, anchor: Anchor) -> Meant:
    """“Christmas 1914”, “last Easter”, “New Year's Eve”."""
    name = parts.word("y") or ""
    said = stated_year(parts)
    fixed = FEASTS.get(name)
    if fixed is None:
        number = said[0] if said else None
        whole = _movable(name, number) if number else None
        return settled(whole, dated=True)
    if said:
        return settled(calendar.day(said[0], *fixed), dated=True)
    known = year_for(parts, fixed[0], anchor)
    if known is None:
        return NOTHING
    basis: Basis = "stated" if known[1] == "stated" else anchor.basis
    found = settled(calendar.day(known[0], *fixed), basis)
    return _in_part(found, parts.word("P"))


def _movable(name: str, number: int) -> Days | None:
    """The feasts that move: Easter by Gauss's rule as Butcher gave it, and three Mondays."""
    if not 1583 <= number <= 9999:
        return None
    if name in {"easter", "easter sunday", "good friday"}:
        sunday = _easter(number)
        only = sunday - timedelta(days=2) if name == "good friday" else sunday
    elif name.startswith("thanksgiving"):
        only = date(number, 11, 1)
        only += timedelta(days=(3 - only.weekday()) % 7 + 21)
    elif name == "labor day":
        only = date(number, 9, 1)
        only += timedelta(days=-only.weekday() % 7)
    elif name == "memorial day":
        only = date(number, 5, 31)
        only -= timedelta(days=only.weekday())
    else:
        return None
    return Days(only, only)


def _easter(number: int) -> date:
    """Easter Sunday of a Gregorian year."""
    golden, (century, rest) = number % 19, divmod(number, 100)
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + skipped + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    which, dom = divmod(moon + week - 7 * late + 114, 31)
    return date(number, which, dom + 1)


def vague(parts: Parts, anchor: Anchor) -> Meant:
    """“now”, “recently”, “in the past”: no day that a reader could look up."""
    return NOTHING
