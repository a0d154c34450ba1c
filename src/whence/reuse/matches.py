"""Words that stand, nearly the same, in two documents: found without comparing all pairs.

Every run of a few words is reduced to one number, and of each few neighbouring numbers the
smallest is kept (winnowing, Schleimer and others 2003). Equal numbers, brought together by one
sort, are seeds; seeds on one diagonal are one seed; each seed grows both ways over changed,
added and missing words for as long as that pays.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.reuse.words import I64, PAD, U32, Words, nothing, read
from whence.terms import Span

U64 = NDArray[np.uint64]

_BLOCK = 1 << 16  # words whose fingerprints are taken at once
_STEP = 8  # words compared at once while a seed grows
_SKIPS = ((1, 1), (1, 0), (0, 1), (2, 2), (2, 1), (1, 2), (2, 0), (0, 2))
"""Words passed over on the left and on the right at a change, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What counts as shared wording rather than a few words in common."""

    shingle: int = 6  # words in a seed; shorter ones are in every second sentence
    window: int = 4  # of so many neighbouring seeds one is kept: exact runs of 9 are never missed
    shortest: int = 8  # equal words in a passage worth showing
    identity: float = 0.75  # of its words, so many must be equal; 10 % changed on either side pass
    change: float = 1.5  # equal words that it takes to make up for one changed word
    gap: int = 3  # words that may lie between two halves of one passage
    crowd: int = 16  # a run of words is compared with so many earlier places where it stands

    def __post_init__(self) -> None:
        if not (2 <= self.shingle <= self.shortest and self.window >= 1 and self.crowd >= 1):
            raise ValueError(f"{self} can find nothing")
        if self.shingle + self.window > PAD:
            raise ValueError(f"a seed and its window are longer than {PAD} words")


USUAL = Overlap()


@dataclass(frozen=True, slots=True)
class Match:
    """Where two documents share their wording, and how much of it is equal (0 to 1)."""

    left: Span
    right: Span
    identity: float


@dataclass(frozen=True, slots=True)
class Index:
    """Documents read for comparison: their words in one row, and the sorted fingerprints."""

    ids: tuple[str, ...]
    words: Words
    prints: U64
    """A fingerprint in the upper half, its place in the row in the lower; ascending."""


@dataclass(frozen=True, slots=True)
class _Seeds:
    """Stretches of the row, word for word or nearly, `equal` words of them the same."""

    left: I64
    left_end: I64
    right: I64
    right_end: I64
    equal: I64

    def __getitem__(self, these: NDArray[np.bool_] | I64) -> _Seeds:
        return _Seeds(
            self.left[these], self.left_end[these], self.right[these], self.right_end[these],
            self.equal[these],
        )  # fmt: skip


def empty() -> Index:
    """The index that holds no document."""
    return Index((), nothing(), np.zeros(0, np.uint64))


def shared(documents: Sequence[tuple[str, str]], knobs: Overlap = USUAL) -> tuple[Match, ...]:
    """All wording that any two of these (id, text) share, however it comes to be shared."""
    return join(empty(), documents, knobs)[1]


def join(
    index: Index, documents: Sequence[tuple[str, str]], knobs: Overlap = USUAL
) -> tuple[Index, tuple[Match, ...]]:
    """The index with these documents added, and the matches in which one of them takes part.

    Adding in turn gives what adding all at once gives.
    """
    old = len(index.words.number)
    words = read([text for _, text in documents], index.words)
    added = _fingerprints(words.number, old, knobs)
    prints = np.concatenate((index.prints, added)) if len(index.prints) else added
    prints.sort()
    joined = Index(index.ids + tuple(each for each, _ in documents), words, prints)
    seeds = _diagonals(*_pairs(prints, old, words.first, knobs), knobs)
    return joined, _matches(joined, _merged(_grown(seeds, words.number, knobs), words.first, knobs))


def _fingerprints(number: U32, since: int, knobs: Overlap) -> U64:
    """One number for some run of words in every window, with its place."""
    wide = knobs.window - 1
    last = len(number) - knobs.shingle + 1
    found = np.empty(max(last - since, 0) * 2 // knobs.window + _BLOCK, np.uint64)
    size = 0
    for at in range(since, max(last, since), _BLOCK):
        low, high = max(at - wide, 0), min(at + _BLOCK + wide, last)
        run = number[low:high].copy()
        wall = number[low : high + knobs.shingle - 1] >> np.uint32(31)
        for more in range(1, knobs.shingle):
            run *= np.uint32(0x9E3779B1)
            run += number[low + more : high + more]
        run ^= run >> np.uint32(15)
        run *= np.uint32(0x85EBCA77)
        walls = np.concatenate(([0], np.cumsum(wall, dtype=np.int32)))
        whole = walls[knobs.shingle :] == walls[: -knobs.shingle]
        run[~whole] = 0xFFFFFFFF
        least = run[: len(run) - wide].copy()
        for more in range(1, knobs.window):
            np.minimum(least, run[more : len(run) - wide + more], out=least)
        most = np.zeros(len(run), np.uint32)
        for more in range(knobs.window):
            np.maximum(most[more : more + len(least)], least, out=most[more : more + len(least)])
        kept = np.flatnonzero((run == most) & whole)
        kept = kept[(kept + low >= at) & (kept + low < at + _BLOCK)]
        place = (kept + low).astype(np.uint64)
        stop = size + len(kept)
        if stop > len(found):
            found.resize(2 * stop, refcheck=False)
        found[size:stop] = run[kept].astype(np.uint64) << np.uint64(32) | place
        size = stop
    found.resize(size, refcheck=False)
    return found


def _pairs(prints: U64, since: int, first: I64, knobs: Overlap) -> tuple[I64, I64]:
    """Places with one fingerprint, in two documents, the later of them added now."""
    same = (prints[1:] ^ prints[:-1]) < np.uint64(1 << 32)
    several = np.flatnonzero(np.concatenate((same, [False])) | np.concatenate(([False], same)))
    place = (prints[several] & np.uint64(0xFFFFFFFF)).astype(np.int64)
    opens = np.flatnonzero(~np.concatenate(([False], same))[several])
    rank = np.arange(len(several)) - np.repeat(opens, np.diff(np.append(opens, len(several))))
    count = np.where(place >= since, np.minimum(rank, knobs.crowd), 0)
    right = np.repeat(np.arange(len(several)), count)
    back = np.arange(len(right)) - np.repeat(np.cumsum(count) - count, count) + 1
    doc = np.searchsorted(first, place, "right")
    left = right - back
    apart = doc[left] != doc[right]
    return place[left[apart]], place[right[apart]]


def _diagonals(left: I64, right: I64, knobs: Overlap) -> _Seeds:
    """Seeds that follow each other on both sides with nothing but changed words between."""
    key = (right - left) << 32 | left
    key.sort()
    left = key & 0xFFFFFFFF
    diagonal = key >> 32
    near = knobs.shingle + 1
    breaks = (np.diff(diagonal) != 0) | (np.diff(left) > near)
    opens = np.flatnonzero(np.concatenate(([True], breaks))) if len(key) else np.zeros(0, np.int64)
    closes = np.append(opens[1:], len(key)) - 1 if len(key) else opens
    start, end = left[opens], left[closes] + knobs.shingle
    across = diagonal[opens]
    return _Seeds(start, end, start + across, end + across, end - start)


def _grown(seeds: _Seeds, number: U32, knobs: Overlap) -> _Seeds:
    """The seeds, each as far as its neighbours on both sides are nearly the same.

    So many at a time that what is counted for them stays in the processor's cache.
    """
    size = len(seeds.left)
    parts = [
        _longer(seeds[np.arange(at, min(at + _BLOCK, size))], number, knobs)
        for at in range(0, max(size, 1), _BLOCK)
    ]
    return _Seeds(
        *(
            np.concatenate([getattr(each, name) for each in parts])
            for name in ("left", "left_end", "right", "right_end", "equal")
        )
    )


def _longer(seeds: _Seeds, number: U32, knobs: Overlap) -> _Seeds:
    ahead = _reach(seeds.left_end, seeds.right_end, number, 1, knobs)
    behind = _reach(seeds.left - 1, seeds.right - 1, number, -1, knobs)
    grown = _Seeds(
        seeds.left - behind[0], seeds.left_end + ahead[0],
        seeds.right - behind[1], seeds.right_end + ahead[1],
        seeds.equal + ahead[2] + behind[2],
    )  # fmt: skip
    return grown[grown.equal >= knobs.shortest]


def _reach(left: I64, right: I64, number: U32, way: int, knobs: Overlap) -> tuple[I64, I64, I64]:
    """How many words on the left and the right may be added, going one way, and the equal ones."""
    size = len(left)
    best = (np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64))
    top = np.zeros(size)
    live = np.arange(size)
    at, to, equal, score = left.copy(), right.copy(), np.zeros(size, np.int64), np.zeros(size)
    while len(live):
        run = _run(at, to, number, way)
        at, to = at + way * run, to + way * run
        equal, score = equal + run, score + run
        better = score > top[live]
        won = live[better]
        top[won] = score[better]
        best[0][won] = np.abs(at - left[live])[better]
        best[1][won] = np.abs(to - right[live])[better]
        best[2][won] = equal[better]
        one, other = _skip(at, to, number, way)
        cost = np.maximum(one, other)
        score = score - knobs.change * cost
        on = (cost > 0) & (score + 3 * knobs.change > top[live])
        live, at, to = live[on], (at + way * one)[on], (to + way * other)[on]
        equal, score = equal[on], score[on]
    return best


def _run(at: I64, to: I64, number: U32, way: int) -> I64:
    """How many words in a row are equal from here."""
    total = np.zeros(len(at), np.int64)
    live = np.arange(len(at))
    span = way * np.arange(_STEP)
    while len(live):
        here, there = at[live] + way * total[live], to[live] + way * total[live]
        differ = number[here[:, None] + span] != number[there[:, None] + span]
        any_differ = differ.any(axis=1)
        total[live] += np.where(any_differ, differ.argmax(axis=1), _STEP)
        live = live[~any_differ]
    return total


def _skip(at: I64, to: I64, number: U32, way: int) -> tuple[I64, I64]:
    """How many words to pass over on each side so that they agree again; 0, 0 where none helps."""
    one, other = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    live = np.arange(len(at))
    for left, right in _SKIPS:
        agree = np.arange(len(live))
        for more in range(1 + max(left, right)):
            here = at[live[agree]] + way * (left + more)
            there = to[live[agree]] + way * (right + more)
            agree = agree[number[here] == number[there]]
        one[live[agree]], other[live[agree]] = left, right
        live = np.delete(live, agree)
    return one, other


def _merged(seeds: _Seeds, first: I64, knobs: Overlap) -> _Seeds:
    """Each passage once: what grew out of several seeds, or nearly touches on both sides, is one."""
    if not len(seeds.left):
        return seeds
    pair = np.searchsorted(first, seeds.left, "right") << 32
    pair |= np.searchsorted(first, seeds.right, "right")
    for turn in range(6):
        across = seeds.left if turn % 2 == 0 else seeds.right - seeds.left
        order = np.lexsort((seeds.left, across, pair))
        seeds, pair = seeds[order], pair[order]
        opens = np.flatnonzero(~_continues(seeds, pair, knobs))
        if turn and len(opens) == len(pair):
            break
        seeds, pair = _united(seeds, opens), pair[opens]
    long = np.maximum(seeds.left_end - seeds.left, seeds.right_end - seeds.right)
    kept = (seeds.equal >= knobs.shortest) & (seeds.equal >= knobs.identity * long)
    return seeds[kept]


def _continues(seeds: _Seeds, pair: I64, knobs: Overlap) -> NDArray[np.bool_]:
    """Whether each seed overlaps or all but touches the one before it, on both sides."""
    near = np.zeros(len(pair), np.bool_)
    drift = np.abs(np.diff(seeds.right - seeds.left))
    near[1:] = (pair[1:] == pair[:-1]) & (drift <= 2 * knobs.gap)
    for start, end in ((seeds.left, seeds.left_end), (seeds.right, seeds.right_end)):
        apart = np.maximum(start[1:], start[:-1]) - np.minimum(end[1:], end[:-1])
        near[1:] &= apart <= knobs.gap
    return near


def _united(seeds: _Seeds, opens: I64) -> _Seeds:
    """One seed for each group of neighbours."""
    left, right = np.minimum.reduceat(seeds.left, opens), np.minimum.reduceat(seeds.right, opens)
    left_end = np.maximum.reduceat(seeds.left_end, opens)
    right_end = np.maximum.reduceat(seeds.right_end, opens)
    twice = np.zeros(len(seeds.left), np.int64)
    twice[1:] = np.minimum(seeds.left_end[1:], seeds.left_end[:-1]) - np.maximum(
        seeds.left[1:], seeds.left[:-1]
    )
    fresh = seeds.equal - np.clip(twice, 0, seeds.equal)
    fresh[opens] = seeds.equal[opens]
    equal = np.maximum(np.add.reduceat(fresh, opens), np.maximum.reduceat(seeds.equal, opens))
    short = np.minimum(left_end - left, right_end - right)
    return _Seeds(left, left_end, right, right_end, np.minimum(equal, short))


def _matches(index: Index, seeds: _Seeds) -> tuple[Match, ...]:
    """The seeds as spans of their documents."""
    with _uncollected():
        return tuple(
            match
            for at in range(0, len(seeds.left), _BLOCK)
            for match in _spelt(index, seeds[np.arange(at, min(at + _BLOCK, len(seeds.left)))])
        )


def _spelt(index: Index, seeds: _Seeds) -> Iterator[Match]:
    words, ids = index.words, index.ids
    long = np.maximum(seeds.left_end - seeds.left, seeds.right_end - seeds.right)
    columns = (
        np.searchsorted(words.first, seeds.left, "right") - 1,
        words.start[seeds.left],
        words.end[seeds.left_end - 1],
        np.searchsorted(words.first, seeds.right, "right") - 1,
        words.start[seeds.right],
        words.end[seeds.right_end - 1],
        np.round(seeds.equal / long, 4),
    )
    for doc, start, end, to, at, stop, identity in zip(
        *(each.tolist() for each in columns), strict=True
    ):
        yield Match(Span(ids[doc], start, end), Span(ids[to], at, stop), identity)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: millions of small values are made, none of them part of a
    ring, and the collector would walk over all of them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
