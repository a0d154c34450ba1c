"""Days on one axis: what was said, what was published, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup, escape

from whence.draw.picture import framed, linked

AXIS_WIDTH, ROW_HEIGHT, NAME_WIDTH, TOP = 760, 26, 250, 30


Kind = Literal["said", "published", "happened"]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the time axis: a day or a stretch of days, in a row of its own."""

    first: str
    last: str
    label: str
    kind: Kind
    href: str | None = None


def timeline(moments: Sequence[Moment], title: str) -> Markup:
    """What was said and what was published, one row each, on one axis of days."""
    rows = [
        (each, *known)
        for each in sorted(moments, key=lambda each: (each.first, each.last))
        if (known := placed(each)) is not None
    ]
    if not rows:
        return Markup("")
    first = min(day for _, day, _ in rows)
    last = max(max(day for _, _, day in rows), first + timedelta(days=1))
    span = (last - first).days

    def across(day: date) -> float:
        return NAME_WIDTH + 20 + (day - first).days / span * (AXIS_WIDTH - NAME_WIDTH - 60)

    height = TOP + ROW_HEIGHT * len(rows) + 8
    parts = [_tick(day, across(day), height) for day in _ticks(first, last)]
    for number, (each, start, end) in enumerate(rows):
        y = TOP + ROW_HEIGHT * number + 12
        parts.append(_row(each, (across(start), across(end)), y))
    return framed(title, days(moments), (AXIS_WIDTH, height), parts)


def days(moments: Iterable[Moment]) -> str:
    """The time axis in sentences."""
    dated = [each for each in moments if placed(each) is not None]
    dated.sort(key=lambda each: (each.first, each.last))
    return "".join(f"{each.label}: {_when(each)}. " for each in dated).strip()


def placed(moment: Moment) -> tuple[date, date] | None:
    """The first and the last day of a moment; None where they are no days."""
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
    marks = "".join(mark(moment.kind, x, y) for x in sorted(ends))
    return linked(name + bar + marks, moment.href)


def mark(kind: Kind, x: float, y: float) -> str:
    """The sign of a kind of moment: a filled circle, an open square, an open diamond."""
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
