"""Numbers are quantities where they count something, and only there."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.quantities import quantities
from whence.terms import Block, Document, Quantity

PIECES = (
    "29 soldiers twenty-nine between $30 and $60 million 2.5 miles (4km) hundreds of thousands of"
    " two-thirds of voters 🙂 é 1,000 10-15 sixth round at least . , ( ) \n half 40% killed"
).split(" ")


def found(text: str) -> list[Quantity]:
    return list(quantities(Document("d", "page", text, "", "text/plain")))


def counted(text: str) -> list[tuple[str, float | None, str | None, str | None]]:
    """The words, the value, the unit, and the hedge."""
    return [(text[q.start : q.end], q.value, q.unit, q.hedge) for q in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They lost 29 soldiers.", ("29 soldiers", 29, "persons", None)),
        (
            "Three harbour police officers fled.",
            ("Three harbour police officers", 3, "persons", None),
        ),
        ("at least twenty-nine civilians", ("twenty-nine civilians", 29, "persons", "at least")),
        ("as many as 2,500 homes burned", ("2,500 homes", 2500, "homes", "as many as")),
        ("about 2.5 miles (4km) from Orlo", ("2.5 miles (4km)", 2.5, "miles", "about")),
        ("a five-mile road", ("five-mile", 5, "miles", None)),
        ("It cost $3.4 million.", ("$3.4 million", 3_400_000, "USD", None)),
        ("nearly €3bn was lost", ("€3bn", 3e9, "EUR", "nearly")),
        ("more than 40 percent of voters", ("40 percent", 40, "percent", "more than")),
        ("two-thirds of voters", ("two-thirds", 0.6667, "share", None)),
        ("a dozen boats", ("a dozen boats", 12, "boats", None)),
        ("a 100,000-strong army", ("100,000-strong army", 100_000, "persons", None)),
        ("the sixth round of talks", ("sixth round", 6, "ordinal", None)),
        ("a 12-year-old girl", ("12-year-old", 12, "years", None)),
        ("on at least one occasion", ("one occasion", 1, "occasion", "at least")),
        ("The toll of miners in Orlo rose to 37.", ("37", 37, "persons", None)),
        ("a blast killing 12 and more", ("12", 12, "persons", None)),
        ("some 200 wounded", ("200 wounded", 200, "persons", "some")),
    ],
)
def test_an_amount_has_its_value_its_unit_and_its_hedge(
    text: str, expected: tuple[str, float, str, str | None]
) -> None:
    assert counted(text) == [expected]


@pytest.mark.parametrize(
    ("text", "words", "low", "high"),
    [
        ("Between 10 and 20 rebels fled.", "Between 10 and 20 rebels", 10, 20),
        ("10-15 houses burned", "10-15 houses", 10, 15),
        ("2 to 3 million people", "2 to 3 million people", 2e6, 3e6),
        ("between $30,000 and $60,000", "between $30,000 and $60,000", 30_000, 60_000),
        ("hundreds of villages", "hundreds of villages", 200, 999),
        ("tens of thousands of men", "tens of thousands of men", 20_000, 99_999),
        ("millions of dollars", "millions of dollars", 2e6, None),
    ],
)
def test_a_range_has_a_low_and_a_high_and_no_value(
    text: str, words: str, low: float, high: float | None
) -> None:
    assert [(text[q.start : q.end], q.value, q.low, q.high) for q in found(text)] == [
        (words, None, low, high)
    ]


def test_what_is_counted_is_given_in_the_words_of_the_text() -> None:
    text = "Four ceasefire zones, 40 percent of likely voters, and a toll of Orlo miners at 37."
    assert [each.counted for each in found(text)] == [
        "ceasefire zones",
        "likely voters",
        "Orlo miners",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "He came on 3 May 2011 at 10:30, for two weeks.",
        "In 2014 soldiers came; the 2016 elections failed.",
        "Call 555-1234 or 202 555 0101.",
        "A Su-25 and an F-22, flight MH17, COVID-19, Boeing 737.",
        "It ended 3-1. See section 1.2.3, page 4, No. 5, Article 7.",
        "1. First, this.\n2. Second, that.",
        "One of the men. No one came. The two left.",
        "It was the second time, and on the third day he left.",
    ],
)
def test_dates_names_scores_and_list_numbers_are_no_quantities(text: str) -> None:
    assert counted(text) == []


def test_a_page_s_furniture_is_not_read() -> None:
    text = "29 soldiers fled.\n\n12 comments"
    menu = Block("b", "d", 19, len(text), "boilerplate")
    document = Document("d", "page", text, "", "text/plain")
    assert [text[q.start : q.end] for q in quantities(document, [menu])] == ["29 soldiers"]


def test_offsets_hold_after_emoji_and_combining_marks() -> None:
    assert counted("🙂 Zoë́ saw 29 soldiers 🙂") == [("29 soldiers", 29, "persons", None)]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.text(max_size=40))
def test_any_text_gives_spans_in_order_and_ranges_that_rise(words: list[str], noise: str) -> None:
    text = " ".join(words) + noise + " ".join(reversed(words))
    every = found(text)
    assert all(left.end <= right.start for left, right in pairwise(every))
    for each in every:
        assert text[each.start : each.end].strip() == text[each.start : each.end] != ""
        assert (each.value is None) == (each.low is not None)
        assert each.high is None or (each.low is not None and each.low < each.high)


@pytest.mark.parametrize(
    "piece", ["1 ", "1,000", "two-", "hundred and ", "three ", "9", "1.", "a "]
)
def test_a_text_of_one_word_over_and_over_takes_no_longer_than_its_length(piece: str) -> None:
    def seconds(copies: int) -> float:
        begun = time.process_time()
        found(piece * copies)
        return time.process_time() - begun

    seconds(100)
    assert seconds(8000) < 16 * seconds(1000) + 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Several ferry workers left.", ("Several ferry workers", None, "persons", "several")),
        ("a large number of patrol boats sank", ("a large number of patrol boats", None, "boats", "a large number of")),
        ("They lost one of their lorries.", ("one of their lorries", 1, "lorries", None)),
        ("The mill was flooded twice.", ("twice", 2, "times", None)),
        ("a platoon of harbour guards was sent", ("a platoon of harbour guards", 1, "platoon", None)),
    ],
)  # fmt: skip
def test_an_amount_without_a_figure_keeps_the_words_that_are_loose(
    text: str, expected: tuple[str, float | None, str, str | None]
) -> None:
    assert counted(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Several of us left.",
        "One of the men.",
        "twice as many came",
        "a unit to Orlo",
        "several hours",
    ],
)
def test_loose_words_that_count_nothing_are_left_alone(text: str) -> None:
    assert counted(text) == []
