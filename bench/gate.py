"""The quality gate: no score may sink below its floor. `python -m bench.gate [--all]`.

The demo is measured everywhere. Where the corpora are present their hashes must be those the floors
were measured on, and the cheap benches run; `--all` runs every bench. The committed weights must be
the ones that were measured.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import floors
from bench.attribution import run as attribution
from bench.claims import run as claims
from bench.copies import run as copies
from bench.demo import run as demo
from bench.names import run as names
from bench.places import run as places
from bench.reuse import run as reuse
from bench.speakers import run as speakers
from bench.stance import run as stance
from bench.times import run as times
from bench.web import run as web

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Bench:
    """One thing measured: how, and whether it needs the corpora."""

    now: Callable[[], floors.Floor]
    corpora: bool = True
    slow: bool = False


BENCHES = {
    "demo": Bench(demo.now, corpora=False),
    "web": Bench(web.now, corpora=False, slow=True),
    "stance": Bench(stance.now),
    "attribution": Bench(attribution.now),
    "names": Bench(names.now),
    "speakers": Bench(speakers.now),
    "times": Bench(times.now),
    "places": Bench(places.now),
    "reuse": Bench(reuse.now),
    "claims": Bench(claims.now),
    "copies": Bench(copies.now),
}


def main() -> int:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--all", action="store_true", help="the slow benches too")
    given = parse.parse_args()
    passed = failed = 0
    for name, bench in BENCHES.items():
        kept = HERE / name / "floors.json"
        if bench.corpora and not floors.CORPORA.exists():
            print(f"== {name}: not measured, the corpora are not here")
            continue
        if bench.slow and not given.all:
            continue
        print(f"== {name}", flush=True)
        problems = floors.sunk(floors.load(kept), bench.now())
        for each in problems:
            print(f"   SUNK {each}")
        passed, failed = passed + (not problems), failed + bool(problems)
    print(f"gate: {passed} passed, {failed} failed")  # a line that CI reads
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
