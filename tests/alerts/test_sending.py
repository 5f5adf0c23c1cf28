"""Alerts on their way: faults of every kind, limits, digests, quiet hours and reminders; nobody missed, none twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col
from telegram import Bot

from bot.alerts.dispatcher import Dispatcher
from bot.alerts.gate import Gate
from bot.alerts.pacing import Pacing
from bot.alerts.schedule import digests, reminders
from bot.telegram_client import TelegramClient
from store.alert_tables import ChatKind, ChatState, Delivery, Digest
from store.catalogue import read_catalogue
from store.chats import chat_at, find_chat, revive_chat
from store.engine import reading, writing
from store.record import Recorder
from store.subscriptions import Wish
from store.words import Certainty
from tests.alerts.crowd import crowd, record_launches, states
from tests.store.test_alerts import LAUNCH, record, wants
from tests.telegram.fast_server import FastApi
from tests.telegram.faults import BLOCKED, CHAT_NOT_FOUND, DROPPED_AFTER_SENDING, INTERNAL, Fault, migrated, too_many
from tests.telegram.server import TOKEN, BotApi

pytestmark = pytest.mark.anyio

HANGS = Fault(200, seconds=99, dropped=False)
STRANGE = Fault(400, "Bad Request: something strange")


@pytest.fixture
def engine(loaded_engine: Engine) -> Iterator[Engine]:
    yield loaded_engine


@asynccontextmanager
async def sending(engine: Engine, base: str, rate: int = 500, wait: float = 10.0) -> AsyncIterator[Dispatcher]:
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    async with Bot(
        TOKEN, base_url=f"{base}/bot", request=TelegramClient(read_timeout=wait, connect_timeout=0.5)
    ) as bot:
        dispatcher = Dispatcher(engine, bot, catalogue, Gate(Pacing(rate)))
        running = asyncio.create_task(dispatcher.run())
        try:
            yield dispatcher
        finally:
            running.cancel()
            await asyncio.wait([running])


async def until(condition: Callable[[], bool], seconds: float = 40) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the database tells of no event
            await asyncio.sleep(0.02)


def nothing_left(engine: Engine) -> bool:
    left = states(engine)
    return not left.get("pending", 0) and not left.get("claimed", 0)


async def test_every_chat_that_can_be_reached_is_reached_once_whatever_fails(engine: Engine) -> None:
    chance, unsure, ended = random.Random(5), Counter[tuple[int, str]](), set[int]()
    moved: dict[int, int] = {}

    def fault(chat: int) -> Fault | None:
        if chat in moved:
            return migrated(moved[chat])
        draw = chance.random()
        if draw < 0.05:
            return too_many(1)
        if draw < 0.10:
            return INTERNAL
        if draw < 0.15:
            unsure[chat, "reset"] += 1
            return DROPPED_AFTER_SENDING
        if draw < 0.18:
            return HANGS
        if draw < 0.21 and chat > 0:
            ended.add(chat)
            return BLOCKED
        if draw < 0.26 and -9_000_000 < chat < 0:
            moved[chat] = chat - 9_000_000
            return migrated(moved[chat])
        return None

    people, groups = crowd(engine, 120), crowd(engine, 30, kind="group")
    record_launches(engine, 2)
    async with FastApi(fault) as api, sending(engine, api.base, wait=0.5) as dispatcher:
        await until(lambda: nothing_left(engine))
        await until(lambda: dispatcher.counts["sent"] > 0)
    old = {new: before for before, new in moved.items()}
    got = Counter((old.get(one.chat, one.chat), one.alert) for one in api.arrived)
    for chat in set(people + groups) - ended:
        for alert in (1, 2):
            repeats = got[chat, alert] - 1
            assert 0 <= repeats <= unsure[chat, "reset"] + unsure[moved.get(chat, 0), "reset"], (chat, alert)
    assert set(moved.values()) <= {one.chat for one in api.arrived}
    assert states(engine).get("set aside", 0) == 0
    _check_limits(api, 500)


async def test_the_rate_is_used_and_no_limit_broken(engine: Engine) -> None:
    crowd(engine, 120)
    record_launches(engine, 1)
    async with FastApi() as api, sending(engine, api.base, rate=40):
        await until(lambda: nothing_left(engine))
    _check_limits(api, 40)


def _check_limits(api: FastApi, rate: int) -> None:
    """By the server's own log: in every second the rate at most, and a second between two messages of a chat."""
    times = sorted(one.at for one in api.arrived)
    assert all(after - first > 0.99 for first, after in zip(times, times[rate:], strict=False))
    of_chat = defaultdict(list)
    for one in api.arrived:
        of_chat[one.chat].append(one.at)
    assert all(after - before > 0.99 for own in of_chat.values() for before, after in pairwise(own))


