"""What people decided: what stands, what became an orphan, and what it changes in what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence import judgements
from whence.errors import Usage
from whence.terms import (
    Anchor,
    Attribution,
    Document,
    Extents,
    Judgement,
    Mention,
    Reading,
    Span,
    Verdict,
    finding_id,
)
from whence.terms import Passage as Shared

TEXT = "“No ship sank,” Orlo told the Courier. Vask said the ferry was late."
DOC = "d1"


def words(*pieces: str, text: str = TEXT) -> Extents:
    return tuple((text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


def at(*pieces: str, type: str = "attribution", text: str = TEXT) -> Anchor:
    spans = words(*pieces, text=text)
    return Anchor(type, DOC, spans, judgements.quoted(text, spans))


def decided(
    verdict: str,
    *about: Anchor,
    value: str | None = None,
    id: str = "j1",
    replaces: str | None = None,
) -> Judgement:
    return Judgement(id, cast(Verdict, verdict), about, "Ida", "2031-05-02", value, None, replaces)


def statement(source: str, cue: str, content: str, speaker: str | None = None) -> Attribution:
    spans = words(source), words(cue), words(content)
    return Attribution(
        finding_id("attribution", DOC, *spans), DOC, "direct", *spans, speaker=speaker
    )


def a_reading(*found: Attribution) -> Reading:
    return Reading(Document(DOC, "courier.txt", TEXT, "0" * 64, "text/plain"), (), found)


def orlo() -> Attribution:
    return statement("Orlo", "told", "“No ship sank,”", "orlo")


def vask() -> Attribution:
    return statement("Vask", "said", "the ferry was late", "vask")


def states(
    *log: Judgement, text: str | None = TEXT, found: Sequence[Attribution] | None = None
) -> list[str]:
    """The state of each judgement of a log, over this text and these findings."""
    texts = {} if text is None else {DOC: text}
    spans = [judgements.whole(each) for each in ([orlo(), vask()] if found is None else found)]
    return [each.state for each in judgements.replay(log, texts, {("attribution", DOC): spans})]


# ---------------------------------------------------------------- what stands


def test_a_decision_stands() -> None:
    assert states(decided("accept", at("No ship sank"))) == ["standing"]


def test_a_later_answer_to_the_same_question_is_the_one_that_counts() -> None:
    first = decided("stance-is", at("No ship sank"), value="denies")
    second = decided("stance-is", at("No ship sank"), value="asserts", id="j2")
    assert states(first, second) == ["superseded", "standing"]


def test_answers_to_different_questions_stand_side_by_side() -> None:
    stance = decided("stance-is", at("No ship sank"), value="denies")
    worth = decided("accept", at("No ship sank"), id="j2")
    elsewhere = decided("stance-is", at("the ferry was late"), value="hedges", id="j3")
    assert states(stance, worth, elsewhere) == ["standing"] * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("accept", "reject"),
        ("accept", "not-a-statement"),
        ("is-origin", "not-origin"),
        ("not-origin", "is-origin"),
    ],
)
def test_opposite_verdicts_answer_the_same_question(one: str, other: str) -> None:
    log = decided(one, at("No ship sank")), decided(other, at("No ship sank"), id="j2")
    assert states(*log) == ["superseded", "standing"]


def test_same_and_not_same_are_one_question_whichever_is_named_first() -> None:
    a, b = at("No ship sank", type="claim"), at("the ferry was late", type="claim")
    log = decided("same-claim", a, b), decided("not-same-claim", b, a, id="j2")
    assert states(*log) == ["superseded", "standing"]


def test_who_copied_whom_is_another_question_the_other_way_round() -> None:
    a, b = Anchor("document", DOC, (), ""), at("the ferry was late", type="document")
    log = decided("is-copy-of", a, b), decided("not-copy-of", b, a, id="j2")
    assert states(*log) == ["standing", "standing"]


def test_fields_of_a_document_are_decided_one_by_one() -> None:
    page = Anchor("document", DOC, (), "")
    log = (
        decided("metadata-is", page, value="outlet=The Courier"),
        decided("metadata-is", page, value="byline=Tessa Halloran", id="j2"),
        decided("metadata-is", page, value="outlet=The Lurn Courier", id="j3"),
    )
    assert states(*log) == ["superseded", "standing", "standing"]


def test_notes_gather() -> None:
    log = decided("note", at("Orlo"), value="a"), decided("note", at("Orlo"), value="b", id="j2")
    assert states(*log) == ["standing", "standing"]


def test_a_note_that_replaces_another_takes_its_place() -> None:
    second = decided("note", at("Orlo"), value="b", id="j2", replaces="j1")
    assert states(decided("note", at("Orlo"), value="a"), second) == ["superseded", "standing"]


def test_undo_brings_back_what_stood_before() -> None:
    first = decided("stance-is", at("No ship sank"), value="denies")
    second = decided("stance-is", at("No ship sank"), value="asserts", id="j2", replaces="j1")
    undo = decided("undo", at("No ship sank"), id="j3", replaces="j2")
    assert states(first, second, undo) == ["standing", "superseded", "standing"]


def test_an_undo_can_be_undone() -> None:
    first = decided("accept", at("No ship sank"))
    undo = decided("undo", at("No ship sank"), id="j2", replaces="j1")
    again = decided("undo", at("No ship sank"), id="j3", replaces="j2")
    assert states(first, undo, again) == ["standing", "superseded", "standing"]


# ---------------------------------------------------------------- orphans


def test_a_decision_on_words_that_changed_is_an_orphan() -> None:
    changed = TEXT.replace("No ship sank", "Two ships sank")
    assert states(decided("accept", at("No ship sank")), text=changed) == ["orphaned"]


def test_a_decision_never_moves_to_the_same_words_elsewhere() -> None:
    moved = "Correction. " + TEXT
    assert states(decided("accept", at("No ship sank")), text=moved) == ["orphaned"]


def test_a_decision_on_a_document_that_is_gone_is_an_orphan() -> None:
    assert states(decided("note", at("Orlo"), value="a"), text=None) == ["orphaned"]


def test_a_decision_on_a_statement_that_is_no_longer_found_is_an_orphan() -> None:
    log = decided("stance-is", at("No ship sank"), value="denies")
    assert states(log, found=[vask()]) == ["orphaned"]
    assert states(log, found=[orlo()]) == ["standing"]


def test_what_a_person_added_needs_no_finding_and_carries_other_decisions() -> None:
    added = decided("add-statement", at("the ferry was late"), value="Vask")
    stance = decided("stance-is", at("the ferry was late"), value="hedges", id="j2")
    assert states(added, stance, found=[]) == ["standing", "standing"]


def test_a_decision_on_an_added_statement_falls_with_it() -> None:
    added = decided("add-statement", at("the ferry was late"), value="Vask")
    stance = decided("stance-is", at("the ferry was late"), value="hedges", id="j2")
    undo = decided("undo", at("the ferry was late"), id="j3", replaces="j1")
    assert states(added, stance, undo, found=[]) == ["superseded", "orphaned", "standing"]


@pytest.mark.parametrize("verdict", sorted(get_args(Verdict)))
def test_every_verdict_is_an_orphan_when_its_words_change(verdict: str) -> None:
    log = decided(verdict, at("No ship sank"), value="x")
    assert states(log, text="Something else altogether, at some length, stands here.") == [
        "orphaned"
    ]


# ---------------------------------------------------------------- replay is a function of the log

VERDICTS = ["accept", "reject", "stance-is", "note", "add-statement", "undo", "is-origin"]


@st.composite
def logs(draw: st.DrawFn) -> list[Judgement]:
    made: list[Judgement] = []
    for number in range(draw(st.integers(0, 9))):
        verdict = draw(st.sampled_from(VERDICTS if made else VERDICTS[:-2]))
        place = at(draw(st.sampled_from(["No ship sank", "the ferry was late", "Courier"])))
        replaces = None
        if verdict == "undo" or (made and draw(st.integers(0, 4)) == 0):
            replaces = draw(st.sampled_from(made)).id
        made.append(decided(verdict, place, value="denies", id=f"j{number}", replaces=replaces))
    return made


def plainly_stands(log: Sequence[Judgement], each: Judgement) -> bool:
    """What “stands” means, said as slowly and plainly as it can be."""

    def undone(one: Judgement) -> bool:
        later = log[log.index(one) + 1 :]
        return any(u.verdict == "undo" and u.replaces == one.id and not undone(u) for u in later)

    def answers(later: Judgement) -> bool:
        if later.verdict != "undo" and later.replaces == each.id:
            return True
        question = judgements.asked(each)
        return question is not None and judgements.asked(later) == question

    after = [later for later in log[log.index(each) + 1 :] if not undone(later)]
    return not undone(each) and not any(answers(later) for later in after)


@given(logs())
def test_what_stands_is_what_the_plain_rule_says(log: list[Judgement]) -> None:
    alive = [each.id for each in judgements.survivors(log)]
    assert alive == [each.id for each in log if plainly_stands(log, each)]


@given(logs())
def test_undoing_the_last_decision_gives_what_stood_before_it(log: list[Judgement]) -> None:
    if not log or log[-1].verdict == "undo":
        return
    undo = decided("undo", log[-1].about[0], id="undo", replaces=log[-1].id)
    before = states(*log[:-1])
    assert states(*log, undo)[: len(before)] == before


@given(logs())
def test_replay_loses_nothing_and_changes_only_the_state(log: list[Judgement]) -> None:
    again = judgements.replay(log, {DOC: TEXT}, {})
    assert [replace(each, state="standing") for each in again] == log


# ---------------------------------------------------------------- what it changes


def shown(*log: Judgement, found: Sequence[Attribution] | None = None) -> list[tuple[str, ...]]:
    """(speaker, stance, words) of each statement, as these decisions leave them."""
    reading = a_reading(*([orlo(), vask()] if found is None else found))
    after = judgements.apply(log, reading, {"orlo": "orlo", "vask": "vask"})
    return [
        (each.speaker or "?", each.stance, judgements.quoted(TEXT, each.content))
        for each in after.attributions
    ]


LATE = ("vask", "asserts", "the ferry was late")


def test_nothing_decided_changes_nothing() -> None:
    assert shown() == [("orlo", "asserts", "“No ship sank,”"), LATE]


def test_a_person_says_what_the_speaker_does() -> None:
    log = decided("stance-is", at("“No ship sank,”"), value="denies")
    assert shown(log) == [("orlo", "denies", "“No ship sank,”"), LATE]


def test_a_person_says_who_speaks() -> None:
    log = decided("speaker-is", at("“No ship sank,”"), value="Vask")
    assert shown(log) == [("vask", "asserts", "“No ship sank,”"), LATE]


def test_a_person_says_that_it_is_not_settled_who_speaks() -> None:
    log = decided("speaker-is", at("“No ship sank,”"))
    assert shown(log) == [("?", "asserts", "“No ship sank,”"), LATE]


@pytest.mark.parametrize("verdict", ["reject", "not-a-statement"])
def test_a_person_says_that_it_is_no_statement(verdict: str) -> None:
    assert shown(decided(verdict, at("“No ship sank,”"))) == [LATE]


def test_what_lay_within_a_rejected_statement_stands_by_itself() -> None:
    inner = replace(vask(), within=orlo().id, answers=(orlo().id,))
    after = judgements.apply([decided("reject", at("“No ship sank,”"))], a_reading(orlo(), inner))
    assert [(each.within, each.answers) for each in after.attributions] == [(None, ())]


def test_a_person_says_which_place_is_meant() -> None:
    start, end = words("the Courier")[0]
    named = Mention(DOC, start, end, "organisation", None, ("en1", "en2"))
    reading = replace(a_reading(), mentions=(named, replace(named, start=start + 4)))
    log = decided("place-is", at("the Courier", type="mention"), value="Courier Bay")
    meant, other = judgements.apply([log], reading, {"courier bay": "en7"}).mentions
    assert (meant.kind, meant.entity, meant.candidates) == ("place", "en7", ())
    assert other == reading.mentions[1]
    assert judgements.people_named([log]) == [("Courier Bay", "place")]


def test_a_person_corrects_the_words() -> None:
    start, end = words("the ferry")[0]
    log = decided("span-is", at("the ferry was late"), value=f'{{"content": [[{start}, {end}]]}}')
    assert shown(log)[1] == ("vask", "asserts", "the ferry")


def test_a_person_adds_a_statement() -> None:
    log = decided("add-statement", at("the ferry was late"), value="Vask")
    assert shown(log, found=[]) == [LATE]


def test_adding_what_is_there_already_gives_no_second_one() -> None:
    one, two = (decided("add-statement", at("the ferry"), value="Vask", id=i) for i in "ab")
    assert len(shown(one, two, found=[])) == 1


def test_a_person_is_surer_than_the_machine() -> None:
    unsure = replace(orlo(), confidence=0.4)
    after = judgements.apply([decided("accept", at("“No ship sank,”"))], a_reading(unsure))
    assert [each.confidence for each in after.attributions] == [1.0]


def test_a_person_corrects_what_the_page_says_of_itself() -> None:
    page = Anchor("document", DOC, (), "")
    log = [
        decided("metadata-is", page, value="outlet=The Lurn Courier"),
        decided("metadata-is", page, value="published=2031-05-02"),
    ]
    document = judgements.apply(log, a_reading()).document
    assert document.outlet == "The Lurn Courier"
    assert document.published is not None
    assert (document.published.first, document.published.basis) == ("2031-05-02", "stated")


def test_what_does_not_stand_changes_nothing() -> None:
    gone = replace(decided("reject", at("“No ship sank,”")), state="orphaned")
    assert len(shown(gone)) == 2


def test_a_decision_about_a_few_words_is_not_spread_over_many() -> None:
    wide = statement("Vask", "said", "Orlo told the Courier. Vask said the ferry was late", "vask")
    log = decided("speaker-is", at("the ferry"), value="Orlo")
    assert [who for who, *_ in shown(log, found=[wide])] == ["vask"]


def test_of_two_who_say_the_same_words_the_anchor_tells_which_is_meant() -> None:
    both = [
        statement("Orlo", "said", "the ferry was late", "orlo"),
        statement("Vask", "said", "the ferry was late", "vask"),
    ]
    anchor = judgements.anchored(both[0], TEXT, both)
    assert anchor.quote == "Orlo … said … the ferry was late"
    log = decided("stance-is", anchor, value="denies")
    assert [(who, stance) for who, stance, _ in shown(log, found=both)] == [
        ("orlo", "denies"),
        ("vask", "asserts"),
    ]


def test_a_passage_that_a_person_rejected_is_not_shown() -> None:
    left, right = Span(DOC, *words("No ship sank")[0]), Span("d2", 0, 12)
    shared = Shared("p1", left, right, "stock phrase", 1.0, "the same words")
    log = decided("reject", at("No ship sank", type="passage"))
    assert judgements.unrejected([log], "passage", [shared]) == []
    assert judgements.unrejected([log], "conflict", [shared]) == [shared]


# ---------------------------------------------------------------- what makes no sense


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        (decided("perhaps", at("Orlo")), "“perhaps” is not a verdict"),
        (decided("stance-is", at("Orlo"), value="shouts"), "“shouts” is not a stance"),
        (decided("stance-is", at("Orlo")), "stance-is needs a value"),
        (decided("note", at("Orlo")), "note needs a value"),
        (decided("same-entity", at("Orlo")), "same-entity is about two places, not 1"),
        (decided("accept"), "accept is about one place, not 0"),
        (decided("undo", at("Orlo")), "undo needs the id of a judgement"),
        (decided("metadata-is", at("Orlo"), value="weather=fine"), "needs “field=value”"),
        (decided("span-is", at("Orlo"), value="there"), "the value is not understood"),
        (decided("span-is", at("Orlo"), value='{"content": [[9, 3]]}'), "empty or backward"),
        (replace(decided("accept", at("Orlo")), by=" "), "a judgement needs a name"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(judgement: Judgement, why: str) -> None:
    with pytest.raises(Usage) as refused:
        judgements.examined(judgement)
    assert why in str(refused.value)


def test_names_are_compared_without_article_and_case() -> None:
    assert judgements.entity_for("the  Coastguard", {}) == judgements.entity_for("Coastguard", {})
    assert judgements.entity_for("A", {}) != judgements.entity_for("The A", {"a": "known"})
