"""Backups: whole, checked, equal to the dossier, and never over something else."""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path

import pytest
from tests.test_store import WORDS, a_document, a_judgement, appended, kept

from whence import export, store
from whence.cli import run
from whence.dossier import Dossier
from whence.errors import CannotWrite, Damaged
from whence.store import connection


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lurn.whence"
    kept(path, a_document(), a_document("Čapek’s 🚢 sank", "gazette.txt"))
    case = store.open_case(path)
    appended(case, a_judgement("Ida"), a_judgement("Bo"))
    case.close()
    return path


def exported(path: Path) -> bytes:
    with Dossier.open(path) as dossier:
        return b"".join(export.jsonl(dossier))


def saved(path: Path, to: Path) -> Path:
    with Dossier.open(path) as dossier:
        return dossier.backup(to)


def test_a_restored_backup_exports_the_same_bytes(path: Path, tmp_path: Path) -> None:
    before = exported(path)
    (tmp_path / "shelf").mkdir()
    copy = saved(path, tmp_path / "shelf")
    assert copy == tmp_path / "shelf" / "lurn.whence"
    path.unlink()
    saved(copy, path)
    assert exported(path) == before
    with Dossier.open(path) as dossier:
        assert dossier.raw("gazette") == "Čapek’s 🚢 sank".encode()
        assert [each.by for each in dossier.judgements()] == ["Ida", "Bo"]


def test_nothing_but_the_copy_is_left_behind(path: Path, tmp_path: Path) -> None:
    saved(path, tmp_path / "copy.whence")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.whence", "lurn.whence"]


def test_a_backup_made_while_another_process_writes_is_whole(path: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    child = context.Process(target=take_until, args=(path, stop))
    child.start()
    try:
        counts = []
        with Dossier.open(path) as dossier:
            while len(dossier.documents()) < 3:
                pass
            for number in range(5):
                copy = dossier.backup(tmp_path / f"{number}.whence")
                with Dossier.open(copy) as other:
                    counts.append(len(other.documents()))
                    assert other.verify() == []
    finally:
        stop.set()
        child.join()
    assert child.exitcode == 0
    assert counts == sorted(counts) and counts[0] >= 3


def take_until(path: Path, stop: multiprocessing.synchronize.Event) -> None:
    case = store.open_case(path)
    for number in range(100_000):
        if stop.is_set():
            break
        store.take(case, a_document(name=f"{number}.txt"), WORDS.encode())
    case.close()


@pytest.mark.parametrize("name", ["copy.whence", "copy.whence-wal"])
def test_a_backup_never_overwrites(path: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"dear diary")
    with pytest.raises(CannotWrite, match=f"{name} is there already"):
        saved(path, tmp_path / "copy.whence")
    assert (tmp_path / name).read_bytes() == b"dear diary"


def test_a_backup_into_a_folder_that_is_not_there_is_one_line(path: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="its folder does not exist"):
        saved(path, tmp_path / "gone" / "copy.whence")


def test_a_damaged_dossier_is_copied_as_it_is_and_called_damaged(
    path: Path, tmp_path: Path
) -> None:
    case = store.open_case(path)
    connection.ask(case, "UPDATE originals SET bytes = x'00' WHERE rowid = 1")
    case.close()
    with pytest.raises(Damaged, match="copied, but the original"):
        saved(path, tmp_path / "copy.whence")
    assert exported(tmp_path / "copy.whence").count(b'"type":"document"') == 2


def test_what_a_killed_backup_left_is_no_obstacle(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "copy.whence.part")
    (tmp_path / "copy.whence.part-wal").write_bytes(b"torn")
    saved(path, tmp_path / "copy.whence")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.whence", "lurn.whence"]


def test_the_command_says_where_the_copy_is(
    path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["backup", str(path), str(tmp_path / "copy.whence")]
    assert run(lambda *_: None, words) == 0
    assert capfd.readouterr().out.endswith("copy.whence; everything in it checks out\n")
    assert run(lambda *_: None, words) == 6
    assert "is there already" in capfd.readouterr().err
