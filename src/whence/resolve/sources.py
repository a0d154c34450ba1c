"""Who each source is: the words before “said” brought to the actor they mean, or to nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from whence.clauses import inside, paragraphs
from whence.knowledge import Known, folded, state_of
from whence.resolve import words as lexicon
from whence.resolve.cast import Actor, Cast, within
from whence.resolve.casting import Labels, full_name, short_name, source_label, surface
from whence.resolve.phrase import Look, Phrase, bare, composed, parsed, same_nation
from whence.terms import Attribution, Block, Extent, Kind, Reading

PLAUSIBLE: Final = 0.5  # a model's link is followed from here on


@dataclass(frozen=True, slots=True)
class Answer:
    """Who a source is, or who it may be, and why, in words for a reader."""

    actor: Actor | None
    why: str
    others: tuple[Actor, ...] = ()
    evidence: tuple[Extent, ...] = ()


@dataclass(slots=True)
class Page:
    """One document while its sources are being resolved, in reading order."""

    reading: Reading
    cast: Cast
    look: Look
    lines: list[Extent]
    labels: Labels
    patchwork: bool
    spoken: list[tuple[Attribution, Actor | None]] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.reading.document.text

    def line(self, at: int) -> int:
        """The number of the paragraph in which a place lies."""
        low, high = 0, len(self.lines)
        while low < high:
            mid = (low + high) // 2
            if self.lines[mid][1] <= at:
                low = mid + 1
            else:
                high = mid
        return low


def page(reading: Reading, cast: Cast, look: Look) -> Page:
    """A document ready for its sources to be resolved."""
    lines = list(paragraphs(reading.document.text))
    made = Page(reading, cast, look, lines, Labels(reading), patchwork(reading, cast))
    for each in cast.actors:
        each.posts = {_side(made, words) for words in each.of}
    return made


def patchwork(reading: Reading, cast: Cast) -> bool:
    """Whether a page is stitched together from unrelated sentences, so that “he” means nobody here.

    Three things tell: people spoken of as known who are introduced later or never, datelines in
    the middle, and several agencies credited in passing, in paragraphs of one or two sentences.
    """
    text = reading.document.text
    idle = [b for b in reading.blocks if b.role in {"boilerplate", "headline", "byline", "comment"}]
    body = [(a, b) for a, b in paragraphs(text) if not any(i.start <= a < i.end for i in idle)]
    if len(body) < 5:
        return False
    short = [1 for a, b in body if len(re.findall(r"[.!?][”\"’']?\s+[A-Z“\"]", text[a:b])) <= 1]
    if len(short) < 0.7 * len(body):
        return False
    signs = 0
    for each in cast.actors:
        if each.kind == "person" and each.named and each.seen:
            first = min(each.seen)
            alone = " " not in text[slice(*first)]
            signs += alone and not each.roles and any(a <= first[0] < b for a, b in body)
    signs += len(re.findall(r"\n\W*[A-Z][\w ,.]{2,40}\([A-Z]{2,}[\w ]*\)\s*[-–—]", text))
    signs += _unintroduced(reading, cast)
    tags = re.findall(r",\s+(?:the\s+)?([A-Z]\w+)(?:\s+news\s+agency)?\s+reported\.", text)
    return signs + (len(set(tags)) > 1) >= 2


def _unintroduced(reading: Reading, cast: Cast) -> bool:
    """Whether somebody speaks as “he” or “she” before any person is named at all."""
    first = min(
        (a.first() for a in cast.actors if a.kind == "person" and a.seen),
        default=len(reading.document.text),
    )
    return any(
        reading.document.text[slice(*a.source[0])].casefold() in {"he", "she"} and a.source[0][0] < first
        for a in reading.attributions if a.source
    )  # fmt: skip


def resolved(page: Page) -> Mapping[str, Answer]:
    """Who each attribution's source is, in reading order."""
    found = page.reading.attributions
    order = sorted(found, key=lambda a: min(e[0] for e in (*a.source, *a.cue, *a.content)))
    links = {id: (head, sure) for id, head, sure in page.reading.sources}
    for each in order:
        if each.speaker is not None or (each.imputed and not each.source):
            continue
        answer = _answer(page, each, links.get(each.id, (None, 0.0)))
        if answer:
            page.answers[each.id] = answer
        if each.source:
            page.spoken.append((each, answer.actor if answer else None))
    return page.answers


