"""An HTTP response as it was captured: its status, its media type and its body, decoded in bounds."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass

from whence.ingest.inflate import too_large
from whence.ingest.values import Refusal

_STATUS = re.compile(rb"\AHTTP/\d(?:\.\d)? (\d{3})[^\n]*\n")
_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")
_LONGEST_HEAD = 200_000


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type alone; empty where none was said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that the server named."""
        found = re.search(
            r"charset\s*=\s*[\"']?([\w.:-]{2,40})", self.headers.get("content-type", "")
        )
        return found.group(1) if found else None


def response(raw: bytes) -> Response:
    """The answer in these bytes, its body as it was sent; a Refusal where there is none."""
    status = _STATUS.match(raw)
    end = _END.search(raw[:_LONGEST_HEAD])
    if status is None or end is None:
        raise Refusal("bad-record", "no HTTP response stands in it")
    headers: dict[str, str] = {}
    for line in raw[status.end() : end.start()].decode("latin-1").split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return Response(int(status.group(1)), headers, raw[end.end() :])


def entity(answer: Response, most: int) -> bytes:
    """The page itself: out of its chunks and unpacked, no longer than allowed."""
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body = dechunked(body)
    for way in reversed(answer.headers.get("content-encoding", "").lower().split(",")):
        body = _unpacked(way.strip(), body, most)
    if len(body) > most:
        raise Refusal("too-large", f"the page is longer than {most // 1_000_000} MB")
    return body


def dechunked(body: bytes) -> bytes:
    """The chunks of a body put together; the body itself where it is in no chunks after all."""
    if not _CHUNK.match(body):
        return body
    got, at = io.BytesIO(), 0
    while found := _CHUNK.match(body, at):
        size = int(found.group(1), 16)
        if size == 0:
            return got.getvalue()
        if found.end() + size > len(body):
            raise Refusal("bad-record", "a chunk of the page says that it is longer than it is")
        got.write(body[found.end() : found.end() + size])
        at = found.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    raise Refusal("bad-record", "the chunks of the page do not fit together")


def _unpacked(way: str, body: bytes, most: int) -> bytes:
    if way in ("", "identity"):
        return body
    if way in ("gzip", "x-gzip"):
        return _inflated(body, 31, most) if body.startswith(b"\x1f\x8b") else body
    if way == "deflate":
        return _inflated(body, 15 if body[:1] == b"\x78" else -15, most)
    raise Refusal("unsupported", f"the page is compressed as “{way[:20]}”, which is not read")


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    part = zlib.decompressobj(bits)
    try:
        got = part.decompress(body, most + 1)
    except zlib.error:
        raise Refusal("bad-record", "the compressed page is damaged") from None
    if len(got) > most or too_large(len(got), len(body)):
        raise Refusal("too-large-expanded", "the page would expand to more than is allowed")
    if not part.eof:
        raise Refusal("truncated", "the compressed page breaks off")
    return got
