"""Who spoke: the list of speakers, and a page for each with what they said and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from whence import draw
from whence.errors import NotFound
from whence.terms import Attribution, Document, Entity, Judgement, Mention
from whence.web import days
from whence.web.cards import Card, cards
from whence.web.claims import Line, lines_of
from whence.web.desk import Part, at
from whence.web.entities import now_known_as
from whence.web.pile import Pile
from whence.web.places import named, small


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
    said = {
        who: mine
        for who, these in by_voice(pile).items()
        if who in entities and (mine := [each for each in these if each.voice != "author"])
    }
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
        part = Part.asked(request, len(everyone))
        open_ones = len(nobody(pile))
    return desk.page("speakers.html", speakers=part.of(everyone), part=part, unresolved=open_ones)


@dataclass(frozen=True, slots=True)
class Names:
    """What one is called in the documents: by name, by description; and how often only pointed to."""

    named: tuple[tuple[str, int, Mention], ...]
    described: tuple[tuple[str, int, Mention], ...]
    pointed: int
    documents: tuple[tuple[Document, int, Mention], ...]

    @property
    def times(self) -> int:
        """How often the documents speak of this one in all."""
        return sum(count for _, count, _ in (*self.named, *self.described)) + self.pointed


def names(pile: Pile, who: str) -> Names:
    """Every spelling and description found of one, the most frequent first, each with its place."""
    documents = pile.documents()
    held: dict[str, dict[str, list[Mention]]] = {"name": {}, "nominal": {}}
    where: dict[str, list[Mention]] = {}
    pointed = 0
    for each in of_entity(pile).get(who, ()):
        where.setdefault(each.doc, []).append(each)
        text = " ".join(documents[each.doc].text[each.start : each.end].split())
        form = "name" if each.form == "modifier" else each.form
        if form in held:
            held[form].setdefault(text, []).append(each)
        else:
            pointed += 1
    return Names(
        _counted(held["name"]),
        _counted(held["nominal"]),
        pointed,
        tuple(
            (documents[doc], len(these), these[0])
            for doc, these in sorted(where.items(), key=lambda each: -len(each[1]))
        ),
    )


def _counted(held: dict[str, list[Mention]]) -> tuple[tuple[str, int, Mention], ...]:
    order = sorted(held.items(), key=lambda each: (-len(each[1]), each[0]))
    return tuple((text, len(these), these[0]) for text, these in order)


def of_entity(pile: Pile) -> Mapping[str, Sequence[Mention]]:
    """The mentions of each entity."""

    def made() -> dict[str, list[Mention]]:
        held: dict[str, list[Mention]] = defaultdict(list)
        for each in pile.mentions():
            if each.entity is not None:
                held[each.entity].append(each)
        return dict(held)

    return pile.once("of entity", made)


def speaker(request: Request) -> Response:
    """One speaker: names found, everything they said, and what is said of them, over time."""
    desk = at(request)
    who = request.path_params["id"]
    with desk.dossier() as pile:
        entities = pile.entities()
        if who not in entities:
            joined_to = now_known_as(pile, who)
            if joined_to in entities:
                return RedirectResponse(f"/speakers/{joined_to}", status_code=303)
            gone = NotFound("nobody of that address is in this case any more")
            gone.hint = "the documents may have been read anew since: look for the name"
            raise gone
        found = pile.attributions()
        said = by_voice(pile).get(who, [])
        of_them = [each for each in found if who in each.about or who in each.charges]
        page = Part.asked(request, max(len(said), len(of_them)))
        return desk.page(
            "speaker.html",
            entity=entities[who],
            names=names(pile, who),
            stances=Counter(each.stance for each in said).most_common(),
            numbers=(len(said), len({each.doc for each in said}), len(of_them)),
            claims=spoken_to(pile, said),
            axis=_axis(pile, said, of_them),
            map=_map(pile, entities[who]),
            said=told(pile, page.of(said)),
            of_them=told(pile, page.of(of_them)),
            part=page,
            others=pile.once("every name", lambda: every_name(pile)),
            made=joined(pile, who),
            seen=pile.last(),
        )


def every_name(pile: Pile) -> list[str]:
    """The names of all that is mentioned, in the order of the alphabet."""
    return sorted({each.name for each in pile.entities().values()}, key=str.casefold)


def by_voice(pile: Pile) -> Mapping[str, list[Attribution]]:
    """What each speaker said."""

    def made() -> dict[str, list[Attribution]]:
        held: dict[str, list[Attribution]] = defaultdict(list)
        for each in pile.attributions():
            if each.speaker is not None:
                held[each.speaker].append(each)
        return dict(held)

    return pile.once("by voice", made)


def spoken_to(pile: Pile, said: Iterable[Attribution]) -> list[Line]:
    """The claims that these statements tell, in the order of the list of claims."""
    held = lines_of(pile)
    found = {number: line for each in said for number, line in held.get(each.id, ())}
    return [found[number] for number in sorted(found)]


def _axis(
    pile: Pile, said: Sequence[Attribution], of_them: Sequence[Attribution]
) -> draw.Picture | None:
    """When they spoke, when it came out, and when what they speak of happened."""
    documents = pile.documents()
    carrying = dict.fromkeys(each.doc for each in (*said, *of_them))
    claims = [line.claim for line in spoken_to(pile, said)]
    dated = [each for each in said if each.said is not None]
    found = days.moments(pile, [documents[doc] for doc in carrying], dated, claims)
    return days.rows(found, "When they spoke and were written about")


def _map(pile: Pile, entity: Entity) -> draw.Picture | None:
    """Where it lies, if it is a place."""
    known = pile.once("places", lambda: named(pile, pile.mentions()))
    return small([each for each in known if each.entity.id == entity.id])


def joined(pile: Pile, who: str) -> list[Judgement]:
    """The decisions on whether this one and another are the same."""
    places = {
        (each.doc, spans) for each in by_voice(pile).get(who, ()) for spans in (each.source,)
    } | {(e.doc, ((e.start, e.end),)) for e in of_entity(pile).get(who, ())}
    return [
        each
        for each in pile.judgements()
        if (each.verdict in ("same-entity", "not-same-entity") or each.about[0].type == "entity")
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
