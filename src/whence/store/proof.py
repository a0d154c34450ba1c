"""What does not check out in a dossier, item by item."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from whence.errors import CannotWrite, Damaged, NotADossier
from whence.store.connection import Case, ask, each
from whence.store.migrations import DIGESTED, START
from whence.store.removal import erased_words, removals, unerased
from whence.store.sealing import Entry, judgement
from whence.store.values import digested

Check = Callable[[Case], Iterator[str]]


def damages(db: Case) -> list[str]:
    """What does not check out, item by item; an empty list if everything does."""
    found: list[str] = []
    for what, check in CHECKS.items():
        try:
            found.extend(check(db))
        except (Damaged, NotADossier) as problem:  # so torn that SQLite itself gives up there
            found.append(f"{what}: unreadable from some point on ({problem})")
    return found


def _file(db: Case) -> Iterator[str]:
    for (line,) in ask(db, "PRAGMA integrity_check(20)"):
        if line != "ok":
            yield f"the file: {line}"
    for table, *_ in ask(db, "PRAGMA foreign_key_check"):
        yield f"the table {table}: a row refers to something that is not here"


def _originals(db: Case) -> Iterator[str]:
    for sha, packed in each(db, "SELECT sha256, bytes FROM originals ORDER BY rowid"):
        try:
            good = hashlib.sha256(zlib.decompress(packed)).hexdigest() == sha
        except (zlib.error, TypeError):
            good = False
        if not good:
            yield f"the original {str(sha)[:12]}: its bytes are not those that were taken"


def _documents(db: Case) -> Iterator[str]:
    sql = "SELECT id, name, body, text, beside, digest FROM documents ORDER BY name, id"
    for doc, name, body, text, beside, digest in each(db, sql):
        if digested(str(body), str(text), str(beside)) != digest:
            yield f"the document {name} ({str(doc)[:12]}): its text or record was changed"


def _rows(db: Case) -> Iterator[str]:
    """Rows with a hash: what was found can be found anew, so each is named by its table alone."""
    for table, what in DIGESTED.items():
        sql = f"SELECT count(*) FROM {table} WHERE digest IS NOT {what}"
        if number := ask(db, sql)[0][0]:
            yield f"the table {table}: {number} row(s) were changed"


def _search(db: Case) -> Iterator[str]:
    sql = """SELECT documents.name FROM documents LEFT JOIN words
        ON words.doc = documents.id AND ref IS NULL WHERE words.text IS NOT documents.text
        AND documents.digest = digest(documents.body, documents.text, beside)"""
    for (name,) in each(db, sql):
        yield f"the search index: it does not hold the text of {name}"
    sql = """SELECT count(*) FROM words WHERE ref IS NOT NULL
        AND (ref, doc) NOT IN (SELECT id, doc FROM findings WHERE doc IS NOT NULL)"""
    if number := ask(db, sql)[0][0]:
        yield f"the search index: it holds {number} statement(s) that were not found"
    with suppress(CannotWrite):  # it writes nothing, but SQLite wants the right to
        ask(db, "INSERT INTO words (words) VALUES ('integrity-check')")


def _log(db: Case) -> Iterator[str]:
    previous, number, excused = START, 0, erased_words(db)
    for seq, *row in each(db, "SELECT * FROM log ORDER BY seq"):
        number += 1
        entry = Entry(*row)
        if not _sound(entry, previous) or seq != number:
            yield f"{entry.kind} {seq} ({entry.id}): it, or one before it, was changed"
        elif entry.words is None and entry.id not in excused:
            yield f"{entry.kind} {seq} ({entry.id}): its words are gone, and no removal says why"
        previous = entry.hash
    count, last = ask(db, "SELECT count, hash FROM head")[0]
    if (count, last) != (number, previous):
        yield f"the log of judgements: it ends early ({number} of {count})"


def _sound(entry: Entry, previous: str) -> bool:
    try:
        if entry.kind == "judgement":
            judgement(entry.body, entry.words)
        return entry.follows(previous)
    except (Damaged, ValueError, TypeError):
        return False


def _removals(db: Case) -> Iterator[str]:
    for gone in removals(db):
        if unerased(db) and gone.readmitted is None:
            yield (
                f"the removed document {gone.doc[:12]}: its words may still lie in the file's free"
                f" space; whence remove {db.path} {gone.doc[:12]} finishes the work"
            )


CHECKS: dict[str, Check] = {
    "the file": _file,
    "the originals": _originals,
    "the documents": _documents,
    "what was found and noted": _rows,
    "the search index": _search,
    "the log of judgements": _log,
    "the removals": _removals,
}
