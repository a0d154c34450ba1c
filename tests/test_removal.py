"""Taking a document out: nothing of its words is left in the file, and the record says so."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.test_dossier import on, plain_reading, who_says_what

from whence import export, ingest, store
from whence.cli import run
from whence.dossier import Dossier, analysis
from whence.errors import CannotWrite, NotFound, Usage
from whence.store import connection, migrations, removal
from whence.terms import Document, Judgement, Reading

SECRET = "Zwartkopje said: the quartermaster hid eleven lanterns."
OTHER = "Orlo said: no ship sank. Vask said: the ferry was late."
WORDS = [b"zwartkopje", b"quartermaster", b"lanterns"]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "read", plain_reading)
    monkeypatch.setattr(ingest, "gather", gathered)


def gathered(paths: Sequence[Path]) -> Iterator[ingest.Taken]:
    """Plain text files as documents, without the child process that reads files for us."""
    for path in sorted(file for each in paths for file in [each, *each.glob("*")]):
        if path.is_file():
            raw = path.read_bytes()
            digest = hashlib.sha256(raw).hexdigest()
            id = ingest.document_id(digest, path.name)
            yield ingest.Taken(Document(id, path.name, raw.decode(), digest, "text/plain"), raw)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / "secret.txt").write_text(SECRET)
    (pile / "courier.txt").write_text(OTHER)
    for number in range(12):  # so that pages and search segments are shared with other documents
        (pile / f"filler-{number}.txt").write_text(f"Bo said: it was boat {number}. " * 40)
    return pile


@pytest.fixture
def case(tmp_path: Path, pile: Path) -> Iterator[Dossier]:
    with Dossier.open(tmp_path / "lurn.whence", create=True) as dossier:
        dossier.add([pile])
        dossier.analyse()
        yield dossier


def left_in(folder: Path) -> list[bytes]:
    """The secret words that still stand somewhere in the dossier's files."""
    files = [path for path in folder.glob("*.whence*") if path.is_file()]
    assert files
    content = b"\n".join(path.read_bytes() for path in files).lower()
    return [word for word in WORDS if word in content]


def judged(case: Dossier) -> list[Judgement]:
    case.judge("stance-is", [on(case, "the quartermaster hid eleven lanterns", "secret")],
               by="Ida", value="denies", why="the quartermaster told me")  # fmt: skip
    case.judge("accept", [on(case, "no ship sank")], by="Bo", why="seen")
    return case.judgements()


# ---------------------------------------------------------------- what is gone


def test_not_a_word_of_it_is_left_in_any_byte_of_the_file(case: Dossier, tmp_path: Path) -> None:
    judged(case)
    assert left_in(tmp_path) == WORDS
    case.remove("secret", by="Ida", why="asked by the family")
    assert left_in(tmp_path) == []
    case.close()
    assert left_in(tmp_path) == []


def test_the_rest_is_found_as_if_it_had_never_been_there(
    case: Dossier, pile: Path, tmp_path: Path
) -> None:
    case.remove("secret", by="Ida")
    (pile / "secret.txt").unlink()
    (tmp_path / "other").mkdir()
    with Dossier.open(tmp_path / "other" / "lurn.whence", create=True) as other:
        other.add([pile])
        other.analyse()
        assert who_says_what(case) == who_says_what(other)
        assert case.entities() == other.entities()
    assert case.search("lanterns") == []
    assert case.verify() == []


