"""What happened becomes alerts, and each alert one delivery for every chat to be told, inside the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    column,
    except_,
    func,
    insert,
    literal,
    select,
    text,
    union,
    update,
)  # fmt: skip
from sqlmodel import Session, col

from store.alert_log import log_when_committed
from store.alert_tables import Alert, Chat, ChatKind, ChatState, Delivery, DeliveryState, Digest, Happened, Subscription
from store.subscriptions import Subject, matching, subject_of
from store.tables import utc_now
from store.under_way import under_way

CHANNEL = "vendorbot_alerts"  # on which PostgreSQL wakes the bot's processes
_CORRECTING = (Happened.MOVED, Happened.CORRECTED, Happened.RETRACTED)
_NOT_YET = (DeliveryState.PENDING, DeliveryState.HELD)
_GOT = (*_NOT_YET, DeliveryState.CLAIMED, DeliveryState.SENT)


@dataclass(frozen=True)
class Happening:
    """Something that chats may be told: of which row, and which earlier row it corrects. `subject` is read from the
    row where it is not given."""

    happened: Happened
    table: str
    row_id: int
    earlier_row_id: int | None = None
    subject: Subject | None = None


@dataclass(frozen=True)
class Told:
    """How far alerts reach: how many there are, and how many messages they make."""

    alerts: int = 0
    messages: int = 0

    def __add__(self, other: Told) -> Told:
        return Told(self.alerts + other.alerts, self.messages + other.messages)


def tell(session: Session, happenings: Iterable[Happening]) -> Told:
    """Make alerts of what happened and their deliveries: each chat and topic once, however many subscriptions match.

    A correction goes to those who got what it corrects as well; who was not told of that yet is told this instead, or
    nothing where it was taken back before."""
    told = Told()
    for one in happenings:
        earlier = _earlier(session, one) if one.happened in _CORRECTING else None
        alert = Alert(
            happened=one.happened,
            table_name=one.table,
            row_id=one.row_id,
            earlier_row_id=one.earlier_row_id,
            earlier_id=earlier,
            request=under_way(),
        )
        session.add(alert)
        session.flush()
        assert alert.id is not None
        messages = _deliver(session, alert.id, _recipients(session, one, earlier))
        log_when_committed(session, alert, messages)
        told += Told(1, messages)
        if earlier is not None:
            _overtake(session, earlier)
    if told.messages and session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"NOTIFY {CHANNEL}"))
    return told


def reach(session: Session, happening: Happening) -> int:
    """How many chats an alert of that would reach, were it made now."""
    earlier = _earlier(session, happening) if happening.happened in _CORRECTING else None
    recipients = _recipients(session, happening, earlier)
    query = select(func.count(recipients.c.chat_id.distinct())).join_from(recipients, Chat, _reachable(recipients))
    return int(session.execute(query).scalar_one())


def latest_alert(session: Session) -> int:
    """The number of the newest alert; 0 where there is none."""
    return int(session.execute(select(func.max(col(Alert.id)))).scalar_one() or 0)


def chats_told(session: Session, after: int) -> int:
    """How many chats the alerts after that one are for, each chat counted once."""
    told = select(func.count(col(Delivery.chat_id).distinct())).where(col(Delivery.alert_id) > after)
    return int(session.execute(told).scalar_one())


def _deliver(session: Session, alert_id: int, recipients: Subquery) -> int:
    at_once = col(Chat.digest) == Digest.INSTANT
    rows = select(
        literal(alert_id),
        recipients.c.chat_id,
        recipients.c.thread_id,
        case((at_once, DeliveryState.PENDING.value), else_=DeliveryState.HELD.value),
        case((at_once, False), else_=True),
        literal(utc_now(), Delivery.due_at.type),  # type: ignore[attr-defined]
        literal(0),
        literal(""),
        literal(False),
    ).join_from(recipients, Chat, _reachable(recipients))
    rows = rows.order_by(recipients.c.chat_id)  # in the order of the indexes, a million take a third of the time
    names = ["alert_id", "chat_id", "thread_id", "state", "digest", "due_at", "attempts", "last_error", "muted"]
    made = insert(Delivery).from_select(names, rows).execution_options(preserve_rowcount=True)
    return int(session.execute(made).rowcount)  # type: ignore[attr-defined]


def _reachable(recipients: Subquery) -> ColumnElement[bool]:
    return and_(
        col(Chat.id) == recipients.c.chat_id,
        col(Chat.state) == ChatState.ACTIVE,
        col(Chat.kind) != ChatKind.TERMINAL,
    )


def _recipients(session: Session, one: Happening, earlier: int | None) -> Subquery:
    """Each chat and topic to be told, once."""
    subject = one.subject or subject_of(session, one.table, one.row_id)
    subscribed = select(col(Subscription.chat_id), col(Subscription.thread_id)).where(
        *matching(subject, correction=one.happened in _CORRECTING)
    )
    if earlier is None:
        return subscribed.distinct().subquery()
    got = select(col(Delivery.chat_id), col(Delivery.thread_id)).where(
        col(Delivery.alert_id) == earlier, col(Delivery.state).in_(_GOT), col(Delivery.muted).is_(False)
    )
    if one.happened is not Happened.RETRACTED or _corrects_another(session, earlier):
        return union(subscribed, got).subquery()
    everyone = union(subscribed, got).subquery()
    unaware = select(col(Delivery.chat_id), col(Delivery.thread_id)).where(
        col(Delivery.alert_id) == earlier, col(Delivery.state).in_(_NOT_YET)
    )
    return except_(select(everyone.c.chat_id, everyone.c.thread_id), unaware).subquery()


def _corrects_another(session: Session, alert_id: int) -> bool:
    return session.execute(select(col(Alert.earlier_id)).where(col(Alert.id) == alert_id)).scalar() is not None


def _earlier(session: Session, one: Happening) -> int | None:
    """The latest alert that told of the row which is corrected, or of one that this row had corrected itself."""
    row_id: int | None = one.row_id if one.earlier_row_id is None else one.earlier_row_id
    seen: set[int] = set()
    while row_id is not None and row_id not in seen:
        told = select(col(Alert.id)).where(col(Alert.table_name) == one.table, col(Alert.row_id) == row_id)
        found = session.execute(told.order_by(col(Alert.id).desc())).scalars().first()
        if found is not None:
            return int(found)
        seen.add(row_id)
        row_id = _corrected_by(session, one.table, row_id)
    return None


def _corrected_by(session: Session, table: str, row_id: int) -> int | None:
    """The row that this one superseded, the latest where it was several."""
    query: Select[Any] = select(column("id")).select_from(text(table)).where(column("superseded_by_id") == row_id)
    return session.execute(query.where(column("id") != row_id).order_by(column("id").desc())).scalars().first()


def _overtake(session: Session, earlier: int) -> None:
    """Who was not told of the earlier yet need not be: what corrects it tells everything."""
    waiting = update(Delivery).where(col(Delivery.alert_id) == earlier, col(Delivery.state).in_(_NOT_YET))
    session.execute(waiting.values(state=DeliveryState.SKIPPED, last_error="corrected before it was sent"))
