"""Words in their normal form, each with its place: what two texts are compared by.

Case, accents, quotation marks, dashes, apostrophes and the common spelling variants are laid
aside in a copy; every word still knows where it stands in the text as it was. All documents are
read in stretches of a few hundred thousand characters by whole-array arithmetic: a word's number
is a polynomial over its letters, taken from one running sum.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

U32 = NDArray[np.uint32]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]

PAD = 16  # numbers that equal nothing, around every document: no comparison runs past its end
WALL = "\ue000"  # a character of private use that stands for words not to be compared
STRETCH = 1 << 17  # characters read at once: small enough to stay in the processor's cache

_BREAK, _IGNORED, _DOT, _COMMA, _LETTER = 0, 1, 2, 3, 4
_TABLE = 0x20000
_SENTINEL = np.uint32(1 << 31)
_BASE = 0x9E3779B1
_APOSTROPHES = "'’‘`´ʼʻ‛′"

_OUR = "arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab neighb od parl"
_OUR += " rig rum sav splend tum val vap vig"
_OUR_ENDS = " s ed ing er ers able ably ite ites hood hoods ful less y ly ist ists al"
_DOUBLED = (
    "cancel channel counsel dial duel equal fuel label level marshal model panel quarrel rival"
)
_DOUBLED += " shovel signal total trail travel tunnel"
_RE = "calib cent fib lit lust meag met kilomet millimet centimet sab spect theat somb"
_NSE = "defen offen licen preten"
_PAIRS = (
    "programme program|programmes programs|towards toward|afterwards afterward|grey gray"
    "|judgement judgment|cheque check|cheques checks|tyre tire|tyres tires|plough plow"
    "|sceptic skeptic|sceptics skeptics|sceptical skeptical|scepticism skepticism|ageing aging"
    "|aluminium aluminum|amongst among|whilst while|per cent percent|practise practice"
    "|manoeuvre maneuver|manoeuvres maneuvers|mould mold|fulfil fulfill|enrol enroll"
    "|skilful skillful|jewellery jewelry|dialogue dialog|catalogue catalog|storey story"
    "|paediatric pediatric|anaesthetic anesthetic|foetus fetus|encyclopaedia encyclopedia"
    "|archaeology archeology|leant leaned|learnt learned|burnt burned|spelt spelled|adviser advisor"
    "|advisers advisors|kerb curb|sulphur sulfur|draught draft|moslem muslim|moslems muslims"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of several documents in one row, `PAD` walls after each of them."""

    number: U32
    start: I32
    end: I32
    first: I64
    """Where each document's words begin in the row, and after the last one the row's length."""


@cache
def _folding() -> NDArray[np.uint16]:
    """For each character: a break, nothing at all, or the letter it counts as."""
    points = np.arange(_TABLE, dtype=np.uint32)
    letters = points.view("<U1")
    table = np.where(np.strings.isalnum(letters), points & 0xFFFF, _BREAK).astype(np.uint16)
    for point in (*range(0x3000), *range(0x1D400, 0x1D800), *range(0xFE00, 0x10000)):
        letter = chr(point)
        if unicodedata.category(letter)[0] == "M" or unicodedata.category(letter) == "Cf":
            table[point] = _IGNORED
        elif table[point]:
            if letter.isalpha():
                letter = unicodedata.normalize("NFKD", letter.casefold())[0]
            table[point] = ord("s" if letter == "z" else letter) & 0xFFFF
    table[[ord(each) for each in _APOSTROPHES]] = _IGNORED
    table[ord(".")], table[ord(",")] = _DOT, _COMMA
    table[_TABLE - 1] = _BREAK
    table[ord(WALL)] = ord(WALL)
    return table


@cache
def _powers() -> tuple[U32, U32]:
    """The powers of the base, and of its inverse, modulo 2^32."""
    size = STRETCH + 2
    inverse = pow(_BASE, -1, 1 << 32)
    rows = []
    for base in (_BASE, inverse):
        row = np.full(size, base, np.uint32)
        row[0] = 1
        rows.append(np.multiply.accumulate(row, dtype=np.uint32))
    return rows[0], rows[1]


