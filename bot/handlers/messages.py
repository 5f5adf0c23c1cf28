"""Messages that are no commands, and presses of buttons."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from telegram import Message, Update
from telegram.error import BadRequest

from bot.handlers.addressed import asked_by, has_words, question_to, replied_question, text_of
from bot.handlers.buttons import STALE, question_of
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import Place, say
from bot.languages.marks import translatable
from bot.views.wording import tell
from store.engine import StoreError

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

WORDLESS = translatable(
    "I understand written words only. Ask me something like: how many phones did Xiaomi ship in Q2 2017?"
)

ForDraft = Callable[[Message, "ContextTypes.DEFAULT_TYPE"], Awaitable[bool]]


class Messages:
    """Private chats, where any text is a question, and groups, where the bot speaks when spoken to."""

    def __init__(self, dialogue: Dialogue, for_draft: ForDraft) -> None:
        self._dialogue, self._for_draft = dialogue, for_draft

    async def private(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message in a private chat; a sticker, picture or voice is answered in words."""
        message = update.message
        if message is None:
            return
        asked = has_words(text_of(message))
        with contextlib.suppress(*(() if asked else (StoreError,))):  # without words the store is not needed
            if (text_of(message) or message.document) and await self._for_draft(message, context):
                return
        if asked:
            await self._dialogue.answer(context.bot, Place.of(message), asked_by(message), text_of(message))
        elif not _same_album(message, context):
            await say(context.bot, Place.of(message), tell(WORDLESS))

    async def group(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a group's message if it is meant for the bot. A bare mention asks the message it replies to."""
        message = update.message
        if message is None or message.is_automatic_forward:
            return
        question = question_to(context.bot.bot, message)
        if question is None:
            return
        place, person = Place.of(message), asked_by(message)
        question = question or replied_question(context.bot.bot, message)
        if not question:
            await self._dialogue.answer(context.bot, place, person, "hello", remembered=False)
        elif has_words(question):
            await self._dialogue.answer(context.bot, place, person, question)
        else:
            await say(context.bot, place, tell(WORDLESS))

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question on a button."""
        press = update.callback_query
        if press is None:
            return
        question = question_of(press)
        # Telegram forgets a press after a while; its question can be answered all the same.
        with contextlib.suppress(BadRequest):
            await press.answer(text=None if question else tell(STALE))
        if question and isinstance(press.message, Message):
            await self._dialogue.answer(context.bot, Place.of(press.message), press.from_user.id, question)


def _same_album(message: Message, context: ContextTypes.DEFAULT_TYPE) -> bool:
    """True for the second picture of an album and those after it: each comes as a message, one reply is enough."""
    if message.media_group_id is None or context.chat_data is None:
        return False
    last = context.chat_data.get("album")
    context.chat_data["album"] = message.media_group_id
    return bool(last == message.media_group_id)
