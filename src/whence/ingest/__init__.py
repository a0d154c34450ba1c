"""Files and folders in, documents out: the text, its bytes, and what the format states.

Text and Markdown files are kept exactly as decoded: no line end is changed, nothing is stripped.
A byte order mark at the start is a sign for the decoder, not part of the text. The text of HTML
is what a browser would show, paragraphs apart by newlines, with a map back to the source.
Archives, mail, feeds and web captures give a document for each thing inside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from whence.ingest import inside, kinds, lines
from whence.ingest.border import Border
from whence.ingest.taken import as_taken, document_id
from whence.ingest.values import Limits, Mark, Part, Refusal, Run, Taken
from whence.ingest.walk import Found, found, open_file, refused
from whence.terms import Refused

__all__ = ["Limits", "Mark", "Part", "Run", "Taken", "document_id", "gather"]


def gather(paths: Sequence[Path], limits: Limits | None = None) -> Iterator[Taken | Refused]:
    """Every document under these paths, or why it was refused; one bad file stops no other."""
    with Border(limits or Limits()) as border:
        for each in found(paths):
            if isinstance(each, Refused):
                yield each
                continue
            try:
                with open_file(each) as stream:
                    yield from _file(border, each, stream)
            except Refusal as why:
                yield refused(each.name, why)
            except OSError as broken:
                reason = (broken.strerror or "it could not be read").lower()
                yield Refused(each.name, reason, "unreadable")


def _file(border: Border, file: Found, stream: BinaryIO) -> Iterator[Taken | Refused]:
    start = stream.read(kinds.PEEK)
    stream.seek(0)
    kind, remark = kinds.kind_of(file.name, start)
    if kind == "lines":
        yield from inside.settled(file.name, lines.documents(border, file.name, stream))
        return
    if not start:
        raise Refusal("empty", "the file is empty")
    left = inside.left_of(border)
    if kind in kinds.STREAMED:
        source = _small(stream, border.limits.size)
        yield from inside.parts(left, file.name, kind, source or stream)
        return
    most = border.limits.size * (5 if kind in kinds.BULKY else 1)
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise lines.too_large("the file", most)
    if kind in kinds.CONTAINERS:
        yield from inside.parts(left, file.name, kind, raw)
        return
    reply = border.ask(kind, raw)
    if remark:
        reply = msgspec.structs.replace(reply, remarks=(*reply.remarks, remark))
    yield as_taken(reply, raw, file.name, None)
    if reply.holds:
        yield from inside.held(left, file.name, kind, raw)


def _small(stream: BinaryIO, most: int) -> bytes | None:
    """The bytes of a file that is short enough for a warm process; None for a longer one."""
    raw = stream.read(most + 1)
    if len(raw) <= most:
        return raw
    stream.seek(0)
    return None
