"""What the build of a sentence settles, whatever the reader's weights: finds in, finds out.

A find is shown as (source, cue, content); `…` parts the pieces.
"""

from __future__ import annotations

import pytest

from whence import structure
from whence.reader import Said
from whence.structure import imagined, joints, nouns, spoken
from whence.terms import Block, Extent

Shown = tuple[str, str, str]


def at(text: str, words: str) -> tuple[Extent, ...]:
    out: list[Extent] = []
    for piece in filter(None, words.split(" … ")):
        start = text.index(piece, out[-1][1] if out else 0)
        out.append((start, start + len(piece)))
    return tuple(out)


def find(text: str, source: str, cue: str, content: str) -> Said:
    return Said(at(text, source), at(text, cue), at(text, content), 0.9)


def shown(text: str, said: Said) -> Shown:
    source, cue, content = (" … ".join(text[a:b] for a, b in e).strip(" ,.")
                            for e in (said.source, said.cue, said.content))  # fmt: skip
    return source, cue, content


# A statement named by a noun inside another's


@pytest.mark.parametrize(
    ("text", "cue", "content", "outer", "inner"),
    [
        ("Orlo rejected Oldhaven’s claims that the lock leaks.", "rejected",
         "Oldhaven’s claims that the lock leaks",
         ("Orlo", "rejected", "Oldhaven’s claims that the lock leaks"),
         ("Oldhaven’s", "claims", "the lock leaks")),
        ("Orlo has denied accusations that the lock leaks.", "has denied accusations",
         "the lock leaks", ("Orlo", "has denied", "accusations that the lock leaks"),
         ("", "accusations", "the lock leaks")),
        ("Orlo repeated the warden's warning of a flood.", "repeated",
         "the warden's warning of a flood", ("Orlo", "repeated", "the warden's warning of a flood"),
         ("the warden's", "warning", "a flood")),
        ("Orlo hit back at Norvian declarations of victory.", "hit back at",
         "Norvian declarations of victory", ("Orlo", "hit back at", "Norvian declarations of victory"),
         ("Norvian", "declarations", "victory")),
    ],
)  # fmt: skip
def test_a_statement_named_by_a_noun_is_found_inside_its_denial(
    text: str, cue: str, content: str, outer: Shown, inner: Shown
) -> None:
    got = nouns.inner(text, [find(text, "Orlo", cue, content)])
    assert [shown(text, s) for s in got] == [outer, inner]


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Orlo denied the report that the lock leaks.", "denied", "the report that the lock leaks"),
        ("Orlo rejected the claims.", "rejected", "the claims"),
        ("Orlo rejected the claim that day.", "rejected", "the claim that day"),
        ("Orlo said the league's claims of fraud had hurt.", "said", "the league's"),
        ("Orlo denied that Venn's claims of fraud hurt him.", "denied", "him"),
        ("Orlo said “Venn's claims of fraud are old”.", "said", "“Venn's claims of fraud are old”"),
    ],
)  # fmt: skip
def test_no_statement_is_made_of_other_nouns_or_of_quoted_words(
    text: str, cue: str, content: str
) -> None:
    whole = find(text, "Orlo", cue, content)
    if content == "the league's":
        whole = find(text, "Orlo", "said", "had hurt")
    assert nouns.inner(text, [whole]) == [whole]


# What is no statement


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("If the pilots think that the lock is safe they are wrong.", "the pilots", "think",
         "the lock is safe"),
        ("The pilots should consider the state of the lock.", "The pilots", "should consider",
         "the state of the lock"),
        ("The envoys were managing to agree on the toll.", "The envoys", "managing to agree on",
         "the toll"),
        ("The envoys decided to close the lock.", "The envoys", "decided", "to close the lock"),
        ("The pilots don't realize that the lock leaks.", "The pilots", "don't realize",
         "the lock leaks"),
        ("I wrote about this in “The Leaking Lock” last year.", "I", "wrote about",
         "“The Leaking Lock”"),
        ("Why do I mention that? It matters.", "I", "mention", "that"),
        ("The mayor has proof that the keepers knew the gate would fail.", "the keepers", "knew",
         "the gate would fail"),
    ],
)  # fmt: skip
def test_supposing_advising_and_deciding_say_nothing(
    text: str, source: str, cue: str, content: str
) -> None:
    assert spoken.statements(text, [find(text, source, cue, content)]) == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The pilots think that the lock is safe.", "The pilots", "think", "the lock is safe"),
        ("If the warden says that the lock is safe, go.", "the warden", "says", "the lock is safe"),
        ("“If they think the lock is safe, they err,” he said.", "they", "think",
         "the lock is safe"),
        ("The envoys decided that the lock was unsafe.", "The envoys", "decided",
         "the lock was unsafe"),
        ("The pilots could not say when the lock closed.", "The pilots", "could not say",
         "when the lock closed"),
        ("The pilots realized the lock was leaking.", "The pilots", "realized",
         "the lock was leaking"),
        ("I believe the lock is safe.", "I", "believe", "the lock is safe"),
        ("It could be expected that the lock leaks.", "", "could be expected", "the lock leaks"),
    ],
)  # fmt: skip
def test_beliefs_and_reports_stay(text: str, source: str, cue: str, content: str) -> None:
    whole = find(text, source, cue, content)
    assert spoken.statements(text, [whole]) == [whole]


