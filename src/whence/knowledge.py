"""A small file of facts about who is who: states, forces, agencies, outlets and their names.

The tables `data/names.csv` and `data/states.csv` are ours, written from general knowledge; a
dossier's own `names.csv` takes precedence. Columns of names: name, role, kind, country (ISO code),
wikidata (only where certain), also (names split by |). A dossier's own places (role and kind
`place`) may have `lat` and `lon`, in degrees, beside their country: a village that no list of ours
holds, or a name that means another place here. A state has its adjectives, what its people
are called, and its capitals, which stand for its government when they speak.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from anyascii import anyascii

from whence.errors import Usage
from whence.terms import Kind

KnownRole = Literal[
    "state",
    "capital",
    "ministry",
    "force",
    "agency",
    "outlet",
    "body",
    "group",
    "party",
    "person",
    "place",
]
StateForm = Literal["name", "adjective", "people", "capital"]


@dataclass(frozen=True, slots=True)
class Known:
    """One entry: a name we know, what it is, and its other names."""

    name: str
    role: KnownRole
    kind: Kind
    country: str | None
    wikidata: str | None
    also: tuple[str, ...]
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A state: its ISO code, its name, and the words that stand for it."""

    name: str
    code: str
    wikidata: str | None
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    also: tuple[str, ...]


@cache
def folded(name: str) -> str:
    """A name's form for looking up: ASCII, lower case, no article, no dots, single spaces."""
    plain = anyascii(name).casefold().replace(".", "")
    plain = re.sub(r"[^\w&/+-]+", " ", plain.replace("'s ", " ")).strip()
    return re.sub(r"^(?:the|a|an) (?=\S)", "", plain)


def table(lines: str) -> tuple[Known, ...]:
    """The entries of a names table in CSV."""
    rows = csv.DictReader(io.StringIO(lines.removeprefix("\ufeff")), restval="")
    missing = {"name", "role", "kind"} - set(rows.fieldnames or ())
    if missing:
        raise Usage(f"the table of names has no column {' or '.join(sorted(missing))}")
    return tuple(_entry(row) for row in rows if row["name"].strip())


def _entry(row: Mapping[str, str]) -> Known:
    role, kind = row["role"].strip(), row["kind"].strip()
    if role not in get_args(KnownRole) or kind not in get_args(Kind):
        problem = Usage(f"“{row['name']}”: “{role}, {kind}” is not a role and kind of name")
        problem.hint = (
            f"roles: {', '.join(get_args(KnownRole))}; kinds: {', '.join(get_args(Kind))}"
        )
        raise problem
    return Known(row["name"].strip(), cast(KnownRole, role), cast(Kind, kind),
                 row.get("country") or None, row.get("wikidata") or None, _split(row.get("also")),
                 *_point(row))  # fmt: skip


def _point(row: Mapping[str, str]) -> tuple[float | None, float | None]:
    """The latitude and longitude of a row that has them, both in degrees."""
    given = [(row.get(column) or "").strip() for column in ("lat", "lon")]
    if not any(given):
        return None, None
    try:
        lat, lon = (float(each) for each in given)
    except ValueError:
        lat, lon = 99.0, 0.0
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        problem = Usage(f"“{row['name']}”: “{given[0]}, {given[1]}” is no point on the globe")
        problem.hint = "lat and lon in degrees, both or neither, as 51.5 and -0.12"
        raise problem
    return lat, lon


def _split(words: str | None) -> tuple[str, ...]:
    return tuple(each.strip() for each in (words or "").split("|") if each.strip())


def index(entries: tuple[Known, ...]) -> Mapping[str, Known]:
    """Folded names to entries; an entry's own name outranks another's alias."""
    out: dict[str, Known] = {}
    for each in entries:
        for name in each.also:
            out.setdefault(folded(name), each)
    return out | {folded(each.name): each for each in entries}


def _lines(name: str) -> str:
    return (files("whence") / "data" / name).read_text("utf-8")


@cache
def shipped() -> Mapping[str, Known]:
    """The names that come with Whence."""
    return index(table(_lines("names.csv")))


def known(name: str, own: Mapping[str, Known] | None = None) -> Known | None:
    """The entry of a name, a dossier's own names first."""
    key = folded(name)
    return (own or {}).get(key) or shipped().get(key)


@cache
def states() -> tuple[State, ...]:
    """Every state we know."""
    rows = csv.DictReader(io.StringIO(_lines("states.csv")))
    return tuple(
        State(row["name"], row["code"], row["wikidata"] or None, _split(row["adjectives"]),
              _split(row["people"]), _split(row["capitals"]), _split(row["also"]))
        for row in rows
    )  # fmt: skip


@cache
def _by_word() -> Mapping[str, tuple[State, StateForm]]:
    """The folded words for a state; its name outranks its adjective, that the others."""
    out: dict[str, tuple[State, StateForm]] = {}
    for each in states():
        for name in (each.name, *each.also):
            out[folded(name)] = (each, "name")
    ranked: tuple[StateForm, ...] = ("adjective", "people", "capital")
    for form in ranked:
        for each in states():
            words = {"adjective": each.adjectives, "people": each.people}.get(form, each.capitals)
            for word in words:
                out.setdefault(folded(word), (each, form))
    return out


def state_of(words: str) -> tuple[State, StateForm] | None:
    """The state these words name, and how: by name, adjective, people or capital."""
    if words.casefold() == "us" and not words.isupper():
        return None  # the pronoun
    return _by_word().get(folded(words))


@cache
def _by_code() -> Mapping[str, State]:
    return {each.code: each for each in states()}


def state(code: str) -> State | None:
    """The state of an ISO code."""
    return _by_code().get(code)
