"""The records of a web capture (WARC): each that is whole, and a word on each that is not.

A record says how long it is, and that is held against what follows it. Where the two disagree,
the next place is looked for at which a record begins, so that one damage costs one record.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from whence.ingest import http
from whence.ingest.stretches import Barrier, stretches
from whence.ingest.values import Refusal

_END = b"\r\n\r\n"
_BEGIN = re.compile(rb"WARC/\d\.\d\r?\n(?=[A-Za-z])")
_NEEDED = (b"warc-type:", b"content-length:", b"warc-record-id:")
_LONGEST_HEAD = 200_000
_WHY: dict[Barrier, tuple[str, str]] = {
    "truncated": ("truncated", "the file breaks off in this record"),
    "damaged": ("checksum", "its compressed bytes are damaged"),
    "bomb": ("too-large-expanded", "it would expand to more than is allowed"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the file, and what is to be said of it."""

    number: int
    headers: dict[str, str]
    content: bytes
    remarks: tuple[str, ...] = ()
    length: int = 0  # longer than the content where that was too long to keep


@dataclass(frozen=True, slots=True)
class Loss:
    """A stretch of the file in which no whole record stands, and why."""

    number: int
    code: str
    reason: str


def records(source: BinaryIO, most: int) -> Iterator[Record | Loss]:
    """Every whole record in the file's order, with the losses between them."""
    reader = _Reader(source, most + _LONGEST_HEAD)
    while True:
        yield from reader.stretch()
        again = reader.next()
        if reader.skipped > 1:
            reason = f"{reader.skipped} bytes were passed over, no record begins in them"
            if not reader.blamed:
                yield Loss(reader.count(), "bad-record", reason)
        if not again:
            return


class _Reader:
    def __init__(self, source: BinaryIO, window: int) -> None:
        self._source = stretches(source)
        self._buffer = bytearray()
        self._window = window
        self._number = 0
        self.blamed = False  # whether the trouble of this stretch was reported

    @property
    def skipped(self) -> int:
        """Bytes between this stretch and the one before."""
        return self._source.skipped

    def count(self) -> int:
        """The number of the next record or loss."""
        self._number += 1
        return self._number

    def next(self) -> bool:
        """Go on to the next stretch."""
        self._buffer.clear()
        return self._source.next()

    def stretch(self) -> Iterator[Record | Loss]:
        """The records and losses up to the next barrier."""
        self.blamed = False
        while True:
            self._pass_blank()
            if not self._buffer:
                break
            found = self._one()
            self.blamed = self.blamed or (isinstance(found, Loss) and self._at_barrier)
            yield found
        if self._source.barrier != "end" and not self.blamed:
            self.blamed = True
            yield Loss(self.count(), *_WHY[self._source.barrier])

    @property
    def _at_barrier(self) -> bool:
        return self._source.barrier != "open"

    def _fill(self, size: int) -> bool:
        while len(self._buffer) < size:
            got = self._source.more()
            if not got and self._at_barrier:
                return False
            self._buffer += got
        return True

    def _pass_blank(self) -> None:
        while self._fill(1):
            bare = self._buffer.lstrip(b"\r\n")
            if bare:
                self._buffer = bytearray(bare) if len(bare) < len(self._buffer) else self._buffer
                return
            self._buffer.clear()

    def _one(self) -> Record | Loss:
        """The record that begins here, or the loss up to where the next one does."""
        self._fill(8)
        if not _BEGIN.match(self._buffer + b"A" if len(self._buffer) == 10 else self._buffer):
            self._fill(12)
            if not _BEGIN.match(self._buffer):
                return self._lost("bad-record", "no record begins where one should", 0)
        end = self._head_end()
        if end < 0:
            if self._at_barrier and len(self._buffer) < _LONGEST_HEAD:
                return self._lost(*self._ended("its header is not complete"), 5)
            return self._lost("bad-record", "its header is longer than any header is", 5)
        headers = _headers(bytes(self._buffer[:end]))
        said = headers.get("content-length", "")
        if not re.fullmatch(r"\d{1,15}", said):
            return self._lost("bad-record", "it does not say how long it is", 5)
        if end + int(said) > self._window:
            return self._long(headers, end, int(said))
        if not self._fill(end + int(said)):
            why = "it says that it is longer than it is"
            return self._lost(*self._ended(why), end)
        return self._framed(headers, end, int(said))

    def _ended(self, why: str) -> tuple[str, str]:
        return _WHY.get(self._source.barrier, ("truncated", why))

    def _head_end(self) -> int:
        at = 0
        while True:
            found = self._buffer.find(_END, max(at - 4, 0), _LONGEST_HEAD)
            if found >= 0:
                return found + len(_END)
            at = len(self._buffer)
            if at >= _LONGEST_HEAD or not self._fill(at + 1):
                return -1

    def _framed(self, headers: dict[str, str], end: int, length: int) -> Record | Loss:
        """The record, if what follows it shows that it is as long as it says."""
        stop = end + length
        self._fill(stop + 4 + 8)
        tail = bytes(self._buffer[stop : stop + 12])
        last = self._at_barrier and not tail.strip(b"\r\n")
        follows = last or tail.lstrip(b"\r\n").startswith(b"WARC/")
        content = bytes(self._buffer[end:stop])
        digest = verified(headers, content)
        if last and self._source.barrier != "end" and not digest:
            return self._lost(*self._ended("the file breaks off after it"), end)
        inside = digest is False and _next(self._buffer[:stop], end) >= 0
        if inside or not (follows or tail.startswith(_END) or digest):
            return self._lost("bad-record", "it is not as long as it says", end)
        remarks = ["checksum"] if digest is False else []
        if last and not tail.startswith(_END):
            remarks.append("truncated")
        elif not (follows and tail.startswith(_END)):
            remarks.append("bad-record")
        del self._buffer[:stop]
        return Record(self.count(), headers, content, tuple(remarks), length)

    def _long(self, headers: dict[str, str], end: int, length: int) -> Record | Loss:
        """A record too long to keep: its beginning alone, once it is certain that it ends well."""
        if not self._fill(self._window):
            return self._lost(*self._ended("it says that it is longer than it is"), end)
        start = bytes(self._buffer[end : end + 8_000])
        left, passed = end + length, 0
        while left > len(self._buffer):
            left -= len(self._buffer)
            passed += len(_BEGIN.findall(self._buffer))
            self._buffer.clear()
            if not self._fill(1):
                begun = f"; {passed - 1} records may have begun in it" if passed > 1 else ""
                code, why = self._ended("it says that it is longer than the rest of the file")
                return Loss(self.count(), code, why + begun)
        del self._buffer[:left]
        self._fill(12)
        tail = bytes(self._buffer[:12])
        if tail.strip(b"\r\n") and not tail.startswith(_END):
            return self._lost("bad-record", f"it is not as long as it says ({length} bytes)", 0)
        return Record(self.count(), headers, start, (), length)

    def _lost(self, code: str, reason: str, start: int) -> Loss:
        """Pass over everything up to the next place where a record begins."""
        passed = 0
        while True:
            at = _next(self._buffer, start)
            if at >= 0:
                passed += at
                del self._buffer[:at]
                break
            keep = min(len(self._buffer), _LONGEST_HEAD)
            drop = len(self._buffer) - keep
            if drop > 0:
                passed += drop
                del self._buffer[:drop]
                start = 0
            if not self._fill(len(self._buffer) + _LONGEST_HEAD) and _next(self._buffer, start) < 0:
                passed += len(self._buffer)
                self._buffer.clear()
                break
        return Loss(self.count(), code, f"{reason}; {passed} bytes were passed over")


