"""A copy of a dossier that is whole, checked and safe on the disk, made while others write."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from whence.errors import CannotWrite
from whence.store.connection import Case, blamed, cannot_write
from whence.store.opening import open_case
from whence.store.proof import damages

BESIDE = ("-wal", "-journal", "-shm")
"""What SQLite keeps beside a file; left over from another one, it would be read into this one."""


def backup(db: Case, to: Path) -> list[str]:
    """Copy the dossier as it is at this moment to a new file; what does not check out in it."""
    _nothing_at(to)
    part = to.with_name(to.name + ".part")
    try:
        _cleared(part)
        _copied(db, part)
        found = _damages(part)
        _safe(part)
        _nothing_at(to)
        part.rename(to)
        _safe(to.absolute().parent)
    except OSError as problem:
        raise cannot_write(to, (problem.strerror or "the disk refused").lower()) from None
    finally:
        _cleared(part)
    return found


def _nothing_at(to: Path) -> None:
    if not to.absolute().parent.is_dir():
        raise cannot_write(to, "its folder does not exist")
    for path in (to, *(to.with_name(to.name + end) for end in BESIDE)):
        if path.exists() or path.is_symlink():
            taken = CannotWrite(f"{path} is there already")
            taken.hint = "a backup never overwrites: name another file, or move that one away"
            raise taken


def _cleared(part: Path) -> None:
    for path in (part, *(part.with_name(part.name + end) for end in BESIDE)):
        path.unlink(missing_ok=True)


def _copied(db: Case, part: Path) -> None:
    """All pages as of one moment: a reader's view, which no writer waits for or disturbs."""
    try:
        copy = sqlite3.connect(part, isolation_level=None)
        try:
            with db.turn:  # so that no half of our own writing is in it
                db.backup(copy)
        finally:
            copy.close()
    except sqlite3.Error as problem:
        raise blamed(problem, part.with_suffix("")) or problem from problem


def _damages(part: Path) -> list[str]:
    case = open_case(part)
    try:
        return damages(case)
    finally:
        case.close()


def _safe(path: Path) -> None:
    """What was written here survives a power cut from now on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
