"""Three processes behind one address, on one PostgreSQL: any of them may end or be killed, and each question is
answered. Where nginx is not installed, the postman does as it does: each call goes to the next process, and past one
that is gone."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.faults.audit import all_done
from tests.faults.nginx import COMMAND, nginx
from tests.free_port import free_port
from tests.running_process import Running, started
from tests.telegram.postman import Postman
from tests.telegram.server import BotApi

pytestmark = pytest.mark.anyio

QUESTION = "how many phones did xiaomi ship in q2 2017"
SECRET = "s"
IN_HAND = 40  # as many calls as Telegram has open at once


@asynccontextmanager
async def processes(
    environment: dict[str, str], folder: Path, api: BotApi, url: str, count: int = 3
) -> AsyncIterator[tuple[list[Running], Postman]]:
    """So many bots at work, and a postman who goes round them."""
    ports = [free_port() for _ in range(count)]
    async with AsyncExitStack() as stack:
        bots = []
        for port in ports:
            settings = {
                "WEBHOOK_URL": "http://bot.example.com/hook",
                "WEBHOOK_SECRET": SECRET,
                "LISTEN_PORT": str(port),
                "LEASE_SECONDS": "3",
            }
            bots.append(await stack.enter_async_context(started(environment, folder, api.base, url, **settings)))
        for bot in bots:
            await bot.until_said('"running"')
        addresses = [f"http://127.0.0.1:{port}/hook" for port in ports]
        if COMMAND:
            addresses = [await stack.enter_async_context(nginx(folder, ports)) + "/hook"]
        yield bots, await stack.enter_async_context(Postman(addresses, SECRET))


async def test_one_killed_and_one_ended_under_load(
    environment: dict[str, str], tmp_path: Path, postgres_url: str, anyio_backend: str
) -> None:
    async with BotApi() as api, processes(environment, tmp_path, api, postgres_url) as (bots, postman):
        api.postman = postman
        chats = [api.private(str(number)) for number in range(40)]
        for chat in chats:
            chat.post(QUESTION)
            chat.post("and in india?")
        for chat in chats:  # whichever process had the question, the follow-up is understood
            assert "Xiaomi · World" in (await chat.reply(40)).text
            assert "Xiaomi · India" in (await chat.reply(40)).text
        for _ in range(5):
            for chat in chats:
                chat.post(QUESTION)
        await api.until(lambda: len(api.of("sendMessage")) > 110, "no replies")
        bots[0].process.kill()
        await api.until(lambda: len(api.of("sendMessage")) > 180, "no replies")
        bots[1].process.send_signal(signal.SIGTERM)
        await postman.all_confirmed()
        await bots[1].wait()
        assert bots[1].code == 0
        # What the killed one had in hand is taken over when it has been silent for long enough.
        await api.until(lambda: all(len(api.of("sendMessage", chat.id)) >= 7 for chat in chats), "lost", 40)
        await all_done(postgres_url, len(postman.delivered))
        # Nothing is answered twice, but for what was sent and not yet noted when the process was killed.
        again = len(api.of("sendMessage")) - 7 * len(chats)
        assert again <= IN_HAND
        await bots[2].end()
        assert bots[2].code == 0
        api.check()
