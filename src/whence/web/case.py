"""The first page: what is in the pile, what was found in it, and what nobody has checked."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.web.claims import ranked, tree
from whence.web.desk import at
from whence.web.speakers import by_speaker


def case(request: Request) -> HTMLResponse:
    """The case at a glance."""
    desk = at(request)
    with desk.dossier() as pile:
        documents = list(pile.documents().values())
        said = [each for each in pile.attributions() if each.voice == "speaker"]
        return desk.page(
            "case.html",
            name=pile.dossier.name,
            run=pile.dossier.run(),
            documents=documents,
            outlets=Counter(each.outlet for each in documents),
            said=pile.said(),
            statements=said,
            unresolved=sum(each.speaker is None for each in said),
            speakers=by_speaker(pile),
            claims=ranked(pile),
            tree=tree(pile, set(pile.documents())),
            refused=pile.dossier.refused(),
            judged=sum(each.state == "standing" for each in pile.judgements()),
            orphaned=[each for each in pile.judgements() if each.state == "orphaned"],
        )
