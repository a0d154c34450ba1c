"""Stance of given cues against hand-read labels: `python -m bench.stance.run [--keep]`.

The cue, source and content are PolNeAR's own; only what the cue does is judged. Labels marked
`from: content` (a neutral verb, the words alone show the stance) count in the second figure only.
Denials are rare, so cues that deny or look like it were labelled in the train split too; the rules
may be fitted on one half of those documents, the other half is kept to measure.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from bench import floors
from whence.attribute import stance_at
from whence.terms import Extents, Stance

HERE = Path(__file__).parent
GOLD = floors.CORPORA / "polnear" / "dev.jsonl"
LABELS = HERE / "labels.jsonl"
MORE = floors.CORPORA / "polnear" / "train.jsonl"
DENIALS = HERE / "denials.jsonl"
Pair = tuple[Stance, Stance]


def kept_back(doc: str) -> bool:
    """Whether a document's labels only measure, and no rule may be fitted on them."""
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % 2 == 1


def judged(
    texts: Path, labels: Path, held: bool | None = None
) -> Iterable[tuple[Stance, Stance, bool]]:
    """For each label: what a person read, what we read, and whether the cue alone shows it; with
    `held` only for the documents kept back, or only for the others."""
    wanted = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    wanted = [each for each in wanted if held is None or kept_back(each["doc"]) == held]
    names = {each["doc"] for each in wanted}
    with texts.open(encoding="utf-8") as lines:
        docs = {d["id"]: d for d in map(json.loads, lines) if d["id"] in names}
    for label in wanted:
        doc = docs[label["doc"]]
        each = next(a for a in doc["annotations"] if a["id"] == label["annotation"])
        roles = {r: _extents(each[r]) for r in ("source", "cue", "content")}
        got = stance_at(doc["text"], roles["source"], roles["cue"], roles["content"])
        yield label["stance"], got, label.get("from") != "content"


def _extents(spans: Any) -> Extents:
    return tuple((a, b) for a, b in spans)


def f1s(pairs: Iterable[Pair]) -> dict[str, float]:
    """F1 of every stance, and their plain mean (macro)."""
    gold: Counter[str] = Counter()
    got: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for want, have in pairs:
        gold[want] += 1
        got[have] += 1
        both[want] += want == have
    out = {s: 2 * both[s] / max(1, gold[s] + got[s]) for s in get_args(Stance)}
    return out | {"macro": sum(out.values()) / len(out)}


def now() -> floors.Floor:
    """The scores of this code on the labelled cues of PolNeAR's development split."""
    rows = list(judged(GOLD, LABELS))
    cues = f1s((w, h) for w, h, by_cue in rows if by_cue)
    every = f1s((w, h) for w, h, _ in rows)
    for name in cues:
        print(f"{name:10s} cues {cues[name]:.3f}   all labels {every[name]:.3f}")
    scores = {"macro F1": cues["macro"], "macro F1, all labels": every["macro"]}
    for name, held in (("fitted", False), ("kept back", True)):
        rows = list(judged(MORE, DENIALS, held))
        denies = f1s((w, h) for w, h, by_cue in rows if by_cue)["denies"]
        count = sum(w == "denies" and by_cue for w, _, by_cue in rows)
        print(f"denies F1, {name}: {denies:.3f} on {count} denials among {len(rows)} cues")
        scores[f"denies F1, {name}"] = denies
    return floors.Floor(scores, floors.corpus_hashes([GOLD, LABELS, MORE, DENIALS]), {})


if __name__ == "__main__":
    floors.command(now, HERE / "floors.json", __doc__)
