"""Kill the process at random moments, again and again, and prove that nothing was lost.

    python -m tests.torture 1000

A child adds, analyses, judges, migrates, removes or saves, and tells what was acknowledged; it is
killed (-9) at a random moment. Then: all that was acknowledged is there, nothing is there by half,
and doing the rest gives the same export as if nobody had been killed.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from whence import export, ingest, store
from whence.dossier import Dossier, analysis
from whence.errors import NotFound
from whence.store import migrations
from whence.terms import Anchor, Attribution, Document, Judgement, Reading, finding_id

SECRET = "zwartkopje"
TEXTS = [f"Orlo said: boat {n} was late. Vask said: it was not. " * (n + 1) for n in range(10)]
TEXTS.append(f"{SECRET} said: nothing.")

Ack = Callable[[str], None]


# ---------------------------------------------------------------- a dossier without slow steps


def gathered(paths: Sequence[Path]) -> Iterator[ingest.Taken]:
    for number, text in enumerate(TEXTS):
        digest = hashlib.sha256(text.encode()).hexdigest()
        document = Document(digest, f"{number}.txt", text, digest, "text/plain")
        yield ingest.Taken(document, text.encode())


def read(document: Document, marks: tuple[ingest.Mark, ...]) -> Reading:
    content = ((0, len(document.text)),)
    id = finding_id("attribution", document.id, content)
    return Reading(document, attributions=(Attribution(id, document.id, "mixed", (), (), content),))


def compare(readings: Sequence[Reading], *more: object) -> analysis.Findings:
    return analysis.Findings(tuple(a for each in readings for a in each.attributions))


def quick(patch: pytest.MonkeyPatch) -> None:
    """Only what is kept is tested here, not how it is found."""
    patch.setattr(ingest, "gather", gathered)
    patch.setattr(analysis, "read", read)
    patch.setattr(analysis, "compare", compare)
    patch.setattr(analysis, "code", lambda: "one and the same")  # whoever edits meanwhile
    patch.setattr(analysis, "models", tuple)


def told(path: Path) -> list[Any]:
    """The export, without the moments at which things were done."""
    with Dossier.open(path) as dossier:
        lines = [msgspec.json.decode(line) for line in export.jsonl(dossier)]
    for each in lines:
        for key in ("at", "id", "replaces") if each["type"] in ("judgement", "removal") else ():
            each[key] = None
        if each["type"] == "dossier":
            each["run"]["at"] = None
    return lines


# ---------------------------------------------------------------- what a child does


def adding(path: Path, ack: Ack) -> None:
    with Dossier.open(path, create=True) as dossier:
        dossier.add([path], lambda name, done, of: ack(name))
        dossier.analyse()


def judging(path: Path, ack: Ack) -> None:
    with Dossier.open(path) as dossier:
        document = dossier.document("0.txt")
        about = Anchor("text", document.id, ((0, 4),), document.text[:4])
        for number in range(len(dossier.judgements()), 12):
            ack(dossier.judge("note", [about], by="Ida", value=str(number)).id)


def migrating(path: Path, ack: Ack) -> None:
    with Dossier.open(path) as dossier:
        ack(str(len(dossier.judgements())))


def removing(path: Path, ack: Ack) -> None:
    doc = hashlib.sha256(TEXTS[-1].encode()).hexdigest()
    with Dossier.open(path) as dossier:
        try:
            dossier.remove(doc, by="Ida")
        except NotFound as done:  # removed already, all of it
            assert "was removed on" in str(done)
    ack(doc)


def saving(path: Path, ack: Ack) -> None:
    with Dossier.open(path) as dossier:
        ack(str(dossier.backup(path.with_suffix(".saved"))))


# ---------------------------------------------------------------- what must hold after a kill


def sound(path: Path, still: str = "") -> None:
    with Dossier.open(path) as dossier:
        found = [line for line in dossier.verify() if not (still and still in line)]
    assert found == [], found


def after_adding(path: Path, acked: list[str]) -> None:
    if not path.exists() or not path.stat().st_size:
        assert acked == []
        return
    with closing(sqlite3.connect(path)) as bare:
        if not bare.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            assert acked == []
            return
    sound(path)
    with Dossier.open(path) as dossier:
        held = {each.name: each for each in dossier.documents()}
        assert not set(acked) - set(held), f"lost: {set(acked) - set(held)}"
        for number, text in enumerate(TEXTS):
            if each := held.get(f"{number}.txt"):
                assert (each.text, dossier.raw(each.id)) == (text, text.encode())


def after_judging(path: Path, acked: list[str]) -> None:
    sound(path)
    with Dossier.open(path) as dossier:
        made = dossier.judgements()
    assert [each.value for each in made] == [str(n) for n in range(len(made))]
    assert not set(acked) - {each.id for each in made}


def after_migrating(path: Path, acked: list[str]) -> None:
    with closing(sqlite3.connect(path)) as bare:
        version = bare.execute("PRAGMA user_version").fetchone()[0]
        assert version == len(migrations.MIGRATIONS) if acked else version >= 1
    sound(path)


def after_removing(path: Path, acked: list[str]) -> None:
    sound(path, still="may still lie")
    files = [each for each in path.parent.glob("*") if each.is_file()]
    if acked:
        assert not any(SECRET in each.read_bytes().decode("latin-1").lower() for each in files)


def after_saving(path: Path, acked: list[str]) -> None:
    sound(path)
    copy = path.with_suffix(".saved")
    assert copy.exists() or not acked
    if copy.exists():
        sound(copy)
        copy.unlink()


# ---------------------------------------------------------------- before, and at the end


def full(path: Path) -> None:
    adding(path, void)


def old(path: Path) -> None:
    """A dossier of the first format, with documents and judgements."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        case = store.open_case(path, create=True)
        previous = migrations.START
        for number in range(40):
            made = Judgement(f"ju{number:016}", "note", (), "Ida", f"2031-05-{number}", "look")
            body = msgspec.json.encode(made, order="sorted")
            previous = hashlib.sha256(previous.encode() + b"\n" + body).hexdigest()
            row = (number + 1, made.id, store.encoded(made), previous)
            case.execute("INSERT INTO log VALUES (?, ?, ?, ?)", row)
        case.execute("UPDATE head SET count = 40, hash = ?", (previous,))
        case.close()


