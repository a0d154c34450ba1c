"""Any bytes at all: each reader gives a text or a refusal, and every offset leads to its words."""

from __future__ import annotations

import gzip
import html
import io
import os
import re
import tarfile
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.targets import check

from whence.ingest import worker
from whence.ingest.values import Allowance

EXAMPLES = int(os.environ.get("WHENCE_EXAMPLES", "40"))
ALLOWED = Allowance(1_000_000, 5_000_000, 1_000)
PIECES = {
    "html": [b"<p>", b"</div>", b"<!--", b"&amp;", b"&#x1F6A2;", b"<script>", b"<li class=comment>",
             b"<cite>", b"]]>", b"<title>", b"<pre>", b"\n", b"ferry", "“fog”".encode(), b"\xff"],
    "mail": [b"From: a <b@c>\r\n", b"Subject: =?utf-8?b?Zm9n?=\r\n", b"\r\n\r\n", b"--XX\r\n", b"--XX--",
             b"Content-Type: multipart/mixed; boundary=XX\r\n", b"Content-Type: text/html\r\n",
             b"Content-Transfer-Encoding: base64\r\n", b"Zm9n", b"> fog\r\n", b"\xe9"],
    "item": [b"<item>", b"</item>", b"<title>", b"</title>", b"<description>", b"</description>",
             b"<![CDATA[", b"]]>", b"<link href='javascript:x'/>", b"&nbsp;", b"&lt;p&gt;", b"fog"],
    "line": [b'{"text": "', b'"}', b'\\u0000', b'\\ud800', b'{', b'}', b'"id": 1,', b"NaN", b"fog"],
    "pdf": [b"%PDF-1.4\n", b"1 0 obj\n", b"<< /Type /Pages /Kids [1 0 R] >>", b"endobj\n",
            b"xref\n0 1\n", b"trailer\n<< /Root 1 0 R >>\n", b"startxref\n9\n%%EOF", b"stream\n"],
    "text": [b"fog", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\x1b", "“нет”".encode(), b"\xe9", b"\r"],
    "markdown": [b"# fog\n", b"\x93fog\x94", b"\n"],
    "docx": [b"PK\x03\x04", b"word/document.xml", b"<w:t>", b"\0\0"],
    "odt": [b"PK\x03\x04", b"content.xml", b"\0\0"],
    "epub": [b"PK\x03\x04", b"mimetype", b"\0\0"],
}  # fmt: skip
INSIDE = {
    "zip": [b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"a.txt", b"\0" * 8],
    "tar": [b"a.txt" + b"\0" * 95, b"0000644\0", b"ustar\x0000", b"\0" * 512, b"\x1f\x8b\x08"],
    "gz": [b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"BZh9", b"\xfd7zXZ\0", b"\x03\0", b"\0" * 8],
    "mbox": [b"From a\n", b"\n", b"Subject: fog\n", b"fog\n"],
    "feed": [b"<rss>", b"<item>", b"</item>", b"<entry/>", b"<!DOCTYPE rss [", b"]>", b"<title>"],
    "warc": [b"WARC/1.0\r\n", b"WARC-Type: response\r\n", b"Content-Length: 9\r\n", b"\r\n\r\n",
             b"WARC-Record-ID: <a>\r\n", b"HTTP/1.1 200 OK\r\n", b"Content-Type: text/html\r\n",
             b"Content-Length: 99999999999\r\n", b"\x1f\x8b\x08\0\0\0\0\0\0\x03", b"<html>fog"],
    "wacz": [b"PK\x03\x04", b"archive/a.warc", b"datapackage.json"],
    "mail": PIECES["mail"],
}  # fmt: skip


def bytes_like(pieces: list[bytes]) -> st.SearchStrategy[bytes]:
    """Bytes of any kind, and such as are nearly a file of this kind."""
    return st.lists(st.one_of(st.sampled_from(pieces), st.binary(max_size=12)), max_size=25).map(
        b"".join
    )


@pytest.mark.parametrize("kind", sorted(PIECES))
def test_any_bytes_give_a_text_or_a_refusal(kind: str) -> None:
    @settings(max_examples=EXAMPLES)
    @given(bytes_like(PIECES[kind]))
    def holds(raw: bytes) -> None:
        check(worker.answer(kind, raw))

    holds()


@pytest.mark.parametrize("kind", sorted(INSIDE))
def test_any_bytes_give_parts_and_then_an_end(kind: str) -> None:
    @settings(max_examples=EXAMPLES)
    @given(bytes_like(INSIDE[kind]))
    def holds(raw: bytes) -> None:
        *parts, (last, _) = worker.unpacked(kind, io.BytesIO(raw), ALLOWED)
        assert last.last and not any(member.last for member, _ in parts)
        assert sum(len(piece) for _, piece in parts) <= ALLOWED.whole

    holds()


def packed(name: str) -> Callable[[str], bytes]:
    def made(words: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, words)
        return out.getvalue()

    return made


@pytest.mark.parametrize(("kind", "name"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_any_markup_in_an_office_file_gives_a_text_or_a_refusal(kind: str, name: str) -> None:
    tags = ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<text:p>", "</text:p>", "fog",
            "<w:del>", "</w:del>", "<w:tab/>", "<w:tc>", "</w:tc>", "<w:vanish/>", "&amp;"]  # fmt: skip

    @settings(max_examples=EXAMPLES)
    @given(st.lists(st.sampled_from(tags), max_size=20).map("".join))
    def holds(words: str) -> None:
        check(worker.answer(kind, packed(name)(f"<w:d>{words}</w:d>")))

    holds()


def archived() -> dict[str, bytes]:
    """A whole file of each kind of container."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "b.txt"):
            info = tarfile.TarInfo(name)
            info.size = 400
            archive.addfile(info, io.BytesIO(b"fog " * 100))
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <a>\r\nContent-Length: 70\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>fog by the bar</html>\r\n\r\n"
    )
    return {
        "zip": packed("a.txt")("fog " * 100),
        "wacz": packed("archive/a.warc")(record.decode() * 2),
        "tar": out.getvalue(),
        "gz": gzip.compress(b"fog " * 500),
        "warc": gzip.compress(record) * 3,
    }


@pytest.mark.parametrize("kind", ["zip", "wacz", "tar", "gz", "warc"])
def test_a_container_damaged_anywhere_comes_to_an_end(kind: str) -> None:
    whole = archived()[kind]

    @settings(max_examples=EXAMPLES)
    @given(st.integers(0, len(whole)), st.binary(max_size=8), st.integers(0, 40))
    def holds(at: int, put: bytes, without: int) -> None:
        broken = whole[:at] + put + whole[at + without :]
        *_, (last, _) = worker.unpacked(kind, io.BytesIO(broken), ALLOWED)
        assert last.last

    holds()


@settings(max_examples=EXAMPLES)
@given(bytes_like(PIECES["html"]))
def test_every_run_of_a_page_leads_back_to_its_own_words(raw: bytes) -> None:
    try:
        source = raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    reply = worker.answer("html", raw)
    for start, end, first, last in reply.runs:
        words, there = reply.text[start:end], source.removeprefix("\ufeff")[first:last]
        assert words in (there, html.unescape(there))


@settings(max_examples=EXAMPLES)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
def test_a_text_file_is_its_text_code_point_for_code_point(words: str) -> None:
    reply = worker.answer("text", words.encode("utf-8-sig"))
    if reply.code is None:
        assert reply.text == words and reply.runs == ()
    else:
        odd = len(re.findall("[\x00-\x08\x0e-\x1f\x7f]", words))
        assert words.isspace() or odd > 2 or reply.code == "binary"
