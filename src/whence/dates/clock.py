"""Times of day: “10:30 p.m.”, “1245 GMT”, “8am”, to the minute in ISO form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from whence.dates.calendar import Days
from whence.dates.words import Token

_OFFSETS: Final = {
    "gmt": 0, "utc": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "sgt": 8,
    "jst": 9,
}  # fmt: skip
"""Hours ahead of Greenwich; IST is three different zones, so it is not here."""


def minutes(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The hour and minute that a clock time names, on the 24-hour clock."""
    half = next((str(token.value) for token in tokens if token.code == "A"), None)
    part = next((token.value for token in tokens if token.code == "P"), None)
    if half is None and part in {"MO", "AF", "EV"}:
        half = "a" if part == "MO" else "p"
    for token in tokens:
        if token.code == "N" and isinstance(token.value, float) and part:
            hour, minute = int(token.value), 0
            break
        if token.code == "T" and isinstance(token.value, tuple):
            hour, minute = token.value[:2]
            break
        if token.code in "DnY" and token.word.isdecimal():
            figures = token.word
            hour = int(figures if len(figures) <= 2 else figures[:-2])
            minute = 0 if len(figures) <= 2 else int(figures[-2:])
            break
    else:
        return None
    if half and half.startswith("p") and hour < 12:
        hour += 12
    if half and half.startswith("a") and hour == 12:
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else None


def at_minute(day: Days, tokens: Sequence[Token]) -> tuple[str, str] | None:
    """That minute on that day; in Greenwich time, marked Z, where the zone is given."""
    clock = minutes(tokens)
    if clock is None or day.first != day.last:
        return None
    when = datetime(day.first.year, day.first.month, day.first.day, *clock)
    zone = next((str(token.value) for token in tokens if token.code == "Z"), None)
    if zone not in _OFFSETS:
        iso = when.isoformat(timespec="minutes")
        return iso, iso
    iso = _shifted(when, -_OFFSETS[zone]).isoformat(timespec="minutes") + "Z"
    return iso, iso


def _shifted(when: datetime, hours: float) -> datetime:
    """That many hours away, unless the calendar ends before."""
    try:
        return when + timedelta(hours=hours)
    except OverflowError:
        return when


def moment(day: Days, rest: str) -> tuple[str, str] | None:
    """The minute that the tail of an ISO date-time names (“T10:30:00+02:00”)."""
    parts = re.match(r"T(\d\d):(\d\d)\S*?(Z|([+-])(\d\d):?(\d\d))?$", rest)
    if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
        return None
    when = datetime(day.first.year, day.first.month, day.first.day, int(parts[1]), int(parts[2]))
    if parts[4]:
        ahead = (int(parts[5]) + int(parts[6]) / 60) * (1 if parts[4] == "+" else -1)
        when = _shifted(when, -ahead)
    iso = when.isoformat(timespec="minutes") + ("Z" if parts[3] else "")
    return iso, iso
