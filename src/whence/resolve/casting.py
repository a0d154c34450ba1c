"""The names that stand in a document, gathered before anything that refers back to them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from whence.clauses import paragraphs, quoted
from whence.knowledge import folded, state_of
from whence.resolve import words as lexicon
from whence.resolve.bodies import SIDED
from whence.resolve.cast import Actor, Cast, initials
from whence.resolve.introduced import introduced
from whence.resolve.phrase import Look, Phrase, bare, parsed
from whence.resolve.words import is_role, singular
from whence.terms import Extent, Kind, Reading

_CAP: Final = r"(?:(?:al|el|ad|ez|az|er|es|an)-)?(?:[A-Z]\.(?:[A-Z]\.)*|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Lt|Col|Sgt|"
_CAP_END: Final = (
    r"Capt|Cpl|Adm|St|Rev|Hon|Sen|Rep|Gov|Brig|Cmdr|Jr|Sr)\.|[^\W\d_a-zß-öø-ÿ][\w’'-]*)"
)
_WORD: Final = _CAP + _CAP_END
_RUN: Final = re.compile(
    rf"(?<![\w-]){_WORD}(?:[ \u00a0](?:(?:of|for)[ \u00a0](?:the[ \u00a0])?|"
    rf"(?:al|bin|ibn|von|van|de|der|la|le|du|da)[ \u00a0])?{_WORD})*"
)
_OPENERS: Final = frozenset(
    "the a an on in at but and or so if as by for from to of with it he she they we i you this that "
    "these those there here when while where who what why how according after before since until "
    "although though however meanwhile also both all some many most no not yet now then today "
    "yesterday tomorrow earlier later last next first second third one two three four five six seven "
    "eight nine ten his her its their our my your update earlier another other such each every any "
    "despite during under over about against between among because instead indeed moreover further "
    "still only just even once again never perhaps maybe monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december "
    "source image photo credit read share yes oh well like dear together speaking asked uh um yeah okay hi hey "
    "alright".split()
)
_DAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july "
    "august september october november december gmt am pm".split()
)
_APPOSED: Final = re.compile(r"\s*,\s+((?:the|a|an|its|his|her|their)?\s*[^,.;:\n“”\"()]{3,90})")
_GLOSS: Final = re.compile(r"[ \u00a0]?\(([^()\n]{2,40})\)")
_BEFORE: Final = re.compile(r"((?:[A-Z][\w’'.-]*[ \u00a0])*(?:[a-z][\w-]*,?[ \u00a0]){1,3})$")


@dataclass(frozen=True, slots=True)
class Named:
    """One name in the text, taken apart, and where it stands."""

    at: Extent
    phrase: Phrase


def cast_of(reading: Reading, look: Look) -> tuple[Cast, tuple[tuple[Extent, Actor], ...]]:
    """Everyone whom a document names, and where each name stands."""
    cast = Cast(reading.document.id)
    text = reading.document.text
    found = [*_sources(reading, look), *_introduced(reading, look), *named(reading, look)]
    placed: list[tuple[Extent, Actor]] = []
    for full in (True, False):
        for each in found:
            if _is_full(each.phrase) == full:
                actor = full_name(cast, each.phrase) if full else short_name(cast, each.phrase)
                if actor:
                    cast.note(actor, surface(text, each.phrase), each.at, each.phrase)
                    placed.append((each.at, actor))
    _one_name_one_actor(cast)
    _same_initials(cast)
    return cast, tuple(sorted(placed, key=lambda pair: pair[0]))


def _introduced(reading: Reading, look: Look) -> Iterator[Named]:
    """The names by which people say who they are, are called on, or sign."""
    text = reading.document.text
    people = frozenset(text[m.start : m.end] for m in reading.mentions
                       if m.kind == "person" and m.form == "name")  # fmt: skip
    for each in introduced(text, tuple(paragraphs(text)), tuple(quoted(text)), people):
        phrase = parsed(text, each.at, "person", look)
        if phrase.sort == "person":
            yield Named(phrase.at, phrase)


def surface(text: str, phrase: Phrase) -> str:
    """The name as it stands; nothing where a capital stands for its state."""
    words = " ".join(text[slice(*phrase.at)].split())
    if phrase.sort == "state":
        found = state_of(words)
        return words if found and found[1] == "name" else ""
    known_or_function = phrase.entry is not None or phrase.key is not None
    return words if known_or_function else (phrase.name or "")


def _sources(reading: Reading, look: Look) -> Iterator[Named]:
    """The names that sources of attributions are made of: whoever speaks is somebody."""
    text, labels = reading.document.text, Labels(reading)
    for each in reading.attributions:
        for extent in each.source[:1]:
            phrase = parsed(text, extent, source_label(text, extent, labels), look)
            if phrase.sort == "body" and is_some_body(phrase):
                continue
            if phrase.sort in {"person", "body", "state"} and phrase.name and _is_full(phrase):
                yield Named(phrase.at, phrase)


def is_some_body(phrase: Phrase) -> bool:
    """“a Ruritanian force”, “a US-backed group”: one of its kind, and not called so."""
    return phrase.counted and not phrase.key and (phrase.name or "").split(" ")[-1].islower()


def source_label(text: str, extent: Extent, labels: Labels) -> Kind | None:
    """The kind of what a source begins with, up to its first comma."""
    start, end = bare(text, extent)
    comma = text.find(",", start, end)
    return labels.of(text, start, comma if comma > start else end)


def named(reading: Reading, look: Look) -> Iterator[Named]:
    """The names of the text outside its boilerplate, with the titles and glosses around them."""
    text = reading.document.text
    idle = [(b.start, b.end) for b in reading.blocks if b.role == "boilerplate"]
    labels, often = Labels(reading), _inside_sentences(text)
    for run in _RUN.finditer(text):
        start, end = _trimmed_run(text, run.start(), run.end(), often)
        if start >= end or any(a <= start < b for a, b in idle):
            continue
        for piece in _split_run(text, start, end):
            if re.match(r"[-–‑]\d", text[piece[1] : piece[1] + 2]):
                continue  # a model or a type: “Orla T-7”
            label = labels.of(text, *piece)
            phrase = _with_surroundings(text, piece, parsed(text, piece, label, look), look)
            if phrase.name and _is_name(text, piece, phrase, label):
                yield Named(phrase.at, phrase)


def _is_name(text: str, piece: Extent, phrase: Phrase, label: Kind | None) -> bool:
    """Whether this is a name at all: “Russian Operations” in a headline is none."""
    if phrase.sort in {"state", "body"} and (phrase.key or phrase.entry):
        return True
    words = (phrase.name or "").split(" ")
    if folded(words[-1]) in lexicon.GROUND or SIDED.search(words[-1]):
        return False
    if re.fullmatch(r"[A-Z][A-Za-z]{0,2}-?\d+\w*", words[-1]):
        return False  # a type of machine: “T-72”
    if len(words) == 1 and folded(words[0]) in lexicon.NO_NAMES:
        return False
    first = words[0]
    nation = state_of(first)
    if nation and nation[1] in {"adjective", "people"}:
        return phrase.sort == "body" and phrase.head in lexicon.BODIES
    if phrase.sort == "person" and label != "person":
        return bool(phrase.roles) or _speaks(text, piece[1])
    return phrase.sort != "unknown" or label != "place"


def _inside_sentences(text: str) -> frozenset[str]:
    """The capitalised words that stand somewhere other than at the head of a sentence."""
    return frozenset(re.findall(r"(?<=[a-z,;] )[A-Z][\w’'-]+", text))


def _trimmed_run(text: str, start: int, end: int, often: frozenset[str]) -> Extent:
    """The run without a sentence's first word where that is no name."""
    while start < end:
        word = re.compile(r"\S+").match(text, start, end)
        if word is None:
            return start, start
        low = word.group().casefold().strip(".,’'")
        if low not in _OPENERS and low not in _DAYS:
            break
        start = word.end()
        while start < end and text[start].isspace():
            start += 1
    sided = re.match(
        r"\S+[-–‑](?:backed|led|supported|allied|held|controlled|based|run|aligned)\s+",
        text[start:end],
    )
    if sided:
        start += sided.end()
    while end > start and text[end - 1] in " -’'":
        end -= 1
    dated = re.search(r"[ \u00a0](\w+)$", text[start:end])
    if dated and dated[1].casefold() in _DAYS:  # a headline with its date glued to it
        end = start + dated.start()
    if re.search(r"[ \u00a0]I$", text[start:end]):
        end -= 2
    alone = not re.search(r"[ \u00a0]", text[start:end])
    before = text[:start].rstrip(" \u00a0\"“”‘'(*#_>[")[-1:]
    heads = not before or before in ".!?:\n\r•—–"
    if alone and heads and text[start:end] not in often and not text[start:end].isupper():
        return (start, end) if _speaks(text, end) else (start, start)
    return start, end


