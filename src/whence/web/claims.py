"""Claims: what is put forward, by whom, from how many origins in this pile, and who contradicts it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence import draw
from whence.terms import (
    Claim,
    Conflict,
    ConflictKind,
    Document,
    Entity,
    Origins,
    Span,
    Telling,
    TellingStance,
)
from whence.web import words
from whence.web.cards import Card, cards
from whence.web.desk import Part, at
from whence.web.markup import clipped
from whence.web.parts import where
from whence.web.pile import Pile

MOST = 60  # boxes in one picture; more cannot be read
AROUND = 220  # letters of context on either side of clashing words


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a claim: the statement, the document it stands in, and the exact words."""

    card: Card
    document: Document
    telling: Telling
    quote: str
    where: str | None = None
    """The page or part of the original that it stands in, where there are several."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict: the clashing words with those around them, and where they stand."""

    document: Document
    before: str
    clash: str
    after: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two places that cannot both be right."""

    conflict: Conflict
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Line:
    """A claim in the list: how many outlets carry it, from how many origins, how contested."""

    claim: Claim
    outlets: int
    origins: str
    denied: int
    conflicts: tuple[Conflict, ...]
    kinds: tuple[tuple[ConflictKind, int], ...]


def origins_in_words(origins: Origins | None) -> str:
    """“1 origin”, “1 to 3 origins”, “at least 2 origins”: a range, never more than is known."""
    if origins is None:
        return "origins not worked out"
    low, high = origins.at_least, origins.at_most
    if high is None:
        return f"at least {words.counted(low, 'origin')}"
    if low == high:
        return words.counted(low, "origin")
    return f"{low} to {words.counted(high, 'origin')}"


def claims(request: Request) -> HTMLResponse:
    """Every claim, the most contested and the least independent first."""
    desk = at(request)
    with desk.dossier() as pile:
        lines = ranked(pile)
        part = Part.asked(request, len(lines))
    return desk.page("claims.html", lines=part.of(lines), part=part)


def ranked(pile: Pile) -> Sequence[Line]:
    """Claims by contest, and by how far the count of outlets exceeds the count of origins."""
    return pile.once("ranked", lambda: _ranked(pile))


def _ranked(pile: Pile) -> list[Line]:
    held: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in pile.conflicts():
        for id in conflict.claims:
            held[id].append(conflict)
    found, documents = pile.by_id(), pile.documents()
    lines = []
    for claim in pile.claims().values():
        carriers = [found[t.attribution].doc for t in claim.tellings if t.attribution in found]
        lines.append(
            Line(
                claim=claim,
                outlets=len(outlets(documents[doc] for doc in carriers)),
                origins=origins_in_words(claim.origins),
                denied=sum(each.stance == "denies" for each in claim.tellings),
                conflicts=tuple(held[claim.id]),
                kinds=tuple(Counter(each.kind for each in held[claim.id]).items()),
            )
        )
    return sorted(lines, key=_weight)


def lines_of(pile: Pile) -> Mapping[str, Sequence[tuple[int, Line]]]:
    """The claims that each statement tells, each with its number in the list of claims."""

    def made() -> dict[str, list[tuple[int, Line]]]:
        held: dict[str, list[tuple[int, Line]]] = defaultdict(list)
        for number, line in enumerate(ranked(pile)):
            for telling in line.claim.tellings:
                held[telling.attribution].append((number, line))
        return dict(held)

    return pile.once("lines of", made)


def parts_of(pile: Pile) -> Mapping[str, Sequence[Claim]]:
    """The claims that are parts of each other claim."""

    def made() -> dict[str, list[Claim]]:
        held: dict[str, list[Claim]] = defaultdict(list)
        for each in pile.claims().values():
            if each.part_of is not None:
                held[each.part_of].append(each)
        return dict(held)

    return pile.once("parts of", made)


def _weight(line: Line) -> tuple[int, int, int, str]:
    first = min((each.rank for each in line.conflicts), default=10**9)
    most = line.claim.origins.at_most if line.claim.origins else None
    surplus = line.outlets - most if most is not None else 0
    return (first, -surplus, -line.outlets, line.claim.gloss)


def outlets(documents: Iterable[Document]) -> set[str]:
    """The outlets of these documents; one that is not known counts by its document."""
    return {each.outlet or each.id for each in documents}


@dataclass(frozen=True, slots=True)
class View:
    """All that is shown of one claim, on its page and in a report."""

    claim: Claim
    sides: tuple[tuple[TellingStance, tuple[Told, ...]], ...]
    outlets: int
    origins: str
    conflicts: tuple[Clash, ...]
    tree: draw.Picture | None
    axis: draw.Picture | None
    open_ones: tuple[str, ...]
    umbrella: Claim | None
    parts: tuple[Claim, ...]
    who: tuple[Entity, ...]
    where: tuple[Entity, ...]

    @property
    def documents(self) -> dict[str, Document]:
        """The document that each telling stands in, by the telling's id."""
        return {each.card.id: each.document for _, side in self.sides for each in side}


