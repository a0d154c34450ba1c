"""Denials beside what they deny, whether or not the two were joined in one claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whence.conflict.made import FIRST, Weighed, made
from whence.conflict.told import Case, Told, sentence_of, stem, stems_of, telling, weight
from whence.pile import common, words
from whence.terms import Span

FAR: Final = 1500  # code points back; what was said before that is no longer “those claims”
ENOUGH: Final = 0.75  # of likeness, before a statement is taken for what is denied
_NOUNS: Final = (
    r"(?:claims?|allegations?|accusations?|charges?|assertions?|reports?|suggestions?|declarations?|"
    r"statements?|remarks?|versions?|narratives?|insinuations?)"
)
_EMPTY: Final = re.compile(
    rf"{_NOUNS}|incorrect|false\w*|untru\w+|wrong|baseless|lies?|unfounded|nonsense|absurd\w*|"
    r"groundless|simpl\w+|entire\w+|complete\w*|utter\w*|total\w*|reject\w*|den(?:y|ied|ies)|true",
    re.I,
)
_HELD: Final = re.compile(
    rf"^(?P<lead>[^.;:“\"]{{0,60}}?\b{_NOUNS}\s+(?:that|of|about)\s+)(?P<what>\S.*)$", re.I | re.S
)
_LIMIT: Final = re.compile(r"\b(?:only|never|always|solely|exclusively)\b", re.I)
_ANSWERS: Final = re.compile(
    r"\b(?:insist\w*|maintain\w*|counter\w*|respon\w+|repl(?:y|ied|ies)|retort\w*|defend\w*|stress\w*|"
    r"(?:hit|shot|fired)\s+back)\b",
    re.I,
)
_LABEL: Final = re.compile(r"[^:.]{3,40}:\s")  # “Vask: …”, a headline that gives who says it
_ASSERTING: Final = frozenset(["asserts", "hedges", "relays"])


def denials(case: Case) -> Iterator[Weighed]:
    """Each denial with what it denies: one for every denier and every thing denied."""
    best: dict[tuple[str | None, str], Weighed] = {}
    for denial in case.told:
        if denial.stance != "denies" or denial.role == "comment" or not _somebody(denial, case):
            continue
        if _own_words(denial, case):
            continue
        for against, (weighed, each) in _met(denial, case):
            key = denial.party, against
            if key not in best or best[key][0] < weighed:
                best[key] = weighed, each
    shown: dict[tuple[Span, tuple[str, ...]], Weighed] = {}
    for weighed, each in best.values():  # a denial that two pages tell of is shown once
        place = each.left, each.claims
        if place not in shown or shown[place][0] < weighed:
            shown[place] = weighed, each
    yield from shown.values()


def _met(denial: Told, case: Case) -> Iterator[tuple[str, Weighed]]:
    """What a denial denies: a statement elsewhere, else the one that it holds itself."""
    left = _denied(denial, case) if denial.party else None
    instead = _instead(denial, case)
    held = _held(denial, case)
    if left is not None:
        score, each = left
        why = f"{case.who(each)} says it, {case.who(denial)} denies it."
        found = made("denial", each.span, _whole(denial, case), why, (each.claim, denial.claim))
        yield _topic(each, case), (FIRST["denial"] + min(score, 3.0) / 2, found)
    elif held is not None and instead is None:
        what, lead = held
        others = next((case.who(t) for t in case.by_doc[denial.doc]
                       if t.party and t.attribution.within == denial.attribution.id), None)  # fmt: skip
        why = f"{others or 'Somebody'} says it, {case.who(denial)} denies it."
        found = made("denial", what, lead, why, (denial.claim,))
        yield f"held {what.doc}", (FIRST["denial"], found)
    if held is not None and instead is not None:
        why = f"{case.who(denial)} denies the one and says the other instead."
        found = made("denial", held[0], instead, why, (denial.claim,))
        yield f"held {held[0]}", (FIRST["denial"] + 0.3, found)


def _somebody(denial: Told, case: Case) -> bool:
    """Whether a denial has a denier, be it one whom the page leaves open: not “you denied it”."""
    source = words(case.text(denial.doc), denial.attribution.source).casefold()
    return denial.party is not None or source in ("he", "she", "they", "it")


def _own_words(denial: Told, case: Case) -> bool:
    """Whether a denier's words follow a colon or are quoted: they are what is said instead."""
    text = case.text(denial.doc)
    if text[: denial.attribution.content[0][0]].rstrip(' \n\r\t“"').endswith(":"):
        return True
    said = denial.words.strip()
    closes = said[-1:] in '”»"' and not re.search(r"[“„«\"]", said[:-1])
    return (said[:1] in '“„«"' or closes) and len(_own_stems(denial)) >= 2


