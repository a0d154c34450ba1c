"""What cannot both be right: denials, numbers, dates, names, responsibility, and drift in copying.

Each conflict names the clashing words on both sides and says in plain words what clashes; the first
in the list is what a checker would want to see first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from whence.clauses import WORD, sentences
from whence.conflict.drift import alike, amounts, changes
from whence.conflict.names import misnamed
from whence.conflict.numbers import Count, clashes, counts
from whence.pile import Pile, attributions, common, institutions, words
from whence.terms import (
    Attribution,
    Claim,
    Conflict,
    ConflictKind,
    Edge,
    Entity,
    Extent,
    Reading,
    Span,
    Telling,
    finding_id,
)

__all__ = ["conflicts"]

_FIRST: Mapping[ConflictKind, float] = {
    "denial": 4.0, "responsibility": 3.6, "number": 3.4, "drift": 2.6, "date": 2.6, "place": 2.4,
    "name": 1.2,
}  # fmt: skip
"""What a checker wants to see first, other things being equal."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What conflicts are looked for in."""

    readings: Mapping[str, Reading]
    known: Mapping[str, Attribution]
    speaks_for: Mapping[str, str]
    entities: Mapping[str, Entity]


def conflicts(pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge]) -> tuple[Conflict, ...]:
    """What clashes in the pile, ranked; claims come with their origins, edges with their claims."""
    case = _Case(
        {r.document.id: r for r in pile.readings}, attributions(pile), institutions(pile),
        {each.id: each for each in pile.entities},
    )  # fmt: skip
    found: dict[str, tuple[float, Conflict]] = {}
    for claim in claims:
        for weight, each in (*_denials(claim, case), *_numbers(claim, case)):
            _keep(found, weight + _interest(claim, case), each)
    for weight, each in _drifts(pile, claims, edges, case):
        _keep(found, weight, each)
    for weight, each in misnamed(pile):
        _keep(found, weight, each)
    ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(replace(each, rank=rank) for rank, (_, each) in enumerate(ranked, 1))


def _keep(found: dict[str, tuple[float, Conflict]], weight: float, each: Conflict) -> None:
    if each.id not in found or found[each.id][0] < weight:
        found[each.id] = weight, each


def made(
    kind: ConflictKind, left: Span, right: Span, why: str, claims: tuple[str, ...] = (),
    edge: str | None = None,
) -> Conflict:  # fmt: skip
    """A conflict, its rank still open."""
    ends = ((left.start, left.end),), ((right.start, right.end),)
    id = finding_id("conflict", f"{kind}|{left.doc}|{right.doc}", *ends)
    return Conflict(id, 1, kind, left, right, why, claims, edge)


def _interest(claim: Claim, case: _Case) -> float:
    """More for a claim that many carry, that named parties put forward, and that rests on little."""
    docs = {case.known[t.attribution].doc for t in claim.tellings}
    named = {case.known[t.attribution].speaker for t in claim.tellings} - {None}
    few = claim.origins is not None and claim.origins.at_least < 2 <= len(docs)
    return math.log2(1 + len(docs)) / 2 + min(len(named), 3) / 4 + 0.2 * few


def _denials(claim: Claim, case: _Case) -> Iterator[tuple[float, Conflict]]:
    asserted = [t for t in claim.tellings if t.stance == "asserts"] or [
        t for t in claim.tellings if t.stance == "relays"
    ]
    for voice, denial in _by_voice([t for t in claim.tellings if t.stance == "denies"], case):
        against = [t for t in asserted if _voice(t, case) != voice] or asserted
        against = [
            t for t in against
            if _who(t, case) != _who(denial, case) and not _same_words(t, denial, case)
        ]  # fmt: skip
        if not against:
            continue
        left = min(against, key=lambda t: (-_shared(t, denial, case), _clearness(t, case)))
        near = min(_shared(left, denial, case), 4) / 4
        why = f"{_who(left, case)} says it, {_who(denial, case)} denies it."
        each = made("denial", _span(left, case), _span(denial, case),
                    why[0].upper() + why[1:], (claim.id,))  # fmt: skip
        yield _FIRST["denial"] - 1.5 + 1.5 * near, each


def _same_words(one: Telling, other: Telling, case: _Case) -> bool:
    docs = {case.known[t.attribution].doc for t in (one, other)}
    return len(docs) == 1 and common(one.spans, other.spans) > 0


def _shared(one: Telling, other: Telling, case: _Case) -> int:
    """How many longer words two tellings have in common."""
    texts = [
        words(case.readings[case.known[t.attribution].doc].document.text, t.spans).casefold()
        for t in (one, other)
    ]
    ours, theirs = ({w[:6] for w in WORD.findall(t) if len(w) > 3} for t in texts)
    return len(ours & theirs)


def _by_voice(tellings: Sequence[Telling], case: _Case) -> list[tuple[str, Telling]]:
    """One telling for each voice, the clearest."""
    best: dict[str, Telling] = {}
    for each in sorted(tellings, key=lambda t: _clearness(t, case)):
        best.setdefault(_voice(each, case), each)
    return sorted(best.items())


