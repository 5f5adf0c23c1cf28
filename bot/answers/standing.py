"""The order of vendors in a region and period, by one source's count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.answers.period import COUNTED
from bot.answers.precedence import source_order
from store.facts import Facts, KnownFact
from store.period import Period
from store.words import Bound, Metric, Unit

_LONG_TABLE = 8
_CLEARLY = 1.3  # times: in a whole press table, only a much larger number elsewhere shows that a vendor was left out
_TABLE = 5  # vendors: the usual press table; that a source lists more of them does not make it lead


def standing(facts: Facts, region: str, period: Period, today: date, source: str | None = None) -> list[KnownFact]:
    """Rank facts worked out from one source's shipments, else shares, the first place first.

    The source that lists most of the first five leads; of equals one that had published by the day, then the order of
    sources. Vendors with the same number share a place. A place that a vendor left out might take, since another
    source counts more of its phones, is not given. Empty where nothing was counted."""
    counted = [fact for fact in facts.ranking(region, period, COUNTED) if fact.certainty.happened]
    found = {name: _places(name, counted, facts) for name in {fact.source.name for fact in counted}}
    if source is not None:
        return found.get(source, [])
    ranked = sorted(
        found,
        key=lambda name: (-min(len(found[name]), _TABLE), _is_later(found[name], today), source_order(name), name),
    )
    return found[ranked[0]] if ranked else []


def _is_later(places: Sequence[KnownFact], today: date) -> bool:
    return bool(places) and places[0].source.published > today


def _places(name: str, counted: Sequence[KnownFact], facts: Facts) -> list[KnownFact]:
    own = [fact for fact in counted if fact.source.name == name]
    by_metric = {
        metric: {f.vendor: f for f in own if f.metric is metric and f.bound is Bound.EXACT} for metric in COUNTED
    }
    shipments, shares = by_metric[Metric.SHIPMENTS], by_metric[Metric.MARKET_SHARE]
    chosen = shipments if len(shipments) >= max(len(shares), 1) else shares
    doubtful = _largest_left_out(chosen, counted, facts) / (_CLEARLY if len(chosen) >= _TABLE else 1.0)
    ordered = sorted((fact for fact in chosen.values() if fact.value > doubtful), key=lambda fact: -fact.value)
    places: list[KnownFact] = []
    for at, fact in enumerate(ordered):
        tied = at > 0 and fact.value == ordered[at - 1].value
        place = places[-1].value if tied else at + 1
        if place > _TABLE and len(ordered) < _LONG_TABLE:
            break  # who comes after the press table's five is rarely listed whole
        places.append(replace(fact, metric=Metric.RANK, value=float(place), unit=Unit.RANK, bound=Bound.EXACT))
    return places


def _largest_left_out(chosen: Mapping[str, KnownFact], counted: Sequence[KnownFact], facts: Facts) -> float:
    """The largest number that anyone gives for a vendor that this list lacks; 0 where it lacks none.

    A brand is not lacking where its house is listed, nor a house where a brand of it is."""
    metrics = {fact.metric for fact in chosen.values()}
    listed = set(chosen)
    for vendor in chosen:
        listed |= {*facts.catalogue.brands(vendor), facts.catalogue.vendors[vendor].parent or vendor}
    lacking = [fact for fact in counted if fact.metric in metrics and fact.vendor not in listed]
    return max(
        (fact.value for fact in lacking if (facts.catalogue.vendors[fact.vendor].parent or "") not in listed),
        default=0.0,
    )
