"""How long a chart takes, from the answer to the PNG, once the painter is loaded; and the first one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date

from bot.answering import Answering
from bot.views.chart.drawing import drawing
from bot.views.chart.finding import chart_of
from store.engine import open_engine
from tests.benchmarks.measured import Figure, seconds_of

_TODAY = date(2026, 11, 24)
_QUESTIONS = (
    "xiaomi share in india since 2015",
    "samsung apple huawei xiaomi shipments since 2014",
    "top five worldwide in Q3 2017",
    "compare samsung vs apple 2017",
    "fastest growing vendor worldwide in Q4 2017",
    "smartphone shipments worldwide since 2010",
)


def measure(database_url: str) -> Iterator[Figure]:
    answering = Answering(open_engine(database_url))
    answers = [answering.ask(question, _TODAY) for question in _QUESTIONS]
    charts = [chart for answer in answers if (chart := chart_of(answer, answering.catalogue))]
    assert len(charts) == len(_QUESTIONS)
    yield Figure("the first chart", seconds_of(lambda: drawing(charts[0]).png()), 1.0, "1 s", 1)
    taken, size = [], 0
    for _ in range(5):
        for answer in answers:
            began = time.perf_counter()
            chart = chart_of(answer, answering.catalogue)
            assert chart
            size = max(size, len(drawing(chart).png()))
            taken.append(time.perf_counter() - began)
    yield Figure("a chart, warm, median", statistics.median(taken), 0.15, "150 ms", 1)
    yield Figure("a chart, warm, 95 of 100", statistics.quantiles(taken, n=20)[-1], 0.15, "150 ms", 1)
    laid_out = seconds_of(lambda: [drawing(chart).digest for chart in charts], 9) / len(charts)
    yield Figure("a chart that Telegram has already", laid_out, 0.15, "150 ms")
