"""Search over the words of every document, and over who said what."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.web.desk import at


def search(request: Request) -> HTMLResponse:
    """The places where these words stand, each with a link."""
    desk = at(request)
    asked = request.query_params.get("q", "").strip()[:400]
    with desk.dossier() as pile:
        found = pile.dossier.search(asked) if asked else []
        documents = pile.documents()
    return desk.page("search.html", asked=asked, found=found, documents=documents)
