"""The sentences of our own in `own/*.txt`, as text and attributions with exact offsets.

`python own_read.py [FOLDER]` checks every passage and counts what is there; the markup is
explained in `own/README.md`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

OWN = Path(__file__).parent / "own"
STANCES = {"asserts", "denies", "accuses", "confirms", "hedges", "declines", "promises", "asks"}
ROUTES = {"told", "published", "reported", "broadcast"}
ROLES = {"s": "source", "c": "cue", "t": "content"}
TAG = re.compile(r"\[(?:([sct])(\d+(?:,\d+)*)|h(\d+(?:,\d+)*):([a-z]+)(\*?)) ")

Piece = tuple[int, int]


class Malformed(ValueError):
    """A passage that breaks the markup; says which passage and what is wrong."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One pair of brackets: what it marks, for which attributions, and the words inside."""

    role: str
    ids: tuple[str, ...]
    piece: Piece
    route: str = ""
    inherited: bool = False


@dataclass(slots=True)
class Made:
    """One attribution while its pieces are collected."""

    id: str
    source: list[Piece] = field(default_factory=list)
    cue: list[Piece] = field(default_factory=list)
    content: list[Piece] = field(default_factory=list)
    channels: list[Tagged] = field(default_factory=list)


def passages(folder: Path = OWN) -> Iterator[dict[str, Any]]:
    """Every passage of the folder: {id, text, annotations}, in the order of the files."""
    for path in sorted(folder.glob("*.txt")):
        for name, lines in split(path.read_text(encoding="utf-8"), path.name):
            yield passage(f"{path.stem}/{name}", lines)


def split(written: str, file: str) -> Iterator[tuple[str, list[str]]]:
    """The passages of one file by name; each begins with a line `--- name`."""
    name: str | None = None
    seen: set[str] = set()
    lines: list[str] = []
    for line in written.split("\n"):
        if not line.startswith("--- "):
            lines.append(line)
            continue
        if name:
            yield name, lines
        name, lines = line[4:].strip(), []
        if name in seen:
            raise Malformed(f"{file}: two passages are called {name}")
        seen.add(name)
    if name:
        yield name, lines


def passage(name: str, lines: list[str]) -> dict[str, Any]:
    """One passage as the training reads it: plain text, and attributions by offsets into it."""
    marked = "\n".join(line for line in lines if not line.startswith("= ")).strip("\n ")
    notes = notes_of(name, [line[2:] for line in lines if line.startswith("= ")])
    text, tagged = untagged(name, marked)
    made = collected(tagged)
    named = {
        n
        for note in notes.values()
        for key in ("answers", "within")
        for n in note.get(key, "").split()
    }
    for unknown in (notes.keys() | named) - made.keys() - {"none"}:
        raise Malformed(f"{name}: a note names {unknown}, which marks nothing")
    for each in made.values():
        if not each.cue or not each.content:
            raise Malformed(f"{name}: {each.id} lacks a cue or a content")
    inside = {one: notes.get(one, {}).get("within") or holder(made[one], made) for one in made}
    found = [
        annotation(text, each, notes.get(each.id, {}))
        | {"within": at(inside, each.id), "channels": hops(text, each, made, inside)}
        for each in sorted(made.values(), key=lambda m: (m.cue[0], m.id))
    ]
    return {"id": name, "text": text, "annotations": found}


def untagged(name: str, marked: str) -> tuple[str, list[Tagged]]:
    """The text without its brackets, and what each pair of brackets held."""
    text: list[str] = []
    open_: list[tuple[re.Match[str], int]] = []
    found: list[Tagged] = []
    at = 0
    while at < len(marked):
        char = marked[at]
        if char == "\\" and marked[at + 1 : at + 2] in {"[", "]", "\\"}:
            text.append(marked[at + 1])
            at += 2
        elif char == "[":
            tag = TAG.match(marked, at)
            if tag is None:
                wrong(name, f"no tag at “{marked[at : at + 30]}”")
            open_.append((tag, len(text)))
            at = tag.end()
        elif char == "]":
            if not open_:
                wrong(name, f"one bracket too many before “{marked[at : at + 30]}”")
            found.append(closed(name, *open_.pop(), "".join(text)))
            at += 1
        else:
            text.append(char)
            at += 1
    if open_:
        wrong(name, f"“{open_[-1][0].group()}” is never closed")
    return "".join(text), found


def closed(name: str, tag: re.Match[str], start: int, text: str) -> Tagged:
    """One pair of brackets at its end."""
    words = text[start:]
    if not words or words != words.strip():
        wrong(name, f"“{words}” is empty or has a space at its edge")
    role, ids, via, route, star = tag.groups()
    if role:
        return Tagged(ROLES[role], tuple(ids.split(",")), (start, len(text)))
    if route not in ROUTES:
        wrong(name, f"{route} is not a route")
    return Tagged("channel", tuple(via.split(",")), (start, len(text)), route, bool(star))


