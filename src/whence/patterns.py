"""Attributions by pattern alone: the plain reader that needs no model. Precise before complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whence.clauses import WORD, content_edges, quoted, sentences
from whence.cues import HEDGES, is_reporting, lemma
from whence.reader import Said
from whence.terms import Extent, Extents

_ACCORDING: Final = re.compile(r"\baccording to\s", re.I)
_AUX: Final = (
    r"(?:(?:has|have|had|is|are|was|were|will|would|could|can|cannot|did|does|do|also|then|later|"
    r"again|now|not|never|further|earlier|repeatedly|officially|publicly|strongly|firmly|flatly)\s)*"
)
_VERB: Final = re.compile(rf"\b{_AUX}(?P<verb>[A-Za-z]+)\b")
_HEDGE: Final = re.compile(rf"\b(?:{'|'.join(sorted(HEDGES))})\b", re.I)
_PRONOUN: Final = re.compile(r"(?:he|she|they|it|who)$", re.I)
_DETERMINED: Final = re.compile(
    r"(?:the|a|an|his|her|their|its|one|two|some|several|both|many)$", re.I
)
_SPEECH: Final = frozenset(
    """say tell report announce state claim declare insist argue warn deny add explain note assert
    confirm reveal promise vow pledge admit acknowledge accuse reject write allege""".split()
)
_SURE = {"according": 0.7, "clause": 0.6, "quotation": 0.65, "hedge": 0.6}


def said(text: str, start: int = 0, end: int | None = None) -> list[Said]:
    """Attributions of a stretch of text that stand in plain forms: a quotation with its speaker
    beside it, “X said that …”, “according to X”, “reportedly”."""
    found: list[Said] = []
    for a, b in sentences(text, start, end):
        marks = list(quoted(text, a, b))
        each = (_according(text, a, b) or _quotation(text, a, b, marks) or _clause(text, a, b)
                or _reportedly(text, a, b))  # fmt: skip
        if each:
            found.append(each)
    return found


def _made(text: str, source: Extents, cue: Extents, content: list[Extent], how: str) -> Said | None:
    edges = [e for e in (content_edges(text, a, b) for a, b in content) if e]
    return Said(source, cue, tuple(edges), _SURE[how]) if edges else None


def _noun_phrase_before(text: str, start: int, at: int) -> Extent | None:
    """The words from the last clause border to `at`, if they look like somebody."""
    border = start
    for found in re.finditer(
        r"[,;:“”\"—–]\s*|\b(?:but|and|while|as|when|that|because)\s", text[start:at]
    ):
        border = start + found.end()
    words = list(WORD.finditer(text, border, at))
    if not words or len(words) > 12:
        return None
    first = words[0].group()
    if not (first[0].isupper() or _PRONOUN.match(first) or _DETERMINED.match(first)):
        return None
    if any(is_reporting(w.group()) and w.group().islower() for w in words[:-1]):
        return None
    return words[0].start(), words[-1].end()


def _verbs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    for found in _VERB.finditer(text, start, end):
        verb = found["verb"]
        if (
            verb.islower()
            and verb != "state"
            and lemma(verb) in _SPEECH
            and not verb.endswith("ing")
        ):
            yield found


def _according(text: str, a: int, b: int) -> Said | None:
    cue = _ACCORDING.search(text, a, b)
    if not cue:
        return None
    span = (cue.start(), cue.end() - 1)
    stop = re.compile(r",\s|[.;]?$").search(text[cue.end() : b])
    end = cue.end() + (stop.start() if stop else b - cue.end())
    if not WORD.search(text, cue.end(), end) or end - cue.end() > 120:
        return None
    content = [(a, cue.start())] if cue.start() - a > 3 else []
    if b - end > 3:
        content.append((end, b))
    return _made(text, ((cue.end(), end),), (span,), content, "according")


def _quotation(text: str, a: int, b: int, marks: list[Extent]) -> Said | None:
    """“…,” X said. / “…,” said X. / X said: “…”"""
    if not marks or sum(y - x for x, y in marks) < 0.3 * (b - a):
        return None
    free = [(x, y) for x, y in _gaps(marks, a, b) if WORD.search(text, x, y)]
    for x, y in free:
        for verb in _verbs(text, x, y):
            who = _noun_phrase_before(text, x, verb.start()) or _noun_phrase_after(
                text, verb.end(), y
            )
            if who:
                cue = (verb.start(), verb.end())
                return _made(text, (who,), (cue,), marks, "quotation")
    return None


def _noun_phrase_after(text: str, at: int, end: int) -> Extent | None:
    found = re.compile(r"\s+([^,.;:“”\"]{2,80})").match(text, at, end)
    if not found:
        return None
    a, b = found.span(1)
    words = list(WORD.finditer(text, a, b))
    first = words[0].group() if words else ""
    named = first[:1].isupper() or _DETERMINED.match(first) or _PRONOUN.match(first)
    return (a, words[-1].end()) if named and len(words) <= 10 else None


def _gaps(marks: list[Extent], a: int, b: int) -> Iterator[Extent]:
    at = a
    for x, y in marks:
        if x > at:
            yield at, x
        at = y
    if at < b:
        yield at, b


def _clause(text: str, a: int, b: int) -> Said | None:
    for verb in _verbs(text, a, b):
        who = _noun_phrase_before(text, a, verb.start())
        if not who:
            continue
        after = re.compile(r"\s+(?:(?:on|in)\s\w+\s)?(that\s)?(?=\S)").match(text, verb.end(), b)
        rest = text[verb.end() : b]
        if not after or (
            not after.group(1) and not re.match(r"\s+(?:the|a|it|he|she|they|[A-Z“\"])", rest)
        ):
            continue
        return _made(text, (who,), (verb.span(),), [(after.end(), b)], "clause")
    return None


def _reportedly(text: str, a: int, b: int) -> Said | None:
    found = _HEDGE.search(text, a, b)
    if not found:
        return None
    pieces = [(x, y) for x, y in ((a, found.start()), (found.end(), b)) if y - x > 2]
    return _made(text, (), (found.span(),), pieces, "hedge")
