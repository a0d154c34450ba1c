"""Reader comments and copied posts: where they begin, whose each is, and who answers whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whence.segment import wording
from whence.segment.days import AGO
from whence.segment.pieces import Piece, dateline_name
from whence.terms import Role

_BULLET = re.compile(r"[“\"]?(?:[•◦▪●○‣·∙*+-]|>)\s+")
_NUMBER = re.compile(r"\(?\d{1,4}[.)]\s+")
_SAYS = re.compile(
    r"(?P<by>[^:.!?]{1,50}?) (?:says|said|wrote|writes|replied|commented|responded)"
    r"(?: (?:on|at) (?P<when>[^:]{4,40}(?::\d\d[^:]{0,12})?))?\s*:\s*(?P<rest>.*)\Z",
    re.DOTALL,
)
_ANSWERS = re.compile(
    r"(?P<by>[\w @.’'-]{1,40}?)\s*(?:[→➜↪▶>]|in reply to|replying to|replied to)\s*"
    r"(?P<to>[\w @.’'-]{1,40}?)(?:\s*[•·|,–-].*)?\Z"
)
_ANSWERS_LINE = re.compile(
    r"(?:↳|↪)?\s*(?:in reply to|replying to|reply to)\s*:?\s*(?P<to>[\w @.’'-]{1,40})\Z", re.I
)
_BESIDE = re.compile(
    r"(?P<by>\w[\w @.’'-]{0,38}?)\s*(?:[•·|–—(]|,\s|\s-\s)\s*(?P<when>.{3,40}?)\)?\Z"
)
_POSTER = re.compile(r"[“\"]?(?P<by>[^@\n]{1,50}?) ?@(?P<handle>\w{2,30})(?:\s*[·•].{0,30})?\Z")
_TALK = re.compile(
    r"\b(?:you|your|you’re|you're|yours|yourself)\b|\b(?:lol|haha+|imo|imho|btw|yup|nope|gosh|wtf|smh)\b|!{2,}",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"replying to @|\b\d+ (?:replies|retweets)\b|\b(?:says|replied|commented):|@\w{3,}|(?:^|\s)reply\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:\d+ )?(?:comments?|thoughts?|responses?|replies)\b(?: ?\(?\d+\)?)?(?: (?:on|to) .*)?:?",
    re.IGNORECASE,
)
_PRONOUNS = wording.words("he she they it who one that this i we you and but as")


@dataclass(frozen=True, slots=True)
class Node:
    """A comment or a post: pieces first..last, who wrote it if shown, the node it stands in."""

    first: int
    last: int
    role: Role
    by: str | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class _Header:
    by: str | None
    to: str | None
    size: int


def begins(found: list[Piece]) -> int | None:
    """The piece with which the comments begin; None where the page has none."""
    prose = [i for i, piece in enumerate(found) if piece.role == "body"]
    if not prose:
        return None
    starts = [
        start for start in (_heading(found, prose), _headed(found, prose[0]), _list(found, prose[0]))
        if start is not None
    ]  # fmt: skip
    return min(starts, default=None)


def _heading(found: list[Piece], prose: list[int]) -> int | None:
    """A heading such as “12 Comments” after the article, with what can only be comments below."""
    for i in range(prose[0] + 1, len(found)):
        if found[i].words > 14 or not wording.COMMENTS_HEAD.fullmatch(found[i].plain):
            continue
        below = found[i + 1 :]
        if any(_header(found, j) or _button(found[j]) for j in range(i + 1, len(found))):
            return i
        words = sum(piece.words for piece in below if piece.role == "body")
        before = sum(found[j].words for j in prose if j < i)
        talk = sum(bool(_TALK.search(piece.plain)) for piece in below)
        if _COUNTED.fullmatch(found[i].plain) and words and (words <= 3 * before or talk > 1):
            return i
    return None


def _headed(found: list[Piece], first: int) -> int | None:
    """The first “Name says:” with a date, or name and time, after the article began."""
    heads = [(i, header) for i in range(first + 1, len(found)) if (header := _header(found, i))]
    if not heads:
        return None
    buttons = sum(
        _button(piece) and "repl" in piece.plain.lower() for piece in found[heads[0][0] :]
    )
    says = sum(bool(_SAYS.match(found[i].plain)) and header.size > 1 for i, header in heads)
    if says or (buttons and len(heads) + buttons >= 2):
        return heads[0][0]
    return None


def _list(found: list[Piece], first: int) -> int | None:
    """A list after the article that talks as readers talk: nested, and to somebody."""
    last_plain = max(
        (i for i, piece in enumerate(found)
         if piece.role == "body" and piece.indent == 0 and not _item(piece)),
        default=-1,
    )  # fmt: skip
    items = [i for i in range(max(last_plain, first) + 1, len(found)) if _item(found[i])]
    if not items:
        return None
    zone = found[items[0] :]
    indents = {piece.indent for piece in zone if _item(piece)}
    talk = sum(bool(_TALK.search(piece.plain)) for piece in zone)
    signs = sum(bool(_SIGN.search(piece.plain)) for piece in zone)
    score = (len(indents) > 1) + (min(indents) > 0) + 2 * bool(signs) + min(talk, 2)
    return items[0] if score >= 3 and (talk or signs) else None


def threads(found: list[Piece], start: int) -> tuple[list[Piece], list[Node]]:
    """The pieces of the comments, labelled, and a node for each comment."""
    out, nodes = list(found), list[Node]()
    open_: list[tuple[int, int]] = []  # (indent, node), outermost first
    i = start
    if wording.COMMENTS_HEAD.fullmatch(out[i].plain) and not _header(out, i):
        out[i] = replace(out[i], role="boilerplate", why="is the heading of the comments")
        i += 1
    any_heads = any(_header(out, j) for j in range(i, len(out)))
    while i < len(out):
        header = _header(out, i)
        begins_one = bool(header) or (not any_heads and _opens_item(out, i, open_, nodes))
        if header and _item(out[i]) and not _opens_item(out, i, open_, nodes):
            begins_one = False
        if begins_one:
            within = _parent(out[i], header, open_, nodes)
            nodes.append(Node(i, i, "comment", header.by if header else None, within))
            open_.append((out[i].indent, len(nodes) - 1))
        size = header.size if header and begins_one else 1
        for j in range(i, min(i + size, len(out))):
            out[j] = _labelled(out[j], bool(header and begins_one))
        i += size
        if open_:
            for _, node in open_:
                nodes[node] = replace(nodes[node], last=i - 1)
    return out, nodes


def _labelled(piece: Piece, header: bool) -> Piece:
    heads = wording.COMMENTS_HEAD.fullmatch(piece.plain)
    if not header and (heads or _button(piece) or _page_again(piece)):
        return replace(piece, role="boilerplate", why="is a button under a comment")
    return replace(piece, role="comment", why="stands among the comments", by=None)


def _page_again(piece: Piece) -> bool:
    """Whether the page speaks again: a form, a notice, a link."""
    if _item(piece):
        return False
    notice = piece.words <= 12 and wording.NAVIGATION.fullmatch(piece.plain)
    return bool(notice or (piece.indent == 0 and wording.LEGAL.search(piece.plain)))


def _parent(
    piece: Piece, header: _Header | None, open_: list[tuple[int, int]], nodes: list[Node]
) -> int | None:
    """The comment that this one answers, as indentation or “in reply to” shows; closes others."""
    while open_ and open_[-1][0] >= piece.indent and not (header and header.to):
        open_.pop()
    if header and header.to:
        for depth in range(len(open_) - 1, -1, -1):
            if nodes[open_[depth][1]].by == header.to:
                del open_[depth + 1 :]
                return open_[depth][1]
        open_.clear()
        return None
    return open_[-1][1] if open_ else None


def _opens_item(
    found: list[Piece], i: int, open_: list[tuple[int, int]], nodes: list[Node]
) -> bool:
    """Whether a list item begins a comment; “2.” under a bullet is a point within its comment."""
    piece = found[i]
    if _BULLET.match(piece.text):
        return True
    if not _NUMBER.match(piece.text):
        return False
    if not open_:
        return True
    same = [node for indent, node in open_ if indent == piece.indent]
    return bool(same) and bool(_NUMBER.match(found[nodes[same[-1]].first].text))


def _item(piece: Piece) -> bool:
    return bool(_BULLET.match(piece.text) or _NUMBER.match(piece.text))


def _button(piece: Piece) -> bool:
    return piece.words <= 8 and bool(wording.REPLY_BUTTON.fullmatch(piece.plain))


def _bare(piece: Piece) -> str:
    """The words of a list item without its bullet or number."""
    return _NUMBER.sub("", piece.plain, count=1) if _NUMBER.match(piece.plain) else piece.plain


def _header(found: list[Piece], i: int) -> _Header | None:
    """The line or lines that name a commenter, if a comment begins here."""
    text = _bare(found[i])
    if not text or len(text) > 400:
        return None
    says = _SAYS.match(text)
    if says and _name_like(says["by"]):
        dated = i + 1 < len(found) and _moment(found[i + 1].plain)
        if not says["rest"]:
            return _Header(_name(says["by"]), None, 2 if dated else 1)
        handle = says["by"]
        if " " not in handle and (handle[0].islower() or re.search(r"[\d_]", handle)):
            return _Header(handle, None, 1)
        return None
    if found[i].words > 14 or (found[i].ended and not re.search(r"\b[A-ZÀ-Þ]\.\Z", text)):
        return None
    answers = _ANSWERS.match(text)
    nexts = found[i + 1] if i + 1 < len(found) else None
    dated = bool(nexts and _moment(nexts.plain))
    if answers and (dated or AGO.search(text)) and _name_like(answers["by"]):
        return _Header(_name(answers["by"]), _name(answers["to"]), 2 if dated else 1)
    name = _beside(text)
    if name:
        return _Header(_name(name), None, 1)
    if nexts and _name_like(text) and not _button(found[i]):
        to = _ANSWERS_LINE.match(nexts.plain)
        if to and i + 2 < len(found) and _moment(found[i + 2].plain):
            return _Header(_name(text), _name(to["to"]), 3)
        if dated and found[i].role != "dateline":
            return _Header(_name(text), None, 2)
    return None


def _beside(text: str) -> str | None:
    """The name in “Netta • 3 hours ago” or “Netta May 4, 2031 at 9:12”."""
    found = _BESIDE.match(text)
    if found and _name_like(found["by"]) and _moment(found["when"]):
        return found["by"]
    words = text.split()
    for size in range(1, min(4, len(words))):
        name = " ".join(words[:size])
        if _name_like(name) and _moment(" ".join(words[size:])):
            return name
    return None


def _moment(text: str) -> bool:
    """Whether these few words are a date or “3 hours ago”."""
    if len(text) > 60:
        return False
    if AGO.fullmatch(text.strip(" ()·•|").removesuffix("(edited)").strip()):
        return True
    return dateline_name(text) == ""


def _name_like(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 4 or len(text) > 40 or text.lower() in _PRONOUNS:
        return False
    if wording.NAVIGATION.fullmatch(text) or words[0].lower() in _PRONOUNS:
        return False
    return len(words) == 1 or words[0][0].isupper() or any(map(str.isdigit, text))


def _name(text: str) -> str | None:
    return re.sub(r"\A(?:#\d+|avatar|@)\s*", "", text, flags=re.IGNORECASE).strip(" ,:•·|-") or None


def copied_posts(found: list[Piece]) -> list[Node]:
    """Posts copied with their buttons: from “Name @handle” to the counts or the closing mark."""
    nodes: list[Node] = []
    i = 0
    while i < len(found):
        head = _POSTER.match(_bare(found[i]))
        last = _post_end(found, i) if head and found[i].words <= 8 else None
        if head and last:
            nodes.append(Node(i, last, "post", head["by"].strip(' “"') or None))
            i = last
        i += 1
    return nodes


def _post_end(found: list[Piece], i: int) -> int | None:
    signed = False
    for j in range(i + 1, min(i + 14, len(found))):
        text = found[j].plain
        if _item(found[j]):
            return None
        signed = signed or bool(re.search(r"replying to @|\bago\b", text, re.IGNORECASE))
        if re.search(r"\b\d[\d.,k]* (?:retweets?|likes?|replies|reposts?)\b", text, re.IGNORECASE):
            return j
        if signed and found[i].plain.lstrip("0123456789. ").startswith("“") and text.endswith("”"):
            return j
    return None
