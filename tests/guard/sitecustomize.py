"""No test reaches beyond this machine: a connect or look-up outside loopback fails, and is noted.

Python loads this by itself in every child process whose path it is on. It stands alone: it may be
loaded by a Python that has nothing else of ours.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
import sys
from typing import Any

NOTES = "WHENCE_TEST_REACHED"
"""The environment variable that names the file in which attempts are noted; none, no guard."""

LOOKUPS = frozenset(["socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"])
SENDS = frozenset(["socket.connect", "socket.sendto", "socket.sendmsg"])


class Reached(RuntimeError):
    """Something tried to reach beyond this machine."""


def install() -> None:
    """Guard this process from now on."""
    sys.addaudithook(guard)


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse, and note, what would leave the machine."""
    if event in LOOKUPS:
        host = arguments[0]
        if host and not here(host) and not number(host):
            refuse(f"{event} {host!r}")
    elif event in SENDS:
        door, address = arguments
        internet = door.family in (socket.AF_INET, socket.AF_INET6)
        if internet and address and not here(address[0]):
            refuse(f"{event} {address!r}")


def here(host: str | bytes) -> bool:
    """Whether a host is this machine by its name or number."""
    name = host.decode("latin-1") if isinstance(host, bytes) else str(host)
    if name.lower().rstrip(".") == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None)
    return (inner or address).is_loopback


def number(host: str | bytes) -> bool:
    """Whether a host is a number, which is not looked up anywhere (to connect to it is refused)."""
    name = host.decode("latin-1") if isinstance(host, bytes) else str(host)
    with contextlib.suppress(OSError, ValueError):
        socket.inet_aton(name)
        return True
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(name.split("%")[0])
        return True
    return False


def refuse(what: str) -> None:
    """Note it, with the test that runs, and stop it."""
    notes = os.environ.get(NOTES)
    if notes:
        with open(notes, "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{os.environ.get('PYTEST_CURRENT_TEST', 'outside any test')}: {what}\n")
    raise Reached(f"a test tried to reach beyond this machine: {what}")


if os.environ.get(NOTES) and __name__ == "sitecustomize":
    install()
