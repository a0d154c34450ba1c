"""A document's text in blocks: what is the page's own prose, and what only stands beside it.

Labels come from structure and wording in general: the marks a format gives, set phrases that
pages share, and where a line stands among the others. A line is never dropped or changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from whence.segment.front import front_matter
from whence.segment.lines import lines
from whence.segment.marked import Marked, by_marks
from whence.segment.masthead import masthead
from whence.segment.pieces import Piece, pieces
from whence.segment.quotes import quoted
from whence.segment.roles import alone, placed
from whence.segment.threads import Node, begins, copied_posts, threads
from whence.segment.tree import tree
from whence.terms import Block, Document

__all__ = ["Marked", "blocks", "explained", "masthead"]


def blocks(document: Document, marks: Sequence[Marked] = ()) -> tuple[Block, ...]:
    """The blocks of a document: leaves that tile its text, and blocks that hold leaves together.

    A leaf is a block that no other names in `within`. The blocks are in reading order, a block
    that encloses others before them.
    """
    found, nodes = _read(document, marks)
    return tree(document, found, nodes)


def explained(document: Document, marks: Sequence[Marked] = ()) -> tuple[tuple[str, str, str], ...]:
    """Each leaf's role, why it has it, and its words: for a person who checks the labels."""
    found, _ = _read(document, marks)
    return tuple((piece.role or "body", piece.why or "", piece.text) for piece in found)


def _read(document: Document, marks: Sequence[Marked]) -> tuple[list[Piece], list[Node]]:
    found = [alone(piece) for piece in front_matter(pieces(lines(document.text)))]
    if marks:
        found, nodes = by_marks(found, marks)
        apart = [i for i, piece in enumerate(found) if piece.role in ("comment", "post")]
        settled = quoted(placed(found, document.title))
        return [found[i] if i in set(apart) else each for i, each in enumerate(settled)], nodes
    start = begins(found)
    page, rest = (found, []) if start is None else (found[:start], found[start:])
    posts = copied_posts(page)
    page = _posted(page, posts)
    settled = quoted(placed(page, document.title))
    if start is None:
        return settled, posts
    both, nodes = threads(settled + rest, start)
    inner = [node for node in copied_posts(both) if node.first >= start]
    both = _posted(both, inner)
    return both, [*nodes, *posts, *(_inside(node, nodes) for node in inner)]


def _posted(found: list[Piece], posts: list[Node]) -> list[Piece]:
    out = list(found)
    for node in posts:
        for i in range(node.first, node.last + 1):
            out[i] = out[i].is_("post", "is part of a copied post", node.by)
    return out


def _inside(node: Node, nodes: list[Node]) -> Node:
    """The post, in the smallest comment that holds it."""
    holders = [
        i for i, each in enumerate(nodes) if each.first <= node.first and node.last <= each.last
    ]
    smallest = min(holders, key=lambda i: nodes[i].last - nodes[i].first, default=None)
    return Node(node.first, node.last, node.role, node.by, smallest)
