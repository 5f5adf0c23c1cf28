"""A line in the log for each alert that was recorded, once it is: what is rolled back is told of nowhere."""

from __future__ import annotations

import logging

from sqlalchemy import event
from sqlalchemy.orm import Session

from store.alert_tables import Alert

_KEY = "alerts to be logged"

log = logging.getLogger("vendorbot.alerts")


def log_when_committed(session: Session, alert: Alert, messages: int) -> None:
    """Have a new alert logged at the end of this transaction. `messages`: its deliveries so far."""
    known = {"request": alert.request, "alert": alert.id, "happened": str(alert.happened), "of": alert.table_name,
             "row": alert.row_id, "messages": messages}  # fmt: skip
    session.info.setdefault(_KEY, []).append(known)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    for known in session.info.pop(_KEY, ()):
        log.info("an alert is recorded", extra=known)


@event.listens_for(Session, "after_rollback")
def _rolled_back(session: Session) -> None:
    session.info.pop(_KEY, None)
