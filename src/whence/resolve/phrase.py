"""What a noun phrase names: a person, a body, a state, someone by their role; and whose they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from whence.knowledge import Known, State, folded, known, state_of
from whence.resolve import words as lexicon
from whence.resolve.bodies import SIDED, composed
from whence.resolve.words import is_role, mended, singular
from whence.terms import Extent, Kind

Sort = Literal["pronoun", "person", "body", "state", "role", "group", "thing", "unknown"]
Look = Callable[[str], Known | None]

_PIECE: Final = re.compile(r"\s*(?:,|;|\s[–—-]+\s|[–—])\s*")
_BRACKET: Final = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]{1,60})[)\]]")
_HEADS_OFF: Final = re.compile(
    r"^(?:(?:[^\w“\"'(@#]+|(?:according\s+to|to|by|from|both|even|also|however|and|but|as|while|when|that|for)\b)"
    r"\s*)+",
    re.I,
)
_CUT: Final = re.compile(
    r"\s+(?:of|for|in|at|from|with|on|to|by|near|under|against|about|who|whose|whom|which|that|based|"
    r"familiar|close|speaking|working|living|quoted|cited|and|who's|told|said|behind|involved)\b"
)
_RELATIVE: Final = re.compile(r"(?:who|whose|which|that|where|when)\b", re.I)
_LEADS: Final = re.compile(
    r"who\s+(?:now\s+|has\s+)?(?:heads?|leads?|runs?|chairs?|directs?|commands?|headed|led|ran|chaired)\s+"
    r"(?P<what>(?:the\s+)?\S.+)", re.I,
)  # fmt: skip
_ARTICLE: Final = re.compile(
    r"^(?P<det>the|a|an|its|his|her|their|our|my|this|that|these|those|one|another|two|three|four|five|some|many|"
    r"several|unnamed|anonymous|other|most|all|no|any|every|each|senior|top|local|certain)\s+(?=\S)",
    re.I,
)
_DEFINITE: Final = frozenset("the its his her their our my this that these those".split())
_COUNTED: Final = frozenset(
    "a an one another two three four five some many several unnamed anonymous other most all no any "
    "every each certain senior top".split()
)
_LEADS_ON: Final = frozenset(
    "of for at in from by with to on and or near under over against between behind among within as".split()
)
_POSSESSIVE: Final = re.compile(r"(?:[’'`]s|s[’'])$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase taken apart: what it names, by what name or head noun, and whose it is."""

    sort: Sort
    at: Extent
    name: str | None = None
    head: str | None = None
    roles: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    key: str | None = None
    nation: str | None = None
    definite: bool = False
    counted: bool = False
    plural: bool = False
    gender: str | None = None
    glosses: tuple[str, ...] = ()
    entry: Known | None = None


def parsed(text: str, extent: Extent, label: Kind | None = None, look: Look = known) -> Phrase:
    """The phrase at an extent, taken apart; `label` is the kind that a model gives it."""
    start, end = bare(text, extent)
    whole = text[start:end]
    first = whole.split(" ")[0]
    loud = len(first) > 1 and first.isupper()
    pronoun = None if loud else lexicon.PRONOUNS.get(first.casefold())
    subject = first.casefold() in {"he", "she", "it", "they", "i", "we", "you", "who"}
    if (
        pronoun
        and (subject or " " not in whole)
        and (pronoun == "who" or " " not in whole or re.match(r"\S+ [a-z]", whole))
    ):
        end = start + len(whole.split(" ")[0])
        return Phrase("pronoun", (start, end), head=pronoun, plural=pronoun in {"they", "we"})
    glosses = tuple(m["inner"].strip(" '\"“”") for m in _BRACKET.finditer(whole))
    plain = _BRACKET.sub(lambda m: " " * len(m.group()), whole)
    pieces = _pieces(plain)
    found = [_core(whole[a:b], (start + a, start + b), label, look) for a, b in pieces]
    if not found:
        return Phrase("unknown", (start, end), name=whole)
    one = _joined(found)
    if one.sort == "unknown" and label == "organisation" and one.name and one.name[:1].isupper():
        one = replace(one, sort="body")
    return replace(one, glosses=glosses)


