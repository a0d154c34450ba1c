"""What a page says of itself, who answers whom, and what tags mean, on invented pages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.segment import blocks, explained, masthead
from whence.terms import Block, Document, Role

PROSE = "The log of the barrage will be published in full on Monday, the river court decided."


@dataclass(frozen=True, slots=True)
class Tag:
    start: int
    end: int
    role: Role
    by: str | None = None


def document(text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(digest, "page.txt", text, digest, "text/plain")


def tag(text: str, words: str, role: Role, by: str | None = None) -> Tag:
    start = text.index(words)
    return Tag(start, start + len(words), role, by)


def leaves(found: tuple[Block, ...]) -> list[Block]:
    holders = {block.within for block in found}
    return [block for block in found if block.id not in holders]


def shown(text: str, *tags: Tag) -> list[str]:
    return [
        f"{block.role}: {text[block.start : block.end].strip()}"
        for block in leaves(blocks(document(text), tags))
    ]


def outline(text: str, *tags: Tag) -> list[str]:
    """Each block, under the one it stands in: “- Netta: Prove it.”."""
    found = blocks(document(text), tags)
    by_id = {block.id: block for block in found}
    plain = leaves(found)
    lines = []
    for block in found:
        depth, outer = 0, block.within
        while outer is not None:
            depth, outer = depth + 1, by_id[outer].within
        words = " ".join(text[block.start : block.end].split()) if block in plain else block.role
        lines.append(f"{'- ' * depth}{block.by or 'somebody'}: {words}")
    return lines


def stated(text: str) -> Document:
    page = document(text)
    return masthead(page, blocks(page))


def said(text: str, at: tuple[int, int] | None) -> str | None:
    return text[at[0] : at[1]] if at else None


@given(st.text(alphabet=st.sampled_from(list("ab .\n\r\t“”:#•1)—@\u2028é")), max_size=200))
def test_the_leaves_of_any_text_are_that_text(text: str) -> None:
    found = blocks(document(text))
    assert "".join(text[block.start : block.end] for block in leaves(found)) == text
    assert len({block.id for block in found}) == len(found)


@given(
    st.lists(
        st.sampled_from([PROSE, "Reply", "Netta says:", "3 hours ago", "  • So you say!", ""])
    ),
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 200)), max_size=6),
)
def test_blocks_within_blocks_never_cross(lines: list[str], spans: list[tuple[int, int]]) -> None:
    text = "\n".join(lines)
    tags = [Tag(a, a + n, "comment") for a, n in spans if a + n <= len(text)]
    found = blocks(document(text), tags)
    by_id = {block.id: block for block in found}
    for block in found:
        if block.within is not None:
            outer = by_id[block.within]
            assert outer.start <= block.start < block.end <= outer.end


def test_the_same_page_has_the_same_blocks_every_time() -> None:
    text = f"Late again\n\n{PROSE}\n\n2 Comments\nNetta • 3 hours ago\nProve it.\nReply"
    assert blocks(document(text)) == blocks(document(text))


def test_every_label_can_be_explained() -> None:
    assert explained(document(f"Late again\n\n{PROSE}")) == (
        ("headline", "is the line most like a title", "Late again"),
        ("body", "is prose", PROSE),
    )


def test_replies_stand_in_the_comment_that_they_answer() -> None:
    text = (
        f"{PROSE}\n\n{PROSE}\n\n"
        "  1. Who paid for it, I wonder? You should ask.\n\n"
        "     • You never read the minutes, do you!!\n\n"
        "       They were in the paper.\n\n"
        "       • I wrote them.\n\n"
        "  2. It is all the cousin's doing.\n"
    )
    assert outline(text)[2:] == [
        "somebody: comment",
        "- somebody: 1. Who paid for it, I wonder? You should ask.",
        "- somebody: comment",
        "- - somebody: • You never read the minutes, do you!!",
        "- - somebody: They were in the paper.",
        "- - somebody: • I wrote them.",
        "somebody: 2. It is all the cousin's doing.",
    ]


def test_a_reply_names_whom_it_answers() -> None:
    text = (
        f"{PROSE}\n\n3 Comments\nAnna Hjort • 3 hours ago\nIt was the fog.\nReply\n"
        "Netta → Anna Hjort • 2 hours ago\nIt was the captain.\nReply\n"
    )
    assert outline(text)[2:] == [
        "Anna Hjort: comment",
        "- Anna Hjort: Anna Hjort • 3 hours ago",
        "- Anna Hjort: It was the fog.",
        "- somebody: Reply",
        "- Netta: comment",
        "- - Netta: Netta → Anna Hjort • 2 hours ago",
        "- - Netta: It was the captain.",
        "- - somebody: Reply",
    ]


def test_a_person_quoted_in_a_comment_is_not_its_writer() -> None:
    text = f"{PROSE}\n\n2 Comments\n\nSoray said: we never opened it. And you believe her?\n"
    assert outline(text)[-1] == "somebody: Soray said: we never opened it. And you believe her?"


def test_a_person_who_speaks_of_rights_is_no_notice_of_the_page() -> None:
    said_so = (
        "The company is not responsible for the content of the page, its director said on Monday."
    )
    assert shown(f"{PROSE}\n\n{said_so}") == [f"body: {PROSE}", f"body: {said_so}"]


def test_a_lead_in_that_already_says_what_was_said_hands_over_to_nobody() -> None:
    lead = "The ministry noted that the gates had been repaired three times in the last year alone:"
    assert shown(f"{PROSE}\n\n{lead}\n\n{PROSE}") == [
        f"body: {PROSE}",
        f"body: {lead}",
        f"body: {PROSE}",
    ]


def test_a_paragraph_that_names_its_own_speaker_is_no_block_quotation() -> None:
    named = "“We opened three gates,” Soray said when they asked her. “It was the ice.”"
    text = f"{PROSE}\n\nThe minister read out what the keeper said:\n\n{named}"
    assert shown(text)[-1] == f"body: {named}"


def test_tags_outweigh_wording() -> None:
    text = f"Harbour Gazette\n\n{PROSE}\n\nHe fell asleep, the captain did.\n\nThe sea at dusk."
    found = shown(
        text,
        tag(text, "Harbour Gazette", "boilerplate"),
        tag(text, "He fell asleep, the captain did.", "comment", "Old Salt"),
        tag(text, "The sea at dusk.", "caption"),
    )
    assert [line.split(":")[0] for line in found] == ["boilerplate", "body", "comment", "caption"]


def test_a_tag_on_a_few_words_says_nothing_of_their_paragraph() -> None:
    assert shown(PROSE, tag(PROSE, "Monday", "dateline")) == [f"body: {PROSE}"]


def test_a_readers_quotation_is_still_the_readers() -> None:
    text = f"{PROSE}\n\nShe said it herself:\n\nWe opened three gates.\n\nSo there."
    comment = text[text.index("She said") :]
    found = shown(text, tag(text, comment, "comment"), tag(text, "We opened three gates.", "quote"))
    assert [line.split(":")[0] for line in found] == ["body", "comment", "comment", "comment"]


def test_a_page_states_its_writer_translator_and_outlet() -> None:
    page = stated(
        f"Gates opened\nSource: The Leaf\n\n{PROSE}\n\nSkarethi text by Anke Vossig, translation by Lin Averay"
    )
    assert (page.title, page.outlet) == ("Gates opened", "The Leaf")
    assert (page.byline, page.translator) == ("Anke Vossig", "Lin Averay")


def test_fields_before_a_markdown_text_are_read() -> None:
    page = stated(
        f"---\ntitle: Gates opened\nauthor: Anke Vossig\noutlet: The Leaf\n---\n\n{PROSE}"
    )
    assert (page.title, page.byline, page.outlet) == ("Gates opened", "Anke Vossig", "The Leaf")


def test_what_a_field_stated_is_kept() -> None:
    text = f"Gates opened\nBy Orla Fenwick\n\n{PROSE}"
    page = Document("d", "page.txt", text, "d", "text/plain", byline="O. Fenwick", title="Gates")
    got = masthead(page, blocks(page))
    assert (got.byline, got.title) == ("O. Fenwick", "Gates")


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("date 2031-05-09 ", "2031-05-09"),
        ("Published: 9 May 2031\n\n", "2031-05-09"),
        ("River Research, May 9, 2031\n\n", "2031-05-09"),
        ("Posted on May 9, 2031 by Mara Lind\n\n", "2031-05-09"),
        ("09.05.2031 14:20\n\n", "2031-05-09T14:20"),
        ("PORT ELSTER, May 9, 2031 (Northwire) - ", "2031-05-09"),
    ],
)
def test_the_line_that_dates_a_page_is_found(line: str, first: str) -> None:
    page = stated(f"Gates opened at the barrage\n\n{line}{PROSE}")
    assert page.published is not None
    assert (page.published.first, page.published.basis) == (first, "stated")


def test_a_date_that_can_be_read_in_two_ways_settles_nothing() -> None:
    assert stated(f"Gates opened\n\n03/04/2031\n\n{PROSE}").published is None


def test_without_a_dated_line_the_latest_past_day_is_the_earliest_possible() -> None:
    text = (
        "Gates opened\n\nIn May 2031 the river rose. On May 9 the gates were opened, and on May 7"
        f" a boat sank.\n\n{PROSE}"
    )
    page = stated(text)
    assert page.published is not None
    assert (page.published.first, page.published.last) == ("2031-05-09", None)
    assert page.published.basis == "inferred"
    assert said(text, page.published.span) == "May 9"


def test_a_day_that_is_still_to_come_dates_nothing() -> None:
    assert stated(f"{PROSE} The talks will open on June 3, 2031.").published is None


def test_a_page_without_any_day_is_undated() -> None:
    assert stated(f"Gates opened\n\n{PROSE}").published is None


def test_a_dateline_in_the_middle_of_a_page_does_not_date_it() -> None:
    text = f"Gates opened\n\n{PROSE}\n\nMay 9, 2031 (EKP)-{PROSE}"
    page = stated(text)
    assert page.published is not None and page.published.basis == "inferred"
    assert [(credit.name, said(text, credit.span)) for credit in page.credits] == [("EKP", "EKP")]


def test_an_update_is_told_from_the_publication() -> None:
    text = f"Gates opened\n\nUPDATE 1430 GMT: {PROSE}"
    page = stated(text)
    assert page.published is None
    assert page.updated is not None and page.updated.first == "T14:30Z"


def test_the_pages_sources_are_credited() -> None:
    text = (
        f"Gates opened\nThe quay at Djorvesh on Sunday\nPell Oddrun / Northwire\n\n{PROSE}\n\n"
        f"Leaf.example reports: {PROSE}\n\nThe original source of this article is The Heron\n"
    )
    page = stated(text)
    assert [credit.name for credit in page.credits] == [
        "Pell Oddrun / Northwire",
        "Leaf.example",
        "The Heron",
    ]
    assert [said(text, credit.span) for credit in page.credits] == [
        "Pell Oddrun / Northwire",
        "Leaf.example",
        "The Heron",
    ]


def test_a_name_before_a_date_is_an_outlet_only_if_the_page_uses_it_again() -> None:
    dated = f"Gates opened\n\nRiver Research, May 9, 2031\n\n{PROSE}\n\n"
    assert stated(dated).outlet is None
    assert stated(dated + "Become a Member of River Research").outlet == "River Research"


def test_a_page_in_another_language_is_kept_and_said_to_be_unread() -> None:
    text = (
        "Ворота открыты\n\nТри затвора плотины были открыты в субботу вечером без предупреждения.\n\n"
        "Вода дошла до города около двух часов ночи, когда большинство жителей спали."
    )
    page = stated(text)
    assert (page.language, page.read) == ("ru", False)
    assert "".join(text[block.start : block.end] for block in leaves(blocks(page))) == text


def test_a_field_that_states_the_wrong_language_is_overruled() -> None:
    text = (
        "Три затвора плотины были открыты в субботу вечером без предупреждения, сообщили в порту."
    )
    page = Document("d", "page.txt", text, "d", "text/plain", language="en")
    assert masthead(page, blocks(page)).language == "ru"


def test_a_few_words_are_not_enough_to_tell_a_language() -> None:
    page = stated("Ja.")
    assert (page.language, page.read) == (None, True)
