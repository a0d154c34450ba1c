"""From which documents each document copied its narration: the fewest that account for it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whence.pile import Pile
from whence.stemma.hints import (
    STRONG,
    Sign,
    balance,
    narration,
    shared_errors,
    signs,
    sources_shared,
)
from whence.terms import Edge, EdgeKind, Passage, finding_id

WORTH: Final = 45  # letters that a further parent must account for
LONG: Final = 240  # letters of narration in common that are copied beyond doubt
TIE: Final = 0.9  # of the best parent's account: so near, either may be the one


@dataclass(frozen=True, slots=True, eq=False)
class _Parent:
    """A document that another may have copied from, and what speaks for it."""

    doc: str
    account: NDArray[np.float32]
    passages: tuple[Passage, ...]
    signs: tuple[Sign, ...]
    error: str | None

    @property
    def standing(self) -> float:
        return balance(self.signs, self.doc)


def copies(pile: Pile) -> list[Edge]:
    """The edges along which narration was copied or translated."""
    found = signs(pile)
    errors = shared_errors(pile.readings)
    lengths = {each.document.id: len(each.document.text) for each in pile.readings}
    shares: defaultdict[str, defaultdict[str, list[Passage]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for each in narration(pile.passages):
        shares[each.left.doc][each.right.doc].append(each)
        shares[each.right.doc][each.left.doc].append(each)
    third = sources_shared(pile)
    edges = []
    for copy in sorted(shares):
        parents = [
            _parent(copy, doc, passages, lengths[copy], found, errors)
            for doc, passages in sorted(shares[copy].items())
        ]
        likely = [each for each in parents if each.standing >= 0 and not _by_way(copy, each, third)]
        edges += _accounted(copy, likely, found)
    return _one_way(edges, found)


def _by_way(copy: str, parent: _Parent, third: Mapping[tuple[str, str], Sequence[str]]) -> bool:
    """Whether both have it from an outlet that is not here, as far as they say."""
    pair = (min(copy, parent.doc), max(copy, parent.doc))
    return pair in third and parent.standing < STRONG


def _parent(
    copy: str, doc: str, passages: Sequence[Passage], length: int,
    found: Mapping[tuple[str, str], list[Sign]], errors: Mapping[tuple[str, str], str],
) -> _Parent:  # fmt: skip
    account = np.zeros(length, np.float32)
    for each in passages:
        side = each.left if each.left.doc == copy else each.right
        part = account[side.start : side.end]
        np.maximum(part, each.identity, out=part)
    pair = (copy, doc) if copy < doc else (doc, copy)
    return _Parent(doc, account, tuple(passages), tuple(found.get(pair, ())), errors.get(pair))


def _accounted(
    copy: str, parents: list[_Parent], found: Mapping[tuple[str, str], list[Sign]]
) -> list[Edge]:
    """Parent after parent, while each accounts for narration that none before it does."""
    if not parents:
        return []
    told = np.zeros_like(parents[0].account)
    edges: list[Edge] = []
    left = list(parents)
    while left:
        gains = {each.doc: float(np.maximum(each.account - told, 0).sum()) for each in left}
        best = max(left, key=lambda p: (gains[p.doc] * (1 + _trust(p)), p.doc))
        if gains[best.doc] < WORTH:
            break
        rivals = [p for p in left if p is not best and gains[p.doc] >= TIE * gains[best.doc]]
        rivals = [p for p in rivals if not _settled(best) and _same_words(p, best, told)]
        every = [best, *rivals]
        first = [p for p in every if not _later(p, every, found)] or every
        left = [p for p in left if p in first or p not in every]
        best, rivals = first[0], first[1:]
        for each in (best, *rivals):
            edges.append(_edge(copy, each, bool(rivals)))
            left.remove(each)
            np.maximum(told, each.account, out=told)
    return edges


def _later(
    one: _Parent, others: Sequence[_Parent], found: Mapping[tuple[str, str], list[Sign]]
) -> bool:
    """Whether a possible parent is itself known to have its words from another of them."""
    return any(
        balance(found.get((min(one.doc, p.doc), max(one.doc, p.doc)), ()), p.doc) >= STRONG
        for p in others
        if p is not one
    )


def _trust(parent: _Parent) -> float:
    """Credit and shared errors let a parent account for words that another has as well."""
    return min(parent.standing, 5.0) / 10 + 0.4 * bool(parent.error)


def _settled(parent: _Parent) -> bool:
    return parent.standing >= STRONG


def _same_words(one: _Parent, other: _Parent, told: NDArray[np.float32]) -> bool:
    both = np.minimum(one.account - told, other.account - told)
    return float(np.maximum(both, 0).sum()) >= WORTH


def _edge(copy: str, parent: _Parent, rivalled: bool) -> Edge:
    kind: EdgeKind = (
        "translates" if any(p.kind == "translation" for p in parent.passages) else "copies"
    )
    letters = float((parent.account > 0).sum())
    dated = parent.standing > 0 and bool(parent.error) and letters >= LONG
    ways = parent.standing >= STRONG or dated  # a date by itself is stated wrongly often enough
    reasons = [f"{_about(letters)} words of narration in common."]
    reasons += [s.why for s in parent.signs if s.exemplar == parent.doc]
    reasons += [parent.error] if parent.error else []
    if rivalled:
        reasons.append("Another document has the same words: it may be from either.")
    elif not parent.standing:
        reasons.append("Nothing shows which of the two was first.")
    if not ways and not rivalled:
        reasons.append("Both may have it from a text that is not here.")
    name = finding_id("edge", f"{parent.doc}|{copy}")
    passages = tuple(sorted(p.id for p in parent.passages))
    return Edge(name, parent.doc, copy, kind, ways and not rivalled,
                " ".join(dict.fromkeys(reasons)), passages)  # fmt: skip


def _about(letters: float) -> str:
    words = round(letters / 6)
    return str(words) if words < 20 else f"About {round(words, -1)}"


def _one_way(edges: list[Edge], found: Mapping[tuple[str, str], list[Sign]]) -> list[Edge]:
    """Between two documents of which neither is known to be first, one uncertain edge, not two."""
    kept: dict[tuple[str, str], Edge] = {}
    for each in sorted(edges, key=lambda e: e.id):
        pair = (min(each.exemplar, each.copy), max(each.exemplar, each.copy))
        other = kept.get(pair)
        signs_of = found.get(pair, [])
        if other is None or balance(signs_of, each.exemplar) > balance(signs_of, other.exemplar):
            kept[pair] = each
    return sorted(kept.values(), key=lambda e: e.id)
