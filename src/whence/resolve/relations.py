"""What a statement is about, whom it blames, what it answers, and when it was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from whence.clauses import sentences
from whence.terms import Attribution, Entity, Extent, Mention, Reading, Time, When

_ACTORS: Final = frozenset(["person", "organisation", "group"])
_BLAME: Final = re.compile(
    r"\b(?:accus\w+|blam\w+|charg(?:e|ed|es|ing)|denounc\w+|condemn\w+|fault\w*|lambast\w+|criticis\w+|criticiz\w+|"
    r"rebuk\w+|deplor\w+|alleg\w+)\b",
    re.I,
)
_FAULT: Final = re.compile(
    r"\b(?:is|are|was|were|be)\s+(?:directly\s+|indirectly\s+|solely\s+|partly\s+|fully\s+|either\s+\w+\s+or\s+\w+\s+)?"
    r"(?:to\s+blame|responsible|at\s+fault|guilty|complicit|behind)\b|"
    r"\b(?:collu(?:des?|ded|sion|ding)|violat\w+|lied|lying)\b",
    re.I,
)
_CLAIM_NOUN: Final = re.compile(
    r"\b(?:claims?|accusations?|allegations?|charges?|reports?|assertions?|statements?|suggestions?|rumou?rs?)\b",
    re.I,
)
_WHOSE: Final = re.compile(r"(?:’s|'s|s’|s')$")


def related(reading: Reading, entities: Mapping[str, Entity]) -> Reading:
    """The reading with about, charges, answers and said filled in where the words say so."""
    held = _Held(reading, entities)
    out: list[Attribution] = []
    for each in sorted(reading.attributions, key=lambda a: a.content[0][0]):
        inside = held.within(each.content)
        about = tuple(dict.fromkeys(m.entity for m in inside if m.entity))
        made = replace(
            each, about=each.about or about, charges=each.charges or held.charged(each, inside),
            said=each.said or held.said(each),
        )  # fmt: skip
        out.append(replace(made, answers=made.answers or _answered(reading, made, out, inside)))
    order = {a.id: n for n, a in enumerate(reading.attributions)}
    return replace(reading, attributions=tuple(sorted(out, key=lambda a: order[a.id])))


class _Held:
    """The mentions and times of one document, found by place."""

    def __init__(self, reading: Reading, entities: Mapping[str, Entity]) -> None:
        self.reading, self.entities = reading, entities
        self.text = reading.document.text
        self._accused: dict[tuple[Extent, ...], tuple[str, ...]] = {}

    def within(self, extents: Sequence[Extent]) -> list[Mention]:
        """The mentions with an entity that stand in these words, in order."""
        found = [m for m in self.reading.mentions if m.entity and m.form != "pronoun"]
        return [m for m in found if any(a <= m.start and m.end <= b for a, b in extents)]

    def charged(self, each: Attribution, inside: Sequence[Mention]) -> tuple[str, ...]:
        """Whom the words blame: in an accusation the first actor or state named in them."""
        cue = " ".join(self.text[a:b] for a, b in each.cue)
        words = " ".join(self.text[a:b] for a, b in each.content)
        fault = _FAULT.search(words)
        if each.stance in {"denies", "declines", "asks"}:
            return ()
        if each.stance == "accuses" or _BLAME.search(cue):
            if same := self._accused.get(each.cue):
                return same  # “accuse Orlan of colluding: …” goes on to say how
            target = next(
                (m for m in inside if self._can_be_blamed(m) and m.entity != each.speaker), None
            )
            if target and target.entity:
                return self._accused.setdefault(each.cue, self._all_of(each, target, inside))
        elif fault:
            start = each.content[0][0] + fault.start() if len(each.content) == 1 else None
            before = [
                m for m in inside if start is not None and m.end <= start and self._can_be_blamed(m)
            ]
            target = (
                before[-1] if before and start is not None and start - before[-1].end < 40 else None
            )
        else:
            target = None
        return (
            (target.entity,) if target and target.entity and target.entity != each.speaker else ()
        )

    def _all_of(
        self, each: Attribution, first: Mention, inside: Sequence[Mention]
    ) -> tuple[str, ...]:
        """Everyone accused together: “Orlan and the Board of flooding the town”."""
        stop = self.text.find(" of ", first.end, each.content[-1][1])
        found = [first]
        for m in inside:
            gap = self.text[found[-1].end : m.start]
            joined = re.fullmatch(r"(?:\s*,\s*|\s*,?\s+and\s+)(?:the\s+)?", gap)
            if joined and m.end <= stop and self._can_be_blamed(m):
                found.append(m)
        return tuple(
            dict.fromkeys(m.entity for m in found if m.entity and m.entity != each.speaker)
        )

    def _can_be_blamed(self, mention: Mention) -> bool:
        entity = self.entities.get(mention.entity or "")
        return entity is not None and (entity.kind in _ACTORS or entity.place_kind == "country")

    def said(self, each: Attribution) -> When | None:
        """The time of the utterance: a time in the sentence of the cue, outside what is said."""
        if not each.cue or not self.reading.times:
            return None
        at = each.cue[0][0]
        line = self.text.rfind("\n", 0, at) + 1
        stop = self.text.find("\n", at)
        found = [s for s in sentences(self.text, line, stop if stop >= 0 else len(self.text))
                 if s[0] <= at < s[1]]  # fmt: skip
        if not found:
            return None
        first, last = found[0]
        fits: list[Time] = [
            t for t in self.reading.times
            if first <= t.start and t.end <= last and t.of == "utterance"
            and not any(a <= t.start and t.end <= b for a, b in each.content)
        ]  # fmt: skip
        if not fits:
            return None
        best = min(fits, key=lambda t: abs(t.start - at))
        return When(best.first, best.last, best.basis, (best.start, best.end))


def _answered(
    reading: Reading, each: Attribution, before: Sequence[Attribution], inside: Sequence[Mention]
) -> tuple[str, ...]:
    """What a denial denies, where it speaks of “the Board’s claims” and the Board has made some."""
    if each.stance != "denies":
        return ()
    words = " ".join(reading.document.text[a:b] for a, b in (*each.cue, *each.content))
    noun = _CLAIM_NOUN.search(words)
    if noun is None:
        return ()
    text = reading.document.text
    owners = {m.entity for m in inside if _WHOSE.search(text[m.start : m.end + 2].rstrip())}
    others = [a for a in before if a.speaker and a.speaker != each.speaker and a.voice == "speaker"
              and a.stance in {"accuses", "asserts"}]  # fmt: skip
    if owners:
        others = [a for a in others if a.speaker in owners]
    else:
        others = [
            a for a in others if a.stance == "accuses" and each.speaker in (*a.charges, *a.about)
        ]
    return (others[-1].id,) if others else ()
