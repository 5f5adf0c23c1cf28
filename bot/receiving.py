"""Everything between Telegram and the handlers put together, by polling or by webhook, and taken apart in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from sqlalchemy import Engine, text
from telegram.ext import Application

from bot.handlers.flood import Allowance
from bot.intake import Intake
from bot.ledger import Ledger
from bot.polling import poll
from bot.settings import Settings
from bot.webhook import Listener, announce, listening
from store.engine import reading

STOP_SECONDS = 6  # for what is under way; a container that was told to stop is killed after ten

log = structlog.get_logger("vendorbot")


@asynccontextmanager
async def receiving(
    settings: Settings, application: Application[Any, Any, Any, Any, Any, Any], engine: Engine
) -> AsyncIterator[None]:
    """Updates come in; on leaving, no more are taken and those in hand are finished, or left for the next start.

    Raises SettingsError and TelegramError where that cannot begin. The application has been started."""
    ledger = Ledger(engine, application.bot.id, settings.lease_seconds)
    intake = Intake(application, ledger, Allowance(settings.user_rate, settings.user_burst))
    webhook = settings.webhook_url is not None
    listener = Listener(settings, application.bot, intake if webhook else None, lambda: _reach(engine))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(ledger.close)
        port = settings.port()
        if port is not None:
            port = await stack.enter_async_context(listening(listener, settings.listen_address, port))
        tasks = [asyncio.create_task(ledger.keep(intake.take_over))]
        if webhook:
            await announce(application.bot, settings)
        else:
            tasks.append(asyncio.create_task(poll(application.bot, intake.take)))
        log.info("running", bot=application.bot.username, by="webhook" if webhook else "polling", port=port)
        try:
            yield
        finally:
            listener.ending = True
            intake.end()
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(application.stop(), STOP_SECONDS)


def _reach(engine: Engine) -> None:
    with reading(engine) as session:
        session.execute(text("SELECT 1 FROM shipped LIMIT 1"))
