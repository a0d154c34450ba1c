"""The workbench as a browser sees it, without a browser: what it shows, keeps and turns away."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from whence import dossier, web
from whence.store.retrievals import Retrieval
from whence.terms import (
    Attribution,
    Block,
    Claim,
    Conflict,
    Document,
    Entity,
    Extents,
    Mention,
    Origins,
    Passage,
    Span,
    Telling,
    finding_id,
)
from whence.web.cards import cards, marks
from whence.web.claims import origins_in_words
from whence.web.documents import stretches
from whence.web.guard import POLICY
from whence.web.judge import standing
from whence.web.markup import Mark, marked, paragraphs
from whence.web.passages import differing
from whence.web.report import table

STORY = """Ferry sinks off Marrow Point

“No ship sank,” Ilse Orlo told the Courier on Monday. The Harbour Office denied that the ferry
had left port at all.

Orlo said that Dunmar's captain had said the engine was cold.
"""


class Heard(HTMLParser):
    """The text of a page as a browser would keep it, inside elements of one class."""

    def __init__(self, wanted: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wanted, self.text, self.depth = wanted, "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth and tag not in {"input", "br"}:
            self.depth += 1
        elif (dict(attrs).get("class") or "") == self.wanted:
            self.depth = 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def heard(page: str, wanted: str = "words") -> str:
    parser = Heard(wanted)
    parser.feed(page)
    parser.close()
    return parser.text


def within(text: str, words: str) -> Extents:
    """Where these words stand; pieces are given with “ … ” between them."""
    spans = []
    at = 0
    for piece in words.split(" … "):
        at = text.index(piece, at)
        spans.append((at, at + len(piece)))
        at += len(piece)
    return tuple(spans)


def saying(text: str, source: str, cue: str, content: str, **more: object) -> Attribution:
    parts = [within(text, each) if each else () for each in (source, cue, content)]
    made: dict[str, object] = {"form": "indirect", "doc": "d", **more}
    return Attribution(
        id=finding_id("attribution", "d", *parts),
        source=parts[0],
        cue=parts[1],
        content=parts[2],
        **made,  # type: ignore[arg-type]
    )


def paper(text: str) -> Document:
    return Document(id="d", name="story.txt", text=text, bytes_sha256="0", media_type="text/plain")


def page_text(text: str, *found: Attribution, blocks: tuple[Block, ...] = ()) -> str:
    document = paper(text)
    shown = stretches(document, blocks, cards(document, found, {}))
    page = "".join(
        f'<div class="words">{paragraph.words}</div>'
        for stretch in shown
        for paragraph in stretch.paragraphs
    )
    return heard(page)


# ---------------------------------------------------------------- the text is never edited


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "one\r\ntwo\r\n\r\nthree\rfour",
        "  indented\n\n\n   more\n",
        "The 🚢 sank, said Zo\u0301e 👩🏽‍✈️.",
        "قالت الوزارة: «لم تغرق السفينة». She said no.",
        "<script>alert(1)</script> & &amp; \"quoted\" 'so'",
        "\n\nleading and trailing\n\n",
        "nbsp\u00a0here, zero\u200bwidth, \u202eoverride\u202c, form\x0cfeed",
    ],
)
def test_the_page_says_exactly_what_the_document_says(text: str) -> None:
    middle = len(text) // 2
    found = [
        Attribution("one", "d", "direct", (), (), ((0, middle + 1),)),
        Attribution("two", "d", "direct", ((0, 1),), (), ((middle, len(text)),)),
    ]
    assert page_text(text, *found) == text


@given(
    text=st.text(
        st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=60
    ),
    cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=8),
)
def test_marks_that_cross_in_any_way_leave_the_text_as_it_was(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    made = [
        Mark(start, min(start + length, len(text)), f"f{i}", "content", "asserts", "says")
        for i, (start, length) in enumerate(cuts)
        if start < len(text)
    ]
    page = "".join(
        f'<div class="words">{marked(text, start, end, made)}</div>'
        for start, end in paragraphs(text, 0, len(text))
    )
    assert heard(page) == text
    assert page.count("<span") == page.count("</span>")


def test_every_mark_covers_its_own_words() -> None:
    text = "Orlo said that Dunmar said it was cold."
    outer, inner = (within(text, each)[0] for each in ("Dunmar said it was cold", "it was cold"))
    page = marked(
        text,
        0,
        len(text),
        [Mark(*inner, "in", "content", "x"), Mark(*outer, "out", "content", "y")],
    )
    assert page == (
        'Orlo said that <span class="content y" data-of="out">Dunmar said '
        '<span class="content x" data-of="in">it was cold</span></span>.'
    )


def test_words_that_no_block_covers_are_shown_all_the_same() -> None:
    blocks = (Block("b", "d", 5, 12, "comment", by="Gannet"),)
    assert page_text(STORY, blocks=blocks) == STORY


def test_the_small_word_before_a_statement_says_what_its_speaker_does() -> None:
    found = saying(STORY, "The Harbour Office", "denied", "the ferry\nhad left port at all",
                   stance="denies", speaker="office")  # fmt: skip
    people = {"office": Entity("office", "organisation", True, "Harbour Office")}
    labels = [(m.label, m.tells) for m in marks(cards(paper(STORY), [found], people)) if m.label]
    assert labels == [("denies", "Denies: Harbour Office. Open the note")]


def test_who_said_it_stays_unresolved_with_those_it_may_have_been() -> None:
    found = saying(STORY, "Orlo", "said", "Dunmar's captain", candidates=("a", "b"))
    people = {name: Entity(name, "person", True, name.upper()) for name in "ab"}
    (card,) = cards(paper(STORY), [found], people)
    assert card.who == "Speaker unresolved"
    assert [each.name for each in card.candidates] == ["A", "B"]


# ---------------------------------------------------------------- the pages


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of one invented story, read by the plain patterns."""
    folder = tmp_path_factory.mktemp("marrow")
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    path = folder / "marrow.whence"
    with dossier.Dossier.open(path, create=True) as opened:
        opened.add([folder / "story.txt"])
        opened.analyse()
    return path


