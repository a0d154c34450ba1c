"""The steps that bring a dossier's file from one format to the next, each a transaction."""

from __future__ import annotations

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
