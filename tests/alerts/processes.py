"""The real bot as processes that deliver to a server here, and die or stand still while they do."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, text

from store.engine import open_engine
from tests.alerts.crowd import crowd, record_launches, states
from tests.conftest import COMMAND
from tests.telegram.fast_server import FastApi
from tests.telegram.server import TOKEN

_ANSWERED_AFTER = 0.01  # seconds that the server takes, so that there is something in flight


@dataclass
class Kill:
    """One end of a process. `arrived`: messages until then, by all processes; `marked`: those marked as sent.

    `unanswered`: what the server had not answered yet; `in_flight`: what this process had sent and not marked as sent,
    be it answered or not."""

    arrived: int
    marked: int
    unanswered: int
    in_flight: int


@dataclass
class Soaked:
    """What became of a delivery under fire. `repeats`: arrivals beyond the first of each message."""

    wanted: int
    arrived: int
    missing: int
    repeats: int
    seconds: float
    kills: list[Kill] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    taken_over: float = 0.0  # seconds until another process sent in the place of a frozen one

    @property
    def in_flight(self) -> int:
        return sum(kill.in_flight for kill in self.kills)

    @property
    def unanswered(self) -> int:
        return sum(kill.unanswered for kill in self.kills)


@asynccontextmanager
async def bot_process(
    url: str, base: str, folder: Path, rate: int = 1000, lease: float = 10
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`vendorbot run`, killed at the end. `lease`: LEASE_SECONDS."""
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": base, "DATABASE_URL": url, "BROADCAST_RATE": str(rate),
        "PATH": os.environ.get("PATH", ""), "LOG_LEVEL": "WARNING", "HOME": str(folder),
        "LEASE_SECONDS": str(lease),
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(COMMAND, "run", env=settings, cwd=folder)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def deliver_under_kills(url: str, folder: Path, *, chats: int, alerts: int, kills: int) -> Soaked:
    """Deliver so many alerts to so many chats while the process is killed at random moments and started again."""
    engine = open_engine(url)
    crowd(engine, chats)
    record_launches(engine, alerts)
    wanted, done, began = chats * alerts, Soaked(chats * alerts, 0, 0, 0, 0.0), time.monotonic()
    async with FastApi(seconds=_ANSWERED_AFTER) as api:
        for _ in range(kills):
            async with bot_process(url, api.base, folder) as process:
                before = len(api.arrived)
                await _until(lambda before=before: len(api.arrived) > before, process)  # type: ignore[misc]
                share = wanted / (kills + 1) / 1000  # seconds that a part of the messages takes
                await asyncio.sleep(random.uniform(0, 2 * share))
                process.kill()
                unanswered = api.open
                await process.wait()
                await _struck(done, api, engine, unanswered)
            if _reached(api) == wanted:
                break
        async with bot_process(url, api.base, folder) as process:
            await _until(lambda: states(engine).get("sent", 0) == wanted, process, pause=0.1)
    engine.dispose()
    return _counted(api, done, began, states(engine))


async def deliver_by_two(url: str, folder: Path, *, chats: int, alerts: int, lease: float = 10) -> Soaked:
    """Two processes on one database: the one that sends is frozen, and revived when the other sends; then that one is
    killed, and the revived one sends again."""
    engine = open_engine(url)
    crowd(engine, chats)
    record_launches(engine, alerts, first=1_000)
    wanted, done, began = chats * alerts, Soaked(chats * alerts, 0, 0, 0, 0.0), time.monotonic()

    def sender() -> int:
        with engine.connect() as connection:
            owner = connection.execute(text("SELECT owner FROM lease")).scalar() or "::"
        return int(owner.split(":")[1] or 0)

    async with (
        FastApi(seconds=_ANSWERED_AFTER) as api,
        bot_process(url, api.base, folder, 200, lease) as one,
        bot_process(url, api.base, folder, 200, lease) as two,
    ):
        await _until(lambda: len(api.arrived) > wanted // 6, one)
        first, second = (one, two) if sender() == one.pid else (two, one)
        os.kill(first.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        await _struck(done, api, engine, api.open)
        await _until(lambda: sender() == second.pid and len(api.arrived) > done.kills[0].arrived + 20, second)
        done.taken_over = time.monotonic() - stopped
        os.kill(first.pid, signal.SIGCONT)
        await _until(lambda: len(api.arrived) > wanted // 2, second)
        os.kill(second.pid, signal.SIGKILL)
        await _struck(done, api, engine, api.open)
        await _until(lambda: states(engine).get("sent", 0) == wanted, first, pause=0.1)
    engine.dispose()
    return _counted(api, done, began, states(engine))


async def _struck(done: Soaked, api: FastApi, engine: Engine, unanswered: int) -> None:
    """A process has ended, or stands still, just now."""
    await asyncio.sleep(0.05)  # what it had sent arrives
    arrived, marked = len(api.arrived), states(engine).get("sent", 0)
    before = done.kills[-1] if done.kills else Kill(0, 0, 0, 0)
    in_flight = arrived - before.arrived - (marked - before.marked)
    done.kills.append(Kill(arrived, marked, unanswered, in_flight))


def _reached(api: FastApi) -> int:
    return len({(one.chat, one.alert) for one in api.arrived})


def _counted(api: FastApi, done: Soaked, began: float, at_the_end: dict[str, int]) -> Soaked:
    times = Counter((one.chat, one.alert) for one in api.arrived)
    done.arrived, done.missing = len(api.arrived), done.wanted - len(times)
    done.repeats, done.seconds, done.states = len(api.arrived) - len(times), time.monotonic() - began, at_the_end
    return done


async def _until(
    condition: Callable[[], bool], process: asyncio.subprocess.Process, seconds: float = 90, pause: float = 0.002
) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            assert process.returncode is None, "the bot ended by itself"
            await asyncio.sleep(pause)
