"""Where one statement ends and the next begins within a sentence: joints, tags, relative clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whence.clauses import WORD, inside, overlap, quoted, sentence_at, sentences, word_count
from whence.cues import lemma
from whence.measures import PERSONS
from whence.reader import Said
from whence.terms import Block, Extent, Extents

_HE: Final = r"(?:he|she|it|they)"
_JOINT: Final = re.compile(
    rf",?\s+(?P<link>but|and)\s+(?P<who>{_HE})\s+(?P<cue>(?:(?:could|can|would|will|"
    r"did|does|do|has|had|have|was|were|is|are)(?:\s+(?:not|neither)|n['’]t)\s+(?:\w+ly\s+)?(?:confirm|say|"
    r"comment|elaborate|specify|verify|deny|disclose|identify|name|explain|know|tell)|cannot\s+\w+|"
    r"(?:also\s+)?(?:denied|declined|refused|acknowledged|admitted|conceded|insisted|warned|added|stressed|"
    r"accused|cautioned|said|says)(?:\s+to\s+\w+)?)(?:\s+on)?)\s+(?:that\s+)?(?=\S)"
)
_PARTICIPLE: Final = re.compile(
    r",\s*(?:\w+ly\s+|also\s+|instead\s+)?(?:saying|adding|claiming|arguing|insisting|warning|noting|"
    r"stating|stressing|denying|alleging|declaring|announcing|explaining|asserting|complaining|"
    r"accusing|promising|calling|vowing)\b"
)
_TRAILING: Final = re.compile(
    r",\s*(?P<cue>(?:\w+ly\s+|also\s+|instead\s+)?(?:saying|adding|claiming|arguing|insisting|warning|"
    r"noting|stating|stressing|alleging|declaring|announcing|explaining|asserting|complaining))\s+"
    r"(?:that\s+)?(?=(?:the|a|an|it|he|she|they|its|his|her|their|there|this|that|these|those|no|[A-Z“\"])\b|[“\"])"
)
_OF_DOING: Final = re.compile(r"\b(?:of|for|with)\s+(?:\w+ly\s+)?\w{2,}ing\b")
_AND_DOING: Final = re.compile(
    r",?\s+(?:and|or)\s+(?:of\s+|for\s+)?(?:\w+ly\s+)?(?!(?:saying|adding|claiming|calling|warning|during|"
    r"according|including)\b)\w{2,}ing\b[^.;,“”\"\n]*"
)
_SAY_SHOW: Final = re.compile(
    r"(?P<say>say|says|said|claims?|claimed|believes?|believed)\s+(?P<then>shows?|showed|proves?|proved|"
    r"is|are|was|were|has|had|have|will|would|could|can|may|might)\b", re.I
)  # fmt: skip
_RELATIVE: Final = re.compile(
    r"(?P<what>\b(?:an?|the|some|its|his|her|their|several|two|three)\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+),?\s+"
    r"(?:that|which|who)\s+(?P<who>(?:an?|the|its|his|their|some)\s+[^,.;:“”\"()]{2,60}?|"
    r"[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4}|he|she|it|they)\s+(?P<cue>(?:has\s+|have\s+|had\s+)?"
    r"(?:says?|said|claims?|claimed|insists?|insisted|alleges?|alleged|argues?|argued))\s+"
    r"(?P<rest>(?:(?:had|has|have|was|were|is|are|would|will|could|can|may|might|never|also)\b|"
    r"(?:killed|hit|struck|led|caused|left|showed?|shows|began|took|gave|came|went|made|broke)\b|"
    r"[a-z]+ed\s+(?:by|in|on|at|to|from|the|a|an|its|his|her|their|one|two|\d+)\b)[^.;“”\"\n]*)"
)
_TOLD: Final = frozenset("tell warn inform assure remind notify advise convince persuade".split())
_THEM: Final = frozenset(
    "him her them us me you reporters lawmakers parliament council board".split()
)
_HEARER: Final = re.compile(
    r"(?:(?:[Tt]he|an?|his|her|its|their|our)\s+)?(?:[\w’'-]+\s+){0,6}?(?P<last>\(?[\w’'-]+\)?)\s+that\s+(?=\w+\s+\w+)"
)
_SCARE: Final = r"(?:[“\"‘'][\w\s-]{1,30}[”\"’']\s+|\w+ly\s+|also\s+)"
_HEADLINE: Final = re.compile(
    rf"(?:[^:\n]{{1,40}}:\s+)?(?P<who>(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+(?:of\s+|and\s+)?[A-Z][\w.&’'-]*){{0,4}})\s+"
    rf"{_SCARE}{{0,2}}$"
)
_HEAD_TAG: Final = re.compile(
    r"\W*(?P<what>[^,\n]*[^,\s]),\s+(?P<who>(?:the\s+)?(?:[\w’'-]+\s+){0,4}?[\w’'-]+)\s+"
    r"(?P<cue>says?|said|claims?|claimed|insists?|warns?)[\s.]*$", re.M
)  # fmt: skip
_TAGGED: Final = 0.7  # of a headline that ends in its speaker
_SURE: Final = 0.55  # of a statement that only the build of the sentence shows


def joined(text: str, said: Sequence[Said]) -> list[Said]:
    """The finds, with “… said A but he could not confirm B” made two, and “…, saying B” given the
    speaker of the clause it hangs on."""
    out: list[Said] = []
    for each in said:
        out += _parted(text, each, said)
    return [_led(text, s, out) for s in out]


def _parted(text: str, said: Said, others: Sequence[Said]) -> list[Said]:
    if not said.source or not said.content or said.content[0][0] < said.cue[0][1]:
        return [said]
    marks = tuple(quoted(text, *sentence_at(text, said.cue[0][0])))
    for n, (a, b) in enumerate(said.content):
        for hit in _JOINT.finditer(text, a, b):
            cue = hit.span("cue")
            if inside((cue,), marks) or not WORD.search(text, a, hit.start()):
                continue
            first = replace(said, content=(*said.content[:n], (a, hit.start())))
            if any(overlap((cue,), o.cue) for o in others if o is not said):
                return [first]
            return [first, Said((hit.span("who"),), (cue,), ((hit.end(), b), *said.content[n + 1 :]),
                                said.confidence)]  # fmt: skip
    return [said]


def _led(text: str, said: Said, others: Sequence[Said]) -> Said:
    """The same find, with the speaker of the clause before it if it is a bare “, saying …”."""
    if said.source:
        return said
    at = said.cue[0][0]
    if not _PARTICIPLE.match(text, max(0, text.rfind(",", 0, at)), said.cue[0][1] + 12):
        return said
    first = sentence_at(text, at)[0]
    leads = [o for o in others if o.source and first <= o.cue[0][0] < at
             and o.source[0][0] < at and o.cue[0][1] <= at]  # fmt: skip
    lead = max(leads, key=lambda o: o.cue[0][0], default=None)
    if lead is None or text.rfind(",", lead.cue[0][1], at) < 0:
        return said
    return replace(said, source=lead.source)


def trailing(text: str, said: Sequence[Said]) -> list[Said]:
    """The finds, and those of “…, saying that …” after another's clause, if nobody has them yet."""
    out = list(said)
    for lead in said:
        last = sentence_at(text, lead.cue[0][0])[1]
        start = max(b for _, b in (*lead.cue, *lead.content))
        hit = (
            _TRAILING.search(text, lead.cue[-1][1], last) if lead.source and start <= last else None
        )
        if hit is None or hit.start() < lead.cue[-1][1] or not lead.source[0][0] < lead.cue[0][0]:
            continue
        cue = hit.span("cue")
        if any(overlap((cue,), (*s.cue, *s.source)) for s in out) or start > hit.start() + 1:
            continue
        marks = tuple(quoted(text, *sentence_at(text, lead.cue[0][0])))
        if not inside((cue,), marks):
            out.append(Said(lead.source, (cue,), ((hit.end(), last),), _SURE))
    return out


