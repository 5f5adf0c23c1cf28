"""The tables of what people asked in vain, and of the words that admins taught because of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from store.tables import Moment, utc_now


class Wanted(SQLModel, table=True):
    """A question that was not answered, or that was answered by a guess and then corrected; who asked is not kept.

    `reason` is one of store/wanted.py, `word` the name that nobody knew, `chosen` the question that was meant instead,
    `state` open, dismissed or taught."""

    __table_args__ = (UniqueConstraint("text", "chosen"),)
    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(max_length=200)
    chosen: str = Field(default="", max_length=200)
    language: str = Field(default="", max_length=8)
    reason: str = Field(max_length=16)
    word: str = Field(default="", max_length=64)
    count: int = 1
    first_on: date
    last_on: date = Field(index=True)
    state: str = Field(default="open", max_length=16)


class Taught(SQLModel, table=True):
    """A word that an admin taught: another name of the vendor or region whose slug is `value`, or of that metric.

    Rows are added and withdrawn, never deleted: by their number each process sees that there is something new."""

    id: int | None = Field(default=None, primary_key=True)
    word: str = Field(max_length=128)
    kind: str = Field(max_length=16)
    value: str = Field(max_length=64)
    actor: str = Field(max_length=128)
    at: datetime = Field(default_factory=utc_now, sa_type=Moment, nullable=False)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment, nullable=True)
