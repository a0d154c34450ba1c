"""The list of documents, and the reader: one document in full, its statements marked."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whence.terms import Block, Document, Extent
from whence.web import words
from whence.web.cards import Card, cards, marks
from whence.web.desk import Part, at
from whence.web.markup import Mark, marked, paragraphs
from whence.web.parts import begun, cited
from whence.web.passages import Shared, shared


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it stands, marked, with the notes on the statements that begin in it."""

    words: Markup
    notes: tuple[Card, ...]
    at: Extent = (0, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A block of the document, its role in words where the reader should be told."""

    role: str
    label: str | None
    paragraphs: tuple[Paragraph, ...]


def documents(request: Request) -> HTMLResponse:
    """Every document in the pile, with what is known of it."""
    desk = at(request)
    with desk.dossier() as pile:
        held = list(pile.documents().values())
        part = Part.asked(request, len(held))
        return desk.page(
            "documents.html",
            documents=part.of(held),
            all=len(held),
            part=part,
            said=pile.said(),
            refused=pile.dossier.refused(),
        )


def document(request: Request) -> HTMLResponse:
    """One document, in full and exactly as it was, with who says what marked in it."""
    desk = at(request)
    with desk.dossier() as pile:
        dossier = pile.dossier
        shown = dossier.document(request.path_params["id"])
        blocks = dossier.blocks(shown.id)
        found = dossier.attributions(shown.id, rejected=True)
        notes = cards(shown, found, pile.entities(), pile.judgements())
        seen = pile.last()
        beside = shared(pile, shown)
        kept = pile.originals(shown.id)
        fetched = dossier.retrievals(shown.id)
    parts = stretches(shown, blocks, notes, here(request, shown))
    return desk.page(
        "document.html",
        document=shown,
        stretches=parts,
        begun={each.at: begun(kept, *each.at) for part in parts for each in part.paragraphs},
        where=cited(kept, notes),
        margin=beginning(beside, [each.at for part in parts for each in part.paragraphs]),
        remarks=kept.remarks,
        fetched=fetched,
        notes=notes,
        seen=seen,
        shared=beside,
        languages=language(shown),
    )


def beginning(beside: Sequence[Shared], at: Sequence[Extent]) -> dict[Extent, list[Shared]]:
    """The passages shared with others that begin in each of these paragraphs."""
    held: dict[Extent, list[Shared]] = defaultdict(list)
    for each in beside:
        place = bisect_right(at, (each.here[0], 1 << 60)) - 1
        if place >= 0:
            held[at[place]].append(each)
    return held


def original(request: Request) -> Response:
    """The bytes that the document was read from, as a download that no browser will run."""
    with at(request).dossier() as pile:
        shown = pile.dossier.document(request.path_params["id"])
        content = pile.dossier.raw(shown.id)
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{shown.bytes_sha256[:16]}"'},
    )


def language(document: Document) -> str | None:
    """The document's language as a page may state it: letters, digits and hyphens only."""
    code = document.language
    return code if code and code.replace("-", "").isalnum() and code.isascii() else None


def here(request: Request, document: Document) -> tuple[Mark, ...]:
    """The words that an address points at: “?at=120-134#here” leads to them; none if it makes no sense."""
    first, _, last = request.query_params.get("at", "").partition("-")
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
        return ()
    if max(len(first), len(last)) > 9 or not int(first) < int(last) <= len(document.text):
        return ()
    return (Mark(int(first), int(last), "here", "found", anchor="here"),)


def stretches(
    document: Document,
    blocks: Sequence[Block],
    notes: Sequence[Card],
    pointed: Sequence[Mark] = (),
) -> list[Stretch]:
    """The whole text, block by block; the paragraphs of all stretches add up to the text."""
    put = [*marks(notes), *pointed]
    first = {mark.finding: mark.start for mark in reversed(put) if mark.label is not None}
    parents = {block.id: block for block in blocks}
    out: list[Stretch] = []
    before: tuple[str, str | None] | None = None
    for start, end, block in tiles(document, blocks):
        inside = [mark for mark in put if mark.start < end and mark.end > start]
        beside = [note for note in notes if start <= first[note.id] < end]
        parts = tuple(_paragraphs(document.text, (start, end), inside, beside))
        role = block.role if block is not None else "body"
        label = _label(block, parents)
        out.append(Stretch(role, label if (role, label) != before else None, parts))
        before = role, label
    return out


def tiles(document: Document, blocks: Sequence[Block]) -> list[tuple[int, int, Block | None]]:
    """The leaf blocks in order; words that no block covers are shown all the same."""
    holders = {block.within for block in blocks}
    leaves = sorted((b for b in blocks if b.id not in holders), key=lambda b: (b.start, b.end))
    out: list[tuple[int, int, Block | None]] = []
    done = 0
    for leaf in leaves:
        start, end = max(leaf.start, done), min(leaf.end, len(document.text))
        if start > done:
            out.append((done, start, None))
        if end > start:
            out.append((start, end, leaf))
            done = end
    if done < len(document.text):
        out.append((done, len(document.text), None))
    return out


def _label(block: Block | None, parents: dict[str, Block]) -> str:
    if block is None:
        return "Text"
    named = words.ROLE[block.role] + (f" by {block.by}" if block.by else "")
    outer = parents.get(block.within or "")
    return f"{named}, in: {words.ROLE[outer.role].lower()}" if outer is not None else named


def _paragraphs(
    text: str, stretch: tuple[int, int], inside: Sequence[Mark], beside: Sequence[Card]
) -> list[Paragraph]:
    cut = list(paragraphs(text, *stretch))
    ends = [end for _, end in cut]
    near: dict[int, list[Card]] = defaultdict(list)
    for note in beside:
        where = next(i for i, end in enumerate(ends) if note.found.content[0][0] < end)
        near[where].append(note)
    return [
        Paragraph(marked(text, start, end, inside), tuple(near[i]), (start, end))
        for i, (start, end) in enumerate(cut)
    ]
