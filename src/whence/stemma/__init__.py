"""The family tree of the pile: who had it from whom, texts that the pile does not hold included.

Shared wording proves nothing by itself. An edge needs narration in common, a credit, or a release
that both quote; its direction needs more than a date. What is not settled is shown, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from whence.pile import Pile, attributions, common, institutions, pairs_judged, publishers, squeezed
from whence.stemma.descent import copies
from whence.stemma.hints import Sign, signs
from whence.stemma.lost import lost
from whence.terms import Claim, Edge, EdgeKind, Exemplar, Passage, Span, finding_id

__all__ = ["Stemma", "carried", "stemma"]


@dataclass(frozen=True, slots=True)
class Stemma:
    """The family tree: the texts that are lost, and the edges between all of them."""

    exemplars: tuple[Exemplar, ...]
    edges: tuple[Edge, ...]


def stemma(pile: Pile) -> Stemma:
    """Who had it from whom in this pile, as far as the documents show it."""
    joined: dict[tuple[str, str], Edge] = {}
    between = [*copies(pile), *_credited(pile), *_released(pile)]
    exemplars, used = lost(pile, between)
    for each in [*between, *used]:
        there = joined.setdefault((each.exemplar, each.copy), each)
        if each.certain and not there.certain:  # few words, and it says whose statement they are
            joined[each.exemplar, each.copy] = each
    exemplars, edges = _judged(pile, exemplars, joined)
    edges = _doubted(edges)
    return Stemma(
        tuple(sorted(exemplars, key=lambda e: (e.name, e.id))),
        tuple(sorted(edges, key=lambda e: (e.copy, e.exemplar))),
    )


def _credited(pile: Pile) -> list[Edge]:
    """Quotations and reports that a document credits to another one in the pile."""
    shares: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in pile.passages:
        for a, b in ((passage.left.doc, passage.right.doc), (passage.right.doc, passage.left.doc)):
            shares[a, b].append(passage)
    found = []
    for every in signs(pile).values():
        strong = [each for each in every if each.weight >= 4]
        for exemplar, copy in sorted({(each.exemplar, each.copy) for each in strong}):
            passages = shares[exemplar, copy]
            if passages or _same_speaker(pile, exemplar, copy):
                mine = [s for s in strong if (s.exemplar, s.copy) == (exemplar, copy)]
                found.append(_quoting(exemplar, copy, passages, mine))
    return found


def _quoting(exemplar: str, copy: str, passages: Sequence[Passage], mine: Sequence[Sign]) -> Edge:
    kind: EdgeKind = "copies" if any(sign.weight > 8 for sign in mine) else "quotes"
    why = " ".join(dict.fromkeys(sign.why for sign in mine))
    names = tuple(sorted(each.id for each in passages))
    return Edge(finding_id("edge", f"{exemplar}|{copy}"), exemplar, copy, kind, True, why, names)


def _same_speaker(pile: Pile, one: str, other: str) -> bool:
    speakers = [
        {a.speaker for a in r.attributions if a.speaker}
        for doc in (one, other)
        for r in pile.readings
        if r.document.id == doc
    ]
    return bool(speakers[0] & speakers[1])


def _released(pile: Pile) -> list[Edge]:
    """Documents that quote an institution whose own release is in the pile, in its words."""
    speaks_for = institutions(pile)
    released = publishers(pile, speaks_for)
    voices: defaultdict[str, set[str]] = defaultdict(set)
    for each in attributions(pile).values():
        if each.speaker and each.voice == "speaker":
            voices[each.doc].add(speaks_for.get(each.speaker, each.speaker))
    found: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in pile.passages:
        if passage.kind == "stock phrase":
            continue
        for release, other in (
            (passage.left.doc, passage.right.doc),
            (passage.right.doc, passage.left.doc),
        ):
            if any(release in released.get(who, ()) for who in voices[other]):
                found[release, other].append(passage)
    return [
        Edge(
            finding_id("edge", f"{release}|{other}"), release, other, "quotes",
            True, "It names the institution that published the other, in its words.",
            tuple(sorted(p.id for p in passages)),
        )
        for (release, other), passages in sorted(found.items())
        if not any(other in docs and release in docs for docs in released.values())
    ]  # fmt: skip


def _judged(
    pile: Pile, exemplars: list[Exemplar], joined: dict[tuple[str, str], Edge]
) -> tuple[list[Exemplar], list[Edge]]:
    """The edges as people's judgements leave them."""
    for copy, exemplar in _documents(pile, "not-copy-of"):
        joined.pop((exemplar, copy), None)
    for copy, exemplar in _documents(pile, "is-copy-of"):
        joined.pop((copy, exemplar), None)
        name = finding_id("edge", f"{exemplar}|{copy}")
        old = joined.get((exemplar, copy))
        joined[exemplar, copy] = (
            replace(old, certain=True, why=f"A person decided so. {old.why}")
            if old
            else Edge(name, exemplar, copy, "copies", True, "A person decided so.")
        )
    edges = list(joined.values())
    for each in pile.judgements:
        if each.verdict != "add-exemplar" or not each.value:
            continue
        id = finding_id("exemplar", f"added|{each.value}")
        spans = tuple(Span(a.doc, x, y) for a in each.about for x, y in a.spans)
        before = tuple(span for e in exemplars if e.id == id for span in e.evidence)
        exemplars = [e for e in exemplars if e.id != id]
        exemplars.append(Exemplar(id, each.value, before + spans))
        for doc in sorted({a.doc for a in each.about}):
            name = finding_id("edge", f"{id}|{doc}")
            if name not in {e.id for e in edges}:
                why = each.why or "A person decided so."
                edges.append(Edge(name, id, doc, "quotes", True, why))
    return exemplars, edges


