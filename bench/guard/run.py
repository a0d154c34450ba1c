"""Times what the guard costs: 1,000 clean pages read through the reading process, and without it.

    python -m bench.guard.run [--pages N]

The pages are invented and like those of a news site. The store is left out of both times, so that
what is measured is the guard alone. A ratio above 1.5 fails. On a busy machine the clock says little,
so the work of the processors is measured too, that of the reading process included.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from whence.ingest import gather, taken, worker

MOST: Final = 1.5
ROUNDS: Final = 3
_LINKS: Final = "".join(
    f"<li><a href='/{word}'>{word.title()}</a></li>" for word in "port sea sky".split()
)


def main() -> int:
    """Prints both times and their ratio; fails where the guard costs too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1_000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number in range(pages):
            (folder / f"{number:05}.html").write_text(page(number), encoding="utf-8")
        both = [
            (timed(lambda: bare(folder)), timed(lambda: guarded(folder))) for _ in range(ROUNDS)
        ]
    wall = min(each[1][0] for each in both) / min(each[0][0] for each in both)
    work = min(each[1][1] for each in both) / min(each[0][1] for each in both)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    for way, times in zip(("without", "through the guard"), zip(*both, strict=True), strict=True):
        fastest, least = (min(each) for each in zip(*times, strict=True))
        print(f"{pages} pages {way}: {fastest:.2f} s, of which {least:.2f} s at work")
    print(f"the guard costs {wall:.2f}× the time and {work:.2f}× the work")
    print(f"machine load while measured: {load:.1f} per processor")
    return 0 if min(wall, work) <= MOST else 1


def page(number: int) -> str:
    """An invented page of a news site, about 8,000 characters."""
    words = (
        f"The barge {number} was seen <b>twice</b> near the bar on Monday, the pilot said. "
        "“Nobody was hurt,” he told the Hook Herald, and the clerk &amp; the board agreed. "
    )
    body = "".join(f"<p>{words * 3}</p>" for _ in range(14))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Barge {number}</title>"
        f'<meta property="og:site_name" content="The Hook Herald"></head><body><nav><ul>{_LINKS}</ul>'
        f"</nav><article><h1>Barge {number}</h1>{body}</article><footer>The Herald</footer></body></html>"
    )


def timed(act: Callable[[], int]) -> tuple[float, float]:
    """The seconds that an act takes by the clock, and those that processors worked on it."""
    start, before = time.perf_counter(), sum(os.times()[:4])
    if not act():
        raise SystemExit("no page was read")
    return time.perf_counter() - start, sum(os.times()[:4]) - before


def guarded(folder: Path) -> int:
    """How many pages are taken through the reading process."""
    return sum(1 for _ in gather([folder]))


def bare(folder: Path) -> int:
    """How many pages are read in this very process, with nothing between."""
    count = 0
    for path in sorted(folder.iterdir()):
        raw = path.read_bytes()
        taken.as_taken(worker.answer("html", raw), raw, path.name, None)
        count += 1
    return count


if __name__ == "__main__":
    sys.exit(main())
