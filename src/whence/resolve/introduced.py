"""Where somebody names themself, is greeted, signs, or is given the word: the names that say who “I” is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from whence.knowledge import state_of
from whence.resolve import words as lexicon
from whence.terms import Extent

How = Literal["self", "joined", "signed", "called", "title", "narrator"]
_CAP: Final = r"(?:[A-Z]\.(?=[ ])|[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
_TITLE: Final = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Gen|General|Justice|Judge|Professor|GEN|MR|MS|MRS|DR)\.?"
)
_NAME: Final = (
    rf"(?P<name>(?:{_TITLE}[ ])?{_CAP}(?:[ ](?:(?:van|von|de|bin|al|la|der)[ ])?{_CAP}){{0,3}})"
)
_HOST: Final = r"(?:your\s+host(?:[ ,]+as\s+always)?|the\s+one\s+and\s+only|called|named)[ ,]+"
_SELF: Final = re.compile(
    rf"\b(?:I[’']m|I\s+am|[Mm]y\s+name(?:[’']s|\s+is))\s+(?:{_HOST})?{_NAME}"
    rf"|\b(?:[Ii]t[’']s|[Tt]his\s+is)\s+(?P<here>{_CAP}(?:[ ]{_CAP}){{0,3}})"
    r"(?=[ ,]+(?:here\b|speaking\b|and\s+welcome|back\b))"
)
_JOINED: Final = re.compile(
    rf"\b(?:joined(?:\s+today)?\s+by|(?:here\s+)?with\s+me(?:\s+today)?\s+(?:is|are)|my\s+(?:guest|co-?host)(?:\s+today)?"
    rf"(?:\s+is)?|I[’']m\s+here\s+with)[ ,]+(?:my\s+\w+[ ,]+)?{_NAME}"
)
_CLOSING: Final = re.compile(
    r"\W*(?:(?:yours?|sincerely|respectfully|regards|best|love|luv|faithfully|faithful|cordially|affectionately|with|kind|"
    r"warm|warmest|truly|very|wishes|ever|always|feelings|and|all|my|ya|you|hugs|kisses|cheers|thanks|thank|many|"
    r"stay|in|touch|x+|gratefully|submitted|fondly|to|hope|soon|peace|blessings)\b[ &]*){1,5}[,.!]?\s*",
    re.I,
)
_STRONG: Final = re.compile(
    r"\b(?:yours?|sincerely|respectfully|regards|love|luv|faithfully|cordially|affectionately|truly|wishes|"
    r"feelings|hugs|touch|cheers|fondly|gratefully|best)\b", re.I,
)  # fmt: skip
_GREETED: Final = re.compile(
    r"^\W*(?:dear|to|my dear|dearest)\b[^\n]{2,60}[,:\-–—]?\s*$|^[A-Z][\w. ]{1,30},\s*$",
    re.I | re.M,
)
_SIGNED: Final = re.compile(rf"{_NAME}[ \t]*(?:,[^\n]*)?$")
_CALLED: Final = re.compile(
    rf"(?:^|(?<=[.,!?…\]] ))(?P<name>{_TITLE}[ ]{_CAP}(?:[ ]{_CAP}){{0,2}})"
    r"(?:[,.]?\s+(?:please\s+(?:proceed|begin|go\s+ahead)|"
    r"you\s+may\s+(?:proceed|begin)|go\s+ahead|the\s+floor\s+is\s+yours|whenever\s+you(?:[’']re|\s+are)\s+ready))?[.,?]?$"
)
_ASKED: Final = re.compile(
    rf"(?:(?:And|Now|Okay|Ok|Alright|All\s+right|So)[, ]+)?(?P<name>{_TITLE}[ ]{_CAP})\b"
    r"(?=[^\n]*\byou)[^\n]*(?:\?|go\s+ahead\.|proceed\.)$"
)
_HEADED: Final = re.compile(
    rf"^(?:ORAL\s+)?(?:ARGUMENT|TESTIMONY|STATEMENT|REBUTTAL|REMARKS?|SPEECH|ADDRESS|Remarks|Statement|Speech|Address|"
    rf"Testimony|Opening\s+statement|Keynote)\s+(?:(?:[Dd]elivered\s+)?[Bb][Yy]|(?:OF|of))\s+(?:(?:THE\s+)?HON\.?\s+)?"
    rf"(?P<name>(?:{_TITLE}[ ]|(?:[A-Z][a-z]+[ ]))?{_CAP}(?:[ ]{_CAP}){{0,3}})"
)
_I_SAID: Final = re.compile(
    r"[”\"’]\s+I\s+(?:said|say|asked|ask|told|replied|answered|whispered|shouted)\b"
)
_VOCATIVE: Final = re.compile(
    rf"(?:(?<=[“\"‘])(?P<first>{_CAP})(?=[,!?])|(?<=, )(?P<last>{_CAP})(?=[.,!?…—-]))"
)
_FAMILY: Final = frozenset(
    "mom mum dad mommy daddy sir ma'am madam mama papa honey kids man girl boy oh hey hi yes no".split()
)
_DELIVERED: Final = re.compile(
    rf"{_NAME}\s+(?:delivered|gave|made|issued)\s+(?:the\s+following\s+|these\s+|his\s+|her\s+|an?\s+)?(?:\w+\s+)?"
    r"(?:remarks?|speech|address|statement|keynote|testimony)\b"
)
_NOT_NAMES: Final = frozenset(
    "ok okay i not sure so very just here good fine well sorry glad happy the a an god mr dear all and but "
    "in at on from of your my youtube english".split()
)


@dataclass(frozen=True, slots=True)
class Introduced:
    """A name by which somebody says who speaks, where it stands, and how it is said."""

    at: Extent
    how: How


def introduced(
    text: str, lines: Sequence[Extent], quotes: Sequence[Extent], people: frozenset[str]
) -> list[Introduced]:
    """Every such name outside quotations, in reading order; `people` are names known to be persons'."""
    found = [*_spoken(text, quotes), *_headed(text, lines)]
    sign = _signature(text, lines)
    told = None if sign else _narrator(text, quotes, people)
    return sorted({*found, *(i for i in (sign, told) if i)}, key=lambda i: i.at)


