"""No memory left, by RLIMIT_AS: a plain sentence, a clear log, nothing lost, and all well when there is some again."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.admin.test_documents import zipped
from tests.conftest import COMMAND
from tests.faults.test_database import QUESTION, sound
from tests.running_process import started
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

FULL = "My memory is full right now, so please ask again in a few minutes, or for less (reference "
CHART = "xiaomi shipments since 2012 as a chart"
_ROOM = 8_000_000  # bytes beyond what the process has: enough for a question, not for a picture or such a file


@contextmanager
def limited(pid: int) -> Iterator[None]:
    """A process that gets hardly any more memory, for the length of a `with`."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    _, most = resource.prlimit(pid, resource.RLIMIT_AS)
    resource.prlimit(pid, resource.RLIMIT_AS, (pages * resource.getpagesize() + _ROOM, most))
    yield
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))


async def test_a_running_bot(
    environment: dict[str, str], sqlite_file: Path, sqlite_url: str, anyio_backend: str
) -> None:
    large = zipped({"rows.csv": b"x" * 19_000_000})
    async with BotApi() as api:
        owner, anna = api.private(), api.private()
        # One heap: otherwise each thread has address space of its own that is counted already.
        settings = {"OWNER_IDS": str(owner.id), "MALLOC_ARENA_MAX": "1"}
        async with started(environment, sqlite_file.parent, api.base, sqlite_url, **settings) as bot:
            for _ in range(14):  # the threads that answer are there, as in a bot that has run for a while
                assert "Source: " in (await owner.ask(QUESTION)).text
            with limited(bot.process.pid):
                owner.send_file("rows.zip", large)
                assert (await owner.reply()).text.startswith(FULL)
                assert (await owner.ask(CHART)).text.startswith(FULL)
                assert "Source: " in (await owner.ask(QUESTION)).text
                assert "Source: " in (await anna.ask(QUESTION + " <b>\U0001f600" * 600)).text
            owner.post(CHART)
            await owner.photo()
            owner.send_file("rows.zip", large)
            assert (await owner.reply()).text.startswith("rows.zip cannot be read: the first line")
            assert bot.said.count("out of memory; give this process more") >= 2
            await bot.end()
            assert bot.code == 0
        api.check()
    assert sound(sqlite_file)


def test_an_import_is_refused_and_works_when_there_is_memory(
    environment: dict[str, str], sqlite_file: Path, sqlite_url: str, tmp_path: Path
) -> None:
    header = "vendor,metric,value,unit,region,period,certainty,source,url,published"
    row = "xiaomi,shipments,{},million,world,2000Q1,estimate,Analyst,https://example.com/,2020-01-01"
    (tmp_path / "few.csv").write_text("\n".join([header, row.format(1)]))
    (tmp_path / "large.csv").write_text("\n".join([header, row.format(2), "x" * 100_000_000, row.format(3)]))
    said = {}
    for name in ("large.csv", "few.csv"):
        limit = ["sh", "-c", 'ulimit -v 250000; exec "$0" "$@"', COMMAND]
        said[name] = subprocess.run(
            [*limit, "facts", "import", name],
            env=environment | {"DATABASE_URL": sqlite_url}, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said["large.csv"].returncode == 1
    assert said["large.csv"].stderr.startswith("vendorbot: there is not enough memory for this. Give it more")
    assert "Traceback" not in said["large.csv"].stderr
    assert (said["few.csv"].returncode, said["few.csv"].stdout) == (0, "few.csv: 1 new.\n"), said["few.csv"].stderr
    assert sound(sqlite_file)
