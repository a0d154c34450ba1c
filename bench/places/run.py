"""Scores places: resolution of gold toponyms beside the population rule, and recognition.

    python -m bench.places.run [--home] [--keep]

A gold toponym with coordinates is right when what we give lies within 161 km (100 miles); one left
open counts as wrong. `--home` also shows what an outlet's other texts add. LGL is halved: its first
half may be looked at while the weights are set, the second half only measures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import floors
from whence.places import Located, Place, home, located, resolved
from whence.places.gazetteer import gazetteer
from whence.places.wording import given

SETS = {"lgl": "geo_lgl", "trnews": "geo_trnews", "gwn": "geo_gwn"}
NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class Gold:
    """One text with its toponyms that have coordinates, and all toponym spans."""

    text: str
    outlet: str
    points: tuple[tuple[int, int, float, float, str], ...]
    spans: tuple[tuple[int, int], ...]


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, half)))


def read(path: Path) -> tuple[list[Gold], str]:
    """The texts of one corpus, and the hash of the file they come from."""
    raw = path.read_bytes()
    texts = []
    for line in raw.decode("utf-8").rstrip("\n").split("\n"):
        each = json.loads(line)
        tops = [x for x in each["annotations"]["toponyms"] if x["ok"]]
        points = tuple(
            (x["start"], x["end"], float(x["lat"]), float(x["lon"]), str(x.get("geonameid") or ""))
            for x in tops
            if x.get("lat") is not None
        )
        spans = tuple((x["start"], x["end"]) for x in tops if _named(x))
        texts.append(Gold(each["text"], each["meta"].get("domain", ""), points, spans))
    return texts, hashlib.sha256(raw).hexdigest()[:16]


def _named(top: dict[str, Any]) -> bool:
    """Whether a gold toponym is a name (GWN also marks nouns such as “area”)."""
    return top.get("lat") is not None or (
        top["text"][:1].isupper() and "Expression" not in str(top.get("type", ""))
    )


def population_rule(text: str, span: tuple[int, int]) -> Place | None:
    """The most populous place of that name, whatever the text says."""
    table = gazetteer()
    rows = given(text, span, table).rows
    return table.place(max(rows, key=lambda row: int(table.population[row]))) if rows else None


def right(place: Place | None, point: tuple[float, float]) -> bool:
    """Whether a place is within 161 km of where it should be."""
    if place is None or place.lat is None or place.lon is None:
        return False
    return km((place.lat, place.lon), point) <= NEAR_KM


def with_gold(each: Gold, at_home: Place | None = None) -> tuple[Located, ...]:
    """What we make of a text whose toponyms are given."""
    table = gazetteer()
    spans = dict.fromkeys((start, end) for start, end, *_ in each.points)
    return resolved(each.text, [given(each.text, span, table) for span in spans], at_home)


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold toponym: whether we, the population rule, and the GeoNames number are right."""

    ours: bool
    rule: bool
    same: bool
    opened: bool


def judged(each: Gold, at_home: Place | None = None) -> list[Judged]:
    """All gold toponyms of one text."""
    found = {(x.start, x.end): x.place for x in with_gold(each, at_home)}
    out = []
    for start, end, lat, lon, number in each.points:
        place = found.get((start, end))
        ours = right(place, (lat, lon))
        named = bool(place and number and place.key == f"geonames:{number}")
        rule = right(population_rule(each.text, (start, end)), (lat, lon))
        out.append(Judged(ours, rule, ours or named, place is None))
    return out


def share(marks: Iterable[bool]) -> float:
    """How many are true, in percent."""
    these = list(marks)
    return round(100 * sum(these) / len(these), 1)


def resolution(results: Iterable[Sequence[Judged]]) -> dict[str, float]:
    """Shares of the gold toponyms that we, and the population rule, put in the right place."""
    flat = [each for one in results for each in one]
    return {
        "within 161 km": share(each.ours for each in flat),
        "population rule": share(each.rule for each in flat),
        "or the same GeoNames number": share(each.same for each in flat),
        "left open": share(each.opened for each in flat),
        "toponyms": len(flat),
    }


def recognition(texts: Sequence[Gold]) -> dict[str, float]:
    """How many named places the scan finds, and how many of those it finds are places."""
    hits = found_all = gold_all = caught = 0
    for each in texts:
        found = [(x.start, x.end) for x in located(each.text) if x.form != "nominal"]
        found_all += len(found)
        gold_all += len(each.spans)
        hits += sum(any(a < e and s < b for s, e in each.spans) for a, b in found)
        caught += sum(any(a < e and s < b for a, b in found) for s, e in each.spans)
    precision, recall = hits / found_all, caught / gold_all
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(200 * precision * recall / (precision + recall), 1),
    }


def at_home(texts: Iterable[Gold]) -> dict[str, Place | None]:
    """For every outlet with several texts, where it is at home, by its own texts alone."""
    by_outlet = defaultdict(list)
    for each in texts:
        if each.outlet:
            by_outlet[each.outlet].append(with_gold(each))
    return {outlet: home(many) for outlet, many in by_outlet.items() if len(many) > 1}


def now(with_home: bool = False) -> floors.Floor:
    """The scores of this code, beside the population rule on the same gazetteer."""
    kept: dict[str, float] = {}
    files = [floors.CORPORA / folder / "test.jsonl" for folder in SETS.values()]
    for path, name in zip(files, SETS, strict=True):
        texts, _ = read(path)
        results = [judged(each) for each in texts]
        parts = {name: slice(None)}
        if name == "lgl":
            parts["lgl second half"] = slice(len(texts) // 2, None)
        homes = at_home(texts) if with_home else {}
        told = [judged(each, homes.get(each.outlet)) for each in texts] if with_home else []
        for part, these in parts.items():
            score = resolution(results[these])
            if told:
                score["outlets' home known"] = resolution(told[these])["within 161 km"]
            print(part, json.dumps(score))
            kept[f"{part} within 161 km"] = score["within 161 km"] / 100
        score = recognition(texts)
        print(name, json.dumps(score))
        kept[f"{name} recognition F1"] = score["f1"] / 100
    return floors.Floor(kept, floors.corpus_hashes(files), {})


def main() -> None:
    """Prints the scores; with --keep, makes them the floors."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--home", action="store_true", help="also with every outlet's home known")
    ask.add_argument("--keep", action="store_true", help="make these scores the floors")
    asked = ask.parse_args()
    measured = now(asked.home)
    if asked.keep:
        floors.save(Path(__file__).with_name("floors.json"), measured)


if __name__ == "__main__":
    main()
