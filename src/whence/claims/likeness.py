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
    """What is compared of a statement: its words, who says it, and when what it tells happened."""

    words: str
    speaker: str | None = None
    denies: bool = False
    days: tuple[tuple[str, str], ...] = ()
    """First and last day of the events that it dates."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts (logistic regression on claims grouped by hand)."""

    meaning: float = 4.1
    terms: float = 5.0
    held: float = -1.1  # the rarer words of the shorter one stand in the longer one
    speaker: float = 0.1
    denial: float = 3.6  # one speaker denies twice: in one pile, mostly the same thing
    bias: float = -2.5


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of a statement that carry meaning, as they are compared."""

    terms: Counter[str]
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
    return Cut(Counter(stem(each) for each in every if each.casefold() not in _STOP), said)


def rarity(cuts: Iterable[Cut]) -> dict[str, float]:
    """How telling each word is in this pile: rare words count more."""
    held: Counter[str] = Counter()
    count = 0
    for each in cuts:
        held.update(each.terms.keys())
        count += 1
    return {word: math.log((1 + count) / (1 + n)) + 1 for word, n in held.items()}


FEATURES: Final = ("meaning", "terms", "held", "speaker", "denial")


def features(
    cuts: Sequence[Cut], vectors: Floats, pairs: Sequence[Pair], rare: Mapping[str, float]
) -> NDArray[np.float64]:
    """For each pair of statements the likenesses that `Weights` weighs, in its order."""
    out = np.zeros((len(pairs), len(FEATURES)))
    norms = [_norm(each, rare) for each in cuts]
    masses = [sum(rare[word] for word in each.terms) for each in cuts]
    for row, (i, j) in enumerate(pairs):
        a, b = cuts[i], cuts[j]
        shared = a.terms.keys() & b.terms.keys()
        dot = sum(_tf(a.terms[w]) * _tf(b.terms[w]) * rare[w] ** 2 for w in shared)
        least = min(masses[i], masses[j])
        one_voice = a.said.speaker is not None and a.said.speaker == b.said.speaker
        out[row] = (
            float(vectors[i] @ vectors[j]),
            dot / (norms[i] * norms[j]) if shared else 0.0,
            sum(rare[word] for word in shared) / least if len(shared) > 1 else 0.0,
            float(one_voice),
            float(one_voice and a.said.denies and b.said.denies),
        )
    return out


FEW: Final = 20


def centred(vectors: Floats, around: int = 32) -> Floats:
    """Each vector as it differs from those nearest to it: what its topic shares with all of them
    says nothing about which claim it is."""
    count = len(vectors)
    share = min(1.0, count / FEW)  # of a handful, the middle is not their topic but themselves
    out = np.empty_like(vectors)
    for first in range(0, count, 256):
        block = vectors[first : first + 256]
        if count <= around:
            middle = vectors.mean(0, keepdims=True)
        else:
            near = np.argpartition(-(block @ vectors.T), around - 1, axis=1)[:, :around]
            middle = vectors[np.sort(near, axis=1)].mean(1)
        own = block - share * middle
        out[first : first + 256] = own / (np.linalg.norm(own, axis=1, keepdims=True) + 1e-9)
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
    return math.sqrt(sum((_tf(n) * rare[w]) ** 2 for w, n in each.terms.items()))
