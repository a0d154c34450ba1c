"""The steps, in order: what one document says by itself, then what holds between documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from whence import (
    attribute,
    dates,
    ingest,
    judgements,
    quantities,
    reader,
    resolve,
    reuse,
    segment,
    store,
)
from whence.claims import claims
from whence.conflict import conflicts
from whence.knowledge import Known
from whence.origins import origins
from whence.pile import pile
from whence.stemma import carried, stemma
from whence.store import Row
from whence.terms import (
    Attribution,
    Claim,
    Conflict,
    Document,
    Edge,
    Entity,
    Exemplar,
    Judgement,
    Mention,
    Passage,
    Quantity,
    Reading,
    Time,
    finding_id,
)

FACES = frozenset(["cli", "__main__.py", "export.py", "draw", "web", "pages", "models", "demo"])
"""Files that show findings and make none: a change in them makes no reading out of date."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one run found, within documents and between them."""

    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    passages: tuple[Passage, ...] = ()
    exemplars: tuple[Exemplar, ...] = ()
    edges: tuple[Edge, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def read(document: Document, marks: tuple[ingest.Mark, ...]) -> Reading:
    """What one document says, looked at by itself."""
    blocks = segment.blocks(document, marks)
    document = segment.masthead(document, blocks)
    if not document.read:
        return Reading(document, blocks)
    if document.published is None:
        document = replace(document, published=dates.publication(document, blocks))
    found = attribute.reading(document, blocks)
    times = dates.times(document, blocks)
    return replace(found, times=times, quantities=quantities.quantities(document, blocks))


class _Beside(msgspec.Struct):
    """What a document's format gave beside its text."""

    marks: tuple[ingest.Mark, ...] = ()


def marks_in(beside: str) -> tuple[ingest.Mark, ...]:
    """The marks that a document's format gave, out of what is kept beside its text."""
    return msgspec.json.decode(beside, type=_Beside).marks


def compare(
    readings: Sequence[Reading],
    own: Mapping[str, Known] | None = None,
    judged: Sequence[Judgement] = (),
) -> Findings:
    """What holds between documents, found from all readings together; `own` are the case's names.

    `judged` are people's judgements: those that stand bind what is found. What is kept of each
    document is what the machine found in it, so that a decision taken back brings it back; what
    holds between documents is found from the readings as people's decisions leave them.
    """
    readings = [_described(each, judged) for each in readings]
    settled = resolve.resolve(readings, own, judged)
    entities, readings = settled.entities, settled.readings
    decided = _decided(readings, entities, judged)
    by_id = {each.document.id: each for each in decided}
    passages = reuse.passages([each.document for each in decided], by_id)
    shared = judgements.unrejected(judged, "passage", passages)
    all_of = pile(decided, _with_named(entities, judged), shared, judged)
    claimed = claims(all_of, vectors)
    family = carried(stemma(all_of), claimed, all_of)
    claimed = origins(all_of, claimed, family.edges)
    return Findings(
        attributions=tuple(each for reading in readings for each in reading.attributions),
        mentions=tuple(each for reading in readings for each in reading.mentions),
        times=tuple(each for reading in readings for each in reading.times),
        quantities=tuple(each for reading in readings for each in reading.quantities),
        entities=entities,
        passages=passages,
        exemplars=family.exemplars,
        edges=family.edges,
        claims=claimed,
        conflicts=conflicts(all_of, claimed, family.edges, vectors),
    )


def _described(reading: Reading, judged: Sequence[Judgement]) -> Reading:
    """The reading of a document as people describe it, its times counted from their date of it."""
    said = [each for each in judged if each.verdict == "metadata-is"
            and any(anchor.doc == reading.document.id for anchor in each.about)]  # fmt: skip
    if not said:
        return reading
    document = judgements.apply(said, reading).document
    if document.published == reading.document.published:
        return replace(reading, document=document)
    return replace(reading, document=document, times=dates.times(document, reading.blocks))


def _decided(
    readings: Sequence[Reading], entities: Sequence[Entity], judged: Sequence[Judgement]
) -> list[Reading]:
    """The readings as people's decisions leave them; most have none."""
    about = {anchor.doc for each in judged for anchor in each.about}
    names = judgements.names(entities)
    return [
        judgements.apply(judged, each, names) if each.document.id in about else each
        for each in readings
    ]


def _with_named(entities: Sequence[Entity], judged: Sequence[Judgement]) -> tuple[Entity, ...]:
    """The entities, and those that people alone have named."""
    return tuple(judgements.with_named({each.id: each for each in entities}, judged).values())


def vectors(sentences: Sequence[str]) -> reader.Floats:
    """The vector of each sentence; those met lately are not computed again."""
    return np.array([_vector(each) for each in sentences], np.float32)


@lru_cache(maxsize=50_000)
def _vector(sentence: str) -> reader.Floats:
    one: reader.Floats = reader.vectors([sentence])[0]
    return one


def rows(found: Findings, texts: Mapping[str, str]) -> Iterator[Row]:
    for each in found.attributions:
        words = judgements.quoted(texts[each.doc], each.content)
        yield Row("attribution", each.id, each.doc, store.encoded(each), words)
    inside: Any = (*found.mentions, *found.times, *found.quantities)
    for each in inside:
        kind = type(each).__name__.lower()
        id = finding_id(kind, each.doc, ((each.start, each.end),))
        yield Row(kind, id, each.doc, store.encoded(each))
    between: Any = (
        *found.entities, *found.passages, *found.exemplars, *found.edges, *found.claims,
        *found.conflicts,
    )  # fmt: skip
    for each in between:
        yield Row(type(each).__name__.lower(), each.id, None, store.encoded(each))


# ---------------------------------------------------------------- by which code and models


def key_of(*parts: object) -> str:
    """A short name for a way of reading: the same for the same code, models and documents."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]


@cache
def code() -> str:
    """The hash of all code and data that findings depend on."""
    package = Path(__file__).parents[1]
    total = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if path.is_file() and parts[0] not in FACES and "__pycache__" not in parts:
            total.update("/".join(parts).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def models() -> tuple[tuple[str, str], ...]:
    """The name and hash of each model in the package."""
    folder = Path(__file__).parents[1] / "models"
    return tuple(
        (path.stem, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.glob("*.onnx"))
    )
