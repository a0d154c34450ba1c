"""The reader with the weights that ship: exact offsets, the same answer twice, memory bounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence import reader
from whence.reader import best_path, central, plain, shapes_of, windows

STORY = (
    "The ferry sank on Monday, the port office said. “Nobody drowned,” Mara Orlo, its director, "
    "told the Harbour Courier. She denied that the hull had been repaired with tar.\n\n"
    "The union has accused the office of hiding a report. Tam Rook of Oldhaven declined to comment."
)

needs_weights = pytest.mark.skipif(not reader.available(), reason="no weights in src/whence/models")


@needs_weights
def test_speakers_cues_and_contents_are_found_with_exact_offsets() -> None:
    found = [
        tuple(" … ".join(STORY[a:b] for a, b in role) for role in (s.source, s.cue, s.content))
        for s in reader.read(STORY).said
    ]
    assert ("the port office", "said") in [f[:2] for f in found]
    assert any(f[1] == "told" and "Nobody drowned" in f[2] for f in found)
    assert any(f[:2] == ("She", "denied") and "the hull had been repaired" in f[2] for f in found)


@needs_weights
def test_names_are_found_with_their_kind() -> None:
    names = {STORY[n.start : n.end]: n.kind for n in reader.read(STORY).names}
    assert names.get("Mara Orlo") == "person"
    assert names.get("Tam Rook") == "person"


@needs_weights
def test_a_pronoun_points_back_to_whom_it_means() -> None:
    backs = {STORY[slice(*h.at)]: h.back for h in reader.read(STORY).heads}
    back = backs.get("She")
    assert back is not None and STORY[slice(*back)] in ("Mara", "Orlo", "director")


@needs_weights
def test_the_same_text_is_read_the_same_twice() -> None:
    assert reader.read(STORY) == reader.read(STORY)


@needs_weights
def test_a_long_text_is_read_to_its_end() -> None:
    filler = "The bay was calm and the gulls were asleep on the roofs of the old town. " * 120
    text = filler + "“No ship sank,” said Mara Orlo."
    last = reader.read(text).said[-1]
    assert text[last.content[0][0] : last.content[0][1]].strip("“”,") == "No ship sank"


@needs_weights
@settings(max_examples=15)
@given(st.text(alphabet="aZ é\u0301🙂“”,.\n<b>שָׁ", max_size=80))
def test_every_finding_lies_in_the_text_whatever_the_text(text: str) -> None:
    read = reader.read(text)
    spans = [e for s in read.said for e in (*s.source, *s.cue, *s.content)]
    spans += [(n.start, n.end) for n in read.names] + [h.at for h in read.heads]
    assert all(0 <= a < b <= len(text) for a, b in spans)


def test_sentences_near_in_meaning_have_near_vectors() -> None:
    one, like, other = reader.vectors(
        ["The ferry sank at noon.", "At midday the ferry went down.", "The mayor likes eels."]
    )
    assert one @ like > 0.6 > 0.4 > one @ other
    assert np.allclose(np.linalg.norm([one, like, other], axis=1), 1, atol=1e-4)


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    alone = reader.vectors(["The ferry sank."])
    beside = reader.vectors(["A quite different and much longer sentence.", "The ferry sank."])
    assert np.array_equal(alone[0], beside[1])


@given(st.integers(0, 5000))
def test_windows_cover_every_piece_and_each_piece_has_one_window_to_answer_for_it(n: int) -> None:
    cut = windows(n)
    assert sorted({i for a, b in cut for i in range(a, b)}) == list(range(n))
    own = central(cut, n) if cut else []
    assert [i for a, b in own for i in range(a, b)] == list(range(n))
    assert all(a <= x and y <= b for (a, b), (x, y) in zip(cut, own, strict=True))


def test_changing_role_costs_what_it_is_said_to_cost() -> None:
    unsure = np.log(np.array([[[0.9, 0.1], [0.45, 0.55], [0.9, 0.1]]], np.float32))
    free, dear = (
        np.zeros((2, 2), np.float32),
        np.ones((2, 2), np.float32) - np.eye(2, dtype=np.float32),
    )
    assert best_path(unsure, free).tolist() == [[0, 1, 0]]
    assert best_path(unsure, dear).tolist() == [[0, 0, 0]]


def test_markup_is_blanked_code_point_for_code_point() -> None:
    text = "He <u>denied</u> it.\n## **News**"
    assert len(plain(text)) == len(text)
    assert plain(text).split() == ["He", "denied", "it.", "News"]


def test_capitals_and_line_breaks_are_told_apart() -> None:
    text = "The USA won\n\nagain"
    at = [(0, 3), (4, 7), (8, 11), (13, 18)]
    assert [int(k) for k in shapes_of(text, at)] == [1, 3 + 8, 0 + 8, 0 + 24]
