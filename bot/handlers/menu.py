"""What Telegram shows of the bot before anyone has asked: the command menu and the descriptions."""

from __future__ import annotations

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram import BotCommandScopeDefault as Default
from telegram.error import TelegramError

_ASK = BotCommand("ask", "Ask a question")
PRIVATE_COMMANDS = (
    BotCommand("top", "Top vendors: /top India Q3 2017"),
    BotCommand("launches", "Launches: /launches Spain"),
    BotCommand("vendor", "About a vendor: /vendor Xiaomi"),
    BotCommand("subscribe", "Be told of launches and milestones"),
    BotCommand("subscriptions", "What I tell you of"),
    BotCommand("settings", "Digest, quiet hours, time zone"),
    BotCommand("help", "What you can ask"),
)
# In a private chat any text is a question, so /ask would only be in the way.
_MENUS: tuple[tuple[BotCommandScope, tuple[BotCommand, ...]], ...] = (
    (Default(), (_ASK, *PRIVATE_COMMANDS)),
    (BotCommandScopeAllPrivateChats(), PRIVATE_COMMANDS),
    (BotCommandScopeAllGroupChats(), (_ASK, *PRIVATE_COMMANDS)),
)
DESCRIPTION = (
    "Ask me about phone vendors the way you would ask a friend: shipments, market share, who is number one, milestones"
    " and launches. Every number comes with its source, and what I don't know I say."
)
SHORT_DESCRIPTION = "Answers questions about phone vendors from sourced facts: shipments, ranks, milestones, launches."

log = structlog.get_logger("vendorbot.menu")


async def set_menu(bot: Bot) -> None:
    """Bring menu and descriptions up to date. What is so already is left: Telegram allows few changes a day.

    A fault here is logged only: the bot answers without its menu."""
    try:
        for scope, commands in _MENUS:
            if await bot.get_my_commands(scope) != commands:
                await bot.set_my_commands(commands, scope)
        if (await bot.get_my_description()).description != DESCRIPTION:
            await bot.set_my_description(DESCRIPTION)
        if (await bot.get_my_short_description()).short_description != SHORT_DESCRIPTION:
            await bot.set_my_short_description(SHORT_DESCRIPTION)
    except TelegramError as error:
        log.warning("the command menu could not be set", reason=str(error))
