"""Who is said to have copied whom, on planted copies of narration and on what only looks like it.

`python -m bench.copies.run [--each 12] [--list]`; `--keep` writes floors.json.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench import floors
from bench.copies.planted import COPIES, EACH, OTHERS, Planted, planted
from whence import resolve, reuse
from whence.dossier import analysis
from whence.pile import pile
from whence.stemma import stemma
from whence.terms import Edge

HERE = Path(__file__).parent
CORPUS = floors.CORPORA / "allsides" / "articles-9k.jsonl.gz"
SEED = 20171


def drawn(made: Planted) -> list[Edge]:
    """The edges of copying and translating between the planted articles, as Whence draws them."""
    readings = [analysis.read(each, ()) for each in made.documents]
    settled = resolve.resolve(readings, None, ())
    by_id = {each.document.id: each for each in settled.readings}
    passages = reuse.passages([each.document for each in settled.readings], by_id)
    found = stemma(pile(settled.readings, settled.entities, passages)).edges
    return [e for e in found if e.kind in ("copies", "translates") and e.exemplar in by_id]


def scores(made: Planted, found: Sequence[Edge]) -> dict[str, float]:
    """How many copies are found, how many with the right direction, and how many edges are right."""
    want = {(each.exemplar, each.copy): each.how for each in made.copies}
    sure = {(e.exemplar, e.copy) for e in found if e.certain}
    shown = {(e.exemplar, e.copy) for e in found}
    either = shown | {(b, a) for a, b in shown}
    out: dict[str, float] = {}
    for how in COPIES:
        mine = [pair for pair, way in want.items() if way == how]
        out[f"{how}: found"] = sum(pair in either for pair in mine) / len(mine)
        out[f"{how}: from the right one"] = sum(pair in shown for pair in mine) / len(mine)
    del out["bare: from the right one"]  # nothing shows it
    # articles that both have a text which is not here look just like a copy: unsure edges may stand
    open_ = {pair for pair, kind in made.others.items() if kind == "lost"}
    doubtful = want.keys() | open_
    false = [pair for pair in shown if not ({pair, pair[::-1]} & doubtful)]
    wrong = [pair for pair in sure if pair not in want]
    out["edges that are copies"] = 1 - len(false) / max(1, len(shown))
    out["certain edges that are right"] = 1 - len(wrong) / max(1, len(sure))
    for kind in OTHERS:
        pairs = [pair for pair, way in made.others.items() if way == kind]
        out[f"{kind}: no certain edge"] = 1 - sum(
            bool({pair, pair[::-1]} & sure) for pair in pairs
        ) / max(1, len(pairs))
    return out


def mistaken(made: Planted, found: Sequence[Edge]) -> list[str]:
    """In words, every edge that should not be there or is not as it should be."""
    want = {(each.exemplar, each.copy): each.how for each in made.copies}
    kinds: Mapping[tuple[str, str], str] = defaultdict(
        lambda: "nothing planted",
        {**made.others, **{(b, a): k for (a, b), k in made.others.items()}},
    )
    lines = []
    for e in found:
        pair = e.exemplar, e.copy
        if pair not in want:
            turned = want.get(pair[::-1])
            what = f"turned round ({turned})" if turned else kinds[pair]
            lines.append(f"{e.exemplar} > {e.copy} certain={e.certain} {what}: {e.why}")
    shown = {(e.exemplar, e.copy) for e in found}
    lines += [f"missed {a} > {b} {how}" for (a, b), how in want.items()
              if not {(a, b), (b, a)} & shown]  # fmt: skip
    return lines


def now(each: int = EACH, listed: bool = False) -> floors.Floor:
    """The scores of this code; with `listed`, every mistake is printed too."""
    made = planted(CORPUS, SEED, each)
    found = drawn(made)
    if listed:
        print("\n".join(mistaken(made, found)))
    found_scores = scores(made, found)
    for name, value in found_scores.items():
        print(f"{name:34s} {value:.3f}")
    return floors.Floor(found_scores, floors.corpus_hashes([CORPUS]), {})


def main() -> None:
    """Print the scores; `--keep` makes them the floors."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--each", type=int, default=EACH, help="copies of every kind")
    asked.add_argument("--list", action="store_true", help="print every mistake")
    asked.add_argument("--keep", action="store_true", help="write floors.json")
    given = asked.parse_args()
    measured = now(given.each, given.list)
    if given.keep:
        floors.save(HERE / "floors.json", measured)


if __name__ == "__main__":
    main()
