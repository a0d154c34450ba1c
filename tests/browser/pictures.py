"""Pictures of every page of a dossier: python -m tests.browser.pictures CASE FOLDER."""

from __future__ import annotations

import base64
import shutil
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS, serving

from whence.dossier import Dossier
from whence.judgements import anchored
from whence.terms import Attribution, Verdict


def addresses(case: Path) -> dict[str, str]:
    """One of each page, the fullest of its kind."""
    with Dossier.open(case) as dossier:
        found = [each for each in dossier.attributions() if each.voice == "speaker"]
        denied = next((e for e in found if e.stance == "denies" and e.speaker), found[0])
        claims = sorted(dossier.claims(), key=lambda each: -len(each.tellings))
        passages = sorted(dossier.passages(), key=lambda each: each.identity)
        places = (e for e in dossier.mentions() if e.entity in dossier.entities())
        place = next((e for e in places if e.kind == "place"), None)
    document = f"/documents/{denied.doc}"
    pages = {
        "case": "/",
        "documents": "/documents",
        "reader": f"{document}#{denied.id}",
        "statement": f"{document}/statements/{denied.id}",
        "which-claim": f"{document}/statements/{denied.id}/claim",
        "known": f"{document}/about",
        "missed": f"{document}/add",
        "speakers": "/speakers",
        "speaker": f"/speakers/{denied.speaker}" if denied.speaker else "/speakers",
        "unresolved": "/speakers/unresolved",
        "places": "/places",
        "review": "/review",
        "decisions": "/decisions",
        "search": "/search?q=gates",
        "report": "/report",
        "not-found": "/nowhere",
    }
    if claims:
        pages |= {"claims": "/claims", "claim": f"/claims/{claims[0].id}"}
        pages["claim-report"] = f"/claims/{claims[0].id}/report"
    if passages:
        pages["passage"] = f"/passages/{passages[0].id}"
    if place is not None:
        pages["which-place"] = f"/documents/{place.doc}/place?start={place.start}&end={place.end}"
    return pages


def decided(case: Path) -> None:
    """A few decisions, so that the pages show what a person’s look like."""
    with Dossier.open(case) as dossier:
        found = [each for each in dossier.attributions() if each.voice == "speaker"]
        texts = {each.id: each.text for each in dossier.documents()}
        chosen: list[tuple[Attribution, Verdict]] = [
            (found[0], "accept"), (found[1], "accept"), (found[2], "not-a-statement"),
            (next(each for each in found if each.stance == "denies"), "accept"),
        ]  # fmt: skip
        for each, verdict in chosen:
            others = dossier.attributions(each.doc)
            dossier.judge(
                verdict, [anchored(each, texts[each.doc], others)], by="Mirn", compare=False
            )
        dossier.analyse()


def take(case: Path, folder: Path) -> None:
    """Each page in light and in dark, at the size of a laptop's window; a copy is looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    with tempfile.TemporaryDirectory() as room:
        copy = Path(shutil.copy(case, Path(room) / case.name))
        decided(copy)
        with serving(copy) as workbench, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            blank = browser.new_page()
            for scheme in schemes:
                page = browser.new_page(
                    base_url=workbench,
                    viewport={"width": 1120, "height": 760},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                for name, address in addresses(copy).items():
                    shown(page, address)
                    taken = smaller(blank, page.screenshot())
                    (folder / f"{name}-{scheme}.png").write_bytes(taken)
            browser.close()


FEWER = """async given => {
    const bytes = Uint8Array.from(atob(given), each => each.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(picture, 0, 0);
    const dots = pen.getImageData(0, 0, picture.width, picture.height).data;
    const colour = at => (dots[at] & 248) << 16 | (dots[at + 1] & 248) << 8 | (dots[at + 2] & 248);
    const often = new Map();
    for (let at = 0; at < dots.length; at += 4) {
        const known = often.get(colour(at)) ?? [0, dots[at], dots[at + 1], dots[at + 2]];
        known[0]++;
        often.set(colour(at), known);
    }
    const kept = [...often.values()].sort((a, b) => b[0] - a[0]).slice(0, 160);
    const far = (one, other) => [1, 2, 3].reduce((sum, n) => sum + (one[n] - other[n]) ** 2, 0);
    const index = new Map([...often].map(([key, one]) => [
        key, kept.reduce((best, each, n) => far(one, each) < far(one, kept[best]) ? n : best, 0)]));
    const out = [];
    for (let at = 0; at < dots.length; at += 4) out.push(index.get(colour(at)));
    return [picture.width, kept.flatMap(each => each.slice(1)), out];
}"""


def smaller(blank: Page, picture: bytes) -> bytes:
    """The same picture in its most frequent colours, which takes half of the room."""
    width, palette, dots = blank.evaluate(FEWER, base64.b64encode(picture).decode())
    rows = b"".join(
        b"\0" + bytes(dots[start : start + width]) for start in range(0, len(dots), width)
    )
    head = struct.pack(">IIBBBBB", width, len(dots) // width, 8, 3, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"PLTE", bytes(palette)), (b"IDAT", zlib.compress(rows, 9)),
              (b"IEND", b"")]  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def shown(page: Page, address: str) -> None:
    """Open a page; a report, which comes as a file, is put into an empty one."""
    if address.endswith("/report"):
        report = page.request.get(address).text()
        page.goto("about:blank")
        page.set_content(report)
    else:
        page.goto(address)


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
