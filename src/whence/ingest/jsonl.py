"""One line of JSON Lines: a document with its fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from whence.ingest import stated
from whence.ingest.decode import printable, readable
from whence.ingest.values import Refusal, Reply, Stated

FIELDS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "site"),
    "byline": ("byline", "author"),
    "translator": ("translator",),
    "language": ("language", "lang"),
    "address": ("address", "url"),
}
DATES = {"published": ("published", "date"), "updated": ("updated", "modified")}


def line(raw: bytes) -> Reply:
    """The document on this line; a Refusal says what is wrong with the line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refusal("encoding", f"the line is not UTF-8 (byte {wrong.start + 1})") from None
    fields = _fields(text)
    body = fields.get("text")
    if not isinstance(body, str):
        raise Refusal("bad-json", "the line has no “text” with words in it")
    clean, remarks = printable(body)
    readable(clean)
    found = _stated(fields)
    every = (*remarks, *_warnings(fields, found))
    return Reply(text=clean, stated=found, remarks=every, mapped=False)


def _warnings(fields: dict[str, Any], found: Stated) -> Iterator[str]:
    """What the fields say that was not taken: an address or an id that would lead astray."""
    if found.address is None and any(fields.get(name) for name in FIELDS["address"]):
        yield "unsafe-url"
    name = fields.get("id")
    if isinstance(name, str) and re.search(r"\.\./|[\x00-\x1f\x7f]", name):
        yield "unsafe-name"
    if found.published is None and any(fields.get(name) for name in DATES["published"]):
        yield "bad-date"


def _fields(text: str) -> dict[str, Any]:
    try:
        got = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except Refusal:
        raise
    except (ValueError, RecursionError) as wrong:
        where = f" (column {wrong.colno})" if isinstance(wrong, json.JSONDecodeError) else ""
        raise Refusal("bad-json", f"the line is not valid JSON{where}") from None
    if not isinstance(got, dict):
        raise Refusal("bad-json", "the line is not a JSON object")
    return got


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The fields, each named once: where one key has two values we do not choose."""
    got = dict(pairs)
    if len(got) != len(pairs):
        raise Refusal("bad-json", "the line names one field twice")
    return got


def _no_number(name: str) -> Any:
    raise Refusal("bad-json", f"the line holds {name}, which is not JSON")


def _stated(fields: dict[str, Any]) -> Stated:
    found: dict[str, str] = {}
    for field, names in FIELDS.items():
        for name in names:
            value = fields.get(name)
            if isinstance(value, str) and value.strip() and field not in found:
                words = printable(value.strip())[0]
                safe = stated.address(words) if field == "address" else words
                if safe:
                    found[field] = safe
    for field, names in DATES.items():
        for name in names:
            value = fields.get(name)
            moment = stated.moment(value) if isinstance(value, str) else None
            if moment and field not in found:
                found[field] = moment
    return Stated(**found)
