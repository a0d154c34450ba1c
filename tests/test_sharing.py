"""What is shared: findings without the words, or the words without a name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence import export
from whence.errors import NotFound
from whence.export import Exported, Sharing, also_called
from whence.lookalike import COVER, named
from whence.terms import (
    Anchor,
    Attribution,
    Claim,
    Document,
    Entity,
    Judgement,
    Mention,
    Refused,
    Run,
    Telling,
)

TEXT = "Ada Orlo spoke in Lurn.\nÓrlo, Ada’s aunt: “the lanterns are gone”, said ADA\n ORLO 🚢 to Vask."


def pile() -> Exported:
    quote = TEXT[4:14]  # “Orlo spoke”: it begins inside the name
    said = (TEXT.index("the lanterns"), TEXT.index("”"))
    return Exported(
        name="ada-orlo-case",
        run=Run("whence 1", (("reader", "ab"),), "2031"),
        document=(
            Document("d1", "ada_orlo.txt", TEXT, "ff", "text/plain", byline="by Ada Orlo",
                     address="https://lurn.example/%41da-%4frlo"),
        ),
        entity=(
            Entity("en1", "person", True, "Ada Orlo", ("Ms Orlo",), ("Q1",), 1.5, 2.5, "LU"),
            Entity("en2", "person", True, "Vask", ("the boatman",), ("Q2",)),
        ),
        mention=(Mention("d1", 0, 8, "person", "en1", ("en1", "en2")),),
        attribution=(Attribution("at1", "d1", "direct", (), (), (said,), speaker="en1"),),
        claim=(Claim("cl1", "The lanterns are gone.", (Telling("at1", (said,), "asserts"),),
                     who=("en1",)),),
        judgement=(
            Judgement("ju1", "note", (Anchor("text", "d1", ((4, 14),), quote),), "Ida", "2031",
                      "Ada Orlo?", "because she said so"),
        ),
        refused=(Refused("ada orlo.pdf", "PDF files are not read yet", "unsupported"),),
    )  # fmt: skip


def shared(sharing: Sharing) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export.shared(export.lines(pile()), sharing)]


def the(kind: str, objects: list[dict[str, Any]]) -> dict[str, Any]:
    return next(each for each in objects if each["type"] == kind)


# ---------------------------------------------------------------- without the words


def test_without_text_no_words_go_along_but_every_place_does() -> None:
    objects = shared(Sharing(text=False))
    told = json.dumps(objects, ensure_ascii=False)
    assert "lanterns" not in told and "spoke" not in told
    assert the("attribution", objects)["content"] == [[43, 64]]
    assert the("judgement", objects)["why"] == "because she said so"


def test_who_has_the_text_can_check_that_it_is_the_same() -> None:
    document = the("document", shared(Sharing(text=False)))
    assert document["text"] is None
    assert document["text_length"] == len(TEXT)
    assert len(document["text_sha256"]) == 64


def test_an_export_without_text_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "shared.jsonl"
    path.write_bytes(b"".join(export.shared(export.lines(pile()), Sharing(text=False))))
    read = export.load_jsonl(path)
    assert [each.text for each in read.document] == [""]
    assert read.attribution == pile().attribution
    assert read.judgement[0].about[0].quote == ""


# ---------------------------------------------------------------- without a name


def test_a_name_is_gone_from_every_field_in_every_dress() -> None:
    objects = shared(Sharing(names=("Ada Orlo",)))
    told = json.dumps(objects, ensure_ascii=False)
    assert named("Ada Orlo", told) == ()
    assert the("document", objects)["address"] == f"https://lurn.example/{COVER * 8}"
    assert the("document", objects)["name"] == f"{COVER * 8}.txt"
    assert the("dossier", objects)["name"] == f"{COVER * 8}-case"
    assert the("refused", objects)["name"] == f"{COVER * 8}.pdf"


def test_every_offset_still_points_at_the_same_words() -> None:
    objects = shared(Sharing(names=("Ada Orlo",)))
    text = the("document", objects)["text"]
    ((start, end),) = the("attribution", objects)["content"]
    assert (len(text), text[start:end]) == (len(TEXT), "the lanterns are gone")
    assert text.endswith(f"said {COVER * 9} 🚢 to Vask.")


def test_a_quote_that_cuts_through_the_name_shows_no_piece_of_it() -> None:
    (about,) = the("judgement", shared(Sharing(names=("Ada Orlo",))))["about"]
    assert about["quote"] == f"{COVER * 4} spoke"


def test_neither_the_id_nor_the_place_of_a_hidden_name_gives_it_away() -> None:
    objects = shared(Sharing(names=("Ada Orlo",)))
    hidden = the("entity", objects)
    assert (hidden["id"], hidden["same_as"], hidden["lat"]) == ("enhidden1", [], None)
    assert the("mention", objects)["candidates"] == ["enhidden1", "en2"]
    assert the("attribution", objects)["speaker"] == "enhidden1"
    assert the("claim", objects)["who"] == ["enhidden1"]
    other = [each for each in objects if each["type"] == "entity"][1]
    assert (other["id"], other["same_as"]) == ("en2", ["Q2"])


def test_other_names_of_the_same_person_are_told_and_can_be_hidden_too() -> None:
    assert also_called(pile(), ["Ada Orlo"]) == ["Ms Orlo"]
    objects = shared(Sharing(names=("Ada Orlo", "Orlo", "Ada")))
    told = json.dumps(objects, ensure_ascii=False).lower()
    assert "orlo" not in told and "órlo" not in told


def test_a_name_that_is_nowhere_is_refused_rather_than_not_hidden() -> None:
    with pytest.raises(NotFound, match="“Ada Orlow” stands nowhere"):
        shared(Sharing(names=("Ada Orlow",)))


def test_both_together_leave_neither_words_nor_name() -> None:
    told = json.dumps(shared(Sharing(False, ("Ada Orlo",))), ensure_ascii=False)
    assert "lanterns" not in told and named("Ada Orlo", told) == ()


@given(st.text(st.sampled_from("Ada Orlo.ó\u200bО\n🚢"), min_size=1))
def test_a_covered_text_is_as_long_as_it_was(text: str) -> None:
    document = Document("d1", "Ada Orlo", text, "ff", "text/plain")
    lines = export.lines(Exported(document=(document,)))
    objects = [json.loads(line) for line in export.shared(lines, Sharing(names=("Ada Orlo",)))]
    assert len(objects[1]["text"]) == len(text)
