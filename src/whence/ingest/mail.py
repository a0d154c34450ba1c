"""A mail: its text, who sent it when; its attachments and forwarded mails as documents of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import BinaryIO

from whence.ingest import decode, mime, page
from whence.ingest.archive import safe_name
from whence.ingest.kinds import by_content_type
from whence.ingest.stated import moment
from whence.ingest.values import Allowance, Member, Part, Parts, Refusal, Reply, Stated

_QUOTED = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NO_DOCUMENTS = ("image/", "audio/", "video/", "font/")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature",
               "application/x-pkcs7-signature", "text/calendar")  # fmt: skip
_Mark = tuple[int, int, str, str | None]
_Marks = list[_Mark]


def mail(raw: bytes) -> Reply:
    """The text of a mail as it was written, its quoted lines marked, and what its headers state."""
    remarks: list[str] = []
    head, _, _ = mime.headed(raw)
    text, marks, parts, holds = "", list[_Mark](), list[Part](), 0
    for part in _shown(raw, remarks):
        if part.attached or not part.kind.startswith("text/"):
            holds += 1
            continue
        said, found = _text(part, remarks)
        gap = "\n\n" if text and said else ""
        shift = len(text) + len(gap)
        marks += [(start + shift, end + shift, role, by) for start, end, role, by in found]
        text += gap + said
        if said:
            parts.append(Part(shift, len(text), f"text {len(parts) + 1}, {part.kind}"))
    if not text.strip():
        if not holds:
            raise Refusal("empty", "the mail has no text")
        text = mime.words(head.get("Subject")) or "(no text)"
    stated = _stated(head, remarks)
    return Reply(
        text=text,
        media_type="message/rfc822",
        stated=stated,
        marks=tuple(marks),
        remarks=tuple(dict.fromkeys(remarks)),
        parts=tuple(parts),
        mapped=False,
        holds=holds,
    )


def attachments(source: BinaryIO, allowance: Allowance) -> Parts:
    """What was sent with a mail: files and forwarded mails; pictures and signatures only counted."""
    number = passed = 0
    for part in _shown(source.read(), []):
        if not part.attached and part.kind.startswith("text/"):
            continue
        number += 1
        if part.kind.startswith(_NO_DOCUMENTS) or part.kind in _SIGNATURES:
            passed += 1
            continue
        remarks: list[str] = []
        raw = mime.decoded(part, remarks)
        name, unsafe = safe_name(part.name or f"part {number}")
        kind = (
            by_content_type(part.kind) if not part.name or part.kind == "message/rfc822" else None
        )
        if len(raw) > allowance.one:
            yield Member(name, code="too-large", reason="the attachment is too long"), b""
        elif part.name is None and kind is None:
            yield Member(name, code="unsupported", reason=f"{part.kind} is not read"), b""
        else:
            charset = part.head.get_content_charset() if kind in ("html", "text") else None
            yield Member(name, kind=kind, charset=charset, remarks=(*unsafe, *remarks)), raw
    if passed:
        reason = f"{passed} pictures, sounds or signatures, passed over"
        yield Member("pictures", code="skipped", reason=reason), b""


def mbox(source: BinaryIO, allowance: Allowance) -> Parts:
    """The mails in a mailbox, each from its “From ” line to the next, exactly as they stand."""
    number = 0
    for raw in _mails(source, allowance.one):
        number += 1
        if raw is None:
            yield Member(str(number), code="too-large", reason="the mail is too long"), b""
        else:
            yield Member(str(number), kind="mail"), raw
    if not number:
        raise Refusal("broken-archive", "it is not a mailbox: no line of it begins a mail")


def _mails(source: BinaryIO, most: int) -> Iterator[bytes | None]:
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := source.readline(1 << 20):
        if blank and line.startswith(b"From "):
            if begun:
                yield b"".join(lines) if size <= most else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= most:
                lines.append(line)
        blank = not line.strip()
    if begun:
        yield b"".join(lines) if size <= most else None


def _shown(raw: bytes, remarks: list[str]) -> Iterator[mime.Part]:
    """The parts of a mail, without the second version of what was sent both plain and as HTML."""
    every = list(mime.parts(raw, remarks))
    plain = {
        part.within
        for part in every
        if part.kind == "text/plain" and not part.attached and part.body.strip()
    }
    for part in every:
        ways = [each for each in part.within if each.startswith("multipart/alternative ")]
        second = part.kind == "text/html" and not part.attached and ways
        if second and any(ways[-1] in within for within in plain):
            continue
        yield part


def _text(part: mime.Part, remarks: list[str]) -> tuple[str, _Marks]:
    raw = mime.decoded(part, remarks)
    charset = _charset(part)
    try:
        if part.kind == "text/html":
            reply = page.page(raw, charset)
            remarks += reply.remarks
            return reply.text, list(reply.marks)
        text = _decoded(raw, charset, remarks)
    except Refusal as why:
        if why.code != "empty":
            remarks.append("bad-encoding")
        return "", []
    text = text.replace("\r\n", "\n").strip("\n")
    quoted: _Marks = [
        (found.start(), len(found.group().rstrip("\n")) + found.start(), "quote", None)
        for found in _QUOTED.finditer(text)
    ]
    return text, quoted


def _decoded(raw: bytes, charset: str | None, remarks: list[str]) -> str:
    """The text by the charset that the part names; by its looks where that one cannot be."""
    if charset:
        try:
            text, more = decode.printable(raw.decode(charset))
        except (LookupError, UnicodeError, ValueError):
            remarks.append("guessed-encoding")
        else:
            remarks += more
            return text
    got = decode.decoded(raw)
    remarks += got.remarks
    return got.text


def _charset(part: mime.Part) -> str | None:
    try:
        return part.head.get_content_charset()
    except (LookupError, ValueError, TypeError):
        return None


def _stated(head: Message, remarks: list[str]) -> Stated:
    sender = _sender(mime.words(head.get("From")), remarks)
    return Stated(
        title=mime.words(head.get("Subject"))[:500] or None,
        byline=sender,
        published=_date(head.get("Date"), remarks),
    )


def _sender(said: str, remarks: list[str]) -> str | None:
    """The sender's name; with a remark where the name poses as another address."""
    found = getaddresses([said])
    if not found or not said:
        return None
    name, address = found[0]
    if any(each.lower() != address.lower() for each in re.findall(r"[\w.+-]+@[\w.-]+\w", name)):
        remarks.append("sender-unverified")
    return (name or address)[:500] or None


def _date(said: object, remarks: list[str]) -> str | None:
    if not said:
        return None
    try:
        got = moment(parsedate_to_datetime(str(said)).isoformat())
    except (ValueError, TypeError, OverflowError):
        got = None
    if got is None:
        remarks.append("bad-date")
    return got
