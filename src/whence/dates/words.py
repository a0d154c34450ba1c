"""The words of time, each with the one-letter code that the grammar is written in.

A text becomes a row of tokens, a token has one letter, and the grammar is a handful of regular
expressions over that row of letters: short, and linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from whence import numerals


class Token(NamedTuple):
    """One word, number or sign: where it stands, its letter, and what it means."""

    start: int
    end: int
    code: str
    value: float | str | tuple[int, ...]
    word: str


Value = float | str | tuple[int, ...]
_MONTHS = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
    "|september sept sep|october oct|november nov|december dec"
)
_WEEKDAYS = "monday mon|tuesday tues tue|wednesday weds wed|thursday thurs thur thu"
_WEEKDAYS += "|friday fri|saturday sat|sunday sun"
UNITS: Final[dict[str, str]] = {
    "seconds": "S", "secs": "S", "sec": "S", "minute": "MIN", "min": "MIN", "hour": "H",
    "hr": "H", "day": "D", "week": "W", "wk": "W", "weekend": "WE", "wkend": "WE",
    "fortnight": "2W", "month": "M", "mth": "M", "quarter": "Q", "half": "6M", "semester": "6M",
    "year": "Y", "yr": "Y", "decade": "10Y", "century": "100Y", "millennium": "1000Y",
    "centuries": "100Y", "millennia": "1000Y",
}  # fmt: skip
_SAY: Final[dict[str, Sequence[str]]] = {
    "P": (
        "morning=MO mornings=MO morn=MO afternoon=AF afternoons=AF evening=EV evenings=EV"
        " night=NI nights=NI nite=NI nites=NI nighttime=NI dawn=T06 dusk=EV noon=T12 noontime=T12"
        " midday=T12 midnight=T00 nightfall=NI daybreak=MO sunset=EV sunrise=MO daylight=DT"
        " daytime=DT overnight=NI lunchtime=T12 midmorning=MO midafternoon=AF teatime=AF"
    ).split(),
    "S": "spring=SP springtime=SP summer=SU summertime=SU autumn=FA winter=WI wintertime=WI".split(),
    "s": ("fall=FA",),
    "J": (
        "today=0 yesterday=-1 tomorrow=1 tonight=N tonite=N tmrw=1 tmr=1 tmrow=1 tmw=1 tomoro=1"
        " tomorow=1 tomo=1 2moro=1 2morrow=1 2mrw=1 2moz=1 2day=0 tdy=0 2nite=N 2night=N ystd=-1"
        " ytd=-1 yest=-1 trmw=1 tonght=N"
    ).split(),
    "V": (
        "now=0 nowadays=0 currently=0 presently=0 recently=- lately=- previously=-"
        " formerly=- shortly=+ soon=+ meantime=0 sometime=x"
    ).split(),
    "v": ("current=0 recent=- future=+ past=- present=0 former=- upcoming=+").split(),
    "F": (
        "daily=D everyday=D weekly=W fortnightly=2W monthly=M yearly=Y annually=Y annual=Y hourly=H"
        " nightly=D quarterly=Q biweekly=2W bimonthly=2M semiannual=6M"
    ).split(),
    "A": ("am=a pm=p").split(),
    "Z": "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest eet eest msk sgt jst ist hrs".split(),
    "E": ("bc=B bce=B ad=A ce=A").split(),
    "L": ("last=-1 previous=-1 past=-0 preceding=-1 prior=-1 recent=-0 lst=-1").split(),
    "X": ("next=1 coming=+0 following=1 upcoming=+0 nxt=1 subsequent=1 ensuing=1").split(),
    "t": ("this", "these"),
    "h": ("that", "same", "those"),
    "e": ("early=E earlier=e late=L later=l mid=M middle=M").split(),
    "b": ("beginning=E start=E end=L middle=M onset=E outset=E close=L turn=E").split(),
    "r": ("rest=R remainder=R whole=W entire=W full=W all=W").split(),
    "q": ("every", "each", "per"),
    "a": ("a", "an"),
    "k": ("the",),
    "f": ("few", "several", "couple", "many", "some", "recent", "more", "dozen"),
    "c": ("hundreds", "thousands", "dozens", "tens", "millions"),
    "g": ("ago", "afterwards", "afterward", "previously", "before", "after", "hence",
          "beforehand", "thereafter"),
    "O": ("of",),
    "p": ("in", "on", "at", "during", "throughout", "by", "circa", "around", "over", "within",
          "for", "about", "under", "through", "into", "dated"),
    "i": ("since", "until", "till", "til", "from", "between"),
    "u": ("and", "to", "or"),
    "B": ("nearly", "almost", "roughly", "approximately", "exactly", "just", "least", "most",
          "than", "only", "less", "fewer"),
    "j": ("full", "straight", "consecutive", "additional", "solid", "working", "business", "mere",
          "long", "short", "further", "successive", "extra", "single", "bloody", "brutal"),
    "G": ("old", "age"),
    "Q": ("q1=1", "q2=2", "q3=3", "q4=4", "h1=5", "h2=6"),
    "z": ("fiscal", "calendar", "financial"),
}  # fmt: skip


def _lexicon() -> dict[str, tuple[str, Value]]:
    """Every word of time with its letter and meaning; the first letter to claim a word keeps it."""
    found: dict[str, tuple[str, Value]] = {}
    for number, names in enumerate(_MONTHS.split("|"), 1):
        for name in names.split():
            found[name] = ("M", number)
    for number, names in enumerate(_WEEKDAYS.split("|")):
        for name in names.split():
            found[name] = ("w" if name in {"sat", "sun", "wed", "mon"} else "W", number)
    found |= {"may": ("m", 5), "march": ("m", 3), "mar": ("m", 3), "jun": ("M", 6)}
    for word, unit in UNITS.items():
        letter = "H" if word in {"quarter", "half", "semester"} else "C" if "cent" in word else "U"
        found[word] = (letter, unit)
        if not word.endswith(("s", "ia")):
            found.setdefault(word + "s", (letter, unit))
    for code in ("L", "X", *_SAY):
        for entry in _SAY[code]:
            word, _, value = entry.partition("=")
            found.setdefault(word, (code, value or word))
    return found


LEXICON: Final = _lexicon()

FEASTS: Final[dict[str, tuple[int, int]]] = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "new year's": (1, 1), "halloween": (10, 31), "valentine's day": (2, 14), "may day": (5, 1),
    "independence day": (7, 4), "veterans day": (11, 11), "armistice day": (11, 11),
    "bastille day": (7, 14), "st. patrick's day": (3, 17), "epiphany": (1, 6),
    "all saints' day": (11, 1), "juneteenth": (6, 19),
}  # fmt: skip
MOVABLE: Final = ("easter sunday", "easter", "good friday", "thanksgiving day", "thanksgiving",
                  "labor day", "memorial day", "ramadan")  # fmt: skip
FEAST_WORDS: Final = "|".join(
    re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s")
    for name in sorted([*FEASTS, *MOVABLE], key=len, reverse=True)
)

_PLAIN: Final = re.compile(
    r"""
      (?P<word>[^\W\d_]+)
    | (?P<digit>\d+)
    | (?P<stop>\n[ \t\r\u00a0]*\n\s*)
    | \s+
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""What every text is cut into first; the patterns below are tried only where they can begin."""

_DAY_AFTER: Final = (
    r"[ \u00a0,]+(?:on[ \u00a0])?(?:the[ \u00a0]night\b|local[ ]time|GMT\b|UTC\b|yesterday\b|today\b|this\b|last\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
_FIGURES: Final = re.compile(
    r"""
      (?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))
    | (?P<date>(?:\d{1,2}([./-])\d{1,2}\3(?:\d{4}|\d\d)|\d{4}[./]\d{1,2}[./]\d{1,2})(?![\d/]|[.-]\d))
    | (?P<clock>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)|(?:1[0-2]|0?\d)\.[0-5]\d(?=[\s\u00a0]?[ap]\.?m\b)
      |(?<=\bat[ \u00a0])(?:[01]\d|2[0-3])\.[0-5]\d(?=DAY_AFTER)
      |(?<=\bbetween[ \u00a0])(?:[01]\d|2[0-3])\.[0-5]\d(?=[ ]and[ ](?:[01]\d|2[0-3])\.[0-5]\d\b)
      |(?<=\d\d[.][0-5]\d[ ]and[ ])(?:[01]\d|2[0-3])\.[0-5]\d(?=DAY_AFTER))
    | (?P<short>(?:2nite|2night|2day|2moro|2morrow|2mrw|2moz)(?!\w))
    | (?P<decade>(?:1\d|20)\d0['’]?s\b|[2-9]0['’]?s\b)
    | (?P<rank>\d{1,3}(?:st|nd|rd|th)(?!\w))
    | (?P<figure>\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)
    """.replace("DAY_AFTER", _DAY_AFTER),
    re.VERBOSE | re.IGNORECASE,
)
"""Numbers, and dates in numbers; group 3 is the sign between a date's parts, twice the same."""

