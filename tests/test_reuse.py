"""Wording that documents share: found, tightly, and told apart by kind. All text is invented."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.reuse import Match, Overlap, empty, join, passages, shared
from whence.terms import Attribution, Block, Document, Passage, Reading, Role

RELEASE = (
    "Harbour wardens counted eleven barges adrift below the Velm bridge before dawn and towed nine"
    " of them to the grain quay by noon"
)
OTHER = "Nobody in Ostrel had seen such a tide since the winter when the old mole gave way."


def texts(matches: Iterable[Match | Passage], *documents: tuple[str, str]) -> list[tuple[str, str]]:
    """The words on both sides of each match."""
    of = dict(documents)
    return [
        (of[m.left.doc][m.left.start : m.left.end], of[m.right.doc][m.right.start : m.right.end])
        for m in matches
    ]


def both_sides(left: str, right: str) -> list[tuple[str, str]]:
    return texts(shared([("l", left), ("r", right)]), ("l", left), ("r", right))


def document(name: str, text: str, translator: str | None = None) -> Document:
    return Document(name, name, text, "", "text/plain", "en", translator=translator)


def kinds(*documents: Document) -> list[tuple[str, str]]:
    """Each passage's kind and the words on its left."""
    of = {each.id: each.text for each in documents}
    found = passages(documents, {})
    return [(each.kind, of[each.left.doc][each.left.start : each.left.end]) for each in found]


def test_a_copied_sentence_is_found_and_nothing_around_it() -> None:
    assert both_sides(f"{OTHER} {RELEASE}. Prices fell.", f"Reports vary. {RELEASE}, we hear.") == [
        (RELEASE, RELEASE)
    ]


def test_seven_words_in_common_are_not_a_passage_and_eight_are() -> None:
    eight = "barges drifted past the toll house at dusk"
    seven = "barges drifted past the toll house yesterday"
    assert both_sides(f"Two {eight}.", f"Some say {eight}!") == [(eight, eight)]
    assert both_sides(f"Two {eight}.", f"Some say {seven}!") == []


@pytest.mark.parametrize(
    ("changed", "into"),
    [
        ("eleven barges adrift", "twelve barges adrift"),
        ("before dawn", "shortly before dawn"),
        ("to the grain quay", "to the quay"),
        ("nine of them", "nine"),
    ],
)
def test_a_changed_added_or_missing_word_does_not_break_a_passage(changed: str, into: str) -> None:
    copy = RELEASE.replace(changed, into)
    assert both_sides(f"{OTHER} {RELEASE}.", f"Word is that {copy}.") == [(RELEASE, copy)]


def test_accents_marks_dashes_and_british_spelling_make_no_difference() -> None:
    left = "the “Défense” Council’s programme organised a well-timed defence of Málne harbour in the US"
    right = (
        "the Defense Council's program organized a well timed defense of Malne harbor in the U.S"
    )
    assert both_sides(f"He says {left}.", f"They note {right}.") == [(left, right)]


def test_spans_are_counted_in_code_points_past_emoji_and_combining_marks() -> None:
    left = f"\U0001f6a2\U0001f6a2 Cafe\u0301 news\u200b: {RELEASE}"
    assert both_sides(left, f"\ufeff{RELEASE}") == [(RELEASE, RELEASE)]


def test_a_text_in_cyrillic_is_compared_too() -> None:
    words = "Смотрители гавани насчитали одиннадцать барж ниже моста и отвели девять к причалу"
    assert both_sides(f"Вчера. {words}.", f"Утром: {words.upper()}!") == [(words, words.upper())]


def test_a_document_is_not_compared_with_itself() -> None:
    assert shared([("l", f"{RELEASE}. {RELEASE}.")]) == ()


def test_a_passage_that_stands_twice_in_one_document_is_found_twice() -> None:
    assert len(both_sides(RELEASE, f"{RELEASE}. {OTHER} {RELEASE}.")) == 2


