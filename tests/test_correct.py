"""Every verdict reached from the pages: what is sent, what is kept, and what two people see."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.test_binding import PAGES

from whence import web
from whence.dossier import Dossier
from whence.terms import Claim

ORIGIN = "http://127.0.0.1:8420"


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
def case(read_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(read_once, tmp_path))


@pytest.fixture
def browser(case: Path) -> Iterator[TestClient]:
    made = web.app(case, compare=False)
    with TestClient(made, base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        yield client


def made(case: Path) -> list[tuple[str, str | None, str]]:
    with Dossier.open(case) as opened:
        return [(each.verdict, each.value, each.state) for each in opened.judgements()]


def told(case: Path) -> tuple[Claim, str, str]:
    """A claim of several tellings, and the document and statement of one of them."""
    with Dossier.open(case) as opened:
        claim = max(opened.claims(), key=lambda each: len(each.tellings))
        found = {each.id: each for each in opened.attributions()}
        about = claim.tellings[-1].attribution
        return claim, found[about].doc, about


def send(browser: TestClient, address: str, **fields: str) -> int:
    """Send a form as somebody who has seen everything decided so far."""
    page = browser.get("/decisions").text
    seen = re.search(r'name="seen" value="(\w*)"', page)
    sent = {"seen": seen[1] if seen else "", **fields}
    return browser.post(address, data=sent).status_code


@pytest.mark.parametrize("verdict", ["not-same-claim", "is-origin", "not-origin"])
def test_a_telling_is_judged_from_the_page_of_its_claim(
    browser: TestClient, case: Path, verdict: str
) -> None:
    claim, doc, about = told(case)
    here = f"/documents/{doc}/statements/{about}/claim"
    assert here in browser.get(f"/claims/{claim.id}").text
    fields = {"verdict": verdict, "claim": claim.id, "back": f"/claims/{claim.id}"}
    assert send(browser, here, **fields) == 200
    assert made(case) == [(verdict, None, "standing")]
    assert "kept and will show" in browser.get(f"/claims/{claim.id}").text


def test_another_claim_is_searched_for_and_joined(browser: TestClient, case: Path) -> None:
    claim, doc, about = told(case)
    here = f"/documents/{doc}/statements/{about}/claim"
    offered = re.findall(r'name="other" value="(\w+)"', browser.get(f"{here}?q=pier").text)
    assert offered and claim.id not in offered
    assert send(browser, here, verdict="same-claim", claim=claim.id, other=offered[0]) == 200
    assert made(case) == [("same-claim", None, "standing")]
    with Dossier.open(case) as opened:
        opened.analyse()
        joined = {t.attribution for each in opened.claims() for t in each.tellings
                  if about in {o.attribution for o in each.tellings}}  # fmt: skip
    assert joined > {each.attribution for each in claim.tellings}


def test_a_claim_is_made_in_ones_own_words(browser: TestClient, case: Path) -> None:
    _, doc, about = told(case)
    here = f"/documents/{doc}/statements/{about}/claim"
    assert send(browser, here, verdict="add-claim", gloss="It was  a bad night.") == 200
    assert made(case) == [("add-claim", "It was a bad night.", "standing")]


def test_a_lost_source_and_the_reason_for_it_are_kept(browser: TestClient, case: Path) -> None:
    _, doc, _ = told(case)
    here = f"/documents/{doc}/about"
    assert send(browser, here, verdict="add-exemplar", value="The log", why="both cite it") == 200
    assert made(case) == [("add-exemplar", "The log", "standing")]
    assert "both cite it" in browser.get(here).text


def test_a_speaker_is_renamed_and_split(browser: TestClient, case: Path) -> None:
    with Dossier.open(case) as opened:
        office = next(each for each in opened.entities().values() if each.name == "Harbour Office")
        docs = sorted({each.doc for each in opened.mentions() if each.entity == office.id})
    here = f"/speakers/{office.id}/judge"
    assert send(browser, here, verdict="metadata-is", name="The Harbour Office of Marrow") == 200
    assert send(browser, here, verdict="not-same-entity", doc=docs[0]) == 200
    with Dossier.open(case) as opened:
        opened.analyse()
        names = [each.name for each in opened.entities().values() if "Harbour" in each.name]
    assert len(names) == 2


def test_any_decision_is_taken_back_from_the_log(browser: TestClient, case: Path) -> None:
    claim, doc, about = told(case)
    send(browser, f"/documents/{doc}/statements/{about}/claim", verdict="is-origin")
    page = browser.get("/decisions").text
    (undo,) = re.findall(r'action="(/decisions/\w+/undo)"', page)
    assert send(browser, undo) == 200
    assert [state for _, _, state in made(case)] == ["superseded", "standing"]
    assert claim.gloss


def test_two_people_at_one_claim_see_both_answers(browser: TestClient, case: Path) -> None:
    claim, doc, about = told(case)
    here = f"/documents/{doc}/statements/{about}/claim"
    assert send(browser, here, verdict="is-origin") == 200
    answer = browser.post(here, data={"verdict": "not-origin", "seen": ""})
    assert answer.status_code == 409
    assert "Marked as an origin" in answer.text and "Marked as not an origin" in answer.text
    assert len(made(case)) == 1
    assert claim.id


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/static/x.js"])
def test_a_form_leads_back_to_a_page_of_ours_alone(
    browser: TestClient, case: Path, back: str
) -> None:
    _, doc, about = told(case)
    here = f"/documents/{doc}/statements/{about}/claim"
    fields = {"verdict": "is-origin", "seen": "", "back": back}
    answer = browser.post(here, data=fields, follow_redirects=False)
    assert answer.headers["location"] == here


def test_spans_drawn_beyond_the_text_are_refused(browser: TestClient, case: Path) -> None:
    _, doc, about = told(case)
    fields = {"about": about, "verdict": "span-is", "spans": '{"content": [[0, 999999]]}'}
    assert send(browser, f"/documents/{doc}/judge", **fields) == 400
    assert made(case) == []


def test_decisions_are_worked_in_by_another_process(case: Path) -> None:
    _, doc, about = told(case)
    with TestClient(web.app(case), base_url=ORIGIN, headers={"origin": ORIGIN}) as client:
        send(client, f"/documents/{doc}/statements/{about}/claim", verdict="not-origin")
        until = time.monotonic() + 120
        while "kept and will show" in client.get("/").text and time.monotonic() < until:
            time.sleep(0.3)
        assert "kept and will show" not in client.get("/").text
