"""Claims: what several documents say in other words is one; two floods on two days are two."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from whence.claims import Knobs, claims
from whence.claims.grouping import groups
from whence.claims.likeness import Floats, Said, apart, cut, echoes, features, scores, trained
from whence.claims.wording import plain, whole
from whence.pile import Pile, pile, words
from whence.terms import (
    Anchor,
    Attribution,
    Claim,
    Document,
    Entity,
    Extents,
    Judgement,
    Mention,
    Reading,
    Stance,
    Time,
    finding_id,
)


def bag(sentences: Sequence[str]) -> Floats:
    """Vectors that are near where sentences share words: enough to test what joins claims."""
    out = np.zeros((len(sentences), 4096), np.float32)
    for row, each in enumerate(sentences):
        for term in cut(Said(each)).terms:
            out[row, int(finding_id("word", term)[2:8], 16) % 4096] += 1
        out[row] /= np.linalg.norm(out[row]) + 1e-9
    return out


def page(name: str, *told: tuple[str, str] | tuple[str, str, Stance]) -> Reading:
    """A document of “WHO said WORDS.” sentences, read."""
    text, found = "", []
    for who, said, *rest in told:
        start = len(text)
        text += f"{who} said {said}.\n"
        at = start + len(who) + 6
        source, cue = ((start, start + len(who)),), ((start + len(who) + 1, at - 1),)
        content = ((at, at + len(said)),)
        stance: Stance = rest[0] if rest else "asserts"
        found.append(
            Attribution(
                finding_id("attribution", name, source, cue, content), name, "indirect",
                source, cue, content, stance, speaker=finding_id("entity", who),
            )
        )  # fmt: skip
    document = Document(name, f"{name}.txt", text, "", "text/plain", "en", outlet=name)
    return Reading(document, attributions=tuple(found))


def people(*readings: Reading) -> list[Entity]:
    """Everyone who speaks in these documents."""
    names = {
        each.speaker: words(r.document.text, each.source)
        for r in readings
        for each in r.attributions
    }
    return [Entity(id, "person", True, name) for id, name in names.items() if id]


def shown(all_of: Pile, found: tuple[Claim, ...]) -> list[list[str]]:
    """Each claim as the words of its tellings, with what they do."""
    known = {a.id: r for r in all_of.readings for a in r.attributions}
    return [
        sorted(
            f"{each.stance}: {words(known[each.attribution].document.text, each.spans)}"
            for each in claim.tellings
        )
        for claim in found
    ]


GATES = "three gates of the old weir were opened at midnight"
BAKER = "the baker of Lurn has sold his horse to a stranger"
FERRY = "the ferry to Osk will not run before the spring fair"


def test_the_same_words_in_two_documents_are_one_claim_and_others_are_their_own() -> None:
    all_of = pile(
        [page("courier", ("Orlo", GATES), ("Vask", BAKER)), page("gazette", ("Orlo", GATES))]
    )
    found = shown(all_of, claims(all_of, bag))
    assert found == [[f"asserts: {GATES}"] * 2, [f"asserts: {BAKER}"]]


def test_a_denial_belongs_to_the_claim_that_it_denies() -> None:
    all_of = pile(
        [
            page("courier", ("Orlo", GATES)),
            page("gazette", ("Vask", GATES, "denies"), ("Vask", BAKER)),
        ]
    )
    assert shown(all_of, claims(all_of, bag))[0] == [f"asserts: {GATES}", f"denies: {GATES}"]


def test_those_claims_are_incorrect_denies_the_accusation_before_it() -> None:
    one = page(
        "courier",
        ("Vask", BAKER),
        ("Orlo", GATES, "accuses"),
        ("Mirn", "those claims are incorrect", "denies"),
        ("Vask", FERRY),
    )
    all_of = pile([one])
    found = shown(all_of, claims(all_of, bag))
    assert [f"asserts: {GATES}", "denies: those claims are incorrect"] in found


def test_a_denial_of_claims_that_stand_nowhere_belongs_to_what_the_same_voice_denies_in_words() -> (
    None
):
    one = page(
        "courier",
        ("Mirn", "the council's claims", "denies"),
        ("Vask", BAKER),
        ("Mirn", GATES, "denies"),
    )
    found = shown(pile([one]), claims(pile([one]), bag))
    assert ["denies: the council's claims", f"denies: {GATES}"] in found


def test_denials_that_only_point_are_not_joined_by_their_words() -> None:
    pages = [
        page("courier", ("Orlo", GATES, "accuses"), ("Mirn", "those claims are false", "denies")),
        page("gazette", ("Vask", BAKER, "accuses"), ("Mirn", "those claims are false", "denies")),
    ]
    all_of = pile(pages)
    assert sorted(shown(all_of, claims(all_of, bag))) == [
        [f"asserts: {words}", "denies: those claims are false"] for words in (BAKER, GATES)
    ]


def test_nobody_denies_what_they_said_themselves() -> None:
    one = page(
        "courier", ("Mirn", GATES, "accuses"), ("Mirn", "those claims are incorrect", "denies")
    )
    all_of = pile([one])
    assert len(claims(all_of, bag)) == 2


def test_two_floods_on_two_days_are_two_claims() -> None:
    def dated(name: str, day: str) -> Reading:
        one = page(name, ("Orlo", f"water stood in the streets of Lurn on {day} night"))
        at = one.document.text.index(day)
        date = {"Monday": "2031-03-03", "Friday": "2031-03-07"}[day]
        time = Time(name, at, at + len(day), date, date, None, "stated", "event")
        return replace(one, times=(time,))

    same = pile([dated("courier", "Monday"), dated("gazette", "Monday")])
    other = pile([dated("courier", "Monday"), dated("gazette", "Friday")])
    assert [len(each.tellings) for each in claims(same, bag)] == [2]
    assert [len(each.tellings) for each in claims(other, bag)] == [1, 1]


def test_who_holds_a_statement_inside_their_own_relays_it() -> None:
    one = page("courier", ("The mayor", f"Orlo had said {GATES}"))
    outer = one.attributions[0]
    text = one.document.text
    at = text.index("Orlo")
    inner = Attribution(
        "inner", "courier", "indirect", ((at, at + 4),), ((at + 5, at + 13),),
        ((at + 14, at + 14 + len(GATES)),), within=outer.id, speaker="orlo",
    )  # fmt: skip
    all_of = pile([replace(one, attributions=(outer, inner))])
    assert shown(all_of, claims(all_of, bag)) == [[f"asserts: {GATES}", f"relays: {GATES}"]]


def test_the_gloss_is_one_plain_sentence_from_the_text() -> None:
    all_of = pile([page("courier", ("Orlo", GATES)), page("gazette", ("Vask", "it " + GATES[10:]))])
    assert claims(all_of, bag)[0].gloss == "Three gates of the old weir were opened at midnight."


def test_a_gloss_starts_with_what_it_is_about() -> None:
    said = ["to have opened three gates of the old weir", "of opening three gates of the old weir",
            "Newswire that three gates of the old weir were open"]  # fmt: skip
    all_of = pile([page(f"p{n}", ("Orlo", each)) for n, each in enumerate(said)])
    found = [each for each in claims(all_of, bag) if len(each.tellings) > 1]
    assert [each.gloss for each in found] == ["Three gates of the old weir were open."]


def test_a_scrap_is_glossed_by_the_sentence_that_it_stands_in() -> None:
    text = "The mayor accused Orlo of opening three gates of the weir at midnight."
    content = ((text.index("of opening"), len(text) - 1),)
    made = Attribution("a", "courier", "indirect", ((0, 9),), ((10, 17),), content, "accuses")
    document = Document("courier", "courier", text, "", "text/plain", "en")
    found = claims(pile([Reading(document, attributions=(made,))]), bag)
    assert [each.gloss for each in found] == [text]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("so far the weir has held", "So far the weir has held."),
        ("and that the weir has held,", "The weir has held."),
        ("The mayor <u>has heard</u> of it", "The mayor has heard of it."),
        ("2. The weir has held", "The weir has held."),
        ("2.5 metres of water came", "2.5 metres of water came."),
        ("UPDATE 1245 GMT: the weir has held", "The weir has held."),
        (
            "It is late,” and on Monday it will be later",
            "It is late, and on Monday it will be later.",
        ),
        ('They ask "will it hold?"', 'They ask "will it hold?"'),
    ],
)
def test_a_gloss_is_cleaned_of_what_only_joined_it_to_its_page(said: str, shown: str) -> None:
    assert plain(said) == shown


def ground(text: str, *marked: tuple[str, str]) -> tuple[set[str], set[str]]:
    """Who and where of the claim of one page, in which words name a state or a town."""
    states = {word: Entity(finding_id("entity", name), "place", True, name,
                           place_kind="country" if name == "Velia" else "city")
              for word, name in marked}  # fmt: skip
    mentions = tuple(
        Mention("d", text.index(word), text.index(word) + len(word), "place", states[word].id)
        for word, _ in marked
    )
    made = Attribution("a", "d", "indirect", (), (), ((0, len(text)),), "asserts", voice="author")
    document = Document("d", "d", text, "", "text/plain", "en")
    reading = Reading(document, attributions=(made,), mentions=mentions)
    [found] = claims(pile([reading], set(states.values())), bag)
    names = {each.id: each.name for each in states.values()}
    return {names[x] for x in found.who}, {names[x] for x in found.where}


def test_a_state_that_acts_is_a_who_and_one_in_which_things_happen_a_where() -> None:
    assert ground("Velia opened the gates near Osk", ("Velia", "Velia"), ("Osk", "Osk")) == (
        {"Velia"},
        {"Osk"},
    )
    assert ground("The gates were opened in eastern Velia", ("Velia", "Velia")) == (
        set(),
        {"Velia"},
    )
    assert ground("Velian troops opened the gates", ("Velian", "Velia")) == ({"Velia"}, set())


@pytest.mark.parametrize(
    ("said", "is_whole"),
    [
        ("Three gates were opened at midnight.", True),
        ("The gatekeeper opened three gates.", True),
        ("The weir holds.", True),
        ("Heavy gates let boats pass the weir.", True),
        ("Three soldiers were.", False),
        ("Gates in the above-mentioned weir.", False),
        ("The use of opened gates.", False),
        ("Fishermen supported by the town.", False),
        ("the mayor of opening three gates", False),
    ],
)
def test_a_whole_sentence_has_a_verb_that_carries_it(said: str, is_whole: bool) -> None:
    assert whole(said) == is_whole


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_adding_does_not_show(seed: int) -> None:
    pages = [
        page("courier", ("Orlo", GATES), ("Vask", BAKER)),
        page("gazette", ("Mirn", GATES, "denies"), ("Orlo", FERRY)),
        page("herald", ("Orlo", GATES), ("Vask", FERRY), ("Mirn", BAKER, "hedges")),
        page("mirror", ("Vask", f"{GATES} and {BAKER}")),
    ]
    once = claims(pile(pages, people(*pages)), bag)
    random.Random(seed).shuffle(pages)
    assert claims(pile(pages, people(*pages)), bag) == once


def _joined(verdict: str, one: Reading, other: Reading) -> Pile:
    def anchor(reading: Reading) -> Anchor:
        spans: Extents = reading.attributions[0].content
        return Anchor(
            "attribution", reading.document.id, spans, words(reading.document.text, spans)
        )

    made = Judgement("j", verdict, (anchor(one), anchor(other)), "Ann", "2031-01-01")  # type: ignore[arg-type]
    return pile([one, other], judgements=[made])


def test_a_person_joins_what_the_machine_keeps_apart() -> None:
    all_of = _joined(
        "same-claim", page("courier", ("Orlo", GATES)), page("gazette", ("Vask", BAKER))
    )
    assert [len(each.tellings) for each in claims(all_of, bag)] == [2]


def test_a_person_keeps_apart_what_the_machine_joins() -> None:
    all_of = _joined(
        "not-same-claim", page("courier", ("Orlo", GATES)), page("gazette", ("Orlo", GATES))
    )
    assert [len(each.tellings) for each in claims(all_of, bag)] == [1, 1]


def test_a_person_adds_a_claim_in_their_own_words() -> None:
    one = page("courier", ("Orlo", GATES))
    spans: Extents = one.attributions[0].content
    anchor = Anchor("attribution", "courier", spans, words(one.document.text, spans))
    made = Judgement("j", "add-claim", (anchor,), "Ann", "2031-01-01", "Somebody opened the weir.")
    found = claims(pile([one], judgements=[made]), bag)
    assert "Somebody opened the weir." in [each.gloss for each in found]


def test_an_empty_pile_claims_nothing() -> None:
    assert claims(pile([]), bag) == ()


def test_groups_join_by_their_average_and_never_across_a_ban() -> None:
    near = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1, (2, 3): 0.8}
    assert groups(4, near, 0.7) == [[0, 1], [2, 3]]
    assert groups(4, near, 0.7, frozenset([(0, 1)])) == [[0], [1, 2], [3]]
    assert groups(4, {}, 0.7, always=[(3, 0)]) == [[0, 3], [1], [2]]


def test_statements_without_dates_are_never_apart() -> None:
    assert not apart(Said("a"), Said("b", days=(("2031-01-01", "2031-01-01"),)))


def test_the_nearest_of_many_on_one_subject_is_likelier_one_claim_than_the_rest() -> None:
    rest = [f"the old weir at {place} was {done} in the {when}" for place, done, when in [
        ("Lurn", "built", "spring"), ("Osk", "sold", "war"), ("Tarn", "painted", "summer"),
        ("Brill", "mended", "flood"), ("Vane", "praised", "song"), ("Hest", "measured", "frost"),
    ]]  # fmt: skip
    said = [Said(each) for each in (GATES, GATES, *rest)]
    pairs = [(0, n) for n in range(1, len(said))]
    table = features([cut(each) for each in said], bag([each.words for each in said]), pairs)
    same, *others = scores(table, trained())
    assert same > 0.5
    assert max(others) < 0.3


def test_knobs_say_where_one_claim_ends() -> None:
    all_of = pile([page("courier", ("Orlo", GATES)), page("gazette", ("Orlo", GATES))])
    assert len(claims(all_of, bag, Knobs(least=2.0))) == 2


def test_words_that_one_quotes_and_the_other_holds_too_tie_two_statements() -> None:
    one, other, third = (
        cut(Said(words))
        for words in (
            "The warden called the night watch “utterly careless” with the keys",
            "It was said that the guards had been utterly careless",
            "The keys were lost by a careless guard at night",
        )
    )
    assert echoes([one, other, third]) == {(0, 1): 1}


def test_what_a_platform_writes_around_a_post_is_no_claim() -> None:
    lines = ["Osk Reader @oskreader", "3h ago", "Replying to @vask", "3 replies . 19 likes",
             "The weir was opened by @vask at midnight"]  # fmt: skip
    text, made, at = "\n".join(lines), [], 0
    for n, line in enumerate(lines):
        content = ((at, at + len(line)),)
        made.append(Attribution(f"a{n}", "d", "direct", (), (), content, "asserts", "commenter"))
        at += len(line) + 1
    document = Document("d", "d", text, "", "text/plain", "en")
    found = claims(pile([Reading(document, attributions=tuple(made))]), bag)
    assert [each.gloss for each in found] == ["The weir was opened by @vask at midnight."]


def test_an_accusation_is_glossed_by_its_sentence_and_an_opening_word_left_out() -> None:
    text = "Vask is accusing the Gate Board of leaving the three gates that were mended open."
    content = ((text.index("the Gate"), len(text) - 1),)
    made = Attribution("a", "d", "indirect", ((0, 4),), ((5, 16),), content, "accuses")
    document = Document("d", "d", text, "", "text/plain", "en")
    found = claims(pile([Reading(document, attributions=(made,))]), bag)
    assert [each.gloss for each in found] == [text]
    assert plain("However, the weir has held") == "The weir has held."


def test_a_claim_has_a_day_only_where_most_who_tell_it_say_when() -> None:
    one = page("courier", ("Orlo", GATES + " on Saturday"))
    at = one.document.text.index("on Saturday") + 3
    day = Time("courier", at, at + 8, "2019-05-11", "2019-05-11", None, "inferred", "event")
    one = replace(one, times=(day,))
    others = [page(name, ("Orlo", GATES)) for name in ("gazette", "herald", "mail")]
    [alone] = claims(pile([one]), bag)
    assert alone.when and (alone.when.first, alone.when.basis) == ("2019-05-11", "inferred")
    [all_of_them] = claims(pile([one, *others]), bag)
    assert all_of_them.when is None
