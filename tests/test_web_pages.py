"""Search, places, speakers and the first page: what each finds, and where each result leads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from whence import draw, web
from whence.dossier import Dossier
from whence.draw import Moment
from whence.terms import Claim, Document, Entity, Mention, Origin, Origins, Telling, When
from whence.web.case import echoed
from whence.web.claims import Line
from whence.web.period import Period

GAZETTE = """Harbour Gazette
4 May 2031

Ferry sinks off Marrow Point

“No ship sank,” Ilse Orlo told the Courier on Monday. Nobody in Sallowby saw the ferry.

The Harbour Office denied that the ferry had left port at all.

Comments (1)
gannet42 says:
The ferry was empty, all of Sallowby knows it.
"""
COURIER = """The Orsholt Courier
9 May 2031

Tomas Vell, the pilot, said the lantern on the pier was dark. The café stayed open.
"""


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of two invented documents."""
    folder = tmp_path_factory.mktemp("marrow")
    (folder / "gazette.txt").write_text(GAZETTE, encoding="utf-8")
    (folder / "courier.txt").write_text(COURIER, encoding="utf-8")
    path = folder / "marrow.whence"
    with Dossier.open(path, create=True) as opened:
        opened.add([folder / "gazette.txt", folder / "courier.txt"])
        opened.analyse()
    return path


@pytest.fixture
def case(read_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(read_once, tmp_path))


@pytest.fixture
def browser(case: Path) -> Iterator[TestClient]:
    with TestClient(web.app(case), base_url="http://127.0.0.1:8420") as client:
        yield client


def documents(case: Path) -> dict[str, Document]:
    with Dossier.open(case) as opened:
        return {Path(each.name).stem: each for each in opened.documents()}


def searched(browser: TestClient, **fields: str) -> str:
    names = {"since": "from", "until": "to", "within": "in"}
    answer = browser.get("/search", params={names.get(k, k): v for k, v in fields.items()})
    assert answer.status_code == 200
    return answer.text


def led_to(page: str) -> set[str]:
    """The documents that a page leads to."""
    return set(re.findall(r'href="/documents/([0-9a-f]{64})', page))


# ---------------------------------------------------------------- search


def test_a_result_leads_to_the_very_words(browser: TestClient, case: Path) -> None:
    page = searched(browser, q="lantern", within="documents")
    id, start, end = re.findall(r'href="/documents/(\w+)\?at=(\d+)-(\d+)#here"', page)[0]
    assert documents(case)["courier"].text[int(start) : int(end)] == "lantern"
    assert '<mark class="hit">lantern</mark>' in page
    shown = browser.get(f"/documents/{id}", params={"at": f"{start}-{end}"}).text
    assert re.search(r'<span id="here"[^>]*>lantern</span>', shown)


