"""Query to Answer: the file of the intent answers, or an honest "I don't know that"."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import (
    compare,
    crossing,
    growth,
    launch_date,
    launch_list,
    milestones,
    news,
    profile,
    ranking,
    record,
    source,
    trend,
    value,
)
from bot.answers.answer import Answer, Argument, Line, NoFacts, detail, lead, named, note, words
from bot.answers.outlook import looks_ahead, outlook
from bot.understanding.query import Aspect, Intent, Query
from store.facts import Facts

_FAMILIES: dict[Intent, Callable[[Query, Facts], Answer]] = {
    Intent.VALUE: value.answer,
    Intent.TOTAL: value.answer,
    Intent.LEADER: ranking.answer,
    Intent.RANKING: ranking.answer,
    Intent.COMPARE: compare.answer,
    Intent.TREND: trend.answer,
    Intent.GROWTH: growth.answer,
    Intent.RECORD: record.answer,
    Intent.CROSSING: crossing.answer,
    Intent.LAUNCH_DATE: launch_date.answer,
    Intent.LAUNCH_LIST: launch_list.answer,
    Intent.UPCOMING: launch_list.answer,
    Intent.MILESTONES: milestones.answer,
    Intent.PROFILE: profile.answer,
    Intent.NEWS: news.answer,
    Intent.SOURCE: source.answer,
}
_NUMBERS = {Intent.VALUE, Intent.TOTAL, Intent.TREND, Intent.GROWTH, Intent.COMPARE, Intent.RANKING}
TRY = (
    words("How many phones did Xiaomi ship in Q2 2017?"),
    words("Who is number one in India?"),
    words("When does Xiaomi launch in Spain?"),
)
_TOPICS = {
    Intent.VALUE: words("value"),
    Intent.TOTAL: words("total"),
    Intent.LEADER: words("leader"),
    Intent.RANKING: words("ranking"),
    Intent.COMPARE: words("compare"),
    Intent.TREND: words("trend"),
    Intent.RECORD: words("record"),
    Intent.CROSSING: words("crossing"),
    Intent.LAUNCH_DATE: words("launch date"),
    Intent.LAUNCH_LIST: words("launch list"),
    Intent.UPCOMING: words("upcoming"),
    Intent.MILESTONES: words("milestones"),
    Intent.PROFILE: words("profile"),
    Intent.NEWS: words("news"),
    Intent.SOURCE: words("source"),
}


def respond(query: Query, facts: Facts) -> Answer:
    """Answer a query from the store; where facts are wanting, say what is missing and what to ask instead."""
    if query.unknown:
        return _unknown_name(query)
    if query.intent is Intent.HELP:
        return Answer(query, True, (), tuple(_help()), suggestions=TRY)
    if query.intent is Intent.GREETING and Aspect.THANKS in query.aspects:
        return Answer(query, True, (), (lead("You are welcome. Ask away."),), suggestions=TRY)
    if query.intent is Intent.GREETING:
        hello = lead("Hello! Ask me about phone vendors: shipments, market share, ranks, milestones and launches.")
        return Answer(query, True, (), (hello,), suggestions=TRY)
    family = _FAMILIES.get(query.intent) if query.intent else None
    if family is None or (query.intent is Intent.PROFILE and not query.vendors):
        return _not_ours(query)
    try:
        return family(query, facts)
    except NoFacts as nothing:
        if query.intent in _NUMBERS and looks_ahead(query):
            try:
                return outlook(nothing.query or query, facts, nothing)
            except NoFacts:
                pass
        return Answer(
            nothing.query or query, False, _heading(query, facts), nothing.lines, suggestions=nothing.suggestions[:3]
        )


def _heading(query: Query, facts: Facts) -> tuple[Argument, ...]:
    about = (*query.vendors, *([query.product] if query.product else []), *query.regions)
    topic: Argument | None = query.metric or (_TOPICS.get(query.intent, query.intent.value) if query.intent else None)
    return (*(named(one, facts) for one in about), *([topic] if topic else []))


def _unknown_name(query: Query) -> Answer:
    line = lead("I know no vendor, product or place called {name}.", name=" ".join(query.unknown))
    return Answer(query, False, (), (line, note("Is it spelled right? /help shows what I know.")), suggestions=TRY)


def _not_ours(query: Query) -> Answer:
    if not query.text.strip():
        line = lead("That message is empty. Ask me about a phone vendor.")
    else:
        line = lead("I don't know that. I answer questions about phone vendors, from sourced facts only.")
    return Answer(query, False, (), (line,), suggestions=TRY)


def _help() -> list[Line]:
    return [
        lead("I answer questions about phone vendors, from sourced facts only. Just ask, typing errors and all:"),
        detail("• shipments, market share and ranks: how many phones did Xiaomi ship last oct"),
        detail("• who leads: whos #1 in india, top 5 worldwide in Q3 2017"),
        detail("• comparisons: compare samsung vs apple 2017"),
        detail("• launches: when does it come to spain, upcoming launches"),
        detail("• milestones, profiles and news: xiaomi milestones, tell me about huawei"),
        detail("• sources: who said so"),
        detail("• alerts: tell me when Xiaomi launches in France, my subscriptions, unsubscribe from Xiaomi"),
        note(
            "Commands: /ask, /top, /launches, /vendor, /subscribe, /subscriptions, /settings, /language, /privacy,"
            " /help."
        ),
        note("In a group, mention me or reply to me."),
    ]
