"""A large case of invented news, made by program: the same every time, and read by no model.

What stands in it is found by construction, so that a thousand articles take seconds and not an
hour: people say things, pages copy one another, numbers clash. All names and places are invented.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from whence import store
from whence.dossier import analysis
from whence.dossier.analysis import Findings
from whence.judgements import quoted
from whence.terms import (
    Attribution,
    Block,
    Claim,
    Conflict,
    Document,
    Edge,
    Entity,
    Exemplar,
    Extent,
    Extents,
    Mention,
    Origin,
    Origins,
    Passage,
    Quantity,
    Reading,
    Role,
    Run,
    Span,
    Stance,
    Telling,
    Time,
    When,
    finding_id,
)

FIRST = (
    "Ilse Tomas Mirn Tessa Dunmar Yasna Brik Odo Lenke Farro Sibyl Hark Nedda Ruvo Capel".split()
)
LAST = "Orlo Vask Vell Halloran Pennock Brine Sorrel Quill Tarn Mosk Adder Fenn Garrow Lisk".split()
OFFICES = "Harbour Office,Weir Board,Ministry of Tides,Ferry Guild,Lock Authority,Salt Police"
TOWNS = "Marrow Lurn Djorvesh Isfel Skareth Calder Osk Vashkul Tamber Prell Quoin Sedge Ruddle Yare"
THINGS = "gate,ferry,pier,weir,dredger,warehouse,lock,beacon,bridge,mill,barge,pump"
DOINGS = "was opened,was closed,sank,was struck,failed,was rebuilt,was flooded,was emptied"
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CUES: Sequence[tuple[str, Stance]] = (
    ("said", "asserts"), ("denied", "denies"), ("claimed", "hedges"), ("confirmed", "confirms"),
    ("promised", "promises"), ("warned", "asserts"), ("complained", "accuses"),
)  # fmt: skip


@dataclass(slots=True)
class Invention:
    """The case while it is being made up."""

    chance: random.Random
    people: list[Entity]
    towns: list[Entity]
    readings: list[Reading] = field(default_factory=list)
    told: dict[str, list[tuple[str, Attribution]]] = field(default_factory=dict)
    """Who tells each proposition: (document, attribution)."""


def invention(seed: int = 7) -> Invention:
    chance = random.Random(seed)
    offices = OFFICES.split(",")
    people = [
        Entity(finding_id("entity", name), "person", True, name, (name.split()[1],))
        for name in (f"{a} {b}" for a in FIRST for b in LAST)
    ] + [
        Entity(finding_id("entity", name), "organisation", True, name)
        for name in (f"{town} {office}" for town in TOWNS.split() for office in offices)
    ]
    towns = [
        Entity(finding_id("entity", "place:" + name), "place", True, name, (), (),
               chance.uniform(-60, 70), chance.uniform(-180, 180), "XX", "city")
        for name in (f"{town} {thing.title()}" for town in TOWNS.split() for thing in THINGS.split(","))
    ]  # fmt: skip
    return Invention(chance, people, towns)


def article(made: Invention, number: int, sentences: int) -> Reading:
    """One invented article with what stands in it."""
    chance = made.chance
    outlet = f"{chance.choice(TOWNS.split())} {chance.choice(['Courier', 'Gazette', 'Post'])}"
    title = f"{chance.choice(TOWNS.split())} {chance.choice(THINGS.split(','))} {number}"
    parts, at, doc = [title + "\n\n"], len(title) + 2, f"{number:064x}"
    found: list[Attribution] = []
    mentions: list[Mention] = []
    times: list[Time] = []
    counts: list[Quantity] = []
    for _ in range(sentences):
        one = sentence(made)
        for piece, kind, entity in one.pieces:
            start, end = at + piece[0], at + piece[1]
            if kind == "time":
                times.append(Time(doc, start, end, "2031-05-03", "2031-05-03", None, "inferred"))
            elif kind == "count":
                counts.append(Quantity(doc, start, end, value=float(one.text[slice(*piece)])))
            else:
                mentions.append(Mention(doc, start, end, "place" if kind == "place" else "person",
                                        entity))  # fmt: skip
        if one.content is not None:
            source, cue, content = (
                _placed(each, at) for each in (one.source, one.cue, one.content)
            )
            said = Attribution(
                finding_id("attribution", doc, source, cue, content), doc, "indirect", source, cue, content,
                stance=one.stance, speaker=one.speaker, voice="speaker" if one.speaker else "author",
                confidence=round(chance.uniform(0.4, 1.0), 3),
            )  # fmt: skip
            found.append(said)
            made.told.setdefault(one.proposition, []).append((doc, said))
        parts.append(one.text + ("\n\n" if chance.random() < 0.4 else " "))
        at += len(parts[-1])
    text = "".join(parts)
    document = Document(
        doc, f"{number:05d}.txt", text, hashlib.sha256(text.encode()).hexdigest(), "text/plain",
        "en", outlet=outlet, title=title,
        published=When(f"2031-05-{1 + number % 28:02d}", f"2031-05-{1 + number % 28:02d}", "stated"),
    )  # fmt: skip
    blocks = list(_blocks(document))
    reading = Reading(
        document, tuple(blocks), tuple(found), tuple(mentions), tuple(times), tuple(counts)
    )
    made.readings.append(reading)
    return reading


def _placed(words: Extent, at: int) -> Extents:
    return ((at + words[0], at + words[1]),) if words != (0, 0) else ()


def _blocks(document: Document) -> Iterator[Block]:
    start = 0
    while start < len(document.text):
        end = document.text.find("\n\n", start)
        end = len(document.text) if end < 0 else end + 2
        role: Role = "body" if start else "headline"
        id = finding_id("block", document.id, ((start, end),))
        yield Block(id, document.id, start, end, role)
        start = end


@dataclass(frozen=True, slots=True)
class Sentence:
    """One invented sentence, and where its parts stand."""

    text: str
    proposition: str
    pieces: tuple[tuple[Extent, str, str | None], ...]
    source: Extent = (0, 0)
    cue: Extent = (0, 0)
    content: Extent | None = None
    stance: Stance = "asserts"
    speaker: str | None = None


def sentence(made: Invention) -> Sentence:
    """Somebody says, or the page says, that something happened somewhere to so many."""
    chance = made.chance
    who, town = chance.choice(made.people), chance.choice(made.towns)
    thing, doing = chance.choice(THINGS.split(",")), chance.choice(DOINGS.split(","))
    count, day = str(chance.randint(2, 90)), chance.choice(DAYS)
    proposition = f"the {thing} at {town.name} {doing}"
    words = f"{proposition} on {day}, with {count} people near it"
    cue, stance = chance.choice(CUES)
    kind = chance.random()
    if kind < 0.5:
        text = f"{who.name} {cue} that {words}."
        at = text.index(words)
        source, cue_at, content = (
            (0, len(who.name)),
            (len(who.name) + 1, at - 6),
            (at, len(text) - 1),
        )
    else:
        text = words[0].upper() + words[1:] + "."
        at, source, cue_at = 0, (0, 0), (0, 0)
        content = (0, len(text) - 1)
    pieces = [((at + (i := words.index(town.name)), at + i + len(town.name)), "place", town.id),
              ((at + (i := words.index(day)), at + i + len(day)), "time", None),
              ((at + (i := words.index(f"with {count}") + 5), at + i + len(count)), "count", None)]  # fmt: skip
    if kind < 0.5:
        pieces.insert(0, ((0, len(who.name)), "person", who.id))
        return Sentence(text, proposition, tuple(pieces), source, cue_at, content, stance, who.id)
    return Sentence(text, proposition, tuple(pieces), content=content if kind < 0.8 else None)


def findings(made: Invention) -> Findings:
    """What holds between the invented articles."""
    chance = made.chance
    claims: list[Claim] = []
    conflicts: list[Conflict] = []
    for number, (gloss, told) in enumerate(sorted(made.told.items())):
        id = finding_id("claim", f"{number}|{gloss}")
        tellings = tuple(
            Telling(a.id, a.content, "denies" if a.stance == "denies" else "asserts")
            for _, a in told
        )
        named = tuple(Origin("somebody", "statement", (a.id,)) for _, a in told[:3])
        origins = Origins(1, max(1, len(told) // 2), named, "They name the same people.")
        claims.append(Claim(id, gloss[0].upper() + gloss[1:] + ".", tellings, origins=origins))
        if len(told) > 1 and chance.random() < 0.4:
            (left, one), (right, other) = told[0], told[-1]
            conflicts.append(
                Conflict(finding_id("conflict", id), len(conflicts) + 1, "number",
                         Span(left, *one.content[0]), Span(right, *other.content[0]),
                         "The counts differ.", (id,))
            )  # fmt: skip
    passages, edges, lost = _copies(made)
    return Findings(
        attributions=tuple(a for r in made.readings for a in r.attributions),
        mentions=tuple(m for r in made.readings for m in r.mentions),
        times=tuple(t for r in made.readings for t in r.times),
        quantities=tuple(q for r in made.readings for q in r.quantities),
        entities=(*made.people, *made.towns), passages=tuple(passages), exemplars=tuple(lost),
        edges=tuple(edges), claims=tuple(claims), conflicts=tuple(conflicts),
    )  # fmt: skip


def _copies(made: Invention) -> tuple[list[Passage], list[Edge], list[Exemplar]]:
    """Pairs of articles that share words, and a lost release that some of them quote."""
    chance, passages, edges = made.chance, [], []
    lost = [Exemplar(finding_id("exemplar", str(n)), f"a notice of pier {n}") for n in range(40)]
    for n in range(4 * len(made.readings)):
        one, other = chance.sample(made.readings, 2)
        left, right = chance.choice(one.attributions), chance.choice(other.attributions)
        id = finding_id("passage", f"{n}|{left.id}|{right.id}")
        sides = Span(left.doc, *left.content[0]), Span(right.doc, *right.content[0])
        passages.append(Passage(id, *sides, "shared quotation", 0.9, "Nearly the same words."))
        if n % 3 == 0:
            source = left.doc if n % 2 else chance.choice(lost).id
            edges.append(Edge(finding_id("edge", id), source, right.doc, "copies", False,
                              "They share words.", (id,)))  # fmt: skip
    return passages, edges, lost


def case(path: Path, articles: int = 1000, words: int = 10_000) -> str:
    """Write the invented case to a dossier; the id of its one long document, of so many words."""
    made = invention()
    for number in range(articles - 1):
        article(made, number, made.chance.randint(18, 44))
    long = article(made, articles - 1, words // 15)
    db = store.open_case(path, create=True)
    with store.writing(db):
        for reading in made.readings:
            store.take(db, reading.document, reading.document.text.encode())
            store.keep_reading(db, "invented", replace(reading, attributions=(), mentions=()))
        found = findings(made)
        texts = {each.document.id: each.document.text for each in made.readings}
        run = Run("whence invented", (), store.now())
        store.keep_run(db, "invented", run, list(analysis.rows(found, texts)))
    db.close()
    assert quoted(texts[long.document.id], long.attributions[0].content)
    return long.document.id
