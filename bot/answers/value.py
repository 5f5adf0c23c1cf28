"""How much did a vendor, or a whole market, ship in a region and period?"""

from __future__ import annotations

from dataclasses import replace

from bot.answers import suggest
from bot.answers.answer import Amount, Answer, Line, NoFacts, Row, Style, Table, Where, detail, lead, note, sources_of
from bot.answers.period import latest_period
from bot.answers.precedence import by_precedence
from bot.answers.standing import standing
from bot.answers.statement import fact_line, milestone_line
from bot.understanding.query import Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import TOTAL, WORLD, Metric

_INSTEAD = (Metric.SHIPMENTS, Metric.MARKET_SHARE, Metric.RANK, Metric.GROWTH)


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "how many phones did VENDOR ship in REGION in PERIOD?", for each region named; no vendor is the whole market.

    Where no period is named, the latest that ended. Raises NoFacts."""
    vendor = query.vendors[0] if query.vendors else TOTAL
    metric = query.metric or Metric.SHIPMENTS
    regions = query.regions or (WORLD,)
    wanted = query.period or latest_period(facts, [vendor], metric, regions[0], query.today)
    if wanted is None:
        raise _nothing(query, facts, vendor, metric)
    query = replace(query, regions=regions, period=wanted, metric=metric)
    if wanted.kind is Kind.RANGE:
        return _series(query, facts, vendor, metric)
    lines: list[Line] = []
    relied: list[KnownFact] = []
    for region in regions:
        said = by_precedence(facts.values([vendor], [metric], region, [wanted]), query.today)
        if metric is Metric.RANK:
            counted = standing(facts, region, wanted, query.today)
            said = by_precedence([*said, *(fact for fact in counted if fact.vendor == vendor)], query.today)
        if not said:
            continue
        lines.append(fact_line(said[0], facts, Style.LEAD))
        lines += [fact_line(other, facts) for other in _others(said)]
        relied += said[:1] + _others(said)
    if not relied:
        raise _nothing(query, facts, vendor, metric)
    if metric is not Metric.RANK:
        lines += _besides(query, facts, vendor, metric, relied[0])
    milestones = facts.milestones([vendor], [regions[0]], wanted) if wanted.kind is Kind.MONTH else []
    lines += [milestone_line(one, facts, Style.NOTE) for one in milestones[:1]]
    heading = (facts.name(vendor), *(facts.name(region) for region in regions), wanted, metric)
    return Answer(
        query, True, heading, tuple(lines), None, tuple(relied), sources_of(relied, milestones[:1]),
        (suggest.ranking(facts, regions[0], wanted),),
    )  # fmt: skip


def _others(said: list[KnownFact]) -> list[KnownFact]:
    """One fact of each other source: analysts disagree, and the answer says so."""
    found: dict[str, KnownFact] = {}
    for fact in said[1:]:
        if fact.source.name != said[0].source.name:
            found.setdefault(fact.source.name, fact)
    return list(found.values())


def _besides(query: Query, facts: Facts, vendor: str, metric: Metric, first: KnownFact) -> list[Line]:
    """The vendor's share beside its shipments, or the other way round, by the same source."""
    other = Metric.MARKET_SHARE if metric is Metric.SHIPMENTS else Metric.SHIPMENTS
    said = facts.values([vendor], [other], first.region, [first.period])
    same = [fact for fact in said if fact.source.name == first.source.name]
    return [fact_line(same[0], facts, Style.NOTE)] if same else []


def _series(query: Query, facts: Facts, vendor: str, metric: Metric) -> Answer:
    """The value in each part of a range of periods, gaps shown as gaps."""
    assert query.period
    region, parts = query.regions[0], query.period.parts
    if query.period.unit is Kind.YEAR:
        parts = (*parts, *query.period.split(Kind.QUARTER))
    said = by_precedence(facts.values([vendor], [metric], region, parts), query.today)
    best: dict[Period, KnownFact] = {}
    for fact in said:
        best.setdefault(fact.period, fact)
    shown = [period for period in query.period.parts if period in best]
    if not shown:
        shown = [period for period in parts if period in best]
        if not shown:
            raise _nothing(query, facts, vendor, metric)
    whole = query.period.split(shown[0].kind)
    rows = tuple(
        Row(period, (Amount(best[period].value, best[period].unit, best[period].bound) if period in best else None,))
        for period in whole
        if period.start <= query.today
    )
    relied = tuple(best[period] for period in whole if period in best)
    message = lead(
        "{vendor} {where}, {period}:",
        vendor=facts.name(vendor),
        where=Where(region, facts.name(region)),
        period=query.period,
    )
    heading = (facts.name(vendor), facts.name(region), query.period, metric)
    return Answer(query, True, heading, (message,), Table((metric,), rows), relied, sources_of(relied))


def _nothing(query: Query, facts: Facts, vendor: str, metric: Metric) -> NoFacts:
    """What to say where the number asked for is not there: what is there instead, never in its place."""
    region, name = (query.regions or (WORLD,))[0], facts.name(vendor)
    message = "I have no figure for {metric} of {vendor} {where}"
    if query.period:
        message += " in {period}"
    period: dict[str, Period] = {"period": query.period} if query.period else {}
    lines = [lead(f"{message}.", metric=metric, vendor=name, where=Where(region, facts.name(region)), **period)]
    if query.period:
        others = by_precedence(facts.values([vendor], _INSTEAD, region, [query.period]), query.today)
        lines += [fact_line(fact, facts) for fact in others[:2]]
    known = facts.periods([vendor], [metric], region)
    suggestions = []
    if known:
        lines.append(
            detail(
                "I have it {where} from {first} to {last}.",
                where=Where(region, facts.name(region)),
                first=known[-1],
                last=known[0],
            )
        )
        nearest = min(known, key=lambda one: abs((one.start - (query.period or one).start).days))
        suggestions.append(f"{name} {metric.replace('_', ' ')} in {facts.name(region)} in {suggest.typed(nearest)}")
    else:
        held = facts.regions([vendor], [metric])
        if held:
            places = ", ".join(facts.name(place) for place in sorted(held, key=lambda place: -held[place])[:5])
            lines.append(note("I have such figures for {places}.", places=places))
            suggestions += [
                f"{name} {metric.replace('_', ' ')} in {facts.name(max(held, key=lambda place: held[place]))}"
            ]
        known_vendor = facts.catalogue.vendors.get(vendor)
        if known_vendor and known_vendor.parent:
            parent = facts.name(known_vendor.parent)
            lines.append(
                note("{vendor} is a brand of {parent}; its figures are counted there.", vendor=name, parent=parent)
            )
            suggestions.append(f"{parent} shipments")
    if vendor != TOTAL:
        suggestions += [f"{name} launches", f"Tell me about {name}"]
    return NoFacts(*lines, query=query, suggestions=tuple(suggestions[:3]))
