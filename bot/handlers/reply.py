"""One reply to the place a question came from: quoting in groups, in its topic, with buttons, in words that arrive."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction, ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.sending import call, persist

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_PREVIEW = NO_PREVIEW.to_json()
_SHOWN_AFTER = 0.3  # seconds; most answers are there before, and a request that nobody sees is saved
_SHOWN_FOR = 4.5  # Telegram shows it for five

log = structlog.get_logger("vendorbot.reply")


@dataclass(frozen=True)
class Place:
    """Where a reply goes: a chat, the topic in it, and the message it quotes."""

    chat_id: int
    topic_id: int | None = None
    quoted_id: int | None = None
    title: str = ""

    @classmethod
    def of(cls, message: Message) -> Place:
        """The place of replies to this message. In a private chat nothing is quoted: it is clear what is meant."""
        topic = message.message_thread_id if message.is_topic_message else None
        quoted = None if message.chat.type == ChatType.PRIVATE else message.message_id
        return cls(message.chat.id, topic, quoted, message.chat.effective_name or "")

    @property
    def in_group(self) -> bool:
        """True where others read along. Telegram's ids of groups and channels are below nought."""
        return self.chat_id < 0

    @property
    def quote(self) -> ReplyParameters | None:
        if self.quoted_id is None:
            return None
        return ReplyParameters(self.quoted_id, allow_sending_without_reply=True)


async def say(
    bot: Bot,
    place: Place,
    text: str | Callable[[], str],
    html: str | None = None,
    buttons: InlineKeyboardMarkup | None = None,
) -> None:
    """Send `html`, or `text` where there is none or Telegram does not take it, which is rare enough for it to be put
    together only then. Raises TelegramError."""
    if html is not None:
        try:
            await _send(bot, place, html, ParseMode.HTML, buttons)
        except BadRequest as error:
            if not _about_text(error):
                raise
            log.warning("Telegram refused the HTML; sent as plain text", reason=error.message)
        else:
            return
    await _send(bot, place, within_limit(text if isinstance(text, str) else text()), None, buttons)


async def _send(bot: Bot, place: Place, text: str, mode: str | None, buttons: InlineKeyboardMarkup | None) -> None:
    quote = place.quote
    await persist(
        lambda: call(
            bot,
            "sendMessage",
            place.chat_id,
            text=text,
            parse_mode=mode,
            message_thread_id=place.topic_id,
            reply_parameters=quote.to_json() if quote else None,
            reply_markup=buttons.to_json() if buttons else None,
            link_preview_options=_NO_PREVIEW,
        )
    )


def within_limit(text: str) -> str:
    """The text, or its first lines and a mark where it is longer than one message may be."""
    if len(text) <= MessageLimit.MAX_TEXT_LENGTH:
        return text
    cut = text[: MessageLimit.MAX_TEXT_LENGTH - 2]
    return (cut.rpartition("\n")[0] or cut) + "\n…"


def _about_text(error: BadRequest) -> bool:
    reason = error.message.lower()
    return "parse entities" in reason or "too long" in reason or "entit" in reason


async def send_file(bot: Bot, place: Place, content: bytes, name: str, caption: str) -> None:
    """Send a file with a line below it. Raises TelegramError."""
    async with at_work(bot, place, ChatAction.UPLOAD_DOCUMENT):
        await persist(
            lambda: bot.send_document(
                place.chat_id,
                content,
                filename=name,
                caption=caption,
                message_thread_id=place.topic_id,
                reply_parameters=place.quote,
            )
        )


@contextlib.asynccontextmanager
async def at_work(bot: Bot, place: Place, action: str = ChatAction.TYPING) -> AsyncIterator[None]:
    """Show in the chat that the bot is at work, while it is: typing, or what `action` says."""
    showing: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    soon = loop.call_later(_SHOWN_AFTER, lambda: showing.append(loop.create_task(_show(bot, place, action))))
    try:
        yield
    finally:
        soon.cancel()
        for task in showing:
            task.cancel()


async def _show(bot: Bot, place: Place, action: str) -> None:
    while True:
        try:
            await bot.send_chat_action(place.chat_id, action, message_thread_id=place.topic_id)
        except TelegramError as error:
            log.debug("could not show being at work", reason=str(error))
            return
        await asyncio.sleep(_SHOWN_FOR)
