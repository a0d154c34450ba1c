"""Decisions worked into the findings by another process, so that no page waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Timer

PAUSE = 0.6  # seconds without a further decision before the documents are compared again
COMPARE = "import sys; from whence.web.working import compare; compare(sys.argv[1])"


class Working:
    """Compares the documents of one dossier again a moment after the last decision."""

    def __init__(self, path: Path, on: bool = True) -> None:
        self.path, self.on = path, on
        self.then: Callable[[], None] = lambda: None
        """What is to be done once the documents have been compared."""
        self._turn = Lock()
        self._timer: Timer | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._again = self._closed = False

    def soon(self) -> None:
        """A decision was made that changes what is found: compare once the person pauses."""
        with self._turn:
            if not self.on or self._closed:
                return
            if self._timer is not None:
                self._timer.cancel()
            self._timer = Timer(PAUSE, self._begin)
            self._timer.daemon = True
            self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether the documents are being compared, or are about to be."""
        with self._turn:
            return self._timer is not None or self._process is not None

    def close(self) -> None:
        """Stop; what was not worked in yet is when the dossier is next analysed."""
        with self._turn:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            if self._process is not None:
                self._process.terminate()

    def _begin(self) -> None:
        with self._turn:
            self._timer = None
            if self._closed:
                return
            if self._process is not None:
                self._again = True
                return
            command = [sys.executable, "-c", COMPARE, str(self.path)]
            self._process = running = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        running.wait()
        if not self._closed:
            self.then()
        with self._turn:
            self._process, again, self._again = None, self._again, False
        if again:
            self.soon()


def compare(path: str) -> None:
    """Analyse the dossier, gently: whoever reads its pages meanwhile comes first."""
    from whence.dossier import Dossier

    if hasattr(os, "nice"):
        os.nice(5)
    with Dossier.open(Path(path)) as opened:
        opened.analyse()