def bare(text: str, extent: Extent) -> Extent:
    """The extent without what a reader caught by mistake: lines before, “to”, stray marks."""
    start, end = extent
    cut = re.search(r"\b(?:of|for|at|from)\s*$", text[start:end])
    more = (
        re.match(r"\s*(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*", text[end : end + 80])
        if cut
        else None
    )
    if more:
        end += more.end()
    if re.search(r"\b(?:of|for|at|from)\s*$", text[start:end]):
        more = re.match(r"\s*(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*", text[end : end + 80])
        end += more.end() if more else 0
    for run in re.finditer(r"\b([a-z]+)\s+(?=the\s+[A-Z])", text[start:end]):
        if run[1] not in _LEADS_ON and "," not in text[start : start + run.start()]:
            start += run.end()  # “Under a 1998 agreement the Board must …”
            break
    line = text.rfind("\n", start, end)
    if line >= 0 and text[line:end].strip():
        start = line + 1
    lead = _HEADS_OFF.match(text[start:end])
    if lead and lead.end() < end - start:
        start += lead.end()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ".)]"):
        end -= 1
    tail = re.search(r"[’'`]s$", text[start:end])
    if tail:
        end = start + tail.start()
    return (start, end) if start < end else extent


def _pieces(plain: str) -> list[Extent]:
    out, at = [], 0
    for cut in [*_PIECE.finditer(plain), None]:
        end = cut.start() if cut else len(plain)
        a, b = at, end
        while a < b and plain[a].isspace():
            a += 1
        while b > a and plain[b - 1].isspace():
            b -= 1
        if a < b:
            out.append((a, b))
        at = cut.end() if cut else end
    return out


def _joined(found: Sequence[Phrase]) -> Phrase:
    """One phrase of a head and what stands in apposition to it: the name decides who it is."""
    first = found[0]
    if first.sort == "unknown" and (first.name or "")[:1].isupper() and len(found) > 1:
        described = found[1].sort == "role" and (
            found[1].counted or found[1].definite or bool(found[1].of)
        )
        if described and _namelike((first.name or "").split()):
            first = replace(first, sort="person")
            found = [first, *found[1:]]
    persons = [f for f in found if f.sort == "person"]
    if persons and first.sort in {"person", "role", "group", "unknown"}:
        best = persons[0]
        others = [f for f in found if f is not best and f.sort in {"role", "person"}]
        return replace(
            best, roles=tuple(dict.fromkeys(r for f in [best, *others] for r in f.roles)),
            of=tuple(dict.fromkeys(o for f in [best, *others] for o in f.of)),
            gender=best.gender or next((f.gender for f in others if f.gender), None),
        )  # fmt: skip
    return first


def _core(words: str, at: Extent, label: Kind | None, look: Look) -> Phrase:
    """One piece between commas, taken apart."""
    if _RELATIVE.match(words):
        leads = _LEADS.match(words)
        if leads is None:
            return Phrase("unknown", at)
        return Phrase("role", at, roles=("head",), of=(leads["what"],), definite=True)
    definite = counted = False
    shift = 0
    while lead := _ARTICLE.match(words):
        det = lead["det"].casefold()
        if det in {"senior", "top", "local"} and not re.match(r"[a-z]", words[lead.end() :]):
            break
        definite, counted = definite or det in _DEFINITE, counted or det in _COUNTED
        words, shift = words[lead.end() :], shift + lead.end()
    at = (at[0] + shift, at[1])
    if whole := _whole(words, at, look, definite):
        return whole
    cut = _CUT.search(words)
    front, rest = (words[: cut.start()], words[cut.start() :]) if cut else (words, "")
    made = _nominal(front, rest, at, label, look)
    return replace(made, definite=definite or made.definite, counted=counted)


def _whole(words: str, at: Extent, look: Look, definite: bool) -> Phrase | None:
    """A name that is known as it stands: a state, its people, a ministry, an outlet."""
    state = state_of(words)
    if state and words[:1].isupper():
        form = state[1]
        if form in {"name", "capital"} or (form == "people" and definite):
            return Phrase("state", at, state[0].name, key=f"state:{state[0].code}",
                          nation=state[0].code, plural=form == "people")  # fmt: skip
    key = composed(words)
    entry = look(words) if words[:1].isupper() or any(c.isupper() for c in words) else None
    if entry and key is None:
        sort: Sort = "person" if entry.kind == "person" else "body"
        return Phrase(
            sort, at, entry.name, head=_last(entry.name), entry=entry, nation=entry.country,
            key=entry_key(entry),
        )  # fmt: skip
    if key is not None:
        nation, function = key
        return Phrase("body", at, words, head=_last_of(function), key=f"{nation or '?'}|{function}",
                      nation=nation, entry=entry)  # fmt: skip
    return None


