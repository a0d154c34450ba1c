"""Files and folders in, documents out: the text, its bytes, and what the format states.

Text and Markdown files are kept exactly as decoded: no line end is changed, nothing is stripped.
A byte order mark at the start is a sign for the decoder, not part of the text. The text of HTML
is what a browser would show, paragraphs apart by newlines, with a map back to the source.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast, get_args

from whence.ingest.border import Border
from whence.ingest.values import Limits, Mark, Refusal, Reply, Run, Taken
from whence.ingest.walk import Found, found, open_file, read, refused
from whence.terms import Document, Refused, Role, When, Within

__all__ = ["Limits", "Mark", "Run", "Taken", "document_id", "gather"]

KINDS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
LINES = (".jsonl", ".ndjson")
MANY = 10  # bad lines and no good one: then it is the file that is refused
NOT_YET = {
    ".pdf": "PDF", ".docx": "Word", ".doc": "Word", ".odt": "OpenDocument", ".eml": "mail",
    ".mbox": "mail", ".epub": "e-book", ".zip": "zip", ".tar": "tar", ".gz": "gzip",
    ".warc": "WARC", ".wacz": "WACZ", ".rss": "RSS", ".atom": "Atom", ".xml": "XML",
    ".json": "JSON", ".csv": "CSV",
}  # fmt: skip


def gather(paths: Sequence[Path], limits: Limits | None = None) -> Iterator[Taken | Refused]:
    """Every document under these paths, or why it was refused; one bad file stops no other."""
    with Border(limits or Limits()) as border:
        for each in found(paths):
            if isinstance(each, Refused):
                yield each
            elif each.path.suffix.lower() in LINES:
                yield from _lines(border, each)
            else:
                yield _whole(border, each)


def document_id(bytes_sha256: str, where: str) -> str:
    """The id of a publication: these bytes at this address, or under this name."""
    return hashlib.sha256(f"{bytes_sha256}\n{where}".encode()).hexdigest()


def _whole(border: Border, file: Found) -> Taken | Refused:
    suffix, most = file.path.suffix.lower(), border.limits.size
    try:
        raw = read(file, most)
        if len(raw) > most:
            raise _too_large("the file", most)
        if suffix in NOT_YET and raw:
            raise Refusal("unsupported", f"{NOT_YET[suffix]} files are not read yet")
        reply = border.ask(KINDS.get(suffix, "any"), raw)
    except Refusal as why:
        return refused(file.name, why)
    except OSError as broken:
        return Refused(file.name, (broken.strerror or "it could not be read").lower(), "unreadable")
    return _taken(reply, raw, file.name, None)


def _lines(border: Border, file: Found) -> Iterator[Taken | Refused]:
    """One document for each line that holds one; a bad line is refused by its number."""
    try:
        stream = open_file(file)
    except Refusal as why:
        yield refused(file.name, why)
        return
    wrong: list[Refused] = []
    taken = False
    with stream:
        for number, raw in _raw_lines(stream, border.limits.size):
            name = f"{file.name}#{number}"
            try:
                if raw is None:
                    raise _too_large("the line", border.limits.size)
                reply = border.ask("line", raw)
            except Refusal as why:
                wrong.append(refused(name, why))
                if taken:
                    yield wrong.pop()
                continue
            yield from wrong
            wrong, taken = [], True
            yield _taken(reply, raw, name, Within(file.name, str(number)))
    if len(wrong) > MANY:
        yield Refused(file.name, f"no line of it is a document: {wrong[0].reason}", wrong[0].code)
    elif wrong:
        yield from wrong
    elif not taken:
        yield Refused(file.name, "the file is empty", "empty")


def _raw_lines(stream: IO[bytes], most: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line that is not blank, with its number; None in place of one that is too long."""
    number = 0
    while raw := stream.readline(most + 1):
        number += 1
        if len(raw) > most and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 20)
            yield number, None
        elif not raw.isspace():
            yield number, raw.rstrip(b"\r\n")


def _too_large(what: str, most: int) -> Refusal:
    return Refusal("too-large", f"{what} is longer than {most // 1_000_000} MB")


def _taken(reply: Reply, raw: bytes, name: str, within: Within | None) -> Taken:
    stated, digest = reply.stated, hashlib.sha256(raw).hexdigest()
    document = Document(
        id=document_id(digest, stated.address or name),
        name=name,
        text=reply.text,
        bytes_sha256=digest,
        media_type=reply.media_type,
        language=stated.language,
        within=within,
        outlet=stated.outlet,
        title=stated.title,
        byline=stated.byline,
        translator=stated.translator,
        published=_when(stated.published, stated.published_last),
        updated=_when(stated.updated, None),
        address=stated.address,
    )
    size, roles = len(reply.text), get_args(Role)
    marks = tuple(
        Mark(start, end, cast(Role, role), by)
        for start, end, role, by in reply.marks
        if 0 <= start < end <= size and role in roles
    )
    return Taken(document, raw, marks, tuple(Run(*each) for each in reply.runs), reply.remarks)


def _when(first: str | None, last: str | None) -> When | None:
    return When(first, last or first, "stated") if first else None
