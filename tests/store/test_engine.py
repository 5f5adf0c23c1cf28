"""Addresses are read, SQLite is set up, and a driver's error becomes a sentence without the password."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, text

from store.engine import StoreError, open_engine, parse_url, reading, writing
from store.tables import Fact


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("sqlite:///x.db", "sqlite"),
    ],
)
def test_address(address: str, driver: str) -> None:
    assert parse_url(address).drivername == driver


@pytest.mark.parametrize(
    "address", ["", "vendorbot.db", "mysql://u:secret@h/d", "oracle://u:secret@h", "://", "http://h"]
)
def test_wrong_address(address: str) -> None:
    with pytest.raises(StoreError) as raised:
        parse_url(address)
    assert "DATABASE_URL" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_sqlite_is_set_up(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000}


def test_password_is_never_said() -> None:
    engine = open_engine("postgresql://somebody:hunter2@127.0.0.1:1/nowhere")
    with pytest.raises(StoreError) as raised, reading(engine) as session:
        session.execute(text("SELECT 1"))
    assert "127.0.0.1" in str(raised.value)
    assert "hunter2" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_fault_inside_a_write_leaves_nothing(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with pytest.raises(RuntimeError, match="halfway"), writing(engine) as session:
        session.execute(text("DELETE FROM alias"))
        raise RuntimeError("halfway")
    with reading(engine) as session:
        assert session.execute(text("SELECT count(*) FROM alias")).scalar_one() > 0


def test_writers_wait_for_each_other(sqlite_url: str) -> None:
    """Eight threads read a number and write it back one higher; no step is lost and none is turned away."""
    engine = open_engine(sqlite_url)
    with writing(engine) as session:
        session.execute(text("CREATE TABLE counter (n INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))

    def count() -> None:
        for _ in range(10):
            with writing(engine) as session:
                seen = session.execute(text("SELECT n FROM counter")).scalar_one()
                session.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as session:
        assert session.execute(text("SELECT n FROM counter")).scalar_one() == 80


def test_a_value_that_is_none_of_its_kind_is_told(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with writing(engine) as session:
        session.execute(text("UPDATE fact SET period_start = '2017/04-01' WHERE id = 1"))
    told = r"holds a value that cannot be read: .*`vendorbot db check` says where"
    with pytest.raises(StoreError, match=told), reading(engine) as session:
        session.execute(select(Fact)).scalars().all()
    with pytest.raises(ValueError, match="invalid literal"), reading(engine):
        int("our own mistake")
