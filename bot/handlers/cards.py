"""Cards of drafts as messages: sent, or put in the place of the one whose button was pressed."""

from __future__ import annotations

import contextlib

from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest

from bot.admin.card import Card
from bot.handlers.reply import NO_PREVIEW, Place, say
from bot.sending import persist

_LONGEST_NOTICE = 200


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
