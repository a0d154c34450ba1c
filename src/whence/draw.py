"""Pictures as SVG, the same in a page and in a report: the family tree of texts, and a time axis.

A picture is made of values, and says the same in words: every drawing carries a title and a
description, and what it shows is told by shape and text, so that it can be read in black and white.
Colours come from the page through the classes; without a page they fall back on black.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup, escape

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, EDGE = 176, 54, 22, 62, 12
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)  # where on a line its word may stand
LINE = 19  # letters that fit on one line of a box


@dataclass(frozen=True, slots=True)
class Box:
    """A text in the family tree; a lost one is drawn with a broken outline."""

    id: str
    label: str
    under: str = ""
    lost: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The lower text had it from the upper one; an uncertain line is broken."""

    upper: str
    lower: str
    kind: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the time axis: a day or a stretch of days, in a row of its own."""

    first: str
    last: str
    label: str
    kind: Literal["said", "published", "happened"]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it says in words, and the reasons for what it shows."""

    svg: Markup
    told: str
    why: tuple[str, ...]


# ---------------------------------------------------------------- the family tree


def stemma(boxes: Sequence[Box], lines: Sequence[Line], title: str) -> Markup:
    """Who had it from whom: originals above, copies below."""
    known = {box.id for box in boxes}
    drawn = [each for each in lines if each.upper in known and each.lower in known]
    rows = _rows([box.id for box in boxes], drawn)
    width = max((len(row) for row in rows), default=1) * (BOX_WIDTH + GAP_X) - GAP_X + 2 * EDGE
    height = len(rows) * (BOX_HEIGHT + GAP_Y) - GAP_Y + 2 * EDGE
    at: dict[str, tuple[float, float]] = {}
    for level, row in enumerate(rows):
        left = (width - len(row) * (BOX_WIDTH + GAP_X) + GAP_X) / 2
        for place, id in enumerate(row):
            at[id] = left + place * (BOX_WIDTH + GAP_X), EDGE + level * (BOX_HEIGHT + GAP_Y)
    parts = [_line(each, at) for each in drawn]
    parts += _kinds(drawn, at)
    parts += [_box(box, *at[box.id]) for box in boxes]
    return _picture(title, family(boxes, lines), (width, height), parts)


def family(boxes: Iterable[Box], lines: Iterable[Line]) -> str:
    """The family tree in sentences, for those who do not see the picture."""
    names = {
        box.id: f"a lost text, “{box.label}”" if box.lost else f"“{box.label}”" for box in boxes
    }
    said = [
        f"{names[each.lower]} {'' if each.certain else 'probably '}{each.kind} {names[each.upper]}"
        for each in lines
        if each.upper in names and each.lower in names
    ]
    tied = {id for each in lines for id in (each.upper, each.lower)}
    alone = [name for id, name in names.items() if id not in tied]
    said += [f"{name} stands alone" for name in alone]
    return "; ".join(said)[:1].upper() + "; ".join(said)[1:] + "." if said else ""


def _rows(ids: Sequence[str], lines: Sequence[Line]) -> list[list[str]]:
    """The boxes level by level, each below all it came from, near what it came from."""
    upper: Mapping[str, set[str]] = defaultdict(set)
    for each in lines:
        upper[each.lower].add(each.upper)
    level: dict[str, int] = {}
    waiting = list(ids)
    while waiting:
        ready = [id for id in waiting if upper[id] <= level.keys()]
        for id in ready or waiting[:1]:  # a ring has no top: begin it anywhere
            level[id] = 1 + max((level[up] for up in upper[id] if up in level), default=-1)
        waiting = [id for id in waiting if id not in level]
    rows: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    place: dict[str, float] = {}
    for id in sorted(ids, key=lambda id: level[id]):
        rows[level[id]].append(id)
    for row in rows:
        row.sort(key=lambda id: _mean([place[up] for up in upper[id] if up in place]))
        for number, id in enumerate(row):
            place[id] = (number + 0.5) / len(row)
    return rows


