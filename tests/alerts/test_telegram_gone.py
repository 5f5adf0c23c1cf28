"""Telegram is gone for an hour, in each way in which it can be, while alerts are recorded: by a clock that is moved."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.alerts import outcomes
from bot.alerts.dispatcher import Dispatcher
from bot.alerts.faults import Course, judge, pause_before
from bot.alerts.gate import Gate
from bot.alerts.pacing import Pacing
from bot.telegram_client import TelegramClient
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from store.subscriptions import Wish
from tests.alerts.at_random import until
from tests.alerts.crowd import states
from tests.alerts.test_clock_set import Clocks, timedelta
from tests.store.test_alerts import LAUNCH, record, wants
from tests.telegram.faults import DROPPED, Fault
from tests.telegram.server import TOKEN, BotApi

pytestmark = pytest.mark.anyio

BAD_GATEWAY = Fault(502, "Bad Gateway")
MINUTE, CHATS, RATE = timedelta(minutes=1), 12, 40


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


async def test_an_hour_without_telegram(engine: Engine, anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "_SHORTEST_AWAY", 0.01)
    monkeypatch.setattr(outcomes, "_LONGEST_AWAY", 0.02)
    clocks = Clocks()
    async with BotApi() as api:
        chats = [api.private() for _ in range(CHATS)]
        for chat in chats:
            wants(engine, str(chat.id), Wish())
        with reading(engine) as session:
            catalogue = read_catalogue(session)
        async with Bot(TOKEN, base_url=f"{api.base}/bot", request=TelegramClient(connect_timeout=0.5)) as bot:
            dispatcher = Dispatcher(engine, bot, catalogue, Gate(Pacing(RATE)), clock=clocks.forward())
            running = asyncio.create_task(dispatcher.run())
            record(engine, LAUNCH)
            await until(lambda: states(engine) == {"sent": CHATS})
            tried = len(api.of("sendMessage"))
            api.fail(None, BAD_GATEWAY, times=None)
            for minute in range(60):
                if minute == 0:
                    record(engine, replace(LAUNCH, product="Mi A2"))
                if minute == 20:
                    api.mend()
                    api.fail(None, DROPPED, times=None)
                if minute == 40:
                    record(engine, replace(LAUNCH, product="Mi A3"))
                    await api.stop()
                clocks.passes(MINUTE)
                await asyncio.sleep(0.01)
            assert set(states(engine)) <= {"sent", "pending", "claimed"}
            assert len(api.of("sendMessage")) - tried <= 2 * CHATS  # what was under way; then it is only asked
            before = len(api.requests)
            api.mend()
            await api.start()
            await until(lambda: clocks.passes(MINUTE) or states(engine) == {"sent": 3 * CHATS})
            running.cancel()
            await asyncio.wait([running])
        sent = [one for one in api.requests[before:] if one.method == "sendMessage" and one.status == 200]
        got = {chat.id: [one.text for one in sent if one.chat_id == chat.id] for chat in chats}
        assert Counter(map(len, got.values())) == {2: CHATS}
        assert all("Mi A2" in first and "Mi A3" in second for first, second in got.values())
        # Nobody sends faster for having waited: RATE in any second, one a second to each chat.
        moments = sorted(one.at for one in sent)
        assert all(later - one > 0.8 for one, later in zip(moments, moments[RATE:], strict=False))
        for chat in chats:
            first, second = (one.at for one in sent if one.chat_id == chat.id)
            assert second - first > 0.8
        assert dispatcher.counts["aside"] == 0


def test_one_message_that_fails_while_others_arrive_is_tried_for_more_than_an_hour() -> None:
    """A part of Telegram may be gone, and answer who we are all the same."""
    waited, attempts = 0.0, 0
    while (verdict := judge(NetworkError("Bad Gateway"), attempts)).course is not Course.ASIDE:
        waited, attempts = waited + pause_before(attempts, chance=0.0), attempts + 1
        assert verdict.theirs
        assert verdict.counted
    assert timedelta(hours=0.5) < timedelta(seconds=waited)
    assert timedelta(hours=1) < timedelta(seconds=2 * waited) < timedelta(hours=3)  # with the usual chance
    assert judge(TimedOut(), 7).course is Course.ASIDE  # it may have arrived each time
