"""Who was first, who came third, and the whole table of a region and period."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import suggest
from bot.answers.answer import (
    Amount,
    Answer,
    Joined,
    Line,
    NoFacts,
    Row,
    Style,
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
from bot.answers.period import COUNTED, latest_ranking
from bot.answers.precedence import by_precedence, known_on, published_by
from bot.answers.standing import standing
from bot.answers.statement import fact_line, milestone_line
from bot.languages.marks import translatable
from bot.understanding.query import Aspect, Intent, Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import WORLD, Metric

_A_QUARTER = 100  # days: a place held longer ago says nothing of this one
_LOOK_BACK, _LEAST_PLACES = 8, 3
_FRESH = 400  # days: what was expected longer ago is not awaited any more


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "who leads REGION in PERIOD?" and "top five in REGION", by shipments of one source, else by its shares.

    Names the other analysts' first where they differ, and what is expected but not counted yet. Raises NoFacts."""
    region = query.regions[0] if query.regions else WORLD
    period = query.period or _latest(query, facts, region)
    expected = _expected(query, facts, region, period)
    if period and period.kind is Kind.RANGE:
        period = period.parts[-1]
    places = standing(facts, region, period, query.today, query.said_by) if period else []
    if not places and not expected:
        raise _nothing(query, facts, region, period)
    query = replace(query, regions=(region,), period=period)
    heading = (
        named(region, facts),
        *((period,) if period else ()),
        words("ranking") if query.intent is Intent.RANKING else words("leader"),
    )
    lines: list[Line] = []
    values: list[KnownFact] = []
    table = None
    if places and period:
        counted = [fact for fact in facts.ranking(region, period, COUNTED) if fact.source.name == places[0].source.name]
        above = _above(query, facts, places, counted)
        lines += above or _lead_lines(query, facts, places, counted)
        lines += _asked_vendors(query, facts, places)
        lines += _disagreement(facts, region, period, places, query)
        lines += _stated(query, facts, region, period)
        table = _table(facts, places, counted, query)
        values = [fact for fact in counted if any(place.vendor == fact.vendor for place in places)]
    elif period:
        lines.append(
            note(
                "Nobody's count {where} in {period} is in the store yet.",
                where=where(region, facts),
                period=period,
            )
        )
    lines += [fact_line(fact, facts, Style.DETAIL if places else Style.LEAD) for fact in expected]
    lines += _awaited(query, facts, region)
    suggestions = (suggest.ranking(facts, region, period.shift(-1)),) if period else ()
    return Answer(
        query,
        True,
        heading,
        tuple(lines),
        table,
        tuple(values) + tuple(expected),
        sources_of(places[:1], expected),
        suggestions,
    )


def _latest(query: Query, facts: Facts, region: str) -> Period | None:
    """The latest period with a table worth the name; where there is none, the latest with any count."""
    periods = [
        one for one in facts.periods((), COUNTED, region) if one.end < query.today and one.kind is not Kind.MONTH
    ]
    for period in periods[:_LOOK_BACK]:
        if len(standing(facts, region, period, query.today, query.said_by)) >= _LEAST_PLACES:
            return period
    return latest_ranking(facts, region, query.today)


_THAT_MANY = {
    (True, False): translatable(
        "{count} of the {all} that {source} counts were above {amount} {where} in {period}: {vendors}"
    ),
    (True, True): translatable(
        "{count} of the {all} that {source} counts were below {amount} {where} in {period}: {vendors}"
    ),
    (False, False): translatable("None of the {all} that {source} counts was above {amount} {where} in {period}"),
    (False, True): translatable("None of the {all} that {source} counts was below {amount} {where} in {period}"),
}


