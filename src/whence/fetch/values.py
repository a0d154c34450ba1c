"""What fetching is asked, what it gives, and how far it may go."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from whence.fetch.names import looked_up

ROBOTS_SIZE = 1_000_000
"""Bytes of a robots.txt; 500 KB is what its standard asks a program to read at least."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of our time and memory one address may take, and of the site's patience."""

    size: int = 50_000_000  # bytes of one page, as sent and as unpacked
    seconds: float = 60.0  # for one address, its redirects included
    silence: float = 15.0  # seconds in which nothing comes, or no connection does
    redirects: int = 5
    pause: float = 1.0  # seconds between two requests to one host, at least
    longest_pause: float = 60.0  # a site that asks for more is asked once
    entries: int = 200  # pages fetched for one feed


@dataclass(frozen=True, slots=True)
class Ways:
    """How the network is reached. Only tests pass another than this one."""

    limits: Limits = field(default_factory=Limits)
    look_up: Callable[[str, int], Sequence[str]] = looked_up
    """The numbers that a name stands for. It is asked once for each connection."""
    doors: frozenset[tuple[str, int]] = frozenset()
    """Numbers and ports that may be connected to although they are not public: a test's servers."""
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    wait: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked to fetch: pages, and feeds whose entries are pages."""

    pages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    ways: Ways = field(default_factory=Ways)


@dataclass(frozen=True, slots=True)
class Hop:
    """An address that led on to another, and the status with which it did."""

    address: str
    status: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as a server gave it: its bytes, and all that was said with them."""

    asked: str
    address: str
    """Where it was in the end, after `hops`."""
    raw: bytes
    """The page itself; out of its compression if the server compressed it unasked."""
    status: int
    headers: tuple[tuple[str, str], ...]
    retrieved: str
    peer: str
    """The number of the machine that gave it."""
    hops: tuple[Hop, ...] = ()

    @property
    def content_type(self) -> str:
        """What the server says that it is; empty if it says nothing."""
        return header(self.headers, "content-type")


def header(headers: Sequence[tuple[str, str]], name: str) -> str:
    """The first header of this name; empty if there is none."""
    return next((value for key, value in headers if key.lower() == name), "")


class Clock:
    """How much time is left for one address."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left; nothing or less when it is over."""
        return self._end - time.monotonic()

    def stopped(self, seconds: float) -> None:
        """Leave this time out of account: it was spent waiting for our turn."""
        self._end += seconds
