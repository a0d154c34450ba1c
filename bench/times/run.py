"""Scores the expressions of time against the public sets: found, found exactly, value right.

    python -m bench.times.run [--keep]

Each set is cut in two: the first two thirds, that the grammar was written on, and the rest, which
it was only tried on. The value is compared as the sets annotate it (TIMEX), among those found.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from bench import floors
from whence.dates import times
from whence.terms import Document, Time, When

HERE: Final = Path(__file__).parent
SETS: Final = {"wikiwars": False, "tweets": True}
"""Each set, and whether its documents' dates are dates of publication to count from."""

_COMPARABLE: Final = re.compile(r"(?!.*#)(?:-?\d{2,4}.*|BC\d+.*|P[\dT].*|(?:PRESENT|PAST)_REF)")
_HALVES: Final = {"MO": "06:00", "AF": "12:00", "EV": "17:00", "NI": "20:00", "DT": "06:00"}
_SEASONS: Final = {"03": "SP", "06": "SU", "09": "FA", "12": "WI"}


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated expression: where it stands, and its TIMEX value."""

    start: int
    end: int
    value: str


def main() -> None:
    """Prints the scores; with --keep, makes them the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="make these scores the floors")
    parser.add_argument("--misses", type=int, default=0, help="show so many wrong values")
    chosen = parser.parse_args()
    measured = now(chosen.misses)
    if chosen.keep:
        floors.save(HERE / "floors.json", measured)


def now(misses: int = 0) -> floors.Floor:
    """The scores of this code on the public sets; the last third of each is scored apart too."""
    kept: dict[str, float] = {}
    files = [floors.CORPORA / f"time_{name}" / "train.jsonl" for name in SETS]
    for path, (name, dated) in zip(files, SETS.items(), strict=True):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        cut = len(rows) * 2 // 3
        for part, these in (("seen", rows[:cut]), ("held out", rows[cut:]), ("all", rows)):
            found = scored(these, dated=dated, misses=misses if part == "seen" else 0)
            print(name, part, json.dumps(found))
            if part == "all":
                kept[f"{name} relaxed F1"] = found["relaxed_f1"]
                kept[f"{name} value"] = found["value"]
    return floors.Floor(kept, floors.corpus_hashes(files), {})


def scored(rows: Sequence[dict[str, Any]], *, dated: bool, misses: int = 0) -> dict[str, float]:
    """Relaxed and strict F1 of the extents, and the share of values right among those matched."""
    tally: Counter[str] = Counter()
    for row in rows:
        day = row["meta"]["dct"]
        document = Document(
            id="d", name=row["id"], text=row["text"], bytes_sha256="", media_type="text/plain",
            published=When(day, day, "stated") if dated else None,
        )  # fmt: skip
        gold = [Gold(g["start"], g["end"], g["value"]) for g in row["annotations"]["timex3"]]
        found = times(document)
        tally["gold"] += len(gold)
        tally["found"] += len(found)
        for one, each in _matched(gold, found):
            tally["matched"] += 1
            tally["exact"] += (one.start, one.end) == (each.start, each.end)
            if not _COMPARABLE.fullmatch(one.value) or ("REF" in one.value and not dated):
                continue
            tally["compared"] += 1
            right = _plain(one.value) in timex(each, day)
            tally["right"] += right
            if not right and tally["shown"] < misses:
                tally["shown"] += 1
                words = row["text"][max(0, one.start - 60) : one.end + 30].replace("\n", "/")
                print(one.value, each.first, each.last, each.duration, "|", words)
    return _ratios(tally)


def _ratios(tally: Counter[str]) -> dict[str, float]:
    size = max(1, tally["gold"] + tally["found"])
    return {
        "relaxed_f1": round(2 * tally["matched"] / size, 4),
        "strict_f1": round(2 * tally["exact"] / size, 4),
        "precision": round(tally["matched"] / max(1, tally["found"]), 4),
        "recall": round(tally["matched"] / max(1, tally["gold"]), 4),
        "value": round(tally["right"] / max(1, tally["compared"]), 4),
        "compared": round(tally["compared"] / max(1, tally["matched"]), 4),
        "gold": tally["gold"],
    }


def _matched(gold: Sequence[Gold], found: Sequence[Time]) -> Iterator[tuple[Gold, Time]]:
    """Pairs that overlap, each used once; an exact pair before any other."""
    left = list(gold)
    exact = {(one.start, one.end): one for one in gold}
    rest = []
    for each in found:
        one = exact.get((each.start, each.end))
        if one in left and one is not None:
            left.remove(one)
            yield one, each
        else:
            rest.append(each)
    for each in rest:
        over = [one for one in left if one.start < each.end and each.start < one.end]
        if over:
            left.remove(over[0])
            yield over[0], each


def _plain(value: str) -> str:
    """The value without the corpora's own additions: `-WXX-5`, `-XX-XX`."""
    value = re.sub(r"-WXX-\d", "", value)
    value = re.sub(r"(?:-XX)+$", "", value)
    before = re.fullmatch(r"BC(\d{4})(.*)", value)
    if before:
        return f"{1 - int(before[1]):05d}{before[2]}" if int(before[1]) > 1 else "0000" + before[2]
    return value


def timex(time: Time, day: str) -> set[str]:
    """The TIMEX values that our interval can be read as; `PRESENT_REF` and the like name no date."""
    values = {time.duration} if time.duration else set()
    first, last = time.first, time.last
    if first is None and last is None:
        return values or {"PRESENT_REF", "PAST_REF", "FUTURE_REF"}
    if first is None or last is None:
        one = first or last or ""
        values |= {one, one[:7], one[:4], "PAST_REF" if first is None else "FUTURE_REF"}
        return values
    if first == last == day:
        values.add("PRESENT_REF")
    if "T" in first:
        values |= {first, first.rstrip("Z")}
        values |= {first[:10] + "T" + half for half, hour in _HALVES.items() if hour == first[11:]}
        return values
    return values | _dates(first, last)


def _dates(first: str, last: str) -> set[str]:
    """The TIMEX values of a run of whole days."""
    values = {first} if first == last else set()
    year = first[: first.index("-", 1)]
    month = first[: len(year) + 3]
    if last.startswith(month):
        values.add(month)
    if last.startswith(year + "-"):
        values.add(year)
    if first[len(year) :] in {"-03-01", "-06-01", "-09-01", "-12-01"}:
        values.add(f"{year}-{_SEASONS[first[len(year) + 1 : len(year) + 3]]}")
    if first.startswith("-"):
        return values
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    quarter, half = (start.month + 2) // 3, (start.month + 5) // 6
    values |= {f"{year}-Q{quarter}", f"{year}-H{half}"}
    if end.year - start.year == 9:
        values.add(year[:3])
    if end.year - start.year == 99:
        values.add(f"{end.year // 100 - 1:02d}")
    if end - start <= timedelta(days=6):
        week = start.isocalendar()
        values |= {f"{week.year}-W{week.week:02d}", f"{week.year}-W{week.week:02d}-WE"}
    return values


if __name__ == "__main__":
    main()
