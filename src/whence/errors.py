"""What can go wrong, in words a user can act on: one line, a hint, an exit code."""

from __future__ import annotations


class WhenceError(Exception):
    """The base of all errors Whence raises on purpose."""

    code = 1
    hint: str | None = None


class Usage(WhenceError):
    """What was asked for does not make sense."""

    code = 2


class Unreadable(WhenceError):
    """A file we could not read. Nothing else in the batch is affected."""

    code = 3

    def __init__(self, name: str, reason: str, kind: str = "unreadable") -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason, self.kind = name, reason, kind
        self.hint = "whence status shows every file that was refused, and why"


class NothingRead(WhenceError):
    """No file of those given could be taken."""

    code = 3


class NotADossier(WhenceError):
    """A file that is not a dossier of ours."""

    code = 4


class TooNew(WhenceError):
    """A dossier written by a later version."""

    code = 4


class Damaged(WhenceError):
    """A dossier whose contents do not check out."""

    code = 5


class CannotWrite(WhenceError):
    """The disk refused: full, read-only, or broken. What was acknowledged before is safe."""

    code = 6


class NotFound(WhenceError):
    """A document, finding or entity that this dossier does not hold."""

    code = 7
