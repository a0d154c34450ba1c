"""A short run of the kill loop; `make torture N=1000` is the long one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests import torture


@pytest.mark.parametrize(
    ("name", "kills"),
    [("adding", 8), ("judging", 4), ("migrating", 4), ("removing", 2), ("saving", 2)],
)
def test_killed_at_random_moments_nothing_acknowledged_is_lost(
    name: str, kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torture.quick(monkeypatch)
    torture.tried(torture.TRIALS[name], kills, random.Random(name), tmp_path)


def test_the_kill_loop_does_notice_what_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that acknowledges what it never wrote is caught."""
    torture.quick(monkeypatch)

    def lying(path: Path, ack: torture.Ack) -> None:
        torture.adding(path, ack)
        ack("never.txt")

    with pytest.raises(AssertionError, match="lost"):
        torture.tried(torture.Trial(lying, torture.after_adding), 50, random.Random(1), tmp_path)
