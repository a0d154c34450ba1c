"""Denials that only point at what they deny: “those claims are incorrect”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from whence.claims.likeness import Said, cut
from whence.claims.statements import Statement, pointing

FAR: Final = 1500  # code points back; what was said before that is no longer “those claims”
_EMPTY: Final = frozenset(
    "claim alleg allegation accus charg assert report suggest incorrect fals untru wrong baseles li"
    " unfounded true nonsens absurd groundles simp entir complet utter total reject deni".split()
)


def answered(
    told: Sequence[Statement], joined: list[list[int]], speaks_for: Mapping[str, str]
) -> list[list[int]]:
    """The groups, with denials that point elsewhere moved to the claim that they deny."""
    home = {i: n for n, group in enumerate(joined) for i in group}
    first: dict[str, int] = {}
    by_doc: defaultdict[str, list[int]] = defaultdict(list)
    for i, each in enumerate(told):
        first.setdefault(each.attribution.id, i)
        by_doc[each.attribution.doc].append(i)
    for i, each in enumerate(told):
        if each.stance != "denies" or len(joined[home[i]]) > 1:
            continue
        named = next((first[id] for id in each.attribution.answers if id in first), None)
        near = [(j, told[j]) for j in by_doc[each.attribution.doc]]
        meant = named if named is not None else _pointed(each, near, speaks_for)
        if meant is not None and home[meant] != home[i]:
            joined[home[i]].remove(i)
            joined[home[meant]].append(i)
            home[i] = home[meant]
    return [sorted(group) for group in joined if group]


def _pointed(
    each: Statement, near: Sequence[tuple[int, Statement]], speaks_for: Mapping[str, str]
) -> int | None:
    """The nearest accusation before a denial that has no words of its own for what it denies."""
    own = set(cut(Said(each.words)).terms) - _EMPTY
    if len(own) > 1 or not pointing(each.words):
        return None
    at = each.spans[0][0]
    voice = speaks_for.get(each.attribution.speaker or "", each.attribution.speaker)
    before = [
        (other.attribution.stance == "accuses", other.spans[0][0], -i)
        for i, other in near
        if at - FAR < other.spans[0][0] < at
        and other.stance == "asserts"
        and other.attribution.voice == "speaker"
        and speaks_for.get(other.attribution.speaker or "", other.attribution.speaker) != voice
    ]
    return -max(before)[2] if before else None
