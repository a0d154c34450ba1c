"""Numbers that cannot both be right: how many of the same thing, told of the same event."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from whence.conflict.made import FIRST, Weighed, made
from whence.conflict.told import Case, Told, mentions_in, stem, telling, weight
from whence.terms import Extents, Quantity, Reading, Span

FACTOR: Final = 4  # an amount so many times another is an amount of something else
LIKE: Final = 0.15  # two measures this near are one, rounded
_WORDS: Final = {
    word: float(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_COUNT: Final = re.compile(
    r"\b(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)\s+(?:of\s+(?:the|its|their|his|her)\s+)?(?P<noun>(?:[^\W\d_]+['’]s\s+)?"
    r"(?:[a-z][\w-]*\s+){0,2}?[a-z][\w-]+s|people|men|women|children)\b",
    re.I,
)
_DEADLY: Final = re.compile(r"\b(?:kill\w*|dead|died|dies|deaths?|injur\w+|wound\w+|hurt)\b", re.I)
_NOT_SO: Final = re.compile(r"\b(?:not|never|instead\s+of|rather\s+than)\s+(?P<n>\w+)", re.I)
_JOINED: Final = re.compile(
    r"\W*,?\s+(?:and|along\s+with|together\s+with)\s+(?:another\s+)?"
    r"(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten)\s+(?:other\s+)?[^\W\d_]{3,}",
)


_UNITS: Final = frozenset(
    "year month week day hour minute second percent cent point time mile dollar euro pound crown".split()
)
"""What anything may be counted in: two amounts of it are seldom amounts of one thing."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of what, where it stands."""

    low: float
    high: float
    noun: str
    span: Span
    words: str
    told: Told | None = None


def numbers(case: Case) -> Iterator[Weighed]:
    """Different amounts of one thing in one claim, or in one document's sentences about one thing."""
    for claim, members in sorted(_by_claim(case).items()):
        every = [
            replaced for t in members if t.stance != "relays" or _copied_only(members)
            for replaced in _counted(t, case)
        ]  # fmt: skip
        for one, other in _first(clashes(every), case):
            yield _made(one, other, (claim,), 0.0)
    for _, told in sorted(case.by_doc.items()):
        every = [c for t in told if t.role != "comment" for c in _counted(t, case)]
        for one, other in _first(clashes(every), case):
            yield _made(one, other, _claims(one, other), -0.2)
    yield from _corrections(case)
    yield from _victims(case)


def _first(pairs: Sequence[tuple[Amount, Amount]], case: Case) -> list[tuple[Amount, Amount]]:
    """One pair for every two amounts of one thing."""
    out: dict[tuple[str, float, float], tuple[Amount, Amount]] = {}
    for one, other in pairs:
        low, high = sorted((one.low, other.low))
        if (one.noun, low, high) not in out and _about_one(one, other, case):
            out[one.noun, low, high] = one, other
    return list(out.values())


def _made(one: Amount, other: Amount, claims: tuple[str, ...], more: float) -> Weighed:
    why = f"“{one.words}” or “{other.words}”."
    return FIRST["number"] + more, made("number", one.span, other.span, why, claims)


def _claims(one: Amount, other: Amount) -> tuple[str, ...]:
    return tuple(each.told.claim for each in (one, other) if each.told)


def _by_claim(case: Case) -> dict[str, list[Told]]:
    """The tellings of each claim, those that copy none of the others first."""
    out: defaultdict[str, list[Told]] = defaultdict(list)
    for each in case.told:
        out[each.claim].append(each)
    for members in out.values():
        docs = {each.doc for each in members}
        members.sort(key=lambda t: (len(case.above.get(t.doc, frozenset()) & docs), t.key))
    return dict(out)


def _copied_only(members: Sequence[Told]) -> bool:
    return all(each.stance == "relays" for each in members)


def _counted(told: Told, case: Case) -> Iterator[Amount]:
    """What a telling counts, each thing that it counts once: “from 24 to 26” is no clash."""
    every = list(counts(case.readings[told.doc], told.spans))
    held = Counter(each.noun for each in every)
    for each in every:
        if held[each.noun] > 1:
            continue
        yield Amount(each.low, each.high, each.noun, each.span, each.words, told)


def _about_one(one: Amount, other: Amount, case: Case) -> bool:
    """Whether more than the thing counted is alike: something is said of it in the same words."""
    if one.told is None or other.told is None:
        return False
    if one.told.key == other.told.key or one.told.role == "comment" != other.told.role:
        return False
    if _contrast(one, other, case) or _contrast(other, one, case):
        return True
    same = one.span.doc == other.span.doc
    if (same and _kinds(one) != _kinds(other)) or not _alike(one, other):
        return False
    noun = {stem(w) for side in (one, other) for w in side.words.split()}
    sides = [each.told.stems - noun for each in (one, other) if each.told]
    shared = sides[0] & sides[1]
    cover = weight(shared, case) / max(min(weight(side, case) for side in sides), 1e-9)
    close = one.told.claim == other.told.claim and not same
    close = close and one.noun not in _UNITS and min(one.low, other.low) < 1000
    most = (1 if one.told.claim == other.told.claim else 2, 0.3 if close else 0.75 if same else 0.6)
    return len(telling(shared, case)) >= most[0] and cover >= most[1]


