"""The files that fuzzing begins with, and such as broke a reader once; `make fuzz` goes on from there."""

from __future__ import annotations

import json
import random

import pytest
from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS


def log_line(verdict: str, spans: list[list[int]], **more: object) -> bytes:
    """A log of one judgement about these words."""
    about = [{"type": "attribution", "doc": "d", "spans": spans, "quote": ""}]
    row = {"id": "j", "verdict": verdict, "about": about, "by": "Ida", "at": "2031", **more}
    return json.dumps(row).encode()


FOUND: dict[str, tuple[bytes, ...]] = {
    "dates": (b"on 5/00/31 and 00/05/2031",),  # a month that no year has
    "html": (b"<p>fog <![CDAT a]> on the bar", b"<![ <p>fog", b"<p>fog<![x"),
    "item": (b"<item><description><![CDATA[<p>fog<![CDAT x]> ]]></description></item>",),
    "mail": (b"Subject: =?utf-8?b?Zm9nZ?=\n\nfog",),  # a header that is no base64
    "judgements": (  # words that stand backward, nowhere, or beyond the end
        log_line("add-statement", [[56, 25]]),
        log_line("add-statement", []),
        log_line("add-statement", [[-9, -2]]),
        log_line("add-statement", [[0, 4]], value='{"content": [[900, 990]]}'),
        log_line("span-is", [[0, 25]], value='{"source": [[5, 9], [0, 4]]}'),
        log_line("span-is", [[0, 25]], value='{"content": [[0, 9000]]}'),
    ),
}
"""What fuzzing found, cut down to what matters."""


def bent(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with one stretch left out, doubled or overwritten."""
    at, to = sorted(chance.randrange(len(raw) + 1) for _ in range(2))
    put = chance.choice([b"", raw[at:to] * 2, chance.randbytes(min(to - at, 8)), b"\xff\x00"])
    return raw[:at] + put + raw[to:]


def test_every_reader_has_files_to_begin_with() -> None:
    assert SEEDS.keys() == TARGETS.keys() and all(SEEDS.values())
    assert FOUND.keys() <= TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_keeps_its_promises_on_the_files_that_fuzzing_begins_with(name: str) -> None:
    for raw in (b"", b"\0", *SEEDS[name], *FOUND.get(name, ())):
        TARGETS[name](raw)


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_keeps_its_promises_on_files_that_were_bent_a_little(name: str) -> None:
    chance = random.Random(name)
    for _ in range(25):
        TARGETS[name](bent(chance.choice(SEEDS[name]), chance))
