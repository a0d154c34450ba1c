"""Who “he” is, and “the ministry”, and “SDK”: every source brought to the one it means, or to nobody.

First each document by itself: the names that stand in it, then whoever refers back to them. Then
across documents, where equal names, glosses and known facts join. What the text does not settle
stays open, with its candidates. Cost grows with the number of names, not of pairs of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from whence.knowledge import Known, known
from whence.resolve.cast import Actor, Cast
from whence.resolve.casting import cast_of
from whence.resolve.page import Answer, page
from whence.resolve.phrase import Look
from whence.resolve.pile import clustered, entities
from whence.resolve.relations import related
from whence.resolve.sources import resolved
from whence.terms import Attribution, Entity, Extent, Mention, Reading


@dataclass(frozen=True, slots=True)
class Note:
    """Why a source was brought to someone, or left open: a plain sentence and where it shows."""

    doc: str
    attribution: str
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


def resolve(readings: Sequence[Reading], own: Mapping[str, Known] | None = None) -> Resolved:
    """Who is who, within each document and across all of them."""

    def look(name: str) -> Known | None:
        return known(name, own)

    local = [_local(each, look) for each in readings]
    found = clustered([(each.reading.document.id, each.cast.actors) for each in local])
    everyone, ids = entities(found)
    done = tuple(related(_told(each, ids), everyone) for each in local)
    used = {name for r in done for m in r.mentions for name in (m.entity, *m.candidates)} | {
        name for r in done for a in r.attributions for name in (a.speaker, *a.candidates)
    }
    notes = tuple(
        Note(each.reading.document.id, name, answer.why, answer.evidence)
        for each in local for name, answer in sorted(each.answers.items())
    )  # fmt: skip
    return Resolved(tuple(e for e in everyone if e.id in used), done, notes)


def _local(reading: Reading, look: Look) -> _Local:
    if not reading.document.read:
        return _Local(reading, Cast(reading.document.id), (), {})
    cast, placed = cast_of(reading, look)
    answers = resolved(page(reading, cast, look))
    return _Local(reading, cast, placed, answers)


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
    doc = local.reading.document.id
    speakers = {a.source[0]: a for a in said if a.source and a.voice == "speaker"}
    names = dict(local.placed)
    out: list[Mention] = []
    for each in local.reading.mentions:
        at = (each.start, each.end)
        if at in speakers:
            of = speakers[at]
            out.append(replace(each, entity=of.speaker, candidates=of.candidates))
            continue
        actor = names.get(at) or next(
            (a for (x, y), a in local.placed if x <= each.start and each.end <= y and y - x <= 60), None
        )  # fmt: skip
        out.append(replace(each, entity=ids.get(id(actor)), kind=actor.kind) if actor else each)
    taken = [(m.start, m.end) for m in out]
    for (start, end), actor in local.placed:
        if id(actor) in ids and not any(a < end and start < b for a, b in taken):
            out.append(Mention(doc, start, end, actor.kind, ids[id(actor)]))
            taken.append((start, end))
    return tuple(sorted(out, key=lambda m: (m.start, m.end)))


__all__ = ["Note", "Resolved", "resolve"]
