"""Who “he” is: tests that show words, and to whom each source is brought."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.knowledge import index, table
from whence.resolve import Resolved, resolve
from whence.terms import (
    Anchor,
    Attribution,
    Document,
    Entity,
    Extent,
    Judgement,
    Kind,
    Mention,
    NameForm,
    Reading,
    Stance,
    Verdict,
    finding_id,
)

CUE = {"said": "asserts", "says": "asserts", "accused": "accuses", "denied": "denies"}
MARK = re.compile(
    r"\[(?P<source>[^\]|]+)(?:\|(?P<kind>\w+))?\]\s+(?P<cue>\w+)\s+(?P<content>[^.\n]+)"
)
NAME = re.compile(r"\{(?P<name>[^}|]+)\|(?P<kind>\w+)\}")
KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}


def page(
    marked: str, doc: str = "d1", links: dict[str, str] | None = None, byline: str | None = None
) -> Reading:
    """A reading of a text in which [sources] and {names|PER} are marked as a reader finds them.

    `links` says to which words (by their last occurrence before) a pronoun links back.
    """
    text, spots = _unmarked(marked)
    attributions, mentions, sources = [], [], []
    for kind, start, end, label in spots:
        if kind == "name":
            mentions.append(Mention(doc, start, end, KINDS[label]))
            continue
        cue = re.compile(r"\s+(\w+)\s+([^.\n]+)").match(text, end)
        assert cue, text[end:]
        stance: Stance = CUE.get(cue[1], "asserts")  # type: ignore[assignment]
        spans = (((start, end),), (cue.span(1),), (cue.span(2),))
        made = Attribution(finding_id("attribution", doc, *spans), doc, "indirect", *spans, stance)
        attributions.append(made)
        form: NameForm = (
            "pronoun" if text[start:end].casefold() in {"he", "she", "it", "they"} else "nominal"
        )
        mentions.append(Mention(doc, start, end, "other", form=form))
        head: Extent | None = None
        if links and (target := links.get(text[start:end])):
            at = text.rfind(target, 0, start)
            head = (at, at + len(target))
        sources.append((made.id, head, 0.9 if head else 1.0))
    document = Document(doc, doc, text, "", "text/plain", "en", byline=byline)
    return Reading(document, (), tuple(attributions), tuple(mentions), sources=tuple(sources))


def _unmarked(marked: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    text, spots, at = "", [], 0
    for found in re.finditer(r"\[([^\]]+)\]|\{([^}|]+)\|(\w+)\}", marked):
        text += marked[at : found.start()]
        words = found[1] or found[2]
        spots.append(
            ("source" if found[1] else "name", len(text), len(text) + len(words), found[3] or "")
        )
        text += words
        at = found.end()
    return text + marked[at:], spots


def speakers(*pages: Reading, own: str = "") -> list[str | None]:
    """Whom each source is brought to, in order; those without a name in brackets."""
    names = index(table(own)) if own else None
    return shown(resolve(pages, names))


def shown(found: Resolved) -> list[str | None]:
    by_id = {each.id: each for each in found.entities}
    return [_called(by_id, a) for r in found.readings for a in r.attributions]


def _called(by_id: dict[str, Entity], each: Attribution) -> str | None:
    if each.speaker is None:
        return None
    entity = by_id[each.speaker]
    return entity.name if entity.named else f"({entity.name})"


def candidates(found: Resolved) -> list[list[str]]:
    by_id = {each.id: each for each in found.entities}
    return [
        sorted(by_id[c].name for c in a.candidates) for r in found.readings for a in r.attributions
    ]


# ---------------------------------------------------------------- persons


@pytest.mark.parametrize(
    "source",
    [
        "Orlo Venn", "Maj. Gen. Orlo Venn", "Ministry spokesman Maj. Gen. Orlo Venn",
        "Orlo Venn, the director of the Lark Institute", "A spokesman for the League, Colonel Orlo Venn",
        "Bela Rask’s senior adviser Orlo Venn", "Orlo Venn, who heads the Lark Institute",
        "the mayor, Orlo Venn", "Norwegian Foreign Minister Orlo Venn",
    ],
)  # fmt: skip
def test_titles_roles_and_appositions_are_not_part_of_a_name(source: str) -> None:
    assert speakers(page(f"[{source}] said no ship sank.")) == ["Orlo Venn"]


def test_a_person_in_whose_service_someone_speaks_is_not_the_speaker() -> None:
    assert speakers(page("[Orlo Venn’s office] said no ship sank.")) != ["Orlo Venn"]


def test_a_short_name_is_the_one_full_name_it_can_mean() -> None:
    assert speakers(page("[Orlo Venn] said no.\n\n[Venn] said yes.")) == ["Orlo Venn", "Orlo Venn"]


def test_a_short_name_that_two_bear_stays_open_with_both_as_candidates() -> None:
    found = resolve([page("[Orlo Venn] said no.\n[Bela Venn] said yes.\n[Venn] said perhaps.")])
    assert shown(found)[-1] is None
    assert candidates(found)[-1] == ["Bela Venn", "Orlo Venn"]


def test_a_title_tells_two_of_one_name_apart() -> None:
    text = "[Mrs Bela Venn] said no.\n[Mr Orlo Venn] said yes.\n[Mrs Venn] said perhaps."
    assert speakers(page(text))[-1] == "Bela Venn"


def test_a_surname_that_ends_like_a_trade_is_a_name() -> None:
    assert speakers(page("[Professor Cara Eastman] said no.\n[Professor Eastman] said yes.")) == [
        "Cara Eastman", "Cara Eastman",
    ]  # fmt: skip


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    "other",
    [
        "Norwegian Ministry of Defence", "the Norwegian MoD", "the Norwegian Defense Ministry",
        "Norway's Defense Ministry", "Norway’s Ministry of Defense", "the Norwegian Defense Minstry",
        "the Ministry of Defence of Norway", "the Defense Ministry", "the ministry",
    ],
)  # fmt: skip
def test_one_ministry_under_many_names(other: str) -> None:
    found = speakers(page(f"[Norway’s Defence Ministry] said no.\n\n[{other}] said yes."))
    assert found[0] == found[1] is not None


def test_the_ministries_of_two_states_stay_two() -> None:
    first, second, third = speakers(
        page("[The Norwegian Defence Ministry] said no. [The Swedish Defence Ministry] said yes. "
             "[The Defence Ministry] said perhaps.")
    )  # fmt: skip
    assert first != second
    assert third is None


def test_a_ministry_of_a_state_we_do_not_know_is_found_by_its_adjective() -> None:
    first, second = speakers(
        page("[The Skarethi Energy Ministry] said no.", "a"),
        page("[Skareth’s Energy Ministry] said yes.", "b"),
    )
    assert first == second


def test_brackets_give_a_name_that_holds_for_the_document_even_with_a_slip() -> None:
    text = "[The Lark River League (LRK)] said no.\n\n[The LRK] said yes."
    assert speakers(page(text)) == ["Lark River League", "Lark River League"]


def test_brackets_may_give_several_names() -> None:
    text = "[Free Lark Front (FLF, formerly LNA/LNB)] said no.\n\n[LNA] said yes.\n\n[LNB] said perhaps."
    assert set(speakers(page(text))) == {"Free Lark Front"}


def test_an_acronym_explained_in_one_document_is_understood_in_another() -> None:
    assert speakers(page("[The Lark River League (LRL)] said no.", "a"), page("[The LRL] said yes.", "b")) == [
        "Lark River League", "Lark River League",
    ]  # fmt: skip


def test_a_slip_of_one_letter_in_a_long_name_is_the_same_body() -> None:
    found = speakers(
        page("[The Harbour Protection League] said no.\n[The Harbour Protecton League] said yes.")
    )
    assert found[0] == found[1]


def test_backed_led_and_pro_are_not_the_state_itself() -> None:
    for source in ("Norway-backed forces", "the Norway-led fleet", "pro-Norway units"):
        assert speakers(page(f"[{source}] said no.")) != ["Norway"]


def test_the_one_body_with_that_head_is_the_service() -> None:
    text = "{Lark Harbour Service|ORG} was there.\n\n[The service] said no."
    assert speakers(page(text)) == ["Lark Harbour Service"]


# ---------------------------------------------------------------- states and those who speak for them


def test_a_capital_and_officials_stand_for_their_state() -> None:
    text = "[Oslo] said no.\n\n[Norwegian officials] said yes.\n\n[The Norwegians] said perhaps."
    assert speakers(page(text)) == ["Norway", "Norway", "Norway"]


def test_a_capital_is_the_ministry_only_where_the_paragraph_names_it() -> None:
    text = "[Norway’s Defence Ministry] said no. [Oslo] said yes.\n\nThe day passed.\n\n[Oslo] said perhaps."
    ministry, same, later = speakers(page(text))
    assert ministry == same
    assert later == "Norway"


def test_the_pentagon_is_a_ministry_and_never_the_defence_ministry_of_another() -> None:
    text = "[Norway’s Defence Ministry] said no.\n\n[The Pentagon] said yes.\n\n[The Defence Ministry] said perhaps."
    first, second, third = speakers(page(text))
    assert second == "US Department of Defense"
    assert third == first


# ---------------------------------------------------------------- without a name


def test_somebody_by_a_role_is_nobody_by_name_and_another_in_every_document() -> None:
    found = resolve(
        [
            page("[A Harbour Board source] said no.", "a"),
            page("[A Harbour Board source] said yes.", "b"),
        ]
    )
    assert shown(found) == ["(A Harbour Board source)"] * 2
    one, two = (r.attributions[0].speaker for r in found.readings)
    assert one != two


def test_the_source_is_the_one_spoken_of_before() -> None:
    found = resolve([page("[A source in the Harbour Board] said no.\n\n[The source] said yes.")])
    one, two = (a.speaker for a in found.readings[0].attributions)
    assert one == two


def test_the_spokesman_is_the_one_introduced_with_that_role() -> None:
    text = "[Board spokesman Orlo Venn] said no.\n\n[The spokesman] said yes."
    assert speakers(page(text)) == ["Orlo Venn", "Orlo Venn"]


def test_two_spokesmen_leave_the_spokesman_open() -> None:
    text = "[Board spokesman Orlo Venn] said no.\n[League spokesman Tam Rook] said so.\n[The spokesman] said yes."
    assert speakers(page(text))[-1] is None


def test_reports_and_nobody_name_nobody() -> None:
    assert speakers(page("[reports] said no.\n[Nobody] said yes.")) == [None, None]


def test_two_with_one_voice_are_not_one_speaker() -> None:
    found = resolve([page("[Both Orlo Venn and Bela Rask] said no.")])
    assert shown(found) == [None]
    assert candidates(found) == [["Bela Rask", "Orlo Venn"]]


# ---------------------------------------------------------------- pronouns


def test_he_is_the_last_who_spoke_if_nobody_else_fits() -> None:
    assert speakers(page("[Orlo Venn] said no. [He] said yes.")) == ["Orlo Venn", "Orlo Venn"]


def test_he_is_nobody_when_two_fit() -> None:
    found = resolve([page("[Orlo Venn] said no. {Tam Rook|PER} was there. [He] said yes.")])
    assert shown(found)[-1] is None
    assert candidates(found)[-1] == ["Orlo Venn", "Tam Rook"]


def test_a_link_of_the_reader_settles_between_two() -> None:
    text = "[Orlo Venn] said no. {Tam Rook|PER} was there. [He] said yes."
    assert speakers(page(text, links={"He": "Venn"}))[-1] == "Orlo Venn"


def test_a_link_over_many_paragraphs_is_not_followed() -> None:
    text = "[Orlo Venn] said no.\n\nRain fell.\n\nSnow fell.\n\nHail fell.\n\n[He] said yes."
    assert speakers(page(text, links={"He": "Venn"}))[-1] is None


def test_she_is_never_a_man_and_it_never_a_person_and_he_never_a_body() -> None:
    assert speakers(page("[Mr Orlo Venn] said no. [She] said yes."))[-1] is None
    assert speakers(page("[Mr Orlo Venn] said no. [It] said yes."))[-1] is None
    assert speakers(page("[The Lark League] said no. [He] said yes."))[-1] is None


def test_somebody_described_who_stands_nearer_takes_the_pronoun_away() -> None:
    text = "[Orlo Venn] said no. Then a fisherman from the harbour came in. [He] said yes."
    assert speakers(page(text))[-1] is None


def test_he_may_be_somebody_without_a_name() -> None:
    text = "[A Harbour Board representative] said no. [He] said yes."
    assert speakers(page(text)) == ["(A Harbour Board representative)"] * 2


MOSAICS = [
    "“A notice was sent,” [he] said so.\n\n[Orlo Venn] said no.\n\nRain fell.\n\nSnow fell.\n\nHail fell.\n\n"
    "[Venn] said so.",
    "Rook left the town.\n\n[He] said no.\n\nVenn, it is told, sank.\n\n[He] said yes.\n\n"
    "OSTLEY, 4 May (LARK) - Rain fell.\n\nColonel {Tam Rook|PER} was hurt.\n\nGeneral {Orlo Venn|PER} was hurt.",
    "[The Lark League] said no.\n\n[He] said yes.\n\nSnow fell.\n\n[She] said so.\n\nHail fell.\n\nWind rose.",
    "[A League spokesman] said no, the Lark agency reported.\n\nHail fell.\n\nSnow fell, the Finch agency reported.\n\n"
    "[He] said yes.\n\nWind rose.\n\nThe sea rose.",
]  # fmt: skip


@pytest.mark.parametrize("text", MOSAICS)
def test_he_in_a_page_of_unrelated_sentences_is_nobody(text: str) -> None:
    reading = page(text)
    found = resolve([reading])
    texts = reading.document.text
    for each, who in zip(found.readings[0].attributions, shown(found), strict=True):
        if texts[slice(*each.source[0])].casefold() in {"he", "she"}:
            assert who is None


def test_she_is_whom_the_page_calls_she() -> None:
    text = (
        "{Carrow Lisk|PER} raised her hand. {Carrow Lisk|PER} opened her bag, and her sister laughed. "
        "{Jory Venn|PER} shook his head and put on his hat. [She] said no."
    )
    assert speakers(page(text)) == ["Carrow Lisk"]


def test_a_name_marked_with_its_title_is_that_persons() -> None:
    found = resolve([page("{Justice Orlo Venn|PER} ruled so. [Venn] said no.")])
    text = found.readings[0].document.text
    by = {text[m.start : m.end]: m.entity for m in found.readings[0].mentions}
    assert by["Justice Orlo Venn"] == by["Venn"] is not None


def test_it_is_the_one_body_that_spoke_before() -> None:
    text = "[The Harbour Board] said no. [It] said the gate was shut."
    assert speakers(page(text)) == ["Harbour Board", "Harbour Board"]


def test_they_is_nobody_where_no_body_or_group_stands_near() -> None:
    assert speakers(page("{Orlo Venn|PER} fished. [They] said no.")) == [None]


def test_i_in_quoted_words_is_whoever_is_quoted() -> None:
    reading = page("[Orlo Venn] said “the tide is high, and [I] think so too”.")
    outer, inner = reading.attributions
    assert inner.content[0][1] <= outer.content[0][1]
    assert speakers(reading) == ["Orlo Venn", "Orlo Venn"]


def test_i_in_reported_words_is_not_whoever_is_reported() -> None:
    assert speakers(page("[Orlo Venn] said that what [I] think is wrong.")) == ["Orlo Venn", None]


def test_i_in_a_columnists_own_text_is_the_columnist() -> None:
    assert speakers(page("[I] said no.", byline="Orlo Venn")) == ["Orlo Venn"]


# ---------------------------------------------------------------- across documents


def test_one_person_in_two_spellings() -> None:
    found = resolve(
        [
            page("[Vladimir Orlovenkov] said no.", "a"),
            page("[Vladimir Orlavenkov] said yes.", "b"),
        ]
    )
    assert len({r.attributions[0].speaker for r in found.readings}) == 1


def test_first_names_that_differ_keep_two_people_apart() -> None:
    first, second = speakers(page("[Orlo Venn] said no.", "a"), page("[Bela Venn] said yes.", "b"))
    assert (first, second) == ("Orlo Venn", "Bela Venn")


def test_a_slip_in_a_first_name_is_one_person_where_the_post_is_the_same() -> None:
    found = speakers(
        page("[Edvine Quill, director of the Lark Institute] said no.", "a"),
        page("[Edwina Quill, who heads the Lark Institute] said yes.", "b"),
    )
    assert len(set(found)) == 1


def test_a_surname_alone_is_the_one_who_bears_it_in_the_pile() -> None:
    assert (
        speakers(page("[Orlo Venn] said no.", "a"), page("[Venn] said yes.", "b"))
        == ["Orlo Venn"] * 2
    )


def test_a_surname_alone_that_two_bear_in_the_pile_is_its_own() -> None:
    third = speakers(
        page("[Orlo Venn] said no.", "a"),
        page("[Bela Venn] said no.", "b"),
        page("[Venn] said yes.", "c"),
    )[-1]
    assert third == "Venn"


def test_an_entity_keeps_its_id_whatever_else_is_read() -> None:
    alone = resolve([page("[Orlo Venn] said no.", "a")])
    among = resolve([page("[Bela Rask] said no.", "b"), page("[Orlo Venn] said no.", "a")])
    assert alone.readings[0].attributions[0].speaker == among.readings[1].attributions[0].speaker


def test_all_names_seen_are_kept_and_certain_addresses_given() -> None:
    found = resolve([page("[The WHO] said no.\n[The World Health Organisation] said yes.")])
    (who,) = (e for e in found.entities if e.name == "World Health Organization")
    assert {"WHO", "World Health Organisation"} <= set(who.also)
    assert who.same_as == ("https://www.wikidata.org/wiki/Q7817",)


def test_a_dossiers_own_names_come_first() -> None:
    own = "name,role,kind,country,wikidata,also\nHarbour Board,body,organisation,,,HB|the wharf people\n"
    assert (
        speakers(page("[The HB] said no.\n[The Harbour Board] said yes."), own=own)
        == ["Harbour Board"] * 2
    )


def test_every_resolution_says_why_and_where() -> None:
    reading = page("[Orlo Venn] said no.\n\n[Venn] said yes.")
    found = resolve([reading])
    why = {note.finding: note for note in found.notes}[reading.attributions[1].id]
    assert why.why == "the only Venn this document names"
    assert [reading.document.text[a:b] for a, b in why.evidence] == ["Venn", "Orlo Venn"]


# ---------------------------------------------------------------- what statements do


def test_an_accusation_charges_the_first_actor_in_its_words() -> None:
    found = resolve([page("[Orlo Venn] accused Norway of sinking the ferry near Sweden.")])
    by_id = {e.id: e.name for e in found.entities}
    (said,) = found.readings[0].attributions
    assert [by_id[c] for c in said.charges] == ["Norway"]
    assert [by_id[c] for c in said.about] == ["Norway", "Sweden"]


def test_a_denial_of_anothers_claims_answers_the_last_of_them() -> None:
    reading = page(
        "[The Lark League] said the ferry sank.\n\n[The Harbour Board] denied the {Lark League|ORG}’s claims."
    )
    found = resolve([reading])
    claim, denial = found.readings[0].attributions
    assert denial.answers == (claim.id,)
    assert claim.answers == ()


def test_a_denial_that_names_no_claim_answers_nothing() -> None:
    found = resolve(
        [page("[The Lark League] said the ferry sank.\n\n[The Harbour Board] denied a delay.")]
    )
    assert found.readings[0].attributions[1].answers == ()


# ---------------------------------------------------------------- people outrank the machine


def judged(verdict: Verdict, *anchors: Anchor) -> Judgement:
    return Judgement("j", verdict, anchors, "Ada", "2024-01-01")


def at(reading: Reading, words: str) -> Anchor:
    start = reading.document.text.index(words)
    return Anchor("mention", reading.document.id, ((start, start + len(words)),), words)


def ids(found: Resolved) -> list[str | None]:
    return [a.speaker for r in found.readings for a in r.attributions]


def test_a_person_may_say_that_two_are_one() -> None:
    one, two = page("[Orlo Venn] said no.", "a"), page("[The Grey Heron] said yes.", "b")
    left, right = ids(resolve([one, two]))
    assert left != right
    left, right = ids(
        resolve(
            [one, two],
            None,
            [judged("same-entity", at(one, "Orlo Venn"), at(two, "The Grey Heron"))],
        )
    )
    assert left == right


def test_a_person_may_say_that_one_is_two() -> None:
    one, two = page("[Orlo Venn] said no.", "a"), page("[Orlo Venn] said yes.", "b")
    left, right = ids(resolve([one, two]))
    assert left == right
    found = resolve(
        [one, two], None, [judged("not-same-entity", at(one, "Orlo Venn"), at(two, "Orlo Venn"))]
    )
    left, right = ids(found)
    assert left != right
    assert shown(found) == ["Orlo Venn", "Orlo Venn"]


# ---------------------------------------------------------------- whatever the words

SOURCES: Sequence[str] = (
    "Orlo Venn", "Venn", "he", "she", "it", "they", "the ministry", "Norway’s Defence Ministry", "Oslo",
    "a source", "officials", "the spokesman", "the LRL", "the Lark River League (LRL)", "reports", "I",
    "Norwegian officials", "both Orlo Venn and Oslo", "U.S.", "the", "“”", "-", "Élan Ōta-al", "а́я", "😀",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(SOURCES), st.booleans()), min_size=1, max_size=8))
def test_nothing_is_lost_and_every_id_is_known(parts: list[tuple[str, bool]]) -> None:
    text = "".join(f"[{source}] said no.{chr(10) * 2 if gap else ' '}" for source, gap in parts)
    reading = page(text)
    found = resolve([reading])
    known = {e.id for e in found.entities}
    assert [a.id for a in found.readings[0].attributions] == [a.id for a in reading.attributions]
    for each in found.readings[0].attributions:
        assert {
            x for x in (each.speaker, *each.candidates, *each.about, *each.charges) if x
        } <= known
    assert found == resolve([reading])
