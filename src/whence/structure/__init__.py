"""What the make-up of a sentence or page says about its statements: tags, lead-ins, hedges.

Functions from finds to finds, used after the reader's model or the plain patterns have spoken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whence.channels import is_outlet
from whence.clauses import (
    WORD,
    inside,
    merged,
    overlap,
    quoted,
    sentence_at,
    sentences,
    trimmed,
    without,
    word_count,
)
from whence.cues import HEDGES, lemma
from whence.reader import Said
from whence.terms import Block, Extent, Extents

_NAME: Final = r"(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+[\w.&’'-]+){0,5}?"
_TAG: Final = re.compile(
    rf",\s+(?P<who>{_NAME}|(?:media\s+|news\s+|local\s+|press\s+)?reports)\s+"
    r"(?P<cue>(?:has\s+|have\s+)?(?:reported|reports|said|says|wrote|writes))[.\s”\"]*$"
)
_INNER: Final = re.compile(
    rf",\s+(?P<who>{_NAME})\s+(?P<cue>(?:has\s+|have\s+)?(?:also\s+)?(?:announced|said|says|stated|"
    r"confirmed|claimed|added|reported|declared|told\s+\w+))\W*$"
)
_HEARSAY: Final = HEDGES - {"apparently", "seemingly"}  # those two are the writer's own guess
_HE: Final = re.compile(r"(?:he|she|it|they)$", re.I)


def tidied(text: str, said: Sequence[Said]) -> list[Said]:
    """Finds without frayed ends: a source in one piece and one line, and nothing of what was said
    from another sentence unless it is quoted there."""
    return [
        replace(s, source=_one_source(text, s), content=_near(text, s))
        for s in said
        if not _rhetorical(text, s)
    ]


def _rhetorical(text: str, said: Said) -> bool:
    """“But who said that …?” gives nobody's words."""
    if not said.source or text[slice(*said.source[-1])].casefold() != "who":
        return False
    first, last = sentence_at(text, said.cue[0][0])
    begins = re.match(r"\W*(?:but|and|so|or)?\s*who\b", text[first:last], re.I)
    return bool(begins and text[first:last].rstrip('”"’ ').endswith("?"))


def parted(text: str, said: Sequence[Said], names: Sequence[Extent]) -> list[Said]:
    """The finds, with “both A and B say” made two that share cue and content."""
    out: list[Said] = []
    for each in said:
        sides = _sides(text, each.source, names)
        out += [replace(each, source=(side,)) for side in sides] or [each]
    return out


def _sides(text: str, source: Extents, names: Sequence[Extent]) -> list[Extent]:
    if len(source) != 1:
        return []
    a, b = source[0]
    both = re.compile(r"both\s+(?=\S)", re.I).match(text, a, b)
    joints = [m for m in re.compile(r",?\s+and\s+").finditer(text, a, b)
              if not any(x < m.start() and m.end() < y for x, y in names)]  # fmt: skip
    if len(joints) != 1:
        return []
    left = (both.end() if both else a, joints[0].start())
    right = (joints[0].end(), b)
    if _one_phrase(text[slice(*left)], text[slice(*right)]):
        return []
    for side in (left, right):
        if both and "," not in text[slice(*side)]:
            continue
        if not any(side[0] <= x and y <= side[1] for x, y in names) or "," in text[slice(*side)]:
            return []
    return [left, right]


def _one_phrase(left: str, right: str) -> bool:
    """Whether “and” stands inside one source: “a study by the League and the Guild”, “lawyers for
    Orlo and Venn”, “the Ferries and Locks Committee”."""
    if re.match(r"(?:the|an?)\s", right, re.I) and not re.match(r"(?:the|an?)\s", left, re.I):
        return bool(re.search(r"\s(?:by|for|in|of|from|with|to)\s", left))
    if re.match(r"an?\s", right, re.I):
        return False
    if re.search(r"\s(?:by|for|in|at|from|with|to)\s", left):
        return True
    return bool(re.match(r"the\s", left, re.I) and re.search(
        r"\b(?:committee|commission|institut\w+|department|agency|council|board|office|ministry)$",
        right, re.I) and not re.match(r"the\s", right, re.I))  # fmt: skip


