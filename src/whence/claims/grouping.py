"""Groups out of pairs: two groups join while, on average, their statements are one claim.

Average linkage (Sokal & Michener 1958) over the pairs that were looked at; a pair that was not is
as unlike as can be. Which groups come out depends on the pairs and their scores alone, never on
the order in which they are given.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

Pair = tuple[int, int]


def groups(
    count: int, scores: Mapping[Pair, float], least: float, never: frozenset[Pair] = frozenset(),
    always: Sequence[Pair] = (),
) -> list[list[int]]:  # fmt: skip
    """The members of each group, in order; pairs in `never` are kept apart, in `always` joined."""
    groups = _Groups(count, never)
    for i, j in sorted(scores):
        groups.links[i][j] = groups.links[j][i] = scores[i, j]
    for i, j in sorted(always):
        a, b = groups.home(i), groups.home(j)
        if a != b:
            groups.join(min(a, b), max(a, b))
    groups.settle(least)
    return sorted(sorted(each) for each in groups.members.values())


class _Groups:
    """Groups while they are being joined: sums of scores between every two that touch."""

    def __init__(self, count: int, never: frozenset[Pair]) -> None:
        self.members: dict[int, list[int]] = {i: [i] for i in range(count)}
        self.links: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self.foes: defaultdict[int, set[int]] = defaultdict(set)
        for i, j in never:
            self.foes[i].add(j)
            self.foes[j].add(i)

    def home(self, member: int) -> int:
        return next(id for id, each in self.members.items() if member in each)

    def mean(self, a: int, b: int) -> float:
        return self.links[a][b] / (len(self.members[a]) * len(self.members[b]))

    def settle(self, least: float) -> None:
        waiting = [
            (-self.mean(a, b), a, b) for a in sorted(self.links) for b in self.links[a] if a < b
        ]
        heapq.heapify(waiting)
        while waiting:
            score, a, b = heapq.heappop(waiting)
            if -score < least:
                return
            alive = a in self.members and b in self.members and b in self.links[a]
            if not alive or abs(self.mean(a, b) + score) > 1e-12 or b in self.foes[a]:
                continue
            self.join(a, b)
            for other in sorted(self.links[a]):
                low, high = min(a, other), max(a, other)
                heapq.heappush(waiting, (-self.mean(low, high), low, high))

    def join(self, a: int, b: int) -> None:
        """The second group goes into the first."""
        self.members[a] += self.members.pop(b)
        for other, total in self.links.pop(b, {}).items():
            del self.links[other][b]
            if other != a:
                together = self.links[a].get(other, 0.0) + total
                self.links[a][other] = self.links[other][a] = together
        for foe in self.foes.pop(b, set()):
            self.foes[foe].discard(b)
            self.foes[foe].add(a)
            self.foes[a].add(foe)
