"""Names of persons, organisations and places: strict F1 on UNER-EWT dev. `… [--keep]`.

A name counts when its kind and both ends are right (CoNLL rule). Asked of the reader itself.
"""

from __future__ import annotations

import json
from pathlib import Path

from bench import floors
from whence import reader

HERE = Path(__file__).parent
GOLD = floors.CORPORA / "ner_uner_ewt" / "dev.jsonl"
KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def now() -> floors.Floor:
    """The scores of these weights on UNER-EWT's development split."""
    both = gold = found = 0
    for line in GOLD.read_text("utf-8").splitlines():
        doc = json.loads(line)
        want = {(e["start"], e["end"], KINDS[e["type"]]) for e in doc["annotations"]["entities"]}
        have = {(n.start, n.end, n.kind) for n in reader.read(doc["text"]).names}
        both, gold, found = both + len(want & have), gold + len(want), found + len(have)
    precision, recall = both / max(1, found), both / gold
    f1 = 2 * both / (gold + found)
    print(f"names: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} (gold {gold})")
    return floors.Floor({"strict F1": f1}, floors.corpus_hashes([GOLD]), dict(reader.hashes()))


if __name__ == "__main__":
    floors.command(now, HERE / "floors.json", __doc__)
