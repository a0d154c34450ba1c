"""A place is one place across the pile, whatever a page took its name for."""

from __future__ import annotations

from dataclasses import replace

from tests.test_resolve import page

from whence.resolve import Resolved, resolve
from whence.terms import Entity, Reading


def who(done: Resolved, name: str) -> list[Entity]:
    """The entities that go by a name."""
    return [e for e in done.entities if name in (e.name, *e.also)]


def kinds(done: Resolved, words: str) -> set[str]:
    """What the mentions of these words are taken for."""
    return {
        m.kind for r in done.readings for m in r.mentions
        if r.document.text[m.start : m.end] == words
    }  # fmt: skip


TOWN = "Rain fell in {Velgor|LOC}. The mill near {Velgor|LOC} burned."


def test_a_town_taken_for_a_person_or_a_body_elsewhere_is_the_town() -> None:
    done = resolve([page(TOWN, "d1"), page("All the while {Velgor|PER} slept.", "d2"),
                    page("[Velgor] accused the Board of waste.", "d3")])  # fmt: skip
    assert [e.kind for e in who(done, "Velgor")] == ["place"]
    assert kinds(done, "Velgor") == {"place"}
    assert done.readings[2].attributions[0].speaker == who(done, "Velgor")[0].id


def test_a_person_called_like_a_town_but_met_more_often_stays_a_person() -> None:
    done = resolve([page("A fair opened in {Tarrow|LOC}.", "d1"),
                    page("{Tarrow|PER} fished. All knew {Tarrow|PER}. Then {Tarrow|PER} left.", "d2")])  # fmt: skip
    assert {e.kind for e in who(done, "Tarrow")} == {"place", "person"}


def test_a_body_with_a_longer_name_is_no_town() -> None:
    done = resolve([page(TOWN, "d1"), page("{Velgor Harbour Board|ORG} met.", "d2")])
    assert [e.kind for e in who(done, "Velgor Harbour Board")] == ["organisation"]


def test_a_state_in_no_list_is_one_with_its_people_and_its_full_name() -> None:
    done = resolve([page("The barrage lies in {Skoreth|LOC}.", "d1"),
                    page("It is in the {Republic of Skoreth|ORG}.", "d2"),
                    page("The envoy met the {Skorethi|PER} leaders.", "d3")])  # fmt: skip
    [state] = who(done, "Skoreth")
    assert {"Republic of Skoreth", "Skorethi"} <= set(state.also)


def test_spellings_that_sound_alike_are_one_place_and_others_are_not() -> None:
    done = resolve([page("Rain fell in {Dzhorla|LOC}.", "d1"), page("Rain fell in {Djorla|LOC}.", "d2"),
                    page("Rain fell in {Dorla|LOC}.", "d3")])  # fmt: skip
    assert {e.id for e in who(done, "Dzhorla")} == {e.id for e in who(done, "Djorla")}
    assert {e.id for e in who(done, "Dorla")} != {e.id for e in who(done, "Djorla")}


def accusing(marked: str, count: int = 1) -> tuple[Resolved, Reading]:
    """A page with one accusation; with two, it goes on after a colon under the same verb."""
    one = page(marked)
    [said] = one.attributions
    cut = one.document.text.find(": ")
    if count == 2:
        a, b = said.content[0]
        first = replace(said, content=((a, cut),))
        rest = replace(said, id=said.id + "+", content=((cut + 2, b),))
        one = replace(one, attributions=(first, rest))
    done = resolve([one])
    return done, done.readings[0]


def charged(done: Resolved, reading: Reading) -> list[list[str]]:
    names = {e.id: e.name for e in done.entities}
    return [[names[c] for c in a.charges] for a in reading.attributions]


def test_what_follows_a_colon_charges_whom_the_accusation_names() -> None:
    done, reading = accusing(
        "[Orlo Venn] accused {Norway|LOC} of colluding: the {Quay Guild|ORG} moves freely", 2
    )
    assert charged(done, reading) == [["Norway"], ["Norway"]]


def test_two_accused_together_are_both_charged_but_not_whom_they_wronged() -> None:
    done, reading = accusing(
        "[Orlo Venn] accused {Norway|LOC} and the {Quay Guild|ORG} of robbing {Sweden|LOC}."
    )
    assert charged(done, reading) == [["Norway", "Quay Guild"]]
