"""Headlines that are surer than the text below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whence.conflict.made import FIRST, Weighed, made
from whence.conflict.told import Case, Told, mentions_in, sentences_of, stems_of
from whence.terms import Extent, Span

_HEDGE: Final = re.compile(
    r"\b(?:apparent(?:ly)?|reported(?:ly)?|alleged(?:ly)?|appears?|appeared|seems?|seemed|perhaps|possibly|probably|"
    r"likely|unconfirmed|unverified|unclear|suspected|suspects?|believed|may|might|could)\b",
    re.I,
)
_OPEN: Final = re.compile(
    r"\b(?:(?:could|can|would|did|does|do)\s?(?:not|n[’']t)|cannot|unable\s+to|declined\s+to|refused\s+to|"
    r"neither)\s+(?:\w+\s+)?(?:confirm|verify|say\s+(?:who|whether|if)|comment\s+on\s+whether)\w*|"
    r"\bno\s+(?:confirmation|evidence|proof)\b",
    re.I,
)


def overstated(case: Case) -> Iterator[Weighed]:
    """Headlines that say flatly what the text hedges, or what somebody in it cannot confirm."""
    for doc, told in sorted(case.by_doc.items()):
        heads = [t for t in told if t.role == "headline" and _flat(t)]
        for head in heads:
            text = case.text(doc)
            body = [
                s for s in sentences_of(text)
                if s[0] >= head.spans[-1][1] and not _heading(s, told)
            ]  # fmt: skip
            found = list(_doubts(head, body, case))
            if found:
                yield max(found, key=lambda each: (each[0], each[1].id))


def _flat(head: Told) -> bool:
    """Whether a headline says something in the page's own name, and without a hedge."""
    own = head.attribution.voice in ("author", "outlet") and head.stance == "asserts"
    return own and not _HEDGE.search(head.words) and "?" not in head.words


def _heading(sentence: Extent, told: tuple[Told, ...]) -> bool:
    return any(t.role != "body" and sentence[0] <= t.start < sentence[1] for t in told)


def _doubts(head: Told, body: list[Extent], case: Case) -> Iterator[Weighed]:
    text = case.text(head.doc)
    firm = 0
    doubts: list[tuple[int, bool, Extent, Span]] = []
    for sentence in body:
        names = mentions_in(case, head.doc, sentence)
        shared = len(head.stems & stems_of(text, (sentence,), names))
        sides = {case.sides.get(m.entity, m.entity) for m in names if m.entity}
        both = len(sides & {case.sides.get(id, id) for id in head.named})
        open_ = _OPEN.search(text, *sentence)
        hedge = _HEDGE.search(text, *sentence)
        if open_ and shared and both:
            doubts.append((shared + both, True, sentence, Span(head.doc, *_clause(text, sentence, open_))))  # fmt: skip
        elif hedge and shared >= 2 and shared + both >= 4:
            doubts.append((shared + both, False, sentence, Span(head.doc, *sentence)))
        elif shared >= 2:
            firm = max(firm, shared + both)
    for score, unconfirmed, _, span in doubts:
        if unconfirmed or score > firm:
            why = (
                "The headline says flatly what the text says nobody could confirm."
                if unconfirmed
                else "The headline is surer than the text."
            )
            weighed = FIRST["drift"] + 0.8 + 0.3 * unconfirmed + min(score, 6) / 20
            yield weighed, made("drift", head.span, span, why, (head.claim,))


def _clause(text: str, sentence: Extent, found: re.Match[str]) -> Extent:
    """The clause that says so, to the end of its sentence."""
    border = list(re.finditer(r",\s|\bbut\s|;\s", text[sentence[0] : found.start()]))
    start = sentence[0] + border[-1].end() if border else sentence[0]
    return start, sentence[1]
