"""`vendorbot facts` as an admin uses it: import, export, coverage and check, by their output and exit codes."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import COMMAND, Run
from tests.store.test_imports import BAD
from tests.store.test_rows import GOOD, HEADER

LAUNCHES = """vendor,product,region,date,certainty,source,url,published
xiaomi,,peru,2019-05,confirmed,Somebody,https://example.com/a,2019-05-02
xiaomi,Mi 9,chile,,rumoured,Somebody,https://example.com/a,2019-05-02
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(BAD, "utf-8")
    return path


def test_import_keeps_the_good_and_names_the_bad(run_process: Run, file: Path) -> None:
    done = run_process("facts", "import", str(file))
    assert done.returncode == 1
    assert "line 3: value 'many' is no number" in done.stderr
    assert "line 4: vendor 'ksiaomi' is not known; did you mean xiaomi?" in done.stderr
    assert "2 refused" in done.stdout
    again = run_process("facts", "import", str(file))
    assert "2 known, 2 refused" in again.stdout


@pytest.mark.parametrize("option", ["--dry-run", "--all-or-nothing"])
def test_import_that_changes_nothing(run: Run, file: Path, option: str, sqlite_file: Path) -> None:
    file.write_text(f"{BAD}\n{GOOD.replace('Xiaomi', 'Meizu')}\n", "utf-8")

    def dump() -> list[str]:
        with closing(sqlite3.connect(sqlite_file)) as connection:
            return list(connection.iterdump())

    before = dump()
    done = run("facts", "import", option, str(file))
    assert done.returncode == 1
    assert "othing was changed" in done.stdout
    assert dump() == before


def test_import_of_launches_is_answered_at_once(run: Run, file: Path) -> None:
    file.write_text(LAUNCHES)
    done = run("facts", "import", str(file), "--alert")
    assert done.returncode == 0, done.stderr
    assert "2 new" in done.stdout
    assert "Alerts: 2, in 0 message(s)" in done.stdout
    answer = json.loads(run("ask", "--json", "when did xiaomi launch in peru").stdout)
    assert "May 2019" in answer["text"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "the file is empty"), (b"a,b\n1,2\n", "lacks the column"), (b"\xff\xfe\x00", "not UTF-8")],
)
def test_import_of_a_file_that_is_none(run: Run, file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    done = run("facts", "import", str(file))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_usage(run: Run, tmp_path: Path) -> None:
    for arguments in (
        ("import", str(tmp_path / "none.csv")),
        ("import",),
        ("export", "--kind", "gossip"),
        ("export", "--format", "xml"),
        ("export", "--output", str(tmp_path)),
        ("check", str(tmp_path / "nowhere")),
    ):
        done = run("facts", *arguments)
        assert done.returncode == 2, arguments
        assert "Traceback" not in done.stderr


def test_export_reads_back_by_standard_input(run: Run, tmp_path: Path) -> None:
    for kind, form in (("news", "csv"), ("launches", "json")):
        exported = run("facts", "export", "--kind", kind, "--format", form)
        assert exported.returncode == 0, exported.stderr
        done = run("facts", "import", "-", stdin=exported.stdout)
        assert done.returncode == 0, done.stderr
        rows = len(exported.stdout.splitlines()) - (form == "csv")
        assert f"{rows:,} known." in done.stdout


def test_export_to_a_file(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    assert run("facts", "export", "--format", "json", "--output", str(output)).stdout == ""
    first = json.loads(output.read_text("utf-8").splitlines()[0])
    assert isinstance(first["value"], int | float)
    assert first["vendor"]


def test_coverage(run: Run, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    assert run("facts", "coverage", "--output", str(readme)).returncode == 0
    assert run("facts", "coverage").stdout in readme.read_text("utf-8")
    assert "| World |" in readme.read_text("utf-8")


def test_check_names_file_and_line(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "facts.csv").write_text(f"{HEADER}\n{GOOD.replace('27.6', 'many')}\n", "utf-8")
    done = run("facts", "check", str(folder))
    assert done.returncode == 1
    assert "facts.csv, line 2: value 'many' is no number" in done.stdout
    shipped = run("facts", "check")
    assert shipped.returncode == 0, shipped.stdout
    assert ": no problem" in shipped.stdout


def test_import_shows_a_bar_on_a_terminal(sqlite_url: str, environment: dict[str, str], file: Path) -> None:
    own, theirs = pty.openpty()
    command = [COMMAND, "facts", "import", str(file)]
    done = subprocess.run(
        command,
        env=environment | {"DATABASE_URL": sqlite_url, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=60,
        check=False,
    )
    os.close(theirs)
    shown = os.read(own, 65536).decode()
    os.close(own)
    assert "100%" in shown
    assert b"refused" in done.stdout
