"""Decisions on claims: which statements are one claim, which is another, and where one begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from whence.errors import NotFound, Usage
from whence.judgements import folded, overlap, quoted
from whence.terms import Anchor, Attribution, Claim, Extents, Judgement, Telling, Verdict
from whence.web.cards import cards
from whence.web.claims import Line, ranked, view
from whence.web.desk import at, form
from whence.web.judge import Decision, back_to, keep
from whence.web.pile import Pile

OFFERED = 30
LONGEST_GLOSS = 400
WORD = re.compile(r"\w{3,}")
ABOUT_CLAIMS = frozenset(
    ["same-claim", "not-same-claim", "add-claim", "is-origin", "not-origin"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One telling of a claim: the words that a decision on it holds on to."""

    claim: Claim | None
    telling: Telling | None
    anchor: Anchor


def claim(request: Request) -> HTMLResponse:
    """One claim: who says it is so, who denies it, in their exact words, and whence they have it."""
    desk = at(request)
    with desk.dossier() as pile:
        shown = pile.claims().get(request.path_params["id"])
        if shown is None:
            raise NotFound("that claim is no longer in this dossier: it may have been read anew")
        return desk.page(
            "claim.html", each=view(pile, shown), made=decided(pile, shown), seen=pile.last()
        )


def choose(request: Request) -> HTMLResponse:
    """Which claim a statement belongs to: those whose words are nearest, or that a search finds."""
    desk = at(request)
    asked = request.query_params.get("q", "").strip()[:200]
    with desk.dossier() as pile:
        doc, about = request.path_params["id"], request.path_params["about"]
        here = place(pile, about, request.query_params.get("claim"))
        if here.anchor.doc != doc:
            raise NotFound("that statement is not in this document")
        told = tuple(each for each in pile.claims().values()
                     if any(t.attribution == about for t in each.tellings))  # fmt: skip
        words = asked or (here.claim.gloss if here.claim else here.anchor.quote)
        offered = nearest(words, ranked(pile), {each.id for each in told})
        (card,) = cards(
            pile.documents()[doc], [statement(pile, about)], pile.entities(), pile.judgements()
        )
        return desk.page(
            "choose.html", document=pile.documents()[doc], card=card, here_claim=here.claim,
            anchor=here.anchor, told=told,
            offered=offered, asked_claims=asked, made=about_claims(pile, [here.anchor]),
            seen=pile.last(),
        )  # fmt: skip


def nearest(words: str, lines: Iterable[Line], without: set[str]) -> list[Line]:
    """The claims that share most of these words, rare words counting more."""
    wanted = set(WORD.findall(folded(words)))
    held = [
        (set(WORD.findall(folded(e.claim.gloss))), e) for e in lines if e.claim.id not in without
    ]
    often = Counter(word for found, _ in held for word in found & wanted)
    scored = [
        (sum(1 / often[word] for word in found & wanted), number, each)
        for number, (found, each) in enumerate(held)
        if found & wanted
    ]
    scored.sort(key=lambda one: (-one[0], one[1]))
    return [each for _, _, each in scored[:OFFERED]]


def statement(pile: Pile, about: str) -> Attribution:
    """The statement of this id, as decisions leave it."""
    found = pile.by_id().get(about)
    if found is None:
        raise NotFound("that statement is no longer in this case: it may have been read anew")
    return found


def place(pile: Pile, about: str, claim: str | None = None) -> Place:
    """What a decision on the telling of a claim (or on a statement of none) holds on to."""
    found = statement(pile, about)
    held = pile.claims().get(claim or "")
    telling = next((t for t in held.tellings if t.attribution == about), None) if held else None
    spans = telling.spans if telling is not None and telling.spans else found.content
    text = pile.documents()[found.doc].text
    return Place(held, telling, Anchor("attribution", found.doc, spans, quoted(text, spans)))


def head(pile: Pile, claim: Claim, without: str | None = None) -> Anchor:
    """The words that stand for a whole claim: its first telling that is still there."""
    for each in claim.tellings:
        if each.attribution in pile.by_id() and each.attribution != without:
            return named(place(pile, each.attribution, claim.id).anchor)
    raise Usage("no words of that claim stand in the documents any more")


def named(anchor: Anchor) -> Anchor:
    """The same words, as what names a claim."""
    return Anchor("claim", anchor.doc, anchor.spans, anchor.quote)


async def decide(request: Request) -> Response:
    """Keep a decision on the claim that a statement tells."""
    desk = at(request)
    sent = await form(request)
    with desk.dossier() as pile:
        about = request.path_params["about"]
        here = place(pile, about, sent.get("claim"))
        address = f"/documents/{here.anchor.doc}/statements/{about}/claim"
        back = back_to(sent, address)
        verdict, anchors, value = decision(pile, here, sent)
        return keep(desk, pile, Decision(verdict, anchors, value, back), (request.url.path, sent))


def decision(
    pile: Pile, here: Place, sent: dict[str, str]
) -> tuple[Verdict, tuple[Anchor, ...], str | None]:
    """The verdict, what it is about and what it says, if the form makes sense."""
    other = pile.claims().get(sent.get("other", ""))
    match sent.get("verdict"):
        case "same-claim" if other is not None:
            return "same-claim", (named(here.anchor), head(pile, other)), None
        case "not-same-claim" if other is not None:
            return "not-same-claim", (named(here.anchor), head(pile, other)), None
        case "not-same-claim" if here.claim is not None and here.telling is not None:
            rest = head(pile, here.claim, here.telling.attribution)
            return "not-same-claim", (here.anchor, rest), None
        case ("is-origin" | "not-origin") as verdict:
            return verdict, (here.anchor,), None
        case "add-claim" if sent.get("gloss"):
            if len(sent["gloss"]) > LONGEST_GLOSS:
                raise Usage("a claim is one plain sentence; that is longer than any of ours")
            return "add-claim", (here.anchor,), " ".join(sent["gloss"].split())
    raise Usage("that decision is not complete: choose one, and fill in what it needs")


def about_claims(pile: Pile, places: Sequence[Anchor]) -> list[Judgement]:
    """The decisions on claims that hold on to these words, oldest first."""
    spots = [(each.doc, each.spans) for each in places]
    return [
        each
        for each in pile.judgements()
        if each.verdict in ABOUT_CLAIMS
        and any(_meets(a.doc, a.spans, spots) for a in each.about)
    ]  # fmt: skip


def _meets(doc: str, spans: Extents, spots: Iterable[tuple[str, Extents]]) -> bool:
    return any(doc == other and overlap(spans, there) for other, there in spots)


def decided(pile: Pile, claim: Claim) -> list[Judgement]:
    """The decisions on the claim and on what it tells."""
    return about_claims(
        pile,
        [place(pile, t.attribution, claim.id).anchor for t in claim.tellings
         if t.attribution in pile.by_id()],
    )  # fmt: skip
