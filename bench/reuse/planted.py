"""Real articles with passages of one spliced into another, and the places where they went."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TOKEN = re.compile(r"\S+")

Doc = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plant:
    """A passage of one article (`start`, `end`) and its copy in another (`at`, `stop`)."""

    source: str
    start: int
    end: int
    target: str
    at: int
    stop: int
    edits: int


def articles(path: Path, count: int, seed: int) -> list[Doc]:
    """So many articles in random order; past the corpus's end, disguised copies of it.

    A disguised copy is the corpus with every word but the 300 commonest exchanged for another
    that is about as common (a word here carries its comma), by one table a copy: it repeats
    itself as often as the corpus does, and shares nothing longer than a set phrase with the
    corpus or with another copy.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        real = [json.loads(line)["text"] for line in lines]
    rng = random.Random(seed)
    rng.shuffle(real)
    texts = real[:count]
    if count > len(real):
        seen = Counter(word for text in real for word in text.split(" "))
        ranked = [word for word, _ in seen.most_common()]
        for copy in range(1, -(-count // len(real))):
            table = _exchange(ranked, random.Random(f"{seed}/{copy}"))
            for text in real[: count - len(texts)]:
                texts.append(" ".join([table.get(word, word) for word in text.split(" ")]))
    return [(f"a{number:06d}", text) for number, text in enumerate(texts)]


def _exchange(ranked: Sequence[str], rng: random.Random, spared: int = 300) -> dict[str, str]:
    table: dict[str, str] = {}
    at, band = spared, 100
    while at < len(ranked):
        words = list(ranked[at : at + band])
        mixed = words.copy()
        rng.shuffle(mixed)
        table.update(zip(words, mixed, strict=True))
        at, band = at + band, band * 2
    return table


def plant(base: Sequence[Doc], seed: int) -> tuple[list[Doc], list[Plant]]:
    """The same articles, every second with 20 to 80 words of another in it, and those places.

    Up to one word in ten of the copy is substituted, left out or put in. An article that gives
    a passage receives none, so that each passage stands whole in exactly the article it is from.
    """
    rng = random.Random(seed)
    order = list(range(len(base)))
    rng.shuffle(order)
    half = len(order) // 2
    donors, docs, plants = order[:half], list(base), []
    vocabulary = _TOKEN.findall(" ".join(base[n][1] for n in order[:50]))
    for target in order[half : 2 * half]:
        source, given = base[rng.choice(donors)]
        tokens = list(_TOKEN.finditer(given))
        count = min(rng.randint(20, 80), len(tokens))
        first = rng.randrange(len(tokens) - count + 1)
        words = [token[0] for token in tokens[first : first + count]]
        edits = rng.randint(0, count // 10)
        copy = " ".join(edited(words, edits, vocabulary, rng))
        name, text = docs[target]
        at = rng.choice([token.start() for token in _TOKEN.finditer(text)])
        docs[target] = (name, f"{text[:at]}{copy} {text[at:]}")
        start, end = tokens[first].start(), tokens[first + count - 1].end()
        plants.append(Plant(source, start, end, name, at, at + len(copy), edits))
    return docs, plants


def edited(
    words: list[str], edits: int, vocabulary: Sequence[str], rng: random.Random
) -> list[str]:
    """The words with so many of them substituted, left out or followed by another."""
    places = set(rng.sample(range(len(words)), edits))
    out: list[str] = []
    for place, word in enumerate(words):
        deed = rng.choice(("substitute", "delete", "insert")) if place in places else "keep"
        if deed in ("keep", "insert"):
            out.append(word)
        if deed in ("substitute", "insert"):
            out.append(rng.choice(vocabulary))
    return out
