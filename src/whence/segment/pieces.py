"""Lines with what can be told from each alone; dates glued to prose are cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whence.segment import wording
from whence.segment.days import AGO, TIME, days
from whence.segment.lines import Line
from whence.segment.wording import AGENCY
from whence.terms import Role

_STOP = re.compile(r"[.!?…:;。！？][\s\"”’'»)\]*_>]*\Z|[.!?…]\W{0,4}\d{1,2}\]?\Z")
_LABEL = re.compile(
    r"\b(?:first |last )?(?:published|posted|updated?|modified|created|issued|released|date|dated"
    r"|corrected|edited|amended|submitted|added|uploaded)\b(?: (?:on|at|date|time))?",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:on|at|and|ist|local time"
    r"|last|first|by|min(?:ute)?s? read|gmt|utc|hrs?|hours?)\b",
    re.IGNORECASE,
)
_DATE = (
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2,8}\.?(?: \d{4})?"
    r"|\d{4}-\d\d-\d\d)"
)
_CITY = r"[A-ZÀ-Þ][\w’'.-]*(?:[ /-][A-ZÀ-Þ][\w’'.-]*){0,3}(?:, [A-ZÀ-Þ][\w’'. -]{1,25})?"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ’'.-]{2,}(?:[ /-][A-ZÀ-Þ’'.-]+){0,3}(?:, [A-ZÀ-Þ][\w’'. -]{1,25}?)?"
_DASH = r"\s*(?:--|[-–—])\s*"
_WIRE = re.compile(
    rf"(?:{_CITY},? )?{_DATE},? ?\([^()]{{2,40}}\){_DASH}"  # Month 4, 2031 (AGENCY) - …
    rf"|(?:{_CITY},? ?)?\({AGENCY}\){_DASH}"  # (Reuters) - …
    rf"|{_CAPITALS}(?:,? {_DATE})?(?: \([^()]{{2,40}}\))?,?{_DASH}"  # PORT CITY, May 4 - …
    rf"|{_CITY}, {_DATE},?{_DASH}"  # Port City, May 4 - …
)
_UPDATE = re.compile(
    r"(?:UPDATED?|Updated?|CORRECTION|Correction)\b[^:.\n]{1,40}(?::\d\d[^:.\n]{0,20})?:\s+"
)


GLUED = "stands before the prose of its line"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a part of one, with what it says by itself; `stop` is where the next begins."""

    start: int
    end: int
    stop: int
    text: str
    plain: str
    words: int
    indent: int
    after_gap: bool
    ended: bool
    """Whether it ends as a sentence does."""
    role: Role | None = None
    by: str | None = None
    why: str | None = None

    def is_(self, role: Role, why: str, by: str | None = None) -> Piece:
        """The same piece, labelled."""
        return replace(self, role=role, why=why, by=by or self.by)


def pieces(found: list[Line]) -> list[Piece]:
    """The lines as pieces; a dateline before prose is a piece of its own."""
    made: list[Piece] = []
    for line in found:
        cut = _dateline_length(line.text)
        if cut:
            head, rest = line.text[:cut].rstrip(), line.text[cut:]
            middle = line.start + cut
            made.append(_piece(line, (line.start, line.start + len(head), middle), head))
            made[-1] = made[-1].is_("dateline", GLUED)
            made.append(replace(_piece(line, (middle, line.end, line.stop), rest), after_gap=False))
        else:
            made.append(_piece(line, (line.start, line.end, line.stop), line.text))
    return made


def _piece(line: Line, at: tuple[int, int, int], text: str) -> Piece:
    plain = wording.plain(text)
    return Piece(
        *at, text, plain, len(plain.split()), line.indent, line.after_gap, bool(_STOP.search(plain))
    )


def _dateline_length(text: str) -> int:
    """How much of a line is a dateline before its prose; 0 where there is none."""
    head = text[:160]
    update = _UPDATE.match(head)
    if update and TIME.search(update.group()) and len(text) > update.end() + 20:
        return update.end()
    first = next(days(head), None)
    if first is not None:
        before, after = head[: first.start].strip(" (*_"), head[first.end :]
        labelled = _LABEL.fullmatch(before.rstrip(" :"))
        iso = not before and re.match(r"\d{4}-", head[first.start :])
        glued = not before and first.year and after[:1].isupper()
        if (labelled or iso or glued) and re.match(r"[\s:,.–—|-]*[“\"A-ZÀ-Þ]", after):
            gap = re.match(r"[\s:,.–—|-]*", after)
            end = first.end + (gap.end() if gap else 0)
            return end if len(text) - end > 40 else 0
    return _wire_length(text, head)


def _wire_length(text: str, head: str) -> int:
    found = _WIRE.match(head)
    if found and len(text) - found.end() > 40 and re.match(r"[“\"A-ZÀ-Þ]", text[found.end() :]):
        return found.end()
    return 0


def is_dateline(piece: Piece) -> bool:
    """Whether the whole line is a date or a time, perhaps with a name before it."""
    return piece.words <= 16 and dateline_name(piece.plain, ended=piece.ended) is not None


def dateline_name(text: str, *, ended: bool = False) -> str | None:
    """The name that stands with a date on its line, “” where there is none; None: no dateline."""
    if len(text) > 120:
        return None
    found = list(days(text))
    if not found and not (AGO.search(text) or _timed(text)):
        return None
    rest = text
    for each in reversed(found):
        rest = rest[: each.start] + " " + rest[each.end :]
    rest = AGO.sub(" ", TIME.sub(" ", rest))
    labelled = bool(_LABEL.search(rest))
    names = re.findall(r"[^\W\d_][\w’'.&-]*", _SMALL.sub(" ", _LABEL.sub(" ", rest)))
    if not names:
        return ""
    proper = all(word[0].isupper() or word in ("of", "the", "and", "de") for word in names)
    if proper and len(names) <= (3 if labelled else 4) and not ended and (found or labelled):
        return " ".join(names)
    return None


def _timed(text: str) -> bool:
    return bool(_LABEL.search(text) and TIME.search(text)) or bool(TIME.fullmatch(text))
