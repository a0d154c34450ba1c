"""What leaves the workbench: a report that stands by itself, and tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.resources import files

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from whence.errors import NotFound
from whence.terms import Claim, Document
from whence.web import words
from whence.web.cards import Card
from whence.web.claims import View, origins_in_words, published, ranked, tree, view
from whence.web.desk import at
from whence.web.paper import printed
from whence.web.parts import where as stood
from whence.web.pile import Pile
from whence.web.speakers import told

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings that make a spreadsheet run a cell instead of showing it."""


def case_report(request: Request) -> Response:
    """The whole case as one page that needs nothing else: claims, or statements where none are."""
    return _report(request, None)


def claim_report(request: Request) -> Response:
    """One claim as a page that needs nothing else."""
    return _report(request, request.path_params["id"])


def _report(request: Request, wanted: str | None) -> Response:
    desk = at(request)
    with desk.dossier() as pile:
        claims, left_out = _claims(pile, wanted)
        views = [view(pile, each, linked=False) for each in claims]
        spoken = [each for each in pile.attributions() if each.voice == "speaker"]
        said = told(pile, spoken) if wanted is None and not views else []
        cards = _cards(views, said)
        documents = _documents(pile, views, said, everything=wanted is None)
        page = desk.page(
            "report.html",
            standalone=True,
            hide=request.query_params.get("commenters") != "named",
            title=claims[0].gloss if wanted is not None else pile.dossier.name,
            made=datetime.now(UTC).isoformat(),
            css=Markup((files("whence") / "pages/static/whence.css").read_text("utf-8")),
            views=views,
            left_out=left_out,
            said=said,
            tree=tree(pile, set(pile.documents()), linked=False) if wanted is None else None,
            documents=documents,
            total=len(cards),
            unchecked=sum(card.decided is None for card in cards.values()),
        )
    kind = "html"
    answer: Response = page
    if request.query_params.get("as") == "pdf":
        answer, kind = Response(printed(bytes(page.body)), media_type="application/pdf"), "pdf"
    answer.headers["content-disposition"] = f'attachment; filename="{_name(wanted)}.{kind}"'
    return answer


MOST = 120
"""Claims in the report of a case: as many as a person may read, those to see first."""


def _claims(pile: Pile, wanted: str | None) -> tuple[list[Claim], int]:
    """The claims to report, and how many more there are."""
    if wanted is None:
        every = [line.claim for line in ranked(pile)]
        return every[:MOST], max(0, len(every) - MOST)
    if wanted not in pile.claims():
        raise NotFound("that claim is no longer in this dossier: it may have been read anew")
    return [pile.claims()[wanted]], 0


def _cards(views: Iterable[View], said: Iterable[tuple[Document, list[Card]]]) -> dict[str, Card]:
    shown = {one.card.id: one.card for each in views for _, side in each.sides for one in side}
    return shown | {card.id: card for _, these in said for card in these}


def _documents(
    pile: Pile,
    views: Sequence[View],
    said: Sequence[tuple[Document, list[Card]]],
    *,
    everything: bool,
) -> list[Document]:
    if everything:
        return list(pile.documents().values())
    used = {each.id for one in views for each in one.documents.values()}
    used |= {side.document.id for one in views for c in one.conflicts for side in (c.left, c.right)}
    used |= {document.id for document, _ in said}
    return [each for each in pile.documents().values() if each.id in used]


def _name(wanted: str | None) -> str:
    return "report" if wanted is None else "claim-" + "".join(c for c in wanted if c.isalnum())


# ---------------------------------------------------------------- tables


def statements_table(request: Request) -> Response:
    """Every statement as a row for a spreadsheet."""
    hide = request.query_params.get("commenters") != "named"
    with at(request).dossier() as pile:
        found = told(pile, pile.attributions())
        rows = [
            (
                document.outlet,
                document.title or document.name,
                published(document),
                "a commenter" if hide and card.found.voice == "commenter" else card.who,
                words.STANCE[card.found.stance],
                card.said,
                card.source,
                card.cue,
                words.FORM[card.found.form],
                words.VOICE[card.found.voice],
                card.checked,
                f"{card.found.confidence:.2f}",
                stood(pile.originals(document.id), card.found.content),
                document.address,
                document.bytes_sha256,
                card.id,
            )
            for document, these in found
            for card in these
        ]
    return _table("statements", STATEMENT, rows)


STATEMENT = (
    "outlet", "document", "published", "who said it", "what they do", "words", "named as",
    "shown by", "how", "whose claim", "checked", "confidence", "page or part", "address", "sha256", "id",
)  # fmt: skip
CLAIM = ("claim", "outlets", "origins in this pile", "why", "denied", "conflicts", "id")


def claims_table(request: Request) -> Response:
    """Every claim as a row for a spreadsheet."""
    with at(request).dossier() as pile:
        rows = [
            (
                line.claim.gloss,
                str(line.outlets),
                origins_in_words(line.claim.origins),
                line.claim.origins.why if line.claim.origins else None,
                str(line.denied),
                "; ".join(words.CONFLICT[each.kind] for each in line.conflicts),
                line.claim.id,
            )
            for line in ranked(pile)
        ]
    return _table("claims", CLAIM, rows)


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> Response:
    return Response(
        table(head, rows).encode("utf-8-sig"),  # the mark tells spreadsheets that it is UTF-8
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str | None]]) -> str:
    """Rows as CSV in which no cell is ever run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: str | None) -> str:
    """The cell as words: an apostrophe before what a spreadsheet would take for a formula."""
    if cell is None:
        return ""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