def _topic(each: Told, case: Case) -> str:
    return f"{each.claim}" if each.role != "headline" else f"headline {each.doc}"


def _denied(denial: Told, case: Case) -> tuple[float, Told] | None:
    """The statement that a denial denies, and how sure that is."""
    linked = set(denial.attribution.answers)
    chosen = [t for t in case.told if linked and {t.attribution.id, t.claim} & linked]
    chosen = [t for t in chosen if t.stance != "denies" and t.party != denial.party
              and not _overlap(t, denial)]  # fmt: skip
    if chosen:
        same = [t for t in chosen if t.doc == denial.doc] or chosen
        best = min(same, key=lambda t: (-_alike(t, denial, case), t.key))
        return 2.5 + min(_alike(best, denial, case), 20) / 40, best
    named = _accuser(denial, case)
    own = _own_stems(denial)
    if len(own) < 2:
        return _pointed(denial, named, case)
    found = [
        (score, t)
        for t in _candidates(own, denial, case)
        if named is None or t.party in (named, None)
        for score in [_score(t, denial, own, case)]
        if score >= ENOUGH and _enough(t, denial, own, case)
    ]
    return max(found, key=lambda pair: (pair[0], pair[1].key), default=None)


def _candidates(own: frozenset[str], denial: Told, case: Case) -> Iterator[Told]:
    """Statements by others with a word in common."""
    for each in case.sharing(own):
        if each.stance not in _ASSERTING or each.attribution.stance in ("declines", "asks"):
            continue
        if each.party == denial.party or each.role == "comment" or _overlap(each, denial):
            continue
        if each.stance == "relays" and _holds_denial(each, case):
            continue
        if not (each.attribution.voice == "author" and _LABEL.match(each.words)):
            yield each


def _enough(each: Told, denial: Told, own: frozenset[str], case: Case) -> bool:
    """Whether it is more than a word that two statements share; on two pages, the matter too."""
    shared = each.stems & own
    words_ = len(telling(shared, case))
    cover = weight(shared, case) / max(weight(own, case), 1e-9)
    charged = denial.party in each.accused and any(len(word) > 3 for word in shared)
    if each.doc == denial.doc:
        return words_ >= 2 or cover >= 0.25 or charged
    if charged:
        return words_ >= 2 or cover >= 0.3
    third = {case.sides.get(id, id) for id in each.named & denial.named} - {denial.party}
    tied = each.claim == denial.claim or bool(third)
    return tied and words_ >= 2 and cover >= 0.5


def _holds_denial(each: Told, case: Case) -> bool:
    """Whether what is passed on is a denial: “… denies it, the Gazette reported”."""
    return any(t.stance == "denies" and _overlap(t, each) for t in case.by_doc[each.doc])


def _score(each: Told, denial: Told, own: frozenset[str], case: Case) -> float:
    shared = each.stems & own
    mass = weight(shared, case)
    cover = mass / max(weight(own, case), 1e-9)
    wide = mass / max(weight(each.stems, case), 1e-9)
    score = 0.7 * cover + 0.3 * wide + 0.08 * len((each.named & denial.named) - {None})
    score += 0.3 * (denial.party in each.accused)
    score += 0.2 * (each.attribution.stance == "accuses" or bool(each.attribution.charges))
    score += 0.2 * (each.claim == denial.claim)
    score += 0.25 * (each.doc == denial.doc)
    score += 0.1 * (each.doc == denial.doc and each.role == "headline")
    score -= 0.3 * (len(shared) < 2 and denial.party not in each.accused)
    score -= 0.5 * (not shared)
    return score


def _pointed(denial: Told, named: str | None, case: Case) -> tuple[float, Told] | None:
    """What “those claims” are: the nearest statement before by another that speaks of the denier,
    or the headline."""
    before = [
        t for t in case.by_doc[denial.doc]
        if t.stance in _ASSERTING and t.party != denial.party and not _overlap(t, denial)
        and (denial.start - FAR < t.start < denial.start or t.role == "headline")
        and t.attribution.voice != "commenter"
        and not (t.role == "headline" and _LABEL.match(t.words))
        and (named is None or t.party == named or (t.role == "headline" and t.party is None))
    ]  # fmt: skip
    spoken = [t for t in before if t.attribution.voice == "speaker" and t.party is not None]
    told = [(t.attribution.stance == "accuses", denial.party in t.accused or _names(t, denial, case),
             t.start, t) for t in spoken]  # fmt: skip
    if any(each[0] or each[1] for each in told):
        return 0.9, max(told, key=lambda each: (each[0] or each[1], each[2], each[3].key))[3]
    heads = [t for t in before if t.role == "headline" and _names(t, denial, case)]
    return (0.8, heads[0]) if heads else None


