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
    r"|to|of|in|at|by|with|for|from|as|including|whether|is|are|was|were|be|has|have|had|did|does|if|when)\b|[a-z]+ing\b)",
    re.I,
)
_CARRIES: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|do|shall|should"
    r"|says?|said|shows?|makes?|made|took|takes?|went|goes|came|comes?|gave|gives?|fell|began|begins?"
    r"|knew|knows?|seems?|wants?|needs?|leads?|lies|means?|meant|holds?|keeps?|kept"
    r"|told|hit|rose|broke|fought|won|became|remains?)\b"
    r"|\b\w+n[’']t\b|\b(?:he|she|it|they|we|I|you)[’'](?:s|re|ve|ll|d|m)\b",
    re.I,
)
_PAST: Final = re.compile(r"\b(?<!-)\w{2,}ed\b(?!-|\s+by\b)", re.I)
_BOUND: Final = re.compile(
    r"(?:\b(?:a|an|the|of|by|with|to|in|on|for|from|as|its|his|her|their|these|those|and|most|so)|-)"
    r"\s*$",
    re.I,
)
_CUT: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|been|the|a|an|of|to|in|and|or|but|that|who|which)$", re.I
)
_TAG: Final = re.compile(r"</?[a-z]{1,6}(?:\s[^<>]{0,200})?>", re.I)
_LINK: Final = re.compile(
    r"^(?:and|but|that|so(?!\s+(?:far|much|many|long|few|called))),?\s+", re.I
)
_OF_DOING: Final = re.compile(r"(?:[\w.’'-]+\s+){1,6}of\s+(?:\w+ly\s+)?\w+ing\b")
_OPENING: Final = re.compile(
    r"^(?:However|Moreover|Meanwhile|Furthermore|First|Second|Third|Finally|Also|Besides|Hence|Thus|"
    r"Indeed|Yes|In fact|Still|Nevertheless|Therefore|Last but not least|Last and not least),\s+"
)
_NUMBERED: Final = re.compile(r"^(?:\d{1,2}[.)]\s+)(?=[^\W\d_]|[“\"])")
_LABEL: Final = re.compile(
    r"^(?:UPDATE[DS]?|CORRECTED|CORRECTION|BREAKING|EXCLUSIVE|LIVE|WATCH|VIDEO|OPINION|ANALYSIS)"
    r"(?:\s+\d{3,4}\s*[A-Z]{2,4})?\s*[:|–—-]\s*"
)
_LED: Final = re.compile(
    r"^(?!Despite|Given|Now|Except|Provided|Not|So)(?:[A-Z][\w.]*\s){1,3}that\s+"
)
_FIRST: Final = re.compile(r"\b(?:I|we|us|our|my|me|you|your)\b", re.I)
_MARKS: Final = "“”„«»\"‘’'"


def gloss(members: Sequence[Statement]) -> str:
    """The clearest telling's own words as one plain sentence, or the sentence they stand in."""
    held = Counter(word for one in members for word in set(cut(_Said(one.words)).terms))
    ways = [
        (_clearness(each, said, held, len(members)) - less, each.key, said)
        for each in members
        for said, less in ((each.words, 0.0), (each.sentence, 0.7))
    ]
    return plain(min(ways, key=lambda way: (-way[0], way[1], way[2]))[2])


def plain(said: str) -> str:
    """Words of a telling as a sentence: without marks around it, with a capital and a full stop."""
    said = _NUMBERED.sub("", _TAG.sub("", said).strip().lstrip("#•* "))
    said = _LABEL.sub("", said)
    if any(said.count(a) != said.count(b) for a, b in ("“”", "«»")):
        said = re.sub("[“”„«»]", "", said)  # one of a pair was left outside
    for mark in '“”„«»"':
        if said.count(mark) == 1 or (said[:1] in '“„«"' and said[-1:] in '”»"'):
            said = said.replace(mark, "")
    said = _LED.sub("", said.strip(" ,;:—–"))  # “Reuters that …”, where “told” stood before it
    said = _LINK.sub("", _LINK.sub("", _OPENING.sub("", said)))
    if not said:
        return "…"
    said = said[0].upper() + said[1:]
    return said if said.rstrip(_MARKS)[-1:] in (".", "!", "?", "…") else said + "."


def _clearness(each: Statement, said: str, held: Counter[str], count: int) -> float:
    """Third person, whole, neither scrap nor paragraph, and sharing most words with the others."""
    terms = set(cut(_Said(said)).terms)
    typical = sum(held[word] for word in terms) / (1 + len(terms)) / count
    length = len(said.split())
    score = 2 * typical - abs(length - 14) / 20
    score -= 1.5 * bool(_BARE.match(said.lstrip(_MARKS)))
    score -= 0.7 * bool(_FIRST.search(said))
    score -= 0.8 * (each.stance in ("denies", "hedges"))
    score -= 0.8 * (length < 5)
    accused = said == each.words and each.attribution.stance == "accuses" and _OF_DOING.match(said)
    score -= 2.5 * (not whole(said) or bool(accused))
    score += 0.3 * said[:1].isupper()
    return score - 0.5 * (len(each.spans) > 1 and said == each.words)


def whole(said: str) -> bool:
    """Whether words look like a whole sentence: they have a verb that can carry one.

    A participle behind a preposition, an article or a hyphen (“in the referred-to areas”) carries
    none, and “the soldiers were” has lost what they were.
    """
    shown = said.strip(_MARKS)
    if shown[:1].isupper() and shown[-1:] in (".", "!", "?") and len(shown.split()) > 5:
        return True  # the text itself ends a sentence here
    bare = said.strip(_MARKS + " .,;:!?—–…")
    if _CUT.search(bare):
        return False
    return bool(_CARRIES.search(bare)) or any(
        not _BOUND.search(bare[: past.start()]) for past in _PAST.finditer(bare)
    )


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
