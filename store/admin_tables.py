"""The tables of those who keep the facts: people and their roles, drafts, and the feeds that are read for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field, SQLModel

from store.tables import Moment, utc_now


def _moment(**settings: Any) -> Any:
    return Field(sa_type=Moment, **settings)


class Person(SQLModel, table=True):
    """Somebody who has a role, or tried to use one; `role` is empty where they have none."""

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_type=BigInteger, unique=True)
    username: str = Field(default="", max_length=64, index=True)
    name: str = Field(default="", max_length=128)
    role: str = Field(default="", max_length=8)
    granted_by: str = Field(default="", max_length=64)
    seen_at: datetime = _moment(default_factory=utc_now, nullable=False)


class Draft(SQLModel, table=True):
    """Something that a person is about to record. `person_id` is their Telegram id; nought: nobody has taken it yet.

    `revision` counts its changes, so that a button of an older state does nothing. `awaiting` is what the person's
    next message fills in."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(sa_type=BigInteger, index=True)
    kind: str = Field(max_length=16)
    state: str = Field(max_length=8)
    revision: int = 0
    awaiting: str = Field(default="", max_length=32)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    changed_at: datetime = _moment(default_factory=utc_now, nullable=False, index=True)


class Feed(SQLModel, table=True):
    """An RSS or Atom address that is polled, what it said last of its version, and when it is asked next."""

    digest: str = Field(primary_key=True, max_length=64)
    address: str = Field(max_length=1024)
    etag: str = Field(default="", max_length=256)
    modified: str = Field(default="", max_length=64)
    failures: int = 0
    last_error: str = Field(default="", max_length=256)
    asked_at: datetime | None = _moment(default=None, nullable=True)


class FeedEntry(SQLModel, table=True):
    """An entry that was read once, so that it is not read again."""

    __tablename__ = "feed_entry"
    digest: str = Field(primary_key=True, max_length=64)
    seen_at: datetime = _moment(default_factory=utc_now, nullable=False, index=True)
