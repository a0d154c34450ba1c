"""Files made to harm: each is answered in bounds, and none stops the good ones beside it."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from whence.ingest import Limits, Taken, gather
from whence.ingest.border import waited
from whence.terms import Refused

MAKE = Path(__file__).parent / "hostile" / "make_hostile.py"
AGREE = 0.95
SECONDS = 10.0
MEMORY = 512  # megabytes of one reading process


@dataclass(slots=True)
class Answer:
    """What came of one hostile file, and how long it took, waiting for a processor aside."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def outcome(self) -> str:
        """`ok`, `partial` or `rejected`, in the words of the manifest."""
        bad = [each for each in self.refused if each.code != "skipped"]
        if not self.taken:
            return "rejected" if bad else "ok"
        return "partial" if bad or any(each.remarks for each in self.taken) else "ok"

    @property
    def why(self) -> str:
        """Its remarks and reasons, for a person to read."""
        remarks = sorted({remark for each in self.taken for remark in each.remarks})
        return ", ".join([*remarks, *sorted({each.code for each in self.refused})]) or "–"


def _lines(path: Path) -> str:
    """What a file of /proc says; nothing once the thread that it was about has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""


@dataclass(slots=True)
class Waits:
    """For how long we and our reading processes were ready to run and got no processor."""

    known: dict[str, float] = field(default_factory=dict)

    def since(self) -> float:
        """Seconds of that since it was last asked."""
        tasks = Path("/proc/self/task").glob("*/children")
        places = ["self", *(id for task in tasks for id in _lines(task).split())]
        now = {place: waited(place) for place in places}
        more = sum(value - self.known.get(place, 0.0) for place, value in now.items())
        self.known = now
        return more


@dataclass(frozen=True, slots=True)
class Batch:
    """The whole hostile folder, read once."""

    folder: Path
    cases: list[dict[str, Any]]
    answers: dict[str, Answer]
    canaries: list[Path]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """The hostile files, made afresh, and what reading them gave."""
    folder = tmp_path_factory.mktemp("hostile")
    made = subprocess.run([sys.executable, str(MAKE), str(folder)], capture_output=True, check=True)
    assert made.returncode == 0
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").unlink()
    answers: dict[str, Answer] = {}
    last = time.monotonic()
    waits = Waits()
    for each in gather([folder], Limits()):
        name = each.name if isinstance(each, Refused) else each.document.name
        answer = answers.setdefault(name.partition("#")[0], Answer())
        (answer.taken if isinstance(each, Taken) else answer.refused).append(each)  # type: ignore[arg-type]
        now = time.monotonic()
        answer.seconds, last = answer.seconds + now - last - waits.since(), now
    places = [Path("/tmp"), Path.cwd(), folder, folder.parent]
    canaries = [path for place in places for path in place.glob("*hostile_canary*")]
    return Batch(folder, listed["cases"], answers, canaries)


def answered(batch: Batch, case: dict[str, Any]) -> Answer:
    """What came of one case; a folder that holds nothing comes to nothing."""
    name = os.fsencode(base64.b64decode(case["path_b64"])).decode("utf-8", "backslashreplace")
    return batch.answers.get(name, Answer())


def test_every_hostile_file_is_answered_in_time(batch: Batch) -> None:
    late = {
        name: answer.seconds for name, answer in batch.answers.items() if answer.seconds > SECONDS
    }
    assert late == {}


def test_no_reading_process_takes_more_memory_than_allowed(batch: Batch) -> None:
    # In a process of its own: the figure is the largest child that a process ever had.
    watched = """
import resource, sys
from pathlib import Path
from whence.ingest import Limits, gather
print(sum(1 for _ in gather([Path(sys.argv[1])], Limits())))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    words = [sys.executable, "-c", watched, str(batch.folder)]
    answers, largest = subprocess.run(
        words, capture_output=True, check=True, text=True
    ).stdout.split()
    assert int(answers) >= len(batch.answers)
    assert int(largest) < MEMORY * 1024


def test_every_hostile_file_is_answered_by_its_name(batch: Batch) -> None:
    silent = [
        case["id"]
        for case in batch.cases
        if not answered(batch, case).taken and not answered(batch, case).refused
    ]
    assert silent == ["fs-dir_named_html"]


def test_taken_passed_over_and_refused_together_are_all_that_is_there(batch: Batch) -> None:
    there = set()
    for folder, inner, files in os.walk(batch.folder):
        links = [name for name in inner if Path(folder, name).is_symlink()]
        for name in [*files, *links]:
            path = os.path.relpath(os.path.join(folder, name), batch.folder)  # noqa: PTH118
            there.add(os.fsencode(path).decode("utf-8", "backslashreplace"))
    assert set(batch.answers) == there


def test_no_hostile_file_writes_anything(batch: Batch) -> None:
    assert batch.canaries == []


def test_every_good_file_beside_the_hostile_ones_is_read(batch: Batch) -> None:
    missing = [
        case["id"]
        for case in batch.cases
        if case["expect"] == "ok" and case["bytes"] and not answered(batch, case).taken
    ]
    assert missing == []


def test_what_must_be_read_is_read_and_what_must_not_is_not(batch: Batch) -> None:
    wrong = []
    for case in batch.cases:
        checks, answer = case["checks"], answered(batch, case)
        text = "\n".join(each.document.text for each in answer.taken)
        wanted = [*checks.get("must_contain", ()), *checks.get("spans", ())]
        wrong += [(case["id"], words) for words in wanted if words not in text]
        wrong += [
            (case["id"], words) for words in checks.get("must_not_contain", ()) if words in text
        ]
    assert wrong == []


def test_outcomes_agree_with_what_is_expected(batch: Batch) -> None:
    differ = [
        f"{case['id']}: expected {case['expect']} ({case['code']}), was {answer.outcome} ({answer.why})"
        for case in batch.cases
        if (answer := answered(batch, case)).outcome != case["expect"]
    ]
    print(f"\n{len(batch.cases) - len(differ)} of {len(batch.cases)} agree", *differ, sep="\n  ")
    assert len(differ) <= (1 - AGREE) * len(batch.cases), "\n".join(differ)


def test_every_refusal_is_one_line_with_a_reason(batch: Batch) -> None:
    reasons = [each.reason for answer in batch.answers.values() for each in answer.refused]
    assert reasons and all(reason and "\n" not in reason for reason in reasons)
