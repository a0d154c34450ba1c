"""Documents taken out for good: nothing of their words stays in the file, only that it happened."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import msgspec

from whence.errors import NotFound, WhenceError
from whence.store.chain import enter, next_moment
from whence.store.connection import PATIENCE, Case, ask, cannot_write, writing
from whence.store.values import decoded


@dataclass(frozen=True, slots=True)
class Removal:
    """The record that stays of a document: its hashes, and when, by whom and why it was removed."""

    id: str
    at: str
    by: str
    doc: str
    bytes_sha256: str
    erased: tuple[str, ...] = ()
    """The judgements about it, of which only date, author, verdict and place are left."""
    bytes_kept: bool = False
    """Whether another document was read from the same bytes, which therefore stay."""
    why: str | None = None
    readmitted: str | None = None
    """When somebody allowed the document to be added again."""


class RemovedBefore(WhenceError):
    """A document that somebody removed from this dossier on purpose."""

    code = 3


def remove(db: Case, doc: str, by: str, why: str | None = None) -> Removal:
    """Delete a document, all that was found in it and all words of it, from every page."""
    ask(db, "PRAGMA secure_delete = ON")
    with writing(db):
        rows = ask(db, "SELECT sha256 FROM documents WHERE id = ?", doc)
        if not rows:
            raise NotFound(f"no document {doc}")
        (digest,) = rows[0]
        shared = ask(db, "SELECT 1 FROM documents WHERE sha256 = ? AND id <> ?", digest, doc)
        about = _judgements_about(db, doc)
        body = {
            "doc": doc, "bytes_sha256": digest, "by": by, "at": next_moment(db), "erased": about,
            "bytes_kept": bool(shared),
        }  # fmt: skip
        id = enter(db, "removal", body, {"why": why})
        for each in about:
            ask(db, "UPDATE log SET salt = NULL, words = NULL WHERE id = ?", each)
        _forgotten(db, doc)
        if not shared:
            ask(db, "DELETE FROM originals WHERE sha256 = ?", digest)
        ask(db, "UPDATE head SET unerased = 1")
    erase(db)
    return next(each for each in removals(db) if each.id == id)


def _judgements_about(db: Case, doc: str) -> list[str]:
    sql = "SELECT id, body FROM log WHERE kind = 'judgement' AND instr(body, ?) ORDER BY seq"
    return [
        id
        for id, body in ask(db, sql, doc)
        if any(anchor.doc == doc for anchor in decoded(body, _About).about)
    ]


def _forgotten(db: Case, doc: str) -> None:
    """Without the document, and without what holds between documents: that is found anew."""
    ask(db, "DELETE FROM readings WHERE doc = ?", doc)
    ask(db, "DELETE FROM retrievals WHERE doc = ?", doc)
    ask(db, "DELETE FROM documents WHERE id = ?", doc)
    ask(db, "DELETE FROM findings WHERE doc = ? OR doc IS NULL", doc)
    ask(db, "DELETE FROM words WHERE doc = ? OR doc IS NULL", doc)
    ask(db, "INSERT INTO words (words) VALUES ('rebuild')")  # its index keeps deleted words
    ask(db, "UPDATE runs SET key = ''")  # so that the next analysis compares again


def erase(db: Case) -> None:
    """Write the whole file anew without its free space, and empty the log beside it."""
    with db.turn:
        ask(db, "VACUUM")
        until = time.monotonic() + PATIENCE
        while ask(db, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            if time.monotonic() > until:
                busy = cannot_write(db.path, "another program is reading it")
                busy.hint = (
                    "the document is removed, but its words may still lie in the file's free space"
                    " or in its -wal: close the other program, then remove it again"
                )
                raise busy
            time.sleep(0.02)
        with writing(db):
            ask(db, "UPDATE head SET unerased = 0")


def unerased(db: Case) -> bool:
    """Whether a removal was cut short, so that its words may still lie in the file's free space."""
    return bool(ask(db, "SELECT unerased FROM head")[0][0])


def readmit(db: Case, removal: Removal, by: str, why: str | None = None) -> None:
    """Allow a removed document to be added again; the record of its removal stays."""
    with writing(db):
        body = {"removal": removal.id, "by": by, "at": next_moment(db)}
        enter(db, "readmission", body, {"why": why})


class _Place(msgspec.Struct):
    doc: str


class _About(msgspec.Struct):
    about: list[_Place]


class _Words(msgspec.Struct):
    why: str | None = None


class _Again(msgspec.Struct):
    removal: str
    at: str


def removals(db: Case) -> list[Removal]:
    """Every removal there ever was, in order, and whether it was lifted."""
    found: dict[str, Removal] = {}
    sql = "SELECT id, kind, body, words FROM log WHERE kind <> 'judgement' ORDER BY seq"
    for id, kind, body, words in ask(db, sql):
        if kind == "removal":
            said = decoded(words or "{}", _Words)
            found[id] = replace(decoded(body, Removal), why=said.why)
        elif (again := decoded(body, _Again)).removal in found:
            found[again.removal] = replace(found[again.removal], readmitted=again.at)
    return list(found.values())


def erased_words(db: Case) -> set[str]:
    """The judgements whose words a removal erased."""
    return {id for each in removals(db) for id in each.erased}


def removed(db: Case, doc: str, bytes_sha256: str) -> Removal | None:
    """The removal that keeps these bytes, or this publication of them, out of the dossier."""
    for each in removals(db):
        same = each.doc == doc or (each.bytes_sha256 == bytes_sha256 and not each.bytes_kept)
        if each.readmitted is None and same:
            return each
    return None


def removed_before(db: Case, removal: Removal) -> RemovedBefore:
    """The refusal to take a removed document again, with the way to take it all the same."""
    told = f"it was removed from this dossier on {removal.at[:10]} by {removal.by}"
    way = f"to add it again: whence readmit {db.path} {removal.doc[:12]}, then add it"
    return RemovedBefore(f"{told} ({way})")
