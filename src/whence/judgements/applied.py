"""What the standing judgements change in the findings shown: a person outranks the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import msgspec

from whence.judgements.sense import fits, statement
from whence.judgements.standing import overlap, whole
from whence.terms import (
    Anchor,
    Attribution,
    Entity,
    Extents,
    Judgement,
    Kind,
    Mention,
    Reading,
    Span,
    Stance,
    When,
    finding_id,
)


def apply(
    judgements: Iterable[Judgement], reading: Reading, names: Mapping[str, str] | None = None
) -> Reading:
    """One document's findings as the standing judgements leave them.

    `names` gives the entity for an id or a folded name; a name it lacks gets an id of its own.
    """
    doc = reading.document.id
    for judgement in judgements:
        change = CHANGES.get(judgement.verdict)
        if judgement.state != "standing" or change is None:
            continue
        for anchor in judgement.about:
            if anchor.doc == doc:
                reading = change(reading, anchor, judgement.value, names or {})
    return reading


ALIKE = 0.5  # of the words of both, as much must be shared for one to be what the other means

Change = Callable[[Reading, Anchor, str | None, Mapping[str, str]], Reading]


def denoted(anchor: Anchor, found: Sequence[Attribution]) -> set[str]:
    """The ids of the attributions an anchor means: those that share its words best.

    Sharing few of them is not enough: a decision about six words must not be spread over sixty.
    """
    scores: dict[str, float] = {}
    for each in found:
        if not _near(anchor.spans, each):
            continue  # nearly all of a document's; the rest is weighed exactly
        scores[each.id] = max(
            likeness(anchor.spans, whole(each)), likeness(anchor.spans, each.content)
        )
    best = max(scores.values(), default=0.0)
    return {name for name, score in scores.items() if score == best >= ALIKE}


def _near(spans: Extents, found: Attribution) -> bool:
    """Whether anything of the statement lies between the first and the last of these words."""
    parts = [part for part in (found.content, found.source, found.cue) if part and spans]
    return any(part[0][0] < spans[-1][1] and spans[0][0] < part[-1][1] for part in parts)


def likeness(left: Extents, right: Extents) -> float:
    """How much of the words of both is shared: 1 if they are the same, 0 if they lie apart."""
    shared = overlap(left, right)
    total = sum(b - a for a, b in left) + sum(b - a for a, b in right) - shared
    return shared / total if total else 0.0


def _each(reading: Reading, anchor: Anchor, made: Callable[[Attribution], Attribution]) -> Reading:
    meant = denoted(anchor, reading.attributions)
    changed = tuple(made(a) if a.id in meant else a for a in reading.attributions)
    return replace(reading, attributions=changed)


def _speaker(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    speaker = entity_for(value, names) if value else None
    return _each(
        reading, anchor, lambda a: replace(a, speaker=speaker, candidates=(), confidence=1.0)
    )


def _place(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    """The mention at these very words is of this place, or (null) of none that is settled."""
    if anchor.type == "attribution" or len(anchor.spans) != 1:
        return reading
    place = entity_for(value, names) if value else None
    if all(((each.start, each.end),) != anchor.spans for each in reading.mentions):
        missed = Mention(anchor.doc, *anchor.spans[0], "place", place)
        return replace(reading, mentions=(*reading.mentions, missed))
    mentions = tuple(
        replace(each, kind="place", entity=place, candidates=())
        if ((each.start, each.end),) == anchor.spans
        else each
        for each in reading.mentions
    )
    return replace(reading, mentions=mentions)


def _stance(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    stance = msgspec.convert(value, Stance)
    return _each(reading, anchor, lambda a: replace(a, stance=stance))


def _span(reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]) -> Reading:
    said = statement(value, "span-is")
    if not fits(said, len(reading.document.text)):
        return reading  # written before such places were refused

    def corrected(a: Attribution) -> Attribution:
        """The id stays, so that claims and answers that name this statement still do."""
        return replace(
            a,
            source=a.source if said.source is None else said.source,
            cue=a.cue if said.cue is None else said.cue,
            content=said.content or a.content,
        )

    return _each(reading, anchor, corrected)


def _removed(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    if anchor.type != "attribution":
        return _without(reading, anchor)
    gone = denoted(anchor, reading.attributions)
    kept = tuple(
        replace(
            a,
            within=None if a.within in gone else a.within,
            answers=tuple(each for each in a.answers if each not in gone),
        )
        for a in reading.attributions
        if a.id not in gone
    )
    return replace(reading, attributions=kept)


def _without(reading: Reading, anchor: Anchor) -> Reading:
    """Without the mention, time or quantity that stands exactly at the anchor."""
    lists = {"mention": "mentions", "time": "times", "quantity": "quantities"}
    if anchor.type not in lists:
        return reading
    name = lists[anchor.type]
    kept = tuple(
        each for each in getattr(reading, name) if ((each.start, each.end),) != anchor.spans
    )
    changes: dict[str, Any] = {name: kept}
    return replace(reading, **changes)


def _accepted(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    if anchor.type != "attribution":
        return reading
    return _each(reading, anchor, lambda a: replace(a, confidence=1.0))


def _added(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    said = statement(value, "add-statement")
    source, cue, content = said.source or (), said.cue or (), said.content or anchor.spans
    if not content or not fits(said, len(reading.document.text)):
        return reading  # written before such places were refused
    first = reading.document.text[content[0][0]]
    made = Attribution(
        id=finding_id("attribution", anchor.doc, source, cue, content),
        doc=anchor.doc,
        form="direct" if first in "\"'“‘«„" else "indirect",
        source=source,
        cue=cue,
        content=content,
        stance=said.stance or "asserts",
        speaker=entity_for(said.speaker, names) if said.speaker else None,
    )
    others = tuple(a for a in reading.attributions if a.id != made.id)
    return replace(reading, attributions=(*others, made))


def _metadata(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    if anchor.type == "entity":
        return reading  # what an entity is called is settled where entities are made
    field, _, text = (value or "").partition("=")
    said: str | When | None = text.strip() or None
    if field in {"published", "updated"} and said is not None:
        first, _, last = text.strip().partition("/")
        said = When(first, last or first, "stated", anchor.spans[0] if anchor.spans else None)
    changes: dict[str, Any] = {field: said}
    return replace(reading, document=replace(reading.document, **changes))


CHANGES: Mapping[str, Change] = {
    "speaker-is": _speaker,
    "place-is": _place,
    "stance-is": _stance,
    "span-is": _span,
    "not-a-statement": _removed,
    "reject": _removed,
    "accept": _accepted,
    "add-statement": _added,
    "metadata-is": _metadata,
}


# ---------------------------------------------------------------- entities that people name


GEONAMES = "https://www.geonames.org/"


def folded(name: str) -> str:
    """A name for comparing: case folded, spaces evened, a leading article dropped."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def entity_for(name: str, names: Mapping[str, str]) -> str:
    """The id of the entity of this id or name; a name not known yet gets an id of its own."""
    return names.get(name) or names.get(folded(name)) or finding_id("entity", folded(name))


