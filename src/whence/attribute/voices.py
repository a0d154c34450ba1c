"""What the writer of a page, a post or a comment says in their own voice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from whence import channels as ways
from whence.attribute.making import evidence_in, form_of
from whence.clauses import content_edges, overlap, quoted, sentences, trimmed, word_count
from whence.terms import (
    Attribution,
    Block,
    Channel,
    Document,
    Extent,
    Extents,
    QuoteForm,
    Stance,
    Voice,
    finding_id,
)

_PLATFORMS: Final = (
    ("Twitter", re.compile(r"\bpic\.twitter\.com/\w+|\btwitter\.com/\w+|https?://t\.co/\w+|"
                           r"\b\d+\s+retweets?\b", re.I)),
    ("Telegram", re.compile(r"\bt\.me/\w+", re.I)),
    ("Facebook", re.compile(r"\bfacebook\.com/\w+|\bfb\.watch/\w+", re.I)),
    ("Instagram", re.compile(r"\binstagram\.com/\w+", re.I)),
)  # fmt: skip
_COUNTS: Final = re.compile(
    r"(?:\s*[.·•|,]?\s*\b\d[\d.,KkMm]*\s+(?:repl(?:y|ies)|retweets?|likes?|shares?|comments?|views?))+\W*$"
)
_CLAUSE: Final = 6  # words in quotation marks from here on are a clause, not a phrase or a title
_MAY: Final = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|apparently|seems?|seemed|appears?|appeared|likely|"
    r"probably|presumably|suggests?)\b",
    re.I,
)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|does|did|do|be|been|"
    r"\w{2,}(?:ed|es|ing)|\w{3,}s|said|told|went|came|took|made|got|gave|held|fell|rose|began|left|"
    r"lost|won|led|met|ran|sent|set|hit|cut|put|saw|broke|struck|shot|sank|flew|drew|grew|brought)\b"
)
_FIRST: Final = re.compile(r"\b(?:I|we|my|our|let's|let’s|you|your)\b", re.I)
_ASSERTED, _COMMENTED = 0.6, 0.6  # how sure we are that a plain sentence is its writer's claim


def posted(document: Document, block: Block, in_comment: bool) -> Attribution | None:
    """An embedded post: its poster's own words."""
    text = document.text
    a, b = trimmed(text, block.start, block.end)
    name: Extents = ()
    if block.by:
        at = text.rfind(block.by, a, b)
        if at >= 0:
            name = ((at, at + len(block.by)),)
            if at - a > (b - a) // 2:
                b = at
    while b > a and not (text[b - 1].isalnum() or text[b - 1] in '.!?”"…)'):
        b -= 1
    link = re.compile(r"(?:\s*(?:https?://\S+|pic\.\S+/\S+|[—–-]))+\s*$").search(text[a:b])
    if link:
        b = a + link.start()
    counts = _COUNTS.search(text[a:b])
    edges = content_edges(text, a, a + counts.start() if counts else b)
    if not edges:
        return None
    voice: Voice = "commenter" if in_comment else "speaker"
    source = () if in_comment else name
    return Attribution(
        finding_id("attribution", document.id, source, (), (edges,)), document.id, "direct", source,
        (), (edges,), voice=voice, channels=_posted_on(text, block),
        evidence=evidence_in(text, (edges,)), confidence=0.75,
    )  # fmt: skip


def _posted_on(text: str, block: Block) -> tuple[Channel, ...]:
    """The platform that a post's own links and counts give away."""
    for name, pattern in _PLATFORMS:
        hit = pattern.search(text, block.start, block.end)
        if hit:
            return (Channel(name, "published", hit.span()),)
    return ()


def requoted(
    document: Document, leaves: Sequence[Block], earlier: Sequence[Block]
) -> list[Attribution]:
    """Words in quotation marks that an earlier comment holds too: somebody else's, quoted back."""
    text = document.text
    before = " ".join(_bare(text[b.start : b.end]) for b in earlier)
    out = []
    for leaf in leaves:
        for a, b in quoted(text, leaf.start, leaf.end):
            words = _bare(text[a:b])
            edges = content_edges(text, a, b)
            if edges and words.count(" ") >= 3 and f" {words} " in f" {before} ":
                out.append(_nobodys(document, edges, "direct"))
    return out


def unnamed(
    document: Document, mine: Sequence[Attribution], hand: ways.Governed | None
) -> list[Attribution]:
    """The writer's own assertions, and what of them stands in quotation marks: somebody's words,
    though the page names nobody for them. In a page handed to another outlet a quoted clause counts
    too, elsewhere only a sentence quoted whole: lesser quotations may be titles or phrases."""
    text = document.text
    out: list[Attribution] = []
    for each in mine:
        edges = each.content[0]
        marks = [m for m in quoted(text, *edges) if word_count(text, (m,)) >= _CLAUSE]
        if each.voice == "author" and marks and form_of(text, each.content) == "direct":
            out.append(_nobodys(document, edges, "direct"))
            continue
        out.append(each)
        if hand and edges[0] >= hand.start:
            held = [m for m in marks if _VERB.search(text, *m)]
            out += [_nobodys(document, m, "direct") for m in held]
    return out


def _nobodys(document: Document, edges: Extent, form: QuoteForm) -> Attribution:
    evidence = evidence_in(document.text, (edges,))
    return Attribution(
        finding_id("attribution", document.id, (), (), (edges,)), document.id, form, (), (), (edges,),
        evidence=evidence, confidence=_ASSERTED,
    )  # fmt: skip


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words)).casefold()


def own(
    document: Document,
    leaves: Sequence[Block],
    found: Sequence[Attribution],
    hand: ways.Governed | None = None,
    *,
    comment: bool = False,
) -> list[Attribution]:
    """What the writer of a region asserts in their own voice: sentences nobody else is given."""
    text = document.text
    taken = tuple(e for f in found for e in (*f.content, *f.cue, *f.source))
    out = []
    for leaf in leaves:
        if leaf.role not in (("comment",) if comment else ("body", "headline")):
            continue
        for a, b in sentences(text, leaf.start, leaf.end):
            begin = hand.start if hand and a <= hand.name_span[0] < b else a
            edges = content_edges(text, begin, b)
            if not edges or not _asserts(text, edges, comment):
                continue
            if overlap((edges,), taken) > 0.25 * (edges[1] - edges[0]):
                continue
            stance: Stance = "hedges" if _MAY.search(text, *edges) else "asserts"
            out.append(Attribution(
                finding_id("attribution", document.id, (), (), (edges,)), document.id,
                "indirect", (), (), (edges,), stance, "commenter" if comment else "author",
                evidence=evidence_in(text, (edges,)), confidence=_COMMENTED if comment else _ASSERTED,
            ))  # fmt: skip
    return out


def _asserts(text: str, edges: Extent, comment: bool) -> bool:
    words = text[edges[0] : edges[1]]
    count = word_count(text, (edges,))
    question = text[edges[1] : edges[1] + 1] == "?" or words.endswith("?")
    if question or count < 5 or not _VERB.search(words):
        return False
    return comment or not (_FIRST.search(words) and count < 12)
