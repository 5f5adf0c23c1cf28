"""What is expected of a time that is not over: never a forecast of our own."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Line, NoFacts, Style, named, note, sources_of, words
from bot.answers.precedence import published_by
from bot.answers.statement import fact_line, milestone_line, news_line
from bot.understanding.query import Aspect, Query
from store.facts import Facts
from store.words import TOTAL, Metric

_METRICS = (Metric.SHIPMENTS, Metric.MARKET_SHARE, Metric.RANK, Metric.GROWTH)
_FRESH = 400  # days: what was expected longer ago says nothing of what is to come


def looks_ahead(query: Query) -> bool:
    """True for a question about a time that is not over yet."""
    if query.period:
        return query.period.end >= query.today
    return bool({Aspect.FUTURE, Aspect.FORECAST} & query.aspects)


def outlook(query: Query, facts: Facts, nothing: NoFacts) -> Answer:
    """What sources expect of the vendor (or the market) in that time. Raises `nothing` where none expects anything."""
    vendors = query.vendors or (TOTAL,)
    open_facts = [
        fact
        for region in query.regions or ("world",)
        for fact in facts.history(vendors, _METRICS, region)
        if not fact.certainty.happened and _meant(query, fact.period.end >= query.today, fact.period)
    ]
    ids = [story.row_id for story in query.stories if story.kind == "news"]
    told = facts.news(vendors, ids=ids) if ids else facts.news(vendors, topics=["outlook"])
    milestones = [one for one in facts.milestones(vendors, (), query.period) if one.period.end >= query.today]
    lines: list[Line] = [fact_line(one, facts) for one in published_by(open_facts, query.today)[:2]]
    lines += [
        news_line(one) for one in published_by(told, query.today) if not one.certainty.happened and _fresh(query, one)
    ][:2]
    lines += [
        milestone_line(one, facts)
        for one in published_by(milestones, query.today)
        if not one.certainty.happened and _fresh(query, one)
    ][:1]
    if not lines:
        raise nothing
    lines = [replace(lines[0], style=Style.LEAD), *lines[1:], note("That time is not over yet, and I do not forecast.")]
    heading = (
        *(named(one, facts) for one in (*query.vendors, *query.regions)),
        *((query.period,) if query.period else ()),
    )
    return Answer(
        query,
        True,
        (*heading, words("outlook")),
        tuple(lines),
        None,
        tuple(open_facts[:2]),
        sources_of([x.source for x in lines]),
    )


def _meant(query: Query, ahead: bool, period: object) -> bool:
    return str(query.period) == str(period) if query.period else ahead


def _fresh(query: Query, one: object) -> bool:
    published = one.source.published  # type: ignore[attr-defined]
    return bool(abs((published - query.today).days) < _FRESH)
