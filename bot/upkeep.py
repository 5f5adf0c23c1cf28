"""What the bot does by the clock, whoever asks or not: old rows are deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from sqlalchemy import Engine

from bot.settings import Settings
from store.engine import StoreError
from store.retention import Kept, prune

_EVERY = timedelta(hours=1)
_FIRST_AFTER = timedelta(minutes=1)  # the start has better things to do

log = structlog.get_logger("vendorbot.upkeep")


@contextmanager
def upkeep(engine: Engine, settings: Settings) -> Iterator[None]:
    """The clock's tasks at work, for the length of a `with`. Each process has its own: they disturb each other not."""
    kept = Kept(timedelta(days=settings.keep_updates_days), timedelta(days=settings.keep_conversations_days))
    scheduler = AsyncIOScheduler(timezone=UTC)
    first = datetime.now(UTC) + _FIRST_AFTER
    scheduler.add_job(_prune, "interval", (engine, kept), hours=_EVERY / timedelta(hours=1), next_run_time=first)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _prune(engine: Engine, kept: Kept) -> None:
    try:
        deleted = await asyncio.to_thread(prune, engine, kept)
    except StoreError as error:
        log.warning("old rows were not deleted; they are within the hour", reason=str(error))
    else:
        if any(deleted.values()):
            log.info("old rows deleted", **deleted)
