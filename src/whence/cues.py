"""What a cue does: the lexicon of reporting words, and the stance of a cue in its context.

The words and their stances are ours, written from general knowledge of English reporting verbs and
checked against hand-labelled cues (`bench/stance`). Negation and scope are rules over the cue and
the few words around it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from whence.terms import Stance

VERBS: Final[dict[Stance, str]] = {
    "denies": """deny reject dismiss refute rebut dispute contradict disavow repudiate disclaim
        rebuff gainsay debunk pooh-pooh oppose disagree discount""",
    "accuses": """accuse blame charge denounce condemn allege criticize criticise slam blast lambast
        lambaste decry fault rebuke chide deride mock attack ridicule assail castigate scold
        excoriate berate indict impugn""",
    "confirms": """confirm acknowledge admit concede verify corroborate authenticate validate
        recognize recognise own confess agree accept allow grant attest affirm reaffirm reconfirm
        certify""",
    "hedges": """suggest speculate suspect guess imply hint estimate wonder doubt presume assume
        suppose surmise fear rumor rumour conjecture believe think appear seem expect predict
        anticipate reckon feel theorize theorise hypothesize hypothesise postulate""",
    "declines": "decline refuse demur",
    "promises": """promise vow pledge threaten swear undertake commit guarantee warrant intend plan
        offer propose""",
    "asks": """ask urge request demand inquire enquire question beg plead beseech query petition
        implore exhort""",
    "asserts": """say tell report announce state claim assert declare insist maintain argue contend
        note add explain write warn complain stress emphasize emphasise underline underscore reveal
        disclose describe inform brief reply respond retort counter object remark comment observe
        mention recall recount relate reiterate repeat conclude find show indicate testify tweet
        post publish release quip joke boast brag lament bemoan protest cry shout yell whisper
        mutter exclaim continue caution advise advocate point predicate cite quote call label dub
        hail praise welcome applaud laud tout profess proclaim pronounce notify signal tell opine
        reason muse hold know learn hear see understand consider view regard hope want wish wants
        swear bewilder surprise regret apologize apologise thank congratulate decide determine
        discover realize realise remember forget worry concern care love like hate read reckon
        paint depict portray characterize characterise express voice deliver issue circulate air
        broadcast carry relay convey quote caveat calculate count estimate put forecast prophesy
        teach instruct order direct require recommend command rule""",
}

NOUNS: Final[dict[Stance, str]] = {
    "denies": "denial rejection rebuttal refutation dismissal disavowal",
    "accuses": "accusation allegation charge criticism condemnation indictment complaint",
    "confirms": "confirmation admission acknowledgement acknowledgment concession agreement",
    "hedges": """suggestion speculation suspicion guess hint estimate doubt rumor rumour assumption
        fear expectation belief hypothesis theory impression possibility""",
    "declines": "refusal",
    "promises": "promise vow pledge threat commitment guarantee plan intention offer",
    "asks": "question request demand plea call appeal inquiry enquiry query",
    "asserts": """claim statement announcement report assertion comment remark declaration
        description argument warning contention word words insistence explanation testimony
        conclusion finding""",
}

HEDGES: Final = frozenset(
    ["reportedly", "allegedly", "apparently", "purportedly", "supposedly", "seemingly"]
)
_IRREGULAR: Final = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "found": "find",
    "shown": "show", "showed": "show", "swore": "swear", "sworn": "swear", "held": "hold",
    "knew": "know", "known": "know", "thought": "think", "felt": "feel", "saw": "see",
    "seen": "see", "heard": "hear", "put": "put", "read": "read", "begged": "beg",
    "admitted": "admit", "quipped": "quip", "denied": "deny", "denies": "deny", "cried": "cry",
    "replied": "reply", "replies": "reply", "relied": "rely", "implied": "imply",
    "implies": "imply", "testified": "testify", "testifies": "testify", "verified": "verify",
    "verifies": "verify", "worried": "worry", "worries": "worry", "understood": "understand",
    "broadcast": "broadcast", "taught": "teach", "forgot": "forget", "brag": "brag",
    "bragged": "brag", "repeated": "repeat", "planned": "plan", "planning": "plan",
    "referred": "refer", "notified": "notify", "decried": "decry", "decries": "decry",
    "conceded": "concede", "committed": "commit",
}  # fmt: skip

_NOT: Final = re.compile(
    r"\b(?:not|never|no longer|hardly|cannot|nor|neither|without|n['’]t)\b|n['’]t\b", re.I
)
_CANNOT: Final = re.compile(
    r"\b(?:could|can|would|will|did|do|does|has|have|had|was|were|is|are|may|might)\s?"
    r"(?:n['’]t|not)\b|\bcannot\b|\bunable to\b|\bnot (?:immediately |yet |able )",
    re.I,
)
_ANSWERS: Final = re.compile(
    r"\b(?:claims?|allegations?|accusations?|reports?|charges?|suggestions?|rumou?rs?|assertions?|"
    r"statements?|criticisms?)\b",
    re.I,
)
_FALSE: Final = re.compile(
    r"^[\W_]*(?:(?:this|that|these|those|the|such|all)\s)?(?:[\w’'-]+\s){0,3}?"
    r"(?:claims?|allegations?|accusations?|reports?|charges?|suggestions?|rumou?rs?|assertions?|"
    r"statements?|this|that|it|story|stories|idea|notion)\s(?:[\w’'-]+\s){0,3}?(?:is|are|was|were|"
    r"has been|have been)\s(?:[\w’'-]+\s){0,2}?(?:not (?:true|correct|accurate|based)|incorrect|"
    r"false|untrue|wrong|baseless|unfounded|groundless|nonsense|absurd|fabricated|fake|"
    r"a lie|lies|an invention|a fabrication|without foundation|no truth|ridiculous|rubbish)\b",
    re.I,
)
_VERDICT: Final = re.compile(
    r"^[\W_]*(?:(?:completely|totally|absolutely|simply|just|utter|utterly|entirely|pure|categorically"
    r"|demonstrably)\s)*(?:false|untrue|baseless|nonsense|unfounded|groundless|a lie|fabricated|absurd"
    r"|incorrect|not true|rubbish|fake news)\b(?:\s(?:and|or)\s[\w’'-]+)?[\W_]*$",
    re.I,
)
_WORDS: Final = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@cache
def _table() -> dict[str, Stance]:
    out: dict[str, Stance] = {}
    for table in (NOUNS, VERBS):
        for stance, words in table.items():
            for word in words.split():
                out[word] = stance
    return out


@cache
def lemma(word: str) -> str | None:
    """The lexicon's form of an inflected cue word, or None if it is not a reporting word."""
    word = word.casefold().replace("’", "'").removesuffix("'s")
    table = _table()
    tries = [word, _IRREGULAR.get(word, "")]
    for end, instead in (("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""),
                         ("ed", ""), ("ed", "e"), ("d", "")):  # fmt: skip
        if word.endswith(end) and len(word) > len(end) + 2:
            stem = word[: -len(end)] + instead
            tries.append(stem)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                tries.append(stem[:-1])
    return next((t for t in tries if t in table), None)


def is_reporting(word: str) -> bool:
    """Whether a word can be a cue at all."""
    return lemma(word) is not None or word.casefold() in HEDGES


def stance_of(cue: str, before: str = "", content: str = "", after: str = "") -> Stance:
    """The stance a cue takes to its content.

    `before` and `after` are the few words of the same clause that stand around the cue (a negation
    may stand outside the words marked as cue); `content` is what is said.
    """
    words = [w.casefold() for w in _WORDS.findall(cue)]
    near = " ".join(_WORDS.findall(before)[-3:]).casefold()
    stances = [s for s in (_stance_of_word(w) for w in words) if s]
    if any(w in HEDGES for w in words):
        return "hedges"
    strong = [s for s in stances if s not in ("asserts", "hedges")]
    found: Stance = strong[0] if strong else (stances[-1] if stances else "asserts")
    negated = _CANNOT.search(cue) or _NOT.search(cue) or (
        len(words) == 1 and re.search(r"(?:\bnot|\bnever|n t|n['’]t|\bcannot)$", near)
    )  # fmt: skip
    if negated:
        return _negated(found, words, cue)
    if found == "asserts" and (_FALSE.search(content) or _VERDICT.search(content)):
        return "denies"
    if words[-1:] == ["question"] and "asked" not in words:
        return "asks"
    return found


def _stance_of_word(word: str) -> Stance | None:
    base = lemma(word)
    return _table()[base] if base else None


def _negated(found: Stance, words: list[str], cue: str) -> Stance:
    """What a negated cue does: “did not deny” and “could not confirm” tell us nothing either way."""
    if found in ("confirms", "denies", "declines", "promises", "asks"):
        return "declines"
    verbs = {lemma(w) for w in words} - {None}
    if verbs & {"believe", "think", "see", "agree", "expect", "buy", "accept"}:
        return "denies"
    if verbs & {"say", "comment", "specify", "elaborate", "respond", "reply", "tell", "disclose",
                "reveal", "report", "explain", "know", "indicate", "mention", "describe"}:  # fmt: skip
        return "declines"
    return (
        "declines" if re.search(r"\b(?:could|can|would|will)\b|n['’]t|cannot", cue, re.I) else found
    )