def _answer(page: Page, each: Attribution, link: tuple[Extent | None, float]) -> Answer | None:
    if not each.source:
        return _voice(page, each)
    extent = each.source[0]
    kind = source_label(page.text, extent, page.labels)
    phrase = parsed(page.text, extent, kind, page.look)
    if phrase.head == "who" and phrase.sort == "pronoun":
        return _relative(page, phrase)
    if phrase.sort == "pronoun":
        return pronoun(page, each, phrase, link)
    answer = _both(page, extent) or _by_sort(page, phrase, extent, kind)
    if answer.actor:
        page.cast.note(answer.actor, "", extent, phrase if phrase.sort == "person" else None)
    return answer


def _relative(page: Page, phrase: Phrase) -> Answer:
    """“Orlo, who said …”: the name right before."""
    start = phrase.at[0]
    held = [(y, a) for a in page.cast.actors for _, y in a.seen if start - 3 <= y < start]
    if len({id(a) for _, a in held}) == 1:
        return Answer(held[0][1], "the name stands right before", evidence=(phrase.at,))
    return Answer(None, "the words do not say who")


def _both(page: Page, extent: Extent) -> Answer | None:
    """“Both A and B”: two who speak with one voice are not one speaker."""
    words = page.text[slice(*extent)]
    joint = re.match(r"(?:both\s+)?(.{3,}?)\s+and\s+(.{3,})$", words, re.I | re.S)
    if not joint:
        return None
    sides = []
    for part in (1, 2):
        a, b = joint.span(part)
        phrase = parsed(page.text, (extent[0] + a, extent[0] + b), None, page.look)
        if phrase.sort not in {"person", "body", "state"}:
            return None
        side = _by_sort(page, phrase, phrase.at, None).actor
        if side is None:
            return None
        sides.append(side)
    if sides[0] is sides[1]:
        return None
    return Answer(None, "two speak here with one voice", tuple(sides), (extent,))


def _by_sort(page: Page, phrase: Phrase, extent: Extent, kind: Kind | None) -> Answer:
    cast, name = page.cast, phrase.name or page.text[slice(*extent)]
    if phrase.sort == "person" or (phrase.sort == "unknown" and name[:1].isupper()):
        return _person(page, phrase, extent, kind)
    if phrase.sort == "state":
        return _state(page, phrase, extent)
    if phrase.sort == "body":
        return _body(page, phrase, extent)
    if phrase.sort in {"role", "group"}:
        return _role(page, phrase, extent)
    if phrase.sort == "thing" and not phrase.definite and not phrase.of:
        return Answer(None, "nobody is named: only that there is such a report")
    of: Kind = "document" if phrase.sort == "thing" else "other"
    return _unnamed(cast, page, phrase, extent, of)


def _person(page: Page, phrase: Phrase, extent: Extent, kind: Kind | None) -> Answer:
    cast, name = page.cast, phrase.name or ""
    full = len(name.split()) > 1
    if phrase.sort == "person" and full and (actor := full_name(cast, phrase)):
        cast.note(actor, surface(page.text, phrase), phrase.at, phrase)
        return Answer(actor, "named here", evidence=(phrase.at,))
    alias = cast.aliases.get(folded(name)) or cast.by_key.get(f"org:{folded(name)}")
    if alias and phrase.sort == "unknown":
        return Answer(
            alias, f"a name of {alias.name} in this document", evidence=(extent, *alias.seen[:1])
        )
    fits = cast.persons(name, phrase.gender)
    if len(fits) == 1:
        return Answer(
            fits[0],
            f"the only {name} this document names",
            evidence=(extent, *sorted(fits[0].seen)[:1]),
        )
    if fits:
        return Answer(None, f"{len(fits)} people here are called {name}", tuple(fits), (extent,))
    if phrase.sort == "unknown" and full and (body := cast.body(name)):
        return Answer(body, f"short for {body.name}", evidence=(extent,))
    what: Kind = (
        kind
        if kind and phrase.sort == "unknown"
        else "person"
        if phrase.sort == "person"
        else "other"
    )
    prefix = {"person": "person", "organisation": "org", "place": "place"}.get(what, "name")
    key = f"{prefix}:{folded(name)}"
    actor = cast.by_key.get(key) or cast.add(Actor(what, key))
    cast.note(actor, name, phrase.at, phrase)
    return Answer(actor, "named here, and nowhere in full", evidence=(extent,))


