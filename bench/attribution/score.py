"""Score attributions against PolNeAR-style gold: exact and relaxed triples, roles, slices.

A token is a run of word characters, so punctuation and quotation marks never matter. Exact: the
same tokens in all three roles. Relaxed: contents overlap by half or more (intersection over union),
sources share a token or both are absent, cues share a token unless one is absent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Tokens = frozenset[int]
ROLES = ("source", "cue", "content")
_PRONOUN = re.compile(r"\W*(?:he|she|they|it|who|we|i|you)\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Triple:
    """One attribution as sets of token numbers, and the slices it belongs to."""

    source: Tokens
    cue: Tokens
    content: Tokens
    slices: tuple[str, ...]
    confidence: float = 1.0


def triples(text: str, found: Iterable[Mapping[str, Any]]) -> list[Triple]:
    """The attributions of a text (roles as lists of [start, end]) as token sets."""
    tokens = [m.span() for m in re.finditer(r"\w+", text)]

    def held(spans: Sequence[Sequence[int]]) -> Tokens:
        return frozenset(
            i for i, (a, b) in enumerate(tokens) if any(x < b and a < y for x, y in spans)
        )

    def triple(each: Mapping[str, Any]) -> Triple:
        source, cue, content = (held(each.get(r) or []) for r in ROLES)
        sure = float(each.get("confidence", 1.0))
        return Triple(source, cue, content, slices_of(text, each), sure)

    return [triple(each) for each in found]


def slices_of(text: str, each: Mapping[str, Any]) -> tuple[str, ...]:
    """Which slices an attribution falls into: its form, and what is special about it."""
    content = " … ".join(text[a:b] for a, b in each["content"])
    words = len(re.findall(r"\w+", content))
    held = sum(len(re.findall(r"\w+", q)) for q in re.findall(r"[“\"][^“”\"]*[”\"]?", content))
    form = "direct" if words and held >= 0.85 * words else "mixed" if held > 1 else "indirect"
    out = [form]
    if not each.get("source"):
        out.append("no source")
    elif _PRONOUN.match(" ".join(text[a:b] for a, b in each["source"])):
        out.append("pronoun source")
    if any(len(each.get(r) or []) > 1 for r in ROLES):
        out.append("discontinuous")
    return tuple(out)


def share(left: Tokens, right: Tokens) -> float:
    """Intersection over union; two empty sets are alike."""
    return len(left & right) / len(left | right) if left | right else 1.0


def exact(g: Triple, p: Triple) -> bool:
    """The same tokens in every role."""
    return (g.source, g.cue, g.content) == (p.source, p.cue, p.content)


def found_content(g: Triple, p: Triple) -> bool:
    """The contents overlap by half or more."""
    return share(g.content, p.content) >= 0.5


def relaxed(g: Triple, p: Triple) -> bool:
    """Contents overlap by half, sources and cues touch or are absent."""
    source = bool(g.source & p.source) or not (g.source or p.source)
    return found_content(g, p) and source and (bool(g.cue & p.cue) or not g.cue or not p.cue)


RULES: dict[str, Callable[[Triple, Triple], bool]] = {
    "exact": exact,
    "relaxed": relaxed,
    "content": found_content,
}


def pairs(
    gold: Sequence[Triple], found: Sequence[Triple], rule: Callable[[Triple, Triple], bool]
) -> list[tuple[int, int]]:
    """One-to-one matches under a rule, the best overlaps first."""
    order = sorted(
        ((share(g.content, p.content) + (share(g.source, p.source) + share(g.cue, p.cue)) / 2, i, j)
         for i, g in enumerate(gold) for j, p in enumerate(found) if rule(g, p)),
        reverse=True,
    )  # fmt: skip
    left: set[int] = set()
    right: set[int] = set()
    out = []
    for _, i, j in order:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def count(gold: Sequence[Triple], found: Sequence[Triple]) -> Counter[tuple[str, str]]:
    """Counts of one document: for every rule, role and slice, how many in gold, found, in both."""
    out: Counter[tuple[str, str]] = Counter()
    for name, rule in RULES.items():
        both = pairs(gold, found, rule)
        out[name, "both"] += len(both)
        out[name, "gold"] += len(gold)
        out[name, "found"] += len(found)
        if name != "relaxed":
            continue
        for triple in gold:
            out.update((f"slice {s}", "gold") for s in triple.slices)
        for triple in found:
            out.update((f"slice {s}", "found") for s in triple.slices)
        for i, j in both:
            out.update((f"slice {s}", "both gold") for s in gold[i].slices)
            out.update((f"slice {s}", "both found") for s in found[j].slices)
    for role in ROLES:
        g = {getattr(t, role) for t in gold} - {frozenset()}
        p = {getattr(t, role) for t in found} - {frozenset()}
        out[f"{role} span", "both"] += len(g & p)
        out[f"{role} span", "gold"] += len(g)
        out[f"{role} span", "found"] += len(p)
    return out


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    gold: int
    found: int

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def summed(counts: Counter[tuple[str, str]]) -> Iterator[tuple[str, Score]]:
    """Every name counted, with its score."""
    for name in dict.fromkeys(name for name, _ in counts):
        gold, found = counts[name, "gold"], counts[name, "found"]
        both_gold = counts.get((name, "both gold"), counts[name, "both"])
        both_found = counts.get((name, "both found"), counts[name, "both"])
        yield (
            name,
            Score(
                both_found / found if found else 0.0, both_gold / gold if gold else 0.0, gold, found
            ),
        )
