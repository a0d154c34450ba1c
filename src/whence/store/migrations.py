"""The steps that bring a dossier's file from one format to the next, each a transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from whence.store.connection import Case, ask
from whence.store.sealing import made, parted

START = "0" * 64  # what the first judgement's hash follows


def _resealed(db: Case) -> None:
    """Link the log anew, with words that can be erased; what did not check out never will."""
    old = linked = START
    for seq, id, body, digest in ask(db, "SELECT seq, id, body, hash FROM log_before ORDER BY seq"):
        values: dict[str, Any] = msgspec.json.decode(body)
        sorted_body = msgspec.json.encode(values, order="sorted")
        good = hashlib.sha256(old.encode() + b"\n" + sorted_body).hexdigest() == digest
        entry = made(linked, "judgement", *parted(values))
        old, linked = digest, entry.hash if good else ""
        kept = (entry.kind, entry.body, entry.sealed, entry.salt, entry.words, linked)
        ask(db, "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", seq, id, *kept)
    ask(db, "UPDATE head SET hash = CASE hash WHEN ? THEN ? ELSE '' END", old, linked)


Step = str | Callable[[Case], None]

_DIGESTED_LATER = {
    "refused": "digest(name, reason, code)",
    "batches": "digest(at, found, taken, skipped, refused)",
    "readings": "digest(doc, key, body)",
    "runs": "digest(code, models, at)",
    "findings": "digest(type, id, doc, body)",
}
DIGESTED = {**_DIGESTED_LATER, "retrievals": "digest(doc, body)"}
"""Tables whose rows carry a hash of what they hold, and what it covers."""

MIGRATIONS: tuple[tuple[Step, ...], ...] = (
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
    (
        "DROP TRIGGER log_unchanged",
        "DROP TRIGGER log_kept",
        "ALTER TABLE log RENAME TO log_before",
        """CREATE TABLE log (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            body TEXT NOT NULL, sealed TEXT NOT NULL, salt TEXT, words TEXT, hash TEXT NOT NULL)""",
        _resealed,
        "DROP TABLE log_before",
        "CREATE INDEX log_removals ON log (seq) WHERE kind <> 'judgement'",
        """CREATE TRIGGER log_unchanged BEFORE UPDATE ON log
            WHEN NOT (new.salt IS NULL AND new.words IS NULL
                AND (new.seq, new.id, new.kind, new.body, new.sealed, new.hash)
                  = (old.seq, old.id, old.kind, old.body, old.sealed, old.hash))
            BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END""",
        """CREATE TRIGGER log_kept BEFORE DELETE ON log
            BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END""",
        "ALTER TABLE head ADD COLUMN unerased INTEGER NOT NULL DEFAULT 0",
    ),
    (
        *(f"ALTER TABLE {table} ADD COLUMN digest TEXT" for table in _DIGESTED_LATER),
        *(f"UPDATE {table} SET digest = {sum_}" for table, sum_ in _DIGESTED_LATER.items()),
    ),
    (
        """CREATE TABLE retrievals (seq INTEGER PRIMARY KEY,
            doc TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, body TEXT NOT NULL,
            digest TEXT NOT NULL)""",
        "CREATE INDEX retrievals_by_doc ON retrievals (doc)",
    ),
)
