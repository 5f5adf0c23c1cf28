"""How long rows are kept that are for a while only: what is older is let go of, some thousand at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_
from sqlmodel import Session, col

from store.alert_tables import Alert, Delivery, DeliveryState
from store.conversations import forget_old
from store.drafts import forget_drafts
from store.feeds import forget_entries
from store.inbox import forget_updates
from store.people import forget_people
from store.wanted import forget_wanted

_MOST = 20_000  # in one transaction
_OVER = (DeliveryState.FAILED, DeliveryState.SKIPPED, DeliveryState.SET_ASIDE)


@dataclass(frozen=True)
class Kept:
    """For how long. `sent` deliveries: for as long as a correction may be owed; `unsent` ones that are over: for the
    record; `updates`: their numbers, so that none is dealt with twice."""

    sent: timedelta = timedelta(days=730)
    unsent: timedelta = timedelta(days=60)
    updates: timedelta = timedelta(days=2)
    conversations: timedelta = timedelta(days=1)
    drafts: timedelta = timedelta(days=30)


def forget(session: Session, now: datetime, kept: Kept) -> dict[str, int]:
    """Delete what is older than it is kept; returns how many rows of what."""
    return {
        "deliveries": forget_deliveries(session, now, kept),
        "updates": forget_updates(session, kept.updates),
        "conversations": forget_old(session, kept.conversations),
        "drafts": forget_drafts(session, now, kept.drafts),
        "feed_entries": forget_entries(session, now),
        "people": forget_people(session, now),
        "wanted": forget_wanted(session, now.date()),
    }


def forget_deliveries(session: Session, now: datetime, kept: Kept) -> int:
    """Delete deliveries that are older than they are kept, some thousand at most; returns how many."""
    key = (col(Delivery.alert_id), col(Delivery.chat_id), col(Delivery.thread_id))
    forgotten = 0
    for states, age in (((DeliveryState.SENT,), kept.sent), (_OVER, kept.unsent)):
        old = (
            select(*key)
            .join(Alert, col(Alert.id) == col(Delivery.alert_id))
            .where(col(Alert.recorded_at) < now - age, col(Delivery.state).in_(states))
            .limit(_MOST)
        )
        result = session.execute(delete(Delivery).where(tuple_(*key).in_(old)))
        forgotten += int(result.rowcount)  # type: ignore[attr-defined]
    return forgotten
