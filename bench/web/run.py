"""How fast the workbench is on a thousand invented articles: `python -m bench.web.run [--keep]`.

One reader opens every page again and again while decisions come in between (after each of them
nothing that was kept of a page may be shown), then twenty readers at once, through a socket.

A machine that is slow or busy must not fail the gate, nor a quick one pass what is slow: between
the pages a fixed piece of work is timed, and what counts is the wait on a machine that does this
work in `PACE` seconds. Both are printed, what counts first, then what the clock said.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench import floors
from bench.web.invented import case

HERE = Path(__file__).parent
SERVER = """
import sys
from pathlib import Path
import uvicorn
from whence import web
listening = web.listen(0)
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(web.app(Path(sys.argv[1]), compare=False), log_level="error")).run(
    sockets=[listening])
"""
ALONE, CROWD, LONG, ASSETS = 0.200, 0.500, 0.300, 300_000
READERS, ROUNDS = 20, 12
PACE = 0.0025
"""Seconds that `pace` takes on the two cores that the limits were set for, while they are idle."""


@contextmanager
def serving(path: Path) -> Iterator[int]:
    """The port on which the workbench of this case is served by another process."""
    with subprocess.Popen([sys.executable, "-c", SERVER, str(path)], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        yield int(run.stdout.readline())
        run.terminate()


def got(
    link: HTTPConnection, address: str, form: Mapping[str, str] | None = None
) -> tuple[float, str]:
    """Seconds until the whole answer is there, and the answer."""
    began = time.perf_counter()
    if form is None:
        link.request("GET", address)
    else:
        origin = {"origin": f"http://{link.host}:{link.port}"}
        kind = {"content-type": "application/x-www-form-urlencoded"}
        link.request("POST", address, urlencode(form), origin | kind)
    answer = link.getresponse()
    page = answer.read().decode(errors="replace")
    took = time.perf_counter() - began
    if answer.status not in (200, 303):
        raise RuntimeError(f"{address}: {answer.status} {page[:300]}")
    return took, page


def joined(port: int) -> HTTPConnection:
    return HTTPConnection("127.0.0.1", port, timeout=120)


LISTS = (
    "/", "/claims", "/claims?part=9", "/documents", "/documents?part=5", "/speakers",
    "/speakers/unresolved", "/places", "/review", "/search?q=ferry+sank",
)  # fmt: skip
KINDS = ("claims", "documents", "speakers", "passages")


def addresses(link: HTTPConnection, chance: random.Random) -> list[str]:
    """Every list, and a few of each kind of page that the lists lead to."""
    found: dict[str, set[str]] = defaultdict(set)
    for address in LISTS:
        _, page = got(link, address)
        for kind in KINDS:
            found[kind] |= set(re.findall(rf'href="(/{kind}/[0-9a-z]+)"', page))
    for document in sorted(found["documents"])[:30]:
        found["passages"] |= set(re.findall(r'href="(/passages/\w+)"', got(link, document)[1]))
    each = [
        a for kind in KINDS for a in chance.sample(sorted(found[kind]), min(4, len(found[kind])))
    ]
    about = next(a for a in sorted(found["documents"]))
    return [
        *LISTS,
        *each,
        f"{about}/about",
        f"{about}/add",
        *(f"{a}/report" for a in each if "claims" in a),
    ]


def decide(link: HTTPConnection) -> float:
    """Accept the first statement in the queue: how long that takes."""
    _, page = got(link, "/review")
    action = re.search(r'action="(/documents/\w+/judge)"', page)
    about = re.search(r'name="about" value="(\w+)"', page)
    seen = re.search(r'name="seen" value="(\w*)"', page)
    if action is None or about is None or seen is None:
        raise RuntimeError("the queue offers nothing to decide")
    form = {"about": about[1], "seen": seen[1], "verdict": "accept", "back": "review"}
    return got(link, action[1], form)[0]


def pace() -> float:
    """How long this machine takes, just now, for a fixed piece of work of the pages' kind."""
    began = time.perf_counter()
    said = [{"id": str(n * 7919 % 2003), "words": f"gate {n}"} for n in range(2000)]
    held: dict[str, list[str]] = defaultdict(list)
    for each in json.loads(json.dumps(said)):
        held[each["id"]].append(each["words"].replace("gate", "pier"))
    assert sum(len(" ".join(held[id])) for id in sorted(held)) > 2000
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a reader waited, and how long the fixed piece of work took just before."""

    took: float
    pace: float

    @property
    def counted(self) -> float:
        """The wait on the machine that the limits are meant for."""
        return self.took * PACE / self.pace


def late(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[max(0, -(-95 * len(times) // 100) - 1)]


def alone(port: int, pages: Sequence[str]) -> dict[str, list[Wait]]:
    """How long one reader waits for each page, with a decision before every fourth page."""
    link, waits = joined(port), defaultdict(list)
    for number in range(ROUNDS):
        for place, address in enumerate(pages):
            now = min(pace(), pace())
            if (number + place) % 4 == 0:
                waits["a decision"].append(Wait(decide(link), now))
                if number % 2:  # otherwise the page below is the first after the decision
                    waits["/review after a decision"].append(Wait(got(link, "/review")[0], now))
            waits[address].append(Wait(got(link, address)[0], now))
    return waits


def crowd(port: int, pages: Sequence[str]) -> list[Wait]:
    """How long each of twenty readers waits, all clicking as soon as a page is there."""

    def reader(number: int) -> list[float]:
        link, chance = joined(port), random.Random(number)
        return [got(link, chance.choice(pages))[0] for _ in range(30)]

    before = [pace() for _ in range(20)]
    with ThreadPoolExecutor(READERS) as everyone:
        waits = [each for took in everyone.map(reader, range(READERS)) for each in took]
    now = median([*before, *(pace() for _ in range(20))])
    return [Wait(each, now) for each in waits]


def weight(port: int, address: str) -> int:
    """How many bytes of our own style, script and pictures a page loads."""
    link = joined(port)
    seen: set[str] = set()
    waiting = re.findall(r'(?:src|href)="(/static/[^"]+)"', got(link, address)[1])
    total = 0
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            _, body = got(link, one)
            total += len(body.encode())
            waiting += re.findall(r'(?:from|import) "(/static/[^"]+)"', body)
    return total


def told(waits: Sequence[Wait], what: str) -> float:
    """Print the wait that nineteen in twenty readers have at most, as it counts and as it was."""
    counts = late([each.counted for each in waits])
    clock = late([each.took for each in waits])
    print(f"{counts * 1000:7.0f} ms ({clock * 1000:4.0f} by the clock)  {what}")
    return counts


def now() -> floors.Floor:
    """Measure every page; a score is the share of pages that come in time."""
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "invented.whence"
        long = f"/documents/{case(path)}"
        with serving(path) as port:
            first = Wait(got(joined(port), "/")[0], pace())
            pages = addresses(joined(port), random.Random(1))
            waits = alone(port, pages)
            every = crowd(port, pages)
            opened = [Wait(got(joined(port), long)[0], pace()) for _ in range(10)]
            heavy = {each: weight(port, each) for each in (*pages[:10], long)}
    worst = sorted(waits, key=lambda each: -late([w.counted for w in waits[each]]))
    slow = [told(waits[each], each) for each in worst]
    told([first], "the first page after opening, all read anew")
    told(every, f"any page, {READERS} readers at once")
    told(opened, "a document of 10,000 words")
    print(f"{max(heavy.values()) / 1000:7.0f} kB  of our own files, the heaviest page")
    usual = median(w.pace for each in waits.values() for w in each)
    print(f"the fixed piece of work: {usual * 1000:.1f} ms; load of this machine, 1 minute:"
          f" {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")  # fmt: skip
    return floors.Floor(
        {
            "one reader: pages within 200 ms": sum(w < ALONE for w in slow) / len(slow),
            "twenty readers: pages within 500 ms": sum(w.counted < CROWD for w in every) / len(every),
            "10,000 words within 300 ms": sum(w.counted < LONG for w in opened) / len(opened),
            "pages under 300 kB": sum(w < ASSETS for w in heavy.values()) / len(heavy),
        },
        {}, {},
    )  # fmt: skip


if __name__ == "__main__":
    floors.command(now, HERE / "floors.json", __doc__)
