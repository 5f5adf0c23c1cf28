"""What Telegram shows of the bot before anyone has asked: the command menu and the descriptions."""

from __future__ import annotations

import structlog
from telegram import Bot, BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram import BotCommandScopeDefault as Default
from telegram.error import TelegramError

from bot.languages.catalogue import translated
from bot.languages.marks import translatable
from bot.languages.spoken import ENGLISH, NAMES, speaking

# What stands in the menu, in its order; /ask is not needed where any text is a question.
_COMMANDS = {
    "ask": translatable("Ask a question"),
    "top": translatable("Top vendors: /top India Q3 2017"),
    "launches": translatable("Launches: /launches Spain"),
    "vendor": translatable("About a vendor: /vendor Xiaomi"),
    "subscribe": translatable("Be told of launches and milestones"),
    "subscriptions": translatable("What I tell you of"),
    "settings": translatable("Digest, quiet hours, time zone"),
    "language": translatable("The language I speak"),
    "help": translatable("What you can ask"),
    "privacy": translatable("What I keep of you, and for how long"),
    "forgetme": translatable("Delete what I keep of you"),
}
_ABOUT_ONE_PERSON = ("privacy", "forgetme")
_SCOPES: tuple[BotCommandScope, ...] = (Default(), BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats())
DESCRIPTION = translatable(
    "Ask me about phone vendors the way you would ask a friend: shipments, market share, who is number one, milestones"
    " and launches. Every number comes with its source, and what I don't know I say."
)
SHORT_DESCRIPTION = translatable(
    "Answers questions about phone vendors from sourced facts: shipments, ranks, milestones, launches."
)

log = structlog.get_logger("vendorbot.menu")


async def set_menu(bot: Bot) -> None:
    """Bring menu and descriptions up to date, in every language; English is for those whose language is none of them.
    What is so already is left: Telegram allows few changes a day.

    A fault here is logged only: the bot answers without its menu."""
    try:
        for code in NAMES:
            with speaking(code):
                await _set_in_language(bot, None if code == ENGLISH else code)
    except TelegramError as error:
        log.warning("the command menu could not be set", reason=str(error))


async def _set_in_language(bot: Bot, code: str | None) -> None:
    for scope in _SCOPES:
        commands = menu_of(scope)
        if await bot.get_my_commands(scope, code) != commands:
            await bot.set_my_commands(commands, scope, code)
    description, short = translated(DESCRIPTION), translated(SHORT_DESCRIPTION)
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)


def menu_of(scope: BotCommandScope) -> tuple[BotCommand, ...]:
    """The commands of a kind of chat, in the language spoken now."""
    left_out = ("ask",) if isinstance(scope, BotCommandScopeAllPrivateChats) else _ABOUT_ONE_PERSON
    return tuple(BotCommand(name, translated(text)) for name, text in _COMMANDS.items() if name not in left_out)
