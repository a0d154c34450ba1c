"""What part of the world a map shows, and how far apart things lie on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

from whence.draw.world import world

WIDTH, HEIGHT = 960, 540
DEGREE = 111.2
"""Kilometres in a degree of latitude."""
LEAST, MOST = 0.4, 210.0
"""The smallest and the largest height of a map, in degrees: a town with its villages, the world."""
NARROWEST = 0.15
"""Near the poles a degree of longitude is drawn no narrower than this part of one of latitude."""
FARTHEST = 85.0
MARGIN = 1.35
NEAR = 300.0
SHARE = 0.8
"""A map first takes in this share of all that is named; what is farther off is told beside it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: where it is, how precisely that is known, how often it is named."""

    id: str
    label: str
    lon: float
    lat: float
    times: int = 1
    reach: float | None = None
    """Kilometres from the middle to the edge of an area, 0 if nobody knows; None for a point."""
    whole: bool = False
    """A whole country: its shape is drawn, where the map has it."""
    exact: bool = False
    """A bridge, a building: the very spot, not the middle of a town."""
    href: str | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The middle of a map, and how many degrees of latitude it shows."""

    lon: float
    lat: float
    high: float

    @property
    def narrow(self) -> float:
        """How wide a degree of longitude is here, against one of latitude."""
        return max(NARROWEST, cos(radians(self.lat)))

    @property
    def wide(self) -> float:
        """How many degrees of longitude it shows."""
        return self.high * WIDTH / HEIGHT / self.narrow

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """West, south, east and north; west may lie beyond -180 and east beyond 180."""
        return (
            self.lon - self.wide / 2,
            self.lat - self.high / 2,
            self.lon + self.wide / 2,
            self.lat + self.high / 2,
        )

    @property
    def kilometre(self) -> float:
        """How long a kilometre is on the map, in its middle."""
        return HEIGHT / self.high / DEGREE

    def put(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point comes to lie, in units of the picture, from the upper left corner."""
        east = (lon - self.lon + 180) % 360 - 180
        scale = HEIGHT / self.high
        return WIDTH / 2 + east * self.narrow * scale, HEIGHT / 2 + (self.lat - lat) * scale

    def holds(self, spot: Spot) -> bool:
        """Whether the middle of a place lies in the picture."""
        x, y = self.put(spot.lon, spot.lat)
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT

    def scaled(self, times: float) -> Frame:
        """The same middle, so many times as much around it."""
        return within(replace(self, high=self.high * times))

    def moved(self, east: float, north: float) -> Frame:
        """As much of the world, so many parts of a picture farther on."""
        return within(Frame(self.lon + east * self.wide, self.lat + north * self.high, self.high))


def within(frame: Frame) -> Frame:
    """The frame, kept to what there is of the world."""
    high = min(max(frame.high, LEAST), MOST)
    return Frame((frame.lon + 180) % 360 - 180, min(max(frame.lat, -FARTHEST), FARTHEST), high)


def apart(one: Spot, other: Spot) -> float:
    """Kilometres from one place to another, over the curve of the earth."""
    a, b = radians(one.lat), radians(other.lat)
    east = radians(other.lon - one.lon)
    part = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(east / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(part)))


def around(spots: Sequence[Spot]) -> Frame:
    """The part of the world in which most of what is named lies, without what is far from it."""
    small = [each for each in spots if not each.whole and (each.reach is None or each.reach > 0)]
    return covering(_together(small or list(spots)))


def _together(spots: Sequence[Spot]) -> list[Spot]:
    """The places near the one that is nearest to all, until those left are few and far off."""
    if len(spots) < 3:
        return list(spots)
    middle = min(spots, key=lambda s: sum(apart(s, other) * other.times for other in spots))
    total = sum(each.times for each in spots)
    near: list[Spot] = []
    for each in sorted(spots, key=lambda other: apart(middle, other)):
        reached = max((apart(middle, other) for other in near), default=0.0)
        enough = sum(other.times for other in near) >= SHARE * total
        if near and enough and apart(middle, each) > max(2 * reached, NEAR):
            break
        near.append(each)
    return near


def covering(spots: Iterable[Spot]) -> Frame:
    """The smallest part of the world that holds all of these."""
    held = [part for each in spots for part in _parts(each)]
    if not held:
        return within(Frame(0.0, 0.0, MOST))
    start = _gap([each.lon for each in held])
    lons = [(each.lon - start) % 360 for each in held]
    lats = [each.lat for each in held]
    lon, lat = start + (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    empty = Frame(lon, lat, 1.0)
    high = 1.6
    for each, east in zip(held, lons, strict=True):
        reach = min(each.reach or 0.0, 1500) / DEGREE
        across = (abs(start + east - lon) * empty.narrow + reach) * HEIGHT / WIDTH
        high = max(high, 2 * MARGIN * across, 2 * MARGIN * (abs(each.lat - lat) + reach))
    return within(Frame(lon, lat, high))


def _parts(spot: Spot) -> list[Spot]:
    """A place, or the corners of the largest part of it where it is a whole country."""
    country = world().at(spot.lon, spot.lat) if spot.whole else None
    if country is None:
        return [spot]
    west, south, east, north = max(country.frames, key=lambda f: (f[2] - f[0]) * (f[3] - f[1]))
    return [replace(spot, lon=lon, lat=lat) for lon, lat in ((west, south), (east, north))]


def _gap(lons: Sequence[float]) -> float:
    """The longitude from which, going east, all of these lie in the shortest stretch."""
    order = sorted(lon % 360 for lon in lons)
    after = [*order[1:], order[0] + 360]
    widest = max(range(len(order)), key=lambda i: after[i] - order[i])
    return after[widest] % 360
