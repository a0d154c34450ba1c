"""Nobody is led to a machine that is not on the public internet: not one connection is begun."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.fetch.servers import Site, page

from whence import cli
from whence.dossier import Dossier
from whence.fetch import Limits, Visit, Ways, address, shown
from whence.fetch.names import is_public
from whence.ingest.values import Refusal

NEVER_LOOKED_UP = [
    # this machine in every notation
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://127.000.000.001/",
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0X7F.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://0x7f.0.0x1/", "http://127.0.0.1./",
    "http://0/", "http://0.0.0.0/", "http://00000000177.1/", "http://127.0.0.0x1/",
    "http://127.0.0.1:80/", "http://127.0.0.1.:80/", "http://999.1.1.1/", "http://1.2.3.4.5/",
    "http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://0x/",
    # names of this machine or its neighbours
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://localhost../",
    "http://a.localhost/", "http://ｌｏｃａｌｈｏｓｔ/", "http://ⓛocalhost/", "http://router/",
    "http://printer.local/", "http://wiki.corp/", "http://metadata.google.internal/",
    "http://nas.home.arpa/", "http://x.onion/",
    # private, shared, link-local, multicast, reserved, documentation
    "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/",
    "http://100.64.0.1/", "http://100.127.255.255/", "http://169.254.169.254/",
    "http://192.0.0.1/", "http://192.0.2.1/", "http://198.18.0.1/", "http://198.51.100.1/",
    "http://203.0.113.1/", "http://192.88.99.1/", "http://224.0.0.1/", "http://239.255.255.250/",
    "http://240.0.0.1/", "http://255.255.255.255/",
    # IPv6, and IPv4 within it
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::8.8.8.8]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/",
    "http://[2001:0:53aa:64c:0:5efe:7f00:1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
    "http://[fe80::1%eth0]/", "http://[2600::1%251]/", "http://[fc00::1]/", "http://[fd12::1]/",
    "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://[5f00::1]/",
    "http://[fec0::1]/", "http://[3fff::1]/", "http://[2001:10::1]/", "http://[::ffff:0:127.0.0.1]/",
    "http://[127.0.0.1]/", "http://[1/", "http://1]/", "http://[v1.x]/", "http://[]/",
    # tricks with names, passwords, ports, blanks and strokes
    "http://courier.example@127.0.0.1/", "http://127.0.0.1@courier.example/",
    "http://courier.example:80@127.0.0.1/", "http://courier.example%40127.0.0.1/",
    "http://courier.example\\@127.0.0.1/", "http://127.0.0.1\\.courier.example/",
    "http:\\\\127.0.0.1\\", "http:/127.0.0.1/", "http:127.0.0.1", "http:///127.0.0.1/",
    "http://courier.example\t.lurn/", "http://cou rier.example/", "http://courier.example\r\nX: y/",
    "http://courier.example\x00/", "http://courier.example:0/", "http://courier.example:22/",
    "http://courier.example:25/", "http://courier.example:6379/", "http://courier.example:080/",
    "http://courier.example:65536/", "http://courier.example:٨٠/", "http://courier.example:+80/",
    "http://courier..example/", "http://.courier.example/", "http://-courier.example/",
    "http://cou_rier!.example/", "http://%31%32%37.0.0.1/", "http://courier.example%00.lurn/",
    "http://faß.example/", "http://" + "a" * 64 + ".example/", "http://", "http://./", "http://?/",
    "http://" + "a." * 200 + "example/", "http://courier.example/" + "a" * 3000,
    "http://courier\u202e.example/", "http://courier\u200b.example/", "http://cour\u200dier.example/",
    # other schemes
    "file:///etc/passwd", "ftp://courier.example/", "gopher://courier.example/", "data:text/html,x",
    "javascript:alert(1)", "jar:http://courier.example!/", "HTTPX://courier.example/",
    "//courier.example/", "courier.example", "", " ", "http", "unix:///var/run/docker.sock",
]  # fmt: skip

PRIVATE_ANSWERS = [
    ["127.0.0.1"], ["10.0.0.1"], ["::1"], ["::ffff:10.0.0.1"], ["169.254.169.254"], ["0.0.0.0"],
    ["fe80::1%eth0"], ["64:ff9b::a00:1"], ["100.100.1.1"], ["203.0.114.9", "127.0.0.1"],
    ["2600::1", "fd00::1"], ["2002:a00:1::"], ["224.0.0.1"], ["nonsense"], [],
]  # fmt: skip


class Watched:
    """What was looked up and connected to; nothing is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, numbers: Sequence[str] = ()) -> None:
        self.looked_up, self.connects = list[str](), list[object]()
        self._numbers = numbers
        for way in ("connect", "connect_ex", "sendto", "sendmsg"):
            monkeypatch.setattr(socket.socket, way, self._connect)

    def _connect(self, *where: object) -> None:
        self.connects.append(where)
        raise ConnectionRefusedError(111, "Connection refused")

    def _look_up(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        return self._numbers

    @property
    def ways(self) -> Ways:
        """The network with nobody in it, and no test's doors."""
        return Ways(Limits(pause=0.0, seconds=5.0), look_up=self._look_up)


@pytest.mark.parametrize("said", NEVER_LOOKED_UP)
def test_such_an_address_is_neither_looked_up_nor_connected_to(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch, ["203.0.114.9"])
    with pytest.raises(Refusal) as why:
        Visit(watched.ways).page(said)
    assert (watched.looked_up, watched.connects) == ([], [])
    assert why.value.code in ("bad-address", "not-public") and why.value.reason


@pytest.mark.parametrize("numbers", PRIVATE_ANSWERS, ids=" ".join)
def test_a_name_that_stands_for_a_private_number_is_not_connected_to(
    numbers: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch, numbers)
    with pytest.raises(Refusal) as why:
        Visit(watched.ways).page("https://courier.example/a")
    assert (watched.looked_up, watched.connects) == (["courier.example"], [])
    assert why.value.code in ("not-public", "unreachable")


def test_a_public_number_is_connected_to_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch, ["64:ff9b::cb00:7209", "203.0.114.9"])
    with pytest.raises(Refusal, match="cannot be reached"):
        Visit(watched.ways).page("https://courier.example/a")
    assert [where[-1] for where in watched.connects if isinstance(where, tuple)] == [
        ("203.0.114.9", 443)
    ]


