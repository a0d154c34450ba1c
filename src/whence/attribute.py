"""Who says what in one document: the reader's finds and the page's structure made attributions.

Structure comes first where it speaks: posts, block quotations, commenters, a paragraph that hands
the page to another outlet. Inside running text the reader's model speaks, or the plain patterns
when no model is there. Whatever no one is named for stays the author's own assertion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from whence import channels as ways
from whence import patterns, reader, structure
from whence.clauses import (
    content_edges,
    inside,
    merged,
    overlap,
    quoted,
    sentence_at,
    sentences,
    size,
    trimmed,
    without,
    word_count,
)
from whence.cues import stance_of
from whence.reader import Models, Named, Read, Said
from whence.structure import joints, nouns, spoken
from whence.terms import (
    Attribution,
    Block,
    Channel,
    Document,
    Evidence,
    EvidenceKind,
    Extent,
    Extents,
    Mention,
    NameForm,
    QuoteForm,
    Reading,
    Stance,
    Voice,
    finding_id,
)

_MODAL: Final = re.compile(
    r"\b(?:would|could|might|may|should|imagine|suppose|pretend)\b[^.!?]{0,90}$", re.I
)
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
_NOBODY: Final = re.compile(r"(?:few|nobody|none|no one|hardly any\w*)\b", re.I)
_NEVER_SAID: Final = re.compile(
    r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+\s+)?(?:sa(?:y|id)|cl(?:aim|aimed)|wr(?:ite|ote|itten)|"
    r"suggest(?:ed)?|den(?:y|ied)|promised?)\b", re.I
)  # fmt: skip
_THAT: Final = re.compile(
    r"\W*(?:that|this|it|so|any\s+such\s+thing|anything\s+of\s+the\s+(?:kind|sort))\W*$", re.I
)
_FIRST: Final = re.compile(r"\b(?:I|we|my|our|let's|let’s|you|your)\b", re.I)
_EVIDENCE: Final[dict[EvidenceKind, str]] = {
    "imagery": r"(?:aerial|satellite|drone)\s+(?:photo\w*|image\w*|survey)|photo(?:graph)?s?|images?|"
    r"imagery|footage|videos?|pictures?|shots|maps?|surveillance",
    "document": r"documents?|leaked\s+\w+|memos?|letters?|e-?mails?|records|files|logs|transcripts?|"
    r"contracts?|reports?\b(?=\s+(?:by|of|from))",
    "eyewitness": r"eyewitness(?:es)?|witness(?:es)?|survivors?|saw\s+with|residents?\s+saw",
    "intercept": r"intercept(?:s|ed)?|wiretap\w*|radio\s+traffic|phone\s+calls?|recordings?",
}
_EVIDENCE_AT: Final = {k: re.compile(rf"\b(?:{v})\b", re.I) for k, v in _EVIDENCE.items()}
_LEAST, _LEAST_UNSOURCED = 0.28, 0.5  # below these a find is kept to ourselves; without a source
# barely one in four is right on PolNeAR dev
_ASSERTED, _COMMENTED = 0.6, 0.6  # how sure we are that a plain sentence is its writer's claim


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
    nested = _nested(text, _unique(found))
    return Reading(document, tuple(blocks), nested, _mentions(document, nested, seen),
                   sources=tuple(_antecedents(nested, seen)))  # fmt: skip


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
    said = structure.hedged(text, plain, said)
    said = structure.tagged(text, plain, said)
    said = joints.relative(text, plain, said)
    said = structure.block_quotes(text, leaves, said)
    said = spoken.statements(text, said, region.role == "comment")
    said = [structure.before_tag(text, s, said) for s in said]
    said = [structure.widened(text, s, said) for s in said]
    said = nouns.inner(text, [joints.whole(text, s, said) for s in said])
    found = [a for s in said if _sure(s) and (a := _made(document, s))]
    found += [a for p in posts if (a := _post(document, p, region.role == "comment"))]
    if region.role == "comment":
        return found + _own(document, leaves, region, found)
    hand = _handed_over(text, leaves)
    found = [f for f in found if not (hand and overlap(f.cue, (hand.name_span, hand.cue)))]
    found += _own(document, leaves, region, found, hand)
    return _governed(text, leaves, found, hand)


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


def _made(document: Document, said: Said) -> Attribution | None:
    """The attribution of a find, its edges set as a person would set them."""
    text = document.text
    content = tuple(
        e for a, b in merged(text, said.content) if (e := content_edges(text, a, b))
    )  # fmt: skip
    source = tuple(trimmed(text, *_bare_edges(text, a, b)) for a, b in merged(text, said.source))
    source = tuple((a, b) for a, b in source if a < b)
    cue = tuple((a, b) for a, b in (_bare_edges(text, *e) for e in merged(text, said.cue)) if a < b)
    content = without(content, source + cue)
    content = tuple(e for a, b in content if (e := content_edges(text, a, b)))
    if not content or not cue:
        return None
    sentence = sentence_at(text, cue[0][0])
    return Attribution(
        finding_id("attribution", document.id, source, cue, content), document.id,
        form_of(text, content), source, cue, content,
        stance_at(text, source, cue, content),
        channels=tuple(ways.channels(text, *sentence, holes=content)),
        reports=False, evidence=evidence_in(text, source + content),
        imputed=_is_imputed(text, cue, content, sentence), confidence=round(said.confidence, 4),
    )  # fmt: skip


def _bare_edges(text: str, start: int, end: int) -> Extent:
    while start < end and (text[start].isspace() or text[start] in ',;:“”"—–-'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:“"—–-'):
        end -= 1
    return start, end


def stance_at(text: str, source: Extents, cue: Extents, content: Extents) -> Stance:
    """What a speaker does with the words, read from the cue where it stands."""
    words = " ".join(text[a:b] for a, b in cue)
    first = sentence_at(text, cue[0][0])[0]
    start = max([first] + [b for a, b in source if b <= cue[0][0]])
    said = " ".join(text[a:b] for a, b in content)
    who = text[slice(*source[0])] if source else ""
    if _NOBODY.match(who):
        words = f"not {words}"
    if who.casefold() in ("i", "we") and _NEVER_SAID.search(words) and _THAT.match(said):
        return "denies"
    return stance_of(words, text[start : cue[0][0]], said, bool(source))


def form_of(text: str, content: Extents) -> QuoteForm:
    """Direct if (nearly) all stands in quotation marks, mixed if two or more words do."""
    marks: list[Extent] = []
    for a, b in content:
        marks += quoted(text, a, b)
    total, held = word_count(text, content), word_count(text, tuple(marks))
    if total and held >= 0.85 * total:
        return "direct"
    return "mixed" if held >= 2 else "indirect"


def evidence_in(text: str, extents: Extents) -> tuple[Evidence, ...]:
    """What the words point to as proof: pictures, papers, witnesses, intercepts."""
    out = []
    for kind, pattern in _EVIDENCE_AT.items():
        for a, b in extents:
            hit = pattern.search(text, a, b)
            if hit:
                out.append(Evidence(kind, hit.span()))
                break
    return tuple(out)


def _is_imputed(text: str, cue: Extents, content: Extents, sentence: Extent) -> bool:
    """Words put into a mouth: “they could simply go ‘oops’”."""
    if form_of(text, content) != "direct":
        return False
    before = text[sentence[0] : cue[0][0]] + " " + text[cue[0][0] : cue[0][1]]
    return bool(_MODAL.search(before)) and not re.search(r"\bhave\s+said\b", before)


def _post(document: Document, block: Block, in_comment: bool) -> Attribution | None:
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
    edges = content_edges(text, a, b)
    if not edges:
        return None
    voice: Voice = "commenter" if in_comment else "speaker"
    source = () if in_comment else name
    return Attribution(
        finding_id("attribution", document.id, source, (), (edges,)), document.id, "direct", source,
        (), (edges,), voice=voice, evidence=evidence_in(text, (edges,)), confidence=0.75,
    )  # fmt: skip


def _own(
    document: Document,
    leaves: Sequence[Block],
    region: Region,
    found: Sequence[Attribution],
    hand: ways.Governed | None = None,
) -> list[Attribution]:
    """What the writer of a region asserts in their own voice: sentences nobody else is given."""
    text = document.text
    taken = tuple(e for f in found for e in (*f.content, *f.cue, *f.source))
    comment = region.role == "comment"
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


def _handed_over(text: str, leaves: Sequence[Block]) -> ways.Governed | None:
    """Where the page hands itself to another outlet: “Rt.com reports:”."""
    for leaf in leaves:
        if leaf.role == "body":
            hand = ways.governs(text, *trimmed(text, leaf.start, leaf.end))
            if hand:
                return hand
    return None


def _governed(
    text: str, leaves: Sequence[Block], found: list[Attribution], hand: ways.Governed | None
) -> list[Attribution]:
    """From a handover on the writer's voice is that outlet's, and what others say has come through
    it. The agency of a dateline is every statement's channel."""
    if hand:
        way = Channel(hand.name, "reported", hand.name_span, True)
        return [_passed_on(f, hand.start, way) for f in found]
    for leaf in leaves:
        if leaf.role in ("body", "dateline"):
            line = ways.dateline(text, leaf.start, leaf.end)
            if line and line.span:
                return [_passed_on(f, line.span[1], line, voice=False) for f in found]
            if leaf.role == "body":
                break
    return found


