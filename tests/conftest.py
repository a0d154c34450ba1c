"""Shared settings: no clock on properties, for the machine may be busy; no way to the network."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.guard import sitecustomize as guard

settings.register_profile(
    "whence", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("whence")

_noted = tempfile.NamedTemporaryFile(prefix="whence-reached-")  # noqa: SIM115
os.environ[guard.NOTES] = _noted.name
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(Path(__file__).parent / "guard"), *filter(None, [os.environ.get("PYTHONPATH")])]
)
guard.install()


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_the_machine() -> Iterator[None]:
    """Fail at the end if anything tried to, even where the attempt itself was swallowed."""
    yield
    noted = Path(_noted.name).read_text("utf-8")
    assert noted == "", f"tests reached beyond this machine:\n{noted}"
