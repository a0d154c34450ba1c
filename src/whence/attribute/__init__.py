"""Who says what in one document: the reader's finds and the page's structure made attributions.

Structure comes first where it speaks: posts, block quotations, commenters, a paragraph that hands
the page to another outlet. Inside running text the reader's model speaks, or the plain patterns
when no model is there. Whatever no one is named for stays the author's own assertion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from whence import patterns, reader, structure
from whence.attribute.links import answered, governed, handed_over, nested, unique
from whence.attribute.making import evidence_in, form_of, made, stance_at
from whence.attribute.names import antecedents as _antecedents
from whence.attribute.names import mention_form
from whence.attribute.names import mentions as _mentions
from whence.attribute.voices import own, posted, requoted, unnamed
from whence.clauses import overlap
from whence.reader import Models, Read, Said
from whence.structure import imagined, joints, nouns, spoken
from whence.terms import Attribution, Block, Document, Extents, Reading

__all__ = [
    "Region",
    "_antecedents",
    "_mentions",
    "attribute",
    "evidence_in",
    "form_of",
    "mention_form",
    "reading",
    "regions",
    "stance_at",
]


_LEAST, _LEAST_UNSOURCED = 0.28, 0.5  # below these a find is kept to ourselves; without a source
# barely one in four is right on PolNeAR dev


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch read by itself: the article, or one comment with its writer."""

    start: int
    end: int
    role: str
    by: str | None = None


def regions(blocks: Sequence[Block]) -> list[Region]:
    """The article's stretches and each comment; boilerplate is in none of them."""
    parents = {b.within for b in blocks if b.within}
    out: list[Region] = []
    for each in sorted((b for b in blocks if b.id not in parents), key=lambda b: b.start):
        if each.role == "boilerplate":
            continue
        role = "comment" if each.role == "comment" or _in_comment(each, blocks) else "article"
        joins = out and out[-1].role == role and out[-1].end == each.start and role == "article"
        if joins:
            out[-1] = replace(out[-1], end=each.end)
        else:
            out.append(Region(each.start, each.end, role, each.by))
    return out


def _in_comment(block: Block, blocks: Sequence[Block]) -> bool:
    by_id = {b.id: b for b in blocks}
    at = block.within
    while at:
        if by_id[at].role == "comment":
            return True
        at = by_id[at].within
    return False


def attribute(document: Document, blocks: Sequence[Block]) -> tuple[Attribution, ...]:
    """The attributions of one document, in reading order."""
    return reading(document, blocks).attributions


def reading(document: Document, blocks: Sequence[Block], models: Models | None = None) -> Reading:
    """Everything found in one document by itself."""
    text = document.text
    if not document.read:
        return Reading(document, tuple(blocks))
    if models is None and reader.available():
        models = Models.open()
    seen = reader.read(text, models) if models else Read((), (), ())
    found: list[Attribution] = []
    for region in regions(blocks):
        found += _region(document, blocks, region, seen, bool(models))
    linked = answered(text, nested(text, unique(found)))
    return Reading(document, tuple(blocks), linked, _mentions(document, linked, seen),
                   sources=tuple(_antecedents(linked, seen)))  # fmt: skip


def _region(
    document: Document, blocks: Sequence[Block], region: Region, seen: Read, model: bool
) -> list[Attribution]:
    text = document.text
    leaves = _leaves(blocks, region)
    posts = [b for b in leaves if b.role == "post"]
    plain = tuple((b.start, b.end) for b in leaves if b.role != "post")
    said: list[Said]
    if model:
        said = [
            _clipped(s, ((region.start, region.end),))
            for s in seen.said
            if region.start <= s.cue[0][0] < region.end and not _within_any(s.cue, posts)]  # fmt: skip
    else:
        said = [s for a, b in plain for s in patterns.said(text, a, b)]
    said = structure.parted(
        text, structure.tidied(text, said), [(n.start, n.end) for n in seen.names]
    )
    said = joints.headed(text, leaves, joints.joined(text, said))
    said = [joints.bare_that(text, joints.unswallowed(text, s)) for s in said]
    said = [joints.addressed(text, s) for s in said]
    said = structure.hedged(text, plain, said)
    said = structure.tagged(text, plain, said)
    said = joints.trailing(text, joints.relative(text, plain, said))
    said = structure.block_quotes(text, leaves, said)
    said = spoken.statements(text, said, region.role == "comment")
    said = [structure.before_tag(text, s, said) for s in said]
    said = [structure.widened(text, s, said) for s in said]
    said = nouns.inner(text, [joints.whole(text, s, said) for s in said])
    if region.role != "comment":
        said = imagined.imagined(text, plain, said)
    found = [a for s in said if _sure(s) and (a := made(document, s))]
    found += [a for p in posts if (a := posted(document, p, region.role == "comment"))]
    if region.role == "comment":
        earlier = [b for b in blocks if b.role == "comment" and b.end <= region.start]
        found += requoted(document, leaves, earlier)
        return found + own(document, leaves, found, comment=True)
    hand = handed_over(text, leaves)
    found = [f for f in found if not (hand and overlap(f.cue, (hand.name_span, hand.cue)))]
    found += unnamed(document, own(document, leaves, found, hand), hand)
    return governed(text, leaves, found, hand)


def _sure(said: Said) -> bool:
    return said.confidence >= (_LEAST if said.source else _LEAST_UNSOURCED)


def _leaves(blocks: Sequence[Block], region: Region) -> list[Block]:
    parents = {b.within for b in blocks if b.within}
    return [b for b in sorted(blocks, key=lambda b: b.start)
            if b.id not in parents and region.start <= b.start and b.end <= region.end]  # fmt: skip


def _within_any(extents: Extents, blocks: Iterable[Block]) -> bool:
    return any(b.start <= extents[0][0] < b.end for b in blocks)


def _clipped(said: Said, to: Extents) -> Said:
    """The same attribution without the words that lie outside its region."""

    def keep(extents: Extents) -> Extents:
        return tuple((max(a, x), min(b, y)) for a, b in extents for x, y in to if a < y and x < b)

    return replace(said, source=keep(said.source), cue=keep(said.cue), content=keep(said.content))
