"""The tables of alerts: chats, what they subscribed to, what happened, and one delivery for each chat to be told."""

from __future__ import annotations

from datetime import datetime
from enum import IntFlag, StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from store.tables import Moment, utc_now
from store.words import Certainty

Whole = 0  # the thread id of a chat as a whole, as against one topic of a forum


class ChatKind(StrEnum):
    """As Telegram calls them; `terminal` is a conversation on the command line, which nothing can be sent to."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"
    TERMINAL = "terminal"


class ChatState(StrEnum):
    """`blocked`: the person ended it; `left`: the bot is no longer in it, or it is gone. Both keep subscriptions."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    LEFT = "left"


class Digest(StrEnum):
    """Whether a chat is told at once, or of everything together once a day or week."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


class Kinds(IntFlag):
    """What a subscription is about. `CORRECTION`: corrections and retractions of anything that it matches."""

    MILESTONE = 1
    LAUNCH = 2
    CORRECTION = 4
    FACT = 8
    ALL = 15


class Happened(StrEnum):
    """What an alert tells of a row; the last two are reminders of a launch."""

    NEW = "new"
    MOVED = "moved"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    TOMORROW = "tomorrow"
    TODAY = "today"


class DeliveryState(StrEnum):
    """`held` waits for the chat's digest, `set aside` for an owner; `skipped` became needless before it was sent."""

    HELD = "held"
    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    SET_ASIDE = "set aside"
    SKIPPED = "skipped"


OVER = text("state IN ('failed', 'set aside', 'skipped')")  # deliveries that did not get through and are not tried
OPEN = text("state IN ('pending', 'held')")  # those that were not sent yet


def _moment(**settings: Any) -> Any:
    return Field(sa_type=Moment, **settings)


class Chat(SQLModel, table=True):
    """A chat that has subscribed or been seen. `address` is its Telegram id as text, or a name on the command line.

    Quiet hours are minutes of the chat's own day, from and to; they may go over midnight."""

    __table_args__ = (
        Index(
            "ix_chat_next_digest_at",
            "next_digest_at",
            postgresql_where=text("next_digest_at IS NOT NULL"),
            sqlite_where=text("next_digest_at IS NOT NULL"),
        ),
        Index(
            "ix_chat_ended_at",
            "ended_at",
            postgresql_where=text("ended_at IS NOT NULL"),
            sqlite_where=text("ended_at IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(unique=True, max_length=64)
    kind: str = Field(max_length=16)
    title: str = Field(default="", max_length=128)
    timezone: str = Field(default="UTC", max_length=64)
    locale: str = Field(default="", max_length=16)  # the language chosen by /language; empty where none was
    spoken: str = Field(default="", max_length=16)  # the language it subscribed in, for alerts where none was chosen
    digest: str = Field(default=Digest.INSTANT, max_length=8)
    digest_hour: int = 9
    next_digest_at: datetime | None = _moment(default=None, nullable=True)
    quiet_from: int | None = None
    quiet_to: int | None = None
    reminders: bool = True
    state: str = Field(default=ChatState.ACTIVE, max_length=8)
    last_seen: datetime = _moment(default_factory=utc_now, nullable=False)
    ended_at: datetime | None = _moment(default=None, nullable=True)  # when it was blocked or left; None while active


class Subscription(SQLModel, table=True):
    """What a chat, or one topic of it, wants to be told. A filter that is not set matches everything."""

    __table_args__ = (Index("ix_subscription_match", "vendor_id", "region_id"),)
    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(foreign_key="chat.id", index=True)
    thread_id: int = Field(default=Whole, sa_type=BigInteger)
    made_by: str = Field(max_length=64)
    made_at: datetime = _moment(default_factory=utc_now, nullable=False)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id")
    region_id: int | None = Field(default=None, foreign_key="region.id")
    product_id: int | None = Field(default=None, foreign_key="product.id")
    kinds: int = Field(default=int(Kinds.ALL))
    least_certainty: str = Field(default=Certainty.RUMOURED, max_length=16)
    paused: bool = False


class Alert(SQLModel, table=True):
    """What happened to a row that chats are told of. `earlier_row_id` is the row it corrects, `earlier_id` the alert
    that told of it, where one did; `request` what recorded it is called in the log, empty where nobody knows."""

    __table_args__ = (Index("ix_alert_row", "table_name", "row_id", "happened", unique=True),)
    id: int | None = Field(default=None, primary_key=True)
    happened: str = Field(max_length=16)
    table_name: str = Field(max_length=32)
    row_id: int
    recorded_at: datetime = _moment(default_factory=utc_now, nullable=False, index=True)
    earlier_row_id: int | None = None
    earlier_id: int | None = Field(default=None, foreign_key="alert.id", index=True)
    request: str = Field(default="", max_length=16)


class Delivery(SQLModel, table=True):
    """One alert for one chat or topic: its key makes a second one impossible.

    `claimed_by` is the number of the lease under which it is being sent. No foreign keys: deliveries are made by one
    statement from rows that are there, and checking each of a million again would take as long as making them."""

    __table_args__ = (
        Index(
            "ix_delivery_due",
            "due_at",
            "alert_id",
            postgresql_where=text("state = 'pending'"),
            sqlite_where=text("state = 'pending'"),
        ),
        Index(
            "ix_delivery_claimed",
            "claimed_by",
            postgresql_where=text("state = 'claimed'"),
            sqlite_where=text("state = 'claimed'"),
        ),
        Index("ix_delivery_chat", "chat_id", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_delivery_over", "alert_id", postgresql_where=OVER, sqlite_where=OVER),
    )
    alert_id: int = Field(primary_key=True)
    chat_id: int = Field(primary_key=True)
    thread_id: int = Field(primary_key=True, default=Whole, sa_type=BigInteger)
    state: str = Field(default=DeliveryState.PENDING, max_length=12)
    digest: bool = False
    due_at: datetime = _moment(nullable=False)
    attempts: int = 0
    claimed_by: int | None = None
    sent_at: datetime | None = _moment(default=None, nullable=True)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    last_error: str = Field(default="", max_length=256)
    muted: bool = False


class Lease(SQLModel, table=True):
    """Who may send, and until when, in seconds of the database's clock. Each new holder takes the next number."""

    name: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    number: int
    until: float
