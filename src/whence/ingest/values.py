"""What reading a file gives: the document, its bytes, what its format says, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from whence.terms import Document, Role


@dataclass(frozen=True, slots=True)
class Mark:
    """What the format itself says about a stretch of the text: “this is a reader's comment”."""

    start: int
    end: int
    role: Role
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Which code points of the decoded source a stretch of the text was read from."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One document, the bytes it was read from, and what the format says about its parts.

    `runs` maps the text back to the decoded source, in order; it is empty where both are the
    same, code point for code point. `remarks` says what a careful reader should know of the
    reading: `bad-encoding`, `guessed-encoding`, `control-chars`, `hidden-text`, `date-conflict`.
    """

    document: Document
    raw: bytes
    marks: tuple[Mark, ...] = ()
    runs: tuple[Run, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of this machine one file may use before it is refused."""

    size: int = 20_000_000  # bytes of one text: longer ones are data, not articles
    memory: int = 1 << 30  # bytes of address space for the reading process
    seconds: float = 30.0  # wall clock for one file


class Refusal(Exception):
    """A text that cannot be read: a code for programs, a reason for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Stated(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the file says about itself in fields of its own, as text."""

    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    translator: str | None = None
    published: str | None = None
    published_last: str | None = None
    updated: str | None = None
    language: str | None = None
    address: str | None = None


class Request(msgspec.Struct, frozen=True):
    """What the parent asks of the reading process; the bytes follow."""

    kind: str
    size: int


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the reading process answers: a text and what was found with it, or why there is none."""

    text: str = ""
    media_type: str = "text/plain"
    stated: Stated = Stated()
    marks: tuple[tuple[int, int, str, str | None], ...] = ()
    runs: tuple[tuple[int, int, int, int], ...] = ()
    remarks: tuple[str, ...] = ()
    code: str | None = None
    reason: str | None = None
