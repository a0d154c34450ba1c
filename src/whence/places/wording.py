"""Where a text names places: found by the gazetteer and by the wording around a name.

Found here is only *that* words name a place, and what they say of it (a province, a river, in
Texas). Which place of that name is meant is for `whence.places` to settle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from whence.places.gazetteer import Gazetteer, abbreviation, plain
from whence.terms import NameForm

Hint = Literal["division", "county", "city", "river", "region"]
COUNTRY, DIVISION, COUNTY, CITY, REGION, RIVER, SITE = range(7)
HINTED: dict[Hint, tuple[int, ...]] = {
    "division": (DIVISION, COUNTY, REGION),
    "county": (COUNTY, DIVISION),
    "city": (CITY,),
    "river": (RIVER,),
    "region": (REGION, DIVISION, COUNTY, COUNTRY),
}


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that name a place: the name itself, what the wording says of it, who goes by it."""

    start: int
    end: int
    name: str
    rows: tuple[int, ...]
    hint: Hint | None = None
    within: tuple[int, ...] = ()
    """Rows of the division or country named right after a comma."""
    part: str | None = None
    """“northern”, “eastern bank”: a part of the place, which has no point of its own."""
    form: NameForm = "name"
    sure: bool = False
    """The wording alone shows that this is a place (“in”, “the town of”, a comma and a state).
    Without that and without rows, it is one only if it proves to be another spelling of one."""


_DIVISION = "provinces?|governorates?|oblasts?|districts?|prefectures?|raions?|rayons?|krai|kray"
_DIVISION += "|state|canton|territory|emirate|wilaya|region"
_AFTER: tuple[tuple[Hint, re.Pattern[str]], ...] = (
    ("county", re.compile(r"[ -](?:county|counties|parish|borough)\b", re.IGNORECASE)),
    ("division", re.compile(rf"[ -](?:{_DIVISION})\b(?! (?:of|news|tv)\b)", re.IGNORECASE)),
    ("city", re.compile(r"[ -](?:city|town|village)\b", re.IGNORECASE)),
    ("river", re.compile(r" (?:river|creek)\b", re.IGNORECASE)),
)
_BEFORE: tuple[tuple[Hint, re.Pattern[str]], ...] = (
    ("county", re.compile(r"\bCounty (?:of )?$")),
    ("division", re.compile(rf"\b(?:{_DIVISION}|republic) of (?:the )?$", re.IGNORECASE)),
    ("city", re.compile(r"\b(?:city|town|village|suburb|port|capital|hamlet|settlement)"
                        r"(?: of|,) $", re.IGNORECASE)),
    ("river", re.compile(r"\b(?:[Rr]iver) (?:of )?$")),
)  # fmt: skip
_COMPASS = (
    r"(?:(?:north|south|east|west|north[- ]?east|north[- ]?west|south[- ]?east|south[- ]?west)(?:ern)?"
    r"|central|upper|lower|rural|coastal)"
)
_PART = re.compile(
    rf"\b(?P<part>{_COMPASS}|(?:the )?(?:{_COMPASS} )?(?:bank|banks|shore|coast|outskirts|countryside|"
    rf"part|parts|edge|suburbs)) (?:of )?(?:the )?$",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|from|outside|inside|around|across|toward|towards|into|throughout|within|via"
    r"|reached?|entered|captured|seized|recaptured|besieged|visited|leaving|liberated?|"
    r"(?:north|south|east|west|outskirts|suburb|centre|center|people|residents|airport|port|"
    r"university|siege|battle|km|miles?|kilometers?|kilometres?) (?:of|from|to))"
    r" (?:the )?$|(?:[\da-z], |[a-z] )of $",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"[ -](?:home|area|man|woman|residents?|native|neighbou?rhood|suburb|based|born|bound)\b"
)
_CONTAINER = re.compile(
    r"(?:, ?| \(| )(?P<name>(?:[A-Z]\.[ ]?){1,2}(?:[A-Z]\.?|[A-Z][a-z]+\.)?|[^\W\d_a-z][^\W\d_]*\.?"
    r"(?:[ -][^\W\d_a-z][^\W\d_]+){0,2})"
)


