"""Alerts on their way: faults of every kind, limits, digests, quiet hours and reminders; nobody missed, none twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlmodel import col

from bot.alerts.schedule import digests, reminders
from store.alert_tables import Alert, ChatKind, ChatState, Delivery, Digest, Kinds
from store.chats import chat_at, find_chat, revive_chat
from store.engine import open_engine, reading, writing
from store.record import Recorder
from store.retract import retract
from store.subscriptions import Wish
from store.words import Certainty
from tests.alerts.at_random import Faults, broken_limits, deliver_under_faults, nothing_left, sending, until
from tests.alerts.crowd import crowd, record_launches, states
from tests.store.test_alerts import LAUNCH, MILESTONE, record, wants
from tests.telegram.fast_server import FastApi
from tests.telegram.faults import BLOCKED, CHAT_NOT_FOUND, Fault
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

STRANGE = Fault(400, "Bad Request: something strange")


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """On SQLite, as most of this is Telegram's side; tests of the store's side are on both."""
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


async def test_every_chat_that_can_be_reached_is_reached_once_whatever_fails(postgres_url: str) -> None:
    faults = Faults(share=0.05, alerts=1, most=1)
    engine = open_engine(postgres_url)
    done = await deliver_under_faults(engine, people=160, groups=40, alerts=1, rate=500, faults=faults)
    engine.dispose()
    assert (done.missing, done.twice, done.broken) == (0, 0, [])
    assert set(done.states) == {"sent", "failed"}
    assert faults.moved
    assert faults.ended
    assert faults.unsure


async def test_no_limit_is_broken(engine: Engine) -> None:
    crowd(engine, 90)
    record_launches(engine, 1)
    async with FastApi() as api, sending(engine, api.base, rate=40):
        await until(lambda: nothing_left(engine))
    assert broken_limits(api, 40) == []


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


async def test_corrections_and_retractions_go_to_who_was_told_and_a_repetition_to_nobody(engine: Engine) -> None:
    async with BotApi() as api:
        anna, ben, cora = api.private(), api.private(), api.private()
        for vendor, region in (("xiaomi", None), (None, "europe"), ("xiaomi", "france")):  # three that overlap
            wish = Wish(vendor, region, kinds=Kinds.LAUNCH)
            wants(engine, str(anna.id), wish)
        wants(engine, str(ben.id), Wish("xiaomi", kinds=Kinds.MILESTONE))
        wants(engine, str(cora.id), Wish("apple"))
        async with sending(engine, api.base):
            record(engine, LAUNCH)
            assert record(engine, LAUNCH).alerts == 0
            record(engine, MILESTONE)
            assert "New milestone" in (await ben.reply()).text
            await until(lambda: states(engine).get("sent") == 2)
            record(engine, replace(MILESTONE, value=11.0))
            with writing(engine) as session:
                row = session.execute(select(col(Alert.row_id)).where(col(Alert.table_name) == "launch")).scalar_one()
                retract(session, "launch", row, "test", "it was a rumour", alerts=True)
            assert "Correct" in (await ben.reply()).text
            await until(lambda: states(engine).get("sent") == 4)
        api.check()
    told = [one.text.split("\n")[0][2:].strip() for one in api.of("sendMessage", anna.id)]
    assert told == ["New launch", "Taken back"]
    assert api.of("sendMessage", cora.id) == []


async def test_a_digest_is_one_message_on_its_time_and_none_the_second_time(loaded_engine: Engine) -> None:
    async with BotApi() as api:
        anna = api.private()
        wants(loaded_engine, str(anna.id), Wish())
        due = datetime(2026, 11, 20, 9, tzinfo=UTC)
        with writing(loaded_engine) as session:
            chat = chat_at(session, str(anna.id), ChatKind.PRIVATE)
            chat.digest, chat.next_digest_at = Digest.DAILY, due
        record(loaded_engine, LAUNCH)
        record(loaded_engine, replace(LAUNCH, product="Mi A1"))
        async with sending(loaded_engine, api.base):
            with writing(loaded_engine) as session:
                assert digests(session, due - timedelta(seconds=1)) == 0
                assert digests(session, due + timedelta(days=1, hours=2)) == 1  # the machine slept for a day
                assert digests(session, due + timedelta(days=1, hours=3)) == 0
            reply = await anna.reply()
            await until(lambda: states(loaded_engine) == {"sent": 2})
        assert reply.text.startswith("Your digest")
        assert "Mi A1" in reply.text
        assert len(api.of("sendMessage", anna.id)) == 1
        with reading(loaded_engine) as session:
            chat_now = find_chat(session, str(anna.id))
            assert chat_now
            assert chat_now.next_digest_at == due + timedelta(days=2)


async def test_quiet_hours_put_a_message_off(loaded_engine: Engine) -> None:
    wants(loaded_engine, "101", Wish())
    now = datetime.now(UTC)
    minute = now.hour * 60 + now.minute
    with writing(loaded_engine) as session:
        chat = chat_at(session, "101", ChatKind.PRIVATE)
        chat.quiet_from, chat.quiet_to = (minute - 60) % 1440, (minute + 60) % 1440
    async with FastApi() as api, sending(loaded_engine, api.base):
        record(loaded_engine, LAUNCH)
        await until(lambda: _due(loaded_engine) > now + timedelta(minutes=30))
    assert api.arrived == []


def _due(engine: Engine) -> datetime:
    with reading(engine) as session:
        return session.execute(select(col(Delivery.due_at))).scalar_one()


def test_reminders_come_a_day_before_and_on_the_day_once(loaded_engine: Engine) -> None:
    wants(loaded_engine, "101", Wish("xiaomi"))
    wants(loaded_engine, "102", Wish("apple"))
    day = date(2027, 3, 14)
    record(loaded_engine, replace(LAUNCH, date_text=day.isoformat(), days=(day, day)), alerts=False)
    again = replace(
        LAUNCH, source=replace(LAUNCH.source, name="Second Wire"), date_text=day.isoformat(), days=(day, day)
    )
    with writing(loaded_engine) as session:
        Recorder(session, "test").record(again)
    made = []
    for hours in range(-60, 40, 4):
        with writing(loaded_engine) as session:
            made.append(reminders(session, datetime(2027, 3, 14, tzinfo=UTC) + timedelta(hours=hours)))
    assert made.count(1) == 2
    assert sum(made) == 2
