"""`vendorbot run` as a process of its own, ended at the latest with the test, and all that it said."""

from __future__ import annotations

import asyncio
import signal
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import COMMAND
from tests.telegram.server import TOKEN

SECRET_PART = TOKEN.partition(":")[2]


@dataclass
class Running:
    """The process, and its exit code when it has ended."""

    process: asyncio.subprocess.Process
    log: Path
    code: int | None = None

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8")

    async def end(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        await self.wait()

    async def wait(self) -> None:
        async with asyncio.timeout(20):
            self.code = await self.process.wait()

    async def until_said(self, words: str, times: int = 1, seconds: float = 40) -> None:
        """Wait until the log holds these words so often. Raises AssertionError, with the log."""
        until = time.monotonic() + seconds
        while self.said.count(words) < times:
            assert time.monotonic() < until and self.process.returncode is None, self.said
            await asyncio.sleep(0.05)


@asynccontextmanager
async def started(
    environment: dict[str, str], folder: Path, base: str, database_url: str, before: Sequence[str] = (), **more: str
) -> AsyncIterator[Running]:
    """The bot as a process; `more` are settings, `before` the command that starts it, where it is not itself.

    Whatever it says, the token is not in it."""
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": base, "DATABASE_URL": database_url}
    log = folder / f"run-{uuid.uuid4().hex}.log"
    with log.open("wb") as file:  # no pipe: one that nobody reads would stop the process when it is full
        process = await asyncio.create_subprocess_exec(
            *before, COMMAND, "run", env=environment | settings | more, cwd=folder, stdout=file, stderr=file
        )
    running = Running(process, log)
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert SECRET_PART not in running.said
