"""A dossier as other programs read it: JSON Lines, one object a line (`docs/format.md`).

The same dossier gives the same bytes, whenever and wherever it is exported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from whence.dossier import Dossier
from whence.errors import CannotWrite, Unreadable
from whence.terms import (
    Attribution,
    Block,
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
    Refused,
    Run,
    Time,
)

FORMAT = "whence-jsonl 1"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds, as typed values in the order of its lines."""

    format: str = FORMAT
    name: str = ""
    run: Run = field(default_factory=lambda: Run("", (), ""))
    document: tuple[Document, ...] = ()
    block: tuple[Block, ...] = ()
    entity: tuple[Entity, ...] = ()
    mention: tuple[Mention, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    time: tuple[Time, ...] = ()
    quantity: tuple[Quantity, ...] = ()
    passage: tuple[Passage, ...] = ()
    exemplar: tuple[Exemplar, ...] = ()
    edge: tuple[Edge, ...] = ()
    claim: tuple[Claim, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    judgement: tuple[Judgement, ...] = ()
    refused: tuple[Refused, ...] = ()


TYPES: Mapping[str, type[Any]] = {
    "document": Document, "block": Block, "entity": Entity, "mention": Mention,
    "attribution": Attribution, "time": Time, "quantity": Quantity, "passage": Passage,
    "exemplar": Exemplar, "edge": Edge, "claim": Claim, "conflict": Conflict,
    "judgement": Judgement, "refused": Refused,
}  # fmt: skip


# ---------------------------------------------------------------- out


def jsonl(dossier: Dossier) -> Iterator[bytes]:
    """The whole dossier, a line at a time, each with its line end."""
    return lines(contents(dossier))


def contents(dossier: Dossier) -> Exported:
    """Everything that a dossier shows, in an order that depends on what it says alone."""
    documents = dossier.documents()
    place = {each.id: number for number, each in enumerate(documents)}

    def inside(found: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(sorted(found, key=lambda each: (place[each.doc], _where(each))))

    return Exported(
        name=dossier.name,
        run=dossier.run(),
        document=tuple(documents),
        block=tuple(block for each in documents for block in dossier.blocks(each.id)),
        entity=tuple(sorted(dossier.entities().values(), key=lambda each: each.id)),
        mention=inside(dossier.mentions()),
        attribution=inside(dossier.attributions()),
        time=inside(dossier.times()),
        quantity=inside(dossier.quantities()),
        passage=_by_id(dossier.passages()),
        exemplar=_by_id(dossier.exemplars()),
        edge=_by_id(dossier.edges()),
        claim=_by_id(dossier.claims()),
        conflict=tuple(sorted(dossier.conflicts(), key=lambda each: (each.rank, each.id))),
        judgement=tuple(dossier.judgements()),
        refused=tuple(dossier.refused()),
    )


def _where(found: Any) -> tuple[Any, ...]:
    if isinstance(found, Attribution):
        return (found.content, found.source, found.cue, found.id)
    return (found.start, found.end)


def _by_id(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(found, key=lambda each: each.id))


def lines(exported: Exported) -> Iterator[bytes]:
    """An export as its lines."""
    run = exported.run
    yield _line(
        "dossier",
        {
            "format": exported.format,
            "name": exported.name,
            "run": {"code": run.code, "models": dict(run.models), "at": run.at or None},
        },
    )
    for kind in TYPES:
        for each in getattr(exported, kind):
            yield _line(kind, each)


def _line(kind: str, value: object) -> bytes:
    return b'{"type":"' + kind.encode() + b'",' + msgspec.json.encode(value)[1:] + b"\n"


# ---------------------------------------------------------------- and in again


class _Run(msgspec.Struct):
    code: str = ""
    models: dict[str, str] = {}
    at: str | None = None


class _Dossier(msgspec.Struct):
    format: str = FORMAT
    name: str = ""
    run: _Run = msgspec.field(default_factory=_Run)


class _Typed(msgspec.Struct):
    type: str


@dataclass(slots=True)
class _Gathered:
    head: _Dossier = field(default_factory=_Dossier)
    found: dict[str, list[Any]] = field(default_factory=lambda: {kind: [] for kind in TYPES})


def load_jsonl(path: Path) -> Exported:
    """An export as typed values; types and fields that are not known are left out."""
    gathered = _Gathered()
    number = 0
    try:
        with path.open("rb") as file:
            for line in file:
                number += 1
                if not line.isspace():
                    _gather(line, gathered)
    except OSError as problem:
        raise Unreadable(str(path), (problem.strerror or "unreadable").lower()) from None
    except (msgspec.MsgspecError, ValueError) as problem:
        raise Unreadable(str(path), f"line {number}: {problem}", "not-an-export") from None
    head = gathered.head
    run = Run(head.run.code, tuple(sorted(head.run.models.items())), head.run.at or "")
    found: dict[str, Any] = {kind: tuple(values) for kind, values in gathered.found.items()}
    return replace(Exported(head.format, head.name, run), **found)


def _gather(line: bytes, gathered: _Gathered) -> None:
    kind = msgspec.json.decode(line, type=_Typed).type
    if kind == "dossier":
        gathered.head = msgspec.json.decode(line, type=_Dossier)
    elif kind in TYPES:
        gathered.found[kind].append(msgspec.json.decode(line, type=TYPES[kind]))


# ---------------------------------------------------------------- to a file

WRITERS: Mapping[str, Callable[[Dossier], Iterator[bytes]]] = {"jsonl": jsonl}


def write(dossier: Dossier, to: str, path: Path) -> None:
    """The export in a file that is there whole or not at all."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(WRITERS[to](dossier))
        unfinished.replace(path)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        reason = (problem.strerror or "the disk refused").lower()
        raise CannotWrite(f"cannot write {path}: {reason}") from None
