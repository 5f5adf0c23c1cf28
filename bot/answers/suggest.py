"""Questions that can be asked next, worded so that they are understood when sent back."""

from __future__ import annotations

from store.facts import Facts
from store.period import Kind, Period
from store.words import WORLD, Metric


def ranking(facts: Facts, region: str, period: Period | None = None) -> str:
    """ "Top five in India in Q3 2017"."""
    where = "worldwide" if region == WORLD else f"in {facts.name(region)}"
    return f"Top five {where}{f' in {typed(period)}' if period else ''}"


def number(facts: Facts, vendor: str, metric: Metric, region: str, period: Period | None = None) -> str:
    """ "Xiaomi market share in India in Q3 2017"."""
    place = "worldwide" if region == WORLD else f"in {facts.name(region)}"
    return f"{vendor} {metric.replace('_', ' ')} {place}{f' in {typed(period)}' if period else ''}"


def typed(period: Period) -> str:
    """A period as a person would type it: Q3 2017, H1 2017, 2017-10, 2017."""
    text = str(period)
    return f"{text[4:]} {text[:4]}" if period.kind in (Kind.QUARTER, Kind.HALF) else text
