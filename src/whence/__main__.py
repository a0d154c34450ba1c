"""Start whence: the command line, and the workbench behind it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType


def serve(case: Path, port: int | None, browser: bool) -> None:
    """Open the workbench; loaded only now, for it is not needed to read or to export."""
    from whence import web

    web.serve(case, port, browser)


def unforeseen(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    """A mistake of ours, in two lines; where it happened is told to those who ask."""
    if os.environ.get("WHENCE_TRACE", "") not in ("", "0"):
        sys.__excepthook__(kind, problem, trace)
        return
    told = " ".join(str(problem).split())[:200]
    print(f"whence: a mistake inside whence: {kind.__name__}: {told}", file=sys.stderr)
    print("        what was read is safe; WHENCE_TRACE=1 shows where it was", file=sys.stderr)


def main() -> None:
    """Do what the command line asks, and leave with the exit code it documents."""
    sys.excepthook = unforeseen
    try:
        from whence.cli import run

        code = run(serve)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
