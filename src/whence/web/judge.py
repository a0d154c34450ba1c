"""A person's decision on a statement, sent as a plain form and kept for good."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from whence.dossier import Outdated
from whence.errors import NotFound, Usage
from whence.judgements import anchored, since
from whence.judgements.sense import statement as read_statement
from whence.terms import Anchor, Attribution, Document, Extent, Extents, Stance, Verdict
from whence.web.cards import Card, cards
from whence.web.desk import Desk, at, form
from whence.web.parts import where
from whence.web.pile import Pile


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, before it is kept: the verdict, what it is about, what it says."""

    verdict: Verdict
    about: tuple[Anchor, ...]
    value: str | None
    back: str
    """The address to go to once it is kept."""


def statement(request: Request) -> HTMLResponse:
    """One statement with everything that was decided about it, and the forms to correct it."""
    desk = at(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        card, _ = _found(pile, document, request.path_params["about"])
        return desk.page(
            "statement.html",
            document=document,
            card=card,
            seen=pile.last(),
            people=people(pile),
            stood=where(pile.originals(document.id), card.found.content),
        )


def people(pile: Pile) -> list[str]:
    """The names that a form offers for who said something."""
    found = {each.name for each in pile.entities().values() if each.kind != "place"}
    return sorted(found, key=str.casefold)


async def judge(request: Request) -> Response:
    """Keep the decision and go back to the statement; or show both, if someone was quicker."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        document = pile.dossier.document(request.path_params["id"])
        card, others = _found(pile, document, sent.get("about", ""))
        verdict, value = decision(sent, card, document)
        about = (anchored(card.found, document.text, others),)
        back = back_to(sent, f"/documents/{document.id}#{card.id}")
        return keep(desk, pile, Decision(verdict, about, value, back), (request.url.path, sent))


LOCAL = re.compile(
    r"/(?:(?:documents|claims|speakers|places|review|decisions)(?:/[\w./-]*)?)?(?:\?[\w=&%+-]*)?(?:#[\w-]+)?"
)
"""Where a form may ask to be led back to: a page of ours and nothing else."""


def back_to(sent: Mapping[str, str], otherwise: str) -> str:
    """The page that the form asks to go back to, if it is one of ours."""
    wanted = sent.get("back", "")
    return wanted if LOCAL.fullmatch(wanted) else otherwise


def chosen(document: Document, sent: Mapping[str, str]) -> Extent | None:
    """The words that an address or a form points at by “start” and “end”, in code points."""
    asked = [sent.get(name, "") for name in ("start", "end")]
    if not all(each.isascii() and each.isdigit() and len(each) < 12 for each in asked):
        return None
    start, end = int(asked[0]), int(asked[1])
    return (start, end) if start < end <= len(document.text) else None


def keep(desk: Desk, pile: Pile, made: Decision, came: tuple[str, dict[str, str]]) -> Response:
    """Write the decision down and go back; if another came in between, show both instead."""
    action, sent = came
    seen = sent.get("seen", "")
    try:
        pile.dossier.judge(
            made.verdict, made.about, by=desk.by, value=made.value, why=sent.get("why"), seen=seen,
            compare=False,
        )  # fmt: skip
    except Outdated:
        pile.settle()
        log = pile.judgements()
        return desk.page(
            "both.html",
            status=409,
            already=since(log, made.about, seen),
            wanted=made,
            why=sent.get("why"),
            action=action,
            fields={**sent, "seen": pile.last()},
        )
    pile.settle()
    if pile.waiting():
        desk.working.soon()
    return RedirectResponse(made.back, status_code=303)


def _found(pile: Pile, document: Document, about: str) -> tuple[Card, list[Attribution]]:
    found = pile.dossier.attributions(document.id, rejected=True)
    for card in cards(document, found, pile.entities(), pile.judgements()):
        if card.id == about:
            return card, found
    raise NotFound("that statement is no longer in this document: it may have been read anew")


def decision(sent: dict[str, str], card: Card, document: Document) -> tuple[Verdict, str | None]:
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
        case "span-is", None:
            spans = _drawn(sent["spans"], document) if sent.get("spans") else None
            return "span-is", spans or _spans(sent, card, document)
        case "note", None if sent.get("why"):
            return "note", None
        case "undo", str(judgement):
            return "undo", judgement
    raise Usage("that decision is not complete: choose one, and fill in what it needs")


def _drawn(drawn: str, document: Document) -> str:
    """The corrected words as they were drawn in the reader: spans in code points."""
    said = read_statement(drawn, "span-is")
    every = [each for part in (said.source, said.cue, said.content) for each in part or ()]
    if not said.content or any(end > len(document.text) for _, end in every):
        raise Usage("a statement needs the words that were said, within the document")
    return msgspec.json.encode(
        {"source": said.source or (), "cue": said.cue or (), "content": said.content}
    ).decode()


def _spans(sent: dict[str, str], card: Card, document: Document) -> str:
    """The corrected words as spans: each part where the text has it nearest to where it was."""
    near = card.found.content[0][0]
    said: dict[str, Extents] = {}
    for part in ("source", "cue", "content"):
        words = sent.get(part)
        said[part] = placed(document, words, near) if words else ()
    if not said["content"]:
        raise Usage("a statement needs the words that were said")
    return msgspec.json.encode(said).decode()


def placed(document: Document, words: str, near: int = 0) -> Extents:
    """Where the words stand, nearest to a place; “ … ” divides words in pieces."""
    spans = []
    for piece in words.replace("\r\n", "\n").split(" … "):
        starts = list(standing(document.text, piece))
        if not starts:
            raise Usage(f"“{piece[:80]}” does not stand in this document, letter for letter")
        spans.append(min(starts, key=lambda span: abs(span[0] - near)))
    return tuple(sorted(spans))


def standing(text: str, words: str) -> list[tuple[int, int]]:
    """Every place where these words stand; how lines are broken does not matter."""
    plain = text.replace("\r\n", "\n")
    if plain != text:  # a form sends line ends in its own way: compare on a copy, and map back
        where = [i for i, sign in enumerate(text) if not text.startswith("\r\n", i)]
    found, start = [], plain.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if plain == text:
            found.append((start, end))
        else:
            found.append((where[start], where[end - 1] + 1))
        start = plain.find(words, start + 1)
    return found
