"""What a document's format gave beside its text, as it is kept: the way back to the original."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from whence import store
from whence.terms import Original, Part

if TYPE_CHECKING:
    from whence.ingest import Taken


def kept_beside(each: Taken) -> str:
    """What a document's format gave beside its text, as it is kept."""
    runs = [(run.start, run.end, run.source_start, run.source_end) for run in each.runs]
    kept: dict[str, Any] = {
        "marks": each.marks, "runs": runs, "remarks": each.remarks, "parts": each.parts,
        "mapped": each.mapped, "encoding": each.encoding,
    }  # fmt: skip
    return store.encoded(kept)


class _Run(msgspec.Struct):
    """A run as older versions kept it."""

    start: int
    end: int
    source_start: int
    source_end: int


class _Beside(msgspec.Struct):
    runs: tuple[_Run | tuple[int, int, int, int], ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    mapped: bool | None = None
    encoding: str | None = None


def original(doc: str, kept: str) -> Original:
    """How a document's text lies in its bytes, out of what is kept beside it."""
    said = store.decoded(kept, _Beside)
    runs = tuple(
        (run.start, run.end, run.source_start, run.source_end) if isinstance(run, _Run) else run
        for run in said.runs
    )
    return Original(doc, said.mapped, said.encoding, runs, said.parts, said.remarks)
