"""Databases of every earlier revision with rows in all their tables: brought to the newest and back, nothing is lost.

What a way down gives up, and no more, stands in the table of docs/operators.md."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, make_url, select
from sqlmodel import SQLModel

from bot.answers.respond import respond
from bot.understanding.query import Query
from bot.understanding.understand import Understanding
from store.alert_tables import Alert, Chat, ChatState
from store.catalogue import read_catalogue
from store.engine import open_engine, reading
from store.facts import Facts
from store.migrate import current_revision, migrate, revisions
from store.soundness import examine
from store.tables import metadata
from tests.conftest import postgres_database
from tests.store.any_rows import Contents, contents, fill, tables_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "operators.md"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A database of each revision, as if it had been in use since the first: each added rows to all its tables."""
    with ExitStack() as stack:
        numbers, made = count(), dict[str, str]()
        if request.param == "sqlite":
            growing = f"sqlite:///{tmp_path_factory.mktemp('revisions') / 'growing.db'}"
        else:
            growing = stack.enter_context(postgres_database(request.getfixturevalue("postgres_server")))
        for revision in revisions():
            engine = open_engine(growing)
            migrate(engine, revision)
            with engine.begin() as connection:
                fill(connection, tables_of(connection), numbers)
            engine.dispose()
            made[revision] = stack.enter_context(copied(growing))
        yield made


@pytest.fixture
def database(filled: dict[str, str], request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A copy of one of them, of the revision that the test names, for that test alone."""
    with copied(filled[request.param]) as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


@pytest.mark.parametrize("start", revisions())
def test_what_is_there_survives_the_way_up_and_the_way_back(filled: dict[str, str], start: str) -> None:
    database = open_engine(filled[start])
    before = everything(database)
    assert all(before.values()), "a table without rows shows nothing"
    migrate(database)
    assert left_of(everything(database), before) == before
    new_columns_are_sensible(database, before)
    every_row_can_be_read(database, before)
    assert answers(database) == [23.2]
    for earlier in reversed(revisions()[revisions().index(start) : -1]):
        migrate(database, earlier)
        there = everything(database)
        assert left_of(there, before) == before
    assert everything(database) == before
    database.dispose()


@pytest.mark.parametrize("database", revisions()[-1:], indirect=True)
def test_a_way_down_gives_up_what_is_documented_and_nothing_else(database: Engine) -> None:
    documented = dict(re.findall(r"^\| (\d{4}) \| ([^|]+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE))
    for above, earlier in zip(reversed(revisions()), [*reversed(revisions()[:-1]), "base"], strict=True):
        before = everything(database)
        migrate(database, earlier)
        after = everything(database)
        assert after == left_of(before, after)
        given_up = {name for name in before if name not in after}
        columns = {name: before[name][0].keys() - after[name][0].keys() for name in after}
        given_up |= {f"{name}.{column}" for name, gone in columns.items() for column in gone}
        told = set(re.findall(r"`([a-z_.]+)`", documented.get(above, "")))
        assert told == (given_up if after else set()), (
            f"{DOCUMENT.name} does not tell what going below {above} gives up"
        )
    migrate(database)
    assert set(everything(database)) == set(metadata.tables)


@pytest.mark.parametrize("database", revisions()[:1], indirect=True)
def test_what_was_brought_up_is_sound(database: Engine) -> None:
    migrate(database)
    assert examine(database, lambda *_: None).faults == []


@pytest.mark.parametrize("database", ["0002"], indirect=True)
def test_a_migration_that_is_killed_half_way_is_done_by_the_next_start(database: Engine) -> None:
    before = everything(database)
    for statement in (1, 9, 26, 40):
        database.dispose()
        killed_at(database, statement)
        assert at(database) == "0002"
        assert everything(database) == before
    migrate(database)
    assert at(database) == revisions()[-1]
    assert left_of(everything(database), before) == before


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


def new_columns_are_sensible(engine: Engine, before: Contents) -> None:
    """Rows of before say of what is asked since that nobody knows."""
    if "chat" not in before:
        return
    with reading(engine) as session:
        chats, alerts = session.execute(select(Chat)).scalars().all(), session.execute(select(Alert)).scalars().all()
    if "spoken" not in before["chat"][0]:
        assert {one.spoken for one in chats} == {""}
    if "ended_at" not in before["chat"][0]:
        assert all((one.ended_at is None) == (one.state == ChatState.ACTIVE) for one in chats)
    if "request" not in before["alert"][0]:
        assert {one.request for one in alerts} == {""}


def every_row_can_be_read(engine: Engine, before: Contents) -> None:
    """As the program's own objects."""
    models = {str(one.class_.__tablename__): one.class_ for one in SQLModel._sa_registry.mappers}
    assert set(models) == set(metadata.tables)
    with reading(engine) as session:
        for name, model in models.items():
            assert len(session.execute(select(model)).scalars().all()) == len(before.get(name, []))


@cache
def asked() -> Query:
    """A question, read once for all databases: what is asked of them is the answer."""
    engine = open_engine("sqlite://")
    migrate(engine)
    with engine.begin() as connection:
        fill(connection, tables_of(connection))
    with reading(engine) as session:
        understanding = Understanding.of(read_catalogue(session))
    return understanding.understand("how many phones did xiaomi ship in q2 2017", date(2017, 11, 1))


def answers(engine: Engine) -> list[float]:
    """The figures that the question is answered with."""
    with reading(engine) as session:
        return [value.value for value in respond(asked(), Facts(session, read_catalogue(session))).values]


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


@contextmanager
def copied(url: str) -> Iterator[str]:
    """A copy of a database that nobody has open, for the length of a `with`."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        server = address.set(database="postgres").render_as_string(hide_password=False)
        with postgres_database(server, str(address.database)) as copy:
            yield copy
        return
    file = Path(str(address.database))
    copy = f"{file.with_suffix('')}-{uuid.uuid4().hex[:8]}.db"
    yield f"sqlite:///{shutil.copy(file, copy)}"
    for left in file.parent.glob(f"{Path(copy).name}*"):
        left.unlink()
