"""What came from an address of the web, read like any file: behind the border, by its kind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

import msgspec

from whence.ingest import inside, kinds, lines
from whence.ingest.border import Border
from whence.ingest.http import Response
from whence.ingest.taken import as_taken
from whence.ingest.values import Allowance, Refusal, Taken
from whence.ingest.walk import refused
from whence.terms import Refused

_ENDINGS = {
    "html": ".html", "pdf": ".pdf", "docx": ".docx", "odt": ".odt", "epub": ".epub",
    "mail": ".eml", "zip": ".zip", "gz": ".gz",
}  # fmt: skip
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_XML = ("text/xml", "application/xml")
_NO_TEXT = ("image/", "audio/", "video/", "font/", "text/css", "text/javascript",
            "application/javascript", "application/json", "application/ld+json")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that came from an address, and what the server said with them."""

    name: str
    raw: bytes
    content_type: str
    address: str
    retrieved: str


def received(border: Border, came: Received) -> Iterator[Taken | Refused]:
    """The document that came, or those in it; or why it is refused."""
    said = Response(200, {"content-type": came.content_type}, b"")
    try:
        if not came.raw.strip():
            raise Refusal("empty", "the server gave an empty page")
        kind, remark = _kind(said.media, came)
        most = border.limits.size * (5 if kind in kinds.BULKY else 1)
        if kind == "lines":
            found = lines.documents(border, came.name, io.BytesIO(came.raw))
            yield from _dated(inside.settled(came.name, found), came)
        elif kind in kinds.CONTAINERS:
            held = inside.parts(inside.left_of(border), came.name, kind, came.raw)
            yield from _dated(held, came)
        elif len(came.raw) > most:
            raise lines.too_large("the page", most)
        else:
            yield from _page(border, came, (kind, said.charset, remark))
    except Refusal as why:
        yield refused(came.name, why)


def entries(border: Border, came: Received) -> Iterator[str | Refused]:
    """The addresses of the pages that a feed lists, in its order; an entry without one is refused."""
    allowance = Allowance(border.limits.size, border.limits.expanded, border.limits.members)
    try:
        for member, _ in border.unpack("feed", came.raw, allowance):
            name = f"{came.name}#{member.name}"
            code, reason = member.code, member.reason
            if member.reply is not None:
                code, reason = member.reply.code, member.reply.reason
            if code is not None:
                yield Refused(name, reason or code, code)
            elif member.reply and member.reply.stated.address:
                yield member.reply.stated.address
            else:
                yield Refused(name, "the entry gives no address of its page", "no-address")
    except Refusal as why:
        yield refused(came.name, why)


def _kind(media: str, came: Received) -> tuple[str, str | None]:
    """What it is: as the server says, unless its bytes plainly say otherwise."""
    start = came.raw[: kinds.PEEK]
    name = unquote(urlsplit(came.address).path).rpartition("/")[2]
    kind = kinds.by_content_type(media)
    if kind == "text":
        named = kinds.BY_NAME.get(f".{name.lower().rpartition('.')[2]}")
        return (named if named in ("markdown", "lines", "mbox") else "text"), None
    if kind is not None:
        return kinds.kind_of(f"page{_ENDINGS[kind]}", start)
    if media in _FEEDS:
        return "feed", None
    if media in _XML:
        return kinds.kind_of("page.xml", start)
    if media.startswith(_NO_TEXT):
        raise Refusal("unsupported", f"{media} is no document that is read")
    return kinds.kind_of(name, start)


def _page(
    border: Border, came: Received, how: tuple[str, str | None, str | None]
) -> Iterator[Taken | Refused]:
    kind, charset, remark = how
    reply = border.ask(kind, came.raw, charset)
    stated = msgspec.structs.replace(
        reply.stated, address=came.address, retrieved=came.retrieved
    )  # where it was found is known; what the page says of that is not needed
    remarks = (*reply.remarks, *([remark] if remark else []))
    reply = msgspec.structs.replace(reply, stated=stated, remarks=remarks)
    yield as_taken(reply, came.raw, came.name, None)
    if reply.holds:
        held = inside.held(inside.left_of(border), came.name, kind, came.raw)
        yield from _dated(held, came)


def _dated(found: Iterator[Taken | Refused], came: Received) -> Iterator[Taken | Refused]:
    """What is inside came when the whole did, unless it says when it was retrieved itself."""
    for each in found:
        if isinstance(each, Taken) and each.document.retrieved is None:
            document = replace(each.document, retrieved=came.retrieved)
            each = replace(each, document=document)
        yield each
