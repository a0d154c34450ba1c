"""Documents and their originals, and the files that were refused."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from whence.errors import NotFound
from whence.store.connection import Case, ask, writing
from whence.store.removal import removed, removed_before
from whence.store.values import decoded, digested, encoded, now, torn
from whence.terms import Document, Refused


@dataclass(frozen=True, slots=True)
class Batch:
    """What one reading of files came to: taken + skipped + refused = found."""

    at: str
    found: int
    taken: int
    skipped: int
    refused: int


def holds(db: Case, doc: str) -> bool:
    """Whether a document of this id is here."""
    return bool(ask(db, "SELECT 1 FROM documents WHERE id = ?", doc))


def take(db: Case, document: Document, raw: bytes, beside: str = "{}") -> bool:
    """Keep a document and its bytes for good; False if it was here already.

    One that somebody removed is not taken again by the way: `RemovedBefore`.
    """
    body = encoded(replace(document, text=""))
    packed = zlib.compress(raw, 6)
    with writing(db):
        if holds(db, document.id):
            _completed(db, document, beside)
            return False
        if before := removed(db, document.id, document.bytes_sha256):
            raise removed_before(db, before)
        ask(db, "INSERT OR IGNORE INTO originals VALUES (?, ?)", document.bytes_sha256, packed)
        ask(
            db,
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(document.id, document.name, document.bytes_sha256, body, document.text, beside),
            *(digested(body, document.text, beside), now()),
        )
        ask(db, "INSERT INTO words VALUES (?, ?, NULL)", document.text, document.id)
        ask(db, "DELETE FROM refused WHERE name = ?", document.name)
    return True


def _completed(db: Case, document: Document, beside: str) -> None:
    """Fill in what an older version did not keep of a document that now comes in again."""
    sql = "SELECT body, text, beside, digest FROM documents WHERE id = ?"
    body, text, old, digest = ask(db, sql, document.id)[0]
    if text != document.text or digested(body, text, old) != digest:
        return
    if "mapped" not in decoded(old, dict[str, object]):
        sql = "UPDATE documents SET beside = ?, digest = ? WHERE id = ?"
        ask(db, sql, beside, digested(body, text, beside), document.id)


def documents(db: Case) -> list[Document]:
    """Every document as it was taken, by name."""
    sql = "SELECT name, body, text, beside, digest FROM documents ORDER BY name, id"
    return [_sound(*row)[0] for row in ask(db, sql)]


def document_ids(db: Case) -> list[tuple[str, str]]:
    """(id, name) of every document, by name."""
    return [
        (doc, name) for doc, name in ask(db, "SELECT id, name FROM documents ORDER BY name, id")
    ]


def entered(db: Case) -> list[tuple[Document, str]]:
    """Every document without its text, and when it came in; in the order in which they came."""
    sql = "SELECT body, added FROM documents ORDER BY rowid"
    return [(decoded(body, Document), added) for body, added in ask(db, sql)]


def document(db: Case, doc: str) -> tuple[Document, str]:
    """One document as it was taken, and what its format gave beside the text (JSON)."""
    sql = "SELECT name, body, text, beside, digest FROM documents WHERE id = ?"
    rows = ask(db, sql, doc)
    if not rows:
        raise NotFound(f"no document {doc}")
    return _sound(*rows[0])


def _sound(name: str, body: str, text: str, beside: str, digest: str) -> tuple[Document, str]:
    """A document and what stood beside it, if they are what was taken."""
    if digested(body, text, beside) != digest:
        raise torn(f"the text or record of {name} was changed")
    return replace(decoded(body, Document), text=text), beside


def texts(db: Case, docs: Iterable[str]) -> dict[str, str]:
    """The text of each of these documents that is here."""
    found: dict[str, str] = {}
    for doc in set(docs):
        for (text,) in ask(db, "SELECT text FROM documents WHERE id = ?", doc):
            found[doc] = text
    return found


def raw(db: Case, doc: str) -> bytes:
    """The bytes a document was read from, exactly as they came."""
    rows = ask(
        db,
        "SELECT bytes FROM originals WHERE sha256 = (SELECT sha256 FROM documents WHERE id = ?)",
        doc,
    )
    if not rows:
        raise NotFound(f"no document {doc}")
    try:
        return zlib.decompress(rows[0][0])
    except (zlib.error, TypeError) as problem:
        raise torn(f"the original of {doc[:12]} cannot be unpacked ({problem})") from problem


def refuse(db: Case, refused: Refused) -> None:
    """Remember that a file could not be taken, and why."""
    with writing(db):
        ask(
            db,
            "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?)",
            *(what := (refused.name, refused.reason, refused.code)),
            digested(*what),
        )


def refusals(db: Case) -> list[Refused]:
    """Every file that could not be taken, by name."""
    return [
        Refused(*row) for row in ask(db, "SELECT name, reason, code FROM refused ORDER BY name")
    ]


def note_batch(db: Case, batch: Batch) -> None:
    """Remember what one reading of files came to."""
    columns = "at, found, taken, skipped, refused, digest"
    numbers = (batch.at, batch.found, batch.taken, batch.skipped, batch.refused)
    with writing(db):
        sql = f"INSERT INTO batches ({columns}) VALUES (?, ?, ?, ?, ?, ?)"
        ask(db, sql, *numbers, digested(*numbers))


def batches(db: Case) -> list[Batch]:
    """What each reading of files came to, oldest first."""
    columns = "at, found, taken, skipped, refused"
    return [Batch(*row) for row in ask(db, f"SELECT {columns} FROM batches ORDER BY seq")]
