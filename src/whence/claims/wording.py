"""How a claim is put in one sentence, and what each telling does with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from whence.claims.likeness import Said as _Said
from whence.claims.likeness import cut
from whence.claims.statements import Statement
from whence.terms import TellingStance

_NOT: Final = re.compile(
    r"\b(?:not|never)\b(?!\s+(?:only|\d|one|two|three|four|five|six|seven|eight|nine|ten)\b)"
    r"|^\W*no\b|\b(?:neither|nor|cannot)\b|n[’']t\b",
    re.I,
)
_NEITHER: Final = re.compile(r"\b(?:neither|nor)\b", re.I)
_BARE: Final = re.compile(
    r"^(?:(?:he|she|it|they|we|I|this|that|these|those|his|her|its|their|our|my|you|there|who|which|and|but|so"
    r"|to|of|in|at|by|with|for|from|as|including|whether|is|are|was|were|be|if|when)\b|[a-z]+ing\b)",
    re.I,
)
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|do|\w{3,}ed)\b"
)
_LED: Final = re.compile(
    r"^(?!Despite|Given|Now|Except|Provided|Not|So)(?:[A-Z][\w.]*\s){1,3}that\s+"
)
_FIRST: Final = re.compile(r"\b(?:I|we|us|our|my|me|you|your)\b", re.I)
_MARKS: Final = "“”„«»\"‘’'"


def gloss(members: Sequence[Statement]) -> str:
    """The clearest telling's own words as one plain sentence."""
    best = min(members, key=lambda each: (-_clearness(each, members), each.key))
    return plain(best.words)


def plain(said: str) -> str:
    """Words of a telling as a sentence: without marks around it, with a capital and a full stop."""
    said = said.strip().lstrip("#•* ")
    for mark in '“”„«»"':
        if said.count(mark) == 1 or (said[:1] in '“„«"' and said[-1:] in '”»"'):
            said = said.replace(mark, "")
    said = _LED.sub("", said.strip(" ,;:—–"))  # “Reuters that …”, where “told” stood before it
    said = re.sub(r"^(?:and|but|so|that)\s+", "", said, flags=re.I)
    if not said:
        return "…"
    said = said[0].upper() + said[1:]
    return said if said[-1] in ".!?…" else said + "."


def _clearness(each: Statement, members: Sequence[Statement]) -> float:
    """Third person, whole, neither scrap nor paragraph, and sharing most words with the others."""
    held = Counter(word for one in members for word in set(cut(_Said(one.words)).terms))
    terms = set(cut(_Said(each.words)).terms)
    typical = sum(held[word] for word in terms) / (1 + len(terms)) / len(members)
    count = len(each.words.split())
    score = 2 * typical - abs(count - 14) / 20
    score -= 1.5 * bool(_BARE.match(each.words.lstrip(_MARKS)))
    score -= 0.7 * bool(_FIRST.search(each.words))
    score -= 0.8 * (each.stance in ("denies", "hedges"))
    score -= 0.8 * (count < 5)
    score -= 0.6 * (not _VERB.search(each.words))
    score += 0.3 * each.words[:1].isupper()
    return score - 0.5 * (len(each.spans) > 1)


def negated(words: str) -> bool:
    """Whether the words deny something, taken by themselves."""
    return bool(_NOT.search(words))


SHORT: Final = 22  # words; in a longer statement a “not” may be about anything


def stances(members: Sequence[Statement]) -> list[TellingStance]:
    """What each does with the claim: “no telegram came” denies “a telegram was sent”.

    The claim is what most of its documents say; one that says it with a “not” more denies it.
    """
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for each in members:
        if each.stance in ("asserts", "relays"):
            sides[negated(each.words)].add(each.attribution.doc)
    if not sides[True] or len(sides[True]) >= len(sides[False]):
        return [each.stance for each in members]
    plain_terms = [set(cut(_Said(each.words)).terms) for each in members if not negated(each.words)]
    return [
        "denies" if each.stance == "asserts" and _contrary(each, plain_terms) else each.stance
        for each in members
    ]


def _contrary(each: Statement, others: Sequence[set[str]]) -> bool:
    if not negated(each.words) or len(each.words.split()) > SHORT:
        return False
    terms = set(cut(_Said(each.words)).terms)
    whole = bool(_NEITHER.search(each.words))  # “neither a call nor a telegram” denies each of them
    return any(
        len(terms & other) >= (1 if whole else max(2, min(len(terms), len(other)) / 2))
        for other in others
    )