@dataclass(frozen=True, slots=True)
class Trial:
    """What is done while it is killed, what must hold then, and on which dossier."""

    does: Callable[[Path, Ack], None]
    holds: Callable[[Path, list[str]], None]
    begins: Callable[[Path], None] = field(default=lambda path: None)


TRIALS = {
    "adding": Trial(adding, after_adding),
    "judging": Trial(judging, after_judging, full),
    "migrating": Trial(migrating, after_migrating, old),
    "removing": Trial(removing, after_removing, full),
    "saving": Trial(saving, after_saving, full),
}
SHARES = {"adding": 1.0, "judging": 0.2, "migrating": 0.2, "removing": 0.1, "saving": 0.1}


# ---------------------------------------------------------------- killing


def killed(does: Callable[[Path, Ack], None], path: Path, delay: float) -> tuple[bool, list[str]]:
    """Whether the child was killed before it was done, and what it had acknowledged."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            does(path, lambda name: void(os.write(theirs, f"{name}\n".encode())))
        except BaseException as problem:  # noqa: BLE001
            os.write(2, f"{type(problem).__name__}: {problem}\n".encode())
            os._exit(3)
        os._exit(0)
    os.close(theirs)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(ours) as lines:
        acked = lines.read().split()
    assert os.waitstatus_to_exitcode(status) in (0, -9), "the child failed by itself"
    return os.WIFSIGNALED(status), acked


def void(_: object) -> None:
    return None


def tried(trial: Trial, kills: int, chance: random.Random, folder: Path) -> int:
    """Kill so many times, in as many lives as that takes; how many items were acknowledged."""
    start, path = folder / "start.whence", folder / "lives" / "case.whence"
    trial.begins(start)
    reference = folder / "reference" / "case.whence"
    shutil.rmtree(reference.parent, ignore_errors=True)
    reference.parent.mkdir()
    if start.exists():
        shutil.copy(start, reference)
    began = time.monotonic()
    trial.does(reference, void)
    takes, wanted = time.monotonic() - began, told(reference)
    items = 0
    while kills > 0:
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir()
        if start.exists():
            shutil.copy(start, path)
        acked: list[str] = []
        dead = True
        while dead and kills > 0:
            dead, more = killed(trial.does, path, chance.uniform(0, takes * 1.2))
            acked += more
            kills -= dead
            trial.holds(path, acked)
        if not path.exists():
            continue
        trial.does(path, void)
        trial.holds(path, acked)
        other = [pair for pair in zip(told(path), wanted, strict=True) if pair[0] != pair[1]]
        assert not other, f"the rest does not come to the same: {other[:2]}"
        items += len(set(acked))
    start.unlink(missing_ok=True)
    return items


def main(kills: int, seed: int) -> None:
    """Run every trial and say what came of it."""
    print(f"seed {seed}", flush=True)
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        quick(patch)
        for name, share in SHARES.items():
            number = max(1, round(kills * share))
            began = time.monotonic()
            items = tried(TRIALS[name], number, random.Random(f"{seed} {name}"), Path(folder))
            took = time.monotonic() - began
            print(
                f"{name}: {number} kills, {items} items acknowledged, 0 lost, 0 half, {took:.0f} s"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**9))
