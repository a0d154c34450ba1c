"""What a telling changes of the text it was taken from: “several” becomes “a large number”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from whence.clauses import WORD
from whence.terms import Extent, Mention, Span

ALIKE: Final = 0.5  # of the words of two sentences: as much alike they tell the same thing
CLOSE: Final = 0.65  # of the words must be alike before another word for something is a change
_AMOUNT: Final = frozenset(
    "several some few many most all every no none dozens hundreds thousands scores number large huge"
    " small great numerous couple handful one two three four five six seven eight nine ten half"
    " least almost nearly about over under more less up".split()
)
_SURE: Final = frozenset(
    "could would may might will must can should shall perhaps possibly likely probably apparently"
    " reportedly allegedly alleged suspected suggests suggest appears appear seems seem proof proves"
    " evidence confirmed claims claimed believed feared not never".split()
)
_LIGHT: Final = frozenset(
    "a an the of to in on at by for with from and or but that which who is are was were be been has"
    " have had it its their his her they he she this these those as said says say also then there"
    " than so if into out".split()
)


_SIZES: Final = {
    "few": 1, "handful": 1, "small": 1, "several": 2, "some": 2, "couple": 2, "dozens": 3, "scores": 3,
    "many": 4, "numerous": 4, "large": 4, "great": 4, "huge": 5, "hundreds": 5, "thousands": 6,
    "most": 7, "all": 8,
}  # fmt: skip
_VAGUE: Final = re.compile(
    r"\b(?P<amount>(?:a\s+)?(?:few|handful|couple)(?:\s+of)?|several|some|many|most|all|numerous|"
    r"(?:dozens|scores|hundreds|thousands)\s+of|a\s+(?:small|large|great|huge)\s+number\s+of)\s+"
    r"(?:of\s+)?(?P<what>(?:[^\W_][\w’'-]*\s+){0,8}[^\W_][\w’'-]*)",
    re.I,
)


Side = tuple[str, str, Extent]
"""A document, its text, and the stretch of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """The words that differ, on both sides, and how grave the change is."""

    left: Span
    right: Span
    before: str
    after: str
    weight: float
    why: str


def alike(ours: str, left: Extent, theirs: str, right: Extent) -> float:
    """How much of two sentences' words is the same, between 0 and 1."""
    one, other = ([t[0] for t in _tokens(*side)] for side in ((ours, left), (theirs, right)))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def changes(left: Side, right: Side) -> Iterator[Change]:
    """What the right sentence changes of the left one; each is document, text and extent."""
    ours, theirs = _tokens(left[1], left[2]), _tokens(right[1], right[2])
    match = SequenceMatcher(None, [t[0] for t in ours], [t[0] for t in theirs], autojunk=False)
    if match.ratio() < ALIKE:
        return
    for tag, a, b, c, d in match.get_opcodes():
        if tag != "replace":
            continue
        before, after = [t[0] for t in ours[a:b]], [t[0] for t in theirs[c:d]]
        found = _weighed(before, after)
        if found is None or (found[0] < 3 and match.ratio() < CLOSE):
            continue
        weight, why = found
        x, y = ours[a][1], ours[b - 1][2]
        p, q = theirs[c][1], theirs[d - 1][2]
        yield Change(Span(left[0], x, y), Span(right[0], p, q), left[1][x:y], right[1][p:q],
                     weight * match.ratio(), why)  # fmt: skip


def amounts(left: Side, right: Side, least: int = 1) -> Iterator[Change]:
    """Vague amounts of one thing that two tellings put differently, however else they are worded.

    `least` is how many words of what there is an amount of must be alike.
    """
    for ours in _VAGUE.finditer(left[1], *left[2]):
        for theirs in _VAGUE.finditer(right[1], *right[2]):
            things = [
                {w[:6].casefold() for w in WORD.findall(each["what"]) if len(w) > 3}
                for each in (ours, theirs)
            ]
            sizes = [_SIZES[_size(each["amount"])] for each in (ours, theirs)]
            if len(things[0] & things[1]) >= least and sizes[0] != sizes[1]:
                yield Change(
                    Span(left[0], *ours.span("amount")), Span(right[0], *theirs.span("amount")),
                    ours["amount"], theirs["amount"], 3.0, "the amount",
                )  # fmt: skip


_DEGREES: Final = (
    re.compile(r"\b(?:could|might|may|would|perhaps|possibly|probably|likely)\b", re.I),
    re.compile(r"\b(?:suggest\w*|indicat\w*|appear\w*|seem\w*|apparent\w*)\b", re.I),
    re.compile(r"\b(?:prov(?:e[sdn]?|ing)|confirm\w*|clear(?:ly)?|evident\w*|undoubted\w*|must)\b", re.I),
)  # fmt: skip
"""Words for how sure something is, the least sure first."""


