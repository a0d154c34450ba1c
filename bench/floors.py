"""The ratchet: scores a bench reached, on which corpus and with which weights, kept as floors."""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
SLACK = 0.002  # rounding of sums in another order; anything more is a loss


@dataclass(frozen=True, slots=True)
class Floor:
    """What must not sink: scores between 0 and 1, higher is better."""

    scores: Mapping[str, float]
    corpus: Mapping[str, str]
    weights: Mapping[str, str]


def sha256(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def corpus_hashes(files: Sequence[Path]) -> dict[str, str]:
    """Names (folder and file) and hashes of the corpus files a bench reads."""
    return {f"{f.parent.name}/{f.name}": sha256(f) for f in files}


def load(path: Path) -> Floor:
    """The floors kept at a path."""
    kept = json.loads(path.read_text("utf-8"))
    return Floor(kept["scores"], kept.get("corpus", {}), kept.get("weights", {}))


def save(path: Path, floor: Floor) -> None:
    """Keep floors, rounded to four places."""
    scores = {k: round(v, 4) for k, v in floor.scores.items()}
    kept = {"scores": scores, "corpus": dict(floor.corpus), "weights": dict(floor.weights)}
    path.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def command(now: Callable[[], Floor], kept: Path, about: str | None) -> None:
    """A bench's command line: measure, print, and with `--keep` make what was measured the floors."""
    parse = argparse.ArgumentParser(description=about)
    parse.add_argument("--keep", action="store_true", help="write what was measured as floors")
    given = parse.parse_args()
    measured = now()
    if given.keep:
        save(kept, measured)


def sunk(floor: Floor, now: Floor) -> list[str]:
    """In words, what is lower than its floor, or not the same corpus or weights; empty if none."""
    out = []
    for name, least in floor.scores.items():
        got = now.scores.get(name)
        if got is None:
            out.append(f"{name}: not measured, floor {least:.3f}")
        elif got < least - SLACK:
            out.append(f"{name}: {got:.4f} is below its floor {least:.4f}")
    for name, value in floor.corpus.items():
        if name in now.corpus and now.corpus[name] != value:
            out.append(f"{name}: another corpus than the one the floor was measured on")
    for name, value in floor.weights.items():
        if now.weights.get(name) != value:
            out.append(f"{name}: the committed weights are not the ones that were measured")
    return out
