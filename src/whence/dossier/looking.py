"""Which document is meant: by its id, the beginning of its id, or its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from whence import store
from whence.errors import NotFound
from whence.store import Removal


def whole_id(case: store.Case, wanted: str) -> str:
    """The id of the one document that this can be; an error that names several, or none."""
    if store.holds(case, wanted):
        return wanted
    known = store.document_ids(case)
    ways: tuple[Callable[[str, str], bool], ...] = (
        lambda id, name: name == wanted,
        lambda id, name: len(wanted) >= 4 and id.startswith(wanted),
        lambda id, name: wanted in (Path(name).name, Path(name).stem),
        lambda id, name: Path(name).name.startswith(wanted),
    )
    for way in ways:
        fitting = [(id, name) for id, name in known if way(id, name)]
        if len(fitting) == 1:
            return fitting[0][0]
        if fitting:
            which = ", ".join(f"{name} ({id[:8]})" for id, name in fitting[:5])
            raise NotFound(f"“{wanted}” could be any of {len(fitting)} documents: {which}")
    raise _missing(case, wanted)


def removal(case: store.Case, wanted: str) -> Removal:
    """The last removal of this id, or of the document or bytes whose id or hash begins so."""
    for each in reversed(store.removals(case)):
        begun = (each.id, each.doc[: len(wanted)], each.bytes_sha256[: len(wanted)])
        if len(wanted) >= 4 and wanted in begun:
            return each
    raise _missing(case, wanted)


def _missing(case: store.Case, wanted: str) -> NotFound:
    missing = NotFound(f"there is no document “{wanted}” in {case.path}")
    missing.hint = f"whence show {case.path} lists them"
    return missing
