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
U64 = NDArray[np.uint64]

PAD = 16  # numbers that equal nothing, around every document: no comparison runs past its end
WALL = "\ue000"  # a character of private use that stands for words not to be compared
STRETCH = 1 << 16  # characters read at once: small enough to stay in the processor's cache

_BREAK, _IGNORED, _DOT, _COMMA, _LETTER = 0, 1, 2, 3, 4
_TABLE = 0x20000
_SENTINEL = np.uint32(1 << 31)
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_APOSTROPHES = "'’‘`´ʼʻ‛′"

_OUR = "arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab neighb od parl"
_OUR += " rig rum sav splend tum val vap vig"
_OUR_ENDS = " s ed ing er ers able ably ite ites hood hoods ful less y ly ist ists al"
_DOUBLED = "cancel channel counsel dial duel equal fuel label level marshal model panel quarrel rival"
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
            plain = unicodedata.normalize("NFKD", letter.casefold())[0]
            table[point] = ord("s" if plain == "z" else plain) & 0xFFFF
    table[[ord(each) for each in _APOSTROPHES]] = _IGNORED
    table[ord(".")], table[ord(",")] = _DOT, _COMMA
    table[_TABLE - 1] = _BREAK
    table[ord(WALL)] = ord(WALL)
    return table


@cache
def _powers() -> tuple[U64, U64]:
    """The powers of the base, and of its inverse, modulo 2^64."""
    size = STRETCH + 2
    inverse = pow(_BASE, -1, 1 << 64)
    rows = []
    for base in (_BASE, inverse):
        row = np.full(size, base, np.uint64)
        row[0] = 1
        rows.append(np.multiply.accumulate(row))
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
        (stem + stem[-1] + end, stem + end) for stem in _DOUBLED.split() for end in ("ed", "ing", "er", "ers")
    ]
    pairs += [(stem + "re" + end, stem + "er" + end) for stem in _RE.split() for end in ("", "s", "d")]
    pairs += [(stem + "ce" + end, stem + "se" + end) for stem in _NSE.split() for end in ("", "s", "d")]
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
    solid = code != _BREAK
    starts, ends = _runs(code, solid)
    kept = np.flatnonzero(code >= _LETTER)
    before = np.cumsum(code >= _LETTER, dtype=np.int32)
    low, high = before[starts - 1], before[ends - 1]
    some = high > low
    if not some.all():
        low, high = low[some], high[some]
    power, inverse = _powers()
    total = np.zeros(len(kept) + 1, np.uint64)
    np.cumsum(code[kept] * power[: len(kept)], out=total[1:])
    value = (total[high] - total[low]) * inverse[low]
    number = ((value * _MIX) >> np.uint64(33)).astype(np.uint32)
    first = kept[low] - 1
    walls = np.flatnonzero(code[kept[low]] == ord(WALL))
    number[walls] = _SENTINEL
    return number, first, kept[high - 1]


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


def _runs(code: NDArray[np.uint16], solid: NDArray[np.bool_]) -> tuple[I64, I64]:
    """Where words begin and end; in scripts without spaces, every character is a word."""
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


def read(texts: Sequence[str], base: int) -> Words:
    """The words of all texts in one row, walls after each; `base` numbers stand before it."""
    rows: list[tuple[U32, I32, I32]] = []
    sizes = np.zeros(len(texts), np.int64)
    row = base
    for batch in _pieces(texts):
        counts, closes, arrays = _row(batch, texts, row)
        np.add.at(sizes, [doc for doc, _, _ in batch], counts + closes * PAD)
        rows.append(arrays)
        row += len(arrays[0])
    first = base + np.concatenate(([0], np.cumsum(sizes)))
    none = np.zeros(0, np.int32)
    number = np.concatenate([each[0] for each in rows] or [none.astype(np.uint32)])
    start = np.concatenate([each[1] for each in rows] or [none])
    end = np.concatenate([each[2] for each in rows] or [none])
    return Words(number, start, end, first)


def _row(
    batch: list[tuple[int, int, str]], texts: Sequence[str], row: int
) -> tuple[I64, I64, tuple[U32, I32, I32]]:
    """How many words each piece has, which pieces end a document, and the words with walls."""
    number, start, end = _stretch("\n".join(piece for _, _, piece in batch))
    _same_spelling(number)
    lengths = np.array([len(piece) + 1 for _, _, piece in batch])
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    counts = np.diff(np.searchsorted(start, offsets))
    shift = np.repeat(np.array([at for _, at, _ in batch]) - offsets[:-1], counts)
    closes = np.array([at + len(piece) >= len(texts[doc]) for doc, at, piece in batch], np.int64)
    gaps = (np.cumsum(closes) - closes) * PAD
    place = np.arange(len(number)) + np.repeat(gaps, counts)
    size = len(number) + int(closes.sum()) * PAD
    numbers = np.arange(row, row + size, dtype=np.uint32) | _SENTINEL
    starts, ends = np.zeros(size, np.int32), np.zeros(size, np.int32)
    real = number != _SENTINEL
    numbers[place[real]] = number[real]
    starts[place], ends[place] = start + shift, end + shift
    return counts, closes, (numbers, starts, ends)
