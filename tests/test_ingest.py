"""Files and folders become documents, or a reason in plain words; one bad file stops no other."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from whence.ingest import Limits, Taken, gather
from whence.ingest.border import Border, Child, Turn, waited
from whence.ingest.values import Refusal
from whence.terms import Refused

NEWS = "The ferry was late again, the harbour master said on Tuesday."
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Ferry late again | The Elster Courier</title>
<meta property="og:site_name" content="The Elster Courier">
<meta property="article:published_time" content="2031-05-04T10:00:00Z">
<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Orla Fenwick"}]}</script>
<link rel="canonical" href="https://courier.example/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry late&nbsp;again</h1>
<p>The ferry was   late &amp; <b>nobody</b>
was surprised.</p><script>track()</script>
<blockquote class="twitter-tweet"><p>Fog at Sallow Hook.</p>— Port Elster (@portelster)</blockquote></article>
<ol class="commentlist"><li class="comment"><cite class="fn">Old Salt</cite> <div class="comment-text">Asleep!</div>
<ul><li class="comment"><cite class="fn">Netta</cite> <div>Prove it.</div></li></ul></li></ol>
<p style="display:none">Nobody sees this.</p></body></html>"""


def only(path: Path) -> Taken | Refused:
    found = list(gather([path]))
    assert len(found) == 1
    return found[0]


def taken(path: Path) -> Taken:
    found = only(path)
    assert isinstance(found, Taken), found
    return found


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusals(found: Iterator[Taken | Refused]) -> dict[str, str]:
    return {each.name: each.code for each in found if isinstance(each, Refused)}


def test_a_text_file_is_kept_exactly_as_it_stands(tmp_path: Path) -> None:
    text = "  First line.\r\nSecond\u2028third.\n\n\tEnd \n"
    got = taken(write(tmp_path, "a.txt", text))
    assert got.document.text == text
    assert got.raw == text.encode()


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        write(tmp_path, f"{encoding}.txt", NEWS.encode(encoding))
    texts = [each.document.text for each in gather([tmp_path]) if isinstance(each, Taken)]
    assert texts == [NEWS, NEWS, NEWS]


def test_old_windows_quotation_marks_are_read_and_remarked_upon(tmp_path: Path) -> None:
    got = taken(write(tmp_path, "a.txt", "“Nobody was hurt,” she said – twice.".encode("cp1252")))
    assert got.document.text == "“Nobody was hurt,” she said – twice."
    assert got.remarks == ("guessed-encoding",)


def test_russian_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    text = "Представитель порта сообщил, что пострадавших нет. " * 8
    assert taken(write(tmp_path, "a.txt", text.encode("koi8-r"))).document.text == text