def _passed_on(found: Attribution, start: int, way: Channel, voice: bool = True) -> Attribution:
    at = found.cue[0][0] if found.cue else found.content[0][0]
    if at < start:
        return found
    if found.voice == "author":
        return replace(found, voice="outlet") if voice else found
    return replace(found, channels=(*found.channels, way))


def _unique(found: Sequence[Attribution]) -> list[Attribution]:
    """Without doubles: of two finds with one cue and one content the surer stays."""
    out: list[Attribution] = []
    for each in sorted(found, key=lambda f: -f.confidence):
        rival = next((o for o in out if (overlap(o.cue, each.cue) or (not o.cue and not each.cue))
                      and overlap(o.content, each.content) > 0.5 * size(each.content)
                      and (overlap(o.source, each.source) or not o.source or not each.source)), None)  # fmt: skip
        if rival is None:
            out.append(each)
    return sorted(out, key=lambda f: min(e[0] for e in (*f.source, *f.cue, *f.content)))


def _nested(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each find with the smallest other find whose content holds it; an outlet that only passes on
    what another says becomes that other's channel."""
    out = {f.id: f for f in found}
    for each in found:
        whole = (*each.source, *each.cue, *each.content)
        holders = [o for o in found if o.id != each.id and o.cue and inside(whole, _span(o.content))
                   and inside(each.content, _loose(o.content))]  # fmt: skip
        if holders:
            best = min(holders, key=lambda o: size(o.content))
            out[each.id] = replace(out[each.id], within=best.id)
    for each in found:
        mine = [o for o in out.values() if o.within == each.id]
        name = " ".join(text[a:b] for a, b in each.source)
        if mine and name and ways.is_outlet(name) and each.voice == "speaker":
            out[each.id] = replace(out[each.id], reports=True)
            way = Channel(ways.bare(name), "reported", each.source[0])
            for inner in mine:
                if all(c.name != way.name for c in out[inner.id].channels):
                    kept = out[inner.id]
                    out[inner.id] = replace(kept, channels=(*kept.channels, way))
    return tuple(out.values())


def _span(extents: Extents) -> Extents:
    return _loose(((extents[0][0], extents[-1][1]),)) if extents else ()


def _loose(extents: Extents) -> Extents:
    """The extents and the quotation mark or stop that may stand at either edge."""
    return tuple((a - 2, b + 2) for a, b in extents)


_PRONOUN: Final = re.compile(r"(?:he|she|they|it|who|we|i|him|her|his|their|its|them|you)$", re.I)


def mention_form(text: str, extent: Extent, names: Sequence[Named]) -> NameForm:
    """How words refer: by pronoun, by a name among them, or by description."""
    if _PRONOUN.match(text[extent[0] : extent[1]]):
        return "pronoun"
    return "name" if any(extent[0] <= n.start and n.end <= extent[1] for n in names) else "nominal"


def _mentions(document: Document, found: Sequence[Attribution], seen: Read) -> tuple[Mention, ...]:
    """Names, and the names, roles and pronouns that sources are made of."""
    text = document.text
    out = {(n.start, n.end): Mention(document.id, n.start, n.end, n.kind) for n in seen.names}
    for each in found:
        for a, b in each.source[:1]:
            kinds = [h.kind for h in seen.heads if a <= h.at[0] < b] or [
                n.kind for n in seen.names if a <= n.start < b
            ]
            kind = kinds[-1] if kinds else "other"
            out.setdefault(
                (a, b),
                Mention(document.id, a, b, kind, form=mention_form(text, (a, b), seen.names)),
            )
    for head in seen.heads:
        if _PRONOUN.match(text[head.at[0] : head.at[1]]):
            out.setdefault(head.at, Mention(document.id, *head.at, head.kind, form="pronoun"))
    return tuple(sorted(out.values(), key=lambda m: (m.start, m.end)))


def _antecedents(
    found: Sequence[Attribution], seen: Read
) -> list[tuple[str, Extent | None, float]]:
    """For each source the head word it refers back to, along the chain of links, or nothing."""
    by_place = {h.at: h for h in seen.heads}
    out = []
    for each in found:
        heads = [h for a, b in each.source[:1] for h in seen.heads if a <= h.at[0] < b]
        head = heads[0] if heads else None
        sure = 1.0
        back = None
        for _ in range(20):
            if head is None or head.back is None:
                break
            back, sure = head.back, sure * head.confidence
            head = by_place.get(back)
        out.append((each.id, back, round(sure, 4)))
    return out
