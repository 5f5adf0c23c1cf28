"""Migrations end in the tables that the code declares, on SQLite and on a real PostgreSQL; what is newer is refused.

Up and down with rows in every table: test_migrations_with_data.py."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from store import admin_tables, alert_tables, wanted_tables  # noqa: F401 - their tables are part of the metadata
from store.engine import StoreError, open_engine
from store.migrate import current_revision, migrate
from store.tables import metadata


def at(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return current_revision(connection)


def test_tables_are_those_the_code_declares(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_newer_database_is_refused_and_left_alone(empty_url: str) -> None:
    engine = open_engine(empty_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a newer Vendorbot"):
        migrate(engine)
    assert at(engine) == "9999"
