"""The map, the search and the first page in a browser: by keyboard, in any width, for every eye."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from whence.dossier import Dossier
from whence.terms import Claim, Entity, Mention, Origins, Telling, When

if TYPE_CHECKING:
    from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PLACES = {
    "pl1": Entity("pl1", "place", True, "Marrow Point", lat=51.2, lon=2.9, place_kind="site"),
    "pl2": Entity("pl2", "place", True, "Sallowby", lat=51.0, lon=3.7, place_kind="city"),
    "pl3": Entity(
        "pl3", "place", True, "Bavaria", lat=49.0, lon=11.5, country="DE", place_kind="division"
    ),
    "pl4": Entity("pl4", "place", True, "Francia", lat=46.0, lon=2.0, place_kind="country"),
    "pl5": Entity("pl5", "place", True, "Isfel", lat=50.5, lon=6.0, place_kind="river"),
    "pl6": Entity("pl6", "place", True, "Nowhere", place_kind="other"),
}
PAGES = [
    "/", "/places", "/places?map=0,0,210", "/places?from=1999-01-01", "/search",
    "/search?q=ferry", "/search?q=ferry&in=documents&role=body", "/search?q=nothing", "/speakers/pl3",
]  # fmt: skip


@pytest.fixture(autouse=True)
def placed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places of every kind, and claims that have a day and more outlets than origins."""
    with Dossier.open(case) as opened:
        documents, found = opened.documents(), opened.attributions()
        entities = opened.entities()
    mentions = [
        Mention(each.id, at, at + 5, "place", id)
        for each in documents
        for number, id in enumerate(PLACES)
        for at in range(0, 5 * (number + 1), 5)
    ]
    told = tuple(Telling(each.id, (), "asserts") for each in found[:4])
    day = When("2031-05-04", "2031-05-04", "stated")
    claims = [
        Claim("c1", "A ferry sank off Marrow Point.", told, when=day, where=("pl1",), origins=Origins(1, 1)),
        Claim("c2", "The pier would open on Friday.", told[:1], origins=Origins(1, None)),
    ]  # fmt: skip
    monkeypatch.setattr(Dossier, "entities", lambda _: {**entities, **PLACES})
    monkeypatch.setattr(Dossier, "mentions", lambda *_: mentions)
    monkeypatch.setattr(Dossier, "claims", lambda _: claims)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: Any) -> None:
    axe = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
    page.emulate_media(color_scheme=scheme)
    for address in PAGES:
        page.goto(address)
        for note in page.query_selector_all("details"):
            note.evaluate("e => { e.open = true }")
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate(
            "tags => axe.run(document, {runOnly: tags})", STANDARDS
        )
        wrong = [
            (each["id"], [node["html"][:200] for node in each["nodes"]])
            for each in found["violations"]
        ]
        assert (address, wrong) == (address, [])


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_is_wider_than_its_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in PAGES:
        page.goto(address)
        too_wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        assert (address, too_wide) == (address, False)


def test_the_keyboard_reaches_every_place_on_the_map_and_its_row_in_the_table(page: Page) -> None:
    page.goto("/places")
    page.locator(".map").focus()
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
    names = {(each or "").partition(",")[0] for each in reached}
    assert {"Marrow Point", "Sallowby", "Bavaria"} <= names
    page.locator(".map a[aria-label^='Sallowby']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places#pl2")
    assert page.locator("tr:target th").inner_text().startswith("Sallowby")


def test_a_focused_place_is_seen_to_be_focused(page: Page) -> None:
    page.goto("/places")
    dot = page.locator(".map a[aria-label^='Sallowby'] .town")
    before = dot.evaluate("e => getComputedStyle(e).stroke")
    page.locator(".map").focus()
    while "Sallowby" not in (
        page.evaluate("() => document.activeElement.getAttribute('aria-label')") or ""
    ):
        page.keyboard.press("Tab")
    assert dot.evaluate("e => getComputedStyle(e).stroke") != before


def test_the_map_goes_closer_and_keeps_what_was_chosen(page: Page) -> None:
    page.goto("/places?claim=c1")
    page.get_by_role("link", name="Closer").click()
    assert "claim=c1" in page.url and "map=" in page.url


def test_a_search_is_narrowed_and_a_result_leads_to_its_words(page: Page) -> None:
    page.goto("/search?q=ferry")
    page.get_by_label("Look in").select_option("documents")
    page.locator(".filters").get_by_role("button", name="Search").click()
    assert "in=documents" in page.url
    page.locator(".excerpt a").first.click()
    assert page.locator("#here").inner_text().casefold() == "ferry"
    seen = page.locator("#here").evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )
    assert seen


def test_no_two_names_on_the_map_lie_on_each_other(page: Page) -> None:
    page.goto("/places")
    boxes: list[dict[str, float]] = page.evaluate(
        "() => [...document.querySelectorAll('.map text')].map(e => { const r = "
        "e.getBoundingClientRect(); return {l: r.left, r: r.right, t: r.top + 3, b: r.bottom - 3} })"
    )
    assert len(boxes) > 4
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one["r"] <= other["l"] or other["r"] <= one["l"]
            assert apart or one["b"] <= other["t"] or other["b"] <= one["t"]
