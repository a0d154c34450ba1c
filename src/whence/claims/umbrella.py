"""Which claim is part of which: “three gates were opened” of “the gates were opened”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whence.claims.likeness import Floats, Said, cut
from whence.terms import Claim

NEAR: Final = 0.6  # cosine of two claims' centres
NEIGHBOURS: Final = 12  # claims looked at for each one
HELD: Final = 0.8  # of the umbrella's words stand in the part


def parts(made: Sequence[Claim], centres: Sequence[Floats]) -> list[Claim]:
    """The claims, each part with the umbrella it belongs to, where the words show one."""
    import numpy as np

    table = np.array([each / (np.linalg.norm(each) + 1e-9) for each in centres])
    terms = [set(cut(Said(each.gloss)).terms) for each in made]
    out = list(made)
    for first in range(0, len(made), 1024):
        near = table[first : first + 1024] @ table.T
        keep = min(NEIGHBOURS, len(made))
        best = np.argpartition(-near, keep - 1, axis=1)[:, :keep]
        rows = np.arange(near.shape[0])[:, None]
        for row, col in zip(*np.nonzero(near[rows, best] > NEAR), strict=True):
            part, umbrella = first + int(row), int(best[row, col])
            if part == umbrella or len(terms[umbrella]) < 2:
                continue
            held = len(terms[umbrella] & terms[part]) / len(terms[umbrella])
            if held >= HELD and len(terms[part]) > len(terms[umbrella]) + 1:
                before, id = out[part].part_of, made[umbrella].id
                out[part] = replace(out[part], part_of=id if before is None else min(before, id))
    return out
