"""What is inside a container: its parts become documents, or reasons, and theirs in turn."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from whence.ingest import kinds, lines
from whence.ingest.border import Border
from whence.ingest.taken import as_taken
from whence.ingest.values import Allowance, Member, Refusal, Stated, Taken
from whence.ingest.walk import refused
from whence.terms import Refused, Within

MANY = 10  # bad parts and no good one: then it is the container that is refused
_UNLIMITED = ("warc", "wacz", "mbox", "feed")  # read piece by piece, however many there are


@dataclass(slots=True)
class Left:
    """Who reads, and what may still come out of one file, its archives counted together."""

    border: Border
    expanded: int
    members: int
    depth: int = 0


def left_of(border: Border) -> Left:
    """What may come out of a file of which nothing was read yet."""
    return Left(border, border.limits.expanded, border.limits.members)


def parts(left: Left, name: str, kind: str, source: bytes | BinaryIO) -> Iterator[Taken | Refused]:
    """Every document inside this container, or why there is none."""
    if left.depth >= left.border.limits.deep:
        yield Refused(name, f"more than {left.border.limits.deep} archives deep", "too-deep")
        return
    left.depth += 1
    try:
        yield from settled(name, _members(left, name, kind, source))
    finally:
        left.depth -= 1


def settled(name: str, found: Iterable[Taken | Refused]) -> Iterator[Taken | Refused]:
    """What was found; or one refusal of the whole where many parts are bad and none is good."""
    wrong: list[Refused] = []
    taken = False
    for each in found:
        if isinstance(each, Taken):
            yield from wrong
            wrong, taken = [], True
            yield each
        elif taken:
            yield each
        else:
            wrong.append(each)
    if len(wrong) > MANY:
        first = next((each for each in wrong if each.code != "skipped"), wrong[0])
        reason = f"none of its {len(wrong)} parts is a document: {first.reason}"
        yield Refused(name, reason, first.code)
    elif wrong:
        yield from wrong
    elif not taken:
        yield Refused(name, "there is no document in it", "empty")


def _members(
    left: Left, name: str, kind: str, source: bytes | BinaryIO
) -> Iterator[Taken | Refused]:
    names: dict[str, int] = {}
    free = kind in _UNLIMITED
    whole = 1 << 50 if free else left.expanded
    allowance = Allowance(left.border.limits.size, whole, 1 << 40 if free else left.members)
    try:
        for member, raw in left.border.unpack(kind, source, allowance):
            if not member.name:  # a compressed file is called as it is, without the last ending
                bare = own_name(name).rpartition(".")[0]
                member = msgspec.structs.replace(member, name=bare or "content")
            left.members -= 1
            left.expanded -= len(raw)
            again = names[member.name] = names.get(member.name, 0) + 1
            if again > 1:
                remarks = (*member.remarks, "duplicate-name")
                other = f"{member.name} ({again})"
                member = msgspec.structs.replace(member, name=other, remarks=remarks)
            yield from _member(left, name, member, raw)
    except Refusal as why:
        yield refused(name, why)


def _member(left: Left, container: str, member: Member, raw: bytes) -> Iterator[Taken | Refused]:
    name = f"{container}#{member.name}"
    if member.code is not None:
        yield Refused(name, member.reason or member.code, member.code)
        return
    within = Within(container, member.name)
    try:
        kind, remark = member.kind, None
        if kind is None:
            kind, remark = kinds.kind_of(member.name, raw[: kinds.PEEK])
        if kind == "lines":
            yield from settled(name, lines.documents(left.border, name, io.BytesIO(raw)))
            return
        if kind in kinds.CONTAINERS:
            yield from parts(left, name, kind, raw)
            return
        reply = member.reply or left.border.ask(kind, raw, member.charset)
        if reply.code is not None:
            raise Refusal(reply.code, reply.reason or reply.code)
    except Refusal as why:
        yield refused(name, why)
        return
    remarks = (*member.remarks, *([remark] if remark else []), *reply.remarks)
    reply = msgspec.structs.replace(
        reply, remarks=tuple(dict.fromkeys(remarks)), stated=_over(member.stated, reply.stated)
    )
    yield as_taken(reply, raw, name, within)
    if reply.holds:
        yield from held(left, name, kind, raw)


def held(left: Left, name: str, kind: str, raw: bytes) -> Iterator[Taken | Refused]:
    """The documents that a document carries with it, such as attachments."""
    if left.depth >= left.border.limits.deep:
        yield Refused(name, f"more than {left.border.limits.deep} deep: what it holds", "too-deep")
        return
    left.depth += 1
    try:
        yield from _members(left, name, kind, raw)
    finally:
        left.depth -= 1


def own_name(name: str) -> str:
    """The last part of a name such as “pile.zip#letters/old.txt.gz”: “old.txt.gz”."""
    return name.rpartition("#")[2].rpartition("/")[2]


def _over(first: Stated, second: Stated) -> Stated:
    """What the second states, but for what the first does."""
    said = {name: value for name, value in msgspec.structs.asdict(first).items() if value}
    return msgspec.structs.replace(second, **said) if said else second
