"""Databases of every earlier revision with rows in all their tables: brought to the newest and back, nothing is lost.

What a way down gives up, and no more, stands in the table of docs/operators.md."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select, text
from sqlmodel import Session, SQLModel, col

from bot.answers.respond import respond
from bot.understanding.query import Intent, Query
from store.alert_tables import Alert, Chat, ChatState, Delivery, DeliveryState
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from store.facts import Facts
from store.migrate import current_revision, migrate, migrate_within, revisions
from store.period import Period
from store.soundness import examine
from store.tables import metadata
from store.words import Metric
from tests.store.any_rows import Contents, contents, fill, tables_of

# "how many phones did xiaomi ship in q2 2017", as it is read.
ASKED = Query(
    "", date(2017, 11, 1), Intent.VALUE, ("xiaomi",), Metric.SHIPMENTS, ("world",), Period.quarter(2017, 2)
)  # fmt: skip
DOCUMENT = Path(__file__).parents[2] / "docs" / "operators.md"


def test_what_is_there_survives_the_way_up_and_the_way_back(empty_url: str) -> None:
    """From each revision, on a database that was in use since the first: each added rows to all its tables."""
    engine, numbers = open_engine(empty_url), count()
    for revision in revisions():
        migrate(engine, revision)
        with engine.begin() as connection:
            fill(connection, tables_of(connection), numbers)
        with one_transaction(engine) as connection:
            to_the_newest_and_back(connection, revision)
    assert examine(engine, lambda *_: None).faults == []
    with one_transaction(engine) as connection:
        to_nothing(connection)
    migrate(engine, "base")
    migrate(engine)
    assert set(everything(engine)) == set(metadata.tables)
    engine.dispose()


def to_the_newest_and_back(connection: Connection, start: str) -> None:
    before = contents(connection)
    assert all(before.values()), "a table without rows shows nothing"
    migrate_within(connection, "head")
    assert left_of(contents(connection), before) == before, start
    session = Session(connection)
    new_columns_are_sensible(session, before)
    every_row_can_be_read(session, before)
    assert answers(session) == [23.2]
    migrate_within(connection, start)
    assert contents(connection) == before, start


def to_nothing(connection: Connection) -> None:
    """Each step down gives up what is documented, and nothing else of all that was added at any revision."""
    documented = dict(re.findall(r"^\| (\d{4}) \| ([^|]+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE))
    for above, earlier in zip(reversed(revisions()), [*reversed(revisions()[:-1]), "base"], strict=True):
        before = contents(connection)
        migrate_within(connection, earlier)
        after = contents(connection)
        assert after == left_of(before, after)
        given_up = {name for name in before if name not in after}
        columns = {name: before[name][0].keys() - after[name][0].keys() for name in after}
        given_up |= {f"{name}.{column}" for name, gone in columns.items() for column in gone}
        told = set(re.findall(r"`([a-z_.]+)`", documented.get(above, "")))
        assert told == (given_up if after else set()), (
            f"{DOCUMENT.name} does not tell what going below {above} gives up"
        )


def test_a_migration_that_is_killed_half_way_is_done_by_the_next_start(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, "0002")
    with engine.begin() as connection:
        fill(connection, tables_of(connection))
    before = everything(engine)
    for statement in (1, 9, 26, 40):
        engine.dispose()
        killed_at(engine, statement)
        assert at(engine) == "0002"
        assert everything(engine) == before
    migrate(engine)
    assert at(engine) == revisions()[-1]
    assert left_of(everything(engine), before) == before
    engine.dispose()


def test_what_nobody_can_be_sent_goes_with_0010(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, "0009")
    with engine.begin() as connection:
        fill(connection, tables_of(connection))
        lost = "UPDATE delivery SET chat_id = 99 WHERE state IN ('held', 'sent')"
        connection.execute(text(lost))
    migrate(engine)
    with reading(engine) as session:
        states = set(session.execute(select(col(Delivery.state))).scalars())
    assert states == set(DeliveryState) - {DeliveryState.HELD, DeliveryState.SKIPPED}, "what was sent is not forgotten"
    engine.dispose()


@contextmanager
def one_transaction(engine: Engine) -> Iterator[Connection]:
    """A write transaction that is rolled back: whatever is tried in it, the database stays as it was."""
    with engine.connect().execution_options(writes=True) as connection:
        transaction = connection.begin()
        if engine.dialect.name == "postgresql":  # a prepared SELECT * would not know of tables that change
            driver: Any = connection.connection.driver_connection
            driver.prepare_threshold = None
        yield connection
        transaction.rollback()


def everything(engine: Engine) -> Contents:
    with engine.connect() as connection:
        return contents(connection)


def at(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(current_revision(connection))


def left_of(whole: Contents, other: Contents) -> Contents:
    """Of a whole, the tables and columns that the other has as well."""
    return {
        name: sorted(({column: row[column] for column in rows[0] if column in row} for row in whole[name]), key=repr)
        for name, rows in other.items()
        if name in whole
    }


def new_columns_are_sensible(session: Session, before: Contents) -> None:
    """Rows of before say of what is asked since that nobody knows."""
    if "chat" not in before:
        return
    chats, alerts = session.execute(select(Chat)).scalars().all(), session.execute(select(Alert)).scalars().all()
    if "spoken" not in before["chat"][0]:
        assert {one.spoken for one in chats} == {""}
    if "ended_at" not in before["chat"][0]:
        assert all((one.ended_at is None) == (one.state == ChatState.ACTIVE) for one in chats)
    if "request" not in before["alert"][0]:
        assert {one.request for one in alerts} == {""}


def every_row_can_be_read(session: Session, before: Contents) -> None:
    """As the program's own objects."""
    models = {str(one.class_.__tablename__): one.class_ for one in SQLModel._sa_registry.mappers}
    assert set(models) == set(metadata.tables)
    for name, model in models.items():
        assert len(session.execute(select(model)).scalars().all()) == len(before.get(name, []))


def answers(session: Session) -> list[float]:
    """The figures that the question is answered with."""
    return [value.value for value in respond(ASKED, Facts(session, read_catalogue(session))).values]


def killed_at(engine: Engine, statement: int) -> None:
    """Migrate in a process of its own, which is killed at that statement, none of its doings undone by itself."""

    def die_on_the_way() -> None:
        own, left = open_engine(engine.url.render_as_string(hide_password=False)), count(statement, -1)

        @event.listens_for(own, "before_cursor_execute")
        def strike(*_: object) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        migrate(own)

    process = multiprocessing.get_context("fork").Process(target=die_on_the_way)
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
