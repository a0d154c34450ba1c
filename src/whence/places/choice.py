"""Which of the places of one name a text means: all its names are settled together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from whence.places.gazetteer import Gazetteer, Place, plain, skeleton
from whence.places.wording import CITY, COUNTRY, COUNTY, DIVISION, HINTED, REGION, RIVER, Toponym

SPELT_MANY_WAYS = frozenset(
    "SY IQ LB JO PS IL YE SA AE OM QA KW BH EG LY TN DZ MA MR SD SS SO DJ ER ET IR AF PK TR UA RU BY KZ "
    "UZ TM KG TJ AZ AM GE MD BG RS MK BA ME XK MM CN TD ML NE NG".split()
)
"""Countries whose names reach us through Arabic, Persian, Cyrillic and the like, spelt many ways."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts when a name could be several places."""

    people: float = 0.55
    """per tenfold number of inhabitants"""
    country: float = 2.0
    region: float = 1.5
    division: float = 1.0
    county: float = -1.5
    capital: float = 2.0
    great: float = 1.0
    """a town of a million, which needs no introduction"""
    main_name: float = 1.4
    """the name is the place's usual one, not another that it also goes by"""
    within: float = 9.0
    near: float = 3.0
    reach_km: float = 120.0
    home: float = 5.0
    margin: float = 0.2
    """a lead smaller than this, over a place more than 100 km away, settles nothing"""
    rounds: int = 3
    neighbours: int = 40


@dataclass(slots=True)
class Name:
    """All mentions of one name in a text that say the same of it, and what could be meant."""

    name: str
    key: str
    held: frozenset[int]
    rows: Any
    mentions: list[int] = field(default_factory=list)
    within: tuple[int, ...] = ()
    fuzzy: str | None = None
    bare: bool = False
    scores: Any = None
    belief: Any = None
    base: Any = None
    weight: float = 1.0


def grouped(
    text: str, mentions: Sequence[Toponym], table: Gazetteer, weights: Weights
) -> list[Name]:
    """One group for each name, kind and container, with its candidates and their first scores."""
    groups: dict[tuple[str, frozenset[int], tuple[int, ...]], Name] = {}
    lands = _lands(mentions, table)
    for at, each in enumerate(mentions):
        if each.form == "modifier" and not each.rows:
            continue
        rows, spelt = each.rows, None
        fitting = tuple(r for r in rows if each.hint is None or table.kind[r] in HINTED[each.hint])
        if not fitting:
            close = _alike(each, lands, table)
            rows, spelt = (tuple(close), next(iter(close.values()))) if close else (rows, None)
            fitting = rows
        if not fitting:
            continue
        key = (plain(each.name), frozenset(fitting), each.within)
        if key not in groups:
            array = np.array(fitting, dtype=np.int64)
            groups[key] = Name(
                each.name, key[0], frozenset(fitting), array, within=each.within, fuzzy=spelt
            )
            groups[key].base = _first(groups[key], each, table, weights)
        groups[key].mentions.append(at)
    for group in groups.values():
        modifier = all(mentions[at].form == "modifier" for at in group.mentions)
        group.weight = (0.5 if modifier else 1.0) * (1 + math.log(len(group.mentions)))
    return list(groups.values())


def _lands(mentions: Sequence[Toponym], table: Gazetteer) -> set[int]:
    """The countries that the text surely speaks of, for names that are only spelt alike."""
    votes: Counter[int] = Counter()
    for each in mentions:
        countries = {int(table.country[row]) for row in each.rows}
        if any(table.kind[row] == COUNTRY for row in each.rows) or len(countries) == 1:
            votes.update({int(table.country[each.rows[0]]): 1})
    return {land for land, _ in votes.most_common(3) if table.countries[land] in SPELT_MANY_WAYS}


