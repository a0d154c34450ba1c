"""Where the places lie that a text names: each mention with its place, or with why it has none.

The names of one text are settled together: a name that says what it lies in (“Paris, Texas”) or
that only one place bears settles its neighbours; how many people live there counts last. What
the text does not settle stays open, with its candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from whence.places.choice import Name, Weights, apart, grouped, settled
from whence.places.gazetteer import KINDS, Gazetteer, Place, gazetteer, plain
from whence.places.scan import nominals, scanned
from whence.places.wording import COUNTRY, DIVISION, Toponym, described, given
from whence.terms import Extent, NameForm

_NEAR = 700
"""How many characters back “the province” may reach for the place it means."""
_IN = re.compile(
    r"\b(?:in|at|near|from|to|into|outside|around|towards?|across|over|of|through|inside|within)\s+"
    r"(?:(?:the|central|downtown|eastern|western|northern|southern)\s+)*$",
    re.IGNORECASE,
)

_OPEN = re.compile(r"(?:city|town|village|province|region|area)$")
"""What “in the …” means a piece of ground by, even where no name goes before."""


@dataclass(frozen=True, slots=True)
class Located:
    """Words that name a place, the place they mean if the text settles it, and why."""

    start: int
    end: int
    place: Place | None
    candidates: tuple[Place, ...]
    why: str
    form: NameForm = "name"
    actor: bool = False
    """It is the country's government or people that act here, not the ground (“Moscow denied”)."""


def located(
    text: str, names: Sequence[Extent] | None = None, home: Place | None = None,
    weights: Weights = Weights(),  # noqa: B008
) -> tuple[Located, ...]:  # fmt: skip
    """Every mention of a place in the text, in order, each with where it lies and why.

    `names` are spans that a reader proposes; more are found by the gazetteer. `home` is where the
    outlet is at home, if that is known from its other texts.
    """
    table = gazetteer()
    own = list(scanned(text, table))
    longer = [each for each in own if each.rows]
    found = [
        given(text, span, table) for span in dict.fromkeys(names or ())
        if not any(_swallows(text, each, span, table) for each in longer)
    ]  # fmt: skip
    taken = sorted((each.start, each.end) for each in found)
    for each in own:
        if not any(start < each.end and each.start < end for start, end in taken):
            found.append(each)
    return resolved(text, found, home, weights)


def _swallows(text: str, each: Toponym, span: Extent, table: Gazetteer) -> bool:
    """Whether a proposed name is only a piece of a longer one that we know."""
    if not (each.start <= span[0] and span[1] <= each.end) or (each.start, each.end) == span:
        return False
    words = plain(text[slice(*span)])
    cut = plain(each.name).startswith(words + " ") and each.part is None
    return cut or not table.rows(words)


def resolved(
    text: str, found: Iterable[Toponym], home: Place | None = None, weights: Weights = Weights(),  # noqa: B008
) -> tuple[Located, ...]:  # fmt: skip
    """The mentions given, each with the place it means; descriptions of them are added."""
    table = gazetteer()
    mentions = sorted(found, key=lambda each: (each.start, -each.end))
    groups = grouped(text, mentions, table, weights)
    settled(groups, mentions, table, home, weights)
    out: list[Located] = []
    for group in groups:
        out += _answers(text, group, mentions, table, weights)
    out += [
        _nothing(each) for each in mentions if each.sure and not _held_by(groups, each, mentions)
    ]
    out.sort(key=lambda each: (each.start, each.end))
    return _with_nominals(text, out, table)


def home(texts: Iterable[Sequence[Located]]) -> Place | None:
    """The first-level division that an outlet's places mostly lie in, if there is one.

    Give it what was located in several texts of one outlet; each text counts once per division.
    """
    table, votes, total = gazetteer(), Counter[int](), 0
    for each in texts:
        here = {_row_above(one.place, table) for one in each if one.place and one.form == "name"}
        votes.update(row for row in here if row is not None)
        total += 1
    if not votes:
        return None
    row, count = votes.most_common(1)[0]
    return table.place(row) if count >= 2 and count >= 0.4 * total else None


def _row_above(place: Place, table: Gazetteer) -> int | None:
    """The first-level division that a town or county lies in, or that the place is."""
    row = table.row(place.key)
    if row is None:
        return None
    return next((x for x in (row, *table.chain(row)) if table.kind[x] == DIVISION), None)


