"""The last query of each person in each chat, kept for a while so that follow-ups are understood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, DateTime, bindparam, select, text
from sqlmodel import Session, col

from store.few_rows import delete_few
from store.tables import Conversation, utc_now

FORGOTTEN_AFTER = timedelta(minutes=30)


def last_query(session: Session, chat_id: str, person_id: str) -> dict[str, Any] | None:
    """What that person asked last in that chat; None where it was never or too long ago."""
    query = select(Conversation.query, Conversation.at).where(  # type: ignore[call-overload]
        Conversation.chat_id == chat_id, Conversation.person_id == person_id
    )
    row = session.execute(query).first()
    return if_recent(*row) if row else None


def if_recent(query: dict[str, Any], at: datetime) -> dict[str, Any] | None:
    """A query that was kept at that moment; None where it is forgotten by now."""
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    # A clock that was set back must not keep it in mind for longer than one that was not.
    return dict(query) if abs(utc_now() - at) < FORGOTTEN_AFTER else None


_KEEPING = text("""INSERT INTO conversation (chat_id, person_id, query, at) VALUES (:chat, :person, :query, :at)
    ON CONFLICT (chat_id, person_id) DO UPDATE SET query = excluded.query, at = excluded.at""").bindparams(
    bindparam("query", type_=JSON), bindparam("at", type_=DateTime(timezone=True))
)


def remember(session: Session, chat_id: str, person_id: str, query: dict[str, Any]) -> None:
    """Keep a query as the last one of that person in that chat."""
    session.connection().execute(_KEEPING, {"chat": chat_id, "person": person_id, "query": query, "at": utc_now()})


def forget_old(session: Session, now: datetime, after: timedelta, most: int) -> int:
    """Delete what was asked longer ago than that, so many at most; returns how many."""
    return delete_few(session, Conversation, most, col(Conversation.at) < now - after)