def _alike(each: Toponym, lands: set[int], table: Gazetteer) -> dict[int, str]:
    """Places of those countries whose name is this one in another spelling."""
    if len(plain(each.name)) < 4 or len(skeleton(each.name)) < 3:
        return {}  # too little to tell two names apart
    least = 70 if each.sure else 78
    best: dict[int, tuple[float, str]] = {}
    bare = plain(each.name).replace(" ", "")
    for land in sorted(lands):
        for row, spelling in table.alike(each.name, land):
            if each.hint and table.kind[row] not in HINTED[each.hint]:
                continue
            like = fuzz.ratio(bare, spelling.replace(" ", ""))
            if like >= least and like > best.get(row, (0.0, ""))[0]:
                best[row] = (like, spelling)
    top = max((like for like, _ in best.values()), default=0.0)
    return {row: spelling for row, (like, spelling) in best.items() if like >= top - 6}


def _first(group: Name, each: Toponym, table: Gazetteer, weights: Weights) -> Any:
    """What speaks for each candidate before the rest of the text is looked at."""
    scores = np.zeros(len(group.rows))
    key = plain(each.name)
    for at, row in enumerate(group.rows.tolist()):
        kind = table.kind[row]
        scores[at] = weights.people * math.log10(int(table.population[row]) + 100)
        if kind == COUNTRY:
            scores[at] += weights.country
        elif kind == DIVISION:
            scores[at] += weights.division
        elif kind == COUNTY and each.hint != "county":
            scores[at] += weights.county
        elif kind in (REGION, RIVER):
            scores[at] += weights.region
        elif table.is_capital(row):
            scores[at] += weights.capital
        if kind == CITY and table.population[row] >= 1_000_000:
            scores[at] += weights.great
        if plain(table.name(row)) == key:
            scores[at] += weights.main_name
        if each.within and set(each.within) & set(table.chain(row)):
            scores[at] += weights.within
    group.bare = each.hint is None
    if group.bare:
        _towns_before_provinces(group, scores, table, key)
    return scores


def _towns_before_provinces(group: Name, scores: Any, table: Gazetteer, key: str) -> None:
    """A bare name that a province shares with a town in it means the town, unless it is far smaller."""
    for at, row in enumerate(group.rows.tolist()):
        if table.kind[row] != CITY:
            continue
        above = set(table.chain(row))
        for other, outer in enumerate(group.rows.tolist()):
            if outer in above and table.kind[outer] in (DIVISION, COUNTY):
                large = int(table.population[outer]) < 8 * int(table.population[row])
                if (large and plain(table.name(row)) in (key, plain(table.name(outer)))) or (
                    table.kind[outer] == DIVISION
                    and int(table.population[outer]) < 8 * int(table.population[row])
                ):
                    scores[at] = max(scores[at], scores[other] + 0.2)


def settled(
    groups: list[Name], mentions: Sequence[Toponym], table: Gazetteer,
    home: Place | None, weights: Weights,
) -> None:  # fmt: skip
    """Lets the names of one text settle each other, in a few rounds."""
    for group in groups:
        group.scores = group.base + _at_home(group, table, home, weights)
        group.belief = _belief(group.scores)
    neighbours = [_neighbours(groups, at, mentions, table, weights) for at in range(len(groups))]
    for _ in range(weights.rounds):
        fresh = []
        for at, group in enumerate(groups):
            support = np.zeros(len(group.rows))
            for other, said, together in neighbours[at]:
                support += said * (together @ other.belief)
            scores = group.base + _same_sense(groups, at) + weights.near * np.log1p(support)
            scores = scores + _at_home(group, table, home, weights)
            if group.bare:
                _towns_before_provinces(group, scores, table, plain(group.name))
            fresh.append(scores)
        for group, scores in zip(groups, fresh, strict=True):
            group.scores, group.belief = scores, _belief(scores)


def _neighbours(
    groups: list[Name], at: int, mentions: Sequence[Toponym], table: Gazetteer, weights: Weights
) -> list[tuple[Name, float, Any]]:
    """The names that have a say in what one name means, how much, and how well they go together.

    Only the weightiest count, so that a gazette of a thousand names takes no longer per name.
    """
    group = groups[at]
    say = [
        (other.weight * _closeness(group, other, mentions), number)
        for number, other in enumerate(groups)
        if number != at and not _same_place_said_again(group, other)
    ]
    say.sort(reverse=True)
    return [
        (groups[number], said, _affinity(group, groups[number], table, weights))
        for said, number in say[: weights.neighbours]
    ]


