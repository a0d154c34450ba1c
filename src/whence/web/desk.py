"""Where a page gets what it shows: one dossier, which one request at a time may ask."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from threading import RLock
from typing import TypeVar
from urllib.parse import parse_qsl

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence import __version__
from whence.dossier import Dossier
from whence.errors import Usage, WhenceError
from whence.web import words
from whence.web.pile import Pile
from whence.web.working import Working

LONGEST_FORM = 64 * 1024
PART = 100  # things on one page; more would make it slow to open and to read
Thing = TypeVar("Thing")


class Desk:
    """The dossier that is open, who sits at it, and the templates its pages are made with."""

    def __init__(
        self, path: Path, by: str, templates: jinja2.Environment, working: Working
    ) -> None:
        self.path, self.by, self.templates, self.working = path, by, templates, working
        self._turn = RLock()
        self._pile: Pile | None = None
        working.then = self.ready

    @contextmanager
    def dossier(self) -> Iterator[Pile]:
        """The dossier, opened at the first request; what other programs wrote since is there."""
        with self._turn:
            if self._pile is None:
                self._pile = Pile(Dossier.open(self.path))
                if self._pile.waiting():  # left over from an earlier sitting
                    self.working.soon()
            self._pile.settle()
            yield self._pile

    def ready(self) -> None:
        """Read what the pages need before anybody asks for one."""
        with suppress(WhenceError), self.dossier():  # a page will say what is wrong
            pass

    def close(self) -> None:
        """Let go of the file."""
        self.working.close()
        with self._turn:
            if self._pile is not None:
                self._pile.dossier.close()
                self._pile = None

    def page(self, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """A page made of a template and values; everything in the values is escaped."""
        made = self.templates.get_template(template).render(
            case=self.path.stem, by=self.by, waiting_decisions=self.waiting(), **values
        )
        return HTMLResponse(made, status_code=status)

    def waiting(self) -> int:
        """How many decisions the findings on the pages do not show yet."""
        return self._pile.waiting() if self._pile is not None else 0


def desk(path: Path, compare: bool = True) -> Desk:
    """A desk for this dossier, with the person who is logged in at this machine sitting at it.

    Without `compare`, decisions wait until somebody else analyses the dossier.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(files("whence") / "pages")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, version=__version__)
    environment.filters.update(dated=words.dated)
    return Desk(path, _whoever(), environment, Working(path, compare))


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


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list too long for one page."""

    number: int
    last: int

    @classmethod
    def asked(cls, request: Request, things: int) -> Part:
        """The part that the address asks for, of as many things as there are."""
        wanted = request.query_params.get("part", "1")
        last = max(1, -(-things // PART))
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1
        return cls(min(max(number, 1), last), last)

    def of(self, things: Sequence[Thing]) -> Sequence[Thing]:
        """The things in this part."""
        return things[(self.number - 1) * PART : self.number * PART]


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
