"""How a vendor's, several vendors' or a market's numbers went over time."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import (
    Amount,
    Answer,
    Argument,
    Line,
    Row,
    Table,
    Where,
    amount_of,
    detail,
    lead,
    named,
    note,
    sources_of,
    where,
)
from bot.answers.nothing import nothing
from bot.answers.series import filled, series
from bot.languages.marks import translatable
from bot.understanding.query import Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import TOTAL, WORLD, Bound, Metric

_MOST_VENDORS = 4
_RECENT = 8  # quarters, where no period is named


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "VENDOR shipments since 2015" by the number of every quarter (or year, month) there is, gaps as gaps.

    Where no period is named, the last eight quarters. Raises NoFacts."""
    vendors = query.vendors[:_MOST_VENDORS] or (TOTAL,)
    metric = query.metric or Metric.SHIPMENTS
    region = query.regions[0] if query.regions else WORLD
    found = _lengths(query, facts, vendors, metric, region)
    if not found:
        raise nothing(replace(query, regions=(region,)), facts, vendors[0], metric)
    periods = sorted({period for own in found.values() for period in own})
    span = periods[0].to(periods[-1])
    whole = span.parts
    if query.period is None and len(whole) > _RECENT:
        whole = whole[-_RECENT:]
        span = whole[0].to(whole[-1])
    rows = tuple(Row(period, tuple(_amount(own.get(period)) for own in found.values())) for period in whole)
    relied = tuple(own[period] for period in whole for own in found.values() if period in own)
    if not relied:
        raise nothing(replace(query, regions=(region,)), facts, vendors[0], metric)
    place = where(region, facts)
    lines: list[Line] = []
    for vendor, own in found.items():
        shown = [own[period] for period in whole if period in own]
        lines += _course(vendor, shown, facts, place) if shown else []
    missing = [vendor for vendor in vendors if vendor not in found]
    for vendor in missing:
        lines.append(
            detail(
                "I have no {metric} of {vendor} {where} for that time.",
                metric=metric,
                vendor=named(vendor, facts),
                where=place,
            )
        )
    sources = dict.fromkeys(fact.source.name for fact in relied)
    if len(sources) > 1:
        lines.append(
            note(
                "The figures are from {sources}; between sources, small steps mean little.", sources=", ".join(sources)
            )
        )
    columns = tuple(facts.name(vendor) for vendor in found) if len(found) > 1 else (metric,)
    heading: tuple[Argument, ...] = (*(named(vendor, facts) for vendor in found), named(region, facts), span, metric)
    query = replace(query, metric=metric, regions=(region,), period=query.period or span)
    return Answer(query, True, heading, tuple(lines), Table(columns, rows), relied, sources_of(list(relied)))


def _lengths(
    query: Query, facts: Facts, vendors: tuple[str, ...], metric: Metric, region: str
) -> dict[str, dict[Period, KnownFact]]:
    """Every vendor's numbers in periods of the length that is asked for, else of the first length that has any."""
    wanted = query.unit or (query.period.unit if query.period and query.period.kind is Kind.RANGE else None)
    kinds = [kind for kind in (wanted, Kind.QUARTER, Kind.YEAR, Kind.MONTH, Kind.HALF) if kind]
    if query.period and wanted is Kind.YEAR and len(query.period.parts) < 4:
        kinds = [Kind.QUARTER, Kind.YEAR]
    window = _window(query)
    for kind in dict.fromkeys(kinds):
        own = {vendor: filled(series(window, facts, vendor, metric, region, kind)) for vendor in vendors}
        own = {vendor: numbers for vendor, numbers in own.items() if numbers}
        if any(len(numbers) > 1 for numbers in own.values()):
            return own
    return {}


def _window(query: Query) -> Query:
    """A single quarter or month is no trend: it is shown with the two years before it."""
    period = query.period
    if period and period.kind in (Kind.QUARTER, Kind.MONTH, Kind.HALF):
        return replace(query, period=period.shift(-7 if period.kind is Kind.QUARTER else -12).to(period))
    return query


def _amount(fact: KnownFact | None) -> Amount | None:
    return amount_of(fact) if fact else None


def _course(vendor: str, shown: list[KnownFact], facts: Facts, place: Where) -> list[Line]:
    """From the first to the last number, and the highest on the way."""
    first, last = shown[0], shown[-1]
    highest = max(shown, key=lambda fact: fact.value)
    exact = all(fact.bound is Bound.EXACT for fact in (first, last)) and first.source.name == last.source.name
    change = (last.value / first.value - 1) * 100 if exact and first.value and first.unit == "million" else None
    message = translatable("{vendor} {where}: {metric} went from {a} in {first} to {b} in {last}")
    if change is not None:
        message = translatable("{vendor} {where}: {metric} went from {a} in {first} to {b} in {last}, {change}")
    line = lead(
        message,
        last.source,
        vendor=named(vendor, facts),
        where=place,
        metric=first.metric,
        a=_amount(first) or "",
        first=first.period,
        b=_amount(last) or "",
        last=last.period,
        change=Amount(change or 0.0, "change"),
    )
    if highest in (first, last):
        return [line]
    peak = detail(
        "The highest was {amount} in {period}", highest.source, amount=_amount(highest) or "", period=highest.period
    )
    return [line, peak]
