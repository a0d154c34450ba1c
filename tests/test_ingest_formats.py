"""Mail, archives, feeds, office files, books and PDF: the words in order, and what each file states."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from whence.ingest import Limits, Taken, gather
from whence.terms import Refused

NEWS = "The barge ran aground at Sallow Hook, the pilot said on Monday."
MAIL = (
    "From: Netta Quill <netta@hook.example>\r\nSubject: =?utf-8?q?The_barge_=E2=80=93_again?=\r\n"
    "Date: Mon, 5 May 2031 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / name


def taken(path: Path, limits: Limits | None = None) -> list[Taken]:
    return [each for each in gather([path], limits) if isinstance(each, Taken)]


def texts(path: Path) -> dict[str, str]:
    return {each.document.name: each.document.text for each in taken(path)}


def codes(path: Path, limits: Limits | None = None) -> dict[str, str]:
    return {each.name: each.code for each in gather([path], limits) if isinstance(each, Refused)}


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_mail_is_its_text_with_sender_subject_and_date(tmp_path: Path) -> None:
    raw = (
        MAIL + "Content-Type: text/plain; charset=utf-8\r\n\r\nI saw it.\r\n> She saw nothing.\r\n"
    )
    (got,) = taken(write(tmp_path, "a.eml", raw))
    document = got.document
    assert (document.text, document.title) == ("I saw it.\n> She saw nothing.", "The barge – again")
    assert document.byline == "Netta Quill"
    assert document.published is not None
    assert document.published.first == "2031-05-05T09:00:00+00:00"
    quoted = [(document.text[mark.start : mark.end], mark.role) for mark in got.marks]
    assert quoted == [("> She saw nothing.", "quote")]


def test_attachments_and_forwarded_mails_are_documents_of_their_own(tmp_path: Path) -> None:
    forwarded = "From: Old Salt <salt@hook.example>\r\nSubject: Fog\r\n\r\nThere was fog."
    raw = MAIL + (
        "Content-Type: multipart/mixed; boundary=XX\r\n\r\n--XX\r\n\r\nSee below.\r\n"
        "--XX\r\nContent-Disposition: attachment; filename=note.txt\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nVGhlIGxvZyBpcyBtaXNzaW5nLg==\r\n"
        f"--XX\r\nContent-Type: message/rfc822\r\n\r\n{forwarded}\r\n"
        "--XX\r\nContent-Type: image/png\r\n\r\nxx\r\n--XX--\r\n"
    )
    path = write(tmp_path, "a.eml", raw)
    assert texts(path) == {
        "a.eml": "See below.",
        "a.eml#note.txt": "The log is missing.",
        "a.eml#part 2": "There was fog.",
    }
    assert codes(path) == {"a.eml#pictures": "skipped"}


def test_of_a_mail_sent_twice_over_the_plain_version_is_read(tmp_path: Path) -> None:
    raw = MAIL + (
        "Content-Type: multipart/alternative; boundary=XX\r\n\r\n--XX\r\n\r\nPlain words.\r\n"
        "--XX\r\nContent-Type: text/html\r\n\r\n<p>Coloured words.</p>\r\n--XX--\r\n"
    )
    assert texts(write(tmp_path, "a.eml", raw)) == {"a.eml": "Plain words."}


def test_each_mail_of_a_mailbox_is_a_document(tmp_path: Path) -> None:
    box = "".join(f"From x Mon May 5 2031\n{MAIL}\n{words}\n\n" for words in ("One.", "Two."))
    path = write(tmp_path, "a.mbox", box)
    assert texts(path) == {"a.mbox#1": "One.", "a.mbox#2": "Two."}


def test_files_in_archives_in_archives_are_read_and_know_where_they_were(tmp_path: Path) -> None:
    inner = zipped({"deep/note.txt": NEWS})
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("inner.zip")
        info.size = len(inner)
        archive.addfile(info, io.BytesIO(inner))
    (got,) = taken(write(tmp_path, "pile.tgz", out.getvalue()))
    assert got.document.text == NEWS
    assert got.document.name == "pile.tgz#inner.zip#deep/note.txt"
    within = got.document.within
    assert within is not None
    assert (within.container, within.member) == ("pile.tgz#inner.zip", "deep/note.txt")


def test_an_archive_that_is_too_long_for_a_warm_reader_is_read_all_the_same(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", f"{number}. {NEWS}\n" * 300)
    path, limits = write(tmp_path, "a.zip", out.getvalue()), Limits(size=25_000)
    assert len(out.getvalue()) > limits.size
    assert [each.document.text[:13] for each in taken(path, limits)] == [
        "0. The barge ",
        "1. The barge ",
        "2. The barge ",
    ]


def test_a_bomb_is_refused_and_its_neighbour_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zipped({"bomb.txt": bytes(9_000_000), "note.txt": NEWS}))
    assert texts(path) == {"a.zip#note.txt": NEWS}
    assert codes(path) == {"a.zip#bomb.txt": "too-large-expanded"}


def test_archives_are_opened_no_deeper_than_allowed(tmp_path: Path) -> None:
    raw = zipped({"note.txt": NEWS})
    for _ in range(3):
        raw = zipped({"inner.zip": raw})
    path = write(tmp_path, "a.zip", raw)
    assert [each.document.text for each in taken(path, Limits(deep=4))] == [NEWS]
    assert list(codes(path, Limits(deep=3)).values()) == ["too-deep"]


def test_a_compressed_file_keeps_its_name_without_the_ending(tmp_path: Path) -> None:
    path = write(tmp_path, "note.txt.gz", gzip.compress(NEWS.encode()))
    assert texts(path) == {"note.txt.gz#note.txt": NEWS}


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="d" xmlns:content="c"><channel>
<title>The Hook Herald</title><link>https://herald.example/</link>
<item><title>Barge &amp; fog</title><link>https://herald.example/1</link><dc:creator>N. Quill</dc:creator>
<pubDate>Mon, 05 May 2031 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The barge ran aground.</p><p>Fog was&nbsp;thick.</p>]]></content:encoded></item>
<item><title>Broken & bare</item>
<item><title>Second</title><description>Words &amp;mdash; more words.</description></item>
</channel></rss>"""


