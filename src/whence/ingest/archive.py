"""Zip, tar and compressed files: what is inside, never written anywhere, never more than allowed.

Names of members are only shown. One that would lead out of a folder, if someone unpacked it,
is kept with the remark `unsafe-name`. Links and devices are refused: they hold no text.
"""

from __future__ import annotations

import io
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from whence.ingest.inflate import Expanding, is_compressed, too_large
from whence.ingest.values import Allowance, Member, Parts, Refusal

_STEP = 1 << 18
_TOO_MUCH = "it would expand to more than is allowed"
_UNSAFE = re.compile(
    r"\A[/\\]|(?:\A|[/\\])\.\.(?:[/\\]|\Z)|:|[\x00-\x1f\x7f\\]"
    r"|(?:\A|[/\\])(?:con|prn|aux|nul|com\d|lpt\d)(?:\.[^/\\]*)?\Z",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:\A|/)(?:__MACOSX(?:/|\Z)|\.[^./][^/]*\Z|Thumbs\.db\Z|desktop\.ini\Z)")


BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, OSError, EOFError,
    ValueError, RuntimeError, IndexError,
)  # fmt: skip
"""What reading a file in a damaged zip archive may raise."""


def safe_name(name: str) -> tuple[str, tuple[str, ...]]:
    """A member's name as it can be shown, and a remark if it would lead a tool astray."""
    clean = re.sub(r"[\x00-\x1f\x7f]", "\ufffd", name.encode("utf-8", "replace").decode())[:500]
    return clean or "?", ("unsafe-name",) if _UNSAFE.search(name) else ()


def inflated(source: BinaryIO, allowance: Allowance) -> Parts:
    """The one file inside a gzip, bzip2 or xz file; a damaged one up to the damage."""
    stream = Expanding(source, allowance.one)
    raw = stream.readall() or b""
    if not raw and stream.remarks:
        raise Refusal("broken-archive", "nothing of it can be unpacked")
    yield Member(remarks=tuple(stream.remarks)), raw


def unzipped(source: BinaryIO, allowance: Allowance) -> Parts:
    """The files in a zip archive, in the order of its directory."""
    archive, entries = opened(source, allowance)
    for info in entries:
        shown, _ = safe_name(info.filename)
        _, remarks = safe_name(info.orig_filename)  # also what stands after a NUL
        if info.filename.endswith("/"):
            continue
        if _HIDDEN.search(info.filename):
            yield Member(shown, code="hidden", reason="a hidden file, passed over"), b""
            continue
        try:
            raw = content(archive, info, allowance.one)
        except Refusal as why:
            yield Member(shown, code=why.code, reason=why.reason), b""
            continue
        yield Member(shown, remarks=remarks), raw


def opened(source: BinaryIO, allowance: Allowance) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """A zip archive and its entries, once it is certain that they can be within bounds."""
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Refusal("broken-archive", "its list of contents is missing or broken") from None
    entries = archive.infolist()
    if len(entries) > allowance.count:
        raise Refusal("too-many-files", f"it holds {len(entries)} files")
    if sum(info.file_size for info in entries) > allowance.whole:
        raise Refusal("too-large-expanded", _TOO_MUCH)
    if len({info.header_offset for info in entries}) < len(entries):
        raise Refusal("too-large-expanded", "several of its files share the same bytes")
    return archive, entries


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of one file in a zip archive; a Refusal says why they cannot be had."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refusal("link-entry", "a link, not a file")
    if info.flag_bits & 1:
        raise Refusal("encrypted", "it is locked with a password")
    if info.file_size > most:
        raise Refusal("too-large-expanded", f"it is longer than {most // 1_000_000} MB")
    try:
        with archive.open(info) as stream:
            return _bounded(stream, info, most)
    except NotImplementedError:
        raise Refusal("unsupported", "it is compressed in a way that is not known") from None
    except zipfile.BadZipFile as wrong:
        code = "checksum" if "CRC" in str(wrong) else "bad-record"
        raise Refusal(code, "its bytes are damaged") from None
    except BROKEN:
        raise Refusal("bad-record", "its bytes are damaged") from None


def _bounded(stream: IO[bytes], info: zipfile.ZipInfo, most: int) -> bytes:
    """All that a member holds; the size that its header claims is not believed."""
    if _longer_than_said(info):
        raise Refusal("too-large-expanded", "it holds more than it says")
    got = io.BytesIO()
    while piece := stream.read(_STEP):
        got.write(piece)
        if got.tell() > most or too_large(got.tell(), info.compress_size):
            raise Refusal("too-large-expanded", _TOO_MUCH)
    return got.getvalue()


def _longer_than_said(info: zipfile.ZipInfo) -> bool:
    """Whether so few bytes would hardly take so much room: then the size is a lie."""
    return info.compress_size > 2 * info.file_size + 1000


def untarred(source: BinaryIO, allowance: Allowance) -> Parts:
    """The files in a tar archive, compressed or not, in their order."""
    start = source.read(6)
    source.seek(0)
    expanding = Expanding(source, allowance.whole) if is_compressed(start) else None
    stream: IO[bytes] = io.BufferedReader(expanding, _STEP) if expanding else source
    try:
        archive = tarfile.open(fileobj=stream, mode="r|", errorlevel=0)  # noqa: SIM115
    except (tarfile.TarError, EOFError, ValueError, OverflowError):
        raise Refusal(
            "broken-archive", "it is no tar archive, or its beginning is broken"
        ) from None
    yield from _tar_members(archive, allowance)
    if expanding and expanding.remarks:
        raise Refusal(expanding.remarks[0], "the compressed archive is damaged from here on")


def _tar_members(archive: tarfile.TarFile, allowance: Allowance) -> Parts:
    seen = 0
    for info in _infos(archive):
        seen += 1
        if seen > allowance.count:
            raise Refusal("too-many-files", f"it holds more than {allowance.count} files")
        shown, remarks = safe_name(info.name)
        if info.isdir():
            continue
        if _HIDDEN.search(info.name):
            yield Member(shown, code="hidden", reason="a hidden file, passed over"), b""
        elif info.issym() or info.islnk():
            yield Member(shown, code="link-entry", reason="a link, not a file"), b""
        elif not info.isreg():
            yield Member(shown, code="special-file", reason="a device or a pipe, not a file"), b""
        elif info.size > allowance.whole:
            raise Refusal("broken-archive", "it says that it is longer than any archive may be")
        elif info.size > allowance.one:
            reason = f"it is longer than {allowance.one // 1_000_000} MB"
            yield Member(shown, code="too-large", reason=reason), b""
        else:
            raw = _tar_content(archive, info)
            cut = ("truncated",) if len(raw) < info.size else ()
            yield Member(shown, remarks=(*remarks, *cut)), raw


def _infos(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    try:
        while (info := archive.next()) is not None:
            archive.members = []  # type: ignore[attr-defined]  # the list would grow with the archive
            yield info
    except (tarfile.TarError, EOFError, ValueError, OverflowError) as wrong:
        raise Refusal("truncated", "the archive breaks off here") from wrong


def _tar_content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    """The bytes of one file in a tar archive; fewer than it says, where the archive breaks off."""
    buffered = archive.extractfile(info)
    got = io.BytesIO()
    if buffered is None:
        return b""
    stream = getattr(buffered, "raw", buffered)  # a buffer would lose what comes before the break
    try:
        while piece := stream.read(512):
            got.write(piece)
    except (tarfile.TarError, EOFError):
        return got.getvalue()
    return got.getvalue()
