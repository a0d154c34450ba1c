"""One attribution out of a find: its edges, stance, form, evidence and channels."""

from __future__ import annotations

import re
from typing import Final

from whence import channels as ways
from whence.clauses import content_edges, merged, quoted, sentence_at, trimmed, without, word_count
from whence.cues import stance_of
from whence.reader import Said
from whence.terms import (
    Attribution,
    Document,
    Evidence,
    EvidenceKind,
    Extent,
    Extents,
    QuoteForm,
    Stance,
    finding_id,
)

_TITLE: Final = re.compile(
    r"\b(?:Mrs?|Ms|Drs?|Sens?|Reps?|Govs?|Gen|Col|Lt|Sgt|Prof|Rev|Hon)\.\s?$"
)
_MODAL: Final = re.compile(
    r"\b(?:would|could|might|may|should|imagine|suppose|pretend)\b[^.!?]{0,200}$", re.I
)
_NOBODY: Final = re.compile(r"(?:few|nobody|none|no one|hardly any\w*)\b", re.I)
_NEVER_SAID: Final = re.compile(
    r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+\s+)?(?:sa(?:y|id)|cl(?:aim|aimed)|wr(?:ite|ote|itten)|"
    r"suggest(?:ed)?|den(?:y|ied)|promised?)\b", re.I
)  # fmt: skip
_THAT: Final = re.compile(
    r"\W*(?:that|this|it|so|any\s+such\s+thing|anything\s+of\s+the\s+(?:kind|sort))\W*$", re.I
)
_EVIDENCE: Final[dict[EvidenceKind, str]] = {
    "imagery": r"(?:aerial|satellite|drone)\s+(?:photo\w*|image\w*|survey)|photo(?:graph)?s?|images?|"
    r"imagery|footage|videos?|pictures?|shots|maps?|surveillance",
    "document": r"documents?|leaked\s+\w+|memos?|letters?|e-?mails?|records|files|logs|transcripts?|"
    r"contracts?|reports?\b(?=\s+(?:by|of|from))",
    "eyewitness": r"eyewitness(?:es)?|witness(?:es)?|survivors?|saw\s+with|residents?\s+saw",
    "intercept": r"intercept(?:s|ed)?|wiretap\w*|radio\s+traffic|phone\s+calls?|recordings?",
}
_EVIDENCE_AT: Final = {k: re.compile(rf"\b(?:{v})\b", re.I) for k, v in _EVIDENCE.items()}


def made(document: Document, said: Said) -> Attribution | None:
    """The attribution of a find, its edges set as a person would set them."""
    text = document.text
    content = tuple(
        e for a, b in merged(text, said.content) if (e := content_edges(text, a, b))
    )  # fmt: skip
    source = tuple(_named(text, *_bare_edges(text, a, b)) for a, b in merged(text, said.source))
    source = tuple((a, b) for a, b in source if a < b)
    cue = tuple((a, b) for a, b in (_bare_edges(text, *e) for e in merged(text, said.cue)) if a < b)
    content = without(content, source + cue)
    content = tuple(e for a, b in content if (e := content_edges(text, a, b)))
    if not content or not cue:
        return None
    sentence = sentence_at(text, cue[0][0])
    return Attribution(
        finding_id("attribution", document.id, source, cue, content), document.id,
        form_of(text, content), source, cue, content,
        stance_at(text, source, cue, content),
        channels=tuple(ways.channels(text, *sentence, holes=content)),
        reports=False, evidence=evidence_in(text, source + content),
        imputed=_is_imputed(text, cue, content, sentence), confidence=round(said.confidence, 4),
    )  # fmt: skip


def _named(text: str, start: int, end: int) -> Extent:
    """The extent from its first letter, figure or sign of a name on, its title with it: no bullet or
    emoji before, and “Mr.” is no part of what was said."""
    start, end = trimmed(text, start, end)
    while start < end and not (text[start].isalnum() or text[start] in "@#$([‘'"):
        start += 1
    title = _TITLE.search(text, max(0, start - 8), start)
    return (title.start() if title and start < end else start), end


def _bare_edges(text: str, start: int, end: int) -> Extent:
    while start < end and (text[start].isspace() or text[start] in ',;:“”"—–-'):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ',;:“"—–-'):
        end -= 1
    return start, end


def stance_at(text: str, source: Extents, cue: Extents, content: Extents) -> Stance:
    """What a speaker does with the words, read from the cue where it stands."""
    words = " ".join(text[a:b] for a, b in cue)
    first = sentence_at(text, cue[0][0])[0]
    start = max([first] + [b for a, b in source if b <= cue[0][0]])
    said = " ".join(text[a:b] for a, b in content)
    who = text[slice(*source[0])] if source else ""
    if _NOBODY.match(who):
        words = f"not {words}"
    if who.casefold() in ("i", "we") and _NEVER_SAID.search(words) and _THAT.match(said):
        return "denies"
    return stance_of(words, text[start : cue[0][0]], said, bool(source))


def form_of(text: str, content: Extents) -> QuoteForm:
    """Direct if (nearly) all stands in quotation marks, mixed if two or more words do."""
    marks: list[Extent] = []
    for a, b in content:
        marks += quoted(text, a, b)
    total, held = word_count(text, content), word_count(text, tuple(marks))
    if total and held >= 0.85 * total:
        return "direct"
    return "mixed" if held >= 2 else "indirect"


def evidence_in(text: str, extents: Extents) -> tuple[Evidence, ...]:
    """What the words point to as proof: pictures, papers, witnesses, intercepts."""
    out = []
    for kind, pattern in _EVIDENCE_AT.items():
        for a, b in extents:
            hit = pattern.search(text, a, b)
            if hit:
                out.append(Evidence(kind, hit.span()))
                break
    return tuple(out)


def _is_imputed(text: str, cue: Extents, content: Extents, sentence: Extent) -> bool:
    """Words put into a mouth: “they could simply go ‘oops’”."""
    if form_of(text, content) != "direct":
        return False
    before = text[sentence[0] : cue[0][0]] + " " + text[cue[0][0] : cue[0][1]]
    return bool(_MODAL.search(before)) and not re.search(r"\bhave\s+said\b", before)
