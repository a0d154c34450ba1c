"""The family tree of texts: originals above, copies below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from whence.draw.picture import framed, linked, overlap

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
    return framed(title, family(boxes, lines), (width, height), parts)


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
            if not any(overlap(room, other) for other in taken):
                break
        else:
            continue  # no room: the sentences below the picture say it
        taken.append(room)
        parts.append(
            f'<text class="kind" x="{x:g}" y="{y:g}" text-anchor="middle" font-size="12"'
            f' fill="currentColor">{escape(word)}</text>'
        )
    return parts


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
    return linked(shape + texts, box.href)


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
