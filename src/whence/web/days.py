"""When things were said, were published, or happened, as moments on an axis."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from whence import draw
from whence.terms import Attribution, Claim, Document, When
from whence.web.pile import Pile

FEW = 14
"""As many moments as can have a row each; more are drawn as columns of days."""


def moments(
    pile: Pile,
    documents: Iterable[Document],
    said: Iterable[Attribution] = (),
    claims: Iterable[Claim] = (),
) -> list[draw.Moment]:
    """The dated ones among these, each leading to its own page."""
    entities, held = pile.entities(), pile.documents()
    out: list[draw.Moment] = []
    for each in documents:
        name = each.outlet or each.title or each.name
        out += _moment(each.published, name, "published", f"/documents/{each.id}")
    for found in said:
        speaker = entities.get(found.speaker or "")
        name = speaker.name if speaker is not None else held[found.doc].outlet or "Unresolved"
        out += _moment(found.said, name, "said", f"/documents/{found.doc}#{found.id}")
    for claim in claims:
        out += _moment(claim.when, claim.gloss, "happened", f"/claims/{claim.id}")
    return out


def _moment(when: When | None, name: str, kind: draw.Kind, href: str) -> Iterable[draw.Moment]:
    if when is not None and (when.first or when.last):
        first, last = when.first or when.last or "", when.last or when.first or ""
        yield draw.Moment(first, last, name, kind, href)


def lanes(found: list[draw.Moment], title: str) -> draw.Picture | None:
    """These moments in columns of days; None where none has a day."""
    drawn = draw.lanes(found, title, _leads)
    return draw.Picture(drawn, draw.in_words(found), ()) if drawn else None


def rows(found: list[draw.Moment], title: str) -> draw.Picture | None:
    """A row for each moment where they are few, columns of days where they are many."""
    if len(found) > FEW:
        return lanes(found, title)
    drawn = draw.timeline(found, title)
    return draw.Picture(drawn, draw.days(found), ()) if drawn else None


def _leads(column: draw.Column) -> str | None:
    """Where a column leads: to the one thing in it, or to all that was published in its days."""
    places = {each.href for each in column.moments}
    if len(places) == 1:
        return places.pop()
    if column.kind != "published":
        return column.moments[0].href
    asked = {"in": "documents", "from": str(column.first), "to": str(column.last)}
    return f"/search?{urlencode(asked)}"
