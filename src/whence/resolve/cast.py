"""Who appears in one document: every person, body, state and unnamed source, under all its names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from whence.knowledge import Known, folded, state, state_of
from whence.resolve import words as lexicon
from whence.resolve.bodies import same_nation
from whence.resolve.phrase import Phrase
from whence.terms import Extent, Kind

SURE, LIKELY = (
    92,
    70,
)  # of 100: one spelling for another; first names that a role in common confirms
_HONOURS: Final = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md", "qc", "kc", "sc", "esq"])

_FORMERLY: Final = re.compile(
    r"\b(?:formerly(?:\s+known\s+as)?|previously|also\s+known\s+as|known\s+as|a\.?k\.?a\.?)(?!\w)"
)
_ACRONYM: Final = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Z][A-Za-z.&-]{1,9}")


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody or something that a document names or describes."""

    kind: Kind
    key: str
    named: bool = True
    names: Counter[str] = field(default_factory=Counter)
    roles: set[str] = field(default_factory=set)
    of: set[str] = field(default_factory=set)
    gender: str | None = None
    plural: bool = False
    seen: list[Extent] = field(default_factory=list)
    entry: Known | None = None
    nation: str | None = None
    glosses: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What to call it: the name we know it by, else the fullest of those seen."""
        if self.entry:
            return self.entry.name
        code = self.nation if self.key.startswith("state:") else None
        if code and (known := state(code)):
            return known.name
        return max(self.names, key=lambda n: (len(n.split()), self.names[n], len(n), n), default="")

    def first(self) -> int:
        """Where it stands first."""
        return min((a for a, _ in self.seen), default=0)

    def near(self, start: int, end: int) -> bool:
        """Whether it stands in this stretch of the text."""
        return any(start <= a < end for a, _ in self.seen)


def name_words(name: str) -> list[str]:
    """The words of a personal name that count, folded: no honours, and no titles before it."""
    every = folded(name).split()
    found = [w for w in every if w not in _HONOURS]
    while len(found) > 1 and found[0] in lexicon.TITLES:
        found.pop(0)
    return found or every


def surname(name: str) -> str:
    """The last word of a personal name, folded, with no article written onto it."""
    found = name_words(name)
    return re.sub(r"^(?:al|el)-", "", found[-1]) if found else ""


def one_person(left: str, right: str) -> bool:
    """Whether two full names are one: the same, initials of it, or another spelling."""
    one, two = name_words(left), name_words(right)
    if one == two:
        return True
    if surname(left) == surname(right):
        a, b = one[:-1], two[:-1]
        if not a or not b:
            return True
        short, long = sorted((a, b), key=len)
        return all(_goes_with(x, y) for x, y in zip(short, long, strict=False))
    same = one[0][0] == two[0][0] and len(one) == len(two) > 1
    return same and fuzz.ratio(" ".join(one), " ".join(two)) >= SURE


def _goes_with(left: str, right: str) -> bool:
    if len(left) == 1 or len(right) == 1:
        return left[0] == right[0]
    return left == right or (left[0] == right[0] and fuzz.ratio(left, right) >= SURE)


def slip(left: str, right: str) -> bool:
    """Whether one of two long names is the other with one letter wrong, and otherwise alike."""
    a, b = folded(left), folded(right)
    if a == b or min(len(a), len(b)) < 8 or len(a.split()) != len(b.split()):
        return a == b
    pairs = list(zip(a.split(), b.split(), strict=True))
    wrong = [(x, y) for x, y in pairs if x != y]
    return len(wrong) == 1 and all(
        min(len(x), len(y)) >= 6 and x[0] == y[0] and DamerauLevenshtein.distance(x, y) == 1
        and x.rstrip("s") != y.rstrip("s")
        for x, y in wrong
    )  # fmt: skip


def initials(name: str) -> set[str]:
    """The acronyms that a name would give: with and without its small words."""
    found = re.findall(r"[^\W_]+", name)
    big = [w for w in found if w[:1].isupper()]
    own = big[1:] if big and state_of(big[0]) else []  # “SOF”, of a state’s “Special … Forces”
    return {"".join(w[0] for w in group).upper() for group in (big, found, own) if len(group) > 1}


class Cast:
    """All the actors of one document, looked up by name, head noun, acronym and role."""

    def __init__(self, doc: str) -> None:
        self.doc = doc
        self.actors: list[Actor] = []
        self.by_key: dict[str, Actor] = {}
        self.aliases: dict[str, Actor] = {}
        self.by_word: dict[str, list[Actor]] = {}

    def add(self, actor: Actor) -> Actor:
        """The actor, known from now on by its key."""
        self.actors.append(actor)
        self.by_key[actor.key] = actor
        return actor

    def note(
        self, actor: Actor, name: str, at: Extent | None = None, phrase: Phrase | None = None
    ) -> Actor:
        """The actor, with one more of its names and places."""
        if at and at not in actor.seen:
            actor.seen.append(at)
        if name and actor.named:
            actor.names[name] += 1
            person = actor.kind == "person"
            for word in dict.fromkeys(
                [*name_words(name), surname(name)] if person else folded(name).split()
            ):
                held = self.by_word.setdefault(word, [])
                if actor not in held:
                    held.append(actor)
        elif name:
            actor.names.setdefault(name, 1)
        if phrase:
            actor.roles.update(phrase.roles)
            actor.of.update(phrase.of)
            actor.gender = actor.gender or phrase.gender
            actor.entry = actor.entry or phrase.entry
            actor.nation = actor.nation or phrase.nation
            for gloss in phrase.glosses:
                self.gloss(actor, gloss)
        return actor

    def gloss(self, actor: Actor, words: str) -> None:
        """“(SDF)”, “(IS, formerly ISIS/ISIL)”: short names that a bracket gives to what is before."""
        if actor.kind != "organisation":
            return
        renamed = _FORMERLY.search(words) is not None
        for each in re.split(rf"\s*(?:[,;/]|\bor\b|{_FORMERLY.pattern})\s*", words):
            short = each.strip(" .'\"“”")
            if _ACRONYM.fullmatch(short) and (renamed or self._could_stand_for(short, actor)):
                self.aliases[folded(short)] = actor
                actor.names[short] += 1
                actor.glosses.add(short)

    def _could_stand_for(self, short: str, actor: Actor) -> bool:
        """An acronym of the name, one letter off it, or another short name we know it by."""
        plain = short.replace(".", "").upper()
        if actor.entry and folded(short) in {folded(n) for n in actor.entry.also}:
            return True
        made = {i for name in actor.names for i in initials(name)}
        return any(
            plain == i or (len(plain) == len(i) >= 3 and plain[0] == i[0]
                           and DamerauLevenshtein.distance(plain, i) == 1) for i in made
        )  # fmt: skip

    # ------------------------------------------------------------ looking up

    def persons(self, name: str, gender: str | None = None) -> list[Actor]:
        """The persons that a short name can mean: by surname, else by a first name."""
        found = name_words(name)
        if not found:
            return []
        held = [a for a in self.by_word.get(found[-1], ()) if a.kind == "person"]
        held = [a for a in held if all(any(w in name_words(n) for n in a.names) for w in found)]
        last = [a for a in held if any(surname(n) == found[-1] for n in a.names)]
        fits = last or held or self._misspelt(found)
        return [a for a in fits if not (gender and a.gender and a.gender != gender)] or fits

    def _misspelt(self, words: list[str]) -> list[Actor]:
        """The one person whose surname is this word with one letter more, less or other."""
        if len(words) != 1 or len(words[0]) < 5:
            return []
        near = {
            id(a): a
            for word, actors in self.by_word.items()
            if word[0] == words[0][0]
            and DamerauLevenshtein.distance(word, words[0], score_cutoff=1) == 1
            for a in actors
            if a.kind == "person" and any(surname(n) == word and " " in n for n in a.names)
        }
        return list(near.values()) if len(near) == 1 else []

    def person(self, name: str) -> Actor | None:
        """The person of a full name, if the document has them already."""
        for each in self.by_word.get(name_words(name)[-1], ()):
            full = [n for n in each.names if len(name_words(n)) > 1]
            if each.kind == "person" and any(one_person(name, n) or slip(name, n) for n in full):
                return each
        return None

    def body(self, name: str) -> Actor | None:
        """The body of this name: its alias, the name with a slip, or the one longer name it cuts."""
        key = folded(name)
        if key in self.aliases:
            return self.aliases[key]
        exact = self.by_key.get(f"org:{key}")
        if exact:
            return exact
        words = key.split()
        if not words:
            return None
        rivals = [
            a for a in self.by_word.get(words[-1], ()) if a.kind == "organisation" and a.named
        ]
        rivals += [a for a in self.by_word.get(words[0], ()) if a not in rivals
                   and a.kind == "organisation" and a.named]  # fmt: skip
        slips = [a for a in rivals if any(slip(n, name) for n in a.names)]
        if len(slips) == 1:
            return slips[0]
        if len(words) < 2:
            return None
        longer = [a for a in rivals if any(
            len(folded(n).split()) > len(words)
            and (folded(n).endswith(" " + key) or folded(n).startswith(key + " ")) for n in a.names)]  # fmt: skip
        return longer[0] if len(longer) == 1 else None

    def bodies(self, head: str) -> list[Actor]:
        """The named bodies whose name has this head noun (“the service”)."""
        out = []
        for each in self.actors:
            if each.kind != "organisation" or not each.named:
                continue
            heads = {folded(n).split(" ")[-1] for n in each.names if folded(n)}
            heads |= {folded(n).split(" ")[0] for n in each.names if " of " in n}
            if head == "ministry" and each.key.startswith("US|"):
                continue
            if head in {lexicon.mended(h) for h in heads} or (
                "|" in each.key and each.key.endswith(" " + head)
            ):
                out.append(each)
        return out

    def functions(self, function: str, nation: str | None = None) -> list[Actor]:
        """The bodies that do this (“defence ministry”), of this nation or of any.

        The United States have departments: nobody says “the Defence Ministry” of the Pentagon.
        """
        out = []
        for each in self.actors:
            whose, bar, what = each.key.partition("|")
            if not bar or what != function or whose == "?":
                continue
            if same_nation(whose, nation) if nation else whose != "US":
                out.append(each)
        return out

    def with_role(self, role: str) -> list[Actor]:
        """Those introduced with this role."""
        return [a for a in self.actors if role in a.roles and a.kind in {"person", "group"}]


def within(actors: Iterable[Actor], start: int, end: int) -> list[Actor]:
    """Those that stand in a stretch of the text."""
    return [a for a in actors if a.near(start, end)]
