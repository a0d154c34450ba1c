"""What kind of file this is: by its name, and by how it begins where the name does not say."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from whence.ingest.values import Refusal

BY_NAME = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
    ".odt": "odt", ".epub": "epub", ".eml": "mail", ".mbox": "mbox", ".mbx": "mbox",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".warc": "warc", ".wacz": "wacz",
    ".zip": "zip", ".tar": "tar", ".tgz": "tar", ".tbz2": "tar", ".txz": "tar",
    ".jsonl": "lines", ".ndjson": "lines",
}  # fmt: skip
PACKED = (".gz", ".bz2", ".xz")
CONTAINERS = ("zip", "tar", "gz", "mbox", "feed", "warc", "wacz")
BULKY = {"pdf", "docx", "odt", "epub", "mail", "feed"}  # pictures in them are no text
STREAMED = {"zip", "tar", "gz", "mbox", "warc", "wacz"}  # of any length: read piece by piece
_NOT_YET = {
    ".doc": "old Word", ".rtf": "RTF", ".xls": "spreadsheet", ".xlsx": "spreadsheet",
    ".ppt": "slides", ".pptx": "slides", ".msg": "Outlook", ".pst": "Outlook", ".7z": "7-Zip",
    ".rar": "RAR", ".zst": "Zstandard", ".json": "JSON", ".csv": "CSV", ".tsv": "TSV",
    ".mobi": "Mobipocket", ".djvu": "DjVu",
}  # fmt: skip
_PROGRAMS = (".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".vbs", ".jar", ".so")
_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?[ \t\r\n]*(?:<!doctype html|<html[\s>])", re.I)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_MAGIC = (
    (b"PK\x03\x04", "zip"), (b"\x1f\x8b", "gz"), (b"BZh", "gz"), (b"\xfd7zXZ\x00", "gz"),
    (b"WARC/", "warc"),
)  # fmt: skip
PEEK = 4096


def kind_of(name: str, start: bytes) -> tuple[str, str | None]:
    """The kind of a file, and a remark where its name says another than its bytes."""
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in _PROGRAMS:
        raise Refusal("unknown-type", f"{suffix} files are programs, not documents")
    if suffix in PACKED:
        return _packed(name, start)
    named = BY_NAME.get(suffix)
    if named is None:
        return _unnamed(suffix, start), None
    return _checked(named, start)


def _packed(name: str, start: bytes) -> tuple[str, str | None]:
    inner = PurePosixPath(name.lower()[: name.rindex(".")]).suffix
    if inner in (".warc", ".tar"):
        return BY_NAME[inner], None
    return ("html", "type-mismatch") if _HTML.match(start) else ("gz", None)


def _checked(named: str, start: bytes) -> tuple[str, str | None]:
    """The kind by name, unless the bytes are plainly something else."""
    if named == "pdf" and b"%PDF-" in start:
        return named, None if start.startswith(b"%PDF-") else "type-mismatch"
    if named not in ("text", "markdown", "html", "mail", "mbox", "lines") and _HTML.match(start):
        return "html", "type-mismatch"
    if named in ("docx", "odt", "epub") and start.startswith(b"%PDF-"):
        return "pdf", "type-mismatch"
    return named, None


def _unnamed(suffix: str, start: bytes) -> str:
    if suffix == ".xml":
        return _xml(start)
    if suffix in _NOT_YET and start:
        raise Refusal("unsupported", f"{_NOT_YET[suffix]} files are not read yet")
    if start.startswith(b"%PDF-"):
        return "pdf"
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return _of_zip(start) if kind == "zip" else kind
    if _HTML.match(start):
        return "html"
    if start.startswith((b"<?xml", b"<rss")):
        return _xml(start)
    return "text"


def _xml(start: bytes) -> str:
    narrow = start.replace(b"\x00", b"")  # UTF-16
    if _FEED.search(narrow):
        return "feed"
    if b"<html" in narrow[:1000].lower():
        return "html"
    raise Refusal("unsupported", "XML that is neither a page nor a feed")


def _of_zip(start: bytes) -> str:
    if b"mimetypeapplication/epub+zip" in start[:100]:
        return "epub"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in start[:100]:
        return "odt"
    return "docx" if b"[Content_Types].xml" in start[:100] else "zip"


def by_content_type(said: str) -> str | None:
    """The kind that a media type stands for; None where it is none that we read."""
    return {
        "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text",
        "text/markdown": "markdown", "application/pdf": "pdf", "message/rfc822": "mail",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.oasis.opendocument.text": "odt", "application/epub+zip": "epub",
        "application/zip": "zip", "application/gzip": "gz",
    }.get(said)  # fmt: skip
