"""Fetches updates from Telegram by long polling, for as long as it takes: an API that is away is waited for.

The library's own Updater gives up for good on one 401 or 404 (a proxy that restarts answers so) and sleeps on for up to
30 s after it was told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import metrics
from bot.sending import seconds_of

ALLOWED_UPDATES = ("message", "callback_query", "inline_query")
LONG_POLL_SECONDS = 25
LONGEST_PAUSE = 30.0
_LAST_WORD_SECONDS = 2
_MOST_TRIES, _TRY_PAUSE = 3, 1.0

log = structlog.get_logger("vendorbot.polling")


async def poll(bot: Bot, deliver: Callable[[Update], Awaitable[object]]) -> None:
    """Hand over every update, in order, until cancelled; what was handed over is then confirmed to Telegram."""
    offset: int | None = None
    away = _Away()
    try:
        while True:
            try:
                updates = await _fetch(bot, offset)
            except TelegramError as error:
                await asyncio.sleep(away.pause_after(error))
                continue
            except Exception as error:  # no memory, say: whatever it is, nobody else would fetch what comes
                log.exception("updates could not be fetched; trying again")
                await asyncio.sleep(away.pause_after(error))
                continue
            away.over()
            for number, update in updates:
                if update is not None:
                    await _delivered(update, deliver)
                offset = number + 1
    finally:
        await _confirm(bot, offset)


async def _delivered(update: Update, deliver: Callable[[Update], Awaitable[object]]) -> None:
    """Hand an update over, some times where that fails; one that never can be is left out, or it would be the last."""
    for left in reversed(range(_MOST_TRIES)):
        try:
            await deliver(update)
        except Exception:
            log.exception("an update could not be taken", update=update.update_id, tries_left=left)
            await asyncio.sleep(_TRY_PAUSE)
        else:
            return


async def _fetch(bot: Bot, offset: int | None) -> list[tuple[int, Update | None]]:
    """The next updates with their numbers; None for one that the library cannot read. Raises TelegramError."""
    try:
        updates = await bot.get_updates(
            offset, timeout=timedelta(seconds=LONG_POLL_SECONDS), allowed_updates=ALLOWED_UPDATES
        )
    except TelegramError:
        raise
    except Exception:
        # One update spoils all that come with it, and would come again for ever. Fetched raw, it can be left out.
        log.warning("updates could not be read; reading them one by one")
    else:
        return [(update.update_id, update) for update in updates]
    wanted: dict[str, Any] = {"offset": offset, "allowed_updates": ALLOWED_UPDATES}
    raw: list[dict[str, Any]] = await bot.do_api_request("getUpdates", wanted)
    return [(one["update_id"], read_update(one, bot)) for one in raw]


def read_update(raw: dict[str, Any], bot: Bot) -> Update | None:
    """An update from its JSON; None, and a line in the log, where the library cannot read it."""
    try:
        update = Update.de_json(raw, bot)
        _check(update)
    except Exception:
        metrics.UPDATES.labels("unreadable").inc()
        log.exception("an update that cannot be read is left out", update=raw.get("update_id"))
        return None
    return update


def _check(update: Update) -> None:
    """Raises ValueError where something lacks that each update of its kind has: the library does not look."""
    pressed, typed = update.callback_query, update.inline_query
    messages = (update.message, pressed.message if pressed else None)
    if any(message is not None and message.chat is None for message in messages):
        raise ValueError("a message without a chat")
    if any(asked is not None and asked.from_user is None for asked in (pressed, typed)):
        raise ValueError("nobody asks")


async def _confirm(bot: Bot, offset: int | None) -> None:
    """Tell Telegram what was taken, so that the next start does not answer it again."""
    if offset is None:
        return
    with contextlib.suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(_LAST_WORD_SECONDS):
            updates: tuple[Update, ...] = await bot.get_updates(
                offset, limit=1, timeout=timedelta(0), allowed_updates=ALLOWED_UPDATES
            )
            if updates:
                log.debug("left for the next start", first=updates[0].update_id)


class _Away:
    """How long Telegram has been out of reach. It is said once, and once when it is back."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._pause = 0.0

    def pause_after(self, error: Exception) -> float:
        """Seconds to wait before the next try: 1 at first, then longer, up to 30."""
        if self._since is None:
            self._since = time.monotonic()
            log.warning("Telegram is out of reach; trying again until it is back", reason=str(error), **_advice(error))
        else:
            log.debug("Telegram is still out of reach", reason=str(error), seconds=self._seconds())
        if isinstance(error, RetryAfter):
            return seconds_of(error) + 0.5
        self._pause = min(self._pause * 1.5 or 1.0, LONGEST_PAUSE)
        return self._pause * random.uniform(0.8, 1.2)  # noqa: S311

    def over(self) -> None:
        if self._since is not None:
            log.info("Telegram is back", seconds=self._seconds())
        self._since, self._pause = None, 0.0

    def _seconds(self) -> int:
        return round(time.monotonic() - (self._since or time.monotonic()))


def _advice(error: Exception) -> dict[str, str]:
    match error:
        case Conflict():
            return {"advice": "Another process runs the same bot. Stop one of the two."}
        case InvalidToken():
            return {"advice": "If the token was changed at @BotFather, set TELEGRAM_BOT_TOKEN and start again."}
        case _:
            return {}
