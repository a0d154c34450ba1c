"""Whose time it is: of the saying, of what happened, or of the page itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from whence.dates.doubt import Row
from whence.dates.grammar import Phrase
from whence.terms import Block, Document, TimeOf

_SAY: Final = (
    "said says told tells added announced reported reports claimed claims stated states noted"
    " warned insisted accused accuses denied denies confirmed confirms declared argued alleged"
    " acknowledged admitted asserted tweeted posted wrote explained revealed testified replied"
    " remarked commented urged called demanded vowed promised rejected dismissed complained"
    " responded maintained stressed"
).split()
_CUE: Final = rf"(?:{'|'.join(_SAY)}|put out|according to)"
_GAP: Final = r"(?:[ \t\u00a0\n]+[^\s.;:!?“”\"]+)"
_SAID_BEFORE: Final = re.compile(
    rf"\b{_CUE}(?:[ \n](?:to[ \n])?[A-Z@][\w.@’'-]*){{0,4}}"
    rf"(?:[ \n](?:in|at|during|via|on)[ \n](?:an?|the|its|his|her|their)(?:[ \n][\w’'-]+){{1,3}})?"
    r"[ \n]?,?[ \n]?(?:(?:late|early|earlier|on|in|at)[ \n])?$"
)
_SAID_AFTER: Final = re.compile(rf"\A(?:['’]s)?,?{_GAP}{{1,9}}?[ \n](?:{_CUE}|claiming|saying)\b")
_OTHER_VERB: Final = re.compile(
    r"\b(?:was|were|is|are|had|has|have|did|began|took|went|came|made|killed|attacked|launched"
    r"|held|hit|struck|seized|left|which|that|who|when|after|as)\b"
)
_STAMP_BEFORE: Final = re.compile(
    r"(?:\b(?:published|posted|updated?|last updated|modified|first published|filed|created)"
    r"(?:[ ]on|[ ]at)?[:,]?[ ]?|\(@\w{1,30}\)[ ]|\bUPDATE[ ]?\d*[:,]?[ ])$",
    re.IGNORECASE,
)
_DATELINE_AFTER: Final = re.compile(r"\A[ ]?\([A-Z][\w. -]{1,20}\)[ ]?[-–—]")
_DEED: Final = (
    r"(?:agreement|treaty|accord|pact|law|act|convention|constitution|ruling|resolution|contract|census|edition|"
    r"model|manifesto|deal|charter|statute|decree)"
)
_DEED_BEFORE: Final = re.compile(rf"\b{_DEED}s? of\s$", re.IGNORECASE)
_DEED_AFTER: Final = re.compile(rf"\A\s(?:[\w-]+\s)?{_DEED}\b", re.IGNORECASE)
"""“the treaty of 1998”: the year is part of what the thing is called."""
_TOP: Final = 2000
_LABEL: Final = re.compile(
    r"(?:published|posted|first published|publication date|date|created)\b[:\s]*(?:on\s)?\Z",
    re.IGNORECASE,
)
_NAMES: Final = re.compile(r"(?:[A-Z][\w.’'&-]*[,|·•/–-]?\s*){0,4}[,|·•–-]?\s*\Z")
_AFTER: Final = re.compile(r"\s*[|·•,–-]?\s*(?:at\s)?[\d:.apmAPMGTUCEDSB ]{0,16}\s*\Z")
STAMPED: Final = frozenset({"date", "numeric", "clock"})
_TIMELESS: Final = frozenset("length nights set nth vague bare".split())


def role(document: Document, blocks: Sequence[Block], row: Row, phrase: Phrase) -> TimeOf | None:
    """What the time is the time of, where the words around it show it."""
    start, end = row.at(phrase.first).start, row.at(phrase.last - 1).end
    where = block_at(blocks, start)
    if where is not None and where.role in {"byline", "dateline"}:
        return "publication"
    before, after = _sentence(document.text, start, end)
    if phrase.rule in STAMPED and is_stamp(document.text, blocks, row, phrase) is not None:
        return "publication"
    if _STAMP_BEFORE.search(before) or _DATELINE_AFTER.search(after):
        return "publication"
    if phrase.rule in _TIMELESS or re.search(r"©|[Cc]opyright", before):
        return None
    if phrase.rule == "year" and (_DEED_BEFORE.search(before) or _DEED_AFTER.match(after)):
        return None
    if _SAID_BEFORE.search(before) and not re.search(r"['’]s?\s$", before):
        return "utterance"
    opening = re.fullmatch(r"[\s“\"'‘*•-]*(?:(?:but|and|then|also)\s)?(?:(?:on|in|at|late|early)\s)?",
                           before, re.IGNORECASE)  # fmt: skip
    said = _SAID_AFTER.search(after) if opening else None
    if said and not _OTHER_VERB.search(said[0]):
        return "utterance"
    if where is not None and where.role in {"boilerplate", "caption"}:
        return None
    return "event" if re.search(r"[a-z]{2}", before + after) else None


def is_stamp(text: str, blocks: Sequence[Block], row: Row, phrase: Phrase) -> bool | None:
    """Whether a date is the page's stamp: True if labelled so, False if it only looks like one."""
    start, end = row.at(phrase.first).start, row.at(phrase.last - 1).end
    where = block_at(blocks, start)
    if where is not None and where.role in {"byline", "dateline"}:
        return True
    if where is not None and where.role in {"caption", "comment", "post", "quote"}:
        return None
    if start > _TOP:
        return None
    before = text[:start].rpartition("\n")[2]
    after = text[end : end + 80].partition("\n")[0]
    if len(before) < 60 and _LABEL.search(before[-40:]):
        return True
    if len(before) <= 40 and _NAMES.fullmatch(before) and _AFTER.fullmatch(after[:60]):
        words = before.split()
        return None if words[:1] == ["The"] and len(words) > 3 else False
    return None


def block_at(blocks: Sequence[Block], at: int) -> Block | None:
    """The innermost block that a place in the text lies in, of blocks in reading order."""
    index = bisect_right(blocks, at, key=lambda block: block.start) - 1
    while index >= 0:
        if blocks[index].start <= at < blocks[index].end:
            return blocks[index]
        index -= 1
    return None


_STOP: Final = re.compile(r"[.!?]['”\"’]?\s+(?=[A-Z“\"‘])|\n\s*\n")
_SHORT: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Sept?|Oct|Nov|Dec|Jan|Feb|Aug|St|U\.S|vs|No)"
    r"\.\s+\Z"
)


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and after in the same sentence, no further than they are of use."""
    before, after = text[max(0, start - 160) : start], text[end : end + 120]
    cuts = [m.end() for m in _STOP.finditer(before) if not _SHORT.search(before[: m.end()])]
    stop = next((m.start() for m in _STOP.finditer(after)), len(after))
    return before[cuts[-1] :] if cuts else before, after[:stop]