def test_each_item_of_a_feed_is_a_document_and_a_broken_one_spoils_no_other(tmp_path: Path) -> None:
    path = write(tmp_path, "a.rss", RSS)
    first, second = (each.document for each in taken(path))
    assert first.text == "The barge ran aground.\n\nFog was\u00a0thick."
    assert (first.title, first.outlet, first.byline) == (
        "Barge & fog",
        "The Hook Herald",
        "N. Quill",
    )
    assert first.address == "https://herald.example/1"
    assert first.published is not None and first.published.first == "2031-05-05T10:00:00"
    assert second.text == "Words — more words."
    assert codes(path) == {"a.rss#2": "malformed-xml"}


def test_an_atom_feed_is_read_too(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title>Fog</title>'
        '<link href="https://herald.example/2"/><updated>2031-05-06T08:00:00Z</updated>'
        "<author><name>Old Salt</name></author>"
        '<content type="xhtml"><div><p>Fog <b>again</b>.</p></div></content></entry></feed>'
    )
    (got,) = taken(write(tmp_path, "a.atom", feed))
    assert (got.document.text, got.document.byline) == ("Fog again.", "Old Salt")


def test_a_feed_that_defines_entities_is_refused(tmp_path: Path) -> None:
    feed = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>{RSS[21:]}'
    assert codes(write(tmp_path, "a.rss", feed)) == {"a.rss": "xml-entities"}


