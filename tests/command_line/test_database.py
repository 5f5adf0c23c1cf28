"""`vendorbot db`: what is backed up comes back, what is moved is all there, and what is damaged is told."""

from __future__ import annotations

import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect, text

from store.backup import back_up
from store.conversations import remember
from store.engine import open_engine, writing
from store.files import read_file
from store.imports import import_file
from store.migrate import migrate, revisions
from store.rows import FACT_COLUMNS
from store.tables import metadata
from tests.command_line.everything import everything
from tests.conftest import Run

QUESTION = "how many phones did xiaomi ship in q2 2017"


def test_a_backup_comes_back_as_it_was(run: Run, url: str, tmp_path: Path) -> None:
    before = everything(url)
    made = run("db", "backup", "kept.db", database_url=url)
    assert made.returncode == 0, made.stderr
    assert "kept.db: " in made.stdout
    engine = open_engine(url)
    with writing(engine) as session:
        remember(session, "later", "1", {})
        session.execute(text("DELETE FROM news"))
    refused = run("db", "restore", "kept.db", database_url=url)
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
    assert "--force" in refused.stderr
    done = run("db", "restore", "kept.db", "--force", database_url=url)
    assert done.returncode == 0, done.stderr
    assert everything(url) == before
    assert run("ask", QUESTION, database_url=url).returncode == 0
    again = run("db", "backup", "kept.db", database_url=url)
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert sorted(one.name for one in tmp_path.glob("kept*")) == ["kept.db"]


def test_a_backup_is_one_moment_of_a_bot_at_work(url: str, tmp_path: Path) -> None:
    engine = open_engine(url)
    ended = threading.Event()

    def work() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            with writing(engine) as session:  # two rows that are never there alone
                remember(session, str(number), "one", {})
                remember(session, str(number), "two", {})

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(3):
            back_up(engine, tmp_path / f"{number}.db", replace=False, progress=lambda *_: None)
    finally:
        ended.set()
        worker.join()
    engine.dispose()
    for number in range(3):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as connection:
            whole = "SELECT person_id, count(*) FROM conversation GROUP BY person_id"
            counts = [count for _, count in connection.execute(whole)]
            assert len(set(counts)) <= 1
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_moves_to_postgresql_and_back(
    run: Run, small_url: str, new_postgres_url: str, tmp_path: Path
) -> None:
    before = everything(small_url)
    moved = run("db", "copy", "--to", new_postgres_url, database_url=small_url)
    assert moved.returncode == 0, moved.stderr
    assert "fact " in moved.stdout
    assert everything(new_postgres_url) == before
    # Ids go on after those that were copied.
    engine = open_engine(new_postgres_url)
    row = "xiaomi,shipments,7,million,spain,2019Q1,estimate,Somebody new,https://example.com/x,2019-05-01"
    assert import_file(engine, read_file(f"{','.join(FACT_COLUMNS)}\n{row}".encode()), "test").outcomes.total() == 1
    assert run("db", "copy", "--to", new_postgres_url, database_url=small_url).returncode == 1
    back = f"sqlite:///{tmp_path / 'back.db'}"
    assert run("db", "copy", "--from", new_postgres_url, "--to", back).returncode == 0
    assert everything(back) == everything(new_postgres_url)
    again = run("db", "copy", "--from", small_url, "--to", new_postgres_url, "--force")
    assert again.returncode == 0, again.stderr
    assert everything(new_postgres_url) == before


def test_no_table_is_forgotten(url: str) -> None:
    engine = open_engine(url)
    there = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    assert {table.name for table in metadata.sorted_tables} == there


