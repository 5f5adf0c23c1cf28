"""What an intent implies of the other slots, and which intent fits where the names contradict the one found."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.lexicon import Lexicon
from bot.understanding.query import Aspect, Intent, Query
from store.period import Kind as Length
from store.words import Metric

_FIRST_UNIT = re.compile(r"\bfirst (?:quarter|month|half|year)\b", re.IGNORECASE)  # of all, not of a year
_YEAR = re.compile(r"\d{4}")
_ABOUT_FACTS = {
    Intent.VALUE, Intent.LEADER, Intent.RANKING, Intent.COMPARE, Intent.TOTAL, Intent.TREND, Intent.GROWTH,
    Intent.RECORD, Intent.CROSSING,
}  # fmt: skip
_OF_AMOUNTS = {Intent.RANKING, Intent.CROSSING, Intent.TOTAL, Intent.VALUE}  # "over 5 million" is of phones shipped
_NOT_ABOUT_GROWTH = {
    Intent.TREND,
    Intent.RECORD,
    Intent.VALUE,
    Intent.TOTAL,
    Intent.RANKING,
    Intent.LEADER,
    Intent.CROSSING,
}


def _of_one_house(query: Query, lexicon: Lexicon) -> bool:
    """True where one of the vendors named is a brand of another."""
    return any(lexicon.catalogue.vendors[vendor].parent in query.vendors for vendor in query.vendors)


def settled(query: Query, features: frozenset[str], lexicon: Lexicon) -> Query:
    """Fill in what an intent implies, and turn an intent that the names contradict into the one they fit."""
    intent, metric = query.intent, query.metric
    if intent in (Intent.VALUE, Intent.PROFILE) and len(query.vendors) > 1 and "own" not in features:
        intent = Intent.PROFILE if intent is Intent.PROFILE and _of_one_house(query, lexicon) else Intent.COMPARE
    if intent is Intent.COMPARE and _of_one_house(query, lexicon) and features & {"own", "vendor"}:
        intent = Intent.PROFILE
    if intent is Intent.COMPARE and len(query.vendors) == 1:
        intent = Intent.VALUE
    if (
        intent is Intent.LAUNCH_LIST
        and ("upcoming" in features or Aspect.FUTURE in query.aspects)
        and "first" not in features
    ):
        intent = Intent.UPCOMING
    if intent is Intent.VALUE and not query.vendors:
        intent = Intent.TOTAL
    ahead = bool({Aspect.FUTURE, Aspect.FORECAST} & query.aspects)
    if intent is Intent.CROSSING and ahead and len(query.vendors) <= 2:
        intent = Intent.LEADER
    if intent is Intent.LEADER and "when" in features and query.vendors and Aspect.PAST in query.aspects and not ahead:
        intent = Intent.CROSSING
    lasting = Aspect.PAST in query.aspects or "since" in query.text.casefold() or "first" in features
    if (
        intent is Intent.CROSSING
        and len(query.vendors) == 1
        and query.amount is None
        and not lasting
        and "when" in features
    ):
        intent = Intent.LEADER
    if intent is Intent.CROSSING and _FIRST_UNIT.search(query.text) and not _YEAR.search(query.text):
        query = replace(query, period=None, days=None)
    if Aspect.AVERAGE in query.aspects and intent in (Intent.VALUE, Intent.TOTAL, Intent.TREND):
        intent = Intent.RECORD
    if intent in (Intent.VALUE, Intent.TOTAL) and query.period and query.period.kind is Length.RANGE:
        intent = Intent.TREND if len(query.period.parts) > 1 else intent
    if intent is Intent.VALUE and (query.position or "list" in features) and metric is None:
        metric = Metric.RANK
    if intent is Intent.LAUNCH_DATE and "phone" in features and features & {"which", "what"} and not query.product:
        query = replace(query, aspects=query.aspects | {Aspect.PHONE})
    if intent is Intent.SOURCE:
        about = Intent.LAUNCH_DATE if "launch" in features or query.product else None
        query = replace(query, about=about or (Intent.VALUE if features & {"ship", "share", "rank"} else None))
    if intent in (Intent.SUBSCRIBE, Intent.UNSUBSCRIBE):
        comes = "launch" in features or ("come" in features and query.regions)
        about = Intent.LAUNCH_DATE if comes else None
        query = replace(query, about=Intent.MILESTONES if "milestone" in features else about)
    if intent in (Intent.RANKING, Intent.LEADER) and metric is Metric.RANK:
        metric = Metric.SHIPMENTS if "ship" in features else None
    if intent is Intent.RECORD and Aspect.STREAK in query.aspects and "grow" in features:
        metric = Metric.GROWTH
    if intent is Intent.RECORD and metric is Metric.GROWTH and Aspect.STREAK in query.aspects:
        return replace(query, intent=intent, metric=metric)
    if intent is Intent.TOTAL and metric is Metric.MARKET_SHARE:
        metric = None
    if intent is Intent.GROWTH and metric is Metric.SHIPMENTS:
        metric = Metric.GROWTH
    if intent in _NOT_ABOUT_GROWTH and metric is Metric.GROWTH:
        placed = intent is Intent.VALUE and (query.position or "list" in features)
        metric = Metric.MARKET_SHARE if "share" in features else Metric.RANK if placed else None
    if metric is None and query.amount is not None and intent in _OF_AMOUNTS and "share" not in features:
        metric = Metric.SHIPMENTS
    if intent is Intent.MILESTONES and metric is Metric.GROWTH:
        metric = None
    if intent is Intent.VALUE and "upcoming" in features:
        query = replace(query, aspects=query.aspects | {Aspect.FUTURE})  # "what's expected from Xiaomi for Christmas?"
    if intent is Intent.PROFILE and features - {"{vendor}", "{region}"}:
        query = replace(query, regions=())  # "is it a French or a Chinese brand?", not "xiaomi spain"
    if intent is Intent.HELP:
        query = replace(query, vendors=(), regions=(), period=None, days=None)
    if intent not in (*_ABOUT_FACTS, Intent.SOURCE, Intent.MILESTONES):
        metric = None
    return replace(query, intent=intent, metric=metric)