def _next(buffer: bytes | bytearray, start: int) -> int:
    """Where the next record begins: its first line, and the headers that every record has."""
    for found in _BEGIN.finditer(buffer, start):
        end = buffer.find(_END, found.end(), found.end() + _LONGEST_HEAD)
        head = bytes(buffer[found.end() : end if end >= 0 else found.end() + 4_000]).lower()
        if all(name in head for name in _NEEDED):
            return found.start()
    return -1


def _headers(raw: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for line in raw.decode("utf-8", "replace").split("\n")[1:]:
        line = line.rstrip("\r")
        if line[:1] in (" ", "\t") and last:
            found[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if colon:
            last = name.strip().lower()
            found.setdefault(last, value.strip())
    return found


def verified(headers: dict[str, str], content: bytes) -> bool | None:
    """Whether the record's own digests fit its bytes; None where it has none that we know."""
    block = _fits(headers.get("warc-block-digest"), content)
    if block is not None:
        return block
    said = headers.get("warc-payload-digest")
    if headers.get("warc-type") == "revisit":
        return None
    if not content.startswith(b"HTTP/"):
        return _fits(said, content)
    try:
        body = http.response(content).body
        found = _fits(said, body)
        return found if found is not False else _fits(said, http.dechunked(body))
    except Refusal:
        return False if said else None


def _fits(said: str | None, raw: bytes) -> bool | None:
    way, colon, value = (said or "").partition(":")
    way = way.strip().lower().replace("-", "")
    if not colon or way not in ("sha1", "sha256", "sha512", "md5"):
        return None
    digest = hashlib.new(way, raw, usedforsecurity=False).digest()
    value = value.strip()
    try:
        if len(value) == 2 * len(digest):
            return bytes.fromhex(value) == digest
        padded = value.upper() + "=" * (-len(value) % 8)
        return base64.b32decode(padded) == digest
    except (ValueError, binascii.Error):
        return False
