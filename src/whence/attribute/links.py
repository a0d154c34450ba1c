"""How the attributions of one page hang together: doubles, nesting, channels, what a denial denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whence import channels as ways
from whence.clauses import WORD, inside, overlap, sentence_at, size, trimmed
from whence.cues import lemma
from whence.terms import Attribution, Block, Channel, Extents


def handed_over(text: str, leaves: Sequence[Block]) -> ways.Governed | None:
    """Where the page hands itself to another outlet: “Rt.com reports:”."""
    for leaf in leaves:
        if leaf.role == "body":
            hand = ways.governs(text, *trimmed(text, leaf.start, leaf.end))
            if hand:
                return hand
    return None


def governed(
    text: str, leaves: Sequence[Block], found: list[Attribution], hand: ways.Governed | None
) -> list[Attribution]:
    """From a handover on the writer's voice is that outlet's, and what others say has come through
    it. The agency of a dateline is every statement's channel."""
    if hand:
        way = Channel(hand.name, "reported", hand.name_span, True)
        return [_passed_on(f, hand.start, way) for f in found]
    running = [leaf for leaf in leaves if leaf.role in ("body", "dateline")]
    first = next((n for n, leaf in enumerate(running) if leaf.role == "body"), len(running))
    for n, leaf in enumerate(running):
        line = ways.dateline(text, leaf.start, leaf.end)
        if line and line.span and n <= first:
            return [_passed_on(f, line.span[1], line, voice=False) for f in found]
        if line and line.span and ways.heads(text, leaf.start, line.span[0] - 1):
            last = running[n + 1 if leaf.role == "dateline" and n + 1 < len(running) else n].end
            found = [
                _passed_on(f, line.span[1], line, voice=False) if _begins(f) < last else f
                for f in found
            ]
    return found


def _begins(found: Attribution) -> int:
    return found.cue[0][0] if found.cue else found.content[0][0]


def _passed_on(found: Attribution, start: int, way: Channel, voice: bool = True) -> Attribution:
    if _begins(found) < start:
        return found
    if found.voice == "author":
        return replace(found, voice="outlet") if voice else found
    if any(ways.same(c.name, way.name) for c in found.channels):
        return found
    return replace(found, channels=(*found.channels, way))


def unique(found: Sequence[Attribution]) -> list[Attribution]:
    """Without doubles: of two finds with one cue and one content the surer stays."""
    out: list[Attribution] = []
    for each in sorted(found, key=lambda f: -f.confidence):
        rival = next((o for o in out if (overlap(o.cue, each.cue) or (not o.cue and not each.cue))
                      and overlap(o.content, each.content) > 0.5 * size(each.content)
                      and (overlap(o.source, each.source) or not o.source or not each.source)), None)  # fmt: skip
        if rival is None:
            out.append(each)
    return sorted(out, key=lambda f: min(e[0] for e in (*f.source, *f.cue, *f.content)))


def nested(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each find with the smallest other find whose content holds it; an outlet that only passes on
    what another says becomes that other's channel."""
    out = {f.id: f for f in found}
    for each in found:
        whole = (*each.source, *each.cue, *each.content)
        holders = [o for o in found if o.id != each.id and _holds(o) and inside(whole, _span(o.content))
                   and inside(each.content, _loose(o.content))]  # fmt: skip
        if holders:
            best = min(holders, key=lambda o: size(o.content))
            out[each.id] = replace(out[each.id], within=best.id)
    for each in found:
        mine = [o for o in out.values() if o.within == each.id]
        name = " ".join(text[a:b] for a, b in each.source)
        if mine and name and ways.is_outlet(name) and each.voice == "speaker":
            out[each.id] = replace(out[each.id], reports=True)
            way = Channel(ways.bare(name), "reported", each.source[0])
            for inner in mine:
                if not any(ways.same(c.name, way.name) for c in out[inner.id].channels):
                    kept = out[inner.id]
                    out[inner.id] = replace(kept, channels=(*kept.channels, way))
    return tuple(out.values())


def _holds(found: Attribution) -> bool:
    """Whether others may stand in it: somebody's words, not the writer's own sentence."""
    return bool(found.cue) or (found.voice == "speaker" and not found.source)


_NAMED: Final = frozenset(
    "claim accusation allegation charge assertion declaration warning promise threat contention".split()
)
_POINTS: Final = re.compile(
    r"\W*(?:(?:the|these|those|this|that|such|any|all|his|her|their|its|[A-Z][\w-]*(?:\s[A-Z][\w-]*)*"
    r"['’]s?)\s+)?(?:[a-z-]+\s+)?(?:claims?|accusations?|allegations?|charges?|assertions?|suggestions?|"
    r"statements?|criticisms?|remarks)\W*$|\W*(?:it|that|this|them|so|everything|any\s+such\s+thing)\W*$"
)


def answered(text: str, found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, each denial with what it denies where the passage settles it: the statement
    it names inside it, or the one statement of somebody else just before it."""
    out = []
    for each in found:
        denied = _denied(text, each, found) if each.stance == "denies" and each.cue else None
        out.append(replace(each, answers=(denied,)) if denied else each)
    return tuple(out)


def _denied(text: str, each: Attribution, found: Sequence[Attribution]) -> str | None:
    held = [o for o in found if o.within == each.id and len(o.cue) == 1]
    named = [o for o in held if lemma(text[slice(*o.cue[0])]) in _NAMED]
    if len(named) == 1:
        return named[0].id
    content = re.split(r"[,:“\"]", text[slice(*each.content[0])])[0]
    points = bool(_POINTS.match(content))
    line = text.rfind("\n", 0, _begins(each)) + 1
    start = line if not points else text.rfind("\n", 0, len(text[:line].rstrip())) + 1
    rivals = [
        o for o in found if start <= _begins(o) < _begins(each) and _may_answer(text, o, each)
    ]
    if not points:
        alike = [o for o in rivals if _shared(text, each, o) >= _ALIKE]
        return alike[0].id if len(alike) == 1 else None
    if re.search(r"\b(?:accusation|allegation|charge)s?\b", content):
        rivals = [o for o in rivals if o.stance == "accuses"] or rivals
    if not rivals:
        return None
    nearest = sentence_at(text, _begins(rivals[-1]))[0]
    last = [o for o in rivals if _begins(o) >= nearest]
    return last[0].id if len(last) == 1 else None


_ALIKE: Final = 0.5  # the share of a denial's longer words that what it denies must hold


def _may_answer(text: str, said: Attribution, denial: Attribution) -> bool:
    """Whether a denial can be of this: another's plain assertion or accusation, not inside it."""
    if said.voice != "speaker" or said.stance not in ("asserts", "accuses") or said.within:
        return False
    who, other = (" ".join(text[a:b] for a, b in x.source).casefold() for x in (said, denial))
    return who != other and denial.within != said.id and not overlap(said.content, denial.content)


def _shared(text: str, denial: Attribution, said: Attribution) -> float:
    mine, theirs = (_stems(text, x.content) for x in (denial, said))
    return len(mine & theirs) / len(mine) if len(mine) > 1 else 0.0


def _stems(text: str, extents: Extents) -> set[str]:
    """The longer words of extents, cut to five letters."""
    words = (w.group().casefold() for a, b in extents for w in WORD.finditer(text, a, b))
    return {w[:5] for w in words if len(w) > 3}


def _span(extents: Extents) -> Extents:
    return _loose(((extents[0][0], extents[-1][1]),)) if extents else ()


def _loose(extents: Extents) -> Extents:
    """The extents and the quotation mark or stop that may stand at either edge."""
    return tuple((a - 2, b + 2) for a, b in extents)
