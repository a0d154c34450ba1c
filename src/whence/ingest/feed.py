"""RSS and Atom: each item a document, read by itself, so that one broken item spoils no other."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from whence.ingest import decode, markup, page
from whence.ingest.markup import Node
from whence.ingest.stated import address, moment
from whence.ingest.values import Allowance, Member, Parts, Refusal, Reply, Stated

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})")
_TOKEN = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)(?:[\w.-]+:)?(item|entry)(?=[\s/>])",
    re.DOTALL,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|RDF)(?=[\s>])([^>]*)>")
_NAMED = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)[A-Za-z]\w{1,30};")  # of HTML, not of XML
_DOCTYPE = re.compile(r"<!DOCTYPE\s", re.IGNORECASE)
_TITLE = re.compile(r"<title(?:\s[^>]*)?>(.{0,1000}?)</title>", re.DOTALL)
_CONTENT = ("encoded", "content", "description", "summary")


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    whole: bool


def items(source: BinaryIO, allowance: Allowance) -> Parts:
    """The items of a feed, each as it stands in the file, with the name of the outlet."""
    raw = source.read()
    declared = _ENCODING.search(raw[:300])
    text = decode.decoded(raw, declared.group(1).decode() if declared else None).text
    markup.refuse_entities(text)
    root = _ROOT.search(text)
    if root is None:
        raise Refusal("unsupported", "XML that is no feed")
    remarks = ("xml-dtd-ignored",) if _DOCTYPE.search(text[: root.start()]) else ()
    found = list(_items(text, root.end()))
    outlet = _outlet(text[root.end() : found[0].start if found else None])
    for number, item in enumerate(found, 1):
        if number > allowance.count:
            raise Refusal("too-many-files", f"it holds more than {allowance.count} items")
        if item.whole:
            part = text[item.start : item.end].encode("utf-8", "replace")
            yield (
                Member(str(number), 0, "item", stated=Stated(outlet=outlet), remarks=remarks),
                part,
            )
        else:
            reason = "the item has no end, or another begins inside it"
            yield Member(str(number), code="malformed-xml", reason=reason), b""
    if not found:
        raise Refusal("empty", "the feed has no items")


def _items(text: str, start: int) -> Iterator[_Item]:
    begun: int | None = None
    for found in _TOKEN.finditer(text, start):
        if found.group(2) is None:
            continue
        if not found.group(1):
            if begun is not None:
                yield _Item(begun, found.start(), False)
            begun = found.start()
        elif begun is not None:
            close = text.find(">", found.end())
            yield _Item(begun, close + 1 if close >= 0 else len(text), close >= 0)
            begun = None
    if begun is not None:
        yield _Item(begun, len(text), False)


def _outlet(head: str) -> str | None:
    found = _TITLE.search(head)
    if not found:
        return None
    try:
        name = markup.tree(found.group()).text.strip()
    except Refusal:
        return None
    return decode.printable(name)[0][:500] or None


def item(raw: bytes) -> Reply:
    """The text of one item of a feed, and what its fields state."""
    source = raw.decode("utf-8", "replace")
    source = _NAMED.sub(lambda found: html.unescape(found.group()), source)
    node = next(markup.tree(f"<feed>{source}</feed>").children("item", "entry"), None)
    if node is None:
        raise Refusal("malformed-xml", "the item is broken")
    remarks: list[str] = []
    stated = _stated(node, remarks)
    reply = _longest(node)
    if reply is None:
        if not stated.title:
            raise Refusal("empty", "the item has no text")
        reply = Reply(text=stated.title)
    return Reply(
        text=reply.text,
        media_type="application/rss+xml",
        stated=stated,
        marks=reply.marks,
        remarks=tuple(dict.fromkeys((*reply.remarks, *remarks))),
        mapped=False,
    )


def _longest(node: Node) -> Reply | None:
    """The fullest text of an item: its content rather than its summary, whichever has words."""
    found: Reply | None = None
    for tag in _CONTENT:
        for child in node.children(tag):
            try:
                got = _content(child)
            except Refusal:
                continue
            if found is None or len(got.text) > 2 * len(found.text):
                found = got
    return found


def _content(child: Node) -> Reply:
    kind = child.attributes.get("type", "html")
    if kind == "xhtml":
        return page.page(_as_html(child).encode())
    words = child.text
    decode.readable(words)
    if kind == "html" or "<" in words:
        return page.page(words.encode("utf-8", "replace"), "utf-8")
    return Reply(text=words.strip())


def _as_html(node: Node) -> str:
    out: list[str] = []
    for each in node.inside:
        if isinstance(each, str):
            out.append(each.replace("&", "&amp;").replace("<", "&lt;"))
        else:
            out.append(f"<{each.tag}>{_as_html(each)}</{each.tag}>")
    return "".join(out)


def _stated(node: Node, remarks: list[str]) -> Stated:
    published = _moment(node, ("pubDate", "published", "date", "issued"), remarks)
    return Stated(
        title=_field(node, "title"),
        byline=_byline(node),
        published=published,
        updated=_moment(node, ("updated", "modified"), remarks),
        address=_address(node, remarks),
    )


def _field(node: Node, *tags: str) -> str | None:
    for child in node.children(*tags):
        words = re.sub(r"\s+", " ", decode.printable(child.text)[0]).strip()
        if words:
            return words[:500]
    return None


def _byline(node: Node) -> str | None:
    for child in node.children("author"):
        name = next(child.children("name"), None)
        if name is not None:
            return name.text.strip()[:500] or None
    return _field(node, "creator", "author")


def _address(node: Node, remarks: list[str]) -> str | None:
    for child in node.children("link"):
        if child.attributes.get("rel", "alternate") != "alternate":
            continue
        said = (child.attributes.get("href") or child.text).strip()
        if said:
            safe = address(said)
            if safe is None:
                remarks.append("unsafe-url")
            return safe
    return None


def _moment(node: Node, tags: tuple[str, ...], remarks: list[str]) -> str | None:
    said = _field(node, *tags)
    if said is None:
        return None
    got = moment(said)
    if got is None:
        try:
            got = moment(parsedate_to_datetime(said).isoformat())
        except (ValueError, TypeError, OverflowError):
            remarks.append("bad-date")
    return got
