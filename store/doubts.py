"""What makes a row worth a second look before it is recorded: another source says otherwise, it jumps, it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.facts import Facts, KnownFact, KnownLaunch
from store.period import Kind, Period, PeriodError
from store.rows import NewFact, NewLaunch, NewMilestone, NewRow
from store.words import TOTAL, Certainty, Metric

_SAME = 0.02  # two analysts' figures differ by so much without a word
_JUMP = 4.0
_SMALL = 1.0  # million phones, or per cent: below it jumps are common and true
_WHOLE = 100.5  # per cent; shares are rounded


class Doubt(StrEnum):
    """Why; the words for each are the view's."""

    CONTRADICTS = "contradicts"
    OTHER_DATE = "other date"
    JUMPS = "jumps"
    OVER_ALL = "over all"
    PAST = "past"
    NOT_OVER = "not over"
    FROM_THE_FUTURE = "from the future"
    NEW_SOURCE = "new source"


@dataclass(frozen=True)
class Doubtful:
    """A doubt about a row, the rows of the store that it is about, and a number where it has one."""

    doubt: Doubt
    rows: tuple[KnownFact | KnownLaunch, ...] = ()
    number: float = 0.0


def doubts_about(row: NewRow, facts: Facts, product: str | None, today: date) -> Iterator[Doubtful]:
    """Everything doubtful about a row, as seen from a store that does not hold it. `product` is its slug, if known."""
    if row.source.published > today:
        yield Doubtful(Doubt.FROM_THE_FUTURE)
    if isinstance(row, NewLaunch):
        yield from _launch(row, facts, product, today)
        return
    if isinstance(row, NewFact | NewMilestone) and row.certainty is Certainty.CONFIRMED and row.period.end > today:
        yield Doubtful(Doubt.NOT_OVER)
    if isinstance(row, NewFact):
        yield from _figure(row, facts)


def _launch(row: NewLaunch, facts: Facts, product: str | None, today: date) -> Iterator[Doubtful]:
    if row.days and row.days[1] < today:
        yield Doubtful(Doubt.PAST)
    if row.product and product is None:
        return
    told = facts.launches(vendors=[row.vendor], regions=[row.region])
    others = [one for one in told if one.product == product and one.source.name != row.source.name]
    apart = tuple(one for one in others if one.days and row.days and not _overlap(one.days, row.days))
    if apart:
        yield Doubtful(Doubt.OTHER_DATE, apart)


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _figure(row: NewFact, facts: Facts) -> Iterator[Doubtful]:
    said = facts.values([row.vendor], [row.metric], row.region, [row.period])
    others = tuple(one for one in said if one.source.name != row.source.name and _differ(one.value, row))
    if others:
        yield Doubtful(Doubt.CONTRADICTS, others)
    if row.metric in (Metric.SHIPMENTS, Metric.MARKET_SHARE):
        before = _before(row, facts)
        if before and max(before.value, row.value) >= _SMALL and _times(before.value, row.value) > _JUMP:
            yield Doubtful(Doubt.JUMPS, (before,), _times(before.value, row.value))
    if row.metric is Metric.MARKET_SHARE and row.vendor != TOTAL:
        whole = row.value + sum(_shares_beside(row, facts))
        if whole > _WHOLE:
            yield Doubtful(Doubt.OVER_ALL, (), whole)


def _differ(value: float, row: NewFact) -> bool:
    if row.metric is Metric.RANK:
        return value != row.value
    return abs(value - row.value) > _SAME * max(abs(value), abs(row.value))


def _before(row: NewFact, facts: Facts) -> KnownFact | None:
    """The figure of the period before, the same source's where it has one."""
    if row.period.kind is Kind.RANGE:
        return None
    try:
        earlier: Period = row.period.shift(-1)
    except PeriodError:
        return None
    found = facts.values([row.vendor], [row.metric], row.region, [earlier])
    return min(found, key=lambda one: (one.source.name != row.source.name, one.source.place), default=None)


def _times(one: float, other: float) -> float:
    low, high = sorted((abs(one), abs(other)))
    return high / low if low else float("inf")


def _shares_beside(row: NewFact, facts: Facts) -> Sequence[float]:
    """The same source's shares of the other vendors, sub-brands left out where their parent is counted."""
    said = facts.ranking(row.region, row.period, [row.metric])
    ours = {one.vendor: one.value for one in said if one.source.name == row.source.name and one.vendor != row.vendor}
    parents = {*ours, row.vendor}
    brands = {slug for parent in parents for slug in facts.catalogue.brands(parent)}
    return [value for vendor, value in ours.items() if vendor not in brands]
