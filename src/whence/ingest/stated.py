"""Dates as fields state them, and addresses that are safe to keep."""

from __future__ import annotations

import re
from datetime import datetime

_FORMS = (
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d",
    "%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%dT%H:%M:%S%z",
    "%B %d, %Y %H:%M", "%d %B %Y %H:%M",
)  # fmt: skip
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment(value: str) -> str | None:
    """The ISO date or time that a field states; None where it states no possible one."""
    value = value.strip()[:60]
    if not value:
        return None
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value):
        return value if 1400 <= int(value[:4]) <= 2100 else None
    got = _parsed(value)
    if got is None or not 1400 <= got.year <= 2100:
        return None
    has_time = ":" in value or "T" in value
    return got.isoformat() if has_time else got.date().isoformat()


def _parsed(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return datetime.strptime(value, form)
        except ValueError:
            continue
    return None
