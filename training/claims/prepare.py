"""Pairs of statements with what is known of them: one claim, or two.

From three places: stories of our own (`stories.txt`), the demo's gold, and PolNeAR's hand-checked
groups, once as their spans are given and once as this package finds statements in their texts.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench.claims.run import corpus, piles, prepared
from bench.goldfile import resolve_gold

from whence import claims, ingest, resolve
from whence.claims import likeness
from whence.claims.likeness import Doubles, Floats, Pair, Said, blended
from whence.claims.statements import Statement, statements
from whence.dossier import analysis
from whence.ingest import Mark
from whence.pile import Pile, common, institutions, pile
from whence.terms import Document, Extents

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "examples" / "sluice"
Place = tuple[str, Extents]


@dataclass(frozen=True, slots=True)
class Set:
    """The statements of one pile, what is compared of them, and which pairs are one claim."""

    name: str
    kind: str
    said: list[Said]
    meaning: Floats
    pairs: list[Pair]
    table: Doubles
    same: list[bool | None]
    places: tuple[Place, ...] = ()


def stories() -> Iterator[Set]:
    """The invented stories: every pair of statements of one story."""
    for story in (HERE / "stories.txt").read_text("utf-8").split("\n= ")[1:]:
        name, *lines = story.split("\n")
        rows, claim = [], ""
        for line in lines:
            if line[:1] in ("#", "~"):
                claim = line[2:]
            elif line:
                rows.append((*(each.strip() for each in line.split(" | ", 3)), claim))
        said = [
            Said(words, None if who == "-" else who, stance == "denies")
            for page, who, stance, words, _ in rows
        ]  # fmt: skip
        whole = [words if who == "-" else f"{who} said {words}" for _, who, _, words, _ in rows]
        meaning = blended(analysis.vectors([each.words for each in said]), analysis.vectors(whole))
        pairs = list(itertools.combinations(range(len(said)), 2))
        same: list[bool | None] = [bool(rows[i][4]) and rows[i][4] == rows[j][4] for i, j in pairs]
        yield _set(name, "story", said, meaning, pairs, same)


def given() -> Iterator[Set]:
    """PolNeAR's groups: every pair of the spans that were marked by hand."""
    lines, _ = corpus()
    for group in sorted({each["group"] for each in lines}):
        own = [each for each in lines if each["group"] == group]
        said, meaning = prepared(own)
        pairs = list(itertools.combinations(range(len(own)), 2))
        same: list[bool | None] = [own[i]["claim"] == own[j]["claim"] for i, j in pairs]
        yield _set(group, "given", said, meaning, pairs, same)


def found() -> Iterator[Set]:
    """PolNeAR's groups and the demo: pairs of the statements that this package finds in them."""
    _, claimed = corpus()
    for name, all_of in piles():
        told = [
            (claim["id"], (o["doc"], ((o["start"], o["end"]),)))
            for claim in claimed for o in claim["occurrences"] if o["group"] == name
        ]  # fmt: skip
        yield _found(name, all_of, told)
    taken = [each for each in ingest.gather([DEMO / "pile"]) if isinstance(each, ingest.Taken)]
    yield _found("demo", _pile([(each.document, each.marks) for each in taken]), list(_demo(
        [each.document for each in taken])))  # fmt: skip


def _demo(documents: Sequence[Document]) -> Iterator[tuple[str, Place]]:
    """The tellings of the demo's gold."""
    ids = {each.name: each.id for each in documents}
    rows = resolve_gold(DEMO / "gold.jsonl", {each.name: each.text for each in documents})
    attributions = {each["id"]: each for each in rows if each["type"] == "attribution"}
    for claim in (each for each in rows if each["type"] == "claim"):
        for telling in claim["tellings"]:
            whole = attributions[telling["attribution"]]
            spans = telling.get("spans") or whole["content"]
            yield claim["id"], (ids[whole["doc"]], tuple((a, b) for a, b in spans))


def _pile(documents: Sequence[tuple[Document, tuple[Mark, ...]]]) -> Pile:
    settled = resolve.resolve([analysis.read(each, marks) for each, marks in documents], None, ())
    return pile(settled.readings, settled.entities)


def _found(name: str, all_of: Pile, gold: Sequence[tuple[str, Place]]) -> Set:
    told: list[Statement] = sorted(
        (s for each in all_of.readings for s in statements(each)), key=lambda s: s.key
    )
    said = claims.compared(told, all_of, institutions(all_of))
    meaning = blended(
        analysis.vectors([s.words for s in told]), analysis.vectors([s.sentence for s in told])
    )
    pairs = claims.candidates(meaning, claims.WHOLE)
    places = tuple((s.attribution.doc, s.spans) for s in told)
    held = _held(places, gold)
    same = [bool(held[i] & held[j]) if held[i] or held[j] else None for i, j in pairs]
    return _set(name, "found", said, meaning, pairs, same, places)


def _held(
    places: Sequence[Place], gold: Sequence[tuple[str, Place]]
) -> Mapping[int, frozenset[str]]:
    """For each statement the claims of the gold that it tells."""
    out: defaultdict[int, set[str]] = defaultdict(set)
    for claim, (doc, spans) in gold:
        for i, (where, own) in enumerate(places):
            shared = common(own, spans) if where == doc else 0
            if shared and 2 * shared >= min(_size(own), _size(spans)):
                out[i].add(claim)
    return {i: frozenset(out[i]) for i in range(len(places))}


def _size(spans: Extents) -> int:
    return sum(b - a for a, b in spans)


def _set(name: str, kind: str, said: list[Said], meaning: Floats, pairs: list[Pair],
         same: list[bool | None], places: tuple[Place, ...] = ()) -> Set:  # fmt: skip
    table = likeness.features([likeness.cut(each) for each in said], meaning, pairs)
    return Set(name, kind, said, meaning, pairs, np.asarray(table), same, places)
