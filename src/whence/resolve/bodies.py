"""Bodies by whose they are and what they do: one key for every way to name a ministry or a force."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

from whence.knowledge import state_of
from whence.resolve import words as lexicon
from whence.resolve.words import mended

SIDED: Final = re.compile(
    r"[-–‑\s](?:backed|led|supported|allied|sponsored|controlled|held|based|funded|"
    r"armed|trained|aligned|linked|affiliated|run|owned)$|^(?:pro|anti|ex)[-–‑]",
    re.I,
)

_MINISTRY: Final = re.compile(
    r"(?:(?P<nation>.*?) )??(?P<what>[a-z ]+?) (?:ministry|department|office)$"
)
_MINISTRY_OF: Final = re.compile(
    r"(?:(?P<nation>.*?) )?(?:ministry|department) (?:of|for) (?:the )?(?P<what>[a-z ]+?)"
    r"(?: (?:of|in) (?:the )?(?P<after>.+))?$"
)
_SHORT: Final = re.compile(r"(?:(?P<nation>.*?) )?(?P<what>mod|mfa|mvd|mindef)$")
_SHORT_FOR: Final = {"mod": "defence", "mfa": "foreign", "mvd": "interior", "mindef": "defence"}


def composed(words: str) -> tuple[str | None, str] | None:
    """A body by whose it is and what it does: “Russia’s Defense Ministry” is (RU, defence ministry).

    The nation is None where the words do not name one (“the Defence Ministry”).
    """
    if SIDED.search(words.split(" ")[0]) or len(words) > 90:
        return None
    case = re.sub(r"[’'`]s?(?=\s|$)", "", words.replace(".", ""))
    case = re.sub(r"^(?:the|The)\s+", "", " ".join(case.split()))
    plain = " ".join(mended(w) for w in re.sub(r"[^\w\s-]", " ", anyascii(case)).casefold().split())
    if not plain:
        return None
    for pattern in (_MINISTRY_OF, _SHORT, _MINISTRY):
        found = pattern.fullmatch(plain)
        if not found:
            continue
        what = _SHORT_FOR.get(found["what"]) or lexicon.PORTFOLIOS.get(found["what"])
        if what is None and pattern is _MINISTRY:
            ended = _portfolio_at_end(plain)
            if ended is None:
                continue
            return _with_nation(ended[0], f"{ended[1]} ministry", case)
        if what is None or (
            pattern is _MINISTRY and plain.endswith("office") and what != "foreign"
        ):
            continue
        nation = found["nation"] or found.groupdict().get("after")
        if not nation and plain.startswith(("department", "state department")):
            return "US", f"{what} ministry"
        return _with_nation(nation, f"{what} ministry", case)
    for size in (4, 3, 2, 1):
        tail = " ".join(plain.split()[-size:])
        if tail in lexicon.FORCES and len(plain.split()) >= size:
            front = " ".join(plain.split()[:-size])
            return _with_nation(front, lexicon.FORCES[tail], case) if front else None
    return None


def _portfolio_at_end(plain: str) -> tuple[str | None, str] | None:
    """“skarethi energy ministry”: the longest portfolio before the last word."""
    tokens = plain.split()[:-1]
    if plain.endswith("office"):
        return None
    for size in (3, 2, 1):
        tail = " ".join(tokens[-size:])
        if tail in lexicon.PORTFOLIOS and len(tokens) >= size:
            return " ".join(tokens[:-size]) or None, lexicon.PORTFOLIOS[tail]
    return None


def _with_nation(nation: str | None, function: str, case: str) -> tuple[str | None, str] | None:
    """The pair, if the words before really are a nation (or nothing)."""
    if not nation:
        return None, function
    code = nation_key(nation, case)
    return (code, function) if code else None


def nation_key(words: str, case: str | None = None) -> str | None:
    """The ISO code of a nation's name or adjective; of an unknown one the word itself, capitalised
    in the text (`case`); None if it is no nation."""
    upper = (
        words.upper() if words.casefold() == "us" and re.search(r"\bUS\b", case or "US") else words
    )
    found = state_of(upper)
    if found:
        return found[0].code
    if " " in words or len(words) < 4 or words in lexicon.BODIES or words in lexicon.FORCES:
        return None
    if case and not re.search(rf"\b{re.escape(words)}", anyascii(case).casefold()):
        return None
    if case and not re.search(rf"\b{re.escape(words.capitalize())}", anyascii(case)):
        return None
    return f"~{words}" if words not in _NOT_NATIONS else None


_NOT_NATIONS: Final = frozenset(
    "joint national federal royal state local central public free regular former interim new general "
    "elite special foreign military united people salvation democratic coalition allied imperial "
    "republican presidential opposition rebel transitional caretaker provincial regional municipal "
    "county city metropolitan secret border riot traffic transport army navy revolutionary islamic "
    "under deputy prime acting assistant senior chief".split()
)


def same_nation(left: str, right: str) -> bool:
    """Whether two keys mean one nation; of unknown ones name and adjective share their stem."""
    if left == right:
        return True
    if not (left.startswith("~") and right.startswith("~")):
        return False
    short, long = sorted((left, right), key=len)
    stem = 0
    while stem < len(short) and short[stem] == long[stem]:
        stem += 1
    return (
        stem >= 5
        and re.fullmatch(r"(?:i|n|an|ian|ish|ese|ic|er|s|e|a|ia|land)?", long[stem:]) is not None
        and (len(short) - stem <= 2)
    )