def sureness(left: Side, right: Side) -> Iterator[Change]:
    """How sure two tellings of one sentence make it: “could mean” here, “suggests” there."""
    found = [
        {degree: m for degree, pattern in enumerate(_DEGREES)
         if (m := pattern.search(text, *extent))}
        for _, text, extent in (left, right)
    ]  # fmt: skip
    ours, theirs = found
    if ours and theirs and not ours.keys() & theirs.keys():
        one, other = ours[min(ours)], theirs[min(theirs)]
        yield Change(Span(left[0], *one.span()), Span(right[0], *other.span()),
                     one.group(), other.group(), 2.4, "how sure it is")  # fmt: skip


_SEEN: Final = re.compile(
    r"\b(?P<how>satellite|aerial|drone|airborne|infrared|thermal|radar|archive|video|telephone|handheld)\s+"
    r"(?:imagery|images?|photos?|photographs?|photographic\s+\w+|pictures?|footage|shots?|recordings?)\b",
    re.I,
)


def evidence(left: Side, right: Side) -> Iterator[Change]:
    """Pictures of two kinds for one thing: “satellite imagery” here, “aerial photos” there."""
    ours, theirs = ([*_SEEN.finditer(text, *extent)] for _, text, extent in (left, right))
    kinds = [{m["how"].casefold() for m in side} for side in (ours, theirs)]
    if ours and theirs and not kinds[0] & kinds[1]:
        one, other = ours[0], theirs[0]
        yield Change(Span(left[0], *one.span()), Span(right[0], *other.span()),
                     one.group(), other.group(), 1.0, "what kind of pictures")  # fmt: skip


_BESIDE: Final = re.compile(
    r"\b(?P<how>north|south|east|west|north-?east|north-?west|south-?east|south-?west|near|outside|around|off)"
    r"(?:ern|ward)?(?:\s+(?:of|from|side\s+of))?\s+(?:the\s+(?:\w+\s+of\s+)?)?[#]?$",
    re.I,
)
_INSIDE: Final = re.compile(
    r"\b(?:in|inside|within|at)\s+(?:the\s+)?(?:(?:town|city|centre|center|village|port)\s+of\s+)?[#]?$",
    re.I,
)


def whereabouts(
    left: Side, right: Side, ours: Sequence[Mention], theirs: Sequence[Mention]
) -> Iterator[Change]:
    """One place, and two ways to be there: “in the town of” here, “north of” there."""
    for one in ours:
        for other in theirs:
            if one.entity != other.entity:
                continue
            how = [_how(text, extent, m)
                   for (_, text, extent), m in ((left, one), (right, other))]  # fmt: skip
            if None not in how and how[0] != how[1]:
                a, b = (_phrase(text, extent, m)
                        for (_, text, extent), m in ((left, one), (right, other)))  # fmt: skip
                yield Change(Span(left[0], *a), Span(right[0], *b), left[1][slice(*a)],
                             right[1][slice(*b)], 1.6, "where it was")  # fmt: skip
                return


def _how(text: str, extent: Extent, place: Mention) -> str | None:
    """“in” or “beside”, as the words before a place say."""
    before = text[max(extent[0], place.start - 40) : place.start]
    if _BESIDE.search(before):
        return "beside"
    return "in" if _INSIDE.search(before) else None


def _phrase(text: str, extent: Extent, place: Mention) -> Extent:
    """The place with the words that say where beside it."""
    first = max(extent[0], place.start - 40)
    before = text[first : place.start]
    found = _BESIDE.search(before) or _INSIDE.search(before)
    return (first + found.start() if found else place.start), place.end


def _size(amount: str) -> str:
    return next(word for word in _SIZES if re.search(rf"\b{word}", amount, re.I))


def _tokens(text: str, extent: Extent) -> list[tuple[str, int, int]]:
    return [
        (m.group().casefold().replace("’", "'"), *m.span()) for m in WORD.finditer(text, *extent)
    ]


def _weighed(before: Sequence[str], after: Sequence[str]) -> tuple[float, str] | None:
    """How grave it is to put these words for those; None if it is only another way to say it."""
    ours, theirs = set(before) - set(after), set(after) - set(before)
    if max(len(before), len(after)) > 5:
        return None
    if ours & _AMOUNT and theirs & _AMOUNT:
        return 3.0, "the amount"
    if ours & _SURE and theirs & _SURE:
        return 3.0, "how sure it is"
    heavy = [sorted(side - _LIGHT) for side in (ours, theirs)]
    if not heavy[0] or not heavy[1] or _spelling(heavy[0], heavy[1]):
        return None
    return 1.0, "what it says"


def _spelling(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the difference is only in spelling or in the form of a word."""
    one, other = (re.sub(r"\W", "", "".join(side)) for side in (ours, theirs))
    longest = max(len(one), len(other))
    near = DamerauLevenshtein.distance(one, other) <= max(1, longest // 3)
    return near or one[:5] == other[:5]
