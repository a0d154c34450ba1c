"""Words that stand in two documents, side by side, with what differs marked."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.errors import NotFound
from whence.terms import Document, Extent, Passage
from whence.web.desk import at
from whence.web.markup import Mark, marked
from whence.web.pile import Pile

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage as one document shows it: where it stands here, and the document it is also in."""

    passage: Passage
    here: Extent
    other: Document


def passage(request: Request) -> HTMLResponse:
    """One passage in both documents, the words that only one of them has marked."""
    desk = at(request)
    with desk.dossier() as pile:
        found = pile.passages().get(request.path_params["id"])
        if found is None:
            raise NotFound("that passage is no longer in this dossier: it may have been read anew")
        documents = pile.documents()
        left, right = documents[found.left.doc], documents[found.right.doc]
        only_left, only_right = differing(
            left.text[found.left.start : found.left.end],
            right.text[found.right.start : found.right.end],
        )
        sides = [
            (left, shown(left, (found.left.start, found.left.end), only_left), found.left),
            (right, shown(right, (found.right.start, found.right.end), only_right), found.right),
        ]
        edges = [each for each in pile.edges() if found.id in each.passages]
        return desk.page(
            "passage.html", passage=found, sides=sides, edges=edges, documents=documents
        )


def shown(document: Document, where: Extent, only_here: list[Extent]) -> Markup:
    """The words of one side, as they stand, with those that only it has marked."""
    start, end = where
    marks = [Mark(start + a, start + b, "", "found", "only") for a, b in only_here]
    return marked(document.text, start, end, marks)


def differing(left: str, right: str) -> tuple[list[Extent], list[Extent]]:
    """Where the words of each differ from the other's; case and spaces do not matter."""
    mine, theirs = list(WORD.finditer(left)), list(WORD.finditer(right))
    match = SequenceMatcher(
        None, [w[0].casefold() for w in mine], [w[0].casefold() for w in theirs], autojunk=False
    )
    only_left, only_right = [], []
    for kind, a, b, c, d in match.get_opcodes():
        if kind == "equal":
            continue
        if a < b:
            only_left.append((mine[a].start(), mine[b - 1].end()))
        if c < d:
            only_right.append((theirs[c].start(), theirs[d - 1].end()))
    return only_left, only_right


def shared(pile: Pile, document: Document) -> list[Shared]:
    """The passages that a document shares with others, in reading order."""
    out = []
    for each in pile.once("passages by document", lambda: _by_document(pile)).get(document.id, ()):
        for here, there in ((each.left, each.right), (each.right, each.left)):
            if here.doc == document.id:
                other = pile.documents()[there.doc]
                out.append(Shared(each, (here.start, here.end), other))
    return sorted(out, key=lambda each: each.here)


def _by_document(pile: Pile) -> dict[str, list[Passage]]:
    held: dict[str, list[Passage]] = defaultdict(list)
    for each in pile.passages().values():
        for doc in {each.left.doc, each.right.doc}:
            held[doc].append(each)
    return dict(held)
