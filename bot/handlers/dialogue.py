"""A question from a chat, answered into it. Every kind of message ends here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardMarkup

from bot import metrics
from bot.answering import Answering
from bot.answers.answer import Answer
from bot.answers.follow_up import FollowUps
from bot.handlers.buttons import keyboard
from bot.handlers.charts import Charts
from bot.handlers.choice_buttons import asking, choice_keyboard, with_correction
from bot.handlers.follow_up_buttons import follow_up_keyboard
from bot.handlers.inline import inline_is_on
from bot.handlers.permission import here_of, may_change
from bot.handlers.reply import Place, at_work, say
from bot.handlers.working import in_worker
from bot.subscribing import CHANGING, Here
from bot.understanding.pictures import asks_for_picture
from bot.understanding.query import Intent
from bot.views.telegram import message
from bot.views.text import plain
from bot.views.wording import word

log = structlog.get_logger("vendorbot.questions")

Given = TypeVar("Given")


def utc_today() -> date:
    return datetime.now(UTC).date()


class Dialogue:
    """Asks the bot's understanding in a worker thread, as the store waits for its database, and replies."""

    def __init__(self, answering: Answering, workers: Executor, today: Callable[[], date] = utc_today) -> None:
        self.answering, self.workers, self.today = answering, workers, today
        self.charts = Charts(answering, workers)

    async def answer(
        self, bot: Bot, place: Place, person_id: int, question: str, remembered: bool = True, here: Here | None = None
    ) -> None:
        """Reply to a question, in words or with a chart. Not `remembered`, it is no part of the conversation, and a
        follow-up skips it.

        `here` is the chat whose subscriptions are meant, where it is not the place itself. Raises StoreError and
        TelegramError."""
        ask = partial(self.answering.ask_and_follow, question, self.today())
        if remembered:
            ask = partial(ask, chat_id=str(place.chat_id), person_id=str(person_id))
        async with at_work(bot, place):
            with metrics.answering() as outcome:
                own = here_of(place, person_id, allowed=not place.in_group)
                answer, follow = await self.in_thread(partial(ask, here=here or own))
                if (
                    here is None
                    and place.in_group
                    and answer.query.intent in CHANGING
                    and await may_change(bot, place, person_id)
                ):
                    answer, follow = await self.in_thread(partial(ask, here=here_of(place, person_id)))
                outcome.answered = answer.answered
        log.info("answered", intent=answer.query.intent, answered=answer.answered, seconds=round(outcome.seconds, 4))
        if answer.answered and asks_for_picture(question) and await self._draw(bot, place, answer, follow, question):
            return
        buttons: InlineKeyboardMarkup | None
        if answer.choices and not answer.answered:
            buttons = choice_keyboard(answer.choices)
            answer = asking(answer)  # the choices stand on the buttons
        elif _offers(answer):
            buttons = keyboard([word(suggestion) for suggestion in answer.suggestions])
            if buttons:
                answer = replace(answer, suggestions=())  # they stand on the buttons
        else:
            alone = not place.in_group
            shared = question if alone and not answer.query.follows and inline_is_on(bot) else ""
            buttons = follow_up_keyboard(answer, follow, self.answering.catalogue, copied=alone, question=shared)
            buttons = with_correction(buttons, answer, question)
        await say(bot, place, partial(plain, answer), message(answer), buttons)

    async def _draw(self, bot: Bot, place: Place, answer: Answer, follow: FollowUps, question: str) -> bool:
        """Reply with the answer's picture; False where it has none, or pictures are not allowed there."""
        picture = await self.charts.drawn(answer)
        buttons = follow_up_keyboard(answer, follow, self.answering.catalogue, drawn=True)
        buttons = with_correction(buttons, answer, question)
        return picture is not None and await self.charts.send(bot, place, answer, picture, buttons)

    async def come_back(self, chat_id: int) -> None:
        """A chat that had ended is there again: its subscriptions count again. Raises StoreError."""
        await self.in_thread(partial(self.answering.come_back, str(chat_id)))

    async def in_thread(self, call: Callable[[], Given]) -> Given:
        """Run what waits for the database in a worker thread."""
        return await in_worker(self.workers, call)


def _offers(answer: Answer) -> bool:
    """Suggestions are for those who got no answer, or have just come; others know what they want."""
    return not answer.answered or answer.query.intent in (Intent.GREETING, Intent.HELP)
