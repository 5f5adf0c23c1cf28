"""A million subscribers told of one launch: deliveries made in one transaction, while questions are answered."""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy import Engine, text

from bot.answering import Answering
from store.start import start
from tests.alerts.crowd import crowd, record_launches
from tests.benchmarks.meanwhile import measure_beside
from tests.benchmarks.measured import Figure

_SUBSCRIBERS = 1_000_000


def measure(postgres_url: str) -> Iterator[Figure]:
    engine = start(postgres_url)
    crowd(engine, _SUBSCRIBERS)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    answering = Answering(engine)
    found = measure_beside(answering.ask, lambda: _record(engine))
    engine.dispose()
    yield Figure("1,000,000 deliveries made (PostgreSQL)", found.work, 10, "10 s", 1)
    yield Figure("an answer meanwhile, 99 of 100", found.beside.of_99, found.idle.of_99, "idle", 2)


def _record(engine: Engine) -> float:
    began = time.perf_counter()
    assert record_launches(engine, 1).messages == _SUBSCRIBERS
    return time.perf_counter() - began
