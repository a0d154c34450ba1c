"""How likely each name in reach is whom “he”, “she”, “it” or “they” means, or that it is nobody.

A few plain features, weighed by a table that training/antecedents makes. The features are of the
kind that people name when asked: who stands nearest, who begins the sentence, who spoke last.
"""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from whence.resolve.cast import Actor
from whence.resolve.page import Page
from whence.terms import Extent

REACH: Final = 1500  # code points back; “he” seldom means somebody farther off
_BREAK: Final = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"‘\[])|\n")
_PREPOSITION: Final = re.compile(
    r"\b(?:of|to|with|by|from|for|at|about|against|on|in|and|than|between|under)\s+(?:the\s+)?$",
    re.I,
)
_POSSESSIVE: Final = re.compile(r"[’']s?\b")
NAMES: Final = (
    "same sentence", "one sentence back", "two sentences back", "farther", "other paragraph", "distance",
    "nearest", "second nearest", "opens its sentence", "after a preposition", "possessive", "how often",
    "most often", "spoke last", "linked", "linked surely", "linked to another", "gender known", "in the title",
    "in a quotation",
)  # fmt: skip
NOBODY: Final = (
    "nobody", "somebody described nearer", "nobody fits but one", "none within two sentences", "in a quotation here",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun: where it stands, and what a model links it to and how surely."""

    at: int
    link: Extent | None = None
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """Those who fit, each with how likely it is; what is missing to one is nobody's."""

    actors: tuple[Actor, ...]
    chances: tuple[float, ...]


def features(page: Page, asked: Asked, fits: Sequence[Actor]) -> list[list[float]]:
    """For each who fits, the features named in NAMES."""
    text, at = page.text, asked.at
    last = {id(a): max(x for x in _starts(a) if x < at) for a in fits}
    near = sorted(last.values(), reverse=True)
    often = {id(a): bisect_left(_starts(a), at) for a in fits}
    most = max(often.values(), default=0)
    speaker = _last_speaker(page, at)
    linked = [a for a in fits if asked.link and any(x <= asked.link[0] < y for x, y in a.seen)]
    rows = []
    for actor in fits:
        x = last[id(actor)]
        y = max(b for a, b in actor.seen if a == x)
        breaks = len(_BREAK.findall(text, x, at))
        rank = near.index(x)
        mine = actor in linked
        rows.append([float(v) for v in (
            breaks == 0, breaks == 1, breaks == 2, breaks > 2, page.line(x) != page.line(at), math.log1p(at - x) / 5,
            rank == 0, rank == 1, _opens(text, x), bool(_PREPOSITION.search(text[max(0, x - 14) : x])),
            bool(_POSSESSIVE.match(text, y)) or text[y - 2 : y] in {"’s", "'s"}, math.log1p(often[id(actor)]),
            often[id(actor)] == most, actor is speaker, mine, mine and asked.sure >= 0.8, bool(linked) and not mine,
            actor.gender is not None, min(_starts(actor)) < 120, page.floor.quote(x) is not None,
        )])  # fmt: skip
    return rows


def nobody(
    page: Page, asked: Asked, rows: Sequence[Sequence[float]], described: bool
) -> list[float]:
    """The features, named in NOBODY, of there being nobody named whom the word means."""
    near = any(row[0] or row[1] or row[2] for row in rows)
    return [1.0, float(described), float(len(rows) == 1), float(not near),
            float(page.floor.quote(asked.at) is not None)]  # fmt: skip


def ranked(page: Page, asked: Asked, fits: Sequence[Actor], kind: str, described: bool) -> Ranked:
    """Those who fit, the likeliest first; `kind` is “person” or “body”."""
    if not fits:
        return Ranked((), ())
    weights = table()[kind]
    rows = features(page, asked, fits)
    scores = [sum(weights[n] * v for n, v in zip(NAMES, row, strict=True)) for row in rows]
    none = nobody(page, asked, rows, described)
    scores.append(sum(weights[n] * v for n, v in zip(NOBODY, none, strict=True)))
    top = max(scores)
    parts = [math.exp(s - top) for s in scores]
    whole = sum(parts)
    order = sorted(range(len(fits)), key=lambda n: -parts[n])
    return Ranked(tuple(fits[n] for n in order), tuple(parts[n] / whole for n in order))


@cache
def table() -> Mapping[str, Mapping[str, float]]:
    """The weights by kind and feature, and under “threshold” from where on an answer is given."""
    words = files("whence").joinpath("data/antecedents.csv").read_text("utf-8")
    out: dict[str, dict[str, float]] = {}
    for row in csv.DictReader(words.splitlines()):
        out.setdefault(row["kind"], {})[row["feature"]] = float(row["weight"])
    return out


def _starts(actor: Actor) -> list[int]:
    return sorted(x for x, _ in actor.seen)


def _opens(text: str, at: int) -> bool:
    """Whether a name stands at the head of its sentence or line."""
    before = text[max(0, at - 6) : at].rstrip(' “"‘')
    return not before or before[-1] in ".!?\n:" or before.endswith("The")


def _last_speaker(page: Page, at: int) -> Actor | None:
    said = [(each.source[0][0], actor) for each, actor in page.spoken if each.source[0][0] < at]
    return max(said, key=lambda pair: pair[0])[1] if said else None
