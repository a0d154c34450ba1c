"""What cannot both be right: denials, numbers, dates, places, names, responsibility, and drift.

Each conflict names the clashing words on both sides and says in plain words what clashes; the first
in the list is what a checker would want to see first.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from whence.conflict.agency import responsibilities
from whence.conflict.circumstances import misdated, misplaced
from whence.conflict.denial import contraries, denials, rebuttals, unreceived
from whence.conflict.edges import drifts, retold, uncredited
from whence.conflict.headline import overstated
from whence.conflict.made import Weighed
from whence.conflict.names import misnamed
from whence.conflict.numbers import numbers
from whence.conflict.told import Case, Told, Vectors, case_of
from whence.pile import Pile
from whence.terms import Claim, Conflict, Edge, Span

__all__ = ["Vectors", "conflicts"]


def conflicts(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], vectors: Vectors | None = None
) -> tuple[Conflict, ...]:
    """What clashes in the pile, ranked; claims come with their origins, edges with their claims.

    With `vectors`, sentences that two documents word differently are compared as well.
    """
    case = case_of(pile, claims, edges, vectors)
    interest = _interests(claims, case)
    found: dict[str, Weighed] = {}
    for weighed, each in _all(pile, claims, edges, case):
        weighed += max((interest.get(id, 0.0) for id in each.claims), default=0.5)
        if each.id not in found or found[each.id][0] < weighed:
            found[each.id] = weighed, each
    ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(replace(each, rank=rank) for rank, each in enumerate(_apart(ranked), 1))


def _all(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], case: Case
) -> Iterator[Weighed]:
    yield from denials(case)
    yield from rebuttals(case)
    yield from contraries(case)
    yield from unreceived(case)
    yield from numbers(case)
    yield from responsibilities(case)
    yield from misplaced(case)
    yield from misdated(case)
    yield from overstated(case)
    yield from drifts(pile, claims, edges, case)
    yield from uncredited(edges, case)
    yield from retold(edges, case)
    yield from misnamed(pile)


def _interests(claims: Sequence[Claim], case: Case) -> Mapping[str, float]:
    """More for a claim that many carry, that named parties put forward, and that rests on little."""
    told: defaultdict[str, list[Told]] = defaultdict(list)
    for each in case.told:
        told[each.claim].append(each)
    out = {}
    for claim in claims:
        docs = {t.doc for t in told[claim.id]}
        named = {t.attribution.speaker for t in told[claim.id]} - {None}
        few = claim.origins is not None and claim.origins.at_least < 2 <= len(docs)
        out[claim.id] = math.log2(1 + len(docs)) / 2 + min(len(named), 3) / 4 + 0.2 * few
    return out


def _apart(ranked: Sequence[Weighed]) -> list[Conflict]:
    """The conflicts in order, each pair of places once, under the kind that weighs most."""
    kept: list[Conflict] = []
    for _, each in ranked:
        if not any(_same_places(each, other) for other in kept):
            kept.append(each)
    return kept


def _same_places(one: Conflict, other: Conflict) -> bool:
    if "name" in (one.kind, other.kind):
        return False
    if one.kind == other.kind == "drift":  # words once shown to have changed are not shown again
        return bool({one.left, one.right} & {other.left, other.right})
    straight = _touch(one.left, other.left) and _touch(one.right, other.right)
    return straight or (_touch(one.left, other.right) and _touch(one.right, other.left))


def _touch(one: Span, other: Span) -> bool:
    both = min(one.end, other.end) - max(one.start, other.start)
    return one.doc == other.doc and 2 * both > min(one.end - one.start, other.end - other.start)
