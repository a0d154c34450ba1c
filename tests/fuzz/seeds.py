"""Small files of every kind, made here by program: where fuzzing begins, and what CI reads."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
from collections.abc import Mapping

from tests.fuzz.targets import bound, zipped

PROSE = (
    "“No ship sank,” Ilse Orlo told the Courier on Monday. 🚢\r\n\r\n"
    "The Harbour Office denied that 1,200 tonnes of coal were lost off Marrow Point.\n"
)
PAGE = (
    '<!doctype html><html lang="en"><head><title>Fog &amp; ferry</title>'
    '<meta property="article:published_time" content="2031-05-04T10:00:00Z">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Fog"}</script></head>'
    "<body><nav>Home</nav><article><h1>Fog</h1><p>The &#x1F6A2; is <b>late</b>,&nbsp;she said.</p>"
    "<blockquote>Nobody was hurt.</blockquote><pre>\n kept  as it is</pre></article>"
    '<ol class="comments"><li class="comment"><cite>gannet</cite> Lies!</li></ol>'
    '<p style="display:none">unseen</p><!-- gone --></body></html>'
)
MAIL = (
    "From: Ilse Orlo <orlo@hook.example>\r\nSubject: =?utf-8?b?Rm9nIPCfmqI=?=\r\n"
    "Date: Mon, 05 May 2031 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=XX\r\n\r\n"
    "--XX\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSee below.\r\n> Nobody was hurt.\r\n"
    "--XX\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "<p>Fog=20again</p>\r\n"
    "--XX\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\n\r\nForwarded.\r\n"
    "--XX\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n"
    f"Content-Transfer-Encoding: base64\r\n\r\n{base64.b64encode(b'Attached words.').decode()}\r\n"
    "--XX--\r\n"
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:d="d" xmlns:content="c"><channel><title>H</title>'
    "<item><title>Barge &amp; fog</title><link>https://herald.example/1</link>"
    "<pubDate>Mon, 05 May 2031 10:00:00 GMT</pubDate><description>Short.</description>"
    "<content:encoded><![CDATA[<p>It ran aground.</p>]]></content:encoded></item>"
    "<item><title>Broken & bare</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>H</title><entry><title>Fog</title>'
    '<link href="https://herald.example/2"/><updated>2031-05-06T08:00:00Z</updated>'
    '<content type="xhtml"><div><p>Fog <b>again</b>.</p></div></content></entry></feed>'
)
WORD = (
    '<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Inquiry'
    "</w:t></w:r></w:p><w:p><w:r><w:t>The pilot</w:t><w:tab/></w:r><w:del><w:r><w:t>x</w:t></w:r>"
    "</w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Nine</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "</w:body></w:document>"
)
OPEN = (
    '<o:document-content xmlns:o="o" xmlns:t="t"><o:body><o:text><t:h>Inquiry</t:h><t:p>The pilot'
    "<t:s/><t:line-break/>spoke.</t:p><t:list><t:list-item><t:p>One</t:p></t:list-item></t:list>"
    "</o:text></o:body></o:document-content>"
)


def pdf(*pages: str) -> bytes:
    """A PDF with these pages, each a line of words."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        content = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{each:010} 00000 n \n" for each in offsets)
    start, size = len(out), len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{out}startxref\n{start}\n%%EOF\n".encode("latin-1")


def tarred() -> bytes:
    """A tar file with two texts."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in ("a.txt", "b/c.html"):
            info = tarfile.TarInfo(name)
            info.size = 5
            archive.addfile(info, io.BytesIO(b"<p>fog"))
    return out.getvalue()


def record(number: int, body: str = PAGE) -> bytes:
    """A record of a web capture."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://hook.example/{number}\r\n"
        f"WARC-Date: 2031-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def judged(verdict: str, **more: object) -> str:
    """A judgement as a line of a log."""
    about = [{"type": "attribution", "doc": "d", "spans": [[11, 25]], "quote": ""}]
    row = {
        "id": f"ju{verdict}",
        "verdict": verdict,
        "about": about,
        "by": "Ida",
        "at": "2031-05-04",
    }
    return json.dumps(row | more)


