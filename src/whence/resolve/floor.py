"""Who has the floor where: whose “I” it is in a letter, an interview, a hearing, a talk of two.

A page is read as one voice, as questions and answers, or as turns; where its paragraphs do not
settle whose turn it is, nobody is named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from whence.clauses import quoted
from whence.resolve.cast import Actor, Cast, within
from whence.resolve.introduced import Introduced, introduced
from whence.terms import Extent

_QUESTION: Final = re.compile(r"\?[\s\"”’)\]]*$")
_FIRST: Final = re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|me|my|My|we|We|our|Our)\b")
_YOU: Final = re.compile(r"\b(?:you|your|You|Your)\b")
_LABEL: Final = re.compile(
    r"(?:\*\*|__)?(?P<who>[A-Z][\w.’' -]{0,40}?)(?:\s*\([^()]{2,60}\))?(?:\*\*|__)?:(?:\*\*|__)?(?=\s)"
)
_ASKER: Final = re.compile(r"(?:Q|Question|Interviewer|Host|Moderator|Reporter)\.?", re.I)
_ANSWERER: Final = re.compile(r"(?:A|Answer|Interviewee|Guest)\.?", re.I)
_MET: Final = re.compile(
    r"\b(?:interview(?:s|ed|ing)?(?:\s+with)?|(?:spoke|speaks|speaking|talks|talked|chatted|chats|sat\s+down|caught\s+up|"
    r"met)\s+(?:to|with)|conversation\s+with|interviewee|questions\s+(?:for|to)|Q\s*&\s*A\s+with)\b",
    re.I,
)
_MET_BY: Final = re.compile(
    r"\b(?:(?:was\s+)?interviewed\s+by|tells|told|discusses|discussed|talks?\s+about|spoke\s+about|sat\s+down\s+with|"
    r"answers?|answered)\b|:\s+(?:An?|The)\s+interview\b",
    re.I,
)
_ANNOUNCED: Final = re.compile(
    r"\binterview(?:s|ed|ing|ee)?\b|\b(?:spoke|sat\s+down|caught\s+up|talk(?:s|ed))\s+(?:to|with)\b|\btells\b|"
    r"\bQ\s*&\s*A\b|\bdiscuss(?:es|ed)\b",
    re.I,
)
_CREDIT: Final = re.compile(
    r"\b(?:image|photo|photograph|picture|credit)s?\b[^.\n]{0,12}(?:\bby|[:;])\s*$", re.I
)
_ELSEWHERE: Final = re.compile(
    r"[.;:?!]\s|\b(?:about|on|at|by|over|after|during|regarding|whose|who|which)\b"
)
_CLEAR: Final = re.compile(r"\binterview(?:s|ed)?\b", re.I)
_PUT: Final = re.compile(
    r"\A(?=(?:\S+\s+){0,60}\S+\Z)(?=.*(?:\b(?:wanted\s+to\s+(?:ask|know)|wonder(?:ing|ed)?|tell\s+(?:us|me)|could\s+you|"
    r"can\s+you)\b|\A(?:So\s+|And\s+|But\s+)?[Yy]ou(?:[’']ve|[’']re|\s+(?:have|are|were|said|mentioned|once|also))\b))"
)
_TO_BENCH: Final = re.compile(
    r"\b(?:[Yy]our\s+[Hh]ono(?:u)?rs?|[Mm]y\s+[Ll]ords?|this\s+[Cc]ourt\s+to|(?<=, )Justice\s+[A-Z]\w+)\b"
)
BRIEF: Final = 600  # code points; an interview that is not called one has no longer opening
OPENING: Final = 1500  # code points in which a page says whom it interviews
LONG: Final = 90  # words; a longer paragraph that ends with a question mark is no interviewer's


@dataclass(frozen=True, slots=True)
class Held:
    """Who speaks, or is spoken to, at a place; and how the page tells."""

    actor: Actor
    why: str
    evidence: tuple[Extent, ...] = ()


@dataclass(slots=True)
class Floor:
    """A document's turns: for each paragraph who speaks and to whom, where the page tells."""

    lines: Sequence[Extent]
    quotes: Sequence[Extent]
    speaks: dict[int, Held] = field(default_factory=dict)
    hears: dict[int, Held] = field(default_factory=dict)

    def quote(self, at: int) -> Extent | None:
        """The quotation that holds a place."""
        n = bisect_right(self.quotes, (at, 1 << 40)) - 1
        return self.quotes[n] if n >= 0 and self.quotes[n][0] <= at < self.quotes[n][1] else None

    def line(self, at: int) -> int:
        """The number of the paragraph that holds a place."""
        return max(0, bisect_right(self.lines, (at, 1 << 40)) - 1)

    def speaker(self, at: int) -> Held | None:
        """Whose “I” stands here, outside quotations."""
        return self.speaks.get(self.line(at))

    def hearer(self, at: int) -> Held | None:
        """Whom “you” means here, outside quotations."""
        return self.hears.get(self.line(at))


