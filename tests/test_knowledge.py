import pytest

from whence.errors import Usage
from whence.knowledge import folded, index, known, shipped, state, state_of, states, table

HEAD = "name,role,kind,country,wikidata,also\n"


def test_a_name_is_found_with_or_without_its_article_dots_and_accents() -> None:
    names = index(table(HEAD + "Élan Institute,body,organisation,,,E.I.|The Élan\n"))
    assert {
        known(each, names) for each in ("Elan Institute", "the Élan institute", "EI", "elan")
    } == {names[folded("Élan Institute")]}


def test_a_dossiers_own_names_outrank_ours() -> None:
    own = index(table(HEAD + "Amnesty,outlet,organisation,,,\n"))
    assert (known("Amnesty", own) or shipped()["amnesty"]).role == "outlet"
    assert shipped()["amnesty"].role == "body"


def test_a_table_may_leave_out_what_is_not_known() -> None:
    (only,) = table("name,role,kind\nLark League,group,organisation\n")
    assert (only.country, only.wikidata, only.also) == (None, None, ())


@pytest.mark.parametrize(
    "lines", ["who,what\nLark,body\n", HEAD + "Lark,bird,organisation,,,\n", ""]
)
def test_a_table_that_makes_no_sense_is_refused_in_plain_words(lines: str) -> None:
    with pytest.raises(Usage, match=r"table of names|role and kind"):
        table(lines)


def test_a_state_is_known_by_its_name_adjective_people_and_capital() -> None:
    found = [state_of(each) for each in ("Norway", "Norwegian", "Norwegians", "Oslo")]
    assert [each and (each[0].code, each[1]) for each in found] == [
        ("NO", "name"), ("NO", "adjective"), ("NO", "people"), ("NO", "capital"),
    ]  # fmt: skip


def test_us_is_a_state_and_us_the_pronoun_is_not() -> None:
    assert state_of("US") == state_of("U.S.") == state_of("the United States")
    assert state_of("us") is None


def test_every_state_has_one_code_and_no_two_share_an_address_or_a_name() -> None:
    codes = [each.code for each in states()]
    addresses = [each.wikidata for each in states() if each.wikidata]
    names = [n for each in states() for n in {folded(name) for name in (each.name, *each.also)}]
    for column in (codes, addresses, names):
        assert len(column) == len(set(column))
    assert len(codes) > 190
    assert all(state(code) is not None for code in codes)


def test_no_name_of_ours_means_two_things() -> None:
    entries = {id(each): each for each in shipped().values()}.values()
    seen: dict[str, str] = {}
    for each in entries:
        for name in (each.name, *each.also):
            assert seen.setdefault(folded(name), each.name) == each.name, name
