"""Which period an answer is about where the question names none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from bot.answers.answer import Line, words
from bot.languages.marks import Counted, translatable
from store.facts import Facts
from store.period import Kind, Period
from store.words import Metric

COUNTED = (Metric.SHIPMENTS, Metric.MARKET_SHARE)

_ONE = {
    Kind.YEAR: translatable("year"),
    Kind.HALF: translatable("half"),
    Kind.QUARTER: translatable("quarter"),
    Kind.MONTH: translatable("month"),
}
_MANY = {
    Kind.YEAR: translatable("years"),
    Kind.HALF: translatable("halfs"),
    Kind.QUARTER: translatable("quarters"),
    Kind.MONTH: translatable("months"),
}
_COUNTED = {
    Kind.YEAR: Counted("{count} year", "{count} years"),
    Kind.HALF: Counted("{count} half", "{count} halfs"),
    Kind.QUARTER: Counted("{count} quarter", "{count} quarters"),
    Kind.MONTH: Counted("{count} month", "{count} months"),
}


def length(kind: Kind) -> Line:
    """Quarter."""
    return words(_ONE[kind])


def lengths(kind: Kind, count: int | None = None) -> Line:
    """Quarters; with a count, 8 quarters."""
    return words(_MANY[kind]) if count is None else words(_COUNTED[kind], count=count)


def latest_period(facts: Facts, vendors: Collection[str], metric: Metric, region: str, today: date) -> Period | None:
    """The latest period with such a fact that has ended by that day; a quarter or year rather than a month."""
    return _latest(facts.periods(vendors, [metric], region), today)


def latest_ranking(facts: Facts, region: str, today: date) -> Period | None:
    """The latest period that ended by that day and for which vendors of a region were counted."""
    return _latest(facts.periods((), COUNTED, region), today)


def _latest(periods: Sequence[Period], today: date) -> Period | None:
    ended = [period for period in periods if period.end < today]
    longer = [period for period in ended if period.kind in (Kind.QUARTER, Kind.YEAR)]
    return next(iter(sorted(longer or ended, key=lambda one: (one.end, one.start), reverse=True)), None)
