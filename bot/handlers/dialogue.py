"""A question from a chat, answered into it. Every kind of message ends here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import structlog
from telegram import Bot

from bot import metrics
from bot.answering import Answering
from bot.answers.answer import Answer
from bot.handlers.buttons import keyboard
from bot.handlers.reply import Place, say, typing
from bot.understanding.query import Intent
from bot.views.telegram import message
from bot.views.text import plain

log = structlog.get_logger("vendorbot.questions")


def utc_today() -> date:
    return datetime.now(UTC).date()


class Dialogue:
    """Asks the bot's understanding in a worker thread, as the store waits for its database, and replies."""

    def __init__(self, answering: Answering, workers: Executor, today: Callable[[], date] = utc_today) -> None:
        self._answering, self._workers, self._today = answering, workers, today

    async def answer(self, bot: Bot, place: Place, person_id: int, question: str, remembered: bool = True) -> None:
        """Reply to a question. Not `remembered`, it is no part of the conversation, and a follow-up skips it.

        Raises StoreError and TelegramError."""
        ask = partial(self._answering.ask, question, self._today())
        if remembered:
            ask = partial(ask, chat_id=str(place.chat_id), person_id=str(person_id))
        async with typing(bot, place):
            with metrics.answering() as outcome:
                ask = partial(copy_context().run, ask)  # the thread's log lines belong to this request too
                answer = await asyncio.get_running_loop().run_in_executor(self._workers, ask)
                outcome.answered = answer.answered
        log.info("answered", intent=answer.query.intent, answered=answer.answered, seconds=round(outcome.seconds, 4))
        buttons = keyboard(answer.suggestions) if _offers(answer) else None
        if buttons:
            answer = replace(answer, suggestions=())  # they stand on the buttons
        await say(bot, place, plain(answer), message(answer), buttons)


def _offers(answer: Answer) -> bool:
    """Suggestions are for those who got no answer, or have just come; others know what they want."""
    return not answer.answered or answer.query.intent in (Intent.GREETING, Intent.HELP)
