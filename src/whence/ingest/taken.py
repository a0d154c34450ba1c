"""The document that an answer of the reading process describes, checked on our side."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import cast, get_args

from whence.ingest import odd
from whence.ingest.values import Mark, Part, Reply, Run, Taken
from whence.terms import Document, Role, When, Within


def document_id(bytes_sha256: str, where: str) -> str:
    """The id of a publication: these bytes at this address, or under this name."""
    return hashlib.sha256(f"{bytes_sha256}\n{where}".encode()).hexdigest()


def as_taken(reply: Reply, raw: bytes, name: str, within: Within | None) -> Taken:
    """The document that an answer of the reading process describes, checked on our side."""
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
        retrieved=stated.retrieved,
        address=stated.address,
    )
    size, roles = len(reply.text), get_args(Role)
    marks = tuple(
        Mark(start, end, cast(Role, role), by)
        for start, end, role, by in reply.marks
        if 0 <= start < end <= size and role in roles
    )
    return Taken(
        document,
        raw,
        marks,
        tuple(Run(*each) for each in reply.runs),
        tuple(dict.fromkeys((*reply.remarks, *odd.remarks(name)))),
        tuple(_inside(each) for each in reply.parts if 0 <= each.start < each.end <= size),
        reply.mapped,
        reply.encoding,
    )


def _inside(part: Part) -> Part:
    """The part without lines that do not stand in it."""
    good = tuple(each for each in part.lines if part.start <= each[0] < each[1] <= part.end)
    return replace(part, lines=good)


def _when(first: str | None, last: str | None) -> When | None:
    return When(first, last or first, "stated") if first else None