def test_a_commenter_may_say_what_they_wrote() -> None:
    text = "I mention that the lock leaks."
    whole = find(text, "I", "mention", "the lock leaks")
    assert spoken.statements(text, [whole], comment=True) == [whole]
    assert spoken.statements(text, [whole]) == []


def test_a_cue_cut_before_its_not_is_mended() -> None:
    text = "The pilots apparently don't think the lock is safe."
    cut = find(text, "The pilots", "apparently don", "'t think the lock is safe")
    (got,) = spoken.statements(text, [cut])
    assert shown(text, got) == ("The pilots", "apparently don't think", "the lock is safe")


# Joints


@pytest.mark.parametrize(
    ("text", "content", "first", "second"),
    [
        ("Orlo said shots fell near the lock but he could not confirm who fired them.",
         "shots fell near the lock but he could not confirm who fired them",
         "shots fell near the lock", ("he", "could not confirm", "who fired them")),
        ("Orlo said the lock leaked, but he denied that anyone drowned.",
         "the lock leaked, but he denied that anyone drowned",
         "the lock leaked", ("he", "denied", "anyone drowned")),
    ],
)  # fmt: skip
def test_what_he_could_not_confirm_is_a_statement_of_its_own(
    text: str, content: str, first: str, second: Shown
) -> None:
    got = [shown(text, s) for s in joints.joined(text, [find(text, "Orlo", "said", content)])]
    assert got == [("Orlo", "said", first), second]


@pytest.mark.parametrize(
    "text",
    [
        "Orlo said the lock leaked but he could not swim.",
        "Orlo said “the lock leaked but he could not confirm it”.",
        "Orlo said Venn was ill, though he denied it.",
        "Orlo said the pilot and the warden denied it.",
    ],
)
def test_no_other_joint_parts_a_statement(text: str) -> None:
    whole = find(text, "Orlo", "said", text[10:-1])
    assert joints.joined(text, [whole]) == [whole]


def test_a_bare_participle_has_the_speaker_of_the_clause_before() -> None:
    text = "The ministry denied the league's claims, saying it took care."
    main = find(text, "The ministry", "denied", "the league's claims")
    bare = find(text, "", "saying", "it took care")
    assert joints.joined(text, [main, bare])[1].source == main.source


def test_a_participle_of_another_sentence_or_with_no_comma_keeps_no_speaker() -> None:
    text = "The ministry denied the claims. Posters saying it took care hung in town."
    main = find(text, "The ministry", "denied", "the claims")
    bare = find(text, "", "saying", "it took care")
    assert joints.joined(text, [main, bare])[1].source == ()


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("Orlo accused Venn of draining the lock, and selling the water to the mill.",
         "Venn of draining the lock", "Venn of draining the lock, and selling the water to the mill"),
        ("Orlo accused Venn of draining the lock, saying the mill had paid.",
         "Venn of draining the lock", "Venn of draining the lock"),
        ("Orlo accused Venn of theft, and sailing resumed.", "Venn of theft", "Venn of theft"),
    ],
)  # fmt: skip
def test_an_accusation_holds_both_deeds(text: str, content: str, whole: str) -> None:
    said = find(text, "Orlo", "accused", content)
    assert shown(text, joints.whole(text, said, [said]))[2] == whole