def _speaks(text: str, end: int) -> bool:
    """Whether a verb of saying follows: “Venn said”."""
    return (
        re.match(
            r"\s+(?:has\s+|also\s+|then\s+)?(?:said|says|told|added|adds|denied|denies|noted|claims|claimed|"
            r"insisted|warned|explained|wrote|asked|argued|declined|accused|announced|stated|promised)\b",
            text[end : end + 40],
        )
        is not None
        or text[end : end + 1] in "’'"
    )


class Labels:
    """The kinds that a model gives names: where they stand, and by wording over the whole document."""

    def __init__(self, reading: Reading) -> None:
        text = reading.document.text
        self.spans = [m for m in reading.mentions if m.form == "name" and m.kind != "other"
                      and "," not in text[m.start : m.end] and m.end - m.start < 60]  # fmt: skip
        self.starts = [m.start for m in self.spans]
        self.votes: dict[str, Counter[Kind]] = {}
        for each in self.spans:
            self.votes.setdefault(folded(text[each.start : each.end]), Counter())[each.kind] += 1

    def of(self, text: str, start: int, end: int) -> Kind | None:
        """The kind of these words: as this wording is mostly taken, else as it is taken here."""
        usual = self.votes.get(folded(text[start:end]))
        if usual and (best := usual.most_common(2)) and (len(best) < 2 or best[0][1] > best[1][1]):
            return best[0][0]
        here: Counter[Kind] = Counter()
        for at in range(bisect_right(self.starts, start - 60), bisect_left(self.starts, end)):
            each = self.spans[at]
            here[each.kind] += max(0, min(end, each.end) - max(start, each.start))
        kind, shared = here.most_common(1)[0] if here else (None, 0)
        return kind if shared * 2 >= end - start else None


