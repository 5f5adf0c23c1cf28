"""What one would ask next after an answer: the same a period earlier or later, in another region, or as a chart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.answers.answer import Answer
from bot.answers.period import COUNTED
from bot.answers.standing import standing
from bot.understanding.query import Aspect, Intent, Query
from store.facts import Facts
from store.period import Kind, Period, PeriodError
from store.words import TOTAL, WORLD, Metric

_OF_PERIOD = {Intent.VALUE, Intent.TOTAL, Intent.COMPARE, Intent.RANKING, Intent.LEADER, Intent.GROWTH, Intent.TREND}
_RANKED = {Intent.RANKING, Intent.LEADER}
_NEAR = 370  # days: what is further off is not what one means by the next period
_TRIED = 4  # neighbouring periods that are looked at before it is said that there is none


@dataclass(frozen=True)
class FollowUps:
    """The queries that follow; None where the store holds no answer. `chart` is the one whose answer is a picture;
    `elsewhere` says that the same can be asked of other regions, which `other_regions` looks up."""

    earlier: Query | None = None
    later: Query | None = None
    chart: Query | None = None
    elsewhere: bool = False


def follow_ups(answer: Answer, facts: Facts) -> FollowUps:
    """Look up what can be asked next, so that no button leads nowhere."""
    query = answer.query
    if not answer.answered or query.intent not in _OF_PERIOD:
        return FollowUps()
    plain = replace(query, amount=None, said_by=None, stories=(), follows=False)
    return FollowUps(
        _neighbour(plain, facts, -1),
        _neighbour(plain, facts, 1),
        _chart(plain, answer),
        len(query.regions) < 2,
    )


def other_regions(query: Query, facts: Facts) -> tuple[str, ...]:
    """The regions for which the same question has an answer, the world first, then those with most facts."""
    if query.intent not in _OF_PERIOD:
        return ()
    ranked = query.intent in _RANKED or (query.intent is Intent.GROWTH and _of_all(query))
    vendors = () if ranked else query.vendors or (TOTAL,)
    period = query.period if query.period and query.period.kind is not Kind.RANGE else None
    metrics = _metrics(query)
    held = facts.regions_in(vendors, metrics, period) if period else facts.regions(vendors, metrics)
    least = 3 if ranked else len(vendors)
    wanted = [region for region, count in held.items() if count >= least and region not in query.regions]
    return tuple(sorted(wanted, key=lambda region: (region != WORLD, -held[region], region)))


def _chart(query: Query, answer: Answer) -> Query | None:
    """The query itself where it has several numbers; one number is drawn as the course that led to it."""
    if query.intent is Intent.GROWTH and not _of_all(query):
        return replace(query, intent=Intent.TREND, metric=Metric.SHIPMENTS)
    if query.intent in (Intent.VALUE, Intent.TOTAL) and len(query.regions) < 2:
        return replace(query, intent=Intent.TREND)
    return query if len(answer.values) > 1 else None


def _of_all(query: Query) -> bool:
    """True for "who grew fastest"."""
    return bool({Aspect.FASTEST, Aspect.SLOWEST} & query.aspects) or not query.vendors


def _neighbour(query: Query, facts: Facts, step: int) -> Query | None:
    """The same question about the nearest period before or after for which it can be answered."""
    period = query.period
    if period is None:
        return None
    if period.kind is Kind.RANGE:
        return _neighbouring_range(query, facts, period, step)
    near = max(_NEAR, 2 * (period.end - period.start).days)
    known = [one for one in _periods(query, facts) if one.kind is period.kind and one.end < query.today]
    there = [one for one in known if 0 < (one.start - period.start).days * step <= near]
    for one in sorted(there, reverse=step < 0)[:_TRIED]:
        if query.intent not in _RANKED or standing(facts, (query.regions or (WORLD,))[0], one, query.today):
            return replace(query, period=one)
    return None


def _neighbouring_range(query: Query, facts: Facts, period: Period, step: int) -> Query | None:
    try:
        beside = period.shift(step)
    except PeriodError:
        return None
    held = [one for one in _periods(query, facts) if one.end < query.today and beside.contains(one)]
    return replace(query, period=beside) if len(held) > 1 else None


def _periods(query: Query, facts: Facts) -> Collection[Period]:
    """The periods for which all the vendors of a question, or any vendor of a ranking, were counted."""
    region = (query.regions or (WORLD,))[0]
    if query.intent in _RANKED or (query.intent is Intent.GROWTH and _of_all(query)):
        return facts.periods((), _metrics(query), region)
    vendors = query.vendors or (TOTAL,)
    known = [set(facts.periods([vendor], _metrics(query), region)) for vendor in vendors]
    return set.intersection(*known)


def _metrics(query: Query) -> tuple[Metric, ...]:
    if query.intent in _RANKED:
        return COUNTED
    return (query.metric or Metric.SHIPMENTS,)
