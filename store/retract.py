"""Takes a row back that should not have been recorded: kept with its history, but no longer answered with."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from store.alert_tables import Happened
from store.alerts import Happening, Told, tell
from store.edition import begin_edition
from store.subscriptions import TABLES
from store.tables import Audit


class NotCurrentError(ValueError):
    """There is no such row, or it is not current any more; the message says which."""


def retract(session: Session, table: str, row_id: int, actor: str, reason: str = "", *, alerts: bool = False) -> Told:
    """Take back a fact, milestone, launch or news row. With `alerts`, those who were told of it are told of that too.

    Raises NotCurrentError."""
    begin_edition(session.connection())
    row: Any = session.get(TABLES[table], row_id)
    if row is None or row.superseded_by_id is not None:
        what = "there is none" if row is None else "it is not current any more"
        raise NotCurrentError(f"{table} {row_id} cannot be retracted: {what}")
    row.superseded_by_id = row_id
    session.add(row)
    detail = {"reason": reason}
    session.add(Audit(actor=actor, action="retract", table_name=table, row_id=row_id, detail=detail))
    session.flush()
    return tell(session, [Happening(Happened.RETRACTED, table, row_id)]) if alerts else Told()
