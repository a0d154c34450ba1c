"""Who “he” is: the one that the words link back to, the last who spoke, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from whence.resolve import words as lexicon
from whence.resolve.cast import Actor, within
from whence.resolve.firsthand import first_person
from whence.resolve.page import Answer, Page
from whence.resolve.phrase import Phrase
from whence.resolve.ranked import REACH, Asked, ranked, table
from whence.terms import Attribution, Extent

PARAGRAPHS, TURNS = 3, 12  # how far back “he” may reach; where people talk, paragraphs are short
PLAUSIBLE, CERTAIN = 0.5, 0.8  # a model's link is followed; followed past others described


def pronoun(
    page: Page, each: Attribution, phrase: Phrase, link: tuple[Extent | None, float]
) -> Answer:
    """Who “he” is: the likeliest of those in reach, where it is likely enough; else nobody."""
    word = phrase.head or ""
    if word in {"i", "we", "you"}:
        return first_person(page, each, word)
    if word == "who":
        return Answer(None, "the words do not say who")
    if host := _host(page, each.source[0], word):
        return host
    answer = (
        _strict(page, each, word, link) if page.patchwork else _likeliest(page, each, word, link)
    )
    if answer.actor:
        page.cast.note(answer.actor, "", each.source[0])
    return answer


_INSIDE: Final = re.compile(r"\b(?:which|that|something|what),?\s+$")
_ACTS: Final = re.compile(r"\s+(?:has|have|had|is|are|was|were|will|[a-z]{2,}(?:ed|s))\b")


def _host(page: Page, here: Extent, word: str) -> Answer | None:
    """“The Board released maps which it said show …”: whoever the sentence itself is about.

    Only where the sentence begins with one body or state that does something, and no other that
    fits stands between it and the pronoun as the subject of a verb.
    """
    text = page.text
    if word not in {"it", "they"} or not _INSIDE.search(text[max(0, here[0] - 24) : here[0]]):
        return None
    start = _sentence_start(page, here[0])
    heads = [
        (x, y, a) for a in page.cast.actors for x, y in a.seen
        if start <= x < here[0] and a.kind in {"organisation", "place", "group"}
    ]  # fmt: skip
    acting = sorted((x, y, n) for n, (x, y, _) in enumerate(heads) if _ACTS.match(text, y))
    found = {id(heads[n][2]) for _, _, n in acting}
    if len(found) != 1 or text[start : acting[0][0]].strip().casefold() not in {"", "the"}:
        return None
    actor = heads[acting[0][2]][2]
    return Answer(actor, f"the sentence is about {actor.name}", (), (here, acting[0][:2]))


def _sentence_start(page: Page, at: int) -> int:
    """Where the sentence begins that holds a place: after a stop, a dateline or a line’s end."""
    line = page.lines[min(page.line(at), len(page.lines) - 1)][0]
    starts = [b.start for b in page.reading.blocks if line < b.start <= at]
    line = max([line, *starts])
    stops = list(re.finditer(r"[.!?][”\"’']?\s+(?=[A-Z“\"])", page.text[line:at]))
    stops = [
        s
        for s in stops
        if not re.search(
            r"\b(?:[A-Z]|Gen|Col|Maj|Lt|Mr|Ms|Mrs|Dr|St)$", page.text[line : line + s.start()]
        )
    ]
    return line + stops[-1].end() if stops else line


def in_reach(page: Page, at: int, word: str) -> list[Actor]:
    """Everyone before a place, not too far back, for whom the word can stand."""
    first = page.lines[max(0, page.line(at) - (TURNS if page.talk else PARAGRAPHS))][0]
    found = within(page.cast.actors, max(first, at - REACH), at)
    return [a for a in found if fits(a, word) and a.kind != "document"]


def _likeliest(
    page: Page, each: Attribution, word: str, link: tuple[Extent | None, float]
) -> Answer:
    here = each.source[0]
    kind = "person" if word in {"he", "she"} else "body"
    rival = described_between(page, here[0]) if kind == "person" else None
    near = in_reach(page, here[0], word)
    if kind == "person" and (ahead := _ahead(page, here, word)):
        why = f"the same sentence goes on to name {ahead.name}"
        return Answer(ahead, why, tuple(near[:4]), (here,))
    if rival is not None and not (link[0] and link[1] >= CERTAIN):
        if told := _goes_on(page, here, rival, word):
            return told
        why = "somebody described but not named stands nearer"
        return Answer(None, why, tuple(reversed(near))[:5], (here, rival))
    best = ranked(page, Asked(here[0], *link), near, kind, rival is not None)
    if best.actors and best.chances[0] >= table()[kind]["threshold"]:
        actor, others = best.actors[0], best.actors[1:]
        seen = [x for x in sorted(actor.seen) if x[0] < here[0]]
        why = _why(page, actor, others, link)
        return Answer(actor, why, others[:4], (here, *seen[-1:]))
    return Answer(None, "the page does not settle who that is", best.actors[:5], (here,))


def _goes_on(page: Page, here: Extent, rival: Extent, word: str) -> Answer | None:
    """“A keeper rejected the charge. He also said …”: the one described, who has just spoken."""
    if not re.search(r"(?:^|[.!?][”\"’']?\s)$", page.text[rival[1] : here[0]]):
        return None
    spoken = [(a, who) for a, who in page.spoken if a.source and a.source[0][0] < here[0]]
    if not spoken or not (spoken[-1][0].source[0][0] <= rival[0] < spoken[-1][0].source[0][1]):
        return None
    who = spoken[-1][1]
    if who is None or who.named or not fits(who, word):
        return None
    return Answer(who, "the one who has just spoken goes on", evidence=(here, rival))


def _ahead(page: Page, here: Extent, word: str) -> Actor | None:
    """“In his log, Orlo noted …”: whoever the sentence names next."""
    text = page.text
    if text[slice(*here)].casefold() not in {"his", "her"} or not _LEADS_IN.search(
        text[: here[0]][-24:]
    ):
        return None
    comma = text.find(", ", here[1], here[1] + 80)
    held = [a for a in page.cast.actors if fits(a, word) and any(x == comma + 2 for x, _ in a.seen)]
    return held[0] if comma > 0 and len(held) == 1 else None


def _why(
    page: Page, actor: Actor, others: Sequence[Actor], link: tuple[Extent | None, float]
) -> str:
    """In words, what speaks for the one chosen."""
    if not others:
        return f"{actor.name} is the only one in reach who fits"
    if link[0] and any(x <= link[0][0] < y for x, y in actor.seen):
        return "the words link back to it, and nothing else in reach fits better"
    return f"{actor.name} stands nearest, and nobody else in reach fits as well"


def _strict(page: Page, each: Attribution, word: str, link: tuple[Extent | None, float]) -> Answer:
    """On a page stitched together: only what a link, or a lone candidate, makes plain."""
    at = each.source[0][0]
    sure = link[0] is not None and link[1] >= CERTAIN
    if word in {"he", "she"} and not sure and (rival := described_between(page, at)):
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
    if same and len(near) <= 1:
        return Answer(same, f"{same.name} is the only one in this paragraph who fits",
                      evidence=(each.source[0],))  # fmt: skip
    others = tuple(dict.fromkeys([*([linked] if linked else []), *near]))
    return Answer(None, "the page does not settle who that is", others, (each.source[0],))


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


_LEADS_IN: Final = re.compile(
    r"(?:^|[.!?][\"”]?\s|\n)(?:In|With|By|Through|During|For|Despite|From|At|On|After|Before|According\s+to)\s+$"
)
_SOMEONE: Final = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Aa]nother|[Oo]ne)\s+(?:[\w’'-]+\s+){0,3}?(?P<role>[a-z][a-z-]+)\b"
    r"(?!\s+(?:[A-Z]|[a-z]+(?:man|or|er)\b))"
)


def described_between(page: Page, at: int) -> Extent | None:
    """A person who is only described (“a Board representative”) between the last name and here."""
    here = page.lines[min(page.line(at), len(page.lines) - 1)]
    people = [a for a in page.cast.actors if a.kind == "person"]
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
