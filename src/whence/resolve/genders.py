"""Whether the page calls somebody “he” or “she”, where no title or common first name tells."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from whence.knowledge import folded
from whence.resolve import words as lexicon
from whence.resolve.cast import Actor, Cast

AFTER: Final = 160  # code points after a name in which a pronoun most often means its bearer
_PRONOUN: Final = re.compile(r"\b(?:(he|his|him|himself)|(she|her|hers|herself))\b", re.I)


def settle(text: str, cast: Cast) -> None:
    """Gives persons without a known gender the one that their first name or the page gives them."""
    people = [a for a in cast.actors if a.kind == "person" and a.named]
    starts = sorted((x, y, n) for n, a in enumerate(people) for x, y in a.seen)
    counts: dict[int, Counter[str]] = {}
    for i, (_, y, n) in enumerate(starts):
        if people[n].gender is not None:
            continue
        end = min(starts[i + 1][0] if i + 1 < len(starts) else len(text), y + AFTER)
        tally = counts.setdefault(n, Counter())
        first: str | None = None
        for found in _PRONOUN.finditer(text, y, end):
            word = "he" if found[1] else "she"
            first = first or word
            if word != first:  # from here on somebody else is spoken of
                break
            tally[word] += 1
    for n, tally in counts.items():
        people[n].gender = _by_first_name(people[n]) or _by_pronouns(tally)


def _by_first_name(actor: Actor) -> str | None:
    """Of somebody named by one word alone, if that is a common first name."""
    words = {folded(n) for n in actor.names}
    if any(" " in w for w in words):
        return None
    man, woman = bool(words & lexicon.MEN), bool(words & lexicon.WOMEN)
    return ("he" if man else "she") if man != woman else None


def _by_pronouns(tally: Counter[str]) -> str | None:
    best, rest = ("he", "she") if tally["he"] >= tally["she"] else ("she", "he")
    return best if tally[best] >= 2 and tally[best] >= 3 * tally[rest] else None
