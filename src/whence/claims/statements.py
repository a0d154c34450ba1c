"""What can be claimed in a document: the parts of attributions, each one proposition if possible."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from whence.clauses import WORD, merged, sentences, without
from whence.pile import common, words
from whence.terms import Attribution, Extent, Extents, Reading, Stance, Telling, TellingStance

LONG: Final = 24  # words; a longer sentence is looked at for clauses
CLAUSE: Final = 6  # words that a clause needs to stand by itself
_BORDER: Final = re.compile(
    r"(?:;\s+|\s+[–—]\s+|,?\s+(?:and|but|while|whereas|although|because|so)\s+(?:that\s+)?"
    r"(?=(?:the|a|an|it|he|she|they|we|I|there|that|this|its|his|her|their|no|[A-Z0-9])\b)"
    r"|,\s+(?:which|who)\s+)"
)
_STANCES: Final[Mapping[Stance, TellingStance]] = {
    "asserts": "asserts", "accuses": "asserts", "confirms": "asserts", "promises": "asserts",
    "denies": "denies", "hedges": "hedges", "declines": "hedges",
}  # fmt: skip


_POINTS: Final = re.compile(
    r"\b(?:the|those|these|such|this|that|all|any|both|its|his|her|their|[\w.]+[’']s?)\s+"
    r"(?:\w+\s+)?(?:claims?|allegations?|accusations?|charges?|assertions?|reports?|suggestions?)\b"
    r"|^\W*(?:it|that|this)\b",
    re.I,
)
_DENIAL: Final = re.compile(
    r"\b(?:rejects?|rejected|den(?:y|ies|ied)|refutes?|refuted|dismiss(?:es|ed)?|rebuts?|rebutted)\s+"
    r"(?!to\b|entry\b|access\b|permission\b)",
    re.I,
)
_POST_LINE: Final = re.compile(
    r"\W*(?:\d+\W+)?(?:[\w.]+\s+){0,4}@\w+\W*|\W*(?:in\s+)?repl(?:y|ying)\s+to\s+@?\w+\W*"
    r"|\W*\w*\d+\s*(?:s|m|min|h|hrs?|d|minutes?|hours?|days?|weeks?)\w*\s+ago\W*"
    r"|\W*(?:\d+\s+(?:replies|reply|retweets?|likes?|shares?|comments?|views?)\W*)+",
    re.I,
)
_DANGLING: Final = re.compile(r"\b(?:that|whether)(?:\s+\w+){0,2}\W*$", re.I)
_QUOTED: Final = "“„«\"'‘"


@dataclass(frozen=True, slots=True)
class Statement:
    """The part of one attribution that puts one proposition forward, and those who pass it on."""

    attribution: Attribution
    spans: Extents
    words: str
    stance: TellingStance
    sentence: str
    relays: tuple[Telling, ...] = ()

    @property
    def key(self) -> tuple[str, Extents, str]:
        """Its order in the pile."""
        return self.attribution.doc, self.spans, self.attribution.id


def statements(reading: Reading) -> Iterator[Statement]:
    """The statements of one document, in reading order of their attributions."""
    text = reading.document.text
    inner: defaultdict[str, list[Attribution]] = defaultdict(list)
    by_id = {each.id: each for each in reading.attributions}
    for each in reading.attributions:
        if each.within in by_id and each.within is not None:
            inner[each.within].append(each)
    whole = _sentences(reading)
    for each in reading.attributions:
        if each.stance not in _STANCES or each.imputed or _furniture(text, each):
            continue
        holes = tuple(sorted(span for one in inner[each.id] for span in _all_of(one)))
        own = without(each.content, _united(holes))
        if holes and sum(1 for a, b in own for _ in WORD.finditer(text, a, b)) < CLAUSE:
            continue
        for spans in _parts(text, own):
            said = words(text, spans)
            if holes and _DANGLING.search(said):
                continue  # what follows “that” is another's statement, and told as theirs
            yield Statement(each, spans, said, _stance(each, said), _around(whole, text, spans),
                            tuple(_holders(each, spans, by_id)))  # fmt: skip


def _furniture(text: str, each: Attribution) -> bool:
    """Whether it is only what a platform writes around a post: a handle, an age, a count."""
    return each.voice == "commenter" and bool(_POST_LINE.fullmatch(words(text, each.content)))


def pointing(said: str) -> bool:
    """Whether the words only point at what someone else said: “those claims are incorrect”."""
    return bool(_POINTS.search(said))


def _stance(each: Attribution, said: str) -> TellingStance:
    """What one statement of an attribution does: a denier's quoted words assert the contrary."""
    stance = told(each)
    if each.voice in ("author", "outlet") and _DENIAL.search(said):
        return "denies"  # a page that tells of a denial does not make the claim its own
    if stance == "denies" and each.form != "indirect" and said[:1] in _QUOTED:
        return stance if pointing(said) else "asserts"
    return stance


def told(each: Attribution) -> TellingStance:
    """How an attribution tells what it holds; a page's words from another outlet are passed on."""
    stance = _STANCES.get(each.stance, "asserts")
    if stance == "asserts" and (each.voice == "outlet" or each.reports):
        return "relays"
    return stance


def _holders(
    each: Attribution, spans: Extents, by_id: Mapping[str, Attribution]
) -> Iterator[Telling]:
    """The attributions around this one: they pass on what it says, or deny it."""
    seen = {each.id}
    above = by_id.get(each.within or "")
    while above is not None and above.id not in seen:
        seen.add(above.id)
        if above.stance in _STANCES:
            stance = _STANCES[above.stance]
            yield Telling(above.id, spans, "relays" if stance == "asserts" else stance)
        above = by_id.get(above.within or "")


def _sentences(reading: Reading) -> list[Extent]:
    return list(sentences(reading.document.text))


def _around(whole: list[Extent], text: str, spans: Extents) -> str:
    first = max(bisect_right(whole, (spans[0][0], 1 << 60)) - 1, 0)
    last = bisect_right(whole, (spans[-1][1], 0))
    held = [each for each in whole[first:last] if common((each,), spans)]
    return words(text, tuple(held)) if held else words(text, spans)


def _all_of(each: Attribution) -> Extents:
    return each.source + each.cue + each.content


def _united(spans: Extents) -> Extents:
    out: list[Extent] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return tuple(out)


def _parts(text: str, own: Extents) -> list[Extents]:
    """Sentences, and the clauses of long ones; a scrap joins the part beside it."""
    cut: list[Extents] = []
    for a, b in merged(text, own):
        for x, y in sentences(text, a, b):
            cut.extend(((p, q),) for p, q in _clauses(text, x, y))
    parts: list[Extents] = []
    for each in cut:
        if (
            parts
            and min(_count(text, each), _count(text, parts[-1])) < 4
            and _near(parts[-1], each)
        ):
            parts[-1] = parts[-1] + each
        else:
            parts.append(each)
    return [each for each in parts if _count(text, each) >= 1]


def _near(left: Extents, right: Extents) -> bool:
    return right[0][0] - left[-1][1] < 80


def _count(text: str, spans: Extents) -> int:
    return sum(1 for a, b in spans for _ in WORD.finditer(text, a, b))


def _clauses(text: str, start: int, end: int) -> list[Extent]:
    if _count(text, ((start, end),)) <= LONG:
        return [(start, end)]
    out: list[Extent] = []
    at = start
    for border in _BORDER.finditer(text, start, end):
        left, right = (at, border.start()), (border.end(), end)
        if min(_count(text, (left,)), _count(text, (right,))) >= CLAUSE:
            out.append(left)
            at = border.end()
    return [*out, (at, end)]
