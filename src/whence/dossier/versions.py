"""Which documents are versions of one page: captures of the same address that say different things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import urlsplit

from whence import store
from whence.terms import Capture, Document

Kin = tuple[dict[str, str], dict[str, tuple[Capture, ...]]]
"""The version before each later one, and the captures of each document, by its id."""
FEED = "application/rss+xml"
PORTS = {"http": 80, "https": 443}


def kin_of(case: store.Case) -> Kin:
    """Which document is a version of which, and when each was fetched."""
    captures = {
        doc: tuple(Capture(each.at, each.address, each.bytes_sha256) for each in times)
        for doc, times in store.retrievals(case).items()
    }
    return versions(store.entered(case)), captures


def related(document: Document, kin: Kin) -> Document:
    """The document with the version before it, and every time that it was fetched."""
    before, captured = kin
    captures = captured.get(document.id, ())
    return replace(document, version_of=before.get(document.id), captures=captures)


def versions(documents: Iterable[tuple[Document, str]]) -> dict[str, str]:
    """For each document that is a later capture of an address, the one captured before it.

    Each document comes with the moment at which it was taken in: that stands for a moment of
    retrieval that is not known.
    """
    pages: dict[tuple[str, ...], list[tuple[datetime, str]]] = {}
    for document, added in documents:
        if page := _page(document):
            pages.setdefault(page, []).append((_moment(document.retrieved, added), document.id))
    return {
        later: earlier
        for captures in pages.values()
        for (_, earlier), (_, later) in pairwise(sorted(captures, key=lambda each: each[0]))
    }


def _page(document: Document) -> tuple[str, ...] | None:
    """What names the page that a document captures; None where nothing certain does.

    The entry of a feed speaks of a page and is no capture of it. A file that states the address of
    a site's front page, as many pages do by mistake, may be any page of the site.
    """
    try:
        parts = urlsplit(document.address or "")
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname or (document.retrieved is None and parts.path in ("", "/")):
        return None
    door = "" if port in (None, PORTS.get(parts.scheme)) else str(port)
    kind = "entry" if document.media_type == FEED else "page"
    return kind, parts.hostname, door, parts.path or "/", parts.query


def _moment(retrieved: str | None, added: str) -> datetime:
    for said in (retrieved, added):
        try:
            found = datetime.fromisoformat(said or "")
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return datetime.max.replace(tzinfo=UTC)
