"""What a page's own text states about the page: outlet, title, writer, dates, credits, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whence.segment.credit import credits
from whence.segment.days import clock, days
from whence.segment.front import field
from whence.segment.language import language
from whence.segment.pieces import dateline_name
from whence.segment.wording import NAVIGATION, plain
from whence.terms import Block, Document, Extent, Role, When

_BY = re.compile(
    r"(?:(?:posted|published)(?: on)? [\w, ]{6,40} by|by|articles? by|author|written by|posted by|text by"
    r"|story by)\s*:?\s+",
    re.I,
)
_TEXT_BY = re.compile(
    r"\b(?:text|story|report|words|articles?|written) by:? (?P<name>[^,;|.()]{3,80})", re.I
)
_TRANSLATED = re.compile(
    r"\b(?:translation|translated(?: (?:from|into) (?:the )?\w+)?)(?: by)?:? (?:by )?(?P<name>[^,;|.()]{3,80})",
    re.I,
)
_SOURCE = re.compile(r"source\s*:\s*(?P<name>[^|;]{2,60})\Z", re.I)
_COPYRIGHT = re.compile(
    r"(?:©|copyright(?: ©)?)\s*(?:\d{4}(?:[-–]\d{4})?)?,?\s*(?P<name>[A-ZÀ-Þ][^|,.©\d]{2,50})", re.I
)
_THE = re.compile(r"(?P<name>The (?!Hague)[A-ZÀ-Þ][^,\d]{2,40}), [^\d]{2,40}, ")
_UPDATED = re.compile(r"\b(?:updated?|modified|corrected|amended)\b", re.I)
_PUBLISHED = re.compile(r"\b(?:published|posted|date|dated|issued|created|released)\b", re.I)
_AHEAD = re.compile(
    r"\b(?:will|would|until|by|scheduled|planned|due|next|expected|before|deadline|upcoming)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Leaf:
    role: Role
    start: int
    text: str
    plain: str


def masthead(document: Document, blocks: Sequence[Block]) -> Document:
    """The document with what its own text states about it, where its fields did not.

    A publication date that no line states is inferred from the latest day that the article
    speaks of as past: published on that day or later. Where there is none it stays None.
    """
    leaves = _leaves(document, blocks)
    fields = dict(_front(leaves))
    head = leaves[: next((i for i, leaf in enumerate(leaves) if leaf.role == "body"), len(leaves))]
    byline, translator = _writers(leaves)
    named = _dated_name(head, leaves, byline)
    published = document.published or _published(head, named)
    code, known = language(
        " ".join(leaf.plain for leaf in leaves if leaf.role in ("body", "quote", "headline"))
        or document.text[:4000],
        document.language,
    )
    return replace(
        document,
        outlet=document.outlet or fields.get("outlet") or _outlet(leaves, head, named),
        title=document.title or fields.get("title") or _title(leaves),
        byline=document.byline or fields.get("author") or fields.get("byline") or byline,
        translator=document.translator or fields.get("translator") or translator,
        published=published or _inferred(leaves),
        updated=document.updated or _updated(leaves),
        credits=document.credits or credits((leaf.role, leaf.start, leaf.text) for leaf in leaves),
        language=code,
        read=document.read and known,
    )


def _leaves(document: Document, blocks: Sequence[Block]) -> list[_Leaf]:
    """The page's own leaves, in order; what readers and posts say states nothing about it."""
    inner = {block.within for block in blocks}
    out = []
    for block in blocks:
        if block.id in inner or block.role in ("comment", "post"):
            continue
        text = document.text[block.start : block.end]
        out.append(_Leaf(block.role, block.start, text, plain(text)))
    return out


def _front(leaves: list[_Leaf]) -> Iterator[tuple[str, str]]:
    """The fields between two rules before the text."""
    if not leaves or leaves[0].text.strip() != "---":
        return
    for leaf in leaves[1:40]:
        if leaf.text.strip() in ("---", "..."):
            return
        found = field(leaf.text)
        if found:
            yield found


def _title(leaves: list[_Leaf]) -> str | None:
    return next((leaf.plain for leaf in leaves if leaf.role == "headline"), None)


def _writers(leaves: list[_Leaf]) -> tuple[str | None, str | None]:
    """Who wrote the page and who translated it, as its bylines say."""
    byline = translator = None
    for leaf in leaves:
        if leaf.role != "byline":
            continue
        translated, written = _TRANSLATED.search(leaf.plain), _TEXT_BY.search(leaf.plain)
        if translated and translator is None:
            translator = translated["name"].strip()
        if byline is not None:
            continue
        by = _BY.match(leaf.plain)
        if written:
            byline = written["name"].strip()
        elif by:
            byline = _undated(leaf.plain[by.end() :])
        elif not translated and ":" not in leaf.plain and len(leaf.plain.split()) <= 4:
            byline = leaf.plain
    return byline, translator


