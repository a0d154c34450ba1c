"""Stretches of days: months, weeks, seasons, decades, and steps from one to another."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAY: Final = timedelta(days=1)
_MONTHS_IN: Final = {"M": 1, "Q": 3, "6M": 6, "Y": 12, "10Y": 120, "100Y": 1200, "1000Y": 12000}
_DAYS_IN: Final = {"D": 1, "WE": 7, "W": 7, "2W": 14}
_SEASON_STARTS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_HOURS: Final = {
    "MO": ("06:00", "11:59"), "AF": ("12:00", "17:59"), "EV": ("17:00", "21:59"),
    "NI": ("20:00", "05:59"), "DT": ("06:00", "17:59"), "T06": ("05:00", "06:59"),
    "T12": ("12:00", "12:00"), "T00": ("00:00", "00:00"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of whole days, both ends included; `unit` is what its words name."""

    first: date
    last: date
    unit: str = "D"


def year(number: int) -> Days | None:
    """All of one year."""
    if not 1 <= number <= 9999:
        return None
    return Days(date(number, 1, 1), date(number, 12, 31), "Y")


def month(number: int, which: int) -> Days | None:
    """All of one month of a year, or None where there is no such month."""
    if not 1 <= number <= 9999 or not 1 <= which <= 12:
        return None
    return Days(date(number, which, 1), date(number, which, monthrange(number, which)[1]), "M")


def day(number: int, which: int, dom: int) -> Days | None:
    """One day, or None where the calendar has no such day (30 February, the month 0)."""
    if not 1 <= number <= 9999 or not 1 <= which <= 12:
        return None
    if not 1 <= dom <= monthrange(number, which)[1]:
        return None
    only = date(number, which, dom)
    return Days(only, only)


def season(number: int, name: str) -> Days | None:
    """A season of the northern year; winter begins in December."""
    start = month(number, _SEASON_STARTS[name])
    end = month(number + (name == "WI"), _SEASON_STARTS[name] % 12 + 2)
    return Days(start.first, end.last, name) if start and end else None


def years(first: int, count: int, unit: str) -> Days | None:
    """A run of years, such as a decade or a century."""
    start, end = year(first), year(first + count - 1)
    return Days(start.first, end.last, unit) if start and end else None


def around(anchor: date, unit: str) -> Days | None:
    """The calendar unit (week, month, year …) that a day lies in."""
    if unit == "W":
        monday = anchor - anchor.weekday() * DAY
        return Days(monday, monday + 6 * DAY, "W")
    if unit == "WE":
        saturday = anchor + (5 - anchor.weekday()) * DAY
        return Days(saturday, saturday + DAY, "WE")
    if unit == "M":
        return month(anchor.year, anchor.month)
    if unit in {"Q", "6M"}:
        size = _MONTHS_IN[unit]
        start = (anchor.month - 1) // size * size + 1
        ends = month(anchor.year, start), month(anchor.year, start + size - 1)
        return Days(ends[0].first, ends[1].last, unit) if ends[0] and ends[1] else None
    if unit in {"10Y", "100Y", "1000Y"}:
        size = _MONTHS_IN[unit] // 12
        return years((anchor.year - (size > 10)) // size * size + (size > 10), size, unit)
    return year(anchor.year) if unit == "Y" else Days(anchor, anchor)


def moved(anchor: date, amount: float, unit: str) -> date | None:
    """The day an amount of units away, or None beyond the years 1 to 9999."""
    try:
        if unit in _MONTHS_IN:
            months = anchor.year * 12 + anchor.month - 1 + round(amount * _MONTHS_IN[unit])
            there = date(months // 12, months % 12 + 1, 1)
            return there.replace(day=min(anchor.day, monthrange(there.year, there.month)[1]))
        return anchor + timedelta(days=amount * _DAYS_IN.get(unit, 0))
    except (ValueError, OverflowError):
        return None


def narrowed(whole: Days, part: str) -> Days:
    """The early, middle or late half of a stretch."""
    length = (whole.last - whole.first).days + 1
    cuts = {"E": (0, (length + 1) // 2), "L": (length // 2, length)}
    start, end = cuts.get(part, (length // 4, length - length // 4))
    if whole.unit == "Y" and part in "EL":
        middle = date(whole.first.year, 6, 30)
        return (
            Days(whole.first, middle, "h") if part == "E" else Days(middle + DAY, whole.last, "h")
        )
    return Days(whole.first + start * DAY, whole.first + (end - 1) * DAY, "h")


def hours(when: Days, part: str) -> tuple[str, str]:
    """The first and last minute of a part of a day: the night ends on the morning after."""
    start, end = _HOURS[part]
    morning_after = moved(when.last, 1, "D") if part == "NI" else when.last
    return f"{when.first.isoformat()}T{start}", f"{(morning_after or when.last).isoformat()}T{end}"


def weekday_near(anchor: date, which: int, toward: int) -> date | None:
    """The nearest such weekday at or before a day (toward −1), or after it (toward 1)."""
    ahead = (which - anchor.weekday()) % 7
    if toward < 0:
        return moved(anchor, -((7 - ahead) % 7), "D")
    return moved(anchor, ahead or 7, "D")


def duration(amount: float, unit: str) -> str | None:
    """An ISO 8601 duration: 3 and “D” is P3D, half an hour is PT30M."""
    factor, letter = _ISO[unit]
    total = amount * factor
    if letter == "TH" and total % 1:
        total, letter = total * 60, "TM"
    if letter == "Y" and total % 1 and (total * 12) % 1 == 0:
        total, letter = total * 12, "M"
    clock = "T" if letter.startswith("T") else ""
    return f"P{clock}{total:g}{letter.removeprefix('T')}" if 0 < total < 1e6 else None


_ISO: Final = {
    "S": (1, "TS"), "MIN": (1, "TM"), "H": (1, "TH"), "D": (1, "D"), "W": (1, "W"),
    "WE": (2, "D"), "2W": (2, "W"), "M": (1, "M"), "Q": (3, "M"), "6M": (6, "M"), "Y": (1, "Y"),
    "10Y": (10, "Y"), "100Y": (100, "Y"), "1000Y": (1000, "Y"),
}  # fmt: skip
