"""Entries of the log: what stays for good, and the words that can be erased without a trace.

An entry is linked to all before it by a hash over its body and over the *seal* of its words. The
seal is a hash of the words with a random salt. Erase salt and words together, and every link still
checks out, yet nobody can test a guess of what the words were.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

import msgspec

from whence.store.values import decoded, torn
from whence.terms import Judgement

ERASED = "[removed]"
"""What stands for words that were erased with the document they were about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log as it is kept; without salt and words, they were erased."""

    id: str
    kind: str
    body: str
    sealed: str
    salt: str | None
    words: str | None
    hash: str

    def follows(self, previous: str) -> bool:
        """Whether it is what was written after the entry of this hash."""
        whole = self.words is None or sealed(self.salt or "", self.words) == self.sealed
        return whole and linked(previous, self.kind, self.body, self.sealed) == self.hash


def sealed(salt: str, words: str) -> str:
    """The seal of these words."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


def linked(previous: str, *parts: str) -> str:
    """The hash of an entry in its place: it covers all that came before it."""
    return hashlib.sha256("\n".join((previous, *parts)).encode()).hexdigest()


def made(previous: str, kind: str, body: dict[str, Any], words: dict[str, Any]) -> Entry:
    """A new entry after the one of this hash; it gets an id unless its body has one."""
    salt, said = secrets.token_hex(16), _json(words)
    seal = sealed(salt, said)
    id = body.get("id") or kind[:2] + linked(previous, kind, _json(body), seal)[:16]
    whole = _json({**body, "id": id})
    return Entry(id, kind, whole, seal, salt, said, linked(previous, kind, whole, seal))


def parted(judgement: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A judgement as what stays for good and as its words: quotes, value and reason."""
    body = {key: judgement[key] for key in judgement if key not in ("value", "why", "state")}
    words = {key: judgement.get(key) for key in ("value", "why")}
    words["quotes"] = [anchor["quote"] for anchor in judgement["about"]]
    body["about"] = [
        {key: anchor[key] for key in anchor if key != "quote"} for anchor in judgement["about"]
    ]
    return body, words


def judgement(body: str, words: str | None) -> Judgement:
    """The judgement an entry holds; where its words were erased, it says so."""
    whole = decoded(body, dict[str, Any])
    said = decoded(words, dict[str, Any]) if words is not None else {}
    try:
        quotes = said.pop("quotes", None) or [ERASED] * len(whole["about"])
        about = [{**a, "quote": quote} for a, quote in zip(whole["about"], quotes, strict=True)]
        return msgspec.convert({**whole, **said, "about": about}, Judgement)
    except (msgspec.MsgspecError, LookupError, TypeError, ValueError) as problem:
        raise torn(f"a judgement cannot be read ({problem})") from problem


def _json(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value, order="sorted").decode()