def _one_source(text: str, said: Said) -> Extents:
    at = said.cue[0][0]
    line = text.rfind("\n", 0, at) + 1, _line_end(text, at)
    pieces = []
    for a, b in merged(text, said.source):
        cut = text.rfind("\n", a, b) + 1
        a = max(a, cut) if b <= at else a
        a = max(a, text.rfind(": ", a, b) + 2) if ": " in text[a:b] else a
        if any(line[0] <= x < line[1] for x in (a, b - 1)) or b - a > 3:
            pieces.append((a, b))
    kept = [p for p in pieces if line[0] <= p[0] < line[1]] or pieces
    if len(kept) < 2:
        return tuple(kept)
    return (max(kept, key=lambda p: len(WORD.findall(text, *p))),)  # the rest are crumbs


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _near(text: str, said: Said) -> Extents:
    """The content's pieces in the cue's own sentence, and elsewhere those in quotation marks."""
    first, last = sentence_at(text, said.cue[0][0])
    out: list[Extent] = []
    for piece in said.content:
        for a, b in _lines(text, piece):
            marks = list(quoted(text, max(0, text.rfind("\n", 0, a)), _line_end(text, b)))
            held = any((x <= a + 1 and a < y) or a <= x < b for x, y in marks)
            if held or (a < last and first < b):
                out.append((a, b) if held else (max(a, first), min(b, last)))
    return tuple(out) or said.content


def _lines(text: str, piece: Extent) -> list[Extent]:
    out = []
    for part in re.compile(r"[^\n]*\S[^\n]*").finditer(text, *piece):
        out.append(trimmed(text, *part.span()))
    return out


def hedged(text: str, plain: Extents, said: Sequence[Said]) -> list[Said]:
    """The finds, and “reportedly” and its like outside everybody's words: a find with no source
    whose content is the rest of its sentence."""
    held = tuple(e for s in said if len(s.content) and s.source for e in (*s.content, *s.cue))
    out = list(said)
    for a, b in plain:
        for x, y in sentences(text, a, b):
            word = next(
                (w for w in WORD.finditer(text, x, y) if w.group().casefold() in _HEARSAY), None
            )
            if word is None or overlap((word.span(),), held):
                continue
            pieces = ((x, word.start()), (word.end(), y))
            content = tuple((p, q) for p, q in pieces if WORD.search(text, p, q))
            rivals = [s for s in out if overlap(s.cue, (word.span(),))]
            if any(s.source for s in rivals):
                continue
            sure = max([0.6, *(s.confidence for s in rivals)])
            out = [s for s in out if s not in rivals]
            out.append(Said((), (word.span(),), content, sure))
    return out


def tagged(text: str, plain: Extents, said: Sequence[Said]) -> list[Said]:
    """The finds, and those of “…, the ministry has announced, the Nord agency reported.” at a
    sentence's end, which say plainly who passes on what and who said it."""
    out = list(said)
    for a, b in plain:
        for x, y in sentences(text, a, b):
            hit = _TAG.search(text[x:y])
            if not hit or hit.start() < 20 or _HE.match(hit["who"]):
                continue
            if not (is_outlet(hit["who"]) or re.search(r"\breports$", hit["who"])):
                continue
            outer = _tag(x, x, hit, 0.75)
            out = [s for s in out if not overlap(s.cue, outer.cue)] + [outer]
            deeper = _INNER.search(text[x : x + hit.start()])
            if deeper and deeper.start() > 20:
                inner = _tag(x, x, deeper, 0.7)
                out = [s for s in out if not overlap(s.cue, inner.cue)] + [inner]
    return out


def _tag(start: int, base: int, hit: re.Match[str], sure: float) -> Said:
    who, cue = ((base + hit.start(g), base + hit.end(g)) for g in ("who", "cue"))
    return Said((who,), (cue,), ((start, base + hit.start()),), sure)


def before_tag(text: str, said: Said, others: Sequence[Said]) -> Said:
    """The same find without another's “, RIA reported” at the end of its content."""
    for other in others:
        tag = (*other.source, *other.cue)
        if other is said or not tag or overlap(other.cue, said.cue) or not said.content:
            continue
        first, last = min(a for a, _ in tag), max(b for _, b in tag)
        a, b = said.content[-1]
        earlier = other.content and other.content[0][0] < first and said.cue[0][0] < first
        if a < first < b and earlier and not WORD.search(text, last, max(b, last)):
            return replace(said, content=(*said.content[:-1], (a, first)))
    return said