def _names(each: Told, denial: Told, case: Case) -> bool:
    """Whether a statement names the side that denies it."""
    return denial.party in {case.sides.get(id, id) for id in each.named}


def _own_stems(denial: Told) -> frozenset[str]:
    """The stems of what a denial says beyond “those claims are false”."""
    empty = {w.casefold()[:7] for w in _EMPTY.findall(denial.words)}
    return frozenset(s for s in denial.stems if not _EMPTY.match(s) and s not in empty)


def _accuser(denial: Told, case: Case) -> str | None:
    """The side whose claims a denial says it denies: “Lowmark's claims”, “the Lurnish charge”."""
    text = case.text(denial.doc)
    lead = re.match(rf"[^.;:]{{0,50}}?\b{_NOUNS}\b", denial.words, re.I)
    if lead is None:
        return None
    start = denial.start
    for mention in case.readings[denial.doc].mentions:
        if start <= mention.start and mention.end <= start + lead.end() and mention.entity:
            after = text[mention.end : mention.end + 40]
            if re.match(rf"(?:['’]s?)?\s+(?:\w+\s+)?{_NOUNS}\b", after, re.I):
                return case.sides.get(mention.entity, mention.entity)
    return None


def _held(denial: Told, case: Case) -> tuple[Span, Span] | None:
    """What a denial holds (“Lowmark's claims that …”), and the words that deny it."""
    inner = next(
        (a for a in case.readings[denial.doc].attributions
         if a.within == denial.attribution.id and a.stance in ("asserts", "accuses")
         and common(a.content, denial.attribution.content)), None,
    )  # fmt: skip
    start, end = denial.attribution.content[0]
    if inner is not None:
        begin = inner.content[0][0]
        what = Span(denial.doc, begin, inner.content[-1][1])
    elif found := _HELD.match(case.text(denial.doc)[start:end]):
        begin = start + found.start("what")
        what = Span(denial.doc, begin, end)
    else:
        return None
    first = min([start, *(a for a, _ in (*denial.attribution.source, *denial.attribution.cue))])
    lead = Span(denial.doc, first, begin) if begin - first < 160 else None
    return (what, lead) if lead and first < begin else None


def _instead(denial: Told, case: Case) -> Span | None:
    """What the denier goes on to say, right after: “hit back at …: our own figures are …”."""
    end = denial.attribution.content[-1][1]
    text = case.text(denial.doc)
    for each in case.by_doc[denial.doc]:
        gap = text[end : each.start] if each.start >= end else None
        one = each.attribution.source == denial.attribution.source or denial.party is not None
        if gap is not None and len(gap) < 8 and ":" in gap and one and each.party == denial.party:
            first, last = sentence_of(each, case)
            return Span(each.doc, max(first, each.start), last)
    return None


def _whole(denial: Told, case: Case) -> Span:
    """A denial with its cue, where both stand together; otherwise its words."""
    span = denial.span
    cue = [start for start, end in denial.attribution.cue if 0 <= span.start - end < 60]
    return Span(span.doc, min([span.start, *cue]), span.end)


def _overlap(one: Told, other: Told) -> bool:
    return one.doc == other.doc and common(one.spans, other.spans) > 0


def _alike(each: Told, denial: Told, case: Case) -> float:
    return weight(each.stems & denial.stems, case)


# ---------------------------------------------------------------- answers that do not say “denied”


def rebuttals(case: Case) -> Iterator[Weighed]:
    """What a side says of itself right after another says the contrary: “only”, “never”, “not”."""
    for _, told in sorted(case.by_doc.items()):
        spoken = [t for t in told if t.attribution.voice == "speaker" and t.party]
        for answer in spoken:
            if answer.stance != "asserts" or not _answering(answer, case):
                continue
            found = [
                (weight(shared, case), t)
                for t in spoken
                if t.stance == "asserts" and "?" not in t.words and answer.start - 600 < t.start < answer.start
                and t.party != answer.party and answer.party in t.accused
                and not _overlap(t, answer)
                for shared in [t.stems & _sentence_stems(answer, case)]
                if shared
            ]  # fmt: skip
            if found:
                score, said = max(found, key=lambda pair: (pair[0], pair[1].key))
                why = f"{case.who(said)} says it of {case.who(answer)}, who says otherwise."
                yield (FIRST["denial"] - 0.4 + min(score, 4) / 8,
                       made("denial", said.span, answer.span, why, (said.claim, answer.claim)))  # fmt: skip


