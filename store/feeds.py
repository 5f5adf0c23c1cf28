"""What is known of the feeds that are polled: when each was asked, what it answered, and which entries were read."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from store.admin_tables import Draft, Feed, FeedEntry
from store.drafts import NOBODY, State
from store.few_rows import delete_few
from store.tables import utc_now


@dataclass(frozen=True)
class KnownFeed:
    address: str
    etag: str = ""
    modified: str = ""
    failures: int = 0
    last_error: str = ""
    asked_at: datetime | None = None


def known_feed(session: Session, address: str) -> KnownFeed:
    """What is known of a feed; nothing where it was never asked."""
    feed = session.get(Feed, _digest(address))
    if feed is None:
        return KnownFeed(address)
    return KnownFeed(address, feed.etag, feed.modified, feed.failures, feed.last_error, feed.asked_at)


def feed_answered(session: Session, address: str, etag: str, modified: str) -> None:
    """Keep which version a feed answered with, so that it is not sent again."""
    feed = _feed(session, address)
    feed.etag, feed.modified, feed.failures, feed.last_error = etag[:256], modified[:64], 0, ""
    session.add(feed)


def feed_failed(session: Session, address: str, reason: str) -> None:
    """Keep that a feed could not be read, and why."""
    feed = _feed(session, address)
    feed.failures, feed.last_error = feed.failures + 1, reason[:256]
    session.add(feed)


def already_read(session: Session, entries: Collection[str]) -> set[str]:
    """Those of the entries that were read before."""
    digests = {_digest(one): one for one in entries}
    seen = session.execute(select(col(FeedEntry.digest)).where(col(FeedEntry.digest).in_(digests))).scalars()
    return {digests[digest] for digest in seen}


def unread(session: Session, entries: Collection[str]) -> set[str]:
    """Those of the entries that were never read; from now on all of them were."""
    digests = {_digest(one): one for one in entries}
    seen = set(session.execute(select(col(FeedEntry.digest)).where(col(FeedEntry.digest).in_(digests))).scalars())
    for digest in digests:
        if digest in seen:
            row = session.get(FeedEntry, digest)
            assert row is not None
            row.seen_at = utc_now()
            session.add(row)
        else:
            session.add(FeedEntry(digest=digest))
    return {entry for digest, entry in digests.items() if digest not in seen}


def waiting_candidates(session: Session) -> int:
    """How many articles of feeds wait for somebody to look at them."""
    query = select(func.count()).where(col(Draft.person_id) == NOBODY, col(Draft.state) == State.OPEN)
    return int(session.execute(query).scalar_one())


def forget_entries(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Delete entries that no feed has held for so long, so many at most; returns how many."""
    return delete_few(session, FeedEntry, most, col(FeedEntry.seen_at) < now - after)


def forget_feeds(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Delete what is known of feeds that were not asked for so long: they are no longer in the settings."""
    return delete_few(session, Feed, most, col(Feed.asked_at) < now - after)


def _feed(session: Session, address: str) -> Feed:
    digest = _digest(address)
    feed = session.get(Feed, digest) or Feed(digest=digest, address=address[:1024])
    feed.asked_at = utc_now()
    return feed


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
