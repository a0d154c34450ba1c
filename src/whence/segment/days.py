"""Dates and times of day as pages write them, where they stand and what they settle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<{0}>(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER"
    r"|DECEMBER)\b|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)"
    rf"|{_MONTH.format('m2')}\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,)?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH.format('m3')}[,\s-]+"
    r"(?P<y3>(?:19|20)\d\d)"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>(?:19|20)\d\d)"
    r"|(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/(?P<y5>(?:19|20)\d\d)"
    rf"|{_MONTH.format('m6')}\s+(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    rf"|(?P<d7>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH.format('m7')}"
    r")(?![\d_/a-z]|-\w)"  # a capital may follow at once, where a date was glued to the text
)
TIME = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])(?P<sep>[:.]?)(?P<m>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?\s*"
    r"(?P<zone>GMT|UTC|BST|EST|EDT|CET|CEST|MSK|ET|PT|PST|PDT|Z)?(?!\w)",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b(?:\d+|an?|one|two|three|few)\s*(?:s|sec|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?"
    r"|w|weeks?|mo|months?|y|yrs?|years?)\.?\s+ago\b|\bjust now\b|\byesterday\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date at [start, end); `year` is None where the page leaves it to its reader."""

    start: int
    end: int
    month: int
    day: int
    year: int | None

    def iso(self, year: int | None = None) -> str | None:
        """The ISO date; None where no year is known or no calendar has the day."""
        year = self.year or year
        return f"{year:04}-{self.month:02}-{self.day:02}" if year else None


def days(text: str) -> Iterator[Day]:
    """Every date that names a day, in order; one that can be read in two ways is left out."""
    for found in _DAY.finditer(text):
        got = found.groupdict()
        year = next((int(got[key]) for key in ("y1", "y2", "y3", "y4", "y5") if got[key]), None)
        if got["a5"]:
            first, second = int(got["a5"]), int(got["b5"])
            if first > 12 or first == second:
                day, month = first, second
            elif second > 12:
                month, day = first, second
            else:
                continue
        else:
            day = next(int(got[f"d{i}"]) for i in (1, 2, 3, 4, 6, 7) if got[f"d{i}"])
            written = next(got[f"m{i}"] for i in (1, 2, 3, 4, 6, 7) if got[f"m{i}"])
            month = int(written) if written.isdigit() else MONTHS[written.lower().rstrip(".")]
        if _possible(year, month, day):
            yield Day(found.start(), found.end(), month, day, year)


def clock(text: str) -> str | None:
    """The ISO time of day that these words name, with its zone if that is Greenwich."""
    for found in TIME.finditer(text):
        hour, half, zone = int(found["h"]), (found["half"] or "").lower(), found["zone"]
        if not (found["sep"] or zone):
            continue
        if half:
            if hour > 12:
                continue
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        mark = "Z" if (zone or "").upper() in ("GMT", "UTC", "Z") else ""
        return f"T{hour:02}:{found['m']}{mark}"
    return None


def _possible(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True
