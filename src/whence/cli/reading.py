"""Files into a dossier, with a bar on a terminal and silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from whence.cli import Interrupted
from whence.cli.show import counted, visible
from whence.dossier import Dossier, Tally, Told
from whence.errors import NotFound, NothingRead
from whence.terms import Refused


def read_into(case: Path, paths: Sequence[Path]) -> None:
    """Read and analyse; say what was refused; fail if there was nothing good at all."""
    try:
        with Dossier.open(case, create=True) as dossier:
            with progress() as told:
                tally = dossier.add(paths, told)
                dossier.analyse(told)
            refused = {each.name: each for each in (*dossier.refused(), *tally.removed)}
    except KeyboardInterrupt:
        stopped = Interrupted("interrupted; what was read is kept")
        stopped.hint = "the same command again goes on from there"
        raise stopped from None
    report(tally, [refused[name] for name in tally.refusals if name in refused])


def report(tally: Tally, refused: Sequence[Refused]) -> None:
    """One line for the batch, and one for each file that was refused."""
    for each in refused:
        typer.echo(f"whence: {visible(each.name)}: {visible(each.reason)}", err=True)
    if not tally.taken + tally.skipped:
        nothing = NothingRead(
            "none of the files could be read" if tally.found else "there is nothing to read there"
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


def named_after(path: Path) -> Path:
    """The dossier that files are read into if none is named: it stands where you are."""
    name = path.absolute().stem or "case"
    return Path(f"{name}.whence")


def demo_pile() -> tuple[str, Path]:
    """The name and folder of the invented story: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for home in (package / "demo", package.parents[1] / "examples"):
        for pile in sorted(home.glob("*/pile")):
            return pile.parent.name, pile
    missing = NotFound("the demo's documents are not installed")
    missing.hint = "they lie in examples/ of the source"
    raise missing
