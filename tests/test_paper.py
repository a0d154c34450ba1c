"""Reports that leave the workbench: on paper, and honest about what they leave out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from whence import dossier, web
from whence.web import paper

STORY = """Ferry sinks off Marrow Point

“No ship sank,” Ilse Orlo told the Courier on Monday. The Harbour Office denied that the ferry
had left port at all.

Comments (1)
gannet42 says:
They are lying, all of them.
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("marrow")
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    path = folder / "marrow.whence"
    with dossier.Dossier.open(path, create=True) as opened:
        opened.add([folder / "story.txt"])
        opened.analyse()
    with TestClient(web.app(path, compare=False), base_url="http://127.0.0.1:8420") as client:
        yield client


def test_without_a_browser_that_prints_one_line_says_what_to_do(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(paper, "ELSEWHERE", ())
    answer = browser.get("/report?as=pdf")
    assert answer.status_code == 501
    assert "printed by Chromium, Chrome or Edge" in answer.text
    assert "print it to a file" in answer.text


@pytest.mark.skipif(paper.printer() is None, reason="no Chromium, Chrome or Edge on this machine")
def test_a_report_is_printed_as_a_pdf(browser: TestClient) -> None:
    answer = browser.get("/report?as=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="report.pdf"'
    assert answer.content.startswith(b"%PDF-")


def test_a_commenter_is_named_only_if_asked(browser: TestClient) -> None:
    assert "gannet42" not in browser.get("/report").text
    assert "gannet42" not in browser.get("/statements.csv").text


def test_every_count_of_origins_says_that_it_is_of_this_pile(browser: TestClient) -> None:
    report = browser.get("/report").text
    assert "Origins are counted in this pile of documents alone" in report
    assert "origins in this pile" in browser.get("/claims.csv").text


def test_the_report_names_the_original_by_its_hash(browser: TestClient) -> None:
    statements = browser.get("/statements.csv").text
    sums = {line.split(",")[-2] for line in statements.splitlines()[1:] if line.count(",") > 10}
    assert any(each in browser.get("/report").text for each in sums if len(each) == 64)
