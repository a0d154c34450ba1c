"""Who “he” is, and “the ministry”, and “SDK”: every source brought to the one it means, or to nobody.

First each document by itself: the names that stand in it, then whoever refers back to them. Then
across documents, where equal names, glosses and known facts join. What the text does not settle
stays open, with its candidates. Cost grows with the number of names, not of pairs of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from whence.knowledge import Known, folded, known
from whence.places import Located
from whence.resolve.cast import Actor, Cast
from whence.resolve.casting import cast_of
from whence.resolve.grounded import grounded
from whence.resolve.located import Spot, ground, homes, spots, with_places
from whence.resolve.page import Answer, page
from whence.resolve.people import corrected
from whence.resolve.phrase import Look
from whence.resolve.pile import clustered, entities
from whence.resolve.relations import related
from whence.resolve.sources import resolved
from whence.terms import Attribution, Entity, Extent, Judgement, Mention, Reading, finding_id


@dataclass(frozen=True, slots=True)
class Note:
    """Why a source or place was settled so, or left open: a plain sentence and where it shows.

    `finding` is the id of the attribution, or of the mention of a place.
    """

    doc: str
    finding: str
    why: str
    evidence: tuple[Extent, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everyone named or described in the pile, and the readings that say where."""

    entities: tuple[Entity, ...]
    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class _Local:
    """What one document by itself settles."""

    reading: Reading
    cast: Cast
    placed: tuple[tuple[Extent, Actor], ...]
    answers: Mapping[str, Answer]
    ground: tuple[Located, ...] = ()
    spots: tuple[Spot, ...] = ()


def resolve(
    readings: Sequence[Reading],
    own: Mapping[str, Known] | None = None,
    judged: Sequence[Judgement] = (),
) -> Resolved:
    """Who is who and what lies where, within each document and across all of them.

    `own` are a dossier's own names, which outrank ours; `judged` are people's judgements, which
    outrank everything.
    """

    outlets = _outlets(readings)

    def look(name: str) -> Known | None:
        found = known(name, own) or outlets.get(folded(name)) or outlets.get(_host(name))
        return None if found and found.kind == "place" else found

    ground_of = {id(k): k for k in (own or {}).values() if k.kind == "place"}
    mine = tuple(sorted(ground_of.values(), key=lambda k: k.name))
    local = _at_home([_local(each, look, mine) for each in readings], mine)
    found = clustered([(each.reading.document.id, each.cast.actors) for each in local])
    actors, ids = entities(found)
    everyone, told = corrected(
        *grounded(_with_places(actors, local), [_told(each, ids) for each in local]),
        [each for each in judged if each.state == "standing"],
    )
    by_id = {each.id: each for each in everyone}
    done = tuple(related(each, by_id) for each in told)
    used = {name for r in done for m in r.mentions for name in (m.entity, *m.candidates)} | {
        name for r in done for a in r.attributions for name in (a.speaker, *a.candidates)
    }
    return Resolved(tuple(e for e in everyone if e.id in used), done, tuple(_notes(local)))


def _outlets(readings: Sequence[Reading]) -> Mapping[str, Known]:
    """The outlets of the pile: whoever quotes “the Evening Something” means a paper, and no person."""
    names = {each.document.outlet for each in readings if each.document.outlet}
    every = {n: Known(n, "outlet", "organisation", None, None, ()) for n in sorted(names)}
    named = {folded(n): k for n, k in every.items() if " " in folded(n) and n[:1].isupper()}
    return named | {f"@{folded(n).replace(' ', '')}": k for n, k in every.items()}


def _host(name: str) -> str:
    """The key of the outlet whose address a name is: “orlacourier.example” is the Orla Courier’s."""
    found = re.fullmatch(r"(?:www\.)?([\w-]{4,})(?:\.[a-z]{2,8}){1,2}", name.casefold())
    return f"@{found[1].replace('-', '')}" if found else ""


def _local(reading: Reading, look: Look, mine: Sequence[Known]) -> _Local:
    if not reading.document.read:
        return _Local(reading, Cast(reading.document.id), (), {})
    cast, placed = cast_of(reading, look)
    answers = resolved(page(reading, cast, look))
    found = ground(reading)
    return _Local(reading, cast, placed, answers, found, tuple(spots(reading, found, mine)))


def _at_home(local: list[_Local], mine: Sequence[Known]) -> list[_Local]:
    """The documents with their places weighed anew where their outlet's home is known: a local
    paper's “Paris” is the one down the road."""
    at = homes((each.reading.document.outlet, each.ground) for each in local)

    def anew(each: _Local) -> _Local:
        home = at.get(each.reading.document.outlet or "")
        if home is None or not each.reading.document.read:
            return each
        found = ground(each.reading, home)
        return replace(each, ground=found, spots=tuple(spots(each.reading, found, mine)))

    return [anew(each) for each in local]


