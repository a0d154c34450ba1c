"""One case in one SQLite file: originals, texts, findings, and what people decided about them.

Plain functions over a connection. Nothing here knows how findings are made or what a judgement
means. A write is acknowledged only once its transaction is on the disk. Originals and the log of
judgements are never rewritten; everything that a run found can be thrown away and found again.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from whence.errors import CannotWrite, Damaged, NotADossier, NotFound, TooNew, WhenceError
from whence.terms import Document, Judgement, Reading, Refused, Run

APPLICATION = 0x57484E43  # “WHNC”, at byte 68 of every dossier
PATIENCE = 15.0  # seconds to wait for another process that is writing
MAGIC = b"SQLite format 3\x00"
START = "0" * 64  # what the first judgement's hash follows

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE originals (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
        """CREATE TABLE documents (id TEXT PRIMARY KEY, name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES originals, body TEXT NOT NULL, text TEXT NOT NULL,
            beside TEXT NOT NULL, digest TEXT NOT NULL, added TEXT NOT NULL)""",
        "CREATE INDEX documents_by_name ON documents (name, id)",
        "CREATE TABLE refused (name TEXT PRIMARY KEY, reason TEXT NOT NULL, code TEXT NOT NULL)",
        """CREATE TABLE batches (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, found INTEGER NOT NULL,
            taken INTEGER NOT NULL, skipped INTEGER NOT NULL, refused INTEGER NOT NULL)""",
        """CREATE TABLE readings (doc TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
            key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (doc, key))""",
        """CREATE TABLE runs (id INTEGER PRIMARY KEY, key TEXT NOT NULL, code TEXT NOT NULL,
            models TEXT NOT NULL, at TEXT NOT NULL)""",
        """CREATE TABLE findings (seq INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, type TEXT NOT NULL,
            id TEXT NOT NULL, doc TEXT, body TEXT NOT NULL)""",
        "CREATE INDEX findings_by_type ON findings (run, type, doc)",
        """CREATE TABLE log (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            body TEXT NOT NULL, hash TEXT NOT NULL)""",
        """CREATE TRIGGER log_unchanged BEFORE UPDATE ON log
            BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END""",
        """CREATE TRIGGER log_kept BEFORE DELETE ON log
            BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END""",
        "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER, hash TEXT)",
        f"INSERT INTO head VALUES (1, 0, '{START}')",
        """CREATE VIRTUAL TABLE words USING fts5(text, doc UNINDEXED, ref UNINDEXED,
            tokenize = "unicode61 remove_diacritics 2")""",
    ),
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one reading of files came to: taken + skipped + refused = found."""

    at: str
    found: int
    taken: int
    skipped: int
    refused: int


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


class Case(sqlite3.Connection):
    """An open dossier: a connection that knows its path and lets one thread write at a time."""

    path: Path
    writable: bool
    turn: threading.RLock


# ---------------------------------------------------------------- opening


def open_case(path: Path, create: bool = False) -> Case:
    """The dossier at this path, brought up to date; a new one if asked for and none is there."""
    empty = _looked_at(path, create)
    folder = path.absolute().parent
    writable = os.access(folder, os.W_OK) and (empty is None or os.access(path, os.W_OK))
    if not writable and (empty is None or empty):
        raise _cannot_write(path, "the disk or folder is read-only")
    db = _connected(path, writable)
    try:
        _settled(db, create)
    except BaseException:
        db.close()
        raise
    return db


def _looked_at(path: Path, create: bool) -> bool | None:
    """None if there is no file, else whether it is empty; refuses what cannot be a dossier."""
    try:
        if path.is_dir():
            raise NotADossier(f"{path} is a folder, not a dossier")
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        if not create:
            missing = NotFound(f"there is no dossier at {path}")
            missing.hint = f"whence add {path} PATH… makes one"
            raise missing from None
        if not path.absolute().parent.is_dir():
            raise _cannot_write(path, "its folder does not exist") from None
        return None
    except (OSError, ValueError) as problem:
        raise _cannot_write(path, getattr(problem, "strerror", None) or str(problem)) from None
    if not head:
        if create:
            return True
        raise _not_ours(path, "it is empty")
    if not head.startswith(MAGIC):
        raise _not_ours(path, "it is some other kind of file")
    if len(head) < 100 or int.from_bytes(head[68:72], "big") != APPLICATION:
        raise _not_ours(path, "it is another program's database")
    return False


