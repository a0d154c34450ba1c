"""How many origins: one speech act is one, whatever carries it; what is not known widens the range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from whence.origins import origins
from whence.pile import Pile, pile
from whence.terms import (
    Anchor,
    Attribution,
    Block,
    Channel,
    Claim,
    Document,
    Edge,
    Entity,
    Evidence,
    Judgement,
    Mention,
    Origins,
    Passage,
    Reading,
    Span,
    Stance,
    Telling,
    TellingStance,
    Voice,
    When,
)

WORDS = "the weir was opened at midnight"
TELLS: dict[Stance, TellingStance] = {"denies": "denies", "hedges": "hedges", "declines": "hedges"}


class Page:
    """A document with one statement of the claim, put together piece by piece."""

    def __init__(self, name: str, source: str = "", stance: Stance = "asserts") -> None:
        self.name, self.source, self.stance = name, source, stance
        self.voice: Voice = "speaker" if source else "author"
        self.channels: tuple[Channel, ...] = ()
        self.evidence: tuple[Evidence, ...] = ()
        self.blocks: tuple[Block, ...] = ()
        self.mentions: tuple[Mention, ...] = ()
        self.reports = False
        self.speaker: str | None = source or None
        self.said: When | None = None

    @property
    def text(self) -> str:
        return f"{self.source}: {WORDS}."

    def reading(self) -> Reading:
        at = len(self.source) + 2
        content = ((at, at + len(WORDS)),)
        source = ((0, len(self.source)),) if self.source else ()
        made = Attribution(
            f"at-{self.name}",
            self.name,
            "indirect",
            source,
            (),
            content,
            self.stance,
            self.voice,
            self.speaker,
            channels=self.channels,
            evidence=self.evidence,
            reports=self.reports,
            said=self.said,
        )
        document = Document(self.name, self.name, self.text, "", "text/plain", outlet=self.name)
        return Reading(document, self.blocks, (made,), self.mentions)


def counted(
    pages: Sequence[Page], people: Sequence[Entity] = (), edges: Sequence[Edge] = ()
) -> Origins:
    """The origins of the one claim that all these pages tell."""
    tellings = tuple(
        Telling(
            f"at-{each.name}",
            ((len(each.source) + 2, len(each.source) + 2 + len(WORDS)),),
            TELLS.get(each.stance, "asserts"),
        )
        for each in pages
    )
    known = [Entity(each.speaker, "person", True, each.source) for each in pages if each.speaker]
    entities = {each.id: each for each in [*known, *people]}
    all_of = pile([each.reading() for each in pages], entities.values())
    return _one(all_of, Claim("c", WORDS, tellings), edges)


def _one(all_of: Pile, claim: Claim, edges: Sequence[Edge] = ()) -> Origins:
    found = origins(all_of, [claim], edges)[0].origins
    assert found is not None
    return found


def span_of(found: Origins) -> tuple[int, int | None]:
    return found.at_least, found.at_most


def copied(exemplar: str, copy: str) -> Edge:
    return Edge(f"{exemplar}>{copy}", exemplar, copy, "copies", True, "")


def test_three_outlets_that_quote_one_speaker_have_one_origin() -> None:
    found = counted([Page("courier", "Orlo"), Page("gazette", "Orlo"), Page("herald", "Orlo")])
    assert span_of(found) == (1, 1)
    assert [(each.name, each.kind) for each in found.named] == [("Orlo", "statement")]
    assert found.why.startswith("Three outlets carry this.")
    assert found.why.endswith("That is one origin in this pile.")


def test_one_act_through_two_channels_is_one_origin() -> None:
    told, posted = Page("courier", "Orlo"), Page("gazette", "Orlo")
    told.channels = (Channel("Osk Newswire", "told"),)
    posted.channels = (Channel("his page", "published"),)
    assert span_of(counted([told, posted])) == (1, 1)


def test_the_voices_of_one_institution_are_one_origin() -> None:
    ministry = Entity("ministry", "organisation", True, "Harbour Ministry")
    plain = Page("courier", "Harbour Ministry")
    plain.speaker = "ministry"
    voice = Page("gazette", "Vask, a spokesman for the Harbour Ministry")
    voice.speaker = "vask"
    found = counted([plain, voice], [ministry, Entity("vask", "person", True, "Vask")])
    assert span_of(found) == (1, 1)
    assert found.named[0].name == "statement of the Harbour Ministry"


def test_where_one_person_spoke_for_an_institution_it_is_said_who() -> None:
    ministry = Entity("ministry", "organisation", True, "Harbour Ministry")
    voice = Page("gazette", "Vask, a spokesman for the Harbour Ministry")
    voice.speaker = "vask"
    vask = Entity("vask", "person", True, "Vask")
    assert counted([voice], [ministry, vask]).named[0].name == "Vask (Harbour Ministry)"
    hidden = Entity("vask", "person", False, "A source in the Harbour Ministry")
    voice.source = hidden.name
    assert counted([voice], [ministry, hidden]).named[0].name == "a source in the Harbour Ministry"


def test_a_state_and_its_one_ministry_are_one_voice() -> None:
    pages = [Page("courier", "Norway"), Page("gazette", "Norwegian Ministry of Fisheries")]
    offices = [
        Entity("Norway", "place", True, "Norway"),
        Entity(pages[1].source, "organisation", True, pages[1].source),
    ]
    found = counted(pages, offices)
    assert span_of(found) == (1, 1)
    assert "Norway speaks here through the Norwegian Ministry of Fisheries." in found.why


def test_the_people_of_a_state_are_named_by_the_state() -> None:
    norwegians = Entity("Norwegians", "group", True, "Norwegians")
    found = counted([Page("courier", "Norwegians")], [norwegians])
    assert [each.name for each in found.named] == ["statement of Norway"]


def test_a_state_and_two_of_its_offices_stay_apart() -> None:
    pages = [
        Page("courier", "Norway"),
        Page("gazette", "Norwegian Ministry of Fisheries"),
        Page("herald", "Norwegian Navy"),
    ]
    kinds = ["place", "organisation", "organisation"]
    offices = [
        Entity(each.source, kind, True, each.source)  # type: ignore[arg-type]
        for each, kind in zip(pages, kinds, strict=True)
    ]
    assert len(counted(pages, offices).named) == 3


def test_a_person_of_a_country_is_not_its_government() -> None:
    pages = [Page("courier", "Norway"), Page("gazette", "Norwegian skipper Orlo")]
    assert len(counted(pages, [Entity("Norway", "place", True, "Norway")]).named) == 2


def test_the_very_same_words_under_two_names_were_said_once() -> None:
    pages = [Page("courier", "Orlo"), Page("gazette", "Vask")]
    sides = [Span(p.name, len(p.source) + 2, len(p.source) + 2 + len(WORDS)) for p in pages]
    passage = Passage("p", sides[0], sides[1], "shared quotation", 1.0, "")
    people = [Entity(each.source, "person", True, each.source) for each in pages]
    all_of = pile([each.reading() for each in pages], people, [passage])
    tellings = tuple(Telling(f"at-{p.name}", ((s.start, s.end),), "asserts")
                     for p, s in zip(pages, sides, strict=True))  # fmt: skip
    found = _one(all_of, Claim("c", WORDS, tellings))
    assert span_of(found) == (1, 1)
    assert "are given the same words" in found.why


def test_what_is_only_denied_has_one_origin_at_most_and_nobody_is_guessed() -> None:
    found = counted([Page("courier", "Mirn", "denies")])
    assert (span_of(found), found.named) == ((0, 1), ())
    assert "Who says so is not quoted here." in found.why


def test_two_speakers_may_depend_on_one_another() -> None:
    found = counted([Page("courier", "Orlo"), Page("gazette", "Vask")])
    assert span_of(found) == (1, 2)
    assert "does not show whether they depend" in found.why


def test_two_who_saw_it_are_two_origins() -> None:
    pages = [Page("courier", "Orlo"), Page("gazette", "Vask")]
    for each in pages:
        each.evidence = (Evidence("eyewitness"),)
    found = counted(pages)
    assert span_of(found) == (2, 2)
    assert {each.kind for each in found.named} == {"eyewitness"}


def test_pages_without_a_source_are_one_to_as_many_origins_as_outlets() -> None:
    assert span_of(counted([Page("courier"), Page("gazette"), Page("herald")])) == (1, 3)


def test_a_copy_is_no_origin() -> None:
    pages = [Page("courier"), Page("gazette"), Page("herald")]
    edges = [copied("courier", "gazette"), copied("gazette", "herald")]
    found = counted(pages, (), edges)
    assert span_of(found) == (1, 1)
    assert "Two have wording from another of them." in found.why


def test_a_page_that_says_it_on_its_own_word_may_know_it_by_itself() -> None:
    assert span_of(counted([Page("courier", "Orlo"), Page("gazette")])) == (1, 2)


def test_a_page_that_repeats_whom_it_quotes_adds_no_origin() -> None:
    orlo, own = Page("courier", "Orlo"), Page("gazette")
    quoting = Attribution("q", "gazette", "direct", ((0, 1),), (), ((0, 2),), speaker="Orlo")
    read = own.reading()
    both = replace(read, attributions=(*read.attributions, quoting))
    people = [Entity("Orlo", "person", True, "Orlo")]
    all_of = pile([orlo.reading(), both], people)
    tellings = tuple(
        Telling(f"at-{each.name}", ((len(each.source) + 2, len(each.source) + 8),), "asserts")
        for each in (orlo, own)
    )
    assert span_of(_one(all_of, Claim("c", WORDS, tellings))) == (1, 1)


@pytest.mark.parametrize("stance", ["denies", "declines"])
def test_who_denies_or_declines_is_no_origin(stance: Stance) -> None:
    found = counted([Page("courier", "Orlo"), Page("gazette", "Mirn", stance)])
    assert [each.name for each in found.named] == ["Orlo"]


def test_a_commenter_is_no_origin() -> None:
    comment = Page("blog")
    comment.voice = "commenter"
    assert span_of(counted([comment])) == (0, 0)


def test_a_headline_is_no_origin() -> None:
    one = Page("courier")
    one.blocks = (Block("b", "courier", 0, len(one.text), "headline"),)
    assert span_of(counted([one])) == (0, 0)


def test_an_outlet_that_passes_words_on_is_no_origin() -> None:
    wire = Page("gazette", "Osk Newswire")
    wire.reports = True
    found = counted([Page("courier", "Orlo"), wire])
    assert [each.name for each in found.named] == ["Orlo"]


def test_somebody_unnamed_is_an_unnamed_origin() -> None:
    one = Page("courier", "a clerk of the toll house")
    found = counted([one], [Entity(one.source, "person", False, one.source)])
    assert [each.kind for each in found.named] == ["unnamed"]


def test_somebody_unresolved_widens_the_range() -> None:
    he = Page("gazette", "he")
    he.speaker = None
    assert span_of(counted([Page("courier", "Orlo"), he])) == (1, 2)


def test_somebody_unresolved_in_words_of_the_same_lost_release_adds_no_origin() -> None:
    he = Page("gazette", "he")
    he.speaker = None
    edges = [Edge(f"lost>{doc}", "lost", doc, "quotes", True, "") for doc in ("courier", "gazette")]
    assert span_of(counted([Page("courier", "Orlo"), he], (), edges)) == (1, 1)


def _judged(verdict: str) -> Origins:
    pages = [Page("courier", "Orlo"), Page("gazette")]
    at = (2, 2 + len(WORDS))
    made = Judgement("j", verdict, (Anchor("attribution", "gazette", (at,), WORDS),), "Ann", "")  # type: ignore[arg-type]
    all_of = pile(
        [each.reading() for each in pages], [Entity("Orlo", "person", True, "Orlo")], (), [made]
    )
    tellings = tuple(
        Telling(f"at-{each.name}", ((len(each.source) + 2, len(each.source) + 8),), "asserts")
        for each in pages
    )
    return _one(all_of, Claim("c", WORDS, tellings))


def test_a_person_says_that_a_page_is_an_origin() -> None:
    assert len(_judged("is-origin").named) == 2
    assert len(_judged("not-origin").named) == 1


def test_the_words_say_who_plainly_and_count_one_source_once() -> None:
    keepers = [Entity(f"k{n}", "person", False, "A keeper at the weir") for n in (1, 2)]
    first, second = Page("courier", "k1"), Page("gazette", "k2")
    found = counted([first, second], keepers)
    assert "Two have it from a keeper at the weir." in found.why
    assert "one or two origins" in found.why


def test_a_page_that_also_carries_the_denial_is_it() -> None:
    denying = Page("courier", "Vask", "denies")
    assert "It carries a denial." in counted([denying]).why
    assert "One carries a denial." in counted([denying, Page("gazette", "Orlo")]).why


def test_a_day_is_named_only_where_it_was_said_on_one() -> None:
    def told(last: str) -> str:
        one = Page("courier", "Orlo")
        one.said = When("2019-05-01", last, "stated")
        return counted([one]).named[0].name

    assert told("2019-05-01") == "Orlo, 2019-05-01"
    assert told("2019-05-17") == "Orlo"
