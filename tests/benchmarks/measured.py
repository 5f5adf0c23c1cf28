"""One figure of a benchmark, and how to take it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`seconds` is what was measured; `against` what it is compared with, in seconds; `most` the ratio aimed at."""

    name: str
    seconds: float
    against: float
    against_name: str
    most: float | None = None

    @property
    def ratio(self) -> float:
        return self.seconds / self.against


def seconds_of(call: Callable[[], object], times: int = 1) -> float:
    """The median time of some calls."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
