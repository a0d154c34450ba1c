"""Whether a judgement makes sense, and what its value says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import msgspec

from whence.errors import Usage
from whence.judgements.standing import PAIRS, placed
from whence.terms import Extents, Judgement, Stance, Verdict

VALUED = frozenset(["span-is", "stance-is", "metadata-is"])
"""Verdicts that say nothing without a value (a speaker or place may be null: “not settled”)."""

FIELDS = ("outlet", "title", "byline", "translator", "published", "updated", "language", "address")
"""What metadata-is may set of a document, as “field=value”; “field=” says that it is not known.
Of an entity it sets the name: “name=value”."""

ANY = 1 << 62
"""As long as any text: where only the order of places is looked at."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What add-statement and span-is may say of a statement, as JSON in their value."""

    source: Extents | None = None
    cue: Extents | None = None
    content: Extents | None = None
    speaker: str | None = None
    stance: Stance | None = None


def examined(judgement: Judgement) -> Judgement:
    """The judgement, if it makes sense; otherwise an error that says how to put it."""
    verdict, value = judgement.verdict, judgement.value
    if verdict not in get_args(Verdict):
        raise _usage(f"“{verdict}” is not a verdict", "one of: " + ", ".join(get_args(Verdict)))
    if not judgement.by.strip():
        raise _usage("a judgement needs a name", "say who decides with --by NAME")
    words = (judgement.by, value, judgement.why, *(each.quote for each in judgement.about))
    if not all(each is None or proper(each) for each in words):
        raise _usage("that holds half a character, which cannot be written down", None)
    wanted = 2 if verdict in PAIRS else 1
    if verdict == "undo" and not judgement.replaces:
        raise _usage("undo needs the id of a judgement", "whence status lists judgements")
    if verdict != "undo" and len(judgement.about) != wanted:
        things = "two places" if wanted == 2 else "one place"
        raise _usage(f"{verdict} is about {things}, not {len(judgement.about)}", None)
    if not all(placed(anchor.spans, ANY) for anchor in judgement.about):
        raise _usage(f"{verdict}: a place is empty or backward, or out of order", SHAPE)
    if (verdict in VALUED and not value) or (verdict == "note" and not (value or judgement.why)):
        raise _usage(f"{verdict} needs a value", None)
    if verdict == "stance-is" and value not in get_args(Stance):
        raise _usage(f"“{value}” is not a stance", "one of: " + ", ".join(get_args(Stance)))
    if verdict == "metadata-is":
        fields = ("name",) if judgement.about[0].type == "entity" else FIELDS
        field, _, said = (value or "").partition("=")
        if field not in fields or (field == "name" and not said.strip()):
            raise _usage(f"metadata-is needs “field=value”, not “{value}”", ", ".join(fields))
    if verdict in {"span-is", "add-statement"}:
        made = statement(value, verdict)
        if verdict == "add-statement" and not (made.content or judgement.about[0].spans):
            raise _usage("add-statement needs the words that were said", SHAPE)
    return judgement


def proper(words: str) -> bool:
    """Whether these words are text: half a pair of surrogates is none."""
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def fitting(judgement: Judgement, texts: Mapping[str, str]) -> Judgement:
    """The judgement, if the words it names lie within the text; otherwise an error."""
    if judgement.verdict in {"span-is", "add-statement"}:
        said = statement(judgement.value, judgement.verdict)
        for anchor in judgement.about:
            if not fits(said, len(texts.get(anchor.doc, ""))):
                raise _usage(f"{judgement.verdict}: a place lies beyond the end of the text", None)
    return judgement


def fits(said: Statement, length: int) -> bool:
    """Whether all words that a correction names lie within a text so long."""
    return all(placed(spans or (), length) for spans in (said.source, said.cue, said.content))


def statement(value: str | None, verdict: str) -> Statement:
    """What the value of add-statement or span-is says; a plain name is the speaker."""
    if not value:
        return Statement()
    if verdict == "add-statement" and not value.lstrip().startswith("{"):
        return Statement(speaker=value)
    try:
        said = msgspec.json.decode(value, type=Statement)
        for spans in (said.source, said.cue, said.content):
            if not placed(spans or (), ANY):
                raise ValueError("a span is empty or backward, or out of order")
    except (ValueError, msgspec.MsgspecError) as problem:
        raise _usage(f"{verdict}: the value is not understood ({problem})", SHAPE) from None
    return said


SHAPE = 'for example {"source": [[0, 5]], "content": [[10, 30]], "stance": "denies"}'


def _usage(message: str, hint: str | None) -> Usage:
    problem = Usage(message)
    problem.hint = hint
    return problem
