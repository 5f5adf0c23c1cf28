"""How much a vendor or a market grew, and who grew fastest."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import (
    Amount,
    Answer,
    Line,
    NoFacts,
    Row,
    Style,
    Table,
    detail,
    lead,
    named,
    note,
    sources_of,
    where,
    words,
)
from bot.answers.nothing import nothing
from bot.answers.period import latest_period, latest_ranking
from bot.answers.precedence import by_precedence, leading_source
from bot.answers.statement import fact_line
from bot.languages.marks import translatable
from bot.understanding.query import Aspect, Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import TOTAL, WORLD, Bound, Metric, Unit


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "how much did VENDOR grow in PERIOD?": as a source states it, else worked out from one source's numbers.

    On the year, or on the period before where that is asked ("quarter on quarter"). Raises NoFacts."""
    if query.aspects & {Aspect.FASTEST, Aspect.SLOWEST} and not query.vendors:
        return _fastest(query, facts)
    region = query.regions[0] if query.regions else WORLD
    vendor = query.vendors[0] if query.vendors else TOTAL
    counted = Metric.MARKET_SHARE if query.metric is Metric.MARKET_SHARE else Metric.SHIPMENTS
    period = query.period or _latest(query, facts, vendor, counted, region)
    if period is None:
        raise nothing(replace(query, regions=(region,)), facts, vendor, Metric.GROWTH)
    query = replace(query, regions=(region,), period=period, metric=query.metric or Metric.GROWTH)
    if period.kind is Kind.RANGE:
        return _over(query, facts, vendor, counted, region, period)
    before = period.shift(-1) if Aspect.SEQUENTIAL in query.aspects else period.year_before()
    stated = (
        []
        if Aspect.SEQUENTIAL in query.aspects or counted is Metric.MARKET_SHARE
        else _stated(query, facts, vendor, region)
    )
    steps = _steps(query, facts, vendor, counted, region, before, period)
    if not stated and not steps:
        raise nothing(query, facts, vendor, Metric.GROWTH)
    lines: list[Line] = [fact_line(fact, facts, Style.DETAIL if at else Style.LEAD) for at, fact in enumerate(stated)]
    told = {fact.source.name for fact in stated}
    lines += [
        _step_line(step, facts, Style.DETAIL if lines else Style.LEAD)
        for step in steps
        if step[1].source.name not in told
    ]
    lines += [_figures(step) for step in steps[:1] if step[1].source.name in told]
    grown = [_as_growth(step) for step in steps if step[1].source.name not in told and counted is Metric.SHIPMENTS]
    relied = [*stated, *grown, *(fact for step in steps for fact in step)]
    heading = (named(vendor, facts), named(region, facts), period, Metric.GROWTH)
    return Answer(query, True, heading, tuple(lines), None, tuple(relied), sources_of(relied))


def _latest(query: Query, facts: Facts, vendor: str, counted: Metric, region: str) -> Period | None:
    return latest_period(facts, [vendor], Metric.GROWTH, region, query.today) or latest_period(
        facts, [vendor], counted, region, query.today
    )


def _stated(query: Query, facts: Facts, vendor: str, region: str) -> list[KnownFact]:
    """The growth on the year as sources state it, one fact each."""
    said = facts.values([vendor], [Metric.GROWTH], region, [query.period] if query.period else [])
    each: dict[str, KnownFact] = {}
    for fact in by_precedence(said, query.today):
        if query.said_by in (None, fact.source.name):
            each.setdefault(fact.source.name, fact)
    return list(each.values())


def _steps(
    query: Query, facts: Facts, vendor: str, metric: Metric, region: str, before: Period, after: Period
) -> list[tuple[KnownFact, KnownFact]]:
    """For each source that counted both periods exactly, the two numbers."""
    said = by_precedence(facts.values([vendor], [metric], region, [before, after]), query.today)
    exact = [fact for fact in said if fact.certainty.happened and fact.bound is Bound.EXACT]
    pairs: list[tuple[KnownFact, KnownFact]] = []
    for fact in exact:
        if fact.period != after or query.said_by not in (None, fact.source.name):
            continue
        earlier = next((one for one in exact if one.period == before and one.source.name == fact.source.name), None)
        if earlier and earlier.value and all(pair[1].source.name != fact.source.name for pair in pairs):
            pairs.append((earlier, fact))
    return pairs


def _change(step: tuple[KnownFact, KnownFact]) -> float:
    """Percent for shipments, points for shares."""
    before, after = step
    if after.metric is Metric.MARKET_SHARE:
        return after.value - before.value
    return (after.value / before.value - 1) * 100


def _as_growth(step: tuple[KnownFact, KnownFact]) -> KnownFact:
    return replace(step[1], metric=Metric.GROWTH, value=round(_change(step), 1), unit=Unit.PERCENT)


