"""Who is a place after all: a town once taken for a person, spellings of one place, its people.

Each document is read by itself, so a name that everybody uses for a town may be taken for a
person or a body where a town “accuses” somebody. Seen together the pile tells better.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from anyascii import anyascii

from whence.knowledge import folded
from whence.resolve.people import renamed
from whence.terms import Entity, Mention, Reading

_REALM: Final = re.compile(
    r"^(?:the )?(?:republic|kingdom|state|federation|emirate|sultanate|principality|duchy|province|district|city|town)"
    r" of (?:the )?"
)
_PEOPLE: Final = "ians ian ans an is i ish ese ns n".split()
_SOUNDS: Final = ((r"dsch|dzh|dj|zh", "j"), (r"tch|tsch|ch", "c"), (r"kh", "h"), (r"ou|oo", "u"), (r"ee", "i"),
                  (r"ph", "f"), (r"w", "v"), (r"y", "i"), (r"(.)\1", r"\1"))  # fmt: skip
_SHORTEST: Final = 5


def grounded(
    entities: Sequence[Entity], readings: Sequence[Reading]
) -> tuple[tuple[Entity, ...], tuple[Reading, ...]]:
    """Entities and readings in which one place is one entity, whatever it was taken for."""
    counts = Counter(m.entity for r in readings for m in r.mentions if m.entity)
    ids = _spellings(entities, counts)
    by_id = {each.id: each for each in entities}
    for gone, kept in ids.items():
        by_id[kept] = _with_names(by_id[kept], by_id[gone])
    places = _by_name(e for e in by_id.values() if e.kind == "place" and e.id not in ids)
    for each in entities:
        if each.kind in {"person", "organisation", "other"} and each.named:
            place = _place_of(each, places, counts)
            if place:
                ids[each.id] = place.id
                by_id[place.id] = _with_names(by_id[place.id], each)
    left = tuple(by_id[each.id] for each in entities if each.id not in ids)
    moved = frozenset(ids.values())
    return left, tuple(_as_places(renamed(each, ids), moved) for each in readings)


def _by_name(places: Iterable[Entity]) -> Mapping[str, Entity]:
    """Places by each of their names; of two that share one, neither."""
    held: defaultdict[str, list[Entity]] = defaultdict(list)
    for each in places:
        for name in {folded(n) for n in (each.name, *each.also)}:
            held[name].append(each)
    return {name: found[0] for name, found in held.items() if len(found) == 1}


def _place_of(
    each: Entity, places: Mapping[str, Entity], counts: Mapping[str, int]
) -> Entity | None:
    """The place that a person or body of one name is, where the pile mostly means the place.

    A name that is known, explained or has a second part is left alone: somebody may be called
    like a town. “The Republic of Orlan” and “the Orlani” are Orlan wherever Orlan is a place.
    """
    if each.same_as or any(
        " " in folded(n) for n in (each.name, *each.also) if not _REALM.match(folded(n))
    ):
        return None
    name = folded(each.name)
    realm = _REALM.sub("", name)
    if realm != name:
        return places.get(realm)
    if any(n.isupper() and len(n) < _SHORTEST for n in (each.name, *each.also)):
        return None  # an acronym
    same = places.get(name)
    if same:
        return same if counts[same.id] >= counts[each.id] else None
    for tail in _PEOPLE:
        at = places.get(name.removesuffix(tail))
        if (
            at
            and name.endswith(tail)
            and len(name) - len(tail) >= _SHORTEST
            and at.place_kind == "other"
        ):
            return at
    return None


def _spellings(entities: Sequence[Entity], counts: Mapping[str, int]) -> dict[str, str]:
    """Places in no list of ours whose names sound alike letter for letter: “Dzhorla”, “Djorla”."""
    alike: defaultdict[str, list[Entity]] = defaultdict(list)
    for each in entities:
        key = _sound(each.name)
        if (
            each.kind == "place"
            and each.place_kind == "other"
            and each.lat is None
            and len(key) >= _SHORTEST
        ):
            alike[key].append(each)
    ids: dict[str, str] = {}
    for found in alike.values():
        best = max(found, key=lambda e: (counts[e.id], e.name))
        ids |= {each.id: best.id for each in found if each is not best}
    return ids


def _sound(name: str) -> str:
    """A name as it sounds, whichever way it was brought into Latin letters."""
    key = re.sub(r"[^a-z ]", "", anyascii(name).casefold())
    for way, sound in _SOUNDS:
        key = re.sub(way, sound, key)
    return key


def _with_names(kept: Entity, gone: Entity) -> Entity:
    names = dict.fromkeys((*kept.also, gone.name, *gone.also))
    names.pop(kept.name, None)
    return replace(kept, also=tuple(names))


def _as_places(reading: Reading, places: frozenset[str]) -> Reading:
    """The reading in which mentions of these are mentions of places."""

    def one(each: Mention) -> Mention:
        return replace(each, kind="place") if each.entity in places else each

    return replace(reading, mentions=tuple(one(each) for each in reading.mentions))
