"""Chats that the bot knows: found by their address, with what each has set; ended, brought back, moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from store.alert_tables import Chat, ChatKind, ChatState, Delivery, DeliveryState, Digest, Subscription
from store.tables import Conversation, utc_now

_WAITING = (DeliveryState.PENDING, DeliveryState.HELD)


@dataclass(frozen=True)
class ChatSettings:
    """What a chat can set. Quiet hours are minutes of its own day, from and to; None where it has none."""

    timezone: str = "UTC"
    locale: str = ""
    digest: Digest = Digest.INSTANT
    digest_hour: int = 9
    quiet: tuple[int, int] | None = None
    reminders: bool = True

    @classmethod
    def of(cls, chat: Chat) -> ChatSettings:
        quiet = (chat.quiet_from, chat.quiet_to)
        return cls(
            chat.timezone, chat.locale, Digest(chat.digest), chat.digest_hour,
            quiet if quiet[0] is not None and quiet[1] is not None else None,  # type: ignore[arg-type]
            chat.reminders,
        )  # fmt: skip


def find_chat(session: Session, address: str) -> Chat | None:
    """The chat of that address, or None."""
    return session.execute(select(Chat).where(col(Chat.address) == address)).scalar_one_or_none()


def choose_language(session: Session, address: str, kind: ChatKind, title: str, code: str) -> None:
    """Keep the language that a chat chose."""
    chat_at(session, address, kind, title).locale = code


def chat_at(session: Session, address: str, kind: ChatKind, title: str = "", spoken: str = "") -> Chat:
    """The chat of that address; one that is not there yet is added. `spoken` is the language it was spoken to in."""
    chat = find_chat(session, address)
    if chat is None:
        chat = Chat(address=address, kind=kind, title=title[:128])
        session.add(chat)
        session.flush()
    elif chat.kind == ChatKind.TERMINAL and kind is not ChatKind.TERMINAL:
        chat.kind = kind
    chat.title, chat.spoken = title[:128] or chat.title, spoken or chat.spoken
    return chat


def kind_of_address(address: str) -> ChatKind:
    """The kind of a chat of which only the address is known: Telegram's ids are numbers, a group's below nought."""
    try:
        number = int(address)
    except ValueError:
        return ChatKind.TERMINAL
    return ChatKind.PRIVATE if number > 0 else ChatKind.SUPERGROUP


def change_settings(session: Session, chat: Chat, settings: ChatSettings, next_digest_at: datetime | None) -> None:
    """Keep a chat's settings. `next_digest_at` is when its next digest comes, None for a chat told at once.

    What was held back for a digest that is no more is due now."""
    chat.timezone, chat.locale, chat.reminders = settings.timezone, settings.locale, settings.reminders
    chat.digest, chat.digest_hour, chat.next_digest_at = settings.digest, settings.digest_hour, next_digest_at
    chat.quiet_from, chat.quiet_to = settings.quiet or (None, None)
    session.add(chat)
    session.flush()
    if settings.digest is Digest.INSTANT:
        held = update(Delivery).where(col(Delivery.chat_id) == chat.id, col(Delivery.state) == DeliveryState.HELD)
        session.execute(held.values(state=DeliveryState.PENDING, digest=False, due_at=utc_now()))


def end_chat(session: Session, chat_id: int, state: ChatState, reason: str) -> None:
    """Send nothing more to a chat. Its subscriptions are kept, in case it comes back."""
    session.execute(update(Chat).where(col(Chat.id) == chat_id).values(state=state, ended_at=utc_now()))
    waiting = update(Delivery).where(col(Delivery.chat_id) == chat_id, col(Delivery.state).in_(_WAITING))
    session.execute(waiting.values(state=DeliveryState.SKIPPED, last_error=reason[:256]))


def revive_chat(session: Session, address: str) -> bool:
    """Let a chat that had ended be told again; returns whether it had."""
    ended = update(Chat).where(col(Chat.address) == address, col(Chat.state) != ChatState.ACTIVE)
    return bool(_count(session, ended.values(state=ChatState.ACTIVE, last_seen=utc_now(), ended_at=None)))


def move_chat(session: Session, old: str, new: str) -> int | None:
    """A group became a supergroup: everything of the old address is the new one's. Returns the chat's id."""
    session.execute(delete(Conversation).where(col(Conversation.chat_id) == old))
    before, after = find_chat(session, old), find_chat(session, new)
    if before is None:
        return after.id if after else None
    if after is None:
        before.address, before.kind = new, ChatKind.SUPERGROUP
        session.add(before)
        session.flush()
        return before.id
    _merge(session, before, after)
    return after.id


def _merge(session: Session, before: Chat, after: Chat) -> None:
    """The new address was known already: what only the old chat had goes to it, and the old chat ends."""
    session.execute(update(Subscription).where(col(Subscription.chat_id) == before.id).values(chat_id=after.id))
    known = select(col(Delivery.alert_id)).where(col(Delivery.chat_id) == after.id)
    moving = update(Delivery).where(
        col(Delivery.chat_id) == before.id,
        col(Delivery.state).in_((*_WAITING, DeliveryState.CLAIMED)),
        col(Delivery.alert_id).not_in(known),
    )
    session.execute(moving.values(chat_id=after.id))
    end_chat(session, before.id or 0, ChatState.LEFT, "the group became a supergroup")


def move_topic(session: Session, chat_id: int, thread_id: int) -> None:
    """A topic is gone: what subscribed there is told in the chat as a whole."""
    of_topic = (col(Subscription.chat_id) == chat_id, col(Subscription.thread_id) == thread_id)
    session.execute(update(Subscription).where(*of_topic).values(thread_id=0))


def _count(session: Session, statement: Any) -> int:
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]
