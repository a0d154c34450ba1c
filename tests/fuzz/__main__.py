"""Fuzz one reader, or each in turn, for so many seconds: `python -m tests.fuzz [NAME|all] [SECONDS]`.

Needs `atheris`. What was found before is kept in `.fuzz/NAME` and begun with; input that breaks a
reader is kept as `.fuzz/NAME-crash-…`. One line per target says what came of it.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROOM = Path(".fuzz")
ALL_AT_ONCE = ("whence", "tests.fuzz", "email", "zipfile", "tarfile", "quopri", "json.decoder")
SLOWEST = 20  # seconds for one input: longer is a hang
MEMORY = 2_048  # megabytes


def fuzz(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process until libFuzzer is done."""
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=list(ALL_AT_ONCE)):
        targets = import_module("tests.fuzz.targets")
    atheris.Setup([sys.argv[0], *arguments], targets.TARGETS[name])
    atheris.Fuzz()


def run(name: str, seconds: int, seed: int) -> bool:
    """Fuzz one target in a process of its own and tell what came of it."""
    from tests.fuzz.seeds import SEEDS

    corpus = ROOM / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(raw)
    arguments = [
        f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}",
        f"-seed={seed}", "-max_len=4096", f"-artifact_prefix={ROOM / name}-", "-print_final_stats=1",
        str(corpus),
    ]  # fmt: skip
    began = time.monotonic()
    words = [sys.executable, "-m", "tests.fuzz", "--one", name, *arguments]
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", env=os.environ)
    took = time.monotonic() - began
    told = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    found = re.findall(r"Test unit written to (\S+-(?:crash|timeout|oom)-\S+)", done.stderr)
    (ROOM / f"{name}.log").write_text(done.stdout + done.stderr, "utf-8")
    ran = told.group(1) if told else "?"
    what = ", ".join(found) or ("nothing" if done.returncode == 0 else "see its log")
    held = len(list(corpus.iterdir()))
    print(f"{name}: seed {seed}, {took:.0f} s, {ran} runs, corpus {held}, found {what}", flush=True)
    return not found and done.returncode == 0


def main() -> int:
    """Fuzz what was asked for; 1 if anything was found."""
    from tests.fuzz.targets import TARGETS

    asked = sys.argv[1] if len(sys.argv) > 1 else "all"
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    names = list(TARGETS) if asked == "all" else asked.split(",")
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1, 2**31)
    good = [run(name, seconds, seed) for name in names]
    return 0 if all(good) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main())
