"""A map says how precisely each place is known, in shape and in words, and names lie on nothing."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence import draw
from whence.draw import Frame, Spot

SVG = "{http://www.w3.org/2000/svg}"
EUROPE = Frame(10.0, 50.0, 30.0)


def shapes(*spots: Spot, frame: Frame = EUROPE) -> dict[str, str]:
    """What each place is drawn as, by what it says of itself."""
    root = ElementTree.fromstring(draw.chart(spots, frame, "Map"))
    out = {}
    for group in root:
        title = group.find(f"{SVG}title")
        if title is not None and title.text != "Map":
            out[title.text or ""] = group[-1].get("class", "")
    return out


def rooms(*spots: Spot, frame: Frame = EUROPE) -> list[tuple[float, float, float]]:
    """Where the names of places stand: their left and right ends, and their height."""
    root = ElementTree.fromstring(draw.chart(spots, frame, "Map"))
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}
    out = []
    for text in root.iter(f"{SVG}text"):
        if (text.get("class") or "").startswith("place"):
            wide = 7 * len(text.text or "")
            left = float(text.get("x", "0")) - wide * before[text.get("text-anchor", "")]
            out.append((left, left + wide, float(text.get("y", "0"))))
    return out


def test_a_town_a_spot_a_province_a_river_and_a_country_are_drawn_each_in_its_way() -> None:
    assert shapes(
        Spot("t", "Orsholt", 11, 51),
        Spot("s", "the bridge", 12, 52, exact=True),
        Spot("p", "Lowmark", 14, 49, reach=80.0),
        Spot("r", "Isfel", 9, 47, reach=0.0),
        Spot("c", "Francia", 2, 46, whole=True),
    ) == {
        "Orsholt": "town",
        "the bridge": "exact",
        "Lowmark": "area",
        "Isfel": "vague",
        "Francia": "whole",
    }


def test_a_province_is_drawn_as_large_as_it_is() -> None:
    near = draw.chart([Spot("p", "Lowmark", 10, 50, reach=100.0)], Frame(10, 50, 5), "Map")
    far = draw.chart([Spot("p", "Lowmark", 10, 50, reach=100.0)], Frame(10, 50, 20), "Map")
    radius = [
        float(next(ElementTree.fromstring(each).iter(f"{SVG}circle")).get("r", "0"))
        for each in (near, far)
    ]
    assert radius[0] == pytest.approx(4 * radius[1], rel=0.01)


def test_the_map_is_also_told_in_words_with_what_lies_beyond_it() -> None:
    svg = draw.chart(
        [Spot("a", "Orsholt", 11, 51, told="Orsholt, city"), Spot("b", "Quay", -150, 10)],
        EUROPE,
        "Map",
    )
    told = ElementTree.fromstring(svg).find(f"{SVG}desc")
    assert told is not None
    assert told.text == "On the map: Orsholt, city. 1 more place lies beyond it."


def test_names_from_the_pile_cannot_break_out_of_the_map() -> None:
    svg = draw.chart([Spot("a", '<script>"&', 11, 51, href='/x"onload="y')], EUROPE, "<b>")
    root = ElementTree.fromstring(svg)
    assert not list(root.iter("script"))
    assert [each.get("href") for each in root.iter(f"{SVG}a")] == ['/x"onload="y']


PLACES = st.lists(
    st.tuples(st.floats(-2, 22), st.floats(41, 59), st.integers(1, 60)), min_size=1, max_size=25
)


@settings(max_examples=30, deadline=None)
@given(PLACES)
def test_no_name_lies_on_another(where: list[tuple[float, float, int]]) -> None:
    spots = [
        Spot(str(n), f"Place {n}", lon, lat, times) for n, (lon, lat, times) in enumerate(where)
    ]
    stands = rooms(*spots)
    assert stands
    for number, (left, right, y) in enumerate(stands):
        for other_left, other_right, other_y in stands[number + 1 :]:
            assert abs(y - other_y) >= 13 or left >= other_right or other_left >= right


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-75, 75)), min_size=1, max_size=12))
def test_a_frame_that_is_to_cover_places_holds_them_all(where: list[tuple[float, float]]) -> None:
    spots = [Spot(str(n), "x", lon, lat) for n, (lon, lat) in enumerate(where)]
    frame = draw.covering(spots)
    assert all(frame.holds(each) for each in spots)


def test_the_map_opens_where_most_is_named_and_not_where_a_capital_far_away_lies() -> None:
    near = [Spot(str(n), "x", 40 + n / 5, 35, times=5) for n in range(6)]
    frame = draw.around([*near, Spot("far", "Capital", -77, 39)])
    assert all(frame.holds(each) for each in near)
    assert frame.high < 5


def test_places_on_both_sides_of_the_date_line_lie_close_together() -> None:
    frame = draw.covering([Spot("a", "A", 179.0, -17), Spot("b", "B", -179.0, -17)])
    assert frame.high < 5
    assert frame.holds(Spot("a", "A", 179.0, -17)) and frame.holds(Spot("b", "B", -179.0, -17))


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    svg = draw.chart([Spot("a", "A", 10, 50)], Frame(10, 50, 10), "Map")
    assert ">200 km<" in svg
    degrees = 200 / 111.2
    assert f"h{degrees / 10 * 540:.1f}v-5" in svg
