"""Real articles with another's narration put into them, and look-alikes that are no copying."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from bench.reuse.planted import edited
from whence.clauses import sentences
from whence.reuse import shared
from whence.terms import Document, When

How = Literal["credited", "dated", "bare", "third hand"]
"""How a copy says where it is from: a credit, only a later date, nothing, or a copy of a copy."""
Not = Literal["quotation", "agency", "lost", "formula", "notice"]
"""What two articles may share that neither has from the other."""

COPIES: Final[Sequence[How]] = ("credited", "dated", "bare", "third hand")
OTHERS: Final[Sequence[Not]] = ("quotation", "agency", "lost", "formula", "notice")
EACH: Final = 12  # of every kind
LETTERS: Final = 2600  # of an article, so much is kept
_PLACES = "Lurn Dzhorna Orsholt Vashkul Zmirad Kelme Tarrow Fenk Brill Osk Sallow Netley Reve Isfel"
_PAPERS = (
    "Courier Gazette Herald Ledger Plumb Leaf Beacon Bugle Mirror Register Argus Echo Sentinel Tribune"
    " Examiner Standard Dispatch Advertiser Chronicle Observer"
)
_PEOPLE = "Orlo Vask", "Edvine Quill", "Dovrek Kelm", "Ilvane Soray", "Tobrin Reve", "Pell Oddrun"
_OFFICES = "Harbour Ministry", "Weir Board", "River League", "Barrage Authority", "Toll Office"
_SPEECH = (
    "We shall not wait for spring to mend what {} has let rot for nine years, and nobody here will",
    "Whoever says that the gates of {} were opened at night has never read a single page of the log",
    "There was never a plan to move one family out of {}, and there is none now on anybody's desk",
    "I have asked {} four times for the drawings, and four times I was sent a card with flowers on",
)


@dataclass(frozen=True, slots=True)
class Copied:
    """One planted copy: the article it is from, the one it is in, and what that says of it."""

    exemplar: str
    copy: str
    how: How


@dataclass(frozen=True, slots=True)
class Planted:
    """The articles, the copies among them, and the pairs that share words but copied nothing."""

    documents: tuple[Document, ...]
    copies: tuple[Copied, ...]
    others: dict[tuple[str, str], Not] = field(default_factory=dict)


def planted(path: Path, seed: int, each: int = EACH) -> Planted:
    """So many copies of every kind, and as many of every look-alike, in articles of the corpus."""
    rng = random.Random(seed)
    spare = iter(_unrelated(path, rng, 2 * each * (len(COPIES) + len(OTHERS)) + 4 * each))
    names = _outlets(rng)
    docs: list[Document] = []
    copies: list[Copied] = []
    others: dict[tuple[str, str], Not] = {}
    for _ in range(each):
        for how in COPIES:
            made, found = _copied(how, spare, names, rng)
            docs += made
            copies += found
        for kind in OTHERS:
            one, other = _alike(kind, spare, names, rng)
            docs += [one, other]
            others[one.id, other.id] = kind
    return Planted(tuple(docs), tuple(copies), others)


def _outlets(rng: random.Random) -> Iterator[str]:
    every = [f"The {a} {b}" for a in _PLACES.split() for b in _PAPERS.split()]
    rng.shuffle(every)
    return iter(every)


def _unrelated(path: Path, rng: random.Random, count: int) -> list[str]:
    """The beginnings of articles that share no passage with one another."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        real = [json.loads(line)["text"] for line in lines]
    rng.shuffle(real)
    texts = [_beginning(text) for text in real if len(text) > 1500][: count * 2]
    found = shared([(str(n), text) for n, text in enumerate(texts)])
    related = {int(side.doc) for each in found for side in (each.left, each.right)}
    alone = [text for n, text in enumerate(texts) if n not in related and _told(text)]
    if len(alone) < count:
        raise ValueError(f"only {len(alone)} articles share nothing, of {count} that are needed")
    return alone[:count]


def _beginning(text: str) -> str:
    return text if len(text) <= LETTERS else text[: text.rindex(" ", 0, LETTERS)] + "."