def _mean(places: Sequence[float]) -> float:
    return sum(places) / len(places) if places else 0.5


def _line(line: Line, at: Mapping[str, tuple[float, float]]) -> str:
    x1, y1 = at[line.upper][0] + BOX_WIDTH / 2, at[line.upper][1] + BOX_HEIGHT
    x2, y2 = at[line.lower][0] + BOX_WIDTH / 2, at[line.lower][1]
    middle = (y1 + y2) / 2
    broken = "" if line.certain else ' stroke-dasharray="5 4"'
    return (
        f'<path class="tie" d="M{x1:g} {y1:g}C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {y2:g}"'
        f' fill="none" stroke="currentColor" stroke-width="1.5"{broken}/>'
        f'<path class="tip" d="M{x2 - 4:g} {y2 - 7:g}L{x2:g} {y2:g}L{x2 + 4:g} {y2 - 7:g}"'
        ' fill="none" stroke="currentColor" stroke-width="1.5"/>'
    )


def _kinds(lines: Sequence[Line], at: Mapping[str, tuple[float, float]]) -> list[str]:
    """A word on each line for what was done, where it lies on no box and no other word."""
    taken = [(x, y, x + BOX_WIDTH, y + BOX_HEIGHT) for x, y in at.values()]
    parts = []
    for line in lines:
        word = line.kind if line.certain else f"{line.kind}?"
        half = 3.6 * len(word)
        x1, y1 = at[line.upper][0] + BOX_WIDTH / 2, at[line.upper][1] + BOX_HEIGHT
        x2, y2 = at[line.lower][0] + BOX_WIDTH / 2, at[line.lower][1]
        for part in ALONG:
            ease = part * part * (3 - 2 * part)  # across, a line bends; down, it almost does not
            x, y = x1 + (x2 - x1) * ease, y1 + (y2 - y1) * (1.5 * part - 1.5 * part**2 + part**3)
            room = (x - half, y - 9, x + half, y + 5)
            if not any(_overlap(room, other) for other in taken):
                break
        else:
            continue  # no room: the sentences below the picture say it
        taken.append(room)
        parts.append(
            f'<text class="kind" x="{x:g}" y="{y:g}" text-anchor="middle" font-size="12"'
            f' fill="currentColor">{escape(word)}</text>'
        )
    return parts


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(box: Box, x: float, y: float) -> str:
    broken = ' stroke-dasharray="6 4"' if box.lost else ""
    lines = _wrapped(box.label, 2)
    under = "lost: not in this pile" if box.lost else box.under
    words = [*lines, under] if under else lines
    top = y + (BOX_HEIGHT - 15 * len(words)) / 2 + 12
    shape = (
        f'<rect class="box" x="{x:g}" y="{y:g}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="4"'
        f' fill="none" stroke="currentColor" stroke-width="1.5"{broken}/>'
    )
    texts = "".join(
        f'<text x="{x + BOX_WIDTH / 2:g}" y="{top + 15 * number:g}" text-anchor="middle"'
        f' font-size="{13 if number < len(lines) else 11}" fill="currentColor">{escape(word)}</text>'
        for number, word in enumerate(words)
    )
    return _linked(shape + texts, box.href)


def _wrapped(label: str, most: int) -> list[str]:
    lines: list[str] = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    short = [line if len(line) <= LINE + 2 else line[:LINE] + "…" for line in lines[:most]]
    if len(lines) > most:
        short[-1] = short[-1].rstrip("…") + "…"
    return short


# ---------------------------------------------------------------- the time axis

AXIS_WIDTH, ROW_HEIGHT, NAME_WIDTH, TOP = 760, 26, 250, 30


