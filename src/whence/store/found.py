"""What runs found: readings of single documents, findings between them, words to search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whence.store.connection import Case, ask, writing
from whence.store.migrations import DIGESTED
from whence.store.values import after, decoded, digested, encoded, torn
from whence.terms import Extent, Reading, Run


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as it is kept: its type, id, document (if it has one), JSON, words to search."""

    type: str
    id: str
    doc: str | None
    body: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words looked for stand: in a text, or in a statement if `ref` names one."""

    doc: str
    ref: str | None
    excerpt: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """A text, or a statement if `ref` names one, in which the words looked for stand."""

    row: int
    doc: str
    ref: str | None


def keep_reading(db: Case, key: str, reading: Reading) -> None:
    """Keep what was found in one document by itself, in place of what an older run found."""
    doc = reading.document.id
    body = encoded(replace(reading, document=replace(reading.document, text="")))
    with writing(db):
        if not ask(db, "SELECT 1 FROM documents WHERE id = ?", doc):
            return  # somebody removed it while it was read
        ask(db, "DELETE FROM readings WHERE doc = ?", doc)
        digest = digested(doc, key, body)
        ask(db, "INSERT INTO readings VALUES (?, ?, ?, ?)", doc, key, body, digest)


def unread(db: Case, key: str) -> list[str]:
    """The documents that no run of this key has read yet (or of which it is damaged), by name."""
    sql = f"""SELECT id FROM documents WHERE NOT EXISTS
        (SELECT 1 FROM readings WHERE doc = id AND key = ?
            AND readings.digest = {DIGESTED["readings"]}) ORDER BY name, id"""
    return [doc for (doc,) in ask(db, sql, key)]


def read_ids(db: Case) -> list[str]:
    """The documents that have been read."""
    return [doc for (doc,) in ask(db, "SELECT doc FROM readings ORDER BY doc")]


def readings(db: Case, doc: str | None = None) -> list[Reading]:
    """What was found in each document by itself (or in one), by name of document."""
    sql = "SELECT readings.body, text FROM documents JOIN readings ON doc = id"
    order = " ORDER BY name, id"
    rows = ask(db, sql + order) if doc is None else ask(db, sql + " WHERE id = ?" + order, doc)
    found = []
    for body, text in rows:
        reading = decoded(body, Reading)
        found.append(replace(reading, document=replace(reading.document, text=text)))
    return found


def keep_run(db: Case, key: str, run: Run, rows: Sequence[Row]) -> None:
    """Keep what a whole run found, all of it at once, in place of the run before."""
    with writing(db):
        last = ask(db, "SELECT max(id) FROM runs")[0][0]
        ask(db, "DELETE FROM findings")
        ask(db, "DELETE FROM words WHERE ref IS NOT NULL")
        models = encoded(dict(run.models))
        at = after(run.at, last and _run(db, last).at)
        sql = "INSERT INTO runs (key, code, models, at, digest) VALUES (?, ?, ?, ?, ?)"
        ask(db, sql, key, run.code, models, at, digested(run.code, models, at))
        number = ask(db, "SELECT max(id) FROM runs")[0][0]
        for row in rows:
            kept = (row.type, row.id, row.doc, row.body)
            columns = "run, type, id, doc, body, digest"
            sql = f"INSERT INTO findings ({columns}) VALUES (?, ?, ?, ?, ?, ?)"
            ask(db, sql, number, *kept, digested(*kept))
            if row.words is not None:
                ask(db, "INSERT INTO words VALUES (?, ?, ?)", row.words, row.doc, row.id)


def _run(db: Case, number: int) -> Run:
    code, models, at = ask(db, "SELECT code, models, at FROM runs WHERE id = ?", number)[0]
    return Run(code, tuple(sorted(decoded(models, dict[str, str]).items())), at)


def latest_run(db: Case) -> tuple[str, Run] | None:
    """The key and the description of the run whose findings are here."""
    rows = ask(db, "SELECT id, key FROM runs ORDER BY id DESC LIMIT 1")
    return (rows[0][1], _run(db, rows[0][0])) if rows else None


def findings(db: Case, kind: str, doc: str | None = None) -> list[str]:
    """The JSON of every finding of one type, in the order they were found."""
    sql = """SELECT type, id, doc, body, digest FROM findings
        WHERE run = (SELECT max(id) FROM runs) AND type = ?"""
    if doc is None:
        rows = ask(db, sql + " ORDER BY seq", kind)
    else:
        rows = ask(db, sql + " AND doc = ? ORDER BY seq", kind, doc)
    for *kept, digest in rows:
        if digested(*kept) != digest:
            raise torn(f"the {kind} {kept[1]} was changed")
    return [row[3] for row in rows]


def drop(db: Case) -> None:
    """Throw away what runs found, so that it is found anew."""
    with writing(db):
        ask(db, "DELETE FROM findings")
        ask(db, "DELETE FROM words WHERE ref IS NOT NULL")
        ask(db, "UPDATE runs SET key = ''")


def whole(db: Case) -> bool:
    """Whether the findings are all as they were written; those that are not can be found anew."""
    sql = f"SELECT 1 FROM findings WHERE digest IS NOT {DIGESTED['findings']} LIMIT 1"
    return not ask(db, sql)


def search(db: Case, words: str, limit: int = 200) -> list[Hit]:
    """Where all of these words stand, best first; “quoted words” stand side by side."""
    query = _query(words)
    if not query:
        return []
    sql = """SELECT doc, ref, text, highlight(words, 0, char(64976), char(64977)),
        snippet(words, 0, '', '', '…', 24) FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"""
    hits = []
    for doc, ref, text, marked, excerpt in ask(db, sql, query, limit):
        clean = marked.replace("\ufdd0", "").replace("\ufdd1", "") == text
        hits.append(Hit(doc, ref, excerpt, marked.find("\ufdd0") if clean else None))
    return hits


def _query(words: str) -> str:
    """What is asked for, as the index takes it: each word quoted, so that none is an order to it."""
    words = words.encode("utf-8", "replace").decode("utf-8")  # half a character is found nowhere
    parts = words.replace("“", '"').replace("”", '"').split('"')
    terms = [t for i, part in enumerate(parts) for t in ([part] if i % 2 else part.split())]
    return " ".join(f'"{term}"' for term in terms if any(c.isalnum() for c in term))


def matches(db: Case, words: str, *, statements: bool, limit: int = 5000) -> list[Match]:
    """The texts (or the statements) in which all of these words stand, best first, without them."""
    query = _query(words)
    if not query:
        return []
    held = "IS NOT NULL" if statements else "IS NULL"
    sql = f"""SELECT rowid, doc, ref FROM words
        WHERE words MATCH ? AND ref {held} ORDER BY rank LIMIT ?"""
    return [Match(*row) for row in ask(db, sql, query, limit)]


def spots(db: Case, words: str, row: int) -> list[Extent]:
    """Where the words looked for stand in one text (or statement), in reading order."""
    sql = """SELECT text, highlight(words, 0, char(64976), char(64977)) FROM words
        WHERE words MATCH ? AND rowid = ?"""
    for text, marked in ask(db, sql, _query(words), row):
        if marked.replace("\ufdd0", "").replace("\ufdd1", "") == text:
            return list(_marked(marked))
    return []


def _marked(marked: str) -> Iterator[Extent]:
    """The stretches between the marks, counted as if the marks were not there."""
    at = marked.find("\ufdd0")
    for piece in marked.split("\ufdd0")[1:]:
        found, _, after = piece.partition("\ufdd1")
        yield at, at + len(found)
        at += len(found) + len(after)
