"""Pictures of every page of a dossier: python -m tests.browser.pictures CASE FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS, serving

from whence.dossier import Dossier


def addresses(case: Path) -> dict[str, str]:
    """One of each page, the fullest of its kind."""
    with Dossier.open(case) as dossier:
        found = [each for each in dossier.attributions() if each.voice == "speaker"]
        denied = next((each for each in found if each.stance == "denies"), found[0])
        claims = sorted(dossier.claims(), key=lambda each: -len(each.tellings))
        passages = sorted(dossier.passages(), key=lambda each: each.identity)
    pages = {
        "case": "/",
        "documents": "/documents",
        "reader": f"/documents/{denied.doc}#{denied.id}",
        "statement": f"/documents/{denied.doc}/statements/{denied.id}",
        "known": f"/documents/{denied.doc}/about",
        "speakers": "/speakers",
        "speaker": f"/speakers/{denied.speaker}" if denied.speaker else "/speakers/unresolved",
        "review": "/review",
        "decisions": "/decisions",
        "choose": f"/documents/{denied.doc}/statements/{denied.id}/claim",
        "place": f"/documents/{denied.doc}/place?start=0&end=8",
        "search": "/search?q=gates",
    }
    if claims:
        pages |= {"claims": "/claims", "claim": f"/claims/{claims[0].id}"}
    if passages:
        pages["passage"] = f"/passages/{passages[0].id}"
    return pages


def take(case: Path, folder: Path) -> None:
    """Each page in light and in dark, at the size of a laptop's window."""
    folder.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    with serving(case) as workbench, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for scheme in schemes:
            page = browser.new_page(
                base_url=workbench,
                viewport={"width": 1280, "height": 860},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            for name, address in addresses(case).items():
                page.goto(address)
                page.screenshot(path=folder / f"{name}-{scheme}.png")
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