def _belief(scores: Any) -> Any:
    """Scores as shares of certainty."""
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def _same_place_said_again(group: Name, other: Name) -> bool:
    return group.key == other.key or not group.held.isdisjoint(other.held)


def _same_sense(groups: list[Name], at: int) -> Any:
    """One name, one place: what the same name means where its wording settles it."""
    group = groups[at]
    extra = np.zeros(len(group.rows))
    for other in groups:
        if other is not group and other.key == group.key:
            for row, share in zip(other.rows.tolist(), other.belief.tolist(), strict=True):
                extra[group.rows == row] += (4.0 if other.within else 1.0) * share
    return extra


def _at_home(group: Name, table: Gazetteer, home: Place | None, weights: Weights) -> Any:
    """What speaks for a candidate because the outlet is at home there."""
    extra = np.zeros(len(group.rows))
    row = table.row(home.key) if home else None
    if row is None:
        return extra
    for at, candidate in enumerate(group.rows.tolist()):
        if candidate == row or row in set(table.chain(candidate)):
            extra[at] = weights.home
        elif table.country[candidate] == table.country[row]:
            extra[at] = weights.home * (0.2 + 0.5 * math.exp(-apart(table, candidate, row) / 300))
    return extra


def _closeness(group: Name, other: Name, mentions: Sequence[Toponym]) -> float:
    """More for names that stand near each other in the text."""
    gap = min(
        abs(mentions[a].start - mentions[b].start)
        for a in group.mentions[:8]
        for b in other.mentions[:8]
    )
    return 0.5 + 1.5 * math.exp(-gap / 150)


def apart(table: Gazetteer, one: int, other: int) -> float:
    lat = np.radians(np.array([table.lat[one], table.lat[other]]) / 1e4)
    lon = np.radians(np.array([table.lon[one], table.lon[other]]) / 1e4)
    half = np.sin((lat[1] - lat[0]) / 2) ** 2
    half += np.cos(lat[0]) * np.cos(lat[1]) * np.sin((lon[1] - lon[0]) / 2) ** 2
    return float(12_742 * np.arcsin(np.sqrt(min(1.0, half))))


def _affinity(group: Name, other: Name, table: Gazetteer, weights: Weights) -> Any:
    """How well each candidate of one name goes with each of the other, from 0 to 1."""
    lat1, lon1 = (np.radians(each[group.rows] / 1e4)[:, None] for each in (table.lat, table.lon))
    lat2, lon2 = (np.radians(each[other.rows] / 1e4)[None, :] for each in (table.lat, table.lon))
    half = np.sin((lat2 - lat1) / 2) ** 2
    half = half + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    km = 12_742 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    near = np.exp(-km / weights.reach_km)
    wide1 = np.isin(table.kind[group.rows], (COUNTRY,))[:, None]
    wide2 = np.isin(table.kind[other.rows], (COUNTRY,))[None, :]
    near = np.where(wide1 | wide2, 0.1 * near, near)
    same = table.country[group.rows][:, None] == table.country[other.rows][None, :]
    near = np.maximum(near, np.where(same, 0.25, 0.0))
    states = [_states(table, rows) for rows in (group.rows, other.rows)]
    together = (states[0][:, None] == states[1][None, :]) & (states[0] >= 0)[:, None]
    near = np.maximum(near, np.where(together, 0.7, 0.0))
    country = (wide1 ^ wide2) & same
    return np.maximum(near, np.where(country, 0.25, 0.0))


def _states(table: Gazetteer, rows: Any) -> Any:
    """The first-level division of each row, or -1."""
    out = np.full(len(rows), -1, dtype=np.int64)
    for at, row in enumerate(rows.tolist()):
        for above in (row, *table.chain(row)):
            if table.kind[above] == DIVISION:
                out[at] = above
    return out
