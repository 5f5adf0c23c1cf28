"""/feeds, and a word to the admins when feeds have brought something to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.admin.feeds.polling import Feeds
from bot.admin.roles import Roles
from bot.handlers.access import needs
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import Place, say
from store.people import Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

BROUGHT_ONE = "The feeds brought an article that tells something. /drafts shows it; nothing is recorded without you."
BROUGHT = "The feeds brought {count} articles that tell something. /drafts shows them; nothing is recorded without you."

log = structlog.get_logger("vendorbot.feeds")


class FeedsReport:
    """For admins."""

    def __init__(self, dialogue: Dialogue, roles: Roles, feeds: Feeds) -> None:
        self._dialogue, self._roles, self.feeds_polled = dialogue, roles, feeds

    @needs(Role.ADMIN)
    async def feeds(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/feeds"""
        if update.message is not None:
            text = await self._dialogue.in_thread(self.feeds_polled.state)
            await say(context.bot, Place.of(update.message), text)

    async def poll(self, bot: Bot) -> None:
        """Ask the feeds whose time has come, and tell owners and admins of what they brought."""

        async def tell(count: int) -> None:
            text = BROUGHT_ONE if count == 1 else BROUGHT.format(count=count)
            granted = await self._dialogue.in_thread(self._roles.granted)
            admins = [one.telegram_id for one in granted if one.role >= Role.ADMIN]
            for person in dict.fromkeys([*self._roles.owner_ids, *admins]):
                try:
                    await bot.send_message(person, text)
                except TelegramError as error:
                    log.info("an admin could not be told of feeds", person=person, reason=error.message)

        await self.feeds_polled.poll(tell)
