"""Quantities that claims turn on: how many dead, how far, how much money, what share.

A number counts only with what it counts: “29 soldiers”, “2.5 miles (4km)”, “$3 million”,
“40 percent”. Dates, hours, years, model names and list numbers are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from whence import numerals
from whence.measures import (
    CASUALTIES,
    CURRENCIES,
    FRACTIONS,
    LABELS,
    MEASURES,
    MONTHS,
    NEVER_AFTER,
    NEVER_PLURAL,
    PERSON_ENDINGS,
    PERSONS,
    SAME_PLURAL,
    STOPS,
    TIME_PATTERN,
    TIMES,
    VAGUE,
)
from whence.terms import Block, Document, Quantity
from whence.unnumbered import unnumbered

_SCALE: Final = r"(?:hundred|thousand|million|billion|trillion|bn|mn|tn)\b"
_FIGURES: Final = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d+)?(?!\d)|\d{1,15}(?:\.\d{1,9})?"
_NUMBER: Final = (
    rf"(?:(?:{_FIGURES})(?:[ \u00a0-]?{_SCALE}|[mkb]\b)?"
    r"|a[ ]couple(?:[ ]of)?(?:[ ]dozen\b)?|(?:a|two|three|four|five|six)[ ]dozen\b"
    rf"|half[ ]a[ ]{_SCALE}|(?:a[ ](?={_SCALE}))?{numerals.SPELLED})"
)
_MONEY: Final = r"(?:(?:US|A|C|NZ|HK)?\$|[€£¥₹₽₴]|(?:USD|EUR|GBP)[ ])"
_AMOUNT: Final = re.compile(
    rf"""(?<!\w)(?:
      (?P<part>(?:a|one|two|three|four|five|seven|nine)[ -](?:{"|".join(FRACTIONS)})s?(?=[ ]of\b)
        |half(?=[ ](?:of|the)\b))
    | (?P<between>between[ ])?
      (?P<money>{_MONEY})?
      (?P<low>{_NUMBER})
      (?:(?P<join>[ ]?[-–—‑][ ]?|[ ]to[ ]|[ ]and[ ]|[ ]or[ ])(?:{_MONEY})?(?P<high>{_NUMBER}))?
    | (?P<vague>(?:tens|hundreds|dozens|scores|thousands|millions|billions)\b
        (?:[ ]of[ ](?:thousands|millions|billions)\b)?(?=[ ]of\b|[ ][a-z]))
    | (?P<rank>\d{{1,3}}(?:st|nd|rd|th)\b|{numerals.ORDINAL})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_HEDGE: Final = re.compile(
    r"\b(?:at[ ]least|at[ ]most|as[ ]many[ ]as|as[ ]few[ ]as|as[ ]much[ ]as|no[ ](?:more|fewer|less)"
    r"[ ]than|(?:well[ ]|slightly[ ]|far[ ]|a[ ]little[ ])?(?:more|less|fewer|greater)[ ]than"
    r"|(?:well[ ]|just[ ])?(?:over|under)|up[ ]to|about|around|approximately|roughly|nearly|almost"
    r"|close[ ]to|some|an[ ]estimated|estimated[ ]at|estimated|perhaps"
    r"|upwards[ ]of|in[ ]excess[ ]of|circa|ca\.|~)[ ]?(?:a[ ])?$",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W_]+)*")
_GAP: Final = re.compile(r"[ \u00a0\n]{1,2}|-")
_TOLL: Final = re.compile(
    r"\b(?:death[ ]toll|toll|number|total|count)\b(?:[ ]of[ ](?P<of>[\w’' -]{2,40}?))?"
    r"(?:[ ](?:in|from|at|across)[ ][\w’' -]{2,40}?)?"
    r"[ ](?:to|is|was|at|reached|hit|rose[ ]to|stands[ ]at|stood[ ]at|of|passed|exceeded)[ ]"
    r"(?:at[ ]least[ ]|about[ ]|more[ ]than[ ]|nearly[ ]|over[ ])?$",
    re.IGNORECASE,
)
_ALSO: Final = re.compile(
    rf"[ ]?\((?:about[ ]|around[ ]|roughly[ ]|or[ ])?{_MONEY}?(?:{_FIGURES})[ \u00a0-]?"
    r"(?:million|billion)?[ \u00a0-]?[^\W\d_]{0,12}\)",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"[ ](?:of[ ])?(?:(?:the|all|its|their|his|her|our|those|these)[ ])*")
