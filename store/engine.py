"""Opens the database, SQLite or PostgreSQL, and hands out reading and writing sessions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from traceback import walk_tb
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

BUSY_TIMEOUT_MS = 10_000
CONNECTIONS = 15  # kept open at most: opening one takes as long as answering from it
_IDLE_SECONDS = 1.0
_USED = "used"
_EXAMPLES = "sqlite:///vendorbot.db or postgresql://user:password@host:5432/vendorbot"


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do, and holds no password."""


def parse_url(text: str, called: str = "DATABASE_URL") -> URL:
    """Read an address; `postgres://` and `postgresql://` mean the psycopg driver. `called` is where it was given.

    Raises StoreError."""
    try:
        url = make_url(text)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise StoreError(f"{called} is not a database address. Expected something like {_EXAMPLES}.") from None
    if backend in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"{called} names {backend!r}; Vendorbot runs on SQLite and PostgreSQL, as {_EXAMPLES}.")
    return url


def shown(url: URL) -> str:
    """An address as a person writes it, without the password."""
    if url.get_backend_name() == "postgresql":
        url = url.set(drivername="postgresql")
    return url.render_as_string(hide_password=True)


def open_engine(database_url: str, called: str = "DATABASE_URL") -> Engine:
    """An engine for that address; nothing is connected yet. Raises StoreError for an address of another kind."""
    url = parse_url(database_url, called)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        )
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    # A server that went away without a word is noticed within half a minute, and not when TCP gives up.
    patience = {"connect_timeout": 10, "keepalives_idle": 10, "keepalives_interval": 5, "tcp_user_timeout": 20_000}
    engine = create_engine(url, pool_size=CONNECTIONS, max_overflow=0, connect_args=patience)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _look_whether_there)
    return engine


def _note_use(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = time.monotonic()


def _look_whether_there(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """A connection that lay idle may be broken: the server may have been started anew. While many ask, none lies idle,
    and looking each time would take as long as answering."""
    if time.monotonic() - record.info.get(_USED, time.monotonic()) < _IDLE_SECONDS:
        return
    import psycopg  # imported late: SQLite needs none of it

    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error:
        raise InvalidatePoolError from None  # this and all others are opened anew


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours to send, so that DDL and reads are in the transaction too
    try:
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "foreign_keys = ON",
            "synchronous = NORMAL",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError:  # SQLite names what it cannot read of its schema, byte by byte
        raise sqlite3.DatabaseError("database disk image is malformed (schema)") from None


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at the start: one that read first and wrote later could not wait for another.
    options = connection.get_execution_options()
    if options.get("bare"):
        return  # what it runs, VACUUM say, cannot be in a transaction
    if options.get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # which waits for nothing and cannot fail: the driver is asked directly, as this precedes every question
        connection.connection.cursor().execute("BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database; on PostgreSQL, each statement the state of its own moment: a
    transaction would cost two more messages to the server and promise no more, as it is there by default."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    with explained(engine), Session(engine, autoflush=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in one write transaction, committed at the end or rolled back whole."""
    with (
        explained(engine),
        engine.connect().execution_options(writes=True) as connection,
        Session(connection) as session,
    ):
        yield session
        session.commit()


class Turn(IntEnum):
    """What only one process at a time may do; the numbers are any that no other program takes."""

    MIGRATE = 7_263_548_001
    RECORD = 7_263_548_002


def take_turn(connection: Connection, turn: Turn) -> None:
    """Wait until no other process does the same, and keep others out until the end of this write transaction."""
    if connection.dialect.name == "postgresql":  # on SQLite the write transaction itself has waited
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(turn)})


@contextmanager
def explained(engine: Engine) -> Iterator[None]:
    """Turn a driver's error into a StoreError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(explanation(engine.url, error)) from error
    except (ValueError, TypeError) as error:
        if not _raised_by_sqlalchemy(error):
            raise
        # A date that is none, say: one bit of a file on a bad disk is enough.
        advice = "`vendorbot db check` says where."
        raise StoreError(f"{shown(engine.url)} holds a value that cannot be read: {error}. {advice}") from error


def _raised_by_sqlalchemy(error: BaseException) -> bool:
    """Whether it was raised while a row was being read, and not by what was made of the row."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    return bool(frames) and "sqlalchemy" in frames[-1].f_code.co_filename


def explanation(url: URL, error: DBAPIError) -> str:
    """What a driver's error means for the person who runs the bot, without the password."""
    place = shown(url)
    said = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
    if url.password:
        said = said.replace(str(url.password), "***")
    lowered = said.lower()
    for sign, advice in _ADVICE:
        if sign in lowered:
            return f"{place}: {said}. {advice}"
    return f"{place}: {said}. Run `vendorbot doctor` to see what is wrong."


_ADVICE = (
    (
        "not a database",
        "The file is damaged or is no SQLite file. Put a backup in its place (vendorbot db restore FILE --force), or"
        " move it away to start anew.",
    ),
    (
        "unsupported file format",
        "The file is damaged, or of a newer SQLite. Put a backup in its place (vendorbot db restore FILE --force).",
    ),
    (
        "malformed",
        "The file is damaged. Put a backup in its place (vendorbot db restore FILE --force), or move it away to start"
        " anew.",
    ),
    ("unable to open", "Check that the folder exists and that this user may write to it, or set DATABASE_URL."),
    ("readonly", "This user may not write to the file. Change its owner or mode, or set DATABASE_URL."),
    ("locked", "Another program holds the database. Stop it, or try again in a moment."),
    ("disk i/o error", "The disk is full or broken. Free some space; nothing recorded so far is lost."),
    ("full", "The disk is full. Free some space; nothing recorded so far is lost."),
    ("password authentication", "Check the user and password in DATABASE_URL."),
    ('" does not exist', "Create the database, or correct its name in DATABASE_URL."),
    ("connection", "Check host and port in DATABASE_URL and that PostgreSQL runs there."),
    ("resolve", "Check the host name in DATABASE_URL."),
)
