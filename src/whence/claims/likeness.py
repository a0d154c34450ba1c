"""How likely two statements put the same proposition forward: by meaning, words, names, speaker."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pair = tuple[int, int]

_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_STOP: Final = frozenset(
    "a an the of to in on at by for with from and or but that this these those which who whom what"
    " is are was were be been being has have had having he it they she i we you his her its their"
    " our your my me him them us as if when while than then so such do does did there here after"
    " before about into over under more most also any some all own only just very said say says"
    " will would may might could can should not no nor never neither n't".split()
)
_NUMBERS: Final = {
    word: str(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_ENDINGS: Final = ("ations", "ation", "ments", "ment", "ingly", "edly", "ings", "ing", "ies", "ied",
                   "ers", "er", "ions", "ion", "ed", "es", "ly", "s", "’s", "'s")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a statement: its words, who says it, and what it names and counts."""

    words: str
    speaker: str | None = None
    names: frozenset[str] = frozenset()
    days: tuple[tuple[str, str], ...] = ()
    """First and last day of the events that it dates."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts, and where two statements begin to be one claim."""

    meaning: float = 4.0
    terms: float = 3.0
    held: float = 1.5  # the shorter one's words stand in the longer one
    run: float = 2.0  # the longest run of words in common
    speaker: float = 0.5
    names: float = 0.5
    clash: float = -1.0  # both count something, and no number is the same
    bias: float = -4.0


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of a statement that carry meaning, as they are compared."""

    terms: Counter[str]
    run: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    said: Said = field(repr=False)


@cache
def stem(word: str) -> str:
    """A word without its ending, so that “opened” and “opening” are one."""
    word = word.casefold()
    if word in _NUMBERS:
        return _NUMBERS[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 4 else word


def cut(said: Said) -> Cut:
    """A statement as it is compared."""
    every = _WORD.findall(said.words)
    run = tuple(stem(each) for each in every)
    terms = Counter(stem(each) for each in every if each.casefold() not in _STOP)
    names = frozenset(
        stem(each) for i, each in enumerate(every) if i and each[0].isupper() and each != "I"
    )
    numbers = frozenset(each for each in terms if each.isdigit())
    return Cut(terms, run, names | said.names, numbers, said)


def rarity(cuts: Iterable[Cut]) -> dict[str, float]:
    """How telling each word is in this pile: rare words count more."""
    held: Counter[str] = Counter()
    count = 0
    for each in cuts:
        held.update(each.terms.keys())
        count += 1
    return {word: math.log((1 + count) / (1 + n)) + 1 for word, n in held.items()}


FEATURES: Final = ("meaning", "terms", "held", "run", "speaker", "names", "clash")


def features(
    cuts: Sequence[Cut], vectors: Floats, pairs: Sequence[Pair], rare: Mapping[str, float]
) -> NDArray[np.float64]:
    """For each pair of statements the likenesses that `Weights` weighs, in its order."""
    out = np.zeros((len(pairs), len(FEATURES)))
    norms = [_norm(each, rare) for each in cuts]
    masses = [sum(rare.get(word, 1.0) for word in each.terms) for each in cuts]
    for row, (i, j) in enumerate(pairs):
        a, b = cuts[i], cuts[j]
        shared = a.terms.keys() & b.terms.keys()
        dot = sum(_tf(a.terms[w]) * _tf(b.terms[w]) * rare.get(w, 1.0) ** 2 for w in shared)
        mass = sum(rare.get(word, 1.0) for word in shared)
        out[row] = (
            float(vectors[i] @ vectors[j]),
            dot / (norms[i] * norms[j]) if norms[i] and norms[j] else 0.0,
            mass / max(1e-9, min(masses[i], masses[j])) if len(shared) > 1 else 0.0,
            min(1.0, _longest(a.run, b.run) / 8) if len(shared) > 1 else 0.0,
            float(a.said.speaker is not None and a.said.speaker == b.said.speaker),
            _agreement(a.names, b.names),
            float(bool(a.numbers and b.numbers) and not a.numbers & b.numbers),
        )
    return out


def scores(table: NDArray[np.float64], weights: Weights) -> NDArray[np.float64]:
    """The chance, between 0 and 1, that each pair is one claim."""
    by = np.array([getattr(weights, name) for name in FEATURES])
    out: NDArray[np.float64] = 1 / (1 + np.exp(-(table @ by + weights.bias)))
    return out


def apart(a: Said, b: Said) -> bool:
    """Whether both date what they tell, and no day of the one is a day of the other."""
    if not a.days or not b.days:
        return False
    return not any(f <= y and x <= last for f, last in a.days for x, y in b.days)


def _tf(count: int) -> float:
    return 1 + math.log(count)


def _norm(each: Cut, rare: Mapping[str, float]) -> float:
    return math.sqrt(sum((_tf(n) * rare.get(w, 1.0)) ** 2 for w, n in each.terms.items()))


def _agreement(a: frozenset[str], b: frozenset[str]) -> float:
    if not a or not b:
        return 0.0
    return 1.0 if a & b else -1.0


def _longest(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """The longest run of words that both hold, up to eight."""
    length = 0
    for wanted in range(2, 9):
        grams = {a[i : i + wanted] for i in range(len(a) - wanted + 1)}
        if not any(b[i : i + wanted] in grams for i in range(len(b) - wanted + 1)):
            break
        length = wanted
    return length
