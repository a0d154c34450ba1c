"""Word and OpenDocument texts: their paragraphs in reading order, notes after the text."""

from __future__ import annotations

import re

from whence.ingest import markup
from whence.ingest.decode import printable
from whence.ingest.office import Package, Text
from whence.ingest.stated import language, moment
from whence.ingest.values import Refusal, Reply, Stated

_HEADING = re.compile(r"(title|heading|überschrift|titre|titolo|título|заголовок)", re.IGNORECASE)
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_TITLE = {"title": "title", "creator": "byline", "language": "language"}
_FEW_ROOTS = ("document", "footnotes", "endnotes", "comments", "document-content")


class _Paragraphs:
    """Collects the paragraphs of Word or OpenDocument XML; both name them much alike."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._open: list[list[str]] = []  # paragraphs may hold text boxes with paragraphs
        self._styles: list[str] = []
        self._silent = 0
        self._heard = 0
        self._hidden = False
        self._cell = False
        self.hidden = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("Fallback", "del", "instrText", "tracked-changes", "annotation", "moveFrom"):
            self._silent += 1
        elif tag in ("p", "h"):
            self._open.append([])
            self._styles.append("heading" if tag == "h" else "")
        elif tag == "pStyle" and self._styles:
            self._styles[-1] = attributes.get("w:val", "")
        elif tag == "r":
            self._hidden = False
        elif tag == "vanish" and attributes.get("w:val", "1") not in ("0", "false"):
            self._hidden = self.hidden = True
        elif tag in ("t", "span", "a"):
            self._heard += 1
        elif self._open and tag in ("tab", "br", "cr", "line-break", "s", "noBreakHyphen"):
            self._open[-1].append({"tab": "\t", "s": " ", "noBreakHyphen": "\u2011"}.get(tag, "\n"))

    def end(self, tag: str) -> None:
        if tag in ("Fallback", "del", "instrText", "tracked-changes", "annotation", "moveFrom"):
            self._silent -= 1
        elif tag in ("p", "h") and self._open:
            words, style = "".join(self._open.pop()).strip("\n"), self._styles.pop()
            gap = "\t" if self._cell else "\n\n"
            self._text.add(words, gap, "headline" if _HEADING.match(style) else None)
            self._cell = False
        elif tag in ("tc", "table-cell"):
            self._cell = True
        elif tag in ("tr", "table-row", "tbl", "table"):
            self._cell = False
        elif tag in ("t", "span", "a"):
            self._heard -= 1

    def words(self, data: str) -> None:
        if self._silent or self._hidden or not self._open:
            return
        self._open[-1].append(data)


def docx(raw: bytes) -> Reply:
    """The text of a Word file: what stands on the page, deletions and hidden words left out."""
    package = Package(raw, "Word")
    main = package.get("word/document.xml")
    if main is None:
        raise Refusal("broken-file", "a Word file without its text")
    text, hidden = Text(), False
    for source in (main, *(each for each in map(package.get, _NOTES) if each)):
        paragraphs = _WordRuns(text)
        markup.read(source, paragraphs)
        hidden = hidden or paragraphs.hidden
    remarks = (["hidden-text"] if hidden else []) + (["active-content"] if package.active() else [])
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _reply(text, media, _stated(package.get("docProps/core.xml")), remarks)


class _WordRuns(_Paragraphs):
    """In Word, words stand only in `w:t`; white space between tags is none."""

    def words(self, data: str) -> None:
        if self._heard:
            super().words(data)


def odt(raw: bytes) -> Reply:
    """The text of an OpenDocument text."""
    package = Package(raw, "OpenDocument")
    main = package.get("content.xml")
    if main is None:
        raise Refusal("broken-file", "an OpenDocument file without its text")
    text = Text()
    markup.read(main, _Paragraphs(text))
    stated = _stated(package.get("meta.xml"))
    return _reply(text, "application/vnd.oasis.opendocument.text", stated, [])


def _reply(text: Text, media: str, stated: Stated, remarks: list[str]) -> Reply:
    if not text.size:
        raise Refusal("empty", "there is no text in it")
    words, more = printable(str(text))
    return Reply(
        text=words,
        media_type=media,
        stated=stated,
        marks=tuple(text.marks),
        remarks=(*remarks, *more),
        mapped=False,
    )


def _stated(core: bytes | None) -> Stated:
    """Title, writer and dates from the properties of the file; nothing where they are broken."""
    if core is None:
        return Stated()
    try:
        root = markup.tree(core)
    except Refusal:
        return Stated()
    found: dict[str, str] = {}
    for tag, field in _TITLE.items():
        for node in root.every(tag):
            words = re.sub(r"\s+", " ", node.text).strip()
            if words and field not in found:
                found[field] = words[:500]
    for tag in ("modified", "date"):
        for node in root.every(tag):
            when = moment(node.text)
            if when:
                found["updated"] = when
    code = language(found.pop("language", ""))
    return Stated(**found, language=code)
