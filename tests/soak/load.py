"""So many questions a second through the webhook of a bot process, answered to a Bot API server on loopback."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from store.start import start
from tests.free_port import free_port
from tests.running_process import Running, started
from tests.telegram.postman import Postman
from tests.telegram.server import BotApi

QUESTIONS = (
    "how many phones did xiaomi ship in Q2 2017", "whos #1 in india", "top 5 worldwide in Q3 2017",
    "samsng market shar q2 2018", "when does xiaomi launch in spain", "compare samsung vs apple 2017",
    "huawei milestones", "tell me about oppo", "what is the capital of france", "is apple bigger than samsung",
)  # fmt: skip
_SECRET = "s"


@dataclass(frozen=True)
class Load:
    """What was asked, and how long it took from when a question was due until its answer was there, in seconds."""

    asked: int
    answered: int
    confirmed: int
    median: float
    of_95: float
    of_99: float
    worst: float
    processor: float  # seconds of processor time that the bot took a question
    memory: int  # bytes the bot held at the end


def settings(port: int) -> dict[str, str]:
    """A bot that listens for its webhook there."""
    return {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": _SECRET, "BROADCAST_RATE": "1000"}


async def measure(rate: int, seconds: float, database_url: str | None = None) -> Load:
    """Ask `rate` questions a second, whatever becomes of those before."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        url = database_url or f"sqlite:///{folder}/vendorbot.db"
        await asyncio.to_thread(lambda: start(url).dispose())
        environment = {"PATH": os.environ["PATH"], "HOME": name}
        async with BotApi() as api, started(environment, folder, api.base, url, **settings(port)) as bot:
            await bot.until_said('"running"')
            async with Postman([f"http://127.0.0.1:{port}/hook"], _SECRET, connections=100) as postman:
                api.postman = postman
                for question in QUESTIONS:  # what is read at the first time only
                    await api.private().ask(question)
                load = await _ask(api, postman, bot, rate, seconds)
            await bot.end()
            assert bot.code == 0
            api.check()
            return load


async def _ask(api: BotApi, postman: Postman, bot: Running, rate: int, seconds: float) -> Load:
    due: dict[int, float] = {}
    processor, began, number = _processor_seconds(bot), time.monotonic(), 0
    while number < rate * seconds:
        moment = began + number / rate
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        chat = api.private()
        due[chat.id] = moment
        chat.post(QUESTIONS[number % len(QUESTIONS)])
        number += 1
    await postman.all_confirmed()
    taken = [one.at - due[one.chat_id] for one in api.of("sendMessage") if one.chat_id in due]
    cuts = statistics.quantiles(taken, n=100)
    confirmed = sum(one.statuses[-1] == 200 for one in postman.delivered.values()) - len(QUESTIONS)
    used = (_processor_seconds(bot) - processor) / number
    return Load(
        number, len(taken), confirmed, statistics.median(taken), cuts[94], cuts[98], max(taken), used, _memory(bot)
    )


def _processor_seconds(bot: Running) -> float:
    fields = Path(f"/proc/{bot.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(bot: Running) -> int:
    return int(Path(f"/proc/{bot.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