@pytest.mark.parametrize(
    ("text", "content", "whole"),
    [
        ("This means the crew “feel quite safe” in the old lock, the warden stated.",
         "in the old lock", "This means the crew “feel quite safe” in the old lock"),
        ("“The crew feel safe,” in the old lock, the warden stated.", "in the old lock",
         "“The crew feel safe,” in the old lock"),
        ("But the lock is old, the warden stated.", "the lock is old", "the lock is old"),
        ("Venn called it “fine” but the lock is old, the warden stated.", "the lock is old",
         "the lock is old"),
    ],
)  # fmt: skip
def test_a_closing_tag_governs_the_whole_sentence_before_it(
    text: str, content: str, whole: str
) -> None:
    said = find(text, "the warden", "stated", content)
    assert shown(text, joints.whole(text, said, [said]))[2] == whole


@pytest.mark.parametrize(
    "source",
    [
        "A study by Oldhaven and the Norvia Guild",
        "Lawyers for both Orlo and Venn",
        "The Ferries and Locks Committee",
        "Polls in Oldhaven and Norvia",
    ],
)
def test_an_and_inside_one_phrase_makes_no_two_speakers(source: str) -> None:
    text = f"{source} said the lock leaks."
    whole = find(text, source, "said", "the lock leaks")
    names = [at(text, n)[0] for n in ("Oldhaven", "the Norvia Guild", "Orlo", "Venn", "Ferries",
                                      "Locks Committee", "Norvia") if n in text]  # fmt: skip
    assert structure.parted(text, [whole], names) == [whole]


def test_two_names_are_two_speakers() -> None:
    text = "The Ferry Guild and Mara Orlo said the lock leaks."
    whole = find(text, "The Ferry Guild and Mara Orlo", "said", "the lock leaks")
    names = [at(text, "Ferry Guild")[0], at(text, "Mara Orlo")[0]]
    assert [shown(text, s)[0] for s in structure.parted(text, [whole], names)] == [
        "The Ferry Guild",
        "Mara Orlo",
    ]


@pytest.mark.parametrize(
    ("text", "content", "more"),
    [
        ("Orlo said the lock leaks, adding that it was old.", "the lock leaks",
         [("Orlo", "adding", "it was old")]),
        ("Orlo said the lock leaks, adding water to the mill.", "the lock leaks", []),
        ("Orlo said “it leaks, saying the least”, and left.", "“it leaks, saying the least”", []),
        ("Orlo said the lock leaks, adding that it was old", "the lock leaks, adding that it was old",
         []),
    ],
)  # fmt: skip
def test_a_trailing_participle_says_more(text: str, content: str, more: list[Shown]) -> None:
    whole = find(text, "Orlo", "said", content)
    got = joints.trailing(text, [whole])
    assert [shown(text, s) for s in got] == [shown(text, whole), *more]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Orlo rejected the claim, “It is a lie.”", "the claim … “It is a lie.”"),
        ("Orlo rejected the claim: “It is a lie,” in May.", "the claim"),
        ("Orlo rejected the claim. “It is a lie.”", "the claim"),
    ],
)
def test_a_quotation_that_closes_the_sentence_is_said_too(text: str, whole: str) -> None:
    said = find(text, "Orlo", "rejected", "the claim")
    assert shown(text, joints.whole(text, said, [said]))[2] == whole


def test_a_verb_swallowed_by_the_cue_goes_back_to_the_content() -> None:
    text = "The town has drawings which they say show leaks in the lock."
    said = find(text, "they", "say show", "leaks in the lock")
    assert shown(text, joints.unswallowed(text, said)) == (
        "they",
        "say",
        "show … leaks in the lock",
    )


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The town denied ordering a dredge that the league said killed two swans.",
         [("the league", "said", "a dredge … killed two swans")]),
        ("It was a plan that Orlo claimed would save the lock, for now.",
         [("Orlo", "claimed", "a plan … would save the lock")]),
        ("It was the man that Orlo said hello to.", []),
        ("“It was a plan that Orlo said would fail,” Venn said.", []),
        ("The lock that the league built leaks.", []),
    ],
)  # fmt: skip
def test_relative_clauses_speak_too(text: str, want: list[Shown]) -> None:
    assert [shown(text, s) for s in joints.relative(text, ((0, len(text)),), [])] == want