async def test_who_blocked_the_bot_is_told_no_more_until_they_come_back(engine: Engine) -> None:
    async with BotApi() as api:
        anna, gone = api.private(), api.private()
        api.fail("sendMessage", BLOCKED, chat_id=anna.id)
        api.fail("sendMessage", CHAT_NOT_FOUND, chat_id=gone.id)
        for chat in (anna, gone):
            wants(engine, str(chat.id), Wish())
        async with sending(engine, api.base):
            record(engine, LAUNCH)
            await until(lambda: states(engine).get("failed") == 2)
            assert record(engine, replace(LAUNCH, product="Mi A1")).messages == 0
            with writing(engine) as session:
                assert find_chat(session, str(anna.id)).state == ChatState.BLOCKED  # type: ignore[union-attr]
                assert find_chat(session, str(gone.id)).state == ChatState.LEFT  # type: ignore[union-attr]
                assert revive_chat(session, str(anna.id))
            assert record(engine, replace(LAUNCH, product="Mi A2")).messages == 1
            assert "Mi A2" in (await anna.reply()).text
        api.check()


async def test_a_topic_that_is_gone_is_told_in_the_group(engine: Engine) -> None:
    async with BotApi() as api:
        group = api.group(forum=True)
        wants(engine, str(group.id), Wish(), thread=9)
        gone = Fault(400, "Bad Request: message thread not found")
        api.fail("sendMessage", gone, times=None, when=lambda given: "message_thread_id" in given)
        async with sending(engine, api.base):
            record(engine, LAUNCH)
            assert "message_thread_id" not in (await group.reply()).parameters
            await until(lambda: nothing_left(engine))
            record(engine, replace(LAUNCH, product="Mi A1"))
            await group.reply()
        assert sum("message_thread_id" in one.parameters for one in api.of("sendMessage")) == 1


async def test_a_message_that_never_gets_through_is_set_aside_and_holds_nobody(engine: Engine) -> None:
    async with BotApi() as api:
        poor, anna = api.private(), api.private()
        api.fail("sendMessage", STRANGE, chat_id=poor.id, times=None)
        told: list[tuple[int, str, str]] = []
        for chat in (poor, anna):
            wants(engine, str(chat.id), Wish())
        async with sending(engine, api.base) as dispatcher:
            dispatcher.set_aside = lambda *given: told.append(given)
            record(engine, LAUNCH)
            await anna.reply()
            await until(lambda: states(engine).get("set aside") == 1)
        assert [(chat, "strange" in reason) for _, chat, reason in told] == [(str(poor.id), True)]
        assert len(api.of("sendMessage", poor.id)) == 3


async def test_html_that_telegram_does_not_read_goes_as_plain_text(engine: Engine) -> None:
    async with BotApi() as api:
        anna = api.private()
        api.fail("sendMessage", Fault(400, "Bad Request: can't parse entities: whatever"), chat_id=anna.id)
        wants(engine, str(anna.id), Wish())
        async with sending(engine, api.base):
            record(engine, LAUNCH)
            reply = await anna.reply()
        assert "parse_mode" not in reply.parameters
        assert "https://example.com/france" in reply.text