WORD = (
    '<w:document xmlns:w="w"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Inquiry</w:t></w:r></w:p>'
    '<w:p><w:r><w:t xml:space="preserve">The pilot </w:t></w:r><w:r><w:t>spoke.</w:t></w:r>'
    "<w:del><w:r><w:delText>Never.</w:delText></w:r></w:del>"
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen.</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Crew</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>Nine</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)


def test_a_word_file_reads_as_on_the_page(tmp_path: Path) -> None:
    core = '<cp:p xmlns:cp="c" xmlns:dc="d"><dc:title>Report</dc:title><dc:creator>N. Quill</dc:creator></cp:p>'
    raw = zipped({"[Content_Types].xml": "", "word/document.xml": WORD, "docProps/core.xml": core})
    (got,) = taken(write(tmp_path, "a.docx", raw))
    assert got.document.text == "Inquiry\n\nThe pilot spoke.\n\nCrew\tNine"
    assert (got.document.title, got.document.byline) == ("Report", "N. Quill")
    assert [(got.document.text[m.start : m.end], m.role) for m in got.marks] == [
        ("Inquiry", "headline")
    ]
    assert got.remarks == ("hidden-text",)


def test_the_chapters_of_a_book_stand_in_the_order_of_the_book(tmp_path: Path) -> None:
    opf = (
        '<package xmlns:dc="d"><metadata><dc:title>Tides</dc:title><dc:language>en-GB</dc:language>'
        '</metadata><manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": '<c><rootfile full-path="OEBPS/book.opf"/></c>',
        "OEBPS/book.opf": opf,
        "OEBPS/one.xhtml": "<html><body><p>First tide.</p></body></html>",
        "OEBPS/two.xhtml": "<html><body><p>Second tide.</p></body></html>",
    }
    (got,) = taken(write(tmp_path, "a.epub", zipped(files)))
    assert got.document.text == "First tide.\n\nSecond tide."
    assert (got.document.title, got.document.language) == ("Tides", "en")
    where = [(got.document.text[part.start : part.end], part.where) for part in got.parts]
    assert where == [("First tide.", "one.xhtml"), ("Second tide.", "two.xhtml")]


