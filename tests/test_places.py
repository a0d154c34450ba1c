"""What the text settles about places, and what it leaves open."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.places import Located, Place, home, located
from whence.places.gazetteer import abbreviation, gazetteer, plain, skeleton

SPELLINGS = (
    "Deir ez-Zor", "Deir al-Zour", "Deir Ezzor", "Deir az-Zour", "Deir-ez-Zor", "Dayr az Zawr",
    "Deir al-Zor", "Deir Azzor", "Deir ezZour", "Deir er-Zor", "Deir-Ezzor",
)  # fmt: skip


def shown(text: str) -> list[tuple[str, str | None]]:
    """The places of a text: the words, and “name, kind, country” of what they mean."""
    return [(text[each.start : each.end], said(each.place)) for each in located(text)]


def said(place: Place | None) -> str | None:
    """A place in a few words."""
    return None if place is None else f"{plain(place.name)}, {place.kind}, {place.country}"


def means(text: str, words: str) -> Located:
    """What those words, marked as a place by a reader, mean in the text."""
    start = text.index(words)
    span = (start, start + len(words))
    return next(each for each in located(text, [span]) if (each.start, each.end) == span)


def test_a_state_after_a_comma_says_which_town_is_meant() -> None:
    text = "A baker in Paris, Texas, sold his shop."
    assert shown(text) == [("Paris", "paris, city, US"), ("Texas", "texas, division, US")]
    assert means(text, "Paris").why == "the text names it together with Texas"


def test_a_short_form_of_a_state_says_it_too() -> None:
    assert said(means("The fair in Athens, Ga., opened.", "Athens").place) == "athens, city, US"
    assert said(means("The fair in Athens opened.", "Athens").place) == "athens, city, GR"


def test_neighbours_in_the_text_outweigh_size() -> None:
    text = "From Columbus to Dayton and Dublin, roads across Ohio were closed."
    place = means(text, "Dublin").place
    assert place and place.country == "US" and place.lat == pytest.approx(40.1, abs=0.1)


def test_a_name_means_one_place_throughout_a_text() -> None:
    text = "The mill in Cambridge, Ohio, burnt. Firemen came late. All Cambridge saw the smoke in Cambridge."
    assert {said(each.place) for each in located(text) if "Cam" in text[each.start : each.end]} == {
        "cambridge, city, US"
    }


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_syrian_town_is_one_place(spelling: str) -> None:
    text = f"A baker from Raqqa, Syria, moved to {spelling} last spring."
    place = means(text, spelling).place
    assert place and place.key == "geonames:170794"


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_its_province_is_another_place(spelling: str) -> None:
    text = f"A baker from Raqqa, Syria, moved to {spelling} province last spring."
    place = means(text, f"{spelling} province").place
    assert place and (place.key, place.kind) == ("whence:sy/deir-ez-zor", "division")


def test_an_alias_and_its_arabic_form_are_one_town() -> None:
    keys = {key.place.key for name in ("Abu Kamal", "al-Bukamal", "Albu Kamal", "Al Boukamal")
            if (key := means(f"Trucks reached {name} in Syria.", name)).place}  # fmt: skip
    assert keys == {"geonames:174448"}


def test_town_province_and_river_are_kept_apart() -> None:
    text = "From Hama he drove through Hama Province to the Orontes River."
    kinds = [each.place.kind for each in located(text) if each.place]
    assert kinds == ["city", "division", "river"]


def test_a_bank_of_a_river_is_a_part_without_a_point() -> None:
    found = located("Tents stood on the eastern bank of the Euphrates.")
    assert [each.place and (each.place.name, each.place.lat) for each in found] == [
        ("eastern bank of Euphrates", None)
    ]


def test_a_county_is_not_the_town_of_that_name() -> None:
    text = "Sheriffs of Travis County, Texas, met."
    assert ("Travis County", "travis county, division, US") in shown(text)


def test_a_place_that_we_do_not_know_is_still_a_place() -> None:
    (found,) = located("He came from the village of Qworbazelt.")
    assert found.place is None and found.candidates == ()
    assert found.why == "a place, by its wording; we know none of that name"


def test_a_name_that_nothing_settles_stays_open_with_its_candidates() -> None:
    found = means("Rain fell on Springfield.", "Springfield")
    settled = means("Rain fell on Springfield, Ill.", "Springfield")
    assert len(found.candidates) > 2
    assert said(settled.place) == "springfield, city, US" and settled.place != found.place


@pytest.mark.parametrize(
    "text",
    [
        "Anna Paris opened a shop.",
        "Mr. Reading was late.",
        "Nice weather was promised.",
        "We may march on Monday.",
        "Paris Match printed it.",
    ],
)
def test_people_papers_and_common_words_are_not_places(text: str) -> None:
    assert located(text) == ()


def test_a_capital_that_speaks_is_an_actor_and_not_the_ground() -> None:
    text = "Moscow denied it. Snow fell in Moscow."
    assert [each.actor for each in located(text)] == [True, False]
    assert all(said(each.place) == "moscow, city, RU" for each in located(text))


def test_a_word_for_a_people_is_marked_as_a_modifier() -> None:
    (found,) = located("Three Syrian bakers met.")
    assert (said(found.place), found.form) == ("syria, country, SY", "modifier")


def test_a_description_means_the_last_place_of_its_kind() -> None:
    text = "Fighting spread in Idlib province. Later the province was calm."
    last = located(text)[-1]
    assert (text[last.start : last.end], last.form) == ("the province", "nominal")
    assert last.place == located(text)[0].place


def test_us_the_country_is_not_us_the_pronoun() -> None:
    assert shown("Tell us more.") == []
    assert shown("The US sent aid.") == [("US", "united states, country, US")]


def test_the_outlets_home_settles_what_its_text_does_not() -> None:
    texts = ["Crowds in Columbus, Ohio.", "A fair in Dayton, Ohio.", "Snow in Toledo, Ohio."]
    here = home([located(text) for text in texts])
    assert here and here.name == "Ohio"
    text = "The council of Dublin met."
    (found,) = located(text, home=here)
    assert found.place and found.place.country == "US"


def test_a_home_needs_more_than_one_text() -> None:
    assert home([located("Crowds in Columbus, Ohio.")]) is None


def test_spellings_share_a_skeleton() -> None:
    assert len({skeleton(spelling) for spelling in SPELLINGS}) == 1
    assert skeleton("Hama") != skeleton("Homs")


def test_short_forms_keep_their_capitals_and_dots() -> None:
    assert [abbreviation(x) for x in ("US", "U.S.", "W. Va.", "Ill.", "us", "Paris")] == [
        "!US", "!US", "!W.Va.", "!Ill.", None, None,
    ]  # fmt: skip


def test_every_key_leads_back_to_its_place_and_none_is_used_twice() -> None:
    table = gazetteer()
    rows = [*range(0, len(table), 997), *range(40)]
    keys = [table.place(row).key for row in rows]
    assert [table.row(key) for key in keys] == rows or len(set(keys)) == len(set(rows))
    assert all(
        table.place(row or 0).key == key for key in keys if (row := table.row(key)) is not None
    )


def test_points_lie_on_the_globe() -> None:
    table = gazetteer()
    for row in range(0, len(table), 499):
        place = table.place(row)
        assert place.lat is None or abs(place.lat) <= 90
        assert place.lon is None or (abs(place.lon) <= 180 and math.isfinite(place.lon))


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Paris, Texas. in the of al-Zor’s U.S.\n Ünø山🌍", max_size=80))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    found = located(text)
    assert all(0 <= each.start < each.end <= len(text) and each.why for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    assert located(text) == found


def test_a_gazette_of_many_names_takes_no_longer_per_name() -> None:
    names = ["Raqqa", "Hama", "Homs", "Idlib", "Aleppo", "Latakia", "Tartus", "Palmyra", "Daraa"]
    text = " ".join(f"He went to {name} and to {name}." for name in names) * 20
    begun = time.process_time()
    located(text)
    assert time.process_time() - begun < 5


def test_the_scan_takes_a_new_spelling_only_where_the_country_is_named() -> None:
    told = "Syria was cold. Lorries rolled toward Deir er-Zour at dawn."
    assert ("Deir er-Zour", "deir ez zor, city, SY") in shown(told)
    assert shown("Lorries rolled toward Deir er-Zour at dawn.") == []


def test_a_hashtag_with_underscores_is_read_as_its_words() -> None:
    assert ("Deir_ez_Zor", "deir ez zor, city, SY") in shown(
        "Syria was cold. Convoy near #Deir_ez_Zor today."
    )


def test_the_area_never_means_a_capital_that_only_speaks() -> None:
    told = "Moscow claims that nothing happened. The lorries left the area at dawn."
    assert not [words for words, _ in shown(told) if words == "the area"]


def test_a_street_is_in_no_town_of_its_name() -> None:
    text = "He lives in Paris Street; the fire was on Berlin Road."
    for words, whole in (("Paris", "Paris Street"), ("Berlin", "Berlin Road")):
        at = text.index(words)
        found = [e for e in located(text, [(at, at + len(words))]) if e.start == at]
        assert [(text[e.start : e.end], e.place) for e in found] == [(whole, None)]
    assert said(means("He lives in Paris, on a road.", "Paris").place) == "paris, city, FR"


def test_the_us_is_never_a_village() -> None:
    place = means("Orlan and The US spoke; the US agreed.", "The US").place
    assert said(place) == "united states, country, US"


def test_a_name_cut_at_its_article_is_read_on() -> None:
    text = "A baker from Raqqa, Syria, moved toward Deir er-Zor last spring."
    at = text.index("Deir")
    found = [e for e in located(text, [(at, at + 4)]) if e.start == at]
    assert [(text[e.start : e.end], e.place and e.place.key) for e in found] == [
        ("Deir er-Zor", "geonames:170794")
    ]


def test_the_east_of_a_province_lies_in_the_province() -> None:
    found = means("It was seen in eastern Hama Province, Syria.", "eastern Hama Province")
    assert said(found.place) == "hama, division, SY"


def test_the_area_around_something_is_not_the_place_named_before() -> None:
    text = "They left Raqqa in Syria. The area around the mill is dry. The area is poor."
    nominal = [(e.start, e.place) for e in located(text) if e.form == "nominal"]
    assert [text[at : at + 20] for at, _ in nominal] == ["The area is poor."]


def test_in_the_province_is_a_place_even_where_nothing_says_which() -> None:
    text = "The Guild has a farm in the province. The province pays."
    assert [(text[e.start : e.end], e.place, e.candidates) for e in located(text)] == [
        ("the province", None, ())
    ]


def test_the_east_bank_of_a_river_is_no_town() -> None:
    assert means("Guards hold the East Bank of the Orla.", "East Bank").place is None