def test_bytes_that_another_document_shares_stay(case: Dossier, tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_text(SECRET)
    case.add([tmp_path / "again.txt"])
    assert case.remove("secret", by="Ida").bytes_kept
    assert case.raw("again") == SECRET.encode()
    assert case.remove("again", by="Ida").bytes_kept is False
    case.close()
    assert left_in(tmp_path) == []


def test_a_document_that_is_read_while_it_is_removed_stays_removed(
    case: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process reads all anew; when it comes to the secret, another has removed it."""
    monkeypatch.setattr(analysis, "code", lambda: "a later version")

    def read_slowly(document: Document, marks: object) -> Reading:
        if "lanterns" in document.text:
            with Dossier.open(case.path) as other:
                monkeypatch.setattr(other, "analyse", lambda told: None)
                other.remove("secret", by="Bo")
        return plain_reading(document)

    monkeypatch.setattr(analysis, "read", read_slowly)
    case.analyse()
    assert ("Zwartkopje" in str(case.entities()), case.verify()) == (False, [])
    case.close()
    assert left_in(tmp_path) == []


def test_findings_compared_while_one_is_removed_are_compared_again(
    case: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = analysis.compare
    calls: list[int] = []

    def compared_slowly(readings: list[Reading], *people: Any) -> analysis.Findings:
        calls.append(len(readings))
        found = compare(readings, *people)
        if len(calls) == 1:
            with Dossier.open(case.path) as other:
                monkeypatch.setattr(other, "analyse", lambda told: None)
                other.remove("secret", by="Bo")
        return found

    monkeypatch.setattr(analysis, "compare", compared_slowly)
    monkeypatch.setattr(analysis, "code", lambda: "a later version")
    case.analyse()
    assert calls == [14, 13]
    case.close()
    assert left_in(tmp_path) == []


# ---------------------------------------------------------------- what stays


def test_the_record_says_when_by_whom_why_and_which_bytes(case: Dossier) -> None:
    document = case.document("secret")
    done = case.remove("secret", by="Ida", why="asked by the family")
    assert case.removals() == [done]
    assert (done.doc, done.bytes_sha256) == (document.id, document.bytes_sha256)
    assert (done.by, done.why, done.at[:2]) == ("Ida", "asked by the family", "20")


def test_judgements_about_it_keep_author_and_verdict_but_no_words(case: Dossier) -> None:
    before = judged(case)
    case.remove("secret", by="Cleo")
    after = case.judgements()
    assert [(j.id, j.verdict, j.by, j.at) for j in after] == [
        (j.id, j.verdict, j.by, j.at) for j in before
    ]
    assert (after[0].about[0].quote, after[0].value, after[0].why) == ("[removed]", None, None)
    assert [each.state for each in after] == ["orphaned", "standing"]
    assert after[1] == before[1]


def test_the_chain_still_holds_and_goes_on(case: Dossier) -> None:
    judged(case)
    case.remove("secret", by="Cleo")
    case.judge("note", [on(case, "Vask")], by="Ida", value="look again")
    assert case.verify() == []


@pytest.mark.parametrize(
    ("forgery", "named"),
    [
        ("UPDATE log SET salt = NULL, words = NULL WHERE seq = 2", "judgement 2"),
        ("UPDATE log SET words = replace(words, 'seen', 'told') WHERE seq = 2", "judgement 2"),
        ("UPDATE log SET body = replace(body, 'Cleo', 'Bo') WHERE seq = 3", "removal 3"),
        ("DELETE FROM log WHERE seq = 3", "the log of judgements"),
    ],
)
def test_what_is_erased_or_changed_behind_our_back_is_named(
    case: Dossier, forgery: str, named: str
) -> None:
    judged(case)
    case.remove("secret", by="Cleo")
    for sql in ("DROP TRIGGER log_unchanged", "DROP TRIGGER log_kept", forgery):
        case._case.execute(sql)
    assert any(line.startswith(named) for line in case.verify())


def test_the_log_lets_words_be_erased_but_not_changed(case: Dossier) -> None:
    judged(case)
    with pytest.raises(sqlite3.IntegrityError, match="judgements are never changed"):
        connection.ask(case._case, "UPDATE log SET words = '{}'")
    with pytest.raises(sqlite3.IntegrityError, match="judgements are never changed"):
        connection.ask(case._case, "UPDATE log SET salt = NULL, words = NULL, body = '{}'")


def test_a_guess_of_erased_words_cannot_be_tested(case: Dossier) -> None:
    """The same judgement twice has two seals: without the salt they tell nothing."""
    for _ in range(2):
        case.judge("note", [on(case, "no ship sank")], by="Ida", value="look")
    seals = connection.ask(case._case, "SELECT sealed FROM log")
    assert len(set(seals)) == 2


# ---------------------------------------------------------------- adding it again


def test_a_removed_document_is_not_added_again_by_the_way(case: Dossier, pile: Path) -> None:
    done = case.remove("secret", by="Ida")
    tally = case.add([pile])
    assert (tally.taken, tally.skipped, tally.refused, tally.found) == (0, 13, 1, 14)
    (told,) = tally.removed
    assert told.reason == (
        f"it was removed from this dossier on {done.at[:10]} by Ida"
        f" (to add it again: whence readmit {case.path} {done.doc[:12]}, then add it)"
    )
    assert case.refused() == []  # not even its name is kept


def test_its_bytes_under_another_name_are_not_added_either(case: Dossier, tmp_path: Path) -> None:
    case.remove("secret", by="Ida")
    (tmp_path / "renamed.txt").write_text(SECRET)
    assert case.add([tmp_path / "renamed.txt"]).refused == 1


def test_once_readmitted_it_can_be_added_and_removed_again(case: Dossier, pile: Path) -> None:
    first = case.remove("secret", by="Ida")
    case.readmit(first.doc[:8], by="Bo", why="a mistake")
    assert case.add([pile]).taken == 1
    case.analyse()
    assert ("Zwartkopje", "asserts", "the quartermaster hid eleven lanterns") in who_says_what(case)
    case.remove("secret", by="Cleo")
    assert [(each.by, bool(each.readmitted)) for each in case.removals()] == [
        ("Ida", True),
        ("Cleo", False),
    ]
    assert case.add([pile]).refused == 1
    assert case.verify() == []


def test_judgements_whose_words_are_gone_stay_orphans_when_it_comes_back(
    case: Dossier, pile: Path
) -> None:
    case.judge("metadata-is", [on(case, SECRET, "secret", "document")], by="Ida", value="byline=X")
    judged(case)
    case.readmit(case.remove("secret", by="Ida").id, by="Ida")
    case.add([pile])
    case.analyse()
    assert [each.state for each in case.judgements()] == ["orphaned", "orphaned", "standing"]
    assert case.document("secret").byline is None


def test_what_was_never_here_or_is_gone_already_is_one_line(case: Dossier) -> None:
    with pytest.raises(NotFound, match="there is no document “herald”"):
        case.remove("herald", by="Ida")
    done = case.remove("secret", by="Ida")
    with pytest.raises(NotFound, match="was removed on"):
        case.remove(done.doc, by="Ida")
    with pytest.raises(Usage, match="needs a name"):
        case.remove("courier", by=" ")
    case.readmit(done.doc, by="Ida")
    with pytest.raises(Usage, match="already"):
        case.readmit(done.doc, by="Ida")


# ---------------------------------------------------------------- cut short


def test_a_removal_killed_before_the_file_was_written_anew_is_named_and_finished(
    case: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = multiprocessing.get_context("spawn")
    doc = case.document("secret").id
    child = context.Process(target=remove_and_die, args=(case.path, doc))
    child.start()
    child.join()
    assert child.exitcode == 9
    assert [each.name for each in case.documents() if each.name == "secret.txt"] == []
    (line,) = case.verify()
    assert line.startswith(f"the removed document {doc[:12]}: its words may still lie")
    case.remove(doc[:12], by="Ida")
    assert case.verify() == []
    assert left_in(tmp_path) == []


def remove_and_die(path: Path, doc: str) -> None:
    removal.erase = lambda db: os._exit(9)
    removal.remove(store.open_case(path), doc, "Ida")


def test_while_another_program_reads_the_words_are_not_called_gone(
    case: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "PATIENCE", 0.05)
    other = store.open_case(case.path)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM documents").fetchall()
    other.execute("PRAGMA busy_timeout = 0")
    case._case.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(CannotWrite, match="another program is reading it") as told:
        case.remove("secret", by="Ida")
    assert told.value.hint is not None and "remove it again" in told.value.hint
    assert len(case.verify()) == 1
    other.close()
    case.remove(case.removals()[0].doc, by="Ida")
    assert (case.verify(), left_in(tmp_path)) == ([], [])


# ---------------------------------------------------------------- dossiers from before


def test_a_log_from_before_is_sealed_and_keeps_its_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.whence"
    ids = an_old_dossier(path, monkeypatch)
    with Dossier.open(path) as dossier:
        assert [(each.id, each.by) for each in dossier.judgements()] == list(
            zip(ids, ["Ida", "Bo"], strict=True)
        )
        assert dossier.verify() == []


def test_an_old_log_that_was_tampered_with_is_not_laundered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.whence"
    ids = an_old_dossier(path, monkeypatch)
    forger = sqlite3.connect(path)
    forger.execute("DROP TRIGGER log_unchanged")
    forger.execute("""UPDATE log SET body = replace(body, 'Ida', 'Eve')""")
    forger.execute(
        """CREATE TRIGGER log_unchanged BEFORE UPDATE ON log
        BEGIN SELECT RAISE(ABORT, ''); END"""
    )
    forger.commit()
    forger.close()
    with Dossier.open(path) as dossier:
        assert dossier.verify() == [f"judgement 1 ({ids[0]}): it, or one before it, was changed"]


def an_old_dossier(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A dossier of the first format, with two judgements linked in its way."""
    monkeypatch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
    old = store.open_case(path, create=True)
    previous, ids = migrations.START, []
    for number, by in enumerate(["Ida", "Bo"], start=1):
        made = Judgement(f"ju{number}", "note", (), by, f"2031-05-0{number}", "look")
        link = msgspec.json.encode(made, order="sorted")
        previous = hashlib.sha256(previous.encode() + b"\n" + link).hexdigest()
        row = (number, made.id, store.encoded(made), previous)
        old.execute("INSERT INTO log VALUES (?, ?, ?, ?)", row)
        old.execute("UPDATE head SET count = ?, hash = ?", (number, previous))
        ids.append(made.id)
    old.close()
    monkeypatch.undo()
    return ids


# ---------------------------------------------------------------- on the command line


def test_the_command_says_what_is_gone_and_what_stays(
    case: Dossier, pile: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path, doc = str(case.path), case.document("secret")
    assert run(lambda *_: None, ["remove", path, "secret", "--by", "Ida", "--why", "asked"]) == 0
    out = capfd.readouterr().out
    assert f"{doc.id[:12]} is removed: its text, its findings" in out
    assert f"by Ida, SHA-256 {doc.bytes_sha256}" in out
    run(lambda *_: None, ["status", path])
    assert f"removed  {doc.id[:12]} on " in capfd.readouterr().out
    run(lambda *_: None, ["add", path, str(pile / "secret.txt")])
    assert "secret.txt: it was removed from this dossier on" in capfd.readouterr().err
    assert run(lambda *_: None, ["readmit", path, doc.id[:12], "--by", "Ida"]) == 0
    assert "may be added again" in capfd.readouterr().out


def test_an_export_after_a_removal_says_that_it_was_and_not_a_word_of_it(case: Dossier) -> None:
    judged(case)
    gone = case.remove("secret", by="Ida", why="a court asked")
    lines = list(export.jsonl(case))
    told = b"".join(lines).lower()
    assert [word for word in WORDS if word in told] == []
    (line,) = [each for each in map(json.loads, lines) if each["type"] == "removal"]
    assert (line["doc"], line["bytes_sha256"]) == (gone.doc, gone.bytes_sha256)
    assert (line["at"], line["by"], line["why"]) == (gone.at, "Ida", "a court asked")
