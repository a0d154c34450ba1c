"""The addresses that a file lists: one on a line, and remarks behind a “#”."""

from __future__ import annotations

from pathlib import Path

from whence.errors import Unreadable

LONGEST = 10_000_000


def addresses_in(path: Path) -> tuple[str, ...]:
    """The addresses in a file, in order, each once."""
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST + 1)
    except OSError as wrong:
        raise Unreadable(str(path), (wrong.strerror or "it cannot be read").lower()) from None
    if len(raw) > LONGEST:
        raise Unreadable(str(path), "it is too long for a list of addresses", "too-large")
    try:
        lines = raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise Unreadable(str(path), "a list of addresses must be UTF-8", "encoding") from None
    bare = (line.strip() for line in lines)
    return tuple(dict.fromkeys(line for line in bare if line and not line.startswith("#")))
