"""Write gold.jsonl from gold.txt: each annotated word is looked up in the text as it is read.

Run `python examples/sluice/gold.py` after a change to the pile or to gold.txt. What it writes are
the lines of the export format with the words themselves, and a few around them, in place of
offsets, so that the gold holds when a reader of pages changes its line breaks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from whence.ingest import Taken, gather

HERE = Path(__file__).parent
Line = dict[str, Any]
Place = tuple[int, int]
PRONOUNS = {"he", "she", "it", "i", "they", "we"}
QUOTED = re.compile(r"“[^”]*”")


class Mistake(ValueError):
    """A line of gold.txt whose words do not stand where it says."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document of the pile: its name, its text, and the mentions already taken in it."""

    name: str
    text: str
    taken: dict[Place, str | None] = field(default_factory=dict)

    def find(self, words: str, near: Place | None = None) -> Place:
        """The one place where these words stand; of several, the nearest to another place."""
        hits = self.all(words)
        if near is not None:
            line = self.line(near[0])
            inside = [hit for hit in hits if line[0] <= hit[0] and hit[1] <= line[1]]
            apart = [hit for hit in inside if hit[1] <= near[0] or hit[0] >= near[1]]
            hits = sorted(apart or inside or hits, key=lambda hit: distance(hit, near))[:1]
        if len(hits) != 1:
            raise Mistake(f"{self.name}: “{words}” stands {len(hits)} times")
        return hits[0]

    def all(self, words: str) -> list[Place]:
        """Every place where these words stand."""
        target = r"(?P<it>{})"
        if "[" in words:
            before, inside, after = re.split(r"[\[\]]", words)
            pattern = loose(before) + r"\s*" + target.format(loose(inside)) + r"\s*" + loose(after)
        elif " .. " in words or " ... " in words:
            first, dots, last = re.split(r" (\.{2,3}) ", words)
            between = r"[\s\S]*?" if dots == "..." else r"[^\n]*?"
            pattern = target.format(loose(first) + between + loose(last))
        else:
            pattern = r"(?<!\w)" + target.format(loose(words)) + r"(?!\w)"
        return [match.span("it") for match in re.finditer(pattern, self.text)]

    def line(self, at: int) -> Place:
        """The paragraph around a place."""
        end = self.text.find("\n", at)
        return self.text.rfind("\n", 0, at) + 1, len(self.text) if end < 0 else end

    def select(self, place: Place) -> Line:
        """The words at a place, with as many around them as it takes to find them again."""
        start, end = place
        words = self.text[start:end]
        first, last = self.line(start)[0], self.line(end)[1]
        for size in (0, 12, 24, 48, 96):
            low, high = max(first, start - size), min(last, end + size)
            if size == 96:
                low, high = max(0, start - size), min(len(self.text), end + size)
            prefix, suffix = self.text[low:start], self.text[end:high]
            pattern = rf"(?={loose(prefix)}\s*(?P<it>{loose(words)})\s*{loose(suffix)})"
            hits = {match.span("it") for match in re.finditer(pattern, self.text)}
            if hits == {place}:
                found = {"quote": words, "prefix": prefix.strip(), "suffix": suffix.strip()}
                return {key: value for key, value in found.items() if value}
        raise Mistake(f"{self.name}: “{words}” cannot be told from its doubles")


def loose(words: str) -> str:
    """A pattern for these words with any white space between them."""
    return r"\s+".join(re.escape(word) for word in words.split())


def distance(one: Place, other: Place) -> int:
    """How many characters lie between two places."""
    return max(other[0] - one[1], one[0] - other[1], 0)


@dataclass(slots=True)
class Book:
    """What has been read of gold.txt so far."""

    pages: dict[str, Page]
    lines: list[Line] = field(default_factory=list)
    page: Page | None = None
    author: str = ""
    basis: str = "stated"
    contents: dict[str, tuple[Page, list[Place]]] = field(default_factory=dict)
    claim: Line = field(default_factory=dict)

    @property
    def here(self) -> Page:
        if self.page is None:
            raise Mistake("a document must come first")
        return self.page

    def named(self, short: str) -> Page:
        """A document by the beginning and the line number of its name: 03#2."""
        start, _, number = short.partition("#")
        for name, page in self.pages.items():
            if name.startswith(start) and name.endswith("#" + number if number else ""):
                return page
        raise Mistake(f"no document {short}")

    def at(self, where: str) -> Line:
        """A place in any document, written `03#2: words`."""
        short, words = where.split(": ", 1)
        page = self.named(short)
        hits = page.all(words)
        if not hits:
            raise Mistake(f"{page.name}: “{words}” stands nowhere")
        return {"doc": page.name, "at": page.select(hits[0])}