@pytest.mark.parametrize(
    "text",
    [
        "A 🚢 with a lantern, and one more: Lantern.\n",
        "Zoe\u0301 lit the lantern; the LANTERN went out. \u0644\u0645\n",
        "lantern lantern\n",
    ],
)
def test_the_places_of_a_word_are_counted_in_letters_as_people_see_them(
    text: str, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    with Dossier.open(tmp_path / "note.whence", create=True) as opened:
        opened.add([tmp_path / "note.txt"])
        (match,) = opened.matches("lantern", statements=False)
        (document,) = opened.documents()
        spots = opened.spots("lantern", match)
    assert [document.text[a:b].casefold() for a, b in spots] == ["lantern", "lantern"]


def test_nothing_to_look_for_finds_nothing(case: Path) -> None:
    with Dossier.open(case) as opened:
        assert opened.matches("…", statements=False) == []


@pytest.mark.parametrize("at", ["x", "5-3", "3", "-1-4", "0-99999999", "٣-٤"])
def test_an_address_that_points_at_no_words_opens_the_document(
    browser: TestClient, case: Path, at: str
) -> None:
    answer = browser.get(f"/documents/{documents(case)['courier'].id}", params={"at": at})
    assert answer.status_code == 200
    assert 'id="here"' not in answer.text


def test_every_place_in_a_text_is_counted_and_the_first_are_shown(browser: TestClient) -> None:
    page = searched(browser, q="ferry", within="documents")
    assert "4 places" in page
    assert page.count('<mark class="hit">') == 4


def test_accents_and_capitals_make_no_difference(browser: TestClient, case: Path) -> None:
    assert led_to(searched(browser, q="CAFE", within="documents")) == {
        documents(case)["courier"].id
    }


def test_words_in_quotation_marks_stand_side_by_side(browser: TestClient) -> None:
    assert led_to(searched(browser, q="“ship sank”", within="documents"))
    assert not led_to(searched(browser, q="“sank ship”", within="documents"))
    assert led_to(searched(browser, q="sank ship", within="documents"))


def test_a_search_by_days_finds_only_what_came_out_in_them(browser: TestClient, case: Path) -> None:
    by_name = documents(case)
    assert {each.published is not None for each in by_name.values()} == {True}
    early = searched(browser, within="documents", until="2031-05-05")
    late = searched(browser, within="documents", since="2031-05-06")
    assert led_to(early) == {by_name["gazette"].id}
    assert led_to(late) == {by_name["courier"].id}


def test_a_search_by_stance_finds_denials_alone(browser: TestClient) -> None:
    page = searched(browser, q="port", stance="denies")
    assert 'class="stance denies"' in page
    assert "left <mark" in unescape(page)
    assert 'class="stance denies"' not in searched(browser, q="port", stance="asserts")


def test_a_search_by_part_of_the_page_keeps_comments_apart(browser: TestClient, case: Path) -> None:
    with Dossier.open(case) as opened:
        id = documents(case)["gazette"].id
        comment = [each for each in opened.blocks(id) if each.role == "comment"]
    assert comment
    page = searched(browser, q="ferry", role="comment", within="documents")
    starts = [int(start) for start in re.findall(rf"{id}\?at=(\d+)-\d+#here\"", page)]
    assert starts
    assert all(any(b.start <= start < b.end for b in comment) for start in starts)


def test_speakers_are_found_by_the_beginnings_of_their_names(browser: TestClient) -> None:
    page = searched(browser, q="vel tom", within="speakers")
    assert ">Tomas Vell</a>" in page
    assert "Orlo</a>" not in page


def test_claims_are_found_and_lead_to_their_pages(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = Claim("c1", "The lantern was dark.", ())
    monkeypatch.setattr(Dossier, "claims", lambda _: [claim])
    assert 'href="/claims/c1"' in searched(browser, q="LANTERN")
    assert 'href="/claims/c1"' not in searched(browser, q="gannet")


def test_a_search_by_place_finds_the_documents_that_name_it(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gazette = documents(case)["gazette"]
    at = gazette.text.index("Sallowby")
    mention = Mention(gazette.id, at, at + 8, "place", "pl1")
    monkeypatch.setattr(
        Dossier, "entities", lambda _: {"pl1": Entity("pl1", "place", True, "Sallowby")}
    )
    monkeypatch.setattr(Dossier, "mentions", lambda *_: [mention])
    assert led_to(searched(browser, place="pl1", within="documents")) == {gazette.id}


# ---------------------------------------------------------------- places


@pytest.fixture
def placed(case: Path, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """Two places on the map, one of them named in what a claim says."""
    gazette, courier = documents(case)["gazette"], documents(case)["courier"]
    near, far = gazette.text.index("Sallowby"), courier.text.index("Orsholt")
    entities = {
        "pl1": Entity("pl1", "place", True, "Sallowby", lat=51.0, lon=11.0, place_kind="city"),
        "pl2": Entity("pl2", "place", True, "Orsholt", lat=52.0, lon=13.0, place_kind="city"),
    }
    mentions = [
        Mention(gazette.id, near, near + 8, "place", "pl1"),
        Mention(courier.id, far, far + 7, "place", "pl2"),
    ]
    with Dossier.open(case) as opened:
        found = opened.attributions(gazette.id)[0]
    claim = Claim(
        "c1", "Nobody saw it.", (Telling(found.id, ((near - 20, near + 20),), "asserts"),)
    )
    monkeypatch.setattr(Dossier, "entities", lambda _: entities)
    monkeypatch.setattr(Dossier, "mentions", lambda *_: mentions)
    monkeypatch.setattr(Dossier, "claims", lambda _: [claim])
    return claim


def in_table(page: str) -> list[str]:
    return re.findall(r'<tr id="(\w+)">', page)


def test_the_map_and_the_table_show_the_same_places(browser: TestClient, placed: Claim) -> None:
    page = browser.get("/places").text
    assert in_table(page) == ["pl2", "pl1"]
    assert set(re.findall(r'<a href="/places#(\w+)" aria-label', page)) == {"pl1", "pl2"}
    assert 'aria-label="Sallowby, city, named 1 time in 1 document"' in page


def test_the_places_of_one_claim_are_those_in_its_words(browser: TestClient, placed: Claim) -> None:
    assert in_table(browser.get("/places", params={"claim": placed.id}).text) == ["pl1"]


def test_the_places_of_some_days_are_those_of_the_documents_of_these_days(
    browser: TestClient, placed: Claim
) -> None:
    assert in_table(browser.get("/places", params={"from": "2031-05-06"}).text) == ["pl2"]


@pytest.mark.parametrize("where", ["x", "1,2", "nan,nan,nan", "1e999,0,4", "0,0,0", "500,500,-3"])
def test_a_part_of_the_world_that_makes_no_sense_is_passed_over(
    browser: TestClient, placed: Claim, where: str
) -> None:
    answer = browser.get("/places", params={"map": where})
    assert answer.status_code == 200
    assert "nan" not in answer.text


def test_a_claim_that_is_gone_and_no_day_at_all_show_everything(
    browser: TestClient, placed: Claim
) -> None:
    page = browser.get("/places", params={"claim": "gone", "from": "yesterday"}).text
    assert len(in_table(page)) == 2


def test_a_place_leads_to_the_words_that_name_it(
    browser: TestClient, placed: Claim, case: Path
) -> None:
    gazette = documents(case)["gazette"]
    at = gazette.text.index("Sallowby")
    assert f'href="/documents/{gazette.id}?at={at}-{at + 8}#here"' in browser.get("/places").text


# ---------------------------------------------------------------- speakers, and the first page


def test_a_speaker_s_spellings_are_shown_with_how_often_each_stands(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gazette = documents(case)["gazette"]
    spellings = ["Ilse Orlo", "Harbour Office"]
    mentions = [
        Mention(gazette.id, at, at + len(word), "person", "p1")
        for word in spellings
        for at in [gazette.text.index(word)]
    ]
    monkeypatch.setattr(
        Dossier, "entities", lambda _: {"p1": Entity("p1", "person", True, "Ilse Orlo")}
    )
    monkeypatch.setattr(Dossier, "mentions", lambda *_: mentions)
    page = browser.get("/speakers/p1").text
    for word in spellings:
        at = gazette.text.index(word)
        assert re.search(rf'\?at={at}-{at + len(word)}#here"[^>]*>{word}</a>', page)


def line(outlets: int, origins: Origins | None) -> Line:
    claim = Claim(f"c{outlets}", f"carried by {outlets}", (), origins=origins)
    return Line(claim, outlets, "", 0, (), ())


def test_claims_that_more_outlets_carry_than_there_can_be_origins_come_first() -> None:
    unbounded = line(9, Origins(1, None))
    one = line(5, Origins(1, 1, (Origin("Orlo", "statement"),)))
    own = line(4, Origins(4, 4))
    shared = line(3, Origins(1, 2))
    assert echoed([unbounded, shared, own, one]) == [one, shared]


def test_the_first_page_says_when_what_and_that_nobody_checked(browser: TestClient) -> None:
    page = re.sub("<[^>]+>", "", browser.get("/").text)
    assert "published from 2031-05-04 to 2031-05-09" in page
    assert "no person has checked any of it yet" in page
    assert "When it happened, was said and was published" in page


# ---------------------------------------------------------------- days


def test_a_stretch_of_days_holds_what_may_have_been_in_it() -> None:
    may = Period("2031-05-01", "2031-05-31")
    assert may.holds(When("2031-05-31T23:00", "2031-05-31T23:00"))
    assert may.holds(When("2031-04-01", None))
    assert not may.holds(When("2031-06-01", "2031-06-02"))
    assert not may.holds(When(None, None))
    assert not may.holds(None)


def day(number: int, label: str, kind: draw.Kind = "published") -> Moment:
    return Moment(f"2031-05-{number:02}", f"2031-05-{number:02}", label, kind)


def test_what_came_out_on_one_day_is_piled_up_in_one_column() -> None:
    svg = draw.lanes([day(4, "Courier"), day(4, "Gazette"), day(6, "Leaf")], "Days")
    assert "2031-05-04, published: 2 documents (Courier, Gazette)" in svg
    assert svg.count('class="published"') == 3


def test_many_on_one_day_are_a_bar_with_its_number() -> None:
    svg = draw.lanes([day(4, f"Outlet {n}") for n in range(40)], "Days")
    assert ">40</text>" in svg
    assert svg.count("<rect") == 1


def test_a_war_of_long_ago_does_not_squeeze_the_week_of_the_story() -> None:
    moments = [
        day(4, "Courier"),
        day(6, "Leaf"),
        Moment("1899-01-01", "1899-01-01", "War", "happened"),
    ]
    assert "1899" not in draw.lanes(moments, "Days").partition("</desc>")[2]
    assert "1 more without a day" in draw.in_words(moments)


def test_without_any_day_there_are_no_lanes() -> None:
    assert draw.lanes([Moment("spring", "spring", "Orlo", "said")], "Days") == ""


# ---------------------------------------------------------------- which place it is


def which(browser: TestClient, case: Path, words: str, **asked: str) -> tuple[str, str]:
    """The address and the page on which a person says which place these words of the Courier are."""
    courier = documents(case)["courier"]
    at = courier.text.index(words)
    address = f"/documents/{courier.id}/place"
    span = {"start": str(at), "end": str(at + len(words))}
    return address, browser.get(address, params=span | asked).text


def choices(page: str) -> dict[str, str]:
    """What each place that is offered is told by, and what a decision for it says."""
    rows = re.findall(r"<li><strong.*?</li>", page, re.S)
    return {
        " ".join(unescape(re.sub(r"<form.*|<[^>]+>", "", row, flags=re.S)).split()): found[1]
        for row in rows
        if (found := re.search(r'name="value" value="([^"]+)"', row))
    }


def test_a_place_that_no_document_names_is_offered_with_what_it_lies_in(
    browser: TestClient, case: Path
) -> None:
    _, page = which(browser, case, "Orsholt", q="Springfield")
    told = [each for each in choices(page) if "Massachusetts, United States" in each]
    assert len(told) == 1 and told[0].startswith("Springfield city")


def test_a_place_chosen_from_the_gazetteer_is_kept_with_its_position(
    browser: TestClient, case: Path
) -> None:
    address, page = which(browser, case, "Orsholt", q="Springfield")
    value = next(v for told, v in choices(page).items() if "Massachusetts" in told)
    sent = dict(re.findall(r'name="(start|end|seen)" value="(\w*)"', page)) | {"value": value}
    origin = {"origin": str(browser.base_url).rstrip("/")}
    kept = browser.post(address, data=sent, headers=origin, follow_redirects=True).text
    assert 'Read as <strong dir="auto">Springfield</strong>, city, US' in kept
    assert "Set the place: Springfield" in unescape(kept)
    with Dossier.open(case) as opened:
        (meant,) = [e for e in opened.entities().values() if e.name == "Springfield"]
    assert (meant.kind, meant.lat, meant.lon) == ("place", 42.1015, -72.5898)


def test_a_name_of_no_place_says_so(browser: TestClient, case: Path) -> None:
    _, page = which(browser, case, "Orsholt", q="Qqxxville")
    assert choices(page) == {}
    assert "No place of that name is in this case or in the gazetteer." in page
