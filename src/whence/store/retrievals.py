"""When and how documents were fetched from the web: each retrieval is kept, none replaces another."""

from __future__ import annotations

from dataclasses import dataclass

from whence.store.connection import Case, ask, writing
from whence.store.values import decoded, digested, encoded, torn


@dataclass(frozen=True, slots=True)
class Retrieval:
    """One time that an address was fetched: what was asked for, and what the server said."""

    asked: str
    address: str
    """Where the page was in the end."""
    at: str
    bytes_sha256: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    hops: tuple[tuple[str, int], ...] = ()
    """The addresses that led there, each with the status with which it led on."""
    peer: str | None = None
    """The number of the machine that gave it."""


def keep_retrieval(db: Case, doc: str, retrieval: Retrieval) -> None:
    """Keep how a document that is here came from the web, this time."""
    body = encoded(retrieval)
    with writing(db):
        sql = "INSERT INTO retrievals (doc, body, digest) VALUES (?, ?, ?)"
        ask(db, sql, doc, body, digested(doc, body))
        ask(db, "DELETE FROM refused WHERE name = ?", retrieval.asked)


def retrievals(db: Case) -> dict[str, list[Retrieval]]:
    """Every retrieval by document, oldest first."""
    found: dict[str, list[Retrieval]] = {}
    for doc, body, digest in ask(db, "SELECT doc, body, digest FROM retrievals ORDER BY seq"):
        if digested(doc, body) != digest:
            raise torn(f"the record of how {doc[:12]} was fetched was changed")
        found.setdefault(doc, []).append(decoded(body, Retrieval))
    return found
