"""What the pages look at again and again: the whole dossier, read once at each moment of it."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar, cast

from whence.dossier import Dossier
from whence.terms import (
    Attribution,
    Claim,
    Conflict,
    Document,
    Edge,
    Entity,
    Exemplar,
    Judgement,
    Mention,
    Original,
    Passage,
)

Made = TypeVar("Made")
LASTING = ("claims", "edges", "exemplars", "ranked", "places", "contested", "claimed", "axis",
           "small map", "tree", "map", "plain glosses", "lines of", "parts of", "originals",
           "with a place", "scored", "denoted")  # fmt: skip
"""What a decision leaves as it is until the documents are compared again."""


@contextmanager
def _all_at_once() -> Iterator[None]:
    """While many things that stay are made, nothing is looked through for what could be freed.

    Afterwards they are set apart: going through hundreds of thousands of them again and again
    would hold up a page now and then for a fifth of a second.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if on:
            gc.enable()


class Pile:
    """A dossier whose lists are kept until a judgement, a run or a document changes them."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._moment: tuple[object, ...] = ()
        self._kept: dict[str, object] = {}

    def settle(self) -> None:
        """Forget what is kept if the dossier has changed since, here or in another program."""
        moment = self.dossier.moment()
        if moment != self._moment:
            found = self._moment[1:] != moment[1:]
            lasting = {} if found else {n: self._kept[n] for n in LASTING if n in self._kept}
            self._moment, self._kept = moment, lasting
            if found:
                self._load()

    def _load(self) -> None:
        """Read at once what pages need, and keep it out of the search for what can be forgotten."""
        with _all_at_once():
            self.documents(), self.attributions(), self.mentions(), self.entities()
            self.claims(), self.conflicts(), self.passages(), self.edges(), self.exemplars()

    def waiting(self) -> int:
        """How many decisions the findings shown do not follow yet."""
        return self.once("waiting", self.dossier.waiting)

    def once(self, name: str, made: Callable[[], Made]) -> Made:
        """What was made of the dossier under this name, made once at each moment of it."""
        if name not in self._kept:
            self._kept[name] = made()
            if name in LASTING:
                gc.freeze()  # see _all_at_once
        return cast(Made, self._kept[name])

    def documents(self) -> Mapping[str, Document]:
        """Every document by its id, in the dossier's order."""
        return self.once("documents", lambda: {each.id: each for each in self.dossier.documents()})

    def attributions(self) -> Sequence[Attribution]:
        """Who says what, as people's decisions leave it."""
        return self.once("attributions", self.dossier.attributions)

    def by_document(self) -> Mapping[str, Sequence[Attribution]]:
        """The statements of each document that has any."""

        def made() -> dict[str, list[Attribution]]:
            held: dict[str, list[Attribution]] = defaultdict(list)
            for found in self.attributions():
                held[found.doc].append(found)
            return dict(held)

        return self.once("by document", made)

    def by_id(self) -> Mapping[str, Attribution]:
        """Every statement by its id."""
        return self.once("by id", lambda: {each.id: each for each in self.attributions()})

    def said(self) -> Counter[str]:
        """How many statements by speakers each document reports."""
        return self.once(
            "said",
            lambda: Counter(each.doc for each in self.attributions() if each.voice == "speaker"),
        )

    def entities(self) -> Mapping[str, Entity]:
        """Who and what is mentioned, by id."""
        return self.once("entities", self.dossier.entities)

    def mentions(self) -> Sequence[Mention]:
        """Words that name or describe someone, some place, something."""
        return self.once("mentions", self.dossier.mentions)

    def judgements(self) -> Sequence[Judgement]:
        """Every decision ever made, each with whether it stands."""
        return self.once("judgements", self.dossier.judgements)

    def claims(self) -> Mapping[str, Claim]:
        """The propositions found, by id."""
        return self.once("claims", lambda: {each.id: each for each in self.dossier.claims()})

    def conflicts(self) -> Sequence[Conflict]:
        """What cannot both be right, the first to see first."""
        return self.once(
            "conflicts", lambda: sorted(self.dossier.conflicts(), key=lambda each: each.rank)
        )

    def passages(self) -> Mapping[str, Passage]:
        """Words that stand in two documents, by id."""
        return self.once("passages", lambda: {each.id: each for each in self.dossier.passages()})

    def edges(self) -> Sequence[Edge]:
        """Who had it from whom."""
        return self.once("edges", self.dossier.edges)

    def originals(self, doc: str) -> Original:
        """How the text of a document lies in its original, looked up once."""
        known: dict[str, Original] = self.once("originals", dict)
        if doc not in known:
            known[doc] = self.dossier.original(doc)
        return known[doc]

    def exemplars(self) -> Mapping[str, Exemplar]:
        """Texts that documents copy and the pile does not hold, by id."""
        return self.once("exemplars", lambda: {each.id: each for each in self.dossier.exemplars()})

    def last(self) -> str:
        """The latest decision: whoever reads a page made now has seen it."""
        made = self.judgements()
        return made[-1].id if made else ""