def _state(page: Page, phrase: Phrase, extent: Extent) -> Answer:
    actor = full_name(page.cast, phrase)
    assert actor is not None
    page.cast.note(actor, surface(page.text, phrase), phrase.at, phrase)
    words = page.text[slice(*phrase.at)]
    found = state_of(words)
    if found and found[1] == "name":
        return Answer(actor, "named here", evidence=(extent,))
    return _speaks_for(page, actor, phrase.nation or "", extent)


def _speaks_for(page: Page, state: Actor, nation: str, extent: Extent) -> Answer:
    """A capital or “officials” speak for the state; for a ministry where the passage names one."""
    first, last = page.lines[min(page.line(extent[0]), len(page.lines) - 1)]
    near = [a for a in within(page.cast.actors, first, last)
            if a.key.endswith(" ministry") and same_nation(a.key.partition("|")[0], nation)]  # fmt: skip
    if len(near) == 1:
        seen = next(x for x in near[0].seen if first <= x[0] < last)
        why = f"the same paragraph names {near[0].name}, and no other body of that state"
        return Answer(near[0], why, (state,), (extent, seen))
    return Answer(state, f"stands for the state, {state.name}", tuple(near), (extent,))


def _body(page: Page, phrase: Phrase, extent: Extent) -> Answer:
    cast, name = page.cast, phrase.name or ""
    if phrase.key and phrase.key.startswith("?"):
        return _whose(page, phrase, extent)
    nominal = phrase.head in lexicon.BODIES and (len(name.split()) == 1 or name[:1].islower())
    if not phrase.key and nominal:
        return _the_body(page, phrase, extent)
    actor = full_name(cast, phrase) if " " in name or phrase.key else short_name(cast, phrase)
    if actor is None:
        actor = cast.add(Actor("organisation", f"org:{folded(name)}"))
    cast.note(actor, surface(page.text, phrase), phrase.at, phrase)
    why = "named here" if len(actor.seen) < 2 else f"another mention of {actor.name}"
    return Answer(actor, why, evidence=(extent,))


def _whose(page: Page, phrase: Phrase, extent: Extent) -> Answer:
    """“The Defence Ministry”: the one whose state this document tells."""
    fits = page.cast.functions((phrase.key or "?|")[2:])
    if len(fits) > 1:
        here = page.line(extent[0])
        first = page.lines[max(0, here - 1)][0]
        near = within(fits, first, extent[0])
        if len(near) != 1:
            return Answer(None, "more than one is meant in this document", tuple(fits), (extent,))
        fits = near
    if fits:
        seen = sorted(fits[0].seen)[:1]
        return Answer(
            fits[0], f"the only one this document names: {fits[0].name}", evidence=(extent, *seen)
        )
    actor = short_name(page.cast, phrase)
    assert actor is not None
    page.cast.note(actor, surface(page.text, phrase), phrase.at)
    return Answer(actor, "the document does not say of which state", evidence=(extent,))


def _the_body(page: Page, phrase: Phrase, extent: Extent) -> Answer:
    """“The ministry”, “the service”: the one with that head, or the nearest if it is alone near."""
    head = phrase.head or ""
    if phrase.counted or not (phrase.definite or (phrase.name or "")[:1].isupper()):
        return _unnamed(page.cast, page, phrase, extent, "organisation")
    if phrase.of or phrase.nation:
        same = [a for a in page.cast.bodies(head) if phrase.nation and a.nation == phrase.nation]
        if len(same) == 1:
            return Answer(same[0], f"the {head} this document names", evidence=(extent,))
        return _unnamed(page.cast, page, phrase, extent, "organisation")
    fits = page.cast.bodies(head)
    if len(fits) > 1:
        before = [a for a in fits if a.first() < extent[0]]
        here = page.line(extent[0])
        near = within(before, page.lines[max(0, here - 2)][0], extent[0])
        if len(near) != 1:
            return Answer(None, f"{len(fits)} here can be “the {head}”", tuple(fits), (extent,))
        fits = near
    if len(fits) == 1:
        seen = sorted(fits[0].seen)[:1]
        return Answer(
            fits[0], f"the only {head} in question: {fits[0].name}", evidence=(extent, *seen)
        )
    if (phrase.name or "")[:1].isupper() and not page.text[: phrase.at[0]].rstrip().endswith(
        (".", "\n")
    ):
        key = f"here:{page.cast.doc}:{folded(phrase.name or '')}"
        actor = page.cast.by_key.get(key) or page.cast.add(Actor("organisation", key))
        page.cast.note(actor, phrase.name or "", phrase.at)
        return Answer(actor, "named so here, and nowhere in full", evidence=(extent,))
    return _unnamed(page.cast, page, phrase, extent, "organisation")


