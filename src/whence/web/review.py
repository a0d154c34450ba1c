"""The queue of what to look at first: what no person has checked and most hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from starlette.requests import Request
from starlette.responses import HTMLResponse

from whence.judgements.applied import denoted
from whence.terms import Anchor, Attribution, Extents, Span
from whence.web.cards import Card, cards
from whence.web.claims import Side, side
from whence.web.desk import at
from whence.web.pile import Pile

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Doubt:
    """A statement to check, with the words around it and why it is asked about."""

    card: Card
    side: Side
    reasons: tuple[str, ...]


def review(request: Request) -> HTMLResponse:
    """The least certain and most consequential statements that nobody has checked."""
    desk = at(request)
    with desk.dossier() as pile:
        waiting = queue(pile)
        doubts = [_doubt(pile, each, reasons) for _, each, reasons in waiting[:SHOWN]]
        made = pile.judgements()[-1:]
        last = next((e for e in made if e.by == desk.by and e.state == "standing"), None)
        return desk.page(
            "review.html",
            doubts=doubts,
            waiting=len(waiting),
            seen=pile.last(),
            last=last if last is not None and last.verdict != "undo" else None,
        )


Scored = tuple[tuple[float, str, Extents], Attribution, tuple[str, ...]]
"""A statement with its place in the queue and the reasons for it."""


def queue(pile: Pile) -> Sequence[Scored]:
    """Unchecked statements by speakers, those with most reason to be looked at first."""
    return pile.once("queue", lambda: _queue(pile))


def _contested(pile: Pile) -> set[str]:
    """The statements whose words clash with others."""
    held = pile.by_document()
    return {
        each.id
        for conflict in pile.conflicts()
        for side in (conflict.left, conflict.right)
        for each in held.get(side.doc, ())
        if any(a < side.end and side.start < b for a, b in each.content)
    }


def _claimed(pile: Pile) -> set[str]:
    """The statements that claims rest on."""
    return {t.attribution for c in pile.claims().values() for t in c.tellings}


def _queue(pile: Pile) -> list[Scored]:
    claimed = pile.once("claimed", lambda: _claimed(pile))
    contested = pile.once("contested", lambda: _contested(pile))
    done = checked(pile)
    scored = _scored(pile, contested, claimed)
    return [one for one in scored if one[1].id not in done]


def _scored(pile: Pile, contested: set[str], claimed: set[str]) -> list[Scored]:
    """Every statement by a speaker with its weight, in order; only what changed is weighed anew."""
    before: list[Scored] = pile.once("scored", list)
    now = {id(each): each for each in pile.attributions() if each.voice == "speaker"}
    kept = [one for one in before if now.pop(id(one[1]), None) is not None]
    kept += [weighed(each, contested, claimed) for each in now.values()]
    kept.sort(key=itemgetter(0))
    before[:] = kept
    return kept


def weighed(found: Attribution, contested: set[str], claimed: set[str]) -> Scored:
    """A statement with where it stands in the queue and why: what hangs on it, how unsure it is."""
    reasons, weight = [], 1.0 - found.confidence
    if found.id in contested:
        reasons.append("A conflict hangs on it")
        weight += 2
    if found.id in claimed:
        reasons.append("A claim rests on it")
        weight += 0.5
    if found.speaker is None:
        reasons.append("Who said it is unresolved")
        weight += 0.6
    if found.stance != "asserts":
        weight += 0.2
    if found.confidence < 0.75:
        reasons.append(f"The machine is unsure ({round(found.confidence * 100)} of 100)")
    return (-weight, found.doc, found.content), found, tuple(reasons)


def checked(pile: Pile) -> set[str]:
    """The statements that a person has accepted."""
    out: set[str] = set()
    held = pile.by_document()
    known: dict[tuple[str, Anchor], tuple[Sequence[Attribution] | None, frozenset[str]]] = (
        pile.once("denoted", dict)
    )
    for judgement in pile.judgements():
        if judgement.state == "standing" and judgement.verdict == "accept":
            for anchor in judgement.about:
                here = held.get(anchor.doc, ())
                before, ids = known.get((judgement.id, anchor), (None, frozenset()))
                if before != here:
                    ids = frozenset(denoted(anchor, here))
                    known[judgement.id, anchor] = here, ids
                out |= ids
    return out


def _doubt(pile: Pile, found: Attribution, reasons: tuple[str, ...]) -> Doubt:
    document = pile.documents()[found.doc]
    (card,) = cards(document, [found], pile.entities())
    span = Span(found.doc, *found.content[0])
    return Doubt(card, side(pile, span), reasons)
