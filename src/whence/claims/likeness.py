"""How likely two statements put the same proposition forward: by meaning, words, names, speaker."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whence.clauses import quoted

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness counts (logistic regression on claims grouped by hand)."""

    each: tuple[float, ...]
    bias: float


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
    names: str = ""
    """Full names of those whom its words mean by other names or by a pronoun."""
    points: bool = False
    """Whether it only points at what somebody else says, and so is like nothing by its words."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of a statement that carry meaning, as they are compared."""

    terms: Counter[str]
    said: Said = field(repr=False)
    twos: Mapping[tuple[str, str], bool] = field(default_factory=dict, repr=False)
    """Each two telling words in a row, and whether they stand in quotation marks."""


_FEW_HOLD: Final = 6
_ENOUGH: Final = 3  # echoes beyond which more say nothing more
OWN: Final = 0.6  # how much a statement's own words count beside the whole sentence


def blended(words: Floats, sentences: Floats) -> Floats:
    """The vector of each statement: its own words first, and the sentence that it stands in, which
    shows what a scrap of it means."""
    mixed = OWN * words + (1 - OWN) * sentences
    out: Floats = mixed / (np.linalg.norm(mixed, axis=1, keepdims=True) + 1e-9)
    return out


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
    terms = Counter(stem(each) for each in _WORD.findall(said.words) if _tells(each))
    for name in _WORD.findall(said.names):
        if _tells(name):
            terms.setdefault(stem(name), 1)
    return Cut(terms, said, _twos(said.words))


def _twos(words: str) -> dict[tuple[str, str], bool]:
    marks = tuple(quoted(words))
    telling = [m for m in _WORD.finditer(words) if _tells(m.group())]
    out: dict[tuple[str, str], bool] = {}
    for one, other in pairwise(telling):
        held = any(a <= one.start() and other.end() <= b for a, b in marks)
        key = (stem(one.group()), stem(other.group()))
        out[key] = held or out.get(key, False)
    return out


def echoes(cuts: Sequence[Cut]) -> Counter[Pair]:
    """The pairs of statements that have words in common which at least one of them quotes: how many
    times two telling words in a row, of those that no more than a few statements hold."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, each in enumerate(cuts):
        for two in each.twos:
            holders[two].append(at)
    found: Counter[Pair] = Counter()
    for two, all_of in holders.items():
        if len(all_of) <= _FEW_HOLD:
            found.update((i, j) for i, j in combinations(all_of, 2)
                         if cuts[i].twos[two] or cuts[j].twos[two])  # fmt: skip
    return found


def _tells(word: str) -> bool:
    return word.casefold() not in _STOP


def rarity(cuts: Iterable[Cut]) -> dict[str, float]:
    """How telling each word is in this pile: rare words count more."""
    held: Counter[str] = Counter()
    count = 0
    for each in cuts:
        held.update(each.terms.keys())
        count += 1
    return {word: math.log((1 + count) / (1 + n)) + 1 for word, n in held.items()}


FEATURES: Final = ("meaning", "terms", "rank", "denial", "echo")


@cache
def trained() -> Weights:
    """The weights that come with Whence; `training/claims` makes them."""
    rows = csv.reader(io.StringIO((files("whence") / "data" / "claims.csv").read_text("utf-8")))
    found = {name: float(weight) for name, weight in rows if name != "likeness"}
    return Weights(tuple(found[name] for name in FEATURES), found["bias"])


def features(cuts: Sequence[Cut], meaning: Floats, pairs: Sequence[Pair]) -> Doubles:
    """For each pair of statements its likenesses, in the order of `FEATURES`."""
    rare, echo = rarity(cuts), echoes(cuts)
    norms = [_norm(each, rare) for each in cuts]
    out = np.zeros((len(pairs), len(FEATURES)))
    out[:, 0], out[:, 2] = nearness(meaning, pairs)
    for row, (i, j) in enumerate(pairs):
        a, b = cuts[i], cuts[j]
        shared = a.terms.keys() & b.terms.keys()
        dot = sum(_tf(a.terms[w]) * _tf(b.terms[w]) * rare[w] ** 2 for w in shared)
        one_voice = a.said.speaker is not None and a.said.speaker == b.said.speaker
        out[row, 1] = dot / (norms[i] * norms[j]) if shared else 0.0
        if one_voice and a.said.denies and b.said.denies:
            out[row, 3] = max(0.0, out[row, 0])
        out[row, 4] = min(_ENOUGH, echo[i, j])
    return out


def nearness(meaning: Floats, pairs: Sequence[Pair]) -> tuple[Doubles, Doubles]:
    """How near each pair is in meaning, and how many others are nearer to the one and to the other
    (their logarithms added): in a pile on one subject all are near, but few are nearest."""
    own = centred(meaning)
    near, rank = np.zeros(len(pairs)), np.zeros(len(pairs))
    ends: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, (i, j) in enumerate(pairs):
        ends[i].append((j, row))
        ends[j].append((i, row))
    for first in range(0, len(own), 256):
        block = own[first : first + 256] @ own.T
        for at, likes in enumerate(block, first):
            likes[at] = -1.0
            for other, row in ends[at]:
                near[row] = likes[other]
                rank[row] += math.log1p(np.count_nonzero(likes > likes[other]))
    return near, rank


FEW: Final = 20


def centred(vectors: Floats, around: int = 64) -> Floats:
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


def scores(table: Doubles, weights: Weights) -> Doubles:
    """The chance, between 0 and 1, that each pair is one claim."""
    out: Doubles = 1 / (1 + np.exp(-(table @ np.array(weights.each) + weights.bias)))
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