def _notes(local: Sequence[_Local]) -> Iterator[Note]:
    for each in local:
        doc = each.reading.document.id
        for name, answer in sorted(each.answers.items()):
            yield Note(doc, name, answer.why, answer.evidence)
        for spot in each.spots:
            yield Note(doc, finding_id("mention", doc, (spot.at,)), spot.why, (spot.at,))


def _with_places(actors: Sequence[Entity], local: Sequence[_Local]) -> list[Entity]:
    """The entities with those of places among them, each with the spellings it was met in."""
    out = {each.id: each for each in actors}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for page_ in local:
        text = page_.reading.document.text
        for spot in page_.spots:
            for each in (*([spot.entity] if spot.entity else []), *spot.candidates):
                old = out.get(each.id)
                out[each.id] = (
                    replace(each, also=old.also) if old else out.setdefault(each.id, each)
                )
            if spot.entity and spot.form == "name" and not spot.candidates:
                words = " ".join(text[slice(*spot.at)].split())
                names[spot.entity.id][re.sub(r"[’']s?$", "", words)] += 1
    for name, seen in names.items():
        one = out[name]
        also = dict.fromkeys((*one.also, *(n for n, _ in seen.most_common())))
        also.pop(one.name, None)
        out[name] = replace(one, also=tuple(also))
    return list(out.values())


def _told(local: _Local, ids: Mapping[int, str]) -> Reading:
    """The reading with entities where they are settled and candidates where they are not."""

    def speaking(each: Attribution) -> Attribution:
        answer = local.answers.get(each.id)
        if answer is None:
            return each
        speaker = ids.get(id(answer.actor)) if answer.actor else None
        others = tuple(dict.fromkeys(ids[id(a)] for a in answer.others if id(a) in ids))
        return replace(each, speaker=speaker, candidates=tuple(o for o in others if o != speaker))

    said = tuple(speaking(each) for each in local.reading.attributions)
    return replace(local.reading, attributions=said, mentions=_mentions(local, ids, said))


def _mentions(
    local: _Local, ids: Mapping[int, str], said: Sequence[Attribution]
) -> tuple[Mention, ...]:
    """The mentions, each with its entity; names that only resolving found are added."""
    doc, text = local.reading.document.id, local.reading.document.text
    speakers = {a.source[0]: a for a in said if a.source and a.voice == "speaker"}
    names = dict(local.placed)
    firm: set[Extent] = set()
    out: list[Mention] = []
    for each in local.reading.mentions:
        at = (each.start, each.end)
        if at in speakers:
            of = speakers[at]
            actor = local.answers[of.id].actor if of.id in local.answers else None
            kind = actor.kind if actor else each.kind
            out.append(replace(each, entity=of.speaker, candidates=of.candidates, kind=kind))
            firm.add(at)
            continue
        if each.form == "pronoun" and each.kind == "place":
            each = replace(each, kind="other")
        actor = names.get(at) or _over(local.placed, at) or _titled(local.placed, at)
        out.append(replace(each, entity=ids.get(id(actor)), kind=actor.kind) if actor else each)
        if actor and _is_firm(actor, text[slice(*at)]):
            firm.add(at)
    taken = {(m.start, m.end) for m in out}
    for at, actor in local.placed:
        if id(actor) in ids and not any(a < at[1] and at[0] < b for a, b in taken):
            out.append(Mention(doc, *at, actor.kind, ids[id(actor)]))
            taken.add(at)
            if _is_firm(actor, text[slice(*at)]):
                firm.add(at)
    return with_places(out, local.spots, doc, frozenset(firm))


def _over(placed: Sequence[tuple[Extent, Actor]], at: Extent) -> Actor | None:
    """The actor whose longer name holds this one: “Quill” in “Edvine Quill”."""
    held = (a for (x, y), a in placed if x <= at[0] and at[1] <= y and y - x <= 60)
    return next(held, None)


def _titled(placed: Sequence[tuple[Extent, Actor]], at: Extent) -> Actor | None:
    """The person whose name ends these words, after a title: “Captain Edvine Quill”."""
    held = (a for (x, y), a in placed if at[0] < x and y == at[1] and a.kind == "person")
    return next(held, None)


def _is_firm(actor: Actor, words: str) -> bool:
    """Whether a mention stays this actor’s even where the gazetteer knows a place of that name."""
    if actor.kind == "place":
        return False
    return " " in words or bool(actor.roles) or actor.kind == "organisation" or " " in actor.name


__all__ = ["Note", "Resolved", "resolve"]