def _alike(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be of one thing: no ages, and not many times as much."""
    if one.words.endswith("old") or other.words.endswith("old"):
        return False
    if one.span.doc == other.span.doc and one.noun in _UNITS:
        return False  # within one page, two shares are shares of two things
    low, high = sorted((max(one.low, 0.0), max(other.low, 0.0)))
    return high <= FACTOR * max(low, 1.0)


def _kinds(count: Amount) -> frozenset[str]:
    """The words for what is counted: “tax offices” and “offices” are two kinds of thing."""
    return frozenset(stem(w) for w in count.words.split() if w.isalpha() and w not in _WORDS)


def _contrast(one: Amount, other: Amount, case: Case) -> bool:
    """“five boats, not nine”: the number beside the one that it puts right."""
    text = case.text(one.span.doc)[one.span.end : one.span.end + 40]
    found = re.match(r"[^.;]{0,25}?\b(?:not|never|instead\s+of|rather\s+than)\s+(?P<n>\w+)", text)
    value = _value(found["n"]) if found else None
    return value is not None and value == other.low == other.high


def _corrections(case: Case) -> Iterator[Weighed]:
    """“Four people, not three”: a number beside the one elsewhere that it puts right."""
    correcting = [
        (count, value) for t in case.told if (found := _NOT_SO.search(t.words))
        for value in [_value(found["n"])] if value is not None
        for count in _counted(t, case)
    ]  # fmt: skip
    nouns = {count.noun for count, _ in correcting}
    every = [c for t in case.told if nouns and t.stance == "asserts" and t.role == "body"
             for c in _counted(t, case) if c.noun in nouns]  # fmt: skip
    for count, value in correcting:
        meant = [c for c in every if c.noun == count.noun and c.low == c.high == value
                 and c.span.doc != count.span.doc and c.told is not None]  # fmt: skip
        claims = {c.told.claim for c in meant if c.told}
        if _contrast(count, _bare(value), case) and 0 < len(claims) <= 2:
            first = min(meant, key=lambda c: (len(case.above.get(c.span.doc, ())), c.span.doc))
            yield _made(first, count, _claims(first, count), -0.2)


def _bare(value: float) -> Amount:
    """A bare number, to be compared."""
    return Amount(value, value, "", Span("", 0, 1), "")


def _value(word: str) -> float | None:
    word = word.casefold()
    return _WORDS.get(word, float(word) if word.isdecimal() else None)


def _victims(case: Case) -> Iterator[Weighed]:
    """One telling of a death names somebody alone, another “and two colonels” with them."""
    by_name: defaultdict[str, list[tuple[Told, Span | None]]] = defaultdict(list)
    for told in case.told:
        if told.stance == "denies" or not _DEADLY.search(told.words):
            continue
        text = case.text(told.doc)
        for m in mentions_in(case, told.doc, (told.start, told.spans[-1][1])):
            if m.entity and m.kind == "person" and m.form == "name":
                with_ = _JOINED.match(text, m.end, told.spans[-1][1])
                span = Span(told.doc, m.start, with_.end()) if with_ else None
                by_name[m.entity].append((told, span))
    for name, every in sorted(by_name.items()):
        more = [(t, s) for t, s in every if s is not None]
        alone = [t for t, s in every if s is None and not any(
            t.doc == other.doc for other, _ in more) and not list(counts(case.readings[t.doc], t.spans))]  # fmt: skip
        if more and alone:
            (_, span), one = more[0], alone[0]
            who = case.entities[name].name if name in case.entities else "one person"
            why = f"{who} alone, or others too."
            claims = (one.claim, more[0][0].claim)
            yield FIRST["number"] - 0.4, made("number", one.span, span, why, claims)


def counts(reading: Reading, spans: Extents) -> Iterator[Amount]:
    """What the words at these spans count."""
    found = [
        each
        for each in reading.quantities
        if any(a <= each.start and each.end <= b for a, b in spans)
    ]
    if found:
        for each in found:
            yield from _measured(each, reading)
        return
    text = reading.document.text
    for a, b in spans:
        for match in _COUNT.finditer(text, a, b):
            word = match["number"].casefold().replace(",", "")
            value = _WORDS[word] if word in _WORDS else float(word)
            span = Span(reading.document.id, *match.span())
            yield Amount(value, value, _noun(match["noun"]), span, match.group())


def _measured(each: Quantity, reading: Reading) -> Iterator[Amount]:
    low = each.value if each.value is not None else each.low
    high = each.value if each.value is not None else each.high
    noun = each.counted or each.unit
    if noun is None or (low is None and high is None):
        return
    words = reading.document.text[each.start : each.end]
    span = Span(reading.document.id, each.start, each.end)
    yield Amount(low if low is not None else 0.0, high if high is not None else float("inf"),
                _noun(noun), span, words)  # fmt: skip


def _noun(words: str) -> str:
    last = words.casefold().split()[-1]
    return last[:-1] if last.endswith("s") and len(last) > 3 else last


def clashes(every: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """The pairs of different amounts of one thing."""
    return [
        (one, other)
        for i, one in enumerate(every[:80])
        for other in every[i + 1 : 80]
        if one.noun == other.noun and _differ(one, other)
    ]


def _differ(one: Amount, other: Amount) -> bool:
    low, high = sorted((one, other), key=lambda c: (c.low, c.high))
    if high.low <= low.high:
        return False
    whole = low.high == int(low.high) and high.low == int(high.low)
    return (whole and high.low < 100) or high.low - low.high > LIKE * high.low
