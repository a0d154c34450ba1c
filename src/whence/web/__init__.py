"""The workbench: pages on this machine alone, made of what a dossier holds."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from whence.dossier import Outdated
from whence.errors import CannotWrite, NotFound, Usage, WhenceError
from whence.web.case import case
from whence.web.claiming import choose, claim, decide
from whence.web.claims import claims
from whence.web.correct import add, know, known, missed
from whence.web.decisions import decisions, undo
from whence.web.desk import at, desk
from whence.web.documents import document, documents, original
from whence.web.entities import join
from whence.web.guard import Guard
from whence.web.judge import judge, statement
from whence.web.naming import name, where
from whence.web.paper import NoPrinter
from whence.web.passages import passage
from whence.web.places import places
from whence.web.report import case_report, claim_report, claims_table, statements_table
from whence.web.review import review
from whence.web.search import search
from whence.web.speakers import speaker, speakers, unresolved

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8420
STATUS: tuple[tuple[type[WhenceError], int], ...] = (
    (NotFound, 404),
    (Usage, 400),
    (Outdated, 409),
    (CannotWrite, 507),
    (NoPrinter, 501),
)


def app(dossier_path: Path, *, compare: bool = True) -> Starlette:
    """The workbench of one dossier, as an application that any ASGI server can run.

    With `compare`, another process works decisions into the findings a moment after they are made.
    """
    sitting = desk(dossier_path, compare)

    @asynccontextmanager
    async def open_hours(_: Starlette) -> AsyncIterator[None]:
        yield
        sitting.close()

    static = StaticFiles(directory=str(files("whence") / "pages" / "static"))
    made = Starlette(
        routes=[
            Route("/", case),
            Route("/documents", documents),
            Route("/documents/{id}", document),
            Route("/documents/{id}/original", original),
            Route("/documents/{id}/statements/{about}", statement),
            Route("/documents/{id}/statements/{about}/claim", choose),
            Route("/documents/{id}/statements/{about}/claim", decide, methods=["POST"]),
            Route("/documents/{id}/judge", judge, methods=["POST"]),
            Route("/documents/{id}/place", where),
            Route("/documents/{id}/place", name, methods=["POST"]),
            Route("/decisions", decisions),
            Route("/decisions/{id}/undo", undo, methods=["POST"]),
            Route("/documents/{id}/about", known),
            Route("/documents/{id}/about", know, methods=["POST"]),
            Route("/documents/{id}/add", missed),
            Route("/documents/{id}/add", add, methods=["POST"]),
            Route("/review", review),
            Route("/places", places),
            Route("/claims", claims),
            Route("/claims/{id}", claim),
            Route("/claims/{id}/report", claim_report),
            Route("/report", case_report),
            Route("/statements.csv", statements_table),
            Route("/claims.csv", claims_table),
            Route("/speakers", speakers),
            Route("/speakers/unresolved", unresolved),
            Route("/speakers/{id}", speaker),
            Route("/speakers/{id}/judge", join, methods=["POST"]),
            Route("/passages/{id}", passage),
            Route("/search", search),
            Mount("/static", static),
        ],
        middleware=[Middleware(Guard)],
        lifespan=open_hours,
        exception_handlers={404: missing, WhenceError: wrong},
    )
    made.state.desk = sitting
    return made


def missing(request: Request, cause: Exception) -> Response:
    """The page for an address that leads nowhere."""
    return _problem(request, "There is no such page in this workbench.", 404)


def wrong(request: Request, cause: Exception) -> Response:
    """The page for what went wrong, in the words of the error."""
    status = next((code for kind, code in STATUS if isinstance(cause, kind)), 500)
    return _problem(request, str(cause), status, getattr(cause, "hint", None))


def _problem(request: Request, what: str, status: int, hint: str | None = None) -> HTMLResponse:
    return at(request).page("problem.html", status=status, what=what, hint=hint)


def serve(dossier_path: Path, port: int | None = None, browser: bool = True) -> None:
    """Serve the workbench to this machine's own browser until it is interrupted."""
    taken = listen(port)
    address = f"http://{LOOPBACK}:{taken.getsockname()[1]}/"
    print(f"The workbench is at {address} (Ctrl-C ends it)", flush=True)
    if browser:
        webbrowser.open(address)
    made = app(dossier_path)
    Thread(target=made.state.desk.ready, daemon=True).start()
    quiet = uvicorn.Config(made, log_level="warning", server_header=False)
    uvicorn.Server(quiet).run(sockets=[taken])


def listen(port: int | None) -> socket.socket:
    """A socket on this machine's loopback alone; without a port, the first that is free."""
    wanted = [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + 20), 0]
    for each in wanted:
        # Named as TCP, for otherwise the loop does not send at once what is short (40 ms a page).
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, each))
        except OSError:
            listening.close()
            continue
        listening.listen(128)
        return listening
    raise Usage(f"port {port} is taken; choose another with --port, or leave it out")
