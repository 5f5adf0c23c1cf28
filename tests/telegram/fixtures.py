"""The real bot at work against a Bot API server, once a module, for tests that talk to it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.answering import Answering
from bot.application import AnyApplication, running
from bot.settings import Settings
from store.start import start
from tests.telegram.server import BotApi

TODAY = date(2017, 11, 1)
_LINES = (structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer())


@dataclass(frozen=True)
class RunningBot:
    """A bot, its database file, and the server it talks to."""

    api: BotApi
    application: AnyApplication
    file: Path


@asynccontextmanager
async def running_bot(file: Path, today: date = TODAY, **more: Any) -> AsyncIterator[RunningBot]:
    """The whole bot, as `vendorbot run` runs it, on that database and that day, in this process; `more` settings."""
    async with BotApi() as api:
        settings = settings_for(api, file, **more)
        engine = start(settings.database_url)
        async with running(settings, Answering(engine), lambda: today) as application:
            yield RunningBot(api, application, file)
        engine.dispose()
        api.check()


def settings_for(api: BotApi, file: Path, **more: Any) -> Settings:
    usual = {"telegram_bot_token": api.token, "telegram_api_base": api.base, "database_url": f"sqlite:///{file}"}
    return Settings(_env_file=None, **(usual | more))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Tests marked `anyio` run in asyncio's loop, one loop for all, so that a bot may outlive a test."""
    # Unconfigured, structlog draws every traceback with its variables, which takes longer than the test.
    structlog.configure(processors=[structlog.processors.add_log_level, *_LINES])
    return "asyncio"


@pytest.fixture(scope="module")
async def bot(
    anyio_backend: str, loaded_file: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AsyncIterator[RunningBot]:
    """A bot that a module's tests share, with its BOT_SETTINGS; each test talks to it from chats of its own."""
    file = Path(shutil.copy(loaded_file, tmp_path_factory.mktemp("bot") / "vendorbot.db"))
    async with running_bot(file, **getattr(request.module, "BOT_SETTINGS", {})) as one:
        yield one


@pytest.fixture
def api(bot: RunningBot) -> Iterator[BotApi]:
    """The server of the shared bot. Fails the test where a request did not fit the Bot API."""
    yield bot.api
    bot.api.mend()
    bot.api.check()
