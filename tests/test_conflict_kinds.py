"""Conflicts that need more than one claim: who did it, what a denial denies, headlines, retellings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whence.conflict import conflicts
from whence.pile import pile
from whence.terms import (
    Attribution,
    Block,
    Claim,
    Conflict,
    Document,
    Edge,
    Entity,
    Extent,
    Kind,
    Mention,
    Reading,
    Stance,
    Telling,
    TellingStance,
    Time,
    finding_id,
)

KINDS: dict[str, Kind] = {
    "Harbour Ministry": "organisation", "Weir Board": "organisation", "Reed Militia": "group",
    "River League": "organisation", "Orlo Vask": "person", "Lurn": "place", "Dovre": "place",
}  # fmt: skip


ON_THE_MAP: dict[str, dict[str, object]] = {
    "Lurn": {"lat": 50.0, "lon": 10.0, "place_kind": "city"},
    "Dovre": {"lat": 52.0, "lon": 14.0, "place_kind": "city"},
}


@dataclass(frozen=True)
class Line:
    """A line of a page, and what of it somebody says."""

    doc: str
    text: str
    said: str
    by: str = ""
    act: Stance = "asserts"
    told: TellingStance = "asserts"
    blames: tuple[str, ...] = ()
    claim: str = ""
    headline: bool = False
    day: str = ""


def shown(
    *lines: Line, edges: Sequence[Edge] = (), near: bool = False
) -> list[tuple[str, str, str]]:
    """Kind and words of each conflict; with `near`, every sentence means the same."""
    texts, clashes = read(lines, edges, near)
    return [
        (each.kind, texts[each.left.doc][each.left.start : each.left.end],
         texts[each.right.doc][each.right.start : each.right.end])
        for each in clashes
    ]  # fmt: skip


def drawn_along(*lines: Line, edges: Sequence[Edge]) -> list[str | None]:
    """The edge of each conflict."""
    return [each.edge for each in read(lines, edges, True)[1]]


def read(
    lines: Sequence[Line], edges: Sequence[Edge], near: bool
) -> tuple[dict[str, str], Sequence[Conflict]]:
    """The texts of the pages, and what clashes in them."""
    texts: dict[str, str] = {}
    found: dict[str, list[Attribution]] = {}
    blocks: dict[str, list[Block]] = {}
    told: dict[str, list[Telling]] = {}
    for line in lines:
        start = len(texts.get(line.doc, ""))
        texts[line.doc] = texts.get(line.doc, "") + line.text + "\n"
        a = _attribution(line, start)
        found.setdefault(line.doc, []).append(a)
        role = "headline" if line.headline else "body"
        ends = start, start + len(line.text)
        blocks.setdefault(line.doc, []).append(
            Block(f"b{start}", line.doc, *ends, role)  # type: ignore[arg-type]
        )
        told.setdefault(line.claim or a.id, []).append(Telling(a.id, a.content, line.told))
    readings = [
        Reading(Document(doc, doc, text, "", "text/plain", outlet=doc), tuple(blocks[doc]),
                tuple(found[doc]), tuple(_mentions(doc, text)), tuple(_times(doc, text, lines)))
        for doc, text in texts.items()
    ]  # fmt: skip
    entities = [Entity(name, kind, True, name, **ON_THE_MAP.get(name, {}))  # type: ignore[arg-type]
                for name, kind in KINDS.items()]  # fmt: skip
    claims = [Claim(id, "…", tuple(tellings)) for id, tellings in told.items()]
    same = (lambda sentences: np.ones((len(sentences), 1))) if near else None
    return texts, conflicts(pile(readings, entities), claims, edges, same)


def _attribution(line: Line, start: int) -> Attribution:
    at = start + line.text.index(line.said)
    content = ((at, at + len(line.said)),)
    before = line.text[: line.text.index(line.said)].rstrip()
    cue: tuple[Extent, ...] = ()
    if line.by and before:
        cue = ((start + len(before) - len(before.split()[-1]), start + len(before)),)
    return Attribution(
        finding_id("attribution", line.doc, content), line.doc, "indirect", (), cue, content,
        line.act, "speaker" if line.by else "author", line.by or None, charges=line.blames,
    )  # fmt: skip


def _times(doc: str, text: str, lines: Sequence[Line]) -> list[Time]:
    return [
        Time(doc, text.index(words), text.index(words) + len(words), day, day, None, "stated", "event")
        for line in lines
        if line.doc == doc and line.day
        for words, day in [line.day.split("=")]
    ]  # fmt: skip


def _mentions(doc: str, text: str) -> list[Mention]:
    return [
        Mention(doc, at, at + len(name), kind, name)
        for name, kind in KINDS.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]


# ---------------------------------------------------------------- denials

ACCUSED = Line(
    "courier", "The River League accused the Weir Board of opening the sluice at night.",
    "the Weir Board of opening the sluice at night", "River League", "accuses",
    blames=("Weir Board",),
)  # fmt: skip


def test_a_denial_meets_the_accusation_of_another_page_though_no_claim_joins_them() -> None:
    denied = Line("gazette", "The Weir Board denied it had opened the sluice.",
                  "it had opened the sluice", "Weir Board", "denies", "denies")  # fmt: skip
    assert shown(ACCUSED, denied) == [
        ("denial", ACCUSED.said, "denied it had opened the sluice"),
    ]


def test_a_denial_does_not_meet_what_has_nothing_in_common_with_it() -> None:
    denied = Line("gazette", "The Weir Board denied it sells eels to the prison.",
                  "it sells eels to the prison", "Weir Board", "denies", "denies")  # fmt: skip
    assert shown(ACCUSED, denied) == []


def test_those_claims_are_what_was_last_said_of_the_one_who_denies_them() -> None:
    other = Line("courier", "The Harbour Ministry said the swallows nest in the loft.",
                 "the swallows nest in the loft", "Harbour Ministry")  # fmt: skip
    denied = Line("courier", "The Weir Board said those claims are incorrect.",
                  "those claims are incorrect", "Weir Board", "denies", "denies")  # fmt: skip
    assert shown(ACCUSED, other, denied) == [
        ("denial", ACCUSED.said, "said those claims are incorrect"),
    ]


def test_claims_that_stand_nowhere_else_are_shown_with_the_words_that_reject_them() -> None:
    line = Line(
        "courier", "The Weir Board rejected River League's claims that barley floats at dusk.",
        "River League's claims that barley floats at dusk", "Weir Board", "denies", "denies",
    )  # fmt: skip
    assert shown(line) == [
        ("denial", "barley floats at dusk", "rejected River League's claims that "),
    ]


def test_what_a_denier_says_instead_is_shown_beside_what_is_denied() -> None:
    denied = Line("courier", "The Weir Board hit back at declarations of a dry cellar:",
                  "declarations of a dry cellar", "Weir Board", "denies", "denies")  # fmt: skip
    instead = Line("courier", "Water still stands on both steps of the toll house.",
                   "Water still stands on both steps of the toll house", "Weir Board")  # fmt: skip
    assert shown(denied, instead) == [
        ("denial", "a dry cellar", "Water still stands on both steps of the toll house.")
    ]


def test_an_answer_that_says_only_and_is_about_the_same_is_a_denial() -> None:
    answer = Line("courier", "The Weir Board insists the sluice is opened only in March.",
                  "the sluice is opened only in March", "Weir Board")  # fmt: skip
    assert shown(ACCUSED, answer) == [("denial", ACCUSED.said, answer.said)]


def test_an_answer_that_excludes_nothing_is_none() -> None:
    answer = Line("courier", "The Weir Board says the sluice is opened in March.",
                  "the sluice is opened in March", "Weir Board")  # fmt: skip
    assert shown(ACCUSED, answer) == []


def test_none_received_and_one_sent() -> None:
    none = Line("courier", "The River League said it had received neither a call nor a telegram.",
                "it had received neither a call nor a telegram", "River League")  # fmt: skip
    sent = Line("gazette", "The Weir Board said a notice was sent by telegram at noon.",
                "a notice was sent by telegram at noon", "Weir Board")  # fmt: skip
    other = Line("gazette", "The Weir Board said the telegram office burned down.",
                 "the telegram office burned down", "Weir Board")  # fmt: skip
    assert shown(none, sent) == [("denial", none.said, sent.said)]
    assert shown(none, other) == []


# ---------------------------------------------------------------- who did it

KILLED = Line(
    "courier", "Orlo Vask has been killed after shelling from Reed Militia positions.",
    "Orlo Vask has been killed after shelling from Reed Militia positions",
)  # fmt: skip


def test_a_death_that_two_pages_give_to_two_parties() -> None:
    other = Line("gazette", "Orlo Vask was killed in a very precise attack.",
                 "Orlo Vask was killed in a very precise attack")  # fmt: skip
    blamed = Line(
        "gazette", "The River League accuses the Weir Board of being behind this attack.",
        "the Weir Board of being behind this attack", "River League", "accuses",
        blames=("Weir Board",),
    )  # fmt: skip
    assert shown(KILLED, other, blamed) == [("responsibility", KILLED.said, blamed.said)]


def test_a_death_that_two_pages_give_to_one_party_is_no_conflict() -> None:
    other = Line("gazette", "Orlo Vask was killed by the Reed Militia.",
                 "Orlo Vask was killed by the Reed Militia")  # fmt: skip
    assert shown(KILLED, other) == []


def test_gates_that_opened_by_themselves_and_somebody_who_opened_them() -> None:
    alone = Line("courier", "The Weir Board said the old gates opened by themselves.",
                 "the old gates opened by themselves", "Weir Board")  # fmt: skip
    acted = Line("gazette", "Orlo Vask said: “We opened the gates at noon.”",
                 "“We opened the gates at noon.”", "Orlo Vask")  # fmt: skip
    assert shown(alone, acted) == [("responsibility", alone.said, acted.said)]


# ---------------------------------------------------------------- headlines

HEAD = Line("courier", "Weir Board shut the toll house", "Weir Board shut the toll house",
            headline=True)  # fmt: skip


def test_a_headline_that_is_surer_than_its_text() -> None:
    text = "The Weir Board has apparently shut the toll house for good."
    line = Line("courier", text, text[:-1])
    assert shown(HEAD, line) == [("drift", HEAD.said, text)]


def test_a_headline_that_its_text_bears_out() -> None:
    text = "The Weir Board has shut the toll house for good."
    line = Line("courier", text, text[:-1])
    assert shown(HEAD, line) == []


def test_a_headline_on_what_somebody_could_not_confirm() -> None:
    line = Line("courier", "Orlo Vask said the house is empty but he could not confirm it was shut "
                "by the Weir Board.", "the house is empty", "Orlo Vask")  # fmt: skip
    assert shown(HEAD, line) == [
        ("drift", HEAD.said, "he could not confirm it was shut by the Weir Board.")
    ]


# ---------------------------------------------------------------- numbers and retellings


def test_one_dead_alone_or_with_two_others() -> None:
    alone = Line("courier", "Orlo Vask has been killed at the ford.",
                 "Orlo Vask has been killed at the ford", claim="c")  # fmt: skip
    more = Line("gazette", "Orlo Vask, and two clerks have been killed.",
                "Orlo Vask, and two clerks have been killed", claim="c")  # fmt: skip
    assert shown(alone, more) == [("number", alone.said, "Orlo Vask, and two clerks")]


def test_two_counts_of_one_kind_of_thing_in_two_stories_do_not_clash() -> None:
    one = Line(
        "courier", "Three boats were sold to the abbey.", "Three boats were sold to the abbey"
    )
    other = Line("courier", "Nine boats burned in the harbour.", "Nine boats burned in the harbour")
    assert shown(one, other) == []


def test_a_number_beside_the_one_that_it_puts_right() -> None:
    three = Line(
        "courier", "Three clerks were treated for cold.", "Three clerks were treated for cold"
    )
    four = Line("gazette", "Orlo Vask said four clerks were brought in, not three.",
                "four clerks were brought in, not three", "Orlo Vask")  # fmt: skip
    nine = Line("gazette", "Orlo Vask said four clerks were brought in, not nine.",
                "four clerks were brought in, not nine", "Orlo Vask")  # fmt: skip
    assert shown(three, four) == [("number", "Three clerks", "four clerks")]
    assert shown(three, nine) == []


def _retold(ours: str, theirs: str) -> list[tuple[str, str, str]]:
    lines = [
        Line(doc, f"The Harbour Ministry said {text}.", text, "Harbour Ministry", claim="c")
        for doc, text in (("courier", ours), ("gazette", theirs))
    ]
    return shown(*lines, near=True)


def test_pictures_of_two_kinds_for_one_statement() -> None:
    assert _retold(
        "satellite imagery shows boats on the mudflats", "aerial photos show boats on the mudflats"
    ) == [("drift", "satellite imagery", "aerial photos")]


def test_tellings_of_one_lost_text_differ_along_its_edge() -> None:
    lines = [
        Line(doc, f"The Harbour Ministry said {text}.", text, "Harbour Ministry", claim="c")
        for doc, text in (("courier", "satellite imagery shows boats on the mudflats"),
                          ("gazette", "aerial photos show boats on the mudflats"))
    ]  # fmt: skip
    lost = [Edge(f"to {doc}", "release", doc, "quotes", True, "") for doc in ("courier", "gazette")]
    assert drawn_along(*lines, edges=lost) == ["to gazette"]
    assert drawn_along(*lines, edges=lost[:1]) == [None]


def test_one_statement_at_a_place_and_beside_it() -> None:
    assert _retold(
        "the boats lie in the town of Lurn among reeds", "the boats lie north of Lurn among reeds"
    ) == [("drift", "in the town of Lurn", "north of Lurn")]


def test_one_statement_surer_here_than_there() -> None:
    assert _retold(
        "this could mean that the crews feel safe", "this suggests that the crews feel safe"
    ) == [("drift", "could", "suggests")]


def test_one_statement_in_other_words_is_no_conflict() -> None:
    assert _retold(
        "the boats lie in the town of Lurn among reeds", "among the reeds of Lurn the boats lie"
    ) == []  # fmt: skip


def test_a_copy_that_drops_who_said_it() -> None:
    said = "the mayor has proof that the gates would fail in March"
    line = Line("courier", f"Orlo Vask said {said}.", said, "Orlo Vask")
    copy = Line("gazette", said.capitalize() + ".", said.capitalize())
    edge = Edge("e", "courier", "gazette", "copies", True, "")
    assert shown(line, copy, edges=[edge]) == [("drift", said, said.capitalize())]
    assert shown(line, copy) == []


# ---------------------------------------------------------------- where and when


def _two(ours: str, theirs: str, *days: str) -> list[tuple[str, str, str]]:
    day, then = days or ("", "")
    return shown(
        Line("courier", f"{ours}.", ours, "Harbour Ministry", day=day),
        Line("gazette", f"{theirs}.", theirs, "River League", day=then),
    )


def test_one_thing_struck_in_two_towns_far_apart() -> None:
    assert _two(
        "a toll convoy recently attacked near Lurn", "men captured the toll convoy sent to Dovre"
    ) == [("place", "toll convoy recently attacked near Lurn", "toll convoy sent to Dovre")]


def test_two_things_struck_in_two_towns() -> None:
    assert not _two(
        "a toll convoy recently attacked near Lurn", "men captured the barley train sent to Dovre"
    )


def test_one_event_in_the_same_words_on_two_days() -> None:
    assert _two(
        "Orlo Vask resigned his chair in the council on 9 March",
        "Orlo Vask resigned his chair in the council on 10 March",
        "9 March=2031-03-09", "10 March=2031-03-10",
    ) == [("date", "9 March", "10 March")]  # fmt: skip


def test_the_same_thing_done_again_on_another_day() -> None:
    assert not _two(
        "Orlo Vask closed the toll house gates on 9 March",
        "Orlo Vask closed the toll house gates again on 10 March",
        "9 March=2031-03-09", "10 March=2031-03-10",
    )  # fmt: skip


# ---------------------------------------------------------------- what only looks like a clash


def test_a_denial_on_another_page_of_something_else_with_a_word_or_two_in_common() -> None:
    one = Line("courier", "Orlo Vask called the toll a witch hunt for herring.",
               "the toll a witch hunt for herring", "Orlo Vask")  # fmt: skip
    denied = Line("gazette", "The Weir Board denies its audit of eel cellars is any witch hunt.",
                  "its audit of eel cellars is any witch hunt", "Weir Board", "denies", "denies")  # fmt: skip
    assert shown(one, denied) == []


def test_a_deniers_quoted_words_are_his_own() -> None:
    quoted = Line("courier", "“The sluice stayed shut all night,” the Weir Board hit back.",
                  "“The sluice stayed shut all night,”", "Weir Board", "denies", "denies")  # fmt: skip
    asserted = Line("courier", "The River League said the sluice stayed shut all night.",
                    "the sluice stayed shut all night", "River League")  # fmt: skip
    assert shown(asserted, quoted) == []


def test_two_ages_and_two_shares_on_one_page_are_of_two_people_and_two_things() -> None:
    ages = [Line("courier", f"A {n}-year-old clerk was held at the toll house gate.",
                 f"A {n}-year-old clerk was held at the toll house gate", claim="c")
            for n in (29, 33)]  # fmt: skip
    shares = [Line("courier", f"{n} percent of barley was sold at the abbey gate.",
                   f"{n} percent of barley was sold at the abbey gate", claim="d")
              for n in (24, 26)]  # fmt: skip
    assert shown(*ages, *shares) == []


def test_many_times_as_many_are_something_else() -> None:
    lines = [Line(doc, f"{n} boats were sold at the abbey gate.",
                  f"{n} boats were sold at the abbey gate", claim="c")
             for doc, n in (("courier", 3), ("gazette", 40))]  # fmt: skip
    assert shown(*lines) == []
