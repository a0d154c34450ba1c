"""Labelled pieces and the comments they belong to, as blocks with ids."""

from __future__ import annotations

from whence.segment.pieces import Piece
from whence.segment.threads import Node
from whence.terms import Block, Document, Role, finding_id


def tree(document: Document, found: list[Piece], nodes: list[Node]) -> tuple[Block, ...]:
    """The leaves in order, each enclosing block before the first leaf that it holds."""
    if not document.text:
        return ()
    if not found:
        whole = ((0, len(document.text)),)
        made = finding_id("block", document.id, whole)
        return (Block(made, document.id, 0, len(document.text), "boilerplate"),)
    kept = _kept(found, nodes)
    ids = {
        i: finding_id("block", document.id, ((_start(found, nodes[i].first), found[nodes[i].last].stop),))
        for i in kept
    }  # fmt: skip
    out: list[Block] = []
    holder = _holders(found, nodes)
    opened: set[int] = set()
    for i in range(len(found)):
        for node in _path(nodes, holder[i]):
            if node in kept and node not in opened:
                opened.add(node)
                out.append(_enclosing(document.id, found, nodes, node, ids))
        out.append(_leaf(document.id, found, nodes, i, (holder[i], ids)))
    return tuple(out)


def _start(found: list[Piece], i: int) -> int:
    return found[i - 1].stop if i else 0


def _holders(found: list[Piece], nodes: list[Node]) -> list[int | None]:
    """For each piece the smallest node that it lies in."""
    holder: list[int | None] = [None] * len(found)
    by_size = sorted(range(len(nodes)), key=lambda n: nodes[n].last - nodes[n].first, reverse=True)
    for node in by_size:
        for i in range(nodes[node].first, nodes[node].last + 1):
            holder[i] = node
    return holder


def _kept(found: list[Piece], nodes: list[Node]) -> set[int]:
    """The nodes worth a block of their own: those of several pieces, each extent once."""
    kept: set[int] = set()
    seen: set[tuple[int, int]] = set()
    for i, node in enumerate(nodes):
        extent = (node.first, node.last)
        if node.first < node.last and extent not in seen:
            seen.add(extent)
            kept.add(i)
    return kept


def _path(nodes: list[Node], node: int | None) -> list[int]:
    """The nodes from the outermost to this one."""
    path: list[int] = []
    while node is not None and node not in path:
        path.append(node)
        node = nodes[node].within
    return path[::-1]


def _outer(nodes: list[Node], node: int | None, ids: dict[int, str]) -> str | None:
    """The id of the nearest node, from this one outward, that has a block."""
    for each in reversed(_path(nodes, node)):
        if each in ids:
            return ids[each]
    return None


def _enclosing(
    doc: str, found: list[Piece], nodes: list[Node], node: int, ids: dict[int, str]
) -> Block:
    each = nodes[node]
    within = _outer(nodes, each.within, ids)
    start, end = _start(found, each.first), found[each.last].stop
    return Block(ids[node], doc, start, end, each.role, within, each.by)


def _leaf(
    doc: str, found: list[Piece], nodes: list[Node], i: int, at: tuple[int | None, dict[int, str]]
) -> Block:
    holder, ids = at
    piece, start = found[i], _start(found, i)
    role: Role = piece.role or "body"
    by = piece.by
    if by is None and holder is not None and role in ("comment", "post"):
        by = nodes[holder].by if nodes[holder].role == role else None
    made = finding_id("block", doc, ((start, piece.stop),))
    return Block(made, doc, start, piece.stop, role, _outer(nodes, holder, ids), by)
