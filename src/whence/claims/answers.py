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


def points(each: Statement) -> bool:
    """Whether a denial has no words of its own for what it denies: “those claims are incorrect”."""
    if each.stance != "denies" or not pointing(each.words):
        return False
    return len(set(cut(Said(each.words)).terms) - _EMPTY) <= 1


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
        meant = next((first[id] for id in each.attribution.answers if id in first), None)
        if meant is None and points(each):
            near = [(j, told[j]) for j in by_doc[each.attribution.doc]]
            meant = _accusation(each, near, speaks_for)
            meant = _denial(each, near, speaks_for) if meant is None else meant
        if meant is not None and home[meant] != home[i]:
            joined[home[i]].remove(i)
            joined[home[meant]].append(i)
            home[i] = home[meant]
    return [sorted(group) for group in joined if group]


def _accusation(
    each: Statement, near: Sequence[tuple[int, Statement]], speaks_for: Mapping[str, str]
) -> int | None:
    """The nearest accusation before a denial, or the nearest statement of somebody else."""
    at, voice = each.spans[0][0], _voice(each, speaks_for)
    before = [
        (other.attribution.stance == "accuses", other.spans[0][0], -i)
        for i, other in near
        if at - FAR < other.spans[0][0] < at
        and other.stance == "asserts"
        and other.attribution.voice == "speaker"
        and _voice(other, speaks_for) != voice
    ]
    return -max(before)[2] if before else None


def _denial(
    each: Statement, near: Sequence[tuple[int, Statement]], speaks_for: Mapping[str, str]
) -> int | None:
    """The nearest denial on the page by the same voice that says what it is that is denied."""
    at, voice = each.spans[0][0], _voice(each, speaks_for)
    others = [
        (abs(other.spans[0][0] - at), i)
        for i, other in near
        if other.stance == "denies" and not points(other) and _voice(other, speaks_for) == voice
    ]
    return min(others)[1] if others and voice is not None and min(others)[0] < FAR else None


def _voice(each: Statement, speaks_for: Mapping[str, str]) -> str | None:
    return speaks_for.get(each.attribution.speaker or "", each.attribution.speaker)
