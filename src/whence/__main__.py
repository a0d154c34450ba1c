"""Start whence: the command line, and the workbench behind it."""

from __future__ import annotations

import sys
from pathlib import Path


def serve(case: Path, port: int | None, browser: bool) -> None:
    """Open the workbench; loaded only now, for it is not needed to read or to export."""
    from whence import web

    web.serve(case, port, browser)


def main() -> None:
    """Do what the command line asks, and leave with the exit code it documents."""
    try:
        from whence.cli import run

        code = run(serve)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
