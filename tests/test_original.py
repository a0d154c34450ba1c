"""Where the words stood in the original: kept with the document, exported, and filled in later."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from tests.fuzz.seeds import MAIL, pdf

from whence import export, store
from whence.dossier import Dossier
from whence.store.values import digested
from whence.terms import Original

PAGE = "<!doctype html><title>Tides</title><p>The &quot;ferry&quot; is <b>late</b>.</p><p>Caf\u00e9 \U0001f6a2</p>"


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """A case with a page of the web, a PDF of two pages, a mail and a plain text."""
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "page.html").write_text(PAGE, "utf-8")
    (pile / "report.pdf").write_bytes(pdf("Nobody was hurt.", "The pilot spoke."))
    (pile / "letter.eml").write_bytes(MAIL.encode())
    (pile / "plain.txt").write_bytes("\u201cFog.\u201d".encode("utf-8-sig"))
    opened = Dossier.open(tmp_path / "lurn.whence", create=True)
    opened.add([pile])
    return opened


def stood(dossier: Dossier, name: str) -> list[tuple[str, str]]:
    """Each stretch of a document with the place it stood in."""
    text = dossier.document(name).text
    return [(text[part.start : part.end], part.where) for part in dossier.original(name).parts]


def test_the_pages_of_a_pdf_are_kept_with_the_document(dossier: Dossier) -> None:
    assert stood(dossier, "report.pdf") == [
        ("Nobody was hurt.", "page 1"),
        ("The pilot spoke.", "page 2"),
    ]
    second = dossier.original("report.pdf").parts[1]
    assert second.page == 2 and second.frame == (0, 0, 600, 800) and len(second.lines) == 1
    assert dossier.original("report.pdf").mapped is False


def test_the_parts_of_a_mail_are_kept_with_the_document(dossier: Dossier) -> None:
    assert [where for _, where in stood(dossier, "letter.eml")] == [
        "text 1, text/plain",
        "text 2, text/html",
    ]


def test_the_words_of_a_page_lead_back_to_its_source(dossier: Dossier) -> None:
    kept, text = dossier.original("page.html"), dossier.document("page.html").text
    assert kept.mapped and kept.encoding
    source = dossier.raw("page.html").decode(kept.encoding)
    pairs = [(text[a:b], source[c:d]) for a, b, c, d in kept.runs]
    assert "".join("".join(words for words, _ in pairs).split()) == "".join(text.split())
    assert ("late", "late") in pairs and any(there == "&quot;" for _, there in pairs)
    assert all(words == there for words, there in pairs if "&" not in there)


def test_a_plain_text_is_its_source_after_the_byte_order_mark(dossier: Dossier) -> None:
    kept = dossier.original("plain.txt")
    assert (kept.mapped, kept.runs, kept.parts) == (True, (), ())
    source = dossier.raw("plain.txt").decode(kept.encoding or "").removeprefix("\ufeff")
    assert source == dossier.document("plain.txt").text


def test_every_document_s_original_is_exported(dossier: Dossier, tmp_path: Path) -> None:
    lines = [json.loads(each) for each in export.jsonl(dossier)]
    told = {each["doc"]: each for each in lines if each["type"] == "original"}
    assert set(told) == {each.id for each in dossier.documents()}
    assert told[dossier.document("report.pdf").id]["parts"][1]["page"] == 2
    export.write(dossier, "jsonl", tmp_path / "out.jsonl")
    back = export.load_jsonl(tmp_path / "out.jsonl")
    assert back.original == tuple(dossier.original(each.id) for each in dossier.documents())


def before(dossier: Dossier, name: str) -> None:
    """Keep of a document only what versions kept that knew nothing of pages."""
    id = dossier.document(name).id
    row = "SELECT body, text, beside FROM documents WHERE id = ?"
    body, text, beside = dossier._case.execute(row, (id,)).fetchone()
    kept = msgspec.json.decode(beside)
    runs = [
        dict(zip(("start", "end", "source_start", "source_end"), run, strict=True))
        for run in kept["runs"]
    ]
    old = store.encoded({"marks": kept["marks"], "runs": runs, "remarks": kept["remarks"]})
    digest = digested(body, text, old)
    sql = "UPDATE documents SET beside = ?, digest = ? WHERE id = ?"
    dossier._case.execute(sql, (old, digest, id))


def test_a_document_from_an_older_version_does_not_claim_to_know_its_pages(
    dossier: Dossier,
) -> None:
    runs = dossier.original("page.html").runs
    before(dossier, "page.html")
    before(dossier, "report.pdf")
    assert dossier.verify() == []
    assert dossier.original("page.html") == Original(
        dossier.document("page.html").id, None, None, runs
    )
    assert dossier.original("report.pdf").parts == ()


def test_adding_a_file_again_fills_in_what_an_older_version_did_not_keep(
    dossier: Dossier, tmp_path: Path
) -> None:
    kept = dossier.original("report.pdf")
    before(dossier, "report.pdf")
    tally = dossier.add([tmp_path / "pile" / "report.pdf"])
    assert (tally.taken, tally.skipped) == (0, 1)
    assert dossier.original("report.pdf") == kept
    assert dossier.verify() == []
