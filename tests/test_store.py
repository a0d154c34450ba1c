"""The file that a case is kept in: nothing acknowledged is lost, and every refusal is one line."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
import sqlite3
import zlib
from pathlib import Path

import pytest

from whence import store
from whence.errors import CannotWrite, Damaged, NotADossier, NotFound, TooNew
from whence.store import connection, migrations, opening
from whence.terms import Anchor, Document, Judgement, Reading, Refused, Run

WORDS = "No ship sank off Lurn, Ada Orlo said."


def a_document(text: str = WORDS, name: str = "courier.txt") -> Document:
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    id = hashlib.sha256(f"{digest}\n{name}".encode()).hexdigest()
    return Document(id, name, text, digest, "text/plain", "en")


def a_judgement(by: str = "Ida", quote: str = "No ship sank") -> Judgement:
    about = Anchor("attribution", a_document().id, ((0, len(quote)),), quote)
    return Judgement("", "accept", (about,), by, "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lurn.whence"


def kept(path: Path, *documents: Document) -> None:
    case = store.open_case(path, create=True)
    for each in documents:
        store.take(case, each, each.text.encode())
    case.close()


# ---------------------------------------------------------------- what is taken is there


def test_a_document_comes_back_as_it_was_taken(path: Path) -> None:
    text = "Čapek’s 🚢 sank\r\n\x00\tno, it did not\ufeff"
    kept(path, a_document(text))
    case = store.open_case(path)
    assert store.documents(case) == [a_document(text)]
    assert store.raw(case, a_document(text).id) == text.encode()
    case.close()


def test_the_same_document_twice_is_one_document(path: Path) -> None:
    case = store.open_case(path, create=True)
    assert store.take(case, a_document(), WORDS.encode()) is True
    assert store.take(case, a_document(), WORDS.encode()) is False
    assert len(store.documents(case)) == 1
    case.close()


def test_the_same_bytes_under_two_names_are_two_documents_and_one_original(path: Path) -> None:
    kept(path, a_document(name="a.txt"), a_document(name="b.txt"))
    case = store.open_case(path)
    assert [each.name for each in store.documents(case)] == ["a.txt", "b.txt"]
    assert connection.ask(case, "SELECT count(*) FROM originals") == [(1,)]
    case.close()


def test_a_document_that_fails_half_way_is_not_there_at_all(path: Path) -> None:
    case = store.open_case(path, create=True)
    connection.ask(case, "DROP TABLE words")  # the last thing that taking a document writes to
    with pytest.raises(sqlite3.OperationalError):
        store.take(case, a_document(), WORDS.encode())
    assert store.documents(case) == []
    assert connection.ask(case, "SELECT count(*) FROM originals") == [(0,)]
    case.close()


def test_a_file_that_is_taken_later_is_no_longer_listed_as_refused(path: Path) -> None:
    case = store.open_case(path, create=True)
    store.refuse(case, Refused("courier.txt", "the file is empty", "empty"))
    assert [each.name for each in store.refusals(case)] == ["courier.txt"]
    store.take(case, a_document(), WORDS.encode())
    assert store.refusals(case) == []
    case.close()


def test_what_was_acknowledged_survives_a_process_that_dies(path: Path) -> None:
    child = multiprocessing.get_context("spawn").Process(target=take_and_die, args=(path,))
    child.start()
    child.join()
    assert child.exitcode == 9
    case = store.open_case(path)
    assert [each.name for each in store.documents(case)] == ["courier.txt"]
    assert store.damages(case) == []
    case.close()


def take_and_die(path: Path) -> None:
    case = store.open_case(path, create=True)
    store.take(case, a_document(), WORDS.encode())
    connection.ask(case, "BEGIN IMMEDIATE")
    connection.ask(case, "DELETE FROM documents")
    os._exit(9)


def test_two_processes_may_add_at_once(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=take_many, args=(path, n)) for n in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0]
    case = store.open_case(path)
    names = [each.name for each in store.documents(case)]
    assert names == sorted(["shared.txt", *(f"{n}-{i}.txt" for n in range(2) for i in range(8))])
    assert store.damages(case) == []
    case.close()


def take_many(path: Path, number: int) -> None:
    case = store.open_case(path, create=True)
    store.take(case, a_document(name="shared.txt"), WORDS.encode())
    for i in range(8):
        store.take(case, a_document(name=f"{number}-{i}.txt"), WORDS.encode())
    case.close()


# ---------------------------------------------------------------- what is refused, and how


def test_a_dossier_that_is_not_there_is_not_made_by_looking(path: Path) -> None:
    with pytest.raises(NotFound, match="there is no dossier at"):
        store.open_case(path)
    assert not path.exists()


def test_a_dossier_of_a_later_version_is_left_alone(path: Path) -> None:
    kept(path, a_document())
    later = sqlite3.connect(path)
    later.execute(f"PRAGMA user_version = {len(migrations.MIGRATIONS) + 1}")
    later.close()
    before = path.read_bytes()
    with pytest.raises(TooNew, match="written by a later version") as refused:
        store.open_case(path, create=True)
    assert refused.value.hint == "update whence; the file was not touched"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"dear diary", "some other kind of file"),
        (b"SQLite format 3\x00", "another program's database"),
        (b"", "it is empty"),
    ],
)
def test_a_file_that_is_not_ours_is_left_alone(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    with pytest.raises(NotADossier, match=why):
        store.open_case(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone_even_when_adding(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE songs (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotADossier, match="another program's database"):
        store.open_case(path, create=True)
    assert path.read_bytes() == before


def test_a_folder_is_not_a_dossier(tmp_path: Path) -> None:
    with pytest.raises(NotADossier, match="is a folder"):
        store.open_case(tmp_path, create=True)


def test_an_empty_file_left_by_a_kill_becomes_a_dossier(path: Path) -> None:
    path.touch()
    kept(path, a_document())
    case = store.open_case(path)
    assert len(store.documents(case)) == 1
    case.close()


def test_a_dossier_in_a_folder_that_does_not_exist_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="its folder does not exist"):
        store.open_case(tmp_path / "gone" / "lurn.whence", create=True)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder nobody can write to")
def test_where_nobody_can_write_there_is_one_line_and_no_dossier() -> None:
    with pytest.raises(CannotWrite, match=r"cannot write /proc/lurn\.whence"):
        store.open_case(Path("/proc/lurn.whence"), create=True)


def test_a_read_only_disk_can_be_read_but_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path, a_document())
    monkeypatch.setattr(os, "access", lambda *_: False)  # as on a disk mounted read-only
    case = store.open_case(path)
    assert [each.name for each in store.documents(case)] == ["courier.txt"]
    with pytest.raises(CannotWrite, match="read-only") as refused:
        store.take(case, a_document(name="b.txt"), WORDS.encode())
    assert refused.value.hint == "what was acknowledged before is safe"
    case.close()


def test_a_full_disk_is_one_line_and_loses_nothing(path: Path) -> None:
    kept(path, a_document())
    case = store.open_case(path)
    pages = connection.ask(case, "PRAGMA page_count")[0][0]
    connection.ask(case, f"PRAGMA max_page_count = {pages}")
    big = a_document(os.urandom(40_000).hex(), "big.txt")
    with pytest.raises(CannotWrite, match="the disk is full"):
        store.take(case, big, big.text.encode())
    case.close()
    case = store.open_case(path)
    assert [each.name for each in store.documents(case)] == ["courier.txt"]
    assert store.damages(case) == []
    case.close()


def test_a_writer_that_never_ends_is_reported_and_not_waited_for_ever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path)
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    case = store.open_case(path)
    with pytest.raises(CannotWrite, match="another program has been writing"):
        store.take(case, a_document(), WORDS.encode())
    case.close()
    other.close()


def test_a_torn_file_is_called_damaged(path: Path) -> None:
    kept(path, *(a_document(os.urandom(3000).hex(), f"{n}.txt") for n in range(20)))
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(Damaged, match="is damaged"):
        case = store.open_case(path)
        store.documents(case)


# ---------------------------------------------------------------- migrations


def test_a_dossier_of_an_older_version_is_brought_forward_and_keeps_all(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path, a_document())
    step = ("CREATE TABLE shelves (name TEXT)", "INSERT INTO shelves VALUES ('first')")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    for _ in range(2):
        case = store.open_case(path)
        assert connection.ask(case, "SELECT name FROM shelves") == [("first",)]
        assert len(store.documents(case)) == 1
        case.close()


def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(path, a_document())
    now = migrations.MIGRATIONS
    broken = ("CREATE TABLE shelves (name TEXT)", "INSERT INTO nowhere VALUES (1)")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*now, broken))
    with pytest.raises(sqlite3.OperationalError):
        store.open_case(path)
    monkeypatch.setattr(migrations, "MIGRATIONS", now)
    case = store.open_case(path)
    assert connection.ask(case, "SELECT name FROM sqlite_master WHERE name = 'shelves'") == []
    assert len(store.documents(case)) == 1
    case.close()


# ---------------------------------------------------------------- the log


def appended(case: store.Case, *judgements: Judgement) -> list[Judgement]:
    out = []
    for each in judgements:
        with store.writing(case):
            out.append(store.append(case, each))
    return out


def test_judgements_come_back_in_order_with_ids_of_their_own(path: Path) -> None:
    case = store.open_case(path, create=True)
    made = appended(case, a_judgement("Ida"), a_judgement("Bo"), a_judgement("Ida"))
    assert store.log(case) == made
    assert [each.by for each in made] == ["Ida", "Bo", "Ida"]
    assert len({each.id for each in made}) == 3
    case.close()


def test_time_goes_forward_in_the_log_even_if_the_clock_goes_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whence.store import chain

    case = store.open_case(path, create=True)
    clock = iter(["2031-05-02T10:00:00.000000Z", "2019-01-01T00:00:00.000000Z"])
    monkeypatch.setattr(chain, "now", lambda: next(clock))
    made = appended(case, a_judgement(), a_judgement())
    assert [each.at for each in made] == [
        "2031-05-02T10:00:00.000000Z",
        "2031-05-02T10:00:00.000001Z",
    ]
    case.close()


@pytest.mark.parametrize("sql", ["UPDATE log SET body = '{}'", "DELETE FROM log"])
def test_the_log_refuses_to_be_rewritten(path: Path, sql: str) -> None:
    case = store.open_case(path, create=True)
    appended(case, a_judgement())
    with pytest.raises(sqlite3.IntegrityError, match="judgements are never"):
        connection.ask(case, sql)
    case.close()


# ---------------------------------------------------------------- proof of custody


def forged(path: Path, *statements: str) -> list[str]:
    """What `damages` says after someone went behind our back."""
    case = store.open_case(path, create=True)
    store.take(case, a_document(), WORDS.encode())
    appended(case, a_judgement("Ida"), a_judgement("Bo"), a_judgement("Cleo"))
    assert store.damages(case) == []
    for sql in ("DROP TRIGGER log_unchanged", "DROP TRIGGER log_kept", *statements):
        case.execute(sql)
    found = store.damages(case)
    case.close()
    return found


def test_an_exchanged_original_is_named(path: Path) -> None:
    packed = zlib.compress(b"Two ships sank").hex()
    found = forged(path, f"UPDATE originals SET bytes = x'{packed}'")
    assert [line.split(":")[0] for line in found] == [
        f"the original {a_document().bytes_sha256[:12]}"
    ]


def test_a_rotten_original_is_named(path: Path) -> None:
    assert len(forged(path, "UPDATE originals SET bytes = x'00'")) == 1


def test_an_edited_text_is_named(path: Path) -> None:
    found = forged(path, "UPDATE documents SET text = replace(text, 'No ship', 'A ship')")
    assert [line.split(" (")[0] for line in found] == ["the document courier.txt"]


def test_an_edited_judgement_is_named(path: Path) -> None:
    found = forged(path, "UPDATE log SET body = replace(body, 'Bo', 'Al')")
    assert len(found) == 1 and found[0].startswith("judgement 2 ")


def test_a_judgement_taken_out_is_noticed(path: Path) -> None:
    assert forged(path, "DELETE FROM log WHERE seq = 2")


def test_judgements_torn_off_the_end_are_noticed(path: Path) -> None:
    found = forged(path, "DELETE FROM log WHERE seq = 3")
    assert found == ["the log of judgements: it ends early (2 of 3)"]


# ---------------------------------------------------------------- findings and search


def test_a_reading_takes_the_place_of_an_older_one(path: Path) -> None:
    kept(path, a_document())
    case = store.open_case(path)
    assert store.unread(case, "old") == [a_document().id]
    store.keep_reading(case, "old", Reading(a_document()))
    assert (store.unread(case, "old"), store.unread(case, "new")) == ([], [a_document().id])
    store.keep_reading(case, "new", Reading(a_document()))
    assert [each.document.text for each in store.readings(case)] == [WORDS]
    case.close()


def test_a_run_takes_the_place_of_the_one_before_and_is_later(path: Path) -> None:
    kept(path, a_document())
    case = store.open_case(path)
    rows = [store.Row("attribution", "at1", a_document().id, "{}", "No ship sank")]
    store.keep_run(case, "one", Run("whence 1", (("reader", "ab"),), "2031-05-02"), rows)
    store.keep_run(case, "two", Run("whence 2", (), "2019-01-01T00:00:00.000000Z"), [])
    last = store.latest_run(case)
    assert last is not None and (last[0], last[1].code) == ("two", "whence 2")
    assert last[1].at > "2031-05-02"
    assert store.findings(case, "attribution") == []
    assert [hit.ref for hit in store.search(case, "ship")] == [None]
    case.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ship", ["No ship sank off Lurn", "Le naufrage à Lürn"][:1]),
        ("lurn", ["No ship sank off Lurn", "Le naufrage à Lürn"]),
        ("“ship sank”", ["No ship sank off Lurn"]),
        ("“sank ship”", []),
        ('ship" OR (lurn*', []),
        ("…", []),
    ],
)
def test_search_finds_words_whatever_is_typed(path: Path, words: str, found: list[str]) -> None:
    kept(path, a_document("No ship sank off Lurn", "a"), a_document("Le naufrage à Lürn", "b"))
    case = store.open_case(path)
    assert sorted(hit.excerpt for hit in store.search(case, words)) == sorted(found)
    case.close()


def test_a_hit_says_where_in_the_text_it_is(path: Path) -> None:
    kept(path, a_document())
    case = store.open_case(path)
    (hit,) = store.search(case, "orlo")
    assert hit.start is not None and WORDS[hit.start :].startswith("Orlo")
    case.close()


def test_a_dossier_is_one_file_that_can_be_carried_away(path: Path, tmp_path: Path) -> None:
    kept(path, a_document())
    assert [each.name for each in tmp_path.iterdir()] == ["lurn.whence"]
    elsewhere = tmp_path / "elsewhere.whence"
    shutil.copy(path, elsewhere)
    case = store.open_case(elsewhere)
    assert [each.name for each in store.documents(case)] == ["courier.txt"]
    case.close()