@pytest.fixture
def case(read_once: Path, tmp_path: Path) -> Path:
    """A copy of the dossier, for one test to change."""
    return Path(shutil.copy(read_once, tmp_path))


@pytest.fixture
def browser(case: Path) -> Iterator[TestClient]:
    headers = {"origin": "http://127.0.0.1:8420"}
    address = "http://127.0.0.1:8420"
    with TestClient(web.app(case, compare=False), base_url=address, headers=headers) as client:
        yield client


def only_document(case: Path) -> tuple[Document, list[Attribution]]:
    with dossier.Dossier.open(case) as opened:
        (document,) = opened.documents()
        return document, opened.attributions()


def spoken(case: Path) -> tuple[Document, Attribution]:
    document, found = only_document(case)
    return document, next(each for each in found if each.voice == "speaker")


@pytest.mark.parametrize(
    "address",
    ["/", "/claims", "/documents", "/speakers", "/speakers/unresolved", "/places", "/review"],
)
def test_every_list_opens(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert "Whence" in answer.text


def test_the_reader_shows_the_document_in_full(browser: TestClient, case: Path) -> None:
    document, _ = only_document(case)
    assert heard(browser.get(f"/documents/{document.id}").text) == document.text


def test_the_list_of_speakers_leads_to_what_each_said_in_its_place(
    browser: TestClient, case: Path
) -> None:
    document, found = spoken(case)
    assert f'href="/speakers/{found.speaker}"' in browser.get("/speakers").text
    page = browser.get(f"/speakers/{found.speaker}").text
    assert f'href="/documents/{document.id}#{found.id}"' in page


def test_the_original_is_given_back_byte_for_byte_and_never_run(
    browser: TestClient, case: Path
) -> None:
    document, _ = only_document(case)
    answer = browser.get(f"/documents/{document.id}/original")
    assert answer.content == STORY.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_search_finds_words_and_says_so_when_there_are_none(
    browser: TestClient, case: Path
) -> None:
    document, _ = only_document(case)
    assert f"/documents/{document.id}" in browser.get("/search", params={"q": "ferry"}).text
    assert "0 texts" in browser.get("/search", params={"q": "zeppelin"}).text


@pytest.mark.parametrize("address", ["/documents/nosuch", "/speakers/nosuch", "/nosuch"])
def test_an_address_that_leads_nowhere_says_so(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "That did not work" in answer.text


def test_what_is_searched_for_comes_back_as_words_and_not_as_page(browser: TestClient) -> None:
    page = browser.get("/search", params={"q": "<img src=x onerror=alert(1)>"}).text
    assert "<img" not in page


# ---------------------------------------------------------------- decisions


def decide(
    browser: TestClient, document: Document, found: Attribution, **fields: str
) -> tuple[int, str]:
    answer = browser.post(
        f"/documents/{document.id}/judge", data={"about": found.id, "seen": "", **fields}
    )
    return answer.status_code, answer.text


def card_of(browser: TestClient, document: Document, found: Attribution) -> str:
    return browser.get(f"/documents/{document.id}/statements/{found.id}").text


def test_a_statement_is_unchecked_until_a_person_accepts_it(
    browser: TestClient, case: Path
) -> None:
    document, found = spoken(case)
    assert "Machine reading, unchecked" in card_of(browser, document, found)
    assert decide(browser, document, found, verdict="accept")[0] == 200
    page = card_of(browser, document, found)
    assert "Accepted by" in page
    assert "Machine reading, unchecked" not in page


def test_a_rejected_statement_stays_in_sight_and_can_be_taken_back(
    browser: TestClient, case: Path
) -> None:
    document, found = spoken(case)
    decide(browser, document, found, verdict="reject")
    assert found.id not in browser.get("/speakers/unresolved").text
    page = browser.get(f"/documents/{document.id}").text
    assert f'id="{found.id}"' in page
    assert "rejected" in page
    with dossier.Dossier.open(case) as opened:
        (judgement,) = opened.judgements()
    decide(browser, document, found, verdict="undo", value=judgement.id, seen=judgement.id)
    assert found.id in {each.id for each in only_document(case)[1]}


def test_a_person_says_what_the_speaker_does_and_who_it_was(
    browser: TestClient, case: Path
) -> None:
    document, found = spoken(case)
    decide(browser, document, found, verdict="stance-is", value="promises")
    with dossier.Dossier.open(case) as opened:
        seen = opened.judgements()[-1].id
    decide(browser, document, found, verdict="speaker-is", value="Ada Brine", seen=seen)
    page = card_of(browser, document, found)
    assert 'Promises: <span dir="auto">Ada Brine</span>' in page


def test_two_people_at_once_see_each_other_and_nothing_is_overwritten(
    browser: TestClient, case: Path
) -> None:
    document, found = spoken(case)
    decide(browser, document, found, verdict="stance-is", value="denies")
    status, page = decide(browser, document, found, verdict="stance-is", value="asks")
    assert status == 409
    assert "Already decided" in page and "Denies" in page
    assert "not kept yet" in page and "Asks" in page
    with dossier.Dossier.open(case) as opened:
        assert [each.value for each in opened.judgements()] == ["denies"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"verdict": "nonsense"},
        {"verdict": "stance-is", "value": "shouts"},
        {"verdict": "note"},
        {"verdict": "speaker-is"},
    ],
)
def test_a_form_that_makes_no_sense_keeps_nothing(
    browser: TestClient, case: Path, fields: dict[str, str]
) -> None:
    document, found = spoken(case)
    assert decide(browser, document, found, **fields)[0] == 400
    with dossier.Dossier.open(case) as opened:
        assert opened.judgements() == []