def test_knobs_that_could_find_nothing_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="can find nothing"):
        Overlap(shingle=6, shortest=5)
    with pytest.raises(ValueError, match="longer than"):
        Overlap(shingle=12, shortest=12, window=8)


def test_empty_and_tiny_documents_share_nothing() -> None:
    assert shared([("a", ""), ("b", "One."), ("c", "One."), ("d", "\n\n")]) == ()
    assert shared([]) == ()


def test_a_very_long_document_is_searched_to_its_end() -> None:
    long = " ".join(f"w{number}x" for number in range(40_000))
    assert both_sides(f"{long} {RELEASE}", f"A note. {RELEASE}") == [(RELEASE, RELEASE)]


def test_a_passage_that_hundreds_carry_is_still_found_in_a_new_copy() -> None:
    copies = [
        (f"d{n}", f"{' '.join(f'q{n}v{k}' for k in range(30))} {RELEASE}.") for n in range(300)
    ]
    found = {(m.left.doc, m.right.doc) for m in shared(copies)}
    assert {right for _, right in found} == {f"d{n}" for n in range(1, 300)}
    assert len(found) < 300 * 60


_some_words = st.lists(st.sampled_from("aro bel cor dun eft fal gim hob".split()), max_size=40)


@settings(deadline=None, max_examples=60)
@given(st.lists(_some_words, min_size=2, max_size=6), st.integers(1, 5), st.integers(1, 9))
def test_adding_documents_in_turn_finds_what_adding_all_at_once_finds(
    piles: list[list[str]], cut: int, crowd: int
) -> None:
    knobs = Overlap(crowd=crowd)
    documents = [(f"d{n}", " ".join([*words, RELEASE, *words])) for n, words in enumerate(piles)]
    index, first = join(empty(), documents[:cut], knobs)
    whole, then = join(index, documents[cut:], knobs)
    at_once, together = join(empty(), documents, knobs)
    assert sorted(first + then, key=repr) == sorted(together, key=repr)
    assert whole.ids == at_once.ids
    assert (whole.prints == at_once.prints).all()
    assert all(m.right.doc in {name for name, _ in documents[cut:]} for m in then)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(["rill", "’", "‘", ".", "ﬁ", "é", "e\u0301", "中文", "\n", " ", "U.S."])
    )
)
def test_every_word_of_any_text_maps_back_to_itself(pieces: list[str]) -> None:
    text = "".join(pieces)
    for left, right in both_sides(f"{text} {RELEASE}", f"{RELEASE} {text}"):
        assert left.strip() and right.strip()
    assert (RELEASE, RELEASE) in [
        (a[a.find("Harbour") :][: len(RELEASE)], b[b.find("Harbour") :][: len(RELEASE)])
        for a, b in both_sides(f"{text} {RELEASE}", f"{RELEASE} {text}")
    ]


def test_two_outlets_that_quote_one_speaker_share_a_quotation() -> None:
    quote = "We counted eleven barges adrift and we shall count the cost"
    assert kinds(
        document("a", f"“{quote},” Warden Tessaly told the Ostrel Courier."),
        document("b", f'The warden was blunt. "{quote}," she said.'),
    ) == [("shared quotation", quote)]


def test_a_quotation_that_another_gives_without_the_marks_is_still_a_quotation() -> None:
    quote = "eleven barges were cut loose below the bridge by men in grey boats"
    assert kinds(
        document("a", f"The ministry said “{quote}”."),
        document("b", f"It is plain that {quote}."),
    ) == [("shared quotation", quote)]


def test_a_long_stretch_of_narration_in_common_is_copying() -> None:
    assert kinds(document("a", f"{RELEASE}."), document("b", f"Listen: {RELEASE}. {OTHER}")) == [
        ("copied narration", RELEASE)
    ]


def test_narration_in_common_with_a_translated_page_is_translation() -> None:
    found = passages(
        [document("a", f"{RELEASE}."), document("b", f"{RELEASE}.", translator="Ilse Brandmoor")],
        {},
    )
    assert [(each.kind, each.why) for each in found] == [
        ("translation", "Narration in common, and Ilse Brandmoor translated one side.")
    ]


