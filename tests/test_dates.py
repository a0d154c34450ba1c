"""Expressions of time are found, and counted from the date that the page gives."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.dates import publication, times
from whence.terms import Block, Document, When

FRIDAY = "2019-05-17"
WORDS = (
    "May 2019 the last week of March two days later on Friday 10:30 p.m. GMT 1990s early 12/05/2014"
    " 🙂 é Sept. 8-12 since until 238 BC tomorrow half a million , . - ( ) \n\n fall every 3rd Q3"
).split(" ")


def page(text: str, published: str | None = FRIDAY) -> Document:
    when = When(published, published, "stated") if published else None
    return Document("d", "page", text, "", "text/plain", published=when)


def told(text: str, published: str | None = FRIDAY) -> list[tuple[str, str]]:
    """The expressions in a text, each with its stretch of time in short."""
    return [
        (text[each.start : each.end], short(each.first, each.last, each.duration))
        for each in times(page(text, published))
    ]


def short(first: str | None, last: str | None, duration: str | None) -> str:
    if first is None and last is None:
        return duration or "?"
    return str(first) if first == last else f"{first or ''}..{last or ''}"


def of(text: str) -> list[tuple[str, str | None]]:
    return [(text[each.start : each.end], each.of) for each in times(page(text))]


@pytest.mark.parametrize(
    ("text", "words", "stretch"),
    [
        ("It sank on 3 June 2011.", "3 June 2011", "2011-06-03"),
        ("It sank on Tuesday, March 4, 2014.", "Tuesday, March 4, 2014", "2014-03-04"),
        ("The 19th of October 1950 was dry.", "The 19th of October 1950", "1950-10-19"),
        ("Taken Sept. 8-12 at the quay.", "Sept. 8-12", "2018-09-08..2018-09-12"),
        ("Taken from May 8 to 12.", "May 8 to 12", "2019-05-08..2019-05-12"),
        ("Opened in March 2011.", "March 2011", "2011-03-01..2011-03-31"),
        ("It fell in 1954.", "1954", "1954-01-01..1954-12-31"),
        ("The siege of 1914-18 ended.", "1914-18", "1914-01-01..1918-12-31"),
        ("In late 2015 they left.", "late 2015", "2015-07-01..2015-12-31"),
        ("Until the 1990s it stood.", "Until the 1990s", "..1999-12-31"),
        ("in the 19th century", "the 19th century", "1801-01-01..1900-12-31"),
        ("in the spring of 1942", "the spring of 1942", "1942-03-01..1942-05-31"),
        ("in the third quarter of 2015", "the third quarter of 2015", "2015-07-01..2015-09-30"),
        ("the second half of 2008", "the second half of 2008", "2008-07-01..2008-12-31"),
        ("the last week of March 2010", "the last week of March 2010", "2010-03-25..2010-03-31"),
        ("Carthage fell in 146 BC.", "146 BC", "-0145-01-01..-0145-12-31"),
        ("Logged 2017-09-24T10:30:00+02:00.", "2017-09-24T10:30:00+02:00", "2017-09-24T08:30Z"),
        ("Dated 24.09.2017 by hand.", "24.09.2017", "2017-09-24"),
        ("They met at Easter 2016.", "Easter 2016", "2016-03-27"),
        ("at Christmas 1914", "Christmas 1914", "1914-12-25"),
    ],
)
def test_a_date_that_names_its_year_needs_no_other(text: str, words: str, stretch: str) -> None:
    assert told(text) == [(words, stretch)]


@pytest.mark.parametrize(
    ("text", "words", "stretch"),
    [
        ("The mayor left yesterday.", "yesterday", "2019-05-16"),
        ("It burned three days ago.", "three days ago", "2019-05-14"),
        ("It burned on Saturday.", "Saturday", "2019-05-11"),
        ("It burned on Friday.", "Friday", "2019-05-17"),
        ("The vote will be on Saturday.", "Saturday", "2019-05-18"),
        ("It burned last Friday.", "last Friday", "2019-05-10"),
        ("Rents rose last week.", "last week", "2019-05-06..2019-05-12"),
        ("Rents rose earlier this week.", "earlier this week", "2019-05-13..2019-05-17"),
        ("Earlier this month rents rose.", "Earlier this month", "2019-05-01..2019-05-17"),
        ("Earlier in May rents rose.", "Earlier in May", "2019-05-01..2019-05-17"),
        ("Rents rose over the past month.", "the past month", "2019-04-17..2019-05-17"),
        ("Rents rose in early April.", "early April", "2019-04-01..2019-04-15"),
        ("It was reached in December.", "December", "2018-12-01..2018-12-31"),
        ("It burned on Monday night.", "Monday night", "2019-05-13T20:00..2019-05-14T05:59"),
        ("It will fall within a week.", "within a week", "2019-05-17..2019-05-24"),
        ("late last year", "late last year", "2018-07-01..2018-12-31"),
        ("this autumn", "this autumn", "2019-09-01..2019-11-30"),
        ("at the end of next month", "the end of next month", "2019-06-16..2019-06-30"),
        ("UPDATE 1245 GMT: more", "1245 GMT", "2019-05-17T12:45Z"),
        ("at 2 p.m. EST Tuesday", "2 p.m. EST Tuesday", "2019-05-14T19:00Z"),
        ("c u 2nite", "2nite", "2019-05-17T20:00..2019-05-18T05:59"),
        ("off tmrw", "tmrw", "2019-05-18"),
    ],
)
def test_a_relative_expression_counts_from_the_page(text: str, words: str, stretch: str) -> None:
    assert (words, stretch) in told(text)


def test_since_opens_the_end_and_until_the_beginning() -> None:
    assert told("Held since 2014.") == [("since 2014", "2014-01-01..")]
    assert told("Held until March 2015.") == [("until March 2015", "..2015-03-31")]
    assert told("It was not until March 2015 that") == [
        ("until March 2015", "2015-03-01..2015-03-31")
    ]


def test_a_length_of_time_is_a_duration_and_no_date() -> None:
    assert told("a three-year siege, for two weeks, 90 minutes, half an hour") == [
        ("three-year", "P3Y"),
        ("two weeks", "P2W"),
        ("90 minutes", "PT90M"),
        ("half an hour", "PT30M"),
    ]


def test_a_story_counts_from_the_date_it_told_last() -> None:
    story = "On 3 May 1871 the gate fell. Two days later the mill burned. In June they fled."
    assert told(story, None) == [
        ("3 May 1871", "1871-05-03"),
        ("Two days later", "1871-05-05"),
        ("June", "1871-06-01..1871-06-30"),
    ]


def test_without_a_date_to_count_from_nothing_is_guessed() -> None:
    found = times(
        page("On Saturday the port closed. This week it opened. November 23 was wet.", None)
    )
    assert [(each.first, each.last, each.basis) for each in found] == [(None, None, "unknown")] * 3


def test_what_counts_from_an_inferred_date_is_inferred() -> None:
    text = "On 9 May 2019 the port closed. The mayor left on Wednesday."
    found = times(page(text, None))
    assert [(each.first, each.basis) for each in found] == [
        ("2019-05-09", "stated"),
        ("2019-05-08", "inferred"),
    ]


def test_words_that_only_look_like_times_are_left_alone() -> None:
    text = (
        "They may march on. He won 3-1 and sat down a second time. Call 555-2012. The MH-17 jet, an"
        " Su-25, killed 1500 people for $2000; the fall of Orlo shook Theresa May. The Daily Orlo"
        " said so, and the Sun rose. About a quarter of homes burned. See section 1.2.2014b."
    )
    assert told(text) == []


def test_words_for_the_present_and_the_past_name_no_day() -> None:
    assert told("He now regrets it, as recently he said.") == [("now", "?"), ("recently", "?")]
    assert told("That was all in the past.") == [("the past", "?")]


def test_an_hour_told_in_words_or_with_a_point_is_an_hour_of_its_day() -> None:
    assert told("The water came at about two in the morning.") == [
        ("two in the morning", "2019-05-17T02:00")
    ]
    assert told("The gates opened at 23.40 on Saturday.")[0] == ("23.40", "2019-05-11T23:40")
    assert told("It rose between 01.10 and 01.30 on Sunday.")[:2] == [
        ("01.10", "2019-05-12T01:10"),
        ("01.30", "2019-05-12T01:30"),
    ]


def test_a_price_or_a_count_is_no_hour() -> None:
    assert told("Shares closed at 17.15 on Monday.") == [("Monday", "2019-05-13")]
    assert "two in the morning" not in dict(told("Only two in the morning shift were ill."))


def test_until_a_weekday_waits_for_the_one_to_come_unless_the_past_is_told() -> None:
    assert told("The bridge stays shut until Tuesday.") == [("until Tuesday", "..2019-05-21")]
    assert told("It had stayed shut until Tuesday.") == [("until Tuesday", "..2019-05-14")]


def test_that_night_is_the_night_of_the_day_told_last() -> None:
    found = told("The Board shut it on Tuesday. Nobody slept that night.")
    assert found[-1] == ("that night", "2019-05-14T20:00..2019-05-15T05:59")


def test_the_name_of_a_paper_is_no_time() -> None:
    assert told("Papers of the coast\n\nThe Evening Lantern and the Sunday Plough agree.") == []
    assert told("On Sunday Orlo left.") == [("Sunday", "2019-05-12")]


def test_the_time_of_the_saying_is_told_from_the_time_of_the_event() -> None:
    assert of("The mill burned on Monday, Orlo said on Thursday.") == [
        ("Monday", "event"),
        ("Thursday", "utterance"),
    ]
    assert of("On Tuesday, the port ministry reported a fire.") == [("Tuesday", "utterance")]
    assert of("ORLO, May 3 (Courier) - The mill burned.") == [("May 3", "publication")]


def test_the_year_of_a_treaty_is_no_time_at_which_something_happens() -> None:
    text = "Under the treaty of 1998 it must call. Under a 1998 agreement it pays. It fell in 1998."
    assert of(text) == [("1998", None), ("1998", None), ("1998", "event")]


def test_a_date_in_the_dateline_is_the_page_s_own() -> None:
    text = "Fire at the mill\n\n3 May 2019\n\nThe mill burned on Wednesday."
    start = text.index("3 May")
    blocks = [Block("b", "d", start, start + 10, "dateline")]
    found = publication(page(text, None), blocks)
    assert found == When("2019-05-03", "2019-05-03", "stated", (start, start + 10))
    assert [each.first for each in times(page(text, None), blocks)] == ["2019-05-03", "2019-05-01"]


def test_a_stated_date_is_kept_and_an_inferred_one_is_a_lower_bound() -> None:
    stated = When(FRIDAY, FRIDAY, "stated")
    assert publication(page("On 3 May 2011 it burned.")) == stated
    found = publication(page("It shut on 3 May 2019. On May 9 the mayor left.", None))
    assert found is not None
    assert (found.first, found.last, found.basis) == ("2019-05-09", None, "inferred")
    assert publication(page("In 1871 the gate fell; on 3 June 1902 it rose.", None)) is None


def test_offsets_hold_after_emoji_and_combining_marks() -> None:
    assert told("🙂 Zoë́ left on 3 May 2019 🙂") == [("3 May 2019", "2019-05-03")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.text(max_size=40))
def test_any_text_gives_spans_in_order_and_dates_that_do_not_run_backward(
    words: list[str], noise: str
) -> None:
    text = " ".join(words) + noise + " ".join(reversed(words))
    found = times(page(text))
    assert all(left.end <= right.start for left, right in pairwise(found))
    for each in found:
        assert text[each.start : each.end].strip() == text[each.start : each.end] != ""
        if each.first and each.last and not each.first.startswith("-"):
            assert each.first[:10] <= each.last[:10]


@pytest.mark.parametrize(
    "piece", ["May ", "1 ", "the last ", "two-", "2017-", "1.", "a.", "early "]
)
def test_a_text_of_one_word_over_and_over_takes_no_longer_than_its_length(piece: str) -> None:
    def seconds(copies: int) -> float:
        begun = time.process_time()
        times(page(piece * copies))
        return time.process_time() - begun

    seconds(100)
    assert seconds(8000) < 16 * seconds(1000) + 0.5
