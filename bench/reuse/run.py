"""How well and how fast planted passages are found.

`python -m bench.reuse.run [--articles 10000] [--beside]`; `--keep` writes floors.json.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bench import floors
from bench.reuse.find import Pair
from bench.reuse.planted import Doc, Plant, articles, plant

HERE = Path(__file__).parent

CORPUS = floors.CORPORA / "allsides" / "articles-9k.jsonl.gz"
SEED = 20171

RUN = 6  # equal words in a row that show two spans to be about the same words

Side = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What a finder found, and what it took."""

    pairs: list[Pair]
    seconds: float
    megabytes: float
    held: float


def measured(finder: str, documents: Sequence[Doc], folder: Path) -> Found:
    """The finder run in a process of its own over these documents."""
    source, target = folder / "articles.jsonl", folder / "found.jsonl"
    with source.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps({"id": name, "text": text}) + "\n" for name, text in documents)
    subprocess.run([sys.executable, HERE / "find.py", finder, source, target], check=True)
    with target.open(encoding="utf-8") as lines:
        took = json.loads(next(lines))
        return Found([tuple(json.loads(line)) for line in lines], **took)


def words(text: str) -> list[str]:
    """The words by the plainest rule: letters and figures, in small letters, “U.S.” one word."""
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\b[a-z])\.(?=[a-z]\b)", "", text.lower()))


def overlap(one: Side, other: Side) -> float:
    """Characters in both spans, as a share of the characters in either."""
    both = min(one[2], other[2]) - max(one[1], other[1])
    if one[0] != other[0] or both <= 0:
        return 0.0
    return both / (max(one[2], other[2]) - min(one[1], other[1]))


class Judge:
    """Tells what a found pair is: a planted passage, one that was there before, or neither."""

    def __init__(self, base: Sequence[Doc], plants: Sequence[Plant], docs: Sequence[Doc]) -> None:
        self.into = {each.target: each for each in plants}
        self.base, self.docs = dict(base), dict(docs)
        self.plain = lru_cache(maxsize=4000)(self._plain)

    def _plain(self, doc: str) -> str:
        return f" {' '.join(words(self.base[doc]))} "

    def planted(self, pair: Pair) -> Plant | None:
        """The plant that this pair lies in by more than half, on both sides."""
        for one, other in ((pair[:3], pair[3:]), (pair[3:], pair[:3])):
            put = self.into.get(other[0])
            if put and put.source == one[0]:
                given = min(one[2], put.end) - max(one[1], put.start)
                taken = min(other[2], put.stop) - max(other[1], put.at)
                if 2 * given >= one[2] - one[1] and 2 * taken >= other[2] - other[1]:
                    return put
        return None

    def natural(self, pair: Pair) -> bool:
        """Whether a run of words that both spans share stood on both sides before the splicing.

        The articles repeat each other, and themselves: that is no fault of the finder. For words
        inside a spliced passage, the side is the article that they were taken from.
        """
        left, right = (words(self.docs[doc][a:b]) for doc, a, b in (pair[:3], pair[3:]))
        runs = {tuple(left[at : at + RUN]) for at in range(len(left) - RUN + 1)}
        for at in range(len(right) - RUN + 1):
            if tuple(right[at : at + RUN]) in runs:
                run = f" {' '.join(right[at : at + RUN])} "
                if self._stood(run, pair[0]) and self._stood(run, pair[3]):
                    return True
        return False

    def _stood(self, run: str, doc: str) -> bool:
        put = self.into.get(doc)
        return run in self.plain(doc) or (put is not None and run in self.plain(put.source))


def scores(
    found: Found, base: Sequence[Doc], plants: Sequence[Plant], docs: Sequence[Doc]
) -> dict[str, float]:
    """Recall, span overlap, precision, speed and memory."""
    judge = Judge(base, plants, docs)
    best: dict[str, tuple[float, float]] = {}
    right = wrong = 0
    for pair in found.pairs:
        put = judge.planted(pair)
        if put is None:
            wrong += not judge.natural(pair)
            continue
        right += 1
        given, taken = (put.source, put.start, put.end), (put.target, put.at, put.stop)
        sides = (pair[:3], pair[3:]) if pair[0] == put.source else (pair[3:], pair[:3])
        fits = (overlap(sides[0], given), overlap(sides[1], taken))
        best[put.target] = max(best.get(put.target, (0.0, 0.0)), fits, key=min)
    hits = [fits for fits in best.values() if min(fits) >= 0.5]
    return {
        "recall": round(len(hits) / len(plants), 4),
        "overlap": round(sum(sum(fits) / 2 for fits in hits) / max(len(hits), 1), 4),
        "precision": round(right / max(right + wrong, 1), 4),
        "articles_per_second": round(len(docs) / found.seconds, 1),
        "seconds": round(found.seconds, 3),
        "megabytes": round(found.megabytes),
        "of_it_articles": round(found.held),
        "planted": len(plants),
        "found": len(found.pairs),
        "false": wrong,
    }


def measure(count: int, beside: bool = False) -> dict[str, dict[str, float]]:
    """The scores over so many articles, ours and (on the first 1,000) datasketch's."""
    base = articles(CORPUS, count, SEED)
    docs, plants = plant(base, SEED)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        result = {"ours": scores(measured("ours", docs, folder), base, plants, docs)}
        if beside:
            few = base[:1000]
            spliced, put = plant(few, SEED)
            for finder in ("datasketch", "ours"):
                found = measured(finder, spliced, folder)
                result[f"{finder} on 1,000"] = scores(found, few, put, spliced)
    return result


def now(count: int = 1000) -> floors.Floor:
    """What the gate compares with floors.json: how well, on 1,000 articles; speed is not gated."""
    ours = measure(count)["ours"]
    kept = {name: ours[name] for name in ("recall", "overlap", "precision")}
    return floors.Floor(kept, floors.corpus_hashes([CORPUS]), {})


def main() -> None:
    """Print the scores as one JSON object; `--keep` keeps those on 1,000 articles as floors."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=1000)
    asked.add_argument("--beside", action="store_true", help="run datasketch on 1,000 as well")
    asked.add_argument("--keep", action="store_true", help="write floors.json")
    given = asked.parse_args()
    if given.keep:
        floors.save(HERE / "floors.json", now())
    else:
        print(json.dumps(measure(given.articles, given.beside), indent=1))


if __name__ == "__main__":
    main()
