"""How fast alerts go out: the full path (claimed, sent, marked), against bare loops of the libraries, in one run."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import structlog
from sqlalchemy import Engine
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.alerts.dispatcher import Dispatcher
from bot.alerts.gate import Gate
from bot.alerts.pacing import Pacing
from bot.telegram_client import TelegramClient
from store.catalogue import read_catalogue
from store.engine import reading
from store.start import start
from tests.alerts.crowd import crowd, record_launches, states
from tests.benchmarks.measured import Figure
from tests.telegram.server import TOKEN

_MESSAGES, _FEW = 20_000, 2_000
_PEERS = Path(__file__).parents[2] / ".peers" / "aiogram"
_TEXT = "🔔 <b>New launch</b>\nXiaomi launches in France on 7 December 2026 (confirmed, Example Wire).\n" * 2


def measure(postgres_url: str) -> Iterator[Figure]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    gc.collect()
    gc.freeze()  # as bot/application.py does; the library's own client has the good of it too
    stock_one = asyncio.run(_with_server(lambda base: _library(base, _FEW, 1, stock=True)))
    stock_many = asyncio.run(_with_server(lambda base: _library(base, _FEW, 20, stock=True)))
    own = asyncio.run(_with_server(lambda base: _library(base, 5_000, 50, stock=False)))
    aiogram = _aiogram()
    yield Figure("library's Bot over aiohttp, 50 in flight", own, stock_one, "stock client, one by one")
    for name, url in (("SQLite", None), ("PostgreSQL", postgres_url)):
        with tempfile.TemporaryDirectory() as folder:
            engine = start(url or f"sqlite:///{folder}/sending.db")
            full = asyncio.run(_with_server(lambda base, engine=engine: _full_path(base, engine)))  # type: ignore[misc]
            engine.dispose()
        yield Figure(f"alert on {name}: claim, send, mark", full, 1 / 3000, "3,000 a second", 1)
        yield Figure("", full, stock_one, "stock client, one by one", 0.2)
        yield Figure("", full, stock_many, "stock client, 20 in flight", 0.2)
        if aiogram:
            yield Figure("", full, aiogram, "aiogram's bare loop", 1 / 0.6)


async def _with_server(run: Callable[[str], Awaitable[float]]) -> float:
    """Seconds a message, with the server in a process of its own."""
    server = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs yet
        [sys.executable, "-m", "tests.telegram.fast_server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    assert server.stdin
    try:
        return await run(f"http://127.0.0.1:{server.stdout.readline().strip()}")
    finally:
        server.stdin.close()
        server.wait(10)


async def _library(base: str, count: int, in_flight: int, *, stock: bool) -> float:
    request = HTTPXRequest(connection_pool_size=max(in_flight, 1)) if stock else TelegramClient()
    async with Bot(TOKEN, base_url=f"{base}/bot", request=request) as bot:
        numbers = iter(range(count))

        async def worker() -> None:
            for number in numbers:
                await bot.send_message(1_000 + number, _TEXT, parse_mode="HTML")

        began = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(in_flight)))
        return (time.perf_counter() - began) / count


async def _full_path(base: str, engine: Engine) -> float:
    crowd(engine, _MESSAGES)
    record_launches(engine, 1)
    with reading(engine) as session:
        catalogue = read_catalogue(session)
    async with Bot(TOKEN, base_url=f"{base}/bot", request=TelegramClient()) as bot:
        dispatcher = Dispatcher(engine, bot, catalogue, Gate(Pacing(None)))
        began = time.perf_counter()
        running = asyncio.create_task(dispatcher.run())
        while dispatcher.counts["sent"] < _MESSAGES or states(engine).get("sent", 0) < _MESSAGES:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        taken = time.perf_counter() - began
        running.cancel()
        await asyncio.wait([running])
    return taken / _MESSAGES


def _aiogram() -> float | None:
    """Seconds a message of aiogram, from an environment of its own; None where it cannot be installed."""
    python = _PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", _PEERS], check=True)
        installed = subprocess.run([python, "-m", "pip", "install", "--quiet", "aiogram>=3,<4"], check=False)
        if installed.returncode:
            return None
    script = Path(__file__).with_name("aiogram_loop.py")

    async def run(base: str) -> float:
        said = subprocess.run(  # noqa: ASYNC221
            [python, script, base, TOKEN, "10000", _TEXT], check=True, capture_output=True, text=True, env=os.environ
        ).stdout
        return float(json.loads(said)["seconds"])

    return asyncio.run(_with_server(run))
