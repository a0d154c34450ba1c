"""What conflicts are looked for in: every telling with its words, its speaker's side and its place."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from whence.clauses import WORD, sentences
from whence.knowledge import folded, known, state_of
from whence.pile import Pile, attributions, common, institutions, words
from whence.terms import (
    Attribution,
    Claim,
    Edge,
    Entity,
    Extent,
    Extents,
    Mention,
    Reading,
    Role,
    Span,
    TellingStance,
)

Vectors = Callable[[Sequence[str]], Any]
"""What gives each sentence a vector of length one, near in meaning being near in angle."""

_OFFICE: Final = re.compile(
    r"\b(?:minist\w+|department|defen[cs]e|forces?|army|navy|military|air|government|officials?|"
    r"troops|command|embassy|foreign|presiden\w+|administration|police|special|state|authorities|"
    r"spokes\w+)\b",
    re.I,
)
_INSTITUTION: Final = re.compile(
    r"\b(?:minist\w+|department|service|authority|party|council|board|union|league|agency|commission|"
    r"committee|court|house|office|bank|forces?|army|navy|police|coalition|association|institute|"
    r"federation|administration|bureau|militia|government|command|front|movement|pentagon)\b",
    re.I,
)
"""What takes an article: “the Weir Board”, but not “the Ternwire”."""
_LIGHT: Final = frozenset(
    "that this these those which with from into over under about after before between against their"
    " there they them then than were been being have will would could should might must also said"
    " says such some more most only very just what when where while whom whose your here does done"
    " make made many much other another both each either neither because through since until upon"
    " during within without among according said told called the and but for not are was has had its his her"
    " him she who how why all any can did get got let may now off one our out own per put see too two"
    " use via way yet you".split()
)
_ENDINGS: Final = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "ions",
                   "ion", "ed", "es", "er", "ly", "s")  # fmt: skip


CROWD: Final = 400  # tellings; a word that so many have leads from none to another
Placed = tuple[tuple[int, ...], tuple[Mention, ...]]
"""Where mentions begin, and the mentions, in order."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling as conflicts look at it."""

    attribution: Attribution
    spans: Extents
    stance: TellingStance
    claim: str
    words: str
    stems: frozenset[str]
    """Of its words, less names and little words."""
    party: str | None
    """The side that says it: the state behind a ministry, the institution behind a spokesman."""
    accused: frozenset[str]
    """The sides that it blames, or that do what it tells."""
    named: frozenset[str]
    """The entities that it names."""
    role: Role

    @property
    def doc(self) -> str:
        """The document that it stands in."""
        return self.attribution.doc

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]

    @property
    def key(self) -> tuple[str, Extents, str]:
        """Its order in the pile."""
        return self.doc, self.spans, self.attribution.id

    @property
    def span(self) -> Span:
        """Its longest piece."""
        return Span(self.doc, *max(self.spans, key=lambda s: (s[1] - s[0], -s[0])))


@dataclass(frozen=True, slots=True)
class Case:
    """What conflicts are looked for in."""

    readings: Mapping[str, Reading]
    known: Mapping[str, Attribution]
    entities: Mapping[str, Entity]
    sides: Mapping[str, str]
    """For each entity the side it is on: its state's, its institution's, or its own."""
    told: tuple[Told, ...]
    by_doc: Mapping[str, tuple[Told, ...]]
    rare: Mapping[str, float]
    """How telling each stem is in this pile."""
    above: Mapping[str, frozenset[str]]
    """For each document those that it has words from."""
    holders: Mapping[str, tuple[Told, ...]]
    """For each stem the tellings that have it."""
    mentions: Mapping[str, Placed]
    """The mentions of each document, in order."""
    vectors: Vectors | None = None

    def sharing(self, stems: frozenset[str]) -> list[Told]:
        """The tellings that have one of these stems, unless very many have it."""
        found = {
            each.key: each for word in stems
            for held in [self.holders.get(word, ())] if len(held) <= CROWD for each in held
        }  # fmt: skip
        return [found[key] for key in sorted(found)]

    def text(self, doc: str) -> str:
        """The text of a document."""
        return self.readings[doc].document.text

    def who(self, each: Told) -> str:
        """Who says it, in words."""
        speaker = each.attribution.speaker
        if speaker in self.entities and speaker is not None:
            entity = self.entities[speaker]
            article = entity.kind in ("organisation", "group") and _INSTITUTION.search(entity.name)
            plain = entity.name.casefold().startswith(("the ", "a ", "an "))
            return f"the {entity.name}" if article and not plain else entity.name
        if each.attribution.voice == "speaker":
            return "somebody"
        document = self.readings[each.doc].document
        return document.outlet or f"“{(document.title or document.name)[:60]}”"


def case_of(
    pile: Pile, claims: Sequence[Claim], edges: Sequence[Edge], vectors: Vectors | None
) -> Case:
    """What conflicts are looked for in, made once."""
    known_as = attributions(pile)
    readings = {each.document.id: each for each in pile.readings}
    entities = {each.id: each for each in pile.entities}
    sides = _sides(pile)
    blocks = {doc: _blocks(each) for doc, each in readings.items()}
    mentions = {doc: _placed(each.mentions) for doc, each in readings.items()}
    told = []
    for claim in claims:
        for t in claim.tellings:
            a = known_as.get(t.attribution)
            if a is not None:
                text = readings[a.doc].document.text
                inside = list(_within(mentions[a.doc], t.spans))
                told.append(
                    Told(
                        a, t.spans, t.stance, claim.id, words(text, t.spans),
                        stems_of(text, t.spans, inside),
                        _party(a, sides), _accused(a, text, t.spans, inside, sides),
                        frozenset(m.entity for m in inside if m.entity),
                        _role(blocks[a.doc], t.spans[0][0]),
                    )
                )  # fmt: skip
    told.sort(key=lambda each: each.key)
    by_doc: defaultdict[str, list[Told]] = defaultdict(list)
    for each in told:
        by_doc[each.doc].append(each)
    above: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        above[edge.copy].add(edge.exemplar)
    return Case(
        readings, known_as, entities, sides, tuple(told),
        {doc: tuple(every) for doc, every in by_doc.items()}, _rarity(told),
        {doc: frozenset(every) for doc, every in above.items()}, _holders(told), mentions, vectors,
    )  # fmt: skip


