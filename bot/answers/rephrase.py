"""A query as the question that one would type for it, so that it can stand on a button and be asked again."""

from __future__ import annotations

from bot.answers.suggest import typed
from bot.understanding.query import Aspect, Intent, Query
from store.catalogue import Catalogue
from store.period import Kind
from store.words import TOTAL, WORLD, Metric

_METRIC = {Metric.SHIPMENTS: "shipments", Metric.MARKET_SHARE: "market share", Metric.RANK: "rank"}
_PLACES = {1: "number one", 2: "second", 3: "third"}


def as_question(query: Query, catalogue: Catalogue) -> str | None:
    """ "Xiaomi shipments in India in Q3 2017"; None where there is no short way to ask it."""
    vendors = [catalogue.name(vendor) for vendor in query.vendors if vendor != TOTAL]
    where, when = _where(query, catalogue), _when(query)
    who = vendors[0] if vendors else ""
    metric = _METRIC.get(query.metric or Metric.SHIPMENTS, "shipments")
    what = catalogue.name(query.product) if query.product else who
    match query.intent:
        case Intent.VALUE if who and query.amount is None:
            return f"{who} {metric}{where}{when}"
        case Intent.TOTAL:
            return f"Total shipments{where}{when}"
        case Intent.LEADER if not vendors and (query.position or 1) in _PLACES:
            return f"Who is {_PLACES[query.position or 1]}{where}{when}?"
        case Intent.RANKING if not vendors:
            return f"Top five vendors{where}{when}"
        case Intent.COMPARE if len(vendors) > 1:
            return f"Compare {' and '.join(vendors)}{where}{when}"
        case Intent.TREND if who and query.period is None:
            return f"{who} {metric} over time{where}"
        case Intent.GROWTH if who:
            return f"{who} growth{where}{when}"
        case Intent.RECORD if who and Aspect.WORST in query.aspects:
            return f"Worst quarter of {who}{where}{when}"
        case Intent.RECORD if who and Aspect.AVERAGE not in query.aspects and Aspect.STREAK not in query.aspects:
            return f"Best quarter of {who}{where}{when}"
        case Intent.CROSSING if len(vendors) == 2 and query.amount is None:
            return f"When did {vendors[0]} overtake {vendors[1]}{where}?"
        case Intent.LAUNCH_DATE if what and query.regions:
            return f"When does {what} launch{where}?"
        case Intent.LAUNCH_LIST if who or query.regions:
            return f"{who} launches{where}{when}" if who else f"Launches{where}{when}"
        case Intent.UPCOMING:
            return f"Upcoming {f'{who} ' if who else ''}launches{where}{when}"
        case Intent.MILESTONES if who or query.regions:
            return f"{who} milestones{where}{when}" if who else f"Milestones{where}{when}"
        case Intent.PROFILE if who:
            return f"Tell me about {who}"
        case Intent.NEWS if who:
            return f"Latest news about {who}{where}{when}"
    return None


def _where(query: Query, catalogue: Catalogue) -> str:
    if not query.regions:
        return ""
    if query.regions[0] == WORLD:
        return " worldwide"
    return f" in {' and '.join(catalogue.name(region) for region in query.regions)}"


def _when(query: Query) -> str:
    if query.period is None:
        return ""
    if query.period.kind is Kind.RANGE:
        first, last = query.period.parts[0], query.period.parts[-1]
        return f" from {typed(first)} to {typed(last)}"
    return f" in {typed(query.period)}"
