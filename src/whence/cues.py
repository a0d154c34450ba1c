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
        gainsay debunk pooh-pooh disagree discount scoff""",
    "accuses": """accuse blame charge denounce condemn allege criticize criticise slam blast lambast
        lambaste decry fault rebuke chide reprimand mock deride chastise rip pound bash
        savage attack ridicule assail castigate scold excoriate berate indict impugn""",
    "confirms": """confirm acknowledge admit concede verify corroborate authenticate validate confess
        agree allow grant attest affirm reconfirm certify approve""",
    "hedges": """speculate suspect guess doubt presume surmise rumor rumour conjecture appear seem
        theorize theorise hypothesize hypothesise postulate""",
    "declines": "decline refuse demur rebuff balk",
    "promises": """promise vow pledge threaten swear undertake commit guarantee warrant intend plan""",
    "asks": """ask wonder encourage press grill prod order instruct advise command recommend invite
        challenge urge request demand inquire enquire question beg plead beseech query
        petition implore exhort""",
    "asserts": """say tell report announce state claim assert declare insist maintain argue contend
        note add explain write warn complain stress emphasize emphasise underline underscore
        reveal disclose describe inform brief reply respond retort counter object remark
        comment observe clarify mention recall recount relate reiterate repeat conclude find
        show indicate testify tweet post publish release quip joke boast brag lament bemoan
        protest cry shout yell whisper mutter exclaim continue caution advise advocate point
        predicate cite quote call label dub hail praise welcome applaud laud tout profess
        proclaim pronounce notify signal tell opine stand reason muse hold know learn hear
        see understand consider view regard hope want wish wants swear bewilder surprise
        regret apologize apologise thank congratulate decide determine discover realize
        realise remember forget worry concern care love like hate read reckon paint depict
        portray characterize characterise express voice deliver issue circulate air
        broadcast carry relay convey quote caveat calculate count estimate put forecast
        prophesy teach require rule suggest imply hint recognize recognise own accept
        estimate believe think feel expect predict anticipate assume suppose fear oppose
        propose offer""",
}

NOUNS: Final[dict[Stance, str]] = {
    "denies": "denial rejection rebuttal refutation dismissal disavowal",
    "accuses": "accusation allegation charge criticism condemnation indictment complaint",
    "confirms": "confirmation admission acknowledgement acknowledgment concession agreement",
    "hedges": """speculation suspicion guess doubt rumor rumour hypothesis theory impression
        possibility""",
    "declines": "refusal",
    "promises": "promise vow pledge threat commitment guarantee plan intention offer",
    "asks": "question request demand plea call appeal inquiry enquiry query",
    "asserts": """claim statement announcement report assertion comment remark declaration description
        argument warning contention suggestion hint estimate fear belief expectation word
        words insistence explanation testimony conclusion finding""",
}

_PHRASE_WORDS: Final[tuple[tuple[Stance, str], ...]] = (
    ("confirms", r"st(?:and|ands|ood|anding)\s+by\b|back(?:s|ed|ing)?\s+up\b"),
    ("declines", r"ha(?:s|d|ve|ving)\s+yet\s+to\b|stop(?:s|ped|ping)?\s+short\b|no\s+comment|"
     r"avoid(?:s|ed|ing)?\b|says?\s+nothing|said\s+nothing|no\s+mention|referred\s+questions|"
     r"not\s+available|unavailable|silent|offer(?:s|ed)?\s+no\b|duck(?:s|ed|ing)?\b|coy\b|"
     r"steer(?:s|ed|ing)?\s+clear|tight-lipped|sidestep\w*|dodg(?:e|ed|es|ing)"),
    ("promises", r"agree(?:s|d|ing)?\s+to\b|swor(?:e|n)\s+to\b|offer(?:s|ed|ing)?\s+to\b|"
     r"prepar(?:e|es|ed|ing)\s+to\b|assur(?:e|es|ed|ing)\b"),
    ("denies", r"withdr(?:aw|ew|awn|aws|awing)\b|retract(?:s|ed|ing)?\b|"
     r"(?:not|never|\w*n['’]t)\s+(?:buy(?:ing)?|having\s+any\s+of)\b|not\s+guilty|ha(?:s|d|ve)\s+found\s+no\b|found\s+no\b"),
    ("accuses", r"(?:go|goes|went|going|gone)\s+after|rail(?:s|ed|ing)?\s+against|critical\s+of|"
     r"call(?:s|ed|ing)?\s+out|t(?:ake|akes|ook|aking)\s+(?:heat|aim)|lash(?:es|ed|ing)?\s+out"),
    ("promises", r"willing\b|determin(?:ed|ation)\b"),
    ("asks", r"want(?:s|ed|ing)?\s+to\s+know|call(?:s|ed|ing)?\s+(?:\w+ly\s+)?(?:for|on|upon)\b"),
    ("denies", r"push(?:es|ed|ing)?\s+back|t(?:ake|akes|ook|aking)\s+issue|brush(?:es|ed|ing)?\s+"
     r"(?:off|aside)|shrug(?:s|ged|ging)?\s+off|sh(?:oot|oots|ot|ooting)\s+down|rul(?:e|es|ed|ing)\s+"
     r"(?:it\s+|that\s+|this\s+)?out|la(?:ugh|ughs|ughed|ughing)\s+off|(?:hit(?:s|ting)?|fir(?:e|ed|es|ing))"
     r"\s+back(?!.*\b(?:sa(?:y|ys|id|ying)|that)\b)|wav(?:e|ed|es|ing)\s+(?:off|away)"),
    ("hedges", r"(?:may|might)\s+(?:not\s+)?\w+|presumably|looks?\s+like|looked\s+like|^expected$|^looks?$|"
     r"s[ck]eptical|doubtful\b|"
     r"(?:un|(?:not|\w*n['’]t)\s+(?:\w+\s+)?)(?:clear|known|sure|certain)\b|"
     r"(?:is|are|was|were|been|be)(?:n['’]t)?\s+(?:not\s+(?:\w+\s+)?)?(?:expected|believed|thought|said|"
     r"rumou?red|understood|reported|feared|presumed|assumed|likely|supposed|alleged)\b"),
    )  # fmt: skip
_PHRASES: Final = tuple(
    (stance, re.compile(rf"\b(?:{words})", re.I)) for stance, words in _PHRASE_WORDS
)
_CERTAIN: Final = re.compile(r"\b(?:no|not|without|never|n['’]t)\s+(?:\w+\s+){0,2}?doubt", re.I)
_CLAIM: Final = (
    r"(?:claims?|accusations?|allegations?|charges?|criticisms?|critiques?|suggestions?|assertions?|"
    r"notions?|ideas?|reports?|rumou?rs?|predictions?|characteri[sz]ations?|portrayals?|arguments?|"
    r"descriptions?|statements?|comments?|remarks|attacks?|findings?|concerns?|view|account|story|"
    r"stories|implications?|contentions?|conclusions?|complaints?|position)"
)
_OF_CLAIM: Final = re.compile(rf"^\W*(?:[\w’'.-]+\s+){{0,5}}?{_CLAIM}\b", re.I)
_REFUSED: Final = re.compile(
    r"^\W*(?:[\w’'.-]+\s+){0,6}?(?:offers?|proposals?|requests?|invitations?|push|bid|inquir\w+|"
    r"demands?|calls?|pleas?|plans?|deals?|bills?|appeals?|motions?|"
    r"petitions?|applications?|pressure)\b",
    re.I,
)
_WITHHELD: Final = re.compile(
    r"^\W*(?:[\w’'.-]+\s+){0,4}?(?:access|entry|permission|permits?|bail|motions?|petitions?|"
    r"applications?|requests?|visas?|asylum|coverage|status)\b",
    re.I,
)

HEDGES: Final = frozenset(
    "reportedly allegedly apparently purportedly supposedly seemingly".split()
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
_FALSE: Final = re.compile(
    r"^[\W_]*(?:(?:(?:this|that|these|those|the|such|all)\s)?(?:[\w’'-]+\s){0,3}?"
    r"(?:claims?|allegations?|accusations?|reports?|charges?|suggestions?|rumou?rs?|assertions?|"
    r"statements?|story|stories|idea|notion)\s(?:[\w’'-]+\s){0,9}?|"
    r"(?:this|that|it)\s(?:[\w’'-]+\s){0,3}?)(?:is|are|was|were|"
    r"has been|have been)\s(?:[\w’'-]+\s){0,2}?(?:not (?:true|correct|accurate|based)|incorrect|"
    r"false|untrue|wrong|baseless|unfounded|groundless|nonsense|absurd|fabricated|fake|"
    r"a lie|lies|an invention|a fabrication|without foundation|no truth|ridiculous|rubbish)\b",
    re.I,
)
_PLAIN_LIE: Final = re.compile(
    r"(?:^|[.!?]\s)[\W_]*(?:it|that|this|they|those)(?:['’](?:s|re)|\s(?:is|are|was|were))\s"
    r"(?:(?:all|just|simply|completely|totally|pure|absolute|utter|a|an)\s){0,2}"
    r"(?:false|untrue|not true|nonsense|lies?|baseless|fabricated|rubbish|fabrication|invention)\b",
    re.I,
)
_VERDICT: Final = re.compile(
    r"^[\W_]*(?:(?:completely|totally|absolutely|simply|just|utter|utterly|entirely|pure|categorically"
    r"|demonstrably)\s)*(?:false|untrue|baseless|nonsense|unfounded|groundless|a lie|fabricated|absurd"
    r"|incorrect|not true|rubbish|fake news)\b(?:\s(?:and|or)\s[\w’'-]+)?[\W_]*$",
    re.I,
)
_CONTRARY: Final = re.compile(
    r"^[\W_]*(?:no|never|nonsense|rubbish|not true)[.,!”\"]|\bno\s+such\s+\w+|"
    r"\b(?:not|never|nor|isn['’]t|wasn['’]t|aren['’]t|weren['’]t)\b[^.;“”]{0,40}\b(?:true\b(?!\s+(?:is|are|was|were))|responsible|"
    r"involved|guilty|behind|to blame|correspond\w*)\b|\bno\s+(?:truth|basis|foundation|"
    r"record)\b|\bnothing\s+to\s+do\s+with\b|\bnothing\s+of\s+the\s+(?:kind|sort)\b|"
    r"\bnot\s+a\s+\w+\s+of\s+truth\b|\b(?:was|were|is|are)\s+(?:lying|mistaken)[\W_]*$|"
    r"^\W*(?:he|she|it|they|we|I)\s+(?:did|do|does)(?:\s+not|n['’]t)\s+(?:believe|accept)\b(?!\s+in\b)|^[\W_]*otherwise\W*$|"
    r"\b(?:his|her|their|its)\s+innocence\b|\bkn[eo]ws?\s+nothing\s+(?:of|about)\b|"
    r"^\W*(?:he|she|it|they|we|I)\s+(?:had|did|was|were|has|have|would|is|are)(?:\s+not|n['’]t)\W*$",
    re.I,
)
_LABEL: Final = re.compile(
    r"\b(?:invention|fabrications?|fabricated|forger(?:y|ies)|hoax|pure\s+speculation|lies?|nonsense|"
    r"baseless|unfounded|groundless|false|untrue|absurd|grotesque|ridiculous|fake|propaganda|fiction|"
    r"bogus|bunk|crap|garbage|hogwash|rubbish)\b"
    r"[^\w“”]*(?:from\s[\w\s]+)?[\W_]*$|\b(?:false|fake|bogus|fabricated|ridiculous|absurd)\s"
    r"(?:narrative|proposition|claim|charge|story|notion|idea|accusation|allegation|suggestion)\b",
    re.I,
)
_UNTRUE: Final = re.compile(
    r"\b(?:unsubstantiated|unproven|fabricated|baseless|unfounded|groundless|false|untrue|bogus|"
    r"invented|made[- ]up|fiction\w*|preposterous|nonsense|propaganda|lies?)\b",
    re.I,
)
_TO_DO: Final = re.compile(r"^[\W_]*(?:[\w’'-]+\s+){0,3}?(?:never\s+|not\s+)?to\s+\w+", re.I)
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
    base = next((t for t in tries if t in table), None)
    return lemma(word.rpartition("-")[2]) if base is None and "-" in word else base


_GUESSES: Final = frozenset(["apparently", "seemingly"])  # the writer's own, of what somebody does
_HEARD: Final = 200  # letters of what is said in which a contradiction shows; later it is argument
_SEEMING: Final = frozenset("seem seems seemed appear appears appeared seemingly".split())


def is_reporting(word: str) -> bool:
    """Whether a word can be a cue at all."""
    return lemma(word) is not None or word.casefold() in HEDGES


def stance_of(cue: str, before: str = "", content: str = "", sourced: bool = True) -> Stance:
    """The stance a cue takes to its content.

    `before` holds the few words of the same clause before the cue (a negation may stand outside the
    words marked as cue); `content` is what is said; `sourced` tells whether anyone is named for it
    (“it is believed” hedges, “the mayor believes” asserts).
    """
    words = _cue_words(cue)
    near = " ".join(_WORDS.findall(before)[-3:]).casefold()
    stances = [s for s in (_stance_of_word(w) for w in words) if s]
    guess = sourced and not HEDGES & set(words) - _GUESSES
    if HEDGES & set(words) and not (guess and "denies" in stances):
        return "hedges"
    if _CERTAIN.search(cue):
        return "asserts"
    phrase = next((stance for stance, form in _PHRASES if form.search(cue)), None)
    if (
        phrase == "hedges"
        and sourced
        and not re.search(r"sceptical|skeptical|doubtful|sure|clear|certain|known", cue, re.I)
    ):
        phrase = None
    if phrase == "denies" and re.search(r"\bissue\b", cue) and not _OF_CLAIM.search(content):
        return "accuses"
    if phrase:
        return "declines" if re.search(r"\b(?:not|n['’]t)\s+rul", cue, re.I) else phrase
    if words and lemma(words[-1]) == "rule" and re.search(r"^\W*(?:\w+\W+){1,4}out\W*$", content):
        return "denies"
    if "hedges" in stances and words[0] in _SEEMING:
        return "hedges"
    strong = [s for s in stances if s not in ("asserts", "hedges")]
    found: Stance = strong[0] if strong else (stances[-1] if stances else "asserts")
    negated = _CANNOT.search(cue) or _NOT.search(cue) or (
        len(words) == 1 and re.search(r"(?:\bnot|\bnever|n t|n['’]t|\bcannot)$", near)
    )  # fmt: skip
    if negated and "hedges" not in stances:
        return _negated(found, words, cue)
    if found == "denies":
        return _of_refusal(cue, content)
    if found == "declines" and re.search(r"\brebuff", cue, re.I) and _OF_CLAIM.search(content):
        return "denies"
    if found == "confirms" and words[-1][:5] == "agree" and re.match(r"\W*to\s", content):
        return "promises"
    return _by_content(words, content) if found == "asserts" else found


def _of_refusal(cue: str, content: str) -> Stance:
    """What “deny”, “reject” and “dismiss” do: a request denied is declined, and “dismissed him as a
    clown” passes judgement on a person; only what was said can be denied."""
    if _OF_CLAIM.search(cue):
        return "denies"
    judged = re.search(r"\bdismiss", cue, re.I) and re.search(r"\w\sas\s", content)
    if judged and not _OF_CLAIM.search(content) and not _LABEL.search(content):
        return "asserts"
    refused = _WITHHELD if re.search(r"\bden(?:y|ie[sd])", cue, re.I) else _REFUSED
    if re.search(r"\b(?:reject|dismiss|den(?:y|ie[sd]))", cue, re.I) and refused.search(content):
        return "denies" if _OF_CLAIM.search(content) else "declines"
    return "denies"


def _cue_words(cue: str) -> list[str]:
    """The words of a cue in small letters, without names in it (“said on Meet the Press”)."""
    words: list[str] = _WORDS.findall(cue)
    small = any(w[0].islower() for w in words)
    return [w.casefold() for n, w in enumerate(words) if not (n and small and w[0].isupper())]


def _by_content(words: list[str], content: str) -> Stance:
    """What a neutral cue does, told by the words said: a bare contradiction, a question, an order."""
    verbs = {lemma(w) for w in words}
    plain = not verbs - {None, "say", "tell", "insist", "maintain", "add", "reply", "respond", "state",
                         "write", "note", "retort", "answer", "declare", "stress", "counter", "explain",
                         "announce", "report", "quote", "show", "find", "suggest"}  # fmt: skip
    content = re.sub(r"[“”\"‘’](?![A-Za-z])|(?<![A-Za-z])[“”\"‘’]", "", content)[:_HEARD]
    false = _FALSE.search(content)
    if false and re.search(r"n['’]t\b", false.group()):
        false = None
    if false or _VERDICT.search(content) or (plain and _CONTRARY.search(content)):
        return "denies"
    if plain and _PLAIN_LIE.search(content):
        return "denies"
    if verbs & {"call", "describe", "label", "dub", "brand"} and (
        _LABEL.search(content) or (_OF_CLAIM.search(content) and _UNTRUE.search(content))
    ):
        return "denies"
    if not words and re.search(r"\?[\W_]*$", content):
        return "asks"  # a transcript: “HOST: Had you?”
    return "asks" if verbs & {"tell", "warn"} and _TO_DO.match(content) else "asserts"


def _stance_of_word(word: str) -> Stance | None:
    base = lemma(word)
    return _table()[base] if base else None


def _negated(found: Stance, words: list[str], cue: str) -> Stance:
    """What a negated cue does: “did not deny” and “could not confirm” tell us nothing either way."""
    if found in ("confirms", "denies", "declines", "promises", "asks"):
        return "declines"
    verbs = {lemma(w) for w in words} - {None}
    if verbs & {"believe", "think", "see", "agree", "expect", "consider"}:
        return "denies"
    if "accept" in verbs and not re.search(r"\b(?:was|were|is|are|been)\b", cue):
        return "denies"
    if verbs & {"say", "comment", "specify", "elaborate", "respond", "reply", "tell", "disclose",
                "reveal", "report", "explain", "know", "indicate", "mention", "describe",
                "announce", "remember", "suggest", "accuse", "criticize", "criticise", "blame",
                "provide", "return"}:  # fmt: skip
        return "declines"
    return (
        "declines" if re.search(r"\b(?:could|can|would|will)\b|n['’]t|cannot", cue, re.I) else found
    )
