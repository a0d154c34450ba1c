"""How many independent origins stand behind a claim in this pile: a range, never a guess, and why.

One speech act is one origin, however many outlets carry it and through whatever channel; the voices
of one institution are one. A headline, a commenter, a rewrite or a copy is none. Where the pile does
not show whether two depend on one another, the range is wide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from whence.knowledge import known, state, state_of
from whence.pile import Pile, attributions, common, institutions, publishers, squeezed
from whence.terms import (
    Attribution,
    Claim,
    Document,
    Edge,
    Entity,
    Origin,
    OriginKind,
    Origins,
    Passage,
    Reading,
    Span,
    Telling,
    When,
)

_OFFICE = re.compile(
    r"\b(?:ministry|department|army|navy|forces?|command|staff|government|embassy|office|agency|"
    r"service|police|officials?|presidency|administration)\b",
    re.I,
)
_ARTICLE = re.compile(r"United|Nether|Philipp|Bahamas|Gambia|Maldives|US|U\.S\.|UK|U\.K\.")
_SOME = frozenset("A An The One Two Three Four Five Several Some Many".split())
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True)
class _Case:
    """What origins are counted against."""

    known: Mapping[str, Attribution]
    readings: Mapping[str, Reading]
    speaks_for: Mapping[str, str]
    entities: Mapping[str, Entity]
    released: Mapping[str, str]
    """The documents that an institution published itself, and which."""
    above: Mapping[str, frozenset[str]]
    """For each document those it copied from, near or far."""
    judged: Mapping[str, bool]
    """Attributions that people said are an origin, or are none."""
    worded: Mapping[str, Sequence[Passage]]
    """By document, wording that it shares with later ones because somebody said it once."""


@dataclass(slots=True)
class _Tally:
    """What is gathered of one claim before it is counted."""

    acts: defaultdict[str, list[Attribution]] = field(default_factory=lambda: defaultdict(list))
    open: list[Attribution] = field(default_factory=list)
    told: dict[str, Attribution] = field(default_factory=dict)
    joined: list[str] = field(default_factory=list)
    """In words, which voices were taken for one."""
    unquoted: bool = False
    """Whether it is only denied or passed on: who says it is not quoted here."""


def origins(pile: Pile, claims: Sequence[Claim], edges: Iterable[Edge]) -> tuple[Claim, ...]:
    """The claims, each with its origins in this pile."""
    case = _case(pile, edges)
    return tuple(replace(each, origins=_of(each, case)) for each in claims)


def _case(pile: Pile, edges: Iterable[Edge]) -> _Case:
    known = attributions(pile)
    speaks_for = institutions(pile)
    released = {
        doc: who for who, docs in sorted(publishers(pile, speaks_for).items()) for doc in docs
    }
    judged = {}
    for each in pile.judgements:
        if each.verdict in ("is-origin", "not-origin"):
            for anchor in each.about:
                for a in known.values():
                    if a.doc == anchor.doc and common(a.content, anchor.spans):
                        judged[a.id] = each.verdict == "is-origin"
    return _Case(
        known, {r.document.id: r for r in pile.readings}, speaks_for,
        {each.id: each for each in pile.entities}, released, _ancestors(edges), judged,
        _worded(pile),
    )  # fmt: skip


def _worded(pile: Pile) -> dict[str, list[Passage]]:
    out: defaultdict[str, list[Passage]] = defaultdict(list)
    for each in pile.passages:
        if each.kind in ("shared quotation", "translation"):
            out[each.left.doc].append(each)
    return dict(out)


def _ancestors(edges: Iterable[Edge]) -> dict[str, frozenset[str]]:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for each in edges:
        parents[each.copy].add(each.exemplar)
    out = {}
    for doc in list(parents):
        seen: set[str] = set()
        waiting = [doc]
        while waiting:
            for above in parents.get(waiting.pop(), ()):
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
        out[doc] = frozenset(seen - {doc})
    return out


def _of(claim: Claim, case: _Case) -> Origins:
    tally = _Tally()
    told = [t for t in claim.tellings if t.attribution in case.known]
    asserting = [t for t in told if t.stance == "asserts"] or [
        t for t in told if t.stance == "hedges"
    ]
    deniers = {_voice(t, case) for t in told if t.stance == "denies"}
    others = [t for t in asserting if _voice(t, case) not in deniers]
    for telling in others or asserting:
        _weighed(telling, case, tally)
    _governments(tally, case)
    _same_words(tally, case)
    tally.unquoted = bool(told) and not asserting
    named = tuple(
        Origin(_name(key, acts, case), _kind(acts, case), tuple(sorted({a.id for a in acts})))
        for key, acts in sorted(tally.acts.items())
    )
    docs = {case.known[t.attribution].doc for t in told}
    low, high = _range(tally, case, docs)
    return Origins(low, high, named, _why(tally, case, told, named, (low, high)))


def _voice(telling: Telling, case: _Case) -> str:
    each = case.known[telling.attribution]
    return case.speaks_for.get(each.speaker or "", each.speaker or each.id)


def _weighed(telling: Telling, case: _Case, tally: _Tally) -> None:
    """Put one telling where it counts: an act of someone, a page's own word, or nothing."""
    each = case.known[telling.attribution]
    if each.id in case.judged:
        if case.judged[each.id]:
            tally.acts[f"judged|{each.id}"].append(each)
        return
    if each.stance == "declines" or each.reports or each.voice == "commenter":
        return
    if each.voice == "speaker" and each.speaker:
        key = case.speaks_for.get(each.speaker, each.speaker)
        tally.acts[key].append(each)
    elif each.voice == "speaker":
        tally.open.append(each)
    elif each.doc in case.released:
        tally.acts[case.released[each.doc]].append(each)
    elif each.voice == "author" and not _heading(each, case):
        tally.told.setdefault(_outlet(case.readings[each.doc].document), each)


