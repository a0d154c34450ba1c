"""Speech that the writer only imagines: “they could then go ‘oops, we had no idea’”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from whence.clauses import overlap, paragraphs, quoted
from whence.reader import Said
from whence.terms import Extents

_GO: Final = re.compile(
    r"(?P<who>\b(?:[Tt]he\s+(?:[a-z]+\s+)?[\w-]+|[A-Z][\w-]+(?:\s+[A-Z][\w-]+)*|he|she|they|we|you))\s+"
    r"(?:could|would|might|may|can|should)\b[^.!?“”\"\n]{0,200}?\b(?P<cue>go|be\s+(?:all\s+)?like|"
    r"be\s+going)\b,?\s*(?=[“\"‘])"
)
_SURE: Final = 0.6


def imagined(text: str, plain: Extents, said: Sequence[Said]) -> list[Said]:
    """The finds, and the words that a sentence puts into a mouth with “go” or “be like”."""
    out = list(said)
    for start, end in plain:
        for a, b in paragraphs(text, start, end):
            marks = list(quoted(text, a, b))
            for hit in _GO.finditer(text, a, b):
                words = [m for m in marks if m[0] == hit.end()]
                if words and not any(overlap((hit.span("cue"),), s.cue) for s in out):
                    out = [s for s in out if not overlap(s.content, tuple(words))]
                    out.append(Said((hit.span("who"),), (hit.span("cue"),), tuple(words), _SURE))
    return out
