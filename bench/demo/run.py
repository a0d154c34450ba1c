"""How well the invented demo pile is read, against its gold: `python -m bench.demo.run [--keep]`.

Everything goes through the export, as a user's case would. Needs no corpus, so the gate runs it
everywhere.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import floors
from bench.attribution.score import count, pairs, relaxed, summed, triples
from bench.goldfile import resolve_gold
from whence import reader
from whence.dossier import Dossier
from whence.export import jsonl

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "examples" / "sluice"
Line = Mapping[str, Any]


def exported() -> list[dict[str, Any]]:
    """The demo pile, read and exported."""
    with (
        tempfile.TemporaryDirectory() as room,
        Dossier.open(Path(room) / "demo.whence", create=True) as case,
    ):
        case.add([DEMO / "pile"])
        case.analyse()
        return [json.loads(line) for line in jsonl(case)]


def of(lines: Iterable[Line], kind: str, doc: str) -> list[Line]:
    """The lines of one type and document."""
    return [line for line in lines if line["type"] == kind and line["doc"] == doc]


def roles_alike(text: str, gold: Sequence[Line], found: Sequence[Line]) -> tuple[int, int]:
    """How many of a text's words have the gold's block role, of how many that the gold labels."""

    def roles(blocks: Sequence[Line]) -> dict[int, str]:
        parents = {b["within"] for b in blocks if b.get("within")}
        leaves = [b for b in blocks if b.get("id") not in parents]
        return {i: b["role"] for b in leaves for i in range(b["start"], b["end"])}

    want, have = roles(gold), roles(found)
    letters = [i for i, char in enumerate(text) if char.isalnum() and i in want]
    return sum(want[i] == have.get(i) for i in letters), len(letters)


def proper(lines: Sequence[Line]) -> list[Line]:
    """Attributions with a cue: somebody's words, marked as such."""
    return [line for line in lines if line["cue"]]


def measure(gold: Sequence[Line], found: Sequence[Line]) -> dict[str, float]:
    """Scores of an export of the demo."""
    texts = {d["id"]: d["text"] for d in found if d["type"] == "document"}
    names = {d["name"]: d["id"] for d in found if d["type"] == "document" and d["read"]}
    alike = letters = stances = matched = stolen = nested = nests = 0
    counts: Counter[tuple[str, str]] = Counter()
    for name, doc in names.items():
        mine, theirs = of(found, "attribution", doc), of(gold, "attribution", name)
        a, b = roles_alike(texts[doc], of(gold, "block", name), of(found, "block", doc))
        alike, letters = alike + a, letters + b
        g, p = proper(theirs), proper(mine)
        left, right = triples(texts[doc], g), triples(texts[doc], p)
        counts += count(left, right)
        both = pairs(left, right, relaxed)
        stances += sum(g[i]["stance"] == p[j]["stance"] for i, j in both)
        nests += sum(bool(each["within"]) for each in g)
        nested += sum(bool(g[i]["within"]) and bool(p[j]["within"]) for i, j in both)
        matched += len(both)
        stolen += _stolen(of(gold, "block", name), mine)
    score = dict(summed(counts))
    return {
        "block roles": alike / letters,
        "attributions relaxed F1": score["relaxed"].f1,
        "attributions relaxed precision": score["relaxed"].precision,
        "stance of those matched": stances / max(1, matched),
        "nested found nested": nested / max(1, nests),
        "comments kept from the outlets": 1.0 if not stolen else 0.0,
    }


def _stolen(blocks: Sequence[Line], found: Sequence[Line]) -> int:
    """How many readers' comments were given to the outlet as its own claim."""
    comments = [(b["start"], b["end"]) for b in blocks if b["role"] == "comment"]
    return sum(
        f["voice"] in ("author", "outlet") and any(a <= f["content"][0][0] < b for a, b in comments)
        for f in found
    )


def now() -> floors.Floor:
    """The scores of this code and these weights on the demo."""
    found = exported()
    texts = {d["name"]: d["text"] for d in found if d["type"] == "document"}
    scores = measure(resolve_gold(DEMO / "gold.jsonl", texts), found)
    for name, value in scores.items():
        print(f"{name:34s} {value:.3f}")
    return floors.Floor(scores, floors.corpus_hashes([DEMO / "gold.jsonl"]), dict(reader.hashes()))


if __name__ == "__main__":
    floors.command(now, HERE / "floors.json", __doc__)
