"""What happens when something breaks: the person is told in a sentence, the log in full, both with one reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import Message, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot import metrics
from bot.handlers.reply import Place, say
from bot.languages.marks import translatable
from bot.requests import put_off, reference
from bot.views.wording import tell
from store.engine import StoreError

if TYPE_CHECKING:
    from telegram.ext import ContextTypes

BROKEN = translatable(
    "Something went wrong on my side, so I have no answer; whoever runs me finds it under the reference {reference}."
)
NO_DATABASE = translatable(
    "I cannot reach my facts right now, so please ask again in a few minutes (reference {reference})."
)
NO_MEMORY = translatable(
    "My memory is full right now, so please ask again in a few minutes, or for less (reference {reference})."
)
_NO_MEMORY = ("can't start new thread", "failed to map segment", "Cannot allocate memory")

log = structlog.get_logger("vendorbot.errors")


async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Log a fault with its traceback, and tell the chat it happened in, if it can be told."""
    error, name = context.error, reference()
    message = update.effective_message if isinstance(update, Update) else None
    place = Place.of(message) if isinstance(message, Message) else None
    where = {
        "reference": name,
        "update": update.update_id if isinstance(update, Update) else None,
        "chat": place.chat_id if place else None,
    }
    if isinstance(error, Forbidden):
        log.info("the bot may not write there", reason=str(error), **where)
        return
    if _out_of_reach(error) and put_off():
        log.warning("the answer could not be sent; it is tried again in a while", reason=str(error), **where)
        return
    metrics.ERRORS.labels(type(error).__name__).inc()
    full = _out_of_memory(error)
    if full:
        log.error("out of memory; give this process more (ulimit -v, the container's limit)", exc_info=error, **where)
    else:
        log.error("a question failed", exc_info=error, **where)
    if place and not isinstance(error, TimedOut) and not _out_of_reach(error):
        wording = NO_MEMORY if full else NO_DATABASE if isinstance(error, StoreError) else BROKEN
        try:
            await say(context.bot, place, tell(wording, reference=name))
        except TelegramError as again:
            log.warning("the fault could not be told", reason=str(again), **where)


def _out_of_memory(error: BaseException | None) -> bool:
    """True where memory is what lacked, also where a library said something of its own of that."""
    while error is not None:
        if isinstance(error, MemoryError) or any(sign in str(error) for sign in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def _out_of_reach(error: Exception | None) -> bool:
    """True where Telegram itself is the trouble, and did not get the answer: one that timed out may be there, and one
    that is too large (413) will be so again."""
    again = isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest | TimedOut)
    return again and "too large" not in str(error).lower()
