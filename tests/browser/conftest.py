"""A real browser, a workbench for it to look at, and a clear word when there is no browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import editing

from whence.dossier import Dossier

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None
)
MISSING = (
    "no Chromium on this machine (Debian: apt-get install chromium)"
    if CHROMIUM is None
    else "no Playwright in this environment (pip install playwright)"
    if find_spec("playwright") is None
    else None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb"]

FERRY = """Ferry sinks off Marrow Point 🚢

“No ship sank,” Ilse Orlo told the Courier on Monday. The Harbour Office denied that the ferry
had left port at all.

Orlo said that the captain, Zo\u0301e 👩🏽‍✈️ Dunmar, had said the engine was cold.

قالت إلسه أورلو: «لم تغرق أي سفينة».

The ministry promised that the pier would open on Friday. “We will see,” said Tomas Vell.

Share this article
Comments (1)
gannet42 says:
They are lying, all of them.
"""


def pytest_report_header() -> str:
    """One line that says whether the pages are looked at in a browser."""
    return f"browser tests: {'skipped, ' + MISSING if MISSING else f'run in {CHROMIUM}'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if MISSING and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of two invented documents."""
    pile = tmp_path_factory.mktemp("pile")
    (pile / "ferry.txt").write_text(FERRY, encoding="utf-8", newline="")
    (pile / "crossing.txt").write_bytes(FERRY.replace("\n", "\r\n").encode())
    path = tmp_path_factory.mktemp("case") / "marrow.whence"
    with Dossier.open(path, create=True) as opened:
        opened.add([pile])
        opened.analyse()
    return path


@pytest.fixture
def case(read_once: Path, tmp_path: Path) -> Path:
    """A copy of the dossier, for one test to change."""
    return Path(shutil.copy(read_once, tmp_path))


@contextmanager
def serving(case: Path) -> Iterator[str]:
    """The address of the workbench while it is being served."""
    with editing.serving(case) as place:
        yield f"http://{place}"


@pytest.fixture
def workbench(case: Path) -> Iterator[str]:
    with serving(case) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, workbench: str) -> Iterator[Page]:
    """A page that fails the test if anything is blocked, asked of a stranger, or broken."""
    context = chromium.new_context(base_url=workbench, reduced_motion="reduce")
    context.set_default_timeout(60_000)  # a machine that is busy with other things is slow
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda said: wrong.append(str(said)))
    opened.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(workbench) else None)
    opened.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status > 409 else None)
    yield opened
    context.close()
    # A page that answers “not found” or “two decisions” is told in the console too: those are meant.
    assert [each for each in wrong if "404 (Not Found)" not in each and "409" not in each] == []
