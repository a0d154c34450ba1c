"""From words on the command line to a judgement on the words of a document."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from whence.dossier import Dossier
from whence.errors import NotFound, Usage
from whence.judgements import anchored, likeness, quoted, whole
from whence.terms import Anchor, Document, Extents, Judgement, Verdict

TYPES = {
    "same-entity": "mention", "not-same-entity": "mention", "place-is": "mention",
    "same-claim": "claim", "not-same-claim": "claim", "is-copy-of": "document",
    "not-copy-of": "document", "metadata-is": "document", "note": "text",
}  # fmt: skip
"""What the words of a verdict are taken to be; an attribution where none is named."""


@dataclass(frozen=True, slots=True)
class Words:
    """Which words were pointed at: one place, or two for a verdict about two."""

    docs: Sequence[str]
    quotes: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    type: str | None = None


def decide(
    case: Path, verdict: str, words: Words, said: tuple[str | None, str | None, str | None]
) -> Judgement:
    """Write the judgement down; `said` is its value, its reason, and who decides."""
    value, why, by = said
    with Dossier.open(case) as dossier:
        about = anchors(dossier, verdict, words)
        if verdict == "undo" and not about and value:
            about = _of(dossier, value)
        return dossier.judge(cast(Verdict, verdict), about, by=by or login(), value=value, why=why)


def _of(dossier: Dossier, id: str) -> tuple[Anchor, ...]:
    for each in dossier.judgements():
        if each.id == id:
            return each.about
    raise NotFound(f"there is no judgement {id} to undo")


def login() -> str:
    """The name that a decision is signed with if none is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise Usage("your login name is not known; say who decides with --by NAME") from None


def anchors(dossier: Dossier, verdict: str, words: Words) -> tuple[Anchor, ...]:
    """The places pointed at: a document, words in it, or words by their position."""
    type = words.type or TYPES.get(verdict, "attribution")
    if len(words.starts) != len(words.ends) or (words.starts and words.quotes):
        raise Usage("give --start and --end together, or --quote instead of both")
    places = max(len(words.docs), len(words.quotes), len(words.starts))
    if places and not words.docs:
        raise Usage("say which document with --doc")
    found = []
    for number in range(places):
        name = words.docs[min(number, len(words.docs) - 1)]
        document = dossier.document(name)
        spans: Extents = ()
        if words.quotes:
            spans = (standing(document, words.quotes[min(number, len(words.quotes) - 1)]),)
        elif number < len(words.starts):
            spans = (within(document, words.starts[number], words.ends[number]),)
        elif type != "document":
            raise Usage(f"say which words of {name} with --quote, or --start and --end")
        if type == "attribution" and verdict != "add-statement":
            found.append(statement_at(dossier, document, spans))
        else:
            found.append(Anchor(type, document.id, spans, quoted(document.text, spans)))
    return tuple(found)


def statement_at(dossier: Dossier, document: Document, spans: Extents) -> Anchor:
    """The anchor of the statement that these words are, or are part of."""
    found = dossier.attributions(document.id, rejected=True)
    scores = {each.id: likeness(each.content, spans) for each in found}
    best = max(scores.values(), default=0.0)
    meant = [each for each in found if scores[each.id] == best > 0]
    if len(meant) == 1:
        return anchored(meant[0], document.text, found)
    words = quoted(document.text, spans)
    if not meant:
        none = Usage(f"no statement was found in “{words}”")
        none.hint = "add-statement adds one; whence show lists those found"
        raise none
    exact = [each for each in meant if ((hull := whole(each))[0][0], hull[-1][1]) == spans[0]]
    if len(exact) == 1:
        return anchored(exact[0], document.text, found)
    several = Usage(f"“{words}” is part of {len(meant)} statements")
    several.hint = "give the --start of the first word and the --end of the last, source included"
    raise several


def standing(document: Document, quote: str) -> tuple[int, int]:
    """Where the words stand; they must stand there once, or it would be a guess."""
    times = document.text.count(quote) if quote else 0
    if times == 1:
        start = document.text.index(quote)
        return start, start + len(quote)
    if not times:
        raise Usage(f"“{quote}” does not stand in {document.name}, letter for letter")
    raise Usage(f"“{quote}” stands {times} times in {document.name}: quote more, or use --start")


def within(document: Document, start: int, end: int) -> tuple[int, int]:
    """The position, if the text has it."""
    if not 0 <= start < end <= len(document.text):
        raise Usage(f"{start}–{end} is no place in {document.name} (0–{len(document.text)})")
    return start, end
