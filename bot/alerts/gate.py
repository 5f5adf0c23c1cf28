"""The one gate that every message goes through: people who asked first, alerts when nobody waits."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.alerts.pacing import Pacing
from bot.sending import seconds_of

_MESSAGES = ("send", "copy", "forward")
_MOST_WAITED = 0.25  # seconds that an answer waits for a place
_ALERTS_RECENT = 1.0
_LONGEST_NAP = 0.5  # seconds; a hold can begin, and people can come, while an alert waits


class Gate(BaseRateLimiter[None]):
    """Lets messages pass at Telegram's pace, in this process's event loop."""

    def __init__(self, pacing: Pacing, clock: Callable[[], float] = time.monotonic) -> None:
        self.pacing, self.clock = pacing, clock
        self._turn = asyncio.Lock()
        self._people, self._last_alert = 0, -math.inf

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 - nothing can be asked for
    ) -> Any:
        """What the library calls for every request of its own: those that are messages wait for the next free place."""
        if "chat_id" not in data or not endpoint.startswith(_MESSAGES) or endpoint == "sendChatAction":
            return await callback(*args, **kwargs)
        async with self.person(str(data["chat_id"])):
            return await callback(*args, **kwargs)

    @asynccontextmanager
    async def person(self, chat: str) -> AsyncIterator[None]:
        """A message to somebody who asked: it goes before all alerts, and is not held back by what the chat had.

        It waits a moment for a place that an alert would have taken; where no alerts go out, or many ask at once, it
        just goes."""
        self._people += 1
        try:
            if self.clock() - self._last_alert < _ALERTS_RECENT:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_MOST_WAITED), self._turn:
                        await self._until_ready()
            self.pacing.went(chat, self.clock())
        finally:
            self._people -= 1
        taken = False
        try:
            yield
            taken = True
        except RetryAfter as error:
            self.pacing.told_to_wait(chat, seconds_of(error), self.clock())
            raise
        finally:
            self.pacing.done(chat, chat.startswith("-"), self.clock(), taken=taken)

    async def alert(self, chat: str) -> float:
        """Wait for the place of an alert, and take it; returns when that was."""
        while True:
            now = self.clock()
            wait = self.pacing.ready(now) - now
            if wait <= 0 and not self._people:
                break
            await asyncio.sleep(min(max(wait, 0.001), _LONGEST_NAP))
        self.pacing.went(chat, now)
        self._last_alert = now
        return now

    async def _until_ready(self) -> None:
        while (wait := self.pacing.ready(now := self.clock()) - now) > 0:  # noqa: ASYNC110 - time passes, no event
            await asyncio.sleep(min(wait, _LONGEST_NAP))