def narrated(text: str) -> bool:
    """Whether the page is a tale whose “I” speaks in it: “Run,” I said."""
    return len(_I_SAID.findall(text)) > 1


def _narrator(text: str, quotes: Sequence[Extent], people: frozenset[str]) -> Introduced | None:
    """The one name by which people in a tale call somebody whom the tale itself never names."""
    if not narrated(text):
        return None
    called: dict[str, Extent] = {}
    for a, b in quotes:
        for m in _VOCATIVE.finditer(text, a, b):
            if m.group() in people:
                called.setdefault(m.group(), m.span())
    for name in [*called]:
        inside = sum(len(re.findall(rf"\b{re.escape(name)}\b", text[a:b])) for a, b in quotes)
        everywhere = len(re.findall(rf"\b{re.escape(name)}\b", text))
        if (
            everywhere > inside
            or name.casefold() in _NOT_NAMES | _FAMILY
            or lexicon.is_role(name.casefold())
        ):
            del called[name]
    return Introduced(next(iter(called.values())), "narrator") if len(called) == 1 else None


def _spoken(text: str, quotes: Sequence[Extent]) -> Iterator[Introduced]:
    how: How
    for pattern, how in ((_SELF, "self"), (_JOINED, "joined")):
        for m in pattern.finditer(text):
            part = "here" if how == "self" and m["here"] else "name"
            at = _clean(text, m.span(part))
            if at and not any(a <= at[0] < b for a, b in quotes):
                yield Introduced(at, how)


def _headed(text: str, lines: Sequence[Extent]) -> Iterator[Introduced]:
    for a, b in lines:
        line = text[a:b]
        if b - a < 200 and (m := _HEADED.match(line)):
            how: How = "title" if a < 400 and not line.isupper() else "called"
            at = _clean(text, (a + m.start("name"), a + m.end("name")))
            if at and (
                words := re.search(r"[ ](?:ON|FOR|IN|AT|TO|on|for|in|at|to)\b", text[slice(*at)])
            ):
                at = (at[0], at[0] + words.start())
            if at:
                yield Introduced(at, how)
            continue
        if a < 500 and (m := _DELIVERED.search(line)):
            yield Introduced((a + m.start("name"), a + m.end("name")), "title")
            continue
        first = max(a, b - 120)
        m = _CALLED.search(text[first:b])
        at = (first + m.start("name"), first + m.end("name")) if m else None
        if at is None and (asked := _ASKED.match(line)):
            at = (a + asked.start("name"), a + asked.end("name"))
        if at and not lexicon.is_role(text[slice(*at)].split()[-1].casefold()):
            yield Introduced(at, "called")


def _signature(text: str, lines: Sequence[Extent]) -> Introduced | None:
    """The name under a letter: in a line of its own after its closing words, near the end."""
    if not _GREETED.search(text[: max(700, len(text) // 5)]):
        return None
    for n in range(len(lines) - 1, max(0, len(lines) - 8), -1):
        a, b = lines[n]
        if b - a > 90:
            continue
        start = a
        lead = _CLOSING.match(text[a:b])
        closed = (
            lead is not None
            and lead.end() < b - a
            and text[a + lead.end() - 2 : a + lead.end()].startswith(",")
        )
        if lead and closed:
            start = a + lead.end()
        before = re.split(r"[.!?]\s+", text[slice(*lines[n - 1])].rstrip(".!"))[-1]
        if not closed and not (
            len(before) < 60 and _CLOSING.fullmatch(before) and _STRONG.search(before)
        ):
            continue
        m = _SIGNED.match(text, start, b)
        at = _clean(text, m.span("name")) if m else None
        if at:
            return Introduced(at, "signed")
    return None


def _clean(text: str, at: Extent) -> Extent | None:
    """The name without a possessive or a stray mark; nothing if it is no name of a person."""
    start, end = at
    while (
        end > start and text[end - 1] in "’'-.," and not re.search(r"\b[A-Z]\.$", text[start:end])
    ):
        end -= 1
    words = text[start:end].split(" ")
    while words and words[-1].casefold() in _NOT_NAMES:
        words.pop()
    if not words or words[0].casefold().strip(".’'") in _NOT_NAMES:
        return None
    end = start + len(" ".join(words))
    name = text[start:end]
    if re.search(r"[’']s$", name):
        return None
    nation = state_of(name) or state_of(words[0])
    if nation or (len(words) == 1 and lexicon.is_role(words[0].casefold())):
        return None
    return start, end


__all__ = ["How", "Introduced", "introduced", "narrated"]