def _above(query: Query, facts: Facts, places: list[KnownFact], counted: list[KnownFact]) -> list[Line]:
    """Which vendors were above (or below) an amount of phones, or a share where shares are asked for."""
    if query.amount is None or query.intent is not Intent.RANKING:
        return []
    metric = Metric.MARKET_SHARE if query.metric is Metric.MARKET_SHARE else Metric.SHIPMENTS
    less = Aspect.LESS in query.aspects
    known = [fact for fact in counted if fact.metric is metric]
    found = [fact for fact in known if (fact.value < query.amount if less else fact.value > query.amount)]
    found.sort(key=lambda fact: -fact.value)
    line = lead(
        _THAT_MANY[bool(found), less],
        places[0].source,
        count=len(found),
        all=len(known),
        source=places[0].source.name,
        amount=Amount(query.amount, "percent" if metric is Metric.MARKET_SHARE else "million"),
        where=where(places[0].region, facts),
        period=places[0].period,
        vendors=several((fact.vendor for fact in found), facts),
    )
    return [line] if known else []


def _lead_lines(query: Query, facts: Facts, places: list[KnownFact], counted: list[KnownFact]) -> list[Line]:
    wanted = query.position if query.position and query.intent is Intent.LEADER and not query.vendors else 1
    holders = [place for place in places if place.value == wanted]
    if not holders:
        return [
            lead(
                "{source} names no {place} vendor {where} in {period}; it lists {count}.", places[0].source,
                source=places[0].source.name, place=Amount(wanted, "rank"), where=where(places[0].region, facts),
                period=places[0].period, count=len(places),
            )
        ]  # fmt: skip
    names = several((place.vendor for place in holders), facts, Joined.AND)
    message = translatable("{vendors} was {place} {where} in {period}, with {amount} ({certainty}, {source})")
    if len(holders) > 1:
        message = translatable(
            "{vendors} were {place} together {where} in {period}, with {amount} each ({certainty}, {source})"
        )
    said = sorted((fact for fact in counted if fact.vendor == holders[0].vendor), key=lambda fact: fact.metric)
    amounts = [amount_of(fact) for fact in said]
    first = amounts[-1]
    line = lead(
        message,
        holders[0].source,
        vendors=names,
        place=Amount(wanted, "rank"),
        where=where(holders[0].region, facts),
        period=holders[0].period,
        amount=first,
        certainty=holders[0].certainty,
        source=holders[0].source.name,
    )
    return [line]


def _asked_vendors(query: Query, facts: Facts, places: list[KnownFact]) -> list[Line]:
    """Where the vendor that was asked about came, if that was not first."""
    lines = []
    for vendor in query.vendors:
        own = next((place for place in places if place.vendor == vendor), None)
        if own is None:
            lines.append(
                detail(
                    "{vendor} is not among the {count} that {source} lists.",
                    vendor=facts.name(vendor),
                    count=len(places),
                    source=places[0].source.name,
                )
            )
        elif own.value > 1:
            lines.append(fact_line(own, facts))
    return lines


def _stated(query: Query, facts: Facts, region: str, period: Period) -> list[Line]:
    """Places that a source states without a number, of the vendor or the place asked about, of the last year."""
    if not query.vendors and not query.position:
        return []
    ranks = (
        facts.history(query.vendors, [Metric.RANK], region)
        if query.vendors
        else facts.ranking(region, period, [Metric.RANK])
    )
    near = [
        fact
        for fact in ranks
        if fact.certainty.happened
        and 0 <= (period.end - fact.period.end).days < _A_QUARTER
        and (query.vendors or fact.value == query.position)
    ]
    near.sort(key=lambda fact: fact.period.end)
    return [fact_line(fact, facts) for fact in near[-1:]]


def _disagreement(facts: Facts, region: str, period: Period, places: list[KnownFact], query: Query) -> list[Line]:
    """The other analysts who name somebody else first."""
    leaders = {place.vendor for place in places if place.value == 1}
    lines = []
    names = {fact.source.name for fact in facts.ranking(region, period, COUNTED)} - {places[0].source.name}
    for name in sorted(names):
        others = [place for place in standing(facts, region, period, query.today, name) if place.value == 1]
        ranked = standing(facts, region, period, query.today, name)
        if len(ranked) >= 3 and {place.vendor for place in others} != leaders:
            firsts = several((place.vendor for place in others), facts, Joined.AND)
            lines.append(detail("{source} has {vendors} first.", others[0].source, source=name, vendors=firsts))
    return lines


