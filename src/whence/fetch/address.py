"""An address of the web, read strictly: what could be read in two ways is refused."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from whence.fetch.names import Number, is_private_name
from whence.ingest.values import Refusal

PORTS = {"http": 80, "https": 443}
"""The schemes that are fetched, each with the port that need not be said."""
OTHER_PORTS = frozenset([8080, 8443])
LONGEST = 2_000
_WHOLE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(?:#.*)?", re.DOTALL)
_DOOR = re.compile(r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_JOINERS = "\u200c\u200d"
_TWO_MEANINGS = frozenset("ßς" + _JOINERS)  # what old and new rules spell differently
_KEPT = "/?%:@!$&'()*+,;=-._~[]|^`{}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is: every part checked, the host in small ASCII letters or a number."""

    scheme: str
    host: str
    port: int
    target: str
    number: Number | None = None

    @property
    def door(self) -> str:
        """Host and port as a server is told them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.door}"

    @property
    def text(self) -> str:
        """The whole address."""
        return self.origin + self.target


def address(said: str, base: Address | None = None) -> Address:
    """The address that these words are, seen from `base` if they came from there."""
    said = said.strip(" ")
    if len(said) > LONGEST:
        raise _bad(f"the address is longer than {LONGEST} characters")
    if not said or any(map(_forbidden, said)):
        raise _bad("there is a character in it that no address can have")
    try:
        whole = _WHOLE.fullmatch(urljoin(base.text, said) if base else said)
    except ValueError:
        whole = None
    if whole is None:
        raise _bad("that is no address of the web")
    scheme = whole[1].lower()
    if scheme not in PORTS:
        raise _bad("only http and https addresses are fetched")
    if "@" in whole[2]:
        raise _bad("an address with a user name or password in it is not fetched")
    door = _DOOR.fullmatch(whole[2])
    if door is None:
        raise _bad("its host cannot be read")
    host, number = _host(door[1])
    return Address(scheme, host, _port(door[2], scheme), _target(whole[3]), number)


def shown(said: str) -> str:
    """An address as it may be written down: without a password that somebody left in it."""
    return re.sub(r"\A(\s*[A-Za-z][A-Za-z0-9+.-]*:[/\\]*)[^/\\?#]*@", r"\1…@", said.strip())


def _forbidden(character: str) -> bool:
    """Controls, blanks, invisible letters, and the stroke that browsers take for another one."""
    if character in _JOINERS:  # Persian needs them; they are spelled out in a path
        return False
    return character == "\\" or unicodedata.category(character)[0] in "CZ"


def _port(said: str | None, scheme: str) -> int:
    if not said:
        return PORTS[scheme]
    if said.startswith("0") or len(said) > 5 or int(said) > 65535:
        raise _bad("its port cannot be read")
    return int(said)


def _target(said: str) -> str:
    """Path and query as they are asked for: in ASCII, and without steps up or on the spot."""
    path, mark, query = quote(said, safe=_KEPT).partition("?")
    steps: list[str] = []
    plain = ""
    for part in path.split("/")[1:]:
        plain = part.lower().replace("%2e", ".")
        if plain == "..":
            del steps[-1:]
        elif plain != ".":
            steps.append(part)
    if plain in (".", ".."):
        steps.append("")
    return "/" + "/".join(steps) + mark + query


def _host(said: str) -> tuple[str, Number | None]:
    if said.startswith("["):
        try:
            six = ipaddress.IPv6Address(said[1:-1])
        except ValueError:
            raise _bad("its host is no number that can be read") from None
        if six.scope_id is not None:
            raise _bad("its host is a number on one network card of this machine")
        return str(six), six
    host = _ascii(said).removesuffix(".")
    if not host:
        raise _bad("it names no host")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            four = ipaddress.IPv4Address(host)
        except ValueError:
            raise _bad("its host is a number in an odd notation") from None
        return str(four), four
    if len(host) > 253 or not all(map(_LABEL.fullmatch, host.split("."))):
        raise _bad("its host is no name that a site can have")
    if is_private_name(host):
        raise Refusal("not-public", "it names a machine nearby, not a site on the internet")
    return host, None


def _ascii(said: str) -> str:
    """A host in small ASCII letters, as it is looked up; full-width digits are digits then."""
    if said.isascii():
        return said.lower()
    if _TWO_MEANINGS & set(said.lower()):
        raise _bad("its host can be spelled in two ways: give the one that begins with xn--")
    try:
        return said.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _bad("its host is no name that a site can have") from None


def _bad(reason: str) -> Refusal:
    return Refusal("bad-address", reason)
