"""What the clock sets off: digests, reminders, and letting go of old deliveries.

Each job asks the store what is due, so one that comes late, twice, or after a night's sleep does the right thing. The
jobs live in this process's memory: APScheduler's job stores must not be shared, and here nothing needs them to be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]
from sqlalchemy import Engine
from sqlmodel import Session

from bot import metrics
from bot.alerts.dispatcher import Dispatcher
from bot.alerts.leadership import seconds_awake_or_asleep
from bot.alerts.letting_go import Calendar, let_go
from bot.requests import request
from store.alert_tables import Happened
from store.delivery_queue import read_queue
from store.digests import release_digests
from store.engine import StoreError
from store.lease import holding
from store.moments import next_digest, reminded_from, reminder_due
from store.reminders import FRESH, launches_on, remind, timezones
from store.retention import Kept

_FORGETS_EVERY = 3600  # seconds

log = structlog.get_logger("vendorbot.alerts")


def start_schedule(engine: Engine, dispatcher: Dispatcher, executor: Executor, kept: Kept) -> AsyncIOScheduler:
    """Start the jobs in the running event loop; `shutdown(wait=False)` ends them."""
    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )

    async def run(job: Callable[[Session, datetime], int]) -> None:
        """Only the process that sends does it, and a fault waits for the next time."""
        if not dispatcher.leadership.holds:
            return
        try:
            if await asyncio.get_running_loop().run_in_executor(executor, _in_transaction, engine, job):
                dispatcher.wake()
        except StoreError as error:
            log.warning("a job of the clock has to wait", job=job.__name__, reason=str(error))

    scheduler.add_job(run, "interval", seconds=10, args=[digests], next_run_time=soon(3))
    scheduler.add_job(run, "interval", seconds=60, args=[reminders], next_run_time=soon(5))

    calendar = Calendar(datetime.now(UTC), seconds_awake_or_asleep())

    async def retention() -> None:
        """Let go of what nobody needs any more; a fault waits for the next time."""
        if astray := calendar.astray(datetime.now(UTC), seconds_awake_or_asleep()):
            log.warning("the clock was set; nothing is deleted for its age until the next start", days=astray.days)
            return
        try:
            forgotten = await let_go(engine, executor, kept, lambda: dispatcher.leadership.holds)
        except StoreError as error:
            log.warning("a job of the clock has to wait", job="retention", reason=str(error))
            return
        if forgotten:
            log.info("old rows forgotten", **forgotten)

    def figures(session: Session, now: datetime) -> int:
        """Bring the metrics of deliveries up to date; returns 0, as nothing is to be sent for it."""
        metrics.show_deliveries(read_queue(session, now), dispatcher.counts)
        return 0

    scheduler.add_job(run, "interval", seconds=15, args=[figures], next_run_time=soon(2))
    scheduler.add_job(retention, "interval", seconds=_FORGETS_EVERY, next_run_time=soon(_FORGETS_EVERY // 6))
    scheduler.start()
    return scheduler


def digests(session: Session, now: datetime) -> int:
    """Release every digest whose time has come; returns how many."""
    total = 0
    while released := release_digests(session, now, next_digest):
        total += released
    return total


def reminders(session: Session, now: datetime) -> int:
    """Make the reminders that are due, by the clock of each chat; returns how many deliveries."""
    made = 0
    launches = launches_on(session, now.date() - timedelta(days=2), now.date() + timedelta(days=2))
    zones = timezones(session) if launches else []
    for launch in launches:
        assert launch.date_start is not None
        by_reminder: dict[Happened, list[str]] = {}
        for zone in zones:
            due = reminder_due(launch.date_start, zone, now)
            if due and launch.recorded_at.replace(tzinfo=UTC) < reminded_from(launch.date_start, due, zone) - FRESH:
                by_reminder.setdefault(due, []).append(zone)
        for happened, where in by_reminder.items():
            made += remind(session, launch, happened, where, now)
    return made


def _in_transaction(engine: Engine, job: Callable[[Session, datetime], int]) -> int:
    with request(job=job.__name__), holding(engine) as session:
        return job(session, datetime.now(UTC))


def soon(seconds: float) -> datetime:
    """A moment so many seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)
