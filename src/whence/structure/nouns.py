"""Statements named by a noun inside another's: “denied the council's claims that the lock leaks”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from whence.clauses import WORD, inside, overlap, quoted, word_count
from whence.reader import Said
from whence.terms import Extents

_NOUN: Final = (
    r"(?:claims?|accusations?|allegations?|charges|denials?|assertions?|declarations?|warnings?|"
    r"promises?|threats?|contentions?|insistence|pledges?)"
)
_OWNER: Final = (
    r"(?:(?:[Tt]he\s+)?(?:[A-Z][\w.&-]*\s+){0,4}[A-Z][\w.&-]*(?:['’]s|(?<=s)['’])|"
    r"(?:[Tt]he\s+)?(?:[a-z-]+\s+){0,3}[a-z-]+(?:['’]s|(?<=s)['’])|his|her|their|its|"
    r"[A-Z]\w+(?:an|ese|ish|ch|[iu]s?)(?=\s))"
)
_NAMED: Final = re.compile(
    rf"(?:(?P<who>{_OWNER})\s+(?:[a-z]+\s+){{0,2}}?|(?:the|these|those|any|such|all)\s+(?:[a-z]+\s+)?)?"
    rf"(?P<noun>{_NOUN}|{_NOUN.title().replace('(?:', '(?:', 1)})\s+(?P<link>that|of|about)\s+",
)
_CLAUSE: Final = 3  # words after “that” from here on are a clause (“the claim that day” names none)
_SURE: Final = 0.9  # of what we were of the statement it stands in


def inner(text: str, said: Sequence[Said]) -> list[Said]:
    """The finds, and in what each denies, rejects or repeats the statement that a noun names: its
    owner the source, the noun the cue. A noun glued to the verb goes where it belongs."""
    out: list[Said] = []
    for each in said:
        hit = _named(text, each)
        if hit is None:
            out.append(each)
            continue
        whole, made = _split(each, hit)
        out += [
            whole,
            *(m for m in made if not any(overlap(m.cue, o.cue) for o in said if o != each)),
        ]
    return out


def _named(text: str, said: Said) -> re.Match[str] | None:
    """The noun at the head of what is said, or at the end of the cue before it."""
    if len(said.cue) != 1 or not said.content or said.cue[0][1] > said.content[0][0]:
        return None
    begin, end = said.cue[0][0], said.content[-1][1]
    first = next(WORD.finditer(text, begin, end)).end()
    marks = tuple(quoted(text, begin, end))
    for hit in _matches(text, first, end):
        near = hit.start() <= said.content[0][0] <= hit.end() or hit.start() == said.content[0][0]
        said_of = word_count(text, ((hit.end(), end),))
        enough = said_of >= (_CLAUSE if hit["link"] == "that" else 1)
        if near and enough and not inside((hit.span("noun"),), marks):
            return hit
    return None


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Every place where the noun with its owner may begin, the widest first."""
    for word in WORD.finditer(text, start, end):
        if word.start() > start + 120:
            return
        hit = _NAMED.match(text, word.start(), end)
        if hit:
            yield hit


def _split(said: Said, hit: re.Match[str]) -> tuple[Said, list[Said]]:
    begin, end = hit.start(), said.content[-1][1]
    content: Extents = ((hit.end(), end),)
    cue = (said.cue[0][0], min(said.cue[0][1], begin))
    whole = replace(said, cue=(cue,), content=((begin, end),))
    who = (hit.span("who"),) if hit["who"] else ()
    return whole, [Said(who, (hit.span("noun"),), content, said.confidence * _SURE)]
