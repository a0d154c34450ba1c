"""The places that the documents name: where they are, how precisely, and who names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.terms import Document, Entity
from whence.web.desk import Part, at
from whence.web.pile import Pile


@dataclass(frozen=True, slots=True)
class Named:
    """A place, its spellings in this pile, and the documents that name it, most often first."""

    entity: Entity
    times: int
    spellings: tuple[str, ...]
    documents: tuple[tuple[Document, int], ...]


def places(request: Request) -> HTMLResponse:
    """Every place named, the most often named first."""
    desk = at(request)
    with desk.dossier() as pile:
        found = pile.once("places", lambda: named(pile))
        part = Part.asked(request, len(found))
        return desk.page("places.html", places=part.of(found), part=part)


def named(pile: Pile) -> Sequence[Named]:
    """The places that mentions lead to; a mention that nothing settles leads to none."""
    documents, entities = pile.documents(), pile.entities()
    spelled: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    where: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in pile.mentions():
        place = entities.get(each.entity) if each.entity is not None else None
        if place is not None and place.kind == "place":
            words = " ".join(documents[each.doc].text[each.start : each.end].split())
            spelled[place.id][words] += 1
            where[place.id][each.doc] += 1
    out = [
        Named(
            entities[id],
            sum(held.values()),
            tuple(sorted(spelled[id], key=lambda word: -spelled[id][word])),
            tuple((documents[doc], held[doc]) for doc in sorted(held, key=lambda d: -held[d])),
        )
        for id, held in where.items()
    ]
    return sorted(out, key=lambda each: (-each.times, each.entity.name.casefold()))
