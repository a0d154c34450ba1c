"""A stretch of days that a page is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from whence.terms import When


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included; either may be left open."""

    first: str | None = None
    last: str | None = None

    @classmethod
    def asked(cls, fields: Mapping[str, str]) -> Period:
        """The days that an address asks for with `from` and `to`; what is no day is passed over."""
        return cls(_day(fields.get("from")), _day(fields.get("to")))

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None

    def holds(self, when: When | None) -> bool:
        """Whether something can have been in these days; without a known day it was in none."""
        if not self:
            return True
        if when is None or (when.first is None and when.last is None):
            return False
        first, last = (when.first or "")[:10], (when.last or "9999")[:10]
        return (self.first or "") <= last and first <= (self.last or "9999")


def _day(said: str | None) -> str | None:
    try:
        return date.fromisoformat((said or "").strip()).isoformat()
    except ValueError:
        return None
