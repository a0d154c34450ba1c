"""E-books: the text of their chapters in the order of the book."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from whence.ingest import markup, page
from whence.ingest.markup import Node
from whence.ingest.office import Package, Text
from whence.ingest.stated import language, moment
from whence.ingest.values import Part, Refusal, Reply, Stated

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FIELDS = {"title": "title", "creator": "byline", "publisher": "outlet", "language": "language"}


def epub(raw: bytes) -> Reply:
    """The text of a book, chapter after chapter; `parts` says which file each stretch is from."""
    package = Package(raw, "EPUB")
    if "META-INF/encryption.xml" in package and "META-INF/rights.xml" in package:
        raise Refusal("encrypted", "the book is locked")
    opf, place = _contents(package)
    text, remarks = Text(), list[str]()
    for name in _chapters(opf, place):
        source = package.get(name)
        if source is None:
            remarks.append("truncated")
            continue
        try:
            chapter = page.page(source)
        except Refusal:
            continue  # a cover, a picture: a page without words
        remarks += chapter.remarks
        text.gap("\n\n")
        start = text.size
        text.say(chapter.text)
        text.marks += [(a + start, b + start, role, by) for a, b, role, by in chapter.marks]
        text.parts.append(Part(start, text.size, posixpath.basename(name)))
    if not text.size:
        raise Refusal("empty", "there is no text in the book")
    return Reply(
        text=str(text),
        media_type="application/epub+zip",
        stated=_stated(opf),
        marks=tuple(text.marks),
        remarks=tuple(dict.fromkeys(remarks)),
        parts=tuple(text.parts),
        mapped=False,
    )


def _contents(package: Package) -> tuple[Node, str]:
    """The list of contents, and the folder that its names are relative to."""
    container = package.get("META-INF/container.xml")
    if container is not None:
        for each in markup.tree(container).every("rootfile"):
            name = each.attributes.get("full-path", "")
            opf = package.get(name)
            if opf is not None:
                return markup.tree(opf), posixpath.dirname(name)
    raise Refusal("broken-file", "a book without its list of contents")


def _chapters(opf: Node, place: str) -> list[str]:
    files = {
        each.attributes.get("id", ""): each.attributes.get("href", "")
        for each in opf.every("item")
        if each.attributes.get("media-type") in _PAGES
    }
    order = [each.attributes.get("idref", "") for each in opf.every("itemref")]
    return [posixpath.join(place, unquote(files[each])) for each in order if each in files]


def _stated(opf: Node) -> Stated:
    found: dict[str, str] = {}
    for tag, field in _FIELDS.items():
        for node in opf.every(tag):
            words = re.sub(r"\s+", " ", node.text).strip()
            if words and field not in found:
                found[field] = words[:500]
    for node in opf.every("date"):
        when = moment(node.text)
        if when and "published" not in found:
            found["published"] = when
    code = language(found.pop("language", ""))
    return Stated(**found, language=code)