def fields(text: str) -> dict[str, str]:
    """`a=b; c=d` as a mapping."""
    pairs = (each.split("=", 1) for each in text.split(";") if each.strip())
    return {key.strip(): value.strip() for key, value in pairs}


def entity(book: Book, cells: list[str]) -> None:
    known = fields(cells[4])
    book.lines.append(
        {
            "type": "entity", "id": cells[0], "kind": cells[1], "named": known.pop("named", "") != "no",
            "name": cells[2], "also": [each.strip() for each in cells[3].split(";") if each.strip()],
            "same_as": [], **known,
        }
    )  # fmt: skip


def document(book: Book, cells: list[str]) -> None:
    known = fields(cells[1])
    book.page = book.pages[cells[0]]
    book.author, book.basis = known.pop("author", ""), known.pop("basis", "stated")
    line: Line = {"type": "document", "id": cells[0], "name": cells[0]}
    date, credit = known.pop("published", None), known.pop("credit", None)
    if "#" in cells[0]:
        container, member = cells[0].split("#")
        line["within"] = {"container": container, "member": member}
    line |= known | {"read": known.get("read") != "no"}
    line["published"] = {"first": date, "last": date, "basis": "stated"} if date else None
    line["credits"] = []
    if credit:
        name, words = credit.split(" @ ")
        line["credits"] = [{"name": name, "span": book.here.select(book.here.find(words))}]
    book.lines.append(line)


def block(book: Book, cells: list[str]) -> None:
    known, page = fields(cells[2]), book.here
    place = page.find(cells[1])
    identity = f"{page.name}:{known.pop('id', place[0])}"
    if "within" in known:
        known["within"] = f"{page.name}:{known['within']}"
    book.lines.append(
        {"type": "block", "id": identity, "doc": page.name, "place": place, "role": cells[0], **known}
    )  # fmt: skip


def bodies(book: Book) -> None:
    """The lines that no block names are body."""
    named: dict[str, list[Place]] = {}
    for line in book.lines:
        if line["type"] == "block":
            named.setdefault(line["doc"], []).append(line["place"])
    for page in book.pages.values():
        start = 0
        for start, end in free(page.text, sorted(named.get(page.name, []))):
            rest = {"type": "block", "id": f"{page.name}:{start}", "doc": page.name}
            book.lines.append(rest | {"place": (start, end), "role": "body"})
    for line in book.lines:
        if line["type"] == "block":
            line["at"] = book.pages[line["doc"]].select(line.pop("place"))


def free(text: str, taken: list[Place]) -> Iterator[Place]:
    """The stretches of a text, line by line, that lie outside the places taken."""
    edges = [0, *(edge for place in taken for edge in place), len(text)]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        for match in re.finditer(r"[^\n]+", text[low:high]):
            words = match.group()
            if words.strip():
                start = low + match.start() + len(words) - len(words.lstrip())
                yield start, start + len(words.strip())


def attribution(book: Book, cells: list[str]) -> None:
    page, known = book.here, fields(cells[5])
    content = [page.find(words) for words in cells[3].split(" + ")]
    book.contents[cells[0]] = (page, content)
    cue = [page.find(words, content[0]) for words in pieces(cells[2])]
    source = [page.find(words, (cue or content)[0]) for words in pieces(cells[1])]
    voice = known.get("voice", "speaker")
    speaker = known.get("speaker") or (book.author if voice == "author" else None)
    book.lines.append(
        {
            "type": "attribution", "id": cells[0], "doc": page.name,
            "form": known.get("form") or form(page, content),
            "source": [page.select(each) for each in sorted(source)],
            "cue": [page.select(each) for each in cue],
            "content": [page.select(each) for each in sorted(content)],
            "speaker": speaker, "candidates": known.get("maybe", "").split(), "stance": cells[4], "voice": voice,
            "channels": channels(page, known), "within": known.get("within"),
            "reports": known.get("reports") == "yes", "answers": known.get("answers", "").split(),
            "charges": known.get("charges", "").split(),
            "evidence": evidence(page, known), "said": said(page, known),
            "imputed": known.get("imputed") == "yes", "confidence": 1.0,
        }
    )  # fmt: skip
    for place in source:
        if place not in page.taken:
            take(book, place, speaker, None)


