"""Telling the owners of what they have to look at: a message that never gets through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from telegram.error import TelegramError
from telegram.ext import Application

ASIDE = (
    "I set an alert aside: chat {chat} did not get alert {alert}, and trying again did not help.\n"
    "Telegram says: {reason}\n/alerts shows everything that went out, and tries again."
)
_SAID = 300  # letters of Telegram's words

log = structlog.get_logger("vendorbot.alerts")


class Owners:
    """Those of OWNER_IDS. Each alert's first fault is told, not that of every chat."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any], owner_ids: Sequence[int]) -> None:
        self._application, self._owner_ids = application, owner_ids
        self._told: set[int] = set()

    def told(self, alert_id: int, chat: str, reason: str) -> None:
        """A message was set aside."""
        if alert_id in self._told:
            return
        self._told.add(alert_id)
        text = ASIDE.format(chat=chat, alert=alert_id, reason=reason[:_SAID])
        for owner in self._owner_ids:
            self._application.create_task(self._tell(owner, text))

    async def _tell(self, owner: int, text: str) -> None:
        try:
            await self._application.bot.send_message(owner, text)
        except TelegramError as error:
            log.warning("an owner could not be told", owner=owner, reason=error.message)
