"""A million subscribers told of one launch: deliveries made in one transaction, while questions are answered."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Engine, text

from bot.answering import Answering
from store.start import start
from tests.alerts.crowd import crowd, record_launches
from tests.benchmarks.measured import Figure

_SUBSCRIBERS = 1_000_000
_QUESTIONS = ("how many phones did xiaomi ship in Q2 2017", "whos #1 in india", "when does xiaomi launch in spain")
_TODAY = date(2017, 11, 1)


def measure(postgres_url: str) -> Iterator[Figure]:
    engine = start(postgres_url)
    crowd(engine, _SUBSCRIBERS)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    answering = Answering(engine)
    idle = _answered(answering, lambda: False)
    taken: list[float] = []
    recording = threading.Thread(target=lambda: taken.append(_record(engine)))
    recording.start()
    meanwhile = _answered(answering, recording.is_alive)
    recording.join()
    engine.dispose()
    yield Figure("1,000,000 deliveries made (PostgreSQL)", taken[0], 10, "10 s", 1)
    yield Figure("an answer meanwhile, 99 of 100", meanwhile, idle, "idle", 2)


def _record(engine: Engine) -> float:
    began = time.perf_counter()
    assert record_launches(engine, 1).messages == _SUBSCRIBERS
    return time.perf_counter() - began


def _answered(answering: Answering, going_on: Callable[[], bool]) -> float:
    """The time within which 99 of 100 answers come; 600 answers at least."""
    taken: list[float] = []
    while len(taken) < 600 or going_on():
        question = _QUESTIONS[len(taken) % len(_QUESTIONS)]
        began = time.perf_counter()
        answering.ask(question, _TODAY)
        taken.append(time.perf_counter() - began)
    return statistics.quantiles(taken, n=100)[98]
