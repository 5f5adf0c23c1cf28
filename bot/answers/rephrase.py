"""A query as the question that one would type for it, so that it can stand on a button and be asked again."""

from __future__ import annotations

from bot.answers.answer import Argument, Joined, Line, Several, named_in, place_of, words
from bot.answers.suggest import typed
from bot.languages.marks import translatable
from bot.understanding.query import Aspect, Intent, Query
from store.catalogue import Catalogue
from store.period import Kind
from store.words import TOTAL, Metric

_METRICS = (Metric.SHIPMENTS, Metric.MARKET_SHARE, Metric.RANK)
_LEADERS = {
    1: translatable("Who is number one{there}{then}?"),
    2: translatable("Who is second{there}{then}?"),
    3: translatable("Who is third{there}{then}?"),
}


def as_question(query: Query, catalogue: Catalogue) -> Line | None:
    """ "Xiaomi shipments in India in Q3 2017"; None where there is no short way to ask it."""
    message = _message(query)
    if message is None:
        return None
    vendors = _vendors(query)
    arguments: dict[str, Argument] = {
        "vendor": catalogue.name(vendors[0]) if vendors else "",
        "vendors": Several(tuple(map(catalogue.name, vendors)), Joined.AND),
        "first": catalogue.name(vendors[0]) if vendors else "",
        "second": catalogue.name(vendors[-1]) if vendors else "",
        "what": catalogue.name(query.product) if query.product else catalogue.name(vendors[0]) if vendors else "",
        "metric": query.metric if query.metric in _METRICS else Metric.SHIPMENTS,
        "there": _there(query, catalogue),
        "then": _then(query),
    }
    return words(message, **arguments)


def _message(query: Query) -> str | None:
    vendors = _vendors(query)
    match query.intent:
        case Intent.VALUE if vendors and query.amount is None:
            return translatable("{vendor} {metric}{there}{then}")
        case Intent.TOTAL:
            return translatable("Total shipments{there}{then}")
        case Intent.LEADER if not vendors:
            return _LEADERS.get(query.position or 1)
        case Intent.RANKING if not vendors:
            return translatable("Top five vendors{there}{then}")
        case Intent.COMPARE if len(vendors) > 1:
            return translatable("Compare {vendors}{there}{then}")
        case Intent.TREND if vendors and query.period is None:
            return translatable("{vendor} {metric} over time{there}")
        case Intent.GROWTH if vendors:
            return translatable("{vendor} growth{there}{then}")
        case Intent.RECORD if vendors and Aspect.WORST in query.aspects:
            return translatable("Worst quarter of {vendor}{there}{then}")
        case Intent.RECORD if vendors and not {Aspect.AVERAGE, Aspect.STREAK} & query.aspects:
            return translatable("Best quarter of {vendor}{there}{then}")
        case Intent.CROSSING if len(vendors) == 2 and query.amount is None:
            return translatable("When did {first} overtake {second}{there}?")
        case Intent.PROFILE if vendors:
            return translatable("Tell me about {vendor}")
        case _:
            return _message_of_events(query)


def _message_of_events(query: Query) -> str | None:
    """Launches, milestones and news."""
    vendors = _vendors(query)
    match query.intent:
        case Intent.LAUNCH_DATE if (vendors or query.product) and query.regions:
            return translatable("When does {what} launch{there}?")
        case Intent.LAUNCH_LIST if vendors:
            return translatable("{vendor} launches{there}{then}")
        case Intent.LAUNCH_LIST if query.regions:
            return translatable("Launches{there}{then}")
        case Intent.UPCOMING if vendors:
            return translatable("Upcoming {vendor} launches{there}{then}")
        case Intent.UPCOMING:
            return translatable("Upcoming launches{there}{then}")
        case Intent.MILESTONES if vendors:
            return translatable("{vendor} milestones{there}{then}")
        case Intent.MILESTONES if query.regions:
            return translatable("Milestones{there}{then}")
        case Intent.NEWS if vendors:
            return translatable("Latest news about {vendor}{there}{then}")
    return None


def _vendors(query: Query) -> list[str]:
    return [vendor for vendor in query.vendors if vendor != TOTAL]


def _there(query: Query, catalogue: Catalogue) -> Line:
    if not query.regions:
        return words("")
    if len(query.regions) == 1:
        return words(" {where}", where=place_of(query.regions[0], catalogue))
    regions = Several(tuple(named_in(region, catalogue) for region in query.regions), Joined.AND)
    return words(" in {regions}", regions=regions)


def _then(query: Query) -> Line:
    if query.period is None:
        return words("")
    if query.period.kind is Kind.RANGE:
        first, last = query.period.parts[0], query.period.parts[-1]
        return words(" from {first} to {last}", first=typed(first), last=typed(last))
    return words(" in {typed}", typed=typed(query.period))
