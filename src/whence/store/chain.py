"""The log of judgements, each linked to all before it, and the proof that nothing was changed."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace

import msgspec

from whence.store.connection import Case, ask
from whence.store.migrations import START
from whence.store.values import after, digested, encoded, now
from whence.terms import Judgement


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
    dated = replace(judgement, id="", at=after(now(), last), state="standing")
    named = replace(dated, id="ju" + link(previous, dated)[:16])
    digest = link(previous, named)
    ask(db, "INSERT INTO log VALUES (?, ?, ?, ?)", count + 1, named.id, encoded(named), digest)
    ask(db, "UPDATE head SET count = ?, hash = ?", count + 1, digest)
    return named


def link(previous: str, judgement: Judgement) -> str:
    """The hash of a judgement in its place: it covers all that came before it."""
    body = msgspec.json.encode(judgement, order="sorted")
    return hashlib.sha256(previous.encode() + b"\n" + body).hexdigest()


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
        if digested(body, text, beside) != digest:
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
