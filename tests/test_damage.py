"""A damaged file, a full disk, two writers, a clock set back: one clear line, and nothing lost."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import torture
from tests.test_store import a_document, a_judgement, appended

from whence import export, store
from whence.cli import run
from whence.dossier import Dossier
from whence.errors import CannotWrite, WhenceError
from whence.store import connection


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    torture.quick(monkeypatch)
    path = tmp_path / "lurn.whence"
    torture.full(path)
    case = store.open_case(path)
    appended(case, *(a_judgement(by) for by in ("Ida", "Bo", "Cleo")))
    case.close()
    return path


def exported(path: Path) -> bytes:
    with Dossier.open(path) as dossier:
        return b"".join(export.jsonl(dossier))


# ---------------------------------------------------------------- damage anywhere


def damaged(good: bytes, chance: random.Random) -> bytes:
    """The file with a bit turned, a stretch wiped, the end torn off, or two pages swapped."""
    content, at = bytearray(good), chance.randrange(len(good))
    way = chance.choice(["bit", "wiped", "torn", "swapped"])
    if way == "bit":
        content[at] ^= 1 << chance.randrange(8)
    elif way == "wiped":
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    elif way == "torn":
        del content[at:]
    else:
        one, two = (chance.randrange(len(good) // 4096) * 4096 for _ in range(2))
        pages = content[one : one + 4096], content[two : two + 4096]
        content[two : two + 4096], content[one : one + 4096] = pages
    return bytes(content)


@pytest.mark.parametrize("seed", range(40))
def test_damage_anywhere_is_named_or_changes_nothing_that_is_shown(
    path: Path, tmp_path: Path, seed: int
) -> None:
    before = exported(path)
    copy = tmp_path / "copy" / "lurn.whence"
    copy.parent.mkdir()
    copy.write_bytes(damaged(path.read_bytes(), random.Random(seed)))
    try:
        with Dossier.open(copy) as dossier:
            named = dossier.verify()
    except WhenceError:
        return  # SQLite's own check fails clearly; any other error fails this test
    try:
        after = exported(copy)
    except WhenceError:
        assert named, "what cannot be read was not named"
        return
    assert named or after == before


def test_verify_never_shows_a_traceback(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path.write_bytes(path.read_bytes()[:20_000])
    assert run(lambda *_: None, ["verify", str(path)]) in (4, 5)
    assert "Traceback" not in capfd.readouterr().err


def test_damaged_findings_are_named_and_found_anew(path: Path) -> None:
    before = torture.told(path)
    case = store.open_case(path)
    connection.ask(case, "UPDATE findings SET body = replace(body, 'mixed', 'direct') WHERE seq=1")
    connection.ask(case, "UPDATE readings SET body = 'torn' WHERE rowid = 1")
    case.close()
    with Dossier.open(path) as dossier:
        assert dossier.verify() == [
            "the table readings: 1 row(s) were changed",
            "the table findings: 1 row(s) were changed",
        ]
        dossier.analyse()
        assert dossier.verify() == []
    assert torture.told(path) == before


# ---------------------------------------------------------------- a full disk


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk; max_page_count stands in for it elsewhere")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_disk_that_fills_what_was_acknowledged_is_there(small: Path) -> None:
    path, taken = small / "lurn.whence", []
    with pytest.raises(CannotWrite) as full:
        case = store.open_case(path, create=True)
        for number in range(1000):
            each = a_document(os.urandom(20_000).hex(), f"{number:04}.txt")
            store.take(case, each, each.text.encode())
            taken.append(each)
    assert "the disk is full" in str(full.value) and full.value.hint
    case.close()
    case = store.open_case(path)
    assert taken and store.documents(case) == taken
    assert store.damages(case) == []
    case.close()


def test_a_backup_to_a_full_disk_leaves_nothing_half(path: Path, small: Path) -> None:
    (small / "ballast").write_bytes(bytes(2_000_000))
    with (
        Dossier.open(path) as dossier,
        pytest.raises(CannotWrite, match=r"the disk is full|no space"),
    ):
        dossier.backup(small / "copy.whence")
    assert [each.name for each in small.iterdir()] == ["ballast"]


def test_a_removal_that_the_disk_refuses_removes_nothing(path: Path) -> None:
    before = exported(path)
    case = store.open_case(path)
    pages = connection.ask(case, "PRAGMA page_count")[0][0]
    connection.ask(case, f"PRAGMA max_page_count = {pages}")
    connection.ask(case, "PRAGMA query_only = ON")
    with pytest.raises(CannotWrite):
        store.remove(case, store.document_ids(case)[0][0], "Ida")
    case.close()
    assert exported(path) == before


# ---------------------------------------------------------------- two at once


def test_two_processes_that_add_and_analyse_at_once_come_to_the_same(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    path, alone = tmp_path / "both" / "case.whence", tmp_path / "alone" / "case.whence"
    for folder in (path.parent, alone.parent):
        folder.mkdir()
    children = [context.Process(target=add_and_analyse, args=(path,)) for _ in range(2)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0]
    add_and_analyse(alone)
    assert torture.told(path) == torture.told(alone)
    torture.sound(path)


def add_and_analyse(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        torture.quick(patch)
        torture.full(path)


# ---------------------------------------------------------------- clocks


def test_a_clock_set_back_does_not_turn_the_order_of_events(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whence.store import chain

    monkeypatch.setattr(chain, "now", lambda: "1999-01-01T00:00:00.000000Z")
    with Dossier.open(path) as dossier:
        last = dossier.judgements()[-1].at
        document = dossier.document("0.txt")
        done = dossier.remove(document.id, by="Ida")
        dossier.readmit(document.id, by="Ida")
        assert last < done.at < (dossier.removals()[0].readmitted or "")
        assert dossier.verify() == []
