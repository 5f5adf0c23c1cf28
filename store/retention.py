"""How long deliveries are kept: sent ones for as long as a correction may be owed, the others for the record."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, tuple_
from sqlmodel import Session, col

from store.alert_tables import Alert, Delivery, DeliveryState

SENT_KEPT = timedelta(days=730)
OTHERS_KEPT = timedelta(days=60)
_MOST = 20_000  # in one transaction
_OVER = (DeliveryState.FAILED, DeliveryState.SKIPPED, DeliveryState.SET_ASIDE)


def forget_deliveries(session: Session, now: datetime) -> int:
    """Delete deliveries that are older than they are kept, some thousand at most; returns how many."""
    key = (col(Delivery.alert_id), col(Delivery.chat_id), col(Delivery.thread_id))
    forgotten = 0
    for states, kept in (((DeliveryState.SENT,), SENT_KEPT), (_OVER, OTHERS_KEPT)):
        old = (
            select(*key)
            .join(Alert, col(Alert.id) == col(Delivery.alert_id))
            .where(col(Alert.recorded_at) < now - kept, col(Delivery.state).in_(states))
            .limit(_MOST)
        )
        result = session.execute(delete(Delivery).where(tuple_(*key).in_(old)))
        forgotten += int(result.rowcount)  # type: ignore[attr-defined]
    return forgotten
