"""How long questions take while something else is going on, beside how long they take when nothing is."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_QUESTIONS = ("how many phones did xiaomi ship in Q2 2017", "whos #1 in india", "when does xiaomi launch in spain")
_TODAY = date(2017, 11, 1)
_LEAST = 600  # questions


@dataclass(frozen=True)
class Taken:
    """Seconds: within which 99 of 100 questions are answered, and the longest."""

    of_99: float
    longest: float


@dataclass(frozen=True)
class Meanwhile:
    """Questions when nothing is going on and beside the work, and the seconds that the work took by its own count."""

    idle: Taken
    beside: Taken
    work: float


def measure_beside(ask: Callable[[str, date], object], work: Callable[[], float]) -> Meanwhile:
    """Ask one question after the other, first alone, then until the work in another thread is done."""
    idle = _asked(ask, lambda: False)
    taken: list[float] = []
    thread = threading.Thread(target=lambda: taken.append(work()))
    thread.start()
    beside = _asked(ask, thread.is_alive)
    thread.join()
    return Meanwhile(idle, beside, taken[0])


def _asked(ask: Callable[[str, date], object], going_on: Callable[[], bool]) -> Taken:
    taken: list[float] = []
    while len(taken) < _LEAST or going_on():
        began = time.perf_counter()
        ask(_QUESTIONS[len(taken) % len(_QUESTIONS)], _TODAY)
        taken.append(time.perf_counter() - began)
    return Taken(statistics.quantiles(taken, n=100)[98], max(taken))
