"""Presses of "Not what you meant?" and of what could have been meant: the answer changes where it stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType, ParseMode

from bot.answers.answer import Answer
from bot.answers.follow_up import FollowUps
from bot.handlers.buttons import STALE, question_of
from bot.handlers.choice_buttons import data_of, opened, question_in
from bot.handlers.dialogue import Dialogue
from bot.handlers.follow_up_buttons import follow_up_keyboard
from bot.handlers.presses import confirm, unchanged
from bot.handlers.reply import NO_PREVIEW, Place
from bot.languages.marks import translatable
from bot.sending import persist
from bot.views.telegram import message as as_html
from bot.views.wording import tell

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

PATTERN = "^(pick:[0-2]$|other:)"
NO_OTHER = translatable("I know no other way to read that. Please ask in other words.")


class Corrections:
    """One tap says what was meant."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue, self._answering = dialogue, dialogue.answering

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """pick:0 asks what stands on the button; other:QUESTION shows the other readings."""
        press = update.callback_query
        if press is None or not isinstance(press.message, Message) or press.message.reply_markup is None:
            if press is not None:
                await confirm(press, tell(STALE))
            return
        if (press.data or "").startswith("pick:"):
            await self._chosen(press, press.message, context)
        else:
            await self._others(press, press.message)

    async def _others(self, press: CallbackQuery, message: Message) -> None:
        assert message.reply_markup is not None
        chat, person, data = str(message.chat.id), str(press.from_user.id), press.data or ""
        choices = await self._dialogue.in_thread(partial(self._choices, data, chat, person))
        await confirm(press, None if choices else tell(NO_OTHER))
        if choices:
            markup = opened(message.reply_markup, data, choices)
            with unchanged():
                await persist(lambda: message.edit_reply_markup(markup))

    def _choices(self, data: str, chat: str, person: str) -> tuple[str, ...]:
        """The readings that were kept with the question; for an older one, or another person, those it has now."""
        meant = self._answering.meant(chat, person)
        if meant and data_of(meant.asked) == data:
            return meant.choices
        asked = question_in(data)
        return self._answering.ask(asked, self._dialogue.today()).choices if asked else ()

    async def _chosen(self, press: CallbackQuery, message: Message, context: ContextTypes.DEFAULT_TYPE) -> None:
        question = question_of(press)
        if question is None:
            await confirm(press, tell(STALE))
            return
        if message.photo:  # a picture cannot become words
            await confirm(press)
            await self._dialogue.answer(context.bot, Place.of(message), press.from_user.id, question)
            return
        chat, person = str(message.chat.id), str(press.from_user.id)
        answer, follow = await self._dialogue.in_thread(partial(self._answered, question, chat, person))
        await confirm(press)
        alone = message.chat.type == ChatType.PRIVATE
        buttons = follow_up_keyboard(answer, follow, self._answering.catalogue, copied=alone)
        with unchanged():
            await persist(
                lambda: message.edit_text(
                    as_html(answer), ParseMode.HTML, reply_markup=buttons, link_preview_options=NO_PREVIEW
                )
            )

    def _answered(self, question: str, chat: str, person: str) -> tuple[Answer, FollowUps]:
        answer = self._answering.choose(question, self._dialogue.today(), chat, person)
        return answer, self._answering.follow_ups(answer)
