"""Claims out of given spans: `python -m bench.claims.run [OCCURRENCES.jsonl [--out FILE]] [--keep]`.

Each line of OCCURRENCES is {"doc", "start", "end", "speaker", "polarity"} with the document's "text",
or the words themselves as "words"; lines that share a "group" are compared with each other. With
"claim" given, the groups are scored (BCubed) beside average linkage on tf-idf. Without arguments
PolNeAR's hand-checked groups are scored: from given spans, from what is found in the texts of each
event (an occurrence not found stands alone), and the ranges of origins beside two plain rules.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench import floors
from whence import claims, origins, reader, resolve
from whence.claims import likeness
from whence.claims.grouping import groups as linked
from whence.clauses import sentences
from whence.dossier import analysis
from whence.judgements import likeness as alike
from whence.pile import Pile, attributions, pile
from whence.terms import (
    Attribution,
    Claim,
    Document,
    Entity,
    Extent,
    Extents,
    Reading,
    Stance,
    Telling,
    TellingStance,
    When,
    finding_id,
)

HERE = Path(__file__).parent
GOLD = floors.CORPORA / "polnear-clusters" / "groups.json"
TEXTS = ("train", "dev", "annotator-training")
TFIDF = 0.1  # the best threshold for the baseline on these very groups
STANCES: Mapping[str, tuple[Stance, TellingStance]] = {
    "asserts": ("asserts", "asserts"),
    "denies": ("denies", "denies"),
    "hedges": ("hedges", "hedges"),
}

Line = dict[str, Any]


def around(text: str, span: Extent) -> str:
    """The sentence that a span begins in, or the span where it is longer."""
    for start, end in sentences(text):
        if start <= span[0] < end:
            return text[start : max(end, span[1])]
    return text[span[0] : span[1]]


def prepared(lines: Sequence[Line]) -> tuple[list[claims.Said], reader.Floats]:
    """What is compared of each occurrence."""
    words, whole = [], []
    for line in lines:
        span = (line["start"], line["end"])
        words.append(line.get("words") or line["text"][span[0] : span[1]])
        whole.append(around(line["text"], span) if "text" in line else words[-1])
    said = []
    for each, line in zip(words, lines, strict=True):
        who = line.get("speaker") or ""
        said.append(claims.Said(each, who or None, line.get("polarity") == "denies"))
    return said, claims.blended(reader.vectors(words), reader.vectors(whole))


def baseline(said: Sequence[claims.Said]) -> list[list[int]]:
    """Average linkage on tf-idf of the words."""
    cuts = [likeness.cut(each) for each in said]
    pairs = list(itertools.combinations(range(len(said)), 2))
    none = np.zeros((len(said), 1), np.float32)
    table = likeness.features(cuts, none, pairs)
    column = likeness.FEATURES.index("terms")
    return linked(len(said), dict(zip(pairs, table[:, column].tolist(), strict=True)), TFIDF)


def bcubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """F1, precision and recall, averaged over occurrences (Bagga & Baldwin 1998)."""
    pairs = list(zip(gold, found, strict=True))
    golden, ours, both = Counter(gold), Counter(found), Counter(pairs)
    precision = sum(both[g, f] / ours[f] for g, f in pairs) / len(pairs)
    recall = sum(both[g, f] / golden[g] for g, f in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall), precision, recall


def clustered(lines: Sequence[Line], apart: bool = True) -> tuple[list[str], list[str]]:
    """For each occurrence the name of its cluster: ours, and the baseline's."""
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        kinds[str(line.get("group", "")) if apart else ""].append(i)
    ours, plain = [""] * len(lines), [""] * len(lines)
    for name, members in sorted(kinds.items()):
        said, meaning = prepared([lines[i] for i in members])
        for out, found in ((ours, claims.grouped(said, meaning)), (plain, baseline(said))):
            for number, group in enumerate(found):
                for each in group:
                    out[members[each]] = f"{name}#{number}"
    return ours, plain


