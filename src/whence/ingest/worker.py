"""The reading process: bytes come in, text goes out; whatever breaks, breaks here."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import msgspec

from whence.ingest import decode, jsonl, page
from whence.ingest.border import exactly, receive, send
from whence.ingest.values import Refusal, Reply, Request

_request = msgspec.msgpack.Decoder(Request)
_CPU = 30  # seconds of one file; the wall clock is watched from outside


def main(memory: int) -> None:
    """Answer requests until the parent hangs up."""
    limits = _limited(memory)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sink.write(b"+")
    sink.flush()
    while True:
        try:
            request = _request.decode(receive(source))
            raw = exactly(source, request.size)
        except EOFError:
            return
        limits()
        send(sink, msgspec.msgpack.encode(answer(request.kind, raw)))
        sink.flush()


def answer(kind: str, raw: bytes) -> Reply:
    """The text of one file or line, or why there is none."""
    try:
        return READERS[kind](raw)
    except Refusal as why:
        return Reply(code=why.code, reason=why.reason)
    except MemoryError:
        return Reply(code="too-large", reason="reading it takes more memory than is allowed")


def plain(raw: bytes) -> Reply:
    """The text of a plain text file, exactly as it stands."""
    got = decode.decoded(raw)
    decode.readable(got.text)
    return Reply(text=got.text, remarks=got.remarks)


def markdown(raw: bytes) -> Reply:
    """The text of a Markdown file, exactly as it stands."""
    return msgspec.structs.replace(plain(raw), media_type="text/markdown")


def sniffed(raw: bytes) -> Reply:
    """The text of a file whose name does not say what it is."""
    start = raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return page.page(raw) if start.startswith((b"<!doctype html", b"<html")) else plain(raw)


READERS = {
    "text": plain,
    "markdown": markdown,
    "html": page.page,
    "line": jsonl.line,
    "any": sniffed,
}


def _limited(memory: int) -> Callable[[], None]:
    """Set the limits of this process; gives what renews the processor time for each file."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall clock still holds
        return lambda: None
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def renew() -> None:
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(time.process_time()) + _CPU, resource.RLIM_INFINITY)
        )

    return renew