def view(pile: Pile, shown: Claim, *, linked: bool = True) -> View:
    """One claim, ready to be shown; pictures without links where there is nothing to lead to."""
    tellings = told(pile, shown)
    entities = pile.entities()
    by_stance = {
        stance: tuple(each for each in tellings if each.telling.stance == stance)
        for stance in get_args(TellingStance)
    }
    docs = {each.document.id for each in tellings}
    return View(
        claim=shown,
        sides=tuple((stance, these) for stance, these in by_stance.items() if these),
        outlets=len(outlets(each.document for each in tellings)),
        origins=origins_in_words(shown.origins),
        conflicts=tuple(clash(pile, c) for c in pile.conflicts() if shown.id in c.claims),
        tree=tree(pile, docs, shown.id, linked=linked),
        axis=axis(tellings, linked=linked),
        open_ones=tuple(unsettled(tellings, shown)),
        umbrella=pile.claims().get(shown.part_of or ""),
        parts=tuple(parts_of(pile).get(shown.id, ())),
        who=tuple(entities[each] for each in shown.who if each in entities),
        where=tuple(entities[each] for each in shown.where if each in entities),
    )


def told(pile: Pile, shown: Claim) -> list[Told]:
    """The tellings of a claim that still stand, in the order of publication."""
    wanted = {each.attribution: each for each in shown.tellings}
    known = pile.by_id()
    out = []
    for doc in sorted({known[id].doc for id in wanted if id in known}):
        document = pile.documents()[doc]
        mine = [each for each in pile.by_document()[doc] if each.id in wanted]
        for card in cards(document, mine, pile.entities(), pile.judgements()):
            telling = wanted[card.id]
            spans = telling.spans or card.found.content
            stood = where(pile.originals(doc), spans)
            out.append(Told(card, document, telling, clipped(document.text, spans), stood))
    return sorted(out, key=lambda each: (published(each.document) or "9999", each.document.name))


def published(document: Document) -> str | None:
    """The first day on which the document can have come out, if anything says so."""
    when = document.published
    return (when.first or when.last) if when is not None else None


def unsettled(tellings: Iterable[Told], shown: Claim) -> list[str]:
    """What this claim leaves open, each in a sentence."""
    held = list(tellings)
    nobody = sum(e.card.speaker is None and e.card.found.voice == "speaker" for e in held)
    undated = len({each.document.id for each in held if published(each.document) is None})
    out = []
    if nobody:
        out.append(f"For {words.counted(nobody, 'telling')} the text does not settle who speaks.")
    if undated:
        out.append(f"{words.counted(undated, 'document')} without a known date of publication.")
    if shown.origins is None or shown.origins.at_most is None:
        out.append("How many origins there are at most cannot be said from this pile.")
    return out


def clash(pile: Pile, conflict: Conflict) -> Clash:
    """A conflict with the words of both sides."""
    return Clash(conflict, side(pile, conflict.left), side(pile, conflict.right))


def side(pile: Pile, span: Span) -> Side:
    """The words at a place, with enough of those around them to be understood."""
    document = pile.documents()[span.doc]
    text = document.text
    start = max(0, span.start - AROUND, text.rfind("\n", 0, span.start) + 1)
    line_end = text.find("\n", span.end)
    end = min(len(text), span.end + AROUND, line_end if line_end >= 0 else len(text))
    around = [
        each
        for each in pile.by_document().get(span.doc, ())
        if any(a <= span.start and span.end <= b for a, b in each.content)
    ]
    inner = min(around, key=lambda each: sum(b - a for a, b in each.content), default=None)
    return Side(
        document,
        text[start : span.start],
        text[span.start : span.end],
        text[span.end : end],
        inner.id if inner is not None else None,
    )


def tree(
    pile: Pile, docs: set[str], claim_id: str | None = None, *, linked: bool = True
) -> draw.Picture | None:
    """The family tree of these documents; None where nobody is known to have copied anybody."""
    lost = pile.exemplars()
    edges = [
        each
        for each in pile.edges()
        if (
            claim_id in each.claims
            if each.claims and claim_id is not None
            else each.copy in docs and (each.exemplar in docs or each.exemplar in lost)
        )
    ]
    if not edges:
        return None
    ids = dict.fromkeys(i for e in edges for i in (e.exemplar, e.copy))
    if len(ids) > MOST:
        return None
    boxes = [_box(id, pile, linked) for id in ids]
    lines = [draw.Line(e.exemplar, e.copy, e.kind, e.certain) for e in edges]
    held = [box for box in boxes if box is not None]
    return draw.Picture(
        draw.stemma(held, lines, "Who had it from whom"),
        draw.family(held, lines),
        tuple(dict.fromkeys(each.why for each in edges if each.why)),
    )


def _box(id: str, pile: Pile, linked: bool) -> draw.Box | None:
    document = pile.documents().get(id)
    if document is not None:
        label = document.outlet or document.title or document.name
        return draw.Box(
            id, label, (published(document) or "")[:10], href=f"/documents/{id}" if linked else None
        )
    lost = pile.exemplars().get(id)
    return draw.Box(id, lost.name, lost=True) if lost is not None else None


def axis(tellings: Iterable[Told], *, linked: bool = True) -> draw.Picture | None:
    """When it was said and when it was published, on one axis; None without any date."""
    moments = []
    for document in {each.document.id: each.document for each in tellings}.values():
        label = document.outlet or document.title or document.name
        moments.append((document.published, label, f"/documents/{document.id}", False))
    for each in tellings:
        place = f"/documents/{each.document.id}#{each.card.id}"
        moments.append((each.card.found.said, each.card.who, place, True))
    dated = [
        draw.Moment(
            when.first or when.last or "",
            when.last or when.first or "",
            label,
            "said" if said else "published",
            place if linked else None,
        )
        for when, label, place, said in moments
        if when is not None and (when.first or when.last)
    ]
    drawn = draw.timeline(dated, "When it was said and published")
    return draw.Picture(drawn, draw.days(dated), ()) if drawn else None