def corpus() -> tuple[list[Line], list[Line]]:
    """PolNeAR's hand-checked groups: their occurrences with texts, and their claims."""
    texts = {}
    for name in TEXTS:
        path = floors.CORPORA / "polnear" / f"{name}.jsonl"
        for line in path.read_text("utf-8").splitlines():
            document = json.loads(line)
            texts[document["id"]] = document["text"]
    lines, claimed = [], []
    for group in json.loads(GOLD.read_text("utf-8")):
        pages = {each["doc"]: each["publisher"] for each in group["documents"]}
        for claim in group["claims"]:
            told = [
                {**each, "group": group["id"], "text": texts[each["doc"]],
                 "outlet": pages[each["doc"]]}
                for each in claim["occurrences"]
            ]  # fmt: skip
            lines += told
            claimed.append({**claim, "occurrences": told})
    return lines, claimed


def piles() -> Iterator[tuple[str, Pile]]:
    """The documents of each of PolNeAR's groups, read as a case of their own."""
    texts = {line["doc"]: line["text"] for line in corpus()[0]}
    for group in json.loads(GOLD.read_text("utf-8")):
        pages = []
        for each in group["documents"]:
            if each["doc"] in texts:
                day = each["publication_date"]
                pages.append(Document(each["doc"], each["doc"], texts[each["doc"]], "", "text/plain",
                                      "en", outlet=each["publisher"],
                                      published=When(day, day, "stated")))  # fmt: skip
        settled = resolve.resolve([analysis.read(each, ()) for each in pages], None, ())
        yield group["id"], pile(settled.readings, settled.entities)


def found() -> tuple[list[str], list[str]]:
    """For each occurrence of the gold its claim, and the claim of what was found in its place."""
    lines, _ = corpus()
    gold, ours = [], []
    for name, all_of in piles():
        told = [
            (at[each.attribution].doc, each.spans, claim.id)
            for at in [attributions(all_of)]
            for claim in claims.claims(all_of, analysis.vectors)
            for each in claim.tellings
        ]
        for number, line in enumerate(each for each in lines if each["group"] == name):
            gold.append(line["claim"])
            ours.append(f"{name}#{_told(line, told) or number}")
    return gold, ours


def _told(line: Line, told: Sequence[tuple[str, Extents, str]]) -> str | None:
    """The claim of the telling that has most in common with an occurrence."""
    span = (line["start"], line["end"])
    best, claim = 0.1, None
    for doc, spans, id in told:
        if doc == line["doc"] and (share := alike(spans, (span,))) > best:
            best, claim = share, id
    return claim


def right(low: int, high: int | None, gold: Line) -> bool:
    """Whether a range holds the gold's and is no wider than one, unless the gold's is."""
    least, most = gold["origins_min"], gold["origins_max"]
    held = low <= least and (high is None or high >= most)
    return held and high is not None and high - low <= max(1, most - least)


def counted(claim: Line) -> tuple[int, int | None]:
    """Our range of origins for one claim whose occurrences and speakers are given."""
    readings: defaultdict[str, list[Attribution]] = defaultdict(list)
    pages: dict[str, Document] = {}
    people: dict[str, Entity] = {}
    tellings = []
    for line in claim["occurrences"]:
        span = (line["start"], line["end"])
        own = line["speaker"].startswith("narrator")
        name = line["speaker"].split(" quoting ")[0]
        who = None if own else finding_id("entity", name)
        if who:
            people[who] = Entity(who, "person", not name.startswith("unnamed"), name)
        stance, telling = STANCES[line["polarity"]]
        id = finding_id("attribution", line["doc"], (span,))
        source = () if own else ((0, 1),)
        readings[line["doc"]].append(
            Attribution(
                id,
                line["doc"],
                "indirect",
                source,
                (),
                (span,),
                stance,
                "author" if own else "speaker",
                who,
            )
        )
        pages[line["doc"]] = Document(
            line["doc"], line["doc"], line["text"], "", "text/plain", outlet=line["outlet"]
        )
        tellings.append(Telling(id, (span,), telling))
    all_of = pile(
        [Reading(pages[doc], attributions=tuple(found)) for doc, found in readings.items()],
        people.values(),
    )
    found = origins.origins(all_of, [Claim("c", claim["claim"], tuple(tellings))], ())[0].origins
    assert found is not None
    return found.at_least, found.at_most


