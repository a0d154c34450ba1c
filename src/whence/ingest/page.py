"""The text of an HTML page as a browser shows it, what its tags say, and the way back."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from whence.ingest import decode, tags
from whence.ingest.head import Head
from whence.ingest.tags import Attributes
from whence.ingest.values import Refusal, Reply

DEEPEST = 5_000  # open tags; real pages stay below a hundred
_SPACE = re.compile(r"[ \t\n\r\f]+")
_PIECE = re.compile(r"[ \t\n\r\f]+|(?:[^ \t\n\r\f]+(?: (?=[^ \t\n\r\f]))?)+")
_SHORT = 2_000
_CONSENT = re.compile(r"\b(?:cookies?|consent|privacy|datenschutz|einwilligung)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)


def page(raw: bytes, charset: str | None = None) -> Reply:
    """The text of a page, marks for what its tags say, its stated metadata and the map back."""
    declared = _CHARSET.search(raw[:4096])
    named = charset or (declared.group(1).decode("ascii") if declared else None)
    got = decode.decoded(raw, named)
    walk = Walk(got.text)
    walk.feed(got.text)
    walk.close()
    walk.finish()
    text = "".join(walk.out)
    if not text.strip():
        raise Refusal("empty", "the page holds no text; scripts may have built it in a browser")
    if len(text) < _SHORT and _CONSENT.search(text) and not _outside(text, walk.marks).strip():
        raise Refusal("empty", "only a notice about cookies or consent, not the page behind it")
    text, extra = decode.printable(text)
    return Reply(
        text=text,
        media_type="text/html",
        stated=walk.head.stated(),
        marks=tuple(walk.marks),
        runs=tuple(walk.runs),
        encoding=got.encoding,
        remarks=tuple(dict.fromkeys((*got.remarks, *extra, *walk.head.remarks, *walk.remarks))),
    )


def _outside(text: str, marks: list[tuple[int, int, str, str | None]]) -> str:
    """What is left of the text without what the tags call navigation and notices."""
    left = list(text)
    for start, end, role, _ in marks:
        if role == "boilerplate":
            left[start:end] = " " * (end - start)
    return "".join(left)


class Walk(HTMLParser):
    """One pass over the source: collects text, runs, marks and metadata."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.runs: list[tuple[int, int, int, int]] = []
        self.marks: list[tuple[int, int, str, str | None]] = []
        self.remarks: list[str] = []
        self.head = Head()
        self._size = 0
        self._gap = ""  # white space owed before the next visible character
        self._open: list[tags.Open] = []
        self._silent = 0
        self._lines = [0]
        self._lines.extend(found.end() for found in re.finditer("\n", source))
        self._naming: list[tags.Open] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Where “<![…” ends; what no parser knows ends at the next “>”, as in a browser."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: Attributes = {name: value or "" for name, value in attrs}
        if self.head.takes(tag, found):
            return
        for outer in tags.closed_by(tag, self._open):
            self.handle_endtag(outer)
        self._break(tag)
        if tag in tags.VOID:
            return
        if len(self._open) >= DEEPEST:
            if "too-deep" not in self.remarks:
                self.remarks.append("too-deep")
            return
        opened = tags.opened(tag, found, self._open)
        self._open.append(opened)
        self._silent += opened.silent
        if opened.hidden and "hidden-text" not in self.remarks:
            self.remarks.append("hidden-text")
        opened.start, opened.pieces = self._size, len(self.out)
        if opened.names is not None:
            self._naming.append(opened)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in tags.VOID and self._open and self._open[-1].tag == tag:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.head.closes(tag)
        if tag in ("p", "br") or tag in tags.BLOCKS:
            self._break(tag)
        depth = next(
            (
                i
                for i in range(len(self._open) - 1, max(-1, len(self._open) - 201), -1)
                if self._open[i].tag == tag
            ),
            None,
        )
        if depth is None:
            return
        while len(self._open) > depth:
            self._close(self._open.pop())

    def _close(self, opened: tags.Open) -> None:
        self._silent -= opened.silent
        if self._naming and self._naming[-1] is opened:
            self._naming.pop()
            if opened.names is not None and opened.names.by is None:
                opened.names.by = tags.clean_name("".join(opened.said))
        start = opened.start
        if opened.role is None or self._size <= start:
            return
        if opened.gap_before:
            start += opened.gap_before
        if opened.role == "post" and opened.by is None:
            opened.by = tags.poster("".join(self.out[opened.pieces :])[-300:])
        if start < self._size:
            self.marks.append((start, self._size, opened.role, opened.by))

    def handle_data(self, data: str) -> None:
        at = self._at()
        if self.head.hears(data):
            return
        if self._silent or not data:
            return
        for piece in _PIECE.finditer(data):
            words = piece.group()
            if words[0] in " \t\n\r\f":
                if self._pre() and "\n" in words:
                    self._owe("\n")
                else:
                    self._owe(" ")
            else:
                self._say(words, at + piece.start(), at + piece.end())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        start = self._at()
        whole = written + (";" if self.rawdata.startswith(";", start + len(written)) else "")
        meant = html.unescape(whole)
        if self.head.hears(meant):
            return
        if not self._silent and meant:
            if _SPACE.fullmatch(meant):
                self._owe(" ")
            else:
                self._say(meant, start, start + len(whole))

    def _say(self, words: str, start: int, end: int) -> None:
        if self._gap and self._size:
            self.out.append(self._gap)
            self._size += len(self._gap)
            for opened in reversed(self._open):
                if opened.start < self._size - len(self._gap) or opened.gap_before:
                    break
                opened.gap_before = len(self._gap)
        if self._naming:
            self._naming[-1].said.append(self._gap and " ")
            self._naming[-1].said.append(words)
        self._gap = ""
        self.out.append(words)
        self.runs.append((self._size, self._size + len(words), start, end))
        self._size += len(words)

    def _owe(self, gap: str) -> None:
        """Owe white space; it is paid only when something visible follows."""
        if len(gap) > len(self._gap) or (gap == "\n" and self._gap == " "):
            self._gap = gap

    def _break(self, tag: str) -> None:
        if self._silent:
            return
        if tag == "br":
            self._gap = "\n\n" if self._gap.startswith("\n") else "\n"
        elif tag in tags.PARAGRAPHS:
            self._owe("\n\n")
        elif tag in tags.BLOCKS:
            self._owe("\n")
        elif tag in ("td", "th"):
            self._owe("\t")

    def _pre(self) -> bool:
        return any(opened.tag == "pre" for opened in self._open[-20:])

    def finish(self) -> None:
        """Close what the page left open."""
        while self._open:
            self._close(self._open.pop())
