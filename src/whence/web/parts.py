"""Where in the original words stood, as a person cites it: “page 3”, “page 3 to page 4”."""

from __future__ import annotations

from collections.abc import Iterable

from whence.terms import Extents, Original
from whence.web.cards import Card


def where(original: Original, spans: Extents) -> str | None:
    """The page, file or part of a mail that these words stood in; None where there is only one."""
    touched = [
        part.where
        for part in original.parts
        if any(part.start < end and start < part.end for start, end in spans)
    ]
    if not touched:
        return None
    return touched[0] if len(touched) == 1 else f"{touched[0]} to {touched[-1]}"


def cited(original: Original, shown: Iterable[Card]) -> dict[str, str]:
    """Where each statement stood, by its id."""
    found = {card.id: where(original, card.found.content) for card in shown}
    return {id: place for id, place in found.items() if place is not None}


def begun(original: Original, start: int, end: int) -> tuple[str, ...]:
    """The pages or parts that begin within a stretch of the text."""
    return tuple(part.where for part in original.parts if start <= part.start < end)
