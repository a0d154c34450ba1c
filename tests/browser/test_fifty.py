"""Fifty decisions made in the browser, by key and by mouse, outlive a whole new analysis."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whence.dossier import Dossier, analysis

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of four invented pages on which many people speak."""
    pile = tmp_path_factory.mktemp("many")
    people = ["Ilse Orlo", "Tomas Vell", "Mirn Vask", "Tessa Halloran", "Odo Brine", "Lenke Fenn"]
    things = ["the ferry was late", "the weir was open", "the pier was closed", "no gate failed"]
    for number, name in enumerate(["courier", "gazette", "herald", "mirror"]):
        said = [
            f"{who} said that {thing} on day {number + 1} of the flood at Marrow {place}."
            for place, who in enumerate(people)
            for thing in things
        ]
        text = f"News of the {name}\n\n" + "\n\n".join(said) + "\n"
        (pile / f"{name}.txt").write_text(text, encoding="utf-8")
    path = tmp_path_factory.mktemp("case") / "many.whence"
    with Dossier.open(path, create=True) as opened:
        opened.add([pile])
        opened.analyse()
    return path


def made(case: Path) -> list[tuple[str, str | None, str]]:
    with Dossier.open(case) as opened:
        return [(each.verdict, each.value, each.state) for each in opened.judgements()]


def in_the_queue(page: Page, count: int) -> None:
    """Accept and reject by key."""
    page.goto("/review")
    for number in range(count):
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("x" if number % 5 == 4 else "a")


def on_statements(page: Page, case: Path, count: int) -> None:
    """Say who spoke, and what they do."""
    with Dossier.open(case) as opened:
        doc = opened.document("mirror").id
        found = [each for each in opened.attributions(doc) if each.voice == "speaker"][:count]
    for number, each in enumerate(found):
        page.goto(f"/documents/{doc}/statements/{each.id}")
        if number % 2:
            page.get_by_label("What they do").select_option("hedges")
            form = page.locator("form", has=page.get_by_label("What they do"))
        else:
            page.get_by_label("Who said it").fill(f"Witness {number}")
            form = page.locator("form", has=page.get_by_label("Who said it"))
        with page.expect_navigation():
            form.get_by_role("button", name="Set", exact=True).click()


def on_claims(page: Page, count: int) -> None:
    """Origins, and claims of one's own, from the page of a claim."""
    page.goto("/claims")
    addresses = re.findall(r'href="(/claims/\w+)"', page.content())[:count]
    for number, address in enumerate(addresses):
        page.goto(address)
        page.locator("details.settle summary").first.click()
        if number % 2:
            with page.expect_navigation():
                page.get_by_role("button", name="Not an origin").first.click()
        else:
            with page.expect_navigation():
                page.get_by_role("link", name="Same as …").first.click()
            page.get_by_label("One plain sentence").fill(f"Claim of a person {number}.")
            with page.expect_navigation():
                page.get_by_role("button", name="Make this claim").click()


def on_documents(page: Page, case: Path) -> None:
    """What is known of a document, and what it copied."""
    with Dossier.open(case) as opened:
        ids = [each.id for each in opened.documents()]
    for number, doc in enumerate(ids[:2]):
        page.goto(f"/documents/{doc}/about")
        page.get_by_label("Outlet", exact=True).fill(f"Outlet {number}")
        with page.expect_navigation():
            page.get_by_role("button", name="Set outlet").click()
        page.get_by_label("It copies a text").fill("The lock keeper’s log")
        with page.expect_navigation():
            page.get_by_role("button", name="Add the lost source").click()


def test_fifty_decisions_outlive_a_new_analysis(
    page: Page, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_queue(page, 22)
    on_statements(page, case, 20)
    on_claims(page, 4)
    on_documents(page, case)
    before = made(case)
    assert len(before) == 50
    monkeypatch.setattr(analysis, "code", lambda: "a later version")
    monkeypatch.setattr(analysis, "models", lambda: (("reader", "another"),))
    with Dossier.open(case) as opened:
        opened.analyse()
        assert dict(opened.run().models) == {"reader": "another"}
        shown = {each.outlet for each in opened.documents()}
        names = {each.name for each in opened.entities().values()}
        glosses = {each.gloss for each in opened.claims()}
        lost = {each.name for each in opened.exemplars()}
    assert made(case) == before
    assert {"Outlet 0", "Outlet 1"} <= shown
    assert {"Witness 0", "Witness 10"} <= names
    assert "Claim of a person 0." in glosses
    assert "The lock keeper’s log" in lost
    page.goto("/decisions")
    assert page.get_by_role("button", name=re.compile("Undo")).count() >= 45
