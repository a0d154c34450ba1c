"""Whatever is done to a store, in whatever order: it holds what a plain list would hold."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from whence import store
from whence.store import RemovedBefore
from whence.terms import Anchor, Attribution, Document, Judgement, Reading, Refused, Run

NAMES = ["one.txt", "two.txt", "three.txt"]
TEXTS = ["The ferry was late.", "Nobody was hurt. 🚢", "Fog\r\n\x00 by Zoe\u0301."]


@dataclass(slots=True)
class Plain:
    """What should be there, kept in the plainest way."""

    documents: dict[str, tuple[Document, bytes]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    notes: list[str | None] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def paper(name: str, text: str) -> Document:
    """A document of this name and text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    id = hashlib.sha256(f"{digest} {name}".encode()).hexdigest()
    return Document(id, name, text, digest, "text/plain")


class Store(RuleBasedStateMachine):
    """Taking, refusing, deciding, reading, removing, letting in again, saving and reopening."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "a.whence"
        self.case = store.open_case(self.path, create=True)
        self.plain = Plain()
        self.saved = 0

    def teardown(self) -> None:
        self.case.close()
        self.folder.cleanup()

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def take(self, name: str, text: str) -> None:
        document, raw = paper(name, text), text.encode()
        kept_out = (
            document.id in self.plain.gone or document.bytes_sha256 in self.plain.gone.values()
        )
        try:
            new = store.take(self.case, document, raw)
        except RemovedBefore:
            assert kept_out and document.id not in self.plain.documents
            return
        assert new == (document.id not in self.plain.documents)
        assert not (new and kept_out)
        self.plain.documents[document.id] = (document, raw)
        self.plain.refused.pop(name, None) if new else None

    @rule(name=st.sampled_from(NAMES), why=st.sampled_from(["empty", "broken"]))
    def refuse(self, name: str, why: str) -> None:
        store.refuse(self.case, Refused(name, why, why))
        self.plain.refused[name] = why

    @precondition(lambda self: self.plain.documents)
    @rule(which=st.integers(0, 8), words=st.sampled_from(["look", "🚢 again", "no"]))
    def decide(self, which: int, words: str) -> None:
        document = list(self.plain.documents.values())[which % len(self.plain.documents)][0]
        anchor = Anchor("text", document.id, ((0, 3),), document.text[:3])
        with store.writing(self.case):
            store.append(self.case, Judgement("", "note", (anchor,), "Ida", "", words))
        self.plain.notes.append(words)
        self.plain.about.append(document.id)

    @precondition(lambda self: self.plain.documents)
    @rule(key=st.sampled_from(["first", "second"]))
    def read(self, key: str) -> None:
        for doc in store.unread(self.case, key):
            document = self.plain.documents[doc][0]
            found = Attribution(f"at{doc[:9]}", doc, "direct", (), (), ((0, 3),))
            store.keep_reading(self.case, key, Reading(document, attributions=(found,)))
        assert store.unread(self.case, key) == []
        store.keep_run(self.case, key, Run("code", (), store.now()), [])

    @precondition(lambda self: self.plain.documents)
    @rule(which=st.integers(0, 8))
    def remove(self, which: int) -> None:
        id = list(self.plain.documents)[which % len(self.plain.documents)]
        document, _ = self.plain.documents.pop(id)
        shared = any(
            document.bytes_sha256 == each.bytes_sha256 for each, _ in self.plain.documents.values()
        )
        gone = store.remove(self.case, id, "Ida")
        assert gone.bytes_kept == shared
        self.plain.gone[id] = "" if shared else document.bytes_sha256
        erased = [n for n, doc in enumerate(self.plain.about) if doc == id]
        assert len(gone.erased) == len(erased)
        for number in erased:
            self.plain.notes[number] = None

    @precondition(lambda self: self.plain.gone)
    @rule(which=st.integers(0, 8))
    def readmit(self, which: int) -> None:
        id = list(self.plain.gone)[which % len(self.plain.gone)]
        for each in store.removals(self.case):
            if each.doc == id and each.readmitted is None:
                store.readmit(self.case, each, "Bo")
        del self.plain.gone[id]

    @rule()
    def reopen(self) -> None:
        self.case.close()
        self.case = store.open_case(self.path)

    @rule()
    def save(self) -> None:
        self.saved += 1
        copy = self.path.with_name(f"copy{self.saved}.whence")
        assert store.backup(self.case, copy) == []
        with closing(store.open_case(copy)) as other:
            assert store.documents(other) == store.documents(self.case)
            assert store.log(other) == store.log(self.case)

    @invariant()
    def it_holds_what_a_plain_list_would(self) -> None:
        held = {each.id: each for each in store.documents(self.case)}
        assert held == {id: document for id, (document, _) in self.plain.documents.items()}
        for id, (_, raw) in self.plain.documents.items():
            assert store.raw(self.case, id) == raw
        assert {each.name: each.code for each in store.refusals(self.case)} == self.plain.refused
        assert [each.value for each in store.log(self.case)] == self.plain.notes
        moments = [each.at for each in store.log(self.case)]
        assert moments == sorted(set(moments))

    @invariant()
    def it_proves_whole(self) -> None:
        assert store.damages(self.case) == []


Store.TestCase.settings = settings(max_examples=10, stateful_step_count=20)
TestStore = Store.TestCase
