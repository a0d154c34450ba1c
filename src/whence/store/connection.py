"""A connection to a dossier's file: its errors in words a user can act on, its transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whence.errors import CannotWrite, Damaged, NotADossier, WhenceError

PATIENCE = 15.0  # seconds to wait for another process that is writing


class Case(sqlite3.Connection):
    """An open dossier: a connection that knows its path and lets one thread write at a time."""

    path: Path
    writable: bool
    turn: threading.RLock


def cannot_write(path: Path, reason: str) -> CannotWrite:
    problem = CannotWrite(f"cannot write {path}: {reason}")
    problem.hint = "what was acknowledged before is safe"
    return problem


def not_ours(path: Path, reason: str) -> NotADossier:
    problem = NotADossier(f"{path} is not a dossier: {reason}")
    problem.hint = "a dossier is made by whence add CASE.whence PATH…"
    return problem


def blamed(problem: sqlite3.Error, path: Path) -> WhenceError | None:
    """The error a user can act on, or None where the mistake must be ours."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    if str(problem).startswith(("Could not decode to UTF-8", "user-defined function raised")):
        code = sqlite3.SQLITE_CORRUPT  # letters that are none
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
        return cannot_write(path, reasons[code])
    if code == sqlite3.SQLITE_NOTADB:
        return not_ours(path, "its contents are not a database")
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


def each(db: Case, sql: str) -> Iterator[Any]:
    """The rows that answer, one by one: those before a damaged page are still given."""
    try:
        yield from db.execute(sql)
    except sqlite3.Error as problem:
        raise blamed(problem, db.path) or problem from problem


@contextmanager
def writing(db: Case, exclusive: bool = False) -> Iterator[None]:
    """One transaction: on the disk when the block ends, or nothing of it happened.

    Inside another one it is part of that.
    """
    with db.turn:
        if db.in_transaction:
            yield
            return
        ask(db, "BEGIN EXCLUSIVE" if exclusive else "BEGIN IMMEDIATE")
        try:
            yield
            ask(db, "COMMIT")
        except BaseException:
            if db.in_transaction:
                db.rollback()
            raise
