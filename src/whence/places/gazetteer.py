"""The places Whence knows: a packed table of names and points that ships with the package.

The table is read through a memory map, so opening it costs next to nothing and several processes
share it. `training/places` builds it and says where each part comes from.
"""

from __future__ import annotations

import json
import mmap
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from anyascii import anyascii

from whence.errors import Damaged
from whence.terms import PlaceKind

MAGIC = b"WHENCE-PLACES-1\n"
KINDS: tuple[PlaceKind, ...] = (
    "country", "division", "division", "city", "region", "river", "site",
)  # fmt: skip
"""What the kind numbers of the table mean; 2 is a second-level division (a county, a district)."""
NOWHERE = 2**31 - 1
NO_ROW = 2**32 - 1

_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "&": "and"}
_ARTICLES = frozenset("al el ad ed an en ar er as es at et az ez ash esh ath adh ul".split())
_GLUED = re.compile(r"^[aeu](?:l(?=[bcdfghjkmnpqrstvwxz])|(sh|th|dh|[dnrstz])(?=\1))")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer: what it is called, what it is, where it lies."""

    key: str
    name: str
    kind: PlaceKind
    country: str | None
    lat: float | None
    lon: float | None
    population: int
    same_as: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name in its plainest spelling: no accents, no marks, small letters, single spaces."""
    text = name if name.isascii() else anyascii(unicodedata.normalize("NFC", name))
    text = re.sub(r"[’'`ʻʿʾ\"]", "", text.casefold()).replace("&", " and ")
    words = re.sub(r"[^0-9a-z]+", " ", text).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_WORDS.get(word, word) for word in words)


def abbreviation(name: str) -> str | None:
    """The key of a short form whose capitals and dots matter (“US”, “W.Va.”), if it is one."""
    bare = name.replace(" ", "")
    letters = bare.replace(".", "")
    if not 1 < len(letters) <= 5 or not letters[0].isupper():
        return None
    if letters.isupper() and (" " not in name or "." in name):
        return "!" + letters
    if " " not in name and len(letters) < 5 and any(c.isupper() for c in letters[1:]):
        return "!" + bare
    if bare.endswith(".") and bare != name.split(" ")[0] + "." * 2:
        return "!" + bare
    return None


def skeleton(name: str) -> str:
    """What stays of a name however it is carried over from Arabic or Cyrillic: its consonants.

    Articles go, assimilated or glued on (“ez-Zor”, “al-Zour”, “Ezzor”), then vowels and
    half-vowels, doublings and a final h; sounds that are spelt in several ways fall together.
    """
    words = [word for word in plain(name).split() if word not in _ARTICLES]
    words = [_unglued(word) for word in words] or plain(name).split()
    text = "".join(words)
    for old, new in (
        ("shch", "s"), ("sch", "s"), ("tch", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"),
        ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("dj", "j"), ("ts", "s"),
    ):  # fmt: skip
        text = text.replace(old, new)
    text = re.sub(r"h$", "", text).translate(str.maketrans("qcxvpz", "kkhbbz"))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyw]", "", text))


def _unglued(word: str) -> str:
    """The word without an article that was written onto it (“ezzor”, “albukamal”)."""
    if len(word) < 5:
        return word
    glued = _GLUED.match(word)
    return word[glued.end() :] if glued else word


def slugged(country: str, above: str, name: str) -> str:
    """The address of a place that has no number: its country, what it lies in, and its name."""
    return "/".join(plain(part).replace(" ", "-") for part in (country, above, name) if part)