def floor_of(
    text: str, lines: Sequence[Extent], cast: Cast, people: frozenset[str] = frozenset()
) -> Floor:
    """Who has the floor in each paragraph, by the first way of reading the page that fits.

    `people` are the words that a model takes for names of persons.
    """
    quotes = tuple(quoted(text))
    floor = Floor(lines, quotes)
    names = [(i, a) for i in introduced(text, lines, quotes, people) if (a := _bearer(cast, i.at))]
    for way in (_labelled, _interview, _two, _given, _one):
        if way(floor, text, cast, names):
            break
    return floor


Names = Sequence[tuple[Introduced, Actor]]


def _bearer(cast: Cast, at: Extent) -> Actor | None:
    """The one person whose name overlaps a place."""
    held = [a for a in cast.actors if a.kind == "person" and a.named
            and any(x < at[1] and at[0] < y for x, y in a.seen)]  # fmt: skip
    return held[0] if len(held) == 1 else None


def _is_question(text: str, line: Extent) -> bool:
    words = text[slice(*line)]
    return bool(_QUESTION.search(words)) and len(words.split()) <= LONG


def _labelled(floor: Floor, text: str, cast: Cast, names: Names) -> bool:
    """“Orlo: …”: each turn begins with who speaks."""
    found: dict[int, str] = {}
    for n, (a, b) in enumerate(floor.lines):
        label = _LABEL.match(text, a, min(b, a + 120))
        if label:
            found[n] = label["who"].strip()
    often = Counter(found.values())
    told = {n: who for n, who in found.items() if often[who] > 1}
    if len(told) < 3 or len(set(told.values())) < 2:
        return False
    guest = _interviewee(text, floor.lines, cast, min(told))
    who: Actor | None = None
    for n in range(min(told), len(floor.lines)):
        if n in found:
            who = _of_label(found[n], cast, guest)
        if who:
            floor.speaks[n] = Held(who, "the name before the turn", (floor.lines[n],))
    actors = {id(a.actor): a.actor for a in floor.speaks.values()}
    for n, who_ in floor.speaks.items():
        others = [a for key, a in actors.items() if key != id(who_.actor)]
        if len(others) == 1 and len(set(told.values())) == 2:
            floor.hears[n] = Held(others[0], "the only other who speaks on this page")
    return True


def _of_label(label: str, cast: Cast, guest: Actor | None) -> Actor | None:
    if _ANSWERER.fullmatch(label):
        return guest
    if _ASKER.fullmatch(label):
        return None
    fits = cast.persons(label)
    return fits[0] if len(fits) == 1 else None


def _interview(floor: Floor, text: str, cast: Cast, names: Names) -> bool:
    """Questions and answers below a title or opening that says who is interviewed."""
    asked = [n for n, line in enumerate(floor.lines)
             if (_is_question(text, line) or _PUT.search(text[slice(*line)])) and line[1] - line[0] < 900
             and not _in_quote(floor, line)]  # fmt: skip
    clear = _CLEAR.search(text[:400]) is not None
    if len(asked) < (1 if clear else 2):
        return False
    opening = text[: floor.lines[asked[0]][0]]
    announced = _CLEAR.search(opening[:OPENING]) or _ANNOUNCED.search(opening[:400])
    if not announced and (names or len(opening) > BRIEF or not _alternates(floor, text, asked)):
        return False
    guest = _interviewee(text, floor.lines, cast, asked[0], bool(announced))
    if guest is None and not announced:
        return False
    if guest is None:
        return True  # an interview with nobody knows whom: every “I” stays open
    selves = [a for i, a in names if i.how == "self"]
    if len({id(a) for a in selves}) > 1 and any(a is not guest for a in selves):
        return False
    if clear:
        asked += [n for n, line in enumerate(floor.lines[:-1]) if n > asked[0] and n not in asked
                  and n + 1 not in asked and _is_remark(text[slice(*line)])]  # fmt: skip
    why = f"the page is an interview with {guest.name}, and this is "
    for n, line in enumerate(floor.lines):
        words = text[slice(*line)]
        if n < asked[0] and not _after_opening(text, floor.lines, n, asked[0]):
            continue
        if n in asked and (_YOU.search(words) or not _FIRST.search(words)):
            floor.hears[n] = Held(guest, why + "a question", (line,))
        elif n > asked[0] or _FIRST.search(words):
            floor.speaks[n] = Held(guest, why + "an answer", (line,))
    return True


