"""Who “I” and “you” are: tests that show a page, and whose the marked words are."""

from __future__ import annotations

import re

from whence.resolve import resolve
from whence.terms import Attribution, Document, Extent, Mention, Reading, finding_id

MARK = re.compile(r"\[[^]]+\]|\{[^}]+\}")


def whose(marked: str, byline: str | None = None) -> list[str | None]:
    """To whom each [I], [you] and [we] of a page is brought; {names} are a reader's, of persons."""
    spots: list[Extent] = []
    people: list[Extent] = []
    text, at = "", 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        start, words = len(text), found.group()[1:-1]
        text += words
        (spots if found.group()[0] == "[" else people).append((start, len(text)))
        at = found.end()
    text += marked[at:]
    said = []
    for start, end in spots:
        spans = (((start, end),), ((end + 1, end + 2),), ((end + 3, end + 6),))
        said.append(Attribution(finding_id("attribution", "d", *spans), "d", "indirect", *spans))
    document = Document("d", "d", text, "", "text/plain", "en", byline=byline)
    mentions = tuple(Mention("d", a, b, "person") for a, b in people)
    done = resolve([Reading(document, (), tuple(said), mentions)])
    names = {e.id: e.name for e in done.entities if e.named}
    by_id = {a.id: a.speaker for a in done.readings[0].attributions}
    return [names.get(by_id[a.id] or "") for a in said]


INTERVIEW = (
    "Courier interviews ferry keeper {Orlo Venn}\n\n"
    "The Courier spoke with {Orlo Venn}, who has kept the ferry at Ostley for ten years.\n\n"
    "How did it begin?\n\n"
    "[I] think it was an accident. The old keeper left and [I] said yes.\n\n"
    "Do [you] think the ferry will last?\n\n"
    "[I] hope that it will, for the sake of the school children on the far bank."
)


def test_answers_of_an_interview_are_of_whoever_is_interviewed() -> None:
    assert set(whose(INTERVIEW)) == {"Orlo Venn"}


def test_an_interview_with_two_leaves_open_whose_answer_it_is() -> None:
    two = INTERVIEW.replace("ferry keeper {Orlo Venn}", "{Orlo Venn} and {Mila Skarn}").replace(
        "with {Orlo Venn},", "with {Orlo Venn} and {Mila Skarn},"
    )
    assert set(whose(two)) == {None}


def test_an_interview_with_one_of_the_owners_names_nobody_else() -> None:
    vague = (
        "Courier interviews one of the owners of an inn\n\nThe inn stands where {Mila Skarn} wrote.\n\n"
        "Do [you] think it pays?\n\n[I] think so, most years.\n\nAnd in winter?\n\n[I] hope so."
    )
    assert set(whose(vague)) == {None}


def test_names_before_the_turns_tell_who_speaks() -> None:
    talk = (
        "A talk\n\n{Orlo Venn}: [I] think it floods.\n\n{Mila Skarn}: [I] doubt it.\n\n"
        "{Orlo Venn}: Why would [you] doubt it?\n\n{Mila Skarn}: Because [I] measured."
    )
    assert whose(talk) == ["Orlo Venn", "Mila Skarn", "Mila Skarn", "Mila Skarn"]


def test_a_letter_is_of_whoever_signs_it() -> None:
    letter = "Dear Jon:\n\n[I] think of you often.\n\nThe ferry is late, as [I] feared.\n\nYours truly,\n\n{Mila}"
    assert whose(letter) == ["Mila", "Mila"]


def test_a_talk_by_one_is_of_whoever_says_their_name() -> None:
    talk = "Hi everyone, my name is {Mila} and welcome back.\n\nToday [I] think we go to Ostley."
    assert whose(talk) == ["Mila"]


def test_a_host_and_a_guest_take_turns() -> None:
    talk = (
        "Welcome! I’m your host, {Orlo}, and I am joined by {Mila}.\n\nHello, [I] think it rains.\n\n"
        "Did [you] say rain?\n\nYes, [I] did."
    )
    assert whose(talk) == ["Mila", "Mila", "Mila"]


def test_counsel_who_is_called_on_answers_the_bench() -> None:
    hearing = (
        "{Mr. Venn}, please proceed.\n\n[I] say the dam was safe.\n\nAre [you] saying nobody knew?\n\n"
        "[I] believe nobody did."
    )
    assert set(whose(hearing)) == {"Venn"}


def test_the_teller_of_a_tale_is_not_the_writer_above_it() -> None:
    tale = (
        "By Jon Aldous\n\n“Run,” I said.\n\n“Why?” she asked.\n\n“Because,” I said, “it floods.”\n\n"
        "[I] knew it would."
    )
    assert whose(tale, byline="Jon Aldous") == [None]


def test_i_in_a_quotation_is_whoever_the_paragraph_says_speaks() -> None:
    page = "“The dam held, [I] think,” {Orlo Venn} told the Courier.\n\nIt rained."
    assert whose(page, byline="Mila Skarn") == ["Orlo Venn"]


def test_i_in_a_quotation_that_two_may_have_said_stays_open() -> None:
    page = "“The dam held, [I] think,” was said by {Orlo Venn} or {Mila Skarn}.\n\nIt rained."
    assert whose(page, byline="Jon Aldous") == [None]


def test_a_role_after_as_is_that_of_whoever_says_i() -> None:
    letter = "Dear Jon:\n\nAs [a keeper of the ferry], I often warn people.\n\nYours truly,\n\n{Mila Skarn}"
    assert whose(letter) == ["Mila Skarn"]


def test_a_role_with_the_name_beside_it_is_that_person() -> None:
    assert whose("In Ostley [the keeper], {Orlo Venn}, said no.") == ["Orlo Venn"]


def test_his_before_the_name_is_whom_the_sentence_names_next() -> None:
    assert whose("It rained at Ostley. In [his] log, {Orlo Venn} noted the tide.") == ["Orlo Venn"]


def test_he_after_a_role_is_the_one_introduced_with_it() -> None:
    page = (
        "{Keeper Orlo Venn} and {Jory Lisk} came to Ostley.\n\n{Jory Lisk} sat down.\n\n"
        "The keeper stood by the gate, where [he] smoked."
    )
    assert whose(page) == ["Orlo Venn"]
