"""Who did it: two tellings of one event that give it to different parties."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whence.clauses import WORD
from whence.conflict.made import FIRST, Weighed, made
from whence.conflict.told import Case, Told, mentions_in, sentence_of
from whence.terms import Mention

_FAMILIES: Final[Mapping[str, re.Pattern[str]]] = {
    "killed": re.compile(
        r"\b(?:kill\w*|slain|dead|deaths?|died|dies|mortally\s+\w+|assassinat\w+|murder\w*)\b", re.I
    ),
    "beaten": re.compile(
        r"\b(?:defeat\w*|victor\w+|beaten|push(?:ed|ing)\s+back|liberat\w+|freed|freeing|"
        r"dr(?:iven|ove)\s+(?:out|back)|remov(?:ed|al)|recaptur\w+|retak(?:en|ing)|retook|"
        r"oust\w+|overthr\w+|rescu\w+)\b", re.I,
    ),
    "struck": re.compile(
        r"\b(?:attack\w*|air\s?strikes?|strikes?|struck|shell(?:ed|ing)|bomb\w*|hit|mortar\w*|raid\w*|"
        r"assault\w*|blast|explosion|flood(?:ed|ing)|set\s+fire|burn(?:ed|t))\b", re.I,
    ),
}  # fmt: skip
"""Outcomes that somebody is responsible for, by the words that tell of them."""
_BLAMED: Final = re.compile(
    r"\b(?:(?:being|were|was|is|are|stood|stands)\s+behind|responsib\w+\s+for|to\s+blame\s+for|guilty\s+of|"
    r"blamed?\s+for)\s+(?P<what>(?:this|that|the|these|those)\s+\w+)",
    re.I,
)
_CAUSE: Final = re.compile(
    r"\b(?:by\s+both|by|results?\s+of\s+(?:the\s+)?(?:actions?|efforts?|work)\s+(?:by|of)|thanks\s+to|owing\s+to|due\s+to|"
    r"(?:shelling|fire|attacks?|strikes?|rockets?|shells|mortars?)\s+(?:from|by))\s+",
    re.I,
)
_ITSELF: Final = re.compile(r"\b(?:by\s+(?:themselves|itself)|of\s+(?:its|their)\s+own\s+accord)\b", re.I)  # fmt: skip
_WE: Final = re.compile(r"\b[Ww]e\s+(?:\w+ly\s+)?(?P<verb>[a-z]+ed)\b")
BACK: Final = 700  # code points; “this attack” was told of no longer ago


@dataclass(frozen=True, slots=True)
class _Done:
    """What happened to whom, and who did it, as one telling has it."""

    told: Told
    family: str
    agents: frozenset[str]
    objects: frozenset[str]
    names: tuple[str, ...]


def responsibilities(case: Case) -> Iterator[Weighed]:
    """Two tellings of one event, or of one outcome, that give it to different parties."""
    done = [each for told in case.told for each in _done(told, case)]
    done += list(_blames(case, done))
    groups: defaultdict[tuple[str, str], list[_Done]] = defaultdict(list)
    for each in done:
        for object in each.objects:
            groups[each.family, object].append(each)
    best: dict[tuple[str, str, str], Weighed] = {}
    for (family, object), members in sorted(groups.items()):
        for key, weighed in _pairs(members, family, case):
            place = family, object, key
            if place not in best or best[place][0] < weighed[0]:
                best[place] = weighed
    yield from best.values()
    yield from _themselves(case)


def _pairs(members: Sequence[_Done], family: str, case: Case) -> Iterator[tuple[str, Weighed]]:
    for i, one in enumerate(members[:60]):
        for other in members[i + 1 : 60]:
            if not _excluding(one, other) or not _one_event(one, other, family, case):
                continue
            key = "|".join(sorted((min(one.agents), min(other.agents))))
            why = f"{_and(one.names)} did it, or {_and(other.names)}."
            claims = (one.told.claim, other.told.claim)
            near = 0.4 * (one.told.claim == other.told.claim) + 0.2 * (
                one.told.doc != other.told.doc
            )
            yield key, (FIRST["responsibility"] + near,
                        made("responsibility", one.told.span, other.told.span, why, claims))  # fmt: skip


def _excluding(one: _Done, other: _Done) -> bool:
    if one.told.key == other.told.key or one.told.role == "comment" or other.told.role == "comment":
        return False
    return bool(one.agents) and bool(other.agents) and not one.agents & other.agents


def _one_event(one: _Done, other: _Done, family: str, case: Case) -> bool:
    """Whether both tell of one thing: a named person's death, or who won, told by two sides."""
    if one.told.claim == other.told.claim:
        return True
    if family == "killed":
        return any(case.entities[o].kind == "person" for o in one.objects & other.objects
                   if o in case.entities)  # fmt: skip
    sides = one.told.party, other.told.party
    whole = [_outcome(each) for each in (one, other)]
    return family == "beaten" and sides[0] != sides[1] and all(sides) and any(whole)


