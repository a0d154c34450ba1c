"""The first page: what is in the pile, what was found in it, and what nobody has checked."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.web.desk import at
from whence.web.speakers import by_speaker


def case(request: Request) -> HTMLResponse:
    """The case at a glance."""
    desk = at(request)
    with desk.dossier() as dossier:
        documents = dossier.documents()
        found = dossier.attributions()
        entities = dossier.entities()
        claims = dossier.claims()
        refused = dossier.refused()
        judgements = dossier.judgements()
        run = dossier.run()
        name = dossier.name
    said = [each for each in found if each.voice == "speaker"]
    return desk.page(
        "case.html",
        name=name,
        run=run,
        documents=documents,
        outlets=Counter(each.outlet or "Outlet not known" for each in documents),
        said=Counter(each.doc for each in found),
        statements=said,
        unresolved=sum(each.speaker is None for each in said),
        speakers=by_speaker(found, entities),
        claims=claims,
        refused=refused,
        judged=sum(each.state == "standing" for each in judgements),
        orphaned=[each for each in judgements if each.state == "orphaned"],
    )
