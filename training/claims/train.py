"""Weigh what makes two statements one claim: `python -m training.claims.train [--keep]`.

Logistic regression with a penalty on the likenesses of `whence.claims.likeness`, over pairs from
invented stories, the demo and PolNeAR's hand-checked groups. What is printed for a group was
weighed without it. `--keep` writes the weights into the package.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from training.claims.prepare import Set, found, given, stories

from whence.claims.likeness import FEATURES, Doubles, Weights, scores

WEIGHTS = Path(__file__).parents[2] / "src" / "whence" / "data" / "claims.csv"
COUNTS: Mapping[str, float] = {"given": 300.0, "found": 100.0, "story": 70.0}
"""How much a pile of each kind counts, however many pairs it has."""
BY_HAND: Mapping[str, float] = {"echo": 1.0}
"""Not learned: the stories hold few quotations, and learned (0.33) it counts for less than it helps."""
LEARNED = tuple(n for n, name in enumerate(FEATURES) if name not in BY_HAND)
PENALTY = 5.0
STEPS = 12


def weighed(sets: Sequence[Set]) -> Weights:
    """The weights that fit these pairs, none larger than it has to be."""
    rows, same, counts = [], [], []
    for each in sets:
        known = [n for n, one in enumerate(each.same) if one is not None]
        rows.append(each.table[known][:, LEARNED])
        same.append(np.array([bool(each.same[n]) for n in known], float))
        counts.append(np.full(len(known), COUNTS[each.kind] / len(known)))
    table, truth, count = np.vstack(rows), np.concatenate(same), np.concatenate(counts)
    middle, spread = table.mean(0), table.std(0) + 1e-6
    units = np.c_[(table - middle) / spread, np.ones(len(table))]
    by = _newton(units, truth, count)
    each = by[:-1] / spread
    learned = dict(zip(LEARNED, each.tolist(), strict=True))
    every = (learned.get(n, BY_HAND.get(name, 0.0)) for n, name in enumerate(FEATURES))
    return Weights(tuple(every), float(by[-1] - (each * middle).sum()))


def _newton(units: Doubles, truth: Doubles, count: Doubles) -> Doubles:
    by = np.zeros(units.shape[1])
    penalty = np.diag([PENALTY] * (len(by) - 1) + [1e-9])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-units @ by))
        bend = units.T @ (units * (count * chance * (1 - chance))[:, None]) + penalty
        by = by + np.linalg.solve(bend, units.T @ (count * (truth - chance)) - penalty @ by)
    return by


def precision(each: Set, weights: Weights) -> float:
    """Average precision of the pairs by their chance."""
    known = [n for n, one in enumerate(each.same) if one is not None]
    chances = scores(each.table[known], weights)
    truth = np.array([bool(each.same[n]) for n in known])[np.argsort(-chances, kind="stable")]
    hits = np.cumsum(truth)
    return float((hits / np.arange(1, len(hits) + 1))[truth].mean())


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--keep", action="store_true", help="write the weights into the package")
    asked = parse.parse_args()
    sets = [*stories(), *given(), *found()]
    for name in dict.fromkeys(each.name for each in sets):
        without = weighed([each for each in sets if each.name != name])
        for each in sets:
            if each.name == name:
                print(f"{each.kind:6s} {name:40s} {precision(each, without):.3f}")
    weights = weighed(sets)
    rows = [*zip(FEATURES, weights.each, strict=True), ("bias", weights.bias)]
    for likeness, weight in rows:
        print(f"{likeness:10s} {weight:+.2f}")
    if asked.keep:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(("likeness", "weight"))
            lines.writerows((likeness, f"{weight:.2f}") for likeness, weight in rows)


if __name__ == "__main__":
    main()