# ---------------------------------------------------------------- who may talk to it


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7", "[bad"])
def test_a_stranger_s_name_for_this_machine_is_turned_away(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost:8420", "[::1]:8420"])
def test_this_machine_s_own_names_are_let_in(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8420", ""]
)
def test_a_form_on_another_site_changes_nothing(
    browser: TestClient, case: Path, origin: str
) -> None:
    document, found = spoken(case)
    answer = browser.post(
        f"/documents/{document.id}/judge",
        data={"about": found.id, "verdict": "accept"},
        headers={"origin": origin},
    )
    assert answer.status_code == 403
    with dossier.Dossier.open(case) as opened:
        assert opened.judgements() == []


@pytest.mark.parametrize("address", ["/", "/nosuch", "/static/whence.css", "/documents"])
def test_every_answer_carries_the_rules_for_the_browser(browser: TestClient, address: str) -> None:
    headers = browser.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_has_script_or_style_of_its_own_or_asks_anyone_else(
    browser: TestClient, case: Path
) -> None:
    document, found = spoken(case)
    places = [
        "/",
        "/documents",
        "/speakers",
        f"/documents/{document.id}",
        f"/speakers/{found.speaker}",
    ]
    for address in places:
        page = browser.get(address).text
        assert "style=" not in page
        assert "<style" not in page
        assert " on" + "click=" not in page
        assert "//" not in page.replace("http://www.w3.org/2000/svg", "")  # a name, not a place
        assert page.count("<script") == page.count('<script type="module" src="/static/')


# ---------------------------------------------------------------- corrections and claims


def test_a_statement_that_was_missed_is_added_where_its_words_stand(
    browser: TestClient, case: Path
) -> None:
    document, _ = only_document(case)
    answer = browser.post(
        f"/documents/{document.id}/add",
        data={
            "content": "the engine was cold",
            "source": "Dunmar's captain",
            "speaker": "Captain Dunmar",
            "stance": "promises",
            "seen": "",
        },
    )
    assert answer.status_code == 200
    added = [each for each in only_document(case)[1] if each.stance == "promises"]
    assert [document.text[a:b] for a, b in added[0].content] == ["the engine was cold"]
    assert "Captain Dunmar" in browser.get("/speakers").text


def test_words_that_the_document_does_not_have_are_not_added(
    browser: TestClient, case: Path
) -> None:
    document, found = only_document(case)
    answer = browser.post(f"/documents/{document.id}/add", data={"content": "Everyone drowned."})
    assert answer.status_code == 400
    assert "letter for letter" in answer.text
    assert only_document(case)[1] == found


def test_the_words_of_a_statement_are_corrected(browser: TestClient, case: Path) -> None:
    document, found = spoken(case)
    decide(browser, document, found, verdict="span-is", content="No ship", source="Ilse Orlo")
    said = {each.id: each for each in only_document(case)[1]}[found.id]
    assert [document.text[a:b] for a, b in said.content] == ["No ship"]


def test_words_are_found_whatever_the_line_ends() -> None:
    text = "one\r\ntwo 🚢 three\r\nfour"
    ((start, end),) = standing(text, "two 🚢 three\nfour")
    assert text[start:end] == "two 🚢 three\r\nfour"


def test_a_date_that_a_person_knows_is_kept_and_shown(browser: TestClient, case: Path) -> None:
    document, _ = only_document(case)
    here = f"/documents/{document.id}/about"
    browser.post(here, data={"verdict": "metadata-is", "field": "published", "value": "2031-05-04"})
    assert "2031-05-04 (stated on the page)" in browser.get("/documents").text
    assert "Published: 2031-05-04" in browser.get(here).text


def test_the_queue_lets_go_of_what_was_accepted(browser: TestClient, case: Path) -> None:
    document, found = spoken(case)
    assert f'id="{found.id}"' in browser.get("/review").text
    answer = browser.post(
        f"/documents/{document.id}/judge",
        data={"about": found.id, "verdict": "accept", "back": "/review"},
    )
    assert answer.url.path == "/review"
    assert f'id="{found.id}"' not in answer.text


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        (Origins(1, 1), "1 origin"),
        (Origins(1, 3), "1 to 3 origins"),
        (Origins(2, None), "at least 2 origins"),
        (None, "origins not worked out"),
    ],
)
def test_origins_are_a_range_and_never_more_than_is_known(
    origins: Origins | None, words: str
) -> None:
    assert origins_in_words(origins) == words


