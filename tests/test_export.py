"""The export: FORMAT line by line, the same bytes every time, and back again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from whence import export
from whence.dossier import Dossier, analysis
from whence.errors import CannotWrite, Unreadable
from whence.store import Removal
from whence.terms import (
    Anchor,
    Attribution,
    Block,
    Channel,
    Claim,
    Conflict,
    Credit,
    Document,
    Edge,
    Entity,
    Evidence,
    Exemplar,
    Judgement,
    Mention,
    Origin,
    Original,
    Origins,
    Part,
    Passage,
    Quantity,
    Refused,
    Run,
    Span,
    Telling,
    Time,
    When,
    Within,
)

FIELDS = {
    "dossier": "format name run",
    "document": "id name text bytes_sha256 within media_type language read outlet title byline"
    " translator published updated retrieved address credits version_of captures",
    "block": "id doc start end role within by",
    "entity": "id kind named name also same_as lat lon country place_kind",
    "mention": "doc start end kind entity candidates form",
    "attribution": "id doc form source cue content speaker candidates stance voice channels within"
    " reports answers about charges evidence said imputed confidence",
    "time": "doc start end first last duration basis of",
    "quantity": "doc start end value low high unit counted hedge",
    "passage": "id left right kind identity why",
    "exemplar": "id name lost evidence",
    "edge": "id exemplar copy kind passages claims certain why",
    "claim": "id gloss tellings part_of who when where origins",
    "conflict": "id rank kind left right claims edge why",
    "judgement": "id verdict about value by at why replaces state",
    "refused": "name reason code",
    "original": "doc mapped encoding runs parts remarks",
    "removal": "id at by doc bytes_sha256 erased bytes_kept why readmitted",
}

SPAN = Span("d1", 3, 9)
WHEN = When("2031-05-01", None, "inferred", (3, 9))
EVERYTHING = export.Exported(
    name="lurn",
    run=Run("whence 1", (("reader", "ab12"),), "2031-05-02T10:00:00Z"),
    document=(
        Document(
            "d1", "courier.txt", "Čapek’s 🚢\r\n", "ab", "text/plain",
            within=Within("pile.jsonl", "3"), published=WHEN, credits=(Credit("Ternwire", (3, 9)),),
        ),
    ),
    original=(
        Original(
            "d1", False, None, ((0, 2, 5, 7),),
            (Part(0, 9, "page 3", 3, (0.0, 0.0, 595.0, 842.0), ((0, 9, 50.0, 700.0, 90.5, 711.0),)),),
            ("repaired",),
        ),
    ),
    block=(Block("bl1", "d1", 0, 11, "comment", None, "Tess"),),
    entity=(Entity("en1", "place", True, "Lurn", ("Lürn",), (), 1.5, 2.5, "XX", "city"),),
    mention=(Mention("d1", 3, 9, "place", None, ("en1",), "modifier"),),
    attribution=(
        Attribution(
            "at1", "d1", "mixed", ((0, 2),), ((3, 4),), ((5, 7), (8, 9)), "denies", "speaker",
            "en1", channels=(Channel("Ternwire", "told", (3, 9)),), answers=("at0",),
            evidence=(Evidence("imagery", (3, 9)),), said=WHEN,
        ),
    ),
    time=(Time("d1", 3, 9, "2031-05-01", None, "P1D", "stated", "event"),),
    quantity=(Quantity("d1", 3, 9, None, 3.0, 5.0, None, "ships", "about"),),
    passage=(Passage("pa1", SPAN, Span("d2", 0, 6), "translation", 0.9, "why"),),
    exemplar=(Exemplar("ex1", "a lost release", (SPAN,)),),
    edge=(Edge("ed1", "ex1", "d1", "copies", False, "why", ("pa1",)),),
    claim=(
        Claim(
            "cl1", "No ship sank.", (Telling("at1", ((5, 7),), "denies"),), None, ("en1",), WHEN,
            (), Origins(1, None, (Origin("Orlo", "statement", ("at1",)),), "why"),
        ),
    ),
    conflict=(Conflict("co1", 1, "drift", SPAN, SPAN, "why", ("cl1",), "ed1"),),
    judgement=(
        Judgement("ju1", "note", (Anchor("text", "d1", ((0, 5),), "Čapek"),), "Ida", "2031", "?"),
    ),
    refused=(Refused("empty.txt", "the file is empty", "empty"),),
    removal=(Removal("re1", "2031-05-03", "Ida", "d9", "cd", ("ju1",), False, "asked to", None),),
)  # fmt: skip


def parsed(exported: export.Exported) -> dict[str, dict[str, Any]]:
    """One object of each type."""
    return {each["type"]: each for each in map(json.loads, export.lines(exported))}


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_type_has_the_fields_that_the_format_names(kind: str) -> None:
    assert set(parsed(EVERYTHING)[kind]) == {"type", *FIELDS[kind].split()}


def test_values_are_written_as_the_format_says() -> None:
    found = parsed(EVERYTHING)
    when = {"first": "2031-05-01", "last": None, "basis": "inferred", "span": [3, 9]}
    assert found["dossier"]["format"] == "whence-jsonl 1"
    assert found["dossier"]["run"]["models"] == {"reader": "ab12"}
    assert found["document"]["within"] == {"container": "pile.jsonl", "member": "3"}
    assert found["document"]["published"] == found["claim"]["when"] == when
    assert found["document"]["credits"] == [{"name": "Ternwire", "span": [3, 9]}]
    assert found["attribution"]["content"] == [[5, 7], [8, 9]]
    assert found["attribution"]["channels"] == [
        {"name": "Ternwire", "route": "told", "span": [3, 9], "inherited": False}
    ]
    assert found["passage"]["left"] == {"doc": "d1", "start": 3, "end": 9}
    assert found["claim"]["origins"]["at_most"] is None
    assert found["judgement"]["about"] == [
        {"type": "text", "doc": "d1", "spans": [[0, 5]], "quote": "Čapek"}
    ]


def test_a_page_of_a_pdf_has_its_number_and_its_lines_their_places() -> None:
    found = parsed(EVERYTHING)["original"]
    assert found["runs"] == [[0, 2, 5, 7]]
    assert found["parts"] == [
        {
            "start": 0, "end": 9, "where": "page 3", "page": 3, "frame": [0, 0, 595, 842],
            "lines": [[0, 9, 50, 700, 90.5, 711]],
        }
    ]  # fmt: skip


def test_a_text_is_written_code_point_for_code_point() -> None:
    assert parsed(EVERYTHING)["document"]["text"] == "Čapek’s 🚢\r\n"


def test_an_export_comes_back_as_it_went(tmp_path: Path) -> None:
    path = tmp_path / "lurn.jsonl"
    path.write_bytes(b"".join(export.lines(EVERYTHING)))
    assert export.load_jsonl(path) == EVERYTHING


def test_types_and_fields_that_are_not_known_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "lurn.jsonl"
    path.write_text(
        '{"type": "weather", "sky": "grey"}\n\n'
        '{"type": "refused", "name": "a", "reason": "b", "code": "c", "since": "May"}\n'
    )
    assert export.load_jsonl(path) == export.Exported(refused=(Refused("a", "b", "c"),))


@pytest.mark.parametrize("line", ["[1]", '{"type": "block"}', "{", '{"name": "a"}'])
def test_a_line_that_is_not_of_the_format_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "lurn.jsonl"
    path.write_text('{"type": "dossier"}\n' + line)
    with pytest.raises(Unreadable, match="line 2"):
        export.load_jsonl(path)


def test_an_export_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        export.load_jsonl(tmp_path / "gone.jsonl")


# ---------------------------------------------------------------- of a real dossier


@pytest.fixture
def case(tmp_path: Path) -> Path:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "courier.txt").write_text("Peter Vask denied that the crew had been drinking.\n")
    (pile / "blog.txt").write_text("🚢 Ada Orlo said that no ship sank off Lurn.\n")
    (pile / "empty.txt").touch()
    path = tmp_path / "lurn.whence"
    with Dossier.open(path, create=True) as dossier:
        dossier.add([pile])
        dossier.analyse()
        document = dossier.document("courier")
        about = Anchor("text", document.id, ((0, 10),), "Peter Vask")
        dossier.judge("note", [about], by="Ida", value="ask him")
    return path


def exported(path: Path) -> bytes:
    with Dossier.open(path) as dossier:
        return b"".join(export.jsonl(dossier))


def test_the_same_dossier_gives_the_same_bytes_after_reopening(case: Path) -> None:
    assert exported(case) == exported(case)


def test_a_dossier_comes_back_from_its_export(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with Dossier.open(case) as dossier:
        export.write(dossier, "jsonl", path)
        back = export.load_jsonl(path)
        assert back == export.contents(dossier)
    assert [each.name for each in back.document] == ["blog.txt", "courier.txt"]
    assert [each.value for each in back.judgement] == ["ask him"]
    assert len(back.refused) == 1
    assert b"".join(export.lines(back)) == exported(case)


def test_every_span_slices_the_text_it_was_read_from(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(exported(case))
    back = export.load_jsonl(path)
    texts = {each.id: each.text for each in back.document}
    assert texts[back.document[0].id] == "🚢 Ada Orlo said that no ship sank off Lurn.\n"
    assert {texts[a.doc][s:e] for a in back.attribution for s, e in a.source} == {
        "Ada Orlo",
        "Peter Vask",
    }
    for document in back.document:
        leaves = [each for each in back.block if each.doc == document.id]
        assert "".join(document.text[b.start : b.end] for b in leaves) == document.text


def test_the_order_of_adding_does_not_show(
    tmp_path: Path, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "again" / "lurn.whence"
    other.parent.mkdir()
    with Dossier.open(other, create=True) as dossier:
        for name in ("courier.txt", "blog.txt"):
            dossier.add([tmp_path / "pile" / name])
            dossier.analyse()

    def found(path: Path) -> list[bytes]:
        hidden = b'{"type":"dossier"', b'{"type":"judgement"', b'{"type":"refused"'
        return [line for line in exported(path).splitlines() if not line.startswith(hidden)]

    assert found(other) == found(case)


def test_an_export_is_there_whole_or_not_at_all(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("what was here before")

    def stops(dossier: Dossier) -> Any:
        yield b"half\n"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "WRITERS", {"jsonl": stops})
    with Dossier.open(case) as dossier, pytest.raises(CannotWrite, match="no space left"):
        export.write(dossier, "jsonl", path)
    assert path.read_text() == "what was here before"
    assert [each.name for each in tmp_path.glob("*.part")] == []


def test_a_document_that_is_not_read_is_exported_with_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whence import segment

    monkeypatch.setattr(segment, "masthead", lambda document, blocks: _unread(document, "ru"))
    path = tmp_path / "a.whence"
    (tmp_path / "vestnik.txt").write_text("Ни одно судно не затонуло.")
    with Dossier.open(path, create=True) as dossier:
        dossier.add([tmp_path / "vestnik.txt"])
        monkeypatch.setattr(analysis, "code", lambda: "fresh")
        dossier.analyse()
        (document,) = export.contents(dossier).document
    assert (document.read, document.language) == (False, "ru")
    assert document.text == "Ни одно судно не затонуло."


def _unread(document: Document, language: str) -> Document:
    from dataclasses import replace

    return replace(document, read=False, language=language)
