"""Which of the bot's processes sends alerts: the one that holds the lease, and only while it surely does."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from concurrent.futures import Executor
from pathlib import Path

import structlog
from sqlalchemy import Engine

from store.engine import StoreError
from store.lease import SECONDS, LeaseLostError, holding, renew_lease, return_lease, take_lease

_RENEWED_EVERY = 0.25  # of the lease's length
_SURE_FOR = 0.8  # of it: after that, this process stops by itself, as another may be about to begin

log = structlog.get_logger("vendorbot.alerts")


def seconds_awake_or_asleep() -> float:
    """A clock that goes on while the process is stopped and while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.time()


def _here() -> str:
    """Where process numbers mean what they mean to this process; a name that nobody shares where that is not known."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot[:13]}-{Path('/proc/self/ns/pid').stat().st_ino}"
    except (OSError, ValueError):
        return uuid.uuid4().hex[:16]


_HERE = _here()


def _gone(owner: str) -> bool:
    """True where the lease's owner ran here and does not run any more: it need not be waited for."""
    place, _, rest = owner.partition(":")
    number = rest.partition(":")[0]
    if place != _HERE or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


class Leadership:
    """Takes the lease for `seconds` at a time, keeps it, and knows at any moment whether it still holds."""

    def __init__(self, engine: Engine, executor: Executor, seconds: float = SECONDS) -> None:
        self._engine, self._executor, self.seconds = engine, executor, seconds
        self._owner = f"{_HERE}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        self._sure_until = 0.0
        self.number: int | None = None

    @property
    def holds(self) -> bool:
        """True while no other process can have taken the lease. Asked right before each message."""
        return self.number is not None and seconds_awake_or_asleep() < self._sure_until

    async def take(self) -> bool:
        """Try to become the one that sends. Raises StoreError."""
        asked = seconds_awake_or_asleep()
        self.number = await asyncio.get_running_loop().run_in_executor(self._executor, self._take)
        if self.number is None:
            return False
        self.renewed(asked)
        log.info("this process sends the alerts", lease=self.number)
        return True

    def renewed(self, asked: float) -> None:
        """The lease was renewed by a transaction that began at that moment."""
        self._sure_until = asked + self.seconds * _SURE_FOR

    async def keep(self) -> None:
        """Renew the lease for as long as it is ours; returns when it is not."""
        while self.number is not None:
            await asyncio.sleep(self.seconds * _RENEWED_EVERY)
            asked = seconds_awake_or_asleep()
            try:
                await asyncio.get_running_loop().run_in_executor(self._executor, self._renew)
            except LeaseLostError:
                log.warning("another process sends the alerts now", lease=self.number)
                self.number = None
            except StoreError as error:
                log.warning("the lease could not be renewed", reason=str(error))
            else:
                self.renewed(asked)

    async def give_up(self) -> None:
        """Give the lease back, so that another process takes over at once. Raises StoreError."""
        if self.number is not None:
            number, self.number = self.number, None
            await asyncio.get_running_loop().run_in_executor(self._executor, self._return, number)

    def _take(self) -> int | None:
        with holding(self._engine, self.seconds) as session:
            return take_lease(session, self._owner, _gone, self.seconds)

    def _renew(self) -> None:
        with holding(self._engine, self.seconds) as session:
            renew_lease(session, self.number or 0, self.seconds)

    def _return(self, number: int) -> None:
        with holding(self._engine, self.seconds) as session:
            return_lease(session, number)
