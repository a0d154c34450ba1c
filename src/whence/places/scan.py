"""Finds where a text names places, by the gazetteer and by the wording around a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from whence.places.gazetteer import Gazetteer, abbreviation, plain
from whence.places.wording import (
    CITY,
    COUNTRY,
    COUNTY,
    DIVISION,
    REGION,
    RIVER,
    SIDE,
    SITE,
    Toponym,
    described,
    located_by,
)
from whence.places.words import (
    FOLLOWERS,
    FORENAMES,
    GENERIC,
    JOINERS,
    NEVER,
    OPENERS,
    PERSONLIKE,
    TITLE,
)

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʿʻ‘][^\W\d_]+)*")
_SHORT = re.compile(
    r"\b(?:(?:[A-Z]\.[ ]?){1,3}[A-Z]\b\.?|[A-Z]\.[ ]?[A-Z][a-z]{1,3}\.|[A-Z]{2,4}\b"
    r"|(?<=, )[A-Z][a-z]{1,4}\.|DeZ\b|T&T\b)"
)
_TOWN_OF = re.compile(r"\b(?:city|town|village|hamlet|suburb|settlement) of $")
_UNKNOWN = re.compile(
    r"[ -](?:[Cc]ounty|[Pp]arish|[Pp]rovince|[Gg]overnorate|[Oo]blast|district|[Pp]refecture|[Rr]aion|"
    r"krai|village|town|[Rr]iver)\b"
)
"""Words that make a place of a name that we do not hold; “state” and “region” follow too much else."""


def scanned(text: str, table: Gazetteer) -> list[Toponym]:
    """Place names that the text itself gives away, longest first and never overlapping."""
    words = list(_WORD.finditer(text))
    lower = {each.group() for each in words if each.group().islower()}
    surnames = _surnames(text, words, table)
    taken: list[Toponym] = []
    passed: list[Toponym] = []
    after = 0
    shorts = {each.start(): each for each in _SHORT.finditer(text)}
    at = 0
    while at < len(words):
        start = words[at].start()
        if start < after or not (
            words[at].group()[0].isupper() or _joined_article(text, words, at)
        ):
            at += 1
            continue
        found = _short_form(text, shorts[start], table) if start in shorts else None
        found = found or _longest(text, words, at, table)
        people = _people(text, words, at, table)
        if people and (found is None or people.end >= found.end):
            found = people
        if found and (found is people or _plausible(text, found, lower | surnames, table)):
            taken.append(found)
            after = found.end
        elif found and (found.rows or not found.sure):
            passed.append(found)
        at += 1
    return sorted(taken + _again(text, taken, passed), key=lambda each: each.start)


def _again(text: str, taken: list[Toponym], passed: list[Toponym]) -> list[Toponym]:
    """Names that were in doubt but that the same text uses elsewhere where there is none."""
    sure = {plain(each.name) for each in taken if each.sure and each.form == "name"}
    out: list[Toponym] = []
    for each in passed:
        free = all(each.end <= one.start or one.end <= each.start for one in taken + out)
        if free and plain(each.name) in sure and not _goes_before(text, each):
            out.append(each)
    return out


def _joined_article(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a small “al”, “el” or “ad” opens a name (“al-Bukamal”)."""
    word = words[at]
    return (
        word.group() in ("al", "el", "ad", "ar", "as", "ash", "at", "az", "an")
        and at + 1 < len(words)
        and text[word.end() : words[at + 1].start()] == "-"
        and words[at + 1].group()[0].isupper()
    )


def _surnames(text: str, words: list[re.Match[str]], table: Gazetteer) -> set[str]:
    """Names that the text also uses after a forename or a title (“Anna Paris”, “Mr. Reading”)."""
    found = set()
    for left, right in pairwise(words):
        gap = text[left.end() : right.start()]
        if gap not in (" ", ". ") or not (left.group()[0].isupper() and right.group()[0].isupper()):
            continue
        word = left.group().casefold()
        if word in TITLE or (gap == " " and word in FORENAMES):
            found.add(right.group())
        elif gap == " " and word not in OPENERS and not left.group().isupper():
            before = text[max(0, left.start() - 2) : left.start()]
            plainly = before[-1:] in (" ", ",") and before[:1] not in (".", "!", "?", "”")
            joined = table.rows(plain(left.group() + " " + right.group()))
            if plainly and not joined and not table.rows(plain(left.group())):
                found.add(right.group())
    return found


