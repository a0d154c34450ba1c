"""What stands above the article: the site's name, the title, the standfirst, captions, a name."""

from __future__ import annotations

import re

from whence.segment.days import days
from whence.segment.pieces import GLUED, Piece
from whence.segment.shape import (
    NAME,
    VERBS,
    dated,
    link_bar,
    pictured,
    section_label,
    titled,
)
from whence.terms import Role


def above(found: list[Piece], first: int, title: str | None) -> list[Piece]:
    """The pieces, those before the first paragraph labelled by where they stand.

    The title is the line that the page's fields name; else the one marked as a heading; else of
    all loose lines the one most like a title: it has a verb, some length, and a byline beside it.
    """
    out = list(found)
    loose = [i for i in range(first) if out[i].role is None]
    titles = [i for i in range(first) if out[i].role == "headline"]
    if not titles and loose:
        named = [i for i in loose if title and out[i].plain.casefold() == title.casefold()]
        best = (named or sorted(loose, key=lambda i: (-_like_title(out, i), i)))[0]
        titles = [best]
        if title and not named and NAME.match(out[best].plain):
            out[best] = out[best].is_("byline", "is a name, and the title is known")
        else:
            out[best] = out[best].is_("headline", "is the line most like a title")
    for i in loose:
        if out[i].role is None:
            role, why = _beside(out, i, titles[0] if titles else 0)
            out[i] = out[i].is_(role, why)
    return out


def _like_title(out: list[Piece], i: int) -> int:
    piece = out[i]
    if link_bar(piece) or dated(piece) or section_label(piece):
        return -2
    words = [word.lower() for word in re.findall(r"[\w’'-]+", piece.plain)]
    beside = {
        out[j].role for j in (i - 1, i + 1) if 0 <= j < len(out) and out[j].why != GLUED
    }  # fmt: skip
    return (
        any(word in VERBS for word in words)
        + (len(words) >= 6)
        + (len(words) >= 4)
        + bool(beside & {"byline", "dateline"})
        - (len(words) < 3)
        - 2 * pictured(piece)
    )


def _beside(out: list[Piece], i: int, title: int) -> tuple[Role, str]:
    piece = out[i]
    beside = {out[j].role for j in (i - 1, i + 1) if 0 <= j < len(out)}
    if section_label(piece) or link_bar(piece):
        return "boilerplate", "is a label or a bar of links"
    if i < title and piece.words <= 6 and not pictured(piece):
        return "boilerplate", "stands above the title, as a site's name does"
    if pictured(piece):
        return "caption", "describes a picture"
    if dated(piece) or (piece.words <= 12 and any(day.year for day in days(piece.plain))):
        return "dateline", "names a day, beside the title"
    if i > title and NAME.match(piece.plain):
        if beside & {"dateline", "byline"} or _dated_next(out, i):
            return "byline", "is a name beside the date"
        return "boilerplate", "is a bare name beside the title"
    if i > title and _dated_next(out, i) and titled(piece) and piece.words <= 8:
        return "byline", "is the name of a body above the date"
    return "headline", "stands under the title"


def _dated_next(out: list[Piece], i: int) -> bool:
    below = out[i + 1] if i + 1 < len(out) else None
    return bool(
        below
        and below.role in (None, "dateline")
        and below.words <= 12
        and any(day.year for day in days(below.plain))
    )
