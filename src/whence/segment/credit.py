"""Whom a page names as where its words or pictures come from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from whence.terms import Credit, Role

_NAME = (
    r"(?P<name>(?:The |the )?[A-ZÀ-Þ@][\w’'.&-]*(?: (?:[A-ZÀ-Þ][\w’'.&-]*|of|the|and|&|/)){0,6})"
)
_BODY = (
    re.compile(rf"\A\W*{_NAME} (?:reports|reported|writes)\s*:"),
    re.compile(rf"\((?:via|source:|h/t|hat tip:?) {_NAME}\)"),
)
_PAGE = (
    re.compile(
        r"\b(?:original|first)(?:ly)? (?:source|version|article|text)\b[^.:]{0,40}?(?:is|:|was|by|on|at|in)\W+"
        + _NAME
    ),
    re.compile(
        rf"\b(?:originally|first) (?:appeared|published|posted)\W+(?:by|on|at|in)\W+{_NAME}"
    ),
    re.compile(
        r"\b(?:re(?:published|printed|posted)|adapted|translated|syndicated|reproduced|cross-?posted) "
        r"(?:with (?:the )?permission )?(?:from|of|by|via)\W+" + _NAME
    ),
    re.compile(
        rf"\b(?:appeared|published|posted|produced|written) (?:first )?(?:by|on|at|in)\W+{_NAME}"
    ),
    re.compile(
        r"\A\W*[Aa]ll (?:images?|photos?|pictures|photographs)\b[^.]{0,40}\b(?:from|by|courtesy of) "
        + _NAME
    ),
    re.compile(rf"\A\W*(?:h/t|hat tip|via|[Ff]orwarded from|[Rr]eposted from)\W+{_NAME}"),
)
_AGENCY = re.compile(r"\((?P<name>[A-ZÀ-Þ][\w’'.& /-]{1,39})\)\W*\Z")
_SOURCE = re.compile(r"\W*[Ss]ource\s*:\s*(?P<name>[^|;\n]{2,60}?)\s*\Z")
_PICTURE = re.compile(
    r"\A\W*(?:(?:photos?|images?|pictures?|credits?|(?:photo|image|picture) (?:credit|courtesy)|courtesy|map"
    r"|illustration|graphic|photograph)(?: (?:by|from|of|courtesy of))?\s*[:/©]|©|\(c\))\s*(?P<name>[^\n()]{2,80}?)"
    r"[\s)]*\Z",
    re.IGNORECASE,
)
_LONGEST = 9  # words of a line that is a name and nothing else


def credits(leaves: Iterable[tuple[Role, int, str]]) -> tuple[Credit, ...]:
    """The credits of a page, each name once, in the order in which they stand."""
    found: dict[str, Credit] = {}
    above: Role | None = None
    for role, start, text in leaves:
        for match in _matches(role, text, above):
            name = re.sub(r"<[^>]*>", "", match["name"]).strip(" .,")
            at = start + match.start("name")
            if name and name not in found:
                found[name] = Credit(name, (at, at + len(match["name"].rstrip(" .,"))))
        above = role
    return tuple(found.values())


def _matches(role: Role, text: str, above: Role | None) -> Iterable[re.Match[str]]:
    head = text[:2000]
    if role in ("body", "quote"):
        return [match for form in _BODY if (match := form.search(head))]
    if role == "boilerplate":
        return [match for form in _PAGE for match in form.finditer(head)][:4]
    if role == "dateline":
        return [match for match in (_AGENCY.search(head),) if match]
    if role == "byline":
        return [match for form in (_SOURCE, _PAGE[-1]) if (match := form.match(head))]
    if role == "caption":
        picture = _PICTURE.match(head) or _bare_name(head, above)
        return [picture] if picture else []
    return []


def _bare_name(text: str, above: Role | None) -> re.Match[str] | None:
    """A line under a caption that is only names: “Ann Roe / Agency”."""
    if above != "caption" or len(text.split()) > _LONGEST:
        return None
    return re.match(r"\s*(?P<name>[A-ZÀ-Þ][\w’'.() -]*(?: ?/ ?[\w’'.() -]+)*)\s*\Z", text)
