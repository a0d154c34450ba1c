"""The only opener of models: one pass of a small encoder over a text, and what its heads found.

The encoder reads overlapping windows of word pieces. An *anchor* is the first piece of a cue; for
each anchor a second head says which pieces are its source, its cue and its content, so that
attributions may share words and may hold one another. Offsets are code points of the text given;
the text itself is never changed.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from whence.terms import Extent, Extents, Kind

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Offsets = Sequence[tuple[int, int]]

MODELS = Path(__file__).parent / "models"
CLS, SEP = 101, 102
WINDOW, STRIDE = 254, 166  # word pieces of text per window, and from one window to the next
ANCHORS = 16  # cues asked about at a time: each looks at its whole window, which takes memory
NAME_TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
NAME_KINDS: dict[str, Kind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
HEAD_KINDS: tuple[Kind, ...] = ("other", "person", "organisation", "place")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When the reader speaks and when it keeps silent."""

    anchor: float = 0.45  # a cue is looked at from here on
    frayed: float = 1.5  # cost, in nats, of beginning or ending content between two pieces
    switch: float = 0.0  # cost of any other change of role
    edge: float = 0.3  # how much the network's own view of where content begins and ends counts
    head: float = 0.5  # a mention
    link: float = 0.5  # an antecedent


# How often finds of a raw confidence proved right on PolNeAR dev (bench/attribution prints the
# diagram); between the points the line is straight.
_RAW = (0.0, 0.34, 0.51, 0.66, 0.79, 0.88, 0.94, 0.976, 0.992, 1.0)
_RIGHT = (0.0, 0.40, 0.48, 0.53, 0.64, 0.73, 0.84, 0.92, 0.97, 0.98)


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as the model reads it: three roles in pieces, and how sure it is."""

    source: Extents
    cue: Extents
    content: Extents
    confidence: float


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a person, organisation or place."""

    start: int
    end: int
    kind: Kind
    confidence: float


@dataclass(frozen=True, slots=True)
class Head:
    """The head word of a mention, and the head word of the mention it refers back to, if any."""

    at: Extent
    kind: Kind
    back: Extent | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Read:
    """What one pass over a text found, in reading order."""

    said: tuple[Said, ...]
    names: tuple[Named, ...]
    heads: tuple[Head, ...]


def shapes_of(text: str, at: Offsets) -> Ints:
    """For each word piece what its letters lost: capitals (0-7) and the break before it (0-3) * 8."""
    out = np.zeros(len(at), np.int64)
    before = 0
    for i, (a, b) in enumerate(at):
        word = text[a:b]
        if word[:1].isdigit():
            kind = 4
        elif not word[:1].isalpha():
            kind = 5
        elif word.islower():
            kind = 0 if i == 0 or a != before else 6
        elif word.isupper() and len(word) > 1:
            kind = 3
        elif word[:1].isupper():
            kind = 1
        else:
            kind = 2
        gap = text[before:a]
        breaks = gap.count("\n")
        jump = 3 if breaks > 1 else 2 if breaks else 1 if gap else 0
        out[i] = kind + 8 * jump
        before = b
    return out


