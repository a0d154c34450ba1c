"""The same proposition across documents: who asserts, denies, hedges or relays it.

Candidates are found by meaning; what joins two statements is decided on their words, on who says
them, and on who, where, when and how many: two floods on two days are two claims.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from whence.claims import likeness
from whence.claims.answers import answered, points
from whence.claims.grouping import groups
from whence.claims.likeness import Floats, Pair, Said, Weights, blended, trained
from whence.claims.statements import Statement, statements
from whence.claims.umbrella import parts
from whence.claims.wording import gloss, stances
from whence.judgements import likeness as alike
from whence.pile import Pile, common, institutions, pairs_judged
from whence.terms import Anchor, Basis, Claim, Extents, Reading, Telling, Verdict, When, finding_id

__all__ = [
    "Knobs", "Said", "Vectors", "Weights", "blended", "candidates", "claims", "compared", "grouped",
]  # fmt: skip

Vectors = Callable[[Sequence[str]], Floats]
"""What gives each sentence a vector of length one, near in meaning being near in angle."""


@dataclass(frozen=True, slots=True)
class Knobs:
    """What counts as one claim."""

    weights: Weights = field(default_factory=trained)
    least: float = 0.22  # average chance at which two groups are still one claim
    neighbours: int = 40  # statements looked at for each one, the nearest in meaning first
    near: float = 0.2  # cosine below which two statements are not compared


_GROUND = re.compile(
    r"\b(?:in|inside|into|within|across|throughout|outside|near|around|over|through|to|from|"
    r"(?:part|parts|east|west|north|south|border|borders) of|(?:north|south|east|west)\w*ern)\s+"
    r"(?:the\s+|neighbou?ring\s+|\w+ern\s+|central\s+)*$",
    re.I,
)

WHOLE = Knobs(least=0.3, near=0.25)
"""For whole documents, where most statements belong to no claim of another document."""


def claims(pile: Pile, vectors: Vectors, knobs: Knobs = WHOLE) -> tuple[Claim, ...]:
    """What is claimed in the pile, claims of several documents first."""
    told = sorted((s for each in pile.readings for s in statements(each)), key=lambda s: s.key)
    if not told:
        return ()
    speaks_for = institutions(pile)
    by_doc = {each.document.id: each for each in pile.readings}
    states = frozenset(each.id for each in pile.entities if each.place_kind == "country")
    said = compared(told, pile, speaks_for)
    table = blended(vectors([s.words for s in told]), vectors([s.sentence for s in told]))
    always, never = _judged(told, pile)
    joined = answered(told, grouped(said, table, knobs), speaks_for)
    if never:
        apart = frozenset(split(never, joined))
        joined = answered(told, grouped(said, table, knobs, (apart, ())), speaks_for)
    joined = united(joined, always)
    made = [_claim([told[i] for i in each], by_doc, states) for each in joined]
    made = parts(made, [np.asarray(table[each].mean(0)) for each in joined])
    added = list(_added(told, pile, by_doc, states))
    return tuple(sorted([*_without(made, added), *added], key=_rank))


def grouped(
    said: Sequence[Said],
    meaning: Floats,
    knobs: Knobs = Knobs(),
    judged: tuple[frozenset[Pair], tuple[Pair, ...]] = (frozenset(), ()),
) -> list[list[int]]:
    """Which statements are one claim: groups of their numbers. `judged`: never and always one."""
    cuts = [likeness.cut(each) for each in said]
    near = candidates(meaning, knobs) | likeness.echoes(cuts).keys()
    pairs = sorted((i, j) for i, j in near if not said[i].points | said[j].points)
    table = likeness.features(cuts, meaning, pairs)
    chances = likeness.scores(table, knobs.weights)
    never = {p for p in pairs if likeness.apart(said[p[0]], said[p[1]])}
    scores = {pair: float(chance) for pair, chance in zip(pairs, chances, strict=True)}
    return groups(len(said), scores, knobs.least, frozenset(never | judged[0]), judged[1])


def candidates(vectors: Floats, knobs: Knobs) -> set[Pair]:
    """The pairs worth comparing: each statement with its nearest in meaning."""
    found: set[Pair] = set()
    count = len(vectors)
    keep = min(knobs.neighbours, count - 1)
    for first in range(0, count if keep > 0 else 0, 1024):
        near = vectors[first : first + 1024] @ vectors.T
        rows = np.arange(near.shape[0])
        near[rows, rows + first] = -1.0
        best = np.argpartition(-near, keep - 1, axis=1)[:, :keep]
        for row, col in zip(*np.nonzero(near[rows[:, None], best] >= knobs.near), strict=True):
            i, j = first + int(row), int(best[row, col])
            found.add((min(i, j), max(i, j)))
    return found


def compared(told: Sequence[Statement], pile: Pile, speaks_for: Mapping[str, str]) -> list[Said]:
    """What is compared of each statement."""
    by_doc = {each.document.id: each for each in pile.readings}
    names = {each.id: each.name for each in pile.entities}
    return [_said(each, by_doc[each.attribution.doc], speaks_for, names) for each in told]


def _said(
    each: Statement, reading: Reading, speaks_for: Mapping[str, str], names: Mapping[str, str]
) -> Said:
    speaker = each.attribution.speaker
    days = tuple(
        (t.first[:10], t.last[:10])
        for t in reading.times
        if t.first and t.last and t.of != "publication" and common(((t.start, t.end),), each.spans)
    )
    meant = dict.fromkeys(
        names[m.entity]
        for m in reading.mentions
        if m.entity and m.entity in names and common(((m.start, m.end),), each.spans)
    )
    return Said(each.words, speaks_for.get(speaker or "", speaker), each.stance == "denies",
                days, " ".join(meant), points(each))  # fmt: skip


def _judged(told: Sequence[Statement], pile: Pile) -> tuple[list[Pair], list[Pair]]:
    """The pairs of statements that people said are one claim, and those that are not."""

    def at(place: tuple[str, Extents]) -> list[int]:
        """The statements that the words mean: those that share most of them."""
        doc, spans = place
        shares = {i: alike(spans, s.spans) for i, s in enumerate(told) if s.attribution.doc == doc}
        best = max(shares.values(), default=0.0)
        return [i for i, share in shares.items() if share == best > 0]

    always, never = (
        [(i, j) for a, b in pairs_judged(pile, verdict) for i in at(a) for j in at(b) if i != j]
        for verdict in JOINS
    )
    return always, never


JOINS: tuple[Verdict, Verdict] = ("same-claim", "not-same-claim")


def split(never: Iterable[Pair], joined: Sequence[Sequence[int]]) -> Iterator[Pair]:
    """The pairs kept apart: the first of two is no part of any claim that the second is part of."""
    home = {i: group for group in joined for i in group}
    for i, j in never:
        others = home[i] if home[i] is home[j] else [j]
        yield from ((min(i, k), max(i, k)) for k in others if k != i)


def united(joined: Sequence[Sequence[int]], always: Iterable[Pair]) -> list[list[int]]:
    """The groups, with those made one that people said are one claim."""
    out = [list(group) for group in joined]
    for i, j in always:
        one, other = (next(group for group in out if k in group) for k in (i, j))
        if one is not other:
            out.remove(other)
            one.extend(other)
    return [sorted(group) for group in out]


def _added(
    told: Sequence[Statement], pile: Pile, by_doc: Mapping[str, Reading], states: frozenset[str]
) -> Iterator[Claim]:
    """Claims that people put in their own words, with the statements under their anchors."""
    places: dict[str, list[Anchor]] = {}
    for each in pile.judgements:
        if each.verdict == "add-claim" and each.value:
            places.setdefault(each.value, []).extend(each.about)
    for said, about in places.items():
        members = [
            s for s in told
            if any(a.doc == s.attribution.doc and common(a.spans, s.spans) for a in about)
        ]  # fmt: skip
        if members:
            id = finding_id("claim", f"added|{said}")
            yield replace(_claim(members, by_doc, states), id=id, gloss=said)


def _without(made: Sequence[Claim], added: Sequence[Claim]) -> list[Claim]:
    """The machine's claims, but those of which a person's claim holds every telling."""
    held = [{t.attribution for t in each.tellings} for each in added]
    kept = [
        each for each in made if not any({t.attribution for t in each.tellings} <= h for h in held)
    ]
    ids = {each.id for each in kept}
    return [replace(each, part_of=each.part_of if each.part_of in ids else None) for each in kept]


def _claim(
    members: Sequence[Statement], by_doc: Mapping[str, Reading], states: frozenset[str]
) -> Claim:
    tellings = {}
    for each, stance in zip(members, stances(members), strict=True):
        telling = Telling(each.attribution.id, each.spans, stance)
        tellings[telling.attribution, telling.spans] = telling
        for outer in each.relays:
            tellings.setdefault((outer.attribution, outer.spans), outer)
    first = min(members, key=lambda s: s.key)
    id = finding_id("claim", first.attribution.doc, first.spans)
    spans: defaultdict[str, Extents] = defaultdict(tuple)
    for each in members:
        spans[each.attribution.doc] += each.spans
    who, where = _named(spans, by_doc, states)
    ordered = tuple(tellings[key] for key in sorted(tellings))
    return Claim(id, gloss(members), ordered, None, who, _when(spans, by_doc), where)


def _named(
    spans: Mapping[str, Extents], by_doc: Mapping[str, Reading], states: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who and what places the tellings name, by entity: a state that acts is a who, and so is it
    in “Ruritanian troops”; only “in Ruritania” is it ground."""
    who: set[str] = set()
    where: set[str] = set()
    for doc, extents in spans.items():
        for m in by_doc[doc].mentions:
            if m.entity and common(((m.start, m.end),), extents):
                before = by_doc[doc].document.text[max(0, m.start - 40) : m.start]
                there = m.form != "modifier" and _GROUND.search(before)
                acts = m.entity in states and not (m.form == "nominal" or there)
                (who if acts or m.kind != "place" else where).add(m.entity)
    return tuple(sorted(who)), tuple(sorted(where))


def _when(spans: Mapping[str, Extents], by_doc: Mapping[str, Reading]) -> When | None:
    """The stretch that all dated tellings agree on, if they do."""
    told = [
        [
            (t.first, t.last, t.basis)
            for t in by_doc[doc].times
            if t.of == "event" and t.first and t.last and common(((t.start, t.end),), (extent,))
        ]
        for doc, extents in spans.items()
        for extent in extents
    ]
    days = [each for found in told for each in found]
    if not days or 2 * sum(map(bool, told)) < len(told):
        return None  # most of those who tell it do not say when
    first, last = max(f for f, _, _ in days), min(x for _, x, _ in days)
    basis: Basis = "inferred" if any(b == "inferred" for _, _, b in days) else "stated"
    return When(first, last, basis) if first <= last else None


def _rank(claim: Claim) -> tuple[int, int, str]:
    docs = len({each.attribution for each in claim.tellings})
    return -docs, -len(claim.tellings), claim.id
