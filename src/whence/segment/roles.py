"""The role of every line of the page proper: each by its own words, then by where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from whence.segment import wording
from whence.segment.pieces import Piece, is_dateline
from whence.segment.shape import NAME, asks, finite, listed, pictured, titled
from whence.segment.top import above
from whence.terms import Role

LINKS = "goes on with a list of links"
_SPOKEN = re.compile(r"\b(?:said|says|wrote|told|argued|warned|claimed|insisted)\b")
_STAMPED = re.compile(r"(?:Update|UPDATE)(?:d|D)? at \d{1,2}[:.]\d\d\b.{2,140}[\w”’\")]:?\Z")
_CORRECTS = re.compile(
    r"\((?:corrects?|updates?|adds?|refiles?|recasts?|removes?|clarifies)\b.{0,250}\)\Z", re.I
)
_FOOT = re.compile(
    r"(?:filed under|tag(?:s|ged)|categor|topics|share|related|(?:read|see) (?:next|more|also)|also"
    r"|more (?:from|on)|you may|don.t miss|latest|trending|©|copyright|comments?|subscribe|sign up"
    r"|follow us|most (?:read|popular)|recommended|support us)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}\s+\S")


def alone(piece: Piece) -> Piece:
    """The piece, labelled where its own words settle what it is."""
    if piece.role:
        return piece
    text, short = piece.plain, piece.words <= 30 and len(piece.plain) <= 300
    if not text:
        return piece.is_("boilerplate", "holds no words")
    signed = wording.SIGNED_POST.search(text) or wording.SHARED_POST.search(text)
    if signed:
        return piece.is_("post", "is signed as a post", signed["by"].strip())
    if _STAMPED.match(text):
        return piece.is_("headline", "is the heading of an update")
    if _CORRECTS.match(text):
        return piece.is_("body", "says what was corrected")
    for test, role, why in _LOCAL:
        if short and test(piece):
            return piece.is_(role, why)
    legal = wording.LEGAL.search(text)
    if legal and (legal.start() == 0 or not _SPOKEN.search(text)):
        return piece.is_("boilerplate", "speaks of the page itself")
    if _HEADING.match(piece.text) and piece.words <= 40:
        return piece.is_("headline", "is marked as a heading")
    if wording.POSTED.search(text) and not piece.ended:
        return piece.is_("post", "holds what only a post holds")
    if _prose(piece):
        return piece.is_("body", "is prose")
    return piece


def _credit(piece: Piece) -> bool:
    return any(form.fullmatch(piece.plain) for form in wording.CREDIT)


def _byline(piece: Piece) -> bool:
    return any(form.match(piece.plain) for form in wording.BYLINE)


def _navigation(piece: Piece) -> bool:
    return bool(wording.NAVIGATION.fullmatch(piece.plain))


_LOCAL: tuple[tuple[Callable[[Piece], bool], Role, str], ...] = (
    (_byline, "byline", "says who wrote it"),
    (_credit, "caption", "says whose picture it is"),
    (_navigation, "boilerplate", "is a button, a link or a label"),
    (is_dateline, "dateline", "is a date"),
)


def _prose(piece: Piece) -> bool:
    """Whether this reads as a sentence of the article rather than a label."""
    if piece.words >= 30:
        return True
    if asks(piece):
        return False
    return piece.ended and piece.words >= 6 and any(word.islower() for word in piece.plain.split())


def placed(found: list[Piece], title: str | None = None) -> list[Piece]:
    """The pieces with every role settled by where they stand among the others."""
    prose = [i for i, piece in enumerate(found) if piece.role == "body"]
    if not prose:
        return _no_prose(found)
    first, last = prose[0], _ends(found, prose)
    out = _repeated(found)
    out = _tag_lines(out, first)
    out = _credited(out)
    out = above(out, first, title)
    out = _middle(out, first, last)
    return _tail(out, last)


def _no_prose(found: list[Piece]) -> list[Piece]:
    """A page of short lines: the first long enough is its headline, the others its body."""
    out, titled = [], False
    for piece in found:
        if piece.role is None:
            titled_now = not titled and not piece.ended and len(found) > 1
            role: Role = "headline" if titled_now else "body"
            piece = piece.is_(role, "stands in a page of short lines")
        titled = titled or piece.role == "headline"
        out.append(piece)
    return out


def _repeated(found: list[Piece]) -> list[Piece]:
    """Lines said more than once: captions that a browser copied twice, or buttons."""
    times = Counter(piece.plain for piece in found if piece.role in (None, "dateline"))
    return [
        _again(piece, times[piece.plain])
        if piece.role in (None, "dateline") and times[piece.plain] > 1
        else piece
        for piece in found
    ]


def _again(piece: Piece, times: int) -> Piece:
    if piece.words >= 4:
        return piece.is_("caption", "stands there more than once")
    if times > 2 and NAME.match(piece.plain) and piece.words > 1:
        return piece.is_("body", "names who speaks next in an interview")
    return piece.is_("boilerplate", "stands there more than once")


def _tag_lines(found: list[Piece], first: int) -> list[Piece]:
    """The rest of a list of tags that was broken over several lines."""
    out: list[Piece] = []
    for i, piece in enumerate(found):
        before = out[-1] if out else None
        broken = (
            piece.role is None
            and i < first
            and before is not None
            and before.role == "boilerplate"
            and re.match(r"[\w -]{2,30}:", before.plain)
            and piece.words <= 12
            and (piece.plain[0].islower() or before.plain.endswith(","))
        )
        out.append(piece.is_("boilerplate", "goes on with a list of tags") if broken else piece)
    return out


def _credited(found: list[Piece]) -> list[Piece]:
    """A loose line straight above a picture credit is the caption of that picture."""
    out = list(found)
    for i in range(len(out) - 1):
        upper, below = out[i], out[i + 1]
        if upper.role is not None or below.after_gap:
            continue
        if below.role == "caption" and below.why and below.why.startswith("says whose"):
            out[i] = upper.is_("caption", "stands straight above a picture credit")
        elif (
            below.role is None
            and upper.words >= 5
            and NAME.match(below.plain)
            and any(piece.role == "body" for piece in out[:i])
        ):
            out[i] = upper.is_("caption", "stands straight above a name, between paragraphs")
            out[i + 1] = below.is_("caption", "is the name under a caption")
    return out


def _middle(found: list[Piece], first: int, last: int) -> list[Piece]:
    """Loose lines among the paragraphs: a caption, a heading, or a sentence without its stop."""
    out = list(found)
    for i in range(first, last):
        piece = out[i]
        before, after = out[i - 1] if i else None, out[i + 1]
        if piece.role is not None:
            continue
        if before and _linked(before) and not piece.ended:
            out[i] = piece.is_("boilerplate", LINKS)
        elif listed(piece) or (piece.ended and not asks(piece)):
            out[i] = piece.is_("body", "is a short sentence among paragraphs")
        elif pictured(piece):
            out[i] = piece.is_("caption", "describes a picture")
        elif piece.words >= 9 and finite(piece) and not titled(piece):
            out[i] = piece.is_("body", "is a sentence without its stop")
        elif piece.words <= 14 and after.role in ("body", "quote", "post"):
            out[i] = piece.is_("headline", "stands alone above a paragraph")
        elif piece.words <= 6 and not piece.ended:
            out[i] = piece.is_("headline", "is a heading above other lines")
        elif piece.words <= 14 and not finite(piece):
            out[i] = piece.is_("headline" if titled(piece) else "caption", "is no sentence")
        else:
            out[i] = piece.is_("body", "stands among paragraphs")
    return out


def _ends(found: list[Piece], prose: list[int]) -> int:
    """The last piece of the article's prose: short notes below a row of tags are the page's."""
    total = sum(found[i].words for i in prose)
    for at, i in enumerate(prose[1:], start=1):
        below = [found[j] for j in prose[at:]]
        if sum(piece.words for piece in below) > 0.15 * total or any(
            piece.words > 30 for piece in below
        ):
            continue
        between = found[prose[at - 1] + 1 : i]
        if any(_FOOT.match(piece.plain) for piece in between if piece.role == "boilerplate"):
            return prose[at - 1]
    return prose[-1]


def _linked(before: Piece) -> bool:
    """Whether a list of links to other articles is going on."""
    if before.role != "boilerplate":
        return False
    return before.why == LINKS or (before.words <= 6 and bool(_FOOT.match(before.plain)))


def _tail(found: list[Piece], last: int) -> list[Piece]:
    """What stands after the article belongs to the page; so does a box about the author."""
    out = [
        piece.is_("boilerplate", "is a note of the page below the article")
        if i > last and piece.role == "body"
        else piece
        for i, piece in enumerate(found)
    ]
    for i in range(last + 1, len(out)):
        piece = out[i]
        if piece.role is None:
            if piece.ended and i == last + 1:
                out[i] = piece.is_("body", "is the article's last short sentence")
            else:
                out[i] = piece.is_("boilerplate", "stands after the article")
        elif piece.role == "headline":
            out[i] = piece.is_("boilerplate", "is a heading after the article")
    tail_prose = [i for i in range(len(out)) if out[i].role == "body"]
    for i in tail_prose[3:][-2:]:
        if wording.BIOGRAPHY.match(out[i].plain) and not any(
            out[j].role == "body" and j not in tail_prose[-2:] for j in range(i, len(out))
        ):
            out[i] = out[i].is_("boilerplate", "is a box about the author")
    return out
