"""Why two documents share a passage: overlap alone proves nothing.

Most shared wording is one speaker quoted twice. Copying shows in *narration* in common, and only
where it is too long or too particular for two writers to have hit on it alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whence.reuse.matches import Match
from whence.terms import (
    Attribution,
    Document,
    Extent,
    Extents,
    Passage,
    Reading,
    ReuseKind,
    Span,
    finding_id,
)

MOST = 0.6  # of a passage's letters: so many in quotation marks make it a quotation
LONG = 15  # words of narration that two writers do not choose alike by chance
PARTICULAR = 5  # words among them that are neither names nor among the commonest
CROWD = 4  # further documents that share a short passage and nothing else: a set phrase
LINE = 600  # characters; a notice is one short paragraph
FRINGE = 3  # words beyond a quotation mark or a paragraph that are likely to be alike by chance

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_QUOTED = re.compile(
    r"“[^“”\n]*(?:”|(?=\n|$))"
    r"|„[^„“”\n]*[“”]"
    r"|«[^«»\n]*»"
    r"|(?<!\w)\"[^\"\n]*(?:\"|(?=\n|$))"
    r"|(?<!\w)‘[^‘’\n]*(?:’\w[^‘’\n]*)*’(?!\w)"
)
_NOTICES = re.compile(
    r"\b(?:reporting|writing|editing|edited|compiled|photography|graphics)\s+by\s+[A-Z]"
    r"|\bcontributed\s+(?:reporting\s+)?to\s+this\b|\ball\s+rights\s+reserved\b|©|\bcopyright\s+\d"
    r"|\b(?:sign\s+up|subscribe)\s+(?:for|to)\b|\bfollow\s+(?:us|him|her|them|\w+)\s+on\b"
    r"|\bthis\s+(?:story|article|post|report|page)\s+(?:has\s+been|was|will\s+be|is|may)\b"
    r"|\b(?:views|opinions)\s+expressed\b|\bread\s+more\s*:",
    re.I,
)
_COMMON = frozenset(
    "a about after against all also an and any are as at back be because been before being both"
    " but by came can come could day did do does down each even every few first for from get give"
    " go had has have he her here him his how i if in into is it its just know last like made make"
    " many may me more most much my near new no not now of off on one only or other our out over"
    " own said same saw say says see she should since so some still such take than that the their"
    " them then there these they this those through time to told too two under until up us very"
    " was way we week well were what when where which while who will with would year years you"
    " your".split()
)


@dataclass(frozen=True, slots=True)
class _Side:
    """What one document says of the words in its half of a passage."""

    document: Document
    words: tuple[str, ...]
    quoted: float
    told: float
    source: str | None


@dataclass(frozen=True, slots=True)
class _Marked:
    """Where a document quotes (marks, quotations, posts) and where it only reports speech."""

    document: Document
    quoted: Extents
    told: Extents
    attributions: tuple[Attribution, ...]


def described(
    matches: Sequence[Match], documents: Iterable[Document], readings: Mapping[str, Reading]
) -> tuple[Passage, ...]:
    """The matches as passages, each with its kind and the reason for it in plain words.

    Give it all the matches of a pile: what else two documents share, and who else shares it, tells.
    """
    marked = {each.id: _marked(each, readings.get(each.id)) for each in documents}
    trimmed = [_trimmed(each, marked) for each in matches]
    sides = [
        (_side(each.left, marked[each.left.doc]), _side(each.right, marked[each.right.doc]))
        for each in trimmed
    ]
    plain = [
        _set_phrase(pair, others) or _notice(match, pair) or _plain_kind(*pair)
        for match, pair, others in zip(trimmed, sides, _company(trimmed), strict=True)
    ]
    shared: defaultdict[tuple[str, str], set[ReuseKind]] = defaultdict(set)
    for match, (kind, _) in zip(trimmed, plain, strict=True):
        shared[_pair(match)].add(kind)
    passages = []
    for match, pair, (kind, why) in zip(trimmed, sides, plain, strict=True):
        if kind == "coincidence":
            kind, why = _beside(pair, shared[_pair(match)]) or (kind, why)
        passages.append(_passage(match, kind, why))
    return tuple(passages)


def _set_phrase(sides: tuple[_Side, _Side], others: int) -> tuple[ReuseKind, str] | None:
    """A few words of narration that many documents have in common, and nothing else."""
    if others < CROWD or len(sides[0].words) >= LONG or max(s.quoted for s in sides) >= MOST:
        return None
    return "stock phrase", f"A set phrase: it stands in {others + 1} documents here."


def _notice(match: Match, sides: tuple[_Side, _Side]) -> tuple[ReuseKind, str] | None:
    """A line about the page itself: who reported and edited it, what may be done with it."""
    for span, side in zip(_spans(match), sides, strict=True):
        text = side.document.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        line = text[start : end if end >= 0 else len(text)]
        if len(line) > LINE or not _NOTICES.search(line):
            return None
    return "stock phrase", "A notice about the page itself, as many pages have one."


def _beside(sides: tuple[_Side, _Side], shared: set[ReuseKind]) -> tuple[ReuseKind, str] | None:
    """What a few words are that chance would explain, had the two documents nothing else."""
    if max(each.quoted for each in sides) >= MOST and "shared quotation" in shared:
        return "shared quotation", _quotation(*sides)
    for kind in ("copied narration", "translation"):
        if kind in shared:
            return kind, "Narration in common, beside a longer passage of it."
    return None


def _spans(match: Match) -> tuple[Span, Span]:
    return match.left, match.right


def _pair(match: Match) -> tuple[str, str]:
    return _ordered(match.left.doc, match.right.doc)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _passage(match: Match, kind: ReuseKind, why: str) -> Passage:
    left, right = sorted(_spans(match), key=lambda span: (span.doc, span.start))
    places: tuple[Extents, Extents] = ((left.start, left.end),), ((right.start, right.end),)
    name = finding_id("passage", f"{left.doc}|{right.doc}", *places)
    return Passage(name, left, right, kind, match.identity, why)


def _plain_kind(left: _Side, right: _Side) -> tuple[ReuseKind, str]:
    """The kind that the passage shows by itself."""
    words = min(left.words, right.words, key=len)
    particular = [each for each in words if each.islower() and each not in _COMMON]
    names = [each for each in words if not each.islower()]
    quoted = (left.quoted >= MOST) + (right.quoted >= MOST)
    telling = len(words) >= LONG or len(particular) >= max(len(names), PARTICULAR)
    if quoted == 2 or (quoted and telling):
        return "shared quotation", _quotation(left, right)
    if len(words) >= LONG and len(particular) >= PARTICULAR:
        return _translated(left.document, right.document) or (
            "copied narration",
            f"{len(words)} words of narration in common, too many for chance.",
        )
    if len(names) > len(particular):
        return "stock phrase", "Mostly names and figures: two writers would put it the same way."
    return "coincidence", f"Only {len(words)} words of narration: too few to show copying."


def _quotation(left: _Side, right: _Side) -> str:
    if min(left.quoted, right.quoted) >= MOST:
        if left.source and right.source:
            return f"Both quote it: from “{left.source}”, and from “{right.source}”."
        return "Both give these words as a quotation."
    inner, outer = (left, right) if left.quoted >= MOST else (right, left)
    whose = f" from “{inner.source}”" if inner.source else ""
    if outer.told >= MOST:
        return f"One quotes it{whose}; the other reports it as speech, without the marks."
    return f"One quotes it{whose}; the other gives the same words without the marks."


def _translated(left: Document, right: Document) -> tuple[ReuseKind, str] | None:
    for each in (left, right):
        if each.translator:
            return "translation", f"Narration in common, and {each.translator} translated one side."
    if left.language and right.language and left.language != right.language:
        return "translation", "Narration in common between documents in two languages."
    return None


def _company(matches: Sequence[Match]) -> list[int]:
    """For each match, how many other documents share its words and nothing else with its own."""
    shares: defaultdict[tuple[str, str], int] = defaultdict(int)
    by_doc: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for match in matches:
        shares[_pair(match)] += 1
        for here, there in (_spans(match), _spans(match)[::-1]):
            by_doc[here.doc].append((here.start, here.end, there.doc))
    for places in by_doc.values():
        places.sort()
    counts = []
    for match in matches:
        docs = set()
        for span in _spans(match):
            for start, end, other in _touching(by_doc[span.doc], span):
                both = min(end, span.end) - max(start, span.start)
                lone = shares[_ordered(span.doc, other)] == 1
                if lone and 2 * both > span.end - span.start:
                    docs.add(other)
        counts.append(len(docs - {match.left.doc, match.right.doc}) + 1)
    return counts


def _touching(places: Sequence[tuple[int, int, str]], span: Span) -> list[tuple[int, int, str]]:
    last = bisect_right(places, (span.end, 0, ""))
    first = bisect_right(places, (span.start - 2000, 0, ""))
    return [each for each in places[first:last] if each[1] > span.start]


def _marked(document: Document, reading: Reading | None) -> _Marked:
    attributions = reading.attributions if reading else ()
    quoted: list[Extent] = [each.span() for each in _QUOTED.finditer(document.text)]
    told: list[Extent] = []
    for each in attributions:
        (told if each.form == "indirect" else quoted).extend(each.content)
    for block in reading.blocks if reading else ():
        if block.role in ("quote", "post"):
            quoted.append((block.start, block.end))
    return _Marked(document, _united(quoted), _united(told), attributions)


def _united(extents: Iterable[Extent]) -> Extents:
    united: list[Extent] = []
    for start, end in sorted(extents):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return tuple(united)


def _side(span: Span, marked: _Marked) -> _Side:
    text = marked.document.text
    words = tuple(_WORD.findall(text[span.start : span.end]))
    source, most = None, 0
    for each in marked.attributions:
        both = _common(each.content, span)
        if both > most and each.source:
            (start, end), most = each.source[0], both
            source = text[start:end]
    length = span.end - span.start
    quoted, told = (_common(zone, span) / length for zone in (marked.quoted, marked.told))
    return _Side(marked.document, words, quoted, told, source)


def _common(extents: Extents, span: Span) -> int:
    return sum(max(min(end, span.end) - max(start, span.start), 0) for start, end in extents)


def _trimmed(match: Match, marked: Mapping[str, _Marked]) -> Match:
    """The match without a few words at an end that lie beyond a quotation's or paragraph's edge."""
    words = [
        [(a + span.start, b + span.start) for a, b in map(re.Match.span, found)]
        for span in _spans(match)
        for found in [_WORD.finditer(marked[span.doc].document.text[span.start : span.end])]
    ]
    docs = [marked[span.doc] for span in _spans(match)]
    ahead = max(_fringe(doc, each) for doc, each in zip(docs, words, strict=True))
    behind = max(_fringe(doc, each[::-1]) for doc, each in zip(docs, words, strict=True))
    if not ahead + behind or min(map(len, words)) - ahead - behind < 2 * FRINGE + 2:
        return match
    left, right = (
        Span(span.doc, places[ahead][0], places[-behind - 1][1])
        for span, places in zip(_spans(match), words, strict=True)
    )
    return Match(left, right, match.identity)


def _fringe(marked: _Marked, places: Sequence[Extent]) -> int:
    """How many words from this end stand apart: a quotation or a paragraph begins after them."""
    for count in range(1, min(FRINGE + 1, len(places))):
        one, other = sorted((places[count - 1], places[count]))
        between = marked.document.text[one[1] : other[0]]
        inside = [_within(marked.quoted, place[0]) for place in (one, other)]
        if inside[0] != inside[1] or "\n" in between:
            return count
    return 0


def _within(extents: Extents, place: int) -> bool:
    at = bisect_right(extents, (place, 1 << 60)) - 1
    return at >= 0 and extents[at][1] > place
