"""Migrations go up and down on SQLite and on a real PostgreSQL, and end in the tables that the code declares."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session

from store import admin_tables, alert_tables, wanted_tables  # noqa: F401 - their tables are part of the metadata
from store.engine import StoreError, open_engine
from store.migrate import current_revision, migrate, revisions
from store.tables import Vendor, metadata


def at(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return current_revision(connection)


def test_up_down_and_up_again(empty_url: str) -> None:
    engine = open_engine(empty_url)
    assert at(engine) is None
    for revision in revisions():
        migrate(engine, revision)
        assert at(engine) == revision
    for revision in reversed(revisions()[:-1]):
        migrate(engine, revision)
        assert at(engine) == revision
    migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert at(engine) == revisions()[-1]


def test_tables_are_those_the_code_declares(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_keeps_what_is_there(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine, revisions()[0])
    with Session(engine) as session:
        session.execute(text("INSERT INTO vendor (slug, name) VALUES ('acme', 'Acme')"))
        session.commit()
    migrate(engine)
    migrate(engine)  # at the newest, it only looks
    with Session(engine) as session:
        assert session.get(Vendor, 1).name == "Acme"  # type: ignore[union-attr]


def test_a_newer_database_is_refused_and_left_alone(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a newer Vendorbot"):
        migrate(engine)
    assert at(engine) == "9999"
