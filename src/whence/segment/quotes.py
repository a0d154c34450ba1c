"""Block quotations that no mark shows: a lead-in with a colon, then paragraphs in another voice."""

from __future__ import annotations

import re

from whence.segment.pieces import Piece
from whence.segment.shape import titled
from whence.segment.wording import SPEECH_CUE, words

_FIRST_PERSON = re.compile(r"\b(?:we|our|us|ours|I|my|me|mine)\b|\b(?:We|Our|My)\b")
_SINGULAR = re.compile(r"\b(?:I|me|my|mine|My)\b")
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|«[^»]{0,2000}»")
_OUTLET = re.compile(r"[\w.’' -]{2,40} (?:reports|reported|writes|has learned|has the story)\s*:\Z")
_LAST_SENTENCE = re.compile(r"(?:.*[.!?][”\"’)]? )?(?P<last>[^\n]+)\Z", re.DOTALL)
_NOUNS = words("letter message statement transcript excerpt report release communiqué comment")
_MOST = 8  # paragraphs of one quotation; more than that is not told apart by wording


def quoted(found: list[Piece]) -> list[Piece]:
    """The pieces with the paragraphs of unmarked block quotations labelled so.

    The first paragraph after the lead-in is the quoted voice. A further one is only if it speaks
    in the first person as the one before did, and the page's writer does not, or if it opens
    with a quotation mark that the one before left open. Otherwise the writer has resumed.
    """
    out = list(found)
    body = [i for i, piece in enumerate(out) if piece.role == "body"]
    for at in body:
        if at + 1 >= len(out) or not _leads_in(out[at]):
            continue
        nexts = out[at + 1]
        if nexts.role not in ("body", None) or nexts.words < 4 or _list_item(nexts):
            continue
        if _opens_only(nexts):
            continue
        self_spoken = _writer_in_first_person(out, body, at)
        out[at + 1] = nexts.is_("quote", "follows a lead-in with a colon")
        for i in range(at + 2, min(at + 1 + _MOST, len(out))):
            if out[i].role != "body" or not _goes_on(out[i - 1], out[i], self_spoken):
                break
            out[i] = out[i].is_("quote", "goes on in the voice of the quotation")
    return out


def _leads_in(piece: Piece) -> bool:
    """Whether the paragraph ends by handing over to somebody's words.

    The last word of speech has to stand near the colon, and must not have its “that …” already.
    """
    text = piece.plain.rstrip()
    if not text.endswith(":") or _OUTLET.fullmatch(text) or (piece.words > 3 and titled(piece)):
        return False
    found = _LAST_SENTENCE.match(text[-600:])
    cues = list(SPEECH_CUE.finditer(found["last"])) if found else []
    if not found or not cues:
        return False
    after = found["last"][cues[-1].end() :].split()
    noun = cues[-1].group().lower() in _NOUNS
    return len(after) <= (6 if noun else 12) and not ("that" in after[:1] and len(after) > 4)


def _list_item(piece: Piece) -> bool:
    return bool(re.match(r"(?:[•◦▪●○‣·∙*+-]|--|\(?\d{1,3}[.)])\s", piece.text))


def _opens_only(piece: Piece) -> bool:
    """Whether the paragraph names its speaker itself: “…,” she said. That is no block quotation."""
    text = piece.plain
    if not text.startswith(("“", '"', "«", "‘")):
        return False
    found = re.search(r"[,.!?][”\"»’]\s+(?P<after>[^“\"«]{2,120})", text)
    return bool(found) and not re.fullmatch(r"[“\"«‘][^“”\"«»]*[”\"»’][.,]?", text)


def _goes_on(before: Piece, piece: Piece, self_spoken: bool) -> bool:
    text, last = piece.plain, before.plain
    if last.startswith(("“", "«")) and not last.endswith(("”", "»")):
        return text.startswith(("“", "«"))
    if before.text.startswith(">") and piece.text.startswith(">"):
        return True
    if before.indent > 0 and piece.indent == before.indent:
        return True
    if self_spoken or text.startswith(("“", '"')):
        return False
    return bool(_FIRST_PERSON.search(_outside(text)) and _FIRST_PERSON.search(_outside(last)))


def _outside(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _writer_in_first_person(out: list[Piece], body: list[int], at: int) -> bool:
    """Whether the page's writer says “I” or “we” in paragraphs that nobody is quoted in."""
    near = range(at, at + 5)
    return bool(_SINGULAR.search(_outside(out[at].plain))) or any(
        _FIRST_PERSON.search(_outside(out[i].plain)) for i in body if i not in near
    )
