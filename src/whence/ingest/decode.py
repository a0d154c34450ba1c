"""Bytes to text: the encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from whence.ingest.values import Refusal

MAGIC = {
    b"%PDF-": "a PDF", b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file", b"BZh": "a compressed file", b"\xfd7zXZ": "a compressed file",
    b"\x7fELF": "a program", b"SQLite format 3\x00": "a database", b"MZ\x90\x00": "a program",
    b"\xd0\xcf\x11\xe0": "an old office document", b"OggS": "a recording", b"ID3": "a recording",
}  # fmt: skip
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PUNCTUATION_1252 = frozenset(b"\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa9\xab\xbb")
_SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, and what should be known of how it was read."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decoded(raw: bytes, declared: str | None = None) -> Decoded:
    """The text: by byte order mark, as UTF-8, as declared, or by the best guess, in this order.

    A byte order mark says how to read the bytes; it is no part of the text, so offsets begin
    after it. Bytes that cannot be read become U+FFFD, and a remark says so.
    """
    if not raw:
        raise Refusal("empty", "the file is empty")
    kind = next((kind for start, kind in MAGIC.items() if raw.startswith(start)), None)
    if kind:
        raise Refusal("binary", f"{kind}, not text")
    got = _marked(raw) or _strict(raw, "utf-8") or _wide(raw)
    got = got or (_strict(raw, declared) if declared else None) or _guessed(raw)
    sample = got.text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls > 0.02 * len(sample) + 2:
        raise Refusal("binary", "not text: it looks like data or a program")
    text, remarks = printable(got.text)
    return Decoded(text, got.encoding, tuple(dict.fromkeys(got.remarks + remarks)))


def readable(text: str) -> None:
    """Raise a Refusal where there is nothing to read."""
    if not text or text.isspace():
        raise Refusal("empty", "there is no text in it")


def printable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with halves of broken characters as U+FFFD, and the remarks it calls for."""
    remarks = ("control-chars",) if "\x1b" in text or _CONTROL.search(text) else ()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text), (*remarks, "bad-encoding")
    return text, remarks


def _marked(raw: bytes) -> Decoded | None:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            text = raw[len(mark) :].decode(name, "replace")
            readable(text)
            return Decoded(text, name, ("bad-encoding",) if "\ufffd" in text else ())
    return None


def _strict(raw: bytes, name: str) -> Decoded | None:
    try:
        if codecs.lookup(name).name in ("utf-7", "undefined", "idna", "punycode"):
            return None
        return Decoded(raw.decode(name), name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _wide(raw: bytes) -> Decoded | None:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    sample = raw[:4096]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    half = len(sample) // 2
    if half >= 8 and max(odd, even) > 0.6 * half and min(odd, even) < 0.1 * half:
        return _strict(raw, "utf-16-le" if odd > even else "utf-16-be")
    return None


def _guessed(raw: bytes) -> Decoded:
    nearly = raw.decode("utf-8", "replace")
    wrong = nearly.count("\ufffd")
    right = sum(c > "\x7f" for c in nearly[:_SAMPLE]) - nearly[:_SAMPLE].count("\ufffd")
    if right > 3 * wrong or (wrong <= 20 and wrong < 0.002 * len(nearly) and not _typed(raw)):
        return Decoded(nearly, "utf-8", ("bad-encoding",))
    if _typed(raw):
        return Decoded(raw.decode("cp1252", "replace"), "cp1252", ("guessed-encoding",))
    sample = raw[:_SAMPLE]
    if sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample) > 0.02 * len(sample):
        raise Refusal("binary", "not text: it looks like data or a program")
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise Refusal("encoding", "no known encoding makes words of these bytes")
    return Decoded(raw.decode(best.encoding, "replace"), best.encoding, ("guessed-encoding",))


def _typed(raw: bytes) -> bool:
    """Whether the only bytes above ASCII are the quotation marks and dashes of old Windows."""
    high = [byte for byte in raw[:_SAMPLE] if byte > 0x7F]
    return bool(high) and sum(byte in _PUNCTUATION_1252 for byte in high) > 0.8 * len(high)