def test_a_sound_database_is_said_to_be_sound(run_process: Run, url: str) -> None:
    done = run_process("db", "check", database_url=url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All is well." in done.stdout
    done = run_process("db", "vacuum", database_url=url)
    assert done.returncode == 0, done.stderr
    assert " MB before, " in done.stdout


def test_a_wrong_address_is_no_empty_database(run: Run, tmp_path: Path, new_postgres_url: str) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection, connection:
        connection.execute("CREATE TABLE x (y)")
    for url, said in (
        ("sqlite:///none.db", f"there is no such file. Is DATABASE_URL right? It is looked for in {tmp_path};"),
        ("sqlite:///other.db", "holds no Vendorbot. Is DATABASE_URL right?"),
        (new_postgres_url, "holds no Vendorbot. Is DATABASE_URL right?"),
    ):
        for command in (("check",), ("backup", "kept.db"), ("vacuum",), ("downgrade", "0009")):
            done = run("db", *command, database_url=url)
            assert done.returncode == 1
            assert said in done.stderr
    copied = run("db", "copy", "--from", "sqlite:///none.db", "--to", new_postgres_url)
    assert "there is no such file. Is --from right?" in copied.stderr
    assert sorted(one.name for one in tmp_path.glob("*.db")) == ["other.db", "vendorbot.db"]


def test_a_newer_database_is_told_by_its_own_name(run: Run, small_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "small.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("check",), ("restore", "small.db", "--force"), ("copy", "--to", "sqlite:///x.db")):
        done = run("db", *command, database_url=small_url)
        assert done.returncode == 1
        assert "small.db was made by a newer Vendorbot (revision 9999; this one knows" in done.stderr
        assert "Bring Vendorbot up to date" in done.stderr
        assert ".restore-" not in done.stderr


def test_what_is_no_backup_changes_nothing(run: Run, url: str, tmp_path: Path, loaded_file: Path) -> None:
    before = everything(url)
    (tmp_path / "letter.db").write_text("Dear Sir or Madam")
    (tmp_path / "half.db").write_bytes(loaded_file.read_bytes()[:100_000])
    (tmp_path / "empty.db").write_bytes(b"")
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE x (y)")
    for name in ("letter.db", "half.db", "other.db", "empty.db", "none.db"):
        done = run("db", "restore", name, "--force", database_url=url)
        assert done.returncode == 1, name
        assert done.stderr.startswith("vendorbot: ")
        assert "Traceback" not in done.stderr
    assert run("db", "backup", "nowhere/x.db", database_url=url).returncode == 1
    assert everything(url) == before


def test_an_older_backup_is_brought_up_to_date(run: Run, url: str, small_url: str, tmp_path: Path) -> None:
    older = open_engine(f"sqlite:///{tmp_path / 'older.db'}")
    back_up(open_engine(small_url), tmp_path / "older.db", replace=False, progress=lambda *_: None)
    migrate(older, revisions()[-2])
    older.dispose()
    assert run("db", "restore", "older.db", "--force", database_url=url).returncode == 0
    assert run("ask", QUESTION, database_url=url).returncode == 0


def test_the_way_back_tells_what_goes_and_does_it_only_at_a_word(run: Run, url: str) -> None:
    before = everything(url)
    told = run("db", "downgrade", "0009", database_url=url)
    assert told.returncode == 1
    assert "alert.request" not in told.stdout, "no alert was recorded, so nothing goes"
    assert "Nothing was changed. Say --force" in told.stdout
    told = run("db", "downgrade", "0002", database_url=url)
    assert re.search(r"^chat +1$", told.stdout, re.MULTILINE)
    assert everything(url) == before
    assert run("db", "downgrade", "0002", "--force", database_url=url).returncode == 0
    again = run("db", "downgrade", "0008", database_url=url)
    assert "0008 is no revision that" in again.stderr
    assert again.stderr.endswith("which is at 0002, can go back to. There are: 0001.\n")
    assert run("ask", QUESTION, database_url=url).returncode == 0
    assert everything(url)["chat"] == []
    assert run("db", "downgrade", "0001", "--force", database_url=url).returncode == 0
    assert run("ask", QUESTION, database_url=url).returncode == 0
    assert everything(url)["publisher"] == before["publisher"], "loaded anew"