def _documents(pile: Pile, verdict: str) -> list[tuple[str, str]]:
    pairs = pairs_judged(pile, verdict)  # type: ignore[arg-type]
    return [(copy, exemplar) for (copy, _), (exemplar, _) in pairs if copy != exemplar]


def _doubted(edges: Iterable[Edge]) -> list[Edge]:
    """A ring of copies cannot be: its edges are kept, and none of them is certain."""
    every = list(edges)
    below: defaultdict[str, set[str]] = defaultdict(set)
    for each in every:
        below[each.exemplar].add(each.copy)
    out = []
    for each in every:
        ring = each.exemplar in _reached(each.copy, below)
        out.append(
            replace(
                each, certain=False, why=each.why + " The edges here form a ring: one is wrong."
            )
            if ring
            else each
        )
    return out


def _reached(start: str, below: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for each in below.get(waiting.pop(), ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen


def carried(found: Stemma, claims: Sequence[Claim], pile: Pile) -> Stemma:
    """The family tree with, on each edge, the claims that stand in its passages."""
    known = attributions(pile)
    passages = {each.id: each for each in pile.passages}
    told: defaultdict[str, list[tuple[str, tuple[tuple[int, int], ...]]]] = defaultdict(list)
    for claim in claims:
        for each in claim.tellings:
            if each.attribution in known:
                told[known[each.attribution].doc].append((claim.id, each.spans))
    lost_names = {each.id: squeezed(each.name) for each in found.exemplars}
    through: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        for each in claim.tellings:
            if each.attribution in known:
                for channel in known[each.attribution].channels:
                    doc = known[each.attribution].doc
                    through[doc, squeezed(channel.name)].add(claim.id)
    edges = []
    for edge in found.edges:
        spans = tuple(
            (side.start, side.end)
            for name in edge.passages
            if name in passages
            for side in (passages[name].left, passages[name].right)
            if side.doc == edge.copy
        )
        held = {id for id, where in told[edge.copy] if common(spans, where)}
        held |= through.get((edge.copy, lost_names.get(edge.exemplar, "")), set())
        edges.append(replace(edge, claims=tuple(sorted(held))))
    return replace(found, edges=tuple(edges))
