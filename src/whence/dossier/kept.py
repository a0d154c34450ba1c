"""What was read out of a dossier's file and need not be read again until a run or a document comes.

A decision changes none of it: what a person decided is laid over it each time it is shown, on the
documents that decisions are about and on no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from whence import judgements, store
from whence.terms import (
    Attribution,
    Conflict,
    Extents,
    Mention,
    Passage,
    Quantity,
    Reading,
    Time,
)

Made = TypeVar("Made")
Found = TypeVar("Found")
Footing = dict[tuple[str, str], list[Extents]]
INSIDE: tuple[type[Any], ...] = (Mention, Time, Quantity)
BETWEEN: tuple[type[Any], ...] = (Passage, Conflict)


class Kept:
    """What a dossier's file holds beside decisions, read once at each moment of it."""

    def __init__(self, case: store.Case) -> None:
        self._case = case
        self._moment: tuple[int, ...] = ()
        self._held: dict[object, object] = {}

    def once(self, name: object, made: Callable[[], Made]) -> Made:
        """What was made under this name; made anew once a run or a document came or went."""
        moment = store.holding(self._case)
        if moment != self._moment:
            self._moment, self._held = moment, {}
        if name not in self._held:
            self._held[name] = made()
        return cast(Made, self._held[name])

    def findings(self, kind: type[Found], doc: str | None = None) -> list[Found]:
        """The machine's findings of one type, in a document or everywhere."""

        def made() -> list[Found]:
            rows = store.findings(self._case, kind.__name__.lower(), doc)
            return [store.decoded(row, kind) for row in rows]

        return list(self.once((kind, doc), made))

    def by_document(self, kind: type[Found]) -> dict[str, list[Found]]:
        """The machine's findings of one type inside each document that has any."""

        def made() -> dict[str, list[Found]]:
            beside: dict[str, list[Found]] = {}
            for each in self.findings(kind):
                beside.setdefault(getattr(each, "doc", ""), []).append(each)
            return beside

        return self.once(("by document", kind), made)

    def readings(self) -> dict[str, Reading]:
        """Each document as it was read, by its id, without what was found in it, by name."""

        def made() -> dict[str, Reading]:
            read = {each.document.id: each.document for each in store.readings(self._case)}
            return {
                each.id: Reading(read.get(each.id, each)) for each in store.documents(self._case)
            }

        return self.once("readings", made)

    def texts(self, docs: Iterable[str]) -> dict[str, str]:
        """The text of each of these documents that is here."""
        held = self.once("texts", dict[str, str])
        missing = set(docs) - held.keys()
        if missing:
            held |= store.texts(self._case, missing)
        return held

    def footing(self, docs: Iterable[str]) -> Footing:
        """Where the machine's findings stand in these documents: what decisions are held against."""
        places: Footing = {}
        for doc in sorted(set(docs)):
            places |= self.once(("footing", doc), lambda doc=doc: self._inside(doc))  # type: ignore[misc]
        return places | self.once("footing", self._between)

    def _inside(self, doc: str) -> Footing:
        places: Footing = {
            ("attribution", doc): [judgements.whole(a) for a in self.findings(Attribution, doc)]
        }
        for kind in INSIDE:
            spans: list[Extents] = [((m.start, m.end),) for m in self.findings(kind, doc)]
            places[kind.__name__.lower(), doc] = spans
        return places

    def _between(self) -> Footing:
        places: Footing = {}
        for pair in BETWEEN:
            for both in self.findings(pair):
                for side in (both.left, both.right):
                    at = ((side.start, side.end),)
                    places.setdefault((pair.__name__.lower(), side.doc), []).append(at)
        return places
