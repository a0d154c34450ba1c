"""One document while its sources are being resolved, and whether it holds together at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whence.clauses import paragraphs
from whence.knowledge import folded
from whence.resolve import words as lexicon
from whence.resolve.cast import Actor, Cast
from whence.resolve.casting import Labels
from whence.resolve.floor import Floor, floor_of
from whence.resolve.phrase import Look, composed
from whence.terms import Attribution, Extent, Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """Who a source is, or who it may be, and why, in words for a reader."""

    actor: Actor | None
    why: str
    others: tuple[Actor, ...] = ()
    evidence: tuple[Extent, ...] = ()


@dataclass(slots=True)
class Page:
    """One document while its sources are being resolved, in reading order."""

    reading: Reading
    cast: Cast
    look: Look
    lines: list[Extent]
    labels: Labels
    patchwork: bool
    spoken: list[tuple[Attribution, Actor | None]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    turns: Floor | None = None

    @property
    def floor(self) -> Floor:
        """Who has the floor where; worked out when first asked for, as most pages have no “I”."""
        if self.turns is None:
            people = frozenset(self.text[m.start : m.end] for m in self.reading.mentions
                               if m.kind == "person" and m.form == "name")  # fmt: skip
            self.turns = floor_of(self.text, self.lines, self.cast, people)
        return self.turns

    @property
    def text(self) -> str:
        """The document's text."""
        return self.reading.document.text

    def line(self, at: int) -> int:
        """The number of the paragraph in which a place lies."""
        low, high = 0, len(self.lines)
        while low < high:
            mid = (low + high) // 2
            if self.lines[mid][1] <= at:
                low = mid + 1
            else:
                high = mid
        return low


def page(reading: Reading, cast: Cast, look: Look) -> Page:
    """A document ready for its sources to be resolved."""
    lines = list(paragraphs(reading.document.text))
    made = Page(reading, cast, look, lines, Labels(reading), patchwork(reading, cast))
    for each in cast.actors:
        each.posts = {side(made, words) for words in each.of}
    return made


def patchwork(reading: Reading, cast: Cast) -> bool:
    """Whether a page is stitched together from unrelated sentences, so that “he” means nobody here.

    Three things tell: people spoken of as known who are introduced later or never, datelines in
    the middle, and several agencies credited in passing, in paragraphs of one or two sentences.
    """
    text = reading.document.text
    idle = [b for b in reading.blocks if b.role in {"boilerplate", "headline", "byline", "comment"}]
    body = [(a, b) for a, b in paragraphs(text) if not any(i.start <= a < i.end for i in idle)]
    if len(body) < 5:
        return False
    short = [1 for a, b in body if len(re.findall(r"[.!?][”\"’']?\s+[A-Z“\"]", text[a:b])) <= 1]
    if len(short) < 0.7 * len(body):
        return False
    signs = 0
    for each in cast.actors:
        if each.kind == "person" and each.named and each.seen:
            first = min(each.seen)
            alone = " " not in text[slice(*first)]
            signs += alone and not each.roles and any(a <= first[0] < b for a, b in body)
    signs += len(re.findall(r"\n\W*[A-Z][\w ,.]{2,40}\([A-Z]{2,}[\w ]*\)\s*[-–—]", text))
    signs += _unintroduced(reading, cast)
    tags = re.findall(r",\s+(?:the\s+)?([A-Z]\w+)(?:\s+news\s+agency)?\s+reported\.", text)
    return signs + (len(set(tags)) > 1) >= 2


def _unintroduced(reading: Reading, cast: Cast) -> bool:
    """Whether somebody speaks as “he” or “she” before any person is named at all."""
    first = min(
        (a.first() for a in cast.actors if a.kind == "person" and a.seen),
        default=len(reading.document.text),
    )
    return any(
        reading.document.text[slice(*a.source[0])].casefold() in {"he", "she"} and a.source[0][0] < first
        for a in reading.attributions if a.source
    )  # fmt: skip


def side(page: Page, words: str) -> str:
    made = composed(words)
    if made:
        return f"{made[0]}|{made[1]}"
    body = page.cast.body(words)
    if body is None and folded(words) in lexicon.BODIES:
        fits = page.cast.bodies(folded(words))
        body = fits[0] if len(fits) == 1 else None
    return body.key if body else folded(words)
