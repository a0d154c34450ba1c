"""Structure and plain patterns, without a model: what must hold whatever the weights."""

from __future__ import annotations

import pytest

from whence import attribute, reader, structure
from whence.attribute import links
from whence.attribute.making import made
from whence.channels import Governed
from whence.reader import Said
from whence.terms import Attribution, Block, Channel, Document, Role


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "available", lambda: False)


def page(*parts: tuple[Role, str] | tuple[Role, str, str]) -> tuple[Document, list[Block]]:
    """A document made of blocks, each (role, words) or (role, words, by)."""
    text, blocks = "", []
    for n, part in enumerate(parts):
        start = len(text)
        text += part[1] + "\n\n"
        by = part[2] if len(part) > 2 else None
        blocks.append(Block(f"b{n}", "d", start, len(text), part[0], by=by))
    return Document("d", "page.txt", text, "0" * 64, "text/plain"), blocks


def shown(*parts: tuple[Role, str] | tuple[Role, str, str]) -> list[tuple[str, str, str, str]]:
    document, blocks = page(*parts)
    return [(words(document, a.source), a.stance, a.voice, words(document, a.content))
            for a in attribute.attribute(document, blocks)]  # fmt: skip


def words(document: Document, extents: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(document.text[a:b] for a, b in extents)


def found(*parts: tuple[Role, str] | tuple[Role, str, str]) -> list[Attribution]:
    return list(attribute.attribute(*page(*parts)))


def test_a_speaker_and_the_writer_are_kept_apart() -> None:
    assert shown(
        ("body", "The ferry sank on Monday. The port office said that nobody drowned.")
    ) == [
        ("", "asserts", "author", "The ferry sank on Monday"),
        ("The port office", "asserts", "speaker", "nobody drowned"),
    ]


def test_a_block_quotation_goes_to_the_speaker_of_its_lead_in() -> None:
    assert shown(
        ("body", "The Harbour Ministry complained:"),
        ("quote", "The ferry was sound. It had been checked in May."),
        ("quote", "We regret the loss."),
        ("body", "The inquiry goes on until the autumn."),
    ) == [
        ("The Harbour Ministry", "asserts", "speaker",
         "The ferry was sound. It had been checked in May … We regret the loss"),
        ("", "asserts", "author", "The inquiry goes on until the autumn"),
    ]  # fmt: skip


def test_a_post_is_its_posters_own_words() -> None:
    assert shown(
        (
            "post",
            "The ferry is afloat https://t.example/a — Port Office (@port) May 3, 2021",
            "Port Office",
        )
    ) == [("Port Office", "asserts", "speaker", "The ferry is afloat")]


def test_a_comment_is_never_the_outlets_claim() -> None:
    assert shown(("comment", "Everybody knows the ferry was sunk by the council.", "Gull")) == [
        ("", "asserts", "commenter", "Everybody knows the ferry was sunk by the council")
    ]


def test_boilerplate_says_nothing() -> None:
    assert (
        shown(("boilerplate", "The publisher has said that this site accepts no liability.")) == []
    )


def test_a_page_handed_to_another_outlet_speaks_in_that_outlets_voice() -> None:
    got = found(
        ("body", "Baynews.example reports: The ferry sank at noon in the bay."),
        ("body", "“It was quick,” said Mara Orlo."),
    )
    assert [a.voice for a in got] == ["outlet", "speaker"]
    assert [(c.name, c.inherited) for c in got[1].channels] == [("Baynews.example", True)]


def test_an_agency_that_reports_what_another_said_is_the_others_channel() -> None:
    text = "The port office said that nobody drowned, the Nord news agency reported."
    outer, inner = sorted(found(("body", text)), key=lambda a: not a.reports)
    assert outer.reports and inner.within == outer.id
    assert [c.name for c in inner.channels] == ["Nord"]


def test_invented_speech_is_marked_as_imputed() -> None:
    (got,) = [a for a in found(("body", "The owners could simply say “we had no idea, no idea at all”."))
              if a.cue]  # fmt: skip
    assert got.imputed and got.form == "direct"


def test_the_same_words_have_the_same_id_in_every_run() -> None:
    part: tuple[Role, str] = ("body", "The port office said that nobody drowned.")
    assert [a.id for a in found(part)] == [a.id for a in found(part)]


def test_every_finding_slices_to_words() -> None:
    document, blocks = page(("body", "🙂 “No,” said Zoë\u0301 Orlo. The bay was reportedly calm."))
    for each in attribute.attribute(document, blocks):
        for a, b in (*each.source, *each.cue, *each.content):
            assert document.text[a:b].strip() == document.text[a:b] != ""


def test_a_speaker_begins_with_a_letter() -> None:
    document, _ = page(("body", "🚢 • Mara Orlo said the ferry sank."))
    text = document.text
    found = made(document, Said(((0, text.index(" said")),), ((14, 18),), ((19, 33),), 0.9))
    assert found and words(document, found.source) == "Mara Orlo"


def test_a_title_belongs_to_its_speaker() -> None:
    document, _ = page(("body", "The ferry, Mr. Orlo said, is old. The ferry, said Orlo, is new."))
    text = document.text
    cut = Said(
        ((text.index(". Orlo"), text.index(" said")),), ((19, 23),), ((0, 13), (25, 32)), 0.9
    )
    found = made(document, cut)
    assert found and words(document, found.source) == "Mr. Orlo"
    assert words(document, found.content) == "The ferry … is old"


def stance(text: str) -> str:
    """The stance in “[source] <cue> {content}”."""
    spots: list[tuple[tuple[int, int], ...]] = []
    for left, right in ("[]", "<>", "{}"):
        spots.append(((text.index(left) + 1, text.index(right)),))
    return attribute.stance_at(text, *spots)


def test_who_never_said_that_denies_it() -> None:
    assert stance("[I] <didn’t say> {that}, and the ferry was late.") == "denies"
    assert stance("[The mayor] <didn’t say> {when the ferry leaves}.") == "declines"
    assert stance("[I] <never said> {the ferry was late}.") == "declines"


def test_what_few_believe_is_denied() -> None:
    assert stance("[Few pilots] <believe> {the ferry is sound}.") == "denies"
    assert stance("[The pilots] <believe> {the ferry is sound}.") == "asserts"


def test_two_speakers_with_one_verb_are_two_statements() -> None:
    text = "Both Mara Orlo and the Harbour League say the ferry was sound."
    whole = Said(((0, 37),), ((38, 41),), ((42, 61),), 0.9)
    names = [(5, 14), (23, 37)]
    both = structure.parted(text, [whole], names)
    assert [text[slice(*m.source[0])] for m in both] == ["Mara Orlo", "the Harbour League"]
    assert {m.content for m in both} == {whole.content}


def test_one_name_with_an_and_in_it_is_one_speaker() -> None:
    text = "The Office of Ferries and Buoys said so."
    whole = Said(((0, 31),), ((32, 36),), ((37, 39),), 0.9)
    assert structure.parted(text, [whole], [(4, 31)]) == [whole]


def test_double_tags_tell_who_passes_on_and_who_said_it() -> None:
    text = "The ferry has sunk off Oldhaven, the Harbour Ministry has announced, Reuters reported."
    outer, inner = sorted(found(("body", text)), key=lambda a: not a.reports)
    assert (text[slice(*outer.source[0])], text[slice(*inner.source[0])]) == (
        "Reuters",
        "the Harbour Ministry",
    )
    assert inner.within == outer.id and [c.name for c in inner.channels] == ["Reuters"]


def test_who_reports_a_warning_says_that_it_was_given() -> None:
    text = "Rook warned the league that the hull was thin, the mayor said."
    inner = Said(((0, 4),), ((5, 11),), ((23, 45),), 0.9)
    outer = Said(((47, 56),), ((57, 61),), ((28, 45),), 0.9)
    wide = structure.widened(text, outer, [inner, outer])
    words = text[slice(*wide.content[0])].rstrip(" ,")
    assert words == "Rook warned the league that the hull was thin"
    assert structure.widened(text, inner, [inner, outer]) == inner


def test_a_bare_denial_points_to_the_one_statement_before_it() -> None:
    document, _ = page(("body", "Orlo said the lock leaks. Venn denied it."))
    said = made(document, Said(((0, 4),), ((5, 9),), ((10, 24),), 0.9))
    denied = made(document, Said(((26, 30),), ((31, 37),), ((38, 40),), 0.9))
    assert said and denied
    assert [a.answers for a in links.answered(document.text, [said, denied])] == [(), (said.id,)]


def test_a_denial_of_one_of_two_statements_points_to_neither() -> None:
    text = "Orlo said the lock leaks and Rook said the dam does. Venn denied it."
    document, _ = page(("body", text))
    spots = [
        ((0, 4), (5, 9), (10, 24)),
        ((29, 33), (34, 38), (39, 51)),
        ((53, 57), (58, 64), (65, 67)),
    ]
    both = [made(document, Said((s,), (c,), (w,), 0.9)) for s, c, w in spots]
    assert all(not a.answers for a in links.answered(text, [m for m in both if m]))


def test_nobody_denies_their_own_words() -> None:
    text = "Venn said the lock leaks. Venn denied it."
    document, _ = page(("body", text))
    both = [made(document, Said((s,), (c,), (w,), 0.9)) for s, c, w in
            [((0, 4), (5, 9), (10, 24)), ((26, 30), (31, 37), (38, 40))]]  # fmt: skip
    assert all(not a.answers for a in links.answered(text, [m for m in both if m]))


def test_a_denial_answers_the_claim_it_names() -> None:
    text = "Venn rejected Orlo’s claims that the lock leaks."
    document, _ = page(("body", text))
    outer = made(document, Said(((0, 4),), ((5, 13),), ((14, 47),), 0.9))
    inner = made(document, Said(((14, 20),), ((21, 27),), ((33, 47),), 0.9))
    assert outer and inner
    got = links.answered(text, links.nested(text, [outer, inner]))
    assert [(a.within, a.answers) for a in got] == [(None, (inner.id,)), (outer.id, ())]


def test_a_post_tells_its_platform() -> None:
    post = "The ferry is afloat pic.twitter.com/a1 — Port Office (@port) May 3, 2021"
    (got,) = found(("post", post, "Port Office"))
    assert [(c.name, c.route) for c in got.channels] == [("Twitter", "published")]
    (got,) = found(("post", "The ferry is afloat — Port Office May 3, 2021", "Port Office"))
    assert got.channels == ()


def test_the_counts_under_a_post_are_not_its_words() -> None:
    assert found(("post", "3 replies . 19 retweets 7 likes")) == []


def test_a_dateline_in_the_middle_of_a_page_governs_its_own_paragraph() -> None:
    got = found(
        ("body", "Rook said the ferry was old."),
        ("body", "OLDHAVEN, May 3 (NORD)-Orlo said the ferry was sound."),
        ("body", "Venn said the ferry was late."),
    )
    assert [[c.name for c in a.channels] for a in got if a.cue] == [[], ["NORD"], []]


def test_a_bracket_in_running_words_is_no_dateline() -> None:
    got = found(
        ("body", "Rook said the ferry was old."),
        ("body", "The office of ferries (OFF) - a small body - said the ferry was sound."),
    )
    assert all(not a.channels for a in got)


def test_one_outlet_is_named_once() -> None:
    text = "Baynews.example reports: Orlo told Baynews it was quick and told Nord it was slow."
    hand = Governed("Baynews.example", (0, 15), (16, 23), 24)
    told = [Attribution(str(n), "d", "indirect", ((25, 29),), ((30, 34),), ((43, 55),),
                        channels=(Channel(name, "told"),))
            for n, name in enumerate(["Baynews", "Nord"])]  # fmt: skip
    got = links.governed(text, [], told, hand)
    assert [[c.name for c in a.channels] for a in got] == [["Baynews"], ["Nord", "Baynews.example"]]


def test_a_comment_quoted_back_is_not_its_quoters_claim() -> None:
    first = "The ferry was never sound at all."
    got = shown(
        ("comment", first, "Gull"),
        (
            "comment",
            "“The ferry was never sound at all.” That is what they want you to think.",
            "Tern",
        ),
    )
    assert ("", "asserts", "speaker", "“The ferry was never sound at all.”") in got
    assert ("", "asserts", "commenter", "“The ferry was never sound at all.”") not in got


def test_a_new_quotation_in_a_comment_stays_as_it_was() -> None:
    got = shown(("comment", "Some sang “the ferry was never sound at all” on deck.", "Tern"))
    assert [voice for _, _, voice, _ in got] == ["commenter"]


def test_a_sentence_quoted_whole_is_not_the_writers_own() -> None:
    got = found(
        ("body", "The ferry sank at noon."),
        ("body", "“The ferry had been sinking since the morning.”"),
    )
    assert [(a.voice, a.form) for a in got] == [("author", "indirect"), ("speaker", "direct")]
