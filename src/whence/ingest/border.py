"""The border: every parser runs in a process of its own that may break without harm."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, TypeVar

import msgspec

import whence
from whence.ingest.values import Allowance, Limits, Member, Refusal, Reply, Request

_START = (
    "import sys; sys.path.insert(0, {root!r}); "
    "from whence.ingest.worker import {main}; {main}({memory}{more})"
)
_reply = msgspec.msgpack.Decoder(Reply)
_member = msgspec.msgpack.Decoder(Member)
_LONGEST_REPLY = 600_000_000
_TO_START = 60.0  # seconds, on a machine that is busy with other things
PATIENCE = 10  # times its seconds: after that a process is late, however busy the machine is
_T = TypeVar("_T")


@dataclass(slots=True)
class Child:
    """One reading process, and whether it was stopped for taking too long."""

    process: subprocess.Popen[bytes]
    source: IO[bytes] | None  # where its requests go; None if it reads a file of its own
    sink: IO[bytes]
    late: bool = False

    def stop(self) -> None:
        """Stop it for good."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.source, self.sink):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was left to send has nowhere to go
                    continue


def waited(place: str) -> float:
    """Seconds for which this process was ready to run and got no processor, where Linux says so."""
    try:
        return int(Path("/proc", place, "schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One process that reads, since when, for how long it may, and who waits for it."""

    child: Child
    seconds: float
    began: float
    places: tuple[str, str]
    before: float

    @classmethod
    def of(cls, child: Child, seconds: float) -> Turn:
        """A turn that begins now."""
        places = str(child.process.pid), f"self/task/{threading.get_native_id()}"
        return cls(child, seconds, time.monotonic(), places, sum(map(waited, places)))

    def late(self) -> bool:
        """Whether it has had its time; what a busy machine kept from it does not count."""
        took = time.monotonic() - self.began
        if took <= self.seconds:
            return False
        kept_waiting = sum(map(waited, self.places)) - self.before
        return took - kept_waiting > self.seconds or took > PATIENCE * self.seconds


class Watch(threading.Thread):
    """Looks at the clock while a process reads, and kills the one that is late."""

    def __init__(self, seconds: float) -> None:
        super().__init__(daemon=True)
        self._often = min(0.1, seconds / 4)
        self._watched: Turn | None = None
        self.done = threading.Event()

    def over(self, child: Child, seconds: float) -> None:
        """Watch over this process for so long."""
        self._watched = Turn.of(child, seconds)
        if not self.is_alive() and not self.done.is_set():
            self.start()

    def rest(self) -> None:
        """Watch over none."""
        self._watched = None

    def run(self) -> None:
        """Look again and again until the border closes."""
        while not self.done.wait(self._often):
            watched = self._watched
            if watched and watched.late():
                watched.child.late = True
                watched.child.process.kill()
                self._watched = None


class Border:
    """Warm reading processes: each is asked for one file at a time, and replaced when it fails.

    As a rule there is one. While the parts of an archive are read, a second holds the archive.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._idle: list[Child] = []
        self._watch = Watch(limits.seconds)

    def __enter__(self) -> Border:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, what: BaseException | None, at: TracebackType | None
    ) -> None:
        self._watch.done.set()
        while self._idle:
            self._idle.pop().stop()

    @property
    def child_id(self) -> int | None:
        """The process that would read the next file; None while there is none."""
        return self._idle[-1].process.pid if self._idle else None

    def ask(self, kind: str, raw: bytes, charset: str | None = None) -> Reply:
        """The text of these bytes; a Refusal if they have none or the process broke over them."""
        child = self._lent()

        def exchange() -> Reply:
            _request(child, Request(kind, len(raw), charset), raw)
            return _reply.decode(receive(child.sink))

        reply = self._guarded(child, exchange)
        self._back(child)
        if reply.code is not None:
            raise Refusal(reply.code, reply.reason or reply.code)
        return reply

    def unpack(
        self, kind: str, source: bytes | BinaryIO, allowance: Allowance
    ) -> Iterator[tuple[Member, bytes]]:
        """The parts of a container, one by one; a Refusal where it breaks off.

        Bytes go to a warm process; an open file is given to a new one, which reads it by itself.
        """
        child: Child | None
        if isinstance(source, bytes):
            child = self._lent()
            request, raw, sender = Request(kind, len(source), None, allowance), source, child
            self._guarded(child, lambda: _request(sender, request, raw))
        else:
            child = self._begin(kind, source, allowance)
        reader = child
        try:
            while True:
                member, got = self._guarded(reader, lambda: _part(reader.sink))
                if member.last:
                    if isinstance(source, bytes):
                        self._back(reader)
                        child = None
                    if member.code is not None:
                        raise Refusal(member.code, member.reason or member.code)
                    return
                yield member, got
        finally:
            if child is not None:
                child.stop()

    def _lent(self) -> Child:
        while self._idle:
            child = self._idle.pop()
            if not child.late and child.process.poll() is None:
                return child
            child.stop()
        return self._begin()

    def _back(self, child: Child) -> None:
        self._idle.append(child)

    def _guarded(self, child: Child, act: Callable[[], _T]) -> _T:
        """What the act gives, unless the process breaks or is late: then it is stopped."""

        self._watch.over(child, self.limits.seconds)
        try:
            return act()
        except (OSError, EOFError, msgspec.MsgspecError):
            child.stop()
            if child.late:
                seconds = f"{self.limits.seconds:g}"
                raise Refusal("timeout", f"reading it took more than {seconds} seconds") from None
            raise Refusal("parser-failed", "the reader broke down over this file") from None
        finally:
            self._watch.rest()

    def _begin(
        self, kind: str = "", file: BinaryIO | None = None, allowance: Allowance | None = None
    ) -> Child:
        root, more = str(Path(whence.__file__).parent.parent), ""
        if file is not None and allowance is not None:
            more = f", {kind!r}, {allowance.one}, {allowance.whole}, {allowance.count}"
        main = "unpack_file" if more else "main"
        start = _START.format(root=root, main=main, memory=self.limits.memory, more=more)
        if file is not None:  # its buffer may have read ahead of where the file itself stands
            os.lseek(file.fileno(), 0, os.SEEK_SET)
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", start],
            stdin=subprocess.PIPE if file is None else file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert process.stdout is not None
        child = Child(process, process.stdin, process.stdout)
        _ready(child)
        return child


def _ready(child: Child) -> None:
    """Wait until the process has loaded its parsers, so that no file is charged for that."""
    clock = threading.Timer(_TO_START, child.process.kill)
    clock.daemon = True
    clock.start()
    hello = child.sink.read(1)
    clock.cancel()
    if not hello:
        child.stop()
        raise Refusal("parser-failed", "the process that reads files could not be started")


def _request(child: Child, request: Request, raw: bytes) -> None:
    assert child.source is not None
    send(child.source, msgspec.msgpack.encode(request))
    child.source.write(raw)
    child.source.flush()


def _part(pipe: IO[bytes]) -> tuple[Member, bytes]:
    member = _member.decode(receive(pipe))
    return member, exactly(pipe, member.size)


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message, its length before it."""
    pipe.write(len(message).to_bytes(8, "big") + message)


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message; EOFError where the other side is gone."""
    return exactly(pipe, int.from_bytes(exactly(pipe, 8), "big"))


def exactly(pipe: IO[bytes], size: int) -> bytes:
    """Read this many bytes, or raise EOFError."""
    if not 0 <= size <= _LONGEST_REPLY:
        raise EOFError
    got = pipe.read(size)
    if len(got) != size:
        raise EOFError
    return got
