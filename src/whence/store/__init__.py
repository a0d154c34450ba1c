"""One case in one SQLite file: originals, texts, findings, and what people decided about them.

Plain functions over a connection. Nothing here knows how findings are made or what a judgement
means. A write is acknowledged only once its transaction is on the disk. Originals and the log of
judgements are never rewritten, unless somebody removes a document for good; everything that a run
found can be thrown away and found again.
"""

from __future__ import annotations

from whence.store.chain import append, holding, log, state
from whence.store.connection import Case, writing
from whence.store.copies import backup
from whence.store.found import (
    Hit,
    Match,
    Row,
    drop,
    findings,
    keep_reading,
    keep_run,
    latest_run,
    matches,
    read_ids,
    readings,
    search,
    spots,
    unread,
    whole,
)
from whence.store.holdings import (
    Batch,
    batches,
    document,
    document_ids,
    documents,
    entered,
    holds,
    note_batch,
    raw,
    refusals,
    refuse,
    take,
    texts,
)
from whence.store.opening import open_case
from whence.store.proof import damages
from whence.store.removal import (
    Removal,
    RemovedBefore,
    erase,
    readmit,
    removals,
    remove,
    unerased,
)
from whence.store.retrievals import Retrieval, keep_retrieval, retrievals
from whence.store.values import decoded, encoded, now

__all__ = [
    "Batch", "Case", "Hit", "Match", "Removal", "RemovedBefore", "Retrieval", "Row", "append", "backup",
    "batches", "damages", "decoded", "document", "document_ids", "documents", "drop", "encoded",
    "entered", "erase", "findings", "holding", "holds", "keep_reading", "keep_retrieval", "keep_run",
    "latest_run", "log", "matches", "note_batch", "now", "open_case", "raw", "read_ids", "readings", "readmit",
    "refusals", "refuse", "removals", "remove", "retrievals", "search", "spots", "state", "take", "texts",
    "unerased", "unread", "whole", "writing",
]  # fmt: skip
