"""The map that ships with Whence: coasts and borders, unpacked and asked where a point lies."""

from __future__ import annotations

from importlib.resources import files

import pytest

from whence.draw.world import world

LARGEST = 150_000


def test_the_map_is_small_enough_to_ship_with_every_copy() -> None:
    assert len((files("whence") / "draw/world.bin").read_bytes()) < LARGEST


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (2.0, 46.0, "France"),
        (-98.5, 39.7, "United States of America"),
        (28.2, -29.5, "Lesotho"),
        (29.0, -27.0, "South Africa"),
        (174.0, -40.9, None),
        (175.6, -39.6, "New Zealand"),
        (-30.0, 40.0, None),
    ],
)
def test_a_point_lies_in_its_country_or_at_sea(lon: float, lat: float, country: str | None) -> None:
    found = world().at(lon, lat)
    assert (found.name if found else None) == country


def test_neighbours_share_their_border_corner_for_corner() -> None:
    held = {each.name: {tuple(c) for ring in each.rings for c in ring.tolist()}
            for each in world().countries}  # fmt: skip
    assert len(held["France"] & held["Spain"]) > 20
    assert not held["France"] & held["Poland"]