@pytest.mark.parametrize("number", ["9.9.9.9", "203.0.114.1", "2600::1", "2a00::1"])
def test_numbers_of_the_public_internet_are_public(number: str) -> None:
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("HTTPS://Courier.EXAMPLE./A?b#c", "https://courier.example/A?b"),
        ("http://courier.example", "http://courier.example/"),
        ("http://courier.example:80/a", "http://courier.example/a"),
        ("https://courier.example:8443/a", "https://courier.example:8443/a"),
        ("https://courier.example/a/../b/./c/%2e%2e/d", "https://courier.example/b/d"),
        ("https://courier.example/Überfahrt", "https://courier.example/%C3%9Cberfahrt"),
        ("https://överfart.example/", "https://xn--verfart-80a.example/"),
        ("https://courier.example//a;b=%3B", "https://courier.example//a;b=%3B"),
        ("http://[2600:0::1]:8080/", "http://[2600::1]:8080/"),
    ],
)
def test_an_address_is_read_in_one_way(said: str, read: str) -> None:
    assert address(said).text == read


def test_a_password_is_not_written_down() -> None:
    assert shown("https://ida:secret@courier.example/a@b") == "https://…@courier.example/a@b"
    assert "secret" not in shown("https:ida:secret@courier.example")
    assert shown("https://courier.example/@ida") == "https://courier.example/@ida"


# ---------------------------------------------------------------- no way round from outside


def test_nothing_that_a_user_can_set_opens_a_door_on_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Site({"/robots.txt": page("", media="text/plain"), "/a": page("Keep out.")}) as site:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{site.port}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        case = str(tmp_path / "lurn.whence")
        here = [f"http://{host}:{site.port}/a" for host in ("127.0.0.1", "localhost", "[::1]")]
        assert cli.run(lambda *how: None, ["add", case, *here]) == 3
        assert cli.run(lambda *how: None, ["add", case, "--feed", here[0]]) == 3
        assert site.asked == []
    err = capsys.readouterr().err
    assert all(f"whence: {each}: " in err for each in here)


def test_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with Site({"/a": page("Keep out.")}) as site:
        watched = Watched(monkeypatch, ["203.0.114.9"])
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{site.port}")
        with pytest.raises(Refusal, match="cannot be reached"):
            Visit(watched.ways).page("http://courier.example/a")
        assert [where[-1] for where in watched.connects if isinstance(where, tuple)] == [
            ("203.0.114.9", 80)
        ]
        assert site.asked == [] and "HTTP_PROXY" in os.environ


def test_a_refused_address_keeps_no_password(tmp_path: Path) -> None:
    case = str(tmp_path / "lurn.whence")
    assert cli.run(lambda *how: None, ["add", case, "https://ida:secret@courier.example/"]) == 3
    with Dossier.open(Path(case)) as dossier:
        (refused,) = dossier.refused()
    assert refused.name == "https://…@courier.example/" and refused.code == "bad-address"
    assert b"secret" not in Path(case).read_bytes()
