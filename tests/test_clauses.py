from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from whence.clauses import content_edges, merged, quoted, sentences, without

QUOTE = "“We saw it,” she said. “No one fired.” The bay is calm."


def words(text: str, extents: object) -> list[str]:
    assert isinstance(extents, list | tuple)
    return [text[a:b] for a, b in extents]


def test_a_sentence_does_not_end_at_a_title_or_inside_a_quotation() -> None:
    text = "Mr. Orlo left at 5 p.m. on Tuesday. “It is over,” he said."
    assert words(text, list(sentences(text))) == [
        "Mr. Orlo left at 5 p.m. on Tuesday.",
        "“It is over,” he said.",
    ]


def test_sentences_never_cross_paragraphs() -> None:
    text = "A headline without a stop\n\nThe body begins here."
    assert words(text, list(sentences(text))) == [
        "A headline without a stop",
        "The body begins here.",
    ]


def test_quoted_stretches_keep_their_marks_and_an_open_one_ends_with_its_paragraph() -> None:
    assert words(QUOTE, list(quoted(QUOTE))) == ["“We saw it,”", "“No one fired.”"]
    text = "“First paragraph.\n\n“Second paragraph.”"
    assert words(text, list(quoted(text))) == ["“First paragraph.", "“Second paragraph.”"]


def test_an_inch_mark_opens_no_quotation() -> None:
    assert list(quoted('A 12" pipe burst.')) == []


def test_content_loses_that_and_the_full_stop_but_keeps_whole_quotations() -> None:
    text = "He said that the bridge stood."
    a, b = content_edges(text, 7, len(text)) or (0, 0)
    assert text[a:b] == "the bridge stood"
    text = "“The bridge stood.” He left."
    a, b = content_edges(text, 1, 18) or (0, 0)
    assert text[a:b] == "“The bridge stood.”"


def test_pieces_parted_by_a_comma_are_one_and_pieces_parted_by_words_are_two() -> None:
    text = "the ship, the crew and more"
    assert merged(text, ((0, 8), (10, 18))) == ((0, 18),)
    assert merged(text, ((0, 8), (23, 27))) == ((0, 8), (23, 27))


def test_holes_are_cut_out() -> None:
    assert without(((0, 10),), ((3, 5),)) == ((0, 3), (5, 10))


@given(st.text(alphabet="ab .,“”\"'\n\u0301🙂", max_size=60))
def test_every_cut_lies_in_the_text_and_holds_something(text: str) -> None:
    for a, b in [*sentences(text), *quoted(text)]:
        assert 0 <= a < b <= len(text)
    edges = content_edges(text, 0, len(text))
    assert edges is None or text[edges[0] : edges[1]].strip()


def test_two_apostrophes_are_a_quotation_mark_as_some_archives_write_it() -> None:
    text = "''It's over,'' she said. ''The dock's gate is shut.''"
    assert words(text, list(quoted(text))) == ["''It's over,''", "''The dock's gate is shut.''"]