def _role(page: Page, phrase: Phrase, extent: Extent) -> Answer:
    """Someone by their role: the one introduced with it, or somebody without a name."""
    head, cast = phrase.head or "", page.cast
    if (
        phrase.sort == "group"
        and head in {"official", "authority", "leader"}
        and not phrase.counted
    ):
        owner = _owner(page, phrase)
        if owner and owner.key.startswith("state:"):
            return _speaks_for(page, owner, owner.nation or "", extent)
        if owner and owner.kind == "organisation" and owner.named:
            return Answer(owner, f"officials of {owner.name}", evidence=(extent,))
    if phrase.sort == "role" and (phrase.definite or not phrase.counted) and phrase.head:
        fits = [a for a in cast.with_role(head) if _agrees(page, a, phrase)]
        before = [a for a in fits if a.first() < extent[0]]
        fits = before if phrase.definite and before and not phrase.of else fits
        if len(fits) == 1:
            seen = sorted(fits[0].seen)[:1]
            return Answer(
                fits[0], f"the only {head} this document speaks of", evidence=(extent, *seen)
            )
        if fits:
            return Answer(None, f"{len(fits)} here can be “the {head}”", tuple(fits), (extent,))
    return _unnamed(cast, page, phrase, extent, "group" if phrase.sort == "group" else "person")


def _owner(page: Page, phrase: Phrase) -> Actor | None:
    """Whose officials they are."""
    for words in phrase.of:
        found = parsed(words, (0, len(words)), None, page.look)
        if found.key and found.key.startswith("?"):
            fits = page.cast.functions(found.key[2:])
            return fits[0] if len(fits) == 1 else short_name(page.cast, found)
        state = state_of(words)
        if state:
            made = Phrase(
                "state", (0, 1), state[0].name, key=f"state:{state[0].code}", nation=state[0].code
            )
            return full_name(page.cast, made)
        if found.sort == "body" and found.key:
            return full_name(page.cast, found)
        if found.sort in {"body", "unknown"} and (body := page.cast.body(found.name or words)):
            return body
    return None


def _agrees(page: Page, actor: Actor, phrase: Phrase) -> bool:
    """Whether nothing that is said of both tells them apart."""
    if phrase.gender and actor.gender and phrase.gender != actor.gender:
        return False
    if not phrase.of or not actor.of:
        return True
    left = {_side(page, w) for w in phrase.of}
    right = {_side(page, w) for w in actor.of}
    return bool(left & right) or any(
        set(folded(a).split()) & set(folded(b).split()) - {"of", "the", "for"}
        for a in left
        for b in right
    )


def _side(page: Page, words: str) -> str:
    made = composed(words)
    if made:
        return f"{made[0]}|{made[1]}"
    body = page.cast.body(words)
    if body is None and folded(words) in lexicon.BODIES:
        fits = page.cast.bodies(folded(words))
        body = fits[0] if len(fits) == 1 else None
    return body.key if body else folded(words)


def _unnamed(cast: Cast, page: Page, phrase: Phrase, extent: Extent, kind: Kind) -> Answer:
    """Somebody the document does not name: the one described so before, or someone new."""
    same = [
        a for a in cast.actors
        if not a.named and a.kind == kind and phrase.head in a.roles
        and (folded(page.text[slice(*extent)]) in {folded(n) for n in a.names} or phrase.definite)
        and _agrees(page, a, phrase)
    ]  # fmt: skip
    same = same if not phrase.counted else []
    if len(same) == 1:
        return Answer(same[0], "described so before", evidence=(extent, *sorted(same[0].seen)[:1]))
    words = " ".join(page.text[slice(*bare(page.text, extent))].split())
    actor = cast.add(Actor(kind, f"unnamed:{cast.doc}:{extent[0]}", named=False))
    actor.roles.add(phrase.head or "")
    cast.note(actor, words, extent, phrase)
    return Answer(actor, "the document gives no name", evidence=(extent,))


# ---------------------------------------------------------------- whose words, without a source


