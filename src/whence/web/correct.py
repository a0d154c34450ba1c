"""Corrections to a document: what is known of it, what it copied, and statements that were missed."""

from __future__ import annotations

from typing import get_args

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whence.errors import Usage
from whence.judgements import quoted
from whence.judgements.sense import FIELDS
from whence.terms import Anchor, Document, Stance, When
from whence.web.desk import at, form
from whence.web.judge import Decision, chosen, keep, people, placed
from whence.web.markup import clipped

NAMES = {
    "outlet": "Outlet",
    "title": "Title",
    "byline": "Written by",
    "translator": "Translated by",
    "published": "Published (2031-05-04, or 2031-05-04/2031-05-06)",
    "updated": "Updated",
    "language": "Language (en, fr …)",
    "address": "Address on the web",
}


def known(request: Request) -> HTMLResponse:
    """What is known of a document and who decided it, with a form to correct each part."""
    desk = at(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        made = [
            each
            for each in pile.judgements()
            if any(a.type == "document" and a.doc == document.id for a in each.about)
        ]
        others = [each for each in pile.documents().values() if each.id != document.id]
        return desk.page(
            "known.html",
            document=document,
            fields=[(name, NAMES[name], _value(document, name)) for name in FIELDS],
            made=made,
            fetched=pile.dossier.retrievals(document.id),
            parts=pile.originals(document.id).parts,
            others=others,
            lost=sorted({each.name for each in pile.exemplars().values()}, key=str.casefold),
            seen=pile.last(),
        )


def _value(document: Document, field: str) -> str:
    value = getattr(document, field)
    if isinstance(value, When):
        days = [day for day in (value.first, value.last) if day]
        return "/".join(dict.fromkeys(days))
    return str(value) if value is not None else ""


async def know(request: Request) -> Response:
    """Keep what a person knows of a document."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        about = (Anchor("document", document.id, (), ""),)
        back = f"/documents/{document.id}/about"
        field = sent.get("field")
        match sent.get("verdict"):
            case "metadata-is" if field in FIELDS:
                made = Decision("metadata-is", about, f"{field}={sent.get('value', '')}", back)
            case ("is-copy-of" | "not-copy-of") as verdict if sent.get("other"):
                other = pile.dossier.document(sent["other"])
                made = Decision(verdict, (*about, Anchor("document", other.id, (), "")), None, back)
            case "add-exemplar" if sent.get("value"):
                made = Decision("add-exemplar", about, sent["value"], back)
            case "note" if sent.get("why"):
                made = Decision("note", about, None, back)
            case "undo" if sent.get("value"):
                made = Decision("undo", about, sent["value"], back)
            case _:
                raise Usage("that decision is not complete: choose one, and fill in what it needs")
        return keep(desk, pile, made, (request.url.path, sent))


def missed(request: Request) -> HTMLResponse:
    """The form for a statement that the machine did not see, with the words already chosen."""
    desk = at(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        return desk.page(
            "missed.html",
            document=document,
            chosen=_chosen(document, request),
            people=people(pile),
            seen=pile.last(),
        )


def _chosen(document: Document, request: Request) -> str:
    span = chosen(document, request.query_params)
    return clipped(document.text, [span]) if span is not None else ""


async def add(request: Request) -> Response:
    """Keep a statement that the machine did not see."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        start = sent.get("start", "")
        near = int(start) if start.isascii() and start.isdigit() and len(start) < 12 else 0
        if not sent.get("content"):
            raise Usage("a statement needs the words that were said")
        content = placed(document, sent["content"], near)
        said: dict[str, object] = {"content": content}
        for part in ("source", "cue"):
            if sent.get(part):
                said[part] = placed(document, sent[part], content[0][0])
        if sent.get("stance") in get_args(Stance):
            said["stance"] = sent["stance"]
        if sent.get("speaker"):
            said["speaker"] = sent["speaker"]
        about = (Anchor("attribution", document.id, content, quoted(document.text, content)),)
        value = msgspec.json.encode(said).decode()
        back = f"/documents/{document.id}"
        made = Decision("add-statement", about, value, back)
        return keep(desk, pile, made, (request.url.path, sent))
