"""Whose words they are where no source is named: the writer’s, an outlet’s, a commenter’s."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from whence.knowledge import Known, folded
from whence.resolve.cast import Actor
from whence.resolve.casting import full_name
from whence.resolve.page import Answer, Page
from whence.resolve.phrase import parsed
from whence.terms import Attribution, Block, Kind


def voice(page: Page, each: Attribution) -> Answer | None:
    """The writer of an author's, an outlet's or a commenter's own assertions."""
    document = page.reading.document
    if each.voice == "commenter":
        by = next((b.by for b in _around(page.reading.blocks, each.content[0][0]) if b.by), None)
        return _by_name(page, by, "person", "the name over the comment") if by else None
    if each.voice == "outlet":
        ways = [c for a in page.reading.attributions for c in a.channels if c.inherited and c.span]
        way = next((c for c in ways if c.span and c.span[0] <= each.content[0][0]), None)
        return (
            _by_name(page, way.name, "organisation", "the page hands over to it") if way else None
        )
    if each.voice == "author":
        return writer(page) or (
            _by_name(page, document.outlet, "organisation", "the page is its own")
            if document.outlet else None
        )  # fmt: skip
    return None


def writer(page: Page) -> Answer | None:
    """The person whom the byline names."""
    byline = page.reading.document.byline or _signed(page.text)
    if not byline or re.search(
        r"\b(?:staff|desk|team|editors?|agencies|reporters?|news)\b", byline, re.I
    ):
        return None
    if re.search(r",|\band\b|&", byline):
        return None
    return _by_name(page, byline, "person", "the byline names its writer")


def commenter(page: Page, at: int) -> Answer | None:
    """Whoever wrote the comment or post that holds a place; nothing outside of these."""
    held = [b for b in _around(page.reading.blocks, at) if b.role in {"comment", "post"}]
    if not held:
        return None
    by = next((b.by for b in held if b.by), None)
    if by:
        return _by_name(page, by, "person", "the name over the comment")
    return Answer(None, "the words do not say who")


_CLOSINGS: Final = (
    "yours sincerely respectfully regards best love faithfully cordially affectionately with kind warm "
    "truly very wishes ever always"
)
_SIGNED: Final = re.compile(
    rf"\n[ \t]*(?:(?:{'|'.join(_CLOSINGS.split())})\b[ \t]*){{1,4}},?[ \t]*\n?\s*"
    r"(?P<name>[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,3})[ \t]*(?:,[^\n]*)?(?:\n|$)",
    re.I,
)


def _signed(text: str) -> str | None:
    """The name under a letter, after its closing words."""
    found = [m for m in _SIGNED.finditer(text) if m["name"][:1].isupper()]
    greeted = re.search(r"^\W*(?:dear|to)\b[^\n]{2,60}[,:]\s*$", text, re.I | re.M)
    return found[-1]["name"] if found and greeted and found[-1].end() > 0.6 * len(text) else None


def _by_name(page: Page, name: str, kind: Kind, why: str) -> Answer:
    entry: Known | None = page.look(name)
    phrase = parsed(name, (0, len(name)), kind, page.look)
    if kind == "person" and len(name.split()) > 1 and (old := page.cast.person(name)):
        return Answer(old, why)
    if phrase.sort == "body" and (actor := full_name(page.cast, phrase)):
        page.cast.note(actor, name, None, phrase)
        return Answer(actor, why)
    key = f"{'person' if kind == 'person' else 'org'}:{folded(name)}"
    actor = page.cast.by_key.get(key) or page.cast.add(Actor(kind, key, entry=entry))
    page.cast.note(actor, name)
    return Answer(actor, why)


def _around(blocks: Sequence[Block], at: int) -> list[Block]:
    """The blocks that hold a place, the innermost first."""
    held = [b for b in blocks if b.start <= at < b.end]
    return sorted(held, key=lambda b: b.end - b.start)
