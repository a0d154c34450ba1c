"""The fields that some Markdown files carry between two rules before their text."""

from __future__ import annotations

import re

from whence.segment.pieces import Piece
from whence.terms import Role

_FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]{0,30}):\s*(?P<value>.*)\Z", re.DOTALL)
_ROLES: dict[str, Role] = {
    "title": "headline", "author": "byline", "byline": "byline", "by": "byline",
    "translator": "byline", "outlet": "byline", "source": "byline", "date": "dateline",
    "published": "dateline", "updated": "dateline",
}  # fmt: skip
_LONGEST = 40


def front_matter(found: list[Piece]) -> list[Piece]:
    """The pieces, those of the front matter labelled; as they were where there is none."""
    last = front_end(found)
    out = list(found)
    for i in range(last + 1):
        name = _FIELD.match(out[i].text)
        role = _ROLES.get(name["name"].lower(), "boilerplate") if name else "boilerplate"
        out[i] = out[i].is_(role, "is a field before the text")
    return out


def front_end(found: list[Piece]) -> int:
    """The piece with the second rule; -1 where the text does not begin with fields."""
    if not found or found[0].text != "---":
        return -1
    for i, piece in enumerate(found[1:_LONGEST], start=1):
        if piece.text in ("---", "..."):
            return i
        if not _FIELD.match(piece.text) and not piece.text.startswith(("-", "#")):
            return -1
    return -1


def field(text: str) -> tuple[str, str] | None:
    """The name and the value of a line such as “outlet: The Courier”."""
    found = _FIELD.match(text.strip())
    if not found:
        return None
    value = found["value"].strip().strip("\"'")
    return (found["name"].lower(), value) if value else None
