"""Clocks that are set while the bot runs: alerts wait for none of it, and what the clock sets off begins anew."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.base import BaseScheduler  # type: ignore[import-untyped]

_LOOKED_AT = 10.0  # every so many seconds
_SET = timedelta(seconds=30)  # a clock that is put right bit by bit moves less than that between two looks

log = structlog.get_logger("vendorbot.alerts")

Wall = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class ForwardClock:
    """The time by which deliveries are due. It never goes back, and is never behind a moment that it was shown.

    What was recorded before the clock was set back is due at once; pauses are as long as they are meant to be."""

    def __init__(self, wall: Wall = utc_now, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._elapsed = wall, elapsed
        self._latest, self._at = wall(), elapsed()

    @property
    def wall(self) -> datetime:
        """The time that people live by."""
        return self._wall()

    def now(self) -> datetime:
        """The present moment."""
        at = self._elapsed()
        self._latest, self._at = max(self._wall(), self._latest + timedelta(seconds=at - self._at)), at
        return self._latest

    def saw(self, moment: datetime | None) -> None:
        """Something was recorded at that moment, by whosever clock."""
        if moment is not None:
            self._latest = max(self._latest, moment)

    def at_wall(self, moment: datetime) -> datetime:
        """When it will be that moment by the wall clock, which people live by."""
        return self.now() + (moment - self._wall())


class SetClock:
    """Notices that the wall clock was set, by a clock that only goes forward."""

    def __init__(self, wall: Wall = utc_now, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._elapsed = wall, elapsed
        self._seen = self._offset()

    def _offset(self) -> datetime:
        return self._wall() - timedelta(seconds=self._elapsed())

    def was_set(self) -> timedelta | None:
        """By how much since the last look; None where it was not."""
        offset, before = self._offset(), self._seen
        self._seen = offset
        return offset - before if abs(offset - before) > _SET else None


async def keep_time(scheduler: BaseScheduler, clock: SetClock, wait: float = _LOOKED_AT) -> None:
    """Until cancelled: have every job begin anew where the clock was set, or one would wait for as long as it went
    back."""
    while True:
        await asyncio.sleep(wait)
        by = clock.was_set()
        if by is not None:
            log.warning("the clock was set", seconds=round(by.total_seconds()))
            for job in scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC) + timedelta(seconds=2))
