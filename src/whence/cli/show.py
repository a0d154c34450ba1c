"""A dossier on a terminal: the documents, and one document's text with who says what in it."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import typer

from whence.dossier import Dossier
from whence.terms import Attribution, Block, Document, Entity, Extents

MARGIN = 13
STYLES: Mapping[str, str] = {"role": "cyan", "title": "white", "faint": "bright_black"}


def visible(text: str) -> str:
    """Text that cannot move the cursor or turn the line round: such characters are spelled out."""
    return "".join(_shown(c) for c in text)


def _shown(character: str) -> str:
    code = ord(character)
    if code < 0x20 and character not in "\n\t":
        return chr(0x2400 + code)
    if 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return f"<U+{code:04X}>"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else character


def counted(number: int, thing: str) -> str:
    """A number with its noun."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def styled(text: str, style: str) -> str:
    """Text in the style of its kind, where a terminal shows colours."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return typer.style(text, fg=STYLES[style], bold=style == "title")


# ---------------------------------------------------------------- the pile


def pile(dossier: Dossier) -> Iterator[str]:
    """One line for each document: id, name, outlet, date, and how many statements are in it."""
    documents = dossier.documents()
    statements: dict[str, int] = {}
    for found in dossier.attributions():
        statements[found.doc] = statements.get(found.doc, 0) + 1
    for each in documents:
        facts = [each.outlet, _date(each), None if each.read else unread(each)]
        facts.append(counted(statements.get(each.id, 0), "statement"))
        about = " · ".join(visible(fact) for fact in facts if fact)
        yield f"{styled(each.id[:8], 'faint')}  {visible(each.name)}  ({about})"
        if each.title:
            yield f"          {visible(' '.join(each.title.split()))}"
    if not documents:
        yield "no documents yet"


def unread(document: Document) -> str:
    """Why a document's statements are not looked for."""
    return f"not read: {document.language or 'language unknown'}"


def _date(document: Document) -> str | None:
    when = document.published
    return None if when is None else when.first or when.last


# ---------------------------------------------------------------- one document


def page(dossier: Dossier, wanted: str) -> Iterator[str]:
    """A document's text, block by block, with who says what under each block."""
    document = dossier.document(wanted)
    found = dossier.attributions(document.id)
    entities = dossier.entities()
    yield styled(visible(document.title or document.name), "title")
    facts = (document.name, document.outlet, document.byline, _date(document), document.address)
    yield styled(" · ".join(visible(fact) for fact in facts if fact), "faint")
    if not document.read:
        yield styled(unread(document), "faint")
    width = max(40, min(110, shutil.get_terminal_size((100, 24)).columns)) - MARGIN
    done: set[str] = set()
    for start, end, label in stretches(document, dossier.blocks(document.id)):
        yield ""
        lines = document.text[start:end].strip("\n").split("\n")
        for number, line in enumerate(wrapped(lines, width)):
            margin = styled((label if number == 0 else "").ljust(MARGIN), "role")
            yield (margin + line).rstrip()
        for each in found:
            if each.id not in done and start <= each.content[0][0] < end:
                done.add(each.id)
                text = said(document, each, entities)
                first, *rest = textwrap.wrap(text, width - 2) or [""]
                yield styled(" " * MARGIN + "▸ " + first, "faint")
                yield from (styled(" " * (MARGIN + 2) + line, "faint") for line in rest)


def wrapped(lines: Iterable[str], width: int) -> Iterator[str]:
    """Lines no wider than the page."""
    for line in lines:
        yield from textwrap.wrap(visible(line), width) or [""]


def stretches(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """The leaf blocks in order, with their labels; the whole text if there are none."""
    holders = {block.within for block in blocks}
    leaves = [block for block in blocks if block.id not in holders]
    if not leaves:
        yield 0, len(document.text), ""
    for block in sorted(leaves, key=lambda each: each.start):
        if document.text[block.start : block.end].strip():
            yield block.start, block.end, block.role


def said(document: Document, found: Attribution, entities: Mapping[str, Entity]) -> str:
    """One statement in one line: who, what they do with the words, the words, by which way."""
    text = document.text
    who = speaker(found, entities)
    ways = "".join(f", via {each.name}" for each in found.channels)
    return visible(f"{who} {found.stance}: {_flat(text, found.content)}{ways}")


def speaker(found: Attribution, entities: Mapping[str, Entity]) -> str:
    """Who says it, or that this is not settled."""
    if found.speaker is not None and found.speaker in entities:
        return entities[found.speaker].name
    if found.voice == "speaker":
        return "[speaker not settled]"
    return {"author": "[the author]", "outlet": "[another outlet]"}.get(
        found.voice, "[a commenter]"
    )


def _flat(text: str, spans: Extents) -> str:
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)
