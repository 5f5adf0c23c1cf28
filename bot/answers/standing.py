"""The order of vendors in a region and period, by one source's count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median

from bot.answers.period import COUNTED
from store.facts import Facts, KnownFact
from store.period import Kind, Period
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
    key = "standing", region, period, today, source
    return facts.once(key, lambda: _standing(facts, region, period, today, source))


def _standing(facts: Facts, region: str, period: Period, today: date, source: str | None) -> list[KnownFact]:
    said = [fact for fact in facts.ranking(region, period, (*COUNTED, Metric.RANK)) if fact.certainty.happened]
    names = {fact.source.name for fact in said if fact.metric in COUNTED}
    found = {name: _places(name, said, facts) for name in names}
    if all(len(places) < _TABLE for places in found.values()):
        found = {name: _proven(places, said, facts, region, period) for name, places in found.items()}
    if source is not None:
        return found.get(source, [])
    order = {fact.source.name: fact.source.place for fact in said}
    ranked = sorted(
        found,
        key=lambda name: (-min(len(found[name]), _TABLE), _is_later(found[name], today), order[name], name),
    )
    return found[ranked[0]] if ranked else []


def _proven(
    places: list[KnownFact], said: Sequence[KnownFact], facts: Facts, region: str, period: Period
) -> list[KnownFact]:
    """The places of a short list that can be relied on: a story often names some vendors only.

    Either what is left of the market is less than the vendor's share, or a whole table of a period near by has no
    vendor as large that the list lacks."""
    if not places:
        return []
    listed = {place.vendor for place in places}
    shares = {
        f.vendor: f.value for f in said if f.metric is Metric.MARKET_SHARE and f.source.name == places[0].source.name
    }
    left = 100.0 - sum(shares.values())
    witness = _table_near_by(facts, region, period)
    lacking = [fact for fact in witness if fact.vendor not in listed]
    if witness:
        kept = [place.value for place in witness if place.vendor in listed]
        first_lacking = min((place.value for place in lacking), default=len(witness) + 1)
        reliable = sum(value < first_lacking for value in kept)
        return [place for place in places if place.value <= reliable or shares.get(place.vendor, 0.0) > left]
    return [place for place in places if shares.get(place.vendor, 0.0) > left or _is_stated(place, said)]


def _is_stated(place: KnownFact, said: Sequence[KnownFact]) -> bool:
    return any(f.metric is Metric.RANK and f.vendor == place.vendor and f.value == place.value for f in said)


def _table_near_by(facts: Facts, region: str, period: Period) -> list[KnownFact]:
    """The places of the nearest period, within a year, for which a source lists five vendors; empty where none does."""
    within = 4 if period.kind is Kind.QUARTER else 1
    for distance in range(1, within + 1):
        for steps in (-distance, distance):
            near = period.shift(steps)
            said = [fact for fact in facts.ranking(region, near, (*COUNTED, Metric.RANK)) if fact.certainty.happened]
            tables = [
                _places(name, said, facts) for name in sorted({f.source.name for f in said if f.metric in COUNTED})
            ]
            whole = max(tables, key=len, default=[])
            if len(whole) >= _TABLE:
                return whole
    return []


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
        fact
        for fact in said
        if fact.metric in COUNTED
        and fact.vendor not in listed
        and fact.vendor not in houses
        and (known[fact.vendor].parent or "") not in listed
    ]
    other = _in_terms_of(metric, said)
    return max((fact.value if fact.metric is metric else fact.value * other for fact in lacking), default=0.0)


def _in_terms_of(metric: Metric, said: Sequence[KnownFact]) -> float:
    """What a number of the other metric comes to in this one, by the vendors that have both; 0 where none has."""
    of: dict[Metric, dict[tuple[str, str], float]] = {one: {} for one in COUNTED}
    for fact in said:
        if fact.metric in of and fact.value:
            of[fact.metric][fact.source.name, fact.vendor] = fact.value
    other = next(one for one in COUNTED if one is not metric)
    ratios = [of[metric][key] / of[other][key] for key in of[metric].keys() & of[other].keys()]
    return median(ratios) if ratios else 0.0
