"""One look at the store before a question is answered: which names and facts it holds, and what was asked before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, DateTime, column, text
from sqlmodel import Session

from store.conversations import if_recent
from store.edition import EDITION
from store.taught import NAMES_VERSION, Version


@dataclass(frozen=True)
class Glance:
    """`last` is what that person asked last in that chat, None where it was never or too long ago."""

    names: Version
    edition: str
    last: dict[str, Any] | None


_LOOK = text(
    f"SELECT query, at, {EDITION}, {NAMES_VERSION} FROM (SELECT 1) AS present"  # noqa: S608 - our own columns
    " LEFT JOIN conversation ON chat_id = :chat AND person_id = :person"
).columns(column("query", JSON), column("at", DateTime(timezone=True)))


def glance(session: Session, chat_id: str | None, person_id: str) -> Glance:
    """Look, in one statement. Without a chat nothing was asked before."""
    row = session.connection().execute(_LOOK, {"chat": chat_id or "", "person": person_id}).one()
    query, at, edition, *names = row
    last = if_recent(query, at) if chat_id and at is not None else None
    return Glance(tuple(one or 0 for one in names), edition or "", last)