def entry_key(entry: Known) -> str:
    """The key of a known name: a ministry’s is that of any other way to name it."""
    names = (entry.name, *entry.also) if entry.role in {"ministry", "force"} else ()
    made = next((found for each in names if (found := composed(each))), None)
    if made and (made[0] or entry.country):
        return f"{made[0] or entry.country}|{made[1]}"
    return f"known:{folded(entry.name)}"


def _nominal(front: str, rest: str, at: Extent, label: Kind | None, look: Look) -> Phrase:
    tokens = front.split()
    if not tokens:
        return Phrase("unknown", at)
    owners: tuple[str, ...] = ()
    for i, token in reversed(list(enumerate(tokens[:-1]))):
        if _POSSESSIVE.search(token):
            owners = (_POSSESSIVE.sub("", " ".join(tokens[: i + 1])),)
            tokens = tokens[i + 1 :]
            at = (at[0] + [m.start() for m in re.finditer(r"\S+", front)][i + 1], at[1])
            break
    last = max((i for i, t in enumerate(tokens) if _titled(t)), default=-1)
    if last == len(tokens) - 1 > 0 and tokens[last][:1].isupper():
        given = folded(tokens[last - 1])
        if given in lexicon.MEN or given in lexicon.WOMEN:  # “Lucy Pope”, whose name is a title
            last = max((i for i, t in enumerate(tokens[: last - 1]) if _titled(t)), default=-1)
            return _person(tokens, last, owners, rest, at)
    tail = tokens[last + 1 :]
    if last >= 0 and tail and _namelike(tail):
        return _person(tokens, last, owners, rest, at)
    word = tokens[-1]
    low = mended(word.casefold().strip(".,"))
    of = owners + _affiliation(tokens[:-1]) + _prepositional(rest)
    plural = singular(low) != low or low in lexicon.GROUPS
    small = word[:1].islower() and not re.match(r"(?:al|el|ad|as|ash|ar|az)[-’'][A-Z]", word)
    if small or (is_role(word) and len(tokens) > 1) or last == len(tokens) - 1:
        return _described(tokens, low, of, plural, at, front, rest)
    return _proper(tokens, rest, at, label, look)


def _titled(token: str) -> bool:
    low = token.casefold().strip(".,")
    return low in lexicon.TITLES or is_role(token)


def _role(token: str) -> str:
    low = token.casefold().strip(".,")
    return low if low in lexicon.TITLES else singular(low)


def _namelike(tokens: Sequence[str]) -> bool:
    """Capitalised words, with the particles that names have, and no kind of body among them."""
    if not 1 <= len(tokens) <= 5 or mended(folded(tokens[-1])) in lexicon.BODIES:
        return False
    return all(
        t[:1].isupper() or t.casefold() in lexicon.PARTICLES or re.match(r"(?:al|el|d|l|o)[-’']\w", t, re.I)
        for t in tokens
    ) and tokens[-1][:1].isupper() | ("-" in tokens[-1])  # fmt: skip


def _person(
    tokens: Sequence[str], last: int, owners: tuple[str, ...], rest: str, at: Extent
) -> Phrase:
    """A name after a title or role: “Harbour Board chairman Ott Brell”."""
    roles = tuple(_role(t) for t in tokens[: last + 1] if _titled(t))
    name = " ".join(tokens[last + 1 :])
    before = [t for t in tokens[: last + 1] if not _titled(t)]
    tail = at[0] + _at(tokens, last + 1)
    return Phrase(
        "person", (tail, tail + len(name)), name, head=folded(name).split(" ")[-1], roles=roles,
        of=owners + _affiliation(before), gender=gender_of(roles, name),
    )  # fmt: skip


def _at(tokens: Sequence[str], index: int) -> int:
    return sum(len(t) + 1 for t in tokens[:index])


