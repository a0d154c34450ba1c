"""Dates as fields state them, and addresses that are safe to keep."""

from __future__ import annotations

import re
from datetime import datetime

_FORMS = (
    "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d",
    "%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%dT%H:%M:%S%z",
    "%B %d, %Y %H:%M", "%d %B %Y %H:%M",
)  # fmt: skip
_ADDRESS = re.compile(r"https?://[^\s\\\x00-\x20\x7f<>\"]{1,2000}", re.IGNORECASE)


def address(value: str) -> str | None:
    """A web address that is safe to keep and to show; None for anything else."""
    value = value.strip()
    return value if _ADDRESS.fullmatch(value) else None


def language(value: str) -> str | None:
    """The code of a language, without its country: “en” for “en-GB”."""
    code = value.strip().replace("_", "-").partition("-")[0].lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None


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
