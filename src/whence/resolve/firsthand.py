"""Who “I”, “we” and “you” are: whoever is quoted, has the floor, or wrote the page."""

from __future__ import annotations

import re
from typing import Final

from whence.clauses import inside, overlap, size
from whence.knowledge import folded
from whence.resolve.cast import Actor, within
from whence.resolve.floor import Held
from whence.resolve.introduced import narrated
from whence.resolve.page import Answer, Page
from whence.resolve.voices import commenter, writer
from whence.terms import Attribution, Extent

OPEN: Final = "the words do not say who"
_SAYS: Final = re.compile(
    r"\b(?:said|says|told|tells|added|adds|asked|asks|wrote|writes|explained|replied|noted|recalled|continued|"
    r"commented|remarked|stated|argued|insisted|warned|admitted|concluded|observed|answered|tweeted|posted)\b"
)
_SPEAKS_FOR: Final = frozenset("spokesman spokeswoman spokesperson representative ceo".split())  # fmt: skip


def first_person(page: Page, each: Attribution, word: str) -> Answer:
    """Who “I”, “we” or “you” is where a source is no more than that."""
    at = each.source[0]
    quote = page.floor.quote(at[0])
    if quote is not None:
        by = None if word == "you" else _quoted(page, each, quote)
    elif (block := _block_quote(page, each)) is not None:
        by = None if word == "you" else page.answers.get(block.id)
    else:
        return on_the_floor(page, at, word)
    if by is None or by.actor is None:
        return Answer(None, OPEN, by.others if by else ())
    if word == "i":
        if by.actor.kind == "person":
            return Answer(by.actor, "the words stand in what they say", evidence=by.evidence)
        return Answer(None, OPEN, (by.actor,), by.evidence)
    return _we(page, by.actor, by.evidence)


def _we(page: Page, actor: Actor, evidence: tuple[Extent, ...]) -> Answer:
    """“We” in what a body says, or somebody who speaks for one."""
    if actor.kind in {"organisation", "group"}:
        return Answer(actor, "the words stand in what they say", evidence=evidence)
    if actor.roles & _SPEAKS_FOR:
        whose = {id(b): b for words in actor.of if (b := page.cast.body(words))}
        if len(whose) == 1:
            body = next(iter(whose.values()))
            return Answer(body, f"{actor.name} speaks for it", (actor,), evidence)
    return Answer(None, "who “we” are is not said", (actor,), evidence)


def on_the_floor(page: Page, at: Extent, word: str) -> Answer:
    """Outside quotations: whoever has the floor, or wrote the page."""
    if (by := commenter(page, at[0])) is not None:
        return by if word == "i" else Answer(None, OPEN)
    held: Held | None = page.floor.hearer(at[0]) if word == "you" else page.floor.speaker(at[0])
    if word == "we":
        return (
            _we(page, held.actor, held.evidence)
            if held
            else Answer(None, "who “we” are is not said")
        )
    if held:
        return Answer(held.actor, held.why, evidence=(at, *held.evidence))
    if word == "i" and not page.floor.speaks and not narrated(page.text) and (by := writer(page)):
        return by
    return Answer(None, OPEN)


def _block_quote(page: Page, each: Attribution) -> Attribution | None:
    """Whose words a passage set apart without quotation marks is, if this stands in one."""
    held = [
        b for b in page.reading.blocks if b.role == "quote" and b.start <= each.source[0][0] < b.end
    ]
    if not held:
        return None
    around = [a for a in page.reading.attributions
              if a.id != each.id and a.source and inside(each.source, a.content)]  # fmt: skip
    return min(around, key=lambda a: a.content[-1][1] - a.content[0][0], default=None)


def _quoted(page: Page, each: Attribution, quote: Extent) -> Answer | None:
    """Who is quoted: the source of these words, else the one person whom their paragraph names."""
    for other in page.reading.attributions:
        if other.id == each.id or not other.source or not overlap(other.content, (quote,)):
            continue
        if (
            size(other.content) > 3 * (quote[1] - quote[0]) + 200
        ):  # a whole page is nobody's quotation
            continue
        if any(quote[0] <= a < quote[1] for a, _ in other.source):
            continue
        known = page.answers.get(other.id)
        if known is not None and known.actor is not None:
            return known
        words = folded(page.text[slice(*other.source[0])])
        if words in {"i", "me"}:
            return on_the_floor(page, other.source[0], "i")
    return _tagged(page, quote)


def _tagged(page: Page, quote: Extent) -> Answer | None:
    """“…,” said Orlo: the only person named outside the quotations of this paragraph, who speaks."""
    number = page.floor.line(quote[0])
    for n in (number, number - 1):
        if n < 0:
            return None
        line = page.lines[n]
        quotes = [q for q in page.floor.quotes if q[0] < line[1] and line[0] < q[1]]
        if (
            n == number
            and n
            and [(line[0], line[1])] == [q for q in quotes if q[1] - q[0] >= line[1] - line[0] - 1]
        ):
            before = page.text[slice(*page.lines[n - 1])]
            if not before.endswith(":") and not _opens(page, n - 1):
                return None
            continue
        rest = " ".join(page.text[a:b] for a, b in _outside(line, quotes))
        if not _SAYS.search(rest) and n == number:
            return None
        spoke = {id(a): a for said, a in page.spoken if a and a.kind == "person"
                 and line[0] <= said.source[0][0] < line[1] and not _held(said.source[0][0], quotes)}  # fmt: skip
        if len(spoke) == 1:
            actor = next(iter(spoke.values()))
            return Answer(actor, "the words stand in what they say", evidence=(quote,))
        people = [a for a in within(page.cast.actors, *line) if a.kind == "person" and a.named
                  and any(line[0] <= x < line[1] and not _held(x, quotes) for x, _ in a.seen)]  # fmt: skip
        return (
            Answer(people[0], "the words stand in what they say", evidence=(quote,))
            if len(people) == 1
            else None
        )
    return None


def _opens(page: Page, n: int) -> bool:
    """Whether a paragraph ends in a quotation that it does not close."""
    words = page.text[slice(*page.lines[n])]
    return words.rfind("“") > words.rfind("”")


def _held(at: int, quotes: list[Extent]) -> bool:
    return any(a <= at < b for a, b in quotes)


def _outside(line: Extent, quotes: list[Extent]) -> list[Extent]:
    out, at = [], line[0]
    for a, b in quotes:
        if a > at:
            out.append((at, a))
        at = max(at, b)
    return [*out, (at, line[1])] if at < line[1] else out
