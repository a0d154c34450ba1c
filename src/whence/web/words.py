"""The words a reader sees for what the findings say: plain, and the same on every page."""

from __future__ import annotations

from whence.places.gazetteer import gazetteer
from whence.terms import (
    ConflictKind,
    Kind,
    OriginKind,
    QuoteForm,
    ReuseKind,
    Role,
    Route,
    Stance,
    TellingStance,
    Verdict,
    Voice,
    When,
)

STANCE: dict[Stance, str] = {
    "asserts": "Says",
    "denies": "Denies",
    "accuses": "Accuses",
    "confirms": "Confirms",
    "hedges": "Says with doubt",
    "declines": "Neither confirms nor denies",
    "promises": "Promises",
    "asks": "Asks",
}
LABEL: dict[Stance, str] = {
    "asserts": "says",
    "denies": "denies",
    "accuses": "accuses",
    "confirms": "confirms",
    "hedges": "unsure",
    "declines": "won’t say",
    "promises": "promises",
    "asks": "asks",
}
TELLING: dict[TellingStance, str] = {
    "asserts": "Say it is so",
    "denies": "Deny it",
    "hedges": "Leave it open",
    "relays": "Pass it on",
}
VOICE: dict[Voice, str] = {
    "speaker": "Somebody this page quotes or reports",
    "author": "This page’s own writer",
    "outlet": "Another outlet, whose words this page carries",
    "commenter": "A reader or poster, not the outlet",
}
FORM: dict[QuoteForm, str] = {
    "direct": "Quoted word for word",
    "indirect": "Retold in the writer’s words",
    "mixed": "Partly quoted, partly retold",
}
ROLE: dict[Role, str] = {
    "headline": "Headline",
    "byline": "Byline",
    "dateline": "Dateline",
    "body": "Text",
    "quote": "Quoted passage",
    "post": "Embedded post",
    "caption": "Caption",
    "comment": "Reader comment",
    "boilerplate": "Page furniture",
}
ROUTE: dict[Route, str] = {
    "told": "told to",
    "published": "published on",
    "reported": "reported by",
    "broadcast": "broadcast by",
}
KIND: dict[Kind, str] = {
    "person": "Person",
    "organisation": "Organisation",
    "group": "Group",
    "place": "Place",
    "document": "Document",
    "other": "Other",
}
ORIGIN: dict[OriginKind, str] = {
    "statement": "a statement",
    "eyewitness": "an eyewitness",
    "document": "a document",
    "imagery": "pictures",
    "unnamed": "an unnamed source",
    "unknown": "not known",
}
CONFLICT: dict[ConflictKind, str] = {
    "denial": "One denies what the other says",
    "number": "The numbers differ",
    "date": "The dates differ",
    "place": "The places differ",
    "name": "The names differ",
    "responsibility": "They blame different people",
    "drift": "The retelling changes what was said",
}
REUSE: dict[ReuseKind, str] = {
    "shared quotation": "Both quote the same words",
    "copied narration": "One tells it in the other’s words",
    "translation": "Both translate one original",
    "stock phrase": "A set phrase that anyone may use",
    "coincidence": "Alike by chance",
}
VERDICT: dict[Verdict, str] = {
    "accept": "Accepted",
    "reject": "Rejected",
    "not-a-statement": "Marked as not a statement",
    "stance-is": "Set what the speaker does",
    "speaker-is": "Set who said it",
    "span-is": "Corrected the words",
    "place-is": "Set the place",
    "same-entity": "Joined two names",
    "not-same-entity": "Kept two names apart",
    "same-claim": "Joined two claims",
    "not-same-claim": "Kept two claims apart",
    "is-copy-of": "Marked as a copy",
    "not-copy-of": "Marked as not a copy",
    "is-origin": "Marked as an origin",
    "not-origin": "Marked as not an origin",
    "add-statement": "Added a statement",
    "add-claim": "Added a claim",
    "add-exemplar": "Added a lost original",
    "metadata-is": "Corrected what we know of the document",
    "note": "Noted",
    "undo": "Took back a decision",
}
UNCHECKED = "Machine reading, unchecked"
UNRESOLVED = "Unresolved"
NOBODY = "Speaker unresolved"
BASIS = {"stated": "stated on the page", "inferred": "worked out", "unknown": "not known"}


def dated(when: When | None) -> str:
    """A date in words, with how we know it: “2031-05-04 (stated on the page)”."""
    if when is None or (when.first is None and when.last is None):
        return "date not known"
    first, last = _day(when.first), _day(when.last)
    if first is None:
        days = f"{last} or earlier"
    elif last is None:
        days = f"{first} or later"
    else:
        days = first if first == last else f"{first} to {last}"
    return f"{days} ({BASIS[when.basis]})"


def place_called(value: str) -> str:
    """The name of a place that a decision names by its key in the gazetteer, or by its name."""
    row = gazetteer().row(value) if value.startswith("geonames:") else None
    return f"{gazetteer().name(row)} ({value.replace(':', ' ')})" if row is not None else value


def _day(moment: str | None) -> str | None:
    """A day, or a day and a time to the minute, as people write them."""
    return moment[:16].replace("T", " at ") if moment is not None else None


def counted(number: int, one: str, many: str | None = None) -> str:
    """“1 document”, “3 documents”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def often(number: int) -> str:
    """“once”, “twice”, “3 times”."""
    return {1: "once", 2: "twice"}.get(number) or counted(number, "time")


def decision(verdict: Verdict, value: str | None) -> str:
    """A decision in words: “Set what the speaker does: Denies”."""
    if verdict == "speaker-is" and value is None:
        return f"{VERDICT[verdict]}: {UNRESOLVED.lower()}"
    if value is None or verdict in ("undo", "same-entity"):
        return VERDICT[verdict]
    field, _, what = value.partition("=")
    if verdict == "place-is":
        return f"{VERDICT[verdict]}: {place_called(value)}"
    if verdict == "metadata-is":
        return f"{field.capitalize()}: {what or 'not known'}"
    if verdict in ("span-is", "add-statement") and value.startswith("{"):
        return VERDICT[verdict]
    said = next((word for stance, word in STANCE.items() if stance == value), value)
    return f"{VERDICT[verdict]}: {said}"