def _voice(page: Page, each: Attribution) -> Answer | None:
    """The writer of an author's, an outlet's or a commenter's own assertions."""
    document = page.reading.document
    if each.voice == "commenter":
        by = next((b.by for b in _around(page.reading.blocks, each.content[0][0]) if b.by), None)
        return _by_name(page, by, "person", "the name over the comment") if by else None
    if each.voice == "outlet":
        ways = [c for a in page.reading.attributions for c in a.channels if c.inherited and c.span]
        way = next((c for c in ways if c.span and c.span[0] <= each.content[0][0]), None)
        return (
            _by_name(page, way.name, "organisation", "the page hands over to it") if way else None
        )
    if each.voice == "author":
        return writer(page) or (
            _by_name(page, document.outlet, "organisation", "the page is its own")
            if document.outlet else None
        )  # fmt: skip
    return None


def writer(page: Page) -> Answer | None:
    """The person whom the byline names."""
    byline = page.reading.document.byline or _signed(page.text)
    if not byline or re.search(
        r"\b(?:staff|desk|team|editors?|agencies|reporters?|news)\b", byline, re.I
    ):
        return None
    if re.search(r",|\band\b|&", byline):
        return None
    return _by_name(page, byline, "person", "the byline names its writer")


_SIGNED: Final = re.compile(
    r"\n[ \t]*(?:(?:yours|sincerely|respectfully|regards|best|love|faithfully|cordially|affectionately|with|kind|warm|"
    r"truly|very|wishes|ever|always)\b[ \t]*){1,4},?[ \t]*\n?\s*(?P<name>[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,3})[ \t]*(?:,[^\n]*)?(?:\n|$)",
    re.I,
)


def _signed(text: str) -> str | None:
    """The name under a letter, after its closing words."""
    found = [m for m in _SIGNED.finditer(text) if m["name"][:1].isupper()]
    greeted = re.search(r"^\W*(?:dear|to)\b[^\n]{2,60}[,:]\s*$", text, re.I | re.M)
    return found[-1]["name"] if found and greeted and found[-1].end() > 0.6 * len(text) else None


def _by_name(page: Page, name: str, kind: Kind, why: str) -> Answer:
    entry: Known | None = page.look(name)
    phrase = parsed(name, (0, len(name)), kind, page.look)
    if kind == "person" and len(name.split()) > 1 and (old := page.cast.person(name)):
        return Answer(old, why)
    if phrase.sort == "body" and (actor := full_name(page.cast, phrase)):
        page.cast.note(actor, name, None, phrase)
        return Answer(actor, why)
    key = f"{'person' if kind == 'person' else 'org'}:{folded(name)}"
    actor = page.cast.by_key.get(key) or page.cast.add(Actor(kind, key, entry=entry))
    page.cast.note(actor, name)
    return Answer(actor, why)


def _around(blocks: Sequence[Block], at: int) -> list[Block]:
    """The blocks that hold a place, the innermost first."""
    held = [b for b in blocks if b.start <= at < b.end]
    return sorted(held, key=lambda b: b.end - b.start)


# ---------------------------------------------------------------- pronouns


def pronoun(
    page: Page, each: Attribution, phrase: Phrase, link: tuple[Extent | None, float]
) -> Answer:
    """Who “he” is: by the model's chain of links, or the last source if nobody else fits."""
    word = phrase.head or ""
    holder = _holder(page, each)
    if word in {"i", "we"}:
        return _first_person(page, word, holder)
    if word in {"you", "who"}:
        return Answer(None, "the words do not say who")
    at = each.source[0][0]
    if word in {"he", "she"} and (rival := _described_between(page, at)):
        why = "somebody described but not named stands nearer"
        return Answer(None, why, tuple(_candidates(page, at, word)), (each.source[0], rival))
    linked = _linked(page, link, at, word)
    near = _candidates(page, at, word)
    if linked and linked in near:
        why = "the words link back to it, and nothing else in reach fits better"
        return Answer(linked, why, tuple(a for a in near if a is not linked), (each.source[0],))
    last = _last_speaker(page, at, word)
    if last and [a for a in near if a is not last] == []:
        seen = [x for x in last.seen if x[0] < at]
        return Answer(last, f"{last.name} is the last to speak and the only one who fits",
                      evidence=(each.source[0], *seen[-1:]))  # fmt: skip
    same = _in_sentence(page, at, word)
    if (same and not page.patchwork) or (same and len(near) <= 1):
        return Answer(same, f"{same.name} is the only one in this paragraph who fits",
                      evidence=(each.source[0],))  # fmt: skip
    others = tuple(dict.fromkeys([*([linked] if linked else []), *near]))
    return Answer(None, "the page does not settle who that is", others, (each.source[0],))


