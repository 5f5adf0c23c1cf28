"""The entries of a feed's body, RSS or Atom, as well as they can be read; feedparser does the reading."""

from __future__ import annotations

import calendar
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]

from bot.admin.feeds.fetching import FetchError
from store.rows import is_web_address

MOST_ENTRIES = 50
NO_FEED = "what it sent is no RSS and no Atom, or is broken"
_LONGEST = 60_000  # letters of one entry


@dataclass(frozen=True)
class Entry:
    """`key` tells it apart from others; `url` is empty where it names no web address; `html` is what it says."""

    key: str
    title: str
    url: str
    published: date | None
    html: str


def read_entries(body: bytes, address: str, content_type: str) -> list[Entry]:
    """The entries of a feed, the first as it has them. Raises FetchError where it is no feed at all."""
    # As a stream: given bytes, the library would first look whether they are the name of a file.
    headers = {"content-location": address, "content-type": content_type or "application/xml"}
    try:
        found: Any = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        raise FetchError(NO_FEED) from None  # the library meets every feed there is, and some are more than it expects
    if not found.entries and (found.bozo or not found.get("version")):
        raise FetchError(NO_FEED)
    return [_entry(one) for one in found.entries[:MOST_ENTRIES]]


def _entry(one: Any) -> Entry:
    title, url = str(one.get("title", ""))[:300], str(one.get("link", ""))[:512]
    told = [str(part.get("value", "")) for part in one.get("content", [])] or [str(one.get("summary", ""))]
    html = f"<h1>{title}</h1>\n" + "\n".join(told)[:_LONGEST]
    key = str(one.get("id", "") or url or html)
    return Entry(key, title, url if is_web_address(url) else "", _day(one), html)


def _day(one: Any) -> date | None:
    moment = one.get("published_parsed") or one.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).date() if moment else None
    except (ValueError, OverflowError, OSError):
        return None