def _short_form(text: str, match: re.Match[str], table: Gazetteer) -> Toponym | None:
    """A short form that stands for a place: “U.S.” anywhere, “IN” or “Ill.” only after a place."""
    key = abbreviation(match.group())
    rows = table.rows(key) if key else ()
    if not rows:
        return None
    mixed = "." not in match.group() and not match.group().isupper()  # “DeZ” is no common word
    lone = mixed or any(table.kind[row] in (COUNTRY, REGION, SITE) for row in rows)
    if not lone and not re.search(r"[a-z], ?$", text[: match.start()][-4:]):
        return None
    return Toponym(match.start(), match.end(), match.group(), rows, sure=True)


def _people(text: str, words: list[re.Match[str]], at: int, table: Gazetteer) -> Toponym | None:
    """A word for the people of a place, or for what is theirs (“Syrian”, “North Koreans”)."""
    for last in (at + 1, at):
        if last < len(words) and words[last].group()[0].isupper():
            start, end = words[at].start(), words[last].end()
            name = re.sub(r"[’']s?$", "", text[start:end])
            if "\n" not in name and (rows := table.rows("=" + plain(name))):
                return Toponym(start, start + len(name), name, rows, form="modifier", sure=True)
    return None


def _longest(text: str, words: list[re.Match[str]], at: int, table: Gazetteer) -> Toponym | None:
    """The longest name beginning at a word that the gazetteer holds or its wording makes a place."""
    ends = [at]
    for after in range(at + 1, min(at + 7, len(words))):
        gap = text[words[after - 1].end() : words[after].start()]
        if gap not in (" ", "-", ". ", "’", " - ", "–", "_") or (
            gap == ". " and len(words[after - 1].group()) > 2
        ):
            break
        if not words[after].group()[0].isupper() and words[after].group() not in JOINERS:
            break
        ends.append(after)
    for last in reversed(ends):
        end = words[last].end()
        name = text[words[at].start() : end]
        if not words[last].group()[0].isupper():
            continue
        bare = re.sub(r"[’']s?$", "", name)
        rows = table.rows(plain(bare))
        if rows:
            return described(text, (words[at].start(), words[at].start() + len(bare)), rows, table)
    last = max((x for x in ends if words[x].group()[0].isupper()), default=at)
    tails = (text[words[x].start() : words[last].end()] for x in range(at + 1, last + 1))
    if any(table.rows(plain(tail)) for tail in tails):
        return None  # it ends in a name we do know
    town_of = _TOWN_OF.search(text[: words[at].start()][-20:])
    ending = next((x - 1 for x in range(at + 1, last + 1) if _ends(words[x].group())), last)
    for stop in [ending] if town_of else range(at, ending + 1):
        bare = re.sub(r"[’']s?$", "", text[words[at].start() : words[stop].end()])
        told = described(text, (words[at].start(), words[at].start() + len(bare)), (), table)
        opener = words[at].group().casefold() in OPENERS | NEVER
        if (
            told.hint
            and told.sure
            and not opener
            and (town_of or _UNKNOWN.search(text[told.start : told.end + 1]))
        ):
            return told
    return _perhaps(text, words[at].start(), words[ending].end())


def _perhaps(text: str, start: int, end: int) -> Toponym | None:
    """A name that we do not hold where a place would stand; it may be another spelling of one."""
    name = re.sub(r"[’']s?$", "", text[start:end])
    if len(name) > 4 and plain(name) not in NEVER and located_by(text, start):
        return Toponym(start, start + len(name), name, ())
    return None