def _is_remark(words: str) -> bool:
    """Whether a short paragraph speaks to a “you” and of no “I”: an interviewer’s."""
    return (
        len(words.split()) <= 40
        and bool(_YOU.search(words))
        and not re.search(r"\b(?:I|me|my|we|our)\b", words)
    )


def _alternates(floor: Floor, text: str, asked: Sequence[int]) -> bool:
    """Whether most questions are put to a “you” and each is followed by something else."""
    put = [n for n in asked if _YOU.search(text[slice(*floor.lines[n])])]
    alone = [n for n in asked if n + 1 not in asked]
    rest = [len(text[slice(*line)].split()) for n, line in enumerate(floor.lines) if n not in asked]
    if not rest or sum(rest) < 25 * len(rest):
        return False
    return (
        len(put) >= 2 and len(alone) >= 0.7 * len(asked) and len(asked) >= 0.15 * len(floor.lines)
    )


def _after_opening(text: str, lines: Sequence[Extent], n: int, first: int) -> bool:
    """An answer without its question: the first words of an interview, right after its opening."""
    return first - n <= 1 and bool(re.match(r"\[|I\b|I[’']", text[slice(*lines[n])]))


def _in_quote(floor: Floor, line: Extent) -> bool:
    held = floor.quote(line[1] - 1)
    return held is not None and held[0] < line[1] - 1 and held[0] > line[0]


def _interviewee(
    text: str, lines: Sequence[Extent], cast: Cast, first: int, announced: bool = True
) -> Actor | None:
    """Who is interviewed: named after “interviewed”, before “tells”, or alone before the questions."""
    end = lines[first][0] if first < len(lines) else len(text)
    people = [a for a in within(cast.actors, 0, end) if a.kind == "person" and a.named
              and any(x < end and not _CREDIT.search(text[max(0, x - 30) : x]) for x, _ in a.seen)]  # fmt: skip
    votes: list[Actor] = []
    vague = False
    for line in [x for x in lines if x[0] < min(end, OPENING)]:
        for m in _MET.finditer(text, *line):
            after = _nearest(people, m.end(), min(line[1], m.end() + 220))
            between = text[m.end() : after[1]] if after else ""
            if m.group().casefold() in {"interview", "interviewing"} and after is None:
                continue
            if after is None or _ELSEWHERE.search(re.sub(r"\b[A-Z][a-z]?\. ", "", between)):
                vague = vague or not re.match(
                    r"\s*(?:(?:him|her|them)\b|[^\w\s]|$)", text[m.end() : m.end() + 9]
                )
            elif _joint(text, people, after, line[1]):
                return None
            else:
                votes.append(after[0])
        for m in _MET_BY.finditer(text, *line):
            before = _nearest(people, line[0], m.start())
            if before is not None:
                votes.append(before[0])
    if votes:
        count = Counter(id(v) for v in votes)
        best = count.most_common(2)
        if len(best) == 1 or best[0][1] > best[1][1]:
            return next(v for v in votes if id(v) == best[0][0])
    if len(people) == 1 or vague or not announced:
        return people[0] if len(people) == 1 and not vague else None
    often = sorted(people, key=lambda a: -sum(1 for x, _ in a.seen if x < end))
    if len(often) > 1:
        one, two = (sum(1 for x, _ in a.seen if x < end) for a in often[:2])
        return often[0] if one >= 3 and one >= 2 * two else None
    return None