_NUMBERED: Final = re.compile(r"\b(?:one|two|three|four|five|six|seven|nine)[ -]$", re.IGNORECASE)
_RANKED: Final = re.compile(r"[ ]([a-z]{2,40}(?:-[a-z]{2,40}){0,3})(?:[ ]([a-z]{2,40}))?\b")
_ALONE: Final = re.compile(
    r"[ ]?(?:[.,;:)\n”\"’]|$|(?:and|or|but|in|on|at|by|from|since|so|others?|more|after|as|last)\b)"
)
_BACK, _AHEAD, _WORDS = 80, 120, 6


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read: its extent, its value or range, and whether it is money or vague."""

    start: int
    end: int
    low: float
    high: float | None = None
    currency: str | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: up to where the words go, the words, and the unit."""

    end: int
    words: str | None
    unit: str


def quantities(document: Document, blocks: Sequence[Block] = ()) -> tuple[Quantity, ...]:
    """The amounts in the text, each with its unit, what it counts, and the hedge before it."""
    skipped = [(block.start, block.end) for block in blocks if block.role == "boilerplate"]
    found: list[Quantity] = []
    at = 0
    while match := _AMOUNT.search(document.text, at):
        each = _quantity(document, match)
        at = each.end if each else match.end("low") if match["low"] else match.end()
        if each:
            found.append(each)
    for each in unnumbered(document.id, document.text):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    kept = (q for q in found if not any(start <= q.start < end for start, end in skipped))
    return tuple(sorted(kept, key=lambda q: (q.start, q.end)))


def _quantity(document: Document, match: re.Match[str]) -> Quantity | None:
    """The quantity that starts with this number, if it is one."""
    if match["rank"]:
        return _ranked(document, match)
    if match["part"]:
        return _shared(document, match)
    text = document.text
    before = text[max(0, match.start() - _BACK) : match.start()]
    for amount in _amounts(match):
        counted = _counted(text, amount, before) if _free(text, amount, before) else None
        if counted is None:
            continue
        hedge = _HEDGE.search(before)
        also = _ALSO.match(text, counted.end) if counted.unit != "persons" else None
        open_ended = amount.high is not None or amount.vague
        return Quantity(
            doc=document.id,
            start=amount.start,
            end=also.end() if also else counted.end,
            value=None if open_ended else amount.low,
            low=amount.low if open_ended else None,
            high=amount.high,
            unit=counted.unit,
            counted=counted.words,
            hedge=hedge[0].strip().lower() if hedge else None,
        )
    return None


def _amounts(match: re.Match[str]) -> Iterator[Amount]:
    """The readings of a number: as a range first, then by itself."""
    money = match["money"]
    currency = CURRENCIES.get(money.strip(), money.strip()) if money else None
    if match["vague"]:
        low, high = VAGUE[re.sub(r"\s+", " ", match["vague"].lower())]
        yield Amount(match.start(), match.end(), low, high, None, vague=True)
        return
    low_value, size = _value(match["low"])
    if low_value is None:
        return
    if match["high"]:
        high, high_size = _value(match["high"])
        if high is not None and _a_range(match, low_value, high):
            shared = size == 1 and low_value * high_size < high
            low = low_value * high_size if shared else low_value
            if low < high:
                yield Amount(match.start(), match.end(), low, high, currency)
    start = match.end("between") if match["between"] else match.start()
    yield Amount(start, match.end("low"), low_value, None, currency)


def _a_range(match: re.Match[str], low: float, high: float) -> bool:
    """“10–15”, “10 to 15”, “two or three”; “and” only after “between”."""
    join = match["join"].strip().lower()
    if join == "and":
        return match["between"] is not None
    if join == "or":
        return high == low + 1
    return low < high or bool(re.search(r"[a-z]", match["high"], re.IGNORECASE))


def _value(written: str) -> tuple[float | None, float]:
    """The value of a number, and the size word in it (1 without one)."""
    lower = re.sub(r"\s+", " ", written.lower())
    if lower.endswith("dozen"):
        head = lower.removesuffix("dozen").strip()
        many = {"a": 1.0, "a couple": 2.0, "a couple of": 2.0}.get(head, numerals.spelled(head))
        return (many * 12 if many is not None else None), 1.0
    if lower.startswith("a couple"):
        return 2.0, 1.0
    if lower.startswith("half a "):
        return 0.5 * (numerals.scale(lower[7:]) or 1.0), 1.0
    if lower[0].isdigit():
        word = re.search(r"[a-z]+$", lower)
        size = (numerals.scale(word[0]) or 1.0) if word else 1.0
        figures = numerals.figures(lower)
        return (None if figures is None else round(figures * size, 6 if size == 1 else 0)), size
    return numerals.spelled(lower.removeprefix("a ")), 1.0


