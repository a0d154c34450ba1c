"""The whole pile as the steps between documents see it, and who in it speaks for whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from whence.knowledge import folded, known
from whence.terms import (
    Attribution,
    Document,
    Entity,
    Extents,
    Judgement,
    Passage,
    Reading,
    Span,
    Verdict,
)

_ROLE: Final = re.compile(
    r"\b(?:spokes\w+|representatives?|officials?|sources?|directors?|heads?|chiefs?|command\w*|"
    r"officers?|ministers?|secretar\w+|presidents?|advis[eo]rs?|ambassadors?|leaders?|chair\w*|"
    r"general|colonel|major|lieutenant|admiral|captain|managers?|executives?|editors?|staff|"
    r"members?|deput\w+|governors?|mayors?|lawyers?|attorneys?|delegates?|envoys?|press|who\s+speaks)\b",
    re.I,
)
_HOST: Final = re.compile(r"^(?:https?://)?(?:www\.)?([^/]+?)(?:\.(?:com|org|net|info|example|co)"
                          r"(?:\.\w\w)?|\.\w{2,6})?(?:/|$)", re.I)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pile:
    """All that was read in a case: what the steps between documents are given."""

    readings: tuple[Reading, ...]
    entities: tuple[Entity, ...] = ()
    passages: tuple[Passage, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    """Those that stand."""

    def __post_init__(self) -> None:
        ids = [each.document.id for each in self.readings]
        if ids != sorted(ids):
            raise ValueError("the readings of a pile stand in the order of their documents' ids")

    def text(self, doc: str) -> str:
        """The text of one of its documents."""
        return next(each.document.text for each in self.readings if each.document.id == doc)


def pile(
    readings: Iterable[Reading],
    entities: Iterable[Entity] = (),
    passages: Iterable[Passage] = (),
    judgements: Iterable[Judgement] = (),
) -> Pile:
    """The pile of these findings: the same whatever order they come in."""
    return Pile(
        tuple(sorted(readings, key=lambda each: each.document.id)),
        tuple(sorted(entities, key=lambda each: each.id)),
        tuple(sorted(passages, key=lambda each: each.id)),
        tuple(each for each in judgements if each.state == "standing"),
    )


def texts(all_of: Pile) -> dict[str, str]:
    """The texts by document id."""
    return {each.document.id: each.document.text for each in all_of.readings}


def attributions(all_of: Pile) -> dict[str, Attribution]:
    """The attributions by id."""
    return {each.id: each for reading in all_of.readings for each in reading.attributions}


def words(text: str, spans: Extents) -> str:
    """The words at these spans on one line."""
    return " ".join(" ".join(text[a:b] for a, b in spans).split())


def common(left: Extents, right: Extents) -> int:
    """How many code points two sets of words share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def pairs_judged(
    all_of: Pile, verdict: Verdict
) -> list[tuple[tuple[str, Extents], tuple[str, Extents]]]:
    """The pairs of places that people gave this verdict on."""
    return [
        ((a.doc, a.spans), (b.doc, b.spans))
        for each in all_of.judgements
        if each.verdict == verdict and len(each.about) == 2
        for a, b in [each.about]
    ]


# ---------------------------------------------------------------- outlets


@cache
def squeezed(name: str) -> str:
    """A name as letters alone: “The Harbour Gazette” and “Harbourgazette.example” are one."""
    name = _HOST.sub(r"\1", name) if re.search(r"\.\w{2,7}(?:/|$)", name) else name
    return re.sub(r"[^\w]|_", "", folded(name))


def outlets(documents: Iterable[Document]) -> dict[str, frozenset[str]]:
    """The documents of each outlet that the pile holds, by every name the outlet goes by.

    The last word alone (“the Gazette”) stands for an outlet where no other ends in it.
    """
    homes: defaultdict[str, set[str]] = defaultdict(set)
    short: defaultdict[str, set[str]] = defaultdict(set)
    members: defaultdict[str, set[str]] = defaultdict(set)
    for each in documents:
        names = {each.outlet} if each.outlet else set()
        if each.address and "://" in each.address:
            names.add(each.address.split("://", 1)[1].split("/", 1)[0])
        for name in filter(None, names):
            homes[squeezed(name)].add(each.id)
        if each.outlet:
            members[squeezed(each.outlet)].add(each.id)
            parts = folded(each.outlet).split()
            if len(parts) > 1 and len(parts[-1]) > 3:
                short[parts[-1]].add(squeezed(each.outlet))
    for word, full in short.items():
        if len(full) == 1 and word not in homes:
            homes[word] |= members[next(iter(full))]
    return {name: frozenset(docs) for name, docs in homes.items() if name}


# ---------------------------------------------------------------- who speaks for whom


