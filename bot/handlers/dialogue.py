"""A question from a chat, answered into it. Every kind of message ends here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from telegram import Bot

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.handlers.buttons import keyboard, notify_me
from bot.handlers.permission import here_of, may_change
from bot.handlers.reply import Place, say, typing
from bot.subscribing import CHANGING, Here
from bot.understanding.query import Intent
from bot.views.telegram import message
from bot.views.text import plain

Given = TypeVar("Given")


def utc_today() -> date:
    return datetime.now(UTC).date()


class Dialogue:
    """Asks the bot's understanding in a worker thread, as the store waits for its database, and replies."""

    def __init__(self, answering: Answering, workers: Executor, today: Callable[[], date] = utc_today) -> None:
        self._answering, self._workers, self._today = answering, workers, today

    async def answer(
        self, bot: Bot, place: Place, person_id: int, question: str, remembered: bool = True, here: Here | None = None
    ) -> None:
        """Reply to a question. Not `remembered`, it is no part of the conversation, and a follow-up skips it.

        `here` is the chat whose subscriptions are meant, where it is not the place itself. Raises StoreError and
        TelegramError."""
        ask = partial(self._answering.ask, question, self._today())
        if remembered:
            ask = partial(ask, chat_id=str(place.chat_id), person_id=str(person_id))
        async with typing(bot, place):
            own = here_of(place, person_id, allowed=not place.in_group)
            answer = await self.in_thread(partial(ask, here=here or own))
            if (
                here is None
                and place.in_group
                and answer.query.intent in CHANGING
                and await may_change(bot, place, person_id)
            ):
                answer = await self.in_thread(partial(ask, here=here_of(place, person_id)))
        buttons = keyboard(answer.suggestions) if _offers(answer) else notify_me(answer.query)
        if _offers(answer) and buttons:
            answer = replace(answer, suggestions=())  # they stand on the buttons
        await say(bot, place, plain(answer), message(answer), buttons)

    async def come_back(self, chat_id: int) -> None:
        """A chat that had ended is there again: its subscriptions count again. Raises StoreError."""
        await self.in_thread(partial(self._answering.come_back, str(chat_id)))

    async def in_thread(self, call: Callable[[], Given]) -> Given:
        """Run what waits for the database in a worker thread."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, call)


def _offers(answer: Answer) -> bool:
    """Suggestions are for those who got no answer, or have just come; others know what they want."""
    return not answer.answered or answer.query.intent in (Intent.GREETING, Intent.HELP)
