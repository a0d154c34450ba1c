"""Sites on loopback that answer as a test tells them to, well or badly."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from whence.fetch import Limits, Ways

Line = socket.socket
Deed = bytes | Callable[[Line], None]
"""What a site does when asked for a page: send these bytes, or something stranger."""
HOME = "127.0.0.1"
PEM = Path(__file__).with_name("courier.pem")


def page(words: str, *headers: str, media: str = "text/html; charset=utf-8") -> bytes:
    """A good answer: a page of HTML with these words, or these words as another medium."""
    body = f"<html><body><p>{words}</p></body></html>" if media.startswith("text/html") else words
    return answer(body.encode(), f"Content-Type: {media}", *headers)


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with its length."""
    lines = (f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def leads_to(where: str, status: str = "302 Found") -> bytes:
    """An answer that leads on."""
    return answer(b"", f"Location: {where}", status=status)


MISSING = answer(b"no such page", status="404 Not Found")


class Site:
    """A server on loopback; `asked` holds the first line and headers of every request."""

    def __init__(self, pages: Mapping[str, Deed], *, secure: bool = False) -> None:
        self.pages, self.asked = dict(pages), list[str]()
        self._door = socket.create_server((HOME, 0))
        self._door.settimeout(0.05)
        self.port = int(self._door.getsockname()[1])
        self._trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if secure else None
        if self._trust is not None:
            self._trust.load_cert_chain(PEM)
        self._over = threading.Event()
        self._porter = threading.Thread(target=self._serve)
        self._callers: list[threading.Thread] = []
        self._porter.start()

    def __enter__(self) -> Site:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None
    ) -> None:
        self._over.set()
        for each in (self._porter, *self._callers):
            each.join(10)
        self._door.close()

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [each.split(" ")[1] for each in self.asked]

    def at(self, path: str, host: str = "courier.example") -> str:
        """The address of a page on this site."""
        return f"{'https' if self._trust else 'http'}://{host}:{self.port}{path}"

    def goes_on(self) -> bool:
        """Whether the test still runs; a deed without end asks this again and again."""
        return not self._over.wait(0.01)

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._door.accept()
            except TimeoutError:
                continue
            caller = threading.Thread(target=self._meet, args=(line,))
            self._callers.append(caller)
            caller.start()

    def _meet(self, line: Line) -> None:
        line.settimeout(10)
        with contextlib.suppress(OSError), line:
            if self._trust is None:
                self._answer(line)
            else:
                with self._trust.wrap_socket(line, server_side=True) as safe:
                    self._answer(safe)

    def _answer(self, line: Line) -> None:
        said = b""
        while b"\r\n\r\n" not in said:
            got = line.recv(65_536)
            if not got:
                return
            said += got
        self.asked.append(said.decode())
        deed = self.pages.get(said.split(b" ")[1].decode(), MISSING)
        if isinstance(deed, bytes):
            line.sendall(deed)
        else:
            deed(line)


def ways(*sites: Site, limits: Limits | None = None, numbers: Sequence[str] = (HOME,)) -> Ways:
    """The network as a test has it: every name is on this machine, and only its sites are open."""
    return Ways(
        limits=limits or Limits(pause=0.0, seconds=5.0, silence=2.0),
        look_up=lambda host, port: numbers,
        doors=frozenset((HOME, site.port) for site in sites),
        trust=lambda: ssl.create_default_context(cafile=PEM),
    )