def _session(path: Path) -> Any:
    import onnxruntime  # late: it is slow to load, and not every command reads

    wish = onnxruntime.SessionOptions()
    wish.log_severity_level = 3
    wish.add_session_config_entry("session.intra_op.allow_spinning", "0")  # a laptop's battery
    return onnxruntime.InferenceSession(path, wish, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@cache
def _sentence_encoder(folder: Path) -> tuple[Tokenizer, Any]:
    return _tokenizer(folder / "tokenizer.json"), _session(folder / "encoder.onnx")


def vectors(sentences: Sequence[str], folder: Path = MODELS) -> Floats:
    """One vector of length one per sentence, [sentences, 384]; near in meaning is near in angle.

    Sentences are cut after 126 word pieces. Each goes through alone: the scale of its numbers is
    set by what goes through together, and a vector must not depend on its neighbours.
    (all-MiniLM-L6-v2, int8.)
    """
    tokenizer, encoder = _sentence_encoder(folder)
    out = np.zeros((len(sentences), 384), np.float32)
    for row, each in enumerate(sentences):
        pieces = tokenizer.encode(each, add_special_tokens=False).ids[:126]
        if pieces:
            out[row] = encoder.run(None, {"ids": np.array([[CLS, *pieces, SEP]], np.int64)})[0][0]
    return out


@dataclass(frozen=True, slots=True)
class Models:
    """The opened networks and the cutter of words into pieces."""

    tokenizer: Tokenizer
    encoder: Any
    roles: Any

    @staticmethod
    @cache
    def open(folder: Path = MODELS) -> Models:
        """The models of a folder, opened once per process."""
        return Models(
            _tokenizer(folder / "tokenizer.json"),
            _session(folder / "reader.onnx"),
            _session(folder / "roles.onnx"),
        )


def hashes(folder: Path = MODELS) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of every weight file that readings depend on."""
    files = sorted([*folder.glob("*.onnx"), *folder.glob("tokenizer.json")])
    return tuple((f.name, hashlib.sha256(f.read_bytes()).hexdigest()) for f in files)


def available(folder: Path = MODELS) -> bool:
    """Whether weights lie there. Without them attributions are found by patterns alone."""
    return (folder / "reader.onnx").exists()


def windows(pieces: int) -> list[tuple[int, int]]:
    """Overlapping windows [start, end) over that many pieces; the last one is flush right."""
    if pieces <= WINDOW:
        return [(0, pieces)] if pieces else []
    starts = [*range(0, pieces - WINDOW, STRIDE), pieces - WINDOW]
    return [(a, a + WINDOW) for a in starts]


def central(cut: list[tuple[int, int]], pieces: int) -> list[tuple[int, int]]:
    """For each window the stretch of pieces it answers for: nobody else sees more around them."""
    edges = [0]
    edges += [(a[1] + b[0]) // 2 for a, b in itertools.pairwise(cut)]
    edges.append(pieces)
    return list(itertools.pairwise(edges))


def softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    out: Floats = powers / powers.sum(-1, keepdims=True)
    return out


def best_path(scores: Floats, change: Floats, edges: Floats | None = None) -> Ints:
    """For each row of [rows, pieces, roles] log-probabilities its likeliest role per piece, when
    going from one role to another costs `change[from, to]` nats (Viterbi 1967).

    `edges` [rows, pieces, 2] is what speaks, in nats, for the last role beginning or ending there.
    """
    rows, length, roles = scores.shape
    total = scores[:, 0].copy()
    came = np.zeros((rows, length, roles), np.int64)
    for i in range(1, length):
        ways = total[:, :, None] - change[None]
        if edges is not None:
            ways[:, :-1, -1] += edges[:, i, :1]
            ways[:, -1, :-1] += edges[:, i - 1, 1:]
        came[:, i] = ways.argmax(1)
        total = ways.max(1) + scores[:, i]
    path = np.zeros((rows, length), np.int64)
    path[:, -1] = total.argmax(-1)
    every = np.arange(rows)
    for i in range(length - 1, 0, -1):
        path[:, i - 1] = came[every, i, path[:, i]]
    return path


_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|\*\*|__|(?<=\n)#{1,6}(?= )")


def plain(text: str) -> str:
    """The text with inline markup blanked out, code point for code point."""
    return _MARKUP.sub(lambda mark: " " * len(mark.group()), text)


class Cut:
    """A text in word pieces, padded windows of it, and the way back to code points."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        cut = tokenizer.encode(plain(text), add_special_tokens=False)
        self.text = text
        self.at: list[tuple[int, int]] = cut.offsets
        self.ids = np.array(cut.ids, np.int64)
        self.shapes = shapes_of(text, self.at)
        self.inner = np.array([t.startswith("##") for t in cut.tokens], bool)
        self.windows = windows(len(self.ids))

    def batch(self, first: int, last: int) -> tuple[Ints, Ints]:
        rows = self.windows[first:last]
        wide = max(b - a for a, b in rows) + 2
        ids = np.zeros((len(rows), wide), np.int64)
        shapes = np.zeros_like(ids)
        for row, (a, b) in enumerate(rows):
            ids[row, : b - a + 2] = [CLS, *self.ids[a:b], SEP]
            shapes[row, 1 : b - a + 1] = self.shapes[a:b]
        return ids, shapes

    def extents(self, chosen: Sequence[int]) -> Extents:
        """Runs of chosen pieces as extents of the text."""
        out: list[list[int]] = []
        last = -2
        for i in chosen:
            a, b = self.at[i]
            if i == last + 1:
                out[-1][1] = b
            else:
                out.append([a, b])
            last = i
        return tuple((a, b) for a, b in out if a < b)

    def whole_word(self, i: int) -> Extent:
        first = last = i
        while first > 0 and self.inner[first]:
            first -= 1
        while last + 1 < len(self.inner) and self.inner[last + 1]:
            last += 1
        return self.at[first][0], self.at[last][1]


def _said(
    cut: Cut, models: Models, answers: dict[str, Floats], knobs: Thresholds
) -> list[tuple[int, Said]]:
    """Attributions of one batch of windows whose anchors lie in each window's own stretch."""
    chances = 1 / (1 + np.exp(-answers["anchor"]))
    asked: list[tuple[int, int]] = []
    for number, (window, (own_first, own_last)) in enumerate(
        zip(answers["windows"], answers["own"], strict=True)
    ):
        for at in np.flatnonzero(chances[number] > knobs.anchor).tolist():
            piece = int(window[0]) + at - 1
            if own_first <= piece < own_last and not cut.inner[piece]:
                asked.append((number, at))
    if not asked:
        return []
    scores = np.concatenate([
        models.roles.run(None, {"hidden": answers["hidden"], "at": np.array(some, np.int64)})[0]
        for some in (asked[i : i + ANCHORS] for i in range(0, len(asked), ANCHORS))
    ])  # fmt: skip
    shares = softmax(scores[..., :4])
    edges = np.clip(scores[..., 4:], -6, 6) * knobs.edge
    change = np.full((4, 4), knobs.switch, np.float32)
    change[0, 3] = change[3, 0] = knobs.frayed
    np.fill_diagonal(change, 0)
    paths = best_path(np.log(shares + 1e-9), change, edges)
    found = []
    for (row, col), path, share in zip(asked, paths, shares, strict=True):
        first, last = int(answers["windows"][row, 0]), int(answers["windows"][row, 1])
        path = path[1 : last - first + 1].copy()
        share = share[1 : last - first + 1]
        own_inner = cut.inner[first:last]
        for i in (np.flatnonzero(own_inner[1:]) + 1).tolist():
            path[i] = path[i - 1]  # a word has one role: that of its beginning
        roles = [cut.extents((np.flatnonzero(path == r) + first).tolist()) for r in (1, 2, 3)]
        if not roles[2]:
            continue
        anchor = cut.whole_word(first + col - 1)
        cue = tuple(e for e in roles[1] if e[0] <= anchor[0] < e[1]) or (anchor,)
        taken = share[np.arange(len(path)), path]
        sure = [float(taken[path == r].mean()) for r in (1, 2, 3) if (path == r).any()]
        confidence = float(chances[row, col]) * float(np.prod(sure)) ** 0.5
        confidence = float(np.interp(confidence, _RAW, _RIGHT))
        found.append((first + col - 1, Said(roles[0], cue, roles[2], confidence)))
    return found


def _lawful() -> Floats:
    """What it costs to go from one name tag to the next: inside follows only its own beginning."""
    out = np.zeros((len(NAME_TAGS), len(NAME_TAGS)), np.float32)
    for n, before in enumerate(NAME_TAGS):
        for m, after in enumerate(NAME_TAGS):
            if after.startswith("I-") and before[1:] != after[1:]:
                out[n, m] = 1e4
    return out


def _names(cut: Cut, tags: Floats) -> list[Named]:
    """Names from tag probabilities [pieces, 7]: the likeliest lawful tags of whole words."""
    words = np.flatnonzero(~cut.inner)
    if not len(words):
        return []
    ends = [*words[1:].tolist(), len(cut.inner)]
    path = best_path(np.log(tags[words] + 1e-6)[None], _lawful())[0].tolist()
    found: list[Named] = []
    for number, (tag, first, end) in enumerate(zip(path, words.tolist(), ends, strict=True)):
        if not tag:
            continue
        start, stop = cut.at[first][0], cut.at[end - 1][1]
        sure = float(tags[first, tag])
        if NAME_TAGS[tag].startswith("I-") and found and number and path[number - 1]:
            last = found.pop()
            found.append(Named(last.start, stop, last.kind, min(last.confidence, sure)))
        else:
            found.append(Named(start, stop, NAME_KINDS[NAME_TAGS[tag][2:]], sure))
    return [_ended(cut.text, name) for name in found]


def _ended(text: str, name: Named) -> Named:
    """The name without a small word at its end (“Tam Rook of”), if it has a capital at all."""
    words = text[name.start : name.end]
    while (
        (cut := words.rstrip().rfind(" ")) > 0
        and words[:1].isupper()
        and words[cut + 1 :].islower()
    ):
        words = words[:cut].rstrip()
    return Named(name.start, name.start + len(words), name.kind, name.confidence)


def _heads(cut: Cut, answers: dict[str, Floats], row: int, knobs: Thresholds) -> list[Head]:
    """Mention heads of one window's own stretch, each with its antecedent in the window."""
    first, last = (int(x) for x in answers["windows"][row])
    kinds = softmax(answers["mention"][row])[1 : last - first + 1]
    is_head = kinds[:, 1:].sum(-1) > knobs.head
    cols = np.flatnonzero(is_head)
    if not len(cols):
        return []
    query, key = answers["link_q"][row][cols + 1], answers["link_k"][row][cols + 1]
    scores = query @ key.T / np.sqrt(query.shape[-1])
    scores = np.where(np.tri(len(cols), dtype=bool), scores, -1e4).astype(np.float32)
    chances = softmax(scores)
    own_first, own_last = (int(x) for x in answers["own"][row])
    found = []
    for n, col in enumerate(cols.tolist()):
        piece = first + col
        if not own_first <= piece < own_last:
            continue
        best = int(chances[n].argmax())
        back = None if best == n else cut.whole_word(first + int(cols[best]))
        kind = HEAD_KINDS[int(kinds[col, 1:].argmax()) + 1]
        found.append(Head(cut.whole_word(piece), kind, back, float(chances[n, best])))
    return found


def read(
    text: str, models: Models | None = None, knobs: Thresholds = Thresholds(), rows: int = 8
) -> Read:
    """Everything the reader finds in a text: attributions, names, mention heads.

    `rows` windows go through the encoder at a time, which bounds memory whatever the length.
    """
    models = models or Models.open()
    cut = Cut(text, models.tokenizer)
    if not len(cut.ids):
        return Read((), (), ())
    own = central(cut.windows, len(cut.ids))
    said: list[tuple[int, Said]] = []
    heads: list[Head] = []
    tags = np.zeros((len(cut.ids), len(NAME_TAGS)), np.float32)
    for at in range(0, len(cut.windows), rows):
        ids, shapes = cut.batch(at, at + rows)
        names = ("hidden", "anchor", "names", "mention", "link_q", "link_k")
        out = models.encoder.run(list(names), {"ids": ids, "shapes": shapes})
        answers = dict(zip(names, out, strict=True))
        answers["windows"] = np.array(cut.windows[at : at + rows])
        answers["own"] = np.array(own[at : at + rows])
        said += _said(cut, models, answers, knobs)
        for row, (first, _) in enumerate(cut.windows[at : at + rows]):
            a, b = own[at + row]
            tags[a:b] = softmax(answers["names"][row])[a - first + 1 : b - first + 1]
            heads += _heads(cut, answers, row, knobs)
    in_order = tuple(each for _, each in sorted(said, key=lambda pair: pair[0]))
    return Read(in_order, tuple(_names(cut, tags)), tuple(heads))
