"""What is fuzzed: each target takes any bytes and fails where a reader of ours breaks its promise.

A reader may answer or refuse. It may not raise anything else, hang, or say of a text what is not
true of it.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from whence import dates, export, judgements, places, quantities
from whence.errors import Damaged, Unreadable, Usage
from whence.ingest import lines, worker
from whence.ingest.values import Allowance, Reply
from whence.store import sealing
from whence.terms import Attribution, Document, Judgement, Quantity, Reading, Time, When

Target = Callable[[bytes], None]
ALLOWED = Allowance(200_000, 1_000_000, 300)
LONGEST = 20_000  # bytes; longer input finds nothing that shorter does not, only later
TEXT = "Orlo said: “No boat sank” 🚢. The office denied it on Monday."


def check(reply: Reply) -> None:
    """Everything that a reply says of its text must be true of it."""
    if reply.code is not None:
        assert reply.reason and "\n" not in reply.reason
        return
    assert reply.text and not reply.text.isspace()
    reply.text.encode("utf-8")
    size = len(reply.text)
    assert all(0 <= start <= end <= size for start, end, _, _ in reply.marks)
    for part in reply.parts:
        assert 0 <= part.start < part.end <= size
        assert all(part.start <= line[0] < line[1] <= part.end for line in part.lines)
    starts = [run[0] for run in reply.runs]
    assert starts == sorted(starts)
    assert all(start < end and first < last for start, end, first, last in reply.runs)
    for words in (reply.stated.title, reply.stated.byline, reply.stated.address):
        assert words is None or words.encode("utf-8")


def reads(kind: str) -> Target:
    """The target for a reader of texts."""

    def target(raw: bytes) -> None:
        check(worker.answer(kind, raw))

    return target


def opens(kind: str) -> Target:
    """The target for a reader of containers; what comes out of them is read too."""

    def target(raw: bytes) -> None:
        *parts, (last, _) = worker.unpacked(kind, io.BytesIO(raw), ALLOWED)
        assert last.last and not any(member.last for member, _ in parts)
        assert sum(len(piece) for _, piece in parts) <= ALLOWED.whole
        assert len(parts) <= ALLOWED.count + 1
        for member, piece in parts[:10]:
            member.name.encode("utf-8")
            if member.code is None and member.kind in worker.READERS:
                check(worker.answer(member.kind, piece[:LONGEST], member.charset))

    return target


def packed(kind: str, member: str) -> Target:
    """The target for a reader of zipped markup: the bytes as they are, or as the markup in it."""
    plain = reads(kind)

    def target(raw: bytes) -> None:
        plain(raw if raw.startswith(b"PK") else zipped({member: raw}))

    return target


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file with these files in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def book(raw: bytes) -> None:
    """An EPUB: the bytes as they are, or as the one chapter of a book."""
    check(worker.answer("epub", raw if raw.startswith(b"PK") else bound(raw)))


def bound(chapter: bytes) -> bytes:
    """A book with this one chapter."""
    root = (
        b'<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        b'</manifest><spine><itemref idref="a"/></spine></package>'
    )
    where = b'<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": where,
            "b.opf": root,
            "a.xhtml": chapter,
        }
    )


def json_lines(raw: bytes) -> None:
    """JSON Lines, line by line."""
    for _, line in lines.raw_lines(io.BytesIO(raw), 1_000):
        if line is not None:
            check(worker.answer("line", line))


def words_of(raw: bytes) -> str:
    """The bytes as text, whatever they are."""
    return raw[:2_000].decode("utf-8", "replace")


def inside(found: Sequence[Time] | Sequence[Quantity], text: str) -> None:
    """Every finding stands inside the text, in order."""
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


def told_dates(raw: bytes) -> None:
    """The grammar of dates and times, with and without a date to reckon from."""
    text = words_of(raw)
    for published in (None, When("2031-05-12", "2031-05-12", "stated")):
        document = Document("d", "d.txt", text, "0", "text/plain", published=published)
        found = dates.times(document)
        inside(found, text)
        for each in found:
            assert not (each.first and each.last) or each.first <= each.last, each
        dates.publication(document)


def told_amounts(raw: bytes) -> None:
    """The grammar of quantities."""
    text = words_of(raw)
    found = quantities.quantities(Document("d", "d.txt", text, "0", "text/plain"))
    inside(found, text)
    for each in found:
        assert each.low is None or each.high is None or each.low <= each.high, each


def told_places(raw: bytes) -> None:
    """The wording around the names of places."""
    text = words_of(raw)
    found = places.located(text)
    assert all(0 <= each.start < each.end <= len(text) and each.why for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)


def log_of_judgements(raw: bytes) -> None:
    """A log with one judgement a line: read, examined, replayed, and laid over a document."""
    log: list[Judgement] = []
    for line in raw.decode("utf-8", "replace").split("\n")[:20]:
        try:
            made = sealing.judgement(line, line)
            if made.id in {each.id for each in log}:
                continue  # a store has no two of one id
            about = tuple(
                replace(each, doc="d", quote=judgements.quoted(TEXT, each.spans))
                for each in made.about
            )
            log.append(judgements.examined(replace(made, about=about)))
        except (Damaged, Usage):
            continue
    document = Document("d", "d.txt", TEXT, "0", "text/plain")
    found = Attribution("a", "d", "mixed", ((0, 4),), ((5, 9),), ((11, 25),))
    footing = {("attribution", "d"): [((0, 25),)]}
    replayed = judgements.replay(log, {"d": TEXT}, footing)
    assert [replace(each, state="standing") for each in log] == [
        replace(each, state="standing") for each in replayed
    ]
    judgements.people_named(replayed)
    shown = judgements.apply(replayed, Reading(document, attributions=(found,)))
    assert shown.document.text == TEXT
    for each in shown.attributions:
        for spans in (each.source, each.cue, each.content):
            assert all(0 <= start < end <= len(TEXT) for start, end in spans), each


def exported(raw: bytes) -> None:
    """An export: read, or refused; what was read and written again reads the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_bytes(raw)
        try:
            once = export.load_jsonl(path)
        except Unreadable:
            return
        whole = b"".join(export.lines(once))
        path.write_bytes(whole)
        assert export.load_jsonl(path) == once
        bare = export.shared(io.BytesIO(whole), export.Sharing(text=False))
        path.write_bytes(b"".join(bare))
        assert len(export.load_jsonl(path).document) == len(once.document)


TARGETS: Mapping[str, Target] = {
    "text": reads("text"),
    "markdown": reads("markdown"),
    "html": reads("html"),
    "jsonl": json_lines,
    "mail": reads("mail"),
    "attachments": opens("mail"),
    "mbox": opens("mbox"),
    "feed": opens("feed"),
    "item": reads("item"),
    "zip": opens("zip"),
    "tar": opens("tar"),
    "gz": opens("gz"),
    "warc": opens("warc"),
    "wacz": opens("wacz"),
    "pdf": reads("pdf"),
    "docx": packed("docx", "word/document.xml"),
    "odt": packed("odt", "content.xml"),
    "epub": book,
    "judgements": log_of_judgements,
    "dates": told_dates,
    "amounts": told_amounts,
    "places": told_places,
    "export": exported,
}


def shown(raw: bytes) -> str:
    """Some bytes in a line that a person can read."""
    return re.sub(r"\s+", " ", repr(raw[:200]))
