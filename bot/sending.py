"""Sending that does not give up at the first fault: told to wait it waits, and a lost connection is tried again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar, cast
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter, ExtBot

from bot import metrics
from bot.telegram_client import Form, TelegramClient

# The library's own switch for times as timedelta, which will be the only way; without it each use is warned about.
os.environ.setdefault("PTB_TIMEDELTA", "1")

LONGEST_WAIT = 60.0  # seconds; told to wait longer than that, a reply would come when nobody reads it any more
_PAUSES = (0.5, 2.0, 6.0)

log = structlog.get_logger("vendorbot.sending")

Sent = TypeVar("Sent")


async def persist(send: Callable[[], Awaitable[Sent]]) -> Sent:
    """Call `send` until it succeeds, four times at most. Raises the last TelegramError.

    One that timed out is not repeated: it has most likely arrived, and an answer twice is no better than late."""
    for pause in _PAUSES:
        try:
            return await send()
        except RetryAfter as error:
            metrics.TOLD_TO_WAIT.inc()
            wait = seconds_of(error)
            if wait > LONGEST_WAIT:
                raise
            log.info("told to wait", seconds=wait)
            await asyncio.sleep(wait)
        except (BadRequest, TimedOut):  # both are kinds of NetworkError to the library
            raise
        except NetworkError as error:
            log.info("not sent, trying again", reason=str(error), seconds=pause)
            await asyncio.sleep(pause)
    return await send()


async def call(bot: Bot, method: str, chat_id: int, **parameters: str | int | None) -> None:
    """Call a method of the Bot API for one chat with parameters as they are sent, and leave what it returns unread.

    It is for the replies, of which there are most: the library's own way takes twice as long, to make an object of the
    message that was sent. Raises TelegramError as that does."""
    bot, client = cast("ExtBot[None]", bot), cast("TelegramClient", bot.request)
    given = {name: value for name, value in parameters.items() if value is not None}
    form = Form(urlencode({"chat_id": chat_id} | given).encode())
    gate = cast("BaseRateLimiter[None]", bot.rate_limiter)
    await gate.process_request(
        client.send_form, (f"{bot.base_url}/{method}", form), {}, method, {"chat_id": chat_id}, None
    )


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
