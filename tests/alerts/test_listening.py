"""Being woken: what one process records on PostgreSQL is known to another at once, without looking for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.alerts.listening import listen
from store.engine import open_engine, writing
from store.subscriptions import Wish
from tests.store.test_alerts import LAUNCH, record, wants

pytestmark = pytest.mark.anyio


async def test_a_recording_wakes_at_once_and_one_that_tells_nobody_does_not(postgres_url: str) -> None:
    engine, other = open_engine(postgres_url), open_engine(postgres_url)
    woken: asyncio.Queue[None] = asyncio.Queue()
    listening = asyncio.create_task(listen(engine, lambda: woken.put_nowait(None)))
    try:
        async with asyncio.timeout(20):
            await woken.get()  # when it begins to listen
            await asyncio.to_thread(record, other, replace(LAUNCH, product="Mi A1"))
            wants(other, "101", Wish())
            assert woken.empty()
            assert (await asyncio.to_thread(record, other, LAUNCH)).messages == 1
            await woken.get()
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        engine.dispose()
        other.dispose()


async def test_it_listens_again_when_the_connection_was_lost(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.alerts.listening._PAUSE", 0.05)
    engine, other = open_engine(postgres_url), open_engine(postgres_url)
    woken: asyncio.Queue[None] = asyncio.Queue()
    listening = asyncio.create_task(listen(engine, lambda: woken.put_nowait(None)))
    ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    try:
        async with asyncio.timeout(20):
            await woken.get()
            with writing(other) as session:
                assert session.execute(text(ended)).scalar_one() == 1
            await woken.get()  # it listens again, and what was recorded meanwhile is looked for
            wants(other, "101", Wish())
            await asyncio.to_thread(record, other, LAUNCH)
            await woken.get()
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
        engine.dispose()
        other.dispose()