def _free(text: str, amount: Amount, before: str) -> bool:
    """Whether the number stands by itself: no model name, telephone, list, score or date."""
    if amount.currency:
        return True
    head, tail = text[amount.start], text[amount.end : amount.end + 12]
    if before[-1:].isalnum() or (before and before[-1] in "_#@/:.°" and head.isdigit()):
        return False
    if before and before[-1] in "-–‑," and before[-2:-1].isalnum():
        return False
    if re.match(r"[:/]\d|\.\d|,\d|[-–]\d|(?:st|nd|rd|th)\b|[A-Z]\d", tail):
        return False
    line = before.rpartition("\n")[2]
    if not line.strip(" \t•*-") and re.match(r"[.)][ \t]", tail) and head.isdigit():
        return False
    last = _WORD.findall(before[-24:])
    near = last[-1].lower() if last and before.rstrip(" .").endswith(last[-1]) else ""
    if near in LABELS or near in MONTHS or (near == "at" and re.match(r"[ ]?[ap]\.?m\b", tail)):
        return False
    following = _WORD.match(text, amount.end + 1) if tail[:1] in " -\u00a0\n" else None
    word = following[0].lower().rstrip(".") if following else ""
    if re.match(r"[ \u00a0]?(?:[ap]\.?m\b|GMT|UTC|o['’]clock)", tail):
        return False
    return word not in MONTHS


def _counted(text: str, amount: Amount, before: str) -> Counted | None:
    """What the number counts: money, a share, a measure, a head count, or a plural noun."""
    end, tail = amount.end, text[amount.end : amount.end + _AHEAD]
    share = re.match(r"[ \u00a0-]?(?:%|per[ ]?cent\b|percent\b|percentage[ ]points?\b)", tail, re.I)
    if share:
        return Counted(end + share.end(), _of_what(tail[share.end() :]), "percent")
    if amount.currency:
        return Counted(end, None, amount.currency)
    linked = " of" if amount.vague and tail.startswith(" of ") else ""
    measured = MEASURES.match(tail.removeprefix(linked))
    if measured:
        end, tail = end + len(linked), tail.removeprefix(linked)
        unit = _measure(measured)
        return Counted(end + measured.end(), _of_what(tail[measured.end() :]), unit)
    aged = re.match(r"[- ]years?[- ]olds?\b", tail)
    if aged or re.search(r"\baged[ ]$", before):
        return Counted(end + (aged.end() if aged else 0), None, "years")
    strong = re.match(r"[- ]strong\b(?:[ ](?P<what>[a-z]+))?", tail)
    if strong:
        return Counted(end + strong.end(), strong["what"], "persons")
    if re.match(rf"[ \u00a0-](?:{TIME_PATTERN})\b", tail, re.IGNORECASE):
        return None
    if _a_year(text, amount, before):
        return None
    found = _noun(text, amount, before) or _tolled(amount, before, tail)
    written = text[amount.start : amount.end]
    sized = amount.low >= 1000 and re.search(r"[,m]|ous|illion|bn|tn", written)
    if found is None and sized and not tail.startswith("-"):
        return Counted(end, None, "count")
    return found


def _measure(measured: re.Match[str]) -> str:
    """The plain name of a unit of measure."""
    name = next(name for name, words in measured.groupdict().items() if words)
    return name.replace("_", " ")


def _of_what(tail: str) -> str | None:
    """The words after “of”: likely voters, gross domestic product, the vote."""
    lead = _OF.match(tail)
    if lead is None or lead[0] == " ":
        return None
    words: list[str] = []
    at = lead.end()
    while len(words) < _WORDS - 2 and (word := _WORD.match(tail, at)):
        if word[0].lower() in STOPS or (words and _is_plural(words[-1].lower())):
            break
        words.append(word[0])
        at = word.end() + tail.startswith(" ", word.end())
    return " ".join(words) or None


def _a_year(text: str, amount: Amount, before: str) -> bool:
    """Four plain figures between 1900 and 2099 are a year unless a head count says otherwise."""
    written = text[amount.start : amount.end]
    if amount.high is not None or not re.fullmatch(r"(?:19|20)\d\d", written):
        return False
    last = before.split()[-1:] or [""]
    following = _WORD.match(text, amount.end + 1)
    counted = following is not None and _is_person(following[0].lower())
    return not counted or last[0].lower() in NEVER_AFTER


