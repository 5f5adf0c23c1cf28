"""Documents and articles that come in a private chat, and /export and /read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from telegram import Bot, Document, Message, Update
from telegram.constants import ChatType

from bot.admin.articles import decoded
from bot.admin.card import Card
from bot.admin.documents import ARTICLES, MOST_BYTES, TABLES, TOO_LARGE, bare_name, ending
from bot.admin.exporting import CAPTION, FORMS, TOO_MANY, WHICH, export_name, exported
from bot.admin.workshops import Workshops
from bot.handlers.access import REFUSED, Access, needs
from bot.handlers.addressed import asked_by, text_of
from bot.handlers.cards import IN_PRIVATE, begin_card, send_card
from bot.handlers.commands import after_command
from bot.handlers.dialogue import Dialogue
from bot.handlers.reply import Place, at_work, say, send_file
from store.people import Role

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from telegram.ext import ContextTypes

OTHER_KIND = "I take tables ({tables}) and articles ({articles}). {name} is neither."
READ_WHAT = (
    "Send /read with an article's text after it, reply /read to a message that holds one, forward it to me, or send it"
    " as a .txt or .html file."
)
_LONG = 700  # letters: what is longer is an article and no question
_LONG_FORWARDED = 200


class Documents:
    """Which of them is for whom: tables for admins, articles for editors."""

    def __init__(self, dialogue: Dialogue, workshops: Workshops, engine: Engine) -> None:
        self._dialogue, self._shops, self._engine = dialogue, workshops, engine

    @needs(Role.ADMIN)
    async def export(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/export, /export json"""
        message, form = update.message, after_command(update).lower() or FORMS[0]
        if message is None:
            return
        place = Place.of(message)
        if message.chat.type != ChatType.PRIVATE or form not in FORMS:
            await say(context.bot, place, WHICH if form not in FORMS else IN_PRIVATE)
            return
        async with at_work(context.bot, place):
            content = await self._dialogue.in_thread(partial(exported, self._engine, form))
        if isinstance(content, int):
            await say(context.bot, place, TOO_MANY.format(count=content))
        else:
            await send_file(context.bot, place, content, export_name(form, self._dialogue.today()), CAPTION)

    @needs(Role.EDITOR)
    async def read(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/read TEXT, or /read in reply to a message with an article or a document"""
        message = update.message
        if message is None:
            return
        text, replied = after_command(update), message.reply_to_message
        if not text and replied is not None:
            if replied.document is not None and message.chat.type == ChatType.PRIVATE:
                role = await Access.of(context).role_of(asked_by(message))
                await self._document(message, replied.document, context.bot, role)
                return
            text = text_of(replied)
        if not text:
            await say(context.bot, Place.of(message), READ_WHAT)
            return
        await begin_card(
            self._dialogue, update, context, lambda person, _text: self._shops.articles.begin(person, text)
        )

    async def article(self, message: Message, context: ContextTypes.DEFAULT_TYPE) -> bool:
        """Take a long or forwarded text of somebody who may read articles as one; and a document as what it is.

        False where the message is an ordinary one."""
        text = text_of(message)
        if message.document is None and len(text) < (_LONG_FORWARDED if message.forward_origin else _LONG):
            return False
        role = await Access.of(context).role_of(asked_by(message))
        if role < Role.EDITOR:
            return False
        if message.document is not None:
            await self._document(message, message.document, context.bot, role)
        else:
            await self._show(context.bot, message, partial(self._shops.articles.begin, asked_by(message), text))
        return True

    async def _document(self, message: Message, document: Document, bot: Bot, role: Role) -> None:
        place, person, name = Place.of(message), asked_by(message), bare_name(document.file_name or "")
        kind = ending(name)
        if kind not in (*TABLES, *ARTICLES):
            tables, articles = ", ".join(TABLES), ", ".join(ARTICLES)
            await say(bot, place, OTHER_KIND.format(tables=tables, articles=articles, name=name))
            return
        if kind in TABLES and role < Role.ADMIN:
            await say(bot, place, REFUSED[Role.ADMIN].format(id=person))
            return
        content = b"" if (document.file_size or 0) > MOST_BYTES else await _fetched(bot, document)
        size = max(document.file_size or 0, len(content))
        if size > MOST_BYTES:
            await say(bot, place, TOO_LARGE.format(name=name, size=size / 1e6, most=MOST_BYTES / 1e6))
        elif kind in TABLES:
            await self._show(bot, message, partial(self._shops.importing.begin, person, name, content))
        else:
            text = decoded(content)
            await self._show(bot, message, partial(self._shops.articles.begin, person, text, name))

    async def _show(self, bot: Bot, message: Message, begin: Callable[[], Card]) -> None:
        place = Place.of(message)
        async with at_work(bot, place):
            found = await self._dialogue.in_thread(begin)
        await send_card(bot, place, found)


async def _fetched(bot: Bot, document: Document) -> bytes:
    """A document's bytes. Raises TelegramError."""
    file = await bot.get_file(document.file_id)
    return bytes(await file.download_as_bytearray())
