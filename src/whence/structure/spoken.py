"""Finds that are no statements: what is only supposed, advised or done, and the writer's “I wrote”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whence.clauses import WORD, inside, quoted, sentence_at
from whence.cues import lemma
from whence.reader import Said
from whence.terms import Extents

_IF: Final = re.compile(r"\b(?:if|unless|suppose|supposing|in case|whether or not)\s+$", re.I)
_MODAL: Final = re.compile(r"\b(?:should|could|might|may|must|ought)\b", re.I)
_ATTITUDES: Final = frozenset(
    """believe think consider see understand hope expect know decide agree fear suppose feel want
    wish accept realize realise remember forget worry care love like hate regard view""".split()
)
_DEEDS: Final = frozenset("decide realize realise determine provide".split())
_DEED_WORDS: Final = re.compile(
    r"\b(?:manag(?:e|ed|es|ing)\s+to\s+agree|too\s+afraid|afraid\s+to|(?:not|\w*n['’]t)\s+reali[sz]e|"
    r"decid(?:e|ed|es|ing)\s+(?:to|on)|provid(?:e|es|ed|ing)\b)",
    re.I,
)
_WRITERS: Final = frozenset(["i", "we"])
_OWN_PAGE: Final = frozenset(
    "write mention note discuss explain describe point repeat cite".split()
)


def statements(text: str, said: Sequence[Said], comment: bool = False) -> list[Said]:
    """The finds in which somebody says or thinks something. Not those that are only supposed (“if
    they believe …”), advised (“they should consider …”), done (“they decided to …”) or known (“the
    captain knew that …”: who tells this vouches for it), nor what the page's own “I” says outside
    quotation marks; a commenter's “I said” stays."""
    out = []
    for each in (_mended(text, s) for s in said):
        marks = tuple(quoted(text, *sentence_at(text, each.cue[0][0])))
        if inside(each.cue, marks):
            out.append(each)
            continue
        own = not comment and _writers(text, each)
        unsaid = any(no(text, each) for no in (_supposed, _advised, _done, _known))
        if not own and (not unsaid or _is_quoted(each, marks)):
            out.append(each)
    return out


def _is_quoted(said: Said, marks: Extents) -> bool:
    return any(x - 1 <= a and a < y for a, _ in said.content for x, y in marks)


def _supposed(text: str, said: Said) -> bool:
    start = min(a for a, _ in (*said.source, *said.cue))
    first = sentence_at(text, said.cue[0][0])[0]
    return bool(said.source and _IF.search(text[first:start]) and _verbs(text, said) <= _ATTITUDES)


def _verbs(text: str, said: Said) -> set[str]:
    """The reporting words of a cue, in their base form."""
    found = (lemma(w.group()) for a, b in said.cue for w in WORD.finditer(text, a, b))
    return {each for each in found if each}


def _advised(text: str, said: Said) -> bool:
    words = text[slice(*said.cue[0])]
    before = text[said.source[0][1] if said.source else 0 : said.cue[0][0]][-25:]
    verbs = _verbs(text, said)
    modal = _MODAL.search(words) or _MODAL.search(before)
    return bool(said.source and modal and verbs and verbs <= _ATTITUDES)


def _done(text: str, said: Said) -> bool:
    a, b = said.cue[0]
    if re.match(r"\W*that\b", text[b : b + 8]) and not re.search(r"\breali[sz]e$", text[a:b]):
        return False
    return bool(_DEED_WORDS.search(text[a : b + 4])) and _verbs(text, said) <= _ATTITUDES | _DEEDS


def _known(text: str, said: Said) -> bool:
    """“The captain knew that the hull was thin”: whoever tells this vouches for it, not the captain."""
    who = text[slice(*said.source[0])].casefold() if said.source else ""
    return bool(who) and who not in {"i", "we", "you"} and _verbs(text, said) == {"know"}


def _writers(text: str, said: Said) -> bool:
    """Whether the page's own “I” only points to what it writes: “I mention this because …”."""
    own = len(said.source) == 1 and text[slice(*said.source[0])].casefold() in _WRITERS
    verbs = _verbs(text, said)
    aside = "about" in text[slice(*said.cue[-1])] or not re.match(
        r"[,:]?\s*[“\"]", text[said.cue[-1][1] :]
    )
    return own and aside and bool(verbs) and verbs <= _OWN_PAGE


def _mended(text: str, said: Said) -> Said:
    """The same find, its cue whole where it was cut before “n't”."""
    a, b = said.cue[-1]
    rest = re.compile(r"n?['’]t\s+(?:\w+ly\s+)?\w+").match(text, b)
    if not rest or not text[b - 1].isalpha():
        return said
    verb = rest.end()
    content = tuple((max(x, verb), y) for x, y in said.content if y > verb)
    if not content:
        return said
    return replace(said, cue=(*said.cue[:-1], (a, verb)), content=content)
