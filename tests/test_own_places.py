"""A dossier's own list of names may hold places, with where they lie."""

from __future__ import annotations

import pytest
from tests.test_resolve import page

from whence.errors import Usage
from whence.knowledge import index, table
from whence.resolve import resolve
from whence.terms import Entity

HEAD = "name,role,kind,country,wikidata,also,lat,lon\n"
OSK = HEAD + "Osk Landing,place,place,NO,,Ousk Landing|Osk,59.5,10.25\n"


def places(marked: str, lines: str) -> list[Entity]:
    done = resolve([page(marked)], index(table(lines)))
    return [e for e in done.entities if e.kind == "place"]


def test_a_place_of_ones_own_lies_where_its_row_says_under_all_its_names() -> None:
    [only] = places("Rain fell at Osk Landing. All of {Ousk Landing|PER} slept, as Osk does.", OSK)
    assert (only.name, only.lat, only.lon, only.country) == ("Osk Landing", 59.5, 10.25, "NO")
    assert set(only.also) == {"Ousk Landing", "Osk"}


def test_a_name_of_ones_own_outranks_the_gazetteer() -> None:
    text = "A fair opened in {Paris|LOC}."
    assert [e.country for e in places(text, HEAD)] == ["FR"]
    assert [(e.country, e.lat) for e in places(text, HEAD + "Paris,place,place,NO,,,60,11\n")] == [
        ("NO", 60.0)
    ]


def test_only_whole_words_name_a_place_of_ones_own() -> None:
    assert places("The Oskar mill and osk wood are old.", OSK) == []


def test_a_place_may_have_no_point_but_no_half_of_one() -> None:
    (only,) = table(HEAD + "Osk,place,place,NO,,,,\n")
    assert (only.lat, only.lon) == (None, None)
    for point in ("59.5,", "x,10", "95,10", "59,200"):
        with pytest.raises(Usage, match="no point on the globe"):
            table(HEAD + f"Osk,place,place,NO,,,{point}\n")
