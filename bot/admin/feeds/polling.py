"""Polls the feeds of the settings; what their new entries tell waits as drafts that nobody has taken yet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.admin.bench import Bench
from bot.admin.candidates import Articles
from bot.admin.feeds.entries import Entry, read_entries
from bot.admin.feeds.fetching import Fetcher, FetchError
from store.drafts import NOBODY, new_draft
from store.engine import StoreError, reading, writing
from store.feeds import KnownFeed, already_read, feed_answered, feed_failed, known_feed, unread, waiting_candidates

_OLD = timedelta(days=14)  # an entry that was published before that is no news
_LONGEST_WAIT = timedelta(days=1)  # for a feed that fails again and again
NONE = "No feeds are polled. The setting FEEDS names those that are."
STATE = "{address}\n{asked}{error}"
ASKED, NEVER = "asked {at:%d %b %Y %H:%M} UTC", "not asked yet"
FAILED = "; failures in a row: {failures}; {error}"
WAITING = "Articles that wait to be looked at: {count}. /drafts shows them."

log = structlog.get_logger("vendorbot.feeds")

Given = TypeVar("Given")


class Feeds:
    """`interval` is how often each is asked; after failures it waits longer, up to a day."""

    def __init__(
        self, addresses: Sequence[str], fetcher: Fetcher, bench: Bench, executor: Executor, interval: timedelta
    ) -> None:
        self._addresses, self._fetcher, self._bench = addresses, fetcher, bench
        self._executor, self._interval = executor, interval
        self._articles = Articles(bench)

    async def poll(self, tell: Callable[[int], Awaitable[None]]) -> int:
        """Ask the feeds whose time has come; `tell` is called with how many articles hold facts, where any does.

        Returns how many. A feed that fails is logged and asked again later."""
        queued = 0
        for address in self._addresses:
            try:
                known = await self._in_thread(partial(self._known, address))
                if self._due(known):
                    queued += await self._ask(known)
            except StoreError as error:
                log.warning("a feed has to wait", feed=address, reason=str(error))
        if queued:
            await tell(queued)
        return queued

    def state(self) -> str:
        """What became of each feed, in words. Raises StoreError."""
        if not self._addresses:
            return NONE
        with reading(self._bench.engine) as session:
            known = [known_feed(session, address) for address in self._addresses]
            waiting = waiting_candidates(session)
        lines = []
        for one in known:
            asked = ASKED.format(at=one.asked_at) if one.asked_at else NEVER
            error = FAILED.format(failures=one.failures, error=one.last_error) if one.failures else ""
            lines.append(STATE.format(address=one.address, asked=asked, error=error))
        return "\n\n".join([*lines, WAITING.format(count=waiting)])

    async def _ask(self, known: KnownFeed) -> int:
        try:
            fetched = await self._fetcher.fetch(known.address, known.etag, known.modified)
            entries: list[Entry] = []
            if fetched.body is not None:
                read = partial(read_entries, fetched.body, fetched.address, fetched.content_type)
                entries = await self._in_thread(read)
        except FetchError as error:
            log.warning("a feed could not be read", feed=known.address, reason=str(error))
            await self._in_thread(partial(self._failed, known.address, str(error)))
            return 0
        etag, modified = (fetched.etag, fetched.modified) if fetched.body is not None else (known.etag, known.modified)
        return await self._in_thread(partial(self._queue, known.address, entries, etag, modified))

    def _queue(self, address: str, entries: Sequence[Entry], etag: str, modified: str) -> int:
        """Keep the new entries that tell something as drafts, in one transaction; returns how many."""
        today, keys = self._bench.today(), [one.key for one in entries]
        with reading(self._bench.engine) as session:
            old = already_read(session, keys)
        found = {
            one.key: self._articles.read(one.html, one.title, one.url, one.published)
            for one in entries
            if one.key not in old and (one.published is None or today - one.published <= _OLD)
        }
        with writing(self._bench.engine) as session:
            fresh = unread(session, keys)
            telling = [content for key, content in found.items() if key in fresh and content["candidates"]]
            for content in telling:
                new_draft(session, NOBODY, "article", content)
            feed_answered(session, address, etag, modified)
        return len(telling)

    def _known(self, address: str) -> KnownFeed:
        with reading(self._bench.engine) as session:
            return known_feed(session, address)

    def _failed(self, address: str, reason: str) -> None:
        with writing(self._bench.engine) as session:
            feed_failed(session, address, reason)

    def _due(self, known: KnownFeed) -> bool:
        if known.asked_at is None:
            return True
        wait: timedelta = min(self._interval * 2 ** min(known.failures, 10), max(_LONGEST_WAIT, self._interval))
        return datetime.now(UTC) - known.asked_at >= wait

    async def _in_thread(self, call: Callable[[], Given]) -> Given:
        return await asyncio.get_running_loop().run_in_executor(self._executor, call)