def _split_run(text: str, start: int, end: int) -> list[Extent]:
    """“Ministry of Defence” stays whole; “Lord Mayor of Ostley” is a title and a place."""
    words = text[start:end]
    for joint in re.finditer(r"[ \u00a0](?:of|for)[ \u00a0](?:the[ \u00a0])?", words):
        before = words[: joint.start()].split()
        if not before or lexicon.mended(folded(before[-1])) not in lexicon.BODIES:
            left = (start, start + joint.start())
            return [left, *_split_run(text, start + joint.end(), end)]
    owner = re.search(r"[’']s[ \u00a0]", words)
    if owner:
        tail = words[owner.end() :].split()
        if tail and lexicon.mended(folded(tail[-1])) not in lexicon.BODIES:
            return [(start, start + owner.start()), *_split_run(text, start + owner.end(), end)]
    return [(start, end)]


def _with_surroundings(text: str, piece: Extent, phrase: Phrase, look: Look) -> Phrase:
    """The phrase with the role before it, the apposition after it and the gloss in brackets."""
    end = piece[1]
    gloss = _GLOSS.match(text, end)
    if gloss:
        phrase = replace(phrase, glosses=(*phrase.glosses, gloss[1]))
        end = gloss.end()
    if phrase.sort != "person" and phrase.sort != "unknown":
        return phrase
    roles, of, gender = list(phrase.roles), list(phrase.of), phrase.gender
    after = _APPOSED.match(text, end)
    if after and (words := after[1].split()) and not re.match(r"(?:and|but|who|which)\b", after[1]):
        said = parsed(text, after.span(1), None, look)
        if said.sort in {"role", "group"} and (said.definite or said.counted or is_role(words[0])):
            roles += said.roles
            of += said.of
            gender = gender or said.gender
    before = _BEFORE.search(text[max(0, piece[0] - 80) : piece[0]])
    if before and (words := before[1].replace(",", " ").split()) and is_role(words[-1]):
        shift = piece[0] - len(before[1])
        said = parsed(text, (shift, piece[0]), None, look)
        roles += said.roles or (singular(words[-1].casefold()),)
        of += said.of
        gender = gender or said.gender
    return replace(
        phrase, roles=tuple(dict.fromkeys(roles)), of=tuple(dict.fromkeys(of)), gender=gender
    )


