"""/history, /edit, /retract, /undo and /merge, and the buttons below a history."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram import Message, Update

from bot.admin.card import Card, card
from bot.admin.histories import Histories, numbered
from bot.admin.workshops import Workshops
from bot.handlers.access import Access, needs
from bot.handlers.buttons import STALE
from bot.handlers.cards import IN_PRIVATE, begin_card, send_card, show_card
from bot.handlers.dialogue import Dialogue
from bot.handlers.presses import confirm
from bot.handlers.reply import Place
from store.history import TABLES
from store.people import Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

EDIT_WHICH = (
    "Write the number of what shall be changed, and what is different where you like: /edit fact 123, /edit launch 45"
    " 8 Nov 2017. /history finds numbers: /history Xiaomi India Q3 2017."
)


class Changing:
    """Each change is a draft of its own, which is looked at before it is done."""

    def __init__(self, dialogue: Dialogue, workshops: Workshops, histories: Histories) -> None:
        self._dialogue, self._shops, self._histories = dialogue, workshops, histories

    @needs(Role.EDITOR)
    async def history(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/history fact 123, or /history Xiaomi India Q3 2017"""
        await begin_card(self._dialogue, update, context, lambda _person, text: self._histories.find(text))

    @needs(Role.EDITOR)
    async def edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/edit fact 123, or /edit launch 45 8 Nov 2017"""
        await begin_card(self._dialogue, update, context, self._edited)

    @needs(Role.ADMIN)
    async def retract(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/retract fact 123 REASON"""
        await begin_card(self._dialogue, update, context, self._shops.retracting.begin)

    @needs(Role.EDITOR)
    async def undo(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/undo"""
        await begin_card(self._dialogue, update, context, lambda person, _text: self._shops.undoing.begin(person))

    @needs(Role.ADMIN)
    async def merge(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/merge Foo into Bar"""
        await begin_card(self._dialogue, update, context, self._shops.merging.begin)

    @needs(Role.EDITOR)
    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """row:history:TABLE:NUMBER, row:edit:TABLE:NUMBER, row:retract:TABLE:NUMBER"""
        press = update.callback_query
        if press is None:
            return
        match (press.data or "").split(":"):
            case ["row", "history" | "edit" | "retract" as action, table, number] if (
                table in TABLES and number.isascii() and number.isdigit() and len(number) < 10
            ):
                pass
            case _:
                await confirm(press, STALE)
                return
        person, row_id = press.from_user.id, int(number)
        if action == "retract" and await Access.of(context).role_of(person) < Role.ADMIN:
            await Access.of(context).refuse(update, context, Role.ADMIN)
            return
        place = Place.of(press.message) if isinstance(press.message, Message) else None
        if place is not None and place.in_group:
            await confirm(press, IN_PRIVATE)
            return
        does = {
            "history": partial(self._histories.of, table, row_id),
            "edit": partial(self._shops.adding.begin_edit, person, table, row_id),
            "retract": partial(self._shops.retracting.begin_with, person, table, row_id),
        }[action]
        found = await self._dialogue.in_thread(does)
        if place is None or action == "history":
            await show_card(press, found)
        else:  # the history stays where it is
            await confirm(press)
            await send_card(context.bot, place, found)

    def _edited(self, person_id: int, text: str) -> Card:
        parts = text.split()
        for length in (2, 1):
            named = numbered(" ".join(parts[:length])) if len(parts) >= length else None
            if named:
                return self._shops.adding.begin_edit(person_id, *named, " ".join(parts[length:]))
        return card(EDIT_WHICH)
