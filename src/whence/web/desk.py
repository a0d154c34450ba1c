"""Where a page gets what it shows: one dossier, opened for the length of one request."""

from __future__ import annotations

import getpass
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qsl

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence import __version__
from whence.dossier import Dossier
from whence.errors import Usage
from whence.web import words

LONGEST_FORM = 64 * 1024
Page = Callable[[Request], Awaitable[HTMLResponse]]


@dataclass(frozen=True, slots=True)
class Desk:
    """The dossier that is open, who sits at it, and the templates its pages are made with."""

    path: Path
    by: str
    templates: jinja2.Environment

    @contextmanager
    def dossier(self) -> Iterator[Dossier]:
        """The dossier, fresh from its file: what another program wrote meanwhile is there."""
        with Dossier.open(self.path) as opened:
            yield opened

    def page(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A page made of a template and values; everything in the values is escaped."""
        made = self.templates.get_template(template).render(case=self.path.stem, **values)
        return HTMLResponse(made, status_code=status)


def desk(path: Path) -> Desk:
    """A desk for this dossier, with the person who is logged in at this machine sitting at it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(files("whence") / "pages")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, version=__version__)
    environment.filters.update(dated=words.dated)
    return Desk(path, _whoever(), environment)


def _whoever() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "someone at this machine"


def at(request: Request) -> Desk:
    """The desk that this request came to."""
    found = request.app.state.desk
    assert isinstance(found, Desk)
    return found


async def form(request: Request) -> dict[str, str]:
    """The fields of a posted form; a field that is blank is left out."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise Usage("that form is longer than any of ours")
    try:
        fields = parse_qsl(body.decode(), strict_parsing=False)
    except UnicodeDecodeError as cause:
        raise Usage("that form is not written in UTF-8") from cause
    return {name: value.strip() for name, value in fields if value.strip()}