async def test_an_api_that_is_away_is_waited_for(engine: Engine) -> None:
    async with BotApi() as api:
        anna = api.private()
        wants(engine, str(anna.id), Wish())
        async with sending(engine, api.base) as dispatcher:
            await api.stop()
            record(engine, LAUNCH)
            await until(lambda: dispatcher.counts["away"] > 0)
            await api.start()
            await anna.reply(20)
            await until(lambda: states(engine) == {"sent": 1})
        assert len(api.of("sendMessage", anna.id)) == 1


async def test_what_an_alert_says(engine: Engine) -> None:
    async with BotApi() as api:
        anna = api.private()
        wants(engine, str(anna.id), Wish())
        async with sending(engine, api.base):
            record(engine, LAUNCH)
            new = await anna.reply()
            record(engine, replace(LAUNCH, date_text="2027-01", days=(date(2027, 1, 1), date(2027, 1, 31)),
                                   certainty=Certainty.RUMOURED))  # fmt: skip
            moved = await anna.reply()
        api.check()
    assert "launched" in new.text or "launches" in new.text
    assert "Announced by Wang Xiang." in new.text
    assert new.message["entities"][-1]["url"] == "https://example.com/france"
    assert [button["text"] for button in new.buttons] == ["Mute this", "Settings"]
    assert "launched" not in moved.text
    assert "rumoured, not confirmed" in moved.text
    assert "Before, it was on 7 November 2026 (confirmed)." in moved.text


async def test_a_digest_is_one_message_on_its_time_and_none_the_second_time(engine: Engine) -> None:
    async with BotApi() as api:
        anna = api.private()
        wants(engine, str(anna.id), Wish())
        due = datetime(2026, 11, 20, 9, tzinfo=UTC)
        with writing(engine) as session:
            chat = chat_at(session, str(anna.id), ChatKind.PRIVATE)
            chat.digest, chat.next_digest_at = Digest.DAILY, due
        record(engine, LAUNCH)
        record(engine, replace(LAUNCH, product="Mi A1"))
        async with sending(engine, api.base):
            with writing(engine) as session:
                assert digests(session, due - timedelta(seconds=1)) == 0
                assert digests(session, due + timedelta(days=1, hours=2)) == 1  # the machine slept for a day
                assert digests(session, due + timedelta(days=1, hours=3)) == 0
            reply = await anna.reply()
            await until(lambda: states(engine) == {"sent": 2})
        assert reply.text.startswith("Your digest")
        assert "Mi A1" in reply.text
        assert len(api.of("sendMessage", anna.id)) == 1
        with reading(engine) as session:
            chat_now = find_chat(session, str(anna.id))
            assert chat_now
            assert chat_now.next_digest_at == due + timedelta(days=2)


async def test_quiet_hours_put_a_message_off(engine: Engine) -> None:
    wants(engine, "101", Wish())
    now = datetime.now(UTC)
    minute = now.hour * 60 + now.minute
    with writing(engine) as session:
        chat = chat_at(session, "101", ChatKind.PRIVATE)
        chat.quiet_from, chat.quiet_to = (minute - 60) % 1440, (minute + 60) % 1440
    async with FastApi() as api, sending(engine, api.base):
        record(engine, LAUNCH)
        await until(lambda: _due(engine) > now + timedelta(minutes=30))
    assert api.arrived == []


def _due(engine: Engine) -> datetime:
    with reading(engine) as session:
        return session.execute(select(col(Delivery.due_at))).scalar_one()


def test_reminders_come_a_day_before_and_on_the_day_once(engine: Engine) -> None:
    wants(engine, "101", Wish("xiaomi"))
    wants(engine, "102", Wish("apple"))
    day = date(2027, 3, 14)
    record(engine, replace(LAUNCH, date_text=day.isoformat(), days=(day, day)), alerts=False)
    again = replace(
        LAUNCH, source=replace(LAUNCH.source, name="Second Wire"), date_text=day.isoformat(), days=(day, day)
    )
    with writing(engine) as session:
        Recorder(session, "test").record(again)
    made = []
    for hours in range(-60, 40, 4):
        with writing(engine) as session:
            made.append(reminders(session, datetime(2027, 3, 14, tzinfo=UTC) + timedelta(hours=hours)))
    assert made.count(1) == 2
    assert sum(made) == 2
