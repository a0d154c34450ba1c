"""Quantities told without a figure: “several trucks”, “one of its fighters”, “twice”, “a platoon”.

What is said loosely has no value; the loose word stands as its hedge, so that “several” and “a
large number of” can be set beside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whence.measures import NEVER_PLURAL, PERSON_ENDINGS, PERSONS, STOPS, TIMES
from whence.terms import Quantity

_LOOSE: Final = re.compile(
    r"\b(?P<few>several|numerous|a[ ](?:few|handful[ ]of|couple[ ]of|range[ ]of)"
    r"|an?[ ](?:(?:very[ ])?(?:large|small|great|huge|growing|significant|considerable|unknown"
    r"|unspecified|undisclosed|limited|vast|increasing)[ ])?(?:numbers?|quantity|amount)[ ]of"
    r"|(?:large|small|great|huge|vast|significant)[ ]numbers[ ]of)[ ]",
    re.IGNORECASE,
)
_ONE_OF: Final = re.compile(
    r"\b(?P<many>one|two|three|four|five|six)[ ]of[ ](?:its|their|his|her|our)[ ]",
    re.IGNORECASE,
)
_ONES: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_OFTEN: Final = re.compile(
    r"\b(?P<often>twice|thrice)\b(?![ ](?:as|the|a|his|her|its|their)\b)", re.IGNORECASE
)
_BODY: Final = re.compile(
    r"\b(?:an?|one)[ ](?P<body>platoon|battalion|brigade|regiment|squad|squadron|convoy|flotilla"
    r"|contingent|detachment|(?:unit|company|division|column|group|crowd)(?=[ ]of[ ][a-z]))"
    r"(?:[ ]of(?:[ ][\w’'-]+){1,3}?(?=[ ](?:to|in|on|at|from|was|were|had|has|who|that|and)\b|[.,;:)\n]))?",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_WIDE: Final = 6  # words between the loose word and what it counts


def unnumbered(doc: str, text: str) -> Iterator[Quantity]:
    """Every such quantity of a text, in order of kind; only “one of” and “twice” have a value."""
    for match in _LOOSE.finditer(text):
        noun = _plural(text, match.end())
        if noun:
            unit = "persons" if _persons(noun[1]) else noun[1].lower()
            words = text[match.end() : noun[0]]
            yield Quantity(doc, match.start(), noun[0], None, unit=unit, counted=words,
                           hedge=" ".join(match["few"].lower().split()))  # fmt: skip
    for match in _ONE_OF.finditer(text):
        noun = _plural(text, match.end())
        if noun:
            unit = "persons" if _persons(noun[1]) else noun[1].lower()
            yield Quantity(doc, match.start(), noun[0], float(_ONES[match["many"].lower()]), unit=unit,
                           counted=text[match.end() : noun[0]])  # fmt: skip
    for match in _OFTEN.finditer(text):
        value = 2.0 if match["often"].lower() == "twice" else 3.0
        yield Quantity(doc, match.start(), match.end(), value, unit="times")
    for match in _BODY.finditer(text):
        body = match["body"].lower()
        yield Quantity(doc, match.start(), match.end(), 1.0, unit=body, counted=body)


def _plural(text: str, at: int) -> tuple[int, str] | None:
    """Where the first plural noun after a place ends, and the noun, if the phrase has one."""
    for _ in range(_WIDE):
        word = _WORD.match(text, at)
        if word is None or word[0].lower() in STOPS | TIMES:
            return None
        lower = word[0].lower()
        more = re.match(r"[ ](?P<next>[a-z]{3,40})\b", text[word.end() : word.end() + 42])
        nested = more is not None and more["next"] not in STOPS and _many(more["next"])
        if _many(lower) and not nested:
            return word.end(), word[0]
        if text[word.end() : word.end() + 1] not in {" ", "\u00a0"}:
            return None
        at = word.end() + 1
    return None


def _many(lower: str) -> bool:
    if lower in PERSONS:
        return True
    ends = lower.endswith("s") and not lower.endswith(("ss", "us", "is", "’s", "'s", "ous"))
    return ends and len(lower) > 3 and lower not in NEVER_PLURAL


def _persons(noun: str) -> bool:
    lower = noun.lower()
    return lower in PERSONS or (lower.endswith(PERSON_ENDINGS) and lower not in NEVER_PLURAL)
