"""A database that is damaged: `vendorbot db` names what is wrong, and a backup takes its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.command_line.everything import everything
from tests.conftest import Run


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE fact SET vendor_id = 99999 WHERE id = 1", "fact.vendor_id names rows of vendor that are not there"),
        ("UPDATE fact SET period_start = 'soon' WHERE id = 1", "fact holds a value that cannot be read: "),
        ("UPDATE fact SET recorded_at = 7 WHERE id = 1", "fact holds a value that cannot be read: "),
        ("DROP TABLE launch", "no such table: launch"),
    ],
    ids=["dangling", "no date", "no text", "table gone"],
)
def test_an_unsound_database_is_said_to_be_so(
    run: Run, sqlite_file: Path, sqlite_url: str, damage: str, said: str
) -> None:
    with closing(sqlite3.connect(sqlite_file)) as connection, connection:
        connection.execute(damage)
    done = run("db", "check", database_url=sqlite_url)
    assert done.returncode == 1
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def page(name: str) -> Callable[[sqlite3.Connection, bytes], bytes]:
    """Overwrites a page of that table or index."""

    def damage(connection: sqlite3.Connection, whole: bytes) -> bytes:
        (number,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        begins = (number - 1) * size
        return whole[:begins] + b"\xff" * size + whole[begins + size :]

    return damage


DAMAGED = [
    pytest.param(page("fact"), "Fault: fact cannot be read whole: ", False, id="table"),
    pytest.param(page("vendor"), "Fault: vendor cannot be read whole: ", False, id="names"),
    pytest.param(page("ix_fact_vendor"), "Fault: an index of fact is damaged: ", True, id="index"),
    pytest.param(lambda _, whole: bytes(16) + whole[16:], "file is not a database. ", False, id="header"),
    pytest.param(lambda _, whole: whole[: len(whole) // 2], "The file is damaged. ", False, id="cut off"),
    pytest.param(
        lambda _, whole: whole.replace(b"estimate", b"est\xff\xfeate", 1), "Could not decode to UTF-8", False, id="text"
    ),
]


@pytest.mark.parametrize(("damage", "said", "whole"), DAMAGED)
def test_a_damaged_file_is_told_and_a_backup_takes_its_place(
    run: Run,
    small_url: str,
    tmp_path: Path,
    damage: Callable[[sqlite3.Connection, bytes], bytes],
    said: str,
    whole: bool,
) -> None:
    file, before = tmp_path / "small.db", everything(small_url)
    assert run("db", "backup", "kept.db", database_url=small_url).returncode == 0
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        harmed = damage(connection, file.read_bytes())
    file.write_bytes(harmed)
    checked = run("db", "check", database_url=small_url)
    assert checked.returncode == 1
    assert said in checked.stdout + checked.stderr
    assert "vendorbot db restore FILE --force" in checked.stdout + checked.stderr
    assert file.read_bytes() == harmed, "who looks at it changes nothing"
    if "UTF-8" not in said:  # which only who reads that row can see
        refused = run("db", "backup", "kept.db", "--force", database_url=small_url)
        assert refused.returncode == 1
        assert "small.db" in refused.stderr
        assert "kept.db" not in refused.stderr
    assert ("db copy --to" in checked.stdout) == whole
    if whole:
        rescued = f"sqlite:///{tmp_path / 'rescued.db'}"
        assert run("db", "copy", "--to", rescued, database_url=small_url).returncode == 0
        assert everything(rescued) == before
    done = run("db", "restore", "kept.db", "--force", database_url=small_url)
    assert done.returncode == 0, done.stderr
    assert everything(small_url) == before
    aside = list(tmp_path.glob("small.db.replaced-*"))
    assert [one.read_bytes() for one in aside] == ([harmed] if "UTF-8" not in said else [])
    assert all(str(one) in done.stdout for one in aside)


def test_a_file_of_other_pages_is_replaced(run: Run, small_url: str, tmp_path: Path) -> None:
    before = everything(small_url)
    assert run("db", "backup", "kept.db", database_url=small_url).returncode == 0
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("CREATE TABLE x (y)")
        connection.execute("PRAGMA journal_mode = WAL")  # in which SQLite does not change the size of pages
    done = run("db", "restore", "kept.db", "--force", database_url=other)
    assert done.returncode == 0, done.stderr
    assert "other.db.replaced-" in done.stdout
    assert everything(other) == before
