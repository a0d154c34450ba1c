"""Documents in: what was gathered is taken or refused, one by one, and what that came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from whence import store
from whence.dossier.beside import kept_beside
from whence.store import RemovedBefore, Retrieval
from whence.terms import Refused

if TYPE_CHECKING:
    from whence.ingest import Taken

Came = tuple["Taken | Refused", Retrieval | None]
"""A document or a refusal; and how it was fetched, if it was."""
Told = Callable[[str, int, int | None], None]
"""How progress is told: what is being done, how many are done, of how many (if that is known)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What reading some files came to: taken + skipped + refused = found."""

    taken: int = 0
    skipped: int = 0
    refused: int = 0
    refusals: tuple[str, ...] = ()
    """The names of those refused, in order; `Dossier.refused` says why."""
    removed: tuple[Refused, ...] = ()
    """Those refused because somebody removed them; nothing about them is kept, not even a name."""

    @property
    def found(self) -> int:
        """How many documents there were to read, good or bad."""
        return self.taken + self.skipped + self.refused


@dataclass(slots=True)
class _Counted:
    """What has come of the files so far."""

    taken: int = 0
    skipped: int = 0
    refused: list[str] = field(default_factory=list)
    removed: list[Refused] = field(default_factory=list)

    def tally(self) -> Tally:
        """It as it is told."""
        names, removed = tuple(self.refused), tuple(self.removed)
        return Tally(self.taken, self.skipped, len(names), names, removed)


def added(case: store.Case, came: Iterable[Came], told: Told | None) -> Tally:
    """Keep each that came in for good before it is told as done; what they came to."""
    so_far = _Counted()
    try:
        for each, retrieval in came:
            name = _one(case, each, retrieval, so_far)
            if told:
                told(name, so_far.tally().found, None)
    finally:
        tally = so_far.tally()
        if tally.found:
            numbers = (tally.found, tally.taken, tally.skipped, tally.refused)
            store.note_batch(case, store.Batch(store.now(), *numbers))
    return tally


def _one(
    case: store.Case, each: Taken | Refused, retrieval: Retrieval | None, so_far: _Counted
) -> str:
    """Keep one document or refusal; the name that it goes by."""
    if isinstance(each, Refused):
        each = _printable(each)
        store.refuse(case, each)
        so_far.refused.append(each.name)
        return each.name
    name = each.document.name
    try:
        with store.writing(case):
            new = store.take(case, each.document, each.raw, kept_beside(each))
            if retrieval is not None:
                store.keep_retrieval(case, each.document.id, retrieval)
    except RemovedBefore as kept_out:
        so_far.removed.append(Refused(name, str(kept_out), "removed"))
        so_far.refused.append(name)
    else:
        so_far.taken += new
        so_far.skipped += not new
    return name


def _printable(refused: Refused) -> Refused:
    """A refusal whose name can be written down, even if the file's name is not proper text."""
    name = refused.name.encode("utf-8", "backslashreplace").decode()
    return replace(refused, name=name)
