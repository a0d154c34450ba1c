"""Who is who across documents: one entity for all the names of one person or body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from whence.knowledge import folded, state
from whence.resolve.bodies import same_nation
from whence.resolve.cast import LIKELY, SURE, Actor, initials, name_words, one_person, surname
from whence.terms import Entity, finding_id

WIKIDATA = "https://www.wikidata.org/wiki/"


class Clusters:
    """Actors joined step by step (union by root), so that cost grows with their number."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.members: dict[str, list[tuple[str, Actor]]] = {}

    def add(self, key: str, doc: str, actor: Actor) -> None:
        """One more actor under a key."""
        self.parent.setdefault(key, key)
        self.members.setdefault(key, []).append((doc, actor))

    def root(self, key: str) -> str:
        """The key that stands for all that were joined with this one."""
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, left: str, right: str) -> None:
        """Makes one cluster of two."""
        a, b = sorted((self.root(left), self.root(right)))
        if a != b:
            self.parent[b] = a

    def groups(self) -> dict[str, list[tuple[str, Actor]]]:
        """All clusters by their root."""
        out: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
        for key in sorted(self.members):
            out[self.root(key)] += self.members[key]
        return out


def clustered(casts: Sequence[tuple[str, Iterable[Actor]]]) -> Clusters:
    """All actors of all documents, those that are one joined."""
    found = Clusters()
    for doc, actors in casts:
        for each in actors:
            found.add(key_of(doc, each), doc, each)
    _nations(found)
    _acronyms(found)
    _kinds(found)
    _persons(found)
    _bare(found)
    _cut_short(found)
    return found


def key_of(doc: str, actor: Actor) -> str:
    """The key under which an actor is the same in every document; of its own if it has no name."""
    if not actor.named or actor.key.startswith(("here:", "unnamed:")):
        return f"only:{doc}:{actor.key}"
    return actor.key


def _nations(found: Clusters) -> None:
    """“Skareth’s Energy Ministry” and “the Skarethi Energy Ministry”, of a state we do not know."""
    by_function: dict[str, list[str]] = defaultdict(list)
    for key in sorted(found.members):
        whose, bar, what = key.partition("|")
        if bar and whose.startswith("~"):
            for other in by_function[f"{what}{whose[:5]}"]:
                if same_nation(whose, other.partition("|")[0]):
                    found.join(key, other)
            by_function[f"{what}{whose[:5]}"].append(key)


def _acronyms(found: Clusters) -> None:
    """“SDF” alone, where another document says what it is short for and no two say otherwise."""
    means: dict[str, set[str]] = defaultdict(set)
    for key, members in found.members.items():
        if not key.startswith(("org:", "known:")):
            continue
        for _, each in members:
            for name in each.names:
                if " " in name:
                    for short in initials(name):
                        means[folded(short)].add(key)
            for gloss in each.glosses:
                means[folded(gloss)].add(key)
    for key in sorted(found.members):
        short = key.removeprefix("org:")
        if not key.startswith("org:") or not re.fullmatch(r"[a-z]{3,6}", short):
            continue
        if not all(n.isupper() for _, a in found.members[key] for n in a.names):
            continue
        fits = {found.root(k) for k in means.get(short, ()) if k != key}
        if len(fits) == 1:
            found.join(key, fits.pop())


def _kinds(found: Clusters) -> None:
    """One name taken for a body in one document and for a person in another.

    Of a single word only where one of the two is met far more often, and nothing else is said of
    the other: somebody may be called like a firm.
    """
    for key in sorted(found.members):
        kind, _, name = key.partition(":")
        twin = f"person:{name}"
        if kind not in {"org", "name", "place"} or twin not in found.members:
            continue
        if " " in name or (kind != "place" and _is_slip(_all(found, key), _all(found, twin))):
            found.join(key, twin)


def _is_slip(left: Sequence[Actor], right: Sequence[Actor]) -> bool:
    """Whether the rarer of two is only the commoner, once taken for another kind."""
    few, many = sorted((left, right), key=lambda each: sum(len(a.seen) for a in each))
    said = any(a.roles or a.of or a.glosses or a.entry for a in few)
    return not said and 3 * sum(len(a.seen) for a in few) <= sum(len(a.seen) for a in many)


