"""Wording that documents share: where it stands in each, and what kind of sharing it is.

`shared` finds it, `join` finds what new documents add to it, `passages` says why it is shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whence.reuse.kinds import described
from whence.reuse.matches import USUAL, Index, Match, Overlap, empty, join, shared
from whence.reuse.words import WALL
from whence.terms import Document, Passage, Reading

__all__ = [
    "Index", "Match", "Overlap", "comparable", "described", "empty", "join", "passages", "shared",
]  # fmt: skip


def passages(
    documents: Sequence[Document], readings: Mapping[str, Reading], knobs: Overlap = USUAL
) -> tuple[Passage, ...]:
    """The passages any two documents share, each with its kind and the reason in plain words.

    Menus, share links and the like are left out; comments, posts and quotations are compared.
    """
    texts = [comparable(each, readings.get(each.id)) for each in documents]
    return described(shared(texts, knobs), documents, readings)


def comparable(document: Document, reading: Reading | None) -> tuple[str, str]:
    """The document's id and its text as it is compared: as long, with walls for boilerplate."""
    text = document.text
    for block in reading.blocks if reading else ():
        if block.role == "boilerplate":
            text = text[: block.start] + WALL * (block.end - block.start) + text[block.end :]
    return document.id, text
