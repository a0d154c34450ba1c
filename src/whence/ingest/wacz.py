"""A packed web archive (WACZ): the pages of the captures in it, each capture held to its digest."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import BinaryIO, cast

from whence.ingest import archive, warc
from whence.ingest.values import Allowance, Member, Parts, Refusal

_STEP = 1 << 18
_LIST = "datapackage.json"


def pages(source: BinaryIO, allowance: Allowance) -> Parts:
    """The pages of every capture in the archive."""
    packed, entries = archive.opened(source, Allowance(allowance.one, 1 << 50, 100_000))
    captures = [
        info
        for info in entries
        if info.filename.startswith("archive/") and info.filename.endswith((".warc", ".warc.gz"))
    ]
    if not captures:
        raise Refusal("empty", "there is no capture in it")
    said = _digests(packed, entries)
    for info in captures:
        short, _ = archive.safe_name(info.filename.removeprefix("archive/"))
        digest = _digest(packed, info)
        if digest is None or digest != said.get(info.filename, digest):
            reason = "its bytes are not those that the archive says they are"
            yield Member(short, code="checksum", reason=reason), b""
        yield from _capture(packed, info, allowance, short)


def _capture(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance, short: str
) -> Parts:
    """The pages of one capture, also of one that is damaged: its records have their own digests."""
    try:
        with packed.open(info) as stream:
            stream._expected_crc = None  # type: ignore[attr-defined]  # or its end would be lost
            yield from warc.pages(cast(BinaryIO, stream), allowance, f"{short}:")
    except archive.BROKEN:
        reason = "its bytes in the archive are damaged from here on"
        yield Member(short, code="bad-record", reason=reason), b""


def _digest(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> str | None:
    """The sha256 of one file in the archive; None where it cannot be read to its end."""
    digest = hashlib.sha256()
    try:
        with packed.open(info) as stream:
            while piece := stream.read(_STEP):
                digest.update(piece)
    except archive.BROKEN:
        return None
    return digest.hexdigest()


def _digests(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, str]:
    """What the list of contents says each file's sha256 is."""
    info = next((each for each in entries if each.filename == _LIST), None)
    if info is None:
        return {}
    try:
        listed = json.loads(archive.content(packed, info, 20_000_000))
        resources = listed["resources"]
        return {
            str(each["path"]): str(each["hash"]).removeprefix("sha256:").lower()
            for each in resources
            if str(each.get("hash", "")).startswith("sha256:")
        }
    except (Refusal, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