def _answering(each: Told, case: Case) -> bool:
    """Whether somebody excludes something, or says with an answering word that it is not so."""
    cue = words(case.text(each.doc), each.attribution.cue)
    return bool(_LIMIT.search(each.words) or (_NOT.search(each.words) and _ANSWERS.search(cue)))


def _sentence_stems(each: Told, case: Case) -> frozenset[str]:
    mentions = [m for m in case.readings[each.doc].mentions if m.entity]
    return stems_of(case.text(each.doc), (sentence_of(each, case),), mentions)


def contraries(case: Case) -> Iterator[Weighed]:
    """Two statements of nearly the same words, one of them with a “not”."""
    seen: dict[tuple[str, str], Weighed] = {}
    for denial in case.told:
        if denial.stance == "asserts" and _denying(denial) and denial.role != "comment":
            for each in _near(denial, case):
                weighed = _contrary(denial, each, case)
                key = denial.claim, each.claim
                if weighed and (key not in seen or seen[key][0] < weighed[0]):
                    seen[key] = weighed
    yield from seen.values()


_NOT: Final = re.compile(
    r"\b(?:not|never)\b(?!\s+(?:only|just|yet|\d|\w+ing\b))|^\W*no\b|\b(?:neither|nor|cannot)\b|n[’']t\b",
    re.I,
)


_HEDGED: Final = re.compile(
    r"\b(?:possibly|perhaps|probably|may|might|could|would|if|whether)\b", re.I
)


def _denying(each: Told) -> bool:
    return bool(_NOT.search(each.words)) and len(each.words.split()) <= 22


_NEITHER: Final = re.compile(
    r"\bneither\s+(?:an?\s+|the\s+)?(?P<one>[^\W\d_]+)\s+nor\s+(?:an?\s+|the\s+)?(?P<other>[^\W\d_]+)",
    re.I,
)
_PASSED: Final = re.compile(
    r"\b(?:sent|sends?|made|issued|gave|given|delivered|received|got|passed|posted)\b", re.I
)


def unreceived(case: Case) -> Iterator[Weighed]:
    """“We received neither a call nor a telegram”, and somebody who says that a telegram was sent."""
    best: dict[tuple[str, str], Weighed] = {}
    for denial in case.told:
        found = _NEITHER.search(denial.words)
        if found is None or denial.role == "comment" or not _PASSED.search(denial.words):
            continue
        things = frozenset(stem(found[name]) for name in ("one", "other"))
        for each in case.sharing(things):
            sent = each.stance == "asserts" and each.party not in (denial.party, None)
            if sent and _PASSED.search(each.words) and not _NOT.search(each.words):
                why = f"{case.who(denial)} says there was none, {case.who(each)} that there was."
                pair = made("denial", denial.span, each.span, why, (denial.claim, each.claim))
                best.setdefault((denial.party or denial.doc, each.party or ""),
                                (FIRST["denial"] - 0.1, pair))  # fmt: skip
    yield from best.values()


def _near(denial: Told, case: Case) -> list[Told]:
    """What others or other pages assert with three words or more of a denial's."""
    return [
        each for each in case.sharing(denial.stems)
        if each.stance == "asserts" and each.attribution.stance != "promises"
        and len(each.stems & denial.stems) >= 3
    ]  # fmt: skip


def _contrary(denial: Told, each: Told, case: Case) -> Weighed | None:
    if _NOT.search(each.words) or _HEDGED.search(each.words) or "?" in each.words:
        return None
    if _overlap(denial, each) or each.role == "comment":
        return None
    if each.party == denial.party and (each.party is not None or each.doc == denial.doc):
        return None
    shared = denial.stems & each.stems
    cover = weight(shared, case) / max(weight(denial.stems, case), 1e-9)
    least = 0.5 if denial.claim == each.claim else 0.6
    if cover < least:
        return None
    why = f"{case.who(each)} says it, {case.who(denial)} says it is not so."
    claims = (each.claim, denial.claim)
    return FIRST["denial"] - 0.5 + cover / 2, made("denial", each.span, denial.span, why, claims)
