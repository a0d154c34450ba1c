"""What a page shows of one statement: its words, who said it, how we know, and who checked it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from whence.judgements.applied import denoted
from whence.terms import Attribution, Document, Entity, Judgement
from whence.web import words
from whence.web.markup import Mark, clipped

WORTH = frozenset(["accept", "reject", "not-a-statement"])
REJECTED = WORTH - {"accept"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who may have said it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """One statement, ready to be read by a person."""

    id: str
    doc: str
    found: Attribution
    said: str
    source: str | None
    cue: str | None
    speaker: str | None
    candidates: tuple[Candidate, ...]
    outer: Attribution | None
    judged: tuple[Judgement, ...]

    @property
    def drawn(self) -> str:
        """Where its source, cue and words stand, as the page's script reads it."""
        found = self.found
        spans = {"source": found.source, "cue": found.cue, "content": found.content}
        return msgspec.json.encode(spans).decode()

    @property
    def who(self) -> str:
        """Who said it, or that nobody has settled it."""
        if self.speaker is not None:
            return self.speaker
        if self.found.voice == "author":
            return "This page’s writer"
        return words.NOBODY

    @property
    def decided(self) -> Judgement | None:
        """The decision that stands on whether the reading is right; None while nobody has said."""
        for each in reversed(self.judged):
            if each.state == "standing" and each.verdict in WORTH:
                return each
        return None

    @property
    def checked(self) -> str:
        """Whether a person has checked it, in words."""
        if self.decided is None:
            return words.UNCHECKED
        return f"{words.VERDICT[self.decided.verdict]} by {self.decided.by}"


def cards(
    document: Document,
    found: Iterable[Attribution],
    entities: Mapping[str, Entity],
    judgements: Sequence[Judgement] = (),
) -> list[Card]:
    """The statements of one document in reading order, an outer one before what it holds."""
    everything = {each.id: each for each in found}
    about = _judged(document.id, list(everything.values()), judgements)
    order = sorted(everything.values(), key=lambda each: (_first(each), -each.content[-1][1]))
    return [_card(document, each, everything, entities, about) for each in order]


def _first(found: Attribution) -> int:
    return min(spans[0][0] for spans in (found.source, found.cue, found.content) if spans)


def _judged(
    doc: str, found: Sequence[Attribution], judgements: Iterable[Judgement]
) -> dict[str, list[Judgement]]:
    """The decisions about each statement, in the order in which they were made."""
    about: dict[str, list[Judgement]] = defaultdict(list)
    for each in judgements:
        for anchor in each.about:
            if anchor.type == "attribution" and anchor.doc == doc:
                for id in denoted(anchor, found):
                    about[id].append(each)
    return about


def _card(
    document: Document,
    found: Attribution,
    everything: Mapping[str, Attribution],
    entities: Mapping[str, Entity],
    about: Mapping[str, list[Judgement]],
) -> Card:
    named = entities.get(found.speaker) if found.speaker is not None else None
    return Card(
        id=found.id,
        doc=document.id,
        found=found,
        said=clipped(document.text, found.content),
        source=clipped(document.text, found.source) if found.source else None,
        cue=clipped(document.text, found.cue) if found.cue else None,
        speaker=named.name if named is not None else None,
        candidates=tuple(
            Candidate(each, entities[each].name) for each in found.candidates if each in entities
        ),
        outer=everything.get(found.within) if found.within is not None else None,
        judged=tuple(about.get(found.id, ())),
    )


def marks(shown: Iterable[Card]) -> list[Mark]:
    """The marks that a document's statements put on its words."""
    depth: dict[str, int] = {}
    out: list[Mark] = []
    for card in shown:
        found = card.found
        deep = depth[found.id] = depth.get(found.within or "", -1) + 1
        style = f"{found.stance} by-{found.voice} depth-{min(deep, 3)}"
        if card.decided is not None and card.decided.verdict in REJECTED:
            style += " rejected"
        label = words.LABEL[found.stance] if found.voice == "speaker" else _VOICES[found.voice]
        tells = f"{words.STANCE[found.stance]}: {card.who}. Open the note"
        for start, end in found.source:
            out.append(Mark(start, end, found.id, "source", style))
        for start, end in found.cue:
            out.append(Mark(start, end, found.id, "cue", style))
        for number, (start, end) in enumerate(found.content):
            first = number == 0
            out.append(
                Mark(
                    start, end, found.id, "content", style,
                    label=label if first else None, tells=tells,
                    anchor=f"words-{found.id}" if first else None,
                )
            )  # fmt: skip
    return out


_VOICES = {"author": "writer", "outlet": "copied", "commenter": "commenter", "speaker": ""}