def _ends(word: str) -> bool:
    """Whether the word cannot belong to a name that we do not know (“on”, “Monday”)."""
    return word in ("on", "upon", "and", "the", "of", "am") or word.casefold() in FOLLOWERS


def _plausible(text: str, found: Toponym, doubtful: set[str], table: Gazetteer) -> bool:
    """Whether the words are a place name here, not a person, a company or a common word."""
    name = found.name
    short = abbreviation(name)
    if not found.rows and not found.sure:
        return not _goes_before(text, found)
    if plain(name) in GENERIC:
        return False
    if SIDE.fullmatch(name) and text[found.end :].startswith(" of "):
        return False  # “the West Bank of the Orla”, not the town or territory
    if found.hint or (short and table.rows(short)):
        return name.casefold() not in OPENERS
    words = plain(name).split()
    single = len(words) == 1
    known = any(table.kind[row] in (COUNTRY, DIVISION, REGION, RIVER) for row in found.rows)
    if single and (len(name) < 3 or words[0] in NEVER):
        return bool(found.within) and words[0] not in OPENERS and found.sure
    if (
        single
        and {name, name.casefold()} & doubtful
        and not (known and (found.sure or words[0] not in PERSONLIKE))
    ):
        return False
    if _longer(text, found, table):
        return False
    if re.match(r"-(?!based|area|born|bound)[a-z]", text[found.end : found.end + 6]) and not known:
        return False
    size = max((int(table.population[row]) for row in found.rows), default=0)
    return known or found.sure or size >= (100_000 if single else 15_000)


def _longer(text: str, found: Toponym, table: Gazetteer) -> bool:
    """Whether the name is only a piece of a longer one (“Anna Paris”, “Paris Match”)."""
    if _goes_before(text, found):
        return True
    right = re.match(r" ([^\W\d_]+)", text[found.end : found.end + 20])
    if not right or not right.group(1)[0].isupper() or found.part or found.within:
        return False
    if right.group(1).casefold() in FOLLOWERS or found.name.isupper():
        return False
    large = any(table.kind[row] in (COUNTRY, DIVISION) for row in found.rows)
    return not large or plain(found.name) in PERSONLIKE


def _goes_before(text: str, found: Toponym) -> bool:
    """Whether a title or a capitalised word right before makes the name part of another."""
    left = re.search(r"([^\W\d_]+)(\.? )$", text[max(0, found.start - 30) : found.start])
    if not left or not left.group(1)[0].isupper():
        return False
    word = left.group(1).casefold()
    if word in TITLE:
        return True
    return left.group(2) == " " and word not in OPENERS and not left.group(1).isupper()


_NOMINAL = re.compile(
    r"\b[Tt](?:he|hat|his) (?:besieged |embattled |northern |southern |eastern |western |whole |entire )?"
    r"(?P<noun>city|town|village|province|governorate|county|state|region|country|river|area)\b"
    r"(?! (?:of|council|hall|department|officials?|media|tv|news|"
    r"television|government|agency))"
)
_MEANS: dict[str, Sequence[int]] = {
    "city": (CITY,), "town": (CITY,), "village": (CITY,), "province": (DIVISION,),
    "governorate": (DIVISION,), "county": (COUNTY,), "state": (DIVISION,), "country": (COUNTRY,),
    "river": (RIVER,), "region": (DIVISION, REGION), "area": (DIVISION, REGION, CITY, COUNTY),
}  # fmt: skip


_SAYS_WHERE = re.compile(r" (?:around|surrounding|between|near|along|north|south|east|west)\b")


def nominals(text: str) -> Iterator[tuple[int, int, Sequence[int]]]:
    """Places that are only described (“the province”), with the kinds that they could be.

    “The area around the mill” says itself where it is: none of the places named before.
    """
    for match in _NOMINAL.finditer(text):
        new = _SAYS_WHERE.match(text, match.end())
        yield match.start(), match.end(), () if new else _MEANS[match.group("noun")]
