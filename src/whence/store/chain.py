"""The log of judgements and removals, each entry linked to all before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from whence.store.connection import Case, ask
from whence.store.sealing import judgement, made, parted
from whence.store.values import after, decoded, now
from whence.terms import Judgement


def state(db: Case) -> tuple[int, int, int, int]:
    """Numbers that change whenever a judgement, run, document or retrieval is added or removed."""
    sql = """SELECT (SELECT count FROM head), (SELECT ifnull(max(id), 0) FROM runs),
        (SELECT count(*) FROM documents), (SELECT ifnull(max(seq), 0) FROM retrievals)"""
    count, run, held, fetched = ask(db, sql)[0]
    return count, run, held, fetched


def holding(db: Case) -> tuple[int, ...]:
    """Numbers that change whenever a run, document, retrieval or removal comes or goes."""
    sql = """SELECT (SELECT count(*) FROM log WHERE kind <> 'judgement'),
        (SELECT ifnull(max(seq), 0) FROM batches)"""
    return (*state(db)[1:], *ask(db, sql)[0])


def log(db: Case) -> list[Judgement]:
    """Every judgement ever made, in order."""
    rows = ask(db, "SELECT body, words FROM log WHERE kind = 'judgement' ORDER BY seq")
    return [judgement(body, words) for body, words in rows]


def append(db: Case, new: Judgement) -> Judgement:
    """Write a judgement down for good (inside `writing`), with its moment, id and link."""
    at = next_moment(db)
    dated: dict[str, Any] = msgspec.to_builtins(replace(new, at=at, state="standing"))
    body, words = parted(dated)
    del body["id"]
    id = enter(db, "judgement", body, words)
    return replace(new, id=id, at=at, state="standing")


def enter(db: Case, kind: str, body: dict[str, Any], words: dict[str, Any]) -> str:
    """Put an entry at the end of the log (inside `writing`); its id."""
    count, previous = ask(db, "SELECT count, hash FROM head")[0]
    new = made(previous, kind, body, words)
    kept = (new.id, new.kind, new.body, new.sealed, new.salt, new.words, new.hash)
    ask(db, "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", count + 1, *kept)
    ask(db, "UPDATE head SET count = ?, hash = ?", count + 1, new.hash)
    return new.id


class _Dated(msgspec.Struct):
    at: str


def next_moment(db: Case) -> str:
    """Now, or just past the last entry if the clock was set back."""
    rows = ask(db, "SELECT body FROM log ORDER BY seq DESC LIMIT 1")
    return after(now(), decoded(rows[0][0], _Dated).at if rows else None)
