"""Compressed bytes, expanded no further than is allowed."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from whence.ingest.values import Refusal

_STEP = 65_536
_RATIO = 100  # text shrinks to a fifth or a tenth; a hundredth is a bomb …
_FREE = 4_000_000  # … once there is this much of it
_XZ_MEMORY = 100_000_000
_TOO_MUCH = "it would expand to more than is allowed"


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Zlib:
    """zlib behind the same face as the others: it gives back what it did not take."""

    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)
        self.waiting = b""
        self.broken = b""  # what came out before the damage

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        data, before = self.waiting + data, self._inner.copy()
        try:
            got = self._inner.decompress(data, max_length)
        except zlib.error:
            self.broken = _until_broken(before, data)
            raise
        self.waiting = self._inner.unconsumed_tail
        return got

    @property
    def needs_input(self) -> bool:
        return not self.waiting


def _until_broken(part: zlib._Decompress, data: bytes) -> bytes:
    """What comes out before the damage, found byte by byte."""
    got = bytearray()
    try:
        for at in range(len(data)):
            got += part.decompress(data[at : at + 1])
    except zlib.error:
        return bytes(got)
    return bytes(got)


def too_large(expanded: int, packed: int) -> bool:
    """Whether this much from so little is a bomb rather than a text."""
    return expanded > _FREE and expanded > _RATIO * max(packed, 1)


class Expanding(io.RawIOBase):
    """A file to read from that expands as it is read; what is wrong with it is in `remarks`.

    Damage ends it: what was read until then is given, and `remarks` says `truncated` or `checksum`.
    """

    def __init__(self, source: BinaryIO, most: int) -> None:
        super().__init__()
        self._source, self._most = source, most
        self._rest = source.read(_STEP)
        new = _opener(self._rest)
        if new is None:
            raise Refusal("broken-archive", "it is not compressed as its name says")
        self._new = new
        self._part: _Decompressor | None = new()
        self._packed = len(self._rest)
        self.expanded = 0
        self.remarks: list[str] = []

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next."""
        got = self._next(len(buffer))
        buffer[: len(got)] = got
        return len(got)

    def _next(self, size: int) -> bytes:
        while self._part is not None:
            got = self._step(size)
            self.expanded += len(got)
            if self.expanded > self._most or too_large(self.expanded, self._packed):
                raise Refusal("too-large-expanded", _TOO_MUCH)
            if got:
                return got
        return b""

    def _step(self, size: int) -> bytes:
        part = self._part
        assert part is not None
        if part.eof:
            self._begin(part.unused_data + self._rest)
            return b""
        if not self._rest and getattr(part, "needs_input", True):
            self._rest = self._source.read(_STEP)
            self._packed += len(self._rest)
            if not self._rest:
                return self._end("truncated")
        data, self._rest = self._rest, b""
        try:
            return part.decompress(data, size)
        except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError) as wrong:
            self._end("checksum" if "check" in str(wrong) else "truncated")
            return getattr(part, "broken", b"")[:size]

    def _begin(self, rest: bytes) -> None:
        """Go on with what follows the end of one compressed stretch: another one, or rubbish."""
        self._rest = rest or self._source.read(_STEP)
        self._packed += 0 if rest else len(self._rest)
        if not self._rest.strip(b"\0"):
            self._part = None
        elif _opener(self._rest) is self._new:
            self._part = self._new()
        else:
            self._end("trailing-bytes")

    def _end(self, remark: str) -> bytes:
        self.remarks.append(remark)
        self._part = None
        return b""


def _gzip() -> _Decompressor:
    return _Zlib(31)


def _xz() -> _Decompressor:
    return lzma.LZMADecompressor(memlimit=_XZ_MEMORY)


def _bzip() -> _Decompressor:
    return bz2.BZ2Decompressor()


_OPENERS: dict[bytes, Callable[[], _Decompressor]] = {
    b"\x1f\x8b": _gzip,
    b"BZh": _bzip,
    b"\xfd7zXZ\x00": _xz,
}


def _opener(start: bytes) -> Callable[[], _Decompressor] | None:
    return next((new for magic, new in _OPENERS.items() if start.startswith(magic)), None)


def is_compressed(start: bytes) -> bool:
    """Whether a file that begins like this is compressed in a way that we know."""
    return _opener(start) is not None
