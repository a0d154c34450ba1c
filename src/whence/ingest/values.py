"""What reading a file gives: the document, its bytes, what its format says, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from whence.terms import Document, Part, Role

__all__ = [
    "Allowance", "Limits", "Mark", "Member", "Part", "Parts", "Refusal", "Reply", "Request",
    "Run", "Stated", "Taken",
]  # fmt: skip


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
    same, code point for code point, and where `mapped` is false: the format (PDF, Word, mail …)
    has no source whose characters could be counted, and `parts` says in which page or file each
    stretch stood. `encoding` is how the source was decoded. `remarks` says what a careful reader
    should know of the reading: `bad-encoding`, `hidden-text`, `truncated` … (`docs/remarks.md`).
    """

    document: Document
    raw: bytes
    marks: tuple[Mark, ...] = ()
    runs: tuple[Run, ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    mapped: bool = True
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of this machine one file may use before it is refused."""

    size: int = 20_000_000  # bytes of one text: longer ones are data, not articles
    memory: int = 1 << 29  # bytes of address space for each reading process
    seconds: float = 30.0  # wall clock for one file, and for each part of a container
    expanded: int = 1_000_000_000  # bytes that one archive may unpack to
    members: int = 20_000  # files in one archive
    deep: int = 5  # archives within archives


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
    retrieved: str | None = None


class Allowance(msgspec.Struct, frozen=True):
    """How much may come out of one container: bytes of one part, of all parts, and how many."""

    one: int
    whole: int
    count: int


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the parent asks of the reading process; the bytes follow.

    With an allowance the answer is the parts of a container, without one it is a text.
    """

    kind: str
    size: int
    charset: str | None = None
    allowance: Allowance | None = None


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the reading process answers: a text and what was found with it, or why there is none."""

    text: str = ""
    media_type: str = "text/plain"
    stated: Stated = Stated()
    marks: tuple[tuple[int, int, str, str | None], ...] = ()
    runs: tuple[tuple[int, int, int, int], ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    mapped: bool = True
    encoding: str | None = None  # of the source, where the text is mapped to it
    holds: int = 0  # documents of their own inside this one, such as attachments
    code: str | None = None
    reason: str | None = None


class Member(msgspec.Struct, frozen=True, omit_defaults=True):
    """One part of a container, its bytes after it; with a code: why it cannot be had.

    The last answer carries no part: it says that there are no more, or why the rest is missing.
    """

    name: str = ""
    size: int = 0
    kind: str | None = None
    charset: str | None = None
    stated: Stated = Stated()
    remarks: tuple[str, ...] = ()
    code: str | None = None
    reason: str | None = None
    last: bool = False
    reply: Reply | None = None  # where it was read already, with the rest of the container


Parts = Iterator[tuple[Member, bytes]]
"""What comes out of a container, one part after the other."""
