"""What people decided: which judgements stand, and what they change in the findings shown.

Two pure functions of the log. `replay` says of every judgement whether it stands, was superseded,
or is an orphan whose words are gone. `apply` gives a document's findings as the standing judgements
leave them: a person outranks the machine. Nothing is overwritten, so an undo brings back what was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, get_args

import msgspec

from whence.errors import Usage
from whence.terms import (
    Anchor,
    Attribution,
    Extent,
    Extents,
    Judgement,
    Reading,
    Span,
    Stance,
    Verdict,
    When,
    finding_id,
)

PAIRS = frozenset(
    ["same-entity", "not-same-entity", "same-claim", "not-same-claim", "is-copy-of", "not-copy-of"]
)
"""Verdicts about two things."""

VALUED = frozenset(["span-is", "stance-is", "metadata-is"])
"""Verdicts that say nothing without a value (a speaker or place may be null: “not settled”)."""

KINDS: Mapping[str, str] = {
    "same-entity": "entity", "not-same-entity": "entity",
    "same-claim": "claim", "not-same-claim": "claim",
    "is-copy-of": "copy", "not-copy-of": "copy",
    "is-origin": "origin", "not-origin": "origin",
    "accept": "worth", "reject": "worth", "not-a-statement": "worth",
}  # fmt: skip
"""Verdicts that answer one question: the later answer about the same anchor counts."""

GATHERED = frozenset(["note", "undo", "add-statement", "add-claim", "add-exemplar"])
"""Verdicts that add something of their own: two about the same words both stand."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "same-entity": ("mention", "attribution"), "not-same-entity": ("mention", "attribution"),
    "place-is": ("mention", "attribution"), "speaker-is": ("attribution",),
    "same-claim": ("attribution",), "not-same-claim": ("attribution",),
    "is-origin": ("attribution",), "not-origin": ("attribution",),
    "stance-is": ("attribution",), "not-a-statement": ("attribution",),
    "span-is": (), "accept": (), "reject": (),
}  # fmt: skip
"""The types of finding that must overlap the anchor; none named means the anchor's own type."""

STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "claim": ("attribution",),
    "entity": ("mention", "attribution"),
    "document": (),
    "text": (),
}
"""Anchors that are not findings with a place of their own, and the findings that carry them."""

FIELDS = ("outlet", "title", "byline", "translator", "published", "updated", "language", "address")
"""What metadata-is may set, as “field=value”; “field=” says that it is not known."""

Footing = Mapping[tuple[str, str], Sequence[Extents]]
"""Where the machine's findings stand: (type, document) → the words of each."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What add-statement and span-is may say of a statement, as JSON in their value."""

    source: Extents | None = None
    cue: Extents | None = None
    content: Extents | None = None
    speaker: str | None = None
    stance: Stance | None = None


# ---------------------------------------------------------------- what stands