LOG = "\n".join(
    [
        judged("stance-is", value="denies"),
        judged("speaker-is", value="Vask"),
        judged("span-is", value='{"source": [[0, 4]], "content": [[11, 25]]}'),
        judged("add-statement", value='{"content": [[27, 40]], "speaker": "Vask"}'),
        judged("metadata-is", value="published=2031-05-04/2031-05-06"),
        judged("undo", replaces="justance-is", why="a slip"),
        judged("note", why="see page 3"),
        judged("reject"),
    ]
)
EXPORT = "\n".join(
    json.dumps(each)
    for each in (
        {"type": "dossier", "format": "whence-jsonl 1", "name": "fog", "run": {"models": {"a": "0"}}},
        {"type": "document", "id": "d", "name": "a.txt", "text": "Orlo spoke. 🚢",
         "bytes_sha256": "0", "media_type": "text/plain", "published": {"first": "2031"}},
        {"type": "block", "id": "b", "doc": "d", "start": 0, "end": 11, "role": "body"},
        {"type": "attribution", "id": "a", "doc": "d", "form": "direct", "source": [[0, 4]],
         "cue": [[5, 10]], "content": [[0, 10]], "confidence": 0.5},
        {"type": "passage", "id": "p", "left": {"doc": "d", "start": 0, "end": 4},
         "right": {"doc": "d", "start": 0, "end": 4}, "kind": "coincidence", "identity": 1, "why": ""},
        json.loads(judged("note", why="x")),
        {"type": "refused", "name": "b", "reason": "empty", "code": "empty"},
        {"type": "unheard-of", "x": None},
    )
)  # fmt: skip
TIMES = (
    "On Monday, 12 May 2031 at 10:30 p.m. GMT, between 3 and 5 June, two weeks earlier, in the "
    "1990s, late last year, from 2014-2016, on 04/05/2031, Q3 2030, the 21st century, at dawn."
)
AMOUNTS = (
    "At least 1,200 people, €2.5bn, between 10 and 12 km, half a dozen boats, 30–40 %, no one."
)
LANDS = (
    "MARROW POINT, Ohio — In northern Athens, Ga., and Paris, Texas, the town of Homs in Syria; "
    "the Oder river; Deir ez-Zor province; the eastern bank of the Volga, near U.S. bases."
)

SEEDS: Mapping[str, tuple[bytes, ...]] = {
    "text": (PROSE.encode(), PROSE.encode("utf-16"), "“Café”".encode("cp1252"), b"\xef\xbb\xbffog"),
    "markdown": (f"# Fog\n\n{PROSE}".encode(),),
    "html": (PAGE.encode(), PAGE.encode("utf-16"), b"<p>fog<p>\xe9<!--"),
    "jsonl": (b'{"text": "fog", "date": "2031-05-04", "url": "https://a.example"}\n{}\n[1]\n{"text": 1',),
    "mail": (MAIL.encode(), b"no header\n\nfog"),
    "attachments": (MAIL.encode(),),
    "mbox": (b"From a\n" + MAIL.encode() + b"\n\nFrom b\nSubject: fog\n\nfog\n",),
    "feed": (RSS.encode(), ATOM.encode()),
    "item": (RSS[RSS.index("<item>") : RSS.index("</item>") + 7].encode(), b"<entry><title>fog"),
    "zip": (zipped({"a.txt": b"fog", "b/c.html": PAGE.encode()}),),
    "tar": (tarred(), gzip.compress(tarred(), mtime=0)),
    "gz": (gzip.compress(PROSE.encode(), mtime=0),),
    "warc": (record(1) + record(2), gzip.compress(record(1), mtime=0) * 2, record(1)[:-30] + record(2)),
    "wacz": (zipped({"archive/a.warc": record(1), "datapackage.json": b"{}"}),),
    "pdf": (pdf("Nobody was hurt.", "The pilot spoke."),),
    "docx": (WORD.encode(), zipped({"word/document.xml": WORD.encode()})),
    "odt": (OPEN.encode(), zipped({"content.xml": OPEN.encode()})),
    "epub": (PAGE.encode(), bound(PAGE.encode())),
    "judgements": (LOG.encode(),),
    "dates": (TIMES.encode(), b"05/04/31 and May 5"),
    "amounts": (AMOUNTS.encode(),),
    "places": (LANDS.encode(),),
    "export": (EXPORT.encode(),),
}  # fmt: skip