def test_the_same_bytes_under_two_names_are_two_documents(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", NEWS), write(tmp_path, "b.txt", NEWS)
    first, second = gather([tmp_path])
    assert isinstance(first, Taken) and isinstance(second, Taken)
    assert first.document.bytes_sha256 == second.document.bytes_sha256
    assert first.document.id != second.document.id


def test_a_folder_is_read_in_the_same_order_always(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.md", "c.htm"):
        write(tmp_path, name, NEWS)
    names = [each.document.name for each in gather([tmp_path]) if isinstance(each, Taken)]
    assert names == ["a.txt", "b/1.md", "b/2.txt", "c.htm"]


def test_bad_files_are_each_refused_by_name_and_the_good_one_is_read(tmp_path: Path) -> None:
    write(tmp_path, "good.txt", NEWS)
    write(tmp_path, "empty.txt", b"")
    write(tmp_path, "blank.txt", " \n\t\n")
    write(tmp_path, "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200))
    write(tmp_path, "noise.txt", bytes(range(256)) * 40)
    write(tmp_path, "huge.txt", b"x" * 50_000)
    write(tmp_path, "page.pdf", b"%PDF-1.7 and so on")
    write(tmp_path, ".hidden", "x")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    found = list(gather([tmp_path, tmp_path / "gone.txt"], Limits(size=40_000)))
    assert [each.document.name for each in found if isinstance(each, Taken)] == ["good.txt"]
    assert refusals(iter(found)) == {
        "empty.txt": "empty",
        "blank.txt": "empty",
        "picture.txt": "binary",
        "noise.txt": "binary",
        "huge.txt": "too-large",
        "page.pdf": "broken-pdf",
        ".hidden": "hidden",
        "pipe.txt": "not-a-file",
        "dead.txt": "missing",
        "loop": "link",
        "out.txt": "link",
        "gone.txt": "missing",
    }
    assert all("\n" not in each.reason for each in found if isinstance(each, Refused))


def test_a_socket_given_by_name_is_never_opened(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        found = only(tmp_path / "door")
    assert isinstance(found, Refused) and (found.code, found.reason) == (
        "not-a-file",
        "a socket, not a file",
    )


def test_a_file_that_vanishes_before_its_turn_is_said_to_have_gone(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", NEWS)
    last = write(tmp_path, "b.txt", NEWS)
    found = gather([tmp_path])
    next(found)
    last.unlink()
    assert refusals(found) == {"b.txt": "vanished"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", NEWS).chmod(0)
    assert refusals(gather([tmp_path])) == {"a.txt": "permission"}


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    found = only(tmp_path)
    assert isinstance(found, Refused) and found.code == "empty-folder"


def test_a_name_that_is_not_utf8_can_still_be_shown(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(NEWS)
    assert [each.document.name for each in gather([tmp_path]) if isinstance(each, Taken)] == [
        "caf\\xe9.txt"
    ]


def test_a_line_of_fifty_megabytes_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pile.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "' + b"x" * 50_000_000 + b'"}\n')
        stream.write(b'{"text": "The ferry was late."}\n')
    refused, read = gather([path])
    assert isinstance(refused, Refused) and (refused.name, refused.code) == (
        "pile.jsonl#1",
        "too-large",
    )
    assert isinstance(read, Taken) and read.document.text == "The ferry was late."


def test_each_line_of_json_is_a_document_with_its_fields(tmp_path: Path) -> None:
    line = (
        '{"text": "The ferry was late.", "title": "Late", "outlet": "Courier", "author": "O. Fenwick",'
        ' "published": "4 May 2031", "address": "https://courier.example/1"}'
    )
    path = write(tmp_path, "pile.jsonl", f"\n{line}\r\n")
    document, raw = taken(path).document, taken(path).raw
    assert raw == line.encode()
    assert document.name == "pile.jsonl#2"
    assert document.within is not None and document.within.container == "pile.jsonl"
    assert (document.title, document.outlet, document.byline) == ("Late", "Courier", "O. Fenwick")
    assert document.published is not None and document.published.first == "2031-05-04"
    assert document.published.basis == "stated"
    assert document.address == "https://courier.example/1"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{not json", "bad-json"),
        ("[1, 2]", "bad-json"),
        ('{"title": "no text"}', "bad-json"),
        ('{"text": "yes", "text": "no"}', "bad-json"),
        ('{"text": "x", "score": NaN}', "bad-json"),
        ('{"text": ' + "[" * 100_000, "bad-json"),
        ('{"text": "  "}', "empty"),
        (b'{"text": "\xff"}', "encoding"),
    ],
)
def test_a_bad_line_is_refused_by_its_number_alone(
    tmp_path: Path, line: str | bytes, code: str
) -> None:
    raw = line.encode() if isinstance(line, str) else line
    good = b'{"text": "The ferry was late."}\n'
    found = list(gather([write(tmp_path, "pile.jsonl", good + raw + b"\n" + good)]))
    assert [type(each).__name__ for each in found] == ["Taken", "Refused", "Taken"]
    assert refusals(iter(found)) == {"pile.jsonl#2": code}


def test_a_file_of_json_that_holds_no_document_is_refused_once(tmp_path: Path) -> None:
    found = only(write(tmp_path, "rows.jsonl", '{"a": 1}\n' * 500))
    assert isinstance(found, Refused) and found.name == "rows.jsonl"


def test_the_text_of_a_page_is_what_a_browser_shows(tmp_path: Path) -> None:
    got = taken(write(tmp_path, "a.html", HTML))
    assert got.document.text == (
        "Home\n\nFerry late\u00a0again\n\nThe ferry was late & nobody was surprised.\n\n"
        "Fog at Sallow Hook.\n\n— Port Elster (@portelster)\n\nOld Salt\nAsleep!\n\nNetta\nProve it."
        "\n\nNobody sees this."
    )
    assert "hidden-text" in got.remarks


def test_every_stretch_of_a_page_leads_back_to_its_source(tmp_path: Path) -> None:
    got = taken(write(tmp_path, "a.html", HTML))
    text, pieces = got.document.text, []
    for run in got.runs:
        words, source = text[run.start : run.end], HTML[run.source_start : run.source_end]
        assert source in (words, "&nbsp;", "&amp;")
        pieces.append(words)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_page_says_what_its_tags_mean(tmp_path: Path) -> None:
    got = taken(write(tmp_path, "a.html", HTML))
    said = {
        (mark.role, mark.by, got.document.text[mark.start : mark.end].split("\n")[0])
        for mark in got.marks
    }
    assert {
        ("boilerplate", None, "Home"),
        ("headline", None, "Ferry late\u00a0again"),
        ("post", "Port Elster", "Fog at Sallow Hook."),
        ("comment", "Old Salt", "Old Salt"),
        ("comment", "Netta", "Netta"),
        ("boilerplate", None, "Nobody sees this."),
    } <= said


def test_a_page_states_its_title_outlet_writer_date_and_address(tmp_path: Path) -> None:
    document = taken(write(tmp_path, "a.html", HTML)).document
    assert (document.title, document.outlet) == ("Ferry late again", "The Elster Courier")
    assert (document.byline, document.language) == ("Orla Fenwick", "en")
    assert document.address == "https://courier.example/ferry"
    assert (
        document.published is not None and document.published.first == "2031-05-04T10:00:00+00:00"
    )


def test_an_impossible_date_is_not_taken(tmp_path: Path) -> None:
    page = '<html><head><meta name="date" content="2031-02-30"></head><body><p>Late again.</p></body></html>'
    assert taken(write(tmp_path, "a.html", page)).document.published is None


def test_dates_that_disagree_are_kept_as_a_range(tmp_path: Path) -> None:
    page = (
        '<html><head><meta property="article:published_time" content="2031-05-04">'
        '<meta itemprop="datePublished" content="2031-05-09"></head><body><p>Late again.</p></body></html>'
    )
    got = taken(write(tmp_path, "a.html", page))
    assert got.document.published is not None
    assert (got.document.published.first, got.document.published.last) == (
        "2031-05-04",
        "2031-05-09",
    )
    assert got.remarks == ("date-conflict",)


def test_a_page_that_a_script_would_build_is_refused(tmp_path: Path) -> None:
    page = "<html><body><div id=root></div><script>render()</script></body></html>"
    assert refusals(gather([write(tmp_path, "a.html", page)])) == {"a.html": "empty"}


def test_a_page_nested_without_end_is_still_read(tmp_path: Path) -> None:
    got = taken(write(tmp_path, "a.html", "<html><body>" + "<div>" * 12_000 + NEWS))
    assert got.document.text == NEWS
    assert got.remarks == ("too-deep",)


def test_a_file_without_a_known_ending_is_read_for_what_it_is(tmp_path: Path) -> None:
    assert taken(write(tmp_path, "README", NEWS)).document.media_type == "text/plain"
    assert taken(write(tmp_path, "saved", HTML)).document.media_type == "text/html"


def test_the_reader_may_die_or_hang_and_the_next_file_is_read() -> None:
    with Border(Limits(seconds=2.0)) as border:
        with pytest.raises(Refusal) as broken:
            border.ask("no such kind", b"x")
        assert broken.value.code == "parser-failed"
        assert border.ask("text", NEWS.encode()).text == NEWS


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with Border(Limits(seconds=0.05)) as border:
        with pytest.raises(Refusal) as late:
            border.ask("html", b"<p>x" * 2_000_000)
        assert late.value.code == "timeout"


@pytest.mark.parametrize(
    ("ago", "kept_waiting", "late"),
    [(0.5, 0.0, False), (5.0, 0.0, True), (5.0, 4.5, False), (5.0, 3.5, True), (11.0, 10.9, True)],
)
def test_time_that_a_busy_machine_kept_from_a_reader_does_not_make_it_late(
    monkeypatch: pytest.MonkeyPatch, ago: float, kept_waiting: float, late: bool
) -> None:
    waits = {"reader": kept_waiting, "we": 0.0}
    monkeypatch.setattr("whence.ingest.border.waited", waits.__getitem__)
    began = time.monotonic() - ago
    turn = Turn(cast(Child, None), 1.0, began, ("reader", "we"), 0.0)
    assert turn.late() is late


def test_waiting_is_read_from_the_system_and_nothing_where_there_is_no_such_process() -> None:
    assert waited("self") >= 0.0
    assert waited("no such process") == 0.0


def test_one_reading_process_serves_many_files() -> None:
    with Border(Limits()) as border:
        border.ask("text", b"one")
        first = border.child_id
        border.ask("text", b"two")
        assert border.child_id == first


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('canary.txt', 'w')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.remove('canary.txt')",
    ],
)
def test_a_reading_process_can_neither_call_out_nor_change_a_file(
    tmp_path: Path, attempt: str
) -> None:
    begin = "from whence.ingest import worker; worker._limited(1 << 30)\n"
    got = subprocess.run(
        [sys.executable, "-c", begin + attempt], cwd=tmp_path, capture_output=True, text=True
    )
    assert got.stderr.splitlines()[-1].startswith("PermissionError: a parser may not")
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_breaks_its_reader_costs_itself_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.txt", NEWS)
        archive.writestr("2.html", "".join(f"<p>{number}" for number in range(900_000)))
        archive.writestr("3.txt", NEWS)
    found = list(gather([tmp_path / "a.zip"], Limits(seconds=1.0)))
    assert [each.document.name for each in found if isinstance(each, Taken)] == [
        "a.zip#1.txt",
        "a.zip#3.txt",
    ]
    assert refusals(iter(found)) == {"a.zip#2.html": "timeout"}
