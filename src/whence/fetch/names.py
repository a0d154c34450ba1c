"""What a name or number on the network stands for, and whether it is out on the public internet."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

Number = ipaddress.IPv4Address | ipaddress.IPv6Address

_NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        [
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # behind a provider's translation
            "127.0.0.0/8",  # this machine
            "169.254.0.0/16",  # this link; the data of cloud machines
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocols
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # measurements
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # many at once
            "240.0.0.0/4",  # reserved, and all at once
        ],
    )
)
_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    map(
        ipaddress.IPv6Network,
        [
            "2001::/23",  # protocols, Teredo among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which holds an IPv4 number
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ],
    )
)
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")

PRIVATE_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa",
                 "onion", "invalid")  # fmt: skip
"""Last labels of names that stand for nothing on the public internet; they are not looked up."""


def is_public(number: Number) -> bool:
    """Whether a number belongs to one machine out on the public internet.

    Of IPv6 only what is handed out to the public counts, so that every form that holds an IPv4
    number (mapped, compatible, translated, 6to4, Teredo) is out without being named.
    """
    if isinstance(number, ipaddress.IPv4Address):
        return not any(number in network for network in _NOT_PUBLIC_4)
    if number.scope_id is not None:
        return False
    return number in _PUBLIC_6 and not any(number in network for network in _NOT_PUBLIC_6)


def is_translated(number: Number) -> bool:
    """Whether a network that has no IPv4 made this number up out of one; never connected to."""
    return isinstance(number, ipaddress.IPv6Address) and number in _TRANSLATED


def is_private_name(host: str) -> bool:
    """Whether a name, by its last labels or for want of a dot, can only mean a machine nearby."""
    return "." not in host or any(
        host == name or host.endswith(f".{name}") for name in PRIVATE_NAMES
    )


def looked_up(host: str, port: int) -> Sequence[str]:
    """The numbers that a name stands for, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))