def _governments(tally: _Tally, case: _Case) -> None:
    """A state that speaks is its one ministry that says the same here: “Lowmark”, “its ministry”.

    Where two of its offices say so, which of them spoke for it is not settled: it stays by itself.
    """
    organs: defaultdict[str, list[str]] = defaultdict(list)
    states: dict[str, str] = {}
    for key in sorted(tally.acts):
        code, itself = _government(case.entities.get(key))
        if code and itself:
            states[key] = code
        elif code:
            organs[code].append(key)
    for key, code in states.items():
        if len(organs[code]) == 1:
            nation, office = state(code), case.entities[organs[code][0]].name
            name = nation.name if nation else case.entities[key].name
            tally.joined.append(f"{name} speaks here through {_the(office)}.")
            tally.acts[organs[code][0]] += tally.acts.pop(key)


def _government(entity: Entity | None) -> tuple[str | None, bool]:
    """The ISO code of the state that an entity is or is an office of, and whether it is the state."""
    if entity is None or not entity.named or entity.kind == "person":
        return None, False
    if found := state_of(entity.name):
        return found[0].code, True
    entry = known(entity.name)
    if entry is not None:
        return (entry.country, False) if entry.role in ("ministry", "force") else (None, False)
    first = entity.name.removeprefix("the ").split()
    if len(first) > 1 and _OFFICE.search(entity.name) and (found := state_of(first[0])):
        return found[0].code, False
    return None, False


def _same_words(tally: _Tally, case: _Case) -> None:
    """Speakers whose very words two documents share have said them once: one act, several names."""
    docs = {each.doc for acts in (*tally.acts.values(), tally.open) for each in acts}
    shared = [p for doc in sorted(docs) for p in case.worded.get(doc, ()) if p.right.doc in docs]
    for passage in shared:
        left, right = (
            next((key for key, acts in sorted(tally.acts.items()) if _within(acts, side)), None)
            for side in (passage.left, passage.right)
        )
        if left and right and left != right:
            kept, other = sorted((left, right), key=lambda key: (-_standing(key, case), key))
            names = [_called(key, case) for key in (other, kept) if key in case.entities]
            if len(names) == 2:
                said = f"{names[0]} and {names[1]} are given the same words."
                tally.joined.append(said[0].upper() + said[1:])
            tally.acts[kept] += tally.acts.pop(other)
        side = passage.right if left else passage.left
        if left or right:
            tally.open = [each for each in tally.open if not _within([each], side)]


