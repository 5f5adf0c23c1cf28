"""Who said so, where, when, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.answers import compare as comparison
from bot.answers import launch_date, launch_list, milestones, news, profile, ranking, value
from bot.answers.answer import Amount, Answer, Argument, Line, NoFacts, Style, lead, named, note, sources_of, words
from bot.answers.precedence import published_by
from bot.answers.statement import fact_line
from bot.understanding.query import Intent, Query
from store.facts import Facts, KnownSource
from store.words import WORLD, Metric

_NEAR = 0.02  # of the amount asked about: people round

_ANSWERS: dict[Intent, Callable[[Query, Facts], Answer]] = {
    Intent.VALUE: value.answer,
    Intent.TOTAL: value.answer,
    Intent.LEADER: ranking.answer,
    Intent.RANKING: ranking.answer,
    Intent.COMPARE: comparison.answer,
    Intent.LAUNCH_DATE: launch_date.answer,
    Intent.LAUNCH_LIST: launch_list.answer,
    Intent.UPCOMING: launch_list.answer,
    Intent.MILESTONES: milestones.answer,
    Intent.NEWS: news.answer,
    Intent.PROFILE: profile.answer,
}


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "who said so?" by answering the question it is about and then naming each source. Raises NoFacts."""
    stated = _stated(query, facts) if query.amount is not None and not query.follows else None
    if stated:
        return stated
    for about in _abouts(query):
        try:
            told = _ANSWERS[about](replace(query, intent=about), facts)
        except NoFacts:
            continue
        if told.sources:
            lines = [line for source in told.sources[:5] for line in _source_lines(source)]
            statement = [replace(line, style=Style.DETAIL) for line in told.lines[:2]]
            heading = (*told.heading, words("source"))
            query = replace(told.query, intent=Intent.SOURCE, about=about)
            return Answer(query, True, heading, (*lines, *statement), None, told.values, told.sources)
    line = lead("Tell me which fact you mean, and I will say who stated it and where.")
    raise NoFacts(
        line,
        query=query,
        suggestions=(
            words("Who said Xiaomi shipped 10 million phones?"),
            words("Who announced Xiaomi's launch in Spain?"),
        ),
    )


def _stated(query: Query, facts: Facts) -> Answer | None:
    """Who gave a vendor that number: "who said Xiaomi shipped 10 million phones?"."""
    region = query.regions[0] if query.regions else WORLD
    metric = Metric.MARKET_SHARE if query.metric is Metric.MARKET_SHARE else Metric.SHIPMENTS
    amount = query.amount or 0.0
    said = [
        fact
        for fact in published_by(facts.history(query.vendors, [metric], region), query.today)
        if abs(fact.value - amount) <= _NEAR * amount and (query.period is None or query.period.contains(fact.period))
    ]
    if not said:
        return None
    said.sort(key=lambda fact: (fact.value != amount, -fact.period.end.toordinal()))
    same = [fact for fact in said if fact.value == said[0].value][:3]
    sources = sources_of(same)
    lines = [line for source in sources for line in _source_lines(source)]
    lines += [fact_line(fact, facts) for fact in same]
    heading: tuple[Argument, ...] = (
        *map(facts.name, query.vendors),
        named(region, facts),
        Amount(amount, same[0].unit),
        words("source"),
    )
    query = replace(query, about=Intent.VALUE, regions=(region,), metric=metric)
    return Answer(query, True, heading, tuple(lines), None, tuple(same), sources)


def _abouts(query: Query) -> list[Intent]:
    if query.about in _ANSWERS and query.about is not None and (query.follows or query.about is not Intent.VALUE):
        return [query.about]
    found = []
    if query.amount is not None or query.stories:
        found.append(Intent.MILESTONES)
    if query.vendors and query.metric:
        found.append(Intent.VALUE)
    if query.vendors and (query.regions or query.product):
        found.append(Intent.LAUNCH_DATE)
    if query.vendors:
        found += [Intent.MILESTONES, Intent.PROFILE]
    return found


def _source_lines(source: KnownSource) -> list[Line]:
    lines = [lead("Source: {name}, published {date}", source, name=source.name, date=source.published)]
    if str(source.published.year) in source.name:
        lines = [lead("Source: {name}", source, name=source.name)]
    if source.announced_by:
        lines.insert(0, lead("Announced by {by}", source, by=source.announced_by))
    lines.append(note("{url}", source, url=source.url))
    return lines