def pieces(words: str) -> list[str]:
    return [] if words == "-" else words.split(" + ")


def form(page: Page, content: list[Place]) -> str:
    """Direct where all stands in quotation marks, indirect where nothing does."""
    words = " ".join(page.text[start:end] for start, end in content)
    rest = QUOTED.sub("", words)
    if rest == words:
        return "indirect"
    return "mixed" if re.search(r"\w", rest) else "direct"


def channels(page: Page, known: dict[str, str]) -> list[Line]:
    if "via" not in known:
        return []
    name, route, *words = known["via"].split()
    inherited = words[0] == "inherited"
    span = page.select(page.all(" ".join(words[inherited:]))[0])
    return [{"name": name, "route": route, "span": span, "inherited": inherited}]


def evidence(page: Page, known: dict[str, str]) -> list[Line]:
    if "evidence" not in known:
        return []
    kind, words = known["evidence"].split(" ", 1)
    return [{"kind": kind, "span": page.select(page.find(words))}]


def said(page: Page, known: dict[str, str]) -> Line | None:
    if "said" not in known:
        return None
    day, words = known["said"].split(" ", 1)
    span = page.select(page.all(words)[-1])
    return {"first": day, "last": day, "basis": "stated", "span": span}


def take(book: Book, place: Place, who: str | None, shape: str | None) -> None:
    page = book.here
    page.taken[place] = who
    words = page.text[slice(*place)]
    known = {line["id"]: line for line in book.lines if line["type"] == "entity"}
    if shape is None:
        names = [name for line in known.values() for name in (line["name"], *line["also"])]
        proper = any(name in words and name[0].isupper() for name in names)
        proper = proper and not words.startswith(("A ", "An ", "The operator", "the mayor of"))
        shape = "name" if proper else "nominal"
        shape = "pronoun" if words.lower() in PRONOUNS else shape
    kind = known[who]["kind"] if who else "person" if words == "he" else "other"
    line = {"type": "mention", "doc": page.name, "at": page.select(place), "kind": kind}
    book.lines.append(line | {"entity": who, "candidates": [], "form": shape})


def mention(book: Book, cells: list[str]) -> None:
    """All places where the words stand, but for those inside a longer name of the same."""
    page = book.here
    hits = page.all(cells[0])
    if not hits:
        raise Mistake(f"{page.name}: “{cells[0]}” stands nowhere")
    names = [each for each in page.taken if page.taken[each] == cells[1]]
    for start, end in hits:
        if not any(low <= start and end <= high for low, high in names):
            take(book, (start, end), cells[1], cells[2] or "name")


def time(book: Book, cells: list[str]) -> None:
    page, known = book.here, fields(cells[4])
    first, last, of = (None if each == "-" else each for each in cells[1:4])
    basis = "stated" if first or last or known else "unknown"
    for place in page.all(cells[0])[:1]:
        line: Line = {"type": "time", "doc": page.name, "at": page.select(place)}
        line |= {"first": first, "last": last, "duration": known.get("duration")}
        book.lines.append(line | {"basis": basis, "of": of})
        return
    raise Mistake(f"{page.name}: “{cells[0]}” stands nowhere")


def quantity(book: Book, cells: list[str]) -> None:
    page, amount = book.here, cells[1]
    value, low, high = amount, "", ""
    if "-" in amount:
        value = ""
        low, _, high = amount.partition("-")
    line: Line = {"type": "quantity", "doc": page.name, "at": page.select(page.all(cells[0])[0])}
    numbers = {"value": value, "low": low, "high": high}
    line |= {key: float(each) if each else None for key, each in numbers.items()}
    book.lines.append(line | {"unit": cells[2], "counted": cells[3], "hedge": cells[4] or None})


def exemplar(book: Book, cells: list[str]) -> None:
    seen = [book.at(each) for each in cells[2:] if each]
    line = {"type": "exemplar", "id": cells[0], "name": cells[1], "lost": True, "evidence": seen}
    book.lines.append(line)


