"""What a failed request means for a delivery: tried again, waited, followed, ended or set aside. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)  # fmt: skip

from bot.sending import seconds_of
from bot.telegram_client import BrokenOffError, NotSentError
from store.alert_tables import ChatState

MOST_REFUSED = 3  # times that Telegram may refuse one message as it is
MOST_TRIED = 24  # times that one message may fail in ways that are Telegram's: with the pauses, more than an hour
MOST_UNSURE = 8  # of those, where each may have arrived
_LONGEST_PAUSE = 300.0


class Course(Enum):
    """What to do next."""

    WAIT = auto()  # told to wait: the same message again after that
    AGAIN = auto()  # it may do better in a while
    AWAY = auto()  # Telegram cannot be reached at all: nobody's message went out
    PLAIN = auto()  # Telegram does not read the markup: again as plain text
    MOVED = auto()  # the group has a new id
    NO_TOPIC = auto()  # the topic is gone
    ENDED = auto()  # the chat cannot be reached any more
    ASIDE = auto()  # this message never gets through; an owner has to look at it


@dataclass(frozen=True)
class Verdict:
    """`seconds`: the least time before the next try. `counted`: the try counts. `unsure`: it may have arrived.

    `theirs`: it says nothing of the message, but something of Telegram."""

    course: Course
    seconds: float = 0.0
    counted: bool = False
    unsure: bool = False
    theirs: bool = False
    moved_to: str = ""
    chat_state: ChatState = ChatState.LEFT


_LEFT = (
    "chat not found", "group chat was deactivated", "peer_id_invalid", "chat_write_forbidden", "chat_restricted",
    "have no rights to send", "not enough rights", "group is deactivated", "channel_private",
)  # fmt: skip
_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_MARKUP = ("parse entities", "can't find end", "unsupported start tag", "entit")


def judge(error: Exception, attempts: int, *, plain: bool = False) -> Verdict:
    """What a failure means for a message that was tried `attempts` times before; `plain`: without markup already."""
    match error:
        case RetryAfter():
            return Verdict(Course.WAIT, seconds_of(error))
        case ChatMigrated():
            return Verdict(Course.MOVED, moved_to=str(error.new_chat_id))
        case Forbidden():
            left = "kicked" in error.message.lower() or "not a member" in error.message.lower()
            return Verdict(Course.ENDED, chat_state=ChatState.LEFT if left else ChatState.BLOCKED)
        case BadRequest():
            return _refused(error.message.lower(), attempts, plain)
        case NotSentError() | InvalidToken() | Conflict():
            return Verdict(Course.AWAY, theirs=True)
        case TimedOut() | BrokenOffError():
            return _failed(attempts, unsure=True)
        case NetworkError():
            return _failed(attempts)
        case TelegramError():
            return _failed(attempts, unsure=True)
        case _:
            return Verdict(Course.ASIDE, counted=True)


def pause_before(attempts: int, chance: float | None = None) -> float:
    """Seconds before a message is tried again that has failed so often: growing, and never the same for two."""
    chance = random.random() if chance is None else chance  # noqa: S311
    return min(_LONGEST_PAUSE, 0.5 * 2.0**attempts) * (0.5 + chance)


def _refused(reason: str, attempts: int, plain: bool) -> Verdict:
    if any(sign in reason for sign in _LEFT):
        return Verdict(Course.ENDED)
    if any(sign in reason for sign in _TOPIC):
        return Verdict(Course.NO_TOPIC)
    if not plain and any(sign in reason for sign in _MARKUP):
        return Verdict(Course.PLAIN)
    if attempts + 1 >= MOST_REFUSED:
        return Verdict(Course.ASIDE, counted=True)
    return Verdict(Course.AGAIN, pause_before(attempts), counted=True)


def _failed(attempts: int, *, unsure: bool = False) -> Verdict:
    if attempts + 1 >= (MOST_UNSURE if unsure else MOST_TRIED):
        return Verdict(Course.ASIDE, counted=True, unsure=unsure, theirs=True)
    return Verdict(Course.AGAIN, pause_before(attempts), counted=True, unsure=unsure, theirs=True)
