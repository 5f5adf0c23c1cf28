"""How long an answer takes once the bot is up, as in `vendorbot ask --file`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date

from bot.answering import Answering
from store.edition import begin_edition
from store.engine import open_engine, writing
from tests.benchmarks.measured import Figure

_TODAY = date(2017, 11, 1)
_QUESTIONS = (
    "how many phones did xiaomi ship in Q2 2017", "how many phones did xiaomi ship last oct", "whos #1 in india",
    "who is number one in china in Q3 2017", "top 5 worldwide in Q3 2017", "compare samsung vs apple 2017",
    "when does it come to spain?", "when does xiaomi launch in spain", "samsng market shar q2 2018",
    "huawei milestones", "tell me about oppo", "xiaomi launches in europe", "upcoming launches", "who said so",
    "what is the capital of france", "hello", "help", "is apple bigger than samsung", "best pizza in town",
    "total smartphone shipments in china in 2017",
)  # fmt: skip


def measure(database_url: str) -> Iterator[Figure]:
    answering = Answering(open_engine(database_url))
    for question in _QUESTIONS:
        answering.ask(question, _TODAY)
    taken = []
    for _ in range(20):
        with writing(answering.engine) as session:  # as if somebody had recorded something: nothing is remembered
            begin_edition(session.connection())
        for question in _QUESTIONS:
            began = time.perf_counter()
            answering.ask(question, _TODAY)
            taken.append(time.perf_counter() - began)
    cuts = statistics.quantiles(taken, n=100)
    yield Figure("an answer, median", statistics.median(taken), 0.003, "3 ms", 1)
    yield Figure("an answer, 95 of 100", cuts[94], 0.003, "3 ms")
