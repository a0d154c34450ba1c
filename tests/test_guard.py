"""The guard that lets no test reach beyond this machine does hold."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.guard import sitecustomize as guard

ELSEWHERE = "192.0.2.1"  # set aside for documentation: nothing answers there


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "reached"
    path.touch()
    monkeypatch.setenv(guard.NOTES, str(path))
    return path


def test_a_connect_elsewhere_fails_and_is_noted(noted: Path) -> None:
    with socket.socket() as door, pytest.raises(guard.Reached, match=r"socket\.connect"):
        door.connect((ELSEWHERE, 80))
    with socket.socket() as door, pytest.raises(guard.Reached):
        door.connect_ex((ELSEWHERE, 80))
    lines = noted.read_text().splitlines()
    assert len(lines) == 2 and all("test_a_connect_elsewhere_fails" in line for line in lines)


def test_a_datagram_elsewhere_fails(noted: Path) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as door, pytest.raises(guard.Reached):
        door.sendto(b"hello", (ELSEWHERE, 53))
    assert noted.read_text()


def test_a_name_is_not_looked_up(noted: Path) -> None:
    with pytest.raises(guard.Reached, match="getaddrinfo"):
        socket.getaddrinfo("lurn.example", 80)
    with pytest.raises(guard.Reached, match="gethostbyname"):
        socket.gethostbyname("lurn.example")
    assert len(noted.read_text().splitlines()) == 2


def test_a_child_process_is_held_back_too(noted: Path) -> None:
    code = f"import socket; socket.create_connection(('{ELSEWHERE}', 80), 1)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.returncode == 1 and "tried to reach beyond this machine" in child.stderr
    assert ELSEWHERE in noted.read_text()


def test_an_attempt_that_is_swallowed_is_noted_all_the_same(noted: Path) -> None:
    with contextlib.suppress(RuntimeError):
        socket.getaddrinfo("lurn.example", 80)
    assert "lurn.example" in noted.read_text()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "::ffff:127.0.0.1"])
def test_this_machine_may_be_reached(host: str) -> None:
    assert guard.here(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.1", "::", "localhost.lurn.example", ""])
def test_everything_else_is_elsewhere(host: str) -> None:
    assert not guard.here(host)


def test_a_server_on_loopback_answers(noted: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as door,
    ):
        door.sendall(b"hello")
    assert noted.read_text() == ""