def institutions(all_of: Pile) -> dict[str, str]:
    """For each speaker's entity the entity it speaks for: its institution, or itself.

    “Orlo, a spokesman for the Harbour Ministry” speaks for the ministry, if the source says so
    and the ministry is known by that name.
    """
    named = _by_name(all_of.entities)
    kinds = {each.id: each.kind for each in all_of.entities}
    votes: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for reading in all_of.readings:
        for each in reading.attributions:
            if each.speaker is None:
                continue
            votes[each.speaker]
            source = words(reading.document.text, each.source)
            inside = _mentioned(reading, each) or _named_within(source, named)
            for id in sorted(inside - {each.speaker}):
                speaks = _ROLE.search(source) or kinds.get(each.speaker) == "document"
                if speaks and kinds.get(id) not in ("person", "place", "document"):
                    votes[each.speaker][id] += 1
    chosen = {
        id: max(count, key=lambda other: (count[other], other)) if count else id
        for id, count in votes.items()
    }
    return {id: _final(id, chosen) for id in chosen}


def _final(id: str, chosen: Mapping[str, str]) -> str:
    seen = {id}
    while (above := chosen.get(id, id)) not in seen:
        id = above
        seen.add(id)
    return id


def _mentioned(reading: Reading, each: Attribution) -> set[str]:
    return {
        m.entity
        for m in reading.mentions
        if m.entity and m.kind in ("organisation", "group") and m.form != "pronoun"
        if any(a <= m.start and m.end <= b for a, b in each.source)
    }


def _by_name(entities: Sequence[Entity]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in entities:
        if each.kind in ("organisation", "group", "other") and each.named:
            for name in (each.name, *each.also):
                names.setdefault(folded(name), each.id)
    return names


def _named_within(source: str, named: Mapping[str, str]) -> set[str]:
    """Entities whose name stands in the source beside other words; the longest name only."""
    parts = folded(source).split()
    for length in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - length + 1):
            found = named.get(" ".join(parts[start : start + length]))
            if found and (length > 1 or len(parts[start]) > 3 or parts[start].isupper()):
                return {found}
    return set()


def publishers(pile: Pile, speaks_for: Mapping[str, str]) -> dict[str, set[str]]:
    """The documents that an institution published itself: its releases in the pile.

    An institution is one that other documents quote and that nobody names as an outlet.
    """
    named = {squeezed(name): e.id for e in pile.entities for name in (e.name, *e.also)}
    quoted = _quoted(pile, speaks_for)
    carriers = {
        squeezed(c.name) for r in pile.readings for a in r.attributions for c in a.channels
        if c.route in ("told", "reported")
    }  # fmt: skip
    outlets = {
        e.id for e in pile.entities for name in (e.name, *e.also)
        if squeezed(name) in carriers or getattr(known(name), "role", "") in ("outlet", "agency")
    }  # fmt: skip
    out: defaultdict[str, set[str]] = defaultdict(set)
    for reading in pile.readings:
        doc = reading.document
        names = [name for name in (doc.outlet, doc.byline) if name]
        ids = {named.get(squeezed(name)) for name in names}
        heads = [b for b in reading.blocks if b.role in ("byline", "dateline")]
        if not names:
            ids |= {
                m.entity for m in reading.mentions
                if m.kind == "organisation" and any(b.start <= m.start < b.end for b in heads)
            }  # fmt: skip
        for id in sorted(each for each in ids if each and each not in outlets):
            who = speaks_for.get(id, id)
            if quoted.get(who, set()) - {doc.id}:
                out[who].add(doc.id)
    return dict(out)


def _quoted(pile: Pile, speaks_for: Mapping[str, str]) -> dict[str, set[str]]:
    """For each institution the documents in which it is a speaker."""
    kinds = {each.id: each.kind for each in pile.entities}
    out: defaultdict[str, set[str]] = defaultdict(set)
    for reading in pile.readings:
        for each in reading.attributions:
            who = speaks_for.get(each.speaker or "")
            spoken = each.voice == "speaker" and not each.reports and each.stance != "declines"
            if who and spoken and kinds.get(who) in ("organisation", "group", "other"):
                out[who].add(reading.document.id)
    return out


def homes(all_of: Pile) -> dict[str, frozenset[str]]:
    """The documents of each outlet and of each institution that published some, by its names."""
    found = {name: set(docs) for name, docs in outlets(r.document for r in all_of.readings).items()}
    published = publishers(all_of, institutions(all_of))
    for each in all_of.entities:
        if each.id in published and each.kind in ("organisation", "group"):
            for name in (each.name, *each.also):
                found.setdefault(squeezed(name), set()).update(published[each.id])
    return {name: frozenset(docs) for name, docs in found.items() if name}


def place(span: Span) -> tuple[str, int, int]:
    """A span's order in the pile."""
    return span.doc, span.start, span.end
