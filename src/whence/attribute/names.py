"""The mentions that attributions are made of, and what they refer back to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from whence.reader import Named, Read
from whence.terms import Attribution, Document, Extent, Mention, NameForm

_PRONOUN: Final = re.compile(r"(?:he|she|they|it|who|we|i|him|her|his|their|its|them|you)$", re.I)


def mention_form(text: str, extent: Extent, names: Sequence[Named]) -> NameForm:
    """How words refer: by pronoun, by a name among them, or by description."""
    if _PRONOUN.match(text[extent[0] : extent[1]]):
        return "pronoun"
    return "name" if any(extent[0] <= n.start and n.end <= extent[1] for n in names) else "nominal"


def mentions(document: Document, found: Sequence[Attribution], seen: Read) -> tuple[Mention, ...]:
    """Names, and the names, roles and pronouns that sources are made of."""
    text = document.text
    out = {(n.start, n.end): Mention(document.id, n.start, n.end, n.kind) for n in seen.names}
    for each in found:
        for a, b in each.source[:1]:
            kinds = [h.kind for h in seen.heads if a <= h.at[0] < b] or [
                n.kind for n in seen.names if a <= n.start < b
            ]
            kind = kinds[-1] if kinds else "other"
            out.setdefault(
                (a, b),
                Mention(document.id, a, b, kind, form=mention_form(text, (a, b), seen.names)),
            )
    for head in seen.heads:
        if _PRONOUN.match(text[head.at[0] : head.at[1]]):
            out.setdefault(head.at, Mention(document.id, *head.at, head.kind, form="pronoun"))
    return tuple(sorted(out.values(), key=lambda m: (m.start, m.end)))


def antecedents(found: Sequence[Attribution], seen: Read) -> list[tuple[str, Extent | None, float]]:
    """For each source the head word it refers back to, along the chain of links, or nothing."""
    by_place = {h.at: h for h in seen.heads}
    out = []
    for each in found:
        heads = [h for a, b in each.source[:1] for h in seen.heads if a <= h.at[0] < b]
        head = heads[0] if heads else None
        sure = 1.0
        back = None
        for _ in range(20):
            if head is None or head.back is None:
                break
            back, sure = head.back, sure * head.confidence
            head = by_place.get(back)
        out.append((each.id, back, round(sure, 4)))
    return out