@cache
def _variants() -> tuple[NDArray[np.bool_], U32, U32]:
    """Spellings of one word: a sieve by a number's low bits, the numbers, and their stand-ins."""
    pairs = [tuple(each.split()) for each in _PAIRS.split("|")]
    pairs += [
        (stem + "our" + end, stem + "or" + end)
        for stem in _OUR.split()
        for end in _OUR_ENDS.split(" ")
    ]
    pairs += [
        (stem + stem[-1] + end, stem + end)
        for stem in _DOUBLED.split()
        for end in ("ed", "ing", "er", "ers")
    ]
    pairs += [
        (stem + "re" + end, stem + "er" + end) for stem in _RE.split() for end in ("", "s", "d")
    ]
    pairs += [
        (stem + "ce" + end, stem + "se" + end) for stem in _NSE.split() for end in ("", "s", "d")
    ]
    pairs = [each for each in pairs if len(each) == 2]
    text = " ".join(word for pair in pairs for word in pair)
    numbers = _stretch(text)[0].reshape(-1, 2)
    order = np.argsort(numbers[:, 0])
    sieve = np.zeros(1 << 16, np.bool_)
    sieve[numbers[:, 0] & 0xFFFF] = True
    return sieve, numbers[order, 0], numbers[order, 1]


def _stretch(text: str) -> tuple[U32, I64, I64]:
    """The words of one stretch of text: their numbers, starts and ends."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    code = np.empty(len(points) + 2, np.uint16)
    code[0] = code[-1] = _BREAK
    np.take(_folding(), points, mode="clip", out=code[1:-1])
    _settle_points(code)
    starts, ends = _runs(code)
    power, inverse = _powers()
    total = np.cumsum(code * power[: len(code)], dtype=np.uint32)
    value = (total[ends - 1] - total[starts - 1]) * inverse[starts]
    odd = np.searchsorted(starts, np.flatnonzero(code == _IGNORED), "right") - 1
    if len(odd):
        odd = np.unique(odd)
        value[odd], starts[odd], ends[odd] = _without_ignored(code, starts[odd], ends[odd])
        if (starts[odd] == ends[odd]).any():
            some = np.flatnonzero(starts < ends)
            value, starts, ends = value[some], starts[some], ends[some]
    number = _mixed(value)
    if code.max() >= ord(WALL):
        number[code[starts] == ord(WALL)] = _SENTINEL
    return number, starts - 1, ends - 1


def _mixed(value: U32) -> U32:
    """The same numbers spread over 31 bits, so that any of them may serve as a fingerprint."""
    value ^= value >> np.uint32(16)
    value *= np.uint32(0x7FEB352D)
    value ^= value >> np.uint32(15)
    value *= np.uint32(0x846CA68B)
    return value >> np.uint32(1)


def _without_ignored(code: NDArray[np.uint16], starts: I64, ends: I64) -> tuple[U32, I64, I64]:
    """The values of these words, apostrophes and the like left out, and where their letters are."""
    power, inverse = _powers()
    sizes = ends - starts
    opens = np.cumsum(sizes) - sizes
    place = np.arange(sizes.sum()) + np.repeat(starts - opens, sizes)
    letter = code[place] >= _LETTER
    kept = np.append(place[letter], 0)
    high = np.add.reduceat(letter, opens, dtype=np.int64).cumsum()
    low = np.concatenate(([0], high[:-1]))
    total = np.zeros(len(kept) + 1, np.uint32)
    np.cumsum(code[kept] * power[: len(kept)], out=total[1:])
    value = (total[high] - total[low]) * inverse[low]
    some = high > low
    first = np.where(some, kept[low], starts)
    return value, first, np.where(some, kept[high - 1] + 1, first)


def _settle_points(code: NDArray[np.uint16]) -> None:
    """“U.S.” and “1,000” are one word each; every other full stop or comma is a break."""
    dots = np.flatnonzero(code == _DOT)
    letter = (code[dots - 1] >= ord("a")) & (code[dots + 1] >= ord("a"))
    lone = letter & (code[np.maximum(dots - 2, 0)] < _LETTER)
    lone &= code[np.minimum(dots + 2, len(code) - 1)] < _LETTER
    commas = np.flatnonzero(code == _COMMA)
    figure = _is_digit(code[commas - 1]) & _is_digit(code[commas + 1])
    code[dots], code[commas] = np.where(lone, _IGNORED, _BREAK), np.where(figure, _IGNORED, _BREAK)


def _is_digit(code: NDArray[np.uint16]) -> NDArray[np.bool_]:
    return (code >= ord("0")) & (code <= ord("9"))


def _runs(code: NDArray[np.uint16]) -> tuple[I64, I64]:
    """Where words begin and end; in scripts without spaces, every character is a word."""
    solid = code != _BREAK
    edges = np.flatnonzero(solid[1:] != solid[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    if code.max() < 0x3040:
        return starts, ends
    alone = (code >= 0x3040) & (code < 0xA000) | (code >= 0xF900) & (code < 0xFB00)
    alone |= code == ord(WALL)
    if not alone.any():
        return starts, ends
    before, after = np.roll(solid, 1), np.roll(solid, -1)
    begins = solid & (~before | alone | np.roll(alone, 1))
    ceases = solid & (~after | alone | np.roll(alone, -1))
    return np.flatnonzero(begins), np.flatnonzero(ceases) + 1


def _same_spelling(number: U32) -> None:
    sieve, known, standin = _variants()
    maybe = np.flatnonzero(sieve[number & np.uint32(0xFFFF)])
    at = np.minimum(np.searchsorted(known, number[maybe]), len(known) - 1)
    found = known[at] == number[maybe]
    number[maybe[found]] = standin[at[found]]


def _pieces(texts: Sequence[str]) -> Iterator[list[tuple[int, int, str]]]:
    """Batches of (document, offset, text) of at most a stretch; long texts are cut at a space."""
    batch: list[tuple[int, int, str]] = []
    size = 0
    for doc, text in enumerate(texts):
        at = 0
        while at == 0 or at < len(text):
            stop = len(text)
            if stop - at >= STRETCH:
                stop = at + STRETCH - 1
                cut = max(text.rfind(" ", at, stop), text.rfind("\n", at, stop))
                stop = cut + 1 if cut > at else stop
            if batch and size + stop - at + 1 > STRETCH:
                yield batch
                batch, size = [], 0
            batch.append((doc, at, text[at:stop]))
            size += stop - at + 1
            at = max(stop, 1)
    if batch:
        yield batch


def nothing() -> Words:
    """The row that holds no document, only the walls before the first."""
    walls = np.arange(PAD, dtype=np.uint32) | _SENTINEL
    none = np.zeros(PAD, np.int32)
    return Words(walls, none, none, np.array([PAD]))


def read(texts: Sequence[str], before: Words) -> Words:
    """The row with the words of these texts added, walls after each."""
    row = len(before.number)
    room = row + sum(map(len, texts)) // 5 + PAD * len(texts)
    number, start, end = (
        np.empty(room, np.uint32),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
    )
    number[:row], start[:row], end[:row] = before.number, before.start, before.end
    first = before.first.tolist()
    # The allocator keeps blocks up to the largest it has had back: without this line it returns
    # every small array to the system at once, and the system clears each page of it anew.
    np.empty(1 << 24, np.uint8)
    for batch in _pieces(texts):
        numbers, starts, ends = _stretch("\n".join(piece for _, _, piece in batch))
        _same_spelling(numbers)
        since, need = row, row + len(numbers) + PAD * len(batch)
        if need > room:
            room = need + need // 4
            for each in (number, start, end):
                each.resize(room, refcheck=False)
        opens = np.cumsum([0, *(len(piece) + 1 for _, _, piece in batch)])
        bounds = np.searchsorted(starts, opens).tolist()
        for (doc, at, piece), low, high, skip in zip(
            batch, bounds, bounds[1:], opens, strict=False
        ):
            stop = row + high - low
            number[row:stop] = numbers[low:high]
            np.add(starts[low:high], at - skip, out=start[row:stop], casting="unsafe")
            np.add(ends[low:high], at - skip, out=end[row:stop], casting="unsafe")
            row = stop
            if at + len(piece) == len(texts[doc]):
                row = stop + PAD
                number[stop:row] = _SENTINEL
                start[stop:row] = end[stop:row] = 0
                first.append(row)
        walls = since + np.flatnonzero(number[since:row] >= _SENTINEL)
        number[walls] = walls.astype(np.uint32) | _SENTINEL
    for each in (number, start, end):
        each.resize(row, refcheck=False)
    return Words(number, start, end, np.array(first))