def _nearest(people: Sequence[Actor], start: int, end: int) -> tuple[Actor, int] | None:
    """The first of these people in a stretch, and where their name ends."""
    found = sorted((x, y, n) for n, a in enumerate(people) for x, y in a.seen if start <= x < end)
    return (people[found[0][2]], found[0][1]) if found else None


def _joint(text: str, people: Sequence[Actor], found: tuple[Actor, int], end: int) -> bool:
    """“A and B”: two are interviewed."""
    actor, at = found
    joint = re.match(r"\s*(?:,|and|&)\s+", text[at:end])
    if joint is None:
        return False
    other = _nearest([p for p in people if p is not actor], at + joint.end(), at + joint.end() + 2)
    return other is not None


def _given(floor: Floor, text: str, cast: Cast, names: Names) -> bool:
    """Somebody is called on, or says their name, and is then asked: a hearing."""
    questions = {n for n, line in enumerate(floor.lines) if _is_question(text, line)}
    called = {floor.line(i.at[0]): (i, a) for i, a in names if i.how == "called"}
    selves = {floor.line(i.at[0]): (i, a) for i, a in names if i.how == "self"}
    if not called and (len({id(a) for _, a in selves.values()}) != 1 or len(questions) < 3):
        return False
    if any(i.how in {"signed", "title"} for i, _ in names):
        return False
    has: Actor | None = None
    theirs = False
    for n, line in enumerate(floor.lines):
        words = text[slice(*line)]
        if n in called:
            has, theirs = called[n][1], True
            continue
        if n in selves:
            has, theirs = selves[n][1], True
        if has is None:
            continue
        asked = n in questions
        long = len(words.split()) >= 40 and not _YOU.search(words)
        if not asked and (theirs or long or _TO_BENCH.search(words)):
            floor.speaks[n] = Held(has, f"{has.name} has been given the word", (line,))
            theirs = False
        elif asked:
            if _YOU.search(words):
                floor.hears[n] = Held(has, f"{has.name} is being asked", (line,))
            theirs = True
        else:
            theirs = bool(_YOU.search(words)) and not theirs
            if theirs:
                floor.hears[n] = Held(has, f"{has.name} is being spoken to", (line,))
    return True


def _two(floor: Floor, text: str, cast: Cast, names: Names) -> bool:
    """A host and one guest, who take turns from the opening on."""
    hosts = [(i, a) for i, a in names if i.how == "self"]
    guests = {id(a): a for i, a in names if i.how == "joined"}
    if not hosts or len(guests) != 1 or len({id(a) for _, a in hosts}) != 1:
        return False
    host, guest = hosts[0][1], next(iter(guests.values()))
    if host is guest:
        return False
    first = floor.line(hosts[0][0].at[0])
    for n in range(first, len(floor.lines)):
        one, other = (host, guest) if (n - first) % 2 == 0 else (guest, host)
        why = f"{host.name} and {guest.name} take turns, and this is {one.name}’s"
        floor.speaks[n] = Held(one, why, (floor.lines[n], hosts[0][0].at))
        floor.hears[n] = Held(other, why, (floor.lines[n], hosts[0][0].at))
    return True


def _one(floor: Floor, text: str, cast: Cast, names: Names) -> bool:
    """One voice throughout: of whoever signs, is announced, or says their name."""
    for how in ("signed", "title", "self", "narrator"):
        held = [(i, a) for i, a in names if i.how == how]
        if not held:
            continue
        if len({id(a) for _, a in held}) != 1:
            return False
        talk = how == "self" and _is_talk(floor, text)
        why = {"signed": "signs below", "title": "is announced above", "self": "says their name",
               "narrator": "is what the others call whoever tells this"}[how]  # fmt: skip
        for n, line in enumerate(floor.lines):
            if talk and len(text[slice(*line)].split()) < 15:
                continue
            floor.speaks[n] = Held(held[0][1], f"{held[0][1].name} {why}", (held[0][0].at,))
        return True
    return False


def _is_talk(floor: Floor, text: str) -> bool:
    """Many short paragraphs, as when several people talk."""
    short = sum(1 for line in floor.lines if len(text[slice(*line)].split()) <= 12)
    return short > 0.5 * len(floor.lines) and len(floor.lines) > 12


__all__ = ["Floor", "Held", "floor_of"]
