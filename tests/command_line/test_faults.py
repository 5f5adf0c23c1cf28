"""Every bad database, setting and token: one clear sentence, the right exit code, nothing lost, no token shown."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.conftest import Run

TOKEN = "123456789:AAtest-token_that_nobody_has_0123456789"


def bad_databases() -> list[object]:
    return [
        pytest.param(kind, said, id=kind)
        for kind, said in {
            "no SQLite file": "The file is damaged or is no SQLite file",
            "damaged pages": "The file is damaged",
            "newer": "made by a newer Vendorbot",
            "no such folder": "Check that the folder exists",
            "a folder": "Check that the folder exists",
            "read-only": "may not write to the file",
            "another kind": "Vendorbot runs on SQLite and PostgreSQL",
            "no address": "DATABASE_URL is not a database address",
            "out of reach": "Check host and port in DATABASE_URL",
            "no such host": "Check",
            "no such database": "Create the database, or correct its name",
        }.items()
    ]


@pytest.fixture
def bad_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    file = tmp_path / "bad.db"
    match request.param:
        case "no SQLite file":
            file.write_bytes(b"This is a letter, not a database. " * 200)
        case "damaged pages":
            whole = request.getfixturevalue("sqlite_file").read_bytes()
            file.write_bytes(whole[:100] + b"\xff" * 40_000 + whole[40_100:])
        case "newer":
            with closing(sqlite3.connect(request.getfixturevalue("sqlite_file"))) as connection, connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
            return str(request.getfixturevalue("sqlite_url"))
        case "no such folder":
            return f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}"
        case "a folder":
            return f"sqlite:///{tmp_path}"
        case "read-only":
            # By its address, since the mode of a file does not stop root; a changed digest makes the start write.
            whole = request.getfixturevalue("sqlite_file")
            with closing(sqlite3.connect(whole)) as connection, connection:
                connection.execute("UPDATE shipped SET digest = 'older'")
            return f"sqlite:///file:{whole}?mode=ro&uri=true"
        case "another kind":
            return "mysql://somebody:hunter2@127.0.0.1/x"
        case "no address":
            return "vendorbot.db"
        case "out of reach":
            return "postgresql://somebody:hunter2@127.0.0.1:1/x"
        case "no such host":
            return "postgresql://somebody:hunter2@no-such-host.invalid/x"
        case "no such database":
            return str(request.getfixturevalue("postgres_server")).replace("/postgres?", "/nowhere?")
    return f"sqlite:///{file}"


@pytest.mark.parametrize(("bad_database", "said"), bad_databases(), indirect=["bad_database"])
def test_bad_database(run: Run, bad_database: str, said: str, tmp_path: Path) -> None:
    files = {path: path.read_bytes() for path in tmp_path.glob("*.db")}
    for command in (("ask", "whos #1 in india"), ("doctor",)):
        done = run(*command, database_url=bad_database)
        everything = done.stdout + done.stderr
        assert done.returncode == 1, everything
        assert said in everything
        assert "Traceback" not in everything
        assert "hunter2" not in everything
    assert {path: path.read_bytes() for path in tmp_path.glob("*.db")} == files


def test_doctor_of_a_sound_installation(run_process: Run) -> None:
    done = run_process("doctor")
    assert done.returncode == 0, done.stdout
    assert "All is well." in done.stdout
    assert done.stderr == ""
    for check in ("Python", "settings", "database", "tables", "data", "language files", "Bot API"):
        assert check in done.stdout


def test_doctor_before_the_first_start_makes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("doctor", database_url=f"sqlite:///{tmp_path / 'new.db'}")
    assert done.returncode == 0
    assert "not there yet" in done.stdout
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BROADCAST_RATE", "many", "BROADCAST_RATE"),
        ("OWNER_IDS", "me", "OWNER_IDS"),
        ("KEEP_DELIVERIES_DAYS", "3", "KEEP_DELIVERIES_DAYS: Input should be greater than or equal to 7"),
        ("LOG_LEVEL", "loud", "write DEBUG, INFO, WARNING or ERROR"),
        ("TELEGRAM_API_BASE", "telegram", "write an address such as https://api.telegram.org"),
    ],
)
def test_bad_setting(run: Run, name: str, value: str, said: str, sqlite_url: str) -> None:
    done = run("doctor", with_settings={name: value})
    assert done.returncode == 1
    assert said in done.stdout
    done = run("ask", "hello", with_settings={name: value})
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("token", "said"), [("hunter2", "does not look like a token"), ("", "no TELEGRAM_BOT_TOKEN")])
def test_doctor_of_a_token_that_is_none(run: Run, token: str, said: str) -> None:
    done = run("doctor", with_settings={"TELEGRAM_BOT_TOKEN": token})
    assert done.returncode == (1 if token else 0)
    assert said in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


class _BotApi(BaseHTTPRequestHandler):
    """A Bot API server that knows one token and one method."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        known = self.path == f"/bot{TOKEN}/getMe"
        user = '{"id":123456789,"is_bot":true,"first_name":"V","username":"the_vendorbot"}'
        body = (
            f'{{"ok":true,"result":{user}}}' if known else '{"ok":false,"error_code":401,"description":"Unauthorized"}'
        )
        self.send_response(200 if known else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def bot_api() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _BotApi)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_doctor_asks_the_bot_api(run: Run, bot_api: str) -> None:
    wrong = TOKEN[:-1] + "0"
    for token, base, code, said in (
        (TOKEN, bot_api, 0, "@the_vendorbot"),
        (wrong, bot_api, 1, "refuses the token"),
        (TOKEN, "http://127.0.0.1:1", 1, "cannot be reached"),
    ):
        done = run("doctor", with_settings={"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_BASE": base})
        assert done.returncode == code, done.stdout
        assert said in done.stdout
        assert token.partition(":")[2] not in done.stdout + done.stderr
