"""Which runs of words are expressions of time: a few regular expressions over letters.

`words` gives every token a letter; here a rule such as `{DAY}{MONTH}` says which rows of letters
belong together. Of rules that overlap, the longest match stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from whence.dates.doubt import Row, plausible


@dataclass(frozen=True, slots=True)
class Phrase:
    """An expression of time: the rule that saw it, and its tokens [first, last)."""

    rule: str
    first: int
    last: int


_PIECES: Final = {
    "MONTH": r"[Mm]",
    "DAY": r"[Dd]",
    "WEEKDAY": r"[Ww]",
    "YEAR": r"(?:[YnD]E|E[YnD]|Y)",
    "DASH": r"[-u]",
    "AMOUNT": r"(?:f{0,2}a?f{1,2}O?|a?f?N?c?O|f?a?[DndNY](?:[-u]a?[DnNH])?f?|fa|aH|Ha|H|a)",
    "UNIT": r"(?:j{0,2}[UC])",
    "PART": r"(?:k?(?:e-?p?|b|r|[od]H|[eLX]H|[odL][DN]?U|jr)-?O?k?)",
    "WHICH": r"(?:k?[LXth]{1,2}|q)",
    "TIME": r"(?:TA?|[DnY]AZ?|[DYn]Z|DK)Z?",
    "FEAST": r"y",
}  # fmt: skip

_RULES: Final[tuple[tuple[str, str], ...]] = (
    ("numeric", r"I(?:,?{TIME})?"),
    ("date", r"(?:{WEEKDAY},?p?)?k?(?:{PART})?{DAY}O?{MONTH}(?:,?O?{YEAR})?"),
    ("date", r"(?:{WEEKDAY},?p?)?k?(?:{PART})?{MONTH}k?{DAY}(?:,?O?{YEAR})?(?![DnN%]|{DASH}N)"),
    ("span", r"{DAY}{DASH}k?{DAY}O?{MONTH}(?:,?O?{YEAR})?"),
    ("span", r"{MONTH}k?{DAY}{DASH}k?{DAY}(?:,?O?{YEAR})?(?![DnN%:])"),
    ("span", r"{MONTH}{DAY}{DASH}{MONTH}{DAY}(?:,?O?{YEAR})?"),
    ("span", r"{MONTH}(?:-){MONTH}(?:,?O?Y)?"),
    ("span", r"(?:YE?-[YDn](?=[^_.%:CUfN]|$|\.|_)E?|[YnD]E?-[YnD]E|Rue?-?R|R-R)"),
    ("month", r"(?:{PART})?{MONTH}(?:,?O?{YEAR}|Ok?[hLXt]{1,2}U)?"),
    ("month", r"(?:{PART})?{WHICH}{MONTH}"),
    ("month", r"k?UO{MONTH}(?:,?Y)?"),
    ("year", r"(?:{PART})?{YEAR}"),
    ("year", r"k?UY"),
    ("decade", r"k?(?:{PART})?RE?"),
    ("century", r"(?:{PART})?k?[od]-?CE?"),
    ("nth", r"k?[od]{UNIT}"),
    ("nth", r"U[DN]"),
    ("season", r"(?:{PART})?(?:k|{WHICH}|a)?[Ss](?:O?{YEAR}|Ok?[hLXt]{1,2}U)?"),
    ("season", r"YS"),
    ("quarter", r"k?(?:[odeb]|{WHICH})(?:zU?)?-?H(?:O?(?:zU?)?Y|Ok?(?:[hLXt]{1,2}|z)?U|O{MONTH}Y?)?"),
    ("quarter", r"YQ|QO?Y?"),
    ("quarter", r"(?:k?z|Y(?:'_)?)[od]-?H"),
    ("fiscal", r"zU?'?[YD]"),
    ("weekday", r"e?(?:{WHICH}|a)?{WEEKDAY}(?:,?P)?(?:,?{TIME})?"),
    ("weekday", r"{WEEKDAY}(?:,?k?{DAY})"),
    ("set", r"(?:q(?:{AMOUNT})?(?:{UNIT}|{WEEKDAY}|P|[Ss])|F)"),
    ("unit", r"(?:{PART})?(?:{WHICH})(?:{AMOUNT}L?X?)?{UNIT}"),
    ("unit", r"k?{AMOUNT}[LX]{UNIT}"),
    ("unit", r"{PART}(?:k|h)?{UNIT}"),
    ("shift", r"{AMOUNT}-?{UNIT}(?:g|e)"),
    ("shift", r"k{UNIT}[gX]"),
    ("shift", r"{UNIT}(?:g|e)"),
    ("shift", r"{AMOUNT}{UNIT}iV"),
    ("length", r"(?:f?[bB]{1,2})?k?{AMOUNT}-?{UNIT}"),
    ("length", r"aU-?u-?a-?H"),
    ("ending", r"U(?:-|'_)?b(?:O?Y)?"),
    ("dom", r"kd"),
    ("shift", r"k?U-[ge]"),
    ("nights", r"{AMOUNT}P"),
    ("bare", r"k?[UC]"),
    ("deictic", r"k?UgJ"),
    ("deictic", r"(?:e|{PART})?J(?:,?'?_?P)?"),
    ("daypart", r"(?:e-?p?)?(?:k|{WHICH}|a)?(?:e-?)?P"),
    ("clock", r"{TIME}"),
    ("clock", r"[ND]pkP"),
    ("clock", r"{TIME},?(?:J|{WEEKDAY}|(?:{WEEKDAY},?)?{MONTH}{DAY}(?:,?Y)?|{DAY}{MONTH}Y?)"),
    ("clock", r"(?:J|(?:{WHICH})?{WEEKDAY}P?),?{TIME}"),
    ("feast", r"(?:{WHICH}|k)?{FEAST}(?:,?Y|P)?"),
    ("vague", r"(?:_?V|kv|kL)"),
)  # fmt: skip


def _compiled(pattern: str) -> re.Pattern[str]:
    for _ in range(2):
        for name, piece in _PIECES.items():
            pattern = pattern.replace("{" + name + "}", piece)
    return re.compile(pattern)


RULES: Final = tuple((name, _compiled(pattern)) for name, pattern in _RULES)


def phrases(row: Row) -> list[Phrase]:
    """The expressions of time in a row of tokens, in order, none overlapping another."""
    found: list[tuple[int, int, int, Phrase]] = []
    for rank, (rule, pattern) in enumerate(RULES):
        at = 0
        while match := pattern.search(row.letters, at):
            first, last = match.span()
            if plausible(row, rule, first, last):
                found.append((first - last, rank, first, Phrase(rule, first, last)))
                at = last
            else:
                at = first + 1
    taken = bytearray(len(row.tokens))
    kept: list[Phrase] = []
    for _, _, _, phrase in sorted(found, key=lambda each: each[:3]):
        if not any(taken[phrase.first : phrase.last]):
            taken[phrase.first : phrase.last] = b"\1" * (phrase.last - phrase.first)
            kept.append(phrase)
    return sorted(kept, key=lambda each: each.first)