_MOVED = {
    (True, 1): translatable(
        "{vendor}'s share {where} rose by {change}, {before} to {after}: {a} to {b} ({certainty}, {source})"
    ),
    (True, -1): translatable(
        "{vendor}'s share {where} fell by {change}, {before} to {after}: {a} to {b} ({certainty}, {source})"
    ),
    (True, 0): translatable(
        "{vendor}'s share {where} moved by {change}, {before} to {after}: {a} to {b} ({certainty}, {source})"
    ),
    (False, 1): translatable(
        "{vendor}'s shipments {where} rose by {change}, {before} to {after}: {a} to {b} ({certainty}, {source})"
    ),
    (False, -1): translatable(
        "{vendor}'s shipments {where} fell by {change}, {before} to {after}: {a} to {b} ({certainty}, {source})"
    ),
    (False, 0): translatable(
        "{vendor}'s shipments {where} moved by {change}, {before} to {after}: {a} to {b} ({certainty}, {source})"
    ),
}


def _step_line(step: tuple[KnownFact, KnownFact], facts: Facts, style: Style) -> Line:
    before, after = step
    change = _change(step)
    if after.metric is Metric.MARKET_SHARE:
        amount = Amount(abs(round(change, 2)), "points")
    else:
        amount = Amount(abs(round(change, 1)), "percent")
    return Line(
        _MOVED[after.metric is Metric.MARKET_SHARE, (change > 0) - (change < 0)],
        {
            "vendor": named(after.vendor, facts),
            "where": where(after.region, facts),
            "change": amount,
            "before": before.period,
            "after": after.period,
            "a": Amount(before.value, before.unit),
            "b": Amount(after.value, after.unit),
            "certainty": after.certainty,
        },
        style,
        after.source,
    )


def _figures(step: tuple[KnownFact, KnownFact]) -> Line:
    before, after = step
    return detail(
        "{source} counted {a} in {before} and {b} in {after}.",
        after.source,
        source=after.source.name,
        a=Amount(before.value, before.unit),
        before=before.period,
        b=Amount(after.value, after.unit),
        after=after.period,
    )


def _over(query: Query, facts: Facts, vendor: str, metric: Metric, region: str, period: Period) -> Answer:
    """From the first to the last part of a range."""
    steps = _steps(query, facts, vendor, metric, region, period.parts[0], period.parts[-1])
    if not steps:
        raise nothing(query, facts, vendor, metric)
    lines = [_step_line(step, facts, Style.DETAIL if at else Style.LEAD) for at, step in enumerate(steps)]
    relied = [fact for step in steps for fact in step]
    heading = (named(vendor, facts), named(region, facts), period, Metric.GROWTH)
    return Answer(query, True, heading, tuple(lines), None, tuple(relied), sources_of(relied))


def _fastest(query: Query, facts: Facts) -> Answer:
    """Who grew most (or least) in a region and period, among those that one source counts."""
    region = query.regions[0] if query.regions else WORLD
    period = query.period or latest_ranking(facts, region, query.today)
    if period and period.kind is Kind.RANGE:
        period = period.parts[-1]
    said = (
        [fact for fact in facts.ranking(region, period, [Metric.GROWTH]) if fact.certainty.happened] if period else []
    )
    if query.said_by:
        said = [fact for fact in said if fact.source.name == query.said_by]
    source = leading_source(said, query.today)
    each = {fact.vendor: fact for fact in by_precedence(said, query.today)[::-1] if fact.source.name == source}
    place = where(region, facts)
    if len(each) < 2 or period is None:
        line = lead("I have no growth of several vendors {where} for that time.", where=place)
        raise NoFacts(line, query=query, suggestions=(words("Fastest growing vendor worldwide in Q4 2017"),))
    slowest = Aspect.SLOWEST in query.aspects
    ordered = sorted(each.values(), key=lambda fact: fact.value if slowest else -fact.value)
    first = ordered[0]
    message = translatable(
        "{vendor} grew fastest of the {count} that {source} lists {where} in {period}: {change} on the year"
    )
    if slowest:
        message = translatable(
            "{vendor} grew least of the {count} that {source} lists {where} in {period}: {change} on the year"
        )
    lines = [
        lead(
            message, first.source, vendor=facts.name(first.vendor), count=len(ordered), source=first.source.name,
            where=place, period=period, change=Amount(first.value, "change"),
        ),
        note("Smaller vendors that nobody lists may have grown more."),
    ]  # fmt: skip
    rows = tuple(
        Row(facts.name(fact.vendor), (Amount(fact.value, "change"),), at) for at, fact in enumerate(ordered, 1)
    )
    query = replace(query, regions=(region,), period=period, metric=Metric.GROWTH)
    heading = (named(region, facts), period, Metric.GROWTH)
    return Answer(
        query, True, heading, tuple(lines), Table((Metric.GROWTH,), rows), tuple(ordered), sources_of(ordered)
    )