def collected(tagged: list[Tagged]) -> dict[str, Made]:
    """The pieces by attribution, in reading order."""
    made: dict[str, Made] = {}
    for each in sorted(tagged, key=lambda t: t.piece):
        for one in each.ids:
            mine = made.setdefault(one, Made(one))
            if each.role == "channel":
                mine.channels.append(each)
            else:
                getattr(mine, each.role).append(each.piece)
    return made


def notes_of(name: str, written: list[str]) -> dict[str, dict[str, str]]:
    """The notes under a passage: `= 1: denies, answers 2 | 3: hedges`."""
    notes: dict[str, dict[str, str]] = {}
    for part in " | ".join(written).split("|"):
        if not part.strip():
            continue
        one, _, words = part.partition(":")
        mine = notes.setdefault(one.strip(), {})
        for note in words.split(","):
            key, _, value = note.strip().partition(" ")
            if key in STANCES and "stance" not in mine:
                mine["stance"] = key
            elif key in {"reports", "imputed"} and not value:
                mine[key] = "yes"
            elif key in {"within", "answers", "form"} and value:
                mine[key] = value
            else:
                wrong(name, f"cannot read the note “{note.strip()}” on {one.strip()}")
    return notes


def annotation(text: str, mine: Made, notes: dict[str, str]) -> dict[str, Any]:
    """One attribution as a JSON object, but for its place among the others."""
    return {
        "id": mine.id,
        "source": [list(p) for p in mine.source],
        "cue": [list(p) for p in mine.cue],
        "content": [list(p) for p in mine.content],
        "stance": notes.get("stance", "asserts"),
        "form": notes.get("form") or form(text, mine.content),
        "imputed": "imputed" in notes,
        "reports": "reports" in notes,
        "answers": notes["answers"].split() if "answers" in notes else [],
    }


def at(inside: dict[str, str | None], one: str) -> str | None:
    """The attribution that holds this one; a note of “none” overrules the brackets."""
    return None if inside[one] == "none" else inside[one]


def hops(
    text: str, mine: Made, made: dict[str, Made], inside: dict[str, str | None]
) -> list[dict[str, Any]]:
    """The channels, nearest the speaker first: told, then reporters from inside out, then afar."""

    def distance(hop: Tagged) -> tuple[bool, float]:
        for one, each in made.items():
            if any(a <= hop.piece[0] and hop.piece[1] <= b for a, b in each.source):
                above, outer = 0, at(inside, one)
                while outer is not None:
                    above, outer = above + 1, at(inside, outer)
                return hop.inherited, -above
        return hop.inherited, float("-inf")

    return [
        {
            "name": text[hop.piece[0] : hop.piece[1]],
            "route": hop.route,
            "span": list(hop.piece),
            "inherited": hop.inherited,
        }
        for hop in sorted(mine.channels, key=distance)
    ]


def holder(mine: Made, made: dict[str, Made]) -> str | None:
    """The attribution whose content holds this one's cue most tightly, if there is one."""
    start, end = mine.cue[0]
    holding = [
        (b - a, other.id)
        for other in made.values()
        if other.id != mine.id
        for a, b in other.content
        if a <= start and end <= b
    ]
    return min(holding)[1] if holding else None


def form(text: str, content: list[Piece]) -> str:
    """Direct where every word stands in quotation marks, mixed where only some do."""
    pieces = [text[a:b].strip(" ,.") for a, b in content]
    if all(p[:1] in "“\"‘'«" and p[-1:] in "”\"’'»“" and whole(p) for p in pieces):
        return "direct"
    return "mixed" if any(re.search(r"[“\"«]|(?<!\w)[‘'](?=\w)", p) for p in pieces) else "indirect"


def whole(piece: str) -> bool:
    """Whether the first mark of quotation closes only at the end, or anew in each paragraph."""
    outside = re.sub(r"“[^”]*(?:”|$)|\"[^\"]*\"|«[^»]*»|^‘.*’$|^'.*'$", "", piece, flags=re.S)
    return not re.search(r"\w", re.sub(r"“[^“”]*\n+(?=“)", "", outside))


def wrong(name: str, what: str) -> NoReturn:
    raise Malformed(f"{name}: {what}")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OWN
    counts: Counter[str] = Counter()
    for each in passages(folder):
        counts["passages"] += 1
        counts["sentences"] += len(re.findall(r"[.!?…]+[”’\"')]*(?:\s|$)|\n\n", each["text"]))
        for one in each["annotations"]:
            counts["attributions"] += 1
            counts[one["stance"]] += 1
            counts[one["form"]] += 1
            counts["nested"] += one["within"] is not None
            counts["channels"] += len(one["channels"])
            for key in ("imputed", "reports", "answers"):
                counts[key] += bool(one[key])
    print(json.dumps(counts, indent=1))


if __name__ == "__main__":
    main()