def _voice(telling: Telling, case: _Case) -> str:
    each = case.known[telling.attribution]
    return case.speaks_for.get(each.speaker or "", each.speaker or each.doc)


def _clearness(telling: Telling, case: _Case) -> tuple[bool, bool, int, str]:
    each = case.known[telling.attribution]
    length = sum(b - a for a, b in telling.spans)
    return each.voice != "speaker", each.speaker is None, abs(length - 80), each.id


def _who(telling: Telling, case: _Case) -> str:
    each = case.known[telling.attribution]
    if each.speaker in case.entities and each.speaker is not None:
        name = case.entities[each.speaker].name
        organised = case.entities[each.speaker].kind in ("organisation", "group")
        return f"the {name}" if organised and not name.casefold().startswith("the ") else name
    document = case.readings[each.doc].document
    return document.outlet or f"“{(document.title or document.name)[:60]}”"


def _span(telling: Telling, case: _Case) -> Span:
    doc = case.known[telling.attribution].doc
    longest = max(telling.spans, key=lambda s: (s[1] - s[0], -s[0]))
    return Span(doc, *longest)


def _numbers(claim: Claim, case: _Case) -> Iterator[tuple[float, Conflict]]:
    every: list[Count] = []
    for telling in claim.tellings:
        if telling.stance == "relays":
            continue
        doc = case.known[telling.attribution].doc
        every += counts(case.readings[doc], telling.spans)
    for one, other in clashes(every):
        why = f"“{one.words}” or “{other.words}”."
        yield _FIRST["number"], made("number", one.span, other.span, why, (claim.id,))


def _drifts(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], case: _Case
) -> Iterator[tuple[float, Conflict]]:
    """What copies changed: each sentence of a copy beside the one it is most like in an exemplar."""
    best: dict[tuple[str, Extent], float] = {}
    found: list[tuple[float, tuple[str, Extent], float, Conflict]] = []
    for edge, left, right, id in _pairs(pile, claims, edges, case):
        ours, theirs = (case.readings[doc].document.text for doc in (edge.exemplar, edge.copy))
        ratio = alike(ours, left, theirs, right)
        place = (edge.copy, right)
        best[place] = max(best.get(place, 0.0), ratio)
        sides = (edge.exemplar, ours, left), (edge.copy, theirs, right)
        for change in dict.fromkeys((*changes(*sides), *(amounts(*sides) if id else ()))):
            why = f"The copy changes {change.why}: “{change.before}” becomes “{change.after}”."
            each = made("drift", change.left, change.right, why, (id,) if id else (), edge.id)
            found.append((ratio, place, _FIRST["drift"] + change.weight / 3, each))
    seen: set[Span] = set()
    for ratio, place, weight, each in sorted(found, key=lambda f: (-f[0], -f[2], f[3].id)):
        if ratio >= best[place] and each.right not in seen:
            seen.add(each.right)
            yield weight, each


def _pairs(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], case: _Case
) -> Iterator[tuple[Edge, Extent, Extent, str]]:
    """Sentences of one claim, or of one passage, on both sides of an edge."""
    told: defaultdict[str, defaultdict[str, set[Extent]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims:
        for t in claim.tellings:
            doc = case.known[t.attribution].doc
            told[doc][claim.id].add((t.spans[0][0], t.spans[-1][1]))
    for edge in (*edges, *_beside(edges, told)):
        if edge.exemplar not in case.readings:
            continue
        pairs = set(_aligned(pile, edge, case))
        ours, theirs = told[edge.exemplar], told[edge.copy]
        pairs |= {(o, t, id) for id in ours.keys() & theirs for o in ours[id] for t in theirs[id]}
        for left, right, id in sorted(pairs):
            yield edge, left, right, id


def _beside(edges: Sequence[Edge], told: Mapping[str, Mapping[str, set[Extent]]]) -> Iterator[Edge]:
    """Where the exemplar is lost, its copies side by side: the fullest shows what it may have said."""
    lost: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        lost[edge.exemplar].append(edge)
    for exemplar, copies in sorted(lost.items()):
        if exemplar in told or len(copies) < 2:
            continue
        passages = {each.copy: len(each.passages) for each in copies}
        length = {doc: sum(b - a for every in told[doc].values() for a, b in every)
                  for doc in passages if doc in told}  # fmt: skip
        fullest = max(passages, key=lambda doc: (passages[doc], length.get(doc, 0), doc))
        for each in copies:
            if each.copy != fullest:
                yield replace(each, exemplar=fullest)


def _aligned(pile: Pile, edge: Edge, case: _Case) -> Iterator[tuple[Extent, Extent, str]]:
    """The sentences that hold the two sides of the edge's passages."""
    wanted = set(edge.passages)
    for each in pile.passages:
        if each.id not in wanted or {each.left.doc, each.right.doc} != {edge.exemplar, edge.copy}:
            continue
        ours, theirs = (
            (each.left, each.right) if each.left.doc == edge.exemplar else (each.right, each.left)
        )
        held = [
            [
                s
                for s in sentences(case.readings[side.doc].document.text)
                if common((s,), ((side.start, side.end),))
            ]
            for side in (ours, theirs)
        ]
        for left, right in zip(held[0], held[1], strict=False):
            yield left, right, ""
