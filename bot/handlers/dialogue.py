"""A question from a chat, answered into it. Every kind of message ends here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from telegram import Bot

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.answers.follow_up import FollowUps
from bot.handlers.buttons import keyboard
from bot.handlers.charts import Charts
from bot.handlers.follow_up_buttons import follow_up_keyboard
from bot.handlers.inline import inline_is_on
from bot.handlers.reply import Place, at_work, say
from bot.understanding.pictures import asks_for_picture
from bot.understanding.query import Intent
from bot.views.telegram import message
from bot.views.text import plain


def utc_today() -> date:
    return datetime.now(UTC).date()


class Dialogue:
    """Asks the bot's understanding in a worker thread, as the store waits for its database, and replies."""

    def __init__(self, answering: Answering, workers: Executor, today: Callable[[], date] = utc_today) -> None:
        self.answering, self.workers, self.today = answering, workers, today
        self.charts = Charts(answering, workers)

    async def answer(self, bot: Bot, place: Place, person_id: int, question: str, remembered: bool = True) -> None:
        """Reply to a question, in words or with a chart. Not `remembered`, it is no part of the conversation, and a
        follow-up skips it. Raises StoreError and TelegramError."""
        ask = partial(self.answering.ask, question, self.today())
        if remembered:
            ask = partial(ask, chat_id=str(place.chat_id), person_id=str(person_id))

        def asked() -> tuple[Answer, FollowUps]:
            answer = ask()
            return answer, self.answering.follow_ups(answer)

        async with at_work(bot, place):
            answer, follow = await asyncio.get_running_loop().run_in_executor(self.workers, asked)
        if answer.answered and asks_for_picture(question):
            picture = await self.charts.drawn(answer)
            below = follow_up_keyboard(answer, follow, self.answering.catalogue, drawn=True)
            if picture and await self.charts.send(bot, place, answer, picture, below):
                return
        if _offers(answer):
            buttons = keyboard(answer.suggestions)
            if buttons:
                answer = replace(answer, suggestions=())  # they stand on the buttons
        else:
            alone = place.quoted_id is None
            shared = question if alone and not answer.query.follows and inline_is_on(bot) else ""
            buttons = follow_up_keyboard(answer, follow, self.answering.catalogue, copied=alone, question=shared)
        await say(bot, place, plain(answer), message(answer), buttons)


def _offers(answer: Answer) -> bool:
    """Suggestions are for those who got no answer, or have just come; others know what they want."""
    return not answer.answered or answer.query.intent in (Intent.GREETING, Intent.HELP)