def _undated(name: str) -> str:
    """A name without the date that stands after it: “Ann Roe on 4 May 2031”."""
    day = next(days(name), None)
    if day is not None:
        name = re.sub(r"[\s,|•·–-]*(?:\b(?:on|at|,))?[\s,|•·–-]*\Z", "", name[: day.start])
    return name.strip(" .,|")


def _dated_name(head: list[_Leaf], leaves: list[_Leaf], byline: str | None) -> _Leaf | None:
    """The line “The Courier, May 4, 2031” whose name the page uses for itself elsewhere too.

    A name before a date may as well be a city or a writer, so one line alone settles nothing.
    """
    for leaf in head:
        name = dateline_name(leaf.plain) if leaf.role == "dateline" else None
        if name and name != byline and _names_itself(leaves, name):
            return leaf
    return None


def _names_itself(leaves: list[_Leaf], name: str) -> bool:
    return any(leaf.role == "boilerplate" and name in leaf.plain for leaf in leaves)


def _outlet(leaves: list[_Leaf], head: list[_Leaf], named: _Leaf | None) -> str | None:
    """The outlet: “Source: X” above the article, a name with the date, the owner of the rights,
    or the name at the top that the page uses for itself at its foot."""
    for leaf in head:
        found = _SOURCE.match(leaf.plain) if leaf.role == "byline" else None
        if found:
            return found["name"].strip()
    if named is not None:
        return dateline_name(named.plain)
    for leaf in leaves[::-1]:
        found = _COPYRIGHT.search(leaf.plain) if leaf.role == "boilerplate" else None
        if found and "original" not in leaf.plain.lower():
            return re.sub(r"\s*\ball rights.*", "", found["name"], flags=re.I).strip(" .")
    for leaf in head:
        the = _THE.match(leaf.plain) if leaf.role == "dateline" else None
        if the:
            return the["name"]
    foot = " ".join(leaf.plain for leaf in leaves[len(head) :] if leaf.role == "boilerplate")
    for leaf in head:
        if leaf.role == "boilerplate" and 1 < len(leaf.plain.split()) <= 5:
            again = re.search(rf"\b{re.escape(leaf.plain)}\b", foot, re.I)
            if again and again.group()[0].isupper() and not NAVIGATION.fullmatch(leaf.plain):
                return again.group()
    return None


def _published(head: list[_Leaf], named: _Leaf | None) -> When | None:
    """The date that a line before the article states; a range where lines disagree."""
    dated = [leaf for leaf in head if leaf.role in ("dateline", "byline")]
    dated = [leaf for leaf in dated if not _UPDATED.match(leaf.plain)]
    labelled = [leaf for leaf in dated if _PUBLISHED.search(leaf.plain)]
    for some in (labelled, [named] if named else [], dated):
        found = [moment for leaf in some if leaf and (moment := _moment(leaf))]
        if found:
            first, last = min(found), max(found)
            return When(first[0], last[0], "stated", found[0][1])
    return None


def _updated(leaves: list[_Leaf]) -> When | None:
    for leaf in leaves:
        if leaf.role != "dateline" or not _UPDATED.search(leaf.plain):
            continue
        words = _UPDATED.search(leaf.text)
        start = words.start() if words else 0
        after = _Leaf(leaf.role, leaf.start + start, leaf.text[start:], leaf.plain)
        found = _moment(after)
        if found:
            return When(found[0], found[0], "stated", found[1])
        time, end = clock(after.text), len(after.text.rstrip(" :\n"))
        if time:
            return When(time, time, "stated", (after.start, after.start + end))
    return None


def _moment(leaf: _Leaf) -> tuple[str, Extent] | None:
    """The first full date of a line, with its time of day where one follows."""
    for day in days(leaf.text):
        iso = day.iso()
        if iso:
            time = clock(leaf.text[day.end : day.end + 30])
            return iso + (time or ""), (leaf.start + day.start, leaf.start + day.end)
    return None


def _inferred(leaves: list[_Leaf]) -> When | None:
    """Not before the latest day that the article speaks of as past."""
    told = [leaf for leaf in leaves if leaf.role in ("body", "dateline", "caption", "quote")]
    years = {int(year) for leaf in told for year in re.findall(r"\b(?:19|20)\d\d\b", leaf.text)}
    stated = {day.year for leaf in told for day in days(leaf.text) if day.year}
    only = max(years) if len(years) == 1 else next(iter(stated)) if len(stated) == 1 else None
    latest: tuple[str, Extent] | None = None
    for leaf in told:
        for day in days(leaf.text):
            iso = day.iso(only)
            before = leaf.text[max(0, day.start - 60) : day.start]
            if iso is None or _AHEAD.search(re.split(r"[.!?;]", before)[-1]):
                continue
            if latest is None or iso > latest[0]:
                latest = (iso, (leaf.start + day.start, leaf.start + day.end))
    return When(latest[0], None, "inferred", latest[1]) if latest else None
