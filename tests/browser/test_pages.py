"""The workbench used as a person uses it: read, click, press keys, decide."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from whence.dossier import Dossier
from whence.terms import (
    Attribution,
    Claim,
    Conflict,
    Document,
    Edge,
    Exemplar,
    Origin,
    Origins,
    Span,
    Telling,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VENDOR = Path(__file__).parent / "vendor"
CLAIM = "c1"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def documents(case: Path) -> list[Document]:
    with Dossier.open(case) as opened:
        return opened.documents()


def spoken(case: Path) -> tuple[Document, Attribution]:
    with Dossier.open(case) as opened:
        document = opened.documents()[0]
        found = opened.attributions(document.id)
    return document, next(each for each in found if each.voice == "speaker")


def addresses(case: Path) -> list[str]:
    """One of each page."""
    document, found = spoken(case)
    return [
        "/", "/documents", f"/documents/{document.id}", f"/documents/{document.id}#{found.id}",
        f"/documents/{document.id}/statements/{found.id}", "/speakers", "/speakers/unresolved",
        f"/speakers/{found.speaker}", "/search?q=ferry", "/review", "/places", "/claims", f"/claims/{CLAIM}",
        f"/documents/{document.id}/about", f"/documents/{document.id}/add", "/decisions",
        f"/documents/{document.id}/statements/{found.id}/claim",
        f"/documents/{document.id}/place?start=0&end=5", "/nosuch",
    ]  # fmt: skip


def test_every_page_has_all_that_it_asks_for(page: Page, case: Path) -> None:
    missing: list[str] = []
    page.on("response", lambda r: missing.append(r.url) if r.status == 404 else None)
    for address in addresses(case)[:-1]:
        page.goto(address)
    assert missing == []


@pytest.fixture(autouse=True)
def claimed(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim with a conflict and a family tree, whatever the machine makes of the story."""
    with Dossier.open(case) as opened:
        documents = opened.documents()
        told = [each for each in opened.attributions() if each.voice == "speaker"]
    first, second = told[0], told[1]
    claim = Claim(
        CLAIM,
        "A ferry sank off Marrow Point.",
        (Telling(first.id, (), "denies"), Telling(second.id, (), "asserts")),
        origins=Origins(1, None, (Origin("Ilse Orlo", "statement", (first.id,)),), "One spoke."),
    )
    clash = Conflict(
        "k1", 1, "denial",
        Span(first.doc, *first.content[0]), Span(second.doc, *second.content[0]),
        "One denies what the other says.", (CLAIM,),
    )  # fmt: skip
    lost = Exemplar("x1", "Notice of the harbour")
    edges = [
        Edge("e1", "x1", documents[0].id, "quotes", False, "Both quote the notice."),
        Edge("e2", documents[0].id, documents[1].id, "copies", True, "Line by line."),
    ]
    monkeypatch.setattr(Dossier, "claims", lambda _: [claim])
    monkeypatch.setattr(Dossier, "conflicts", lambda _: [clash])
    monkeypatch.setattr(Dossier, "exemplars", lambda _: [lost])
    monkeypatch.setattr(Dossier, "edges", lambda _: edges)


def words_on(page: Page) -> str:
    """The document's words as the browser holds them."""
    said: str = page.evaluate(
        "() => [...document.querySelectorAll('.document .words')].map(e => e.textContent).join('')"
    )
    return said


def test_the_browser_holds_exactly_the_words_of_each_document(page: Page, case: Path) -> None:
    for document in documents(case):
        page.goto(f"/documents/{document.id}")
        assert words_on(page) == document.text


def test_the_marks_stand_on_the_words_they_are_about(page: Page, case: Path) -> None:
    with Dossier.open(case) as opened:
        for document in opened.documents():
            page.goto(f"/documents/{document.id}")
            for found in opened.attributions(document.id):
                marked: str = page.evaluate(
                    "id => [...document.querySelectorAll(`.content[data-of='${id}']`)]"
                    ".map(e => e.textContent).join('')",
                    found.id,
                )
                assert marked == "".join(document.text[a:b] for a, b in found.content)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page: Page, case: Path, scheme: Any) -> None:
    axe = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
    page.emulate_media(color_scheme=scheme)
    for address in addresses(case):
        page.goto(address)
        for note in page.query_selector_all("details.help"):
            note.evaluate("e => { e.open = true }")
        page.evaluate(axe)
        found: dict[str, Any] = page.evaluate(
            "tags => axe.run(document, {runOnly: tags})", STANDARDS
        )
        wrong = [
            (each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]
        ]
        assert (address, wrong) == (address, [])


def test_axe_is_the_one_whose_checksum_is_kept() -> None:
    kept = (VENDOR / "axe.sha256").read_text(encoding="utf-8").split()[0]
    assert hashlib.sha256((VENDOR / "axe.min.js").read_bytes()).hexdigest() == kept


