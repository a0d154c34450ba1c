"""The first page: what the case is about, what was found in it, and what nobody has checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence import draw
from whence.terms import Document
from whence.web import days
from whence.web.cards import WORTH
from whence.web.claims import Line, ranked, tree
from whence.web.desk import at
from whence.web.pile import Pile
from whence.web.places import Named, named, small
from whence.web.speakers import by_speaker

FIRST = 5
"""Claims of each kind on the first page."""


def case(request: Request) -> HTMLResponse:
    """The case at a glance."""
    desk = at(request)
    with desk.dossier() as pile:
        documents = list(pile.documents().values())
        said = [each for each in pile.attributions() if each.voice == "speaker"]
        claims = ranked(pile)
        return desk.page(
            "case.html",
            name=pile.dossier.name,
            run=pile.dossier.run(),
            documents=documents,
            outlets=Counter(each.outlet for each in documents if each.outlet),
            unknown=sum(each.outlet is None for each in documents),
            between=between(documents),
            said=pile.said(),
            statements=said,
            unresolved=sum(each.speaker is None for each in said),
            speakers=by_speaker(pile),
            claims=claims,
            contested=contested(claims)[:FIRST],
            echoed=echoed(claims)[:FIRST],
            axis=pile.once("axis", lambda: _axis(pile)),
            map=pile.once("small map", lambda: small(_places(pile))),
            tree=pile.once("tree", lambda: tree(pile, set(pile.documents()))),
            refused=pile.dossier.refused(),
            judged=sum(each.state == "standing" for each in pile.judgements()),
            checked=_checked(pile),
            orphaned=[each for each in pile.judgements() if each.state == "orphaned"],
        )


def contested(claims: Sequence[Line]) -> list[Line]:
    """The claims that something contradicts, the first to see first."""
    return [each for each in claims if each.conflicts or each.denied]


def echoed(claims: Sequence[Line]) -> list[Line]:
    """The claims that more outlets carry than they can have origins, the most so first."""
    return sorted((each for each in claims if _surplus(each) > 0), key=lambda e: -_surplus(e))


def _surplus(line: Line) -> int:
    """By how many the outlets exceed the largest number of origins there can be, at least one."""
    most = line.claim.origins.at_most if line.claim.origins is not None else None
    return line.outlets - max(most, 1) if most is not None else 0


def between(documents: Sequence[Document]) -> tuple[str, str] | None:
    """The first and the last day on which one of these was published, as far as is known."""
    known = sorted(
        day[:10]
        for each in documents
        if each.published is not None and (day := each.published.first or each.published.last)
    )
    return (known[0], known[-1]) if known else None


def _checked(pile: Pile) -> int:
    """How many decisions stand on whether a statement was read rightly."""
    return sum(each.state == "standing" and each.verdict in WORTH for each in pile.judgements())


def _axis(pile: Pile) -> draw.Picture | None:
    said = [each for each in pile.attributions() if each.said is not None]
    found = days.moments(pile, pile.documents().values(), said, pile.claims().values())
    return days.lanes(found, "When it happened, was said and was published")


def _places(pile: Pile) -> Sequence[Named]:
    return pile.once("places", lambda: named(pile, pile.mentions()))
