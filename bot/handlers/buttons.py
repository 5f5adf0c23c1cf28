"""Suggested questions as buttons. The label is the question, so pressing one works after any restart."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.languages.marks import translatable
from bot.understanding.query import Intent, Query
from bot.views.wording import tell
from store.alert_tables import Kinds

_MOST = 3
_LONGEST_DATA = 64
NOTIFY_ME = translatable("🔔 Notify me")
BACK = translatable("Back")
_NOTIFIED = {
    Intent.LAUNCH_DATE: Kinds.LAUNCH, Intent.LAUNCH_LIST: Kinds.LAUNCH, Intent.UPCOMING: Kinds.LAUNCH,
    Intent.MILESTONES: Kinds.MILESTONE,
}  # fmt: skip
STALE = translatable("That button no longer works. Type the question instead.")


def keyboard(questions: Sequence[str]) -> InlineKeyboardMarkup | None:
    """One button a question, the first three."""
    rows = [
        [InlineKeyboardButton(question, callback_data=f"ask:{at}")] for at, question in enumerate(questions[:_MOST])
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def notify_me(query: Query) -> InlineKeyboardMarkup | None:
    """A button that subscribes to what was asked about, below answers on launches and milestones."""
    kinds = _NOTIFIED.get(query.intent) if query.intent else None
    if kinds is None or not (query.vendors or query.regions):
        return None
    data = subscribing(query.vendors[0] if query.vendors else "", query.regions[0] if query.regions else "", kinds)
    return InlineKeyboardMarkup([[InlineKeyboardButton(tell(NOTIFY_ME), callback_data=data)]]) if data else None


def subscribing(vendor: str, region: str, kinds: Kinds) -> str | None:
    """The data of a button that subscribes; None where it would be longer than Telegram allows."""
    data = f"sub:do:{vendor}:{region}:{int(kinds)}"
    return data if len(data.encode()) <= _LONGEST_DATA else None


def question_of(pressed: CallbackQuery) -> str | None:
    """The question on the button pressed; None where Telegram forgot the message, or it has no such button."""
    message = pressed.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return None
    buttons = (button for row in message.reply_markup.inline_keyboard for button in row)
    return next((button.text for button in buttons if button.callback_data == pressed.data), None)
