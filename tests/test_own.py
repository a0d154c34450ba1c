"""The markup of our own training sentences: what it marks, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def load() -> ModuleType:
    """The parser as a module; it lives with the training, outside the package."""
    path = Path(__file__).parents[1] / "training" / "reader" / "own_read.py"
    spec = importlib.util.spec_from_file_location("own_read", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its module up by name while it is being made.
    sys.modules["own_read"] = module
    spec.loader.exec_module(module)
    return module


own = load()


def read(*lines: str) -> dict[str, Any]:
    found: dict[str, Any] = own.passage("test", list(lines))
    return found


def words(made: dict[str, Any], one: dict[str, Any]) -> tuple[str, str, str]:
    """Source, cue and content of one attribution in words; pieces are joined by “ … ”."""
    source, cue, content = (
        " … ".join(made["text"][a:b] for a, b in one[role]) for role in ("source", "cue", "content")
    )
    return source, cue, content


def told(*lines: str) -> list[tuple[str, str, str]]:
    made = read(*lines)
    return [words(made, one) for one in made["annotations"]]


def test_brackets_vanish_from_the_text() -> None:
    made = read("[s1 Orlo] [c1 said] [t1 it rained].")
    assert made["text"] == "Orlo said it rained."


def test_source_cue_and_content_are_the_words_in_the_brackets() -> None:
    assert told("[s1 Orlo] [c1 said] [t1 it rained].") == [("Orlo", "said", "it rained")]


def test_a_broken_quotation_is_one_attribution_in_pieces() -> None:
    assert told("[t1 “Wet,”] [s1 she] [c1 said], [t1 “and cold.”]") == [
        ("she", "said", "“Wet,” … “and cold.”")
    ]


def test_one_source_may_serve_two_cues() -> None:
    assert told("[s1,2 Orlo] [c1 came] [t1 in] and [c2 asked] [t2 why].") == [
        ("Orlo", "came", "in"),
        ("Orlo", "asked", "why"),
    ]


def test_what_stands_in_anothers_content_is_within_it() -> None:
    made = read("[s1 Orlo] [c1 said] [t1 [s2 Meg] [c2 swore] [t2 it was dry]].")
    assert [one["within"] for one in made["annotations"]] == [None, "1"]


def test_a_note_overrules_the_brackets() -> None:
    made = read("[s1 Orlo] [c1 said] [t1 [s2 Meg] [c2 swore] [t2 so]].", "= 2: within none")
    assert [one["within"] for one in made["annotations"]] == [None, None]


def test_notes_give_stance_reports_and_what_is_answered() -> None:
    made = read(
        "[t2 [s1 Orlo] [c1 denied] [t1 it]], [s2 Nord] [c2 wrote].",
        "= 1: denies, answers 2 | 2: reports",
    )
    orlo, nord = made["annotations"]
    assert (orlo["stance"], orlo["answers"], orlo["reports"]) == ("denies", ["2"], False)
    assert (nord["stance"], nord["answers"], nord["reports"]) == ("asserts", [], True)


def test_channels_run_from_the_nearest_to_the_farthest() -> None:
    made = read(
        "([h2:reported* Digest]) [t1 [s2 Meg] [c2 told] [h2:told the Courier] [t2 all]],"
        " [s1 [h2:reported Nord]] [c1 said]."
    )
    meg = next(one for one in made["annotations"] if one["id"] == "2")
    assert [(hop["name"], hop["route"]) for hop in meg["channels"]] == [
        ("the Courier", "told"),
        ("Nord", "reported"),
        ("Digest", "reported"),
    ]
    assert [hop["inherited"] for hop in meg["channels"]] == [False, False, True]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("“It rained.”", "direct"),
        ("that it rained", "indirect"),
        ("that it “rained a little” and stopped", "mixed"),
        ("“Wet,” and then “dry.”", "mixed"),
        ("“It rained.\n\n“Then it stopped.”", "direct"),
        ("'It rained,'", "direct"),
        ("that Meg's hat wasn't wet", "indirect"),
        ("that it was ‘wet’ out", "mixed"),
    ],
)
def test_the_form_follows_from_the_quotation_marks(content: str, form: str) -> None:
    made = read(f"[s1 Orlo] [c1 said] [t1 {content}]")
    assert made["annotations"][0]["form"] == form


def test_a_bracket_of_the_text_is_written_with_a_backslash() -> None:
    assert read("“\\[W\\]et,” [s1 he] [c1 put] [t1 it].")["text"] == "“[W]et,” he put it."


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["[s1 Orlo [c1 said] [t1 so]."], "never closed"),
        (["[s1 Orlo] said] so."], "one bracket too many"),
        (["[Orlo] said so."], "no tag"),
        (["[s1 Orlo ] [c1 said] [t1 so]."], "space at its edge"),
        (["[s1 Orlo] [c1 said] so."], "lacks a cue or a content"),
        (["[s1 Orlo] [c1 said] [h1:shouted Nord] [t1 so]."], "not a route"),
        (["[s1 Orlo] [c1 said] [t1 so].", "= 2: denies"], "names 2"),
        (["[s1 Orlo] [c1 said] [t1 so].", "= 1: denies, answers 7"], "names 7"),
        (["[s1 Orlo] [c1 said] [t1 so].", "= 1: shouts"], "cannot read the note"),
    ],
)
def test_a_slip_in_the_markup_is_told_and_not_guessed_at(lines: list[str], wrong: str) -> None:
    with pytest.raises(own.Malformed, match=wrong):
        read(*lines)


def test_two_passages_of_one_name_are_refused() -> None:
    with pytest.raises(own.Malformed, match="two passages"):
        list(own.split("--- a\nOne.\n--- a\nTwo.", "x.txt"))


def test_every_passage_of_ours_reads_and_slices_right() -> None:
    made = list(own.passages())
    assert len(made) >= 60
    for each in made:
        assert "\\" not in each["text"]
        for one in each["annotations"]:
            for role in ("source", "cue", "content"):
                for a, b in one[role]:
                    assert each["text"][a:b].strip() == each["text"][a:b] != ""


def test_every_stance_occurs_among_them() -> None:
    seen = {one["stance"] for each in own.passages() for one in each["annotations"]}
    assert seen == own.STANCES


def test_nobody_holds_the_attribution_that_holds_him() -> None:
    for each in own.passages():
        inside = {one["id"]: one["within"] for one in each["annotations"]}
        for one in inside:
            seen, outer = {one}, inside[one]
            while outer is not None:
                assert outer not in seen, f"{each['id']}: {one} is within itself"
                seen.add(outer)
                outer = inside[outer]


ROOT = Path(__file__).parents[1]
LABELS = [ROOT / "bench" / "stance" / "labels.jsonl", own.OWN / "stance.jsonl"]


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.name)
def test_a_cue_is_labelled_once_with_a_stance_and_without_its_text(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    places = [(line["doc"], line["annotation"]) for line in lines]
    assert len(places) == len(set(places)) >= 500
    for line in lines:
        assert line["stance"] in own.STANCES
        assert line["cue"][0] < line["cue"][1]
        assert line.keys() <= {"doc", "annotation", "cue", "stance", "from", "picked"}


def test_no_document_serves_both_to_learn_stance_and_to_measure_it() -> None:
    measured, learnt = (
        {json.loads(line)["doc"] for line in path.read_text(encoding="utf-8").splitlines()}
        for path in LABELS
    )
    assert not measured & learnt
