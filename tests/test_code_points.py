"""Every code point there is comes through as itself, and no offset moves on the way."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from whence import export, ingest, store
from whence.dossier import Dossier
from whence.errors import Usage
from whence.ingest import worker
from whence.judgements import quoted
from whence.terms import Anchor, Document, Part
from whence.web.markup import written
from whence.web.report import table

SIZE = 4_096
SCALARS = 1_112_064


def chunks() -> Iterator[str]:
    """Every code point but the halves of pairs, 4,096 at a time."""
    every = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    assert len(every) == SCALARS
    for start in range(0, SCALARS, SIZE):
        yield "".join(every[start : start + SIZE])


def test_every_code_point_is_read_from_a_file_as_itself() -> None:
    for text in chunks():
        reply = worker.answer("text", b"\xef\xbb\xbf" + text.encode())
        assert (reply.text, reply.code) == (text, None)


def test_every_code_point_is_exported_and_read_again_as_itself() -> None:
    for number, text in enumerate(chunks()):
        document = Document(str(number), "a.txt", text, "0", "text/plain")
        (_, line) = export.lines(export.Exported(document=(document,)))
        ours, theirs = msgspec.json.decode(line)["text"], json.loads(line)["text"]
        assert ours == theirs == text
        assert quoted(theirs, ((7, 9), (len(text) - 1, len(text)))) == f"{text[7:9]} … {text[-1]}"


def test_every_code_point_is_kept_in_a_dossier_as_itself(tmp_path: Path) -> None:
    case = store.open_case(tmp_path / "all.whence", create=True)
    every = list(chunks())
    for number, text in enumerate(every):
        document = Document(f"{number:04}", f"{number:04}.txt", text, str(number), "text/plain")
        raw = text.encode()
        assert store.take(case, document, raw)
    assert [each.text for each in store.documents(case)] == every
    assert store.raw(case, "0013").decode() == every[13]
    assert [each for each in store.damages(case) if "original" not in each] == []
    case.close()


def test_every_code_point_goes_through_a_spreadsheet_as_itself() -> None:
    for text in chunks():
        cells = [f"w{text}", *(f"w{each}" for each in text)]
        (_, row) = csv.reader(io.StringIO(table([""], [cells]), newline=""))
        assert row == cells


def test_every_code_point_is_written_on_a_page_in_its_place() -> None:
    """What a browser makes of that is tested in a browser."""
    for text in chunks():
        page = str(written(text))
        for sign, spelled in (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'),
                              ("&#39;", "'"), ("&amp;", "&")):  # fmt: skip
            page = page.replace(sign, spelled)
        assert page == text.replace("\0", "\ufffd")


# ---------------------------------------------------------------- what is no character


HALF = "\ud83d"


def test_half_a_character_in_a_file_becomes_a_sign_that_says_so() -> None:
    reply = worker.answer("line", b'{"text": "fog \\ud83d fog"}')
    assert (reply.text, reply.remarks) == ("fog \ufffd fog", ("bad-encoding",))
    utf16 = worker.answer("text", b"\xff\xfe" + "fog ".encode("utf-16-le") + b"\x3d\xd8f\0o\0g\0")
    assert utf16.text == "fog \ufffdfog" and "bad-encoding" in utf16.remarks


def test_bytes_that_are_no_text_become_a_sign_that_says_so() -> None:
    reply = worker.answer("text", "“The ferry was late,” she said. ".encode() * 9 + b"\xff fog")
    assert reply.text.endswith("\ufffd fog") and reply.remarks == ("bad-encoding",)


def test_half_a_character_is_not_written_into_a_decision(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fog.")
    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:
        dossier.add([tmp_path / "a.txt"])
        doc = dossier.document("a.txt").id
        with pytest.raises(Usage, match="half a character"):
            dossier.judge("note", [Anchor("text", doc, ((0, 3),), "Fog")], by="Ida", why=HALF)
        assert dossier.judgements() == [] and dossier.verify() == []
        assert dossier.search(f"{HALF} fog") != []


def test_a_reader_that_answered_half_a_character_would_be_caught() -> None:
    with pytest.raises(UnicodeEncodeError):
        store.encoded(ingest.Part(0, 1, HALF))
    assert store.encoded(Part(0, 1, "page 3"))