def whole(text: str, said: Said, others: Sequence[Said]) -> Said:
    """The same find with all of its content: the whole sentence before a closing “, the mayor said”,
    and in “accused X of A, and doing B” both deeds."""
    if not said.content or not said.source:
        return said
    return _before_final_tag(text, said, others) or _quoted_after(
        text, _both_deeds(text, said, others), others
    )


def _quoted_after(text: str, said: Said, others: Sequence[Said]) -> Said:
    """The same find with the quotation that closes its sentence: “denied it, “That is a lie.””"""
    b = said.content[-1][1]
    last = sentence_at(text, said.cue[0][0])[1]
    if not re.match(r"[,:]\s+[“\"]", text[b : b + 4]) or said.cue[0][0] > said.content[0][0]:
        return said
    rest = [m for m in quoted(text, *sentence_at(text, said.cue[0][0])) if b < m[0] <= b + 3]
    if not rest or WORD.search(text, rest[0][1], last):
        return said
    if any(o is not said and overlap((rest[0],), (*o.content, *o.cue)) for o in others):
        return said
    return replace(said, content=(*said.content, rest[0]))


def _before_final_tag(text: str, said: Said, others: Sequence[Said]) -> Said | None:
    first, last = sentence_at(text, said.cue[0][0])
    tag = min(said.source[0][0], said.cue[0][0])
    end = max(said.source[-1][1], said.cue[-1][1])
    start = said.content[0][0]
    if not first < start < tag or WORD.search(text, end, last) or said.content[-1][1] > tag:
        return None
    if not re.search(r"[^”\"’'?!,]\s*,\s*$", text[first:tag]):
        return None
    begin = text[first:start]
    mark = re.search(r"[”\"]\s*$", begin)
    if not mark or word_count(text, ((first, start),)) < 3:
        return None
    if any(o is not said and first <= o.cue[0][0] < start for o in others):
        return None
    return replace(said, content=((first, said.content[-1][1]),))


