"""Plausible rows for every table of a database, whatever its revision: made from its columns, keys and constraints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    MetaData,
    Table,
    insert,
    inspect,
    select,
)

Contents = dict[str, list[dict[str, Any]]]  # rows by table, in one order

_ALEMBICS = "alembic_version"
_EACH = 6  # rows a table and call: enough for each word of the columns below
_NASTY = ("小米", "it's <b>", 'say "hi" \\ %s', "ещё :x", "", "=1+1")  # what goes wrong where text is pasted into SQL
_DAY = datetime(2020, 2, 29, 23, 59, 58, 123456, tzinfo=UTC)

# Columns whose values are words of the program.
_WORDS: dict[str, tuple[Any, ...]] = {
    "alert.happened": ("new", "moved", "corrected", "retracted", "tomorrow", "today"),
    "alert.table_name": ("fact", "milestone", "launch", "news"),
    "chat.digest": ("instant", "daily", "weekly"),
    "chat.kind": ("private", "group", "supergroup", "channel", "terminal"),
    "chat.state": ("active", "blocked", "left"),
    "chat.timezone": ("UTC", "Asia/Kolkata", "America/New_York"),
    "delivery.state": ("held", "pending", "claimed", "sent", "failed", "set aside"),
    "draft.state": ("open", "done", "dropped"),
    "draft.kind": ("launch", "milestone", "fact"),
    "person.role": ("", "editor", "admin"),
    "wanted.reason": ("not understood", "unknown name", "no facts", "corrected"),
    "wanted.state": ("open", "dismissed", "taught"),
    "taught.kind": ("vendor", "region", "metric"),
    "taught.value": ("xiaomi", "world", "shipments"),
    "subscription.least_certainty": ("rumoured", "confirmed"),
}
_WORDS_ANYWHERE: dict[str, tuple[Any, ...]] = {
    "metric": ("shipments", "market_share", "rank", "growth"),
    "bound": ("", "<", ">"),
    "unit": ("million", "percent", ""),
    "period": ("2017Q2", "2017", "2017-10"),
    "certainty": ("confirmed", "estimate", "expected", "rumoured"),
    "date_text": ("2017-11-07", "2017-11", "", "2017"),
}


def tables_of(connection: Connection) -> MetaData:
    """The tables that are there now, with their keys."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != _ALEMBICS)
    return found


def contents(connection: Connection) -> Contents:
    """Every row of every table of ours, just as the database holds them now."""
    found = Contents()
    for name in sorted(set(inspect(connection).get_table_names()) - {_ALEMBICS}):
        rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        columns = list(rows.keys())
        found[name] = sorted((dict(zip(columns, row, strict=True)) for row in rows), key=repr)
    return found


def fill(connection: Connection, tables: MetaData, numbers: Iterator[int] | None = None) -> None:
    """Add some rows to every table; `numbers` go on from call to call, so that no key comes twice.

    The first rows of a table name the first of others, those of a later call the newest."""
    numbers = count() if numbers is None else numbers
    for table in tables.sorted_tables:
        again = connection.execute(select(table)).first() is not None
        for place in range(_EACH):
            row = _row(connection, table, place if not again else -1 - place, next(numbers))
            row |= {} if again else _known(table, place)
            connection.execute(insert(table), row)


def _known(table: Table, place: int) -> dict[str, Any]:
    """What a question is asked of, in the first rows that a table gets."""
    first: dict[str, dict[str, Any]] = {
        "vendor": {"slug": "xiaomi", "name": "Xiaomi"},
        "region": {"slug": "world", "name": "World"},
        "source": {"name": "IDC"},
        "fact": {"metric": "shipments", "unit": "million", "value": 23.2, "period": "2017Q2", "certainty": "estimate",
                 "bound": "", "period_start": date(2017, 4, 1), "period_end": date(2017, 6, 30),
                 "superseded_by_id": None},
    }  # fmt: skip
    return first.get(table.name, {}) if place == 0 else {}


def _row(connection: Connection, table: Table, place: int, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.name == "id":
            continue  # the database's own numbers: they have to go on after a migration
        row[column.name] = _value(connection, table, column, place, number)
    if table.name == "alias":  # a check: each belongs to one owner
        owners = ("vendor_id", "region_id", "product_id")
        row |= {owner: row[owner] if at == place % 3 else None for at, owner in enumerate(owners)}
    return row


def _value(connection: Connection, table: Table, column: Column[Any], place: int, number: int) -> Any:
    words = _WORDS.get(f"{table.name}.{column.name}") or _WORDS_ANYWHERE.get(column.name)
    if words:
        return words[place % len(words)]
    named = next((key.column for key in column.foreign_keys), None)
    if table.name == "delivery" and column.name in ("alert_id", "chat_id"):  # named as if by a key, for speed without
        named = table.metadata.tables[column.name.removesuffix("_id")].c.id
    if named is not None:
        there = connection.execute(select(named).order_by(named)).scalars().all()
        if column.nullable and (not there or (place % 2 == 0 and table.name != "alias")):
            return None
        return there[place % len(there)]
    if column.nullable and place % 3 == 2:
        return None
    unique = column.primary_key or _in_unique(table, column)
    return _of_type(column, place, number, unique=unique)


def _in_unique(table: Table, column: Column[Any]) -> bool:
    indexes = [set(index.columns) for index in table.indexes if index.unique]
    keys = [set(one.columns) for one in table.constraints if type(one).__name__ == "UniqueConstraint"]
    return any(column in few for few in (*indexes, *keys))


def _of_type(column: Column[Any], place: int, number: int, *, unique: bool) -> Any:
    kind = column.type
    match kind:
        case Boolean():
            return place % 2 == 0
        case JSON():
            return {"text": _NASTY[place], "list": [1, None, {"deep": True}], "number": number}
        case DateTime():
            return _DAY + timedelta(hours=number)
        case Date():
            return _DAY.date() + timedelta(days=number)
        case Float():
            return number + 0.1
        case Integer():
            large = type(kind).__name__.upper() in ("BIGINT", "BIG_INTEGER") and place % 2 == 0
            return -1_001_234_567_890 - number if large else number
    longest = getattr(kind, "length", None) or 10_000
    text = f"{number}{_NASTY[place]}" if unique else _NASTY[place]
    return text[:longest] if longest > len(str(number)) else _letters(number, longest)


def _letters(number: int, longest: int) -> str:
    """Two letters, say, that no other number has."""
    letters = ""
    for _ in range(longest):
        number, rest = divmod(number, 26)
        letters += chr(ord("a") + rest)  # no country of ours is written so
    return letters
