"""What a site asks of programs in its robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from whence.fetch.address import Address, address
from whence.fetch.answer import NAME, REDIRECTS, Answer
from whence.fetch.values import ROBOTS_SIZE, Clock, Ways
from whence.ingest.values import Refusal

Ask = Callable[[Address, Clock], Answer]
FOR_ROBOTS = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site allows; with `shut`, nothing at all, and why."""

    said: Protego
    shut: str | None = None

    def forbid(self, there: Address) -> str | None:
        """Why this page is not to be fetched; None if it may be."""
        if self.shut is None and not self.said.can_fetch(there.text, NAME):
            return "the site asks programs not to fetch this page (its robots.txt)"
        return self.shut

    @property
    def pause(self) -> float:
        """The seconds between two requests that the site asks for."""
        return float(self.said.crawl_delay(NAME) or 0)


def rules(of: Address, ways: Ways, ask: Ask) -> Rules:
    """The rules of the site that an address is on.

    No such file: all is allowed. None to be had because something fails: nothing is.
    """
    try:
        answer = _asked(of, ways, ask)
        if answer.status == 429 or answer.status >= 500:
            raise Refusal("robots", f"status {answer.status}")
        raw = answer.unpacked(ROBOTS_SIZE) if answer.status == 200 else b""
    except Refusal as why:
        return Rules(Protego.parse(""), f"its robots.txt cannot be had: {why.reason}")
    return Rules(Protego.parse(raw.decode("utf-8", "replace").removeprefix("\ufeff")))


def _asked(of: Address, ways: Ways, ask: Ask) -> Answer:
    there, clock = address("/robots.txt", of), Clock(FOR_ROBOTS)
    for _ in range(ways.limits.redirects + 1):
        answer = ask(there, clock)
        if answer.status not in REDIRECTS or not answer.onward:
            return answer
        there = address(answer.onward, there)
    raise Refusal("redirects", "it leads on and on")