def now() -> floors.Floor:
    """The scores of this code on PolNeAR's groups."""
    lines, claimed = corpus()
    gold = [line["claim"] for line in lines]
    scores: dict[str, float] = {}
    for apart, where in ((True, "within each event"), (False, "all events together")):
        ours, plain = clustered(lines, apart)
        for clusters, how in ((ours, "ours"), (plain, "tf-idf, average linkage")):
            f1, precision, recall = bcubed(gold, clusters)
            print(f"BCubed {where:20s} {how:24s} {f1:.3f} (P {precision:.3f} R {recall:.3f})")
            if clusters is ours:
                scores[f"BCubed {where}"] = f1
    f1, precision, recall = bcubed(*found())
    print(
        f"BCubed as found              ours                     {f1:.3f} (P {precision:.3f} R {recall:.3f})"
    )
    scores["BCubed as found"] = f1
    rules = {
        "ours": [right(*counted(each), each) for each in claimed],
        "counting outlets": [
            each["origins_min"] <= n <= each["origins_max"]
            for each in claimed
            for n in [len({o["outlet"] for o in each["occurrences"]})]
        ],
        "always one": [each["origins_min"] <= 1 <= each["origins_max"] for each in claimed],
    }
    several = [each["origins_max"] > 1 for each in claimed]
    for how, verdicts in rules.items():
        many = [v for v, s in zip(verdicts, several, strict=True) if s]
        share, of_many = sum(verdicts) / len(verdicts), sum(many) / len(many)
        print(f"origins {how:20s} {share:.3f} right, {of_many:.3f} of those with two or more")
        if how == "ours":
            scores["origins"], scores["origins, two or more"] = share, of_many
    encoder = reader.MODELS / "encoder.onnx"
    return floors.Floor(
        scores, floors.corpus_hashes([GOLD]), {"encoder.onnx": floors.sha256(encoder)}
    )


def given(path: Path, out: Path | None) -> None:
    """Cluster the occurrences of a file; score them where they name their claim."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if any("text" not in line and "words" not in line for line in lines):
        known = {line["doc"]: line["text"] for line in corpus()[0]}
        lines = [{**line, "text": known[line["doc"]]} if "words" not in line else line
                 for line in lines]  # fmt: skip
    ours, plain = clustered(lines)
    if all("claim" in line for line in lines):
        gold = [line["claim"] for line in lines]
        for how, found in (("ours", ours), ("tf-idf, average linkage", plain)):
            f1, precision, recall = bcubed(gold, found)
            print(f"BCubed {how:24s} {f1:.3f} (P {precision:.3f} R {recall:.3f})")
    if out is not None:
        kept = [{k: v for k, v in line.items() if k != "text"} for line in lines]
        rows = [json.dumps({**line, "cluster": c}) for line, c in zip(kept, ours, strict=True)]
        out.write_text("\n".join(rows) + "\n", "utf-8")


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("occurrences", nargs="?", type=Path)
    parse.add_argument("--out", type=Path, help="write the occurrences with their clusters")
    parse.add_argument("--keep", action="store_true", help="write what was measured as floors")
    asked = parse.parse_args()
    if asked.occurrences:
        given(asked.occurrences, asked.out)
        return
    measured = now()
    if asked.keep:
        floors.save(HERE / "floors.json", measured)


if __name__ == "__main__":
    main()
