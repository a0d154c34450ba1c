"""What a search asks for, and what in the pile answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from whence.places.gazetteer import plain
from whence.store import Match
from whence.terms import Attribution, Document, Entity, Extent, Role, Stance
from whence.web.claims import Line, ranked
from whence.web.period import Period
from whence.web.pile import Pile
from whence.web.speakers import Speaker, by_speaker, of_entity

LONGEST = 400
KINDS = ("documents", "statements", "claims", "speakers")
SIFTED = 600
"""Documents whose blocks are looked at for one search by role; more would be slow."""


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Asked:
    """The words looked for, and what narrows the search."""

    words: str = ""
    kind: str | None = None
    outlet: str | None = None
    stance: Stance | None = None
    days: Period = ALWAYS
    place: str | None = None
    role: Role | None = None

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Asked:
        """What an address asks for; what makes no sense in it is passed over."""
        kind, place, outlet = (fields.get(name) or None for name in ("in", "place", "outlet"))
        return cls(
            words=fields.get("q", "").strip()[:LONGEST],
            kind=kind if kind in KINDS else None,
            outlet=outlet,
            stance=next((each for each in get_args(Stance) if each == fields.get("stance")), None),
            days=Period.asked(fields),
            place=place,
            role=next((each for each in get_args(Role) if each == fields.get("role")), None),
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the words is asked for."""
        return bool(self.outlet or self.stance or self.days or self.place or self.role)

    def address(self, kind: str | None = None) -> str:
        """The address of the same search, in one kind of things."""
        return f"/search?{self.kept(kind)}".rstrip("&")

    def kept(self, kind: str | None = None) -> str:
        """The same search as fields of an address, to be followed by something else."""
        fields = {
            "q": self.words, "in": kind or self.kind, "outlet": self.outlet, "stance": self.stance,
            "from": self.days.first, "to": self.days.last, "place": self.place, "role": self.role,
        }  # fmt: skip
        return "".join(f"{urlencode({name: value})}&" for name, value in fields.items() if value)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words around a place where what was looked for stands; the places in them are marked."""

    start: int
    end: int
    parts: tuple[tuple[str, bool], ...]
    """The words in pieces, each with whether it is one that was looked for."""


# ---------------------------------------------------------------- documents and statements


def documents(pile: Pile, asked: Asked) -> list[Match]:
    """The texts that answer, best first; by date where no words are asked for."""
    if asked.stance is not None:
        return []  # a stance is a statement's
    if asked.words:
        found: Iterable[Match] = pile.dossier.matches(asked.words, statements=False)
    else:
        found = (Match(0, each.id, None) for each in sorted(pile.documents().values(), key=_day))
    passing = _passing(pile, asked)
    return [each for each in found if each.doc in passing]


def statements(pile: Pile, asked: Asked) -> list[Match]:
    """The statements that answer, best first."""
    known, passing = pile.by_id(), _passing(pile, asked)
    if asked.words:
        found: Iterable[Match] = pile.dossier.matches(asked.words, statements=True)
    else:
        found = (Match(0, each.doc, each.id) for each in known.values())
    naming = _statements_naming(pile, asked.place) if asked.place else None
    out = []
    for each in found:
        said = known.get(each.ref or "")
        if said is None or said.doc not in passing or asked.stance not in (None, said.stance):
            continue
        if naming is not None and said.id not in naming:
            continue
        if asked.role is None or _stands_in(pile, said, asked.role):
            out.append(each)
    return out


def _passing(pile: Pile, asked: Asked) -> set[str]:
    """The documents of the outlet and the days asked for, which name the place."""
    passing = {
        each.id
        for each in pile.documents().values()
        if asked.outlet in (None, each.outlet) and asked.days.holds(each.published)
    }
    if asked.place is not None:
        passing &= {each.doc for each in of_entity(pile).get(asked.place, ())}
    return passing


def _statements_naming(pile: Pile, place: str) -> set[str]:
    """The statements whose own words name a place."""
    held = pile.by_document()
    return {
        found.id
        for mention in of_entity(pile).get(place, ())
        for found in held.get(mention.doc, ())
        if any(a <= mention.start and mention.end <= b for a, b in found.content)
    }


def _stands_in(pile: Pile, found: Attribution, role: Role) -> bool:
    return any(a <= found.content[0][0] < b for a, b in blocks(pile, found.doc, role))


def blocks(pile: Pile, doc: str, role: Role) -> list[Extent]:
    """The stretches of a document that have this role, looked up once."""
    known: dict[str, list[tuple[Role, Extent]]] = pile.once("roles", dict)
    if doc not in known:
        known[doc] = [(each.role, (each.start, each.end)) for each in pile.dossier.blocks(doc)]
    return [extent for each, extent in known[doc] if each == role]


def in_role(pile: Pile, found: Sequence[Match], asked: Asked) -> list[Match]:
    """Those of the best matches whose words stand in blocks of the role asked for."""
    if asked.role is None:
        return list(found)
    return [each for each in found[:SIFTED] if any(places(pile, each, asked))]


def places(pile: Pile, match: Match, asked: Asked) -> list[Extent]:
    """Where the words stand in a match; in a text, only where the role is the one asked for."""
    role = asked.role
    if not asked.words:
        return blocks(pile, match.doc, role)[:1] if role else []
    found = pile.dossier.spots(asked.words, match)
    if role is None or match.ref is not None:
        return found
    inside = blocks(pile, match.doc, role)
    return [each for each in found if any(a <= each[0] < b for a, b in inside)]


def passages(text: str, found: Sequence[Extent], around: int = 90) -> Iterator[Passage]:
    """The words around the places, those near each other in one; cut between words."""
    near: list[list[Extent]] = []
    for each in found:
        if near and each[0] - near[-1][-1][1] < around:
            near[-1].append(each)
        else:
            near.append([each])
    for group in near:
        start, end = _edges(text, group[0][0] - around, group[-1][1] + around)
        parts: list[tuple[str, bool]] = []
        at = start
        for a, b in group:
            parts += [(text[at:a], False), (text[a:b], True)]
            at = b
        yield Passage(group[0][0], group[0][1], (*parts, (text[at:end], False)))


def _edges(text: str, start: int, end: int) -> Extent:
    """The stretch without the pieces of words, and of other paragraphs, at its ends."""
    start, end = max(start, 0), min(end, len(text))
    if start and (gap := text.find(" ", start, start + 30)) >= 0:
        start = gap + 1
    if end < len(text) and (gap := text.rfind(" ", end - 30, end)) >= 0:
        end = gap
    return start, end


# ---------------------------------------------------------------- speakers and claims


def speakers(pile: Pile, asked: Asked) -> list[tuple[Entity, Speaker | None]]:
    """Those whose names hold all the words, each at the beginning of a word; who says most first."""
    wanted = plain(asked.words.replace('"', " ")).split()
    if not wanted:
        return []
    said = pile.once("speaker of", lambda: {each.entity.id: each for each in by_speaker(pile)})
    found = [each for each, names in _names(pile) if all(f" {word}" in names for word in wanted)]
    times = of_entity(pile)
    return sorted(
        ((each, said.get(each.id)) for each in found),
        key=lambda one: (-(one[1].statements if one[1] else 0), -len(times.get(one[0].id, ()))),
    )


def _names(pile: Pile) -> list[tuple[Entity, str]]:
    """Every entity with all its names, in their plainest spelling, a space before each word."""
    return pile.once(
        "plain names",
        lambda: [
            (each, f" {' | '.join(plain(name) for name in (each.name, *each.also))}")
            for each in pile.entities().values()
        ],
    )


def claims(pile: Pile, asked: Asked) -> list[Line]:
    """The claims whose sentence holds all the words, in the order of the list of claims."""
    wanted = plain(asked.words.replace('"', " ")).split()
    if not wanted or asked.stance or asked.role:
        return []
    known, passing = pile.by_id(), _passing(pile, asked) if asked.narrowed else None
    glosses = pile.once(
        "plain glosses", lambda: [(e, f" {plain(e.claim.gloss)}") for e in ranked(pile)]
    )
    for word in (f" {each}" for each in wanted):
        glosses = [each for each in glosses if word in each[1]]
    return [
        line
        for line, _ in glosses
        if (asked.place is None or asked.place in line.claim.where)
        and (
            passing is None
            or any(t.attribution in known and known[t.attribution].doc in passing
                   for t in line.claim.tellings)
        )
    ]  # fmt: skip


def _day(document: Document) -> tuple[str, str]:
    when = document.published
    return ((when.first or when.last) if when is not None else None) or "9999", document.name
