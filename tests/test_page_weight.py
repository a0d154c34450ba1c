"""No page of the workbench loads more of our own files than a slow line can bear."""

from __future__ import annotations

from pathlib import Path

import whence

STATIC = Path(whence.__file__).parent / "pages" / "static"


def test_all_styles_scripts_and_signs_together_weigh_less_than_300_kilobytes() -> None:
    files = [each for each in STATIC.rglob("*") if each.is_file()]
    assert files
    assert sum(each.stat().st_size for each in files) < 300_000
