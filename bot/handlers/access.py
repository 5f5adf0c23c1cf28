"""Each handler states once which role it needs, by `@needs(Role.ADMIN)` above it; others are refused in a sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from telegram import Update, User
from telegram.error import BadRequest

from bot.admin.roles import Roles
from bot.handlers.addressed import asked_by
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import Place, say
from bot.handlers.role_menu import set_menu_of
from store.people import Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

REFUSED = {
    Role.EDITOR: "That is for the editors of this bot. Your id is {id}: admins make you one with /grant {id} editor.",
    Role.ADMIN: "That is for the admins of this bot. Your id is {id}: owners make you one with /grant {id} admin.",
    Role.OWNER: "That is for the owners of this bot, whom its setting OWNER_IDS names.",
}
REFUSED_PRESS = {
    Role.EDITOR: "That button is for the editors of this bot.",
    Role.ADMIN: "That button is for the admins of this bot.",
    Role.OWNER: "That button is for the owners of this bot.",
}
_KEY = "access"

Handler = Callable[[Any, Update, "ContextTypes.DEFAULT_TYPE"], Coroutine[Any, Any, None]]


class Access:
    """Who may do what, for all handlers of one application."""

    def __init__(self, dialogue: Dialogue, roles: Roles) -> None:
        self.roles, self._dialogue = roles, dialogue
        self._met: set[int] = set()  # whose names are kept already, so that the audit can name them

    @classmethod
    def of(cls, context: ContextTypes.DEFAULT_TYPE) -> Access:
        """The one of the application that handles the update."""
        found = context.bot_data[_KEY]
        assert isinstance(found, Access)
        return found

    def serve(self, bot_data: dict[str, Any]) -> None:
        """Be the one that the application's handlers ask."""
        bot_data[_KEY] = self

    async def role_of(self, person_id: int) -> Role:
        """A person's role. Raises StoreError."""
        return await self._dialogue.in_thread(partial(self.roles.of, person_id))

    async def meet(self, user: User | None) -> bool:
        """Keep who somebody is, and say whether that is news to this process. Raises StoreError."""
        if user is None or user.id in self._met:
            return False
        await self._dialogue.in_thread(partial(self.roles.meet, user.id, user.username or "", user.full_name))
        self._met.add(user.id)
        return True

    async def refuse(self, update: Update, context: ContextTypes.DEFAULT_TYPE, needed: Role) -> None:
        """Say who may; and keep who asked, so that they can be granted a role by their name."""
        press, message = update.callback_query, update.message
        if press is not None:
            with contextlib.suppress(BadRequest):  # Telegram forgets a press after a while
                await press.answer(REFUSED_PRESS[needed])
        elif message is not None:
            await self.meet(None if message.sender_chat else message.from_user)
            await say(context.bot, Place.of(message), REFUSED[needed].format(id=asked_by(message)))


def needs(role: Role) -> Callable[[Handler], Handler]:
    """The handler below is for that role and those above it; everyone else is refused, whatever calls it."""

    def guard(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(own: Any, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            access = Access.of(context)
            held = await access.role_of(_who(update))
            if held >= role:
                message = update.message
                if message is not None and message.sender_chat is None and await access.meet(message.from_user):
                    # Who had never written to the bot had no chat for a menu to be shown in.
                    context.application.create_task(set_menu_of(context.bot, _who(update), held))
                await handler(own, update, context)
            else:
                await access.refuse(update, context, role)

        guarded.needed_role = role  # type: ignore[attr-defined]
        return guarded

    return guard


def needed_role(handler: object) -> Role:
    """The role that a handler states; nobody's where it is for everyone."""
    found = getattr(handler, "needed_role", Role.NOBODY)
    assert isinstance(found, Role)
    return found


def _who(update: Update) -> int:
    """The Telegram id of who acts; nought, which nobody has, where it is not a person's message or press."""
    if update.callback_query is not None:
        return update.callback_query.from_user.id
    return asked_by(update.message) if update.message is not None else 0
