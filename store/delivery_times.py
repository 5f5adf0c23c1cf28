"""Moments in the store that are later than the clock says: somebody's clock was wrong when they were written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from store.alert_tables import Alert, Delivery, DeliveryState

_LONGEST_WAIT = timedelta(hours=26)  # of a delivery: quiet hours are a day at the most


def newest_alert(session: Session) -> datetime | None:
    """When the newest alert was recorded, by the clock of whoever did; None where there is none."""
    return _moment(session, select(func.max(col(Alert.recorded_at))))


def due_by_a_wrong_clock(session: Session, now: datetime) -> datetime | None:
    """When the last delivery is due, where no right clock can have put it off for so long."""
    query = select(func.max(col(Delivery.due_at))).where(col(Delivery.state) == DeliveryState.PENDING.value)
    last = _moment(session, query)
    return last if last is not None and last > now + _LONGEST_WAIT else None


def _moment(session: Session, query: Select[Any]) -> datetime | None:
    found: datetime | None = session.execute(query).scalar()
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
