"""Which of two related documents had it from the other: every sign of it, with its weight."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from whence.pile import Pile, homes, squeezed
from whence.terms import Document, Passage, Reading, Span

STRONG: Final = 4.0  # a sign of this weight settles the direction by itself
MANY: Final = 200  # documents that name one outlet; so many are not paired one by one
_NAME: Final = re.compile(r"\b[^\W\d_][\w’'-]{2,}")


_FIRST: Final = re.compile(
    r"\b(?:original|first)(?:ly)?\s+(?:source|version|article|text|appeared|published|posted)\b|"
    r"\b(?:re(?:published|printed|posted)|cross-?posted)\b",
    re.I,
)
_PICTURES: Final = re.compile(
    r"\b(?:images?|photo\w*|pictures?|illustrations?|graphics?|maps?|credits?|courtesy)\b|©|\(c\)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that `copy` had something from `exemplar`: its weight, and what it is in words."""

    exemplar: str
    copy: str
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An outlet that a document names as where words come from."""

    doc: str
    name: str
    span: Span | None
    route: str
    why: str


def named_outlets(reading: Reading) -> list[Mention]:
    """The outlets, agencies and pages that a document says it has its words from."""
    doc = reading.document
    own = {squeezed(name) for name in (doc.outlet, doc.byline) if name}
    found: list[Mention] = []
    for credit in doc.credits:
        at = None if credit.span is None else Span(doc.id, *credit.span)
        if first := _first_home(reading, credit.name):
            why = f"It first stood on {credit.name}."
            found.append(Mention(doc.id, credit.name, first, "original", why))
        elif "/" not in credit.name and not _pictured(reading, at):
            found.append(Mention(doc.id, credit.name, at, "credit", f"It credits {credit.name}."))
    for each in reading.attributions:
        for channel in each.channels:
            at = None if channel.span is None else Span(doc.id, *channel.span)
            verb = {"told": "told", "reported": "as reported by"}.get(channel.route)
            if verb:
                why = f"It says “{verb} {channel.name}”."
                found.append(Mention(doc.id, channel.name, at, channel.route, why))
    home = squeezed(doc.outlet) if doc.outlet else None
    return [
        each for each in found
        if squeezed(each.name) not in own or (each.route == "original" and squeezed(each.name) != home)
    ]  # fmt: skip


def _first_home(reading: Reading, name: str) -> Span | None:
    """Where a page says that its article stood first in a place of this name."""
    text = reading.document.text
    for found in _FIRST.finditer(text):
        end = text.find("\n", found.end())
        at = text.find(name, found.end(), min(found.end() + 80, end if end >= 0 else len(text)))
        if at >= 0 and "." not in text[found.end() : at]:
            return Span(reading.document.id, at, at + len(name))
    return None


def _pictured(reading: Reading, at: Span | None) -> bool:
    """Whether a credit is for a picture: in a caption, or in a line that speaks of pictures."""
    if at is None:
        return False
    text = reading.document.text
    line = text[text.rfind("\n", 0, at.start) + 1 : at.end]
    roles = {b.role for b in reading.blocks if b.start <= at.start and at.end <= b.end}
    return "caption" in roles or ("boilerplate" in roles and bool(_PICTURES.search(line)))


def sources_shared(pile: Pile) -> dict[tuple[str, str], list[str]]:
    """For every two documents the outlets outside the pile that both have words from, by name."""
    at_home = homes(pile)
    users: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for reading in pile.readings:
        for each in named_outlets(reading):
            key = squeezed(each.name)
            if key and key not in at_home and each.route != "told":
                users[key][each.doc] = each.name
    out: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for _, docs in sorted(users.items()):
        for pair in _pairs(docs) if len(docs) <= MANY else ():
            out[pair].append(docs[pair[0]])
    return dict(out)


def signs(pile: Pile) -> dict[tuple[str, str], list[Sign]]:
    """For every two documents (in order of their ids) the signs of who had it from whom."""
    documents = {each.document.id: each.document for each in pile.readings}
    out: defaultdict[tuple[str, str], list[Sign]] = defaultdict(list)
    for each in _credited(pile) + _named_in_passage(pile, documents) + _versions(documents):
        out[_pair(each.exemplar, each.copy)].append(each)
    for pair in sorted({_pair(p.left.doc, p.right.doc) for p in pile.passages}):
        out[pair] += _dated(documents[pair[0]], documents[pair[1]])
    for each in _gathered(pile):
        out[_pair(each.exemplar, each.copy)].append(each)
    return dict(out)


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _credited(pile: Pile) -> list[Sign]:
    at_home = homes(pile)
    found = {
        (doc, mention.doc): Sign(doc, mention.doc, 5.0, mention.why)
        for reading in pile.readings
        for mention in named_outlets(reading)
        for doc in at_home.get(squeezed(mention.name), ())
        if doc != mention.doc
    }
    return [found[key] for key in sorted(found)]


def _versions(documents: Mapping[str, Document]) -> list[Sign]:
    return [
        Sign(each.version_of, each.id, 9.0, "It is a later version of the same page.")
        for each in documents.values()
        if each.version_of in documents and each.version_of is not None
    ]


def _named_in_passage(pile: Pile, documents: Mapping[str, Document]) -> list[Sign]:
    """A page that speaks of itself in words that another page has too was there first."""
    found = []
    for passage in pile.passages:
        if passage.kind in ("stock phrase",):
            continue
        for here, there in ((passage.left, passage.right), (passage.right, passage.left)):
            outlet = documents[here.doc].outlet
            other = documents[there.doc].outlet
            if not outlet or (other and squeezed(other) == squeezed(outlet)):
                continue
            words = documents[there.doc].text[there.start : there.end]
            last = outlet.split()[-1]
            if re.search(rf"\b{re.escape(last)}\b", words):
                why = f"The words they share speak of {outlet} itself."
                found.append(Sign(here.doc, there.doc, STRONG, why))
    return found


def _dated(one: Document, other: Document) -> list[Sign]:
    """Dates are a hint only: those that pages state are wrong often enough."""
    a, b = one.published, other.published
    if not (a and b and a.first and b.first and a.first[:10] != b.first[:10]):
        return []
    first, second = (one, other) if a.first < b.first else (other, one)
    return [Sign(first.id, second.id, 1.0, "It is dated later.")]


def _gathered(pile: Pile) -> list[Sign]:
    """A page made of pieces of several others is more likely to have taken than to have given."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    pairs = set()
    for each in pile.passages:
        if each.kind in ("copied narration", "translation"):
            sources[each.left.doc].add(each.right.doc)
            sources[each.right.doc].add(each.left.doc)
            pairs.add(_pair(each.left.doc, each.right.doc))
    found = []
    for a, b in sorted(pairs):
        more, less = (a, b) if len(sources[a]) > len(sources[b]) else (b, a)
        if len(sources[more]) > len(sources[less]):
            why = "It shares wording with more of the other documents."
            found.append(Sign(less, more, 0.5, why))
    return found


