"""One finder over one file of articles, in a process of its own: `find.py FINDER IN OUT`.

OUT gets a line of what it took (CPU seconds of the call, peak memory of the process with the
articles in it, and what it held before the call) and then a line for each pair of spans.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Doc = tuple[str, str]
Pair = tuple[str, int, int, str, int, int]


def ours(documents: Sequence[Doc]) -> Iterator[Pair]:
    """What `whence.reuse.shared` finds."""
    from whence.reuse import shared

    found = shared(documents)
    return (
        (m.left.doc, m.left.start, m.left.end, m.right.doc, m.right.start, m.right.end)
        for m in found
    )


def datasketch(documents: Sequence[Doc]) -> Iterator[Pair]:
    """MinHash LSH over windows of 24 words, 12 apart, by their pairs of words; touching ones joined."""
    sketches: Any = importlib.import_module("datasketch")
    lsh = sketches.MinHashLSH(threshold=0.5, num_perm=64)
    spans: list[tuple[str, int, int]] = []
    joined: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for name, text in documents:
        tokens = list(re.finditer(r"\w+", text))
        words = [token[0].lower().encode() for token in tokens]
        pairs = [a + b" " + b for a, b in pairwise(words)]
        for at in range(0, max(len(words) - 12, 1), 12):
            piece = tokens[at : at + 24]
            if len(piece) < 12:
                continue
            sketch = sketches.MinHash(num_perm=64)
            sketch.update_batch(pairs[at : at + 23])
            for other in lsh.query(sketch):
                if spans[other][0] != name:
                    joined[spans[other][0], name].append((other, len(spans)))
            lsh.insert(len(spans), sketch)
            spans.append((name, piece[0].start(), piece[-1].end()))
    found = [pair for hits in joined.values() for pair in _joined(hits, spans)]
    return iter(found)


def _joined(hits: list[tuple[int, int]], spans: Sequence[tuple[str, int, int]]) -> list[Pair]:
    """Window pairs whose windows follow each other on both sides, as one pair of spans."""
    runs: list[list[tuple[int, int]]] = []
    for one, other in sorted(hits):
        for run in runs:
            if abs(one - run[-1][0]) <= 2 and abs(other - run[-1][1]) <= 2:
                run.append((one, other))
                break
        else:
            runs.append([(one, other)])
    found = []
    for run in runs:
        lefts, rights = [spans[a] for a, _ in run], [spans[b] for _, b in run]
        left = (lefts[0][0], min(s for _, s, _ in lefts), max(e for _, _, e in lefts))
        right = (rights[0][0], min(s for _, s, _ in rights), max(e for _, _, e in rights))
        found.append((*left, *right))
    return found


def peak() -> float:
    """The most memory this process has held, in MB; getrusage would count its parent's as well."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


FINDERS = {"ours": ours, "datasketch": datasketch}


def main(finder: str, source: str, target: str) -> None:
    """Run the finder, and write what it found and what it took."""
    with Path(source).open(encoding="utf-8") as lines:
        documents = [(each["id"], each["text"]) for each in map(json.loads, lines)]
    if finder == "ours":
        import whence.reuse  # noqa: F401
    held = peak()
    begun = time.process_time()
    found = FINDERS[finder](documents)
    seconds = time.process_time() - begun
    most = peak()
    with Path(target).open("w", encoding="utf-8") as out:
        out.write(json.dumps({"seconds": seconds, "megabytes": most, "held": held}) + "\n")
        out.writelines(json.dumps(pair) + "\n" for pair in found)


if __name__ == "__main__":
    main(*sys.argv[1:])
