"""A connection to the very number that was checked, and bytes from it in bounds of size and time."""

from __future__ import annotations

import io
import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from whence.fetch.address import OTHER_PORTS, PORTS, Address
from whence.fetch.names import is_public, is_translated
from whence.fetch.values import Clock, Ways
from whence.ingest.values import Refusal

MOST_TRIED = 4  # numbers of one name


class Unreached(Refusal):
    """A host with which there is no connection, nor will be; it is not asked again."""


@contextmanager
def opened(there: Address, ways: Ways, clock: Clock) -> Iterator[tuple[socket.socket, str]]:
    """A connection to a host, and the number it is with. The name is looked up once, here."""
    line, number = _connected(there, checked(there, ways, clock), ways, clock)
    try:
        if there.scheme == "https":
            line = _enciphered(line, there, ways, clock)
        yield line, number
    finally:
        line.close()


def checked(there: Address, ways: Ways, clock: Clock) -> Sequence[str]:
    """The numbers that may be connected to for a host; refused unless all of them are public."""
    allowed = (PORTS[there.scheme], *OTHER_PORTS, *(port for _, port in ways.doors))
    if there.port not in allowed:
        raise Unreached("bad-address", f"port {there.port} is none that web pages come from")
    found = [str(there.number)] if there.number else _numbers(there, ways, clock)
    numbers = []
    for each in found:
        try:
            number = ipaddress.ip_address(each)
        except ValueError:
            raise Unreached("not-public", "its name stands for something unreadable") from None
        if is_translated(number) and not there.number:
            continue  # it stands for one of the others
        if not is_public(number) and (each, there.port) not in ways.doors:
            raise Unreached("not-public", "it leads to this machine or into a private network")
        numbers.append(each)
    if not numbers:
        raise Unreached("unreachable", "there is no site of this name")
    return numbers[:MOST_TRIED]


def _numbers(there: Address, ways: Ways, clock: Clock) -> Sequence[str]:
    """The look-up, in a thread of its own, for the system's own has no limit of time."""
    answers: queue.SimpleQueue[Sequence[str] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(ways.look_up(there.host, there.port))
        except (OSError, UnicodeError) as wrong:
            answers.put(wrong)

    threading.Thread(target=ask, daemon=True).start()
    try:
        got = answers.get(timeout=_patience(ways, clock))
    except queue.Empty:
        raise Unreached("unreachable", "its name could not be looked up in time") from None
    if isinstance(got, Exception):
        raise Unreached("unreachable", "there is no site of this name, or no network") from None
    return got


def _connected(
    there: Address, numbers: Sequence[str], ways: Ways, clock: Clock
) -> tuple[socket.socket, str]:
    why = "no connection"
    for number in numbers:
        line = socket.socket(socket.AF_INET6 if ":" in number else socket.AF_INET)
        try:
            line.settimeout(_patience(ways, clock))
            line.connect((number, there.port))
            return line, number
        except TimeoutError:
            why = "no answer"
        except OSError as wrong:
            why = (wrong.strerror or "no connection").lower()
        except BaseException:
            line.close()
            raise
        line.close()
    raise Unreached("unreachable", f"the site cannot be reached: {why}")


def _enciphered(line: socket.socket, there: Address, ways: Ways, clock: Clock) -> ssl.SSLSocket:
    """The line with TLS on it, once the certificate is known to be the host's own."""
    try:
        line.settimeout(_patience(ways, clock))
        return ways.trust().wrap_socket(
            line, server_hostname=there.host, suppress_ragged_eofs=False
        )
    except ssl.SSLCertVerificationError as wrong:
        why = wrong.verify_message.rstrip(".")
        raise Unreached("bad-certificate", f"its certificate is not valid: {why}") from None
    except TimeoutError:
        raise Unreached("unreachable", "the site cannot be reached: no answer") from None
    except OSError:
        reason = "no secure connection to the site came about"
        raise Unreached("unreachable", reason) from None


def _patience(ways: Ways, clock: Clock) -> float:
    """How long to wait for the next sign of life."""
    left = clock.left()
    if left <= 0:
        raise _late(clock)
    return min(left, ways.limits.silence)


def _late(clock: Clock) -> Refusal:
    return Refusal("timeout", f"fetching it took more than {clock.seconds:g} seconds")


class Bounded(io.RawIOBase):
    """What comes along a line: no more of it than allowed, and for no longer."""

    def __init__(self, line: socket.socket, most: int, ways: Ways, clock: Clock) -> None:
        super().__init__()
        self._line, self._left, self._ways, self._clock = line, most, ways, clock

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for bytes, but only as long as there is time left."""
        self._line.settimeout(_patience(self._ways, self._clock))
        try:
            got = self._line.recv_into(buffer)
        except TimeoutError:
            if self._clock.left() <= 0:
                raise _late(self._clock) from None
            silence = f"{self._ways.limits.silence:g}"
            raise Refusal("timeout", f"nothing came for {silence} seconds") from None
        self._left -= got
        if self._left < 0:
            raise Refusal("too-large", "it is longer than is fetched")
        return got

    def makefile(self, mode: str) -> io.BufferedReader:
        """Itself as the file that an HTTP reader asks a socket for."""
        return io.BufferedReader(self)
