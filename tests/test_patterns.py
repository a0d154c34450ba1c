from __future__ import annotations

from whence.patterns import said


def shown(text: str) -> list[tuple[str, str, str]]:
    def words(extents: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[a:b] for a, b in extents)

    return [(words(s.source), words(s.cue), words(s.content)) for s in said(text)]


def test_a_quotation_goes_to_the_speaker_beside_it() -> None:
    assert shown("“No ship sank,” said Mara Orlo.") == [("Mara Orlo", "said", "“No ship sank,”")]
    assert shown("Orlo said: “No ship sank.”") == [("Orlo", "said", "“No ship sank.”")]


def test_a_quotation_in_two_pieces_is_one_statement() -> None:
    assert shown("“No ship sank,” she said, “and none will.”") == [
        ("she", "said", "“No ship sank,” … “and none will.”")
    ]


def test_what_somebody_said_without_quotation_marks() -> None:
    assert shown("The port office said that the ferry left on time.") == [
        ("The port office", "said", "the ferry left on time")
    ]


def test_according_to_somebody() -> None:
    assert shown("According to the port office, the ferry left on time.") == [
        ("the port office", "According to", "the ferry left on time")
    ]


def test_reportedly_names_nobody() -> None:
    assert shown("Three sailors were reportedly hurt in the storm.") == [
        ("", "reportedly", "Three sailors were … hurt in the storm")
    ]


def test_plain_narration_says_nothing_for_anyone() -> None:
    assert shown("The ferry left the old harbour at noon and reached the island by dusk.") == []
    assert shown("The so-called “floating bridge” closed in May.") == []


def test_a_state_is_no_cue() -> None:
    assert said("The state the ferry was in shocked the town.") == []
