"""What copies changed, and how two tellings of one side's statement differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from whence.conflict.drift import Change, alike, amounts, changes, evidence, sureness, whereabouts
from whence.conflict.made import FIRST, Weighed, made
from whence.conflict.told import Case, Told, mentions_in, sentence_of, sentences_of, stems_of
from whence.pile import Pile, common, words
from whence.terms import Claim, Edge, Extent, Mention, Span

FEW: Final = 20  # sentences of one side, so few that each is laid beside each
NEAR: Final = 0.6  # cosine from which two sentences of one side tell the same thing


def drifts(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], case: Case
) -> Iterator[Weighed]:
    """What copies changed: each sentence of a copy beside the one it is most like in an exemplar."""
    best: dict[tuple[str, Extent], float] = {}
    found: list[tuple[float, tuple[str, Extent], Weighed]] = []
    for edge, left, right, id in _pairs(pile, claims, edges, case):
        ours, theirs = case.text(edge.exemplar), case.text(edge.copy)
        ratio = alike(ours, left, theirs, right)
        place = (edge.copy, right)
        best[place] = max(best.get(place, 0.0), ratio)
        sides = (edge.exemplar, ours, left), (edge.copy, theirs, right)
        for change in dict.fromkeys((*changes(*sides), *(amounts(*sides) if id else ()))):
            if not _attributing(change, case):
                why = f"The copy changes {change.why}: “{change.before}” becomes “{change.after}”."
                each = made("drift", change.left, change.right, why, (id,), edge.id)
                found.append((ratio, place, (FIRST["drift"] + change.weight / 3 - 0.3, each)))
    seen: set[Span] = set()
    for ratio, place, (weighed, each) in sorted(found, key=lambda f: (-f[0], -f[2][0], f[2][1].id)):
        if ratio >= best[place] and each.right not in seen:
            seen.add(each.right)
            yield weighed, each


def _attributing(change: Change, case: Case) -> bool:
    """Whether a change is only of who is said to say it, or of how somebody is called."""
    for span in (change.left, change.right):
        reading = case.readings[span.doc]
        zones = [e for a in reading.attributions for e in (*a.source, *a.cue)]
        zones += [(m.start, m.end) for m in reading.mentions if m.form != "pronoun"]
        if change.weight < 3 and common(tuple(zones), ((span.start, span.end),)):
            return True
    return False


def _pairs(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], case: Case
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


def _aligned(pile: Pile, edge: Edge, case: Case) -> Iterator[tuple[Extent, Extent, str]]:
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
                for s in sentences_of(case.text(side.doc))
                if common((s,), ((side.start, side.end),))
            ]
            for side in (ours, theirs)
        ]
        for left, right in zip(held[0], held[1], strict=False):
            yield left, right, ""


# ---------------------------------------------------------------- credit dropped


def uncredited(edges: Sequence[Edge], case: Case) -> Iterator[Weighed]:
    """Where a copy says on its own word what its exemplar gives as somebody's."""
    for edge in edges:
        if edge.exemplar not in case.readings or edge.kind not in ("copies", "translates"):
            continue
        ours, theirs = case.text(edge.exemplar), case.text(edge.copy)
        said = [t for t in case.by_doc.get(edge.exemplar, ()) if _given(t)]
        for own in case.by_doc.get(edge.copy, ()):
            if own.attribution.voice not in ("author", "outlet") or own.role != "body":
                continue
            best = max(
                ((_same(t, own, ours, theirs), t) for t in said if t.stems & own.stems),
                key=lambda pair: (pair[0], pair[1].key), default=None,
            )  # fmt: skip
            if best and best[0] >= 0.6:
                name = case.who(best[1])
                why = f"The copy says on its own word what {name} is given for."
                each = made("drift", best[1].span, own.span, why, (best[1].claim,), edge.id)
                yield FIRST["drift"] + best[0] / 2, each


def _given(t: Told) -> bool:
    return t.attribution.voice == "speaker" and bool(t.attribution.cue) and t.stance == "asserts"


def _same(one: Told, other: Told, ours: str, theirs: str) -> float:
    return alike(ours, (one.start, one.spans[-1][1]), theirs, (other.start, other.spans[-1][1]))


# ---------------------------------------------------------------- tellings of one statement


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in which a side's statement is told, or that tells the same as one that is."""

    doc: str
    extent: Extent
    party: str | None
    claims: frozenset[str]
    stems: frozenset[str]
    names: frozenset[str]


