"""What the shape of a short line tells: a title, a label, a bar of links, a caption, a name."""

from __future__ import annotations

import re

from whence.segment import wording
from whence.segment.pieces import Piece

VERBS = wording.words(
    "is are was were be been has have had will would can could may might must should does do did says"
    " say said tells told rejects reject tries try warns warn hits hit kills kill killed accuses accuse"
    " claims claim denies deny calls call urges urge seeks seek vows vow plans faces wins win loses lose"
    " leaves leave opens open ends begins begin starts start launches launch takes take makes make gets"
    " gives goes comes becomes keeps holds sends sets shows show sees finds find wants want needs means"
    " turns moves pushes pulls breaks blames blame slams blasts backs blocks bans approves agrees agree"
    " admits announces announced confirms confirm reveals reveal rises rise falls fall drops jumps fails"
    " fail dies die fires resigns quits joins meets visits arrives returns sinks collide collides crash"
    " crashes strikes target targets threatens threaten demands demand orders asks ask offers remains"
    " remain continues continue appears seems know knows think thinks stop stops end welcomes"
    " welcome answers answer mocks sells sell put mend demanded rejected denied accused warned vowed blamed"
    " claimed raises lifts cuts cut opens signs joins faces probes quits sues bans eyes mulls clears clear"
    " adopts elects names picks fines jails arrests detains expels summons recalls halts delays postpones"
)
_FINITE = wording.words("is are was were has have had will would can could should does did")
_PLACES = wording.words(
    "in at near outside on during after before from with of around over inside aboard along beside by"
    " for to behind under between"
)
NAME = re.compile(r"(?:(?:Dr|Prof|Sir|The)\.? )?[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'.-]*){0,3}\Z")


def asks(piece: Piece) -> bool:
    """Whether this is a title that ends with a question or a cry."""
    return piece.plain.endswith(("?", "!")) and piece.words <= 14 and titled(piece)


def listed(piece: Piece) -> bool:
    return bool(re.match(r"(?:[•◦▪●○‣·∙*+-]|\(?\d{1,3}[.)])\s", piece.text))


def dated(piece: Piece) -> bool:
    return piece.words <= 6 and bool(re.search(r"\b\d{1,2}\b.{1,16}\b(?:19|20)\d\d\b", piece.plain))


def link_bar(piece: Piece) -> bool:
    """Whether this is a bar of links: “Home News Sport”, “Impressum | Datenschutz”."""
    if re.match(r"(?:Home|Menu|Start|Front page|Main)\b", piece.plain):
        return all(word[0].isupper() for word in piece.plain.split())
    parts = piece.plain.split("|")
    return len(parts) > 1 and all(len(part.split()) <= 3 for part in parts)


def section_label(piece: Piece) -> bool:
    words = re.findall(r"[\w-]+", piece.plain.lower())
    return 0 < len(words) <= 3 and all(word in wording.SECTIONS or word == "the" for word in words)


def finite(piece: Piece) -> bool:
    return any(word.lower() in _FINITE for word in re.findall(r"[\w’']+", piece.plain))


def titled(piece: Piece) -> bool:
    """Whether the words are capitalised as in a title."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", piece.plain) if len(word) > 3]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def pictured(piece: Piece) -> bool:
    """Whether a loose line describes a picture: things in a place, and no verb."""
    if wording.PICTURED.search(piece.plain):
        return True
    if re.search(r"\w: \w", piece.plain) or piece.plain[:1] in "‘'“\"":
        return False  # a title with its topic before it, or with words that somebody said
    words = [word.lower() for word in re.findall(r"[\w’'-]+", piece.plain)]
    if len(words) < 6 or titled(piece) or any(word in VERBS for word in words):
        return False
    return any(word in _PLACES for word in words[1:]) and not piece.ended