def widened(text: str, said: Said, others: Sequence[Said]) -> Said:
    """The same find with all it holds: in “Rook warned that the hull was thin, the mayor said” the
    mayor says that Rook warned, not only what Rook warned of."""
    if not said.content or not said.source or said.cue[0][0] < said.content[-1][1]:
        return said
    first = sentence_at(text, said.cue[0][0])[0]
    for other in others:
        begin = min(a for a, _ in (*other.source, *other.cue))
        if other is said or not other.source or not first <= begin < said.content[0][0]:
            continue
        early = not WORD.search(text, first, begin) or text[begin - 2 : begin] in (", ", "— ")
        if early and other.cue[0][0] <= said.content[0][0] and overlap(other.content, said.content):
            end = min(a for a, _ in (*said.source, *said.cue))
            return replace(said, content=((begin, max(end, said.content[-1][1])),))
    return said


def block_quotes(text: str, leaves: Sequence[Block], said: Sequence[Said]) -> list[Said]:
    """The finds, with block quotations given to the speaker of the sentence that leads into them."""
    out = list(said)
    for lead, quotes in _led(leaves):
        whole = tuple(trimmed(text, q.start, q.end) for q in quotes)
        a, b = trimmed(text, lead.start, lead.end)
        out = [s for s in out if not (inside(s.content, whole) and not inside(s.cue, whole)
                                      and not a <= s.cue[0][0] < b)]  # fmt: skip
        out = [
            replace(s, content=without(s.content, whole)) if a <= s.cue[0][0] < b else s
            for s in out
        ]
        out = [s for s in out if s.content and not _of_the_quoted(text, s, whole)]
        if not text[:b].endswith(":"):
            continue
        final = sentence_at(text, b - 1)
        led = [s for s in said if final[0] <= s.cue[0][0] < final[1]]
        last = max(led, key=lambda s: s.cue[0][0], default=None) or _lead_in(text, *final)
        if last is None:
            continue
        own = without(last.content, whole)
        if word_count(text, own) < 4:
            out = [s for s in out if not overlap(s.cue, last.cue)]
        out.append(replace(last, content=whole, confidence=max(last.confidence, 0.7)))
    return out


_SHOWING: Final = frozenset("show prove suggest indicate confirm reveal mean record".split())


def _of_the_quoted(text: str, said: Said, whole: Extents) -> bool:
    """Whether a find inside a block quotation is only its speaker's own “we know” or “this shows”;
    a third party named there stays."""
    if not inside((*said.source, *said.cue, *said.content), whole):
        return False
    who = " ".join(text[a:b] for a, b in said.source).casefold()
    verbs = {lemma(w.group()) for a, b in said.cue for w in WORD.finditer(text, a, b)} - {None}
    return not who or who in ("i", "we") or bool(verbs and verbs <= _SHOWING)


def _led(leaves: Sequence[Block]) -> list[tuple[Block, list[Block]]]:
    """Each run of quotation blocks with the block before it."""
    runs: list[tuple[Block, list[Block]]] = []
    for before, each in zip([None, *leaves], leaves, strict=False):
        if each.role != "quote":
            continue
        if runs and before is not None and before.role == "quote":
            runs[-1][1].append(each)
        elif before is not None:
            runs.append((before, [each]))
    return runs


def _lead_in(text: str, a: int, b: int) -> Said | None:
    """Speaker and cue of a lead-in such as “The ministry complained:”."""
    words = list(WORD.finditer(text, a, b))
    for n, word in reversed(list(enumerate(words))):
        if n and word.group().islower() and lemma(word.group()):
            start = n
            while start > 1 and re.match(
                r"(?:has|have|had|was|is|are|also|then|now|officially|publicly)$",
                words[start - 1].group(),
            ):
                start -= 1
            begin = next((k for k in range(start - 1, -1, -1)
                          if re.search(r"[,;:]", text[words[k].end() : words[k + 1].start()])), -1)  # fmt: skip
            source = (words[begin + 1].start(), words[start - 1].end())
            cue = (words[start].start(), word.end())
            return Said((source,), (cue,), ((b - 1, b),), 0.6)
    return None
