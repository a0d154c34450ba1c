"""What a page's head states about the page: title, outlet, writer, dates, language, address."""

from __future__ import annotations

import json
import re
from typing import Any

from whence.ingest.stated import moment
from whence.ingest.tags import Attributes
from whence.ingest.values import Stated

_META = {
    "og:title": ("title", 1), "twitter:title": ("title", 3), "dc.title": ("title", 2),
    "og:site_name": ("outlet", 1), "application-name": ("outlet", 3), "dc.publisher": ("outlet", 2),
    "article:author": ("byline", 2), "author": ("byline", 1), "dc.creator": ("byline", 2),
    "byl": ("byline", 1), "article:published_time": ("published", 0),
    "og:published_time": ("published", 1), "datepublished": ("published", 0),
    "date": ("published", 1), "dc.date": ("published", 1), "pubdate": ("published", 1),
    "article:modified_time": ("updated", 0), "datemodified": ("updated", 0),
    "og:url": ("address", 1), "content-language": ("language", 1),
}  # fmt: skip
_HEAD_TAGS = ("head", "meta", "title", "link", "base", "script", "style", "noscript", "template",
              "html")  # fmt: skip
_ARTICLES = ("NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "OpinionNewsArticle",
             "AnalysisNewsArticle", "LiveBlogPosting", "SocialMediaPosting", "WebPage")  # fmt: skip
_LONGEST = 500


class Head:
    """Collects what the head states while the walk goes past it."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}
        self._days: list[str] = []
        self._others: list[str] = []  # of fields that some sites use for other dates
        self._inside = False
        self._listening: str | None = None
        self._heard: list[str] = []
        self.remarks: list[str] = []

    def takes(self, tag: str, found: Attributes) -> bool:
        """Whether this tag belongs to the head, so that nothing of it is text of the page."""
        if tag == "html" and found.get("lang"):
            self._state("language", 0, found["lang"].split("-")[0].lower())
        if tag == "head":
            self._inside = True
        elif tag not in _HEAD_TAGS:
            self._inside = False
        if tag == "meta":
            self._meta(found)
        elif tag == "link" and "canonical" in found.get("rel", "").lower().split():
            self._state("address", 0, found.get("href", ""))
        elif tag == "title" and self._inside:
            self._listening, self._heard = "title", []
        elif tag == "script" and "ld+json" in found.get("type", ""):
            self._listening, self._heard = "script", []
            return False
        return self._inside and tag not in ("script", "style", "noscript", "template")

    def hears(self, data: str) -> bool:
        """Whether these words are the head's: a title or a record, not text of the page."""
        if self._listening is not None:
            self._heard.append(data)
            return True
        return self._inside

    def closes(self, tag: str) -> None:
        """A tag ends; a title or a record that was being heard is complete."""
        if tag == "head":
            self._inside = False
        if tag != self._listening:
            return
        heard, self._listening = "".join(self._heard), None
        if tag == "title":
            self._state("title", 4, heard)
        else:
            self._record(heard)

    def stated(self) -> Stated:
        """What was stated, the surest place first."""
        found = {field: value for field, (_, value) in self._found.items()}
        if "title" in found and "outlet" in found:
            found["title"] = _without(found["title"], found["outlet"])
        days = sorted({each[:10] for each in self._days})
        if len(days) > 1:
            self.remarks.append("date-conflict")
            first, last = min(self._days), max(self._days)
            return Stated(**{**found, "published": first, "published_last": last})
        years = {each[:4] for each in (*self._days, *self._others)}
        if days and len(years) > 1:
            self.remarks.append("date-conflict")
        return Stated(**found)

    def _meta(self, found: Attributes) -> None:
        name = found.get("property") or found.get("name") or found.get("itemprop")
        name = (name or found.get("http-equiv", "")).lower()
        if name in _META and found.get("content"):
            field, rank = _META[name]
            self._state(field, rank, found["content"])

    def _record(self, heard: str) -> None:
        """What a JSON-LD record says of the article; a broken one says nothing."""
        try:
            got = json.loads(heard)
        except (ValueError, RecursionError):
            return
        for each in _records(got):
            kind = each.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if not any(name in _ARTICLES for name in kinds):
                continue
            self._state("title", 0, each.get("headline"))
            self._state("outlet", 0, _name(each.get("publisher")))
            self._state("byline", 0, _name(each.get("author")))
            self._state("published", 0, each.get("datePublished"))
            self._state("updated", 0, each.get("dateModified"))

    def _state(self, field: str, rank: int, value: object) -> None:
        if not isinstance(value, str):
            return
        value = re.sub(r"\s+", " ", value).strip()
        if field in ("published", "updated"):
            value = moment(value) or ""
        unsafe = field == "address" and not re.match(r"https?://[^\s\\]+\Z", value)
        if unsafe or (field == "byline" and value.startswith("http")):
            return
        if not value or len(value) > _LONGEST:
            return
        if field == "published":
            (self._days if rank == 0 else self._others).append(value)
        if field not in self._found or rank < self._found[field][0]:
            self._found[field] = (rank, value)


def _without(title: str, outlet: str) -> str:
    """A title without the outlet's name at its end."""
    bare = re.escape(re.sub(r"\AThe ", "", outlet))
    return re.sub(rf"\s+[|–—»:-]\s+(?:The )?{bare}\s*\Z", "", title, flags=re.IGNORECASE)


def _records(got: Any) -> list[dict[str, Any]]:
    """The records of one JSON-LD script, taken out of lists and graphs."""
    if isinstance(got, dict):
        return [got, *_records(got.get("@graph"))]
    if isinstance(got, list):
        return [each for each in got[:200] if isinstance(each, dict)]
    return []


def _name(value: Any) -> str | None:
    """The name in a field that may be a name, a record with a name, or several of them."""
    if isinstance(value, list):
        names = [name for name in map(_name, value[:20]) if name]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None
