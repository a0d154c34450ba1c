"""The ground of a map: land and sea, coasts and borders, the names of countries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from whence.draw.frame import HEIGHT, WIDTH, Frame
from whence.draw.world import Corners, Country, world

Points = NDArray[np.float64]
OUT = 40.0
"""Shapes are cut this far outside of the picture, so that no cut is seen."""
STEP, COARSE = 1.1, 2.0
"""Corners nearer to each other than this on the picture are drawn as one; more so from afar."""
AFAR = 45.0
HALF = 0.5
"""What one step in a path is, in units of the picture."""
SMALL = 2.0
POLE = -85.2
"""Where Antarctica is cut off there is no coast."""


@dataclass(frozen=True, slots=True)
class Land:
    """A country as it lies in a picture: its name, its shape, and where its name has room."""

    name: str
    shape: str
    room: tuple[tuple[float, float, float], ...]
    """Middle, height and width of the widest stretches of it, the widest first."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the places of a map."""

    lands: tuple[Land, ...]
    coasts: str
    borders: str


@lru_cache(maxsize=64)
def ground(frame: Frame) -> Ground:
    """The part of the world in a frame, ready to be drawn."""
    held = world()
    lands = [land for each in held.countries if (land := _land(each, frame)) is not None]
    return Ground(
        tuple(lands),
        "".join(_strokes(held.coasts, frame)),
        "".join(_strokes(held.borders, frame)),
    )


def shape_of(lon: float, lat: float, frame: Frame) -> Land | None:
    """The country that a point lies in, as far as it lies in the picture."""
    country = world().at(lon, lat)
    return _land(country, frame) if country is not None else None


def _shifts(west: float, east: float, frame: Frame) -> Iterator[float]:
    """By how many degrees a stretch is to be moved to lie in the picture: once round or not."""
    left, _, right, _ = frame.edges
    yield from (turn for turn in (-360.0, 0.0, 360.0) if west + turn < right and east + turn > left)


def _placed(line: Corners, frame: Frame, turn: float) -> Points:
    """The corners in units of the picture."""
    scale = HEIGHT / frame.high
    out = np.empty(line.shape, np.float64)
    out[:, 0] = WIDTH / 2 + (line[:, 0] + turn - frame.lon) * frame.narrow * scale
    out[:, 1] = HEIGHT / 2 + (frame.lat - line[:, 1]) * scale
    return out


def _land(country: Country, frame: Frame) -> Land | None:
    rings = []
    _, low, _, high = frame.edges
    for ring, (west, south, east, north) in zip(country.rings, country.frames, strict=True):
        if south < high and north > low:
            for turn in _shifts(west, east, frame):
                cut = _thinned(_cut(_placed(ring, frame, turn)), frame)
                if len(cut) > 2 and np.ptp(cut, axis=0).max() > SMALL:
                    rings.append(cut)
    if not rings:
        return None
    largest = max(rings, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
    return Land(country.name, "".join(f"{_path(ring)}Z" for ring in rings), _room(largest))


def _cut(ring: Points) -> Points:
    """A ring cut off at the edges of the picture, one edge after another."""
    edges = ((0, -OUT, 1), (0, WIDTH + OUT, -1), (1, -OUT, 1), (1, HEIGHT + OUT, -1))
    for axis, edge, side in edges:
        if not len(ring):
            break
        depth = (ring[:, axis] - edge) * side
        if (depth >= 0).all():
            continue
        ring = _cut_at(ring, depth)
    return ring


def _cut_at(ring: Points, depth: NDArray[np.float64]) -> Points:
    """What of a ring is deep enough, with a new corner wherever it crosses the edge."""
    before, deep = np.roll(ring, 1, axis=0), np.roll(depth, 1)
    inside, was = depth >= 0, deep >= 0
    crossed = inside != was
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(crossed, deep / (deep - depth), 0.0)
    corner = before + (ring - before) * part[:, None]
    both = np.stack([corner, ring], axis=1).reshape(-1, 2)
    deep_enough: Points = both[np.stack([crossed, inside], axis=1).reshape(-1)]
    return deep_enough


def _thinned(line: Points, frame: Frame) -> Points:
    """The line without corners that nobody could tell from the ones before them."""
    step = STEP if frame.high < AFAR else COARSE
    if len(line) < 3:
        return line
    kept = [0]
    at = line[0]
    for number, point in enumerate(line[1:-1].tolist(), 1):
        if abs(point[0] - at[0]) + abs(point[1] - at[1]) >= step:
            kept.append(number)
            at = point
    thinned: Points = line[[*kept, len(line) - 1]]
    return thinned


def _strokes(lines: Iterable[Corners], frame: Frame) -> Iterator[str]:
    """Paths along the lines in a frame, each in the pieces that can be seen."""
    for line in lines:
        west, east = float(line[:, 0].min()), float(line[:, 0].max())
        for turn in _shifts(west, east, frame):
            placed = _placed(line, frame, turn)
            low = np.minimum(placed[:-1], placed[1:])
            high = np.maximum(placed[:-1], placed[1:])
            seen = (high >= -OUT).all(axis=1) & (low <= (WIDTH + OUT, HEIGHT + OUT)).all(axis=1)
            cut = line[:, 1] < POLE
            seen &= ~(cut[:-1] & cut[1:])
            for start, end in _runs(seen):
                piece = _thinned(placed[start : end + 1], frame)
                if np.ptp(piece, axis=0).max() > SMALL:
                    yield _path(piece)


def _runs(seen: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where runs of what is seen begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], seen.view(np.int8), [0]))))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _path(points: Points) -> str:
    """A path in whole steps of half a unit, each told from the one before, as short as can be."""
    whole = np.rint(points / HALF).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[steps.any(axis=1)]
    (x, y), told = whole[0].tolist(), "".join(_number(n) for n in steps.flatten().tolist())
    return f"M{x}{_number(y)}l{told.strip()}"


def _number(number: int) -> str:
    """A number with a space before it, where no sign parts it from what it follows."""
    return f" {number}" if number >= 0 else str(number)


def _room(ring: Points) -> tuple[tuple[float, float, float], ...]:
    """The widest stretches of a shape in the picture, measured along a few lines across it."""
    x, y = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    top, bottom = max(float(y.min()), 0.0), min(float(y.max()), float(HEIGHT))
    found: list[tuple[float, float, float]] = []
    for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        level = top + (bottom - top) * part + 0.01
        crossed = (y > level) != (y2 > level)
        where = np.sort(
            x[crossed] + (level - y[crossed]) / (y2 - y)[crossed] * (x2 - x)[crossed]
        ).clip(0, WIDTH)
        pairs: Sequence[tuple[float, float]] = list(
            zip(where[::2].tolist(), where[1::2].tolist(), strict=False)
        )
        found += [((a + b) / 2, level, b - a) for a, b in pairs]
    return tuple(sorted(found, key=lambda each: -each[2])[:4])
