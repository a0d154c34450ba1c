"""What the tags of a page say about its lines, put before what their wording suggests."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from whence.segment.pieces import Piece
from whence.segment.threads import Node
from whence.terms import Role


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


_MOST = 0.6  # of a line that a mark must cover to speak for all of it


def by_marks(found: list[Piece], marks: Sequence[Marked]) -> tuple[list[Piece], list[Node]]:
    """The pieces labelled as their innermost mark says, and a node for each marked comment."""
    out = list(found)
    starts = [piece.start for piece in found]
    nodes: list[Node] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        covered = _covered(found, starts, mark)
        if not covered:
            continue
        for i in covered:
            if out[i].why != "is in a part of the page beside the article":
                out[i] = _labelled(out[i], mark)
        if mark.role in ("comment", "post"):
            _add(nodes, Node(covered[0], covered[-1], mark.role, mark.by))
    return out, _nested(nodes)


def _covered(found: list[Piece], starts: list[int], mark: Marked) -> list[int]:
    """The pieces for which this mark speaks: those that lie within it, nearly whole."""
    covered = []
    for i in range(max(0, bisect_left(starts, mark.start) - 1), len(found)):
        piece = found[i]
        if piece.start >= mark.end:
            break
        inside = min(piece.end, mark.end) - max(piece.start, mark.start)
        if inside >= _MOST * (piece.end - piece.start):
            covered.append(i)
    return covered


def _labelled(piece: Piece, mark: Marked) -> Piece:
    """The piece as a mark inside others sees it: a reader's words stay a reader's words."""
    if piece.role == "comment" and mark.role in ("quote", "headline", "caption", "byline"):
        return piece
    if piece.role == "caption" and mark.role in ("byline", "dateline", "headline"):
        return piece
    if piece.role == "post" and mark.role in ("quote", "dateline", "byline"):
        return piece
    if mark.role == "boilerplate":
        return replace(piece, role="boilerplate", why="is in a part of the page beside the article")
    return replace(piece, role=mark.role, why="is tagged so", by=mark.by or piece.by)


def _add(nodes: list[Node], node: Node) -> None:
    """Add a node; a wrapper and what it wraps, beginning together, are one."""
    for i in range(len(nodes) - 1, -1, -1):
        known = nodes[i]
        if known.first == node.first and known.role == node.role and known.last >= node.last:
            if known.by is None or known.by == node.by:
                nodes[i] = replace(known, by=known.by or node.by)
                return
            break
        if known.last < node.first:
            break
    nodes.append(node)


def _nested(nodes: list[Node]) -> list[Node]:
    """The nodes with the one that each stands in; a frame around all comments is none."""
    kept = [
        node for node in nodes
        if node.role == "post" or node.by is not None or not _frame(node, nodes)
    ]  # fmt: skip
    out: list[Node] = []
    open_: list[int] = []
    for node in kept:
        while open_ and out[open_[-1]].last < node.last:
            open_.pop()
        while open_ and out[open_[-1]].last < node.first:
            open_.pop()
        out.append(replace(node, within=open_[-1] if open_ else None))
        open_.append(len(out) - 1)
    return out


def _frame(node: Node, nodes: list[Node]) -> bool:
    """Whether this holds comments and has no words of its own before the first of them."""
    inside = [
        each for each in nodes
        if each is not node and each.role == "comment"
        and node.first <= each.first and each.last <= node.last
    ]  # fmt: skip
    return (
        bool(inside)
        and min(each.first for each in inside) - node.first <= 1
        and (len(inside) > 1 or inside[0].last == node.last)
    )