def timeline(moments: Sequence[Moment], title: str) -> Markup:
    """What was said and what was published, one row each, on one axis of days."""
    placed = [
        (each, *known)
        for each in sorted(moments, key=lambda each: (each.first, each.last))
        if (known := _days(each)) is not None
    ]
    if not placed:
        return Markup("")
    first = min(day for _, day, _ in placed)
    last = max(max(day for _, _, day in placed), first + timedelta(days=1))
    span = (last - first).days

    def across(day: date) -> float:
        return NAME_WIDTH + 20 + (day - first).days / span * (AXIS_WIDTH - NAME_WIDTH - 60)

    height = TOP + ROW_HEIGHT * len(placed) + 8
    parts = [_tick(day, across(day), height) for day in _ticks(first, last)]
    for number, (each, start, end) in enumerate(placed):
        y = TOP + ROW_HEIGHT * number + 12
        parts.append(_row(each, (across(start), across(end)), y))
    return _picture(title, days(moments), (AXIS_WIDTH, height), parts)


def days(moments: Iterable[Moment]) -> str:
    """The time axis in sentences."""
    placed = [each for each in moments if _days(each) is not None]
    placed.sort(key=lambda each: (each.first, each.last))
    return "".join(f"{each.label}: {_when(each)}. " for each in placed).strip()


def _days(moment: Moment) -> tuple[date, date] | None:
    try:
        first, last = (date.fromisoformat(day[:10]) for day in (moment.first, moment.last))
    except ValueError:
        return None
    return (first, last) if first <= last else (last, first)


def _when(moment: Moment) -> str:
    word = {"said": "said", "published": "published", "happened": "happened"}[moment.kind]
    if moment.first[:10] == moment.last[:10]:
        return f"{word} {moment.first[:10]}"
    return f"{word} between {moment.first[:10]} and {moment.last[:10]}"


def _ticks(first: date, last: date) -> list[date]:
    step = max(1, -(-(last - first).days // 6))
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


def _tick(day: date, x: float, height: float) -> str:
    return (
        f'<path class="grid" d="M{x:g} {TOP - 6}V{height - 4:g}" stroke="currentColor"'
        ' stroke-width="0.5" opacity="0.4"/>'
        f'<text x="{x:g}" y="{TOP - 12}" text-anchor="middle" font-size="11"'
        f' fill="currentColor">{day.isoformat()}</text>'
    )


def _row(moment: Moment, across: tuple[float, float], y: float) -> str:
    left, right = across
    label = moment.label if len(moment.label) <= 36 else moment.label[:35] + "…"
    name = (
        f'<text x="{NAME_WIDTH - 6}" y="{y + 4:g}" text-anchor="end" font-size="12"'
        f' fill="currentColor">{escape(label)}</text>'
    )
    bar = (
        f'<path d="M{left:g} {y:g}H{right:g}" stroke="currentColor" stroke-width="2"/>'
        if right > left
        else ""
    )
    ends = {left, right}
    marks = "".join(_mark(moment.kind, x, y) for x in sorted(ends))
    return _linked(name + bar + marks, moment.href)


def _mark(kind: str, x: float, y: float) -> str:
    if kind == "said":
        return f'<circle class="said" cx="{x:g}" cy="{y:g}" r="5" fill="currentColor"/>'
    if kind == "published":
        return (
            f'<rect class="published" x="{x - 5:g}" y="{y - 5:g}" width="10" height="10"'
            ' fill="none" stroke="currentColor" stroke-width="2"/>'
        )
    return (
        f'<path class="happened" d="M{x:g} {y - 6:g}L{x + 6:g} {y:g}L{x:g} {y + 6:g}'
        f'L{x - 6:g} {y:g}Z" fill="none" stroke="currentColor" stroke-width="2"/>'
    )


# ---------------------------------------------------------------- every picture


def _linked(drawn: str, href: str | None) -> str:
    """The drawing as a link named by the words in it, or by itself where it leads nowhere."""
    return f"<g>{drawn}</g>" if href is None else f'<a href="{escape(href)}">{drawn}</a>'


def _picture(title: str, told: str, size: tuple[float, float], parts: Iterable[str]) -> Markup:
    width, height = size
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="group" class="picture"'
        f' aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f"<desc>{escape(told)}</desc>{''.join(parts)}</svg>"
    )
