"""Which judgements stand: a pure function of the log, the texts and the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from whence.terms import Anchor, Attribution, Extent, Extents, Judgement

PAIRS = frozenset(
    ["same-entity", "not-same-entity", "same-claim", "not-same-claim", "is-copy-of", "not-copy-of"]
)
"""Verdicts about two things."""

KINDS: Mapping[str, str] = {
    "same-entity": "entity", "not-same-entity": "entity",
    "same-claim": "claim", "not-same-claim": "claim",
    "is-copy-of": "copy", "not-copy-of": "copy",
    "is-origin": "origin", "not-origin": "origin",
    "accept": "worth", "reject": "worth", "not-a-statement": "worth",
}  # fmt: skip
"""Verdicts that answer one question: the later answer about the same anchor counts."""

GATHERED = frozenset(["note", "undo", "add-statement", "add-claim", "add-exemplar"])
"""Verdicts that add something of their own: two about the same words both stand."""

NEEDS: Mapping[str, tuple[str, ...]] = {
    "same-entity": ("mention", "attribution"), "not-same-entity": ("mention", "attribution"),
    "place-is": ("mention", "attribution"), "speaker-is": ("attribution",),
    "same-claim": ("attribution",), "not-same-claim": ("attribution",),
    "is-origin": ("attribution",), "not-origin": ("attribution",),
    "stance-is": ("attribution",), "not-a-statement": ("attribution",),
    "span-is": (), "accept": (), "reject": (),
}  # fmt: skip
"""The types of finding that must overlap the anchor; none named means the anchor's own type."""

STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "claim": ("attribution",),
    "entity": ("mention", "attribution"),
    "document": (),
    "text": (),
}
"""Anchors that are not findings with a place of their own, and the findings that carry them."""

Footing = Mapping[tuple[str, str], Sequence[Extents]]
"""Where the machine's findings stand: (type, document) → the words of each."""


# ---------------------------------------------------------------- what stands


def survivors(log: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that no later one undid, replaced or answered anew: a function of the log."""
    undone: set[str] = set()
    for each in reversed(log):  # backwards, so that an undo can itself be undone
        if each.verdict == "undo" and each.replaces and each.id not in undone:
            undone.add(each.replaces)
    gone = set(undone)
    answered: dict[tuple[object, ...], str] = {}
    for each in log:
        if each.id in undone:
            continue
        if each.replaces and each.verdict != "undo":
            gone.add(each.replaces)
        question = asked(each)
        if question is not None:
            if question in answered:
                gone.add(answered[question])
            answered[question] = each.id
    return [each for each in log if each.id not in gone]


def asked(judgement: Judgement) -> tuple[object, ...] | None:
    """The question a judgement answers, the same for every answer; None if it stands by itself."""
    if judgement.verdict in GATHERED:
        return None
    places = [(each.type, each.doc, each.spans) for each in judgement.about]
    if judgement.verdict in PAIRS and not judgement.verdict.endswith("copy-of"):
        places.sort()  # “A is B” is “B is A”, but “A copied B” is not “B copied A”
    kind = KINDS.get(judgement.verdict, judgement.verdict)
    field = (judgement.value or "").partition("=")[0] if kind == "metadata-is" else ""
    return (kind, field, tuple(places))


def replay(
    log: Sequence[Judgement], texts: Mapping[str, str], findings: Footing
) -> list[Judgement]:
    """Every judgement of the log with its state, computed from the log and what is there now."""
    alive = survivors(log)
    placed = [each for each in alive if all(reads(anchor, texts) for anchor in each.about)]
    footing = {key: list(extents) for key, extents in findings.items()}
    for each in placed:  # what a person added is a finding that others may be about
        if each.verdict == "add-statement":
            for anchor in each.about:
                footing.setdefault(("attribution", anchor.doc), []).append(anchor.spans)
    standing = {each.id for each in placed if _grounded(each, footing)}
    known = {each.id for each in alive}
    return [
        replace(
            each,
            state="standing"
            if each.id in standing
            else "orphaned"
            if each.id in known
            else "superseded",
        )
        for each in log
    ]


def reads(anchor: Anchor, texts: Mapping[str, str]) -> bool:
    """Whether the anchor's quote is still the text at its spans."""
    text = texts.get(anchor.doc)
    if text is None or not placed(anchor.spans, len(text)):
        return False
    return quoted(text, anchor.spans) == anchor.quote


def placed(spans: Extents, length: int) -> bool:
    """Whether these are places, in order, of a text so long; none at all is the whole text."""
    last = 0
    for start, end in spans:
        if not last <= start < end <= length:
            return False
        last = end
    return True


def quoted(text: str, spans: Extents) -> str:
    """The words at these spans; words in pieces are joined by an ellipsis."""
    return " … ".join(text[start:end] for start, end in spans)


def _grounded(judgement: Judgement, footing: Footing) -> bool:
    """Whether a finding still lies under every anchor, where the verdict needs one."""
    if judgement.verdict not in NEEDS:
        return True
    for anchor in judgement.about:
        kinds = NEEDS[judgement.verdict] or STANDS_FOR.get(anchor.type, (anchor.type,))
        under = [spans for kind in kinds for spans in footing.get((kind, anchor.doc), ())]
        if kinds and not any(overlap(spans, anchor.spans) for spans in under):
            return False
    return True


def overlap(left: Extents, right: Extents) -> int:
    """How many code points two sets of words share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


# ---------------------------------------------------------------- anchors and checks


def whole(attribution: Attribution) -> Extents:
    """All the words of an attribution, source, cue and content together, in reading order."""
    merged: list[Extent] = []
    for start, end in sorted(attribution.source + attribution.cue + attribution.content):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def anchored(meant: Attribution, text: str, others: Iterable[Attribution] = ()) -> Anchor:
    """The anchor for a judgement about this attribution: its content.

    Where another has the same content (“A and B said …”), source and cue tell them apart.
    """
    shared = any(each.id != meant.id and each.content == meant.content for each in others)
    spans = whole(meant) if shared else meant.content
    return Anchor("attribution", meant.doc, spans, quoted(text, spans))


def since(log: Sequence[Judgement], about: Sequence[Anchor], seen: str) -> list[Judgement]:
    """What was decided about these anchors after the judgement someone saw, and still counts."""
    places = {(each.type, each.doc, each.spans) for each in about}
    position = {each.id: number for number, each in enumerate(log)}
    return [
        each
        for each in survivors(log)
        if position[each.id] > position.get(seen, -1)
        and any((a.type, a.doc, a.spans) in places for a in each.about)
    ]
