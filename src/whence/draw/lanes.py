"""Many moments on one axis: what happened, what was said, what was published, a lane for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from whence.draw.axis import Kind, Moment, mark, placed
from whence.draw.picture import framed, linked

WIDTH, LEFT, RIGHT, TOP, TALLEST, FOOT = 960, 112, 24, 8, 78, 30
PILED = 6  # marks in one column; more are drawn as a bar with its number
APART = 11
COLUMNS = 60
STRIDES = (1, 7, 30, 91, 365, 1826)  # days in a column: the least that leaves few enough columns
TICKS = 7
LANES: tuple[tuple[Kind, str, str], ...] = (
    ("happened", "Happened", "event"),
    ("said", "Said", "statement"),
    ("published", "Published", "document"),
)
AROUND = timedelta(days=45)
"""How far before and after the publications an axis reaches; what lies beyond is told in words."""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one lane above one stretch of days."""

    kind: Kind
    first: date
    last: date
    moments: tuple[Moment, ...]

    @property
    def told(self) -> str:
        """The column in words: “2031-05-04: 3 documents published”."""
        word = next(one for kind, _, one in LANES if kind == self.kind)
        number = len(self.moments)
        days = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        names = ", ".join(dict.fromkeys(each.label for each in self.moments[:4]))
        more = f" and {number - 4} more" if number > 4 else ""
        return f"{days}, {self.kind}: {number} {word}{'' if number == 1 else 's'} ({names}{more})"


Leads = Callable[[Column], str | None]


def lanes(moments: Sequence[Moment], title: str, leads: Leads = lambda _: None) -> Markup:
    """A column for each day (or week, month, year) on which something was said or published."""
    near = [(each, *days) for each in moments if (days := placed(each)) is not None]
    near = _near(near)
    if not near:
        return Markup("")
    first, last = min(day for _, day, _ in near), max(day for _, _, day in near)
    stride = next((n for n in STRIDES if (last - first).days / n <= COLUMNS), STRIDES[-1])
    columns = list(_columns(near, first, stride))
    shown = [each for each in LANES if any(column.kind == each[0] for column in columns)]
    high = _height(columns)
    height = TOP + high * len(shown) + FOOT
    scale = (WIDTH - LEFT - RIGHT) / max((last - first).days + stride, 1)
    parts = list(_axis(first, (last - first).days + stride, scale, height - FOOT))
    for number, (kind, name, _) in enumerate(shown):
        base = TOP + high * (number + 1)
        mine = [each for each in columns if each.kind == kind]
        parts += _lane(name, base)
        most = max(len(each.moments) for each in mine)
        for each in mine:
            x = LEFT + ((each.first - first).days + stride / 2) * scale
            parts.append(linked(_column(each, x, base, most), leads(each), each.told))
    return framed(title, in_words(moments), (WIDTH, height), parts)


def in_words(moments: Sequence[Moment]) -> str:
    """The lanes in sentences, with what has no place on them."""
    near = [(each, *days) for each in moments if (days := placed(each)) is not None]
    kept = _near(near)
    if not kept:
        return ""
    first, last = min(day for _, day, _ in kept), max(day for _, _, day in kept)
    stride = next((n for n in STRIDES if (last - first).days / n <= COLUMNS), STRIDES[-1])
    said = [each.told for each in _columns(kept, first, stride)]
    left = len(moments) - len(kept)
    if left:
        said.append(f"{left} more without a day, over too many days, or too far before or after")
    return ". ".join(said) + "."


Placed = tuple[Moment, date, date]


def _near(moments: Sequence[Placed]) -> list[Placed]:
    """Those that name a day or a few, not far from the publications."""
    exact = [each for each in moments if each[2] - each[1] <= timedelta(days=7)]
    core = [each for each in exact if each[0].kind == "published"] or exact
    if not core:
        return []
    first, last = min(day for _, day, _ in core), max(day for _, _, day in core)
    reach = max(AROUND, (last - first) / 2)
    return [each for each in exact if first - reach <= each[1] and each[2] <= last + reach]


def _columns(moments: Iterable[Placed], first: date, stride: int) -> Iterable[Column]:
    held: dict[tuple[int, Kind], list[Moment]] = defaultdict(list)
    for moment, day, _ in moments:
        held[(day - first).days // stride, moment.kind].append(moment)
    for (number, kind), these in sorted(held.items()):
        start = first + timedelta(days=number * stride)
        yield Column(kind, start, start + timedelta(days=stride - 1), tuple(these))


def _axis(first: date, days: int, scale: float, bottom: float) -> Iterable[str]:
    step = max(1, -(-days // TICKS))
    for number in range(0, days, step):
        x = LEFT + (number + 0.5) * scale
        day = first + timedelta(days=number)
        yield (
            f'<path class="grid" d="M{x:.1f} {TOP}V{bottom + 5:g}" stroke="currentColor"'
            ' stroke-width="0.5" opacity="0.35"/>'
            f'<text x="{x:.1f}" y="{bottom + 20:g}" text-anchor="middle" font-size="12"'
            f' fill="currentColor">{day.day} {day:%b} {day.year}</text>'
        )


def _height(columns: Sequence[Column]) -> float:
    """How high a lane must be for the highest column in any."""
    most = max(len(each.moments) for each in columns)
    return TALLEST if most > PILED else max(44, 18 + APART * most)


def _lane(name: str, base: float) -> Iterable[str]:
    yield (
        f'<path d="M{LEFT - 8} {base:g}H{WIDTH - RIGHT + 8}" stroke="currentColor" opacity="0.6"/>'
        f'<text x="{LEFT - 16}" y="{base - 5:g}" text-anchor="end" font-size="13"'
        f' fill="currentColor">{escape(name)}</text>'
    )


def _column(column: Column, x: float, base: float, most: int) -> str:
    number = len(column.moments)
    if most <= PILED:
        return "".join(mark(column.kind, x, base - 8 - APART * n) for n in range(number))
    high = max(4.0, number / most * (TALLEST - 24))
    return (
        f'<rect class="column {column.kind}" x="{x - 5:.1f}" y="{base - high:.1f}" width="10"'
        f' height="{high:.1f}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
        f'<text x="{x:.1f}" y="{base - high - 4:.1f}" text-anchor="middle" font-size="11"'
        f' fill="currentColor">{number}</text>'
    )
