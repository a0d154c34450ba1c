"""Weighs the features by which “he”, “she”, “it” and “they” find whom they mean.

    python training/antecedents/train.py [--corpora ../shared/corpora] [--read FILE] [--write]

Reads GUM train documents that may ship (`ship_ok`) and hold attributions, takes every subject
pronoun that the annotators linked, lets the resolver say who is in reach, and fits one softmax
over those and nobody, with a penalty on large weights. Prints, from documents left out in turn,
what each threshold would give;
with `--write` the table goes to src/whence/data/antecedents.csv. `--read` keeps what the reader
found, so that a second run need not read again. Seconds on one core, once read.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from bench.speakers.run import given

from whence import reader
from whence.knowledge import known
from whence.resolve.casting import cast_of
from whence.resolve.page import Page, page
from whence.resolve.pronouns import described_between, in_reach
from whence.resolve.ranked import NAMES, NOBODY, Asked, features, nobody
from whence.resolve.sources import resolved

TABLE = Path("src/whence/data/antecedents.csv")
KINDS = {"he": "person", "she": "person", "it": "body", "they": "body"}
LEAST = {"person": 0.09, "body": 0.04}  # of all pronouns, how many may get a wrong name
PENALTY, STEPS, RATE, FOLDS = 0.01, 400, 0.5, 4
FORGET = 3  # of every five pronouns, how many are learned without the reader's links


@dataclass(frozen=True)
class Example:
    """One pronoun: the features of everyone in reach and of nobody, and who is right."""

    doc: str
    kind: str
    rows: np.ndarray
    right: np.ndarray


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parse.add_argument("--read", type=Path, help="a file that keeps what the reader found")
    parse.add_argument("--write", action="store_true")
    chosen = parse.parse_args()
    made = examples(chosen.corpora, chosen.read)
    rows = []
    for kind in ("person", "body"):
        mine = [e for e in made if e.kind == kind]
        threshold = tuned(mine, LEAST[kind])
        weights = fitted(mine)
        print(kind, len(mine), "pronouns; threshold", threshold)
        names = (*NAMES, *NOBODY)
        rows += [(kind, n, round(float(w), 3)) for n, w in zip(names, weights, strict=True)]
        rows.append((kind, "threshold", threshold))
    for row in rows:
        print(*row)
    if chosen.write:
        with TABLE.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerows([("kind", "feature", "weight"), *rows])


def examples(corpora: Path, kept: Path | None) -> list[Example]:
    """Every linked subject pronoun of the documents, as the resolver sees it."""
    by_doc: dict[str, list[Any]] = {}
    for line in (corpora / "gum_speakers" / "train.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        by_doc.setdefault(item["doc"], []).append(item)
    found = pickle.loads(kept.read_bytes()) if kept and kept.exists() else {}
    models = reader.Models.open()
    out = []
    for line in (corpora / "gum" / "train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if not row["meta"]["ship_ok"] or row["id"] not in by_doc:
            continue
        seen = found[row["text"]] if row["text"] in found else reader.read(row["text"], models)
        found[row["text"]] = seen
        out += of_document(row, by_doc[row["id"]], seen)
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return out


def of_document(row: dict[str, Any], items: list[Any], seen: reader.Read) -> list[Example]:
    """The examples of one document."""
    reading, _ = given(row["id"], row["text"], items, None, seen)
    cast, _ = cast_of(reading, known)
    made = page(reading, cast, known)
    resolved(made)
    mentions = row["annotations"]["entities"]
    clusters: dict[str, list[tuple[int, int]]] = {}
    for each in mentions:
        clusters.setdefault(each["entity"], []).append((each["start"], each["end"]))
    out = []
    for each in mentions:
        word = row["text"][each["start"] : each["end"]].casefold()
        if word not in KINDS or each["type"] not in {"person", "organization"}:
            continue
        example = of_pronoun(made, row["id"], word, each["start"], clusters[each["entity"]], seen)
        if example is not None:
            out.append(example)
    return out


def of_pronoun(
    made: Page, doc: str, word: str, at: int, gold: Sequence[tuple[int, int]], seen: reader.Read
) -> Example | None:
    """One pronoun as an example; nothing if nobody is in reach, as there is nothing to learn."""
    near = in_reach(made, at, word)
    if not near:
        return None
    kind = KINDS[word]
    described = kind == "person" and described_between(made, at) is not None
    asked = Asked(at, *chain(seen, at))
    rows = features(made, asked, near)
    none = nobody(made, asked, rows, described)
    wide = [[*r, *([0.0] * len(NOBODY))] for r in rows] + [[0.0] * len(NAMES) + none]
    right = [
        any(same(s, g) for s in a.seen if s != (at, at + len(word)) for g in gold) for a in near
    ]
    return Example(doc, kind, np.array(wide), np.array([*right, not any(right)], float))


def same(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two mentions are mostly the same words."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return (
        shared > 0
        and shared * 2 >= min(left[1] - left[0], right[1] - right[0])
        and (right[1] - right[0] <= 60)
    )


def chain(seen: reader.Read, at: int) -> tuple[tuple[int, int] | None, float]:
    """Where the reader's links lead from here, and how surely."""
    by_place = {h.at: h for h in seen.heads}
    head = next((h for h in seen.heads if h.at[0] == at), None)
    back, sure = None, 1.0
    for _ in range(20):
        if head is None or head.back is None:
            break
        back, sure = head.back, sure * head.confidence
        head = by_place.get(back)
    return back, sure


