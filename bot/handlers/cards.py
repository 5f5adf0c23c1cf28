"""Cards of drafts as messages: sent, or put in the place of the one whose button was pressed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest

from bot.admin.card import Card
from bot.handlers.addressed import asked_by
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import NO_PREVIEW, Place, say
from bot.sending import persist

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

IN_PRIVATE = "Write that to me in private: drafts are between the two of us."
_LONGEST_NOTICE = 200

Begin = Callable[[int, str], Card]


async def begin_card(dialogue: Dialogue, update: Update, context: ContextTypes.DEFAULT_TYPE, begin: Begin) -> None:
    """Reply to a command with the card that it begins, of the person and what stands after the command."""
    message = update.message
    if message is None:
        return
    place = Place.of(message)
    if message.chat.type != ChatType.PRIVATE:
        await say(context.bot, place, IN_PRIVATE)
        return
    card = await dialogue.in_thread(partial(begin, asked_by(message), after_command(update)))
    await send_card(context.bot, place, card)


def keyboard_of(card: Card) -> InlineKeyboardMarkup | None:
    """The card's buttons."""
    rows = [[InlineKeyboardButton(one.label, callback_data=one.data) for one in row] for row in card.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


async def send_card(bot: Bot, place: Place, card: Card) -> None:
    """Send a card as a message. Raises TelegramError."""
    html = card.html if len(card.html) <= MessageLimit.MAX_TEXT_LENGTH else None
    await say(bot, place, card.plain or card.notice, html or None, keyboard_of(card))


async def show_card(press: CallbackQuery, card: Card) -> None:
    """End the press's waiting, and show the card in the place of the message; a notice alone leaves the message."""
    with contextlib.suppress(BadRequest):  # Telegram forgets a press after a while
        await press.answer(card.notice[:_LONGEST_NOTICE] or None, show_alert=bool(card.notice))
    if not card.plain or not isinstance(press.message, Message):
        return
    message = press.message
    fits = len(card.html) <= MessageLimit.MAX_TEXT_LENGTH
    text, mode = (card.html, ParseMode.HTML) if fits else (card.plain[: MessageLimit.MAX_TEXT_LENGTH], None)
    with contextlib.suppress(BadRequest):  # pressed twice: it says so already
        await persist(
            lambda: message.edit_text(text, mode, reply_markup=keyboard_of(card), link_preview_options=NO_PREVIEW)
        )
