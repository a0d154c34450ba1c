"""A report on paper: the page that stands by itself, printed by a browser that is on this machine.

No library is installed for it. A browser of the Chromium family lays out every script and the
pictures as they are on the page; where there is none, one line says what to do instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from whence.errors import WhenceError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
         "microsoft-edge", "msedge", "brave-browser")  # fmt: skip
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
LONGEST = 120.0  # seconds; a report that takes longer is too long for paper


class NoPrinter(WhenceError):
    """There is no browser here that can print a page."""

    def __init__(self) -> None:
        super().__init__(
            "a PDF is printed by Chromium, Chrome or Edge, and none is on this machine"
        )
        self.hint = "open the HTML report in any browser and print it to a file there"


def printer() -> str | None:
    """The browser that can print here, if there is one."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in ELSEWHERE if Path(path).is_file()), None)


def printed(page: bytes) -> bytes:
    """The page as a PDF."""
    browser = printer()
    if browser is None:
        raise NoPrinter
    with tempfile.TemporaryDirectory(prefix="whence-") as room:
        source, out = Path(room) / "report.html", Path(room) / "report.pdf"
        source.write_bytes(page)
        command = [
            browser, "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--no-pdf-header-footer",
            f"--user-data-dir={room}/profile", f"--print-to-pdf={out}", source.as_uri(),
        ]  # fmt: skip
        if sys.platform == "linux" and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium has no sandbox for the superuser
        try:
            subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
        except (OSError, subprocess.TimeoutExpired):
            raise NoPrinter from None
        if not out.is_file():
            raise NoPrinter
        return out.read_bytes()
