"""Round numbers for an axis, and where on it a value stands."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """From `low` to `high` on the axis, from `start` to `end` in pixels; `ticks` are the round numbers between."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def scale(values: Iterable[float], start: float, end: float, most: int = 5) -> Scale:
    """An axis from zero, or from below it where there are negative values, to just above the highest."""
    known = [*values, 0.0]
    low, high = min(known), max(known)
    if low == high:
        high = 1.0
    step = _step((high - low) / most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Scale(first * step, last * step, start, end, tuple(round(at * step, 9) for at in range(first, last + 1)))


def places(values: Iterable[float], start: float, end: float) -> Scale:
    """An axis of ranks: the first at `end`, the last at `start`; at least five places."""
    lowest = max(5, math.ceil(max(values)))
    step = math.ceil(lowest / 8)
    ticks = tuple(float(place) for place in range(1, lowest + 1, step))
    return Scale(lowest + 0.5, 0.5, start, end, ticks)


def _step(rough: float) -> float:
    """The smallest round step that is not below `rough`."""
    unit = 10.0 ** math.floor(math.log10(rough))
    return next(factor * unit for factor in _ROUND if factor * unit >= rough - 1e-12)


def apart(wanted: list[float], gap: float, first: float, last: float) -> list[float]:
    """Places near the wanted ones, in their order, at least `gap` from each other and between `first` and `last`."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    found = list(wanted)
    floor = first
    for at in order:
        found[at] = max(found[at], floor)
        floor = found[at] + gap
    ceiling = last
    for at in reversed(order):
        found[at] = min(found[at], ceiling)
        ceiling = found[at] - gap
    return found