_NAMES: Final = re.compile(
    rf"""
      (?P<skip>(?:https?://|www\.)[^\s<>"]{{1,2000}})
    | (?P<short>(?:[qh][1-4]|o['’]clock)(?!\w))
    | (?P<feast>(?:{FEAST_WORDS})(?!\w))
    | (?P<half>[ap]\.[ ]?m\b\.?|b\.[ ]?c\b\.?(?:[ ]?e\b\.?)?|a\.[ ]?d\b\.?)
    | (?P<brief>(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec|mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\.)
    | (?P<nth>{numerals.ORDINAL})
    | (?P<spelled>{numerals.SPELLED})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS: Final = re.compile(r"(?P<skip>@\w+)|(?P<decade>['’][2-9]0['’]?s\b)|(?P<year>['’]\d\d\b)")
_STARTERS: Final = (
    frozenset(
        "http https www q h o a p b jan feb mar apr aug sep sept oct nov dec mon tue tues wed weds thu"
        " thur thurs fri sat sun".split()
    )
    | frozenset(re.split(r"\W", name)[0] for name in [*FEASTS, *MOVABLE])
    | numerals.FIRST_WORDS
)

_DASHES: Final = frozenset("-‐‑‒–—")
_YEAR: Final = range(1000, 2101)


def tokens(text: str) -> list[Token]:
    """The text as words, numbers and signs, each with its letter (`_` for any other word)."""
    found: list[Token] = []
    done = 0
    for plain in _PLAIN.finditer(text):
        start, kind = plain.start(), plain.lastgroup
        if start < done or kind is None:
            continue
        word = plain[0]
        special = _special(text, start, kind, word)
        if special is not None:
            done = special.end()
            kind, word = str(special.lastgroup), special[0]
        code, value = _coded(kind, word)
        found.append(Token(start, start + len(word), code, value, word))
    return found


def _special(text: str, start: int, kind: str, word: str) -> re.Match[str] | None:
    """The longer or stranger token that begins here: a date in figures, a feast, an address."""
    if kind == "word":
        found = _NAMES.match(text, start) if word.lower() in _STARTERS else None
        return None if found and found[0][:1] in "qh" and found.lastgroup == "short" else found
    if kind == "digit":
        return _FIGURES.match(text, start)
    return _SIGNS.match(text, start) if word in "@'’" else None


def _coded(kind: str, word: str) -> tuple[str, Value]:
    """The letter of a token, and its meaning."""
    lower = word.lower().replace("’", "'")
    match kind:
        case "skip" | "stop":
            return ("x", word) if kind == "skip" else ("¶", word)
        case "iso" | "date":
            return "I", word
        case "clock":
            return "T", tuple(int(part) for part in re.split("[:.]", word))
        case "short":
            return ("K", lower) if lower == "o'clock" else LEXICON.get(lower, ("_", lower))
        case "decade":
            return "R", lower
        case "rank":
            rank = numerals.ordinal(word) or 0
            return ("d" if 1 <= rank <= 31 else "o"), float(rank)
        case "figure":
            return _figure(word)
        case "feast":
            return "y", re.sub(r"\s", " ", lower)
        case "brief":
            return _worded(word[:-1], lower[:-1])
        case "year":
            return "n", float(word[1:])
        case "half":
            letters = re.sub("[^abp]", "", lower)
            return ("A", letters) if "m" in lower else ("E", "B" if "b" in letters else "A")
        case "nth":
            return "o", float(numerals.ordinal(word) or 0)
        case "spelled":
            return "N", numerals.spelled(word) or 0.0
        case "sign":
            return ("-" if word in _DASHES else "'" if word in "'’" else word), word
        case _:
            return _worded(word, lower)


def _figure(word: str) -> tuple[str, Value]:
    """Figures are a day of the month, a year, or any other number."""
    value = numerals.figures(word) or 0.0
    if word.isdecimal():
        if len(word) <= 2 and 1 <= value <= 31:
            return "D", value
        if len(word) == 4 and int(value) in _YEAR:
            return "Y", value
    return "n", value


def _worded(word: str, lower: str) -> tuple[str, Value]:
    """A word's letter; a month or weekday without its capital is only a maybe."""
    code, value = LEXICON.get(lower, ("_", lower))
    if code == "Z" and not word.isupper() and lower != "hrs":
        return "_", lower
    if code == "M" and word[0].islower() and lower in {"jan", "mar", "dec", "sep", "jun"}:
        return "m", value
    return code, value
