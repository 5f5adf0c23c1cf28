"""A year or half as the sum of its quarters, where one source counted every one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.precedence import by_precedence
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import Bound, Metric


def summed(facts: Facts, vendor: str, region: str, period: Period, today: date) -> list[KnownFact]:
    """One fact of each source that counted all quarters of a year or half, worked out; none for other periods."""
    if period.kind not in (Kind.YEAR, Kind.HALF):
        return []
    quarters = period.split(Kind.QUARTER)
    said = by_precedence(facts.values([vendor], [Metric.SHIPMENTS], region, quarters), today)
    of: dict[str, dict[Period, KnownFact]] = {}
    for fact in said:
        if fact.certainty.happened and fact.bound is Bound.EXACT:
            of.setdefault(fact.source.name, {}).setdefault(fact.period, fact)
    whole = []
    for own in of.values():
        if len(own) == len(quarters):
            last = own[quarters[-1]]
            total = round(sum(fact.value for fact in own.values()), 2)
            whole.append(replace(last, value=total, period=period, worked_out=True))
    return whole
