"""Attribution scores through the export: `python -m bench.attribution.run [GOLD EXPORT] [--keep]`.

Without arguments the development split of PolNeAR is read into a dossier, exported as JSON Lines
and scored; `--keep` then writes floors.json. With arguments an export is scored against gold lines
{"text", "annotations": [{"source", "cue", "content"}]}; documents are paired by their text.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench import floors
from bench.attribution.score import Triple, count, pairs, relaxed, summed, triples
from whence import reader
from whence.dossier import Dossier
from whence.export import jsonl

HERE = Path(__file__).parent
GOLD = floors.CORPORA / "polnear" / "dev.jsonl"
SHOWN = ("relaxed", "exact", "content", "source span", "cue span", "content span")


def export_of(texts: Iterable[str]) -> list[dict[str, Any]]:
    """The export of a dossier that holds these texts, read back from its JSON Lines."""
    with tempfile.TemporaryDirectory() as room:
        pile = Path(room) / "pile.jsonl"
        lines = (json.dumps({"text": t, "published": None}) for t in texts)
        pile.write_text("\n".join(lines) + "\n", "utf-8")
        with Dossier.open(Path(room) / "bench.whence", create=True) as case:
            case.add([pile])
            case.analyse()
            return [json.loads(line) for line in jsonl(case)]


def proper(lines: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Attributions with a cue, by the text of their document (writers' own assertions left out)."""
    by_id = {line["id"]: line["text"] for line in lines if line["type"] == "document"}
    out: dict[str, list[Mapping[str, Any]]] = {text: [] for text in by_id.values()}
    for line in lines:
        if line["type"] == "attribution" and line["cue"]:
            out[by_id[line["doc"]]].append(line)
    return out


def reliability(
    pairs_of: Iterable[tuple[list[Triple], list[Triple]]],
) -> list[tuple[float, float, int]]:
    """A reliability diagram: mean confidence, share right, and how many, in ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for gold, found in pairs_of:
        right = {j for _, j in pairs(gold, found, relaxed)}
        for j, each in enumerate(found):
            bins[min(9, int(each.confidence * 10))].append((each.confidence, j in right))
    return [
        (sum(c for c, _ in b) / len(b), sum(r for _, r in b) / len(b), len(b)) for b in bins if b
    ]


def joined(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The export's attributions with two speakers of one verb as one source in pieces (the format
    makes two attributions of “A and B said”, PolNeAR one)."""
    out: dict[tuple[str, str], dict[str, Any]] = {}
    for each in found:
        key = json.dumps(each["cue"]), json.dumps(each["content"])
        kept = out.setdefault(key, dict(each) | {"source": []})
        kept["source"] = sorted([*kept["source"], *each["source"]])
    return list(out.values())


def edged(text: str, annotation: Mapping[str, Any]) -> dict[str, Any]:
    """A gold attribution with the export's edges: content without a leading “that”
    (the format leaves it out, PolNeAR keeps it in)."""
    content = [list(piece) for piece in annotation["content"]]
    for piece in content:
        lead = re.compile(r"\s*that\s+(?=\S)", re.I).match(text, *piece)
        if lead:
            piece[0] = lead.end()
    return dict(annotation) | {"content": content}


def measure(gold: Path, export: list[dict[str, Any]]) -> tuple[dict[str, float], str]:
    """Scores by name, and a table for people."""
    found_in = proper(export)
    counts: Counter[tuple[str, str]] = Counter()
    both = []
    for line in gold.read_text("utf-8").splitlines():
        doc = json.loads(line)
        wanted = [edged(doc["text"], each) for each in doc["annotations"]]
        g = [t for t in triples(doc["text"], wanted) if t.content]
        p = triples(doc["text"], joined(found_in.get(doc["text"], [])))
        counts += count(g, p)
        both.append((g, p))
    rows = [f"{'':24s} precision recall     F1   gold  found"]
    scores = {}
    for name, score in summed(counts):
        rows.append(f"{name:24s} {score.precision:9.3f} {score.recall:6.3f} {score.f1:6.3f} "
                    f"{score.gold:6d} {score.found:6d}")  # fmt: skip
        if name in SHOWN:
            scores[f"{name} F1"] = score.f1
        if name == "relaxed":
            scores["relaxed precision"] = score.precision
    rows.append("reliability (mean confidence, share right, how many):")
    rows += [f"  {c:.2f} {'█' * round(40 * r):40s} {r:.2f} {n}" for c, r, n in reliability(both)]
    return scores, "\n".join(rows)


def now() -> floors.Floor:
    """The scores of this code and these weights on PolNeAR's development split."""
    texts = [json.loads(line)["text"] for line in GOLD.read_text("utf-8").splitlines()]
    began = time.monotonic()
    scores, table = measure(GOLD, export_of(texts))
    print(table)
    print(f"{len(texts)} documents in {time.monotonic() - began:.0f} s")
    return floors.Floor(scores, floors.corpus_hashes([GOLD]), dict(reader.hashes()))


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("files", nargs="*", type=Path, metavar="GOLD EXPORT")
    parse.add_argument("--keep", action="store_true", help="write what was measured as floors")
    given = parse.parse_args()
    if len(given.files) == 2:
        lines = given.files[1].read_text("utf-8").splitlines()
        print(measure(given.files[0], [json.loads(line) for line in lines])[1])
        return
    measured = now()
    if given.keep:
        floors.save(HERE / "floors.json", measured)


if __name__ == "__main__":
    main()