def _within(acts: Sequence[Attribution], side: Span) -> bool:
    """Whether most of the shared words, or of one of these contents, are common to both."""
    for each in acts:
        if each.doc == side.doc:
            held = common(each.content, ((side.start, side.end),))
            if 2 * held > min(side.end - side.start, sum(b - a for a, b in each.content)):
                return True
    return False


def _standing(key: str, case: _Case) -> int:
    """How well an entity names who spoke: an office or a person says more than a state."""
    entity = case.entities.get(key)
    if entity is None or not entity.named:
        return 0
    return 1 if entity.kind == "place" or state_of(entity.name) else 2


def _heading(each: Attribution, case: _Case) -> bool:
    return any(
        b.role == "headline" and b.start <= each.content[0][0] < b.end
        for b in case.readings[each.doc].blocks
    )


def _outlet(document: Document) -> str:
    return squeezed(document.outlet) if document.outlet else document.id


def _range(tally: _Tally, case: _Case, docs: set[str]) -> tuple[int, int]:
    """At least and at most, from acts of named speakers, unnamed ones, and pages' own words.

    Who saw it, shows it or put it out counts for certain, and so does one act that several pages
    carry. Others may have it from them: together they widen the range.
    """
    loose = len(_unexplained(tally, case, docs))
    if tally.acts:
        sure = [each for each in tally.acts.values() if _first_hand(each, case)]
        spread = [each for each in tally.acts.values() if len({a.doc for a in each}) > 1]
        low = max(1, len(sure))
        solid = max(low, sum(each in sure or each in spread for each in tally.acts.values()))
        rest = len(tally.acts) - solid + loose + len(_strangers(tally, case, docs))
        return low, solid + min(1, max(0, rest))
    own = [each for each in tally.told.values() if not case.above.get(each.doc, frozenset()) & docs]
    if own:
        return 1, len(own) + min(1, loose)
    if loose:
        return int(any(each.source for each in tally.open)), 1
    silent = tally.told or tally.open or tally.unquoted
    return 0, 1 if silent else 0


def _strangers(tally: _Tally, case: _Case, docs: set[str]) -> list[Attribution]:
    """Pages that say it on their own word, have it from no other here, and quote none who says it:
    they may have found it out themselves."""
    return [
        each
        for each in tally.told.values()
        if not case.above.get(each.doc, frozenset()) & docs
        and not any(
            case.speaks_for.get(a.speaker or "", a.speaker or "") in tally.acts
            for a in case.readings[each.doc].attributions
            if a.voice == "speaker"
        )
    ]


def _unexplained(tally: _Tally, case: _Case, docs: set[str]) -> list[Attribution]:
    """Statements of nobody named, save on pages that had them from another page of this claim or
    from the same lost text as one that names the speaker."""
    behind = {
        text for acts in tally.acts.values() for a in acts for text in case.above.get(a.doc, ())
    }
    return [
        each for each in tally.open
        if not case.above.get(each.doc, frozenset()) & (docs | behind)
    ]  # fmt: skip


def _first_hand(acts: Sequence[Attribution], case: _Case) -> bool:
    """Whether someone saw it, shows it, or has put out a statement of their own."""
    return any(
        any(e.kind in ("eyewitness", "imagery", "document") for e in each.evidence)
        or each.doc in case.released
        for each in acts
    )


def _kind(acts: Sequence[Attribution], case: _Case) -> OriginKind:
    kinds = {e.kind for each in acts for e in each.evidence}
    if "eyewitness" in kinds:
        return "eyewitness"
    speakers = {each.speaker for each in acts if each.speaker}
    known = [case.entities[id] for id in speakers if id in case.entities]
    if known and not any(each.named for each in known):
        return "unnamed"
    if known and all(each.kind == "document" for each in known):
        return "document"
    return "statement"


