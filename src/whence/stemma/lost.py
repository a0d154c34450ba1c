"""Texts that the pile does not hold but that its documents use: releases, pages, other outlets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whence.knowledge import folded, state_of
from whence.pile import Pile, common, homes, institutions, place, publishers, squeezed
from whence.stemma.hints import named_outlets, sources_shared
from whence.terms import (
    Attribution,
    Channel,
    Edge,
    EdgeKind,
    Entity,
    Exemplar,
    Passage,
    Span,
    finding_id,
)

_VAGUE: Final = frozenset(
    "statement interview press conference tv television radio twitter facebook telegram page"
    " website post tweet account channel video news media reports report sources social".split()
)


_KINDS: Final[Mapping[str, EdgeKind]] = {"told": "quotes", "original": "copies"}
_PUT_OUT: Final = ("published", "broadcast")
THREAD: Final = 12  # posters; a page that shows more of them is where they post


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


def lost(pile: Pile, edges: Iterable[Edge]) -> tuple[list[Exemplar], list[Edge]]:
    """The lost exemplars, and an edge from each to every document that uses it.

    `edges` are those found between documents: who has words from another here needs no lost text.
    """
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        parents[edge.copy].add(edge.exemplar)
    uses = [
        *_outlets(pile),
        *_statements(pile, parents),
        *_posts(pile),
        *_originals(pile, parents),
    ]
    by_key: defaultdict[str, list[Use]] = defaultdict(list)
    for each in sorted(uses, key=lambda use: (use.key, use.doc, use.name, use.why)):
        by_key[each.key].append(each)
    exemplars, found = [], []
    for key, group in sorted(by_key.items()):
        id = finding_id("exemplar", key)
        spans = sorted({u.evidence for u in group if u.evidence}, key=place)
        exemplars.append(Exemplar(id, min(u.name for u in group), tuple(spans)))
        for doc in sorted({u.doc for u in group}):
            found.append(_edge(id, doc, [u for u in group if u.doc == doc]))
    return exemplars, found


def _edge(id: str, doc: str, uses: list[Use]) -> Edge:
    why = " ".join(dict.fromkeys(use.why for use in uses[:3]))
    passages = tuple(sorted({name for use in uses for name in use.passages}))
    kind = min(use.kind for use in uses)
    certain = any(use.certain for use in uses)
    return Edge(finding_id("edge", f"{id}|{doc}"), id, doc, kind, certain, why, passages)


def _outlets(pile: Pile) -> Iterator[Use]:
    """Outlets and agencies that a document names, where no document of theirs is in the pile."""
    at_home = homes(pile)
    third = sources_shared(pile)
    shared: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for passage in pile.passages:
        pair = (passage.left.doc, passage.right.doc)
        for name in third.get(pair, ()) if passage.kind != "stock phrase" else ():
            for doc in pair:
                shared[doc, squeezed(name)].add(passage.id)
    for reading in pile.readings:
        for each in named_outlets(reading):
            key = squeezed(each.name)
            vague = set(folded(each.name).split()) <= _VAGUE
            if key and not vague and key not in at_home and each.name[:1].isupper():
                kind = _KINDS.get(each.route, "reports")
                held = tuple(sorted(shared[each.doc, key]))
                yield Use(f"outlet|{key}", each.name, each.doc, kind, each.why, each.span, held)


def _posts(pile: Pile) -> Iterator[Use]:
    """Posts that a page shows in full, each poster's as one lost text."""
    for reading in pile.readings:
        shown: dict[str, tuple[str, Span]] = {}
        for block in reading.blocks:
            if block.role == "post" and block.by and squeezed(block.by):
                span = Span(block.doc, block.start, block.end)
                shown.setdefault(squeezed(block.by), (block.by, span))
        for key, (by, span) in sorted(shown.items()) if len(shown) <= THREAD else ():
            why = f"It shows a post of {by}."
            yield Use(f"post|{key}", f"post of {by}", reading.document.id, "quotes", why, span)


def _originals(pile: Pile, parents: Mapping[str, set[str]]) -> Iterator[Use]:
    """What a translated page was translated from, where no other page here is that."""
    languages = {each.document.id: each.document.language for each in pile.readings}
    for reading in pile.readings:
        doc = reading.document
        foreign = {above for above in parents.get(doc.id, ())
                   if languages.get(above) and languages[above] != doc.language}  # fmt: skip
        if not doc.translator or foreign:
            continue
        at = doc.text.find(doc.translator)
        span = Span(doc.id, at, at + len(doc.translator)) if at >= 0 else None
        name = f"original of “{(doc.title or doc.name)[:60]}”"
        why = f"{doc.translator} translated it."
        yield Use(f"original|{doc.id}", name, doc.id, "translates", why, span)