def test_choosing_the_small_word_opens_the_card(page: Page, case: Path) -> None:
    document, found = spoken(case)
    page.goto(f"/documents/{document.id}")
    card = page.locator(f"[id='{found.id}']")
    assert not card.is_visible()
    page.locator(f"#words-{found.id} > a.label").click()
    assert card.is_visible()
    assert "Machine reading, unchecked" in card.inner_text()
    assert page.url.endswith(f"#{found.id}")


def test_the_keys_go_from_statement_to_statement_and_back(page: Page, case: Path) -> None:
    document, _ = spoken(case)
    page.goto(f"/documents/{document.id}")
    page.keyboard.press("n")
    first = page.url.partition("#")[2]
    page.keyboard.press("j")
    page.wait_for_url(lambda address: not address.endswith(first))
    second = page.url.partition("#")[2]
    assert first and second and first != second
    assert page.locator("details.note[open]").count() == 1
    page.keyboard.press("p")
    page.wait_for_url(f"**#{first}")  # the address follows a moment after the key
    page.keyboard.press("Escape")
    assert page.locator("details.note[open]").count() == 0


def test_the_keys_can_be_turned_off(page: Page, case: Path) -> None:
    document, _ = spoken(case)
    page.goto(f"/documents/{document.id}")
    page.get_by_text("How to read the marks").click()
    page.locator("#keys").uncheck()
    page.reload()
    page.keyboard.press("n")
    assert page.locator("details.note[open]").count() == 0


def test_a_statement_is_accepted_and_the_decision_taken_back_by_key(page: Page, case: Path) -> None:
    document, found = spoken(case)
    page.goto(f"/documents/{document.id}#{found.id}")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert "Accepted by" in page.locator(f"[id='{found.id}']").inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert "Machine reading, unchecked" in page.locator(f"[id='{found.id}']").inner_text()


def test_everything_works_without_javascript(chromium: Browser, workbench: str, case: Path) -> None:
    document, found = spoken(case)
    context = chromium.new_context(base_url=workbench, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/documents/{document.id}")
    page.locator(f"#words-{found.id} > a.label").click()
    card = page.locator(f"[id='{found.id}']")
    assert card.is_visible()
    card.get_by_role("button", name="Accept").click()
    assert "Accepted by" in page.locator(f"[id='{found.id}']").inner_text()
    page.get_by_role("link", name="Correct it").first.click()
    page.get_by_label("Who said it").fill("Ada Brine")
    named = page.locator("form", has=page.get_by_label("Who said it"))
    named.get_by_role("button", name="Set", exact=True).click()
    with Dossier.open(case) as opened:
        assert "Ada Brine" in {each.name for each in opened.entities().values()}
    context.close()


def test_two_windows_see_each_other_s_decision(page: Page, case: Path) -> None:
    document, found = spoken(case)
    here = f"/documents/{document.id}/statements/{found.id}"
    page.goto(here)
    other = page.context.new_page()
    other.goto(here)
    other.get_by_role("button", name="Accept").click()
    page.get_by_role("button", name="Reject").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Someone decided")
    page.get_by_role("button", name="Keep mine").click()
    with Dossier.open(case) as opened:
        assert [(e.verdict, e.state) for e in opened.judgements()] == [
            ("accept", "superseded"),
            ("reject", "standing"),
        ]


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_is_wider_than_its_window(page: Page, case: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in addresses(case):
        page.goto(address)
        too_wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
        assert (address, too_wide) == (address, False)


def test_the_keyboard_alone_reaches_the_words_past_the_menu(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_words_that_were_missed_are_selected_and_added_by_key(page: Page, case: Path) -> None:
    document = documents(case)[0]
    page.goto(f"/documents/{document.id}")
    chosen = page.evaluate(
        """words => {
            for (const each of document.querySelectorAll('.document .words')) {
                const walk = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
                for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                    const at = node.data.indexOf(words);
                    if (at < 0) continue;
                    getSelection().setBaseAndExtent(node, at, node, at + words.length);
                    return getSelection().toString();
                }
            }
        }""",
        "They are lying",
    )
    assert chosen == "They are lying"
    with page.expect_navigation():
        page.keyboard.press("s")
    assert page.get_by_label("What was said").input_value() == "They are lying"
    page.get_by_label("Who said it").fill("gannet42")
    page.get_by_role("button", name="Add it").click()
    with Dossier.open(case) as opened:
        (judgement,) = opened.judgements()
    assert judgement.about[0].quote == "They are lying"
    assert judgement.state == "standing"


def test_the_queue_is_worked_by_key(page: Page) -> None:
    page.goto("/review")
    waiting = page.locator(".doubt").count()
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert page.locator(".doubt").count() == waiting - 1