def _holder(page: Page, each: Attribution) -> Attribution | None:
    """The attribution within whose words this one stands."""
    by_id = {a.id: a for a in page.reading.attributions}
    if each.within in by_id:
        return by_id[each.within]
    held = [a for a in page.reading.attributions
            if a.id != each.id and a.source and inside(each.source, a.content)]  # fmt: skip
    return min(held, key=lambda a: a.content[-1][1] - a.content[0][0], default=None)


def _first_person(page: Page, word: str, holder: Attribution | None) -> Answer:
    mine = holder and page.text[slice(*holder.source[0])].casefold() in {"i", "we", "me", "my"}
    if holder is not None and not (mine and word == "i"):
        held = page.answers.get(holder.id)
        if word == "i" and held and held.actor and held.actor.kind == "person":
            return Answer(held.actor, "the words stand in what they say", evidence=held.evidence)
        return Answer(
            None, "who “we” are is not said", (held.actor,) if held and held.actor else ()
        )
    if word == "i" and (by := writer(page)):
        return by
    return Answer(None, "the words do not say who")


def fits(actor: Actor, word: str) -> bool:
    """Whether a pronoun can stand for an actor."""
    if word in {"he", "she"}:
        return actor.kind == "person" and not actor.plural and actor.gender in {None, word}
    if word == "it":
        return actor.kind in {"organisation", "place", "document", "other"}
    return actor.kind in {"organisation", "group"} or actor.plural


def _linked(page: Page, link: tuple[Extent | None, float], at: int, word: str) -> Actor | None:
    head, sure = link
    if head is None or sure < PLAUSIBLE:
        return None
    held = [a for a in page.cast.actors if any(x <= head[0] < y for x, y in a.seen)]
    held = [a for a in held if a.named and fits(a, word)]
    return held[0] if len(held) == 1 else None


def _candidates(page: Page, at: int, word: str) -> list[Actor]:
    """Those in reach who fit: in this paragraph before the word, and in the one or two before."""
    here = page.line(at)
    back = 0 if page.patchwork else 2
    first = page.lines[max(0, here - back)][0]
    found = [a for a in within(page.cast.actors, first, at) if fits(a, word)]
    if word == "it":
        found = [a for a in found if a.kind == "organisation"] or found
    return sorted(
        found, key=lambda a: max((x for x, _ in a.seen if x < at), default=0), reverse=True
    )


_SOMEONE: Final = re.compile(
    r"\b(?:an?|the|another|one)\s+(?:[\w’'-]+\s+){0,3}?(?P<role>[a-z][a-z-]+)\b(?!\s+(?:[A-Z]|[a-z]+(?:man|or|er)\b))",
    re.I,
)


def _described_between(page: Page, at: int) -> Extent | None:
    """A person who is only described (“a Board representative”) between the last name and here."""
    here = page.lines[min(page.line(at), len(page.lines) - 1)]
    people = [a for a in page.cast.actors if a.kind == "person" and a.named]
    last = max((y for a in people for x, y in a.seen if x < at), default=0)
    start = max(here[0], last)
    said = [c for a in page.reading.attributions for c in a.content]
    for found in _SOMEONE.finditer(page.text, start, at):
        role = found["role"].casefold()
        if role not in lexicon.ROLES or any(a <= found.start() < b for a, b in said):
            continue
        if page.text[found.end() : found.end() + 1] == "," and found.start() < last + 3:
            continue
        if any(role in a.roles for a in people):
            continue
        return found.span()
    return None


def _last_speaker(page: Page, at: int, word: str) -> Actor | None:
    """The last source before, in this paragraph or the one before it, if the pronoun fits."""
    here = page.line(at)
    for each, actor in reversed(page.spoken):
        where = each.source[0][0]
        if where >= at:
            continue
        line = page.line(where)
        if here - line > (0 if page.patchwork else 1):
            return None
        if actor is None or not fits(actor, word):
            return None
        return actor
    return None


def _in_sentence(page: Page, at: int, word: str) -> Actor | None:
    """The only one in this paragraph, before the word, who fits."""
    here = page.lines[min(page.line(at), len(page.lines) - 1)]
    found = [a for a in within(page.cast.actors, here[0], at) if fits(a, word)]
    return found[0] if len(found) == 1 and word in {"he", "she"} else None
