"""The text of a PDF, page after page, its lines joined to paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from whence.ingest.decode import printable
from whence.ingest.stated import moment
from whence.ingest.values import Part, Refusal, Reply, Stated
from whence.terms import Box

MOST_PAGES = 5_000
_MOST = 20_000_000  # characters
_CROWDED = 100_000  # characters on one page: no page is like that
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|OpenAction\s*<<|RichMedia|EmbeddedFile)\b")
_DEEP = re.compile(rb"\[{500}|(?:<<\s*/\w{1,20}\s*){500}")
_START = re.compile(rb"startxref\s+(\d{1,12})")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_TABLE = re.compile(rb"\s*(?:xref|\d+\s+\d+\s+obj)")
_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")
_SOFT = re.compile("[\x02\ufffe]\r?\n?")
_CLOSED = re.compile(r"[.!?:…][”’»\")\]]*\Z")
_ITEM = re.compile(r"\s*(?:[•▪◦·–—-]\s|\d{1,3}[.)]\s|\(?[a-z]\)\s)")
_NUMBERED = re.compile(
    r"\s*\d{1,3}(?:\.\d{1,3})+\.?\s+\w"
)  # “2.1. The route”; but also “1.5 million”
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_INVISIBLE = 3  # the text render mode that draws nothing
_TEXT = 1  # the kind of page object that is text
_PICTURES = (2, 3, 4)  # paths, images, shadings


@dataclass(slots=True)
class _Page:
    """The text of one page, which stretches of it nobody sees, and where its lines stand."""

    number: int
    text: str
    hidden: list[tuple[int, int]]
    lines: list[tuple[int, int, Box]] = field(default_factory=list)
    frame: Box | None = None


def pdf(raw: bytes) -> Reply:
    """The text of a PDF; `parts` says on which page each stretch stands, and where on it."""
    import pypdfium2 as pdfium  # loaded late: most files are none

    document = _opened(pdfium, raw)
    pages, remarks = _pages(pdfium, document, raw)
    out: list[str] = []
    parts: list[Part] = []
    marks: list[tuple[int, int, str, str | None]] = []
    size = 0
    for page in pages:
        if not page.text.strip():
            continue
        gap = "\n\n" if size else ""
        start = size + len(gap)
        out += [gap, page.text]
        size = start + len(page.text)
        lines = tuple((start + a, start + b, *where) for a, b, where in page.lines)
        parts.append(Part(start, size, f"page {page.number}", page.number, page.frame, lines))
        marks += [(start + a, start + b, "boilerplate", None) for a, b in page.hidden]
    text, more = printable("".join(out))
    if not text.strip():
        raise Refusal("empty", "there is no text in it; its pages may be pictures")
    if marks:
        remarks.append("hidden-text")
    return Reply(
        text=text,
        media_type="application/pdf",
        stated=_stated(document),
        marks=tuple(marks),
        remarks=tuple(dict.fromkeys((*remarks, *more))),
        parts=tuple(parts),
        mapped=False,
    )


def _opened(pdfium: Any, raw: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(raw)
        if len(document) > 0:
            return document
    except pdfium.PdfiumError as wrong:
        if "password" in str(wrong).lower():
            raise Refusal("encrypted", "it is locked with a password") from None
    raise Refusal("broken-pdf", "it is no PDF, or so broken that no page can be found")


def _pages(pdfium: Any, document: Any, raw: bytes) -> tuple[list[_Page], list[str]]:
    remarks = _structure(raw)
    found: list[_Page] = []
    size = 0
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            remarks.append("repaired")
            if not any(each.text for each in found) and number > 100:
                break
            if number > 2 * len(found) + 100:
                break
            continue
        got = _page(pdfium, page, number + 1, remarks)
        page.close()
        size += len(got.text)
        if size > _MOST:
            raise Refusal("too-large", "its text is too long for an article or a report")
        found.append(got)
    if len(document) > MOST_PAGES:
        remarks.append("truncated")
    return found, remarks


def _structure(raw: bytes) -> list[str]:
    """What is wrong or to be wary of in the bytes, which the reader of pages mends in silence."""
    remarks = []
    start = [int(found.group(1)) for found in _START.finditer(raw[-4096:])]
    offset = max(raw.find(b"%PDF-"), 0)
    broken = not start or not (
        _TABLE.match(raw, start[-1]) or _TABLE.match(raw, start[-1] + offset)
    )
    looped = any(int(found.group(1)) in start for found in _PREVIOUS.finditer(raw[-4096:]))
    boasts = any(int(a or b) > len(raw) for a, b in _COUNT.findall(raw))
    if broken or looped or boasts:
        remarks.append("repaired")
    if _ACTIVE.search(raw):
        remarks.append("active-content")
    if _DEEP.search(raw):
        remarks.append("too-deep")
    return remarks


def _page(pdfium: Any, page: Any, number: int, remarks: list[str]) -> _Page:
    sheet = page.get_textpage()
    count = sheet.count_chars()
    if count > _CROWDED:
        remarks.append("too-complex")
    written = sheet.get_text_range() if count > 0 else ""
    unseen = _unseen(pdfium, page, sheet, count, len(written))
    joined, lines = _joined(written, unseen)
    joined.number = number
    if count == len(written) <= _CROWDED:
        joined.frame = tuple(round(each, 1) for each in page.get_cropbox())
        joined.lines = [(a, b, box) for a, b, at in lines if (box := _box(sheet, *at))]
    sheet.close()
    return joined


def _box(sheet: Any, start: int, count: int) -> Box | None:
    """The smallest box around these characters of a page; None where they are not drawn."""
    boxes = [sheet.get_rect(each) for each in range(sheet.count_rects(start, count))]
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return round(min(left), 1), round(min(bottom), 1), round(max(right), 1), round(max(top), 1)


def _unseen(pdfium: Any, page: Any, sheet: Any, count: int, size: int) -> list[tuple[int, int]]:
    """Which characters of a page nobody sees: drawn not at all, or white on a bare page.

    Where all of a page is drawn “not at all” it is the text under a scanned picture.
    """
    if count != size or count > _CROWDED:
        return []
    raw = pdfium.raw
    modes, bare = set(), True
    for each in page.get_objects(max_depth=3):
        bare = bare and each.type not in _PICTURES
        if each.type == _TEXT:
            mode = raw.FPDFTextObj_GetTextRenderMode(each)
            modes.add("none" if mode == _INVISIBLE else "white" if _white(raw, each) else "seen")
    wanted = {"none"} | ({"white"} if bare else set())
    if "seen" not in modes or not modes & wanted:
        return []
    found: list[tuple[int, int]] = []
    for at in range(count):
        item = raw.FPDFText_GetTextObject(sheet, at)
        if not item:
            continue
        if raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE or (bare and _white(raw, item)):
            if found and at - found[-1][1] <= 2:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
    return found


def _white(raw: Any, item: Any) -> bool:
    import ctypes

    colour = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(each) for each in colour)):
        return False
    red, green, blue, alpha = (each.value for each in colour)
    return alpha < 10 or min(red, green, blue) > 250


_At = tuple[int, int, tuple[int, int]]  # the words of a line, and the characters drawn for it


def _joined(written: str, unseen: list[tuple[int, int]]) -> tuple[_Page, list[_At]]:
    """The lines of a page joined to paragraphs, and the hidden stretches where they now stand."""
    lines = [(found.group(), found.start()) for found in re.finditer(r"[^\r\n]+", written)]
    full = _usual([len(line.rstrip()) for line, _ in lines])
    out: list[str] = []
    size = 0
    moved: list[int] = [0] * (len(written) + 1)
    placed: list[_At] = []
    for number, (line, at) in enumerate(lines):
        words = line.rstrip()
        soft = bool(_SOFT.search(words[-1:]))
        following = lines[number + 1][0] if number + 1 < len(lines) else None
        keep = words[:-1] if soft else words
        for place in range(at, min(at + len(line), len(written))):
            moved[place] = size + min(place - at, len(keep))
        gap = "" if soft else _gap(words, following, full)
        clean = _SOFT.sub("-", keep)
        placed.append((size, size + len(clean), (at, len(keep))))
        out += [clean, gap]
        size += len(clean) + len(gap)
    text = "".join(out).rstrip()
    hidden = [(moved[a], min(moved[b - 1] + 1, len(text))) for a, b in unseen]
    page = _Page(0, text, [(a, b) for a, b in hidden if a < b])
    return page, [(a, min(b, len(text)), at) for a, b, at in placed if a < min(b, len(text))]


def _usual(lengths: list[int]) -> int:
    """How long a full line of this page is; no line counts as full on a page of few lines."""
    long = sorted(lengths)
    return long[int(len(long) * 0.8)] if len(long) >= 4 else 1 << 30


def _gap(line: str, following: str | None, full: int) -> str:
    """What stands between two lines: a space inside a paragraph, a new line after its last."""
    if following is None:
        return ""
    if _ITEM.match(following) or len(line) < 0.75 * full:
        return "\n"
    if _NUMBERED.match(following) and _CLOSED.search(line):
        return "\n"
    if len(line) < 0.9 * full and _CLOSED.search(line):
        return "\n"
    return " "


def _stated(document: Any) -> Stated:
    said = {key: printable(value)[0] for key, value in document.get_metadata_dict().items()}
    title = re.sub(r"\s+", " ", said.get("Title", "")).strip()[:500]
    author = re.sub(r"\s+", " ", said.get("Author", "")).strip()[:500]
    found = _DATE.match(said.get("ModDate") or said.get("CreationDate") or "")
    when = moment("-".join(each for each in found.groups() if each)) if found else None
    return Stated(title=title or None, byline=author or None, updated=when)
