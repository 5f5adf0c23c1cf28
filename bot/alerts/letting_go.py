"""Old rows are let go of a few at a time, with pauses that are longer than the work, in which others write."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from store.lease import holding
from store.retention import MOST, STEPS, Kept, Step

_PAUSES = 3.0  # times as long as the transaction before
_BELIEVED = timedelta(days=1)  # how far the wall clock may have gone astray
_LEAST_PAUSE = 0.1  # seconds: SQLite lets those who wait try again that often


class Calendar:
    """Compares the wall clock with one that only goes forward: what a wrong date deletes is gone."""

    def __init__(self, now: datetime, seconds: float) -> None:
        self._began, self._began_seconds = now, seconds

    def astray(self, now: datetime, seconds: float) -> timedelta | None:
        """By how much the wall clock was set since the start, where that is too much to believe it."""
        by = (now - self._began) - timedelta(seconds=seconds - self._began_seconds)
        return by if abs(by) > _BELIEVED else None


async def let_go(engine: Engine, executor: Executor, kept: Kept, going_on: Callable[[], bool]) -> dict[str, int]:
    """Delete all that is older than it is kept, while `going_on`; returns how many rows of what. Raises StoreError."""
    forgotten = dict.fromkeys(STEPS, 0)
    for name, step in STEPS.items():
        while going_on():
            began = time.monotonic()
            few = await asyncio.get_running_loop().run_in_executor(executor, _take, engine, step, kept)
            forgotten[name] += few
            if few < MOST:
                break
            await asyncio.sleep(max(_LEAST_PAUSE, _PAUSES * (time.monotonic() - began)))
    return {name: rows for name, rows in forgotten.items() if rows}


def _take(engine: Engine, step: Step, kept: Kept) -> int:
    with holding(engine) as session:
        return step(session, datetime.now(UTC), kept, MOST)
