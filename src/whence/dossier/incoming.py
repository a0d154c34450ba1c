"""What comes in: files, and pages of the web that somebody asked for, all as documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from whence import fetch, ingest
from whence.fetch import Fetched, Visit, Wanted
from whence.ingest import Taken
from whence.ingest.border import Border
from whence.ingest.received import Received, entries, received
from whence.ingest.values import Refusal
from whence.store import Retrieval
from whence.terms import Refused

Told = Callable[[str, int, int | None], None]
Came = tuple[Taken | Refused, Retrieval | None]
"""A document or a refusal; and how it was fetched, if it was."""


def incoming(paths: Sequence[Path], wanted: Wanted | None, told: Told | None) -> Iterator[Came]:
    """Every document under the paths, then every page that was asked for."""
    for each in ingest.gather(paths) if paths or not wanted else ():
        yield each, None
    if wanted:
        with Border(ingest.Limits()) as border:
            yield from _fetched(border, wanted, told)


def _fetched(border: Border, wanted: Wanted, told: Told | None) -> Iterator[Came]:
    visit = Visit(wanted.ways)
    pages: list[str] = list(wanted.pages)
    for feed in wanted.feeds:
        if told:
            told(f"fetching {fetch.shown(feed)}", 0, None)
        for found in _entries(border, visit, feed, wanted.ways.limits.entries):
            if isinstance(found, Refused):
                yield found, None
            else:
                pages.append(found)
    for number, page in enumerate(todo := list(dict.fromkeys(pages))):
        if told:
            told(f"fetching {fetch.shown(page)}", number, len(todo))
        got = _page(visit, page)
        if isinstance(got, Refused):
            yield got, None
            continue
        for each in received(border, _received(got)):
            yield each, retrieval(got)


def _page(visit: Visit, page: str) -> Fetched | Refused:
    try:
        return visit.page(page)
    except Refusal as why:
        return Refused(fetch.shown(page), why.reason, why.code)


def _entries(border: Border, visit: Visit, feed: str, most: int) -> Iterator[str | Refused]:
    """The pages that a feed lists, no more of them than are fetched for one."""
    got = _page(visit, feed)
    if isinstance(got, Refused):
        yield got
        return
    number = 0
    for each in entries(border, _received(got)):
        number += isinstance(each, str)
        if isinstance(each, Refused) or number <= most:
            yield each
    if number > most:
        reason = f"it lists {number} pages; the first {most} are fetched, the rest is left out"
        yield Refused(got.asked, reason, "too-many-files")


def _received(got: Fetched) -> Received:
    return Received(got.asked, got.raw, got.content_type, got.address, got.retrieved)


def retrieval(got: Fetched) -> Retrieval:
    """How a page was fetched, as it is kept beside the document."""
    return Retrieval(
        asked=got.asked,
        address=got.address,
        at=got.retrieved,
        bytes_sha256=hashlib.sha256(got.raw).hexdigest(),
        status=got.status,
        headers=got.headers,
        hops=tuple((hop.address, hop.status) for hop in got.hops),
        peer=got.peer,
    )
