"""The role of every line of the page proper: each by its own words, then by where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from whence.segment import wording
from whence.segment.pieces import Piece, is_dateline
from whence.terms import Role

_HEADING = re.compile(r"#{1,6}\s+\S")
_VERBS = wording.words(
    "is are was were be been has have had will would can could may might must should does do did says"
    " say said tells told rejects reject tries try warns warn hits hit kills kill killed accuses accuse"
    " claims claim denies deny calls call urges urge seeks seek vows vow plans faces wins win loses lose"
    " leaves leave opens open ends begins begin starts start launches launch takes take makes make gets"
    " gives goes comes becomes keeps holds sends sets shows show sees finds find wants want needs means"
    " turns moves pushes pulls breaks blames blame slams blasts backs blocks bans approves agrees agree"
    " admits announces announced confirms confirm reveals reveal rises rise falls fall drops jumps fails"
    " fail dies die fires resigns quits joins meets visits arrives returns sinks collide collides crash"
    " crashes strikes target targets threatens threaten demands demand orders asks ask offers remains"
    " remain continues continue appears seems know knows think thinks stop stops end"
)
_FINITE = wording.words("is are was were has have had will would can could should does did")
_PLACES = wording.words(
    "in at near outside on during after before from with of around over inside aboard along beside by"
    " for to behind under between"
)
_NAME = re.compile(r"(?:(?:Dr|Prof|Sir|The)\.? )?[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'.-]*){0,3}\Z")


def alone(piece: Piece) -> Piece:
    """The piece, labelled where its own words settle what it is."""
    if piece.role:
        return piece
    text, short = piece.plain, piece.words <= 30 and len(piece.plain) <= 300
    if not text:
        return piece.is_("boilerplate", "holds no words")
    if wording.SIGNED_POST.search(text):
        found = wording.SIGNED_POST.search(text)
        return piece.is_("post", "is signed as a post", found["by"].strip() if found else None)
    for test, role, why in _LOCAL:
        if short and test(piece):
            return piece.is_(role, why)
    if wording.LEGAL.search(text):
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
    (_credit, "caption", "says whose picture it is"),
    (_byline, "byline", "says who wrote it"),
    (_navigation, "boilerplate", "is a button, a link or a label"),
    (is_dateline, "dateline", "is a date"),
)


def _prose(piece: Piece) -> bool:
    """Whether this reads as a sentence of the article rather than a label."""
    if piece.words >= 30:
        return True
    if _asks(piece):
        return False
    return piece.ended and piece.words >= 6 and any(word.islower() for word in piece.plain.split())


def placed(found: list[Piece]) -> list[Piece]:
    """The pieces with every role settled by where they stand among the others."""
    prose = [i for i, piece in enumerate(found) if piece.role == "body"]
    if not prose:
        return _no_prose(found)
    first, last = prose[0], prose[-1]
    out = _repeated(found)
    out = _tag_lines(out, first)
    out = _credited(out)
    out = _top(out, first)
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
        piece.is_("caption" if piece.words >= 4 else "boilerplate", "stands there more than once")
        if piece.role in (None, "dateline") and times[piece.plain] > 1
        else piece
        for piece in found
    ]


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
            and (piece.plain[0].islower() or before.plain.endswith(",") or ":" in piece.plain)
        )
        out.append(piece.is_("boilerplate", "goes on with a list of tags") if broken else piece)
    return out


def _credited(found: list[Piece]) -> list[Piece]:
    """A loose line straight above a picture credit is the caption of that picture."""
    out = list(found)
    for i in range(len(out) - 1):
        above, below = out[i], out[i + 1]
        if above.role is not None or below.after_gap:
            continue
        if below.role == "caption" and below.why and below.why.startswith("says whose"):
            out[i] = above.is_("caption", "stands straight above a picture credit")
        elif (
            below.role is None
            and above.words >= 5
            and _NAME.match(below.plain)
            and any(piece.role == "body" for piece in out[:i])
        ):
            out[i] = above.is_("caption", "stands straight above a name, between paragraphs")
            out[i + 1] = below.is_("caption", "is the name under a caption")
    return out


def _top(found: list[Piece], first: int) -> list[Piece]:
    """What stands before the article: section label, headline, standfirst, captions, a name."""
    out = list(found)
    loose = [i for i in range(first) if out[i].role is None]
    titles = [i for i in range(first) if out[i].role == "headline"]
    if not titles and loose:
        longer = [i for i in loose if out[i].words >= 4 and not _pictured(out[i])]
        longer = longer or [i for i in loose if not _label(out[i])] or loose
        titles = [longer[0]]
        out[titles[0]] = out[titles[0]].is_("headline", "is the first title on the page")
    for i in loose:
        if out[i].role is None:
            role, why = _beside_title(out, i, titles[0] if titles else 0)
            out[i] = out[i].is_(role, why)
    return out


def _beside_title(out: list[Piece], i: int, title: int) -> tuple[Role, str]:
    piece = out[i]
    beside = {out[j].role for j in (i - 1, i + 1) if 0 <= j < len(out)}
    if _label(piece) or (i < title and piece.words <= 3):
        return "boilerplate", "is a label above or beside the title"
    if _NAME.match(piece.plain) and i > title:
        if beside & {"dateline", "byline"}:
            return "byline", "is a name beside the date"
        return "boilerplate", "is a bare name beside the title"
    if _pictured(piece):
        return "caption", "describes a picture"
    return "headline", "stands under the title"


def _middle(found: list[Piece], first: int, last: int) -> list[Piece]:
    """Loose lines among the paragraphs: a caption, a heading, or a sentence without its stop."""
    out = list(found)
    for i in range(first, last):
        piece = out[i]
        before, after = out[i - 1] if i else None, out[i + 1]
        if piece.role is not None:
            continue
        if before and before.role == "boilerplate" and before.words <= 6 and not piece.ended:
            out[i] = piece.is_("boilerplate", "goes on with a list of links")
        elif _marker(piece) or (piece.ended and not _asks(piece)):
            out[i] = piece.is_("body", "is a short sentence among paragraphs")
        elif _pictured(piece):
            out[i] = piece.is_("caption", "describes a picture")
        elif piece.words >= 9 and _finite(piece) and not _titled(piece):
            out[i] = piece.is_("body", "is a sentence without its stop")
        elif piece.words <= 14 and after.role in ("body", "quote", "post"):
            out[i] = piece.is_("headline", "stands alone above a paragraph")
        elif piece.words <= 14 and not _finite(piece):
            out[i] = piece.is_("headline" if _titled(piece) else "caption", "is no sentence")
        else:
            out[i] = piece.is_("body", "stands among paragraphs")
    return out


def _tail(found: list[Piece], last: int) -> list[Piece]:
    """What stands after the article belongs to the page; so does a box about the author."""
    out = list(found)
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


def _asks(piece: Piece) -> bool:
    """Whether this is a title that ends with a question or a cry."""
    return piece.plain.endswith(("?", "!")) and piece.words <= 14 and _titled(piece)


def _marker(piece: Piece) -> bool:
    return bool(re.match(r"(?:[•◦▪●○‣·∙*+-]|\(?\d{1,3}[.)])\s", piece.text))


def _label(piece: Piece) -> bool:
    words = re.findall(r"[\w-]+", piece.plain.lower())
    return 0 < len(words) <= 3 and all(word in wording.SECTIONS or word == "the" for word in words)


def _finite(piece: Piece) -> bool:
    return any(word.lower() in _FINITE for word in re.findall(r"[\w’']+", piece.plain))


def _titled(piece: Piece) -> bool:
    """Whether the words are capitalised as in a title."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", piece.plain) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _pictured(piece: Piece) -> bool:
    """Whether a loose line describes a picture: things in a place, and no verb."""
    if wording.PICTURED.search(piece.plain):
        return True
    words = [word.lower() for word in re.findall(r"[\w’'-]+", piece.plain)]
    if len(words) < 6 or _titled(piece) or any(word in _VERBS for word in words):
        return False
    return any(word in _PLACES for word in words[1:]) and not piece.ended
