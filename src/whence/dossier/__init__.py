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

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from whence import __version__, judgements, store
from whence.dossier.beside import kept_beside, original
from whence.dossier.kept import Kept
from whence.errors import Damaged, NotFound, Unreadable, Usage, WhenceError
from whence.knowledge import index, table
from whence.store import Hit, Match, Removal, RemovedBefore
from whence.terms import (
    Anchor,
    Attribution,
    Block,
    Capture,
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
    from whence.ingest import Taken

Told = Callable[[str, int, int | None], None]
"""How progress is told: what is being done, how many are done, of how many (if that is known)."""


class Outdated(WhenceError):
    """Someone else decided about the same words meanwhile."""

    code = 8


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


Kin = tuple[dict[str, str], dict[str, tuple[Capture, ...]]]
"""The version before each later one, and the captures of each document, by its id."""


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

        taken = skipped = 0
        refused: list[str] = []
        removed: list[Refused] = []
        try:
            for each, retrieval in incoming(paths, wanted, told):
                if isinstance(each, Refused):
                    each = _printable(each)
                    store.refuse(self._case, each)
                    refused.append(name := each.name)
                else:
                    name = each.document.name
                    try:
                        new = self._take(each, retrieval)
                    except RemovedBefore as kept_out:
                        removed.append(Refused(name, str(kept_out), "removed"))
                        refused.append(name)
                    else:
                        taken, skipped = taken + new, skipped + (not new)
                if told:
                    told(name, taken + skipped + len(refused), None)
        finally:
            tally = Tally(taken, skipped, len(refused), tuple(refused), tuple(removed))
            if tally.found:
                batch = store.Batch(store.now(), tally.found, taken, skipped, len(refused))
                store.note_batch(self._case, batch)
        return tally

    def _take(self, each: Taken, retrieval: store.Retrieval | None) -> bool:
        with store.writing(self._case):
            new = store.take(self._case, each.document, each.raw, kept_beside(each))
            if retrieval is not None:
                store.keep_retrieval(self._case, each.document.id, retrieval)
        return new

    def analyse(self, told: Told | None = None, *, again: bool = False) -> None:
        """Read what has not been read yet, then look again at what holds between documents.

        `again` keeps a second look, taken because decisions stand anew, from leading to a third.
        """
        from whence.dossier import analysis

        code, models = analysis.code(), analysis.models()
        way = analysis.key_of(code, models)
        self._read(way, told)
        if not store.whole(self._case):  # damaged on the disk
            store.drop(self._case)
            self.analyse(told)
        own, binding = self._own_names(), self._binding()
        bound = [each.id for each in binding]
        key = _key(analysis.key_of(way, store.read_ids(self._case), own), bound)
        last = store.latest_run(self._case)
        if last is not None and last[0] == key:
            return
        if told:
            told("comparing documents", 1, 1)
        readings = [
            replace(each, document=self._related(each.document))
            for each in store.readings(self._case)
        ]
        texts = {each.document.id: each.document.text for each in readings}
        run = Run(f"whence {__version__}+{code[:12]}", models, store.now())
        key = _key(analysis.key_of(way, sorted(texts), own), bound)
        names = index(table(own)) if own else {}
        rows = list(analysis.rows(analysis.compare(readings, names, binding), texts))
        with store.writing(self._case):
            kept = store.read_ids(self._case) == sorted(texts)
            if kept:
                store.keep_run(self._case, key, run, rows)
        if not kept:
            self.analyse(told)  # another process read or removed one meanwhile
        elif not again and self.waiting():
            self.analyse(told, again=True)  # a decision stands, or falls, with what was found now

    def _own_names(self) -> str:
        """The table of names that lies beside the dossier, if there is one."""
        try:
            return (self.path.parent / "names.csv").read_text("utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as problem:
            raise Unreadable("names.csv", str(problem)) from None

    def _binding(self) -> list[Judgement]:
        """What people decided that changes what is found, not only how it is shown."""
        return [j for j in self.judgements() if j.state == "standing" and j.verdict not in SHOWN]

    def _read(self, way: str, told: Told | None) -> None:
        from whence.dossier import analysis

        todo = store.unread(self._case, way)
        for number, doc in enumerate(todo):
            try:
                document, beside = store.document(self._case, doc)
            except NotFound:
                continue  # another process removed it meanwhile
            if told:
                told(f"reading {document.name}", number, len(todo))
            store.keep_reading(self._case, way, analysis.read(document, analysis.marks_in(beside)))

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
            done = self._removal(id)
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
        removal = self._removal(id)
        if removal.readmitted:
            raise Usage(f"{removal.doc[:12]} was let in again on {removal.readmitted[:10]} already")
        store.readmit(self._case, removal, by, why)
        return removal

    def _removal(self, id: str) -> Removal:
        for each in reversed(self.removals()):
            if len(id) >= 4 and id in (each.id, each.doc[: len(id)], each.bytes_sha256[: len(id)]):
                return each
        raise self._missing(id)

    def removals(self) -> list[Removal]:
        """Every document that was ever removed: its hashes, when, by whom and why."""
        return store.removals(self._case)

    # ------------------------------------------------------------ documents out

    def documents(self) -> list[Document]:
        """Every document, by name, with what is known of it."""
        judged, kin = self._judged_in(), self._kin()
        return [
            _with_kin(self._judged(each).document if id in judged else each.document, kin)
            for id, each in self._kept.readings().items()
        ]

    def document(self, id: str) -> Document:
        """One document by its id, the beginning of its id, or its name."""
        whole = self._whole_id(id)
        found = store.readings(self._case, whole)
        reading = found[0] if found else Reading(store.document(self._case, whole)[0])
        return self._related(self._judged(reading).document)

    def retrievals(self, id: str) -> list[store.Retrieval]:
        """How a document was fetched from the web, each time that it was; oldest first."""
        return store.retrievals(self._case).get(self._whole_id(id), [])

    def _whole_id(self, wanted: str) -> str:
        if store.holds(self._case, wanted):
            return wanted
        known = store.document_ids(self._case)
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
        raise self._missing(wanted)

    def _missing(self, wanted: str) -> NotFound:
        missing = NotFound(f"there is no document “{wanted}” in {self.path}")
        missing.hint = f"whence show {self.path} lists them"
        return missing

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
        judgements.examined(new)
        with store.writing(self._case):
            texts = store.texts(self._case, {each.doc for each in about})
            for anchor in about:
                if not judgements.reads(anchor, texts):
                    words = anchor.quote[:60]
                    raise Outdated(f"the words “{words}” do not stand there in the text")
            judgements.fitting(new, texts)
            log = store.log(self._case)
            if undone and undone not in {each.id for each in log}:
                raise NotFound(f"there is no judgement {undone} to undo")
            if seen is not None and (newer := judgements.since(log, about, seen)):
                raise _outdated(newer[-1])
            answered = [
                each.id
                for each in judgements.survivors(log)
                if judgements.asked(each) == judgements.asked(new) is not None
            ]
            if answered:
                new = replace(new, replaces=answered[-1])
            kept = store.append(self._case, new)
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
        return len({each.id for each in self._binding()} ^ _bound(last[0]))

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

    def _related(self, document: Document) -> Document:
        """The document with the version before it, and every time that it was fetched."""
        return _with_kin(document, self._kin())

    def _kin(self) -> Kin:
        from whence.dossier.versions import versions

        def made() -> Kin:
            captures = {
                doc: tuple(Capture(each.at, each.address, each.bytes_sha256) for each in times)
                for doc, times in store.retrievals(self._case).items()
            }
            return versions(store.entered(self._case)), captures

        return self._kept.once("kin", made)

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
        found = self._findings(kind, whole)
        judged = self._judged_in()
        if not (judged if whole is None else judged.keys() & {whole}):
            return found
        shown: list[Found] = []
        beside: dict[str, list[Found]] = {}
        for each in found:
            beside.setdefault(getattr(each, "doc", ""), []).append(each)
        ids = [whole] if whole else list(self._kept.readings())
        for id in ids:
            mine: Any = beside.get(id, ())
            shown.extend(self._laid_over(id, mine, name, rejected) if id in judged else mine)
        return shown

    def _laid_over(self, doc: str, found: Any, name: str, rejected: bool) -> Any:
        """One document's findings as decisions leave them; worked out once for each set of those."""
        known = (self._view.moment[1:], self._judged_in()[doc])
        before, laid = self._laid.get((doc, name, rejected), (None, ()))
        if before == known:
            return laid
        parts: dict[str, Any] = {name: tuple(found)}
        reading = replace(self._kept.readings()[doc], **parts)
        laid = getattr(self._judged(reading, rejected), name)
        self._laid[doc, name, rejected] = known, laid
        return laid


Found = TypeVar("Found")
SHOWN = frozenset(["note", "accept", "undo"])
"""Verdicts that change what is shown alone; after any other the pile is compared again."""
REJECTIONS = frozenset(["reject", "not-a-statement"])


def _key(way: str, bound: Sequence[str]) -> str:
    """What a run is known by: how it was made, and the decisions that it followed."""
    return " ".join((way, *bound))


def _bound(key: str) -> set[str]:
    return set(key.split()[1:])


def _with_kin(document: Document, kin: Kin) -> Document:
    before, captured = kin
    captures = captured.get(document.id, ())
    return replace(document, version_of=before.get(document.id), captures=captures)


def _printable(refused: Refused) -> Refused:
    """A refusal whose name can be written down, even if the file's name is not proper text."""
    name = refused.name.encode("utf-8", "backslashreplace").decode()
    return replace(refused, name=name)


def _outdated(newer: Judgement) -> Outdated:
    problem = Outdated(f"{newer.by} decided “{newer.verdict}” about these words meanwhile")
    problem.hint = "nothing was written; look at it, then decide again"
    return problem
