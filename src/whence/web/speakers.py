"""Who spoke: the list of speakers, and a page for each with what they said and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.errors import NotFound
from whence.terms import Attribution, Document, Entity, Judgement
from whence.web.cards import Card, cards
from whence.web.desk import Part, at
from whence.web.pile import Pile


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who said something: how often, in how many documents, and how."""

    entity: Entity
    statements: int
    documents: int
    stances: tuple[tuple[str, int], ...]


def by_speaker(pile: Pile) -> Sequence[Speaker]:
    """Those whose words are reported, the most reported first; who is unresolved is left out."""
    return pile.once("speakers", lambda: _by_speaker(pile))


def _by_speaker(pile: Pile) -> list[Speaker]:
    entities = pile.entities()
    said: dict[str, list[Attribution]] = defaultdict(list)
    for each in pile.attributions():
        if each.speaker is not None and each.speaker in entities and each.voice != "author":
            said[each.speaker].append(each)
    speakers = [
        Speaker(
            entity=entities[who],
            statements=len(words),
            documents=len({each.doc for each in words}),
            stances=tuple(Counter(each.stance for each in words).most_common()),
        )
        for who, words in said.items()
    ]
    return sorted(speakers, key=lambda each: (-each.statements, each.entity.name.casefold()))


def speakers(request: Request) -> HTMLResponse:
    """Everyone whose words are reported, and how many statements nobody is settled for."""
    desk = at(request)
    with desk.dossier() as pile:
        everyone = by_speaker(pile)
        open_ones = len(nobody(pile))
    return desk.page("speakers.html", speakers=everyone, unresolved=open_ones)


def speaker(request: Request) -> HTMLResponse:
    """One speaker: names found, everything they said, and what is said of them."""
    desk = at(request)
    who = request.path_params["id"]
    with desk.dossier() as pile:
        entities = pile.entities()
        if who not in entities:
            raise NotFound(f"no speaker {who} in this dossier")
        found = pile.attributions()
        said = [each for each in found if each.speaker == who]
        of_them = [each for each in found if who in each.about or who in each.charges]
        page = Part.asked(request, max(len(said), len(of_them)))
        return desk.page(
            "speaker.html",
            entity=entities[who],
            said=told(pile, page.of(said)),
            of_them=told(pile, page.of(of_them)),
            part=page,
            others=sorted({e.name for e in entities.values() if e.id != who}, key=str.casefold),
            made=joined(pile, who),
            seen=pile.last(),
        )


def joined(pile: Pile, who: str) -> list[Judgement]:
    """The decisions on whether this one and another are the same."""
    places = {
        (each.doc, spans)
        for each in pile.attributions()
        if each.speaker == who
        for spans in (each.source,)
    } | {(e.doc, ((e.start, e.end),)) for e in pile.mentions() if e.entity == who}
    return [
        each
        for each in pile.judgements()
        if each.verdict in ("same-entity", "not-same-entity")
        and any((a.doc, a.spans) in places for a in each.about)
    ]


def nobody(pile: Pile) -> list[Attribution]:
    """Statements for which the text does not settle who said them."""
    return [e for e in pile.attributions() if e.speaker is None and e.voice == "speaker"]


def unresolved(request: Request) -> HTMLResponse:
    """Statements for which the text does not settle who said them, with who it may have been."""
    desk = at(request)
    with desk.dossier() as pile:
        found = nobody(pile)
        page = Part.asked(request, len(found))
        return desk.page("unresolved.html", said=told(pile, page.of(found)), part=page)


def told(pile: Pile, found: Iterable[Attribution]) -> list[tuple[Document, list[Card]]]:
    """Statements under the document that each stands in, by date of publication."""
    by_document: dict[str, list[Attribution]] = defaultdict(list)
    for each in found:
        by_document[each.doc].append(each)
    documents, judged = pile.documents(), {a.doc for j in pile.judgements() for a in j.about}
    told = [
        (
            documents[doc],
            cards(
                documents[doc], these, pile.entities(), pile.judgements() if doc in judged else ()
            ),
        )
        for doc, these in by_document.items()
    ]
    return sorted(told, key=lambda each: (_day(each[0]), each[0].outlet or "", each[0].name))


def _day(document: Document) -> str:
    return (document.published.first if document.published else None) or "9999"
