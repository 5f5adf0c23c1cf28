"""How long inline results take for each letter typed, and what the buttons add to an answer."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from bot.answering import Answering
from bot.handlers.charts import Charts
from bot.handlers.inline import Inline
from store.engine import open_engine
from tests.benchmarks.measured import Figure

_TODAY = date(2017, 11, 1)
_TYPED = ("xiaomi india q3", "top 5 worldwide", "compare samsung vs apple 2016", "when does xiaomi launch in spain")


def measure(database_url: str) -> Iterator[Figure]:
    answering = Answering(open_engine(database_url))
    with ThreadPoolExecutor(1) as workers:
        inline = Inline(answering, workers, Charts(answering, workers), lambda: _TODAY)
        inline.results("", 1)
        taken = []
        for text in _TYPED:
            for letters in range(len(text) + 1):
                began = time.perf_counter()
                inline.results(text[:letters], 1)
                taken.append(time.perf_counter() - began)
    yield Figure("inline results, median", statistics.median(taken), 0.03, "30 ms", 1)
    yield Figure("inline results, 95 of 100", statistics.quantiles(taken, n=20)[-1], 0.03, "30 ms", 1)
    answer = answering.ask("how many phones did xiaomi ship in Q2 2017", _TODAY)
    times = []
    for _ in range(50):
        began = time.perf_counter()
        answering.follow_ups(answer)
        times.append(time.perf_counter() - began)
    yield Figure("what the buttons add to an answer", statistics.median(times), 0.003, "3 ms", 1)
