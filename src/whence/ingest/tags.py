"""What tags and class names say about the text inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from whence.terms import Role

Attributes = dict[str, str]
NEAR = 60  # tags outward that are looked at; what lies further out says nothing new


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = _set("area base br col embed hr img input link meta param source track wbr")
SILENT = _set(
    "script style template noscript svg math iframe object canvas audio video select textarea"
    " datalist map picture frameset noframes"
)
PARAGRAPHS = _set(
    "p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table figure section article header footer nav aside"
    " main pre address hr form fieldset details"
)
BLOCKS = PARAGRAPHS | _set(
    "div li dt dd tr thead tbody tfoot caption figcaption summary legend option body html center"
)
_TAG_ROLES: dict[str, Role] = {
    "nav": "boilerplate", "footer": "boilerplate", "aside": "boilerplate", "form": "boilerplate",
    "button": "boilerplate", "h1": "headline", "h2": "headline", "h3": "headline",
    "h4": "headline", "h5": "headline", "h6": "headline", "figcaption": "caption",
    "blockquote": "quote", "time": "dateline",
}  # fmt: skip
_WORDS: tuple[tuple[str, Role], ...] = (
    (r"(twitter-tweet|tweet|instagram-media|fb-post|telegram-post|bluesky-embed|social-post)",
     "post"),
    (r"(comments?(-?(list|area|section|thread|container|wrapper|content|body|text|item))?"
     r"|commentlist|disqus(-thread)?|responses?|replies|reply-list|post-message)", "comment"),
    (r"((wp-)?caption(-?text)?|photo-?credit|image-?(credit|caption)|media-?caption)", "caption"),
    (r"(by-?line|post-?author|article-?author|entry-?author|author-?name|writer)", "byline"),
    (r"(date-?line|publish(ed)?-?(date|time)|pub-?date|post-?date|entry-?date|article-?date"
     r"|timestamp|date)", "dateline"),
    (r"(share|sharing|share-.*|social(-.*)?|related(-.*)?|recommend(ed|ations?)?(-.*)?|newsletter(-.*)?"
     r"|subscribe(-.*)?|promo(-.*)?|breadcrumbs?|cookies?(-.*)?|consent(-.*)?|advert(isement)?s?(-.*)?"
     r"|ads?|sponsored|tags|tag-list|menu(-.*)?|nav(bar|igation)?(-.*)?|sidebar(-.*)?|disclaimer"
     r"|copyright|author-?(bio|box|info)|about-?author|read-?(more|next)|most-?(read|popular)"
     r"|trending|paywall|skip-link|screen-reader-text|site-(header|footer)|footer|kicker"
     r"|reply(-.*)?|comment-(reply|respond|form|meta|metadata|notes)|respond)", "boilerplate"),
)  # fmt: skip
_BY_WORD = tuple((re.compile(pattern + r"\Z"), role) for pattern, role in _WORDS)
_NAMES = re.compile(
    r"(comment-?author(-name)?|fn|author(-name)?|user-?name|nick(name)?|commenter(-name)?|by|poster)\Z"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d])"
)
_TWEET_BY = re.compile(r"[—–-]\s*(.{1,80}?)\s*\(@\w{1,30}\)")


@dataclass(slots=True)
class Open:
    """A tag that is open, and what it says of the text inside."""

    tag: str
    role: Role | None = None
    by: str | None = None
    silent: bool = False
    hidden: bool = False
    start: int = 0
    pieces: int = 0
    gap_before: int = 0
    names: Open | None = None  # the comment or post whose writer this tag names
    said: list[str] = field(default_factory=list)


def opened(tag: str, found: Attributes, outer: list[Open]) -> Open:
    """What this tag says: its role, whether it is shown at all, whose name it holds."""
    words = f"{found.get('class', '')} {found.get('id', '')}".lower().replace("_", "-").split()[:40]
    hidden = "hidden" in found or bool(_HIDDEN.search(found.get("style", "").lower()[:2000]))
    inside = next(
        (each for each in reversed(outer[-NEAR:]) if each.role in ("comment", "post")), None
    )
    role = _role(tag, words, outer)
    if hidden:
        role = "boilerplate"
    names = None
    if inside is not None and inside.by is None and role != "comment":
        name_like = tag == "cite" or any(_NAMES.match(word) for word in words)
        if name_like or found.get("rel") == "author" or found.get("itemprop") == "author":
            names = inside
    return Open(tag, role, silent=tag in SILENT, hidden=hidden, names=names)


def _role(tag: str, words: list[str], outer: list[Open]) -> Role | None:
    by_word = next(
        (role for pattern, role in _BY_WORD for word in words if pattern.match(word)), None
    )
    in_comment = any(each.role == "comment" for each in outer[-NEAR:])
    if tag in ("body", "html", "main"):
        return None
    if tag in ("article", "header") and by_word not in ("comment", "post"):
        return None
    if by_word:
        if in_comment and by_word in ("byline", "dateline", "caption"):
            return "boilerplate"
        return by_word
    if in_comment:
        if tag == "li":
            return "comment"
        return (
            "boilerplate"
            if tag in ("h1", "h2", "h3", "h4", "h5", "h6", "time", "form", "button")
            else None
        )
    return _TAG_ROLES.get(tag)


def closed_by(tag: str, outer: list[Open]) -> Iterator[str]:
    """The tags that this one closes without their saying so."""
    if not outer:
        return
    last = outer[-1].tag
    if (last == "p" and tag in PARAGRAPHS) or (
        tag == last and tag in ("li", "dt", "dd", "tr", "td", "th", "option")
    ):
        yield last


def clean_name(said: str) -> str | None:
    """A commenter's name without the words around it; None where nothing is left."""
    name = re.sub(r"\s+", " ", said).strip()
    name = re.sub(r"\s*(says|said|wrote|writes|replied|commented)?\s*:?\Z", "", name)
    return name if 0 < len(name) <= 60 else None


def poster(said: str) -> str | None:
    """Who posted an embedded tweet, by the line that signs it."""
    found = _TWEET_BY.search(said)
    return found.group(1).strip() if found else None