def chances(weights: np.ndarray, each: Example) -> np.ndarray:
    scores = each.rows @ weights
    parts: np.ndarray = np.exp(scores - scores.max())
    return np.asarray(parts / parts.sum())


def unlinked(each: Example) -> Example:
    """The example as if the reader had linked nothing: it knows these documents too well."""
    rows = each.rows.copy()
    for name in ("linked", "linked surely", "linked to another"):
        rows[:, NAMES.index(name)] = 0
    return Example(each.doc, each.kind, rows, each.right)


def fitted(made: Sequence[Example]) -> np.ndarray:
    """The weights under which the right ones are likeliest."""
    usable = [e for e in made if e.right.sum() > 0]
    usable = [unlinked(e) if n % 5 < FORGET else e for n, e in enumerate(usable)]
    rows = np.concatenate([e.rows for e in usable])
    right = np.concatenate([e.right for e in usable]) > 0
    of = np.repeat(np.arange(len(usable)), [len(e.rows) for e in usable])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        scores = rows @ weights
        top = np.full(len(usable), -np.inf)
        np.maximum.at(top, of, scores)
        parts = np.exp(scores - top[of])
        whole = np.bincount(of, parts)
        good = np.bincount(of, parts * right)
        pull = parts * right / good[of] - parts / whole[of]
        weights += RATE * (rows.T @ pull / len(usable) - PENALTY * weights)
    return weights


def tuned(made: Sequence[Example], least: float) -> float:
    """The lowest threshold at which, on documents left out, few enough get a wrong name."""
    docs = sorted({e.doc for e in made})
    said: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        out = set(docs[fold::FOLDS])
        weights = fitted([e for e in made if e.doc not in out])
        for each in made:
            if each.doc in out:
                likely = chances(weights, each)[:-1]
                best = int(likely.argmax())
                said.append((float(likely[best]), bool(each.right[best])))
    chosen = 0.95
    for step in range(95, 25, -5):
        given_ = [right for chance, right in said if chance >= step / 100]
        wrong, right = given_.count(False) / len(said), given_.count(True) / len(said)
        print(f"  from {step / 100:.2f}: right {right:.3f} wrong {wrong:.3f}")
        if wrong <= least:
            chosen = step / 100
    named = sum(1 for e in made if not e.right[-1]) / len(made)
    print(f"  named in reach: {named:.3f}")
    return chosen


if __name__ == "__main__":
    main()
