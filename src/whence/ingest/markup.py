"""XML read safely: no entities of its own, nothing fetched, no deeper than any real file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

from whence.ingest.values import Refusal

DEEPEST = 500
_DECLARED = re.compile(r"<!DOCTYPE\s[^>\[]*\[|<!ENTITY\s", re.IGNORECASE)


class Listener(Protocol):
    """Who is told of each tag and each run of words while a file is read."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def end(self, tag: str) -> None:
        """A tag closes."""

    def words(self, data: str) -> None:
        """Words stand here."""


@dataclass(slots=True)
class Node:
    """A tag, without its prefix, and what is inside it: words and further tags, in order."""

    tag: str
    attributes: dict[str, str]
    inside: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in it, in order."""
        found: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            each = waiting.pop()
            if isinstance(each, str):
                found.append(each)
            else:
                waiting += reversed(each.inside)
        return "".join(found)

    def children(self, *tags: str) -> Iterator[Node]:
        """The tags of these names directly inside it."""
        return (each for each in self.inside if isinstance(each, Node) and each.tag in tags)

    def every(self, tag: str) -> Iterator[Node]:
        """The tags of this name anywhere inside it, in order."""
        for each in self.inside:
            if isinstance(each, Node):
                if each.tag == tag:
                    yield each
                yield from each.every(tag)


def refuse_entities(text: str) -> None:
    """Raise a Refusal where a file defines entities, which can name files or grow without end."""
    if _DECLARED.search(text):
        raise Refusal("xml-entities", "it defines entities of its own, which are never expanded")


def read(raw: bytes | str, listener: Listener) -> None:
    """Tell the listener what stands in this XML; a Refusal where it is broken or unsafe."""
    parser = expat.ParserCreate(None if isinstance(raw, bytes) else "utf-8")
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refusal("too-deep", f"its tags are nested more than {DEEPEST} deep")
        listener.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(tag.rpartition(":")[2])

    def entity(*_: object) -> None:
        raise Refusal("xml-entities", "it defines entities of its own, which are never expanded")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.words
    parser.EntityDeclHandler = entity
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as wrong:
        reason = f"its XML is broken (line {wrong.lineno}, column {wrong.offset + 1})"
        raise Refusal("malformed-xml", reason) from None
    except (ValueError, LookupError):
        raise Refusal("malformed-xml", "its XML cannot be read") from None


class _Grower:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes)
        if self._open:
            self._open[-1].inside.append(node)
        else:
            self.root = node
        self._open.append(node)

    def end(self, tag: str) -> None:
        self._open.pop()

    def words(self, data: str) -> None:
        if self._open:
            self._open[-1].inside.append(data)


def tree(raw: bytes | str) -> Node:
    """The tags of a short XML file as nodes."""
    grower = _Grower()
    read(raw, grower)
    if grower.root is None:
        raise Refusal("malformed-xml", "there is no XML in it")
    return grower.root
