"""The places a document names, as mentions and entities: where they lie, or that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from whence import places
from whence.knowledge import Known, folded, state, state_of
from whence.places import Located, Place
from whence.resolve import words as lexicon
from whence.resolve.pile import WIKIDATA, entity_id
from whence.terms import Entity, Extent, Mention, NameForm, Reading

_LOCATIVE: Final = re.compile(
    r"\b(?:in|at|near|from|to|into|outside|around|toward|towards|across|over|via|of|through|inside|within|"
    r"beyond|reached|entered|left|visited)\s+(?:(?:the|central|downtown|eastern|western|northern|southern)\s+)*$",
    re.I,
)


_SEVERAL: Final = 4
"""Texts of one outlet from which its home can be told."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention of a place: what it means, or may mean, and why."""

    at: Extent
    entity: Entity | None
    candidates: tuple[Entity, ...]
    form: NameForm
    why: str


def ground(reading: Reading, home: Place | None = None) -> tuple[Located, ...]:
    """Every place the document names outside its boilerplate, as the text and where the outlet is
    at home settle it."""
    text = reading.document.text
    idle = [(b.start, b.end) for b in reading.blocks if b.role == "boilerplate"]
    return tuple(each for each in places.located(text, list(_proposed(reading)), home)
                 if not any(a <= each.start < b for a, b in idle))  # fmt: skip


def homes(found: Iterable[tuple[str | None, tuple[Located, ...]]]) -> dict[str, Place]:
    """The part of a country that an outlet mostly writes about, of outlets with several texts."""
    texts: dict[str, list[tuple[Located, ...]]] = {}
    for outlet, each in found:
        if outlet:
            texts.setdefault(outlet, []).append(each)
    known = {outlet: places.home(each) for outlet, each in texts.items() if len(each) >= _SEVERAL}
    return {outlet: at for outlet, at in known.items() if at}


def spots(reading: Reading, found: Sequence[Located], mine: Sequence[Known] = ()) -> list[Spot]:
    """What each of the places found means for the pile; `mine` are the dossier's own places."""
    own = list(_owned(reading, mine))
    found = [e for e in found if not any(e.start < s.at[1] and s.at[0] < e.end for s in own)]
    text = reading.document.text
    made = [_spot(text, each) for each in found]
    plain = {each.place.key for each, spot in zip(found, made, strict=True)
              if each.place and each.form != "nominal" and not spot.candidates}  # fmt: skip
    return own + [spot for each, spot in zip(found, made, strict=True)
            if each.form != "nominal" or each.place is None or each.place.key in plain]  # fmt: skip


def _owned(reading: Reading, mine: Sequence[Known]) -> Iterable[Spot]:
    """Where the document names places of the dossier's own list."""
    names = {name: each for each in mine for name in (each.name, *each.also)}
    if not names:
        return
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")
    idle = [(b.start, b.end) for b in reading.blocks if b.role == "boilerplate"]
    for match in pattern.finditer(reading.document.text):
        if not any(a <= match.start() < b for a, b in idle):
            yield Spot(match.span(), own_entity(names[match.group()]), (), "name",
                       "a place of the dossier's own list of names")  # fmt: skip


def own_entity(own: Known) -> Entity:
    """The entity of a place of the dossier's own list."""
    address = (WIKIDATA + own.wikidata,) if own.wikidata else ()
    return Entity(entity_id("place", f"own:{folded(own.name)}"), "place", True, own.name, (), address,
                  own.lat, own.lon, own.country, "other")  # fmt: skip


def _proposed(reading: Reading) -> Iterable[Extent]:
    """The places that the reader names, where it took whole words."""
    text = reading.document.text
    credited = {each.span for each in reading.document.credits}
    for each in reading.mentions:
        words = text[each.start : each.end]
        whole = not re.match(r"[\w-]", text[each.end : each.end + 1]) and not re.match(
            r"[\w-]", text[max(0, each.start - 1) : each.start]
        )
        ground = each.kind == "organisation" and folded(words.split(" ")[-1]) in lexicon.GROUND
        if (
            (each.kind == "place" or ground)
            and each.form == "name"
            and (each.start, each.end) not in credited
            and whole
            and words[:1].isupper()
            and len(words) > 2
            and "\n" not in words
        ):
            yield each.start, each.end


def _spot(text: str, each: Located) -> Spot:
    at = (each.start, each.end)
    words = text[each.start : each.end]
    if each.place is None:
        open_ones = tuple(place_entity(p) for p in each.candidates)
        lost = None if open_ones or each.form != "name" else unlocated(words)
        return Spot(at, lost, open_ones, each.form, each.why)
    known = state_of(words)
    if known and known[1] == "capital" and each.place.kind == "city" and governs(text, each):
        return Spot(at, state_entity(known[0].code), (place_entity(each.place),), "name",
                    f"stands for those who govern {known[0].name}")  # fmt: skip
    return Spot(at, place_entity(each.place), (), each.form, each.why)


def governs(text: str, each: Located) -> bool:
    """Whether a capital's name stands for its government: it acts, or is acted on like a person."""
    words = text[each.start : each.end]
    if words.isupper() or _LOCATIVE.search(text[max(0, each.start - 40) : each.start]):
        return False
    after = text[each.end : each.end + 2]
    return each.actor or after in {"’s", "'s"} or not re.match(r",|\s*\n|\s*\(", after)


def state_entity(code: str) -> Entity | None:
    """The entity of a state, the same whether it is named as a place or as one who speaks."""
    known = state(code)
    if known is None:
        return None
    address = (WIKIDATA + known.wikidata,) if known.wikidata else ()
    return Entity(entity_id("place", f"state:{code}"), "place", True, known.name, (), address,
                  country=code, place_kind="country")  # fmt: skip


def place_entity(place: Place) -> Entity:
    """The entity of a place of the gazetteer; a country's is that of its state."""
    if place.kind == "country" and place.country and (of := state_entity(place.country)):
        return Entity(of.id, "place", True, of.name, of.also, of.same_as, place.lat, place.lon,
                      place.country, "country")  # fmt: skip
    return Entity(entity_id("place", place.key), "place", True, place.name, (), place.same_as,
                  place.lat, place.lon, place.country, place.kind)  # fmt: skip


def unlocated(words: str) -> Entity:
    """A place, by its wording, that we cannot put anywhere."""
    name = " ".join(words.split())
    return Entity(
        entity_id("place", f"place:{folded(name)}"), "place", True, name, place_kind="other"
    )


def with_places(
    mentions: Sequence[Mention], found: Sequence[Spot], doc: str, firm: frozenset[Extent]
) -> tuple[Mention, ...]:
    """The mentions with those of places among them; `firm` are mentions of actors that stay."""
    kept: list[Mention] = []
    by_start = sorted(found, key=lambda s: s.at)
    for each in mentions:
        at = (each.start, each.end)
        under = [s for s in by_start if s.at[0] < at[1] and at[0] < s.at[1]]
        if at in firm or not under or each.form == "pronoun":
            kept.append(each)
    taken = sorted((m.start, m.end) for m in kept)
    for spot in by_start:
        if any(a < spot.at[1] and spot.at[0] < b for a, b in taken):
            continue
        kept.append(Mention(
            doc, *spot.at, "place", spot.entity.id if spot.entity else None,
            tuple(c.id for c in spot.candidates), spot.form,
        ))  # fmt: skip
    return tuple(sorted(kept, key=lambda m: (m.start, m.end)))


__all__ = ["Spot", "ground", "homes", "place_entity", "spots", "state_entity", "with_places"]
