"""A person's decision on a statement, sent as a plain form and kept for good."""

from __future__ import annotations

from typing import get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from whence.dossier import Outdated
from whence.errors import NotFound, Usage
from whence.judgements import anchored
from whence.terms import Document, Stance, Verdict
from whence.web.cards import Card, cards
from whence.web.desk import at, form
from whence.web.pile import Pile


def statement(request: Request) -> HTMLResponse:
    """One statement with everything that was decided about it, and the forms to correct it."""
    desk = at(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        card = _card(pile, document, request.path_params["about"])
        people = pile.entities().values()
        seen = pile.last()
    return desk.page(
        "statement.html",
        document=document,
        card=card,
        seen=seen,
        people=sorted((e.name for e in people if e.kind != "place"), key=str.casefold),
    )


async def judge(request: Request) -> Response:
    """Keep the decision and go back to the statement; or show both, if someone was quicker."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        card = _card(pile, document, sent.get("about", ""))
        verdict, value = decision(sent)
        try:
            pile.dossier.judge(
                verdict,
                (anchored(card.found, document.text),),
                by=desk.by,
                value=value,
                why=sent.get("why"),
                seen=sent.get("seen", ""),
            )
        except Outdated:
            return desk.page(
                "both.html",
                status=409,
                document=document,
                card=card,
                seen=pile.last(),
                wanted=(verdict, value),
                why=sent.get("why"),
            )
    return RedirectResponse(f"/documents/{document.id}#{card.id}", status_code=303)


def _card(pile: Pile, document: Document, about: str) -> Card:
    found = pile.dossier.attributions(document.id, rejected=True)
    shown = cards(document, found, pile.entities(), pile.judgements())
    for card in shown:
        if card.id == about:
            return card
    raise NotFound("that statement is no longer in this document: it may have been read anew")


def decision(sent: dict[str, str]) -> tuple[Verdict, str | None]:
    """The verdict and its value, if the form makes sense."""
    match sent.get("verdict"), sent.get("value"):
        case ("accept" | "reject" | "not-a-statement") as simple, None:
            return simple, None
        case "stance-is", str(stance) if stance in get_args(Stance):
            return "stance-is", stance
        case "speaker-is", _ if sent.get("unsettled"):
            return "speaker-is", None
        case "speaker-is", str(name):
            return "speaker-is", name
        case "note", None if sent.get("why"):
            return "note", None
        case "undo", str(judgement):
            return "undo", judgement
    raise Usage("that decision is not complete: choose one, and fill in what it needs")
