"""What Word, OpenDocument and e-books have in common: files in a zip archive, and a text that grows."""

from __future__ import annotations

import io
import posixpath
import zipfile

from whence.ingest import archive
from whence.ingest.values import Allowance, Part, Refusal

_WITHIN = Allowance(one=100_000_000, whole=2_000_000_000, count=50_000)
_ONE = 60_000_000  # bytes of one XML file inside


class Package:
    """The files of an office document, each read only when it is asked for."""

    def __init__(self, raw: bytes, what: str) -> None:
        try:
            self._archive, entries = archive.opened(io.BytesIO(raw), _WITHIN)
        except Refusal as why:
            code = "broken-file" if why.code == "broken-archive" else why.code
            raise Refusal(code, f"no {what} file, or a broken one") from None
        self._entries: dict[str, zipfile.ZipInfo] = {each.filename: each for each in entries}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def get(self, name: str) -> bytes | None:
        """The bytes of one file in it; None if there is no such file."""
        info = self._entries.get(posixpath.normpath(name)) or self._entries.get(name)
        return archive.content(self._archive, info, _ONE) if info else None

    def active(self) -> bool:
        """Whether it carries a program of its own."""
        return any(name.endswith(("vbaProject.bin", ".js")) for name in self._entries)


class Text:
    """A text that grows paragraph by paragraph, with the marks for its parts."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self.size = 0
        self.marks: list[tuple[int, int, str, str | None]] = []
        self.parts: list[Part] = []

    def say(self, words: str) -> None:
        """Add words."""
        self._out.append(words)
        self.size += len(words)

    def gap(self, gap: str) -> None:
        """Set what follows apart from what stands so far, if anything does."""
        if self.size:
            self.say(gap)

    def add(self, words: str, gap: str = "\n\n", role: str | None = None) -> None:
        """Add a paragraph, with its role if it has one."""
        if not words.strip():
            return
        self.gap(gap)
        start = self.size
        self.say(words)
        if role:
            self.marks.append((start, self.size, role, None))

    def __str__(self) -> str:
        return "".join(self._out)
