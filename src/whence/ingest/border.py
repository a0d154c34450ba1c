"""The border: every parser runs in a process of its own that may break without harm."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

import whence
from whence.ingest.values import Limits, Refusal, Reply, Request

_START = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from whence.ingest.worker import main; main({memory})"
)
_reply = msgspec.msgpack.Decoder(Reply)
_LONGEST_REPLY = 600_000_000
_TO_START = 60.0  # seconds, on a machine that is busy with other things


class Border:
    """A warm reading process: asked for one file at a time, killed and replaced when it fails."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Border:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None
    ) -> None:
        self._end()

    @property
    def child_id(self) -> int | None:
        """The process that reads at present; None while there is none."""
        return self._child.pid if self._child else None

    def ask(self, kind: str, raw: bytes) -> Reply:
        """The text of these bytes; a Refusal if they have none or the process broke over them."""
        child = self._child if self._child and self._child.poll() is None else self._begin()
        late = threading.Event()

        def stop() -> None:
            late.set()
            child.kill()

        clock = threading.Timer(self.limits.seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            reply = _exchange(child, kind, raw)
        except (OSError, EOFError, msgspec.MsgspecError):
            self._end()
            if late.is_set():
                seconds = f"{self.limits.seconds:g}"
                raise Refusal("timeout", f"reading it took more than {seconds} seconds") from None
            raise Refusal("parser-failed", "the reader broke down over this file") from None
        finally:
            clock.cancel()
        if reply.code is not None:
            raise Refusal(reply.code, reply.reason or reply.code)
        return reply

    def _begin(self) -> subprocess.Popen[bytes]:
        self._end()
        root = str(Path(whence.__file__).parent.parent)
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-c", _START.format(root=root, memory=self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _ready(self._child)
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was left to send has nowhere to go
                    continue


def _ready(child: subprocess.Popen[bytes]) -> None:
    """Wait until the process has loaded its parsers, so that no file is charged for that."""
    assert child.stdout is not None
    clock = threading.Timer(_TO_START, child.kill)
    clock.daemon = True
    clock.start()
    hello = child.stdout.read(1)
    clock.cancel()
    if not hello:
        raise Refusal("parser-failed", "the process that reads files could not be started")


def _exchange(child: subprocess.Popen[bytes], kind: str, raw: bytes) -> Reply:
    assert child.stdin is not None and child.stdout is not None
    send(child.stdin, msgspec.msgpack.encode(Request(kind, len(raw))))
    child.stdin.write(raw)
    child.stdin.flush()
    return _reply.decode(receive(child.stdout))


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message, its length before it."""
    pipe.write(len(message).to_bytes(8, "big") + message)


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message; EOFError where the other side is gone."""
    return exactly(pipe, int.from_bytes(exactly(pipe, 8), "big"))


def exactly(pipe: IO[bytes], size: int) -> bytes:
    """Read this many bytes, or raise EOFError."""
    if size > _LONGEST_REPLY:
        raise EOFError
    got = pipe.read(size)
    if len(got) != size:
        raise EOFError
    return got