def names(entities: Iterable[Entity]) -> dict[str, str]:
    """The entity for each id, place of the gazetteer and folded name; of two of one name, the first."""
    every = list(entities)
    found = {each.id: each.id for each in every}
    found |= {
        f"geonames:{address.removeprefix(GEONAMES)}": each.id
        for each in every
        for address in each.same_as
        if address.startswith(GEONAMES)
    }
    for each in reversed(every):
        for name in (each.name, *each.also):
            found[folded(name)] = each.id
    return found


def with_named(found: Mapping[str, Entity], judgements: Iterable[Judgement]) -> dict[str, Entity]:
    """These entities, and one for each name that only people have given."""
    known, out = names(found.values()), dict(found)
    for name, kind in people_named(judgements):
        id = entity_for(name, known)
        if id not in out:
            out[id] = _of_gazetteer(id, name) or Entity(id, kind, True, name)
    return out


def _of_gazetteer(id: str, key: str) -> Entity | None:
    """The place that a person chose in the gazetteer by its key; None where the name is no key."""
    if not key.startswith("geonames:"):
        return None
    from whence.places.gazetteer import gazetteer  # late: showing a dossier needs no places

    row = gazetteer().row(key)
    if row is None:
        return None
    place = gazetteer().place(row)
    return Entity(id, "place", True, place.name, (), place.same_as, place.lat, place.lon,
                  place.country, place.kind)  # fmt: skip


def people_named(judgements: Iterable[Judgement]) -> list[tuple[str, Kind]]:
    """The names of speakers and places that standing judgements give, and what they are."""
    found: list[tuple[str, Kind]] = []
    for each in judgements:
        if each.state != "standing" or not each.value:
            continue
        if each.verdict in {"speaker-is", "place-is"}:
            found.append((each.value, "place" if each.verdict == "place-is" else "other"))
        elif each.verdict == "add-statement":
            said = statement(each.value, each.verdict)
            found.extend([(said.speaker, "other")] if said.speaker else [])
    return found


# ---------------------------------------------------------------- findings between documents

Found = TypeVar("Found")


def unrejected(judgements: Iterable[Judgement], kind: str, found: Sequence[Found]) -> list[Found]:
    """Passages, conflicts and the like without those that a person rejected where they stand."""
    gone = {
        (anchor.doc, anchor.spans)
        for each in judgements
        if each.state == "standing" and each.verdict == "reject"
        for anchor in each.about
        if anchor.type == kind
    }
    return [each for each in found if not gone & _places(each)] if gone else list(found)


def _places(found: object) -> set[tuple[str, Extents]]:
    names = {each.name for each in fields(found)}  # type: ignore[arg-type]
    spans = [getattr(found, name) for name in ("left", "right") if name in names]
    return {(s.doc, ((s.start, s.end),)) for s in spans if isinstance(s, Span)}
