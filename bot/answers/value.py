"""How much did a vendor, or a whole market, ship in a region and period?"""

from __future__ import annotations

from dataclasses import replace

from bot.answers import suggest, trend
from bot.answers.answer import (
    Amount,
    Answer,
    Argument,
    Line,
    NoFacts,
    Several,
    Style,
    amount_of,
    detail,
    lead,
    named,
    sources_of,
    where,
    words,
)
from bot.answers.nothing import nothing
from bot.answers.period import latest_period
from bot.answers.precedence import by_precedence, published_by
from bot.answers.standing import standing
from bot.answers.statement import fact_line, milestone_line, news_line
from bot.answers.whole import summed
from bot.languages.marks import translatable
from bot.understanding.query import Aspect, Query
from store.facts import Facts, KnownFact
from store.period import Kind
from store.words import TOTAL, WORLD, Bound, Metric

_IN_SHORT = (Metric.SHIPMENTS, Metric.MARKET_SHARE)  # whose bare number says all


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "how many phones did VENDOR ship in REGION in PERIOD?", for each region named; no vendor is all of them.

    Where no period is named, the latest that ended; a yes or no where an amount is asked about. Raises NoFacts."""
    if query.period and query.period.kind is Kind.RANGE:
        return trend.answer(query, facts)
    if query.metric:
        return _value(query, facts, query.metric, was_named=True)
    try:
        return _value(query, facts, Metric.SHIPMENTS, was_named=False)
    except NoFacts as nowhere:
        try:
            return _value(query, facts, Metric.MARKET_SHARE, was_named=False)
        except NoFacts:
            raise nowhere from None


def _value(query: Query, facts: Facts, metric: Metric, was_named: bool) -> Answer:
    vendor = query.vendors[0] if query.vendors else TOTAL
    regions = query.regions or (WORLD,)
    wanted = query.period or latest_period(facts, [vendor], metric, regions[0], query.today)
    if wanted is None:
        raise nothing(query, facts, vendor, metric)
    query = replace(query, regions=regions, period=wanted, metric=metric)
    lines: list[Line] = []
    relied: list[KnownFact] = []
    beside: list[KnownFact] = []
    for region in regions:
        said = _said(query, facts, vendor, metric, region)
        if not said:
            continue
        others = _others(said)
        if query.amount is not None:
            lines.append(_yes_or_no(query, said[0], facts))
        lines.append(fact_line(said[0], facts, Style.DETAIL if query.amount is not None else Style.LEAD))
        lines += _told_beside(query, said[0], others, facts)
        relied += [said[0], *others]
    if not relied:
        raise nothing(query, facts, vendor, metric)
    if Aspect.AGREEMENT in query.aspects and metric is not Metric.RANK:
        lines = [_agreement(relied), *(replace(line, style=Style.DETAIL) for line in lines)]
    if metric is not Metric.RANK and query.amount is None:
        beside = _besides(query, facts, relied[0], was_named)
        lines += [fact_line(fact, facts, Style.NOTE) for fact in beside]
    milestones = facts.milestones([vendor], [regions[0]], wanted) if wanted.kind is Kind.MONTH else []
    milestones = published_by(milestones, query.today)
    lines += [milestone_line(one, facts, Style.NOTE) for one in milestones[:1]]
    if vendor == TOTAL:
        market = published_by(facts.news([TOTAL], regions, topics=["market"]), query.today)
        lines += [news_line(one, Style.NOTE) for one in market[:1]]
    heading: tuple[Argument, ...] = (
        named(vendor, facts),
        *(named(region, facts) for region in regions),
        wanted,
        metric,
    )
    return Answer(
        query,
        True,
        heading,
        tuple(lines),
        None,
        tuple(relied),
        sources_of(relied, beside, milestones[:1]),
        (suggest.ranking(facts, regions[0], wanted),),
    )


def _said(query: Query, facts: Facts, vendor: str, metric: Metric, region: str) -> list[KnownFact]:
    """All that is said of the number asked for, the one to lead with first; a year may be the sum of its quarters."""
    assert query.period is not None
    said = facts.values([vendor], [metric], region, [query.period])
    if metric is Metric.RANK:
        said += [fact for fact in standing(facts, region, query.period, query.today) if fact.vendor == vendor]
    if metric is Metric.SHIPMENTS and not any(fact.certainty.happened for fact in said):
        said += summed(facts, vendor, region, query.period, query.today)
    if query.period.start > query.today:
        said = published_by(said, query.today)  # what came out later cannot answer a question about the future
    if query.said_by:
        said = [fact for fact in said if fact.source.name == query.said_by]
    return by_precedence(said, query.today)


def _others(said: list[KnownFact]) -> list[KnownFact]:
    """One fact of each other source: analysts disagree, and the answer says so."""
    found: dict[str, KnownFact] = {}
    for fact in said[1:]:
        if fact.source.name != said[0].source.name:
            found.setdefault(fact.source.name, fact)
    return list(found.values())


def _told_beside(query: Query, first: KnownFact, others: list[KnownFact], facts: Facts) -> list[Line]:
    """What the other sources say: their numbers in one line where they are of the first one's kind and as sure."""
    alike = [one for one in others if one.metric in _IN_SHORT and one.certainty is first.certainty]
    if Aspect.AGREEMENT in query.aspects or not alike:
        return [fact_line(other, facts) for other in others]
    rest = [fact_line(other, facts) for other in others if other not in alike]
    if len(alike) == 1:
        return [detail("{source} says {amount}", source=alike[0].source.name, amount=amount_of(alike[0])), *rest]
    said = tuple(words("{amount} ({source})", amount=amount_of(one), source=one.source.name) for one in alike)
    return [detail("Other sources: {said}", said=Several(said)), *rest]