def survivors(log: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that no later one undid, replaced or answered anew: a function of the log."""
    undone: set[str] = set()
    for each in reversed(log):  # backwards, so that an undo can itself be undone
        if each.verdict == "undo" and each.replaces and each.id not in undone:
            undone.add(each.replaces)
    gone = set(undone)
    answered: dict[tuple[object, ...], str] = {}
    for each in log:
        if each.id in undone:
            continue
        if each.replaces and each.verdict != "undo":
            gone.add(each.replaces)
        question = asked(each)
        if question is not None:
            if question in answered:
                gone.add(answered[question])
            answered[question] = each.id
    return [each for each in log if each.id not in gone]


def asked(judgement: Judgement) -> tuple[object, ...] | None:
    """The question a judgement answers, the same for every answer; None if it stands by itself."""
    if judgement.verdict in GATHERED:
        return None
    places = [(each.type, each.doc, each.spans) for each in judgement.about]
    if judgement.verdict in PAIRS and not judgement.verdict.endswith("copy-of"):
        places.sort()  # “A is B” is “B is A”, but “A copied B” is not “B copied A”
    kind = KINDS.get(judgement.verdict, judgement.verdict)
    field = (judgement.value or "").partition("=")[0] if kind == "metadata-is" else ""
    return (kind, field, tuple(places))


def replay(
    log: Sequence[Judgement], texts: Mapping[str, str], findings: Footing
) -> list[Judgement]:
    """Every judgement of the log with its state, computed from the log and what is there now."""
    alive = survivors(log)
    placed = [each for each in alive if all(reads(anchor, texts) for anchor in each.about)]
    footing = {key: list(extents) for key, extents in findings.items()}
    for each in placed:  # what a person added is a finding that others may be about
        if each.verdict == "add-statement":
            for anchor in each.about:
                footing.setdefault(("attribution", anchor.doc), []).append(anchor.spans)
    standing = {each.id for each in placed if _grounded(each, footing)}
    known = {each.id for each in alive}
    return [
        replace(
            each,
            state="standing"
            if each.id in standing
            else "orphaned"
            if each.id in known
            else "superseded",
        )
        for each in log
    ]


def reads(anchor: Anchor, texts: Mapping[str, str]) -> bool:
    """Whether the anchor's quote is still the text at its spans."""
    text = texts.get(anchor.doc)
    return text is not None and quoted(text, anchor.spans) == anchor.quote


def quoted(text: str, spans: Extents) -> str:
    """The words at these spans; words in pieces are joined by an ellipsis."""
    return " … ".join(text[start:end] for start, end in spans)


def _grounded(judgement: Judgement, footing: Footing) -> bool:
    """Whether a finding still lies under every anchor, where the verdict needs one."""
    if judgement.verdict not in NEEDS:
        return True
    for anchor in judgement.about:
        kinds = NEEDS[judgement.verdict] or STANDS_FOR.get(anchor.type, (anchor.type,))
        under = [spans for kind in kinds for spans in footing.get((kind, anchor.doc), ())]
        if kinds and not any(overlap(spans, anchor.spans) for spans in under):
            return False
    return True


def overlap(left: Extents, right: Extents) -> int:
    """How many code points two sets of words share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


# ---------------------------------------------------------------- anchors and checks


def whole(attribution: Attribution) -> Extents:
    """All the words of an attribution, source, cue and content together, in reading order."""
    merged: list[Extent] = []
    for start, end in sorted(attribution.source + attribution.cue + attribution.content):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def anchored(attribution: Attribution, text: str) -> Anchor:
    """The anchor under which a judgement about this attribution is kept."""
    spans = whole(attribution)
    return Anchor("attribution", attribution.doc, spans, quoted(text, spans))


def since(log: Sequence[Judgement], about: Sequence[Anchor], seen: str) -> list[Judgement]:
    """What was decided about these anchors after the judgement someone saw, and still counts."""
    places = {(each.type, each.doc, each.spans) for each in about}
    position = {each.id: number for number, each in enumerate(log)}
    return [
        each
        for each in survivors(log)
        if position[each.id] > position.get(seen, -1)
        and any((a.type, a.doc, a.spans) in places for a in each.about)
    ]


def examined(judgement: Judgement) -> Judgement:
    """The judgement, if it makes sense; otherwise an error that says how to put it."""
    verdict, value = judgement.verdict, judgement.value
    if verdict not in get_args(Verdict):
        raise _usage(f"“{verdict}” is not a verdict", "one of: " + ", ".join(get_args(Verdict)))
    if not judgement.by.strip():
        raise _usage("a judgement needs a name", "say who decides with --by NAME")
    wanted = 2 if verdict in PAIRS else 1
    if verdict == "undo" and not judgement.replaces:
        raise _usage("undo needs the id of a judgement", "whence status lists judgements")
    if verdict != "undo" and len(judgement.about) != wanted:
        things = "two places" if wanted == 2 else "one place"
        raise _usage(f"{verdict} is about {things}, not {len(judgement.about)}", None)
    if (verdict in VALUED and not value) or (verdict == "note" and not (value or judgement.why)):
        raise _usage(f"{verdict} needs a value", None)
    if verdict == "stance-is" and value not in get_args(Stance):
        raise _usage(f"“{value}” is not a stance", "one of: " + ", ".join(get_args(Stance)))
    if verdict == "metadata-is" and (value or "").partition("=")[0] not in FIELDS:
        raise _usage(f"metadata-is needs “field=value”, not “{value}”", ", ".join(FIELDS))
    if verdict in {"span-is", "add-statement"}:
        statement(value, verdict)
    return judgement


def statement(value: str | None, verdict: str) -> Statement:
    """What the value of add-statement or span-is says; a plain name is the speaker."""
    if not value:
        return Statement()
    if verdict == "add-statement" and not value.lstrip().startswith("{"):
        return Statement(speaker=value)
    try:
        said = msgspec.json.decode(value, type=Statement)
        for spans in (said.source, said.cue, said.content):
            if any(not 0 <= start < end for start, end in spans or ()):
                raise ValueError("a span is empty or backward")
    except (ValueError, msgspec.MsgspecError) as problem:
        raise _usage(f"{verdict}: the value is not understood ({problem})", SHAPE) from None
    return said


SHAPE = 'for example {"source": [[0, 5]], "content": [[10, 30]], "stance": "denies"}'


def _usage(message: str, hint: str | None) -> Usage:
    problem = Usage(message)
    problem.hint = hint
    return problem


# ---------------------------------------------------------------- what they change


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


Change = Callable[[Reading, Anchor, str | None, Mapping[str, str]], Reading]


def denoted(anchor: Anchor, found: Sequence[Attribution]) -> set[str]:
    """The ids of the attributions an anchor means: those that share its words best."""
    scores: dict[str, float] = {}
    for each in found:
        scores[each.id] = max(
            _likeness(anchor.spans, whole(each)), _likeness(anchor.spans, each.content)
        )
    best = max(scores.values(), default=0.0)
    return {name for name, score in scores.items() if score == best > 0}


def _likeness(left: Extents, right: Extents) -> float:
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


def _stance(
    reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]
) -> Reading:
    stance = msgspec.convert(value, Stance)
    return _each(reading, anchor, lambda a: replace(a, stance=stance))


def _span(reading: Reading, anchor: Anchor, value: str | None, names: Mapping[str, str]) -> Reading:
    said = statement(value, "span-is")

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
    field, _, text = (value or "").partition("=")
    said: str | When | None = text.strip() or None
    if field in {"published", "updated"} and said is not None:
        first, _, last = text.strip().partition("/")
        said = When(first, last or first, "stated", anchor.spans[0] if anchor.spans else None)
    changes: dict[str, Any] = {field: said}
    return replace(reading, document=replace(reading.document, **changes))


CHANGES: Mapping[str, Change] = {
    "speaker-is": _speaker,
    "stance-is": _stance,
    "span-is": _span,
    "not-a-statement": _removed,
    "reject": _removed,
    "accept": _accepted,
    "add-statement": _added,
    "metadata-is": _metadata,
}


# ---------------------------------------------------------------- entities that people name


def folded(name: str) -> str:
    """A name for comparing: case folded, spaces evened, a leading article dropped."""
    words = name.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def entity_for(name: str, names: Mapping[str, str]) -> str:
    """The id of the entity of this id or name; a name not known yet gets an id of its own."""
    return names.get(name) or names.get(folded(name)) or finding_id("entity", folded(name))


def people_named(judgements: Iterable[Judgement]) -> list[str]:
    """The names of speakers and places that standing judgements give."""
    found: list[str] = []
    for each in judgements:
        if each.state != "standing" or not each.value:
            continue
        if each.verdict in {"speaker-is", "place-is"}:
            found.append(each.value)
        elif each.verdict == "add-statement":
            said = statement(each.value, each.verdict)
            found.extend([said.speaker] if said.speaker else [])
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
    return [each for each in found if not gone & _places(each)]


def _places(found: object) -> set[tuple[str, Extents]]:
    names = {each.name for each in fields(found)}  # type: ignore[arg-type]
    spans = [getattr(found, name) for name in ("left", "right") if name in names]
    return {(s.doc, ((s.start, s.end),)) for s in spans if isinstance(s, Span)}