def _both_deeds(text: str, said: Said, others: Sequence[Said]) -> Said:
    verbs = {lemma(w.group()) for w in WORD.finditer(text, *said.cue[0])}
    a, b = said.content[-1]
    if not verbs & {"accuse", "blame", "charge", "criticize", "criticise", "suspect"}:
        return said
    if not _OF_DOING.search(text[max(said.cue[0][1], a - 12) : b]) or said.cue[0][0] > a:
        return said
    more = _AND_DOING.match(text, b)
    if not more or any(overlap((more.span(),), (*o.cue, *o.source)) for o in others):
        return said
    last = sentence_at(text, said.cue[0][0])[1]
    end = min(more.end(), last)
    return replace(said, content=(*said.content[:-1], (a, end))) if end > b else said


def unswallowed(text: str, said: Said) -> Said:
    """The same find, in “which they say show tanks” the second verb given back to the content."""
    a, b = said.cue[-1]
    hit = _SAY_SHOW.search(text, a, b)
    if not hit or hit.end() != b or not said.content:
        return said
    content = tuple(sorted([*said.content, hit.span("then")]))
    return replace(said, cue=(*said.cue[:-1], (a, hit.end("say"))), content=content)


def addressed(text: str, said: Said) -> Said:
    """The same find without whom it was told to: “warned [the harbour board (HB) that] the gate …”."""
    verbs = {lemma(w.group()) for a, b in said.cue for w in WORD.finditer(text, a, b)}
    if not verbs & _TOLD or not said.content or said.content[0][0] < said.cue[-1][1]:
        return said
    a, b = said.content[0]
    hit = _HEARER.match(text, a, b)
    if not hit or text[said.cue[-1][1] : a].strip():
        return said
    last = hit["last"]
    someone = last[0] in "(" or last[0].isupper() or last.casefold() in PERSONS | _THEM
    if not someone:  # “warned the deal that Norra signed would fail”
        return said
    return replace(said, content=((hit.end(), b), *said.content[1:]))


def relative(text: str, plain: Extents, said: Sequence[Said]) -> list[Said]:
    """The finds, and those of “a strike that the league said killed two”, if nobody has them yet."""
    out = list(said)
    for a, b in plain:
        for x, y in sentences(text, a, b):
            marks = tuple(quoted(text, x, y))
            for hit in _RELATIVE.finditer(text, x, y):
                cue = hit.span("cue")
                if inside((cue,), marks) or any(overlap((cue,), s.cue) for s in out):
                    continue
                rest = re.split(r",\s", hit["rest"])[0]
                content = (hit.span("what"), (hit.start("rest"), hit.start("rest") + len(rest)))
                out.append(Said((hit.span("who"),), (cue,), content, _SURE))
    return out


def headed(text: str, leaves: Sequence[Block], said: Sequence[Said]) -> list[Said]:
    """The finds, those without a source in a headline given the name it begins with, and “…,
    warden says” given all that stands before."""
    heads = [(b.start, b.end) for b in leaves if b.role == "headline"]
    tags = [_head_tag(text, a, b) for a, b in heads]
    said = [s for s in said if not any(t and overlap(s.cue, t.cue) for t in tags)]
    said += [t for t in tags if t]
    spoken = [any(lemma(w.group()) for w in WORD.finditer(text, *s.cue[0])) for s in said]
    return [_headed(text, s) if verb and inside(s.cue, tuple(heads)) else s
            for s, verb in zip(said, spoken, strict=True)]  # fmt: skip


def _head_tag(text: str, start: int, end: int) -> Said | None:
    """The statement of a headline that ends in its speaker: “Lock was old, warden says”."""
    hit = _HEAD_TAG.match(text, start, end)
    if hit is None or word_count(text, (hit.span("what"),)) < 3:
        return None
    return Said((hit.span("who"),), (hit.span("cue"),), (hit.span("what"),), _TAGGED)


def _headed(text: str, said: Said) -> Said:
    first = sentence_at(text, said.cue[0][0])[0]
    before = re.compile(r"[\s#>*]*").match(text, first)
    start: Extent = (before.end() if before else first, said.cue[0][0])
    hit = _HEADLINE.match(text, *start) if not said.source else None
    if hit is None or start[1] <= start[0]:
        return said
    return replace(said, source=(hit.span("who"),), confidence=max(said.confidence, _SURE))


_BARE: Final = re.compile(
    r"\s+(that|so|it|this|any\s+such\s+thing|anything\s+of\s+the\s+(?:kind|sort))\b"
    r"(?=\s*(?:[,.;!?—–-]|and\b|but\b|$))"
)
_COMMENT: Final = re.compile(r"to\s+comment(?=,?\s+(?:and|but)\s)")
_NOT_SAY: Final = re.compile(
    r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+\s+)?(?:say|said|claim(?:ed)?)$", re.I
)


def bare_that(text: str, said: Said) -> Said:
    """The same find, its content no more than “that” in “I didn't say that, and …” and no more than
    “to comment” in “declined to comment and hung up”."""
    a, b = said.cue[-1]
    comment = _COMMENT.match(text, *said.content[0]) if said.content else None
    if comment and re.search(r"\b(?:declin|refus)\w*$", text[a:b]):
        return replace(said, content=(comment.span(),))
    hit = _BARE.match(text, b)
    if hit and _NOT_SAY.search(text[a:b]):
        return replace(said, content=(hit.span(1),))
    return said
