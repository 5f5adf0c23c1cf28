"""The order of vendors in a region and period, by one source's count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.answers.period import COUNTED
from bot.answers.precedence import leading_source
from store.facts import Facts, KnownFact
from store.period import Period
from store.words import Bound, Metric, Unit


def standing(facts: Facts, region: str, period: Period, today: date, source: str | None = None) -> list[KnownFact]:
    """Rank facts worked out from one source's shipments, else shares, the first place first.

    Vendors with the same share and no count share a place. Empty where nothing was counted."""
    counted = [fact for fact in facts.ranking(region, period, COUNTED) if fact.certainty.happened]
    name = source or leading_source(counted, today)
    own = [fact for fact in counted if fact.source.name == name and fact.bound is Bound.EXACT]
    by_metric = {metric: {fact.vendor: fact for fact in own if fact.metric is metric} for metric in COUNTED}
    shipments, shares = by_metric[Metric.SHIPMENTS], by_metric[Metric.MARKET_SHARE]
    chosen = shipments if len(shipments) >= max(len(shares), 1) else shares
    ordered = sorted(chosen.values(), key=lambda fact: -fact.value)
    places: list[KnownFact] = []
    for at, fact in enumerate(ordered):
        tied = at > 0 and fact.value == ordered[at - 1].value
        place = places[-1].value if tied else at + 1
        places.append(replace(fact, metric=Metric.RANK, value=float(place), unit=Unit.RANK, bound=Bound.EXACT))
    return places