def pdf(*pages: str) -> bytes:
    """A PDF with these pages, each a list of lines with operators around them."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, content in enumerate(pages):
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
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    start = out.index("xref\n0 ")
    return (
        out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")


def lines(*words: str, mode: int = 0, at: int = 700) -> str:
    shown = "".join(f"({each}) Tj T* " for each in words)
    return f"BT {mode} Tr 0 g /F1 12 Tf 14 TL 50 {at} Td {shown}ET "


def test_a_pdf_says_on_which_page_each_stretch_stands(tmp_path: Path) -> None:
    raw = pdf(lines("The barge ran aground."), lines("Nobody was hurt."))
    (got,) = taken(write(tmp_path, "a.pdf", raw))
    assert got.document.text == "The barge ran aground.\n\nNobody was hurt."
    where = [(got.document.text[part.start : part.end], part.where) for part in got.parts]
    assert where == [("The barge ran aground.", "page 1"), ("Nobody was hurt.", "page 2")]
    assert got.remarks == () and not got.mapped


def test_a_pdf_says_where_on_its_page_each_line_stands(tmp_path: Path) -> None:
    page = lines("The barge ran aground near the bar", "in fog.", at=700) + lines("Later.", at=200)
    (got,) = taken(write(tmp_path, "a.pdf", pdf(page)))
    (part,) = got.parts
    words = [got.document.text[start:end] for start, end, *_ in part.lines]
    assert words == ["The barge ran aground near the bar", "in fog.", "Later."]
    left, bottom, right, top = part.frame or (0, 0, 0, 0)
    assert (part.page, left, bottom, right, top) == (1, 0, 0, 600, 800)
    for _, _, *box in part.lines:
        assert left < box[0] < box[2] < right and bottom < box[1] < box[3] < top
    heights = [line[3] for line in part.lines]
    assert heights == sorted(heights, reverse=True), "the first line stands highest"


def test_a_page_that_cannot_be_read_is_counted_all_the_same(tmp_path: Path) -> None:
    raw = pdf(lines("First."), lines("Second."), lines("Third.")).replace(
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 7 0 R",
        b"<< /Type /Pear /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 7 0 R",
    )
    (got,) = taken(write(tmp_path, "a.pdf", raw))
    where = [(got.document.text[part.start : part.end], part.where) for part in got.parts]
    assert where[-1] == ("Third.", "page 3") and where[0] == ("First.", "page 1")


def test_the_texts_of_a_mail_say_which_part_they_were(tmp_path: Path) -> None:
    mail = (
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=X\n\n--X\n\nThe barge ran aground.\n"
        "--X\nContent-Type: text/html\n\n<p>Nobody was hurt.</p>\n--X--\n"
    )
    (got,) = taken(write(tmp_path, "a.eml", mail))
    where = [(got.document.text[part.start : part.end], part.where) for part in got.parts]
    assert where == [
        ("The barge ran aground.", "text 1, text/plain"),
        ("Nobody was hurt.", "text 2, text/html"),
    ]


def test_the_lines_of_a_pdf_are_joined_to_paragraphs(tmp_path: Path) -> None:
    page = lines(
        "The harbour board met on Monday evening and heard that the",
        "barge had been seen twice near the bar, the second time by",
        "two fishermen. It adjourned.",
        "A second meeting will be held before the end of the month,",
        "the clerk said, and the pilot will be heard there in person",
        "if he is well.",
    )
    (got,) = taken(write(tmp_path, "a.pdf", pdf(page)))
    first, second = got.document.text.split("\n")
    assert first.endswith(
        "heard that the barge had been seen twice near the bar, the second time by two"
        " fishermen. It adjourned."
    )
    assert second.startswith("A second meeting") and second.endswith("in person if he is well.")


def test_words_that_a_pdf_does_not_draw_are_marked(tmp_path: Path) -> None:
    page = lines("The barge ran aground.") + lines("The pilot was drunk.", mode=3, at=500)
    (got,) = taken(write(tmp_path, "a.pdf", pdf(page)))
    hidden = [(got.document.text[mark.start : mark.end], mark.role) for mark in got.marks]
    assert hidden == [("The pilot was drunk.", "boilerplate")]
    assert got.remarks == ("hidden-text",)


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        ("The \u202etolip\u202c said so.", "bidi-controls"),
        ("The pi\u200blot said so.", "invisible-chars"),
        ("The p\u0456lot said so.", "mixed-script"),
        ("The pilot said so" + "\u0301" * 30, "odd-text"),
        ("The pilot said so.\ufffe", "control-chars"),
    ],
)
def test_text_that_is_not_what_it_seems_is_kept_and_remarked_upon(
    tmp_path: Path, words: str, remark: str
) -> None:
    (got,) = taken(write(tmp_path, "a.txt", words))
    assert got.document.text == words
    assert got.remarks == (remark,)


@pytest.mark.parametrize(
    "words",
    ["👩🏽‍🚒🏴‍☠️ said so.", "می‌خواهم گفت.", "Москва and London said so.", "Zoe\u0308 said so."],
)
def test_honest_text_in_any_script_is_not_remarked_upon(tmp_path: Path, words: str) -> None:
    (got,) = taken(write(tmp_path, "a.txt", words))
    assert got.remarks == ()


def test_json_lines_inside_other_files_are_read_line_by_line(tmp_path: Path) -> None:
    rows = '{"text": "One."}\n{broken\n{"text": "Two."}\n'
    path = write(tmp_path, "pile.jsonl.gz", gzip.compress(rows.encode()))
    assert list(texts(path).values()) == ["One.", "Two."]
    assert codes(path) == {"pile.jsonl.gz#pile.jsonl#2": "bad-json"}
