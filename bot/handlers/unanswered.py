"""/unanswered and /teach for admins: what people asked in vain, and words taught because of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from bot.admin.unanswered import Unanswered
from bot.handlers.access import needs
from bot.handlers.addressed import asked_by
from bot.handlers.cards import send_card, show_card
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import Place
from store.people import Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes


class Wanted:
    """Refuses everyone but admins and owners."""

    def __init__(self, dialogue: Dialogue, unanswered: Unanswered) -> None:
        self._dialogue, self._unanswered = dialogue, unanswered

    @needs(Role.ADMIN)
    async def unanswered(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/unanswered"""
        if update.message is not None:
            card = await self._dialogue.in_thread(self._unanswered.listed)
            await send_card(context.bot, Place.of(update.message), card)

    @needs(Role.ADMIN)
    async def teach(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/teach WORD = NAME"""
        if update.message is not None:
            teach = partial(self._unanswered.teach, asked_by(update.message), after_command(update))
            await send_card(context.bot, Place.of(update.message), await self._dialogue.in_thread(teach))

    @needs(Role.ADMIN)
    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """want:..."""
        press = update.callback_query
        if press is not None:
            do = partial(self._unanswered.press, press.from_user.id, press.data or "")
            await show_card(press, await self._dialogue.in_thread(do))
