"""Reminders of launches whose day is known, for the chats that want them: each once, whoever runs this how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, literal, not_, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from store.alert_log import log_when_committed
from store.alert_tables import Alert, Chat, ChatKind, ChatState, Delivery, DeliveryState, Happened, Subscription
from store.alerts import CHANNEL
from store.engine import Turn, take_turn
from store.subscriptions import matching, subject_of
from store.tables import Launch
from store.under_way import under_way
from store.words import Certainty

FRESH = timedelta(hours=12)  # who was told of the launch itself so shortly before needs no reminder


def launches_on(session: Session, first: date, last: date) -> list[Launch]:
    """The current launches whose one day is known and in that time, one for each thing that is launched.

    Where several sources tell of it, the row that a reminder was made of already, else the surest, else the newest."""
    query = select(Launch).where(
        col(Launch.superseded_by_id).is_(None),
        col(Launch.date_start) >= first,
        col(Launch.date_start) <= last,
        col(Launch.date_start) == col(Launch.date_end),
    )
    rows = list(session.execute(query).scalars())
    reminded = select(col(Alert.row_id)).where(
        col(Alert.table_name) == "launch",
        col(Alert.happened).in_((Happened.TOMORROW, Happened.TODAY)),
        col(Alert.row_id).in_([row.id for row in rows]),
    )
    already = set(session.execute(reminded).scalars())
    certainties = list(Certainty)
    best: dict[tuple[Any, ...], Launch] = {}
    order = sorted(
        rows, key=lambda row: (row.id not in already, certainties.index(Certainty(row.certainty)), -(row.id or 0))
    )
    for row in order:
        best.setdefault((row.vendor_id, row.product_id, row.region_id, row.date_start), row)
    return list(best.values())


def timezones(session: Session) -> list[str]:
    """The time zones of the chats that want reminders."""
    query = select(col(Chat.timezone)).where(col(Chat.reminders), col(Chat.state) == ChatState.ACTIVE)
    return list(session.execute(query.distinct()).scalars())


def remind(session: Session, launch: Launch, happened: Happened, zones: Sequence[str], now: datetime) -> int:
    """Remind the subscribed chats of those time zones, except who was reminded or told shortly before.

    Returns how many deliveries that made."""
    assert launch.id is not None
    take_turn(session.connection(), Turn.RECORD)  # so that no chat of these is deleted meanwhile
    alert = _alert(session, launch.id, happened)
    told_lately = exists().where(
        col(Delivery.chat_id) == col(Subscription.chat_id),
        col(Delivery.alert_id) == col(Alert.id),
        col(Alert.table_name) == "launch",
        col(Alert.row_id) == launch.id,
        col(Alert.happened).in_((Happened.NEW, Happened.MOVED, Happened.CORRECTED)),
        col(Alert.recorded_at) > now - FRESH,
    )
    rows = (
        select(
            literal(alert.id), col(Subscription.chat_id), col(Subscription.thread_id),
            literal(DeliveryState.PENDING.value), literal(False), literal(now, Delivery.due_at.type),  # type: ignore[attr-defined]
            literal(0), literal(""), literal(False),
        )
        .join_from(Subscription, Chat, col(Chat.id) == col(Subscription.chat_id))
        .where(
            *matching(subject_of(session, "launch", launch.id)),
            col(Chat.reminders),
            col(Chat.state) == ChatState.ACTIVE,
            col(Chat.kind) != ChatKind.TERMINAL,
            col(Chat.timezone).in_(zones),
            not_(told_lately),
        )
        .distinct()
    )  # fmt: skip
    names = ["alert_id", "chat_id", "thread_id", "state", "digest", "due_at", "attempts", "last_error", "muted"]
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert: Any = postgresql.insert if on_postgresql else sqlite.insert
    statement = insert(Delivery).from_select(names, rows).on_conflict_do_nothing()
    made = int(session.execute(statement.execution_options(preserve_rowcount=True)).rowcount)  # type: ignore[attr-defined]
    if made:
        log_when_committed(session, alert, made)
    if made and on_postgresql:
        session.execute(text(f"NOTIFY {CHANNEL}"))
    return made


def _alert(session: Session, row_id: int, happened: Happened) -> Alert:
    query = select(Alert).where(
        col(Alert.table_name) == "launch", col(Alert.row_id) == row_id, col(Alert.happened) == happened
    )
    alert = session.execute(query).scalar_one_or_none()
    if alert is None:
        alert = Alert(happened=happened, table_name="launch", row_id=row_id, request=under_way())
        session.add(alert)
        session.flush()
    return alert