def _statements(pile: Pile, parents: Mapping[str, set[str]]) -> Iterator[Use]:
    """Statements of one institution that several documents quote, or that one says it quotes."""
    speaks_for = institutions(pile)
    names = {each.id: each.name for each in pile.entities}
    published = publishers(pile, speaks_for)
    for key, acts in sorted(_acts(pile, speaks_for).items()):
        who = key.split("|")[0]
        docs = {act.doc for act in acts}
        roots = {doc for doc in docs if not parents.get(doc, set()) & docs}
        used = [act for act in acts if act.doc in roots]
        if published.get(who) or not (len(roots) > 1 or any(act.channel for act in used)):
            continue
        days = sorted({act.day for act in acts if act.day})
        when = f", {days[0]}" if len(days) == 1 else ""
        name = f"statement of {names.get(who, who)}{when}"
        for act in used:
            yield _use(key, name, act)


def _use(key: str, name: str, act: Act) -> Use:
    start, end = act.said.content[0][0], act.said.content[-1][1]
    at = Span(act.doc, start, end)
    why = "It quotes words that another document quotes too, and neither has them from the other."
    if act.channel is not None:
        at = Span(act.doc, *act.channel.span) if act.channel.span else at
        why = f"It names where this was said: {act.channel.name}."
    passages = tuple(p.id for p in act.passages)
    return Use(f"statement|{key}", name, act.doc, "quotes", why, at, passages)


@dataclass(frozen=True, slots=True)
class Act:
    """One document's telling of something that was said or put out elsewhere."""

    said: Attribution
    channel: Channel | None
    passages: tuple[Passage, ...]

    @property
    def doc(self) -> str:
        """The document that tells it."""
        return self.said.doc

    @property
    def day(self) -> str | None:
        """The day it was said, if that is told."""
        return self.said.said.first[:10] if self.said.said and self.said.said.first else None


def _acts(pile: Pile, speaks_for: Mapping[str, str]) -> dict[str, list[Act]]:
    """Quotations of one institution, gathered where they are one speech act."""
    quoted: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in pile.passages:
        if passage.kind == "shared quotation":
            quoted[passage.left.doc].append(passage)
            quoted[passage.right.doc].append(passage)
    every = [
        (speaks_for.get(a.speaker or ""), Act(a, channel, held))
        for reading in pile.readings
        for a in reading.attributions
        for held in [tuple(p for p in quoted[a.doc] if _holds(a, p))]
        for channel in [next((c for c in a.channels if c.route in _PUT_OUT), None)]
        if held or (channel and a.speaker)
    ]
    owners = _owners(every, {each.id: each for each in pile.entities})
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for who, act in every:
        # where a document leaves open who speaks, the same words elsewhere show whose they are
        whose = next((owners[p.id] for p in act.passages if p.id in owners), who)
        if whose:
            found[whose].append(act)
    return {
        f"{who}|{first}": acts
        for who, mine in sorted(found.items())
        for first, acts in _split(mine)
    }


def _owners(
    every: Sequence[tuple[str | None, Act]], entities: Mapping[str, Entity]
) -> dict[str, str]:
    """Whose words each passage holds: of two names for one speaker, the office and not the state."""
    claimed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for who, act in every:
        for passage in act.passages:
            if who:
                claimed[passage.id][who] += 1
    standing = {who: _standing(entities.get(who)) for counts in claimed.values() for who in counts}
    return {
        passage: max(counts, key=lambda who: (standing[who], counts[who], who))
        for passage, counts in claimed.items()
    }


def _standing(entity: Entity | None) -> int:
    """How well a name says who spoke: a person or an office more than a state, that than nobody."""
    if entity is None or not entity.named:
        return 0
    return 1 if entity.kind == "place" or state_of(entity.name) else 2


def _split(every: Sequence[Act]) -> list[tuple[str, list[Act]]]:
    """Speech acts apart: words in common join, and so does one page on one day."""
    groups: list[list[Act]] = []
    for act in every:
        touching = [g for g in groups if any(_one_act(act, other) for other in g)]
        rest = [g for g in groups if not any(g is each for each in touching)]
        groups = [*rest, [act, *(a for g in touching for a in g)]]
    return sorted(
        (min(act.said.id for act in group), sorted(group, key=lambda a: (a.doc, a.said.id)))
        for group in groups
    )


def _one_act(one: Act, other: Act) -> bool:
    if {p.id for p in one.passages} & {p.id for p in other.passages}:
        return True
    if one.channel is None or other.channel is None:
        return False
    if one.day and other.day:
        return one.day == other.day
    return one.doc == other.doc or squeezed(one.channel.name) == squeezed(other.channel.name)


def _holds(each: Attribution, passage: Passage) -> bool:
    side = passage.left if passage.left.doc == each.doc else passage.right
    return 2 * common(each.content, ((side.start, side.end),)) > min(
        side.end - side.start, sum(b - a for a, b in each.content)
    )
