"""What people decided about who is who, laid over what was found: they outrank the machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from whence.judgements import ALIKE, likeness, overlap
from whence.knowledge import folded
from whence.terms import Anchor, Entity, Judgement, Reading, finding_id

Pair = tuple[str, Anchor]


def corrected(
    entities: Sequence[Entity], readings: Sequence[Reading], judged: Sequence[Judgement]
) -> tuple[tuple[Entity, ...], tuple[Reading, ...]]:
    """Entities and readings in which people's decisions on who is who, and what called, hold."""
    by_id = {each.id: each for each in entities}
    pages = {each.document.id: each for each in readings}
    for each in judged:
        if each.verdict == "not-same-entity" and len(each.about) == 2:
            _part(by_id, pages, *each.about)
    for each in judged:
        if each.verdict == "same-entity" and len(each.about) == 2:
            _join(by_id, pages, *each.about)
    for each in judged:
        if each.verdict == "metadata-is" and each.about[0].type == "entity":
            _call(by_id, pages, each.about[0], (each.value or "").partition("=")[2].strip())
    ordered = sorted(by_id.values(), key=lambda e: (e.name, e.id))
    return tuple(ordered), tuple(pages[r.document.id] for r in readings)


def meant(pages: Mapping[str, Reading], anchor: Anchor) -> str | None:
    """The entity that an anchor means: the speaker of a statement, or whom a mention names."""
    reading = pages.get(anchor.doc)
    if reading is None:
        return None
    if anchor.type == "attribution":
        scored = [(likeness(anchor.spans, a.content), a) for a in reading.attributions]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1].speaker if best and best[0] >= ALIKE else None
    near = [(overlap(anchor.spans, ((m.start, m.end),)), -(m.end - m.start), m)
            for m in reading.mentions if m.entity]  # fmt: skip
    top = max(near, key=lambda triple: triple[:2], default=None)
    return top[2].entity if top and top[0] else None


def _join(by_id: dict[str, Entity], pages: dict[str, Reading], left: Anchor, right: Anchor) -> None:
    one, other = meant(pages, left), meant(pages, right)
    if one is None or other is None or one == other:
        return
    kept, gone = by_id[one], by_id[other]
    if gone.named and not kept.named:
        kept, gone = gone, kept
    names = dict.fromkeys((*kept.also, *((gone.name, *gone.also) if gone.named else ())))
    names.pop(kept.name, None)
    by_id[kept.id] = replace(
        kept, also=tuple(names), same_as=tuple(dict.fromkeys((*kept.same_as, *gone.same_as)))
    )
    del by_id[gone.id]
    for doc, reading in pages.items():
        pages[doc] = renamed(reading, {gone.id: kept.id})


def _part(by_id: dict[str, Entity], pages: dict[str, Reading], left: Anchor, right: Anchor) -> None:
    """The second is somebody else: all of its document if the first is not in it, else its wording."""
    one, other = meant(pages, left), meant(pages, right)
    if one is None or one != other:
        return
    reading, text = pages[right.doc], pages[right.doc].document.text
    words = {folded(text[a:b]) for a, b in right.spans}
    mine = [m for m in reading.mentions if m.entity == one]
    if left.doc == right.doc:
        mine = [m for m in mine if folded(text[m.start : m.end]) in words
                or overlap(right.spans, ((m.start, m.end),))]  # fmt: skip
    old = by_id[one]
    names = Counter(" ".join(text[m.start : m.end].split()) for m in mine if m.form == "name")
    name = names.most_common(1)[0][0] if names else old.name
    new = Entity(finding_id("entity", f"{one}|apart|{right.doc}|{name if left.doc == right.doc else ''}"),
                 old.kind, old.named, name, tuple(n for n in sorted(names) if n != name))  # fmt: skip
    by_id[new.id] = new
    if left.doc != right.doc:
        pages[right.doc] = renamed(reading, {one: new.id})
        return
    spots = {(m.start, m.end) for m in mine}
    pages[right.doc] = replace(
        reading,
        mentions=tuple(replace(m, entity=new.id) if (m.start, m.end) in spots else m for m in reading.mentions),
        attributions=tuple(
            replace(a, speaker=new.id)
            if a.speaker == one and (set(a.source) & spots or likeness(right.spans, a.content) >= ALIKE)
            else a
            for a in reading.attributions
        ),
    )  # fmt: skip


def _call(
    by_id: dict[str, Entity], pages: Mapping[str, Reading], anchor: Anchor, name: str
) -> None:
    """The entity that the anchor means is called this; what it was called, it is also called."""
    old = by_id.get(meant(pages, anchor) or "")
    if old is not None and name:
        also = tuple(each for each in dict.fromkeys((old.name, *old.also)) if each != name)
        by_id[old.id] = replace(old, name=name, also=also)


def renamed(reading: Reading, ids: Mapping[str, str]) -> Reading:
    """The reading with other ids for some entities, wherever they stand."""

    def each(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ids.get(n, n) for n in names))

    def one(name: str | None) -> str | None:
        return ids.get(name, name) if name else name

    return replace(
        reading,
        mentions=tuple(
            replace(m, entity=one(m.entity), candidates=each(m.candidates)) for m in reading.mentions
        ),
        attributions=tuple(
            replace(a, speaker=one(a.speaker), candidates=each(a.candidates), about=each(a.about),
                    charges=each(a.charges))
            for a in reading.attributions
        ),
    )  # fmt: skip
