"""Deliveries on their way: claimed under the lease, marked with what became of them, and given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Select, func, select, text, update
from sqlmodel import Session, col

from store.alert_tables import Alert, Chat, ChatKind, Delivery, DeliveryState
from store.tables import utc_now

_LANGUAGE = func.coalesce(func.nullif(col(Chat.locale), ""), Chat.spoken)
_COLUMNS: tuple[Any, ...] = (
    Delivery.alert_id, Delivery.chat_id, Delivery.thread_id, Delivery.digest, Delivery.attempts, Delivery.due_at,
    Chat.address, Chat.kind, Chat.state, Chat.timezone, _LANGUAGE, Chat.quiet_from, Chat.quiet_to,
    func.coalesce(Alert.request, ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process is to send, claimed under the lease of that number.

    `request` is what recorded its alert. `quiet_from` and `quiet_to` are minutes of the chat's own day."""

    lease: int

    alert_id: int
    chat_id: int
    thread_id: int
    digest: bool
    attempts: int
    due_at: datetime
    address: str
    kind: str
    chat_state: str
    timezone: str
    locale: str
    quiet_from: int | None
    quiet_to: int | None
    request: str

    @property
    def delivery(self) -> str:
        """What the log calls it: its alert, the chat's row, and the topic where it goes to one."""
        return f"{self.alert_id}-{self.chat_id}" + (f"-{self.thread_id}" if self.thread_id else "")

    @property
    def in_group(self) -> bool:
        """True where Telegram's limit for groups holds."""
        return self.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP, ChatKind.CHANNEL)


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a claim. Pending, it is due again at `due_at`."""

    claim: Claim
    state: DeliveryState
    attempts: int = 0
    due_at: datetime | None = None
    message_id: int | None = None
    error: str = ""


def claim(session: Session, lease: int, now: datetime, most: int) -> list[Claim]:
    """Claim deliveries that are due, the longest due first, and of a digest all that belong to it.

    The session's transaction must have renewed the lease."""
    due = _waiting().where(col(Delivery.due_at) <= now).order_by(col(Delivery.due_at), col(Delivery.alert_id))
    found = [Claim(lease, *row) for row in session.execute(due.limit(most))]
    chats = {one.chat_id for one in found if one.digest}
    if chats:
        have = {(one.alert_id, one.chat_id, one.thread_id) for one in found}
        rest = _waiting().where(col(Delivery.digest).is_(True), col(Delivery.chat_id).in_(chats))
        more = [Claim(lease, *row) for row in session.execute(rest.order_by(col(Delivery.alert_id)))]
        found += [one for one in more if (one.alert_id, one.chat_id, one.thread_id) not in have]
    if found:
        _each(session, _CLAIMED, [{**_key(one), "lease": lease} for one in found])
    return found


def mark(session: Session, marks: Sequence[Mark]) -> None:
    """Write down what became of claims. What another process has claimed since is left alone.

    A message that went out is marked even where its claim was given back: it must not go out again."""
    _each(session, _MARKED, [
        {
            **_key(one.claim),
            "lease": one.claim.lease,
            "state": one.state.value,
            "due_at": one.due_at or one.claim.due_at,
            "attempts": one.attempts,
            "message_id": one.message_id,
            "sent_at": utc_now() if one.state is DeliveryState.SENT else None,
            "error": one.error[:256],
        }
        for one in marks
    ])  # fmt: skip


def hurry(session: Session) -> None:
    """Do not wait for the disk at the end of this transaction: what was sent is known to others a little sooner.

    Should the database's machine lose power, the last half second of messages may go out once more."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL synchronous_commit TO OFF"))


def give_back(session: Session, lease: int, *, others: bool) -> int:
    """Make claims pending again: this lease's own, or those that all earlier leases left; returns how many."""
    whose = col(Delivery.claimed_by) != lease if others else col(Delivery.claimed_by) == lease
    left = update(Delivery).where(col(Delivery.state) == DeliveryState.CLAIMED, whose)
    return _count(session, left.values(state=DeliveryState.PENDING, claimed_by=None))