class Gazetteer:
    """Every place we know, looked up by name or by country."""

    def __init__(self, blob: bytes | mmap.mmap) -> None:
        if blob[: len(MAGIC)] != MAGIC:
            raise Damaged("the gazetteer that came with Whence is not readable; install it again")
        size = int.from_bytes(blob[len(MAGIC) : len(MAGIC) + 4], "little")
        head = json.loads(blob[len(MAGIC) + 4 : len(MAGIC) + 4 + size])
        self._blob = blob
        self.countries: list[str] = head["countries"]
        self.slugs: dict[int, str] = {int(row): slug for row, slug in head["slugs"].items()}
        self._columns: dict[str, Any] = {
            name: np.frombuffer(blob, dtype, count, offset)
            for name, (dtype, count, offset) in head["columns"].items()
        }
        self.lat = self._columns["lat"]
        self.lon = self._columns["lon"]
        self.population = self._columns["population"]
        self.country = self._columns["country"]
        self.kind = self._columns["kind"]
        self.parent = self._columns["parent"]
        self.capitals = frozenset(head["capitals"])
        self._by_key: tuple[Any, Any] | None = None
        self._skeletons: dict[int, dict[str, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.kind)

    def _key(self, at: int) -> bytes:
        ends, base = self._columns["key_ends"], self._columns["keys"]
        return bytes(base[(ends[at - 1] if at else 0) : ends[at]])

    def rows(self, key: str) -> tuple[int, ...]:
        """The rows that go by this key, most people first."""
        wanted, low, high = key.encode(), 0, len(self._columns["key_ends"])
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        if low == len(self._columns["key_ends"]) or self._key(low) != wanted:
            return ()
        ends = self._columns["post_ends"]
        found = self._columns["posts"][(ends[low - 1] if low else 0) : ends[low]]
        return tuple(int(row) for row in found)

    def name(self, row: int) -> str:
        """What the place is usually called."""
        ends, base = self._columns["name_ends"], self._columns["names"]
        return bytes(base[(ends[row - 1] if row else 0) : ends[row]]).decode()

    def place(self, row: int) -> Place:
        """The place in that row, ready to be shown."""
        number = int(self._columns["geonames"][row])
        lat = int(self.lat[row])
        country = self.countries[int(self.country[row])]
        same_as = (f"https://www.geonames.org/{number}",) if number else ()
        return Place(
            key=f"geonames:{number}" if number else f"whence:{self._slug(row)}",
            name=self.name(row),
            kind=KINDS[int(self.kind[row])],
            country=country or None,
            lat=None if lat == NOWHERE else lat / 10_000,
            lon=None if lat == NOWHERE else int(self.lon[row]) / 10_000,
            population=int(self.population[row]),
            same_as=same_as,
        )

    def _slug(self, row: int) -> str:
        if row in self.slugs:
            return self.slugs[row]
        above = int(self.parent[row])
        within = self.name(above) if self.kind[row] == 2 and above != NO_ROW else ""
        return slugged(self.countries[int(self.country[row])], within, self.name(row))

    def row(self, key: str) -> int | None:
        """The row of a place that was handed out before, by its key."""
        if not self._by_key:
            numbers = self._columns["geonames"]
            order = np.argsort(numbers, kind="stable")
            self._by_key = (numbers[order], order)
        kind, _, rest = key.partition(":")
        if kind == "geonames" and rest.isdigit():
            at = int(np.searchsorted(self._by_key[0], int(rest)))
            found = at < len(self) and self._by_key[0][at] == int(rest)
            return int(self._by_key[1][at]) if found else None
        name = rest.rpartition("/")[2].rstrip("0123456789-") if rest.count("/") else rest
        for row in self.rows(name.replace("-", " ")):
            if self.place(row).key == key:
                return row
        return next((row for row, slug in self.slugs.items() if slug == rest), None)

    def is_capital(self, row: int) -> bool:
        """Whether a country is governed from this town."""
        return row in self.capitals

    def chain(self, row: int) -> Iterator[int]:
        """The divisions that the place lies in, innermost first."""
        above = int(self.parent[row])
        while above != NO_ROW:
            yield above
            above = int(self.parent[above])

    def alike(self, name: str, country: int) -> list[tuple[int, str]]:
        """Places of one country whose names have the same consonants, with the spelling we hold."""
        if country not in self._skeletons:
            self._skeletons[country] = self._spelt(country)
        return [
            (row, self._key(at).decode())
            for at, row in zip(
                *[iter(self._skeletons[country].get(skeleton(name), ()))] * 2, strict=True
            )
        ]

    def _spelt(self, country: int) -> dict[str, list[int]]:
        """Skeletons of all names of a country's places: each leads to (key, row), (key, row), …"""
        posts, ends = self._columns["posts"], self._columns["post_ends"]
        here = np.nonzero(self.country[posts] == country)[0]
        keys = np.searchsorted(ends, here, side="right")
        found: dict[str, list[int]] = {}
        for at, post in zip(keys.tolist(), here.tolist(), strict=True):
            key = self._key(at).decode()
            if key[0] not in "=!":
                found.setdefault(skeleton(key), []).extend((at, int(posts[post])))
        return found


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with Whence, opened once."""
    with as_file(files("whence") / "data" / "places.bin") as path, path.open("rb") as file:
        return Gazetteer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
