"""Whether words that look like a time are one: “may”, “the Sun”, “2000 soldiers” are not.

Each rule of the grammar has a test here that looks at the words themselves and their neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from whence.dates.words import Token

_PAST_END: Final = Token(0, 0, "¶", "", "")
_PLACED: Final = frozenset("pigOLXteb(¶-")
_YEAR_AFTER: Final = frozenset("pigOuetLXbr(¶-MmSs,:;/[*")
_COUNTED: Final = frozenset(
    "people men women children soldiers troops civilians fighters militants workers prisoners"
    " refugees tons tonnes miles kilometres kilometers metres meters km m ft feet kg mm cm"
    " dollars euros pounds yards acres casualties homes houses families residents employees"
    " jobs votes points rounds votes members guns tanks aircraft planes ships vehicles"
    " square percent".split()
)
_TWEETED: Final = frozenset(
    "tomo tomoro tomorow tmw tmrow ytd yest trmw tonght tonite tdy ystd morn".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """A text as tokens and as their letters; `short` when it is one post rather than a page."""

    tokens: tuple[Token, ...]
    letters: str
    short: bool = False

    def at(self, index: int) -> Token:
        """The token there, or a stop beyond either end."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _PAST_END

    def touching(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return index > 0 and self.at(index - 1).end == self.at(index).start


def plausible(row: Row, rule: str, first: int, last: int) -> bool:
    """Whether the tokens [first, last) are a time after all."""
    if _inside_a_name(row, first, last) or "¶" in row.letters[first:last]:
        return False
    return TESTS.get(rule, _any)(row, first, last)


def _any(row: Row, first: int, last: int) -> bool:
    return True


def _capital(token: Token) -> bool:
    return token.word[:1].isupper()


def _inside_a_name(row: Row, first: int, last: int) -> bool:
    """“MH-17 May”, “KLPF2013”, “1.2.2014b”: figures glued to letters are a name or a number."""
    head, tail = row.at(first), row.at(last - 1)
    if head.word[:1].isdigit() and row.touching(first):
        before = row.at(first - 1)
        if before.word in {"h", "m", "d"} and row.at(first - 2).word == head.word:
            return False
        if before.code in "_x#$€£" or (before.word[-1:].isdigit() and before.code != "I"):
            return True
        if before.code in "-/." and row.touching(first - 1) and row.at(first - 2).code != ".":
            earlier = row.at(first - 2)
            return earlier.code == "_" or (before.code != "-" and earlier.word[:1].isdigit())
    following = row.at(last)
    return tail.word[-1:].isdigit() and row.touching(last) and following.code in "_%x"


def _month(row: Row, first: int, last: int) -> bool:
    """“May” and “March” alone need a word before them that places them in time."""
    if _joins(row, first):
        return False
    index = next(i for i in range(first, last) if row.letters[i] in "Mm")
    token, before = row.at(index), row.at(index - 1)
    lower = token.word.lower()
    if any(letter in "YDdnULtXhE" for letter in row.letters[first:last].replace(".", "")):
        return _capital(token) or row.short or lower not in {"may", "march", "mar"}
    if not (_capital(token) or (row.short and token.code == "M")):
        return False
    after = row.at(last)
    if token.code == "m" or lower in {"april", "june", "august", "jan", "sept", "dec"}:
        listed = before.code == "u" and row.at(index - 2).code in "Mm"
        placed = before.code in _PLACED - {"¶"} or listed or index > first
        if token.code == "m":
            return placed
        return placed or not (after.code == "_" and _capital(after))
    return True


def _joins(row: Row, first: int) -> bool:
    """“said that Saturday's” joins clauses; “on that Saturday” points at a day."""
    return row.at(first).word.lower() == "that" and row.at(first - 1).code != "p"


def _date(row: Row, first: int, last: int) -> bool:
    """A day and a month; “may 12 people” and “on March 5 million” are not."""
    index = next(i for i in range(first, last) if row.letters[i] in "Mm")
    token = row.at(index)
    if token.code == "m" and not _capital(token) and not row.short:
        return False
    if row.at(last - 1).code in "Dd" and row.at(last).word.lower() in _COUNTED:
        return False
    return _eras(row, first, last)


def _eras(row: Row, first: int, last: int) -> bool:
    """“AD” and “BC” in capitals or with points; “ad” is something else."""
    return all(
        token.word.isupper() or "." in token.word
        for token in row.tokens[first:last]
        if token.code == "E"
    )


def _span(row: Row, first: int, last: int) -> bool:
    """From one to another, joined by a dash, “to” or “through”; years must go forward."""
    inside = row.tokens[first:last]
    if any(token.word.lower() in {"and", "or"} for token in inside if token.code == "u"):
        return False
    if any(token.code in "Mm" for token in inside):
        return _date(row, first, last)
    if any(token.code == "R" for token in inside):
        return True
    joined = [token for token in inside if token.code in "YnD"]
    if len(joined) != 2 or not _eras(row, first, last):
        return False
    if any(token.code == "E" for token in inside):
        return True
    old, new = (float(token.value) for token in joined if isinstance(token.value, float))
    if joined[1].code != "Y":
        if not (len(joined[1].word) == 2 and joined[1].word.isdigit()):
            return False
        new += old // 100 * 100
    return 0 < new - old < 200 and _year(row, first, first + 1)


def _year(row: Row, first: int, last: int) -> bool:
    """Four figures are a year where they stand like one."""
    if row.letters[first:last].find("E") >= 0:
        return _eras(row, first, last)
    if last - first > 1:
        return row.at(first).code != "u"
    before, after = row.at(first - 1), row.at(last)
    value = float(row.at(first).word)
    if after.word.lower() in _COUNTED or after.code in "NU%°":
        return before.word.lower() in {"in", "since"} and 1900 <= value <= 2050
    if before.word.lower() in {"at", "over", "under", "about", "than", "around", "nearly"}:
        return before.word.lower() == "around" and 1900 <= value <= 2050
    if before.code in "#$€£'" or before.word.lower() in {"no", "page", "number", "some", "pp"}:
        return False
    if before.code in "-" and row.at(first - 2).code in "nD" and row.touching(first):
        return False
    if 1900 <= value <= 2050:
        return not (before.code == "_" and after.code == "_" and _plural(after.word))
    if after.code == "_" and _plural(after.word):
        return False
    if after.code == "¶" or (before.code == "k" and after.code == "_"):
        return True
    return before.code in _YEAR_AFTER and (before.code != "," or after.code in ",.;:)")


def _plural(word: str) -> bool:
    return word.islower() and word.endswith("s") and not word.endswith(("ss", "us", "was", "is"))


def _decade(row: Row, first: int, last: int) -> bool:
    """“the 80s”, “1990s”; not “in her 80s”."""
    token = next(t for t in row.tokens[first:last] if t.code == "R")
    return len(token.word) > 4 or token.word[:1] in "'’" or row.at(first).code in "ke"


def _season(row: Row, first: int, last: int) -> bool:
    """“fall” and “spring” are often something else."""
    index = next(i for i in range(first, last) if row.letters[i] in "Ss")
    token, letters = row.at(index), row.letters[first:last]
    dated = any(letter in "YEtLXhU" for letter in letters.replace("e", ""))
    if token.code == "s":
        return dated
    if dated or row.short:
        return True
    before, after = row.at(first - 1), row.at(last)
    if _capital(token):
        named = (before.code == "_" and _capital(before)) or (after.code == "_" and _capital(after))
        return not named and before.code != "¶"
    if token.word.lower() == "spring":
        return before.code in "piebO" or letters[0] in "keb"
    return True


def _quarter(row: Row, first: int, last: int) -> bool:
    """“the third quarter”, “the first half of 2008”; a half of anything else is a share."""
    half = next((t.word.lower() for t in row.tokens[first:last] if t.code == "H"), "quarter")
    ends_dated = row.at(last - 1).code in "YUMmQ"
    dashed = "-" in row.letters[first:last]
    return ends_dated or dashed or (half != "half" and row.at(last).code != "O")


def _weekday(row: Row, first: int, last: int) -> bool:
    """A day of the week; “the Sun” and “sat” are not."""
    if _joins(row, first):
        return False
    index = next(i for i in range(first, last) if row.letters[i] in "Ww")
    token, before = row.at(index), row.at(first - 1)
    if "D" in row.letters[first:last] or "d" in row.letters[first:last]:
        return (_capital(token) and row.at(last).code not in "_n-") or row.short
    if row.at(first).code == "e" and row.at(first).word.lower() not in {
        "earlier",
        "later",
        "early",
        "late",
    }:
        return False
    if token.code == "W":
        titled = before.code == "k" and not row.short and _named_on(row, last)
        return (_capital(token) or row.short) and not titled
    if last - first > 1:
        return row.at(first).code != "a"
    return (_capital(token) or row.short) and before.code in "p(,"


def _named_on(row: Row, last: int) -> bool:
    """Whether a capitalised word follows right away, as in the name of a paper."""
    after, gap = row.at(last), row.at(last).start - row.at(last - 1).end
    return after.code == "_" and gap == 1 and _capital(after)


def _unit(row: Row, first: int, last: int) -> bool:
    """“last week”, “the past two years”; not “that weeks ago”."""
    inside = row.letters[first:last]
    tail = row.at(last - 1).word.lower()
    if row.at(first).word.lower() == "that":
        if row.at(first + 1).code in "LX":
            return False
        return not tail.endswith("s")
    return not ("r" in inside and "U" in inside and inside.startswith("r") and tail.endswith("s"))


def _shift(row: Row, first: int, last: int) -> bool:
    """“three days ago”, “weeks later”; a bare unit must be a plural."""
    if row.at(first).code == "U":
        return row.at(first).word.lower().endswith("s")
    return row.at(last - 1).word.lower() not in {"since", "hence", "early", "late", "mid"}


def _nth(row: Row, first: int, last: int) -> bool:
    """“the fifth day”; in a post also “day 2”."""
    if row.at(first).code == "U":
        return row.short and row.at(first).value in {"D", "W", "Y"}
    return row.at(first).code == "k" or row.short


def _length(row: Row, first: int, last: int) -> bool:
    """“two weeks”, “three-year” (without the “a” before it); half of something is a share."""
    letters = row.letters[first:last]
    if letters[0] in "ak" and "-" in letters and "u" not in letters:
        return False
    return not (
        "H" in letters and not letters.startswith(("aH", "H", "aUu")) and "u" not in letters
    )


def _bare(row: Row, first: int, last: int) -> bool:
    """“for months”, “the year”; in a post also “day”."""
    token, before = row.at(last - 1), row.at(first - 1)
    lower = token.word.lower()
    if row.short:
        return token.value in {"D", "W", "M", "Y", "H", "WE"} or lower in {"mins", "minutes"}
    if lower in {"min", "sec", "secs", "hr"}:
        return False
    if row.at(first).code == "k":
        return lower in {"year", "month", "week", "weekend", "day"} and before.code in "pi"
    return lower.endswith("s") and before.code in "pi" and token.value != "C"


def _set(row: Row, first: int, last: int) -> bool:
    """“daily”, “every week”; not the Daily Something."""
    token = row.at(first)
    if token.code == "F" and _capital(token):
        near = (row.at(first - 1), row.at(last))
        return not any(each.code == "_" and _capital(each) for each in near)
    return True


def _deictic(row: Row, first: int, last: int) -> bool:
    """“today”, “2nite”; not the paper of that name."""
    token = next(t for t in row.tokens[first:last] if t.code == "J")
    before = row.at(first - 1)
    if token.word.lower() in _TWEETED:
        return row.short
    return not (_capital(token) and before.code == "_" and _capital(before) and not row.short)


def _daypart(row: Row, first: int, last: int) -> bool:
    """“at dawn”, “that night”; not “the dawn of”, nor “the Evening Somebody”."""
    head, tail, before = row.at(first), row.at(last - 1), row.at(first - 1)
    if _capital(tail) and not (row.short or tail.word.isupper()) and _named_on(row, last):
        return False
    if head.code == "k" and tail.word.lower() in {"dawn", "sunset"} and row.at(last).code == "O":
        return False
    if last - first > 1 or row.short:
        return True
    return before.code in "pi" or tail.word.lower() in {"midnight", "noon", "overnight"}


def _clock(row: Row, first: int, last: int) -> bool:
    """“10:30”, “8 am”, “1245 GMT”; not a score or a verse."""
    inside = row.tokens[first:last]
    letters = row.letters[first:last]
    if letters.endswith("pkP"):
        hour = inside[0].value
        led = row.at(first - 1).word.lower() in _AT_AN_HOUR
        return led and isinstance(hour, float) and hour in range(1, 13)
    for index, token in enumerate(inside):
        after = letters[index + 1 : index + 2]
        if token.code in "DnY" and after and after in "AZ" and not _o_clock(token.word, after):
            return False
        if token.code == "A" and token.word == "AM" and letters[index - 1 : index] == "Y":
            return False
    if "." in inside[0].word and _TRADED & {
        t.word.lower() for t in row.tokens[max(0, first - 9) : first]
    }:
        return False
    if letters == "T":
        before = row.at(first - 1)
        return row.short or before.code in "piu-(" or before.word.lower() in {"at", "update"}
    return True


_TRADED: Final = frozenset(
    "shares share stock stocks index price prices closed traded trading euro dollar pound gold".split()
)
_AT_AN_HOUR: Final = frozenset(
    "at about around by before after until till since past nearly shortly".split()
)


def _o_clock(word: str, after: str) -> bool:
    """Whether figures can be the time on a clock: 8, 1130, 0430."""
    if not word.isdecimal() or len(word) > 4:
        return False
    hour, minute = (int(word), 0) if len(word) <= 2 else (int(word[:-2]), int(word[-2:]))
    return minute < 60 and hour <= (12 if after == "A" else 24)


def _vague(row: Row, first: int, last: int) -> bool:
    """“now”, “right now”, “the future”; “the former minister” is not a time."""
    lead, tail = row.at(first).word.lower(), row.at(last - 1).word.lower()
    if row.at(first).code == "_" and lead not in {"right", "just", "up"}:
        return False
    if row.at(last - 1).code in "vL":
        return tail in {"future", "past", "present"} and row.at(last).code not in "_UCNDnWwMmSPfj"
    return tail in {"now", "nowadays", "currently", "presently", "recently", "lately"}


def _ending(row: Row, first: int, last: int) -> bool:
    """“year-end”, “month's end”."""
    return any(token.word.lower() == "end" for token in row.tokens[first:last])


def _dom(row: Row, first: int, last: int) -> bool:
    """“on the 15th”, when nothing follows that it could rank."""
    before, after = row.at(first - 1).word.lower(), row.at(last)
    return before in {"on", "by", "until", "since"} and after.code in ".,;:)¶piu"


TESTS: Final[dict[str, Callable[[Row, int, int], bool]]] = {
    "date": _date, "span": _span, "month": _month, "year": _year, "decade": _decade,
    "season": _season, "quarter": _quarter, "weekday": _weekday, "unit": _unit, "shift": _shift,
    "nth": _nth, "length": _length, "bare": _bare, "set": _set, "deictic": _deictic,
    "daypart": _daypart, "clock": _clock, "vague": _vague, "ending": _ending, "dom": _dom,
}  # fmt: skip
