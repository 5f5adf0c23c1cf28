"""Commands: each is a question in short, so each is answered as the question would be."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from telegram import Update
from telegram.constants import ChatType

from bot.handlers.addressed import asked_by, has_words, replied_question, text_of
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import Place, say
from bot.languages.marks import translatable
from bot.views.wording import tell

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

NOTHING_ASKED = translatable("Write your question after the command: /ask how many phones did Xiaomi ship in Q2 2017?")
NO_VENDOR = translatable("Write a vendor after the command: /vendor Xiaomi")
NO_COMMAND = translatable("I know no command {command}. /help shows what I can do.")
_SHOWN = 32  # letters of an unknown command that are repeated


ByLink = Callable[[Update, "ContextTypes.DEFAULT_TYPE", str], Awaitable[bool]]


class Commands:
    """One method a command."""

    def __init__(self, dialogue: Dialogue, by_link: ByLink) -> None:
        self._dialogue, self._by_link = dialogue, by_link

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start, or /start PAYLOAD where somebody came by a link. Who had blocked the bot is told of things again."""
        if update.message is not None:
            await self._dialogue.come_back(update.message.chat.id)
        if await self._by_link(update, context, after_command(update)):
            return
        await self._ask(update, context, "hello", remembered=False)

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._ask(update, context, "help", remembered=False)

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask QUESTION, or /ask alone in reply to somebody's question."""
        question = after_command(update)
        if not question and update.message:
            question = replied_question(context.bot.bot, update.message)
        await (self._ask(update, context, question) if has_words(question) else _say(update, context, NOTHING_ASKED))

    async def top(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/top [region] [period]"""
        await self._ask(update, context, f"top five vendors {after_command(update)}")

    async def launches(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/launches [region]"""
        await self._ask(update, context, f"launches {after_command(update)}")

    async def vendor(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/vendor NAME"""
        name = after_command(update)
        await (self._ask(update, context, f"vendor {name}") if has_words(name) else _say(update, context, NO_VENDOR))

    async def unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A command that is none of ours: said so in private, and in a group only where it was sent to this bot."""
        message = update.message
        if message is None:
            return
        command, _, addressee = text_of(message).split()[0].partition("@")
        ours = addressee.casefold() == (context.bot.username or "").casefold()
        if ours or message.chat.type == ChatType.PRIVATE:
            await _say(update, context, NO_COMMAND, command=command[:_SHOWN])

    async def _ask(
        self, update: Update, context: ContextTypes.DEFAULT_TYPE, question: str, remembered: bool = True
    ) -> None:
        message = update.message
        if message is not None:
            place = Place.of(message)
            await self._dialogue.answer(context.bot, place, asked_by(message), question.strip(), remembered)


async def _say(update: Update, context: ContextTypes.DEFAULT_TYPE, message: str, **given: str) -> None:
    if update.message is not None:
        await say(context.bot, Place.of(update.message), tell(message, **given))


def after_command(update: Update) -> str:
    """What is written after "/top" or "/top@bot"."""
    text = text_of(update.message) if update.message else ""
    return re.sub(r"^\S+\s*", "", text, count=1).strip()