def _connected(path: Path, writable: bool) -> Case:
    place = quote(os.fsencode(path.absolute()))
    if writable:
        mode = "mode=rwc"
    else:  # a write-ahead log cannot be opened on a read-only disk unless nothing waits in it
        log = path.with_name(path.name + "-wal")
        mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    try:
        db = sqlite3.connect(
            f"file:{place}?{mode}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
            factory=Case,
        )
    except sqlite3.Error as problem:
        raise blamed(problem, path) or problem from problem
    db.path, db.writable, db.turn = path, writable, threading.RLock()
    return db


def _settled(db: Case, create: bool) -> None:
    """Migrate forward, one transaction a step, and set the guarantees this connection gives."""
    ask(db, "PRAGMA foreign_keys = ON")
    ask(db, "PRAGMA synchronous = FULL")
    if not ask(db, "SELECT count(*) FROM sqlite_master")[0][0] and not create:
        raise _not_ours(db.path, "it is empty")
    while _version(db) < len(MIGRATIONS):
        if not db.writable:
            raise _cannot_write(db.path, "it must be brought up to date, but it is read-only")
        with writing(db, exclusive=True):
            version = _version(db)  # another process may have been quicker
            for statement in MIGRATIONS[version] if version < len(MIGRATIONS) else ():
                ask(db, statement)
            ask(db, f"PRAGMA application_id = {APPLICATION}")
            ask(db, f"PRAGMA user_version = {min(version + 1, len(MIGRATIONS))}")
    if db.writable:
        _write_ahead(db)


def _version(db: Case) -> int:
    version = int(ask(db, "PRAGMA user_version")[0][0])
    if version > len(MIGRATIONS):
        newer = TooNew(
            f"{db.path} was written by a later version of whence"
            f" (its format is {version}, this version reads up to {len(MIGRATIONS)})"
        )
        newer.hint = "update whence; the file was not touched"
        raise newer
    return version


def _write_ahead(db: Case) -> None:
    """Readers never wait for a writer. Where the file system cannot do this, nothing is lost."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            busy = getattr(problem, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise blamed(problem, db.path) or problem from problem
            time.sleep(0.02)


# ---------------------------------------------------------------- errors and transactions


def _cannot_write(path: Path, reason: str) -> CannotWrite:
    problem = CannotWrite(f"cannot write {path}: {reason}")
    problem.hint = "what was acknowledged before is safe"
    return problem


def _not_ours(path: Path, reason: str) -> NotADossier:
    problem = NotADossier(f"{path} is not a dossier: {reason}")
    problem.hint = "a dossier is made by whence add CASE.whence PATH…"
    return problem


def blamed(problem: sqlite3.Error, path: Path) -> WhenceError | None:
    """The error a user can act on, or None where the mistake must be ours."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    reasons = {
        sqlite3.SQLITE_FULL: "the disk is full",
        sqlite3.SQLITE_READONLY: "the disk or file is read-only",
        sqlite3.SQLITE_PERM: "permission was refused",
        sqlite3.SQLITE_IOERR: "the disk reported an error",
        sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
        sqlite3.SQLITE_BUSY: "another program has been writing to it for too long",
        sqlite3.SQLITE_LOCKED: "another program has been writing to it for too long",
        sqlite3.SQLITE_TOOBIG: "one item is larger than a dossier can hold (1 GB)",
    }
    if code in reasons:
        return _cannot_write(path, reasons[code])
    if code == sqlite3.SQLITE_NOTADB:
        return _not_ours(path, "its contents are not a database")
    if code == sqlite3.SQLITE_CORRUPT:
        damaged = Damaged(f"{path} is damaged: {problem}")
        damaged.hint = "whence verify names what is damaged; restore a backup if you have one"
        return damaged
    return None


