"""A mail taken apart: its parts in order, however deep they lie, each with its own headers."""

from __future__ import annotations

import base64
import binascii
import contextlib
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

DEEP = 50
MOST_PARTS = 1_000
_END = re.compile(rb"\r?\n\r?\n")
_HEADER = re.compile(rb"\A(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:")
_AFTER = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")  # what follows a boundary on its line
_LONGEST_HEADER = 2_000_000


@dataclass(slots=True)
class Part:
    """One part of a mail: its headers, its body as it was sent, and where it stands."""

    head: Message
    body: bytes
    depth: int
    within: tuple[str, ...] = ()  # “kind number” of each part around it, the outermost first

    @property
    def kind(self) -> str:
        """Its media type, `text/plain` where it names none."""
        return self.head.get_content_type()

    @property
    def name(self) -> str | None:
        """The file name that it was sent under."""
        try:
            name = self.head.get_filename()
        except (ValueError, LookupError, TypeError):
            return None
        return words(name) or None if name else None

    @property
    def attached(self) -> bool:
        """Whether it was sent beside the text rather than as part of it."""
        said = self.head.get_content_disposition()
        return (
            said == "attachment"
            or self.kind == "message/rfc822"
            or (self.name is not None and not self.kind.startswith("multipart/"))
        )


def headed(raw: bytes) -> tuple[Message, bytes, bool]:
    """The headers, the body, and whether there were any headers at all."""
    if not _HEADER.match(raw):
        return _parse(b""), raw.lstrip(b"\r\n"), False
    found = _END.search(raw[:_LONGEST_HEADER])
    at, end = (found.start(), found.end()) if found else (len(raw), len(raw))
    return _parse(raw[:at] + b"\n\n"), raw[end:], True


def parts(raw: bytes, remarks: list[str]) -> Iterator[Part]:
    """The parts that hold something, in order; what is wrong with the mail goes into `remarks`."""
    head, body, said = headed(raw)
    if not said:
        remarks.append("no-headers")
    waiting = [Part(head, body, 0)]
    count = split = 0
    while waiting:
        part = waiting.pop()
        if not part.kind.startswith("multipart/"):
            count += 1
            if count > MOST_PARTS:
                remarks.append("too-many-parts")
                return
            yield part
            continue
        if part.depth == DEEP:
            remarks.append("too-deep")
        boundary = part.head.get_boundary()
        if not boundary:
            remarks.append("truncated")
            continue
        pieces, closed = _split(part.body, boundary.encode("utf-8", "surrogateescape"))
        if not closed:
            remarks.append("truncated")
        split += 1
        around = (*part.within[:DEEP], f"{part.kind} {split}")
        for piece in reversed(pieces):
            inner, inside = _piece(piece)
            waiting.append(Part(inner, inside, part.depth + 1, around))


def _piece(piece: bytes) -> tuple[Message, bytes]:
    """A part's headers and body; a part may begin with the empty line, and then has no headers."""
    if piece.startswith((b"\n", b"\r\n")):
        return _parse(b""), piece.lstrip(b"\r").removeprefix(b"\n")
    head, body, _ = headed(piece)
    return head, body


def _split(body: bytes, boundary: bytes) -> tuple[list[bytes], bool]:
    """What stands between the boundary lines, and whether the last one is there."""
    mark = b"--" + boundary
    pieces: list[bytes] = []
    start: int | None = None
    at = body.find(mark)
    while at >= 0:
        after = at + len(mark)
        rest = _AFTER.match(body, after)
        if rest and (at == 0 or body[at - 1 : at] == b"\n"):
            if start is not None:
                pieces.append(body[start:at].removesuffix(b"\n").removesuffix(b"\r"))
            if rest.group(1):
                return pieces, True
            start = after = rest.end()
            if len(pieces) > MOST_PARTS:
                return pieces, True
        at = body.find(mark, after)
    if start is not None:
        pieces.append(body[start:])
    return pieces, False


def decoded(part: Part, remarks: list[str]) -> bytes:
    """The bytes that were sent, out of base64 or quoted-printable; as they stand if broken."""
    way = str(part.head.get("Content-Transfer-Encoding", "")).strip().lower()
    if way == "base64":
        bare = re.sub(rb"\s+", b"", part.body)
        try:
            return base64.b64decode(bare, validate=True)
        except (binascii.Error, ValueError):
            remarks.append("bad-encoding")
            good = re.match(rb"(?:[A-Za-z0-9+/]{4})*", bare)
            if good and len(good.group()) > 0.5 * len(bare):
                return base64.b64decode(good.group())
            return part.body
    if way == "quoted-printable":
        return quopri.decodestring(part.body)
    return part.body


def words(value: object) -> str:
    """A header as it reads, its encoded words decoded and its folded lines joined."""
    text = str(value or "")
    with contextlib.suppress(ValueError, LookupError, MessageError):
        text = str(make_header(decode_header(text)))
    text = text.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"\s+", " ", text).strip()


def _parse(head: bytes) -> Message:
    return BytesHeaderParser(policy=compat32).parsebytes(head)
