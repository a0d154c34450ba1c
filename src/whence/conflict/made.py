"""How a conflict is put: its two sides, its reason, and what it weighs before the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from whence.terms import Conflict, ConflictKind, Span, finding_id

Weighed = tuple[float, Conflict]

FIRST: Final[Mapping[ConflictKind, float]] = {
    "denial": 4.0, "responsibility": 3.6, "number": 3.4, "drift": 2.6, "date": 2.8, "place": 3.0,
    "name": 1.2,
}  # fmt: skip
"""What a checker wants to see first, other things being equal."""


def made(
    kind: ConflictKind, left: Span, right: Span, why: str, claims: tuple[str, ...] = (),
    edge: str | None = None,
) -> Conflict:  # fmt: skip
    """A conflict, its rank still open."""
    ends = ((left.start, left.end),), ((right.start, right.end),)
    id = finding_id("conflict", f"{kind}|{left.doc}|{right.doc}", *ends)
    why = why[:1].upper() + why[1:]
    return Conflict(id, 1, kind, left, right, why, tuple(dict.fromkeys(filter(None, claims))), edge)
