"""A database with some rows in each of its tables, enough to see that none is left behind, on both kinds of server."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from store.alert_tables import Chat
from store.copying import copy_all
from store.engine import open_engine, writing
from store.unchangeable import audit_replaced
from tests.conftest import postgres_database


@pytest.fixture(scope="session")
def small_file(loaded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with some rows in each of its tables: enough to see that none is left behind."""
    file = Path(shutil.copy(loaded_file, tmp_path_factory.mktemp("small") / "small.db"))
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as session, audit_replaced(session.connection()):
        session.execute(text("PRAGMA defer_foreign_keys = on"))
        for table in ("milestone", "launch", "news", "audit"):
            session.execute(text(f"DELETE FROM {table} WHERE id > 40"))
        xiaomi = "(SELECT id FROM vendor WHERE slug = 'xiaomi')"
        session.execute(text(f"DELETE FROM fact WHERE vendor_id <> {xiaomi} OR period NOT LIKE '2017%'"))
        for table in ("fact", "milestone", "launch", "news"):
            gone = f"superseded_by_id NOT IN (SELECT id FROM {table})"
            session.execute(text(f"UPDATE {table} SET superseded_by_id = NULL WHERE {gone}"))
        session.execute(text("UPDATE fact SET superseded_by_id = (SELECT max(id) FROM fact) WHERE id % 9 = 0"))
        session.add(Chat(address="7", kind="private", title="Anna"))
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
    return file


@pytest.fixture(scope="session")
def small_template(small_file: Path, postgres_server: str) -> Iterator[str]:
    """The same in PostgreSQL, to be copied."""
    with postgres_database(postgres_server) as url:
        source, target = open_engine(f"sqlite:///{small_file}"), open_engine(url)
        copy_all(source, target, replace=False, progress=lambda *_: None)
        source.dispose()
        target.dispose()
        yield str(target.url.database)


@pytest.fixture
def small_url(small_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(small_file, tmp_path / 'small.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The small database on each kind of server in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("small_url")
        return
    template = request.getfixturevalue("small_template")
    with postgres_database(request.getfixturevalue("postgres_server"), template) as address:
        yield address
