"""The ways words travelled: “told Reuters”, “RIA reported”, “posted on its Facebook page”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from whence.knowledge import known
from whence.terms import Channel, Extent, Route

_MEDIA_WORD: Final = (
    r"(?:news\s?agency|newspaper|news\s?wire|wire\s?service|broadcaster|television|TV|radio|channel|"
    r"daily|weekly|magazine|tabloid|news\s?site|news\s?website|website|outlet|network|portal|agency|"
    r"blog|podcast|station|press\s?service)"
)
_TITLE_MEDIA: Final = re.compile(
    r"\b(?:Times|Post|Herald|Gazette|Tribune|Courier|Press|Journal|Wire|News|Chronicle|Observer|"
    r"Telegraph|Mail|Mirror|Star|Sun|Standard|Examiner|Dispatch|Globe|Bulletin|Today|Daily|Weekly|"
    r"Radio|Television|TV|Broadcasting|Online|Monitor|Ledger|Sentinel|Inquirer|Register|Record)\b"
    r"|\b[A-Za-z0-9-]+\.(?:com|org|net|info|example|ru|uk|tv|news)\b"
)
_NAME: Final = (
    r"(?:the\s+)?(?:[A-Z][\w.&’'-]*|[a-z]+-[A-Z]\w+)(?:\s+(?:of|and|&|the|[A-Z][\w.&’'-]*))*"
)
_PLATFORMS: Final = (
    r"(?:Facebook|Twitter|X|Telegram|Instagram|YouTube|VKontakte|VK|TikTok|Weibo|WhatsApp|WeChat|"
    r"Truth\s?Social|LinkedIn|Snapchat|Mastodon|Bluesky|Threads|Reddit)"
)
_TOLD: Final = re.compile(
    rf"\b(?:tell|tells|told|telling|informed|briefed|wrote\s+to|speaking\s+to|speaking\s+with|spoke\s+to)\s+"
    rf"(?P<who>(?:(?:the|a|an|its|state|local|private|government|independent|[A-Z]\w+)\s+)*?"
    rf"(?:(?P<word>{_MEDIA_WORD})\s+)?(?P<name>{_NAME})(?P<tail>\s+{_MEDIA_WORD})?)"
)
_INTERVIEW: Final = re.compile(
    rf"\bin\s+(?:an?|the|his|her|their)\s+(?:[\w’'-]+\s+){{0,3}}?interview"
    rf"(?:\s+(?:with|to|on|for|given\s+to)\s+(?P<name>{_NAME}))?"
)
_ON_AIR: Final = re.compile(
    rf"\b(?:on|during)\s+(?P<name>{_NAME}\s+(?:TV|television|radio|show))\b"
)
_PAGE: Final = re.compile(
    rf"\b(?:on|via|in|through|to|by|from)\s+(?P<name>(?:(?:his|her|its|their|the|a|an|official|own|verified)"
    rf"\s+)*(?:(?!(?:on|in|via|to|by|from|and|through)\b)[\w’'-]+\s+){{0,3}}?(?:{_PLATFORMS}|website|web\s+site|blog|homepage|social\s+media)"
    rf"(?:\s+(?:page|account|channel|feed|post|message|video|site|profile|group))?)\b"
)
_STATEMENT: Final = re.compile(
    r"\b(?:in|at|during|through|via)\s+(?P<name>(?:an?|the|his|her|its|their)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:statement|press\s+release|release|news\s+conference|press\s+conference|briefing|report|"
    r"speech|letter|e-?mail|memo|communiqué|communique|op-ed|editorial|column|tweet|post|address|"
    r"filing|testimony|broadcast|news\s+release))\b"
)
_GENERIC: Final = frozenset(
    "reporters journalists lawmakers parliament congress supporters voters them him her us me".split()
)
_DATELINE: Final = re.compile(r"\((?P<name>[A-Z][A-Za-z. ]{1,20})\)\s*[-–—]")
_GOVERNS: Final = re.compile(
    rf"^\W*(?P<name>(?:{_NAME}|[\w-]+\.(?:com|org|net|info|tv|ru|example|news)))\s+"
    r"(?:reports?|reported|writes?|wrote|has\s+(?:reported|the\s+story))\s*:"
)


@dataclass(frozen=True, slots=True)
class Governed:
    """From `start` on, the page carries the words of another outlet: “Rt.com reports:”."""

    name: str
    name_span: Extent
    cue: Extent
    start: int


def is_outlet(name: str) -> bool:
    """Whether a name or phrase is an agency's, a newspaper's, a broadcaster's or a site's."""
    entry = known(name)
    if entry is not None:
        return entry.role in ("agency", "outlet")
    return bool(
        re.search(rf"\b{_MEDIA_WORD}\b", name) or (_TITLE_MEDIA.search(name) and name[:1].isupper())
        or (_TITLE_MEDIA.search(name) and re.match(r"the\s+[A-Z]", name, re.I))
    )  # fmt: skip


def bare(name: str) -> str:
    """The name without article and without “the news agency” around it."""
    name = re.sub(r"\s+", " ", name).strip(" ,.:;")
    name = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", name, flags=re.I)
    name = re.sub(rf"^(?:(?:state|local|private)\s+)?{_MEDIA_WORD}\s+(?=[A-Z])", "", name)
    return re.sub(rf"\s+(?:state\s+)?{_MEDIA_WORD}$", "", name) or name


def channels(text: str, start: int, end: int, holes: tuple[Extent, ...] = ()) -> list[Channel]:
    """The channels named in a stretch of text, outside the holes (what was said), in order."""

    def free(a: int, b: int) -> bool:
        return not any(x < b and a < y for x, y in holes)

    found: list[Channel] = []

    def add(name: str, route: Route, a: int, b: int) -> None:
        if free(a, b) and not any(c.span and c.span[0] < b and a < c.span[1] for c in found):
            found.append(Channel(bare(name), route, (a, b)))

    for hit in _TOLD.finditer(text, start, end):
        name = hit["name"] + (hit["tail"] or "")
        outlet = bool(hit["word"] or hit["tail"]) or is_outlet(name)
        if outlet and name.casefold() not in _GENERIC:
            add(name, "told", *hit.span("who"))
    for hit in _INTERVIEW.finditer(text, start, end):
        name = hit["name"]
        air = re.search(r"\b(?:TV|television|radio|broadcast)\b", hit.group(), re.I)
        if name:
            add(name, "told", *hit.span("name"))
        else:
            words = re.sub(r"^in\s+(?:an?|the|his|her|their)\s+", "", hit.group())
            add(words, "broadcast" if air else "told", *hit.span())
    for hit in _ON_AIR.finditer(text, start, end):
        add(hit["name"], "broadcast", *hit.span("name"))
    for pattern in (_PAGE, _STATEMENT):
        for hit in pattern.finditer(text, start, end):
            add(
                re.sub(r"^(?:his|her|its|their)\s+", "", hit["name"]),
                "published",
                *hit.span("name"),
            )
    return sorted(found, key=lambda c: c.span or (0, 0))


def dateline(text: str, start: int, end: int) -> Channel | None:
    """The agency of a dateline such as “CITY, 3 May (NORD) –” at the head of a stretch."""
    hit = _DATELINE.search(text, start, min(end, start + 120))
    return Channel(hit["name"].strip(), "reported", hit.span("name"), True) if hit else None


_BEFORE: Final = re.compile(
    r"[\W\d_]*(?:(?:[A-Z][\w.’'-]*|of|de|al|el|\d{1,4}(?:st|nd|rd|th)?)[\W\d_]+){0,8}$"
)


def heads(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds no more than a dateline does before its agency: a place and a date."""
    return bool(_BEFORE.match(text[start:end]))


def same(one: str, other: str) -> bool:
    """Whether two names are one outlet's: “RT” and “Rt.com”, “the Nord news agency” and “Nord”."""

    def stem(name: str) -> str:
        entry = known(name)
        name = bare(entry.name if entry else name).casefold()
        return re.sub(r"^www\.|\.(?:com|org|net|info|tv|ru|example|news|co\.uk)$", "", name)

    return stem(one) == stem(other)


def governs(text: str, start: int, end: int) -> Governed | None:
    """Whether a paragraph begins by handing the page to another outlet."""
    hit = _GOVERNS.search(text[start:end])
    if not hit or not (is_outlet(hit["name"]) or "." in hit["name"]):
        return None
    a, b = hit.span("name")
    return Governed(bare(hit["name"]), (start + a, start + b), (start + b + 1, start + hit.end() - 1),
                    start + hit.end())  # fmt: skip
