"""A document's text in blocks: what is the page's own prose, and what only stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from whence.segment.lines import lines, tiles
from whence.terms import Block, Document, Role, finding_id

__all__ = ["Marked", "blocks", "masthead"]


class Marked(Protocol):
    """What the format itself says about a stretch of the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def role(self) -> Role: ...
    @property
    def by(self) -> str | None: ...


def blocks(document: Document, marks: Sequence[Marked] = ()) -> tuple[Block, ...]:
    """The blocks of a document; the leaves tile its text, the others hold leaves together."""
    found = lines(document.text)
    made: list[Block] = []
    for line, (start, end) in zip(found, tiles(found), strict=True):
        mark = next((m for m in reversed(marks) if m.start <= line.start < m.end), None)
        role: Role = mark.role if mark else "body"
        if mark is None and not made and line.text[-1] not in '.?!:”"':
            role = "headline"
        made.append(
            Block(finding_id("block", document.id, ((start, end),)), document.id, start, end, role,
                  by=mark.by if mark else None)
        )  # fmt: skip
    return tuple(made)


def masthead(document: Document, blocks: Sequence[Block]) -> Document:
    """The document with what its own text states about it, where its fields did not."""
    return replace(document, language=document.language or "en")
