"""Files into a dossier, with a bar on a terminal and silence in a pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from whence.cli import Interrupted
from whence.cli.show import counted, visible
from whence.dossier import Dossier, Tally, Told
from whence.errors import NotFound, NothingRead, Usage
from whence.terms import Refused

if TYPE_CHECKING:
    from whence.fetch import Wanted

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked to read: files and folders, and what is to be fetched, if anything."""

    paths: tuple[Path, ...]
    wanted: Wanted | None = None


def asked(given: Sequence[str], addresses: Path | None = None, feeds: Sequence[str] = ()) -> Asked:
    """What the words of a command ask to read: those that begin like an address are addresses."""
    paths = tuple(Path(each) for each in given if not _ADDRESS.match(each))
    pages = tuple(each for each in given if _ADDRESS.match(each))
    if addresses is None and not feeds and not pages:
        if not paths:
            nothing = Usage("nothing was given to read")
            nothing.hint = "name files, folders or addresses; or use --addresses FILE or --feed"
            raise nothing
        return Asked(paths)
    from whence import fetch

    if addresses is not None:
        pages += fetch.addresses_in(addresses)
    return Asked(paths, fetch.Wanted(pages, tuple(feeds)))


def read_into(case: Path, what: Asked) -> None:
    """Read and analyse; say what was refused; fail if there was nothing good at all."""
    try:
        with Dossier.open(case, create=True) as dossier:
            with progress() as told:
                tally = dossier.add(what.paths, told, what.wanted)
                dossier.analyse(told)
            refused = {each.name: each for each in (*dossier.refused(), *tally.removed)}
    except KeyboardInterrupt:
        stopped = Interrupted("interrupted; what was read is kept")
        stopped.hint = "the same command again goes on from there"
        raise stopped from None
    things = "files" if what.paths else "addresses"
    report(tally, [refused[name] for name in tally.refusals if name in refused], things)


def report(tally: Tally, refused: Sequence[Refused], things: str) -> None:
    """One line for the batch, and one for each file that was refused."""
    for each in refused:
        typer.echo(f"whence: {visible(each.name)}: {visible(each.reason)}", err=True)
    if not tally.taken + tally.skipped:
        nothing = NothingRead(
            f"none of the {things} could be read"
            if tally.found
            else "there is nothing to read there"
        )
        nothing.hint = "text, HTML, JSON Lines, PDF, docx, e-mail, feeds and archives are read, and folders of them"
        raise nothing
    typer.echo(
        f"{counted(tally.found, 'document')} found: {tally.taken} taken,"
        f" {tally.skipped} skipped (here already), {tally.refused} refused"
    )


@contextmanager
def progress() -> Iterator[Told | None]:
    """What tells progress: a bar if someone is looking, nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def told(what: str, done: int, total: int | None) -> None:
            text = escape(visible(what)[:60].ljust(30))
            bar.update(task, description=text, completed=done, total=total, refresh=True)

        yield told


def named_after(given: str) -> Path:
    """The dossier that files are read into if none is named: it stands where you are."""
    if _ADDRESS.match(given):
        door = re.split(r"[/?#]", given.partition("://")[2])[0].rpartition("@")[2]
        host = re.sub(r"[^a-z0-9-]+", "-", door.lower())
        return Path(f"{host.strip('-') or 'case'}.whence")
    return Path(f"{Path(given).absolute().stem or 'case'}.whence")


def demo_pile() -> tuple[str, Path]:
    """The name and folder of the invented story: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for home in (package / "demo", package.parents[1] / "examples"):
        for pile in sorted(home.glob("*/pile")):
            return pile.parent.name, pile
    missing = NotFound("the demo's documents are not installed")
    missing.hint = "they lie in examples/ of the source"
    raise missing
