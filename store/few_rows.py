"""Deletes some rows at a time, so that no transaction is long and whoever wants to write waits only a moment."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, TextClause, delete, func, literal_column, select
from sqlmodel import Session, SQLModel

Condition = ColumnElement[bool] | TextClause


def delete_few(session: Session, table: type[SQLModel], most: int, *conditions: Condition) -> int:
    """Delete rows that fulfil all conditions, so many at most; returns how many. Another process's own are left."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    place: Any = literal_column("ctid" if on_postgresql else "rowid")  # a row is found by it without any index
    few = select(place).select_from(table).where(*conditions).limit(most).correlate(None)
    if on_postgresql:
        few = few.with_for_update(skip_locked=True)
    deleted = delete(table).where(place.in_(few)).execution_options(synchronize_session=False)
    return int(session.execute(deleted).rowcount)  # type: ignore[attr-defined]


def not_the_newest(column: Any) -> ColumnElement[bool]:
    """Every row but the one with the highest number: SQLite would give that number away once more, and a button that
    was made for the old row would be pressed for the new one."""
    newest = select(func.max(column)).correlate(None).scalar_subquery()
    return column < newest  # type: ignore[no-any-return]
