"""Commands and buttons of those who keep the facts: each begins a draft or carries one on. In private chats only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram import Message, Update

from bot.admin.drafts import Drafts
from bot.admin.workshops import Workshops
from bot.handlers.access import needs
from bot.handlers.addressed import asked_by, text_of
from bot.handlers.cards import Begin, begin_card, send_card, show_card
from bot.handlers.dialogue import Dialogue
from bot.handlers.documents import Documents
from bot.handlers.reply import Place
from bot.requests import present
from store.people import Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes


class Drafting:
    """Whose draft it is, and whether the button still holds, is asked in bot/admin/drafts.py."""

    def __init__(self, dialogue: Dialogue, workshops: Workshops, drafts: Drafts, documents: Documents) -> None:
        self._dialogue, self._shops, self._drafts, self._documents = dialogue, workshops, drafts, documents

    @needs(Role.EDITOR)
    async def addfact(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/addfact Xiaomi, India, Q3 2017, 9.2 million, estimate, https://..., or step by step"""
        await self._begin(update, context, lambda person, text: self._shops.adding.begin(person, "fact", text))

    @needs(Role.EDITOR)
    async def addmilestone(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/addmilestone Xiaomi, 10 million phones in a month, worldwide, October 2017, confirmed, https://..."""
        await self._begin(update, context, lambda person, text: self._shops.adding.begin(person, "milestone", text))

    @needs(Role.EDITOR)
    async def addlaunch(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/addlaunch Xiaomi, Mi A1, Spain, 7 Nov 2017, confirmed, https://..."""
        await self._begin(update, context, lambda person, text: self._shops.adding.begin(person, "launch", text))

    @needs(Role.EDITOR)
    async def addvendor(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/addvendor Nothing, GB, 2020, aliases: Nothing Tech"""
        await self._begin(update, context, self._shops.vendor.begin)

    @needs(Role.EDITOR)
    async def drafts(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/drafts"""
        await self._begin(update, context, lambda person, _text: self._drafts.listed(person))

    @needs(Role.EDITOR)
    async def cancel(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/cancel"""
        await self._begin(update, context, lambda person, _text: self._drafts.cancel(person))

    @needs(Role.EDITOR)
    async def pressed(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """draft:NUMBER:REVISION:ACTION:ARGUMENT"""
        press = update.callback_query
        if press is not None:
            person, data = press.from_user.id, press.data or ""
            await show_card(press, await self._dialogue.in_thread(partial(self._drafts.press, person, data)))

    async def typed(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """Take a private message for the draft that awaits one; False where it is an ordinary question."""
        card, begun = None, present()
        arrived = begun.arrival if begun else None
        if arrived is None or arrived.drafting:
            card = await self._dialogue.in_thread(partial(self._drafts.typed, asked_by(message), text_of(message)))
        if card is None:
            return await self._documents.article(message, context)
        await send_card(context.bot, Place.of(message), card)
        return True

    async def _begin(self, update: Update, context: ContextTypes.DEFAULT_TYPE, begin: Begin) -> None:
        await begin_card(self._dialogue, update, context, begin)
