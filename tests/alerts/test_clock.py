"""What the clock sets off, by clocks that the test moves: summer time begins and ends, they sleep, and are set back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session, col

from bot.alerts.schedule import digests, reminders
from store.alert_tables import Alert, Chat, ChatKind, Delivery, Digest, Happened
from store.chats import ChatSettings, change_settings, chat_at
from store.engine import open_engine, reading, writing
from store.moments import first_digest
from store.subscriptions import Wish
from store.tables import Launch
from tests.alerts.crowd import states
from tests.store.test_alerts import LAUNCH, record, wants

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = ("UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe")  # the last by half an hour


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


def clock(first: datetime, days: int) -> Iterator[datetime]:
    """Hours, with a night in which the machine sleeps for 26 of them, and one after which it is set back by two."""
    now, end = first, first + days * DAY
    while now < end:
        yield now
        now += HOUR
        if now == first + DAY:
            now += 26 * HOUR
        if now == first + 4 * DAY:
            yield from (now - 2 * HOUR, now - HOUR)


@pytest.mark.parametrize("first", [date(2026, 3, 26), date(2026, 10, 2), date(2026, 10, 29)])
def test_each_digest_comes_once_and_none_is_skipped(engine: Engine, first: date) -> None:
    start = datetime(first.year, first.month, first.day, 12, tzinfo=UTC)
    for number, zone in enumerate(ZONES):
        wants(engine, str(101 + number), Wish())
        with writing(engine) as session:
            chat = chat_at(session, str(101 + number), ChatKind.PRIVATE)
            settings = ChatSettings(timezone=zone, digest=Digest.DAILY, digest_hour=2)
            change_settings(session, chat, settings, first_digest(settings, start))
    released: Counter[tuple[str, date]] = Counter()
    for now in clock(start, 6):
        with writing(engine) as session:
            due = _next(session)
            digests(session, now)
            session.expire_all()
            following = _next(session)
        for zone, moment in due.items():
            assert following[zone] > now
            if following[zone] != moment:
                assert moment <= now
                released[zone, moment.astimezone(ZoneInfo(zone)).date()] += 1
    assert set(released.values()) == {1}
    for zone in ZONES:
        days = sorted(day for place, day in released if place == zone)
        # Two that were due while the machine slept are one message.
        assert [after - before for before, after in pairwise(days)].count(DAY) >= len(days) - 2
        assert len(days) >= 5


def _next(session: Session) -> dict[str, datetime]:
    rows = session.execute(select(col(Chat.timezone), col(Chat.next_digest_at)))
    return {zone: moment.replace(tzinfo=UTC) for zone, moment in rows if moment}


def test_what_was_held_through_a_sleep_is_released_whole(engine: Engine) -> None:
    wants(engine, "101", Wish())
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)
    settings = ChatSettings(timezone="Europe/Madrid", digest=Digest.DAILY)
    with writing(engine) as session:
        change_settings(session, chat_at(session, "101", ChatKind.PRIVATE), settings, first_digest(settings, start))
    for number in range(5):
        record(engine, replace(LAUNCH, product=f"Phone {number}"))
    assert states(engine) == {"held": 5}
    with writing(engine) as session:
        assert digests(session, start + 3 * DAY) == 1
        assert digests(session, start + 3 * DAY - 2 * HOUR) == 0  # the clock is set back
    assert states(engine) == {"pending": 5}


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)])
def test_each_reminder_comes_once_by_each_chats_clock(engine: Engine, day: date) -> None:
    for number, zone in enumerate(ZONES):
        wants(engine, str(101 + number), Wish("xiaomi"))
        with writing(engine) as session:
            session.execute(update(Chat).where(col(Chat.address) == str(101 + number)).values(timezone=zone))
    record(engine, replace(LAUNCH, date_text=day.isoformat(), days=(day, day)), alerts=False)
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - 3 * DAY
    with writing(engine) as session:
        session.execute(update(Launch).values(recorded_at=start - 30 * DAY))
    for number in range(0, 24 * 6, 2):
        now = start + number * HOUR
        with writing(engine) as session:
            reminders(session, now)
            if number % 24 == 8:
                reminders(session, now - 2 * HOUR)  # the clock was set back for a moment
    query = select(col(Alert.happened), col(Delivery.chat_id)).join_from(
        Delivery, Alert, col(Alert.id) == col(Delivery.alert_id)
    )
    with reading(engine) as session:
        got = Counter(tuple(row) for row in session.execute(query))
    assert set(got.values()) == {1}
    assert Counter(happened for happened, _ in got) == {Happened.TOMORROW: 4, Happened.TODAY: 4}
