"""Two or more vendors side by side."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Amount, Answer, NoFacts, Row, Table, Where, detail, lead, sources_of
from bot.answers.precedence import by_precedence, leading_source
from bot.understanding.query import Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import WORLD, Metric


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "VENDOR vs VENDOR in REGION in PERIOD": shipments and share by one source that counts them all.

    Where no period is named, the latest for which all of them were counted. Raises NoFacts."""
    region = query.regions[0] if query.regions else WORLD
    vendors = query.vendors[:6]
    asked = query.metric or Metric.SHIPMENTS
    metrics = tuple(dict.fromkeys((asked, Metric.SHIPMENTS, Metric.MARKET_SHARE)))
    period = query.period or _common_period(query, facts, vendors, asked, region)
    if period and period.kind is Kind.RANGE:
        period = period.parts[-1]
    said = facts.values(vendors, metrics, region, [period]) if period else []
    counted = [fact for fact in said if fact.metric is asked and fact.certainty.happened]
    best = {vendor: by_precedence((f for f in counted if f.vendor == vendor), query.today) for vendor in vendors}
    missing = [vendor for vendor in vendors if not best[vendor]]
    if missing or not period:
        names = ", ".join(facts.name(vendor) for vendor in missing or vendors)
        place: dict[str, Period] = {"period": period} if period else {}
        message = (
            "I have no {metric} for {vendors} {where} in {period}"
            if period
            else "I have no {metric} for {vendors} {where}"
        )
        line = lead(
            f"{message}, so I cannot compare.",
            metric=asked,
            vendors=names,
            where=Where(region, facts.name(region)),
            **place,
        )
        known = [f"{facts.name(vendor)} {asked.replace('_', ' ')}" for vendor in vendors if vendor not in missing]
        raise NoFacts(line, query=query, suggestions=tuple(known[:3]))
    source = leading_source(counted, query.today)
    chosen: list[KnownFact] = []
    for vendor in vendors:
        same = [fact for fact in best[vendor] if fact.source.name == source]
        chosen.append((same or best[vendor])[0])
    chosen.sort(key=lambda fact: fact.value if asked is Metric.RANK else -fact.value)
    first, second = chosen[0], chosen[1]
    lines = [
        lead(
            "{first} is ahead of {second} {where} in {period}: {a} against {b}", first.source,
            first=facts.name(first.vendor), second=facts.name(second.vendor), where=Where(region, facts.name(region)), period=period,
            a=Amount(first.value, first.unit, first.bound), b=Amount(second.value, second.unit, second.bound),
        )
        if first.value != second.value
        else lead(
            "{first} and {second} are level {where} in {period}: {a} each", first.source, first=facts.name(first.vendor),
            second=facts.name(second.vendor), where=Where(region, facts.name(region)), period=period, a=Amount(first.value, first.unit, first.bound),
        )
    ]  # fmt: skip
    if len({fact.source.name for fact in chosen}) > 1:
        lines.append(detail("The figures are from different sources, so small gaps mean little."))
    columns = tuple(metric for metric in metrics if any(fact.metric is metric for fact in said))
    rows = []
    for fact in chosen:
        own = {one.metric: one for one in said if one.vendor == fact.vendor and one.source.name == fact.source.name}
        cells = tuple(Amount(own[m].value, own[m].unit, own[m].bound) if m in own else None for m in columns)
        rows.append(Row(facts.name(fact.vendor), cells))
    heading = (" vs ".join(facts.name(vendor) for vendor in vendors), facts.name(region), period, asked)
    query = replace(query, regions=(region,), period=period, metric=asked)
    return Answer(query, True, heading, tuple(lines), Table(columns, tuple(rows)), tuple(chosen), sources_of(chosen))


def _common_period(query: Query, facts: Facts, vendors: tuple[str, ...], metric: Metric, region: str) -> Period | None:
    known = [set(facts.periods([vendor], [metric], region)) for vendor in vendors]
    common = [one for one in set.intersection(*known) if one.end < query.today] if known else []
    quarters = [one for one in common if one.kind in (Kind.QUARTER, Kind.YEAR)]
    return max(quarters or common, key=lambda one: (one.end, one.start), default=None)