def _expected(query: Query, facts: Facts, region: str, period: Period | None) -> list[KnownFact]:
    """Places that are expected or rumoured, not counted, for this period or later; of one vendor where one is asked."""
    from_day = period.start if period else query.today
    periods = [one for one in facts.periods((), [Metric.RANK], region) if one.end >= from_day]
    if query.period:
        periods = [one for one in periods if query.period.contains(one) or one.contains(query.period)]
    said = [fact for one in periods for fact in facts.ranking(region, one, [Metric.RANK])]
    open_ones = [
        fact
        for fact in said
        if not fact.certainty.happened
        and (not query.vendors or fact.vendor in query.vendors)
        and abs((fact.source.published - query.today).days) < _FRESH
    ]
    return by_precedence(known_on(open_ones, query.today), query.today)[:3]


def _awaited(query: Query, facts: Facts, region: str) -> list[Line]:
    """What is said of the asked vendor's rise in that region that has not happened, or had not when it was said."""
    said = published_by(facts.milestones(query.vendors, [region]), query.today) if query.vendors else []
    fresh = [one for one in said if not one.certainty.happened and (query.today - one.source.published).days < _FRESH]
    return [milestone_line(one, facts) for one in fresh[:1]]


def _table(facts: Facts, places: list[KnownFact], counted: list[KnownFact], query: Query) -> Table | None:
    if query.intent is not Intent.RANKING and not query.position:
        return None
    of = {(fact.vendor, fact.metric): amount_of(fact) for fact in counted}
    columns = tuple(metric for metric in COUNTED if any(key[1] is metric for key in of))
    rows = tuple(
        Row(facts.name(place.vendor), tuple(of.get((place.vendor, metric)) for metric in columns), int(place.value))
        for place in places[:10]
    )
    return Table(columns, rows)


def _in_part(query: Query, facts: Facts, region: str, period: Period, counted: list[KnownFact]) -> NoFacts:
    """What to say where some vendors are counted, but nothing shows that the largest are among them."""
    line = lead(
        "I cannot rank the vendors {where} in {period}: no source in the store lists all the large ones.",
        where=where(region, facts),
        period=period,
    )
    each: dict[str, KnownFact] = {}
    for fact in counted:
        each.setdefault(fact.vendor, fact)
    shown = sorted(each.values(), key=lambda fact: -fact.value)[:5]
    suggestions = tuple(
        suggest.number(facts, facts.name(fact.vendor), fact.metric, region, period) for fact in shown[:2]
    )
    return NoFacts(line, *(fact_line(fact, facts) for fact in shown), query=query, suggestions=suggestions)


def _nothing(query: Query, facts: Facts, region: str, period: Period | None) -> NoFacts:
    known = facts.periods((), COUNTED, region)
    asked = query.period or period
    if known and asked:
        counted = by_precedence(facts.ranking(region, asked, COUNTED), query.today)
        if counted:
            return _in_part(query, facts, region, asked, counted)
        line = lead("I have no ranking {where} in {period}.", where=where(region, facts), period=asked)
        whole = [one for one in known[:_LOOK_BACK] if standing(facts, region, one, query.today)]
        held = detail("I have numbers from {first} to {last}.", first=known[-1], last=known[0])
        suggestions = tuple(suggest.ranking(facts, region, one) for one in whole[:1])
        return NoFacts(line, held, query=query, suggestions=suggestions)
    held_regions = facts.regions((), COUNTED)
    places = several(sorted(held_regions, key=lambda place: -held_regions[place])[:5], facts)
    line = lead("I have no ranking of vendors {where}.", where=where(region, facts))
    suggestions = tuple(
        suggest.ranking(facts, place) for place in sorted(held_regions, key=lambda place: -held_regions[place])[:3]
    )
    return NoFacts(
        line,
        *([note("I have rankings for {places}.", places=places)] if held_regions else []),
        query=query,
        suggestions=suggestions,
    )