def test_a_line_on_who_reported_and_edited_is_no_copying() -> None:
    line = "Reporting by Ada Fenn in Ostrel and Boro Lisk beside the old ferry; editing by Ilse Brandmoor"
    assert [kind for kind, _ in kinds(
        document("a", f"The ferry sank.\n\n{line}."), document("b", f"Barley rose again.\n\n{line}.")
    )] == ["stock phrase"]  # fmt: skip


def test_names_in_a_row_are_a_stock_phrase_and_common_words_a_coincidence() -> None:
    names = "at the Ostrel Institute of Tides at St. Brannoch’s College"
    assert kinds(
        document("a", f"He spoke {names}."), document("b", f"A gala {names} was put off.")
    ) == [("stock phrase", names)]
    common = "it would have been one of the first to go"
    assert kinds(document("a", f"Ada thinks {common}."), document("b", f"Boro knew {common}!")) == [
        ("coincidence", common)
    ]


def test_a_formula_that_many_pages_end_with_is_a_stock_phrase() -> None:
    formula = "readers may write to the editors with corrections before the end of each month"
    pile = [document(f"d{n}", f"Item z{n}k came m{n}q. {formula}.") for n in range(6)]
    assert {kind for kind, _ in kinds(*pile)} == {"stock phrase"}


def test_a_short_run_beside_a_longer_copied_passage_is_copied_too() -> None:
    short = "traders at the upper lock said much the same"
    found = kinds(
        document("a", f"{RELEASE}. {OTHER} Even so, {short}."),
        document("b", f"First, {short}. Then came rain over Dunmere for days. {RELEASE}."),
    )
    assert sorted(found) == [("copied narration", RELEASE), ("copied narration", short)]


def test_a_stray_word_beyond_the_quotation_mark_is_left_out() -> None:
    quote = "the tide took every barge that was not chained to the wall"
    assert kinds(
        document("a", f"“{quote},” Tessaly said on Monday."),
        document("b", f"“{quote},” Tessaly said in tears."),
    ) == [("shared quotation", quote)]


def part(doc: Document, words: str, role: Role) -> Block:
    at = doc.text.index(words)
    return Block(f"{doc.id}/{at}", doc.id, at, at + len(words), role)


def test_boilerplate_is_not_compared_but_comments_and_posts_are() -> None:
    menu = "sign up here for our letter and share this page with all of your friends"
    one, two = (document(n, f"{n}{n} {menu}\n\n{n}x {RELEASE}.") for n in ("a", "b"))
    readings = {
        each.id: Reading(
            each, blocks=(part(each, menu, "boilerplate"), part(each, RELEASE, "comment"))
        )
        for each in (one, two)
    }
    found = passages([one, two], readings)
    assert texts(found, ("a", one.text), ("b", two.text)) == [(RELEASE, RELEASE)]


def test_a_quotation_names_whom_each_side_has_it_from() -> None:
    quote = "we shall chain every barge to the wall before the next tide comes"
    one = document("a", f"“{quote},” Tessaly said.")
    two = document("b", f"“{quote},” the warden wrote.")
    readings = {}
    for doc, source in ((one, "Tessaly"), (two, "the warden")):
        at = doc.text.index(source)
        said = ((at, at + len(source)),)
        content = ((1, 1 + len(quote)),)
        spoken = Attribution(f"at-{doc.id}", doc.id, "direct", said, (), content)
        readings[doc.id] = Reading(doc, attributions=(spoken,))
    (found,) = passages([one, two], readings)
    assert found.why == "Both quote it: from “Tessaly”, and from “the warden”."


def test_a_passage_has_the_same_id_whatever_the_order_of_the_documents() -> None:
    one, two = document("a", f"So: {RELEASE}."), document("b", f"{OTHER} {RELEASE}.")
    assert passages([one, two], {}) == passages([two, one], {})
