"""Sending that does not give up at the first fault: told to wait it waits, and a lost connection is tried again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot import metrics

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


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
