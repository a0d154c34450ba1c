"""A dossier as other programs read it: JSON Lines, one object a line (`docs/format.md`).

The same dossier gives the same bytes, whenever and wherever it is exported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from whence.dossier import Dossier
from whence.errors import CannotWrite, NotFound, Unreadable
from whence.judgements import quoted
from whence.lookalike import covered, named
from whence.store import Removal
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
    Original,
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
    original: tuple[Original, ...] = ()
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
    removal: tuple[Removal, ...] = ()


TYPES: Mapping[str, type[Any]] = {
    "document": Document, "original": Original, "block": Block, "entity": Entity, "mention": Mention,
    "attribution": Attribution, "time": Time, "quantity": Quantity, "passage": Passage,
    "exemplar": Exemplar, "edge": Edge, "claim": Claim, "conflict": Conflict,
    "judgement": Judgement, "refused": Refused, "removal": Removal,
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
        original=tuple(dossier.original(each.id) for each in documents),
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
        removal=tuple(dossier.removals()),
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


# ---------------------------------------------------------------- for others' eyes


@dataclass(frozen=True, slots=True)
class Sharing:
    """What an export for others leaves out (`docs/decisions/0005-safe-sharing.md`)."""

    text: bool = True
    """Whether the documents' words go with it; without them, findings are places alone."""
    names: tuple[str, ...] = ()
    """Names blacked out wherever they stand, in any dress, letter for letter."""


LEFT_OUT = ("text", "quote", "gloss", "why")
"""Fields that hold words of the documents; a person's own reason for a judgement stays."""
FIXED = frozenset(
    "type kind role form stance voice route basis of verdict state media_type language format code"
    " bytes_sha256 place_kind id doc run".split()
)
"""Fields that hold no words but codes and hashes."""
PLACE: dict[str, Any] = {
    "same_as": [],
    "lat": None,
    "lon": None,
    "country": None,
    "place_kind": None,
}


def shared(lines: Iterable[bytes], sharing: Sharing) -> Iterator[bytes]:
    """An export without what is not to be shared; refuses to hide a name that is nowhere."""
    objects = [msgspec.json.decode(line) for line in lines]
    for name in sharing.names:
        if not any(_names(each, (name,)) for each in objects):
            nowhere = NotFound(f"“{name}” stands nowhere in this dossier, so it cannot be hidden")
            nowhere.hint = "nothing was written; check how the name is spelled there"
            raise nowhere
    if sharing.names:
        objects = _redacted(objects, sharing.names)
    for each in objects:
        yield msgspec.json.encode(each if sharing.text else _without_text(each)) + b"\n"


def also_called(exported: Exported, names: Collection[str]) -> list[str]:
    """Other names of those whose names are hidden: they still tell who it is."""
    found: set[str] = set()
    for each in exported.entity:
        called = {each.name, *each.also}
        hidden = {word for word in called if any(named(name, word) for name in names)}
        found |= called - hidden if hidden else set()
    return sorted(found)


def _without_text(object: dict[str, Any]) -> dict[str, Any]:
    if object["type"] == "document":
        text = object["text"]
        digest = hashlib.sha256(text.encode()).hexdigest()
        return {**object, "text": None, "text_length": len(text), "text_sha256": digest}
    if object["type"] == "judgement":
        about = [{**anchor, "quote": None} for anchor in object["about"]]
        return {**object, "about": about}
    if object["type"] in ("refused", "removal"):  # no words of a document, but of a person
        return object
    return {key: None if key in LEFT_OUT else _wordless(v) for key, v in object.items()}


def _wordless(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: None if k in LEFT_OUT else _wordless(each) for k, each in value.items()}
    return [_wordless(each) for each in value] if isinstance(value, list) else value


def _redacted(objects: list[Any], names: tuple[str, ...]) -> list[Any]:
    """With the names covered, the ids made from them replaced, and no place that gives it away."""
    texts = {each["id"]: each["text"] for each in objects if each["type"] == "document"}
    hidden = [e["id"] for e in objects if e["type"] == "entity" and _names(e, names)]
    ids = {id: f"enhidden{number}" for number, id in enumerate(sorted(hidden), start=1)}
    done = []
    for each in objects:
        whole = _covered(each, "", names, ids)
        if each["type"] == "entity" and each["id"] in ids:
            whole.update(PLACE)
        if each["type"] == "judgement":
            for was, now in zip(each["about"], whole["about"], strict=True):
                spans, text = was["spans"], texts.get(was["doc"])
                if text is not None and quoted(text, spans) == was["quote"]:
                    now["quote"] = quoted(covered(text, names), spans)
        done.append(whole)
    return done


def _names(value: Any, names: tuple[str, ...], key: str = "") -> bool:
    if isinstance(value, str):
        return key not in FIXED and any(named(n, v) for n in names for v in (value, unquote(value)))
    if isinstance(value, dict):
        return any(_names(each, names, inner) for inner, each in value.items())
    return isinstance(value, list) and any(_names(each, names, key) for each in value)


def _covered(value: Any, key: str, names: tuple[str, ...], ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        if value in ids or key in FIXED:
            return ids.get(value, value)
        done = covered(value, names)
        plain = unquote(done) if "%" in done and key != "text" else done
        return done if (again := covered(plain, names)) == plain else again
    if isinstance(value, dict):
        return {inner: _covered(each, inner, names, ids) for inner, each in value.items()}
    return [_covered(e, key, names, ids) for e in value] if isinstance(value, list) else value


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
        try:
            found = msgspec.json.decode(line, type=TYPES[kind])
        except msgspec.ValidationError:
            found = msgspec.convert(_filled(msgspec.json.decode(line)), TYPES[kind])
        gathered.found[kind].append(found)


def _filled(value: Any) -> Any:
    """An object of an export without text, with no words where words would stand."""
    if isinstance(value, dict):
        empty = {key: "" for key in LEFT_OUT if key in value and value[key] is None}
        return {**{key: _filled(each) for key, each in value.items()}, **empty}
    return [_filled(each) for each in value] if isinstance(value, list) else value


# ---------------------------------------------------------------- to a file

WRITERS: Mapping[str, Callable[[Dossier], Iterator[bytes]]] = {"jsonl": jsonl}


def write(dossier: Dossier, to: str, path: Path, sharing: Sharing | None = None) -> None:
    """The export in a file that is there whole or not at all."""
    told = WRITERS[to](dossier)
    if sharing is not None:
        told = iter(list(shared(told, sharing)))  # what is asked for may not be there
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(told)
        unfinished.replace(path)
    except OSError as problem:
        unfinished.unlink(missing_ok=True)
        reason = (problem.strerror or "the disk refused").lower()
        raise CannotWrite(f"cannot write {path}: {reason}") from None
