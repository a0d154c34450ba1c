"""The pages of a web capture: what a server answered with a page of text, and when."""

from __future__ import annotations

import re
from collections import Counter
from typing import BinaryIO

from whence.ingest import http
from whence.ingest.kinds import by_content_type
from whence.ingest.records import Loss, Record, records
from whence.ingest.stated import address, moment
from whence.ingest.values import Allowance, Member, Parts, Refusal, Stated

_PAGES = ("html", "text")
_NO_PAGES = ("warcinfo", "request", "metadata", "conversion")
_HTML = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)


def pages(source: BinaryIO, allowance: Allowance, prefix: str = "") -> Parts:
    """Each page in the capture; what else it holds is counted; every damage is named."""
    passed: Counter[str] = Counter()
    seen = _Seen()
    number = 0
    for found in records(source, allowance.one):
        number = found.number
        name = f"{prefix}{number}"
        if isinstance(found, Loss):
            yield Member(name, code=found.code, reason=found.reason), b""
            continue
        try:
            got = _page(found, name, seen, allowance.one)
        except Refusal as why:
            yield Member(name, code=why.code, reason=why.reason), b""
            continue
        if isinstance(got, str) and found.remarks:
            reason = f"a damaged record, which now reads as {got}"
            yield Member(name, code=found.remarks[0], reason=reason), b""
        elif isinstance(got, str):
            passed[got] += 1
        else:
            yield got
    if not number:
        raise Refusal("not-warc", "no record of a web capture stands in it")
    if passed:
        most = ", ".join(f"{count} {what}" for what, count in passed.most_common(8))
        reason = f"{passed.total()} records are no pages and were passed over: {most}"
        yield Member(f"{prefix}rest", code="skipped", reason=reason), b""


class _Seen:
    """The ids, addresses and digests met so far in one capture."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.originals: set[int] = set()

    def again(self, id: str) -> bool:
        """Whether this id was met before."""
        known = hash(id) in self.ids
        self.ids.add(hash(id))
        return known


def _page(record: Record, name: str, seen: _Seen, most: int) -> tuple[Member, bytes] | str:
    """The page in this record, or what it holds instead."""
    headers, kind = record.headers, record.headers.get("warc-type", "")
    again = seen.again(headers.get("warc-record-id", name))
    if kind in _NO_PAGES:
        return kind
    if kind == "revisit":
        return _revisit(headers, seen)
    if kind == "continuation":
        raise Refusal("unsupported", "a record in several segments is not put together")
    if kind not in ("response", "resource"):
        raise Refusal("bad-record", "its type is none that a record can have")
    for said in ("warc-target-uri", "warc-payload-digest"):
        seen.originals.add(hash(headers.get(said, name)))
    got = _content(record, kind, most)
    if isinstance(got, str):
        return got
    media, charset, raw = got
    remarks = list(record.remarks) + (["duplicate-id"] if again else [])
    stated = _stated(headers, remarks)
    return Member(name, 0, media, charset, stated, tuple(remarks)), raw


def _content(record: Record, kind: str, most: int) -> tuple[str, str | None, bytes] | str:
    """How to read the page, its charset and its bytes; or what it is instead of a page."""
    said = record.headers.get("content-type", "")
    if kind == "resource" and not said.lower().startswith("application/http"):
        media = said.partition(";")[0].strip().lower()
        way = by_content_type(media)
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", said)
        if way not in _PAGES:
            return media or "unnamed media"
        return way, charset.group(1) if charset else None, _short(record, record.content)
    web = record.headers.get("warc-target-uri", "").lower().startswith(("http:", "https:"))
    if not web and not record.content.startswith(b"HTTP/"):
        return "no web page"
    answer = http.response(record.content)
    if answer.status != 200:
        return f"HTTP {answer.status}"
    way = by_content_type(answer.media)
    if not answer.media and _HTML.match(answer.body):
        way = "html"
    if way not in _PAGES:
        return answer.media or "unnamed media"
    return way, answer.charset, http.entity(answer, most) if _short(record, b"x") else b""


def _short(record: Record, raw: bytes) -> bytes:
    if record.length > len(record.content):
        raise Refusal("too-large", f"the page is {record.length // 1_000_000} MB long")
    return raw


def _revisit(headers: dict[str, str], seen: _Seen) -> str:
    said = (headers.get("warc-refers-to-target-uri"), headers.get("warc-payload-digest"))
    if any(each and hash(each) in seen.originals for each in said):
        return "seen again unchanged"
    raise Refusal("missing-original", "it only says that the page was as in another capture")


def _stated(headers: dict[str, str], remarks: list[str]) -> Stated:
    uri = headers.get("warc-target-uri", "").strip("<>")
    where, when = address(uri), moment(headers.get("warc-date", ""))
    if where is None:
        remarks.append("unsafe-url")
    if when is None:
        remarks.append("bad-date")
    return Stated(address=where, retrieved=when)
