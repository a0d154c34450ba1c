"""Values as they are kept: JSON, moments, and their hashes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import msgspec


def encoded(value: object) -> str:
    """A value as JSON with its keys in the order of its type."""
    return msgspec.json.encode(value).decode()


def now() -> str:
    """This moment, in UTC, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def digested(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def after(moment: str, last: str | None) -> str:
    """The moment, or just past the last one if the clock was set back."""
    if last is None or moment > last:
        return moment
    later = datetime.fromisoformat(last.replace("Z", "+00:00")) + timedelta(microseconds=1)
    return later.isoformat(timespec="microseconds").replace("+00:00", "Z")
