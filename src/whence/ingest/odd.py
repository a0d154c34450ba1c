"""Text that is not what it seems: signs that no reader sees, turn words round, or pass for others.

Nothing is changed: the text stays as it is, and a remark says what to look out for.
"""

from __future__ import annotations

import re

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u3164\ufeff\U000e0001]")
_JOINERS = re.compile("(?<=[^\\W\\d_])[\u200c\u200d]+(?=[^\\W\\d_]|\\s|\\Z)")
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af]")
_TAGS = re.compile("(?<![\U000e0020-\U000e007f\U0001f3f4])[\U000e0020-\U000e007f]+")
_MIXED = re.compile(
    "[A-Za-z\u00c0-\u024f][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z\u00c0-\u024f]"
    "|[A-Za-z][\u0391-\u0397\u0399-\u03a1\u03bf\u03bd](?![A-Za-z]?\\W)[A-Za-z]"
)
_STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{10}")
_NOT_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)


def remarks(text: str) -> tuple[str, ...]:
    """What is odd about this text: `bidi-controls`, `invisible-chars`, `mixed-script` …"""
    if text.isascii():
        return ()
    found = [name for name, pattern in _SIGNS if pattern.search(text)]
    if "invisible-chars" not in found and _joined(text):
        found.append("invisible-chars")
    return tuple(dict.fromkeys(found))


def _joined(text: str) -> bool:
    """Whether joiners stand in a word whose script has no use for them (Latin, Cyrillic …)."""
    return any(not _JOINING.match(text[at.start() - 1]) for at in _JOINERS.finditer(text))


_SIGNS = (
    ("bidi-controls", _BIDI),
    ("invisible-chars", _UNSEEN),
    ("invisible-chars", _TAGS),
    ("mixed-script", _MIXED),
    ("odd-text", _STACKED),
    ("control-chars", _NOT_CHARACTERS),
)
