"""Suggested questions as buttons. The label is the question, so pressing one works after any restart."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

_MOST = 3
STALE = "That button no longer works. Type the question instead."


def keyboard(questions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """One button a question, the first three."""
    rows = [
        [InlineKeyboardButton(question, callback_data=f"ask:{at}")] for at, question in enumerate(questions[:_MOST])
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def question_of(pressed: CallbackQuery) -> str | None:
    """The question on the button pressed; None where Telegram forgot the message, or it has no such button."""
    message = pressed.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    buttons = (button for row in message.reply_markup.inline_keyboard for button in row)
    return next((button.text for button in buttons if button.callback_data == pressed.data), None)
