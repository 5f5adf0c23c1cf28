"""Charts into chats: drawn off the event loop, and uploaded once; after that Telegram sends its own copy."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar

import structlog
from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.answering import Answering
from bot.answers.answer import Answer
from bot.handlers.reply import Place, at_work
from bot.handlers.working import in_worker
from bot.sending import persist
from bot.views.chart.drawing import Drawing, drawing
from bot.views.chart.finding import chart_of
from bot.views.telegram import caption
from store.engine import reading, writing
from store.pictures import drop_picture, find_picture, keep_picture

_FILE_NAME = "chart.png"
_WRITING_OFF = ("not enough rights", "have no rights", "chat_send_photos_forbidden", "chat_send_media_forbidden")

log = structlog.get_logger("vendorbot.charts")

Given = TypeVar("Given")
Photo = str | bytes
Put = Callable[[Photo], Any]


class Charts:
    """Sends and exchanges pictures."""

    def __init__(self, answering: Answering, workers: Executor) -> None:
        self._answering, self._workers = answering, workers

    async def drawn(self, answer: Answer) -> Drawing | None:
        """The answer's picture, laid out but not painted; None where it has none."""
        return await self._run(lambda: self._laid_out(answer))

    async def send(
        self, bot: Bot, place: Place, answer: Answer, picture: Drawing, buttons: InlineKeyboardMarkup | None
    ) -> bool:
        """Send a picture with its finding. False where pictures are not allowed. Raises StoreError, TelegramError."""

        async def put(photo: Photo) -> Message:
            return await persist(
                lambda: bot.send_photo(
                    place.chat_id,
                    photo,
                    caption=caption(answer),
                    parse_mode=ParseMode.HTML,
                    message_thread_id=place.topic_id,
                    reply_parameters=place.quote,
                    reply_markup=buttons,
                    filename=_FILE_NAME,
                )
            )

        try:
            await self._put(bot, place, picture, put)
        except BadRequest as error:
            if not any(sign in error.message.lower() for sign in _WRITING_OFF):
                raise
            log.info("no pictures allowed there", chat=place.chat_id)
            return False
        return True

    async def exchange(
        self, bot: Bot, message: Message, answer: Answer, picture: Drawing, buttons: InlineKeyboardMarkup | None
    ) -> None:
        """Put a picture in place of the one in a message. Raises StoreError, TelegramError."""

        async def put(photo: Photo) -> Message | bool:
            media = InputMediaPhoto(photo, caption(answer), parse_mode=ParseMode.HTML, filename=_FILE_NAME)
            return await persist(
                lambda: bot.edit_message_media(media, message.chat.id, message.message_id, reply_markup=buttons)
            )

        await self._put(bot, Place.of(message), picture, put)

    def known(self, bot_id: int, answer: Answer) -> str | None:
        """Telegram's name of an answer's picture, where it was sent before. For a worker thread."""
        picture = self._laid_out(answer)
        if picture is None:
            return None
        with reading(self._answering.engine) as session:
            return find_picture(session, bot_id, picture.digest)

    async def _put(self, bot: Bot, place: Place, picture: Drawing, put: Put) -> None:
        """Put a picture somewhere, by its name where Telegram knows it, else as a file."""
        bot_id = bot.id
        file_id = await self._run(lambda: self._find(bot_id, picture.digest))
        if file_id:
            try:
                await put(file_id)
            except BadRequest as error:
                if not _about_file(error):
                    raise
                log.info("Telegram forgot a picture; it is uploaded anew", reason=error.message)
                await self._run(lambda: self._drop(bot_id, picture.digest))
            else:
                return
        async with at_work(bot, place, ChatAction.UPLOAD_PHOTO):
            sent = await put(await self._run(picture.png))
        if isinstance(sent, Message) and sent.photo:
            name = sent.photo[-1].file_id
            await self._run(lambda: self._keep(bot_id, picture.digest, name))

    def _laid_out(self, answer: Answer) -> Drawing | None:
        chart = chart_of(answer, self._answering.catalogue)
        return drawing(chart) if chart else None

    def _find(self, bot_id: int, digest: str) -> str | None:
        with reading(self._answering.engine) as session:
            return find_picture(session, bot_id, digest)

    def _keep(self, bot_id: int, digest: str, file_id: str) -> None:
        with writing(self._answering.engine) as session:
            keep_picture(session, bot_id, digest, file_id)

    def _drop(self, bot_id: int, digest: str) -> None:
        with writing(self._answering.engine) as session:
            drop_picture(session, bot_id, digest)

    async def _run(self, call: Callable[[], Given]) -> Given:
        return await in_worker(self._workers, call)


def _about_file(error: BadRequest) -> bool:
    reason = error.message.lower()
    return "file identifier" in reason or "file_id" in reason or "file reference" in reason