def _persons(found: Clusters) -> None:
    """Full names that are one: initials, spellings, and slips that a post in common confirms."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(found.members):
        name = key.removeprefix("person:")
        if not key.startswith("person:") or len(name_words(name)) < 2:
            continue
        for block in {surname(name), _skeleton(name)}:
            for other in blocks[block]:
                rival = other.removeprefix("person:")
                one = one_person(name, rival) or _confirmed(found, key, other)
                if one and not _apart(_all(found, key), _all(found, other)):
                    found.join(key, other)
            blocks[block].append(key)


def _skeleton(name: str) -> str:
    words = name_words(name)
    return words[0][:1] + "/" + re.sub(r"[aeiouyhw'-]|(.)(?=\1)", "", words[-1])[:4]


def _confirmed(found: Clusters, left: str, right: str) -> bool:
    """One surname, first names much alike, and one and the same post or employer."""
    one, two = (name_words(k.removeprefix("person:")) for k in (left, right))
    if one[-1] != two[-1] or one[0][0] != two[0][0]:
        return False
    alike = fuzz.ratio(one[0], two[0])
    if alike < LIKELY - 5:
        return False
    return alike >= SURE or bool(_posts(_all(found, left)) & _posts(_all(found, right)))


def _posts(actors: Iterable[Actor]) -> set[str]:
    """Whose they are said to be, as their documents tell."""
    return {post for each in actors for post in each.posts}


def _all(found: Clusters, key: str) -> list[Actor]:
    return [a for _, a in found.members[key]]


def _apart(left: Sequence[Actor], right: Sequence[Actor]) -> bool:
    """Whether what is said of them contradicts their being one."""
    genders = {a.gender for a in (*left, *right) if a.gender}
    return len(genders) > 1


def _bare(found: Clusters) -> None:
    """A surname alone is the one person of the pile who bears it, if nothing speaks against it."""
    full: dict[str, set[str]] = defaultdict(set)
    for key in found.members:
        if key.startswith("person:") and len(name_words(key.removeprefix("person:"))) > 1:
            full[surname(key.removeprefix("person:"))].add(found.root(key))
    for key in sorted(found.members):
        name = key.partition(":")[2]
        if not key.startswith(("person:", "name:")) or " " in name or found.root(key) != key:
            continue
        fits = {found.root(k) for k in full.get(surname(name), ())}
        if len(fits) != 1:
            continue
        one = fits.pop()
        mine, theirs = (
            _all(found, key),
            [a for k in found.members if found.root(k) == one for a in _all(found, k)],
        )
        posts, others = _posts(mine), _posts(theirs)
        if not _apart(mine, theirs) and (not posts or not others or posts & others):
            found.join(key, one)


def _cut_short(found: Clusters) -> None:
    """A poster or “person” whose name is the beginning of one body’s and of no other: that body."""
    longer: dict[str, set[str]] = defaultdict(set)
    for key in found.members:
        words = key.partition(":")[2].split(" ")
        if key.startswith(("org:", "known:")):
            for size in range(2, len(words)):
                longer[" ".join(words[:size])].add(found.root(key))
    for key in sorted(found.members):
        fits = (
            longer.get(key.removeprefix("person:"), set()) if key.startswith("person:") else set()
        )
        if len(fits) == 1 and not any(a.roles or a.of for a in _all(found, key)):
            found.join(key, next(iter(fits)))


# ---------------------------------------------------------------- entities


def entities(found: Clusters) -> tuple[list[Entity], Mapping[int, str]]:
    """An entity for each cluster, and the entity’s id for each actor (by its identity)."""
    out: list[Entity] = []
    ids: dict[int, str] = {}
    for root, members in found.groups().items():
        made = _entity(root, [a for _, a in members])
        out.append(made)
        for _, actor in members:
            ids[id(actor)] = made.id
    return sorted(out, key=lambda e: (e.name, e.id)), ids


def _entity(root: str, actors: Sequence[Actor]) -> Entity:
    best = _leading(actors)
    names: Counter[str] = Counter()
    for each in actors:
        names.update(each.names)
    entry = next((a.entry for a in actors if a.entry), None)
    key = best.key if best.named else root
    of_state = state(best.nation) if key.startswith("state:") and best.nation else None
    address = entry.wikidata if entry else of_state.wikidata if of_state else None
    name = best.name or key.partition(":")[2]
    also = tuple(sorted((n for n in names if n != name), key=lambda n: (-names[n], n)))
    return Entity(
        entity_id(best.kind, key), best.kind, best.named, name, also,
        (WIKIDATA + address,) if address else (),
        country=best.nation if best.nation and not best.nation.startswith("~") else None,
        place_kind="country" if of_state else None,
    )  # fmt: skip


def entity_id(kind: str, key: str) -> str:
    """An id made of the kind and the plain name alone: the same in every dossier."""
    return finding_id("entity", f"{kind}|{key}")


def _leading(actors: Sequence[Actor]) -> Actor:
    """The member whose name stands for all: fullest, then most often seen."""
    total: Counter[str] = Counter()
    for each in actors:
        total[each.key] += sum(each.names.values())
    return max(actors, key=lambda a: (
        a.entry is not None, a.key.startswith(("known:", "state:")), len(a.key.split()), total[a.key], a.key,
    ))  # fmt: skip
