from __future__ import annotations

from whence.channels import bare, channels, dateline, governs, is_outlet, same


def named(text: str) -> list[tuple[str, str]]:
    return [(c.name, c.route) for c in channels(text, 0, len(text))]


def test_who_was_told_is_a_channel_when_it_is_an_outlet() -> None:
    assert named("Orlo told the Harbour Courier that the ferry sank.") == [
        ("Harbour Courier", "told")
    ]
    assert named("Orlo told the newspaper Vestnik that it sank.") == [("Vestnik", "told")]
    assert named("Orlo told his mother that it sank.") == []


def test_where_it_was_published_is_a_channel() -> None:
    assert named("The ministry said in a statement on its Facebook page that it sank.") == [
        ("statement", "published"),
        ("Facebook page", "published"),
    ]
    assert named("She said in a radio interview that it sank.") == [
        ("radio interview", "broadcast")
    ]


def test_words_inside_what_was_said_are_no_channel() -> None:
    text = "“I told the Harbour Courier,” he said."
    assert channels(text, 0, len(text), ((0, 29),)) == []


def test_an_outlet_is_known_by_name_or_by_its_kind_of_name() -> None:
    assert is_outlet("Reuters") and is_outlet("the Nord news agency") and is_outlet("Harbour Times")
    assert not is_outlet("the ministry") and not is_outlet("Mara Orlo")
    assert bare("the Nord news agency") == "Nord"


def test_a_paragraph_can_hand_the_page_to_another_outlet() -> None:
    text = "Baynews.example reports: The ferry sank at noon."
    hand = governs(text, 0, len(text))
    assert hand is not None
    assert text[hand.start :].strip() == "The ferry sank at noon."
    assert governs("The captain reports: all is well.", 0, 33) is None


def test_a_dateline_names_its_agency() -> None:
    text = "OLDHAVEN, 3 May (NORD) - The ferry sank."
    line = dateline(text, 0, len(text))
    assert line is not None and line.name == "NORD" and line.inherited


def test_one_outlet_is_known_under_its_site_and_its_name() -> None:
    assert same("Baynews.example", "the Baynews news agency")
    assert not same("Baynews.example", "Nord")
