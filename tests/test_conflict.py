"""What cannot both be right, with the clashing words and in the order a checker would want."""

from __future__ import annotations

from collections.abc import Sequence

from whence.conflict import conflicts
from whence.pile import Pile, pile
from whence.terms import (
    Attribution,
    Claim,
    Conflict,
    Document,
    Edge,
    Entity,
    Reading,
    Span,
    Telling,
    TellingStance,
)

Line = tuple[str, str, str, TellingStance]


def told(*lines: Line) -> tuple[Pile, tuple[Claim, ...]]:
    """A pile of (document, speaker, words, stance), all of one claim."""
    texts: dict[str, str] = {}
    found: dict[str, list[Attribution]] = {}
    tellings = []
    for number, (doc, speaker, said, stance) in enumerate(lines):
        start = len(texts.get(doc, ""))
        texts[doc] = texts.get(doc, "") + said + ".\n"
        content = ((start, start + len(said)),)
        id = f"at{number}"
        voice = "speaker" if speaker else "author"
        found.setdefault(doc, []).append(
            Attribution(
                id,
                doc,
                "indirect",
                (),
                (),
                content,
                voice=voice,  # type: ignore[arg-type]
                speaker=speaker or None,
            )
        )
        tellings.append(Telling(id, content, stance))
    readings = [
        Reading(
            Document(doc, doc, text, "", "text/plain", outlet=doc), attributions=tuple(found[doc])
        )
        for doc, text in texts.items()
    ]
    people = [Entity(name, "person", True, name) for _, name, _, _ in lines if name]
    return pile(readings, {e.id: e for e in people}.values()), (Claim("c", "…", tuple(tellings)),)


def shown(all_of: Pile, found: Sequence[Conflict]) -> list[tuple[str, str, str]]:
    def words(span: Span) -> str:
        return all_of.text(span.doc)[span.start : span.end]

    return [(each.kind, words(each.left), words(each.right)) for each in found]


def clashing(*lines: Line, edges: Sequence[Edge] = ()) -> list[tuple[str, str, str]]:
    all_of, claims = told(*lines)
    return shown(all_of, conflicts(all_of, claims, edges))


COPIED = Edge("e", "courier", "gazette", "copies", True, "")


def test_what_one_says_and_another_denies_is_a_conflict() -> None:
    assert clashing(
        ("courier", "Orlo", "a warning was sent to Lurn", "asserts"),
        ("gazette", "Vask", "any warning was sent to Lurn", "denies"),
    ) == [("denial", "a warning was sent to Lurn", "any warning was sent to Lurn")]


def test_the_reason_names_both_parties() -> None:
    all_of, claims = told(
        ("courier", "Orlo", "a warning was sent", "asserts"),
        ("gazette", "Vask", "a warning was sent", "denies"),
    )
    assert conflicts(all_of, claims, ())[0].why == "Orlo says it, Vask denies it."


def test_two_numbers_of_one_thing_clash() -> None:
    assert clashing(
        ("courier", "Orlo", "three gates were opened", "asserts"),
        ("gazette", "Vask", "four gates were opened at night", "asserts"),
    ) == [("number", "three gates", "four gates")]


def test_two_numbers_in_one_document_clash_too() -> None:
    assert clashing(
        ("courier", "", "four women were held", "asserts"),
        ("courier", "", "three women were held", "asserts"),
    ) == [("number", "four women", "three women")]


def test_numbers_of_different_things_do_not_clash() -> None:
    assert not clashing(
        ("courier", "Orlo", "three gates were opened", "asserts"),
        ("gazette", "Vask", "nineteen houses stand under water beside 19 barns", "asserts"),
    )


def test_rounded_measures_do_not_clash() -> None:
    assert not clashing(
        ("courier", "Orlo", "the river rose by 1.5 metres", "asserts"),
        ("gazette", "Vask", "the river rose by 1.4 metres", "asserts"),
    )


def test_a_copy_that_makes_several_a_large_number_drifts() -> None:
    assert clashing(
        ("courier", "", "several boats were lost in the old harbour", "asserts"),
        ("gazette", "", "a large number of boats were lost in the old harbour", "asserts"),
        edges=[COPIED],
    ) == [("drift", "several", "a large number of")]


def test_a_copy_that_makes_could_would_drifts() -> None:
    assert clashing(
        ("courier", "", "the old gates could open by themselves", "asserts"),
        ("gazette", "", "the old gates would open by themselves", "asserts"),
        edges=[COPIED],
    ) == [("drift", "could", "would")]


def test_another_spelling_is_no_drift() -> None:
    assert not clashing(
        ("courier", "", "the harbour of Dzhorna was closed at noon", "asserts"),
        ("gazette", "", "the harbor of Djorna was closed at noon", "asserts"),
        edges=[COPIED],
    )


def test_without_an_edge_there_is_nothing_to_drift_from() -> None:
    assert not clashing(
        ("courier", "", "several boats were lost in the old harbour", "asserts"),
        ("gazette", "", "a large number of boats were lost in the old harbour", "asserts"),
    )


def test_one_person_under_two_first_names() -> None:
    all_of, claims = told(
        ("courier", "Edvine Quoll", "Edvine Quoll rang the bell", "asserts"),
        ("gazette", "Edwina Quoll", "Edwina Quoll rang the bell", "asserts"),
    )
    assert ("name", "Edvine Quoll", "Edwina Quoll") in shown(all_of, conflicts(all_of, claims, ()))


def test_two_short_first_names_are_two_people() -> None:
    all_of, claims = told(
        ("courier", "Rand Quoll", "Rand Quoll rang the bell", "asserts"),
        ("gazette", "Ron Quoll", "Ron Quoll swept the loft", "asserts"),
    )
    assert conflicts(all_of, claims, ()) == ()


def test_a_denial_stands_before_a_name_and_ranks_count_from_one() -> None:
    all_of, claims = told(
        ("courier", "Edvine Quoll", "Edvine Quoll rang the bell", "asserts"),
        ("gazette", "Edwina Quoll", "Edwina Quoll rang the bell", "denies"),
    )
    found = conflicts(all_of, claims, ())
    assert [(each.rank, each.kind) for each in found] == [(1, "denial"), (2, "name")]


def test_agreement_is_no_conflict() -> None:
    assert not clashing(
        ("courier", "Orlo", "three gates were opened", "asserts"),
        ("gazette", "Vask", "three gates were opened", "asserts"),
    )
