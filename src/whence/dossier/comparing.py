"""A dossier read and compared: what is kept already is not found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from whence import __version__, store
from whence.dossier import analysis
from whence.dossier.deciding import binding, run_key
from whence.dossier.versions import kin_of, related
from whence.errors import NotFound, Unreadable
from whence.knowledge import index, table
from whence.terms import Judgement, Run

if TYPE_CHECKING:
    from whence.dossier import Dossier
    from whence.dossier.adding import Told


def analysed(dossier: Dossier, case: store.Case, told: Told | None) -> None:
    """Read what has not been read yet, then look again at what holds between documents.

    A decision may stand, or fall, with what was found only now: that is looked at once more.
    """
    twice = False
    while True:
        if not _once(dossier, case, told):
            twice = False  # another process read or removed a document meanwhile
        elif twice or not dossier.waiting():
            return
        else:
            twice = True


def _once(dossier: Dossier, case: store.Case, told: Told | None) -> bool:
    """Read and compare; whether what was found is of the documents that are there now."""
    code, models = analysis.code(), analysis.models()
    way = analysis.key_of(code, models)
    _read(case, way, told)
    if not store.whole(case):  # damaged on the disk
        store.drop(case)
    own, bound = own_names(case.path), binding(dossier.judgements())
    last = store.latest_run(case)
    if last is not None and last[0] == _key(way, store.read_ids(case), own, bound):
        return True
    if told:
        told("comparing documents", 1, 1)
    kin = kin_of(case)
    readings = [
        replace(each, document=related(each.document, kin)) for each in store.readings(case)
    ]
    texts = {each.document.id: each.document.text for each in readings}
    run = Run(f"whence {__version__}+{code[:12]}", models, store.now())
    names = index(table(own)) if own else {}
    rows = list(analysis.rows(analysis.compare(readings, names, bound), texts))
    with store.writing(case):
        if store.read_ids(case) != sorted(texts):
            return False
        store.keep_run(case, _key(way, sorted(texts), own, bound), run, rows)
    return True


def _key(way: str, read: Sequence[str], own: str, bound: Sequence[Judgement]) -> str:
    return run_key(analysis.key_of(way, read, own), bound)


def own_names(path: Path) -> str:
    """The table of names that lies beside the dossier, if there is one."""
    try:
        return (path.parent / "names.csv").read_text("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as problem:
        raise Unreadable("names.csv", str(problem)) from None


def _read(case: store.Case, way: str, told: Told | None) -> None:
    todo = store.unread(case, way)
    for number, doc in enumerate(todo):
        try:
            document, beside = store.document(case, doc)
        except NotFound:
            continue  # another process removed it meanwhile
        if told:
            told(f"reading {document.name}", number, len(todo))
        store.keep_reading(case, way, analysis.read(document, analysis.marks_in(beside)))
