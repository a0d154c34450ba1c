"""Values as they are kept: JSON, moments, and their hashes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast

import msgspec

from whence.errors import Damaged


def encoded(value: object) -> str:
    """A value as JSON with its keys in the order of its type."""
    return msgspec.json.encode(value).decode()


def now() -> str:
    """This moment, in UTC, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


Kept = TypeVar("Kept")


def decoded(body: object, kind: type[Kept]) -> Kept:
    """A value out of its JSON; damage on the disk is called that."""
    try:
        return msgspec.json.decode(cast(str, body), type=kind)
    except (msgspec.MsgspecError, TypeError, ValueError) as problem:
        raise torn(f"a record of it cannot be read ({problem})") from problem


def torn(reason: str) -> Damaged:
    """The error for contents that are not what was written."""
    damaged = Damaged(f"the dossier is damaged: {reason}")
    damaged.hint = "whence verify names what is damaged; adding its files again finds findings anew"
    return damaged


def digested(*parts: object) -> str:
    """The hash that values are kept with, so that damage to them is noticed."""
    return hashlib.sha256("\x00".join(map(_plain, parts)).encode()).hexdigest()


def _plain(part: object) -> str:
    return "" if part is None else str(part)


def after(moment: str, last: str | None) -> str:
    """The moment, or just past the last one if the clock was set back."""
    if last is None or moment > last:
        return moment
    later = datetime.fromisoformat(last.replace("Z", "+00:00")) + timedelta(microseconds=1)
    return later.isoformat(timespec="microseconds").replace("+00:00", "Z")
