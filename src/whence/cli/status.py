"""A dossier in a few lines: what was taken and refused, found and decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from whence.cli.show import counted, said, unread, visible
from whence.dossier import Dossier
from whence.terms import Judgement


def summary(case: Path) -> str:
    """What was found, in one line."""
    with Dossier.open(case) as dossier:
        return found(dossier)


def found(dossier: Dossier) -> str:
    """How many statements, by how many speakers, in how many documents."""
    statements = dossier.attributions()
    attributed = [each for each in statements if each.voice == "speaker"]
    speakers = {each.speaker for each in attributed if each.speaker}
    documents = len(dossier.documents())
    return (
        f"{counted(len(attributed), 'statement')} by {counted(len(speakers), 'speaker')}"
        f" in {counted(documents, 'document')}; {len(statements) - len(attributed)} more are"
        " the writers' and commenters' own"
    )


def status(dossier: Dossier) -> Iterator[str]:
    """Taken, skipped, refused and why; found; decided; by which run."""
    batches, refused, run = dossier.batches(), dossier.refused(), dossier.run()
    documents = dossier.documents()
    yield (
        f"{dossier.path}: {counted(len(documents), 'document')} held,"
        f" {len(refused)} refused; {counted(len(batches), 'batch').replace('batchs', 'batches')} read"
    )
    if batches:
        last = batches[-1]
        yield (
            f"last batch, {last.at[:16].replace('T', ' ')} UTC: {last.found} found ="
            f" {last.taken} taken + {last.skipped} skipped + {last.refused} refused"
        )
    for each in refused:
        yield f"refused  {visible(each.name)}: {visible(each.reason)}"
    for gone in dossier.removals():
        lifted = f"; let in again on {gone.readmitted[:10]}" if gone.readmitted else ""
        why = f": {visible(gone.why)}" if gone.why else ""
        who = f"on {gone.at[:10]} by {visible(gone.by)}"
        yield f"removed  {gone.doc[:12]} {who}, SHA-256 {gone.bytes_sha256}{why}{lifted}"
    for document in documents:
        if not document.read:
            yield f"kept     {visible(document.name)}: {unread(document)}"
    yield f"found    {found(dossier)}"
    yield from _decided(dossier.judgements())
    yield f"run      {run.code}" + (f", {run.at[:16].replace('T', ' ')} UTC" if run.at else "")


def _decided(judgements: list[Judgement]) -> Iterator[str]:
    states = Counter(each.state for each in judgements)
    if not judgements:
        yield "judged   nothing yet"
        return
    counts = ", ".join(f"{states[name]} {name}" for name in ("standing", "superseded", "orphaned"))
    yield f"judged   {counts}"
    for each in judgements:
        about = "; ".join(f"“{visible(' '.join(a.quote.split()))[:60]}”" for a in each.about)
        value = f" {visible(each.value)}" if each.value else ""
        yield f"  {each.id}  {each.state:10}  {each.verdict}{value}  {about}  by {visible(each.by)}"


__all__ = ["found", "said", "status", "summary"]
