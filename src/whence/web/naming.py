"""Which place some words mean, said by a person who selected them in the document."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whence.errors import Usage
from whence.judgements import folded, overlap, quoted
from whence.judgements.applied import GEONAMES
from whence.places.gazetteer import gazetteer, plain
from whence.terms import Anchor, Document, Entity, Span
from whence.web.claims import side
from whence.web.desk import at, form
from whence.web.judge import Decision, chosen, keep
from whence.web.pile import Pile

OFFERED = 12
KNOWN = 8
"""Places of one name offered from the gazetteer, those of most people first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that the words may mean: what a decision calls it, and what tells it from others."""

    value: str
    name: str
    what: str
    lies: str
    here: bool
    """Whether the documents name it."""
    lat: float | None = None
    lon: float | None = None


def where(request: Request) -> HTMLResponse:
    """The selected words, and the places that they may mean."""
    desk = at(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        anchor = anchored(document, dict(request.query_params))
        asked = request.query_params.get("q", "").strip()[:200]
        made = [
            each
            for each in pile.judgements()
            if each.verdict == "place-is" and each.about[0].doc == document.id
            and overlap(each.about[0].spans, anchor.spans)
        ]  # fmt: skip
        return desk.page(
            "where.html", document=document, anchor=anchor, offered=offered(pile, anchor, asked),
            now=meant(pile, anchor), places=known(pile), made=made, seen=pile.last(),
            asked_place=asked, around=side(pile, Span(document.id, *anchor.spans[0])),
        )  # fmt: skip


def anchored(document: Document, sent: dict[str, str]) -> Anchor:
    """The words chosen, as what a decision on a place holds on to."""
    span = chosen(document, sent)
    if span is None:
        raise Usage("select the words of a place in the document first")
    return Anchor("mention", document.id, (span,), quoted(document.text, (span,)))


def meant(pile: Pile, anchor: Anchor) -> Entity | None:
    """The place that these very words mean as things stand."""
    for each in pile.dossier.mentions(anchor.doc):
        if ((each.start, each.end),) == anchor.spans and each.entity is not None:
            return pile.entities().get(each.entity)
    return None


def known(pile: Pile) -> list[str]:
    """The names of all places in the case."""
    found = {each.name for each in pile.entities().values() if each.kind == "place"}
    return sorted(found, key=str.casefold)


def offered(pile: Pile, anchor: Anchor, asked: str = "") -> list[Choice]:
    """Places that the words may mean: what was weighed, what is called so here, and elsewhere.

    With `asked`, the places of that name instead.
    """
    weighed = [] if asked else _weighed(pile, anchor)
    called = asked or anchor.quote
    here = dict.fromkeys((*weighed, *_alike(pile, called)))
    entities = pile.entities()
    held = (entities[id] for id in here if id in entities)
    found = [_choice(each) for each in held if each.kind == "place"][:OFFERED]
    known = {address for id in here if id in entities for address in entities[id].same_as}
    named = {each.name for each in found if each.what == "country"}
    table = gazetteer()
    for row in table.rows(plain(called))[:KNOWN]:
        place = table.place(row)
        ours = known & set(place.same_as) or (place.kind == "country" and place.name in named)
        if place.same_as and not ours:
            found.append(
                Choice(place.key, place.name, place.kind, _lies(row), False, place.lat, place.lon)
            )
    return found


def _choice(entity: Entity) -> Choice:
    row = next(
        (row for address in entity.same_as if address.startswith(GEONAMES)
         and (row := gazetteer().row("geonames:" + address.removeprefix(GEONAMES))) is not None),
        None,
    )  # fmt: skip
    lies = _lies(row) if row is not None else entity.country or ""
    kind = entity.place_kind if entity.place_kind not in (None, "other") else None
    return Choice(entity.id, entity.name, kind or "place", lies, True, entity.lat, entity.lon)


def _lies(row: int) -> str:
    """What a place lies in: “Ruddle Province, Quoin”; how many live there, where that is known."""
    table = gazetteer()
    place = table.place(row)
    within = [table.name(each) for each in table.chain(row)]
    if place.country and not within and place.kind != "country":
        within.append(place.country)
    people = f"{place.population:,} people" if place.population else ""
    return "; ".join(each for each in (", ".join(dict.fromkeys(within)), people) if each)


def _weighed(pile: Pile, anchor: Anchor) -> list[str]:
    """The entities that the machine weighed for these words."""
    return [
        id
        for each in pile.dossier.mentions(anchor.doc)
        if overlap(anchor.spans, ((each.start, each.end),))
        for id in (each.entity, *each.candidates)
        if id is not None
    ]


def _alike(pile: Pile, called: str) -> list[str]:
    """The places of the case that go by this name."""
    word = folded(called)
    return [
        each.id
        for each in pile.entities().values()
        if each.kind == "place" and word in {folded(name) for name in (each.name, *each.also)}
    ]


async def name(request: Request) -> Response:
    """Keep which place the words mean, or that the text does not settle it."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        anchor = anchored(document, sent)
        value = None if sent.get("unsettled") else sent.get("value")
        if value is None and not sent.get("unsettled"):
            raise Usage("say which place it is, or that the text does not settle it")
        start, end = anchor.spans[0]
        made = Decision(
            "place-is", (anchor,), value, f"/documents/{document.id}/place?start={start}&end={end}"
        )
        return keep(desk, pile, made, (request.url.path, sent))
