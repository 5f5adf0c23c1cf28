"""Questions that can be asked next, worded so that they are understood when sent back."""

from __future__ import annotations

from bot.answers.answer import Line, where, words
from store.facts import Facts
from store.period import Kind, Period
from store.words import Metric


def ranking(facts: Facts, region: str, period: Period | None = None) -> Line:
    """ "Top five in India in Q3 2017"."""
    if period is None:
        return words("Top five {where}", where=where(region, facts))
    return words("Top five {where} in {typed}", where=where(region, facts), typed=typed(period))


def number(facts: Facts, vendor: str, metric: Metric, region: str, period: Period | None = None) -> Line:
    """ "Xiaomi market share in India in Q3 2017"."""
    place = where(region, facts)
    if period is None:
        return words("{vendor} {metric} {where}", vendor=vendor, metric=metric, where=place)
    return words("{vendor} {metric} {where} in {typed}", vendor=vendor, metric=metric, where=place, typed=typed(period))


def typed(period: Period) -> str:
    """A period as a person would type it: Q3 2017, H1 2017, 2017-10, 2017."""
    text = str(period)
    return f"{text[4:]} {text[:4]}" if period.kind in (Kind.QUARTER, Kind.HALF) else text