# ---------------------------------------------------------------- words


@cache
def stem(word: str) -> str:
    """The beginning of a word, so that “attacked” and “attacking” are one."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:7].rstrip("e")


def stems_of(text: str, spans: Extents, names: Sequence[Mention] = ()) -> frozenset[str]:
    """The stems of the words at these spans, less names and little words."""
    held = [(m.start, m.end) for m in names if m.form != "pronoun" and m.form != "nominal"]
    return frozenset(
        stem(word)
        for a, b in spans
        for found in WORD.finditer(text, a, b)
        for word in [found.group()]
        if len(word) > 2 and word.casefold() not in _LIGHT
        if not any(x <= found.start() < y for x, y in held)
    )


def _holders(told: Sequence[Told]) -> dict[str, tuple[Told, ...]]:
    out: defaultdict[str, list[Told]] = defaultdict(list)
    for each in told:
        for word in each.stems:
            out[word].append(each)
    return {word: tuple(held) for word, held in out.items()}


def _rarity(told: Sequence[Told]) -> dict[str, float]:
    held = Counter(word for each in told for word in each.stems)
    return {word: math.log((1 + len(told)) / (1 + n)) + 1 for word, n in held.items()}


def telling(stems: frozenset[str], case: Case) -> frozenset[str]:
    """Those stems that are not in every second statement of the pile."""
    most = math.log((1 + len(case.told)) / (1 + max(3, len(case.told) // 30))) + 1
    return frozenset(each for each in stems if case.rare.get(each, most) >= min(most, 3.5))


def weight(stems: frozenset[str], case: Case) -> float:
    """How much these stems tell together."""
    return sum(case.rare.get(each, 1.0) for each in stems)


def sentence_of(each: Told, case: Case) -> Extent:
    """The sentence that a telling begins in."""
    whole = sentences_of(case.text(each.doc))
    at = bisect_right(whole, (each.start, 1 << 60)) - 1
    return whole[at] if at >= 0 and whole[at][1] > each.start else each.spans[0]


@lru_cache(maxsize=512)
def sentences_of(text: str) -> list[Extent]:
    """The sentences of a text, in order."""
    return list(sentences(text))


# ---------------------------------------------------------------- sides


def _sides(pile: Pile) -> dict[str, str]:
    speaks_for = institutions(pile)
    entities = {each.id: each for each in pile.entities}
    out = {}
    for id in entities:
        above = speaks_for.get(id, id)
        code = government(entities.get(above)) or government(entities[id])
        out[id] = f"state {code}" if code else above
    return out


def government(entity: Entity | None) -> str | None:
    """The ISO code of the state that an entity is, or is an office or a force of."""
    if entity is None or not entity.named or entity.kind == "person":
        return None
    if state := state_of(entity.name):
        return state[0].code
    entry = known(entity.name)
    if entry is not None:
        return entry.country if entry.role in ("ministry", "force", "capital", "state") else None
    first = folded(entity.name).split()
    for count in (2, 1):
        state = state_of(" ".join(w.upper() if len(w) < 4 else w for w in first[:count]))
        if len(first) > count and state and _OFFICE.search(" ".join(first[count:])):
            return state[0].code
    return None


def _party(a: Attribution, sides: Mapping[str, str]) -> str | None:
    if a.speaker is None:
        return None
    return sides.get(a.speaker, a.speaker)


def _accused(
    a: Attribution, text: str, spans: Extents, inside: Sequence[Mention], sides: Mapping[str, str]
) -> frozenset[str]:
    """Whom an accusation charges; for any other statement, whom it begins with."""
    charged = {sides.get(id, id) for id in a.charges}
    first = next((m for m in inside if m.entity), None)
    if first is not None and first.entity is not None:
        ahead = WORD.findall(text[spans[0][0] : first.start]) if first.start > spans[0][0] else []
        if len(ahead) <= 2:
            charged.add(sides.get(first.entity, first.entity))
    return frozenset(charged)


# ---------------------------------------------------------------- places in the text


def _placed(mentions: Sequence[Mention]) -> Placed:
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
    return tuple(m.start for m in ordered), ordered


def _within(placed: Placed, spans: Extents) -> Iterator[Mention]:
    starts, ordered = placed
    for a, b in spans:
        for mention in ordered[bisect_right(starts, a - 80) : bisect_right(starts, b)]:
            if common(((mention.start, mention.end),), ((a, b),)):
                yield mention


def mentions_in(case: Case, doc: str, extent: Extent) -> list[Mention]:
    """The mentions in a stretch of a document, in order."""
    starts, ordered = case.mentions[doc]
    near = ordered[bisect_left(starts, extent[0]) : bisect_left(starts, extent[1])]
    return [m for m in near if m.end <= extent[1]]


def _blocks(reading: Reading) -> list[tuple[int, int, Role]]:
    return sorted((b.start, b.end, b.role) for b in reading.blocks)


def _role(blocks: Sequence[tuple[int, int, Role]], at: int) -> Role:
    found = [role for start, end, role in blocks if start <= at < end]
    return found[-1] if found else "body"
