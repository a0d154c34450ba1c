"""Where and when: one event in two places far apart, or on two days."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from whence.clauses import WORD
from whence.conflict.made import FIRST, Weighed, made
from whence.conflict.told import Case, Told, mentions_in, sentence_of, stem, telling, weight
from whence.pile import common
from whence.terms import Entity, Extent, Mention, Span

APART: Final = 50.0  # kilometres between two towns that are not one place
WIDE: Final = 150.0  # kilometres between the middles of two provinces
RARE: Final = 12  # sentences; a pair of words that more have names no one thing
_WHERE: Final = re.compile(
    r"\b(?:in|at|near|to|outside|around|from|inside)\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.I
)
_EVENT: Final = re.compile(
    r"\b(?:attack\w*|ambush\w*|captur\w+|surround\w*|encircl\w+|shell(?:ed|ing)|bomb\w*|kill\w*|hit|crash\w*|"
    r"explo\w+|collaps\w+|seiz\w+|arrest\w*|detain\w*|kidnap\w*|sank|sunk|shot|wound\w*|injur\w*|struck|"
    r"died|drown\w*|burn\w+|landed|flood\w+)\b",
    re.I,
)
_AGAIN: Final = re.compile(
    r"\b(?:again|another|second|third|more|earlier|previous|next|later|also)\b", re.I
)
_LITTLE: Final = frozenset(
    "the and for with from that this which who were was are has have had been its his her their of in on at by"
    " to a an as or but not is be it he she they".split()
)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A thing that something happened to, by two words that stand side by side, and where."""

    told: Told
    words: tuple[str, str]
    span: Span
    place: Entity


def misplaced(case: Case) -> Iterator[Weighed]:
    """One thing that something happened to, in two places too far apart."""
    held: defaultdict[tuple[str, str], dict[Span, _Placed]] = defaultdict(dict)
    for told in case.told:
        if told.role not in ("comment", "headline") and told.stance != "denies":
            for each in _placed(told, case):
                held[each.words].setdefault(each.span, each)
    seen: set[frozenset[str]] = set()
    for _, every in sorted(held.items()):
        for one, other in combinations(every.values() if len(every) <= RARE else (), 2):
            places = frozenset((one.place.id, other.place.id))
            if (
                one.told.doc != other.told.doc
                and far(one.place, other.place)
                and places not in seen
            ):
                seen.add(places)
                why = f"In {one.place.name} or in {other.place.name}."
                claims = (one.told.claim, other.told.claim)
                yield FIRST["place"], made("place", one.span, other.span, why, claims)


def _placed(told: Told, case: Case) -> Iterator[_Placed]:
    """The pairs of words before “attacked near X”, in one sentence, where X is on the map."""
    text = case.text(told.doc)
    first, last = sentence_of(told, case)
    names = mentions_in(case, told.doc, (first, last))
    for mention in names:
        place = case.entities.get(mention.entity or "")
        if place is None or place.lat is None or place.place_kind in ("country", "river", None):
            continue
        lead = text[max(first, mention.start - 120) : mention.start]
        lead = re.split(r"[;:]|,\s|\b(?:and|but|while)\b", lead)[-1]
        start = mention.start - len(lead)
        if not _WHERE.search(lead):
            continue
        if _EVENT.search(text, max(first, start - 60), mention.start):
            for pair, at in _side_by_side(text, (start, mention.start), names):
                yield _Placed(told, pair, Span(told.doc, at, mention.end), place)


def _side_by_side(
    text: str, extent: Extent, names: Sequence[Mention]
) -> Iterator[tuple[tuple[str, str], int]]:
    """Two common nouns in a row (“toll clerk”), and where they begin."""
    found = list(WORD.finditer(text, *extent))
    for one, other in pairwise(found):
        pair = one.group(), other.group()
        plain = all(w.islower() and len(w) > 3 and w not in _LITTLE for w in pair)
        if plain and text[one.end() : other.start()] == " " and not _EVENT.search(" ".join(pair)):
            ends = ((one.start(), other.end()),)
            if not any(m.form == "name" and common(((m.start, m.end),), ends) for m in names):
                yield (stem(pair[0]), stem(pair[1])), one.start()


def far(one: Entity, other: Entity) -> bool:
    """Whether two places on the map cannot be one, nor one of them in the other."""
    if None in (one.lat, one.lon, other.lat, other.lon):
        return False
    if one.name.casefold() in other.name.casefold() or other.name.casefold() in one.name.casefold():
        return False
    small = {one.place_kind, other.place_kind} <= {"city", "site"}
    return kilometres(one, other) > (APART if small else WIDE)


def kilometres(one: Entity, other: Entity) -> float:
    """How far apart two places on the map are."""
    a, b, c, d = (math.radians(x or 0.0) for x in (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(half))


# ---------------------------------------------------------------- days


def misdated(case: Case) -> Iterator[Weighed]:
    """Two tellings in nearly the same words that date the same event to two days."""
    dated = {t.key: day for t in case.told for day in [_day(t, case)] if day}
    for one in case.told:
        if one.key not in dated or _AGAIN.search(one.words) or one.role == "comment":
            continue
        for other in case.sharing(one.stems):
            if other.key <= one.key or other.key not in dated or other.doc == one.doc:
                continue
            (day, left), (then, right) = dated[one.key], dated[other.key]
            if day != then and not _AGAIN.search(other.words) and _same_event(one, other, case):
                why = f"On {day} or on {then}."
                claims = (one.claim, other.claim)
                yield FIRST["date"], made("date", left, right, why, claims)


def _day(told: Told, case: Case) -> tuple[str, Span] | None:
    """The one day that a telling gives its event, and the words for it."""
    found = [
        t for t in case.readings[told.doc].times
        if t.of == "event" and t.first and t.last and t.first[:10] == t.last[:10]
        and common(((t.start, t.end),), told.spans)
    ]  # fmt: skip
    if len(found) != 1 or found[0].first is None:
        return None
    return found[0].first[:10], Span(told.doc, found[0].start, found[0].end)


def _same_event(one: Told, other: Told, case: Case) -> bool:
    """Whether two tellings say one thing: most of the words of both, and somebody by name."""
    shared = one.stems & other.stems
    mass = weight(shared, case)
    least = min(mass / max(weight(each.stems, case), 1e-9) for each in (one, other))
    return least >= 0.6 and len(telling(shared, case)) >= 2 and bool(one.named & other.named)
