"""Who may change what a chat is told: anyone for themselves, a group's or channel's admins for all in it."""

from __future__ import annotations

from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.handlers.reply import Place
from bot.languages.spoken import language
from bot.subscribing import Here
from store.alert_tables import ChatKind

_ADMINS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def here_of(place: Place, person_id: int, *, allowed: bool = True) -> Here:
    """The chat as what it subscribes to is kept under."""
    kind = ChatKind.SUPERGROUP if place.in_group else ChatKind.PRIVATE
    return Here(str(place.chat_id), str(person_id), place.topic_id or 0, kind, place.title, allowed, language())


async def may_change(bot: Bot, place: Place, person_id: int) -> bool:
    """Whether that person, or the chat itself where an admin writes in its name, may change what it is told.

    Raises TelegramError where Telegram cannot be asked."""
    if not place.in_group or person_id == place.chat_id:
        return True
    return await is_admin(bot, place.chat_id, person_id)


async def is_admin(bot: Bot, chat: int | str, person_id: int) -> bool:
    """Whether a person is an admin of a chat; no, where the bot cannot see. Raises TelegramError."""
    try:
        return (await bot.get_chat_member(chat, person_id)).status in _ADMINS
    except (BadRequest, Forbidden):
        return False