def gender_of(roles: Sequence[str], name: str) -> str | None:
    """“he” or “she” where a title, a role or a common first name tells."""
    if any(r in lexicon.MALE or r.endswith(("sman", "yman")) for r in roles):
        return "he"
    if any(r in lexicon.FEMALE or r.endswith("woman") for r in roles):
        return "she"
    first = folded(name).split(" ")[0]
    man, woman = first in lexicon.MEN, first in lexicon.WOMEN
    return ("he" if man else "she") if man != woman and " " in name else None


def _described(
    tokens: Sequence[str], low: str, of: tuple[str, ...], plural: bool, at: Extent, front: str, rest: str
) -> Phrase:  # fmt: skip
    """Someone or something that has no name here: “a duty officer at the barrage”."""
    one = singular(low)
    nation = next((s[0].code for t in tokens[:-1] if (s := _nation_word(t))), None)
    kind: Sort
    if is_role(low) or low in lexicon.GROUPS:
        kind = "group" if plural and not (is_role(low) and singular(low) == low) else "role"
    elif one in lexicon.BODIES:
        kind = "body"
    elif one in lexicon.THINGS or low in lexicon.THINGS:
        kind = "thing"
    else:
        kind = "unknown"
    roles = tuple(singular(t.casefold().strip(".,")) for t in tokens if is_role(t))
    return Phrase(
        kind, at, " ".join(tokens) + rest, head=one, roles=roles, of=of, nation=nation, plural=plural,
        gender=gender_of(roles, ""),
    )  # fmt: skip


def _proper(tokens: Sequence[str], rest: str, at: Extent, label: Kind | None, look: Look) -> Phrase:
    """A name by itself: of a body, a person, or something we cannot tell."""
    name = " ".join(tokens)
    if rest and (
        more := re.match(r"\s+of(?:\s+the)?\s+((?:(?:the|and|of|for)\s+|[A-Z][\w’'-]*\s?)+)", rest)
    ):
        longer = (name + " " + rest.strip()[: more.end()].strip()).strip()
        if mended(folded(tokens[-1])) in lexicon.BODIES or look(longer):
            name = (name + rest[: more.end()]).strip()
            if whole := _whole(name, at, look, False):
                return whole
    head = mended(folded(tokens[-1]).split(" ")[-1]) if folded(tokens[-1]) else ""
    first = mended(folded(tokens[0]))
    body = head in lexicon.BODIES or singular(head) in lexicon.BODIES or first in lexicon.BODIES
    body = body or (label == "organisation" and not _namelike(tokens))
    short = len(tokens) == 1 and re.fullmatch(r"[A-Z][A-Z.&]{1,6}", name) is not None
    sort: Sort = "unknown"
    if body or short:
        sort = "body"
    elif _namelike(tokens) and (label == "person" or (label is None and 2 <= len(tokens) <= 3)):
        sort = "person"
    end = at[0] + len(name)
    return Phrase(sort, (at[0], max(end, at[0] + 1)), name, head=head, gender=gender_of((), name),
                  of=_prepositional(rest) if sort == "body" else ())  # fmt: skip


def _affiliation(tokens: Sequence[str]) -> tuple[str, ...]:
    """The capitalised words before a role, which say whose it is: “Energy Ministry” spokesman."""
    run: list[str] = []
    for token in tokens:
        if token[:1].isupper() and not SIDED.search(token):
            run.append(_POSSESSIVE.sub("", token))
        elif run:
            break
    return (" ".join(run),) if run else ()


def _prepositional(rest: str) -> tuple[str, ...]:
    """What follows “of”, “for”, “at”, “from”, “in” right after the head."""
    found = re.match(r"\s+(?:of|for|at|from|in|with|to)\s+(.+)", rest, re.S)
    if not found:
        return ()
    words = found[1]
    cut = re.search(r"\s+(?:who|which|that|at|in|on|from|with)\s", words)
    return (words[: cut.start()] if cut else words,)


def _nation_word(token: str) -> tuple[State, str] | None:
    """The state that a word names or is an adjective of, if it is not part of “US-backed”."""
    if SIDED.search(token):
        return None
    return state_of(_POSSESSIVE.sub("", token)) if token[:1].isupper() else None


def _last(name: str) -> str:
    return folded(name).split(" ")[-1]


def _last_of(function: str) -> str:
    return function.split(" ")[-1]
