"""A backlog of a million old deliveries let go of while questions are asked and answered, as a running bot does it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from bot.alerts.letting_go import let_go
from bot.answering import Answering
from store.retention import Kept
from store.start import start
from tests.benchmarks.meanwhile import measure_beside
from tests.benchmarks.measured import Figure

_ALERTS, _CHATS = 100, 10_000


def measure(url: str, name: str) -> Iterator[Figure]:
    engine = start(url)
    _fill(engine)
    answering = Answering(engine)
    found = measure_beside(
        lambda question, today: answering.ask(question, today, "1", "1"),  # a conversation: it writes
        lambda: _forgotten(engine),
    )
    engine.dispose()
    yield Figure(f"1,000,000 old deliveries let go of ({name})", found.work, 3600, "the hour until it is due again", 1)
    yield Figure(
        "a question meanwhile, answered and remembered, 99 of 100", found.beside.of_99, found.idle.of_99, "idle", 3
    )
    yield Figure("the slowest of them", found.beside.longest, found.idle.longest, "idle")


def _fill(engine: Engine) -> None:
    """A hundred alerts of three years ago, each sent to ten thousand chats."""
    alerts, chats = _numbers(engine, _ALERTS), _numbers(engine, _CHATS)
    with engine.begin() as connection:
        connection.execute(
            text(f"""INSERT INTO alert (id, happened, table_name, row_id, recorded_at)
            SELECT i, 'new', 'launch', i, '2017-11-01 00:00:00' FROM {alerts}""")
        )
        connection.execute(
            text(f"""INSERT INTO delivery (alert_id, chat_id, thread_id, state, digest, due_at, attempts,
            sent_at, message_id, last_error, muted)
            SELECT one.i, two.i, 0, 'sent', false, '2017-11-01 00:00:00', 1, '2017-11-01 00:00:00', 1, '', false
            FROM {alerts} AS one CROSS JOIN {chats} AS two""")
        )


def _numbers(engine: Engine, count: int) -> str:
    if engine.dialect.name == "postgresql":
        return f"(SELECT i FROM generate_series(1, {count}) AS given (i))"
    more = f"WITH RECURSIVE given (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM given WHERE i < {count})"
    return f"({more} SELECT i FROM given)"


def _forgotten(engine: Engine) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(1) as executor:
        gone = asyncio.run(let_go(engine, executor, Kept(), lambda: True))
    assert gone["deliveries"] == _ALERTS * _CHATS, gone
    return time.perf_counter() - began
