"""Moves all rows from one database to another, of whichever kinds: in the order of foreign keys, and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, insert, select, text, update

from store import admin_tables, alert_tables, wanted_tables  # noqa: F401 - their tables are part of the metadata
from store.engine import StoreError, explained, shown
from store.migrate import current_revision, migrate, newer_than_known, revisions
from store.tables import metadata
from store.unchangeable import audit_replaced

Progress = Callable[[str, int, int], object]  # a table, how many of its rows are done, how many there are
_FEW = 5_000  # rows read and written at once


class NotEmptyError(StoreError):
    """The database that was to be written to holds rows already."""


def copy_all(source: Engine, target: Engine, *, replace: bool, progress: Progress) -> dict[str, int]:
    """Copy every row, as the source is at this moment; the target gets its tables first. Returns rows by table.

    It is one transaction in the target: all is there, or nothing has changed. Raises NotEmptyError where the target
    holds rows and `replace` is not said, and StoreError."""
    with explained(source), source.connect() as reading:
        _check_revision(source, reading)
    migrate(target)
    into = target.execution_options(writes=True)
    with explained(source), _one_state(source) as reading, explained(target), into.begin() as writing:
        _make_room(target, writing, replace=replace)
        counts = {table.name: _copy(table, reading, writing, progress) for table in metadata.sorted_tables}
        _set_sequences(writing)
        _compare(counts, writing)
    return counts


def has_rows(engine: Engine) -> bool:
    """Whether a database has tables of ours with anything in them. Raises StoreError."""
    with explained(engine), engine.connect() as connection:
        if current_revision(connection) is None:
            return False
        return bool(connection.execute(text("SELECT count(*) FROM vendor")).scalar_one())


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: _count(connection, table) for table in metadata.sorted_tables}


def _check_revision(engine: Engine, connection: Connection) -> None:
    at, place = current_revision(connection), shown(engine.url)
    if at is None:
        raise StoreError(f"{place} holds no Vendorbot: there is nothing to copy. Is the address right?")
    if at not in revisions():
        raise StoreError(newer_than_known(engine, at))
    if at != revisions()[-1]:
        raise StoreError(
            f"{place} has the tables of an older version (revision {at})."
            " Start Vendorbot on it once, which brings it up to date, and try again."
        )


@contextmanager
def _one_state(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database, whatever others write meanwhile."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


def _make_room(target: Engine, connection: Connection, *, replace: bool) -> None:
    if not any(count_rows(connection).values()):
        return
    if not replace:
        place = shown(target.url)
        raise NotEmptyError(f"{place} is not empty. Name an empty database, or say --force to replace what is there.")
    with audit_replaced(connection):
        for table in reversed(metadata.sorted_tables):
            own = _columns_to_itself(table)
            if own:
                connection.execute(update(table).values(dict.fromkeys(own)))
            connection.execute(table.delete())


def _copy(table: Table, reading: Connection, writing: Connection, progress: Progress) -> int:
    """Copy one table. Rows that name others of the same table are joined to them when all are there."""
    whole, done, own = _count(reading, table), 0, _columns_to_itself(table)
    links: list[dict[str, Any]] = []
    progress(table.name, 0, whole)
    rows = reading.execution_options(yield_per=_FEW).execute(select(table))
    for few in rows.partitions(_FEW):
        values = [dict(row._mapping) for row in few]
        for one in values:
            if any(one[column] is not None for column in own):
                links.append({"the_id": one["id"], **{f"the_{column}": one[column] for column in own}})
                one.update(dict.fromkeys(own))
        writing.execute(insert(table), values)
        done += len(values)
        progress(table.name, done, whole)
    if links:
        to: dict[str, Any] = {column: bindparam(f"the_{column}") for column in own}
        writing.execute(update(table).where(table.c.id == bindparam("the_id")).values(to), links)
    return done


def _columns_to_itself(table: Table) -> list[str]:
    return [column.name for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]


def _set_sequences(connection: Connection) -> None:
    """PostgreSQL hands out ids by a sequence of its own, which has to go on after the rows that were copied."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        if "id" in table.c and table.c.id.primary_key:
            last = connection.execute(select(func.max(table.c.id))).scalar()
            setting = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last, :used)")
            connection.execute(setting, {"name": table.name, "last": last or 1, "used": last is not None})


def _compare(counts: dict[str, int], connection: Connection) -> None:
    arrived = count_rows(connection)
    wrong = [f"{name}: {arrived[name]:,} of {count:,}" for name, count in counts.items() if arrived[name] != count]
    if wrong:
        raise StoreError(f"Not all rows arrived ({'; '.join(wrong)}). Nothing was changed; please report this.")


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
