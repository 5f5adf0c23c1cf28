"""Is a database sound: every page of it readable, every row it names there. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from store.copying import Progress
from store.engine import StoreError, explained, shown
from store.migrate import current_revision, newer_than_known, revisions
from store.tables import metadata

_MOST = 20  # faults of one kind that are told
_CHUNK = 10_000


@dataclass
class Soundness:
    """What was found: rows by table, faults as sentences, and the tables that cannot be read whole."""

    revision: str
    rows: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)


def examine(engine: Engine, progress: Progress) -> Soundness:
    """Read the whole database. Raises StoreError where it cannot be read at all or has no tables of ours."""
    with explained(engine), engine.connect() as connection:
        at = current_revision(connection)
        if at != revisions()[-1]:
            raise StoreError(_of_another_version(engine, at))
        found = Soundness(at)
        for table in metadata.sorted_tables:
            _examine(connection, table, found, progress)
        if engine.dialect.name == "sqlite" and not found.faults:
            found.faults += [f"page: {said}" for said in _said_of_pages(connection, str(_MOST))]
    return found


def _of_another_version(engine: Engine, at: str | None) -> str:
    place = shown(engine.url)
    if at is None:
        return f"{place} has no tables of Vendorbot; this version's are made by starting it once."
    if at not in revisions():
        return newer_than_known(engine, at)
    return f"{place} has the tables of an older version (revision {at}); this version's are made by starting it once."


def _examine(connection: Connection, table: Table, found: Soundness, progress: Progress) -> None:
    """One table: its rows, what they name, and on SQLite its pages; what is wrong with it keeps no other from that."""
    try:
        found.rows[table.name] = _read_whole(connection, table, progress)
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        found.faults.append(f"{table.name} holds a value that cannot be read: {error}")
        found.unreadable.add(table.name)
    except DBAPIError as error:
        found.faults.append(f"{table.name} cannot be read whole: {error.orig}")
        found.unreadable.add(table.name)
        if connection.dialect.name == "postgresql":
            connection.rollback()
        return
    if connection.dialect.name == "sqlite" and (said := _said_of_pages(connection, f"'{table.name}'")):
        found.faults.append(f"an index of {table.name} is damaged: {said[0]}")
        return
    try:
        found.faults += _dangling(connection, table, found.unreadable)
    except DBAPIError as error:
        found.faults.append(f"whether what {table.name} names is there cannot be seen: {error.orig}")
        if connection.dialect.name == "postgresql":
            connection.rollback()


def _said_of_pages(connection: Connection, what: str) -> list[str]:
    """What SQLite says of a table with its indexes, or of the whole file; nothing where all is well."""
    try:
        said = connection.execute(text(f"PRAGMA integrity_check({what})")).scalars().all()
    except DBAPIError as error:
        return [str(error.orig)]
    return [" ".join(one.replace("*** in database main ***", "").split()) for one in said if one != "ok"]


def _read_whole(connection: Connection, table: Table, progress: Progress) -> int:
    """Every value of every row, as the program reads them: what is no date, say, comes to light."""
    whole = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    read = 0
    for few in connection.execution_options(yield_per=_CHUNK).execute(select(table)).partitions(_CHUNK):
        read += len(few)
        progress(table.name, read, whole)
    return read


def _dangling(connection: Connection, table: Table, unreadable: set[str]) -> Iterator[str]:
    for key in table.foreign_keys:
        if key.column.table.name in unreadable:
            continue
        here, there = table.alias(), key.column.table.alias()
        column, target = here.c[key.parent.name], there.c[key.column.name]
        query = select(column).outerjoin_from(here, there, column == target)
        missing = connection.execute(query.where(column.is_not(None), target.is_(None)).limit(_MOST)).scalars().all()
        if missing:
            yield f"{table.name}.{key.parent.name} names rows of {key.column.table.name} that are not there: {missing}"


def vacuum(engine: Engine) -> tuple[int, int]:
    """Give back the room of deleted rows and renew the planner's figures; returns the size before and after, in bytes.

    The bot may be running; on SQLite its writes wait meanwhile. Raises StoreError."""
    on_sqlite = engine.dialect.name == "sqlite"
    statements = ("VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)") if on_sqlite else ("VACUUM (ANALYZE)",)
    bare = {"bare": True} if on_sqlite else {"isolation_level": "AUTOCOMMIT"}
    with explained(engine), engine.connect().execution_options(**bare) as connection:
        before = _size(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)
        return before, _size(connection)


def _size(connection: Connection) -> int:
    query = "SELECT pg_database_size(current_database())"
    if connection.dialect.name == "sqlite":
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(connection.execute(text(query)).scalar_one())