def retold(edges: Sequence[Edge], case: Case) -> Iterator[Weighed]:
    """How two documents differ in what they have one side say: amounts, sureness, places, pictures."""
    seen: set[tuple[str, str, str]] = set()
    found = []
    for score, one, other in _tellings(case):
        sides = [(s.doc, case.text(s.doc), s.extent) for s in (one, other)]
        spots = [_spots(s, case) for s in (one, other)]
        every = [*amounts(sides[0], sides[1], 2)]
        if score >= NEAR:
            every += [*sureness(*sides)]
        if score >= NEAR or one.claims & other.claims:
            every += [*evidence(*sides), *whereabouts(sides[0], sides[1], *spots)]
        for change in every:
            found.append((score, change, one, other))
    for _, change, one, other in sorted(found, key=_order):
        key = (one.doc, other.doc, change.why)
        if key not in seen:
            seen.add(key)
            why = f"One statement, told differently: {change.why}, “{change.before}” or “{change.after}”."
            claims = tuple(sorted(one.claims & other.claims))
            yield (FIRST["drift"] + change.weight / 3 - 0.8,
                   made("drift", change.left, change.right, why, claims, _from_one(edges, change)))  # fmt: skip


def _from_one(edges: Sequence[Edge], change: Change) -> str | None:
    """The edge to the second telling from a text that both have it from, if there is one text."""
    above = {e.exemplar for e in edges if e.copy == change.left.doc}
    both = [e.id for e in edges if e.copy == change.right.doc and e.exemplar in above]
    return both[0] if len(both) == 1 else None


def _order(found: tuple[float, Change, _Sentence, _Sentence]) -> tuple[object, ...]:
    score, change, _, _ = found
    places = (change.left, change.right)
    return -change.weight, -score, [(each.doc, each.start) for each in places]


def _tellings(case: Case) -> list[tuple[float, _Sentence, _Sentence]]:
    """Sentences of two documents that tell one side's statement, and how near they are."""
    by_party: defaultdict[str, dict[tuple[str, Extent], _Sentence]] = defaultdict(dict)
    for told in case.told:
        if told.attribution.voice == "commenter" or told.stance == "denies":
            continue
        extent = sentence_of(told, case)
        mentions = mentions_in(case, told.doc, extent)
        key = told.doc, extent
        for group in filter(None, (told.party, f"claim {told.claim}")):
            old = by_party[group].get(key)
            claims = (old.claims if old else frozenset()) | {told.claim}
            by_party[group][key] = _Sentence(
                told.doc, extent, told.party, claims,
                stems_of(case.text(told.doc), (extent,), mentions),
                frozenset(m.entity for m in mentions if m.entity),
            )  # fmt: skip
    pairs: dict[tuple[str, Extent, str, Extent], tuple[_Sentence, _Sentence]] = {}
    for _, members in sorted(by_party.items()):
        for one, other in _beside_each_other([members[key] for key in sorted(members)]):
            if one.doc != other.doc and _may_match(one, other):
                pairs[one.doc, one.extent, other.doc, other.extent] = one, other
    return [
        (s, a, b)
        for s, (a, b) in zip(_cosines(list(pairs.values()), case), pairs.values(), strict=True)
    ]


def _beside_each_other(every: Sequence[_Sentence]) -> Iterator[tuple[_Sentence, _Sentence]]:
    """All pairs of a few sentences; of many, those that share a word that few of them have."""
    if len(every) <= FEW:
        yield from combinations(every, 2)
        return
    held: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(every):
        for word in each.stems:
            held[word].append(number)
    near = {pair for few in held.values() if len(few) <= FEW for pair in combinations(few, 2)}
    for i, j in sorted(near):
        yield every[i], every[j]


def _may_match(one: _Sentence, other: _Sentence) -> bool:
    if one.party and other.party and one.party != other.party:
        return False
    if not (one.party or other.party):
        return (
            False  # two pages on their own word, and nothing shows that one has it from the other
        )
    return len(one.stems & other.stems) + min(2, len(one.names & other.names)) >= 2


def _cosines(pairs: Sequence[tuple[_Sentence, _Sentence]], case: Case) -> list[float]:
    """How near in meaning; without vectors, by the words in common."""
    if case.vectors is None or not pairs:
        return [len(a.stems & b.stems) / max(1, min(len(a.stems), len(b.stems))) for a, b in pairs]
    said = list(dict.fromkeys(_said(s, case) for pair in pairs for s in pair))
    table = dict(zip(said, case.vectors(said), strict=True))
    return [float(table[_said(a, case)] @ table[_said(b, case)]) for a, b in pairs]


def _said(each: _Sentence, case: Case) -> str:
    return words(case.text(each.doc), (each.extent,))


def _spots(each: _Sentence, case: Case) -> list[Mention]:
    return [m for m in mentions_in(case, each.doc, each.extent) if m.kind == "place" and m.entity]
