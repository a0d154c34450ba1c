"""The places that the documents name: a map of them, how precisely each is known, who names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import numpy as np
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence import draw
from whence.places.gazetteer import Gazetteer, gazetteer, plain
from whence.terms import Claim, Document, Entity, Mention
from whence.web import words
from whence.web.claims import ranked
from whence.web.desk import Part, at
from whence.web.period import Period
from whence.web.pile import Pile

LONGEST = 110
OFFERED = 200
"""Claims offered to choose from; the rest are reached from their own pages."""
VAGUE = frozenset(["region", "river"])
LEAST = 5.0
"""Degrees of latitude that a map of a single place shows at least."""
FEW = 4
"""Towns that must be known in a division before they say how far it reaches."""
MOVES = (
    ("Closer", 0.5, (0.0, 0.0)),
    ("Wider", 2.0, (0.0, 0.0)),
    ("West", 1.0, (-0.4, 0.0)),
    ("East", 1.0, (0.4, 0.0)),
    ("North", 1.0, (0.0, 0.4)),
    ("South", 1.0, (0.0, -0.4)),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A place, its spellings in this pile, and where each document first names it."""

    entity: Entity
    times: int
    spellings: tuple[str, ...]
    documents: tuple[tuple[Document, int, Mention], ...]

    @property
    def told(self) -> str:
        """The place in words: “Orsholt, city, named 3 times in 2 documents”."""
        return (
            f"{self.entity.name}, {self.entity.place_kind or 'place'}, named"
            f" {words.counted(self.times, 'time')} in"
            f" {words.counted(len(self.documents), 'document')}"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks to see: one claim, some days, one part of the world."""

    claim: str | None
    days: Period
    frame: draw.Frame | None

    @property
    def kept(self) -> str:
        """What an address says of the choice, to be followed by something else."""
        fields = [("claim", self.claim), ("from", self.days.first), ("to", self.days.last)]
        return "".join(f"{urlencode({name: value})}&" for name, value in fields if value)

    def address(self, frame: draw.Frame | None = None) -> str:
        """The address of the same places on another part of the world."""
        part = f"map={frame.lon:.3f},{frame.lat:.3f},{frame.high:.3f}" if frame else ""
        said = f"{self.kept}{part}".rstrip("&")
        return f"/places?{said}#map" if said else "/places#map"


@dataclass(frozen=True, slots=True)
class Map:
    """A map with what leads to other parts of the world, and what lies beyond it."""

    picture: draw.Picture
    moves: tuple[tuple[str, str], ...]
    beyond: tuple[tuple[str, str], ...]


def places(request: Request) -> HTMLResponse:
    """Every place named, on a map and in a table, the most often named first."""
    desk = at(request)
    asked = wanted(request)
    with desk.dossier() as pile:
        everything = pile.once("places", lambda: named(pile, pile.mentions()))
        claim = pile.claims().get(asked.claim or "")
        chosen = claim is not None or asked.days
        found = named(pile, _about(pile, claim, asked.days)) if chosen else everything
        part = Part.asked(request, len(found))
        return desk.page(
            "places.html",
            places=part.of(found),
            part=part,
            all=len(everything),
            found=len(found),
            choice=asked,
            claim=claim,
            claims=_offered(pile, {each.entity.id for each in everything}, claim),
            undated=sum(each.published is None for each in pile.documents().values()),
            map=mapped(found, asked)
            if chosen or asked.frame
            else pile.once("map", lambda: mapped(found, asked)),
        )


def wanted(request: Request) -> Asked:
    """What the address asks for; what makes no sense in it is passed over."""
    fields = request.query_params
    try:
        lon, lat, high = (float(each) for each in fields.get("map", "").split(","))
        frame = draw.Frame(lon, lat, high).scaled(1) if abs(lon) + abs(lat) < 1000 else None
    except ValueError:
        frame = None
    return Asked(fields.get("claim") or None, Period.asked(fields), frame)


def named(pile: Pile, mentions: Iterable[Mention]) -> Sequence[Named]:
    """The places that mentions lead to; a mention that nothing settles leads to none."""
    documents, entities = pile.documents(), pile.entities()
    spelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    where: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for each in mentions:
        place = entities.get(each.entity) if each.entity is not None else None
        if place is not None and place.kind == "place":
            spelled[place.id][spelling(documents[each.doc], each)] += 1
            where[place.id][each.doc].append(each)
    out = [
        Named(
            entities[id],
            sum(map(len, held.values())),
            tuple(sorted(spelled[id], key=lambda word: -spelled[id][word])),
            tuple(
                (documents[doc], len(these), these[0])
                for doc, these in sorted(held.items(), key=lambda each: -len(each[1]))
            ),
        )
        for id, held in where.items()
    ]
    return sorted(out, key=lambda each: (-each.times, each.entity.name.casefold()))


def spelling(document: Document, mention: Mention) -> str:
    """The words of a mention on one line."""
    return " ".join(document.text[mention.start : mention.end].split())


def _about(pile: Pile, claim: Claim | None, days: Period) -> list[Mention]:
    """The mentions in documents of these days that stand in what tells the claim."""
    documents = pile.documents()
    held = [each for each in pile.mentions() if days.holds(documents[each.doc].published)]
    if claim is None:
        return held
    found = {each.id: each for each in pile.attributions()}
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for telling in claim.tellings:
        if (teller := found.get(telling.attribution)) is not None:
            spans[teller.doc] += telling.spans or teller.content
    return [m for m in held if any(a <= m.start and m.end <= b for a, b in spans[m.doc])]


def _offered(pile: Pile, known: set[str], chosen: Claim | None) -> list[tuple[str, str]]:
    """The claims that name a place, by what they say, in the order of the list of claims."""
    lines = list(pile.once("with a place", lambda: _with_a_place(pile, known)))
    if chosen is not None and chosen not in lines:
        lines.insert(0, chosen)
    return [(each.id, shortened(each.gloss)) for each in lines]


def _with_a_place(pile: Pile, known: set[str]) -> list[Claim]:
    return [each.claim for each in ranked(pile) if known & set(each.claim.where)][:OFFERED]


def shortened(words: str, longest: int = LONGEST) -> str:
    """The beginning of a sentence too long for its place."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


# ---------------------------------------------------------------- the map


def mapped(found: Sequence[Named], asked: Asked) -> Map | None:
    """The map of these places; None where the position of none is known."""
    spots = [spot(each) for each in found if _placed(each.entity)]
    if not spots:
        return None
    frame = asked.frame or opening(spots)
    moves = [
        (name, asked.address(frame.moved(*way) if by == 1 else frame.scaled(by)))
        for name, by, way in MOVES
    ]
    moves += [("Where most are", asked.address()), ("All", asked.address(draw.covering(spots)))]
    shown = {each.id for each in draw.inside(spots, frame)}
    beyond = [
        (each.label, asked.address(draw.covering([each]))) for each in spots if each.id not in shown
    ]
    drawn = draw.chart(spots, frame, "Where the places lie")
    seen = [each.told for each in spots if each.id in shown]
    return Map(
        draw.Picture(drawn, ". ".join(seen) + "." if seen else "", ()), tuple(moves), tuple(beyond)
    )


def small(found: Sequence[Named], most: int = 60) -> draw.Picture | None:
    """The map of a case without anything to choose; None where the position of none is known."""
    spots = [spot(each) for each in found[:most] if _placed(each.entity)]
    if not spots:
        return None
    drawn = draw.chart(spots, opening(spots), "Where it happens")
    told = [each.told for each in found[:most] if _placed(each.entity)]
    return draw.Picture(drawn, ". ".join(told) + ".", ())


def opening(spots: Sequence[draw.Spot]) -> draw.Frame:
    """Where a map opens: where most is named, with enough around a single place to know it by."""
    frame = draw.around(spots)
    return frame.scaled(max(1.0, LEAST / frame.high)) if len(spots) == 1 else frame


def _placed(entity: Entity) -> bool:
    return entity.lat is not None and entity.lon is not None


def spot(each: Named) -> draw.Spot:
    """A place as the map draws it: by what is known of where and how large it is."""
    entity = each.entity
    return draw.Spot(
        entity.id,
        entity.name,
        entity.lon or 0.0,
        entity.lat or 0.0,
        each.times,
        reach(entity),
        whole=entity.place_kind == "country",
        exact=entity.place_kind == "site",
        href=f"/places#{entity.id}",
        told=each.told,
    )


def reach(entity: Entity) -> float | None:
    """Kilometres from the middle of an area to most of its towns; 0 if not known, None for a point."""
    if entity.place_kind in VAGUE:
        return 0.0
    if entity.place_kind != "division" or entity.lat is None or entity.lon is None:
        return None
    return _division(entity.name, entity.country or "", entity.lat, entity.lon)


@lru_cache(maxsize=4000)
def _division(name: str, country: str, lat: float, lon: float) -> float:
    known = gazetteer()
    for row in known.rows(plain(name)):
        place = known.place(row)
        there = (
            place.lat is not None
            and place.lon is not None
            and (abs(place.lat - lat) < 0.01 and abs(place.lon - lon) < 0.01)
        )
        if there and place.kind == "division" and place.country == country:
            return _spread(known, row, lat, lon)
    return 0.0


def _spread(known: Gazetteer, row: int, lat: float, lon: float) -> float:
    """How far nine in ten of the towns of a division lie from its middle at most."""
    inside = np.flatnonzero(known.parent == row)
    towns = np.concatenate([inside, np.flatnonzero(np.isin(known.parent, inside))])
    north = known.lat[towns] / 10_000 - lat
    east = (known.lon[towns] / 10_000 - lon) * np.cos(np.radians(lat))
    far = np.hypot(north, east) * 111.2
    far = far[far < 3000]
    return float(np.percentile(far, 90)) if len(far) >= FEW else 0.0
