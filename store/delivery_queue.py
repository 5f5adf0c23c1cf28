"""How many deliveries are under way, and how long the oldest that is due has waited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from store.alert_tables import Delivery, DeliveryState

_OPEN = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD)


@dataclass(frozen=True)
class Queue:
    """`counts` has every open state; `age` is in seconds, 0 where nothing is due."""

    counts: dict[str, int]
    age: float


def read_queue(session: Session, now: datetime) -> Queue:
    """Count what is open; each count reads an index of open deliveries only, however many were sent."""
    counts = {}
    for state in _OPEN:
        query = select(func.count()).select_from(Delivery).where(col(Delivery.state) == state.value)
        counts[state.value] = int(session.execute(query).scalar_one())
    due = select(func.min(col(Delivery.due_at))).where(col(Delivery.state) == DeliveryState.PENDING.value)
    oldest = session.execute(due.where(col(Delivery.due_at) <= now)).scalar()
    return Queue(counts, max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
