"""Every decision that people made, whose and when; and each of them taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whence.errors import NotFound
from whence.terms import Document, Judgement
from whence.web.desk import Part, at, form
from whence.web.judge import Decision, back_to, keep
from whence.web.pile import Pile


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision, and the documents that it is about."""

    made: Judgement
    documents: tuple[Document, ...]

    @property
    def words(self) -> str:
        """The words that it is about, cut short."""
        quote = " — ".join(each.quote for each in self.made.about if each.quote)
        return quote if len(quote) < 240 else quote[:239].rstrip() + "…"


def decisions(request: Request) -> HTMLResponse:
    """The log of decisions, the latest first, each with a button to take it back."""
    desk = at(request)
    with desk.dossier() as pile:
        made = list(reversed(pile.judgements()))
        part = Part.asked(request, len(made))
        entries = entered(pile, part.of(made))
        return desk.page("decisions.html", entries=entries, part=part, seen=pile.last())


def entered(pile: Pile, made: Sequence[Judgement]) -> list[Entry]:
    """Decisions with the documents that they are about."""
    held = pile.documents()
    return [
        Entry(
            each,
            tuple(held[d] for d in dict.fromkeys(a.doc for a in each.about) if d in held),
        )
        for each in made
    ]


async def undo(request: Request) -> Response:
    """Take a decision back; what stood before it stands again."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        wanted = request.path_params["id"]
        taken = next((each for each in pile.judgements() if each.id == wanted), None)
        if taken is None:
            raise NotFound(f"there is no decision {wanted} to take back")
        made = Decision("undo", taken.about, wanted, back_to(sent, "/decisions"))
        return keep(desk, pile, made, (request.url.path, sent))
