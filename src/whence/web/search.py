"""Search over texts, statements, claims and speakers, each result at the very place it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.store import Match
from whence.terms import Document, Role, Stance
from whence.web import finding
from whence.web.cards import Card, cards
from whence.web.desk import Part, at
from whence.web.finding import Asked, Passage
from whence.web.pile import Pile
from whence.web.speakers import of_entity

FIRST = 8
"""Results of each kind on the page that shows all kinds."""
SHOWN = 3
"""Places shown of one document."""
OFFERED = 300


@dataclass(frozen=True, slots=True)
class Read:
    """A document that answers: the places in it, and how many there are."""

    document: Document
    passages: tuple[Passage, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement that answers, its words with those looked for marked."""

    card: Card
    document: Document
    passage: Passage


def search(request: Request) -> HTMLResponse:
    """What answers the words and the choice: documents, statements, claims, speakers."""
    desk = at(request)
    asked = Asked.of(request.query_params)
    with desk.dossier() as pile:
        wanted = asked.words or asked.narrowed or asked.kind
        found: dict[str, Sequence[object]] = {}
        if wanted:
            found = {
                "speakers": finding.speakers(pile, asked),
                "claims": finding.claims(pile, asked),
                "statements": finding.statements(pile, asked),
                "documents": finding.in_role(pile, finding.documents(pile, asked), asked),
            }
        part = Part.asked(request, len(found.get(asked.kind or "", ())))
        results = {kind: _cut(part, these, asked) for kind, these in found.items()}
        return desk.page(
            "search.html",
            asked=asked.words,
            choice=asked,
            wanted=bool(wanted),
            counts={kind: len(these) for kind, these in found.items()},
            results=results,
            read=[_read(pile, each, asked) for each in _matches(results.get("documents"))],
            heard=[_heard(pile, each, asked) for each in _matches(results.get("statements"))],
            part=part,
            offered=pile.once("offered", lambda: _offered(pile)),
        )


def _cut(part: Part, found: Sequence[object], asked: Asked) -> Sequence[object]:
    """The results that one page shows."""
    return part.of(found) if asked.kind is not None else found[:FIRST]


def _matches(found: Sequence[object] | None) -> list[Match]:
    return [each for each in found or () if isinstance(each, Match)]


def _read(pile: Pile, match: Match, asked: Asked) -> Read:
    document = pile.documents()[match.doc]
    places = finding.places(pile, match, asked)
    passages = list(finding.passages(document.text, places))
    return Read(document, tuple(passages[:SHOWN]), len(places))


def _heard(pile: Pile, match: Match, asked: Asked) -> Heard:
    document, found = pile.documents()[match.doc], pile.by_id()[match.ref or ""]
    (card,) = cards(document, [found], pile.entities(), pile.judgements())
    said = card.said
    places = finding.places(pile, match, asked)
    whole = next(finding.passages(said, places, max(len(said), 1)), None)
    return Heard(card, document, whole or Passage(0, 0, ((said, False),)))


@dataclass(frozen=True, slots=True)
class Offered:
    """What a search can be narrowed by."""

    outlets: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    stances: tuple[Stance, ...]
    roles: tuple[Role, ...]


def _offered(pile: Pile) -> Offered:
    outlets = Counter(each.outlet for each in pile.documents().values() if each.outlet)
    times = of_entity(pile)
    places = sorted(
        (each for each in pile.entities().values() if each.kind == "place" and each.id in times),
        key=lambda each: -len(times[each.id]),
    )[:OFFERED]
    return Offered(
        tuple(sorted(outlets, key=str.casefold)),
        tuple(
            (each.id, f"{each.name} ({each.place_kind or 'place'})")
            for each in sorted(places, key=lambda each: each.name.casefold())
        ),
        get_args(Stance),
        get_args(Role),
    )
