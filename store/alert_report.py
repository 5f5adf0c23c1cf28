"""What went out lately: each alert with how many got it, how fast, and what did not get through and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from store.alert_tables import Alert, Delivery, DeliveryState

_WAITING = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD)


@dataclass(frozen=True)
class AlertReport:
    """Counts of one alert's deliveries; `seconds` from the recording to the last message sent; `request` what the log
    calls it, empty where that is not known."""

    alert_id: int
    happened: str
    table: str
    row_id: int
    recorded_at: datetime
    sent: int
    waiting: int
    failed: int
    set_aside: int
    skipped: int
    seconds: float
    errors: tuple[tuple[str, int], ...] = ()
    request: str = ""


def recent_alerts(session: Session, most: int = 8) -> list[AlertReport]:
    """The latest alerts, the newest first."""
    latest = session.execute(select(Alert).order_by(col(Alert.id).desc()).limit(most)).scalars()
    return [_report(session, alert) for alert in list(latest)]


def _report(session: Session, alert: Alert) -> AlertReport:
    of_alert = col(Delivery.alert_id) == alert.id
    columns: tuple[Any, ...] = (
        _count(DeliveryState.SENT),
        _count(*_WAITING),
        _count(DeliveryState.FAILED),
        _count(DeliveryState.SET_ASIDE),
        _count(DeliveryState.SKIPPED),
    )
    counts = session.execute(select(*columns).where(of_alert)).one()
    last: datetime | None = session.execute(select(func.max(col(Delivery.sent_at))).where(of_alert)).scalar()
    reasons = (
        select(col(Delivery.last_error), func.count())
        .where(of_alert, col(Delivery.state).in_((DeliveryState.FAILED, DeliveryState.SET_ASIDE)))
        .group_by(col(Delivery.last_error))
        .order_by(func.count().desc())
        .limit(3)
    )
    errors = tuple((str(error), int(count)) for error, count in session.execute(reasons))
    seconds = (last - alert.recorded_at).total_seconds() if last else 0.0
    assert alert.id is not None
    sent, waiting, failed, set_aside, skipped = (int(one or 0) for one in counts)
    return AlertReport(
        alert.id, alert.happened, alert.table_name, alert.row_id, alert.recorded_at, sent, waiting, failed, set_aside,
        skipped, seconds, errors, alert.request,
    )  # fmt: skip


def _count(*states: DeliveryState) -> Any:
    return func.sum(case((col(Delivery.state).in_(states), 1), else_=0))
