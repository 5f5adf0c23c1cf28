"""The way back to the tables of an older version: what it gives up is counted, and it is done only at a word."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect

from store.engine import StoreError, explained, shown
from store.migrate import current_revision, migrate_within, newer_than_known, revisions


def go_back(engine: Engine, revision: str, *, force: bool) -> dict[str, int]:
    """Bring the tables back to that revision, or see only what that would give up; returns its rows by table or column.

    Raises StoreError where there is no such way."""
    with explained(engine), engine.connect().execution_options(writes=True) as connection:
        transaction = connection.begin()
        _check_way(engine, current_revision(connection), revision)
        before = _rows(connection)
        migrate_within(connection, revision)
        after = _rows(connection)
        if force:
            transaction.commit()
        else:
            transaction.rollback()
    gone = {name: rows for name, rows in before.items() if name not in after}
    return {name: rows for name, rows in gone.items() if name.partition(".")[0] not in gone or "." not in name}


def _check_way(engine: Engine, at: str | None, to: str) -> None:
    known = revisions()
    place = shown(engine.url)
    if at is None:
        raise StoreError(f"{place} has no tables of Vendorbot: there is nothing to bring back.")
    if at not in known:
        raise StoreError(newer_than_known(engine, at))
    if to not in known or to >= at:
        older = ", ".join(one for one in known if one < at) or "none"
        raise StoreError(f"{to} is no revision that {place}, which is at {at}, can go back to. There are: {older}.")


def _rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has, and how many of them have something in each column."""
    looking, counts = inspect(connection), dict[str, int]()
    for table in looking.get_table_names():
        names = [str(column["name"]) for column in looking.get_columns(table)]
        counted = ", ".join(f'count("{name}")' for name in names)
        row = connection.exec_driver_sql(f'SELECT count(*), {counted} FROM "{table}"').one()  # noqa: S608 - own names
        counts |= dict(zip([table, *(f"{table}.{name}" for name in names)], row, strict=True))
    return counts
