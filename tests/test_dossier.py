"""A case from files to findings, and what people decide about it, whatever happens in between."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from whence import ingest, judgements, store
from whence.dossier import Dossier, Outdated, analysis
from whence.errors import CannotWrite, NotFound, Usage
from whence.terms import (
    Anchor,
    Attribution,
    Block,
    Document,
    Extents,
    Judgement,
    Reading,
    Refused,
    Verdict,
    finding_id,
)

COURIER = "Orlo said: no ship sank. Vask said: the ferry was late."
GAZETTE = "Vask said: the ferry was never late. The coastguard said: nine were taken off."


def plain_reading(document: Document, marks: tuple[ingest.Mark, ...] = ()) -> Reading:
    """A reader that finds “SOURCE said: CONTENT.” and nothing else: enough to test a dossier."""
    found: list[Attribution] = []
    start = 0
    for sentence in document.text.split("."):
        name, cue, _ = sentence.partition(" said: ")
        if cue:
            end = start + len(name)
            source = ((end - len(name.lstrip()), end),)
            said = ((end + 1, end + 5),)
            content = ((end + len(cue), start + len(sentence)),)
            id = finding_id("attribution", document.id, source, said, content)
            found.append(Attribution(id, document.id, "indirect", source, said, content))
        start += len(sentence) + 1
    whole = Block("bl1", document.id, 0, len(document.text), "body")
    return Reading(document, (whole,), tuple(found))


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "read", plain_reading)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "courier.txt").write_text(COURIER)
    (folder / "gazette.txt").write_text(GAZETTE)
    return folder


@pytest.fixture
def case(tmp_path: Path, pile: Path) -> Iterator[Dossier]:
    with Dossier.open(tmp_path / "lurn.whence", create=True) as dossier:
        dossier.add([pile])
        dossier.analyse()
        yield dossier


def who_says_what(dossier: Dossier, doc: str | None = None) -> list[tuple[str, str, str]]:
    texts = {each.id: each.text for each in dossier.documents()}
    entities = dossier.entities()
    return [
        (
            entities[each.speaker].name if each.speaker else "?",
            each.stance,
            judgements.quoted(texts[each.doc], each.content),
        )
        for each in dossier.attributions(doc)
    ]


def on(dossier: Dossier, quote: str, doc: str = "courier", type: str = "attribution") -> Anchor:
    document = dossier.document(doc)
    start = document.text.index(quote)
    return Anchor(type, document.id, ((start, start + len(quote)),), quote)


# ---------------------------------------------------------------- documents


def test_a_pile_is_read_and_says_who_says_what(case: Dossier) -> None:
    assert who_says_what(case) == [
        ("Orlo", "asserts", "no ship sank"),
        ("Vask", "asserts", "the ferry was late"),
        ("Vask", "asserts", "the ferry was never late"),
        ("The coastguard", "asserts", "nine were taken off"),
    ]


def test_the_same_wording_is_one_speaker_in_every_document(case: Dossier) -> None:
    assert sorted(each.name for each in case.entities().values()) == [
        "Orlo",
        "The coastguard",
        "Vask",
    ]


def test_the_same_input_twice_changes_nothing(case: Dossier, pile: Path) -> None:
    before = case.documents(), case.attributions(), case.run()
    tally = case.add([pile, pile / "courier.txt"])
    case.analyse()
    assert (tally.taken, tally.skipped, tally.refused, tally.found) == (0, 3, 0, 3)
    assert (case.documents(), case.attributions(), case.run()) == before


def test_what_cannot_be_taken_is_listed_and_the_rest_is_taken(case: Dossier, pile: Path) -> None:
    (pile / "empty.txt").touch()
    (pile / "letter.txt").write_text("Orlo said: it was fog.")
    tally = case.add([pile, pile / "gone.txt"])
    assert (tally.taken, tally.skipped, tally.refused) == (1, 2, 2)
    assert sorted(Path(each.name).name for each in case.refused()) == ["empty.txt", "gone.txt"]
    assert [Path(name).name for name in tally.refusals].count("empty.txt") == 1
    assert [each.found for each in case.batches()] == [2, 5]


def test_a_file_that_vanishes_while_reading_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = next(ingest.gather([_file(tmp_path, "good.txt", COURIER)]))
    gone = Refused("gone.txt", "the file is gone", "missing")
    monkeypatch.setattr(ingest, "gather", lambda paths: iter([gone, good]))
    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:
        tally = dossier.add([tmp_path])
        assert (tally.taken, tally.refused) == (1, 1)
        assert [each.name for each in dossier.documents()] == ["good.txt"]


def _file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_progress_is_told_only_of_what_is_on_the_disk(tmp_path: Path, pile: Path) -> None:
    seen: list[int] = []
    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:

        def told(what: str, done: int, total: int | None) -> None:
            with Dossier.open(tmp_path / "a.whence") as another:
                seen.append(len(another.documents()) - done)

        dossier.add([pile], told)
    assert seen == [0, 0]


def test_an_interrupted_reading_keeps_what_was_read(tmp_path: Path, pile: Path) -> None:
    def stop(what: str, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:
        with pytest.raises(KeyboardInterrupt):
            dossier.add([pile], stop)
        assert [each.name for each in dossier.documents()] == ["courier.txt"]
        assert [each.taken for each in dossier.batches()] == [1]
        assert dossier.add([pile]).taken == 1


def test_a_name_that_is_not_proper_text_can_be_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = Refused("caf\udce9.txt", "the file is empty", "empty")
    monkeypatch.setattr(ingest, "gather", lambda paths: iter([odd]))
    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:
        dossier.add([tmp_path])
        assert [each.name for each in dossier.refused()] == ["caf\\udce9.txt"]


@pytest.mark.parametrize("wanted", ["courier.txt", "courier", "cour"])
def test_a_document_is_found_by_its_name(case: Dossier, wanted: str) -> None:
    assert case.document(wanted).text == COURIER


def test_a_document_is_found_by_the_beginning_of_its_id(case: Dossier) -> None:
    whole = case.document("courier")
    assert case.document(whole.id[:10]) == whole
    assert case.raw(whole.id) == COURIER.encode()


def test_a_name_that_could_be_several_documents_is_not_guessed(
    case: Dossier, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _file(other, "courier.txt", "Orlo said: it was dark.")
    case.add([other])
    with pytest.raises(NotFound, match="could be any of 2 documents"):
        case.document("courier.txt")


def test_a_document_that_is_not_there_is_said_to_be_missing(case: Dossier) -> None:
    with pytest.raises(NotFound, match="there is no document “herald”"):
        case.attributions("herald")


def test_search_finds_texts_and_statements(case: Dossier) -> None:
    hits = [(case.document(hit.doc).name, hit.ref is not None) for hit in case.search("ship sank")]
    assert sorted(hits) == [("courier.txt", False), ("courier.txt", True)]


# ---------------------------------------------------------------- analysis


def test_a_new_document_is_read_and_the_others_are_not_read_again(
    case: Dossier, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(document: Document, marks: tuple[ingest.Mark, ...]) -> Reading:
        read.append(document.name)
        return plain_reading(document, marks)

    monkeypatch.setattr(analysis, "read", counted)
    _file(pile, "herald.txt", "Orlo said: it was dark.")
    case.add([pile])
    case.analyse()
    assert read == ["herald.txt"]
    assert ("Orlo", "asserts", "it was dark") in who_says_what(case)


def test_new_code_reads_everything_again(case: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    old = case.run()
    monkeypatch.setattr(analysis, "code", lambda: "another" * 6)
    case.analyse()
    assert case.run().code != old.code and case.run().at > old.at
    assert len(case.attributions()) == 4


def test_an_analysis_that_is_cut_short_goes_on_where_it_stopped(
    tmp_path: Path, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def tired(document: Document, marks: tuple[ingest.Mark, ...]) -> Reading:
        if len(read) == 1:
            read.append("stop")
            raise KeyboardInterrupt
        read.append(document.name)
        return plain_reading(document, marks)

    monkeypatch.setattr(analysis, "read", tired)
    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:
        dossier.add([pile])
        with pytest.raises(KeyboardInterrupt):
            dossier.analyse()
        dossier.analyse()
        assert read == ["courier.txt", "stop", "gazette.txt"]
        assert len(dossier.attributions()) == 4


def test_a_document_that_was_not_analysed_yet_is_shown_as_it_came(
    tmp_path: Path, pile: Path
) -> None:
    with Dossier.open(tmp_path / "a.whence", create=True) as dossier:
        dossier.add([pile])
        assert dossier.document("courier").text == COURIER
        assert dossier.attributions() == [] and dossier.run().at == ""


# ---------------------------------------------------------------- judgements


def test_a_decision_changes_what_is_shown_and_is_kept(case: Dossier, tmp_path: Path) -> None:
    case.judge("stance-is", [on(case, "no ship sank")], by="Ida", value="denies", why="context")
    assert who_says_what(case, "courier")[0] == ("Orlo", "denies", "no ship sank")
    with Dossier.open(tmp_path / "lurn.whence") as again:
        assert [(each.by, each.why, each.state) for each in again.judgements()] == [
            ("Ida", "context", "standing")
        ]
        assert who_says_what(again, "courier")[0] == ("Orlo", "denies", "no ship sank")


def test_a_speaker_nobody_found_yet_becomes_an_entity(case: Dossier) -> None:
    case.judge("speaker-is", [on(case, "no ship sank")], by="Ida", value="Tessa Halloran")
    assert who_says_what(case)[0] == ("Tessa Halloran", "asserts", "no ship sank")


def test_a_speaker_named_as_the_machine_names_them_is_the_same_one(case: Dossier) -> None:
    case.judge("speaker-is", [on(case, "no ship sank")], by="Ida", value="the Vask")
    vask = {each.speaker for each in case.attributions() if each.speaker}
    assert len(vask) == 2 and len(case.entities()) == 3


def test_a_rejected_statement_is_shown_only_on_demand(case: Dossier) -> None:
    case.judge("reject", [on(case, "no ship sank")], by="Ida")
    assert len(case.attributions("courier")) == 1
    assert len(case.attributions("courier", rejected=True)) == 2


def test_undo_gives_back_what_the_machine_found(case: Dossier) -> None:
    about = [on(case, "no ship sank")]
    made = case.judge("reject", about, by="Ida")
    case.judge("undo", about, by="Ida", value=made.id)
    assert len(case.attributions("courier")) == 2
    assert [each.state for each in case.judgements()] == ["superseded", "standing"]


def test_undoing_what_nobody_decided_is_refused(case: Dossier) -> None:
    with pytest.raises(NotFound, match="no judgement ju123"):
        case.judge("undo", [on(case, "no ship sank")], by="Ida", value="ju123")


def test_a_second_editor_is_told_of_the_first(case: Dossier) -> None:
    about = [on(case, "no ship sank")]
    first = case.judge("stance-is", about, by="Ida", value="denies", seen="")
    with pytest.raises(Outdated, match="Ida decided “stance-is”"):
        case.judge("stance-is", about, by="Bo", value="hedges", seen="")
    assert len(case.judgements()) == 1
    second = case.judge("stance-is", about, by="Bo", value="hedges", seen=first.id)
    assert second.replaces == first.id


def test_an_undo_is_something_to_have_seen_too(case: Dossier) -> None:
    about = [on(case, "no ship sank")]
    first = case.judge("reject", about, by="Ida")
    undo = case.judge("undo", about, by="Ida", value=first.id, seen=first.id)
    with pytest.raises(Outdated):
        case.judge("accept", about, by="Bo", seen=first.id)
    assert case.judge("accept", about, by="Bo", seen=undo.id).state == "standing"


def test_words_that_do_not_stand_there_cannot_be_judged(case: Dossier) -> None:
    wrong = on(case, "no ship sank")
    with pytest.raises(Outdated, match="do not stand there"):
        case.judge("accept", [Anchor(wrong.type, wrong.doc, wrong.spans, "two ships")], by="Ida")
    assert case.judgements() == []


def test_a_judgement_without_sense_is_not_written_down(case: Dossier) -> None:
    with pytest.raises(Usage):
        case.judge("stance-is", [on(case, "no ship sank")], by="Ida", value="shouts")
    assert case.judgements() == []


def test_a_decision_survives_a_new_analysis_or_becomes_a_visible_orphan(
    case: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.judge("stance-is", [on(case, "no ship sank")], by="Ida", value="denies")
    monkeypatch.setattr(analysis, "code", lambda: "second")
    case.analyse()
    assert [each.state for each in case.judgements()] == ["standing"]
    monkeypatch.setattr(analysis, "code", lambda: "third")
    monkeypatch.setattr(analysis, "read", lambda document, marks: Reading(document))
    case.analyse()
    assert [each.state for each in case.judgements()] == ["orphaned"]
    assert case.attributions() == []


def test_a_corrected_outlet_is_shown_with_the_document(case: Dossier) -> None:
    document = case.document("courier")
    page = Anchor("document", document.id, (), "")
    case.judge("metadata-is", [page], by="Ida", value="outlet=The Courier")
    assert case.document("courier").outlet == "The Courier"
    assert [each.outlet for each in case.documents()] == ["The Courier", None]


def test_another_programs_judgement_is_seen_at_once(case: Dossier, tmp_path: Path) -> None:
    assert len(case.attributions("courier")) == 2
    with Dossier.open(tmp_path / "lurn.whence") as other:
        other.judge("reject", [on(other, "no ship sank")], by="Bo")
    assert len(case.attributions("courier")) == 1


def test_a_disk_that_refuses_is_one_error_and_nothing_is_lost(case: Dossier) -> None:
    case.judge("accept", [on(case, "no ship sank")], by="Ida")
    case._case.execute("PRAGMA query_only = ON")
    with pytest.raises(CannotWrite):
        case.judge("reject", [on(case, "no ship sank")], by="Ida")
    assert [each.verdict for each in case.judgements()] == ["accept"]
    assert case.verify() == []


# ---------------------------------------------------------------- any order of events

QUOTES = ["no ship sank", "the ferry was late", "Orlo"]
VERDICTS: list[tuple[Verdict, str | None]] = [
    ("accept", None), ("reject", None), ("stance-is", "denies"), ("stance-is", "hedges"),
    ("speaker-is", "Vask"), ("not-a-statement", None), ("note", "look again"),
    ("add-statement", "Orlo"), ("is-origin", None), ("not-origin", None),
]  # fmt: skip


class Case(RuleBasedStateMachine):
    """Judging, undoing, reading anew, adding and reopening, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.version, self.keen, self.clippings = 0, True, 0
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(analysis, "read", self.read)
        self.patch.setattr(analysis, "code", lambda: f"code {self.version}")
        self.patch.setattr(ingest, "gather", self.gather)
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "lurn.whence"
        self.dossier = Dossier.open(self.path, create=True)
        self.written: list[Judgement] = []
        self.add()

    def teardown(self) -> None:
        self.dossier.close()
        self.folder.cleanup()
        self.patch.undo()

    def gather(self, paths: Any) -> Iterator[ingest.Taken]:
        text = COURIER if self.clippings == 1 else f"Vask said: it was boat {self.clippings}."
        digest = hashlib.sha256(text.encode()).hexdigest()
        name = f"{self.clippings}.txt"
        yield ingest.Taken(Document(digest, name, text, digest, "text/plain"), text.encode())

    def read(self, document: Document, marks: tuple[ingest.Mark, ...]) -> Reading:
        found = plain_reading(document)
        return found if self.keen else Reading(document, found.blocks, found.attributions[1:])

    @rule()
    def add(self) -> None:
        self.clippings += 1
        assert self.dossier.add([self.path]).taken == 1
        self.dossier.analyse()

    @rule(what=st.sampled_from(VERDICTS), quote=st.sampled_from(QUOTES))
    def judge(self, what: tuple[Verdict, str | None], quote: str) -> None:
        verdict, value = what
        about = [on(self.dossier, quote, "1.txt")]
        self.written.append(self.dossier.judge(verdict, about, by="Ida", value=value))

    @rule(which=st.integers(0, 30))
    def undo(self, which: int) -> None:
        if self.written:
            target = self.written[which % len(self.written)]
            made = self.dossier.judge("undo", target.about, by="Bo", value=target.id)
            self.written.append(made)

    @rule(keen=st.booleans())
    def read_anew(self, keen: bool) -> None:
        self.version, self.keen = self.version + 1, keen
        self.dossier.analyse()

    @rule()
    def reopen(self) -> None:
        self.dossier.close()
        self.dossier = Dossier.open(self.path)

    @invariant()
    def what_stands_is_a_replay_of_the_log(self) -> None:
        case = store.open_case(self.path)
        log, texts = store.log(case), {each.id: each.text for each in store.documents(case)}
        places: dict[tuple[str, str], list[Extents]] = {}
        for reading in store.readings(case):
            spans = [judgements.whole(each) for each in reading.attributions]
            places["attribution", reading.document.id] = spans
        assert store.damages(case) == []
        case.close()
        assert self.dossier.judgements() == judgements.replay(log, texts, places)

    @invariant()
    def nothing_written_is_lost_or_changed(self) -> None:
        kept = [(each.id, each.verdict, each.value) for each in self.dossier.judgements()]
        assert kept == [(each.id, each.verdict, each.value) for each in self.written]

    @invariant()
    def whoever_opens_it_sees_the_same(self) -> None:
        with Dossier.open(self.path) as fresh:
            assert fresh.judgements() == self.dossier.judgements()
            assert fresh.attributions() == self.dossier.attributions()


TestAnyOrderOfEvents = Case.TestCase
TestAnyOrderOfEvents.settings = settings(
    max_examples=25,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
