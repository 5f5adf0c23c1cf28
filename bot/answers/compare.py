"""Two or more vendors side by side."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import trend, value
from bot.answers.answer import (
    Amount,
    Answer,
    Joined,
    Line,
    NoFacts,
    Row,
    Table,
    amount_of,
    detail,
    lead,
    named,
    note,
    several,
    sources_of,
    where,
    words,
)
from bot.answers.precedence import by_precedence, leading_source
from bot.answers.whole import summed
from bot.understanding.query import Aspect, Intent, Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import WORLD, Bound, Metric


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "VENDOR vs VENDOR in REGION in PERIOD": shipments and share by one source that counts them all.

    Where no period is named, the latest for which all of them were counted. Raises NoFacts."""
    if query.period and query.period.kind is Kind.RANGE:
        return trend.answer(query, facts)
    if len(query.vendors) < 2:  # a follow-up that names one alone, in a way that compares
        one = Intent.VALUE if query.vendors else Intent.TOTAL
        return value.answer(replace(query, intent=one), facts)
    if query.metric:
        return _side_by_side(query, facts, query.metric)
    try:
        return _side_by_side(query, facts, Metric.SHIPMENTS)
    except NoFacts as nothing:
        try:
            return _side_by_side(query, facts, Metric.MARKET_SHARE)
        except NoFacts:
            raise nothing from None


def _side_by_side(query: Query, facts: Facts, asked: Metric) -> Answer:
    region = query.regions[0] if query.regions else WORLD
    vendors = query.vendors[:6]
    metrics = tuple(dict.fromkeys((asked, Metric.SHIPMENTS, Metric.MARKET_SHARE)))
    period = query.period or _common_period(query, facts, vendors, asked, region)
    said = facts.values(vendors, metrics, region, [period]) if period else []
    if query.said_by:
        said = [fact for fact in said if fact.source.name == query.said_by]
    if period and asked is Metric.SHIPMENTS:
        counted_whole = {fact.vendor for fact in said if fact.metric is asked and fact.certainty.happened}
        said += [
            fact
            for vendor in vendors
            if vendor not in counted_whole
            for fact in summed(facts, vendor, region, period, query.today)
        ]
    counted = [fact for fact in said if fact.metric is asked and fact.certainty.happened]
    best = {vendor: by_precedence((f for f in counted if f.vendor == vendor), query.today) for vendor in vendors}
    missing = [vendor for vendor in vendors if not best[vendor]]
    if missing or not period:
        names, place = several(missing or vendors, facts), where(region, facts)
        line = (
            lead(
                "I have no {metric} for {vendors} {where} in {period}, so I cannot compare.",
                metric=asked, vendors=names, where=place, period=period,
            )
            if period
            else lead(
                "I have no {metric} for {vendors} {where}, so I cannot compare.",
                metric=asked, vendors=names, where=place,
            )
        )  # fmt: skip
        known = [
            words("{vendor} {metric}", vendor=facts.name(vendor), metric=asked)
            for vendor in vendors
            if vendor not in missing
        ]
        held = [facts.regions([vendor], [asked]) for vendor in vendors]
        shared = sorted(set.intersection(*map(set, held)), key=lambda place: -min(one[place] for one in held))
        instead = [note("I have such figures for {places}.", places=several(shared[:5], facts))] if shared else []
        raise NoFacts(line, *instead, query=query, suggestions=tuple(known[:3]))
    source = leading_source(counted, query.today)
    chosen: list[KnownFact] = []
    for vendor in vendors:
        same = [fact for fact in best[vendor] if fact.source.name == source]
        chosen.append((same or best[vendor])[0])
    chosen.sort(key=lambda fact: fact.value if asked is Metric.RANK else -fact.value)
    first, second = chosen[0], chosen[1]
    lines = [
        lead(
            "{first} is ahead of {second} {where} in {period}: {a} against {b}",
            first.source,
            first=facts.name(first.vendor),
            second=facts.name(second.vendor),
            where=where(region, facts),
            period=period,
            a=amount_of(first),
            b=amount_of(second),
        )
        if first.value != second.value
        else lead(
            "{first} and {second} are level {where} in {period}: {a} each",
            first.source,
            first=facts.name(first.vendor),
            second=facts.name(second.vendor),
            where=where(region, facts),
            period=period,
            a=amount_of(first),
        )
    ]
    lines += _gap(query, chosen, facts)
    if len({fact.source.name for fact in chosen}) > 1:
        lines.append(detail("The figures are from different sources, so small gaps mean little."))
    columns = tuple(metric for metric in metrics if any(fact.metric is metric for fact in said))
    rows = []
    for fact in chosen:
        own = {one.metric: one for one in said if one.vendor == fact.vendor and one.source.name == fact.source.name}
        cells = tuple(amount_of(own[m]) if m in own else None for m in columns)
        rows.append(Row(facts.name(fact.vendor), cells))
    heading = (several(vendors, facts, Joined.VERSUS), named(region, facts), period, asked)
    query = replace(query, regions=(region,), period=period, metric=asked)
    return Answer(query, True, heading, tuple(lines), Table(columns, tuple(rows)), tuple(chosen), sources_of(chosen))


def _gap(query: Query, chosen: list[KnownFact], facts: Facts) -> list[Line]:
    """How far apart two are, and what all of them come to where that is asked."""
    exact = all(fact.bound is Bound.EXACT for fact in chosen)
    lines: list[Line] = []
    if not exact or chosen[0].metric is Metric.RANK:
        return lines
    unit = "points" if chosen[0].metric is Metric.MARKET_SHARE else chosen[0].unit
    if Aspect.TOGETHER in query.aspects:
        together = Amount(round(sum(fact.value for fact in chosen), 2), chosen[0].unit)
        names = several((fact.vendor for fact in chosen), facts, Joined.AND)
        lines.append(detail("{vendors} together: {amount}", vendors=names, amount=together))
    if chosen[0].value != chosen[1].value:
        gap = Amount(round(abs(chosen[0].value - chosen[1].value), 2), unit)
        lines.append(detail("The gap is {amount}", amount=gap))
    return lines


def _common_period(query: Query, facts: Facts, vendors: tuple[str, ...], metric: Metric, region: str) -> Period | None:
    known = [set(facts.periods([vendor], [metric], region)) for vendor in vendors]
    common = [one for one in set.intersection(*known) if one.end < query.today] if known else []
    quarters = [one for one in common if one.kind in (Kind.QUARTER, Kind.YEAR)]
    return max(quarters or common, key=lambda one: (one.end, one.start), default=None)
