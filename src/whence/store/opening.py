"""A dossier's file: opened, brought up to date, and written to in whole transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path
from urllib.parse import quote

from whence.errors import NotADossier, NotFound, TooNew
from whence.store import migrations
from whence.store.connection import (
    PATIENCE,
    Case,
    ask,
    blamed,
    cannot_write,
    not_ours,
    writing,
)
from whence.store.values import digested

APPLICATION = 0x57484E43  # “WHNC”, at byte 68 of every dossier
MAGIC = b"SQLite format 3\x00"


# ---------------------------------------------------------------- opening


def open_case(path: Path, create: bool = False) -> Case:
    """The dossier at this path, brought up to date; a new one if asked for and none is there."""
    empty = _looked_at(path, create)
    folder = path.absolute().parent
    writable = os.access(folder, os.W_OK) and (empty is None or os.access(path, os.W_OK))
    if not writable and (empty is None or empty):
        raise cannot_write(path, "the disk or folder is read-only")
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
            raise cannot_write(path, "its folder does not exist") from None
        return None
    except (OSError, ValueError) as problem:
        raise cannot_write(path, getattr(problem, "strerror", None) or str(problem)) from None
    if not head:
        if create:
            return True
        raise not_ours(path, "it is empty")
    if not head.startswith(MAGIC):
        raise not_ours(path, "it is some other kind of file")
    if len(head) < 100 or int.from_bytes(head[68:72], "big") != APPLICATION:
        raise not_ours(path, "it is another program's database")
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
    db.create_function("digest", -1, digested, deterministic=True)
    db.path, db.writable, db.turn = path, writable, threading.RLock()
    return db


def _settled(db: Case, create: bool) -> None:
    """Migrate forward, one transaction a step, and set the guarantees this connection gives."""
    ask(db, "PRAGMA foreign_keys = ON")
    ask(db, "PRAGMA synchronous = FULL")
    if not ask(db, "SELECT count(*) FROM sqlite_master")[0][0] and not create:
        raise not_ours(db.path, "it is empty")
    while _version(db) < len(migrations.MIGRATIONS):
        if not db.writable:
            raise cannot_write(db.path, "it must be brought up to date, but it is read-only")
        with writing(db, exclusive=True):
            version = _version(db)  # another process may have been quicker
            for statement in (
                migrations.MIGRATIONS[version] if version < len(migrations.MIGRATIONS) else ()
            ):
                ask(db, statement) if isinstance(statement, str) else statement(db)
            ask(db, f"PRAGMA application_id = {APPLICATION}")
            ask(db, f"PRAGMA user_version = {min(version + 1, len(migrations.MIGRATIONS))}")
    if db.writable:
        _write_ahead(db)


def _version(db: Case) -> int:
    version = int(ask(db, "PRAGMA user_version")[0][0])
    if version > len(migrations.MIGRATIONS):
        newer = TooNew(
            f"{db.path} was written by a later version of whence"
            f" (its format is {version}, this version reads up to {len(migrations.MIGRATIONS)})"
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
