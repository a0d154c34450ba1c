"""JSON Lines: a document for each line that holds one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from whence.ingest.border import Border
from whence.ingest.taken import as_taken
from whence.ingest.values import Refusal, Taken
from whence.ingest.walk import refused
from whence.terms import Refused, Within


def documents(border: Border, container: str, stream: IO[bytes]) -> Iterator[Taken | Refused]:
    """One document for each line that holds one; a bad line is refused by its number."""
    for number, raw in raw_lines(stream, border.limits.size):
        name = f"{container}#{number}"
        try:
            if raw is None:
                raise too_large("the line", border.limits.size)
            reply = border.ask("line", raw)
        except Refusal as why:
            yield refused(name, why)
            continue
        yield as_taken(reply, raw, name, Within(container, str(number)))


def raw_lines(stream: IO[bytes], most: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line that is not blank, with its number; None in place of one that is too long."""
    number = 0
    while raw := stream.readline(most + 1):
        number += 1
        if len(raw) > most and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 20)
            yield number, None
        elif not raw.isspace():
            yield number, raw.rstrip(b"\r\n")


def too_large(what: str, most: int) -> Refusal:
    """The refusal of something that is too long."""
    return Refusal("too-large", f"{what} is longer than {most // 1_000_000} MB")