def described(text: str, span: tuple[int, int], rows: tuple[int, ...], table: Gazetteer) -> Toponym:
    """The name at that span, with what the wording around it says of the place."""
    start, end = span
    name, hint, sure = text[start:end], None, False
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    whole = table.rows(plain(name + (m.group() if (m := re.match(r" [^\W\d_]+", after)) else "")))
    for kind, pattern in _AFTER:
        if match := pattern.match(after):
            if match.group()[1].isupper() and kind == "city" and not whole:
                break
            hint, sure, end = kind, True, end + match.end()
            break
    for kind, pattern in _AFTER[:2]:
        if hint is None and rows and pattern.search(name[-14:]):
            hint = kind  # the name that the gazetteer holds says it itself (“Example County”)
    for kind, pattern in _BEFORE:
        if hint is None and (match := pattern.search(before)):
            hint, sure = kind, True
    part = _PART.search(before) if hint != "city" else None
    if hint and whole and kind != "city":
        rows = tuple(dict.fromkeys((*whole, *rows)))
    if part:
        start -= len(before) - part.start("part")
    held = _held(text, end, table)
    if rows and not any(set(held) & set(table.chain(row)) for row in rows):
        held = ()  # a list (“Ruritania, Graustark”), not a place and what it lies in
    sure = (
        sure
        or bool(part)
        or bool(held)
        or located_by(text, start)
        or bool(_FOLLOWED.match(after))
        or _dateline(text, start, end)
    )
    return Toponym(
        start, end, name, rows, hint, held, part.group("part").lower() if part else None, sure=sure
    )


def located_by(text: str, start: int) -> bool:
    """Whether the words before a name show that a place follows (“in”, “near”, “outskirts of”)."""
    return bool(_LOCATIVE.search(text[max(0, start - 40) : start]))


def _held(text: str, end: int, table: Gazetteer) -> tuple[int, ...]:
    """The division or country named right after a name: “, Texas”, “, Ill.”, “(Syria)”."""
    match = _CONTAINER.match(text, end)
    if not match or (match.group()[0] == " " and match.group()[1] != "("):
        return ()
    words = match.group("name")
    while words:
        key = abbreviation(words.strip())
        rows = (table.rows(key) if key else ()) or table.rows(plain(words))
        kept = tuple(row for row in rows if table.kind[row] in (COUNTRY, DIVISION, COUNTY))
        if kept:
            return kept
        words = words.rpartition(" ")[0]
    return ()


def _dateline(text: str, start: int, end: int) -> bool:
    """Whether the name opens a line as the place the report was filed from."""
    if text[start:end].isupper() and re.match(
        r"(?:, [^\n]{2,20})? ?(?:—|--|–|-) ", text[end : end + 30]
    ):
        return True
    opens = start == 0 or text[start - 1] == "\n"
    return opens and bool(
        re.match(
            r"(?:, [^\n]{3,30})? ?(?:\([A-Z][^)\n]{1,30}\) ?)?[—–-]|, [A-Z][a-z]+\.? \d",
            text[end : end + 60],
        )
    )


_STREET = re.compile(
    r"(?:[A-Z][\w’'-]*[ ]){1,3}(?:Street|Road|Avenue|Boulevard|Lane|Row|Square|Alley|Bridge|Quay)\b"
)
SIDE = re.compile(
    r"(?:[Tt]he )?(?:North|South|East|West)(?:ern)? (?:Bank|Coast|Shore|Side|End|Part)"
)
_ARTICLED = re.compile(r"[ -](?:al|el|er|ez|az|ad|as|ash|at|an|ar|ed|es)-[A-Z][\w’'-]*")


def _street(text: str, start: int, table: Gazetteer) -> Toponym | None:
    """“Ferry Street”, “Paris Road”: a spot of its own, in no town of that name."""
    match = _STREET.match(text, start)
    if match is None:
        return None
    rows = table.rows(plain(match.group()))
    return Toponym(start, match.end(), match.group(), rows, sure=True)


