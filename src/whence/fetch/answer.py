"""One question to one server, and its answer: status, headers, body."""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from whence import __version__
from whence.fetch.address import Address
from whence.fetch.door import Bounded, opened
from whence.fetch.values import Clock, Ways, header
from whence.ingest import http as captured
from whence.ingest.values import Refusal

NAME = "whence"
"""What a robots.txt may call us."""
AGENT = f"{NAME}/{__version__} (fetches single pages when a person asks for them)"
REDIRECTS = (301, 302, 303, 307, 308)
_TALK = 1_000_000  # bytes that headers and the edges of chunks may take on top of the body
_STEP = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, the page if it gave one: out of its chunks, but not unpacked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: str
    peer: str

    @property
    def onward(self) -> str:
        """Where it leads on to, in the letters that were meant; empty if nowhere."""
        said = header(self.headers, "location").strip().replace(" ", "%20")
        return said.encode("latin-1", "replace").decode("utf-8", "replace")

    def unpacked(self, most: int) -> bytes:
        """The page itself, out of the compression that we did not ask for, in bounds."""
        said = {"content-encoding": header(self.headers, "content-encoding")}
        return captured.entity(captured.Response(self.status, said, self.body), most)


def answer(there: Address, most: int, ways: Ways, clock: Clock) -> Answer:
    """What a server answers to the question for this address; a Refusal where it breaks off."""
    try:
        with opened(there, ways, clock) as (line, peer):
            at = datetime.now(UTC).isoformat(timespec="seconds")
            line.sendall(_question(there))
            # The line is no socket, but it has the one method that is called on a socket.
            source = cast(socket.socket, Bounded(line, most + _TALK, ways, clock))
            said = http.client.HTTPResponse(source, method="GET")
            said.begin()
            body = _body(said, most) if said.status == 200 else b""
            return Answer(said.status, tuple(said.getheaders()), body, at, peer)
    except http.client.IncompleteRead:
        raise _cut() from None
    except (http.client.HTTPException, ValueError):
        raise Refusal("bad-answer", "what came is no answer of a web server") from None
    except TimeoutError:
        raise Refusal("timeout", "the site takes no question") from None
    except (ssl.SSLError, ConnectionError):
        raise _cut() from None
    except OSError as wrong:
        why = (wrong.strerror or "no connection").lower()
        raise Refusal("unreachable", f"the connection broke: {why}") from None


def _question(there: Address) -> bytes:
    lines = (
        f"GET {there.target} HTTP/1.1",
        f"Host: {there.door}",
        f"User-Agent: {AGENT}",
        "Accept: text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _body(said: http.client.HTTPResponse, most: int) -> bytes:
    """The body, read piece by piece, so that no length it states is believed before it is there."""
    if said.length is not None and said.length > most:
        raise _too_large(most)
    pieces, size = [], 0
    while piece := said.read(_STEP):
        size += len(piece)
        if size > most:
            raise _too_large(most)
        pieces.append(piece)
    if said.length:
        raise _cut()
    return b"".join(pieces)


def _cut() -> Refusal:
    return Refusal("truncated", "the connection broke off before the page was whole")


def _too_large(most: int) -> Refusal:
    return Refusal("too-large", f"the page is longer than {most / 1_000_000:g} MB")
