from __future__ import annotations
from collections.abc import Sequence
import numpy as np

def shapes_of(text: str, at: Sequence[tuple[int, int]]):
    """For each word piece what its letters lost: capitals (0-7) and the break before it (0-3) * 8."""
    out = np.zeros(len(at), np.int64)
    before = 0
    for i, (a, b) in enumerate(at):
        word = text[a:b]
        if word[:1].isdigit():
            kind = 4
        elif not word[:1].isalpha():
            kind = 5
        elif word.islower():
            kind = 0 if i == 0 or a != before else 6
        elif word.isupper() and len(word) > 1:
            kind = 3
        elif word[:1].isupper():
            kind = 1
        else:
            kind = 2
        gap = text[before:a]
        breaks = gap.count("\n")
        jump = 3 if breaks > 1 else 2 if breaks else 1 if gap else 0
        out[i] = kind + 8 * jump
        before = b
    return out
