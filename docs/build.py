"""Make the parts of the documentation that come from code: `python docs/build.py [--check]`.

docs/glossary.md from the types, docs/commands.md from `--help`, the score table of README.md from
the benches' floors. With --check nothing is written; it exits 1 if anything would change.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from whence import terms

ROOT = Path(__file__).parents[1]
COMMANDS = ("open", "add", "show", "status", "export", "judge", "verify", "serve", "demo")
MARKS = ("<!-- scores -->", "<!-- /scores -->")


def glossary() -> str:
    """One heading per word, with what it means and which fields it has."""
    out = [
        "# Glossary",
        "",
        "One word, one meaning, one type. Made from `src/whence/terms.py`.",
        "",
    ]
    for name in sorted(n for n in dir(terms) if dataclasses.is_dataclass(getattr(terms, n))):
        kind = getattr(terms, name)
        text = re.sub(r"\s+", " ", (kind.__doc__ or "").strip())
        fields = ", ".join(f"`{f.name}`" for f in dataclasses.fields(kind))
        out += [f"## {name}", "", text, "", fields, ""]
    return "\n".join(out)


def commands() -> str:
    """What every command says of itself."""
    out = ["# Commands", "", "Made from `whence COMMAND --help`.", ""]
    plain = os.environ | {"COLUMNS": "88", "TERM": "dumb", "NO_COLOR": "1"}
    for name in ("", *COMMANDS):
        words = [sys.executable, "-m", "whence", *([name] if name else []), "--help"]
        said = subprocess.run(words, capture_output=True, text=True, check=True, env=plain).stdout
        lines = [line.rstrip() for line in said.strip().splitlines()]
        out += [f"## whence {name}".rstrip(), "", "```text", *lines, "```", ""]
    return "\n".join(out)


def scores() -> str:
    """A table of every figure kept as a floor."""
    rows = ["| measured | score |", "|---|---|"]
    for path in sorted((ROOT / "bench").glob("*/floors.json")):
        kept = json.loads(path.read_text("utf-8"))
        for name, value in kept.get("scores", {}).items():
            rows.append(f"| {path.parent.name}: {name} | {value:.3f} |")
    return "\n".join(rows)


def sessions(text: str) -> str:
    """The text with every console block run again, in one folder, and its Python block after them.

    `$ whence … | head -N` keeps the first N lines. A ```text block right after the Python block
    holds what it prints.
    """
    plain = os.environ | {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}

    with tempfile.TemporaryDirectory() as room:
        (Path(room) / "examples").symlink_to(ROOT / "examples")

        def run(words: list[str]) -> str:
            done = subprocess.run(
                words, capture_output=True, text=True, cwd=room, env=plain, check=True
            )
            return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())

        def console(block: re.Match[str]) -> str:
            out = []
            for line in block[1].splitlines():
                if line.startswith("$ whence "):
                    command, _, most = line[2:].partition(" | head -")
                    said = run([sys.executable, "-m", *shlex.split(command)]).splitlines()
                    out += [line, *said[: int(most) if most else None]]
            return "```console\n" + "\n".join(out) + "\n```"

        def python(block: re.Match[str]) -> str:
            said = run([sys.executable, "-c", block[1]])
            return f"```python\n{block[1]}```\n\n```text\n{said}\n```"

        text = re.sub(r"```console\n(.*?)```", console, text, flags=re.S)
        return re.sub(r"```python\n(.*?)```\n+```text\n.*?```", python, text, flags=re.S)


def readme() -> str:
    """The README with its sessions run and its score table made anew."""
    text = sessions((ROOT / "README.md").read_text("utf-8"))
    first, rest = text.split(MARKS[0])
    last = rest.split(MARKS[1])[1]
    return f"{first}{MARKS[0]}\n{scores()}\n{MARKS[1]}{last}"


def main() -> int:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--check", action="store_true", help="write nothing; 1 if anything is stale")
    given = parse.parse_args()
    made = {
        ROOT / "docs" / "glossary.md": glossary(),
        ROOT / "docs" / "commands.md": commands(),
        ROOT / "README.md": readme(),
    }
    stale = [p for p, text in made.items() if not p.exists() or p.read_text("utf-8") != text]
    for path in stale:
        print(f"{'stale' if given.check else 'made'}: {path.relative_to(ROOT)}")
        if not given.check:
            path.write_text(made[path], "utf-8")
    return 1 if given.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
