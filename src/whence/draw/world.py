"""The world's coasts and borders, packed: they ship with Whence, so that a map asks nobody.

`training/basemap` builds the file from Natural Earth and says how.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whence.errors import Damaged

MAGIC = b"WHENCE-WORLD-1\n"
UNIT = 0.01
"""Degrees in one step of the packed corners: about a kilometre."""
Corners = NDArray[np.float32]
"""Longitude and latitude of each corner of a line, one row each."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country as it is drawn: its name, its rings, and the frame (west, south, east, north)."""

    name: str
    rings: tuple[Corners, ...]
    frames: tuple[tuple[float, float, float, float], ...]

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        inside = False
        for ring, (west, south, east, north) in zip(self.rings, self.frames, strict=True):
            for turned in (lon - 360, lon, lon + 360):
                if west <= turned <= east and south <= lat <= north:
                    inside ^= _within(ring, turned, lat)
        return inside


@dataclass(frozen=True, slots=True)
class World:
    """Every country, and every coast and border once."""

    countries: tuple[Country, ...]
    coasts: tuple[Corners, ...]
    borders: tuple[Corners, ...]

    def at(self, lon: float, lat: float) -> Country | None:
        """The country that a point lies in; None at sea."""
        return next((each for each in self.countries if each.holds(lon, lat)), None)


@lru_cache(maxsize=1)
def world() -> World:
    """The world that ships with Whence, unpacked once."""
    blob = (files("whence") / "draw" / "world.bin").read_bytes()
    if not blob.startswith(MAGIC):
        raise Damaged("the map that came with Whence is not readable; install it again")
    body = zlib.decompress(blob[len(MAGIC) :])
    told = int.from_bytes(body[:4], "little")
    head: dict[str, Any] = json.loads(body[4 : 4 + told])
    lines = _lines(_numbers(body[4 + told :]), head["corners"])
    borders = set(head["borders"])
    return World(
        tuple(_country(name, rings, lines) for name, rings in head["countries"]),
        tuple(line for number, line in enumerate(lines) if number not in borders),
        tuple(lines[number] for number in sorted(borders)),
    )


def _numbers(packed: bytes) -> NDArray[np.int64]:
    """Whole numbers out of bytes: seven bits in each, the eighth says that more follow."""
    held = np.frombuffer(packed, np.uint8).astype(np.int64)
    ends = np.flatnonzero(held < 128)
    starts = np.concatenate(([0], ends[:-1] + 1))
    place = np.arange(len(held)) - np.repeat(starts, ends - starts + 1)
    whole = np.add.reduceat((held & 127) << (7 * place), starts)
    return np.where(whole & 1, -((whole + 1) >> 1), whole >> 1)


def _lines(numbers: NDArray[np.int64], corners: list[int]) -> list[Corners]:
    """The steps from corner to corner added up, line by line."""
    steps = numbers.reshape(-1, 2)
    out, at = [], 0
    for count in corners:
        line = (np.cumsum(steps[at : at + count], axis=0) * UNIT).astype(np.float64)
        out.append(_unrolled(line).astype(np.float32))
        at += count
    return out


def _unrolled(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line that goes on past 180 degrees instead of jumping round the world."""
    line[:, 0] = np.unwrap(line[:, 0], period=360)
    return line


def _country(name: str, parts: list[list[int]], lines: list[Corners]) -> Country:
    rings = tuple(
        _closed(np.concatenate([lines[p] if p >= 0 else lines[~p][::-1] for p in ring]))
        for ring in parts
    )
    return Country(name, rings, tuple(_frame(ring) for ring in rings))


def _closed(ring: Corners) -> Corners:
    """A ring without a jump; one that goes round the whole world is closed along the pole."""
    ring = _unrolled(ring.astype(np.float64)).astype(np.float32)
    first, last = ring[0], ring[-1]
    if abs(last[0] - first[0]) > 180:
        ring = np.concatenate([ring, [[last[0], -90], [first[0], -90]]]).astype(np.float32)
    middle = (ring[:, 0].min() + ring[:, 0].max()) / 2
    ring[:, 0] -= 360 * np.round(middle / 360)
    return ring


def _frame(ring: Corners) -> tuple[float, float, float, float]:
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _within(ring: Corners, lon: float, lat: float) -> bool:
    """Whether a line from the point to the west crosses the ring an odd number of times."""
    x, y = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    crossed = (y > lat) != (y2 > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        where = x + (lat - y) / (y2 - y) * (x2 - x)
    return bool(np.count_nonzero(crossed & (where < lon)) % 2)
