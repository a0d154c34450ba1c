"""What a person decides binds what is found, and goes on binding it when all is read anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from whence.dossier import Dossier, analysis
from whence.judgements import quoted
from whence.terms import Anchor, Claim, Verdict

PAGES = {
    "courier": """The Marrow Courier
By Tessa Halloran
3 May 2031

The weir at Marrow Point was open on Saturday night, Ilse Orlo said.

“Three gates of the weir were opened at midnight,” Orlo told the Courier.

The ferry was late on Saturday, Orlo said.

The Harbour Office denied that three gates of the weir were opened at midnight.
""",
    "gazette": """Dunmar Gazette
4 May 2031

Tomas Vell said that three gates of the weir were opened at midnight.

The ferry was late on Saturday, Vell said.
""",
    "herald": """Lurn Herald
5 May 2031

According to the Harbour Office, the ferry was late on Saturday. Mayor Vell promised a new pier.
""",
}


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weir")
    for name, text in PAGES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / "weir.whence"
    with Dossier.open(path, create=True) as opened:
        opened.add([folder])
        opened.analyse()
    return path


@pytest.fixture
def case(read_once: Path, tmp_path: Path) -> Iterator[Dossier]:
    with Dossier.open(Path(shutil.copy(read_once, tmp_path))) as opened:
        yield opened


def at(case: Dossier, page: str, words: str, type: str = "attribution") -> Anchor:
    """The words of a page, as what a decision is about."""
    document = case.document(page)
    if type == "document":
        return Anchor(type, document.id, (), "")
    start = document.text.index(words)
    spans = ((start, start + len(words)),)
    return Anchor(type, document.id, spans, quoted(document.text, spans))


def decided(case: Dossier, verdict: Verdict, *about: Anchor, value: str | None = None) -> None:
    case.judge(verdict, about, by="Ida", value=value)


@pytest.fixture
def anew(case: Dossier, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Read every document again, as a later version of the program would."""

    def read() -> None:
        monkeypatch.setattr(analysis, "code", lambda: "a later version")
        before = case.run().at
        case.analyse()
        assert case.run().at > before
        assert {each.state for each in case.judgements()} <= {"standing", "superseded"}

    return read


GATES = "three gates of the weir were opened at midnight"
SPOKEN = "“Three gates of the weir were opened at midnight,”"
FERRY = "the ferry was late on Saturday"


def claim_of(case: Dossier, page: str, words: str) -> Claim:
    """The claim that these words of a page tell."""
    anchor = at(case, page, words)
    ((start, _),) = anchor.spans
    said = {
        each.id for each in case.attributions(page)
        if any(a <= start < b for a, b in each.content)
    }  # fmt: skip
    return next(each for each in case.claims() if said & {t.attribution for t in each.tellings})


def speakers(case: Dossier, page: str) -> dict[str, str | None]:
    """Who said what on a page."""
    text, names = case.document(page).text, case.entities()
    return {
        quoted(text, each.content): names[each.speaker].name if each.speaker in names else None
        for each in case.attributions(page)
    }


def test_who_said_it_decides_whose_act_an_origin_is(
    case: Dossier, anew: Callable[[], None]
) -> None:
    decided(case, "speaker-is", at(case, "gazette", GATES), value="The lock keeper")
    anew()
    assert speakers(case, "gazette")[GATES] == "The lock keeper"
    origins = claim_of(case, "gazette", GATES).origins
    assert origins is not None
    assert "The lock keeper" in {each.name for each in origins.named}


def test_what_the_speaker_does_decides_who_tells_and_who_denies(
    case: Dossier, anew: Callable[[], None]
) -> None:
    decided(case, "stance-is", at(case, "gazette", GATES), value="denies")
    anew()
    told = claim_of(case, "gazette", GATES).tellings
    mine = {each.id for each in case.attributions("gazette")}
    assert {each.stance for each in told if each.attribution in mine} == {"denies"}


