"""Two people edit one statement for a few rounds; `make torture` goes on for two minutes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import editing, torture
from tests.editing import Sent


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier with a statement to edit."""
    torture.quick(monkeypatch)
    path = tmp_path / "case.whence"
    torture.full(path)
    return path


@pytest.mark.parametrize("servers", [1, 2])
def test_two_people_edit_one_statement_and_no_decision_is_lost(case: Path, servers: int) -> None:
    editors = editing.edited(case, 600, 12, servers, seed=7)
    kept, refused = editing.proven(case, editors)
    assert kept >= 12 and refused >= 6, "each round one is kept; when both send, one is refused"


def test_a_save_that_never_reached_the_log_is_noticed(case: Path) -> None:
    editors = editing.edited(case, 600, 2, 1, seed=1)
    editors[0].sent.append(Sent("Ida 99", "", 303))
    with pytest.raises(AssertionError):
        editing.proven(case, editors)