def passage(book: Book, cells: list[str]) -> None:
    left, right = book.at(cells[2]), book.at(cells[3])
    same = SequenceMatcher(None, left["at"]["quote"].split(), right["at"]["quote"].split(), False)
    identity = None if cells[1] == "translation" else round(same.ratio(), 2)
    line = {"type": "passage", "id": cells[0], "left": left, "right": right, "kind": cells[1]}
    book.lines.append(line | {"identity": identity, "why": cells[4]})


def edge(book: Book, cells: list[str]) -> None:
    known = fields(cells[6])
    exemplars = {line["id"] for line in book.lines if line["type"] == "exemplar"}
    above = cells[1] if cells[1] in exemplars else book.named(cells[1]).name
    line: Line = {
        "type": "edge",
        "id": cells[0],
        "exemplar": above,
        "copy": book.named(cells[2]).name,
    }
    line |= {"kind": cells[3], "certain": cells[4] == "certain", "why": cells[5]}
    lists = {key: known.get(key, "").split() for key in ("passages", "claims")}
    book.lines.append(line | lists)


def claim(book: Book, cells: list[str]) -> None:
    known = fields(cells[2])
    day = known.get("when")
    book.claim = {
        "type": "claim", "id": cells[0], "gloss": cells[1], "tellings": [],
        "part_of": known.get("part_of"), "who": known.get("who", "").split(),
        "when": {"first": day, "last": day, "basis": "inferred"} if day else None,
        "where": known.get("where", "").split(),
    }  # fmt: skip
    book.lines.append(book.claim)


def telling(book: Book, cells: list[str]) -> None:
    page, content = book.contents[cells[0]]
    places = content
    if cells[2]:
        hits = page.all(cells[2])
        places = [hit for hit in hits if any(a <= hit[0] and hit[1] <= b for a, b in content)]
        if len(places) != 1:
            raise Mistake(f"{page.name}: “{cells[2]}” stands {len(places)} times in {cells[0]}")
    spans = [page.select(each) for each in places]
    book.claim["tellings"].append({"attribution": cells[0], "spans": spans, "stance": cells[1]})


def origins(book: Book, cells: list[str]) -> None:
    least, most = int(cells[0]), int(cells[1])
    counted = {"at_least": least, "at_most": most, "named": [], "why": cells[2]}
    book.claim["origins"] = counted


def origin(book: Book, cells: list[str]) -> None:
    known = {"name": cells[0], "kind": cells[1], "attributions": cells[2].split()}
    book.claim["origins"]["named"].append(known)


def conflict(book: Book, cells: list[str]) -> None:
    known = fields(cells[6])
    number = sum(line["type"] == "conflict" for line in book.lines) + 1
    line = {"type": "conflict", "id": f"conflict-{number}", "rank": int(cells[0]), "kind": cells[1]}
    line |= {"left": book.at(cells[2]), "right": book.at(cells[3])}
    claims = [] if cells[4] == "-" else cells[4].split()
    book.lines.append(line | {"claims": claims, "edge": known.get("edge"), "why": cells[5]})


KINDS = {
    "E": entity, "D": document, "B": block, "A": attribution, "M": mention, "T": time,
    "Q": quantity, "X": exemplar, "P": passage, "L": edge, "C": claim, "t": telling,
    "o": origins, "n": origin, "K": conflict,
}  # fmt: skip


def build(text: str, pages: dict[str, Page]) -> list[Line]:
    """The lines of the gold, from the annotations and the texts that they speak of."""
    book, faults = Book(pages), list[str]()
    _, _, annotations = text.partition("\n----\n")
    for raw in annotations.splitlines():
        if raw.strip():
            kind, _, rest = raw.partition(" ")
            cells = [cell.strip() for cell in rest.split("|")]
            try:
                KINDS[kind](book, cells + [""] * 8)
            except (Mistake, ValueError, KeyError) as wrong:
                faults.append(f"{raw}\n    {wrong}")
    if faults:
        raise Mistake("\n".join(faults))
    bodies(book)
    return book.lines


def main() -> None:
    taken = [each for each in gather([HERE / "pile"]) if isinstance(each, Taken)]
    pages = {each.document.name: Page(each.document.name, each.document.text) for each in taken}
    lines = build((HERE / "gold.txt").read_text(encoding="utf-8"), pages)
    written = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (HERE / "gold.jsonl").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
