"""A dossier's file: opened, brought up to date, and written to in whole transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from whence.errors import CannotWrite, Damaged, NotADossier, NotFound, TooNew, WhenceError

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