def _noun(text: str, amount: Amount, before: str) -> Counted | None:
    """The plural noun phrase after a number: “special forces soldiers”, “ceasefire zones”."""
    words: list[tuple[int, int, str]] = []
    at, best = amount.end, None
    if amount.vague or text.startswith(" of ", at):
        linked = re.compile(r"[ ]of[ ](?:the[ ]|its[ ]|their[ ]|his[ ])?").match(text, at)
        if linked and (amount.vague or "couple" in text[amount.start : at]):
            at = linked.end() - 1
        elif linked:
            return None
    single = amount.low == 1 and amount.high is None
    for _ in range(_WORDS):
        gap = _GAP.match(text, at)
        word = _WORD.match(text, gap.end()) if gap else None
        if word is None or word[0].lower() in STOPS or (best is not None and word[0][0].isupper()):
            break
        lower = word[0].lower()
        plural = _is_person(lower + "s") if single else _is_plural(lower) or lower in CASUALTIES
        if best is not None and (not plural or lower in CASUALTIES):
            break
        words.append((word.start(), word.end(), word[0]))
        at = word.end()
        if plural:
            best = len(words)
        if gap is not None and gap[0] == "-" and best is None and len(words) == 1:
            return None
    if best is None and single and words and _HEDGE.search(before):
        best = 1
    if best is None:
        return None
    head = words[best - 1][2].lower()
    persons = _is_person(head) or head in CASUALTIES or (single and _is_person(head + "s"))
    unit = "persons" if persons else head
    end = words[best - 1][1]
    return Counted(end, text[words[0][0] : end], unit)


def _is_plural(lower: str) -> bool:
    """Whether a word looks like a plural noun."""
    if lower in SAME_PLURAL:
        return True
    last = lower.rpartition("-")[2]
    return (
        last.endswith("s")
        and not last.endswith(("ss", "us", "is", "’s", "'s"))
        and last not in NEVER_PLURAL
    )


def _is_person(lower: str) -> bool:
    """Whether a plural names people."""
    last = lower.rpartition("-")[2]
    return last in PERSONS or (last.endswith(PERSON_ENDINGS) and last not in NEVER_PLURAL)


def _tolled(amount: Amount, before: str, tail: str) -> Counted | None:
    """A number without a noun after it: a toll (“… to 37”), or the dead (“killing 12”)."""
    if not _ALONE.match(tail):
        return None
    toll = _TOLL.search(before)
    if toll:
        persons = "toll" in toll[0].lower() or _is_person((toll["of"] or "").split(" ")[-1].lower())
        return Counted(amount.end, toll["of"], "persons" if persons else "count")
    if re.search(r"\b(?:killing|killed|injuring|injured|wounding|wounded)(?:[ ]at[ ]least|[ ]about"
                 r"|[ ]more[ ]than|[ ]some|[ ]nearly|[ ]over)?[ ]$", before):  # fmt: skip
        return Counted(amount.end, None, "persons")
    return None


def _shared(document: Document, match: re.Match[str]) -> Quantity:
    """“two-thirds of voters”, “half the fleet”: a share of something."""
    count, _, part = re.sub("-", " ", match["part"].lower()).rpartition(" ")
    many = 1.0 if count in {"", "a"} else numerals.spelled(count) or 1.0
    value = many / FRACTIONS[part.removesuffix("s") if part != "half" else part]
    before = document.text[max(0, match.start() - _BACK) : match.start()]
    hedge = _HEDGE.search(before)
    return Quantity(
        document.id, match.start(), match.end(), round(value, 4), unit="share",
        counted=_of_what(document.text[match.end() : match.end() + _AHEAD]),
        hedge=hedge[0].strip().lower() if hedge else None,
    )  # fmt: skip


def _ranked(document: Document, match: re.Match[str]) -> Quantity | None:
    """“sixth round”, “a fourth de-escalation zone”: a rank, with what is ranked."""
    text, rank = document.text, numerals.ordinal(match[0])
    before = text[max(0, match.start() - 8) : match.start()]
    if rank is None or rank < 2 or _NUMBERED.search(before) or before[-1:] in {"-", "–"}:
        return None
    noun = _RANKED.match(text, match.end())
    if noun is None or noun[1] in STOPS or noun[1] in TIMES or noun[1].endswith(("ly", "ing")):
        return None
    phrase = noun[1]
    if "-" in phrase and noun[2] and noun[2] not in STOPS and noun[2] not in TIMES:
        phrase = f"{noun[1]} {noun[2]}"
    end = match.end() + 1 + len(phrase)
    return Quantity(document.id, match.start(), end, float(rank), unit="ordinal", counted=phrase)