def test_a_claim_shows_who_says_so_and_who_denies_it_in_their_words(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, found = only_document(case)
    told = [each for each in found if each.voice == "speaker"][:2]
    claim = Claim(
        id="c1",
        gloss="A ferry sank off Marrow Point.",
        tellings=(Telling(told[0].id, (), "denies"), Telling(told[1].id, (), "asserts")),
        origins=Origins(1, 2, why="Both may have it from the harbour."),
    )
    clashing = Conflict(
        "k1", 1, "number",
        Span(document.id, *told[0].content[0]), Span(document.id, *told[1].content[0]),
        "They differ.", ("c1",),
    )  # fmt: skip
    monkeypatch.setattr(dossier.Dossier, "claims", lambda _: [claim])
    monkeypatch.setattr(dossier.Dossier, "conflicts", lambda _: [clashing])
    page = browser.get("/claims/c1").text
    assert "1 outlet, 1 to 2 origins in this pile." in page
    assert "Both may have it from the harbour." in page
    assert page.index("Say it is so") < page.index("Deny it")
    assert f"/documents/{document.id}#{told[0].id}" in page
    assert "The numbers differ" in page
    assert "A ferry sank off Marrow Point." in browser.get("/").text
    assert browser.get("/claims/nosuch").status_code == 404


# ---------------------------------------------------------------- what leaves the workbench


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\tx", "'\tx"),
        ("\r=1", "'\r=1"),
        ("no formula = here", "no formula = here"),
        (None, ""),
    ],
)
def test_no_cell_is_ever_run_as_a_formula(cell: str | None, kept: str) -> None:
    ((read,),) = list(csv.reader(io.StringIO(table(("only",), [(cell,)]), newline="")))[1:]
    assert read == kept


