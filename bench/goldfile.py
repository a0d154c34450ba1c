"""Gold that survives a change of reader: its words are found again in the text as it is read now.

A gold file holds the lines of the export format with one difference: in place of offsets stands a
selector, `{"quote", "prefix", "suffix"}`, the words themselves and a few of those around them (the
Web Annotation TextQuoteSelector). White space counts as equal, whatever it is: a page read with
other line breaks is the same page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class GoldError(ValueError):
    """Words of the gold that do not stand, or stand twice, in the text that was read."""


def read_gold(path: Path) -> list[Line]:
    """The lines of a gold file as they are written, with selectors."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def resolve_gold(gold_path: Path, documents: Mapping[str, str]) -> list[Line]:
    """The gold as export lines with offsets into these texts (by document name)."""
    gold = read_gold(gold_path)
    homes = {line["id"]: line["doc"] for line in gold if line["type"] == "attribution"}
    texts = {line["id"]: _text(documents, line) for line in gold if line["type"] == "document"}
    return [_resolved(line, None, texts, homes) for line in gold]


def locate(selector: Mapping[str, str], text: str) -> tuple[int, int]:
    """Where the words of a selector stand, or an error that says which words do not."""
    parts = [_loose(selector.get(key, "")) for key in ("prefix", "quote", "suffix")]
    before, words, after = parts
    pattern = rf"{before}\s*(?P<quote>{words})(?=\s*{after})"
    hits = {match.span("quote") for match in _overlapping(pattern, text)}
    if len(hits) != 1:
        raise GoldError(f"“{selector['quote']}” stands {len(hits)} times in the text")
    return hits.pop()


def selectors(line: Any) -> Iterator[Line]:
    """Every selector in a gold line, at any depth."""
    if isinstance(line, dict):
        if "quote" in line:
            yield line
        for value in line.values():
            yield from selectors(value)
    elif isinstance(line, list):
        for value in line:
            yield from selectors(value)


def _text(documents: Mapping[str, str], line: Line) -> str:
    """The text of a gold document, by its name or the end of a longer path."""
    name = line["name"]
    for known, text in documents.items():
        if known == name or known.endswith("/" + name):
            return text
    raise GoldError(f"{name}: the gold speaks of it, but it was not read")


def _loose(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _overlapping(pattern: str, text: str) -> Iterator[re.Match[str]]:
    compiled, start = re.compile(pattern), 0
    while match := compiled.search(text, start):
        yield match
        start = match.start() + 1


def _resolved(
    value: Any, doc: str | None, texts: Mapping[str, str], homes: Mapping[str, str]
) -> Any:
    """The same value with offsets for selectors; `doc` is the document that it speaks of."""
    if isinstance(value, list):
        return [_resolved(each, doc, texts, homes) for each in value]
    if not isinstance(value, dict):
        return value
    doc = value.get("doc") or homes.get(value.get("attribution", "")) or doc
    if "quote" in value:
        if doc is None:
            raise GoldError(f"“{value['quote']}” belongs to no document")
        try:
            return list(locate(value, texts[doc]))
        except GoldError as missing:
            raise GoldError(f"{doc}: {missing}") from None
    known: Line = {}
    for key, each in value.items():
        if key == "at" and isinstance(each, dict):
            known["start"], known["end"] = _resolved(each, doc, texts, homes)
            known["quote"] = each["quote"]
        else:
            inner = value["id"] if value.get("type") == "document" else doc
            known[key] = _resolved(each, inner, texts, homes)
    return known
