"""Presses of the buttons under answers: another period, another region, a chart, a calendar file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from telegram import Bot, CallbackQuery, Message, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.answers.follow_up import FollowUps
from bot.handlers.buttons import STALE
from bot.handlers.charts import Charts
from bot.handlers.follow_up_buttons import follow_up_keyboard, places_keyboard
from bot.handlers.press_code import Action, Press, decode
from bot.handlers.reply import NO_PREVIEW, Place, say, send_file
from bot.handlers.working import in_worker
from bot.languages.marks import Counted, translatable
from bot.sending import persist
from bot.understanding.query import Intent
from bot.views.calendar import calendar, dated, file_name
from bot.views.telegram import message as as_html
from bot.views.text import plain
from bot.views.wording import tell
from store.facts import KnownLaunch

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

PATTERN = r"^[scpi][a-z][-a-z]\d*\|"  # what press_code.py writes
NOTHING = translatable("I have nothing on that.")
NO_CHART = translatable("There are too few numbers for a chart.")
_MOST_PAGES = 20
CALENDAR = Counted("Open it to put the launch into your calendar.", "{count} launches for your calendar.")
NO_DATES = translatable("None of these launches has a date to come.")

Given = TypeVar("Given")


class Presses:
    """One method an action; each answers the press in a word or with what was asked for."""

    def __init__(self, answering: Answering, workers: Executor, charts: Charts, today: Callable[[], date]) -> None:
        self._answering, self._workers, self._charts, self._today = answering, workers, charts, today

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what the button says; what no longer can be done is said in a sentence."""
        pressed = update.callback_query
        if pressed is None:
            return
        press = decode(pressed.data or "", self._answering.catalogue, self._today())
        message = pressed.message
        if press is None or not isinstance(message, Message):
            await confirm(pressed, tell(STALE))
            return
        does = {
            Action.SHOW: self._show,
            Action.CHART: self._chart,
            Action.PLACES: self._places,
            Action.CALENDAR: self._calendar,
        }[press.action]
        said = await does(context.bot, press, pressed, message)
        if said is not None:
            await confirm(pressed, tell(said))

    async def _show(self, bot: Bot, press: Press, pressed: CallbackQuery, message: Message) -> str | None:
        """The question answered in place of what the message says."""
        answer, follow = await self._answered(press, pressed, message)
        drawn = bool(message.photo)
        picture = await self._charts.drawn(answer) if drawn else None
        if not answer.answered or (drawn and picture is None):
            return NOTHING
        await confirm(pressed)
        buttons = follow_up_keyboard(answer, follow, self._answering.catalogue, drawn=drawn, copied=_alone(message))
        with unchanged():
            if picture:
                await self._charts.exchange(bot, message, answer, picture, buttons)
            else:
                await persist(
                    lambda: message.edit_text(
                        as_html(answer), ParseMode.HTML, reply_markup=buttons, link_preview_options=NO_PREVIEW
                    )
                )
        return None

    async def _chart(self, bot: Bot, press: Press, pressed: CallbackQuery, message: Message) -> str | None:
        """The question answered by a picture, in a message of its own."""
        answer, follow = await self._answered(press, pressed, message)
        picture = await self._charts.drawn(answer)
        if picture is None:
            return NO_CHART
        await confirm(pressed)
        buttons = follow_up_keyboard(answer, follow, self._answering.catalogue, drawn=True)
        if not await self._charts.send(bot, Place.of(message), answer, picture, buttons):
            await say(bot, Place.of(message), partial(plain, answer), as_html(answer), buttons)
        return None

    async def _places(self, _bot: Bot, press: Press, pressed: CallbackQuery, message: Message) -> str | None:
        """The regions for which the question can be asked, as buttons in place of those there are."""
        regions = await self._run(lambda: self._answering.other_regions(press.query))
        buttons = places_keyboard(press.query, regions, press.part, self._answering.catalogue)
        if buttons is None:
            return NOTHING
        await confirm(pressed)
        with unchanged():
            await persist(lambda: message.edit_reply_markup(buttons))
        return None

    async def _calendar(self, bot: Bot, press: Press, pressed: CallbackQuery, message: Message) -> str | None:
        """The launches that are to come, those on other pages too, as a file for a calendar."""
        launches = await self._run(lambda: self._to_come(press))
        if not launches:
            return NO_DATES
        await confirm(pressed)
        content = await self._run(lambda: calendar(launches, self._answering.catalogue))
        caption = tell(CALENDAR, count=len(launches))
        await send_file(bot, Place.of(message), content, file_name(launches), caption)
        return None

    async def _answered(self, press: Press, pressed: CallbackQuery, message: Message) -> tuple[Answer, FollowUps]:
        """The answer to a button's question, which follow-ups then go on from. Raises StoreError."""
        chat, person = str(message.chat.id), str(pressed.from_user.id)

        def ask() -> tuple[Answer, FollowUps]:
            answer = self._answering.answer(press.query, chat, person)
            return answer, self._answering.follow_ups(answer)

        return await self._run(ask)

    def _to_come(self, press: Press) -> list[KnownLaunch]:
        """The launches with a date to come, of all pages."""
        query = press.query
        if query.intent is Intent.LAUNCH_LIST:  # of those long past no page need be looked at
            query = replace(query, intent=Intent.UPCOMING)
        first = self._answering.answer(replace(query, page=0))
        pages = range(1, min(first.pages, _MOST_PAGES))
        others = [self._answering.answer(replace(query, page=page)) for page in pages]
        return [launch for answer in (first, *others) for launch in dated(answer)]

    async def _run(self, call: Callable[[], Given]) -> Given:
        return await in_worker(self._workers, call)


def _alone(message: Message) -> bool:
    """True in a private chat, where buttons for one person are in nobody's way."""
    return message.chat.type == ChatType.PRIVATE


async def confirm(pressed: CallbackQuery, said: str | None = None) -> None:
    """End the button's waiting. Telegram forgets a press after a while; what it asked for is done all the same."""
    with contextlib.suppress(BadRequest):
        await pressed.answer(text=said)


@contextlib.contextmanager
def unchanged() -> Iterator[None]:
    """Two quick presses of one button: the second finds everything as it should be."""
    try:
        yield
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise
