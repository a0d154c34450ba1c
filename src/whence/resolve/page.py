"""One document while its sources are being resolved, and whether it holds together at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from whence.clauses import paragraphs
from whence.knowledge import folded
from whence.resolve import words as lexicon
from whence.resolve.bodies import composed
from whence.resolve.cast import Actor, Cast
from whence.resolve.casting import Labels
from whence.resolve.floor import Floor, floor_of
from whence.resolve.genders import settle
from whence.resolve.phrase import Look
from whence.terms import Attribution, Extent, Reading

_TALK: Final = re.compile(r"\b(?:I|you|You)\b")


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
    talk: bool
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
    made = Page(reading, cast, look, lines, Labels(reading), patchwork(reading, cast),
                is_talk(reading))  # fmt: skip
    settle(reading.document.text, cast)
    _meet_roles(reading.document.text, cast)
    for each in cast.actors:
        each.posts = {side(made, words) for words in each.of}
    return made


def _meet_roles(text: str, cast: Cast) -> None:
    """Notes where “the keeper” stands for the only person who is introduced as one."""
    held: dict[str, list[Actor]] = {}
    for each in cast.actors:
        if each.kind == "person":
            for role in each.roles:
                held.setdefault(role, []).append(each)
    for role, actors in held.items():
        if len(actors) != 1 or not actors[0].named or len(role) < 4:
            continue
        first = actors[0].first()
        pattern = rf"\b[Tt]he ((?i:{re.escape(role)}))\b(?!\s+(?:[A-Z]|of\b|for\b|at\b)|[’'-])"
        for found in re.finditer(pattern, text[first:]):
            at = (first + found.start(), first + found.end())
            if not any(x < at[1] and at[0] < y for x, y in actors[0].seen):
                actors[0].seen.append(at)


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
            later = any(" " in text[slice(*x)] for x in each.seen if x != first)
            signs += alone and (later or not each.roles) and any(a <= first[0] < b for a, b in body)
    datelines = len(re.findall(r"\n\W*[A-Z][\w ,.]{2,40}\([A-Z]{2,}[\w ]*\)\s*[-–—]", text))
    signs += _unintroduced(reading, cast)
    tags = re.findall(r",\s+(?:the\s+)?([A-Z]\w+)(?:\s+(?:news\s+)?agency)?\s+reported\.", text)
    agencies = len(set(tags)) > 1
    if not agencies and not datelines and is_talk(reading):
        return False
    return signs + datelines + agencies >= 2


def is_talk(reading: Reading) -> bool:
    """Whether people talk here, as in a tale or a transcript: quotations, questions, “I” and “you”."""
    text = reading.document.text
    lines = [text[a:b] for a, b in paragraphs(text)]
    spoken = sum(1 for line in lines if line[0] in "“\"‘'" or line[-1] == "?" or _TALK.search(line))
    return len(lines) >= 5 and spoken > 0.4 * len(lines)


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