def shared_errors(readings: Sequence[Reading]) -> dict[tuple[str, str], str]:
    """Odd spellings of a name that two documents, and few others, have in common."""
    held: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for word in {w for w in _NAME.findall(reading.document.text) if w[0].isupper()}:
            held[word].add(reading.document.id)
    low = {w for each in readings for w in _NAME.findall(each.document.text) if w[0].islower()}
    usual = [word for word, docs in held.items() if len(docs) >= 3 and word.casefold() not in low]
    by_start: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(usual):
        by_start[word[:2]].append(word)
    found: dict[tuple[str, str], str] = {}
    for odd, docs in sorted(held.items()):
        if not 2 <= len(docs) <= 3 or len(odd) < 3 or odd.casefold() in low:
            continue
        for word in by_start[odd[:2]]:
            near = _near(odd, word) and len(held[word]) > len(docs)
            if near:
                for pair in _pairs(docs):
                    found.setdefault(pair, f"Both write “{odd}” where others write “{word}”.")
    return found


def _near(odd: str, word: str) -> bool:
    plural = odd.rstrip("s’'") == word.rstrip("s’'")
    if odd == word or plural or odd.casefold() == word.casefold():
        return False
    most = 1 if len(odd) < 6 else 2
    return DamerauLevenshtein.distance(odd, word, score_cutoff=most) <= most and not (
        odd.casefold().startswith(word.casefold()) or word.casefold().startswith(odd.casefold())
    )


def _pairs(docs: Iterable[str]) -> list[tuple[str, str]]:
    each = sorted(docs)
    return [(a, b) for i, a in enumerate(each) for b in each[i + 1 :]]


def balance(found: Sequence[Sign], exemplar: str) -> float:
    """How much speaks for this one as the exemplar: below nothing if more speaks against it."""
    best: Counter[bool] = Counter()
    for each in found:
        best[each.exemplar == exemplar] += each.weight  # type: ignore[assignment]
    return best[True] - best[False]


def narration(passages: Iterable[Passage]) -> list[Passage]:
    """The passages that show copying: narration in common, in one language or two."""
    return [each for each in passages if each.kind in ("copied narration", "translation")]
