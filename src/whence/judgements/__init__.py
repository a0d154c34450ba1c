"""What people decided: which judgements stand, and what they change in the findings shown.

Two pure functions of the log. `replay` says of every judgement whether it stands, was superseded,
or is an orphan whose words are gone. `apply` gives a document's findings as the standing judgements
leave them: a person outranks the machine. Nothing is overwritten, so an undo brings back what was.
"""

from __future__ import annotations

from whence.judgements.applied import (
    ALIKE,
    apply,
    entity_for,
    folded,
    likeness,
    names,
    people_named,
    unrejected,
    with_named,
)
from whence.judgements.sense import examined, fitting
from whence.judgements.standing import (
    NEEDS,
    anchored,
    asked,
    overlap,
    quoted,
    reads,
    replay,
    since,
    survivors,
    whole,
)

__all__ = [
    "ALIKE",
    "NEEDS",
    "anchored",
    "apply",
    "asked",
    "entity_for",
    "examined",
    "fitting",
    "folded",
    "likeness",
    "names",
    "overlap",
    "people_named",
    "quoted",
    "reads",
    "replay",
    "since",
    "survivors",
    "unrejected",
    "whole",
    "with_named",
]  # fmt: skip