def left_by_others(session: Session, lease: int) -> list[tuple[int, str, int]]:
    """Of which alerts earlier leases left claims: each one's number, its request, and how many."""
    left = (col(Delivery.state) == DeliveryState.CLAIMED, col(Delivery.claimed_by) != lease)
    query = select(col(Alert.id), col(Alert.request), func.count()).join(Delivery, col(Delivery.alert_id) == Alert.id)
    return [(int(alert), request, count) for alert, request, count in session.execute(
        query.where(*left).group_by(col(Alert.id), col(Alert.request))
    )]  # fmt: skip


def anything_due(session: Session, now: datetime) -> bool:
    """Whether a delivery waits to be claimed."""
    due = select(col(Delivery.due_at)).where(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.due_at) <= now)
    return session.execute(due.limit(1)).first() is not None


def try_again(session: Session, alert_id: int | None = None) -> int:
    """Send what was set aside once more, of one alert or all; returns how many."""
    aside = update(Delivery).where(col(Delivery.state) == DeliveryState.SET_ASIDE)
    if alert_id is not None:
        aside = aside.where(col(Delivery.alert_id) == alert_id)
    return _count(session, aside.values(state=DeliveryState.PENDING, attempts=0, due_at=utc_now()))


def _waiting() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join_from(Delivery, Chat, col(Chat.id) == col(Delivery.chat_id))
        .outerjoin(Alert, col(Alert.id) == col(Delivery.alert_id))
        .where(col(Delivery.state) == DeliveryState.PENDING)
        .with_for_update(of=Delivery, skip_locked=True)
    )


def _key(one: Claim) -> dict[str, Any]:
    return {"alert": one.alert_id, "chat": one.chat_id, "thread": one.thread_id}


# Statements for many rows at once: PostgreSQL takes them as arrays, SQLite one by one inside the driver.
_TYPES = {
    "alert": "integer", "chat": "integer", "thread": "bigint", "lease": "integer", "state": "text",
    "due_at": "timestamptz", "attempts": "integer", "message_id": "bigint", "sent_at": "timestamptz", "error": "text",
}  # fmt: skip
_CLAIMED = "UPDATE delivery SET state = 'claimed', claimed_by = {lease} {where}"
_MARKED = (
    "UPDATE delivery SET state = {state}, due_at = {due_at}, attempts = {attempts}, message_id = {message_id},"
    " sent_at = {sent_at}, last_error = {error}, claimed_by = NULL {where}"
    " AND (claimed_by = {lease} OR (delivery.state = 'pending' AND {state} = 'sent'))"
)


def _each(session: Session, statement: str, rows: Sequence[dict[str, Any]]) -> None:
    """Run a statement for each row; its {names} are the row's values, {where} finds the delivery."""
    if not rows:
        return
    names = list(rows[0])
    if session.get_bind().dialect.name == "postgresql":
        arrays = ", ".join(f"CAST(:{name} AS {_TYPES[name]}[])" for name in names)
        where = (
            f"FROM unnest({arrays}) AS row ({', '.join(names)})"
            " WHERE delivery.alert_id = row.alert AND delivery.chat_id = row.chat AND delivery.thread_id = row.thread"
        )
        given = {name: f"row.{name}" for name in names}
        values = {name: [row[name] for row in rows] for name in names}
        session.execute(text(statement.format(where=where, **given)), values)
        return
    where = "WHERE alert_id = :alert AND chat_id = :chat AND thread_id = :thread"
    one_by_one = text(statement.format(where=where, **{name: f":{name}" for name in names}))
    written = [{name: _written(value) for name, value in row.items()} for row in rows]
    session.connection().execute(one_by_one, written)


def _written(value: object) -> object:
    """A value as SQLite keeps it."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _count(session: Session, statement: Any) -> int:
    result: CursorResult[Any] = session.execute(statement)  # type: ignore[assignment]
    return int(result.rowcount)
