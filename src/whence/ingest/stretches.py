"""The plain bytes of a web capture, stretch by stretch: a damaged one does not hide the next.

A file that is not compressed is one stretch. A compressed one has a stretch for each gzip member,
as a rule one record; after damage the next member that begins a record is looked for.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO, Literal, Protocol

from whence.ingest.inflate import too_large

_STEP = 1 << 16
_HELD = 32_000_000  # compressed bytes of one member that can be gone over again
_MAGIC = b"\x1f\x8b\x08"
_BEGIN = b"WARC/"
Barrier = Literal["open", "end", "truncated", "damaged", "bomb"]


class Stretches(Protocol):
    """Bytes up to a barrier, and past it those of the next stretch."""

    barrier: Barrier
    skipped: int

    def more(self) -> bytes:
        """The next bytes of this stretch; nothing once `barrier` says how it ended."""
        ...

    def next(self) -> bool:
        """Go on to the next stretch; `skipped` bytes lie between that belong to none."""
        ...


def stretches(source: BinaryIO) -> Stretches:
    """The stretches of a capture, compressed or not."""
    start = source.read(_STEP)
    packed, plain = start.find(_MAGIC), start.find(_BEGIN)
    if start.startswith(_MAGIC[:2]) or (packed >= 0 and not 0 <= plain < packed):
        return Gzipped(source, start)
    return Plain(source, start)


class Plain:
    """A capture that is not compressed: all of it is one stretch."""

    def __init__(self, source: BinaryIO, start: bytes) -> None:
        self._source, self._start = source, start
        self.barrier: Barrier = "open"
        self.skipped = 0

    def more(self) -> bytes:
        """The next bytes."""
        got, self._start = self._start or self._source.read(_STEP), b""
        if not got:
            self.barrier = "end"
        return got

    def next(self) -> bool:
        """There is no other stretch."""
        return False


class Gzipped:
    """A compressed capture: a stretch for each member."""

    def __init__(self, source: BinaryIO, start: bytes) -> None:
        self._source = source
        self._data = bytearray(start)  # compressed bytes from the start of this member on
        self._at = 0  # how many of them were unpacked
        self._ended = False
        self._packed = self._expanded = 0
        self._part = zlib.decompressobj(31)
        self.barrier: Barrier = "open" if start.startswith(_MAGIC) else "damaged"
        self.skipped = 0

    def more(self) -> bytes:
        """The next bytes of this member, unpacked."""
        while self.barrier == "open":
            if self._at >= len(self._data) and not self._read():
                self.barrier = "truncated"
                break
            piece = bytes(self._data[self._at : self._at + _STEP])
            try:
                got = self._part.decompress(piece, 4 * _STEP)
            except zlib.error:
                self.barrier = "damaged"
                break
            rest = len(self._part.unused_data if self._part.eof else self._part.unconsumed_tail)
            self._at += len(piece) - rest
            self._packed += len(piece) - rest
            self._expanded += len(got)
            if too_large(self._expanded, self._packed):
                self.barrier = "bomb"
                break
            if self._part.eof:
                self.barrier = "end"
                return got
            if got:
                return got
        return b""

    def next(self) -> bool:
        """Go on to the next member that can be read."""
        self.skipped = 0
        if self.barrier == "end":
            del self._data[: self._at]
            while len(self._data) < len(_MAGIC) and self._read():
                continue
            if not self._data:
                return False
            if self._data.startswith(_MAGIC):
                return self._begin()
        else:
            del self._data[:1]
            self.skipped = 1
        return self._found()

    def _begin(self) -> bool:
        self._at = self._packed = self._expanded = 0
        self._part = zlib.decompressobj(31)
        self.barrier = "open"
        return True

    def _found(self) -> bool:
        """Look for the next place where a member begins that holds a record."""
        while True:
            at = self._data.find(_MAGIC)
            if at < 0:
                drop = max(len(self._data) - len(_MAGIC) + 1, 0)
                self.skipped += drop
                del self._data[:drop]
                if not self._read():
                    self.skipped += len(self._data)
                    self._data.clear()
                    self.barrier = "end"
                    return False
                continue
            self.skipped += at
            del self._data[:at]
            if self._promising():
                return self._begin()
            self.skipped += 1
            del self._data[:1]

    def _promising(self) -> bool:
        while len(self._data) < 2_000 and self._read():
            continue
        try:
            got = zlib.decompressobj(31).decompress(bytes(self._data[:4_000]), len(_BEGIN))
        except zlib.error:
            return False
        return got == _BEGIN

    def _read(self) -> bool:
        """Read on; a member that is very long is no longer held as a whole."""
        if self._ended:
            return False
        got = self._source.read(_STEP)
        self._ended = not got
        if len(self._data) > _HELD and self._at > _STEP:
            del self._data[: self._at]
            self._at = 0
        self._data += got
        return bool(got)