def ask(db: Case, sql: str, *values: object) -> list[Any]:
    """All rows that answer, with SQLite's complaints put into words a user can act on."""
    try:
        return db.execute(sql, values).fetchall()
    except sqlite3.Error as problem:
        raise blamed(problem, db.path) or problem from problem


@contextmanager
def writing(db: Case, exclusive: bool = False) -> Iterator[None]:
    """One transaction: on the disk when the block ends, or nothing of it happened."""
    with db.turn:
        ask(db, "BEGIN EXCLUSIVE" if exclusive else "BEGIN IMMEDIATE")
        try:
            yield
            ask(db, "COMMIT")
        except BaseException:
            if db.in_transaction:
                db.rollback()
            raise


# ---------------------------------------------------------------- documents


def encoded(value: object) -> str:
    """A value as JSON with its keys in the order of its type."""
    return msgspec.json.encode(value).decode()


def now() -> str:
    """This moment, in UTC, so that text order is time order."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def holds(db: Case, doc: str) -> bool:
    """Whether a document of this id is here."""
    return bool(ask(db, "SELECT 1 FROM documents WHERE id = ?", doc))


def take(db: Case, document: Document, raw: bytes, beside: str = "{}") -> bool:
    """Keep a document and its bytes for good; False if it was here already."""
    body = encoded(replace(document, text=""))
    packed = zlib.compress(raw, 6)
    with writing(db):
        if holds(db, document.id):
            return False
        ask(db, "INSERT OR IGNORE INTO originals VALUES (?, ?)", document.bytes_sha256, packed)
        ask(
            db,
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            *(document.id, document.name, document.bytes_sha256, body, document.text, beside),
            *(_digest(body, document.text, beside), now()),
        )
        ask(db, "INSERT INTO words VALUES (?, ?, NULL)", document.text, document.id)
        ask(db, "DELETE FROM refused WHERE name = ?", document.name)
    return True


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def documents(db: Case) -> list[Document]:
    """Every document as it was taken, by name."""
    rows = ask(db, "SELECT body, text FROM documents ORDER BY name, id")
    return [replace(msgspec.json.decode(body, type=Document), text=text) for body, text in rows]


def document_ids(db: Case) -> list[tuple[str, str]]:
    """(id, name) of every document, by name."""
    return [
        (doc, name) for doc, name in ask(db, "SELECT id, name FROM documents ORDER BY name, id")
    ]


def document(db: Case, doc: str) -> tuple[Document, str]:
    """One document as it was taken, and what its format gave beside the text (JSON)."""
    rows = ask(db, "SELECT body, text, beside FROM documents WHERE id = ?", doc)
    if not rows:
        raise NotFound(f"no document {doc}")
    body, text, beside = rows[0]
    return replace(msgspec.json.decode(body, type=Document), text=text), beside


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
    except zlib.error as problem:
        raise Damaged(f"the original of {doc} is damaged: {problem}") from problem


def refuse(db: Case, refused: Refused) -> None:
    """Remember that a file could not be taken, and why."""
    with writing(db):
        ask(
            db,
            "INSERT OR REPLACE INTO refused VALUES (?, ?, ?)",
            *(refused.name, refused.reason, refused.code),
        )


def refusals(db: Case) -> list[Refused]:
    """Every file that could not be taken, by name."""
    return [Refused(*row) for row in ask(db, "SELECT * FROM refused ORDER BY name")]


def note_batch(db: Case, batch: Batch) -> None:
    """Remember what one reading of files came to."""
    with writing(db):
        ask(
            db,
            "INSERT INTO batches (at, found, taken, skipped, refused) VALUES (?, ?, ?, ?, ?)",
            *(batch.at, batch.found, batch.taken, batch.skipped, batch.refused),
        )


def batches(db: Case) -> list[Batch]:
    """What each reading of files came to, oldest first."""
    columns = "at, found, taken, skipped, refused"
    return [Batch(*row) for row in ask(db, f"SELECT {columns} FROM batches ORDER BY seq")]


# ---------------------------------------------------------------- findings


def keep_reading(db: Case, key: str, reading: Reading) -> None:
    """Keep what was found in one document by itself, in place of what an older run found."""
    doc = reading.document.id
    body = encoded(replace(reading, document=replace(reading.document, text="")))
    with writing(db):
        ask(db, "DELETE FROM readings WHERE doc = ?", doc)
        ask(db, "INSERT INTO readings VALUES (?, ?, ?)", doc, key, body)


def unread(db: Case, key: str) -> list[str]:
    """The documents that no run of this key has read yet, by name."""
    sql = """SELECT id FROM documents WHERE NOT EXISTS
        (SELECT 1 FROM readings WHERE doc = id AND key = ?) ORDER BY name, id"""
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
        reading = msgspec.json.decode(body, type=Reading)
        found.append(replace(reading, document=replace(reading.document, text=text)))
    return found


def keep_run(db: Case, key: str, run: Run, rows: Sequence[Row]) -> None:
    """Keep what a whole run found, all of it at once, in place of the run before."""
    with writing(db):
        last = ask(db, "SELECT max(id) FROM runs")[0][0]
        ask(db, "DELETE FROM findings")
        ask(db, "DELETE FROM words WHERE ref IS NOT NULL")
        models = encoded(dict(run.models))
        sql = "INSERT INTO runs (key, code, models, at) VALUES (?, ?, ?, ?)"
        ask(db, sql, key, run.code, models, _after(run.at, last and _run(db, last).at))
        number = ask(db, "SELECT max(id) FROM runs")[0][0]
        for row in rows:
            sql = "INSERT INTO findings (run, type, id, doc, body) VALUES (?, ?, ?, ?, ?)"
            ask(db, sql, number, row.type, row.id, row.doc, row.body)
            if row.words is not None:
                ask(db, "INSERT INTO words VALUES (?, ?, ?)", row.words, row.doc, row.id)


def _run(db: Case, number: int) -> Run:
    code, models, at = ask(db, "SELECT code, models, at FROM runs WHERE id = ?", number)[0]
    return Run(code, tuple(sorted(msgspec.json.decode(models, type=dict[str, str]).items())), at)


def latest_run(db: Case) -> tuple[str, Run] | None:
    """The key and the description of the run whose findings are here."""
    rows = ask(db, "SELECT id, key FROM runs ORDER BY id DESC LIMIT 1")
    return (rows[0][1], _run(db, rows[0][0])) if rows else None


def findings(db: Case, kind: str, doc: str | None = None) -> list[str]:
    """The JSON of every finding of one type, in the order they were found."""
    sql = "SELECT body FROM findings WHERE type = ?"
    if doc is None:
        return [body for (body,) in ask(db, sql + " ORDER BY seq", kind)]
    return [body for (body,) in ask(db, sql + " AND doc = ? ORDER BY seq", kind, doc)]


def search(db: Case, words: str, limit: int = 200) -> list[Hit]:
    """Where all of these words stand, best first; “quoted words” stand side by side."""
    parts = words.replace("“", '"').replace("”", '"').split('"')
    terms = [t for i, part in enumerate(parts) for t in ([part] if i % 2 else part.split())]
    query = " ".join(f'"{term}"' for term in terms if any(c.isalnum() for c in term))
    if not query:
        return []
    sql = """SELECT doc, ref, text, highlight(words, 0, char(64976), char(64977)),
        snippet(words, 0, '', '', '…', 24) FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"""
    hits = []
    for doc, ref, text, marked, excerpt in ask(db, sql, query, limit):
        clean = marked.replace("\ufdd0", "").replace("\ufdd1", "") == text
        hits.append(Hit(doc, ref, excerpt, marked.find("\ufdd0") if clean else None))
    return hits


# ---------------------------------------------------------------- the log of judgements


def state(db: Case) -> tuple[int, int, int]:
    """Numbers that change whenever a judgement, a run or a document is added."""
    sql = """SELECT (SELECT count FROM head), (SELECT ifnull(max(id), 0) FROM runs),
        (SELECT count(*) FROM documents)"""
    count, run, held = ask(db, sql)[0]
    return count, run, held


def log(db: Case) -> list[Judgement]:
    """Every judgement ever made, in order."""
    rows = ask(db, "SELECT body FROM log ORDER BY seq")
    return [msgspec.json.decode(body, type=Judgement) for (body,) in rows]


def append(db: Case, judgement: Judgement) -> Judgement:
    """Write a judgement down for good (inside `writing`), with its moment, id and link."""
    count, previous = ask(db, "SELECT count, hash FROM head")[0]
    rows = ask(db, "SELECT body FROM log ORDER BY seq DESC LIMIT 1")
    last = msgspec.json.decode(rows[0][0], type=Judgement).at if rows else None
    dated = replace(judgement, id="", at=_after(now(), last), state="standing")
    named = replace(dated, id="ju" + link(previous, dated)[:16])
    digest = link(previous, named)
    ask(db, "INSERT INTO log VALUES (?, ?, ?, ?)", count + 1, named.id, encoded(named), digest)
    ask(db, "UPDATE head SET count = ?, hash = ?", count + 1, digest)
    return named


def link(previous: str, judgement: Judgement) -> str:
    """The hash of a judgement in its place: it covers all that came before it."""
    body = msgspec.json.encode(judgement, order="sorted")
    return hashlib.sha256(previous.encode() + b"\n" + body).hexdigest()


def _after(moment: str, last: str | None) -> str:
    """The moment, or just past the last one if the clock was set back."""
    if last is None or moment > last:
        return moment
    later = datetime.fromisoformat(last.replace("Z", "+00:00")) + timedelta(microseconds=1)
    return later.isoformat(timespec="microseconds").replace("+00:00", "Z")


# ---------------------------------------------------------------- proof of custody


def damages(db: Case) -> list[str]:
    """What does not check out, item by item; an empty list if everything does."""
    found = [
        f"the file: {line}" for (line,) in ask(db, "PRAGMA integrity_check(20)") if line != "ok"
    ]
    for sha, packed in ask(db, "SELECT sha256, bytes FROM originals ORDER BY sha256"):
        try:
            good = hashlib.sha256(zlib.decompress(packed)).hexdigest() == sha
        except zlib.error:
            good = False
        if not good:
            found.append(f"the original {sha[:12]}: its bytes are not those that were taken")
    sql = "SELECT id, name, body, text, beside, digest FROM documents ORDER BY name, id"
    for doc, name, body, text, beside, digest in ask(db, sql):
        if _digest(body, text, beside) != digest:
            found.append(f"the document {name} ({doc[:12]}): its text or record was changed")
    for table, *_ in ask(db, "PRAGMA foreign_key_check"):
        found.append(f"the table {table}: a row refers to something that is not here")
    return found + _broken_links(db)


def _broken_links(db: Case) -> list[str]:
    found, previous = [], START
    rows = ask(db, "SELECT seq, id, body, hash FROM log ORDER BY seq")
    for number, (seq, name, body, digest) in enumerate(rows, start=1):
        try:
            good = link(previous, msgspec.json.decode(body, type=Judgement)) == digest
        except msgspec.MsgspecError:
            good = False
        if not good or seq != number:
            found.append(f"judgement {seq} ({name}): it, or one before it, was changed")
        previous = digest
    if (count := ask(db, "SELECT count, hash FROM head")[0]) != (len(rows), previous):
        found.append(f"the log of judgements: it ends early ({len(rows)} of {count[0]})")
    return found
