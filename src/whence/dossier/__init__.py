"""One case: its documents, what was found in them, and what people decided about that.

    with Dossier.open(Path("flood.whence"), create=True) as dossier:
        dossier.add([Path("clippings")])
        dossier.analyse()
        for each in dossier.attributions():
            print(each.speaker, each.stance)

The only module that puts steps together. Each document is read by itself, once, and what was
found in it is kept until the code or a model changes; what holds between documents is found anew
whenever a document comes in. What is shown is what was found as people's judgements leave it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from whence import __version__, judgements, store
from whence.dossier import adding, looking
from whence.dossier.adding import Tally, Told
from whence.dossier.beside import original
from whence.dossier.deciding import REJECTIONS, Outdated, binding, decided, followed
from whence.dossier.kept import Found, Kept
from whence.dossier.versions import Kin, kin_of, related
from whence.errors import Damaged, NotFound, Usage
from whence.store import Hit, Match, Removal
from whence.terms import (
    Anchor,
    Attribution,
    Block,
    Claim,
    Conflict,
    Document,
    Edge,
    Entity,
    Exemplar,
    Extent,
    Judgement,
    Mention,
    Original,
    Passage,
    Quantity,
    Reading,
    Refused,
    Run,
    Time,
    Verdict,
)

if TYPE_CHECKING:
    from whence.fetch import Wanted

__all__ = ["Dossier", "Outdated", "Tally", "Told"]


@dataclass(slots=True)
class _View:
    """What is shown at one moment of a dossier; a new judgement, run or document makes it stale."""

    moment: tuple[int, ...]
    judged: list[Judgement] | None = None
    about: dict[str, tuple[tuple[str, str], ...]] | None = None
    entities: dict[str, Entity] | None = None
    names: dict[str, str] = field(default_factory=dict)


class Dossier:
    """A case that is open. Leave it with `with`, or call `close`."""

    def __init__(self, case: store.Case) -> None:
        self.path = case.path
        self.name = case.path.stem
        self._case = case
        self._view = _View((-1,))
        self._kept = Kept(case)
        self._laid: dict[tuple[str, str, bool], tuple[object, Any]] = {}

    @classmethod
    def open(cls, path: Path, create: bool = False) -> Dossier:
        """The dossier at this path; a new one if asked for and none is there."""
        return cls(store.open_case(Path(path), create))

    def close(self) -> None:
        """Let go of the file."""
        self._case.close()

    def __enter__(self) -> Dossier:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ------------------------------------------------------------ documents in

    def add(
        self, paths: Sequence[Path], told: Told | None = None, wanted: Wanted | None = None
    ) -> Tally:
        """Take every document under these paths, and every page wanted from the web.

        What is told as done is on the disk.
        """
        # The steps are loaded only to be taken: showing stays quick.
        from whence.dossier.incoming import incoming

        return adding.added(self._case, incoming(paths, wanted, told), told)

    def analyse(self, told: Told | None = None) -> None:
        """Read what has not been read yet, then look again at what holds between documents."""
        from whence.dossier.comparing import analysed

        analysed(self, self._case, told)

    # ------------------------------------------------------------ documents taken out

    def remove(
        self, id: str, *, by: str, why: str | None = None, told: Told | None = None
    ) -> Removal:
        """Delete a document, its bytes and all words of it for good; the record that is left."""
        if not by.strip():
            raise Usage("a removal needs a name: say who removes it with --by NAME")
        try:
            doc = self._whole_id(id)
        except NotFound:
            done = looking.removal(self._case, id)
            if not store.unerased(self._case):
                self.analyse(told)  # a removal may have been cut short just before that
                before = NotFound(f"“{id}” was removed on {done.at[:10]} by {done.by}")
                before.hint = f"whence readmit {self.path} {done.doc[:12]} lets it be added again"
                raise before from None
            store.erase(self._case)
        else:
            done = store.remove(self._case, doc, by, why)
        self.analyse(told)
        return done

    def readmit(self, id: str, *, by: str, why: str | None = None) -> Removal:
        """Let a removed document be added again; that it was removed stays on record."""
        removal = looking.removal(self._case, id)
        if removal.readmitted:
            raise Usage(f"{removal.doc[:12]} was let in again on {removal.readmitted[:10]} already")
        store.readmit(self._case, removal, by, why)
        return removal

    def removals(self) -> list[Removal]:
        """Every document that was ever removed: its hashes, when, by whom and why."""
        return store.removals(self._case)

    # ------------------------------------------------------------ documents out

    def documents(self) -> list[Document]:
        """Every document, by name, with what is known of it."""
        judged, kin, readings = self._judged_in(), self._kin(), self._kept.readings()
        known = self._kept.once(
            "documents", lambda: [related(each.document, kin) for each in readings.values()]
        )
        return [
            related(self._laid_over(each.id, (), "document", False), kin)
            if each.id in judged
            else each
            for each in known
        ]

    def document(self, id: str) -> Document:
        """One document by its id, the beginning of its id, or its name."""
        whole = self._whole_id(id)
        found = store.readings(self._case, whole)
        reading = found[0] if found else Reading(store.document(self._case, whole)[0])
        return related(self._judged(reading).document, self._kin())

    def retrievals(self, id: str) -> list[store.Retrieval]:
        """How a document was fetched from the web, each time that it was; oldest first."""
        return store.retrievals(self._case).get(self._whole_id(id), [])

    def _whole_id(self, wanted: str) -> str:
        return looking.whole_id(self._case, wanted)

    def raw(self, id: str) -> bytes:
        """The bytes a document was read from, exactly as they came."""
        return store.raw(self._case, self._whole_id(id))

    def original(self, id: str) -> Original:
        """How the text of one document lies in its bytes: pages, parts, the way back, remarks."""
        doc = self._whole_id(id)
        return original(doc, store.document(self._case, doc)[1])

    def blocks(self, doc: str) -> list[Block]:
        """The blocks of one document, in reading order."""
        return [
            block
            for reading in store.readings(self._case, self._whole_id(doc))
            for block in reading.blocks
        ]

    def refused(self) -> list[Refused]:
        """Every file that could not be taken, and why."""
        return store.refusals(self._case)

    def batches(self) -> list[store.Batch]:
        """What each reading of files came to, oldest first."""
        return store.batches(self._case)

    # ------------------------------------------------------------ findings

    def attributions(self, doc: str | None = None, *, rejected: bool = False) -> list[Attribution]:
        """Who says what, as people's judgements leave it; those a person rejected if asked."""
        return self._within(doc, Attribution, "attributions", rejected)

    def mentions(self, doc: str | None = None) -> list[Mention]:
        """Words that name or describe someone, some place, something."""
        return self._within(doc, Mention, "mentions")

    def times(self, doc: str | None = None) -> list[Time]:
        """Expressions of time, and what they stand for."""
        return self._within(doc, Time, "times")

    def quantities(self, doc: str | None = None) -> list[Quantity]:
        """Amounts."""
        return self._within(doc, Quantity, "quantities")

    def entities(self) -> dict[str, Entity]:
        """Who and what is mentioned or named by a person's judgement, by id."""
        view = self._now()
        if view.entities is None:
            found = {each.id: each for each in self._findings(Entity)}
            found = judgements.with_named(found, self.judgements())
            view.names = judgements.names(found.values())
            view.entities = found
        return dict(view.entities)

    def passages(self) -> list[Passage]:
        """Words that stand in two documents."""
        return judgements.unrejected(self.judgements(), "passage", self._findings(Passage))

    def exemplars(self) -> list[Exemplar]:
        """Texts that documents copy and the pile does not hold."""
        return self._findings(Exemplar)

    def edges(self) -> list[Edge]:
        """Who had it from whom."""
        return self._findings(Edge)

    def claims(self) -> list[Claim]:
        """The same proposition across documents."""
        return self._findings(Claim)

    def conflicts(self) -> list[Conflict]:
        """What cannot both be right."""
        return judgements.unrejected(self.judgements(), "conflict", self._findings(Conflict))

    def search(self, words: str) -> list[Hit]:
        """Where these words stand, in texts and in statements."""
        return store.search(self._case, words)

    def matches(self, words: str, *, statements: bool) -> list[Match]:
        """The texts (or the statements) in which all of these words stand, best first."""
        return store.matches(self._case, words, statements=statements)

    def spots(self, words: str, match: Match) -> list[Extent]:
        """Where these words stand in one of the matches, in reading order."""
        return store.spots(self._case, words, match.row)

    def run(self) -> Run:
        """The analysis whose findings are shown; an empty one if there was none yet."""
        last = store.latest_run(self._case)
        return last[1] if last else Run(f"whence {__version__}", (), "")

    # ------------------------------------------------------------ judgements

    def judge(
        self,
        verdict: Verdict,
        about: Sequence[Anchor],
        *,
        by: str,
        value: str | None = None,
        why: str | None = None,
        seen: str | None = None,
        compare: bool = True,
    ) -> Judgement:
        """Write down what a person decided. It is never changed afterwards, only superseded.

        `seen` is the last judgement on these anchors that the person saw ("" if there was none);
        if another came in meanwhile, nothing is written and `Outdated` says so. Without `compare`
        the documents are not compared again at once; until somebody does, it is `waiting`.
        """
        undone = (value or seen) if verdict == "undo" else None
        new = Judgement("", verdict, tuple(about), by, "", value, why, undone)
        kept = decided(self._case, new, seen)
        if compare and self.waiting():
            self.analyse()
        return next(each for each in self.judgements() if each.id == kept.id)

    def judgements(self) -> list[Judgement]:
        """Every judgement ever made, each with whether it stands now."""
        view = self._now()
        if view.judged is None:
            log = store.log(self._case)
            about = {anchor.doc for each in log for anchor in each.about}
            texts, footing = self._kept.texts(about), self._kept.footing(about)
            view.judged = judgements.replay(log, texts, footing) if log else []
        return list(view.judged)

    def moment(self) -> tuple[int, ...]:
        """Numbers that stand for what is shown: the first for decisions, the rest for findings."""
        return store.state(self._case)[0], *store.holding(self._case)

    def waiting(self) -> int:
        """How many decisions the analysis that is shown does not know of yet; 0 before any."""
        last = store.latest_run(self._case)
        if last is None:
            return 0
        return len({each.id for each in binding(self.judgements())} ^ followed(last[0]))

    def verify(self) -> list[str]:
        """What does not check out, item by item; an empty list if everything does."""
        return store.damages(self._case)

    def backup(self, to: Path) -> Path:
        """Copy the dossier as it is now to a new file (or into a folder), checked; where it is."""
        place = to / self.path.name if to.is_dir() else to
        if damaged := store.backup(self._case, place):
            problem = Damaged(f"{place}: copied, but {damaged[0]}")
            problem.hint = f"whence verify {self.path} names all that is damaged"
            raise problem
        return place

    # ------------------------------------------------------------ inside

    def _now(self) -> _View:
        moment = store.state(self._case)
        if self._view.moment != moment:
            self._view = _View(moment)
        return self._view

    def _kin(self) -> Kin:
        return self._kept.once("kin", lambda: kin_of(self._case))

    def _findings(self, kind: type[Found], doc: str | None = None) -> list[Found]:
        return self._kept.findings(kind, doc)

    def _judged_in(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """The documents that decisions are about, each with those decisions and their states."""
        view = self._now()
        if view.about is None:
            view.about = {}
            for each in self.judgements():
                for doc in {anchor.doc for anchor in each.about}:
                    view.about[doc] = (*view.about.get(doc, ()), (each.id, each.state))
        return view.about

    def _judged(self, reading: Reading, rejected: bool = False) -> Reading:
        made = [each for each in self.judgements() if not (rejected and each.verdict in REJECTIONS)]
        if made:
            self.entities()
        return judgements.apply(made, reading, self._view.names)

    def _within(
        self, doc: str | None, kind: type[Found], name: str, rejected: bool = False
    ) -> list[Found]:
        """Findings of one type inside documents, as the standing judgements leave them."""
        whole = None if doc is None else self._whole_id(doc)
        judged = self._judged_in()
        if not (judged if whole is None else judged.keys() & {whole}):
            return self._findings(kind, whole)
        shown: list[Found] = []
        beside = {whole: self._findings(kind, whole)} if whole else self._kept.by_document(kind)
        for id in [whole] if whole else list(self._kept.readings()):
            mine: Any = beside.get(id, ())
            shown.extend(self._laid_over(id, mine, name, rejected) if id in judged else mine)
        return shown

    def _laid_over(self, doc: str, found: Any, name: str, rejected: bool) -> Any:
        """One document's findings as decisions leave them; worked out once for each set of those."""
        known = (self._view.moment[1:], self._judged_in()[doc])
        before, laid = self._laid.get((doc, name, rejected), (None, ()))
        if before == known:
            return laid
        reading = self._kept.readings()[doc]
        if name != "document":
            parts: dict[str, Any] = {name: tuple(found)}
            reading = replace(reading, **parts)
        laid = getattr(self._judged(reading, rejected), name)
        self._laid[doc, name, rejected] = known, laid
        return laid
