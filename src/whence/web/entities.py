"""Decisions on who is who: two names for one, or two people of one name."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from whence.errors import NotFound, Usage
from whence.judgements import folded, quoted
from whence.terms import Anchor, Entity
from whence.web.desk import at, form
from whence.web.judge import Decision, keep
from whence.web.pile import Pile


async def join(request: Request) -> Response:
    """Keep that two names are one, or that they are not."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        who = request.path_params["id"]
        back = f"/speakers/{who}"
        verdict = sent.get("verdict")
        if verdict == "undo" and sent.get("value"):
            made = Decision("undo", _about(pile, sent["value"]), sent["value"], back)
        elif verdict == "metadata-is" and sent.get("name"):
            called = "name=" + " ".join(sent["name"].split())
            made = Decision("metadata-is", (place_of(pile, who),), called, back)
        elif verdict == "not-same-entity" and sent.get("doc"):
            here = place_of(pile, who, lambda doc: doc == sent["doc"])
            elsewhere = place_of(pile, who, lambda doc: doc != sent["doc"])
            made = Decision("not-same-entity", (elsewhere, here), None, back)
        elif verdict in ("same-entity", "not-same-entity") and sent.get("other"):
            other = named(pile, sent["other"])
            if other.id == who:
                raise Usage(f"“{other.name}” is this one already")
            about = (place_of(pile, who), place_of(pile, other.id))
            if verdict == "same-entity":  # with their ids, so that old addresses lead on
                made = Decision("same-entity", about, f"{who} {other.id}", back)
            else:
                made = Decision("not-same-entity", about, None, back)
        else:
            raise Usage("that decision is not complete: say who the other is")
        return keep(desk, pile, made, (request.url.path, sent))


def now_known_as(pile: Pile, who: str) -> str | None:
    """The one that an id which is gone was joined with; None where no decision that stands did so."""
    joinings = [
        each
        for each in reversed(pile.judgements())
        if each.verdict == "same-entity" and each.state == "standing"
    ]
    for each in joinings:
        if who in (each.value or "").split():
            for anchor in each.about:
                if (found := _at(pile, anchor)) is not None:
                    return found
    return None


def _at(pile: Pile, anchor: Anchor) -> str | None:
    """Who is meant at these words, as things stand."""
    held = (each for each in pile.mentions() if each.doc == anchor.doc)
    for each in held:
        if ((each.start, each.end),) == anchor.spans and each.entity is not None:
            return each.entity
    said = pile.by_document().get(anchor.doc, ())
    return next((e.speaker for e in said if e.source == anchor.spans and e.speaker), None)


def _about(pile: Pile, judgement: str) -> tuple[Anchor, ...]:
    for each in pile.judgements():
        if each.id == judgement:
            return each.about
    raise NotFound(f"there is no decision {judgement} to take back")


def named(pile: Pile, name: str) -> Entity:
    """The one entity of this id or name; an error where there is none, or more than one."""
    entities = pile.entities()
    if name in entities:
        return entities[name]
    wanted = folded(name)
    fitting = [
        each
        for each in entities.values()
        if wanted in {folded(other) for other in (each.name, *each.also)}
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise Usage(
            f"{len(fitting)} are called “{name}”; open the one you mean and join from there"
        )
    raise NotFound(f"nobody in this dossier is called “{name}”")


def place_of(pile: Pile, entity: str, within: Callable[[str], bool] = lambda doc: True) -> Anchor:
    """A place where this entity is named: what a decision about it holds on to."""
    for mention in pile.mentions():
        if mention.entity == entity and mention.form == "name" and within(mention.doc):
            spans = ((mention.start, mention.end),)
            return _anchor(pile, mention.doc, spans)
    for found in pile.attributions():
        if found.speaker == entity and found.source and within(found.doc):
            return _anchor(pile, found.doc, found.source)
    raise Usage("no words in the documents name this one, so nothing can hold the decision")


def _anchor(pile: Pile, doc: str, spans: tuple[tuple[int, int], ...]) -> Anchor:
    return Anchor("entity", doc, spans, quoted(pile.documents()[doc].text, spans))