def _answers(
    text: str, group: Name, mentions: Sequence[Toponym], table: Gazetteer, weights: Weights
) -> list[Located]:
    """What is said of each mention of a name once everything is weighed."""
    order = np.argsort(-group.scores, kind="stable")
    rows = [int(group.rows[at]) for at in order]
    scores = [float(group.scores[at]) for at in order]
    rivals = [
        s for r, s in zip(rows[1:], scores[1:], strict=True) if apart(table, rows[0], r) > 100
    ]
    close = bool(rivals) and scores[0] - rivals[0] < weights.margin
    places = tuple(table.place(row) for row in rows[:6])
    out = []
    for at in group.mentions:
        each = mentions[at]
        place: Place | None = places[0]
        why = _why(group, rows, table)
        if close:
            place, why = None, f"{len(rows)} places of that name; the text does not say which"
        elif each.part and not _lies_in(places[0], each.part):
            place = _part(places[0], each.part)
            why = f"part of {places[0].name}, without a point of its own"
        acts = _acts(text, each, rows[0], table)
        out.append(Located(each.start, each.end, place, places, why, each.form, acts))
    return out


def _lies_in(place: Place, part: str) -> bool:
    """Whether a part is told well enough by the whole: “eastern” of a town or a province."""
    return place.kind in {"city", "division"} and " " not in part.removeprefix("the ")


def _part(place: Place, part: str) -> Place:
    """A part of a place: the same country, no point."""
    words = part.removeprefix("the ")
    joined = (
        f"{words} {place.name}"
        if " " not in words and "ern" in words
        else f"{words} of {place.name}"
    )
    slug = plain(joined).replace(" ", "-")
    return Place(f"whence:part/{slug}", joined, "region", place.country, None, None, 0)


def _why(group: Name, rows: list[int], table: Gazetteer) -> str:
    """The reason for a choice, in words a reader can check."""
    chosen = table.place(rows[0])
    where = f", in {_where(chosen, table)}" if chosen.kind != "country" else ""
    if group.fuzzy:
        return f"another spelling of {chosen.name}{where}"
    if set(group.within) & set(table.chain(rows[0])):
        outer = next(row for row in table.chain(rows[0]) if row in set(group.within))
        return f"the text names it together with {table.name(outer)}"
    if len(rows) == 1:
        return f"the only place we know by that name{where}"
    best = int(np.argmax(group.base))
    if int(group.rows[best]) != rows[0]:
        return f"of {len(rows)} places of that name, the one that goes with the other places here{where}"
    return f"the best known of {len(rows)} places of that name{where}"


def _where(place: Place, table: Gazetteer) -> str:
    row = table.row(place.key)
    above = list(table.chain(row)) if row is not None else []
    return ", ".join(table.name(each) for each in above) or (place.country or "no one country")


def _acts(text: str, each: Toponym, row: int, table: Gazetteer) -> bool:
    """Whether the name stands for those who govern there rather than for the ground."""
    if each.sure and not each.name.isupper() and "." not in each.name:
        return False
    if table.kind[row] == COUNTRY or table.is_capital(row):
        return not described(text, (each.start, each.end), (row,), table).sure
    return False


def _held_by(groups: list[Name], each: Toponym, mentions: Sequence[Toponym]) -> bool:
    return any(mentions[at] is each for group in groups for at in group.mentions)


def _nothing(each: Toponym) -> Located:
    """A mention of a place that is in no list of ours."""
    return Located(each.start, each.end, None, (), "a place, by its wording; we know none of that name",
                   each.form)  # fmt: skip


def _rules(text: str, each: Located, table: Gazetteer) -> bool:
    """Whether a capital may stand for its government here: nothing says that one is in it."""
    row = table.row(each.place.key) if each.place else None
    return row is not None and table.is_capital(row) and not _IN.search(
        text[max(0, each.start - 40) : each.start]
    )  # fmt: skip


def _with_nominals(text: str, found: list[Located], table: Gazetteer) -> tuple[Located, ...]:
    """The mentions together with those that only describe one just named (“the province”)."""
    out = list(found)
    for start, end, kinds in nominals(text):
        if any(each.start < end and start < each.end for each in found):
            continue
        before = [
            each for each in found
            if start - _NEAR < each.end <= start and each.place and not each.actor
            and each.place.kind in {KINDS[kind] for kind in kinds}
            and not _rules(text, each, table)
        ]  # fmt: skip
        if before:
            last = before[-1]
            why = f"said of {last.place.name}, just before" if last.place else ""
            out.append(replace(last, start=start, end=end, why=why, form="nominal"))
        elif _OPEN.search(text, start, end) and _IN.search(text[max(0, start - 40) : start]):
            why = "described, and nothing here says which is meant"
            out.append(Located(start, end, None, (), why, "nominal"))
    return tuple(sorted(out, key=lambda each: (each.start, each.end)))