def _outcome(each: _Done) -> bool:
    return bool(
        re.search(r"\b(?:defeat|victory|liberation|rescue|overthrow)\b", each.told.words, re.I)
    )


def _and(names: Sequence[str]) -> str:
    return " and ".join(dict.fromkeys(names)) or "somebody"


# ---------------------------------------------------------------- reading one telling


def _done(told: Told, case: Case) -> Iterator[_Done]:
    if told.stance == "denies":
        return
    for family, pattern in _FAMILIES.items():
        found = pattern.search(told.words)
        if found is None:
            continue
        start, end = told.span.start, told.span.end
        text = case.text(told.doc)
        verb = pattern.search(text, start, end)
        if verb is None:
            continue
        names = [m for m in mentions_in(case, told.doc, (start, end)) if m.entity]
        agents, objects = _roles(names, text, (start, end), verb.span())
        if agents and objects:
            yield _made(told, family, agents, objects, case)


def _made(
    told: Told, family: str, agents: Sequence[Mention], objects: Sequence[Mention], case: Case
) -> _Done:
    agents = [m for m in agents if m.kind != "place" or _side(m, case).startswith("state ")]
    sides = [_side(m, case) for m in agents]
    names = tuple(case.entities[m.entity].name for m in agents
                  if m.entity is not None and m.entity in case.entities)  # fmt: skip
    things = frozenset(m.entity for m in objects if m.entity)
    return _Done(told, family, frozenset(sides), things, names)


def _side(mention: Mention, case: Case) -> str:
    return case.sides.get(mention.entity or "", mention.entity or "")


def _roles(
    names: Sequence[Mention], text: str, extent: tuple[int, int], verb: tuple[int, int]
) -> tuple[list[Mention], list[Mention]]:
    """Who did it and to whom: what follows “by”, “result of actions by” or “shelling from”, else
    what stands before an active verb."""
    causes = list(_CAUSE.finditer(text, *extent))
    agents = [m for c in causes for m in _phrase(names, text, c.end(), extent[1])]
    taken = {id(m) for m in agents}
    if agents:
        objects = [m for m in names if id(m) not in taken and m.kind != "place"]
        return agents, objects[:2]
    before = [m for m in names if m.end <= verb[0]]
    after = [m for m in names if m.start >= verb[1] and m.start - verb[1] < 40]
    return before, after[:1]


def _phrase(names: Sequence[Mention], text: str, start: int, end: int) -> list[Mention]:
    """The mentions of one noun phrase and of those joined to it by “and”."""
    out: list[Mention] = []
    at = start
    for m in sorted(names, key=lambda m: m.start):
        between = text[at : m.start]
        if m.start < start or len(WORD.findall(between)) > 3:
            continue
        if out and not re.fullmatch(
            r"\W*(?:and\s+)?(?:the\s+)?(?:[\w-]+\s+){0,3}(?:of\s+the\s+)?", between
        ):
            break
        if re.search(r"\b(?:near|in|at|to|from|against)\b", between):
            break
        out.append(m)
        at = m.end
    return out


def _blames(case: Case, done: Sequence[_Done]) -> Iterator[_Done]:
    """“… are behind this attack”: whoever is charged did what the page told of just before."""
    for told in case.told:
        found = _BLAMED.search(told.words)
        if found is None or told.stance == "denies" or not told.attribution.charges:
            continue
        first = sentence_of(told, case)[0]
        before = [t for t in case.by_doc[told.doc] if first - BACK < t.start < first]
        for each in reversed(before):
            family = next((f for f, p in _FAMILIES.items() if p.search(each.words)), None)
            if family:
                objects = frozenset(n for n in each.named
                                    if n in case.entities and case.entities[n].kind != "place")  # fmt: skip
                charged = told.attribution.charges
                sides = frozenset(case.sides.get(id, id) for id in charged)
                names = tuple(case.entities[id].name for id in charged if id in case.entities)
                yield _Done(told, family, sides, objects, names)
                break


def _themselves(case: Case) -> Iterator[Weighed]:
    """“It opened by itself”, and somebody who says “we opened it”."""
    alone = [t for t in case.told if _ITSELF.search(t.words) and t.stance != "denies"
             and t.attribution.voice == "speaker"]  # fmt: skip
    acting = [(t, verb) for t in case.told if t.stance == "asserts"
              for verb in [_WE.search(t.words)] if verb]  # fmt: skip
    for one in alone:
        found = [
            (len(one.stems & t.stems), t) for t, verb in acting
            if len(one.stems & t.stems) >= 2 and _same_verb(one, verb["verb"])
        ]  # fmt: skip
        if found:
            _, other = max(found, key=lambda pair: (pair[0], pair[1].key))
            why = f"By itself, or {case.who(other)} did it."
            claims = (one.claim, other.claim)
            yield (FIRST["responsibility"] + 0.3,
                   made("responsibility", one.span, other.span, why, claims))  # fmt: skip


def _same_verb(one: Told, verb: str) -> bool:
    return verb[:5].casefold() in {w[:5].casefold() for w in WORD.findall(one.words)}