def _told(text: str) -> str | None:
    """Two to four sentences of narration in a row: 40 to 100 words without quotation marks."""
    every = [text[a:b] for a, b in sentences(text)]
    for size in (2, 3, 4):
        for at in range(1, len(every) - size + 1):
            words = " ".join(every[at : at + size])
            plain = not re.search(r"[“”\"‘]|\b(?:said|says|told|according)\b", words)
            if plain and 40 <= len(words.split()) <= 100:
                return words
    return None


def _page(text: str, names: Iterator[str], day: str | None) -> Document:
    outlet = next(names)
    name = re.sub(r"\W+", "-", outlet.casefold()).strip("-")
    published = When(day, day, "stated") if day else None
    return Document(name, f"{name}.txt", text, "", "text/plain", "en", outlet=outlet,
                    published=published)  # fmt: skip


def _within(text: str, words: str, rng: random.Random) -> str:
    """The text with these words as a paragraph of their own, somewhere after its first sentence."""
    ends = [b for _, b in sentences(text)][:-1] or [len(text)]
    at = rng.choice(ends)
    return f"{text[:at]}\n\n{words}\n\n{text[at:].lstrip()}"


def _changed(words: str, rng: random.Random) -> str:
    """The words with up to one in ten substituted, left out or put in."""
    tokens = words.split()
    count = rng.randint(0, len(tokens) // 10)
    return " ".join(edited(tokens, count, tokens, rng))


def _copied(
    how: How, spare: Iterator[str], names: Iterator[str], rng: random.Random
) -> tuple[list[Document], list[Copied]]:
    dated = how != "bare"
    first = _page(next(spare), names, "2031-03-01" if dated else None)
    words = _told(first.text) or ""
    docs, copies = [first], []
    for step in range(2 if how == "third hand" else 1):
        above = docs[-1]
        words = _changed(words, rng)
        text = _within(next(spare), words, rng)
        if how in ("credited", "third hand"):
            text = _credited(text, words, above.outlet or "", rng)
        each = _page(text, names, f"2031-03-0{step + 2}" if dated else None)
        docs.append(each)
        copies.append(Copied(above.id, each.id, how))
    return docs, copies


def _credited(text: str, words: str, outlet: str, rng: random.Random) -> str:
    form = rng.randrange(3)
    if form == 0:
        return text.replace(words, f"{outlet} reports: {words}")
    if form == 1:
        return f"{text}\n\nThis article was originally published by {outlet}."
    return text.replace(words, f"{words} (via {outlet})")


def _alike(
    kind: Not, spare: Iterator[str], names: Iterator[str], rng: random.Random
) -> tuple[Document, Document]:
    texts = [next(spare), next(spare)]
    pieces = _pieces(kind, spare, rng)
    made = [
        _page(_within(text, piece, rng), names, f"2031-03-0{n + 1}")
        for n, (text, piece) in enumerate(zip(texts, pieces, strict=True))
    ]
    if kind == "notice":
        made = [replace(d, text=f"{t}\n\n{pieces[0]}") for d, t in zip(made, texts, strict=True)]
    return made[0], made[1]


def _pieces(kind: Not, spare: Iterator[str], rng: random.Random) -> tuple[str, str]:
    """What the two articles have in common, as it stands in each."""
    who, office = rng.choice(_PEOPLE), rng.choice(_OFFICES)
    place = rng.choice(_PLACES.split())
    if kind == "quotation":
        said = (
            f"{rng.choice(_SPEECH).format(office)} in {place} before the {rng.randint(11, 28)}th."
        )
        return (
            f"“{said}” {who} said on Monday.",
            f"{who}, of the {office}, told a meeting: “{said}”",
        )
    if kind == "formula":
        name = (f"{who}, who has chaired the standing committee of the {office} in {place} "
                f"since the year {rng.randint(1990, 2025)},")  # fmt: skip
        return f"{name} was in the hall.", f"Among the guests, {name} did not speak."
    if kind == "notice":
        line = (f"Reporting by {who} in {place}; editing by {rng.choice(_PEOPLE)}. Our standards are "
                f"kept by the {office}, and every reader may write to it there.")  # fmt: skip
        return line, line
    words = _told(next(spare)) or ""
    pair = _changed(words, rng), _changed(words, rng)
    if kind == "agency":
        return f"Ternwire reports: {pair[0]}", f"{pair[1]} (via Ternwire)"
    return pair