def test_a_headline_names_its_speaker_first() -> None:
    text = "Norvia “Officially” Accuses Oldhaven of Draining the Lock"
    head = [Block("b", "d", 0, len(text), "headline")]
    said = find(text, "", "Accuses", "Oldhaven of Draining the Lock")
    (got,) = joints.headed(text, head, [said])
    assert shown(text, got)[0] == "Norvia"
    assert joints.headed(text, [Block("b", "d", 0, len(text), "body")], [said]) == [said]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Pilot warned of old lock, warden says",
         [("warden", "says", "Pilot warned of old lock")]),
        ("Lock, dam and mill, Orlo says", []),
        ("Lock is old and nobody says so", []),
    ],
)  # fmt: skip
def test_a_headline_may_end_in_its_speaker(text: str, want: list[Shown]) -> None:
    head = [Block("b", "d", 0, len(text), "headline")]
    assert [shown(text, s) for s in joints.headed(text, head, [])] == want


def test_a_closing_tag_takes_in_the_one_who_warned() -> None:
    text = "A pilot warned weeks ago that the lock leaks, the mayor says."
    inner = find(text, "A pilot", "warned", "the lock leaks")
    outer = find(text, "the mayor", "says", "warned weeks ago that the lock leaks")
    wide = structure.widened(text, outer, [inner, outer])
    assert shown(text, wide)[2] == "A pilot warned weeks ago that the lock leaks"


def test_reportedly_in_a_headline_keeps_no_speaker() -> None:
    text = "Norvia Reportedly Drains the Lock"
    said = find(text, "", "Reportedly", "Drains the Lock")
    assert joints.headed(text, [Block("b", "d", 0, len(text), "headline")], [said]) == [said]


def test_i_did_not_say_that_denies_no_more_than_that() -> None:
    text = "I didn’t say that and leaving the lock open is no crime."
    said = find(text, "I", "didn’t say", "and leaving the lock open is no crime")
    assert shown(text, joints.bare_that(text, said)) == ("I", "didn’t say", "that")
    text = "I didn’t say that the lock leaks."
    said = find(text, "I", "didn’t say", "the lock leaks")
    assert joints.bare_that(text, said) == said


@pytest.mark.parametrize(
    ("text", "content", "want"),
    [
        ("Orlo declined to comment and hung up.", "to comment and hung up", "to comment"),
        (
            "Orlo declined to comment on the lock.",
            "to comment on the lock",
            "to comment on the lock",
        ),
    ],
)
def test_who_declines_to_comment_says_no_more(text: str, content: str, want: str) -> None:
    said = find(text, "Orlo", "declined", content)
    assert shown(text, joints.bare_that(text, said))[2] == want


def test_imagined_speech_is_found_by_its_go() -> None:
    text = (
        'The pilots could open the lock at night and then go "oops, was that you? We had no idea".'
    )
    (got,) = imagined.imagined(text, ((0, len(text)),), [])
    assert shown(text, got) == (
        "The pilots", "go", '"oops, was that you? We had no idea"')  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        'The pilots went to the inn called "The Swan and the Lock".',
        "The pilots could go home and sing.",
        'The pilots could go to "The Swan".',
    ],
)
def test_going_somewhere_imagines_no_speech(text: str) -> None:
    assert imagined.imagined(text, ((0, len(text)),), []) == []


QUOTED = "We know that the lock leaks. These pictures show the cracks. Venn says it is safe."


def test_the_quoted_speakers_own_we_know_is_no_statement_of_its_own() -> None:
    text = "Orlo complained:\n\n" + QUOTED
    leaves = [Block("a", "d", 0, 17, "body"), Block("q", "d", 18, len(text), "quote")]
    lead = find(text, "Orlo", "complained", ":")
    inside = [find(text, "We", "know", "the lock leaks"),
              find(text, "These pictures", "show", "the cracks"),
              find(text, "Venn", "says", "it is safe")]  # fmt: skip
    got = structure.block_quotes(text, leaves, [lead, *inside])
    assert [shown(text, s)[0] for s in got] == ["Venn", "Orlo"]


@pytest.mark.parametrize(
    ("text", "cue", "content", "left"),
    [
        ("Orlo warned the Harbour Board (HB) that the gate was weak.", "warned",
         "the Harbour Board (HB) that the gate was weak", "the gate was weak"),
        ("Orlo told reporters that the gate was weak.", "told",
         "reporters that the gate was weak", "the gate was weak"),
        ("Orlo warned the deal that Norra signed would fail.", "warned",
         "the deal that Norra signed would fail", "the deal that Norra signed would fail"),
    ],
)  # fmt: skip
def test_whom_it_was_told_to_is_not_what_was_told(
    text: str, cue: str, content: str, left: str
) -> None:
    assert shown(text, joints.addressed(text, find(text, "Orlo", cue, content)))[2] == left
