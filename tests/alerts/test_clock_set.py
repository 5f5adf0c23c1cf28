"""The clock is set while the bot runs, forward a day, back two hours, back a year: nothing waits for that."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from sqlalchemy import Engine, text, update

from bot.alerts.clock import ForwardClock, SetClock, keep_time
from bot.alerts.desk import Desk, Result
from bot.alerts.letters import Parcel
from store.alert_tables import Chat, Delivery, DeliveryState
from store.catalogue import read_catalogue
from store.conversations import last_query, remember
from store.deliveries import Mark
from store.drafts import listening_draft, new_draft
from store.engine import open_engine, reading, writing
from store.lease import take_lease
from store.subscriptions import Wish
from tests.alerts.crowd import states
from tests.store.test_alerts import LAUNCH, record, wants

pytestmark = pytest.mark.anyio

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


class Clocks:
    """A wall clock that can be set, and one that only goes forward, as a machine has them."""

    def __init__(self) -> None:
        self.wall, self.elapsed = datetime.now(UTC), 1_000.0

    def passes(self, time: timedelta) -> None:
        self.wall, self.elapsed = self.wall + time, self.elapsed + time.total_seconds()

    def forward(self) -> ForwardClock:
        return ForwardClock(lambda: self.wall, lambda: self.elapsed)


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    wants(engine, "101", Wish("xiaomi"))
    yield engine
    engine.dispose()


def claimed(engine: Engine, clock: ForwardClock) -> list[Parcel]:
    """What a process that has just started with that clock would send now."""
    with reading(engine) as session:
        desk = Desk(engine, read_catalogue(session), clock=clock)
    with writing(engine) as session:
        session.execute(text("UPDATE lease SET until = 0"))
        lease = take_lease(session, "test")
    assert lease is not None
    desk.take_over(lease)
    return desk.claim(lease, 100) if desk.anything_due() else []


@pytest.mark.parametrize("by", [DAY, -2 * HOUR, -YEAR])
def test_an_alert_recorded_before_the_clock_was_set_goes_out_at_once(engine: Engine, by: timedelta) -> None:
    running = Clocks()
    clock = running.forward()
    record(engine, LAUNCH)
    running.wall += by
    running.elapsed += 0.5
    assert len(claimed(engine, clock)) == 1


@pytest.mark.parametrize("by", [-2 * HOUR, -YEAR])
def test_also_where_the_bot_was_started_after_that(engine: Engine, by: timedelta) -> None:
    record(engine, LAUNCH)
    clocks = Clocks()
    clocks.wall += by
    assert len(claimed(engine, clocks.forward())) == 1


def test_what_a_clock_far_ahead_has_put_off_goes_out(engine: Engine) -> None:
    record(engine, LAUNCH)
    with writing(engine) as session:  # a digest that was released in another year, say
        session.execute(update(Delivery).values(due_at=datetime.now(UTC) + YEAR))
    assert len(claimed(engine, Clocks().forward())) == 1


def test_a_pause_is_as_long_as_it_is_meant_to_be(engine: Engine) -> None:
    record(engine, LAUNCH)
    clocks = Clocks()
    clock = clocks.forward()
    (parcel,) = claimed(engine, clock)
    with reading(engine) as session:
        desk = Desk(engine, read_catalogue(session), clock=clock)
    due = clock.now() + timedelta(minutes=5)
    desk.settle([Result((Mark(parcel.claims[0], DeliveryState.PENDING, 1, due),))])
    clocks.wall -= 2 * HOUR
    clocks.passes(timedelta(minutes=4))
    assert claimed(engine, clock) == []
    clocks.passes(timedelta(minutes=2))
    assert len(claimed(engine, clock)) == 1


def test_quiet_hours_end_by_the_clock_that_people_see(engine: Engine) -> None:
    record(engine, LAUNCH)
    clocks = Clocks()
    clock = clocks.forward()
    midnight = clocks.wall.replace(hour=0, minute=0, second=0) + DAY
    clocks.passes(midnight + 5 * HOUR - clocks.wall)
    clock.now()
    clocks.wall -= 2 * HOUR  # by the wall it is three o'clock, by this clock five
    with writing(engine) as session:
        session.execute(update(Chat).values(quiet_from=22 * 60, quiet_to=4 * 60, timezone="UTC"))
    assert claimed(engine, clock) == []
    clocks.passes(timedelta(minutes=59))
    assert claimed(engine, clock) == []
    assert states(engine) == {"pending": 1}
    clocks.passes(timedelta(minutes=2))
    assert len(claimed(engine, clock)) == 1


async def test_what_the_clock_sets_off_begins_anew_when_it_was_set_back(anyio_backend: str) -> None:
    clocks = Clocks()
    clock = SetClock(lambda: clocks.wall, lambda: clocks.elapsed)
    ran = asyncio.Event()
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(ran.set, "interval", seconds=10, next_run_time=datetime.now(UTC) + YEAR)
    scheduler.start()
    clocks.passes(HOUR)
    assert clock.was_set() is None
    clocks.wall -= YEAR
    keeping = asyncio.create_task(keep_time(scheduler, clock, wait=0.01))
    try:
        async with asyncio.timeout(20):
            while scheduler.get_jobs()[0].next_run_time > datetime.now(UTC) + DAY:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    finally:
        keeping.cancel()
        scheduler.shutdown(wait=False)
    assert clock.was_set() is None


@pytest.mark.parametrize("ahead", [2 * HOUR, YEAR])
def test_a_conversation_and_a_draft_of_a_later_time_are_over(engine: Engine, ahead: timedelta) -> None:
    later = datetime.now(UTC) + ahead
    with writing(engine) as session:
        remember(session, "101", "7", {"intent": "value"})
        new_draft(session, 7, "fact", {}, "value")
        assert last_query(session, "101", "7")
        assert listening_draft(session, 7)
        session.execute(text("UPDATE conversation SET at = :at"), {"at": later.replace(tzinfo=None)})
        session.execute(text("UPDATE draft SET changed_at = :at"), {"at": later.replace(tzinfo=None)})
        session.expire_all()
        assert last_query(session, "101", "7") is None
        assert listening_draft(session, 7) is None
