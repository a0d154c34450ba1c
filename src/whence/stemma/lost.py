"""Texts that the pile does not hold but that its documents use: releases, pages, other outlets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from whence.knowledge import folded
from whence.pile import Pile, common, homes, institutions, place, publishers, squeezed
from whence.stemma.hints import named_outlets
from whence.terms import (
    Attribution,
    Channel,
    Edge,
    EdgeKind,
    Exemplar,
    Passage,
    Reading,
    Span,
    finding_id,
)

_VAGUE: Final = frozenset(
    "statement interview press conference tv television radio twitter facebook telegram page"
    " website post tweet account channel video news media reports report sources social".split()
)


@dataclass(frozen=True, slots=True)
class Use:
    """One document's use of a text that is not in the pile."""

    key: str
    name: str
    doc: str
    kind: EdgeKind
    why: str
    evidence: Span | None
    passages: tuple[str, ...] = ()
    certain: bool = True


def lost(pile: Pile) -> tuple[list[Exemplar], list[Edge]]:
    """The lost exemplars, and an edge from each to every document that uses it."""
    uses = [*_outlets(pile), *_statements(pile)]
    by_key: defaultdict[str, list[Use]] = defaultdict(list)
    for each in sorted(uses, key=lambda use: (use.key, use.doc, use.name, use.why)):
        by_key[each.key].append(each)
    exemplars, edges = [], []
    for key, group in sorted(by_key.items()):
        id = finding_id("exemplar", key)
        spans = sorted({u.evidence for u in group if u.evidence}, key=place)
        exemplars.append(Exemplar(id, min(u.name for u in group), tuple(spans)))
        for doc in sorted({u.doc for u in group}):
            edges.append(_edge(id, doc, [u for u in group if u.doc == doc]))
    return exemplars, edges


def _edge(id: str, doc: str, uses: list[Use]) -> Edge:
    why = " ".join(dict.fromkeys(use.why for use in uses[:3]))
    passages = tuple(sorted({name for use in uses for name in use.passages}))
    kind = min(use.kind for use in uses)
    certain = any(use.certain for use in uses)
    return Edge(finding_id("edge", f"{id}|{doc}"), id, doc, kind, certain, why, passages)


def _outlets(pile: Pile) -> Iterator[Use]:
    """Outlets and agencies that a document names, where no document of theirs is in the pile."""
    at_home = homes(pile)
    for reading in pile.readings:
        for each in named_outlets(reading):
            key = squeezed(each.name)
            vague = set(folded(each.name).split()) <= _VAGUE
            if key and not vague and key not in at_home and each.name[:1].isupper():
                kind: EdgeKind = "quotes" if each.route == "told" else "reports"
                yield Use(f"outlet|{key}", each.name, each.doc, kind, each.why, each.span)


def _statements(pile: Pile) -> Iterator[Use]:
    """Statements of one institution that several documents quote, or that one says it quotes."""
    speaks_for = institutions(pile)
    names = {each.id: each.name for each in pile.entities}
    published = publishers(pile, speaks_for)
    for key, said in sorted(_acts(pile, speaks_for).items()):
        who = key.split("|")[0]
        days = sorted({a.said.first[:10] for _, a, _, _ in said if a.said and a.said.first})
        name = f"statement of {_the(names.get(who, who))}" + (
            f", {days[0]}" if len(days) == 1 else ""
        )
        for reading, each, channel, passages in said:
            if reading.document.id in published.get(who, ()) or published.get(who):
                continue
            start, end = each.content[0][0], each.content[-1][1]
            at = Span(reading.document.id, start, end)
            if channel is not None and channel.span:
                at = Span(reading.document.id, *channel.span)
            why = (
                f"It names {_the(channel.name)} as where this was said."
                if channel
                else "It quotes the same words as another document, and neither has them from the other."
            )
            yield Use(f"statement|{key}", name, reading.document.id, "quotes", why, at,
                      tuple(p.id for p in passages), channel is not None)  # fmt: skip


def _the(name: str) -> str:
    return (
        f"the {name}"
        if name[:1].islower() and not name.startswith(("the ", "its ", "his ", "her "))
        else name
    )


Act = tuple[Reading, Attribution, Channel | None, list[Passage]]


def _acts(pile: Pile, speaks_for: Mapping[str, str]) -> dict[str, list[Act]]:
    """Quotations of one institution, gathered where they are one speech act."""
    quoted: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in pile.passages:
        if passage.kind == "shared quotation":
            quoted[passage.left.doc].append(passage)
            quoted[passage.right.doc].append(passage)
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for reading in pile.readings:
        for each in reading.attributions:
            who = speaks_for.get(each.speaker or "")
            if who is None:
                continue
            held = [p for p in quoted[reading.document.id] if _holds(each, p)]
            channel = next((c for c in each.channels if c.route == "published"), None)
            if held or channel:
                found[who].append((reading, each, channel, held))
    return {f"{who}|{n}": acts for who, every in found.items() for n, acts in _split(every)}


def _split(every: list[Act]) -> list[tuple[str, list[Act]]]:
    """Speech acts apart: words in common join, and so does one day."""
    groups: list[list[Act]] = []
    for act in every:
        touching = [g for g in groups if any(_one_act(act, other) for other in g)]
        merged = [act, *(a for g in touching for a in g)]
        groups = [g for g in groups if g not in touching] + [merged]
    out = []
    for group in groups:
        first = min(a.id for _, a, _, _ in group)
        out.append((first, sorted(group, key=lambda act: (act[0].document.id, act[1].id))))
    return sorted(out)


def _one_act(one: Act, other: Act) -> bool:
    if {p.id for p in one[3]} & {p.id for p in other[3]}:
        return True
    if one[0].document.id == other[0].document.id:
        return one[2] is not None and other[2] is not None
    a, b = one[1].said, other[1].said
    both = one[2] is not None and other[2] is not None
    return bool(both and a and b and a.first and b.first and a.first[:10] == b.first[:10])


def _holds(each: Attribution, passage: Passage) -> bool:
    side = passage.left if passage.left.doc == each.doc else passage.right
    return 2 * common(each.content, ((side.start, side.end),)) > min(
        side.end - side.start, sum(b - a for a, b in each.content)
    )
