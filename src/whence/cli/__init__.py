"""whence on the command line: read a pile of news, see who says what, judge it, hand it on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from whence import __version__
from whence.errors import WhenceError

Serve = Callable[[Path, int | None, bool], None]
"""What starts the workbench: the dossier, a port (or the first that is free), a browser or not."""

EXIT_CODES = """
Exit codes: 0 done (files that were refused are listed); 1 something else went wrong; 2 the
command makes no sense; 3 nothing could be read; 4 not a dossier, or one of a later version;
5 the dossier is damaged; 6 the disk refused to be written to; 7 no such document or finding;
8 someone else decided meanwhile; 130 interrupted (what was read is kept).
"""

app = typer.Typer(
    name="whence",
    help="Whence does each claim come? Who said what, who copied whom, how many origins.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CASE = Annotated[Path, typer.Argument(metavar="CASE", help="The dossier, NAME.whence.")]
PATHS = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…", help="Files and folders of news to read, and addresses (https://…)."
    ),
]
NO_BROWSER = Annotated[
    bool, typer.Option("--no-browser", help="Start no browser (or set NO_BROWSER=1).")
]
PORT = Annotated[int | None, typer.Option(help="The port to serve on; else the first free.")]


def run(serve: Serve, arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask and give the exit code; errors become one line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shows a “?” for it
            stream.reconfigure(errors="replace")
    try:
        app(args=arguments, obj=serve, prog_name="whence")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0 if done.code is None else 1
    except WhenceError as problem:
        return told(problem)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return told(Interrupted("interrupted"))
    return 0


def told(problem: WhenceError) -> int:
    """Say what went wrong in one line, and what can be done in another."""
    from whence.cli.show import visible

    typer.echo(f"whence: {visible(str(problem))}", err=True)
    if problem.hint:
        typer.echo(f"        {visible(problem.hint)}", err=True)
    return problem.code


class Interrupted(WhenceError):
    """The user stopped it."""

    code = 130


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"whence {__version__}")
        raise typer.Exit


@app.callback()
def whence(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which one.")
    ] = False,
) -> None:
    """Whence does each claim come? Who said what, who copied whom, how many origins."""


# ---------------------------------------------------------------- reading


@app.command("open")
def open_(
    context: typer.Context,
    paths: PATHS,
    case: Annotated[
        Path | None,
        typer.Option(help="The dossier to keep it in; else named after the first PATH."),
    ] = None,
    no_browser: NO_BROWSER = False,
    port: PORT = None,
) -> None:
    """The whole job: read files, analyse them, and open the workbench on what was found."""
    from whence.cli.reading import asked, named_after, read_into

    if case is None and len(paths) == 1 and Path(paths[0]).suffix == ".whence":
        case, paths = Path(paths[0]), []
    place = case or named_after(paths[0])
    if paths:
        read_into(place, asked(paths))
    _serve(context, place, port, no_browser)


@app.command()
def add(
    case: CASE,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH…]", help="Files and folders of news, and addresses (https://…)."
        ),
    ] = None,
    addresses: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Fetch every address in this file, one on a line."),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="Fetch every page that this feed lists."),
    ] = None,
) -> None:
    """Read files into a dossier (made if it is not there) and analyse them. May be repeated.

    Only what is given as an address is fetched from the web, slowly and as the site's robots.txt
    asks. A page that changed since it was fetched is kept beside what it was.
    """
    from whence.cli.reading import asked, read_into

    read_into(case, asked(paths or (), addresses, feed or ()))


@app.command()
def demo(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help="Stop after the summary (or set DEMO_ONCE=1).")
    ] = False,
    no_browser: NO_BROWSER = False,
    port: PORT = None,
) -> None:
    """Read an invented story that comes with whence, and open the workbench on it."""
    import tempfile

    from whence.cli.reading import asked, demo_pile, read_into
    from whence.cli.status import summary

    name, pile = demo_pile()
    with tempfile.TemporaryDirectory(prefix="whence-") as folder:
        case = Path(folder) / f"{name}.whence"
        read_into(case, asked([str(pile)]))
        typer.echo(summary(case))
        if not (once or _set("DEMO_ONCE")):
            _serve(context, case, port, no_browser)


@app.command()
def serve(
    context: typer.Context, case: CASE, no_browser: NO_BROWSER = False, port: PORT = None
) -> None:
    """Open the workbench on a dossier that is there."""
    _serve(context, case, port, no_browser)


def _serve(context: typer.Context, case: Path, port: int | None, no_browser: bool) -> None:
    from whence.dossier import Dossier

    with Dossier.open(case):  # so that what is wrong with it is said before a page is asked for
        pass
    start: Serve = context.obj
    try:
        start(case, port, not (no_browser or _set("NO_BROWSER")))
    except KeyboardInterrupt:
        typer.echo("", err=True)


def _set(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


# ---------------------------------------------------------------- showing


@app.command()
def show(
    case: CASE,
    document: Annotated[
        str | None, typer.Argument(metavar="[DOC]", help="A document: its name or id.")
    ] = None,
) -> None:
    """List the documents, or show one: its text, its blocks, and who says what in it."""
    from whence.cli.show import page, pile
    from whence.dossier import Dossier

    with Dossier.open(case) as dossier:
        for line in pile(dossier) if document is None else page(dossier, document):
            typer.echo(line)


@app.command()
def status(case: CASE) -> None:
    """What was taken, what was refused and why, what was found, and what people decided."""
    from whence.cli.status import status as lines
    from whence.dossier import Dossier

    with Dossier.open(case) as dossier:
        for line in lines(dossier):
            typer.echo(line)


@app.command()
def export(
    case: CASE,
    to: Annotated[str, typer.Option(help="The format: jsonl.")] = "jsonl",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where; else to the screen.")
    ] = None,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Leave out the documents' words.")
    ] = False,
    redact: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Black out this name everywhere; may be repeated."),
    ] = None,
) -> None:
    """Write everything the dossier shows, for other programs, or what may be shared of it.

    whence export flood.whence --redact "Ada Orlo" --redact Orlo -o for-the-editor.jsonl
    """
    from whence import export as writing
    from whence.cli.show import visible
    from whence.dossier import Dossier
    from whence.errors import Usage

    if to not in writing.WRITERS:
        known = ", ".join(writing.WRITERS)
        raise Usage(f"there is no export “{to}”; there is: {known}")
    names = tuple(redact or ())
    sharing = writing.Sharing(not without_text, names) if without_text or names else None
    with Dossier.open(case) as dossier:
        if out is not None:
            writing.write(dossier, to, out, sharing)
        else:
            lines = writing.WRITERS[to](dossier)
            for line in lines if sharing is None else writing.shared(lines, sharing):
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        others = writing.also_called(writing.contents(dossier), names) if names else []
    for name in others:
        typer.echo(f"whence: also called “{visible(name)}” here: --redact hides that too", err=True)


@app.command()
def verify(case: CASE) -> None:
    """Check originals by their hashes, judgements by their chain, and the file itself."""
    from whence.dossier import Dossier
    from whence.errors import Damaged

    with Dossier.open(case) as dossier:
        damaged = dossier.verify()
    for line in damaged:
        typer.echo(line)
    if damaged:
        problem = Damaged(f"{case}: {len(damaged)} item(s) do not check out")
        problem.hint = "restore them from a backup; everything not named above is sound"
        raise problem
    typer.echo(f"{case}: everything checks out")


@app.command()
def backup(
    case: CASE,
    to: Annotated[Path, typer.Argument(metavar="TO", help="A new file, or a folder for it.")],
) -> None:
    """Copy the dossier, whole and checked, even while it is written to. The copy is a dossier.

    To go back to it, copy it where you want it: whence backup SAVED.whence CASE.whence
    """
    from whence.dossier import Dossier

    with Dossier.open(case) as dossier:
        place = dossier.backup(to)
    typer.echo(f"{case} is saved as {place}; everything in it checks out")


# ---------------------------------------------------------------- taking out

WHY = Annotated[str | None, typer.Option(help="The reason, for those who read it later.")]
BY = Annotated[str | None, typer.Option(help="Who decides; else your login name.")]


@app.command()
def remove(
    case: CASE,
    document: Annotated[str, typer.Argument(metavar="DOC", help="A document: its name or id.")],
    why: WHY = None,
    by: BY = None,
) -> None:
    """Delete a document for good: bytes, text, findings. That it was removed stays on record.

    What people decided about it keeps its date, author and verdict, and loses its words. There is
    no way back but to readmit the document and add its file again.
    """
    from whence.cli.judging import login
    from whence.dossier import Dossier

    with Dossier.open(case) as dossier:
        done = dossier.remove(document, by=by or login(), why=why)
    typer.echo(f"{done.doc[:12]} is removed: its text, its findings and all their words are gone")
    if done.bytes_kept:
        typer.echo("its bytes stay, for another document was read from the same ones")
    typer.echo(f"on record: {done.at[:10]}, by {done.by}, SHA-256 {done.bytes_sha256}")
    typer.echo("backups and exports made before still hold it, and so may copies elsewhere")


@app.command()
def readmit(
    case: CASE,
    document: Annotated[
        str, typer.Argument(metavar="ID", help="The removed document's id; status lists them.")
    ],
    why: WHY = None,
    by: BY = None,
) -> None:
    """Let a removed document be added again. That it was removed stays on record."""
    from whence.cli.judging import login
    from whence.dossier import Dossier

    with Dossier.open(case) as dossier:
        done = dossier.readmit(document, by=by or login(), why=why)
    typer.echo(f"{done.doc[:12]} may be added again: whence add {case} FILE")


# ---------------------------------------------------------------- judging


@app.command()
def judge(
    case: CASE,
    verdict: Annotated[str, typer.Argument(help="For example stance-is, speaker-is, reject.")],
    doc: Annotated[
        list[str] | None, typer.Option(help="The document; twice for a verdict about two.")
    ] = None,
    quote: Annotated[
        list[str] | None, typer.Option(help="The words it is about, as they stand in the text.")
    ] = None,
    start: Annotated[list[int] | None, typer.Option(help="Or where they start …")] = None,
    end: Annotated[list[int] | None, typer.Option(help="… and end, in code points.")] = None,
    kind: Annotated[
        str | None, typer.Option("--type", help="What they are: attribution, mention, claim …")
    ] = None,
    value: Annotated[
        str | None, typer.Option(help="The stance, speaker, field=value, or judgement to undo.")
    ] = None,
    why: WHY = None,
    by: BY = None,
) -> None:
    """Write down what you decide about some words. It outranks the machine and is never lost.

    whence judge flood.whence stance-is --doc courier --quote "no ship sank" --value denies
    """
    from whence.cli.judging import Words, decide

    words = Words(doc or [], quote or [], start or [], end or [], kind)
    made: Any = decide(case, verdict, words, (value, why, by))
    typer.echo(f"{made.id}  {made.verdict}  {made.state}  by {made.by}, {made.at[:10]}")