def _name(key: str, acts: Sequence[Attribution], case: _Case) -> str:
    entity = case.entities.get(key)
    if entity is None:
        first = case.entities.get(acts[0].speaker or "")
        who = first.name if first else "a source"
    else:
        nation = state_of(entity.name)
        bent = nation is not None and nation[1] in ("adjective", "people")
        who = nation[0].name if nation and bent else entity.name
    voices = {a.speaker for a in acts}
    alone = case.entities.get(next(iter(voices)) or "") if len(voices) == 1 else None
    if (
        entity is not None
        and alone is not None
        and alone.kind == "person"
        and alone.id != entity.id
    ):
        who = f"{alone.name} ({entity.name})" if alone.named else alone.name
        entity = alone
    if entity is not None and not entity.named and who.split(" ")[0] in _SOME:
        who = who[0].lower() + who[1:]
    days = sorted({day for a in acts if a.said and (day := _day(a.said))})
    told = sorted({c.name for a in acts for c in a.channels if c.route == "told"})
    where = f" to {told[0]}" if len(told) == 1 else ""
    day = f", {days[0]}" if len(days) == 1 else ""
    if (
        entity is not None
        and entity.kind in ("organisation", "group")
        and entity.named
        and not where
    ):
        return f"statement of {_the(who)}{day}"
    return f"{who}{where}{day}"


def _day(when: When) -> str | None:
    """The one day it was said on, if it was: “earlier in June” is none."""
    first, last = (when.first or "")[:10], (when.last or "")[:10]
    return first if first == last else None


def _called(key: str, case: _Case) -> str:
    """What to call an entity inside a sentence."""
    entity = case.entities[key]
    return entity.name if entity.kind == "person" else _the(entity.name)


def _the(name: str) -> str:
    found = state_of(name)
    bare = found is not None and found[1] in ("name", "capital")
    if name.casefold().startswith(("the ", "a ")) or (bare and not _ARTICLE.match(name)):
        return name
    return f"the {name}"


def _why(
    tally: _Tally, case: _Case, told: Sequence[Telling], named: Sequence[Origin],
    count: tuple[int, int],
) -> str:  # fmt: skip
    """Two or three plain sentences that show the count."""
    docs = {case.known[t.attribution].doc for t in told}
    pages = {_outlet(case.readings[doc].document) for doc in docs}
    carries = "outlet carries" if len(pages) == 1 else "outlets carry"
    lines = [f"{_number(len(pages)).capitalize()} {carries} this."]
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for origin in named:
        sources[origin.name] |= {case.known[a].doc for a in origin.attributions}
    for name, those in [*sources.items()][:3]:
        verb = "has" if len(those) == 1 else "have"
        article = "a " if name.startswith(("statement of", "report of")) else ""
        lead = "It" if len(docs) == 1 else _number(len(those)).capitalize()
        lines.append(f"{lead} {verb} it from {article}{name}.")
    copied = sum(1 for doc in docs if case.above.get(doc, frozenset()) & docs)
    if copied:
        verb = "has" if copied == 1 else "have"
        lines.append(f"{_number(copied).capitalize()} {verb} wording from another of them.")
    if not named and tally.told:
        lines.append("No source is named: the pages say it on their own word.")
    denied = {case.known[t.attribution].doc for t in told if t.stance == "denies"}
    if denied:
        verb = "carries" if len(denied) == 1 else "carry"
        lead = "It" if len(docs) == 1 else _number(len(denied)).capitalize()
        lines.append(f"{lead} {verb} a denial.")
    if tally.unquoted and not named:
        lines.append("Who says so is not quoted here.")
    return " ".join([*lines, *tally.joined[:1], _sum(*count)])


def _sum(low: int, high: int) -> str:
    if high == 0:
        return "That is no origin: nobody in this pile says it first-hand."
    if (low, high) == (0, 1):
        return "That is one origin in this pile at most."
    if low == high:
        noun = "origin" if low == 1 else "origins"
        return f"That is {_number(low)} {noun} in this pile."
    return (
        f"That is {_number(low)} {'or' if high == low + 1 else 'to'} {_number(high)} origins in this pile: "
        "it does not show whether they depend on one another."
    )


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)
