"""/roles, /grant and /withdraw: who is admin or editor, and changing that."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    MessageOriginUser,
    Update,
    User,
)
from telegram.error import BadRequest, TelegramError

from bot.admin.roles import NotAllowedError, Roles, may_change
from bot.handlers.access import needs
from bot.handlers.addressed import asked_by
from bot.handlers.buttons import STALE
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.presses import confirm
from bot.handlers.reply import Place, say
from bot.handlers.role_menu import set_menu_of
from store.people import GRANTED, KnownPerson, Role

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

LIST = "Owners are named in the setting OWNER_IDS: {owners}. Admins and editors stand on the buttons.\n{how}"
HOW = "Make somebody one: reply to a message of theirs with /grant editor, or write /grant 123456789 admin."
NOBODY_YET = "Owners are named in the setting OWNER_IDS: {owners}. There are no admins or editors yet.\n{how}"
WHOM = (
    "Whom? Reply to a message of theirs, or write their id or @name: /grant @anna editor, /withdraw 123456789."
    " Their id stands in what I say to them when they send me /roles."
)
NOT_SEEN = "I have not seen {name} yet. Ask them to send me /roles once, or reply to a message of theirs."
HIDDEN = "Whoever wrote that hides who they are. Ask them for their id: I say it when they send me /roles."
A_BOT = "Bots have no roles."
WHICH_ROLE = "What shall {person} be?"
GRANTED_NOW = "{person} is {role} now."
WITHDRAWN_NOW = "{person} has no role any more."
SO_ALREADY = "{person} is that already."
NO_ROLE = "{person} has no role."
ONE = "{person} is {role}."
TOLD_GRANTED = "You are {role} of this bot now. Your commands stand in the menu."
TOLD_WITHDRAWN = "You have no role in this bot any more. You can ask me everything as before."
_WITH_ARTICLE = {Role.NOBODY: "nobody", Role.EDITOR: "an editor", Role.ADMIN: "an admin", Role.OWNER: "an owner"}
_MOST = 40


class Granting:
    """Each change is checked against the role of who makes it, at the moment it is made."""

    def __init__(self, dialogue: Dialogue, roles: Roles) -> None:
        self._dialogue, self._roles = dialogue, roles

    @needs(Role.ADMIN)
    async def roles(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/roles"""
        if update.message is not None:
            text, buttons = await self._dialogue.in_thread(self._listed)
            await say(context.bot, Place.of(update.message), text, buttons=buttons)

    @needs(Role.ADMIN)
    async def grant(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/grant in reply to a message, or /grant 123456 editor, /grant @anna admin"""
        message = update.message
        if message is None:
            return
        words = after_command(update).split()
        role = next((one for one in GRANTED for word in words if word.casefold() == one.word), None)
        person = await self._whom(message, [word for word in words if role is None or word.casefold() != role.word])
        if isinstance(person, str):
            await say(context.bot, Place.of(message), person)
        elif role is None:
            buttons = _choices(person, await self._own(asked_by(message)))
            await say(context.bot, Place.of(message), WHICH_ROLE.format(person=person.label), buttons=buttons)
        else:
            said = await self._change(context.bot, asked_by(message), person, role)
            await say(context.bot, Place.of(message), said)

    @needs(Role.ADMIN)
    async def withdraw(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/withdraw in reply to a message, or /withdraw 123456, /withdraw @anna"""
        message = update.message
        if message is None:
            return
        person = await self._whom(message, after_command(update).split())
        if not isinstance(person, str):
            person = await self._change(context.bot, asked_by(message), person, Role.NOBODY)
        await say(context.bot, Place.of(message), person)

    @needs(Role.ADMIN)
    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """role:list, role:PERSON, or role:PERSON:ROLE"""
        press = update.callback_query
        if press is None or not isinstance(press.message, Message):
            return
        _, *parts = (press.data or "").split(":")
        text, buttons, notice = await self._next(context.bot, press.from_user.id, parts)
        await confirm(press, notice[:200] or None)
        if text:
            with contextlib.suppress(BadRequest):  # pressed twice: it says so already
                await press.edit_message_text(text, reply_markup=buttons)

    async def _next(self, bot: Bot, by: int, parts: Sequence[str]) -> tuple[str, InlineKeyboardMarkup | None, str]:
        """What a press leads to: a text and its buttons, and a notice."""
        if list(parts) == ["list"]:
            return *await self._dialogue.in_thread(self._listed), ""
        role = next((one for one in (Role.NOBODY, *GRANTED) if parts[1:] == [one.word]), None)
        known = parts and parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 10
        person = await self._dialogue.in_thread(partial(self._roles.at, int(parts[0]))) if known else None
        if person is None or (role is None and len(parts) != 1):
            return "", None, STALE
        said = "" if role is None else await self._change(bot, by, person, role)
        person = await self._dialogue.in_thread(partial(self._roles.at, person.row_id)) or person
        text = ONE.format(person=person.label, role=_WITH_ARTICLE[person.role]) if person.role else said
        return text or NO_ROLE.format(person=person.label), _choices(person, await self._own(by)), said

    async def _own(self, person_id: int) -> Role:
        return await self._dialogue.in_thread(partial(self._roles.of, person_id))

    async def _change(self, bot: Bot, by: int, person: KnownPerson, role: Role) -> str:
        """Give or take a role, and say what became of it; the person is told, and their menu is changed."""
        try:
            changed = await self._dialogue.in_thread(partial(self._roles.change, by, person.row_id, role))
        except NotAllowedError as error:
            return str(error)
        if changed is None:
            return (SO_ALREADY if role else NO_ROLE).format(person=person.label)
        await set_menu_of(bot, person.telegram_id, role)
        told = TOLD_GRANTED.format(role=_WITH_ARTICLE[role]) if role else TOLD_WITHDRAWN
        with contextlib.suppress(TelegramError):  # who never wrote to the bot cannot be told
            await bot.send_message(person.telegram_id, told)
        said = GRANTED_NOW if role else WITHDRAWN_NOW
        return said.format(person=person.label, role=_WITH_ARTICLE[role])

    async def _whom(self, message: Message, words: Sequence[str]) -> KnownPerson | str:
        """The person that a command is about, or what to say where it names nobody known."""
        mentioned = [one.user for one in message.entities if one.type == MessageEntity.TEXT_MENTION and one.user]
        number = next((word for word in words if word.isascii() and word.isdigit() and len(word) <= 15), None)
        name = next((word for word in words if word.startswith("@") and len(word) > 1), None)
        user: User | None = mentioned[0] if mentioned else None
        if user is None and number is not None:
            return await self._dialogue.in_thread(partial(self._roles.meet, int(number)))
        if user is None and name is not None:
            found = await self._dialogue.in_thread(partial(self._roles.named, name))
            return found or NOT_SEEN.format(name=name[:40])
        if user is None and message.reply_to_message is not None:
            user = _author(message.reply_to_message)
            if user is None:
                return HIDDEN
        if user is None:
            return WHOM
        if user.is_bot:
            return A_BOT
        meet = partial(self._roles.meet, user.id, user.username or "", user.full_name)
        return await self._dialogue.in_thread(meet)

    def _listed(self) -> tuple[str, InlineKeyboardMarkup | None]:
        granted = self._roles.granted()
        owners = ", ".join(map(str, self._roles.owner_ids)) or "none"
        text = (LIST if granted else NOBODY_YET).format(owners=owners, how=HOW)
        rows = [
            [InlineKeyboardButton(f"{one.label[:50]}: {one.role.word}", callback_data=f"role:{one.row_id}")]
            for one in granted[:_MOST]
        ]
        return text, InlineKeyboardMarkup(rows) if rows else None


def _author(message: Message) -> User | None:
    """Who wrote a message, or the one that it passes on; None where they hide it or it is a chat's."""
    if message.forward_origin is not None:
        return message.forward_origin.sender_user if isinstance(message.forward_origin, MessageOriginUser) else None
    return None if message.sender_chat else message.from_user


def _choices(person: KnownPerson, own: Role) -> InlineKeyboardMarkup:
    """Buttons for the roles that somebody with their own role may give this person."""
    labels = {Role.EDITOR: "Make editor", Role.ADMIN: "Make admin", Role.NOBODY: "Withdraw"}
    row = [
        InlineKeyboardButton(label, callback_data=f"role:{person.row_id}:{role.word}")
        for role, label in labels.items()
        if role is not person.role and may_change(own, person.role, role)
    ]
    return InlineKeyboardMarkup([row, [InlineKeyboardButton("All roles", callback_data="role:list")]])
