"""Pages one after the other: politely, following where they lead, each step checked anew."""

from __future__ import annotations

import time
from dataclasses import dataclass

from whence.fetch.address import Address, address
from whence.fetch.answer import REDIRECTS, Answer, answer
from whence.fetch.door import Unreached
from whence.fetch.robots import Rules, rules
from whence.fetch.values import ROBOTS_SIZE, Clock, Fetched, Hop, Ways
from whence.ingest.values import Refusal

_REASONS = {
    401: "the site wants a password for it", 402: "the site wants money for it",
    403: "the site does not let us have it", 404: "the site has no such page",
    410: "the site says that the page is gone", 429: "the site asks us to come later",
    451: "the site may not show it, by law", 503: "the site cannot give it now",
}  # fmt: skip
_TIRED = (429, 503)  # the site is asked for nothing more


@dataclass(slots=True)
class _Host:
    """What is known of a host in the course of one visit."""

    last: float | None = None  # when the last request to it ended
    pause: float = 0.0
    shut: Refusal | None = None


class Visit:
    """One round of fetching: one request at a time, and none too soon after the last."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, Rules] = {}
        self._unreached: dict[str, Unreached] = {}

    def page(self, asked: str) -> Fetched:
        """The page at this address, wherever it leads; a Refusal says why there is none."""
        here, clock = address(asked), Clock(self._ways.limits.seconds)
        hops: tuple[Hop, ...] = ()
        while True:
            try:
                got = self._allowed(here, clock)
                there = self._onward(here, got, hops)
            except Refusal as why:
                raise Refusal(why.code, _after(hops, here) + why.reason) from None
            if there is None:
                raw = got.unpacked(self._ways.limits.size)
                return Fetched(
                    asked, here.text, raw, got.status, got.headers, got.at, got.peer, hops
                )
            hops = (*hops, Hop(here.text, got.status))
            here = there

    def _onward(self, here: Address, got: Answer, hops: tuple[Hop, ...]) -> Address | None:
        """Where an answer leads on to; None if it is the page itself."""
        if got.status == 200:
            return None
        if got.status not in REDIRECTS:
            why = _REASONS.get(got.status)
            why = why or ("the site failed" if got.status >= 500 else "the site gives no page")
            refusal = Refusal(f"http-{got.status}", f"{why} (status {got.status})")
            if got.status in _TIRED:
                self._host(here).shut = refusal
            raise refusal
        if len(hops) >= self._ways.limits.redirects:
            raise Refusal("redirects", f"it leads on more than {len(hops)} times")
        if not got.onward:
            raise Refusal("redirects", "it leads on, but does not say where to")
        try:
            there = address(got.onward, here)
        except Refusal as why:
            raise Refusal(
                why.code, f"it leads on to an address that is none: {why.reason}"
            ) from None
        if there.text in (here.text, *(hop.address for hop in hops)):
            raise Refusal("redirects", "it leads round in a circle, as pages do that want a cookie")
        if here.scheme == "https" and there.scheme == "http":
            raise Refusal("redirects", f"it leads from https to http, to {there.text}")
        return there

    def _allowed(self, there: Address, clock: Clock) -> Answer:
        """The answer for an address, if the site's rules let us ask for it."""
        if there.origin not in self._rules:
            self._rules[there.origin] = rules(
                there, self._ways, lambda at, for_robots: self._asked(at, ROBOTS_SIZE, for_robots)
            )
        said, host = self._rules[there.origin], self._host(there)
        self._at_hand(there)
        if why := said.forbid(there):
            raise Refusal("robots", why)
        host.pause = max(host.pause, said.pause)
        if host.pause <= self._ways.limits.longest_pause:
            return self._asked(there, self._ways.limits.size, clock)
        asks, host.pause = host.pause, 0.0
        got = self._asked(there, self._ways.limits.size, clock)
        why = f"the site asks for {asks:g} seconds between two pages; fetch this one later"
        host.shut = Refusal("pause", why)
        return got

    def _asked(self, there: Address, most: int, clock: Clock) -> Answer:
        self._at_hand(there)
        host = self._host(there)
        pause = max(host.pause, self._ways.limits.pause)
        if host.last is not None and (left := host.last + pause - time.monotonic()) > 0:
            begun = time.monotonic()
            self._ways.wait(left)
            clock.stopped(time.monotonic() - begun)
        try:
            return answer(there, most, self._ways, clock)
        except Unreached as why:
            self._unreached[there.origin] = why
            raise
        finally:
            host.last = time.monotonic()

    def _at_hand(self, there: Address) -> None:
        """Ask no more of a site that could not be reached, or that wants no more requests."""
        why = self._unreached.get(there.origin) or self._host(there).shut
        if why is not None:
            raise Refusal(why.code, why.reason)

    def _host(self, of: Address) -> _Host:
        return self._hosts.setdefault(of.host, _Host())


def _after(hops: tuple[Hop, ...], here: Address) -> str:
    return f"it leads to {here.text}: " if hops else ""
