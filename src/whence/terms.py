"""The words Whence uses, as frozen types: one word, one meaning, one type.

They mirror the export format line for line (`docs/format.md`). `docs/glossary.md` is generated
from the docstrings here. `None` means "not said or not settled"; an empty tuple means "looked for,
and there is none". Every offset counts Unicode code points of a document's text, `[start, end)`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "headline", "byline", "dateline", "body", "quote", "post", "caption", "comment", "boilerplate"
]
Kind = Literal["person", "organisation", "group", "place", "document", "other"]
PlaceKind = Literal["country", "division", "city", "region", "river", "site", "other"]
NameForm = Literal["name", "nominal", "pronoun", "modifier"]
QuoteForm = Literal["direct", "indirect", "mixed"]
Stance = Literal[
    "asserts", "denies", "accuses", "confirms", "hedges", "declines", "promises", "asks"
]
Voice = Literal["speaker", "author", "outlet", "commenter"]
Route = Literal["told", "published", "reported", "broadcast"]
Basis = Literal["stated", "inferred", "unknown"]
TimeOf = Literal["utterance", "event", "publication"]
ReuseKind = Literal[
    "shared quotation", "copied narration", "translation", "stock phrase", "coincidence"
]
EdgeKind = Literal["copies", "translates", "quotes", "reports"]
TellingStance = Literal["asserts", "denies", "hedges", "relays"]
OriginKind = Literal["statement", "eyewitness", "document", "imagery", "unnamed", "unknown"]
ConflictKind = Literal["denial", "number", "date", "place", "name", "responsibility", "drift"]
EvidenceKind = Literal["imagery", "document", "eyewitness", "intercept", "other"]
Verdict = Literal[
    "same-entity", "not-same-entity", "speaker-is", "place-is", "same-claim", "not-same-claim",
    "is-copy-of", "not-copy-of", "is-origin", "not-origin", "span-is", "stance-is",
    "not-a-statement", "add-statement", "add-claim", "add-exemplar", "metadata-is", "note",
    "accept", "reject", "undo",
]  # fmt: skip
State = Literal["standing", "superseded", "orphaned"]

Extent = tuple[int, int]
Extents = tuple[Extent, ...]
"""Words in pieces: `((start, end), …)` of one document's text, in reading order."""


def checked(extents: Extents) -> Extents:
    """The extents, if every one holds at least one code point and they are in order."""
    last = 0
    for start, end in extents:
        if not last <= start < end:
            raise ValueError(f"extent {start}:{end} is empty, backward or out of order")
        last = end
    return extents


def finding_id(kind: str, doc: str, *spans: Extents) -> str:
    """An id made of the type, the document and the spans alone, so that it survives every run."""
    words = ";".join(",".join(f"{a}:{b}" for a, b in each) for each in spans)
    return kind[:2] + hashlib.sha256(f"{kind}|{doc}|{words}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand: code points [start, end) of one document's text."""

    doc: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}:{self.end} of {self.doc} is empty or backward")


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time: first and last ISO date or time (either may be open), and how we know."""

    first: str | None = None
    last: str | None = None
    basis: Basis = "unknown"
    span: Extent | None = None


@dataclass(frozen=True, slots=True)
class Credit:
    """Someone whom the page itself names as where its words or pictures come from."""

    name: str
    span: Extent | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """The container (archive, feed, JSON Lines file) and the member of it that a document was."""

    container: str
    member: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One retrieval of the same address."""

    retrieved: str | None
    address: str | None
    bytes_sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """One publication: raw bytes at one address or name, and the text read from them."""

    id: str
    name: str
    text: str
    bytes_sha256: str
    media_type: str
    language: str | None = None
    read: bool = True
    within: Within | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    translator: str | None = None
    published: When | None = None
    updated: When | None = None
    retrieved: str | None = None
    address: str | None = None
    credits: tuple[Credit, ...] = ()
    version_of: str | None = None
    captures: tuple[Capture, ...] = ()