def test_the_table_of_statements_has_a_row_for_each(browser: TestClient, case: Path) -> None:
    document, found = only_document(case)
    answer = browser.get("/statements.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert {row[head.index("id")] for row in rows} == {each.id for each in found}
    assert {row[head.index("sha256")] for row in rows} == {document.bytes_sha256}


def test_the_report_stands_by_itself_and_says_what_nobody_checked(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier.Dossier, "claims", lambda _: [])
    document, found = spoken(case)
    answer = browser.get("/report")
    assert answer.headers["content-disposition"] == 'attachment; filename="report.html"'
    assert 'href="/' not in answer.text and "src=" not in answer.text
    assert document.bytes_sha256 in answer.text
    spoken_ones = sum(each.voice == "speaker" for each in only_document(case)[1])
    assert f"No person has checked any of the {spoken_ones} statements" in answer.text
    decide(browser, document, found, verdict="accept")
    assert f"no person has checked {spoken_ones - 1}" in browser.get("/report").text


# ---------------------------------------------------------------- shared words, and who is who


def only(left: str, right: str) -> tuple[list[str], list[str]]:
    """The words that stand on one side alone."""
    mine, theirs = differing(left, right)
    return [left[a:b] for a, b in mine], [right[a:b] for a, b in theirs]


def test_a_changed_word_is_marked_on_both_sides() -> None:
    assert only("Several boats sank.", "Many boats sank.") == (["Several"], ["Many"])


def test_a_word_left_out_is_marked_where_it_stands() -> None:
    assert only("It allegedly sank at noon.", "It sank at noon.") == (["allegedly"], [])


def test_capitals_and_line_ends_are_no_difference() -> None:
    assert only("The ferry\r\nsank", "the ferry sank") == ([], [])


def test_a_passage_shows_both_documents(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = only_document(case)
    (first,), (second,) = within(STORY, "No ship sank"), within(STORY, "Ferry sinks")
    found = Passage(
        "p1", Span(document.id, *first), Span(document.id, *second), "shared quotation", 0.5, "So."
    )
    monkeypatch.setattr(dossier.Dossier, "passages", lambda _: [found])
    page = browser.get("/passages/p1").text
    assert heard(page, "words beside") == "No ship sankFerry sinks"
    assert "Both quote the same words" in page
    assert "/passages/p1" in browser.get(f"/documents/{document.id}").text


def test_two_names_are_joined_and_the_joining_taken_back(browser: TestClient, case: Path) -> None:
    with dossier.Dossier.open(case) as opened:
        named = {
            opened.entities()[e.speaker].name: e.speaker for e in opened.attributions() if e.speaker
        }
    (_, one), (name, _) = list(named.items())[:2]
    here = f"/speakers/{one}/judge"
    sent = {"verdict": "same-entity", "other": name, "seen": ""}
    assert browser.post(here, data=sent).status_code == 200
    with dossier.Dossier.open(case) as opened:
        (made,) = opened.judgements()
    assert (made.verdict, len(made.about)) == ("same-entity", 2)
    browser.post(here, data={"verdict": "undo", "value": made.id, "seen": made.id})
    with dossier.Dossier.open(case) as opened:
        assert opened.judgements()[0].state == "superseded"


def test_the_address_of_one_who_was_joined_leads_to_the_one_they_were_joined_with(
    browser: TestClient, case: Path
) -> None:
    with dossier.Dossier.open(case) as opened:
        known = opened.entities()
        spoken = dict.fromkeys(each.speaker for each in opened.attributions())
        named = [id for id in spoken if id is not None and known[id].named][:2]
    sent = {"verdict": "same-entity", "other": named[1], "seen": ""}
    assert browser.post(f"/speakers/{named[0]}/judge", data=sent).status_code == 200
    with dossier.Dossier.open(case) as opened:
        opened.analyse()
        left = [id for id in named if id in opened.entities()]
    (gone,) = set(named) - set(left)
    answer = browser.get(f"/speakers/{gone}")
    assert answer.status_code == 200
    assert all(known[id].name in unescape(answer.text) for id in named)
    assert answer.url.path == f"/speakers/{left[0]}"


def test_what_was_fetched_says_when_and_by_which_redirects(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = only_document(case)
    found = Retrieval(
        "http://gazette.test/ferry", "https://gazette.test/news/ferry", "2031-05-04T09:10:00Z",
        document.bytes_sha256, 200, hops=(("http://gazette.test/ferry", 301),),
    )  # fmt: skip
    monkeypatch.setattr(dossier.Dossier, "retrievals", lambda _, id: [found])
    assert "fetched 2031-05-04" in browser.get(f"/documents/{document.id}").text
    told = browser.get(f"/documents/{document.id}/about").text
    assert "2031-05-04 at 09:10 UTC" in told and "(led on, 301)" in told
    assert "https://gazette.test/news/ferry" in told


def test_a_name_that_nobody_has_joins_nothing(browser: TestClient, case: Path) -> None:
    _, found = spoken(case)
    answer = browser.post(
        f"/speakers/{found.speaker}/judge",
        data={"verdict": "same-entity", "other": "Nobody At All", "seen": ""},
    )
    assert answer.status_code == 404
    with dossier.Dossier.open(case) as opened:
        assert opened.judgements() == []


def test_a_place_is_listed_with_its_spellings_and_without_a_guess(
    browser: TestClient, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = only_document(case)
    ((start, end),) = within(STORY, "Marrow Point")
    place = Entity("pl1", "place", True, "Merrow Point", place_kind="city")
    mention = Mention(document.id, start, end, "place", "pl1")
    monkeypatch.setattr(dossier.Dossier, "entities", lambda _: {"pl1": place})
    monkeypatch.setattr(dossier.Dossier, "mentions", lambda *_: [mention])
    page = browser.get("/places").text
    assert "Merrow Point" in page and "Marrow Point" in page
    assert "Unresolved" in page
