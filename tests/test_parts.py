"""The page of a PDF is told wherever its words are shown: in the reader, and in the table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests import torture
from tests.fuzz.seeds import pdf
from tests.test_dossier import plain_reading

from whence import web
from whence.dossier import Dossier, analysis
from whence.terms import Original, Part
from whence.web.parts import where

PAGES = Original("d", False, parts=(Part(0, 10, "page 1", 1), Part(12, 20, "page 2", 2)))


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier of one PDF, somebody speaking on its second page."""
    monkeypatch.setattr(analysis, "read", lambda document, marks: plain_reading(document))
    monkeypatch.setattr(analysis, "compare", torture.compare)
    (tmp_path / "report.pdf").write_bytes(pdf("The fog was thick.", "Orlo said: no ship sank."))
    path = tmp_path / "lurn.whence"
    with Dossier.open(path, create=True) as dossier:
        dossier.add([tmp_path / "report.pdf"])
        dossier.analyse()
        assert [each.doc for each in dossier.attributions()] == [dossier.documents()[0].id]
    return path


@pytest.fixture
def browser(case: Path) -> Iterator[TestClient]:
    with TestClient(web.app(case), base_url="http://127.0.0.1:8420") as client:
        yield client


def test_words_are_cited_by_the_pages_that_they_stand_on() -> None:
    assert where(PAGES, ((2, 5),)) == "page 1"
    assert where(PAGES, ((8, 14),)) == "page 1 to page 2"
    assert where(PAGES, ((10, 12),)) is None
    assert where(Original("d"), ((2, 5),)) is None


def test_the_reader_shows_where_each_page_begins_and_cites_it(
    browser: TestClient, case: Path
) -> None:
    with Dossier.open(case) as dossier:
        (document,) = dossier.documents()
    shown = browser.get(f"/documents/{document.id}").text
    first, second = shown.index(">page 1</p>"), shown.index(">page 2</p>")
    assert first < shown.index("The fog was thick.") < second
    assert "(page 2)" in shown and "(page 1)" not in shown


def test_the_table_of_statements_says_the_page(browser: TestClient) -> None:
    table = browser.get("/statements.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert row["page or part"] == "page 2"
