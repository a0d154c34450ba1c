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
    assert stance_of("expects", sourced=True) == "asserts"


def test_turning_down_an_offer_is_declining_and_turning_down_a_claim_is_denying() -> None:
    assert stance_of("rejected", content="the council's offer of talks") == "declines"
    assert stance_of("rejected", content="the council's claims") == "denies"


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
