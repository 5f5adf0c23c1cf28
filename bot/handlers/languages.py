"""Which language a person is answered in: settled before anything else is done with an update; chosen by /language."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.answering import Answering
from bot.handlers.addressed import asked_by, text_of
from bot.handlers.arriving import Look, look_at
from bot.handlers.buttons import STALE
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.permission import here_of, may_change
from bot.handlers.reply import Place, say
from bot.languages.marks import translatable
from bot.languages.spoken import ENGLISH, NAMES, known, language, speak
from bot.requests import present
from bot.subscribing import NOT_ADMIN, Here
from bot.understanding.tongue import language_of
from bot.views.wording import tell
from store.alert_tables import ChatKind
from store.arrivals import Arrival
from store.chats import choose_language
from store.engine import StoreError, reading, writing

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

ASK = translatable("I answer here in English. Which language shall I speak?")
NO_LANGUAGE = translatable("I do not speak {name}. I speak {languages}.")
_SHOWN = 32  # letters of a language that nobody knows


class Languages:
    """The language of a chat: what it chose, else what Telegram says of the person, else what the question is in."""

    def __init__(self, dialogue: Dialogue, answering: Answering) -> None:
        self._dialogue, self._engine = dialogue, answering.engine

    async def settle(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Speak the right language in all that follows from an update."""
        person, message, begun = update.effective_user, update.effective_message, present()
        arrived, look = begun.arrival if begun else None, look_at(update)
        if arrived is None and look:
            with contextlib.suppress(StoreError):  # what the person reads is known without the store, too
                arrived = await self._dialogue.in_thread(partial(self._seen, look))
        if begun:
            begun.arrival = arrived
        chosen = arrived.language if arrived else ""
        question = text_of(message) if isinstance(message, Message) else ""
        if update.inline_query:
            question = update.inline_query.query
        speak(known(chosen) or known(person.language_code if person else None) or language_of(question) or ENGLISH)

    async def language(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/language, or /language NAME"""
        message = update.message
        if message is None:
            return
        place, person, wanted = Place.of(message), asked_by(message), after_command(update)
        if wanted:
            code = _named(wanted)
            if code is None:
                unknown = tell(NO_LANGUAGE, name=wanted[:_SHOWN], languages=", ".join(NAMES.values()))
                await say(context.bot, place, unknown)
                return
            if not await may_change(context.bot, place, person):
                await say(context.bot, place, tell(NOT_ADMIN))
                return
            await self._dialogue.in_thread(partial(self._choose, here_of(place, person), code))
            speak(code)
        await say(context.bot, place, tell(ASK), buttons=_buttons())

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """lang: asks which; lang:CODE chooses one."""
        press = update.callback_query
        if press is None or not isinstance(press.message, Message) or not press.data:
            return
        place, code = Place.of(press.message), press.data.partition(":")[2]
        if not code:
            with contextlib.suppress(BadRequest):
                await press.answer()
            await say(context.bot, place, tell(ASK), buttons=_buttons())
            return
        if code not in NAMES:
            await press.answer(tell(STALE))
            return
        if not await may_change(context.bot, place, press.from_user.id):
            await press.answer(tell(NOT_ADMIN))
            return
        await self._dialogue.in_thread(partial(self._choose, here_of(place, press.from_user.id), code))
        speak(code)
        with contextlib.suppress(BadRequest):  # Telegram forgets a press after a while
            await press.answer()
        with contextlib.suppress(BadRequest):  # pressed twice: it says so already
            await press.edit_message_text(tell(ASK), reply_markup=_buttons())

    def _seen(self, look: Look) -> Arrival:
        with reading(self._engine) as session:
            return look(session)

    def _choose(self, here: Here, code: str) -> None:
        with writing(self._engine) as session:
            choose_language(session, here.address, here.kind or ChatKind.PRIVATE, here.title, code)


def _buttons() -> InlineKeyboardMarkup:
    """A button a language, in its own words, the present one marked."""
    made = [
        InlineKeyboardButton(f"{'✓ ' if code == language() else ''}{name}", callback_data=f"lang:{code}")
        for code, name in NAMES.items()
    ]
    return InlineKeyboardMarkup([made[at : at + 2] for at in range(0, len(made), 2)])


def _named(text: str) -> str | None:
    """A language by its code, or the name that its speakers or the English give it."""
    wanted = text.casefold()
    english = {"spanish": "es", "hindi": "hi", "chinese": "zh", "portuguese": "pt", "russian": "ru", "中文": "zh"}
    own = {name.casefold(): code for code, name in NAMES.items()}
    return own.get(wanted) or english.get(wanted) or known(wanted)