@pytest.mark.parametrize("verdict", ["reject", "not-a-statement"])
def test_what_is_no_statement_tells_no_claim(
    case: Dossier, anew: Callable[[], None], verdict: Verdict
) -> None:
    (gone,) = [each.id for each in case.attributions("gazette")
               if GATES in quoted(case.document("gazette").text, each.content)
               and each.voice == "speaker"]  # fmt: skip
    decided(case, verdict, at(case, "gazette", GATES))
    anew()
    assert gone not in {t.attribution for each in case.claims() for t in each.tellings}


def test_a_rejection_taken_back_brings_the_telling_back(
    case: Dossier, anew: Callable[[], None]
) -> None:
    before = case.claims()
    about = at(case, "gazette", GATES)
    decided(case, "reject", about)
    assert case.claims() != before
    decided(case, "undo", about, value=case.judgements()[0].id)
    anew()
    assert case.claims() == before


def test_corrected_words_are_what_the_claim_tells(case: Dossier, anew: Callable[[], None]) -> None:
    short = at(case, "herald", "the ferry was late")
    value = msgspec.json.encode({"content": short.spans}).decode()
    decided(case, "span-is", at(case, "herald", FERRY), value=value)
    anew()
    assert "the ferry was late" in speakers(case, "herald")
    told = [t.spans for each in case.claims() for t in each.tellings]
    assert short.spans in told


def test_a_missed_statement_tells_a_claim(case: Dossier, anew: Callable[[], None]) -> None:
    words = "a new pier"
    decided(case, "add-statement", at(case, "herald", words), value="Tomas Vell")
    anew()
    added = at(case, "herald", words)
    assert any(t.spans == added.spans for each in case.claims() for t in each.tellings)


def test_two_claims_that_are_one_are_told_as_one(case: Dossier, anew: Callable[[], None]) -> None:
    assert claim_of(case, "gazette", GATES) != claim_of(case, "herald", FERRY)
    decided(case, "same-claim", at(case, "gazette", GATES), at(case, "herald", FERRY))
    anew()
    assert claim_of(case, "gazette", GATES) == claim_of(case, "herald", FERRY)


def test_a_statement_split_out_is_apart_from_the_whole_claim(
    case: Dossier, anew: Callable[[], None]
) -> None:
    pages = {"courier": "The ferry was late", "gazette": "The ferry was late", "herald": FERRY}
    before = {claim_of(case, page, words).id for page, words in pages.items()}
    assert len(before) == 1
    out = at(case, "gazette", "The ferry was late on Saturday")
    decided(case, "not-same-claim", out, at(case, "herald", FERRY))
    anew()
    after = {page: claim_of(case, page, words).id for page, words in pages.items()}
    assert after["courier"] == after["herald"] != after["gazette"]


def test_a_claim_in_a_persons_words_holds_every_statement_put_under_it(
    case: Dossier, anew: Callable[[], None]
) -> None:
    for page, words in [("courier", SPOKEN), ("herald", FERRY)]:
        decided(case, "add-claim", at(case, page, words), value="It was a bad night.")
    anew()
    (made,) = [each for each in case.claims() if each.gloss == "It was a bad night."]
    docs = {each.doc for each in case.attributions()
            if each.id in {t.attribution for t in made.tellings}}  # fmt: skip
    assert docs == {case.document("courier").id, case.document("herald").id}


def test_what_is_an_origin_is_counted_and_what_is_none_is_not(
    case: Dossier, anew: Callable[[], None]
) -> None:
    def named() -> int:
        origins = claim_of(case, "gazette", GATES).origins
        assert origins is not None
        return len(origins.named)

    before = named()
    decided(case, "not-origin", at(case, "gazette", GATES))
    anew()
    assert named() == before - 1
    decided(case, "is-origin", at(case, "gazette", GATES))
    assert named() == before