Box = tuple[float, float, float, float]
"""Left, bottom, right, top: points (1/72 inch) from the lower left corner of a page."""
Line = tuple[int, int, float, float, float, float]
"""Start and end of the words of one line of a page, and its box."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where a stretch of the text stood in the original: “page 3”, “chapter2.xhtml”.

    A page has its number, its box (`frame`) and its lines with theirs, where the file tells.
    """

    start: int
    end: int
    where: str
    page: int | None = None
    frame: Box | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Original:
    """How a document's text lies in the bytes that it was read from, and what is odd about them.

    `mapped` is true where each code point of the text is one of the source, decoded as `encoding`
    says: `runs` are (start, end, start in the source, end there), empty where both are the same.
    It is false where the format has no characters to count (PDF, Word, mail …); `parts` then says
    in which page or file each stretch stood. It is null where an older version took the document.
    """

    doc: str
    mapped: bool | None = None
    encoding: str | None = None
    runs: tuple[tuple[int, int, int, int], ...] = ()
    parts: tuple[Part, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document with one role; the leaves tile the text without overlap."""

    id: str
    doc: str
    start: int
    end: int
    role: Role
    within: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what is mentioned. `named` is false for “a ministry source”."""

    id: str
    kind: Kind
    named: bool
    name: str
    also: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    place_kind: PlaceKind | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name or describe someone, some place, something."""

    doc: str
    start: int
    end: int
    kind: Kind
    entity: str | None = None
    candidates: tuple[str, ...] = ()
    form: NameForm = "name"


@dataclass(frozen=True, slots=True)
class Channel:
    """A way the words travelled: “told Reuters”, “on its Facebook page”."""

    name: str
    route: Route
    span: Extent | None = None
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a speaker points to: pictures, a paper, what they saw, an intercept."""

    kind: EvidenceKind
    span: Extent | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source says a content, signalled by a cue; it may hold another inside."""

    id: str
    doc: str
    form: QuoteForm
    source: Extents
    cue: Extents
    content: Extents
    stance: Stance = "asserts"
    voice: Voice = "speaker"
    speaker: str | None = None
    candidates: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    within: str | None = None
    reports: bool = False
    answers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    said: When | None = None
    imputed: bool = False
    confidence: float = 1.0

    def __post_init__(self) -> None:
        checked(self.source), checked(self.cue), checked(self.content)
        if not self.content:
            raise ValueError("an attribution without content says nothing")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time, and the interval it stands for where the text settles it."""

    doc: str
    start: int
    end: int
    first: str | None = None
    last: str | None = None
    duration: str | None = None
    basis: Basis = "unknown"
    of: TimeOf | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: a value or a range, its unit, what is counted, and the hedge before it."""

    doc: str
    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    counted: str | None = None
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand, nearly the same, in two documents."""

    id: str
    left: Span
    right: Span
    kind: ReuseKind
    identity: float
    why: str


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A text that the pile does not hold but that its documents copy: a lost release or page."""

    id: str
    name: str
    evidence: tuple[Span, ...] = ()
    lost: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the stemma: the copy had it from the exemplar."""

    id: str
    exemplar: str
    copy: str
    kind: EdgeKind
    certain: bool
    why: str
    passages: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """The part of one attribution that asserts, denies, hedges or relays a claim."""

    attribution: str
    spans: Extents
    stance: TellingStance


@dataclass(frozen=True, slots=True)
class Origin:
    """A first-hand beginning of a claim: a statement, an eyewitness, a document, imagery."""

    name: str
    kind: OriginKind
    attributions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind a claim in this pile: a range, and why."""

    at_least: int
    at_most: int | None
    named: tuple[Origin, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition, stated in one plain sentence, with its tellings."""

    id: str
    gloss: str
    tellings: tuple[Telling, ...]
    part_of: str | None = None
    who: tuple[str, ...] = ()
    when: When | None = None
    where: tuple[str, ...] = ()
    origins: Origins | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims, or two tellings of one, that cannot both be right."""

    id: str
    rank: int
    kind: ConflictKind
    left: Span
    right: Span
    why: str
    claims: tuple[str, ...] = ()
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a judgement is about: a type of finding, where it stands, and its words at the time."""

    type: str
    doc: str
    spans: Extents
    quote: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, anchored on spans and their words."""

    id: str
    verdict: Verdict
    about: tuple[Anchor, ...]
    by: str
    at: str
    value: str | None = None
    why: str | None = None
    replaces: str | None = None
    state: State = "standing"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be taken, and why. Nothing else in the batch is affected."""

    name: str
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis: code version, model hashes, time; every finding names its run."""

    code: str
    models: tuple[tuple[str, str], ...]
    at: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one document by itself, before any other is looked at."""

    document: Document
    blocks: tuple[Block, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sources: tuple[tuple[str, Extent | None, float], ...] = ()
    """For each attribution id, the antecedent of its source in this document, and how sure."""
