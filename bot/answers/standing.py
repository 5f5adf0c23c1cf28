"""The order of vendors in a region and period, by one source's count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.period import COUNTED
from store.facts import Facts, KnownFact
from store.period import Period
from store.words import Bound, Metric, Unit

_LONG_TABLE = 8
_CLEARLY = 1.3  # times: in a whole press table, only a much larger number elsewhere shows that a vendor was left out
_TABLE = 5  # vendors: the usual press table; that a source lists more of them does not make it lead


def standing(facts: Facts, region: str, period: Period, today: date, source: str | None = None) -> list[KnownFact]:
    """Rank facts worked out from one source's shipments, else shares, the first place first.

    The source that lists most of the first five leads; of equals one that had published by the day, then the order of
    sources. Vendors with the same number share a place; a place that the source states without a number is taken in.
    A place that a vendor left out might take, since another source counts more of its phones, is not given. Empty
    where nothing was counted."""
    said = [fact for fact in facts.ranking(region, period, (*COUNTED, Metric.RANK)) if fact.certainty.happened]
    names = {fact.source.name for fact in said if fact.metric in COUNTED}
    found = {name: _places(name, said, facts) for name in names}
    if source is not None:
        return found.get(source, [])
    order = {fact.source.name: fact.source.place for fact in said}
    ranked = sorted(
        found,
        key=lambda name: (-min(len(found[name]), _TABLE), _is_later(found[name], today), order[name], name),
    )
    return found[ranked[0]] if ranked else []


def _is_later(places: Sequence[KnownFact], today: date) -> bool:
    return bool(places) and places[0].source.published > today


def _places(name: str, said: Sequence[KnownFact], facts: Facts) -> list[KnownFact]:
    own = [fact for fact in said if fact.source.name == name]
    of = {
        metric: {fact.vendor: fact for fact in own if fact.metric is metric and fact.bound is not Bound.LESS}
        for metric in (*COUNTED, Metric.RANK)
    }
    shipments, shares, stated = of[Metric.SHIPMENTS], of[Metric.MARKET_SHARE], of[Metric.RANK]
    chosen = shipments if len(shipments) >= max(len(shares), 1) else shares
    listed = {*chosen, *stated}
    doubtful = _largest_left_out(listed, said, next(iter(chosen.values())).metric, facts)
    doubtful /= _CLEARLY if len(listed) >= _TABLE else 1.0
    ordered = sorted((fact for fact in chosen.values() if fact.value > doubtful), key=lambda fact: -fact.value)
    places: list[KnownFact] = []
    for at, fact in enumerate(ordered):
        tied = at > 0 and fact.value == ordered[at - 1].value
        place = places[-1].value if tied else at + 1
        if place > _TABLE and len(ordered) < _LONG_TABLE:
            break  # who comes after the press table's five is rarely listed whole
        places.append(replace(fact, metric=Metric.RANK, value=float(place), unit=Unit.RANK, bound=Bound.EXACT))
    return _with_stated(places, [fact for fact in stated.values() if fact.vendor not in chosen])


def _with_stated(places: list[KnownFact], stated: list[KnownFact]) -> list[KnownFact]:
    """The places with those taken in that the source names without a number, as far as they follow one another."""
    for fact in sorted(stated, key=lambda fact: fact.value):
        if fact.value == len(places) + 1:
            places = [*places, fact]
    return places


def _largest_left_out(listed: set[str], said: Sequence[KnownFact], metric: Metric, facts: Facts) -> float:
    """The largest number that anyone gives for a vendor that this list lacks; 0 where it lacks none.

    A brand is not lacking where its house is listed, nor a house where a brand of it is."""
    known = facts.catalogue.vendors
    houses = {known[vendor].parent or vendor for vendor in listed}
    lacking = [
        fact.value
        for fact in said
        if fact.metric is metric
        and fact.vendor not in listed
        and fact.vendor not in houses
        and (known[fact.vendor].parent or "") not in listed
    ]
    return max(lacking, default=0.0)
