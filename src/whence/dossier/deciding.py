"""A person's decision: written down if nobody else was quicker, and what an analysis follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from whence import judgements, store
from whence.errors import NotFound, WhenceError
from whence.terms import Judgement

SHOWN = frozenset(["note", "accept", "undo"])
"""Verdicts that change what is shown alone; after any other the pile is compared again."""
REJECTIONS = frozenset(["reject", "not-a-statement"])


class Outdated(WhenceError):
    """Someone else decided about the same words meanwhile."""

    code = 8


def decided(case: store.Case, new: Judgement, seen: str | None) -> Judgement:
    """The judgement as it was kept, in one transaction with the look at what stood before it.

    `seen` is the last judgement on its anchors that the person saw ("" if there was none).
    """
    judgements.examined(new)
    with store.writing(case):
        texts = store.texts(case, {each.doc for each in new.about})
        for anchor in new.about:
            if not judgements.reads(anchor, texts):
                words = anchor.quote[:60]
                raise Outdated(f"the words “{words}” do not stand there in the text")
        judgements.fitting(new, texts)
        log = store.log(case)
        if new.verdict == "undo" and new.replaces not in {each.id for each in log}:
            raise NotFound(f"there is no judgement {new.replaces} to undo")
        if seen is not None and (newer := judgements.since(log, new.about, seen)):
            raise _outdated(newer[-1])
        answered = [
            each.id
            for each in judgements.survivors(log)
            if judgements.asked(each) == judgements.asked(new) is not None
        ]
        if answered:
            new = replace(new, replaces=answered[-1])
        return store.append(case, new)


def _outdated(newer: Judgement) -> Outdated:
    problem = Outdated(f"{newer.by} decided “{newer.verdict}” about these words meanwhile")
    problem.hint = "nothing was written; look at it, then decide again"
    return problem


# ---------------------------------------------------------------- what an analysis follows


def binding(judged: Iterable[Judgement]) -> list[Judgement]:
    """What people decided that changes what is found, not only how it is shown."""
    return [each for each in judged if each.state == "standing" and each.verdict not in SHOWN]


def run_key(way: str, bound: Sequence[Judgement]) -> str:
    """What a run is known by: how it was made, and the decisions that it followed."""
    return " ".join((way, *(each.id for each in bound)))


def followed(key: str) -> set[str]:
    """The decisions that the run of this key followed."""
    return set(key.split()[1:])
