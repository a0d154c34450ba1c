"""Which place some words mean, said by a person who selected them in the document."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whence.errors import Usage
from whence.judgements import folded, overlap, quoted
from whence.terms import Anchor, Document, Entity
from whence.web.desk import at, form
from whence.web.judge import Decision, chosen, keep
from whence.web.pile import Pile

OFFERED = 12


def where(request: Request) -> HTMLResponse:
    """The selected words, and the places that they may mean."""
    desk = at(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        anchor = anchored(document, dict(request.query_params))
        made = [
            each
            for each in pile.judgements()
            if each.verdict == "place-is" and each.about[0].doc == document.id
            and overlap(each.about[0].spans, anchor.spans)
        ]  # fmt: skip
        return desk.page(
            "where.html", document=document, anchor=anchor, offered=offered(pile, anchor),
            now=meant(pile, anchor), places=known(pile), made=made, seen=pile.last(),
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


def offered(pile: Pile, anchor: Anchor) -> list[Entity]:
    """Places that the words may mean: what the machine weighed, then those of a like name."""
    entities = pile.entities()
    weighed = [
        id
        for each in pile.dossier.mentions(anchor.doc)
        if overlap(anchor.spans, ((each.start, each.end),))
        for id in (each.entity, *each.candidates)
        if id is not None
    ]
    word = folded(anchor.quote)
    alike = [
        each.id
        for each in entities.values()
        if each.kind == "place" and word in {folded(name) for name in (each.name, *each.also)}
    ]
    ids = dict.fromkeys((*weighed, *alike))
    found = [entities[id] for id in ids if id in entities and entities[id].kind == "place"]
    return found[:OFFERED]


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