def given(text: str, span: tuple[int, int], table: Gazetteer) -> Toponym:
    """A name that somebody else found, looked up: also a word for a people, or a short form."""
    start, end = span
    if cut := _ARTICLED.match(text, end):
        span = start, end = start, cut.end()  # “Tell”, of “Tell ar-Rashid”
    name = text[start:end]
    if street := _street(text, start, table):
        return street
    if SIDE.fullmatch(name) and text.startswith(" of ", end):
        return Toponym(start, end, name, (), sure=True)  # no town: “the East Bank of the Orla”
    bare = re.sub(r"[’']s$", "", name.strip())
    bare = re.sub(r"^[Tt]he (?=[A-Z.]+$)", "", bare)  # “The US” is not the village of Us
    key = abbreviation(bare) or (abbreviation(bare + ".") if text[end : end + 1] == "." else None)
    rows = table.rows(key) if key else ()
    if rows:
        return replace(
            described(text, span, rows, table), start=start, end=end, part=None, hint=None
        )
    rows = table.rows(plain(bare))
    people = table.rows("=" + plain(bare)) if not rows else ()
    if people:
        return Toponym(start, end, name, people, form="modifier", sure=True)
    told = described(text, (start, start + len(bare)), rows, table)
    if not rows:
        told = _stripped(text, span, table) or told
    part = told.part if plain(told.name) != plain(bare) else None  # only what the span holds
    return replace(told, start=start, end=end, part=part, sure=True)


_STRIP: tuple[tuple[Hint | None, re.Pattern[str]], ...] = (
    ("county", re.compile(r"^(?:the )?(?P<name>.+) (?:county|counties|parish|borough)$", re.IGNORECASE)),
    ("county", re.compile(r"^(?:county|co\.) (?P<name>.+)$", re.IGNORECASE)),
    ("division", re.compile(rf"^(?:the )?(?P<name>.+)[ -](?:{_DIVISION})$", re.IGNORECASE)),
    ("division", re.compile(rf"^(?:the )?(?:{_DIVISION}|republic) of (?:the )?(?P<name>.+)$", re.IGNORECASE)),
    ("city", re.compile(r"^(?:the )?(?P<name>.+) (?:city|town|village|township|twp\.)$", re.IGNORECASE)),
    ("city", re.compile(r"^(?:the )?(?:city|town|village|township|port) (?:of )?(?P<name>.+)$", re.IGNORECASE)),
    ("river", re.compile(r"^(?:the )?(?P<name>.+) river$", re.IGNORECASE)),
    ("river", re.compile(r"^(?:the )?river (?P<name>.+)$", re.IGNORECASE)),
    (None, re.compile(rf"^(?:the )?(?P<part>{_COMPASS})[ -](?P<name>.+)$", re.IGNORECASE)),
    (None, re.compile(r"^(?:the )?(?:greater|downtown) (?P<name>.+)$", re.IGNORECASE)),
)  # fmt: skip


def _stripped(text: str, span: tuple[int, int], table: Gazetteer) -> Toponym | None:
    """The name inside a longer description that was given as a whole (“the Idlib province”)."""
    whole, spare = text[span[0] : span[1]], None
    for hint, pattern in _STRIP:
        if not (match := pattern.match(whole)):
            continue
        name, rows = match.group("name"), table.rows(plain(match.group("name")))
        inner = _within_part(name, table) if not rows and hint is None else None
        if inner:
            hint, name, rows = inner
        kept = tuple(row for row in rows if hint is None or table.kind[row] in HINTED[hint])
        held = _held(text, span[1], table)
        part = match.groupdict().get("part")
        told = Toponym(*span, name, kept or rows, hint, held, part, sure=True)
        if rows:
            return told
        spare = spare or (told if hint else None)
    return spare


def _within_part(words: str, table: Gazetteer) -> tuple[Hint | None, str, tuple[int, ...]] | None:
    """What “eastern” is said of in “eastern Example Province”: the province and its name."""
    for hint, pattern in _STRIP:
        match = pattern.match(words)
        if match and hint and (rows := table.rows(plain(match.group("name")))):
            return hint, match.group("name"), rows
    return None
