"""Who each source is: the words before “said” brought to the actor they mean, or to nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from whence.knowledge import folded, state_of
from whence.resolve import words as lexicon
from whence.resolve.bodies import same_nation
from whence.resolve.cast import Actor, Cast, within
from whence.resolve.casting import (
    full_name,
    is_some_body,
    short_name,
    source_label,
    surface,
)
from whence.resolve.firsthand import on_the_floor
from whence.resolve.page import Answer, Page, side
from whence.resolve.phrase import Phrase, bare, parsed
from whence.resolve.pronouns import pronoun
from whence.resolve.voices import voice
from whence.terms import Attribution, Extent, Kind

HEAD: Final = 120  # code points: the title, or the first words of a page


_CLAUSE: Final = re.compile(
    r"[A-Z][\w’'-]+ (?:warned|told|said|says|warns|denies|denied|accused|accuses) (?:of|that|to|by)\b"
)
_PUT_OUT: Final = frozenset("data figure statement release website communique bulletin".split())
"""What an institution speaks by: its words are the institution’s own."""


def resolved(page: Page) -> Mapping[str, Answer]:
    """Who each attribution's source is, in reading order."""
    found = page.reading.attributions
    order = sorted(found, key=lambda a: min(e[0] for e in (*a.source, *a.cue, *a.content)))
    order = [a for a in order if a.speaker is None and (a.source or not a.imputed)]
    links = {id: (head, sure) for id, head, sure in page.reading.sources}
    late = [a for a in order if a.source and _is_first_person(page.text[slice(*a.source[0])])]
    for each in order:
        if each in late:
            continue
        answer = _answer(page, each, links.get(each.id, (None, 0.0)))
        if answer:
            page.answers[each.id] = answer
        if each.source:
            page.spoken.append((each, answer.actor if answer else None))
    for each in late:  # “I” is whoever is quoted, which may be said only after the quotation
        if answer := _answer(page, each, (None, 0.0)):
            page.answers[each.id] = answer
    return page.answers


def _is_first_person(words: str) -> bool:
    return lexicon.PRONOUNS.get(words.strip().casefold()) in {"i", "we", "you"}


def _answer(page: Page, each: Attribution, link: tuple[Extent | None, float]) -> Answer | None:
    if not each.source:
        return voice(page, each)
    extent = each.source[0]
    kind = source_label(page.text, extent, page.labels)
    phrase = parsed(page.text, extent, kind, page.look)
    if phrase.head == "who" and phrase.sort == "pronoun":
        return _relative(page, phrase)
    if phrase.sort == "pronoun":
        return pronoun(page, each, phrase, link)
    if _CLAUSE.match(page.text[slice(*extent)]):
        return Answer(None, "the words are a headline’s, and name nobody")
    words = page.text[slice(*phrase.at)].casefold().split()
    if words and words[0] in lexicon.NOBODY and phrase.sort in {"unknown", "person"}:
        return Answer(None, "the words name nobody")
    answer = (
        _both(page, extent)
        or _beside(page, phrase, extent)
        or _as_writer(page, phrase, extent)
        or _by_sort(page, phrase, extent, kind)
    )
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


def _beside(page: Page, phrase: Phrase, extent: Extent) -> Answer | None:
    """“The keeper” before “, Orlo Venn,”; “co-author Orlo Venn”: the name that stands beside a role."""
    if phrase.sort not in {"role", "group", "unknown"} or (
        phrase.sort == "unknown" and not page.text[extent[0]].islower() and not phrase.counted
    ):
        return None
    gap = re.match(r",?[ \u00a0]", page.text[extent[1] : extent[1] + 2])
    after = extent[1] + gap.end() if gap else -1
    for actor in page.cast.actors:
        if actor.kind != "person" or not actor.named or " " not in actor.name:
            continue
        for x, y in actor.seen:
            if x == after or (extent[0] < x and y == extent[1]):
                return Answer(actor, "the name stands beside the role", evidence=(extent, (x, y)))
    return None


def _as_writer(page: Page, phrase: Phrase, extent: Extent) -> Answer | None:
    """“As a keeper, I …”: the role is that of whoever says “I”."""
    if phrase.sort not in {"role", "unknown"} or not re.search(
        r"\b[Aa]s\s+$", page.text[: extent[0]][-4:]
    ):
        return None
    me = re.match(r",?\s+(I)\b", page.text[extent[1] : extent[1] + 6])
    if me is None:
        return None
    at = extent[1] + me.start(1)
    found = on_the_floor(page, (at, at + 1), "i") if page.floor.quote(at) is None else None
    return found if found and found.actor else None


def _by_sort(page: Page, phrase: Phrase, extent: Extent, kind: Kind | None) -> Answer:
    cast, name = page.cast, phrase.name or page.text[slice(*extent)]
    nation = state_of(name)
    if (
        phrase.sort == "unknown" and nation and nation[1] == "adjective"
    ):  # “Syldavian claims that …”
        code = nation[0].code
        return _state(
            page,
            replace(phrase, sort="state", name=nation[0].name, key=f"state:{code}", nation=code),
            extent,
        )
    if phrase.sort == "person" or (
        phrase.sort == "unknown" and name[:1].isupper() and not phrase.counted
    ):
        return _person(page, phrase, extent, kind)
    if phrase.sort == "state":
        return _state(page, phrase, extent)
    if phrase.sort == "body":
        return _body(page, phrase, extent)
    if phrase.sort in {"role", "group"}:
        return _role(page, phrase, extent)
    owner = _owner(page, phrase) if phrase.sort == "thing" and phrase.head in _PUT_OUT else None
    if owner and owner.named and owner.kind in {"organisation", "place"}:
        return Answer(owner, f"what {owner.name} puts out", evidence=(extent,))
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
    if fits and (one := _subject(page, fits, extent[0])):
        why = f"the page is about {one.name}, and the others called so stand elsewhere"
        return Answer(one, why, tuple(a for a in fits if a is not one), (extent,))
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
    kinds = (key, *(f"{kind}:{folded(name)}" for kind in ("person", "org", "name")))
    actor = next((cast.by_key[k] for k in kinds if k in cast.by_key), None)
    actor = actor or cast.add(Actor(what, key))
    cast.note(actor, name, phrase.at, phrase)
    return Answer(actor, "named here, and nowhere in full", evidence=(extent,))


def _subject(page: Page, fits: Sequence[Actor], at: int) -> Actor | None:
    """The one of these whom the head of the page names, if the others are met once, and not near here."""
    first, last = page.lines[max(0, page.line(at) - 1)][0], at
    named = [a for a in fits if a.first() < HEAD]
    others = [a for a in fits if a not in named]
    if len(named) != 1 or any(len(a.seen) > 1 or a.near(first, last) for a in others):
        return None
    return named[0]


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
    nominal = phrase.head in lexicon.BODIES and (
        len(name.split()) == 1 or name[:1].islower() or is_some_body(phrase)
    )
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
    left = {side(page, w) for w in phrase.of}
    right = {side(page, w) for w in actor.of}
    return bool(left & right) or any(
        set(folded(a).split()) & set(folded(b).split()) - {"of", "the", "for"}
        for a in left
        for b in right
    )


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
