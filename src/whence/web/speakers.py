"""Who spoke: the list of speakers, and a page for each with what they said and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.errors import NotFound
from whence.terms import Attribution, Document, Entity, Judgement
from whence.web.cards import Card, cards
from whence.web.desk import at


@dataclass(frozen=True, slots=True)
class Speaker:
    """Someone who said something: how often, in how many documents, and how."""

    entity: Entity
    statements: int
    documents: int
    stances: tuple[tuple[str, int], ...]


def by_speaker(found: Iterable[Attribution], entities: Mapping[str, Entity]) -> list[Speaker]:
    """Those whose words are reported, the most reported first; who is unresolved is left out."""
    said: dict[str, list[Attribution]] = defaultdict(list)
    for each in found:
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
    with desk.dossier() as dossier:
        found = dossier.attributions()
        entities = dossier.entities()
    unresolved = sum(each.speaker is None and each.voice == "speaker" for each in found)
    return desk.page("speakers.html", speakers=by_speaker(found, entities), unresolved=unresolved)


def speaker(request: Request) -> HTMLResponse:
    """One speaker: names found, everything they said, and what is said of them."""
    desk = at(request)
    who = request.path_params["id"]
    with desk.dossier() as dossier:
        entities = dossier.entities()
        if who not in entities:
            raise NotFound(f"no speaker {who} in this dossier")
        found = dossier.attributions()
        said = [each for each in found if each.speaker == who]
        of_them = [each for each in found if who in each.about or who in each.charges]
        documents = {each.id: each for each in dossier.documents()}
        judgements = dossier.judgements()
    return desk.page(
        "speaker.html",
        entity=entities[who],
        said=told(said, documents, entities, judgements),
        of_them=told(of_them, documents, entities, judgements),
    )


def unresolved(request: Request) -> HTMLResponse:
    """Statements for which the text does not settle who said them, with who it may have been."""
    desk = at(request)
    with desk.dossier() as dossier:
        found = [e for e in dossier.attributions() if e.speaker is None and e.voice == "speaker"]
        entities = dossier.entities()
        documents = {each.id: each for each in dossier.documents()}
        judgements = dossier.judgements()
    return desk.page("unresolved.html", said=told(found, documents, entities, judgements))


def told(
    found: Iterable[Attribution],
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
    judgements: Sequence[Judgement],
) -> list[tuple[Document, list[Card]]]:
    """Statements under the document that each stands in, by date of publication."""
    by_document: dict[str, list[Attribution]] = defaultdict(list)
    for each in found:
        by_document[each.doc].append(each)
    told = [
        (documents[doc], cards(documents[doc], these, entities, judgements))
        for doc, these in by_document.items()
    ]
    return sorted(told, key=lambda each: (_day(each[0]), each[0].outlet or "", each[0].name))


def _day(document: Document) -> str:
    return (document.published.first if document.published else None) or "9999"
