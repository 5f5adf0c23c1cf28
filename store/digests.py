"""Digests: what a chat's digest holds back becomes due together when its time has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from store.alert_tables import Chat, Delivery, DeliveryState
from store.chats import ChatSettings

_MOST = 5_000  # chats in one transaction


def release_digests(session: Session, now: datetime, following: Callable[[ChatSettings, datetime], datetime]) -> int:
    """Make due the digests whose time has come, and set when each chat's `following` one is; returns how many chats.

    Called again until it returns 0, it has done all of them."""
    due = select(Chat).where(col(Chat.next_digest_at) <= now).order_by(col(Chat.next_digest_at)).limit(_MOST)
    chats = list(session.execute(due.with_for_update(skip_locked=True)).scalars())
    for chat in chats:
        chat.next_digest_at = following(ChatSettings.of(chat), now)
        session.add(chat)
    session.flush()
    held = update(Delivery).where(
        col(Delivery.state) == DeliveryState.HELD, col(Delivery.chat_id).in_([chat.id for chat in chats])
    )
    session.execute(held.values(state=DeliveryState.PENDING, due_at=now))
    return len(chats)
