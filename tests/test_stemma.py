"""The family tree: who had it from whom, and which text behind them is lost."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from whence.pile import Pile, pile
from whence.stemma import Stemma, stemma
from whence.terms import (
    Anchor,
    Attribution,
    Block,
    Channel,
    Credit,
    Document,
    Entity,
    Judgement,
    Passage,
    Reading,
    ReuseKind,
    Span,
    When,
    finding_id,
)

LONG = (
    "The old weir above Lurn gave way shortly before dawn and carried off the chandler's shed, two "
    "carts of barley and the footbridge, while the miller's wife rang the bell and nobody came. "
    "By noon the water had reached the second step of the toll house, and the clerk had moved his "
    "ledgers to the loft where the swallows nest."
)
QUOTE = "“We never touched the sluice, and whoever says so has not seen the ledger.”"


def page(name: str, text: str, day: str | None = None, **more: object) -> Reading:
    published = When(day, day, "stated") if day else None
    document = Document(name, f"{name}.txt", text, "", "text/plain", "en",
                        outlet=f"The Lurn {name.title()}", published=published)  # fmt: skip
    return Reading(replace(document, **more))  # type: ignore[arg-type]


def shared(one: Reading, other: Reading, words: str, kind: ReuseKind) -> Passage:
    spans = []
    for each in (one, other):
        start = each.document.text.index(words)
        spans.append(Span(each.document.id, start, start + len(words)))
    id = finding_id("passage", f"{one.document.id}|{other.document.id}|{words}")
    return Passage(id, spans[0], spans[1], kind, 1.0, "")


def said(reading: Reading, words: str, speaker: str, *channels: Channel) -> Reading:
    start = reading.document.text.index(words)
    content = ((start, start + len(words)),)
    made = Attribution(
        finding_id("attribution", reading.document.id, content), reading.document.id, "direct",
        (), (), content, speaker=speaker, channels=channels,
    )  # fmt: skip
    return replace(reading, attributions=(*reading.attributions, made))


def drawn(found: Stemma) -> list[str]:
    names = {each.id: f"[{each.name}]" for each in found.exemplars}
    return sorted(
        f"{names.get(e.exemplar, e.exemplar)} {e.kind} {e.copy}{'' if e.certain else ' (unsure)'}"
        for e in found.edges
    )


def test_a_credited_copy_is_certain() -> None:
    courier = page("courier", LONG)
    gazette = page("gazette", LONG, credits=(Credit("The Lurn Courier"),))
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, "copied narration")])
    assert drawn(stemma(all_of)) == ["courier copies gazette"]


def test_without_credit_or_date_the_copy_is_shown_but_not_certain() -> None:
    courier, gazette = page("courier", LONG), page("gazette", LONG)
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, "copied narration")])
    (edge,) = stemma(all_of).edges
    assert not edge.certain and "Nothing shows which" in edge.why


def test_a_shared_quotation_is_no_copying() -> None:
    courier, gazette = page("courier", "He said: " + QUOTE), page("gazette", QUOTE + " she heard.")
    all_of = pile([courier, gazette], (), [shared(courier, gazette, QUOTE, "shared quotation")])
    assert drawn(stemma(all_of)) == []


@pytest.mark.parametrize("kind", ["stock phrase", "coincidence"])
def test_stock_phrases_and_coincidence_make_no_edge(kind: ReuseKind) -> None:
    courier, gazette = page("courier", LONG, "2031-03-01"), page("gazette", LONG, "2031-03-02")
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, kind)])
    assert drawn(stemma(all_of)) == []


def _quoted() -> Pile:
    ministry = Entity("ministry", "organisation", True, "Harbour Ministry")
    courier = said(page("courier", "He said: " + QUOTE), QUOTE, "ministry")
    gazette = said(page("gazette", QUOTE + " she heard."), QUOTE, "ministry")
    return pile(
        [courier, gazette], [ministry], [shared(courier, gazette, QUOTE, "shared quotation")]
    )


def test_words_that_two_quote_from_a_ministry_come_from_one_lost_statement() -> None:
    assert drawn(stemma(_quoted())) == [
        "[statement of Harbour Ministry] quotes courier",
        "[statement of Harbour Ministry] quotes gazette",
    ]


def test_one_statement_given_to_a_state_and_to_its_ministry_is_the_ministrys() -> None:
    who = [
        Entity("moscow", "place", True, "Russia"),
        Entity("ministry", "organisation", True, "Russian Ministry of Harbours"),
    ]
    courier = said(page("courier", "He said: " + QUOTE), QUOTE, "moscow")
    gazette = said(page("gazette", QUOTE + " she heard."), QUOTE, "ministry")
    passages = [shared(courier, gazette, QUOTE, "shared quotation")]
    assert drawn(stemma(pile([courier, gazette], who, passages))) == [
        "[statement of Russian Ministry of Harbours] quotes courier",
        "[statement of Russian Ministry of Harbours] quotes gazette",
    ]


def test_an_agency_that_is_not_in_the_pile_is_a_lost_exemplar() -> None:
    told = Channel("Osk Newswire", "told")
    courier = said(page("courier", "He said: " + QUOTE), QUOTE, "orlo", told)
    assert drawn(stemma(pile([courier]))) == ["[Osk Newswire] quotes courier"]


def test_an_agency_that_is_in_the_pile_is_not_lost() -> None:
    wire = said(page("wire", QUOTE), QUOTE, "orlo")
    courier = said(
        page("courier", "He said: " + QUOTE), QUOTE, "orlo", Channel("The Lurn Wire", "told")
    )
    assert drawn(stemma(pile([wire, courier]))) == ["wire quotes courier"]


def test_a_page_that_says_where_it_first_stood_copies_a_lost_page_though_it_is_its_byline() -> None:
    line = "All images are from The Eel Fancier. The original source of this article is The Eel Fancier"
    gazette = _at_the_foot(line, "The Eel Fancier")
    named = replace(gazette, document=replace(gazette.document, byline="The Eel Fancier"))
    assert drawn(stemma(pile([named]))) == ["[The Eel Fancier] copies gazette"]


def test_a_translated_page_has_a_lost_original() -> None:
    leaf = page("leaf", LONG, title="The weir", translator="Ilse Brandmoor")
    assert drawn(stemma(pile([leaf]))) == ["[original of “The weir”] translates leaf"]


def test_a_post_that_a_page_shows_is_a_lost_text_of_its_poster() -> None:
    leaf = page("leaf", LONG)
    post = Block("b", "leaf", 0, 40, "post", by="Lurn Tides")
    assert drawn(stemma(pile([replace(leaf, blocks=(post,))]))) == [
        "[post of Lurn Tides] quotes leaf"
    ]


def test_an_interview_on_television_is_a_lost_text() -> None:
    orlo = Entity("orlo", "person", True, "Orlo Vask")
    courier = said(
        page("courier", "He said: " + QUOTE), QUOTE, "orlo", Channel("TV interview", "broadcast")
    )
    assert drawn(stemma(pile([courier], [orlo]))) == ["[statement of Orlo Vask] quotes courier"]


def test_a_third_hand_copy_is_traced_to_the_second_hand() -> None:
    courier = page("courier", LONG, "2031-03-01")
    gazette = page("gazette", LONG, "2031-03-02", credits=(Credit("The Lurn Courier"),))
    herald = page("herald", LONG, "2031-03-03", credits=(Credit("The Lurn Gazette"),))
    every = [courier, gazette, herald]
    passages = [
        shared(a, b, LONG, "copied narration") for i, a in enumerate(every) for b in every[i + 1 :]
    ]
    assert drawn(stemma(pile(every, (), passages))) == [
        "courier copies gazette",
        "gazette copies herald",
    ]


def test_two_possible_parents_are_both_shown_and_neither_is_certain() -> None:
    courier, gazette = page("courier", LONG, "2031-03-01"), page("gazette", LONG, "2031-03-01")
    herald = page("herald", LONG, "2031-03-03")
    passages = [
        shared(courier, herald, LONG, "copied narration"),
        shared(gazette, herald, LONG, "copied narration"),
    ]
    found = drawn(stemma(pile([courier, gazette, herald], (), passages)))
    assert found == ["courier copies herald (unsure)", "gazette copies herald (unsure)"]


def test_of_two_possible_parents_the_copy_of_the_other_is_left_out() -> None:
    courier = page("courier", LONG, "2031-03-01")
    gazette = page("gazette", LONG, "2031-03-01", credits=(Credit("The Lurn Courier"),))
    herald = page("herald", LONG, "2031-03-03")
    passages = [
        shared(courier, gazette, LONG, "copied narration"),
        shared(courier, herald, LONG, "copied narration"),
        shared(gazette, herald, LONG, "copied narration"),
    ]
    found = drawn(stemma(pile([courier, gazette, herald], (), passages)))
    assert found == ["courier copies gazette", "courier copies herald (unsure)"]


def test_a_later_date_alone_makes_no_copy_certain() -> None:
    courier, gazette = page("courier", LONG, "2031-03-01"), page("gazette", LONG, "2031-03-02")
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, "copied narration")])
    (edge,) = stemma(all_of).edges
    assert (edge.exemplar, edge.certain) == ("courier", False)
    assert "Both may have it from a text that is not here." in edge.why


def test_two_that_credit_one_agency_have_its_words_from_it_and_not_from_each_other() -> None:
    agency = (Credit("Osk Newswire"),)
    courier = page("courier", LONG, "2031-03-01", credits=agency)
    gazette = page("gazette", LONG, "2031-03-02", credits=agency)
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, "copied narration")])
    found = stemma(all_of)
    assert drawn(found) == ["[Osk Newswire] reports courier", "[Osk Newswire] reports gazette"]
    assert all(each.passages for each in found.edges)


def _at_the_foot(line: str, name: str) -> Reading:
    text = f"{LONG}\n\n{line}"
    start = text.index(name)
    block = Block("b", "gazette", text.index(line), len(text), "boilerplate")
    credit = Credit(name, (start, start + len(name)))
    return replace(page("gazette", text, credits=(credit,)), blocks=(block,))


def test_where_an_article_first_appeared_is_a_credit_though_it_stands_at_the_foot() -> None:
    line = "This article was originally published by The Lurn Courier."
    gazette = _at_the_foot(line, "The Lurn Courier")
    courier = page("courier", LONG)
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, "copied narration")])
    assert drawn(stemma(all_of)) == ["courier copies gazette"]


def test_whose_the_pictures_are_is_no_credit_for_the_words() -> None:
    gazette = _at_the_foot("All images are from The Lurn Courier.", "The Lurn Courier")
    courier = page("courier", LONG)
    all_of = pile([courier, gazette], (), [shared(courier, gazette, LONG, "copied narration")])
    (edge,) = stemma(all_of).edges
    assert not edge.certain


def test_a_page_that_speaks_of_itself_in_shared_words_was_there_first() -> None:
    words = LONG + " The Courier could not reach the miller, who keeps no telephone."
    courier, herald = page("courier", words), page("herald", words)
    all_of = pile([courier, herald], (), [shared(courier, herald, words, "copied narration")])
    assert drawn(stemma(all_of)) == ["courier copies herald"]


def _decided(verdict: str, one: str, other: str, readings: list[Reading]) -> Pile:
    about = tuple(Anchor("document", doc, (), "") for doc in (one, other))
    made = Judgement("j", verdict, about, "Ann", "2031-01-01")  # type: ignore[arg-type]
    passages = [shared(readings[0], readings[1], LONG, "copied narration")]
    return pile(readings, (), passages, [made])


def test_a_person_decides_who_copied_whom() -> None:
    pages = [page("courier", LONG, "2031-03-01"), page("gazette", LONG, "2031-03-02")]
    kept = drawn(stemma(_decided("is-copy-of", "courier", "gazette", pages)))
    assert kept == ["gazette copies courier"]
    assert drawn(stemma(_decided("not-copy-of", "gazette", "courier", pages))) == []


def test_a_person_adds_a_lost_release() -> None:
    anchor = Anchor("document", "courier", ((0, 12),), LONG[:12])
    made = Judgement("j", "add-exemplar", (anchor,), "Ann", "2031-01-01", "the toll clerk's notice")
    found = stemma(pile([page("courier", LONG)], judgements=[made]))
    assert drawn(found) == ["[the toll clerk's notice] quotes courier"]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_adding_does_not_show(seed: int) -> None:
    once = _quoted()
    readings = list(once.readings)
    random.Random(seed).shuffle(readings)
    assert stemma(pile(readings, once.entities, once.passages)) == stemma(once)