def _is_full(phrase: Phrase) -> bool:
    if phrase.sort == "person":
        return " " in (phrase.name or "").strip()
    if phrase.sort == "body" and (phrase.key or "").startswith("?"):
        return False
    if phrase.sort == "body":
        words = folded(phrase.name or "").split()
        return bool(phrase.key and not phrase.key.startswith("?")) or len(words) > 1
    return phrase.sort == "state"


def full_name(cast: Cast, phrase: Phrase) -> Actor | None:
    """The actor of a full name, new if the document has not named it before."""
    name = phrase.name or ""
    if phrase.sort == "person":
        return cast.person(name) or cast.add(
            Actor("person", f"person:{' '.join(folded(name).split())}")
        )
    if phrase.sort == "state" and phrase.key:
        return cast.by_key.get(phrase.key) or cast.add(
            Actor("place", phrase.key, nation=phrase.nation)
        )
    if phrase.sort != "body":
        return None
    if phrase.key and phrase.key.startswith("?"):
        return None
    if phrase.key:
        whose, bar, what = phrase.key.partition("|")
        same = cast.functions(what, whose) if bar else []
        return same[0] if same else cast.by_key.get(phrase.key) or cast.add(
            Actor("organisation", phrase.key, nation=phrase.nation)
        )  # fmt: skip
    return cast.body(name) or cast.add(Actor("organisation", f"org:{folded(name)}"))


def short_name(cast: Cast, phrase: Phrase) -> Actor | None:
    """The one actor that a short name can mean; a new one if nobody is in question."""
    name = phrase.name or ""
    if phrase.key and phrase.key.startswith("?"):
        fits = cast.functions(phrase.key[2:])
        if len(fits) == 1:
            return fits[0]
        return None if fits else _doubtful_body(cast, phrase)
    if phrase.sort == "body" and phrase.head in lexicon.BODIES and " " not in name.strip():
        fits = cast.bodies(phrase.head or "")
        return fits[0] if len(fits) == 1 else None
    if phrase.sort in {"body", "unknown"}:
        alias = cast.aliases.get(folded(name))
        if alias:
            return alias
    if phrase.sort in {"person", "unknown"}:
        fits = cast.persons(name, phrase.gender)
        if fits:
            return fits[0] if len(fits) == 1 else None
        if phrase.sort == "person" and not is_role(name):
            return cast.add(Actor("person", f"person:{folded(name)}"))
    if phrase.sort == "body":
        return cast.body(name) or cast.add(Actor("organisation", f"org:{folded(name)}"))
    return None


def _doubtful_body(cast: Cast, phrase: Phrase) -> Actor:
    """A ministry whose state the document never names: its own, and nobody else's."""
    key = f"here:{cast.doc}:{phrase.key}"
    return cast.by_key.get(key) or cast.add(Actor("organisation", key))


def _one_name_one_actor(cast: Cast) -> None:
    """A name that was taken for a body here and for a person there is one, mostly seen as."""
    for each in [a for a in cast.actors if a.key.startswith("org:")]:
        twin = cast.by_key.get("person:" + each.key.removeprefix("org:"))
        if twin is None or twin not in cast.actors:
            fits = cast.persons(each.key.removeprefix("org:")) if " " not in each.key else []
            twin = fits[0] if len(fits) == 1 and not each.name.isupper() else None
        if twin:
            merge(cast, each, twin)


def _same_initials(cast: Cast) -> None:
    """An acronym that no bracket explains, but that fits one name of the document alone."""
    shorts = [
        a for a in cast.actors if a.key.startswith("org:") and re.fullmatch(r"[A-Z]{3,6}", a.name)
    ]
    for short in shorts:
        fits = [a for a in cast.actors if a is not short and a.kind == "organisation"
                and any(short.name in initials(n) for n in a.names if " " in n)]  # fmt: skip
        if len(fits) == 1:
            merge(cast, short, fits[0])


def merge(cast: Cast, gone: Actor, kept: Actor) -> None:
    """Makes one actor of two."""
    cast.actors.remove(gone)
    cast.by_key[gone.key] = kept
    for name in gone.names:
        cast.aliases[folded(name)] = kept
    kept.names.update(gone.names)
    kept.seen.extend(x for x in gone.seen if x not in kept.seen)
    kept.roles |= gone.roles
    kept.of |= gone.of
    kept.gender = kept.gender or gone.gender
    for held in cast.by_word.values():
        if gone in held:
            held.remove(gone)
            if kept not in held:
                held.append(kept)


__all__ = ["cast_of", "full_name", "is_some_body", "merge", "named", "short_name"]
