"""Names and texts that lie: what is odd in them, in plain words, and names found in any disguise.

Nothing is changed and nothing is guessed: a reader is shown where characters are that cannot be
seen, that turn the reading direction, or that look like letters they are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from whence.terms import Extent

OddKind = Literal["direction", "hidden", "control", "mixed scripts", "look-alike"]


@dataclass(frozen=True, slots=True)
class Oddity:
    """Characters [start, end) that show something else than what they are, and why we say so."""

    start: int
    end: int
    kind: OddKind
    why: str


ALIKE: dict[str, str] = {
    **dict(zip("аеорсухѕіјһԁԛԝӏ", "aeopcyxsijhdqwl", strict=True)),  # Cyrillic
    **dict(zip("АВЕКМНОРСТУХЅІЈԚԜҮӀ", "ABEKMHOPCTYXSIJQWYI", strict=True)),
    **dict(zip("οναρικυϲϳ", "ovapikucj", strict=True)),  # Greek
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
    **dict(zip("ıɑɡ", "iag", strict=True)),  # Latin letters made to look like others
}
"""Letters of other alphabets that look like Latin ones."""

ALPHABETS = frozenset(["Latin", "Cyrillic", "Greek", "Armenian", "Coptic", "Cherokee", "Georgian"])
"""Scripts with look-alikes in each other, which no language mixes within a word."""

UNSPACED = frozenset(
    ["Cjk", "Hiragana", "Katakana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar", "Bopomofo"]
)
"""Scripts that write words, or a name and what belongs to it, without a space between."""

TURNS = {
    0x202A: "starts a stretch read from left to right",
    0x202B: "starts a stretch read from right to left",
    0x202C: "ends a stretch with a reading direction of its own",
    0x202D: "forces what follows to be read from left to right",
    0x202E: "forces what follows to be read from right to left, so letters show in reverse",
    0x2066: "starts a stretch set apart and read from left to right",
    0x2067: "starts a stretch set apart and read from right to left",
    0x2068: "starts a stretch set apart with a reading direction of its own",
    0x2069: "ends a stretch set apart",
}
MARKS = frozenset([0x200E, 0x200F, 0x061C])  # ordinary beside right-to-left letters
JOINERS = frozenset([0x200C, 0x200D])  # ordinary in emoji and in many scripts
TAGS = range(0xE0000, 0xE0080)
FILLERS = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0)
UNSEEN = frozenset(
    [*FILLERS, 0x00AD, 0x200B, *range(0x2060, 0x2065), *range(0x206A, 0x2070), *TAGS]
)
SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
FLAG = "\U0001f3f4"  # waving black flag: tag characters after it name a region
COVER = "█"


# ---------------------------------------------------------------- what is odd


def oddities(text: str) -> tuple[Oddity, ...]:
    """What is odd in a name or text, in reading order; nothing if it is what it seems."""
    found = [*_unseen(text), *_words(text)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.kind)))


def _unseen(text: str) -> Iterator[Oddity]:
    turned = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    base = ""  # the last character that can be seen
    for at, c in enumerate(text):
        code = ord(c)
        if code in TURNS:
            yield Oddity(at, at + 1, "direction", f"{_coded(c)} {TURNS[code]}")
        elif code in MARKS and not turned:
            why = f"{_coded(c)} marks a reading direction where nothing is read the other way"
            yield Oddity(at, at + 1, "direction", why)
        elif _hidden(code, base):
            yield Oddity(at, at + 1, "hidden", f"{_coded(c)} cannot be seen")
        elif unicodedata.category(c) == "Cc" and c not in "\t\n\r":
            yield Oddity(at, at + 1, "control", f"U+{code:04X} is a control character")
        if not (code in JOINERS or code in SELECTORS or code in UNSEEN):
            base = c


def _hidden(code: int, base: str) -> bool:
    if code in UNSEEN:
        return not (0xE0020 <= code < 0xE0080 and base == FLAG)
    if code in JOINERS or code in SELECTORS:
        return not base or base.isspace() or script(base) in ALPHABETS
    return False


def _words(text: str) -> Iterator[Oddity]:
    most = _main_script(text)
    for match in WORD.finditer(text):
        word, at = match[0], match.span()
        letters = [c for c in word if c.isalpha()]
        scripts = Counter(s for c in letters if (s := script(c)) in ALPHABETS)
        if len(scripts) > 1:
            strange = [s for s, _ in scripts.most_common()][1:]
            which = "".join(c for c in letters if script(c) in strange)
            usual = scripts.most_common(1)[0][0]
            why = f"{' and '.join(strange)} letters ({which}) among {usual} ones"
            yield Oddity(*at, "mixed scripts", why)
        elif disguised := _disguise(letters, most):
            yield Oddity(*at, "look-alike", disguised)
        zeros = {ord(c) - unicodedata.decimal(c) for c in word if c.isdecimal()}
        if len(zeros) > 1:
            yield Oddity(*at, "mixed scripts", "digits of different scripts in one number")


WORD = re.compile(r"[^\W_](?:[\w\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[^\W_])?")


def _disguise(letters: list[str], most: str | None) -> str | None:
    styled = [c for c in letters if _plain(c) is not None]
    if styled:
        read = "".join(_plain(c) or c for c in letters)
        return f"characters that only look like the letters of “{read}”"
    foreign = {script(c) for c in letters} - {most}
    if letters and most == "Latin" and foreign <= {"Cyrillic", "Greek"}:
        alike = [ALIKE.get(c) for c in letters]
        symbol = foreign == {"Greek"} and len(letters) == 1  # “α” in a formula
        if all(alike) and len(foreign) == 1 and not symbol:
            read = "".join(c or "" for c in alike)
            return f"{foreign.pop()} letters that all look Latin: it can be read as “{read}”"
    return None


def _plain(c: str) -> str | None:
    """The ASCII letter that a styled letter (mathematical, full width) stands for."""
    if c.isascii() or unicodedata.category(c) not in ("Lu", "Ll"):
        return None
    plain = unicodedata.normalize("NFKC", c)
    return plain if len(plain) == 1 and plain.isascii() and plain.isalpha() else None


def _main_script(text: str) -> str | None:
    counted = Counter(script(c) for c in text if c.isalpha())
    return counted.most_common(1)[0][0] if counted else None


@lru_cache(maxsize=20_000)
def script(c: str) -> str:
    """The script of a letter, by its name in Unicode."""
    name = unicodedata.name(c, "UNNAMED").removeprefix("FULLWIDTH ")
    return name.split()[0].capitalize()


def _coded(c: str) -> str:
    name = unicodedata.name(c, "").lower()
    return f"U+{ord(c):04X} ({name})" if name else f"U+{ord(c):04X}"


# ---------------------------------------------------------------- names in any disguise


def named(name: str, text: str) -> tuple[Extent, ...]:
    """Where a name stands in a text: in any case, spacing or accents, joined, or in disguise."""
    found: set[Extent] = set()
    for alike in (False, True):
        pattern = _pattern(name, alike)
        if pattern is None:
            continue
        folded, origin = _folded(text, alike)
        for match in pattern.finditer(folded):
            start, end = match.span()
            if _edge(folded, start) and _edge(folded, end):
                found.add((origin[start], _with_marks(text, origin[end - 1] + 1)))
    return tuple(sorted(found))


def covered(text: str, names: Iterable[str]) -> str:
    """The text with these names blacked out, code point for code point, so that offsets hold."""
    characters = list(text)
    for name in names:
        for start, end in named(name, text):
            characters[start:end] = COVER * (end - start)
    return "".join(characters)


@lru_cache(maxsize=1000)
def _pattern(name: str, alike: bool) -> re.Pattern[str] | None:
    tokens = re.findall(r"[^\W_]+", _folded(name, alike)[0])
    return re.compile(r"[\W_]*".join(map(re.escape, tokens))) if tokens else None


def _folded(text: str, alike: bool) -> tuple[str, list[int]]:
    """The text for comparing, and for each of its characters which one of the text it is from."""
    folded: list[str] = []
    origin: list[int] = []
    for at, c in enumerate(text):
        for part in _parts(c, alike):
            folded.append(part)
            origin.append(at)
    return "".join(folded), origin


@lru_cache(maxsize=20_000)
def _parts(c: str, alike: bool) -> str:
    if c.isascii():
        return c.lower()
    kept = [
        ALIKE.get(part, part) if alike else part
        for part in unicodedata.normalize("NFKD", c)
        if unicodedata.category(part) not in ("Mn", "Me", "Cf") and ord(part) not in UNSEEN
    ]
    return "".join(kept).casefold()


def _edge(folded: str, at: int) -> bool:
    """Whether a word can begin or end here."""
    if not 0 < at < len(folded):
        return True
    before, after = folded[at - 1], folded[at]
    if not (before.isalnum() and after.isalnum()):
        return True
    return script(before) in UNSPACED or script(after) in UNSPACED


def _with_marks(text: str, end: int) -> int:
    while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me"):
        end += 1
    return end
