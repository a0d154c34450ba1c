from __future__ import annotations

import pytest

from whence.cues import is_reporting, lemma, stance_of


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "asserts"),
        ("has denied", "denies"),
        ("rejected", "denies"),
        ("accused", "accuses"),
        ("is accusing", "accuses"),
        ("acknowledged", "confirms"),
        ("reportedly", "hedges"),
        ("suspects", "hedges"),
        ("called for", "asks"),
        ("pushed back against", "denies"),
        ("has yet to say", "declines"),
        ("declined to comment", "declines"),
        ("could not confirm", "declines"),
        ("did not deny", "declines"),
        ("would not say", "declines"),
        ("vowed", "promises"),
        ("asked whether", "asks"),
        ("According to", "asserts"),
        ("'s claims", "asserts"),
        ("accusations", "accuses"),
    ],
)
def test_a_cue_has_the_stance_a_reader_hears(cue: str, stance: str) -> None:
    assert stance_of(cue) == stance


def test_saying_that_a_claim_is_false_is_denying_it() -> None:
    assert stance_of("said", content="“Those claims are incorrect.”") == "denies"
    assert stance_of("called", content="completely baseless") == "denies"
    assert stance_of("told", content="the claims were “incorrect”") == "denies"
    assert stance_of("said", content="she had not") == "denies"
    assert stance_of("said", content="the bridge was not finished") == "asserts"


def test_nobody_named_for_a_belief_makes_it_a_hedge() -> None:
    assert stance_of("is expected", sourced=False) == "hedges"
    assert stance_of("isn’t expected", sourced=False) == "hedges"
    assert stance_of("expects", sourced=True) == "asserts"


def test_turning_down_an_offer_is_declining_and_turning_down_a_claim_is_denying() -> None:
    assert stance_of("rejected", content="the council's offer of talks") == "declines"
    assert stance_of("rejected", content="the council's claims") == "denies"


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("denied", "access to the lock gates", "declines"),
        ("denied", "any plan to close the lock", "denies"),
        ("rebuffed", "pressure to resign", "declines"),
        ("rebuffed", "the claim that the lock leaks", "denies"),
        ("dismissed", "Orlo as a crank", "asserts"),
        ("dismissed", "the report as gossip", "denies"),
        ("took issue with", "the new timetable", "accuses"),
        ("took issue with", "that description of the lock", "denies"),
        ("hit back, saying", "the lock was old", "asserts"),
        ("hit back at", "claims that the lock leaks", "denies"),
        ("did not consider", "the leak a danger", "denies"),
        ("had no doubt", "that the lock leaks", "asserts"),
        ("was doubtful", "that the lock leaks", "hedges"),
        ("are not buying", "the council's story", "denies"),
        ("apparently disagrees with", "the warden", "denies"),
        ("counter-accused", "the warden of theft", "accuses"),
        ("said on Quiz the Mayor", "the lock was old", "asserts"),
        ("called", "the charges unproven and invented by rivals", "denies"),
        ("called", "the lock a marvel", "asserts"),
        ("said", "It’s nonsense. The lock is sound.", "denies"),
        ("said", "It is old, and things that are not quite true are told of it", "asserts"),
        ("rejected the notion", "that pressure was put on the warden", "denies"),
    ],
)
def test_what_is_refused_tells_a_denial_from_its_look_alikes(
    cue: str, content: str, stance: str
) -> None:
    assert stance_of(cue, content=content) == stance


def test_a_negation_outside_the_cue_counts() -> None:
    assert stance_of("believe", before="The mayor does not") == "denies"


def test_inflected_words_are_known_by_their_base() -> None:
    assert [lemma(w) for w in ("denies", "told", "writing", "admitted", "bridge")] == [
        "deny",
        "tell",
        "write",
        "admit",
        None,
    ]
    assert is_reporting("allegedly") and not is_reporting("harbour")
