"""Pictures say what they show: in shapes, in words, and without needing colour."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from whence import draw
from whence.draw import Box, Line, Moment

SVG = "{http://www.w3.org/2000/svg}"


def boxes(svg: str) -> dict[str, tuple[float, float]]:
    """Where each box of the family tree stands, by its first line of words."""
    out = {}
    for group in ElementTree.fromstring(svg).iter():
        rect, text = group.find(f"{SVG}rect"), group.find(f"{SVG}text")
        if rect is not None and text is not None:
            out[text.text or ""] = float(rect.get("x", "0")), float(rect.get("y", "0"))
    return out


def test_a_copy_stands_below_what_it_copied() -> None:
    pile = [Box("c", "Courier"), Box("g", "Gazette"), Box("r", "Release")]
    at = boxes(draw.stemma(pile, [Line("r", "g", "copies"), Line("g", "c", "reports")], "Tree"))
    assert at["Release"][1] < at["Gazette"][1] < at["Courier"][1]


def test_a_lost_text_has_a_broken_outline_and_says_that_it_is_lost() -> None:
    svg = draw.stemma([Box("x", "Wire", lost=True), Box("c", "Courier")], [], "Tree")
    (lost,) = [
        r for r in ElementTree.fromstring(svg).iter(f"{SVG}rect") if r.get("stroke-dasharray")
    ]
    assert lost.get("class") == "box"
    assert "lost: not in this pile" in svg


def test_an_uncertain_line_is_broken_and_asks() -> None:
    svg = draw.stemma([Box("a", "A"), Box("b", "B")], [Line("a", "b", "copies", False)], "Tree")
    assert "copies?" in svg
    assert 'class="tie"' in svg and "stroke-dasharray" in svg


def test_the_family_tree_is_also_told_in_sentences() -> None:
    pile = [Box("r", "Wire", lost=True), Box("g", "Gazette"), Box("c", "Courier"), Box("b", "Blog")]
    lines = [Line("r", "g", "quotes"), Line("g", "c", "copies", certain=False)]
    assert draw.family(pile, lines) == (
        "“Gazette” quotes a lost text, “Wire”; “Courier” probably copies “Gazette”; "
        "“Blog” stands alone."
    )


def test_texts_that_copy_each_other_in_a_ring_are_drawn_all_the_same() -> None:
    ring = [Line("a", "b", "copies"), Line("b", "a", "copies")]
    assert set(boxes(draw.stemma([Box("a", "A"), Box("b", "B")], ring, "Ring"))) == {"A", "B"}


@given(
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=16),
)
def test_no_two_boxes_lie_on_each_other(count: int, ties: list[tuple[int, int]]) -> None:
    pile = [Box(str(n), f"N{n}") for n in range(count)]
    lines = [Line(str(a), str(b), "copies") for a, b in ties if a != b]
    at = boxes(draw.stemma(pile, lines, "Tree"))
    assert len(at) == len(set(at.values())) == count


def test_names_from_the_pile_cannot_break_out_of_the_picture() -> None:
    svg = draw.stemma([Box("a", '<script>"&', href='/x"onload="y')], [], "<b>")
    root = ElementTree.fromstring(svg)
    assert not list(root.iter("script"))
    assert root.get("aria-label") == "<b>"
    assert [each.get("href") for each in root.iter(f"{SVG}a")] == ['/x"onload="y']


def test_what_came_first_stands_further_to_the_left() -> None:
    svg = draw.timeline(
        [
            Moment("2031-05-04", "2031-05-04", "Orlo", "said"),
            Moment("2031-05-09T08:00:00", "2031-05-09T08:00:00", "Courier", "published"),
        ],
        "Axis",
    )
    root = ElementTree.fromstring(svg)
    (said,) = root.iter(f"{SVG}circle")
    (published,) = root.iter(f"{SVG}rect")
    assert float(said.get("cx", "0")) < float(published.get("x", "0"))


def test_the_time_axis_is_also_told_in_sentences() -> None:
    moments = [
        Moment("2031-05-09", "2031-05-10", "Courier", "published"),
        Moment("2031-05-04", "2031-05-04", "Orlo", "said"),
    ]
    assert draw.days(moments) == (
        "Orlo: said 2031-05-04. Courier: published between 2031-05-09 and 2031-05-10."
    )


def test_without_a_date_there_is_no_axis() -> None:
    assert draw.timeline([Moment("spring", "spring", "Orlo", "said")], "Axis") == ""
