"""A small file of facts about who is who: states, forces, agencies, outlets and their names.

The table `data/names.csv` is ours, written from general knowledge; a dossier's own `names.csv`
takes precedence. Columns: name, role, kind, country (ISO code), wikidata, also (names split by |).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from anyascii import anyascii

from whence.terms import Kind

KnownRole = Literal["state", "capital", "ministry", "force", "agency", "outlet", "body", "person"]


@dataclass(frozen=True, slots=True)
class Known:
    """One entry: a name we know, what it is, and its other names."""

    name: str
    role: KnownRole
    kind: Kind
    country: str | None
    wikidata: str | None
    also: tuple[str, ...]


def folded(name: str) -> str:
    """A name's form for looking up: ASCII, lower case, no article, no dots, single spaces."""
    plain = anyascii(name).casefold().replace(".", "")
    plain = re.sub(r"[^\w&/+-]+", " ", plain.replace("'s ", " ")).strip()
    return re.sub(r"^(?:the|a|an) (?=\S)", "", plain)


def table(lines: str) -> tuple[Known, ...]:
    """The entries of a names table in CSV."""
    return tuple(
        Known(row["name"], cast(KnownRole, row["role"]), cast(Kind, row["kind"]),
              row["country"] or None, row["wikidata"] or None,
              tuple(a for a in (row["also"] or "").split("|") if a))
        for row in csv.DictReader(io.StringIO(lines))
    )  # fmt: skip


def index(entries: tuple[Known, ...]) -> Mapping[str, Known]:
    """Folded names to entries; an entry's own name outranks another's alias."""
    out: dict[str, Known] = {}
    for each in entries:
        for name in each.also:
            out.setdefault(folded(name), each)
    return out | {folded(each.name): each for each in entries}


@cache
def shipped() -> Mapping[str, Known]:
    """The names that come with Whence."""
    return index(table((files("whence") / "data" / "names.csv").read_text("utf-8")))


def known(name: str, own: Mapping[str, Known] | None = None) -> Known | None:
    """The entry of a name, a dossier's own names first."""
    key = folded(name)
    return (own or {}).get(key) or shipped().get(key)