def test_a_copy_is_an_edge_of_the_family_tree_and_can_be_none(
    case: Dossier, anew: Callable[[], None]
) -> None:
    pair = at(case, "herald", "", "document"), at(case, "gazette", "", "document")
    decided(case, "is-copy-of", *pair)
    anew()
    line = (case.document("gazette").id, case.document("herald").id)
    assert line in {(each.exemplar, each.copy) for each in case.edges()}
    decided(case, "not-copy-of", *pair)
    assert line not in {(each.exemplar, each.copy) for each in case.edges()}


def test_a_lost_text_is_what_all_its_copies_quote(case: Dossier, anew: Callable[[], None]) -> None:
    for page in ("courier", "gazette"):
        decided(case, "add-exemplar", at(case, page, "", "document"), value="The keeper’s log")
    anew()
    (lost,) = [each for each in case.exemplars() if each.name == "The keeper’s log"]
    copies = {each.copy for each in case.edges() if each.exemplar == lost.id}
    assert copies == {case.document("courier").id, case.document("gazette").id}


def test_two_names_joined_are_one_speaker_and_two_parted_are_two(
    case: Dossier, anew: Callable[[], None]
) -> None:
    one, other = at(case, "gazette", GATES), at(case, "herald", FERRY)
    decided(case, "same-entity", one, other)
    anew()
    assert speakers(case, "gazette")[GATES] == speakers(case, "herald")[FERRY]
    decided(case, "not-same-entity", one, other)
    assert speakers(case, "gazette")[GATES] != speakers(case, "herald")[FERRY]


def test_a_speaker_is_called_what_a_person_calls_them(
    case: Dossier, anew: Callable[[], None]
) -> None:
    name = at(case, "gazette", "Tomas Vell", "entity")
    decided(case, "metadata-is", name, value="name=Dr Tomas Vell")
    anew()
    assert speakers(case, "gazette")[GATES] == "Dr Tomas Vell"


def test_a_place_that_was_not_seen_is_a_place_from_then_on(
    case: Dossier, anew: Callable[[], None]
) -> None:
    decided(case, "place-is", at(case, "herald", "pier", "mention"), value="The Old Pier")
    anew()
    names = case.entities()
    assert "The Old Pier" in {names[e.entity].name for e in case.mentions("herald") if e.entity}


def test_a_corrected_date_moves_what_is_counted_from_it(
    case: Dossier, anew: Callable[[], None]
) -> None:
    before = {each.first for each in case.times("herald")}
    page = at(case, "herald", "", "document")
    decided(case, "metadata-is", page, value="published=2031-08-15")
    anew()
    saturday = {each.first for each in case.times("herald")}
    assert saturday != before
    assert any((each or "").startswith("2031-08-09") for each in saturday)


def test_one_outlet_under_two_names_is_one_once_a_person_says_so(
    case: Dossier, anew: Callable[[], None]
) -> None:
    page = at(case, "gazette", "", "document")
    decided(case, "metadata-is", page, value="outlet=The Marrow Courier")
    anew()
    assert case.document("gazette").outlet == "The Marrow Courier"


def test_accepting_makes_sure_and_notes_change_nothing_that_is_found(case: Dossier) -> None:
    before = case.run().at
    decided(case, "accept", at(case, "gazette", GATES))
    decided(case, "note", at(case, "gazette", GATES), value="ask him")
    (sure,) = [each.confidence for each in case.attributions("gazette")
               if GATES in quoted(case.document("gazette").text, each.content)
               and each.voice == "speaker"]  # fmt: skip
    assert (sure, case.run().at) == (1.0, before)


def test_a_decision_waits_until_the_pile_is_compared(case: Dossier) -> None:
    case.judge("reject", [at(case, "gazette", GATES)], by="Ida", compare=False)
    assert case.waiting() == 1
    case.analyse()
    assert case.waiting() == 0


def test_every_verdict_is_tried_here() -> None:
    tried = Path(__file__).read_text(encoding="utf-8")
    assert [each for each in get_args(Verdict) if tried.count(f'"{each}"') == 0] == []