def _yes_or_no(query: Query, fact: KnownFact, facts: Facts) -> Line:
    """Whether the number is above (or below) the amount asked about, where what is known of it decides that."""
    assert query.amount is not None
    amount, less = query.amount, Aspect.LESS in query.aspects
    above = fact.value > amount or (fact.value == amount and fact.bound is Bound.MORE)
    open_question = (fact.bound is Bound.MORE and fact.value < amount) or (
        fact.bound is Bound.LESS and fact.value > amount
    )
    unit = "percent" if query.metric is Metric.MARKET_SHARE else "million"
    if open_question or not fact.certainty.happened:
        message = translatable("That cannot be told for sure from what I have")
    elif above is not less and (above or fact.value != amount):
        message = translatable("Yes, more than {amount} {where} in {period}")
        if less:
            message = translatable("Yes, less than {amount} {where} in {period}")
    elif fact.value == amount and fact.bound is Bound.EXACT:
        message = translatable("Exactly {amount} {where} in {period}")
    else:
        message = translatable("No, not {amount} {where} in {period}")
        if less:
            message = translatable("No, not less than {amount} {where} in {period}")
    return lead(message, fact.source, amount=Amount(amount, unit), where=where(fact.region, facts), period=fact.period)


def _agreement(said: list[KnownFact]) -> Line:
    """How far apart the sources are."""
    low, high = min(said, key=lambda fact: fact.value), max(said, key=lambda fact: fact.value)
    if len(said) == 1:
        return lead("Only one source in the store counts that: {source}", low.source, source=low.source.name)
    return lead(
        "{count} sources count it, from {a} ({low}) to {b} ({high})",
        None,
        count=len(said),
        a=amount_of(low),
        low=low.source.name,
        b=amount_of(high),
        high=high.source.name,
    )


def _besides(query: Query, facts: Facts, first: KnownFact, was_named: bool) -> list[KnownFact]:
    """The vendor's share beside its shipments, or the other way round; by whom it is there where neither was named."""
    other = Metric.MARKET_SHARE if first.metric is Metric.SHIPMENTS else Metric.SHIPMENTS
    said = by_precedence(facts.values([first.vendor], [other], first.region, [first.period]), query.today)
    same = [fact for fact in said if fact.source.name == first.source.name]
    return (same or ([] if was_named else said))[:1]
