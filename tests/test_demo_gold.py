"""The gold of the demo says what stands in its pile, in the words and terms of the format."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from bench.goldfile import GoldError, locate, read_gold, resolve_gold, selectors

from whence import terms
from whence.ingest import Taken, gather

DEMO = Path(__file__).parent.parent / "examples" / "sluice"
GOLD = DEMO / "gold.jsonl"
Line = dict[str, Any]

ENUMS: dict[str, dict[str, Any]] = {
    "entity": {"kind": terms.Kind},
    "block": {"role": terms.Role},
    "mention": {"kind": terms.Kind, "form": terms.NameForm},
    "attribution": {"form": terms.QuoteForm, "stance": terms.Stance, "voice": terms.Voice},
    "time": {"basis": terms.Basis},
    "passage": {"kind": terms.ReuseKind},
    "edge": {"kind": terms.EdgeKind},
    "conflict": {"kind": terms.ConflictKind},
}


@cache
def texts() -> Mapping[str, str]:
    """The text of each document of the pile, as it is read today."""
    taken = [each for each in gather([DEMO / "pile"]) if isinstance(each, Taken)]
    return {each.document.name: each.document.text for each in taken}


@cache
def gold() -> list[Line]:
    return resolve_gold(GOLD, texts())


def lines(kind: str) -> list[Line]:
    return [line for line in gold() if line["type"] == kind]


def words(doc: str, spans: list[list[int]]) -> str:
    return " … ".join(texts()[doc][start:end] for start, end in spans)


def said(identity: str) -> tuple[str, str, str]:
    """Who, how and what of one attribution, in words."""
    line = next(line for line in lines("attribution") if line["id"] == identity)
    source, cue, content = (words(line["doc"], line[k]) for k in ("source", "cue", "content"))
    return source, cue, content


def plain(text: str) -> str:
    return " ".join(text.split())


def test_every_document_of_the_pile_was_read_and_has_gold() -> None:
    assert sorted(texts()) == sorted(line["name"] for line in lines("document"))


def test_every_span_slices_to_the_words_it_records() -> None:
    for written, found in zip(read_gold(GOLD), gold(), strict=True):
        for role in ("source", "cue", "content"):
            recorded = [plain(each["quote"]) for each in written.get(role, [])]
            sliced = [plain(words(found["doc"], [span])) for span in found.get(role, [])]
            assert sliced == recorded
        if "at" in written:
            sliced_at = words(found["doc"], [[found["start"], found["end"]]])
            assert plain(sliced_at) == plain(written["at"]["quote"])


def test_no_selector_is_left_unresolved() -> None:
    assert sum(1 for line in read_gold(GOLD) for _ in selectors(line)) > 500
    unresolved = [line for line in gold() for each in selectors(line) if "start" not in each]
    assert unresolved == []


def test_terms_are_those_of_the_format() -> None:
    for line in gold():
        for name, allowed in ENUMS.get(line["type"], {}).items():
            assert line[name] in get_args(allowed), (line["id"], name)
        for telling in line.get("tellings", []):
            assert telling["stance"] in get_args(terms.TellingStance)
        for origin in (line.get("origins") or {}).get("named", []):
            assert origin["kind"] in get_args(terms.OriginKind)
        for channel in line.get("channels", []):
            assert channel["route"] in get_args(terms.Route)
        for evidence in line["evidence"] if line["type"] == "attribution" else []:
            assert evidence["kind"] in get_args(terms.EvidenceKind)


def test_ids_are_unique_and_all_of_them_resolve() -> None:
    named = [line["id"] for line in gold() if "id" in line]
    known = set(named)
    assert len(named) == len(known)
    single = ("doc", "speaker", "entity", "within", "part_of", "exemplar", "copy", "edge")
    several = ("charges", "answers", "candidates", "claims", "passages", "who", "where")
    for line in gold():
        wanted = [line[key] for key in single if isinstance(line.get(key), str)]
        wanted += [each for key in several for each in line.get(key) or []]
        wanted += [telling["attribution"] for telling in line.get("tellings", [])]
        for origin in (line.get("origins") or {}).get("named", []):
            wanted += origin["attributions"]
        assert set(wanted) <= known, line


def test_blocks_cover_every_word_once() -> None:
    for name, text in texts().items():
        spans = sorted((b["start"], b["end"]) for b in lines("block") if b["doc"] == name)
        covered = "".join(text[start:end] for start, end in spans)
        assert "".join(covered.split()) == "".join(text.split()), name


def test_a_source_stands_outside_its_content() -> None:
    for line in lines("attribution"):
        outside = [*line["source"], *line["cue"]]
        crossed = [
            words(line["doc"], [mine])
            for mine in outside
            for start, end in line["content"]
            if mine[0] < end and start < mine[1]
        ]
        assert crossed == [], line["id"]


def test_only_attributed_words_have_a_cue() -> None:
    for line in lines("attribution"):
        assert bool(line["cue"]) == (line["voice"] == "speaker"), line["id"]


def test_words_within_an_attribution_stand_in_its_content() -> None:
    by_id = {line["id"]: line for line in lines("attribution")}
    for line in by_id.values():
        if line["within"]:
            outer = by_id[line["within"]]["content"]
            for start, end in line["content"]:
                assert any(a <= start and end <= b for a, b in outer), line["id"]


def test_a_telling_lies_within_what_its_attribution_says() -> None:
    by_id = {line["id"]: line for line in lines("attribution")}
    for claim in lines("claim"):
        for telling in claim["tellings"]:
            content = by_id[telling["attribution"]]["content"]
            for start, end in telling["spans"]:
                assert any(a <= start and end <= b for a, b in content), telling["attribution"]


def test_origins_are_a_range_with_its_origins_named() -> None:
    for claim in lines("claim"):
        origins = claim["origins"]
        assert origins["at_least"] <= len(origins["named"]) <= max(origins["at_most"], 1)
        assert origins["at_least"] <= origins["at_most"], claim["id"]
        assert origins["why"], claim["id"]


def test_the_engineer_speaks_inside_what_the_mayor_told_the_courier() -> None:
    who, how, what = said("c5")
    assert (who, how) == ("Yasna Ombrecht", "told")
    assert what.startswith("Tobrin Reve, who looked after the gate motors")
    assert said("c6") == (
        "Tobrin Reve, who looked after the gate motors until January",
        "had warned",
        "the relay of the second gate was “held together with fishing line”",
    )


def test_a_pronoun_without_an_antecedent_has_no_speaker() -> None:
    lonely = next(line for line in lines("attribution") if line["id"] == "m4")
    assert said("m4")[:2] == ("he", "said")
    assert lonely["speaker"] is None


def test_the_unread_language_has_no_attributions() -> None:
    unread = {line["id"] for line in lines("document") if not line["read"]}
    assert unread == {"07-strandbote.txt"}
    assert not [line for line in lines("attribution") if line["doc"] in unread]


def test_words_are_found_again_when_the_line_breaks_change() -> None:
    selector = {"quote": "the third lock", "prefix": "He closed"}
    start, end = locate(selector, "She saw the third lock.\nHe closed\nthe third\n lock at noon.")
    assert (start, end) == (34, 49)


@pytest.mark.parametrize(
    ("text", "times"), [("Nobody closed the lock.", 0), ("the third lock, the third lock", 2)]
)
def test_words_that_do_not_stand_exactly_once_are_an_error(text: str, times: int) -> None:
    with pytest.raises(GoldError, match=f"“the third lock” stands {times} times"):
        locate({"quote": "the third lock"}, text)
