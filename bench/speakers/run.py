"""Scores who a source is, where the page names that person somewhere, on speakers drawn from GUM.

    python -m bench.speakers.run [--keep] [--misses]

The sources are given, so that only the resolving is measured. *Right*: the entity has one of the
names that the annotators linked the source to. *Wrong*: it bears another name. The rest is left
open, which is no error but helps nobody. First persons of transcripts without names before the
turns cannot be known from the words; they count all the same, and are shown apart: going through
the misses one by one, somebody who has only the words could settle about four sources in five. It
also says what share of the time of reading, in processor seconds, resolving takes.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any, Final

from bench import floors
from whence import attribute, reader, segment
from whence.resolve import Resolved, resolve
from whence.terms import Attribution, Document, Extent, Extents, Reading, finding_id

HERE: Final = Path(__file__).parent
GOLD: Final = floors.CORPORA / "gum_speakers" / "dev.jsonl"
TEXTS: Final = floors.CORPORA / "gum" / "dev.jsonl"
Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source, and whether it was brought to the right name, a wrong one, or none."""

    item: Item
    verdict: str
    named: str | None
    why: str


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--keep", action="store_true", help="write what was measured as floors")
    parse.add_argument("--misses", action="store_true", help="list what is not right")
    chosen = parse.parse_args()
    measured = now(misses=chosen.misses)
    if chosen.keep:
        floors.save(HERE / "floors.json", measured)


def now(misses: bool = False) -> floors.Floor:
    """The scores of this code and these weights on the development split."""
    pace = Pace()
    found = outcomes(GOLD, TEXTS, reader.Models.open() if reader.available() else None, pace)
    scores = shares(found)
    share = pace.resolving / max(pace.reading, 1e-9)
    times = 1000 / max(1, pace.articles)
    print(f"1,000 articles: read in {pace.reading * times:.0f} s, resolved in {pace.resolving * times:.0f} s "
          f"of one processor ({share:.2f} of it)")  # fmt: skip
    scores["resolving takes under a quarter of reading"] = float(share < 0.25)
    for name, value in scores.items():
        print(f"{name:44s} {value:.3f}")
    for each in found if misses else ():
        if each.verdict != "right":
            item = each.item
            print(
                f"{each.verdict} {item['doc']} “{item['mention_text']}” → {each.named} ({each.why})"
            )
    weights = {name: digest for name, digest in reader.hashes() if name != "encoder.onnx"}
    return floors.Floor(scores, floors.corpus_hashes([GOLD, TEXTS]), weights)


@dataclass(slots=True)
class Pace:
    """Processor seconds, all threads together, that reading and resolving took."""

    reading: float = 0.0
    resolving: float = 0.0
    articles: int = 0


def outcomes(
    items: Path, texts: Path, models: reader.Models | None, pace: Pace | None = None
) -> list[Outcome]:
    """Every source of the set whose person is named somewhere, resolved and judged."""
    pace = pace or Pace()
    by_doc: dict[str, list[Item]] = defaultdict(list)
    for line in items.read_text("utf-8").splitlines():
        item = json.loads(line)
        by_doc[item["doc"]].append(item)
    out: list[Outcome] = []
    for line in texts.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in by_doc:
            out += _judged(row["id"], row["text"], by_doc[row["id"]], models, pace)
    return out


def _judged(
    doc: str, text: str, items: Sequence[Item], models: reader.Models | None, pace: Pace
) -> list[Outcome]:
    start = process_time()
    reading, ids = given(doc, text, items, models)
    read = process_time()
    done = resolve([reading])
    pace.reading, pace.resolving = (
        pace.reading + read - start,
        pace.resolving + process_time() - read,
    )
    pace.articles += 1
    return [
        _outcome(item, done, ids[n]) for n, item in enumerate(items) if item["named_mentions"]
    ]  # fmt: skip


def given(
    doc: str,
    text: str,
    items: Sequence[Item],
    models: reader.Models | None,
    read: reader.Read | None = None,
) -> tuple[Reading, list[str]]:
    """A reading in which the sources are those of the set; everything else is the reader's."""
    document = Document(doc, doc, text, "", "text/plain", "en")
    blocks = segment.blocks(document, ())
    document = segment.masthead(document, blocks)
    sources: list[Attribution] = []
    for item in items:
        mention: Extent = tuple(item["speaker_mention"])
        content: Extents = tuple(sorted({(a, b) for a, b in item["content"]}))
        cue: Extents = ((mention[1], mention[1] + 1),)
        id = finding_id("attribution", doc, (mention,), cue, content)
        sources.append(
            Attribution(
                id, doc, "indirect", (mention,), cue, content or ((mention[1], mention[1] + 1),)
            )
        )
    seen = read or (reader.read(text, models) if models else reader.Read((), (), ()))
    mentions = attribute._mentions(document, sources, seen)
    links = tuple(attribute._antecedents(sources, seen))
    reading = Reading(document, tuple(blocks), tuple(sources), mentions, sources=links)
    return reading, [each.id for each in sources]


def _outcome(item: Item, done: Resolved, id: str) -> Outcome:
    reading = done.readings[0]
    said = next(a for a in reading.attributions if a.id == id)
    entity = next((e for e in done.entities if e.id == said.speaker), None)
    why = next((n.why for n in done.notes if n.finding == id), "")
    if entity is None or not entity.named:
        return Outcome(item, "open", entity.name if entity else None, why)
    names = [tuple(each) for each in item["named_mentions"]]
    own = tuple(item["speaker_mention"])
    spans = [(m.start, m.end) for m in reading.mentions if m.entity == entity.id]
    spans = [s for s in spans if s != own or item["form"] == "named"]
    right = any(_same_words(span, name) for span in spans for name in names)
    return Outcome(item, "right" if right else "wrong", entity.name, why)


def _same_words(left: Extent, right: Extent) -> bool:
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return shared > 0 and shared * 2 >= min(left[1] - left[0], right[1] - right[0])


def shares(found: Sequence[Outcome]) -> dict[str, float]:
    """Shares of right and not wrong, over all and over each kind of source."""
    out: dict[str, float] = {}
    first = {"i", "me", "my", "we", "us", "our", "you", "your", "yours"}
    slices = {
        "all": list(found),
        "news": [f for f in found if f.item["genre"] == "news"],
        "not first or second person": [f for f in found if f.item["mention_text"].casefold() not in first],
        "third person pronouns": [f for f in found if f.item["form"] == "pronoun"
                                  and f.item["mention_text"].casefold() not in first],
        "names": [f for f in found if f.item["form"] == "named"],
    }  # fmt: skip
    for name, part in slices.items():
        count = Counter(f.verdict for f in part)
        total = max(1, len(part))
        out[f"{name}: right"] = count["right"] / total
        out[f"{name}: no wrong name"] = 1 - count["wrong"] / total
    return out


__all__ = ["Outcome", "given", "outcomes", "shares"]

if __name__ == "__main__":
    main()
