"""Who is named, and who is not: words that look like somebody, and somebody who looks like words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.test_resolve import page

from whence.resolve import Resolved, resolve
from whence.terms import Reading


def named(done: Resolved) -> dict[str, str]:
    """The entities that have a name, each with its kind."""
    return {e.name: e.kind for e in done.entities if e.named}


def speaker(done: Resolved, at: int = -1) -> str | None:
    """The name of whoever says the last thing, or nobody."""
    names = {e.id: e.name for e in done.entities}
    return names.get(done.readings[0].attributions[at].speaker or "")


def from_outlet(reading: Reading, outlet: str) -> Reading:
    return replace(reading, document=replace(reading.document, outlet=outlet))


@pytest.mark.parametrize("short", ["OK", "TV", "PR", "Kurdish"])
def test_short_words_in_capitals_name_nobody(short: str) -> None:
    done = resolve([page(f"The mill is {{{short}|ORG}}, and the {{Quay Guild|ORG}} knows.")])
    assert named(done) == {"Quay Guild": "organisation"}


def test_a_model_of_an_aircraft_is_no_body() -> None:
    assert named(resolve([page("They saw a {NQ|ORG}-22 over the quay.")])) == {}


def test_a_valley_is_ground_and_no_body() -> None:
    done = resolve([page("Strikes went on in the {Lower Orla Valley|ORG}.")])
    assert named(done) == {"Lower Orla Valley": "place"}


def test_some_force_of_a_kind_has_no_name() -> None:
    done = resolve([page("[a US-backed Velian force] said it lost a boat.")])
    assert [(e.name, e.named) for e in done.entities] == [("a US-backed Velian force", False)]


def test_a_surname_with_its_article_is_a_name() -> None:
    done = resolve([page("{Orlan al-Tarrow|PER} slept. [Tarrow] said it rained.")])
    assert speaker(done) == "Orlan al-Tarrow"


def test_an_outlet_of_the_pile_is_a_paper_wherever_it_is_quoted() -> None:
    its = from_outlet(page("Rain fell on the quay.", "d2"), "The Evening Lantern")
    done = resolve([page("[the Evening Lantern] said it rained."), its])
    assert named(done) == {"The Evening Lantern": "organisation"}
    alone = resolve([page("[the Evening Lantern] said it rained.")])
    assert "The Evening Lantern" not in named(alone)


def test_an_outlet_is_the_same_under_its_address() -> None:
    its = from_outlet(page("Rain fell on the quay.", "d2"), "The Orla Courier")
    for address in ("Orlacourier.example", "Orla-Courier.example"):
        assert speaker(resolve([page(f"[{address}] said it rained."), its])) == "The Orla Courier"
    other = resolve([page("[Orlatimes.example] said it rained."), its])
    assert speaker(other) != "The Orla Courier"


def test_an_adjective_that_claims_is_its_state() -> None:
    assert speaker(resolve([page("[Norwegian] said the gate held.")])) == "Norway"


def test_what_a_ministry_puts_out_is_the_ministry_speaking_but_a_log_is_a_log() -> None:
    said = "The Norwegian Defence Ministry met. [{} ] said the gate held."
    data = resolve([page(said.format("the Norwegian Defence Ministry data").replace(" ]", "]"))])
    assert speaker(data) == "Norwegian Defence Ministry"
    log = resolve([page(said.format("the Norwegian Defence Ministry log").replace(" ]", "]"))])
    assert speaker(log) == "the Norwegian Defence Ministry log"


def test_a_source_begins_after_the_words_that_lead_on_to_it() -> None:
    done = resolve([page("Under a [1998 agreement the Orla Gate Board] said it must call.")])
    assert speaker(done) == "Orla Gate Board"
    chief = resolve([page("[director of the Orla Gate Board] said it must call.")])
    assert speaker(chief) == "director of the Orla Gate Board"


@pytest.mark.parametrize(
    "marked",
    [
        "The {Quay Guild|ORG} released maps which [it] said showed the gate.",
        "The {Quay Guild|ORG} has photographs which [they] say show the gate.",
        "The {Quay Guild|ORG} has threatened to strike, something [it] said was overdue.",
    ],
)
def test_inside_a_relative_clause_it_is_whom_the_sentence_is_about(marked: str) -> None:
    assert speaker(resolve([page(marked)])) == "Quay Guild"


def test_with_two_who_act_in_the_sentence_the_clause_stays_open() -> None:
    done = resolve([page("The {Quay Guild|ORG} has maps and the {Orla Gate Board|ORG} has a log"
                         " which [it] said showed the gate.")])  # fmt: skip
    assert speaker(done) is None


def test_an_acronym_may_leave_out_whose_force_it_is() -> None:
    done = resolve([page("{US Special Quay Forces|ORG} met. {SQF|ORG} boats left.")])
    assert [set(e.also) for e in done.entities if e.kind == "organisation"] == [{"SQF"}]


def test_a_type_of_machine_is_no_body() -> None:
    assert "NQ-22" not in named(resolve([page("An {NQ-22|ORG} flew by, and a {T-72|ORG} stood.")]))


def test_a_source_that_is_a_clause_names_nobody() -> None:
    done = resolve([page("[Keeper warned of] says the gate was old.")])
    assert speaker(done) is None
    assert "Keeper warned of" not in named(done)


def test_someone_described_who_has_just_spoken_goes_on_as_he() -> None:
    text = (
        "{Orlo Venn|PER} slept.\n\n[A Harbour Board clerk] denied the charge. [He] said it was old."
    )
    done = resolve([page(text)])
    assert speaker(done) == "A Harbour Board clerk"


def test_someone_described_who_has_not_spoken_leaves_he_open() -> None:
    text = "{Orlo Venn|PER} slept.\n\nA Harbour Board clerk stood by. [He] said it was old."
    assert speaker(resolve([page(text)])) is None
