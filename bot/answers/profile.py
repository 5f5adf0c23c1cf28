"""Who a vendor is and how it is doing, in the world or in one region."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import (
    Answer,
    Line,
    NoFacts,
    Style,
    detail,
    lead,
    named,
    note,
    several,
    sources_of,
    where,
    words,
)
from bot.answers.news import told_by
from bot.answers.period import latest_period
from bot.answers.precedence import by_precedence, published_by
from bot.answers.standing import standing
from bot.answers.statement import fact_line, launch_line, milestone_line, news_line
from bot.understanding.query import Query
from store.facts import Facts, KnownFact
from store.words import WORLD, Metric

_TOPICS = ("profile", "exit", "strategy", "retail")


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "who is VENDOR?" and "how is VENDOR doing in REGION?". Raises NoFacts where nothing is sourced."""
    vendor = query.vendors[0]
    known = facts.catalogue.vendors[vendor]
    region = query.regions[0] if query.regions else WORLD
    lines: list[Line] = list(told_by(query, facts, only=vendor)) if query.stories else []
    said: list[Line] = [replace(line, style=Style.LEAD if not at else Style.DETAIL) for at, line in enumerate(lines)]
    if not query.regions:
        about = _about(vendor, facts)
        said += about if said else [replace(line, style=Style.LEAD) for line in about[:1]] + about[1:]
    values = _latest(query, facts, vendor, region)
    said += [fact_line(fact, facts) for fact in values]
    titles = {line.arguments.get("title") for line in said}
    regions = facts.catalogue.within(region)
    news = published_by(facts.news([vendor], topics=_TOPICS), query.today)
    near = [
        one
        for one in news
        if one.title not in titles and (region == WORLD or one.region in regions or one.region == WORLD)
    ]
    said += [news_line(one) for one in near[:2] if not query.regions or region in (one.region,) or not lines]
    if not query.regions:
        milestones = [one for one in facts.milestones([vendor]) if one.period.start <= query.today]
        said += [milestone_line(one, facts) for one in published_by(milestones, query.today)[:1]]
    launches = published_by(facts.launches([vendor], regions if query.regions else ()), query.today)
    ahead = [one for one in launches if one.days and one.days[1] >= query.today]
    said += [launch_line(one, facts, query.today) for one in (ahead or launches[-1:] if query.regions else ahead)[:2]]
    sourced = [line for line in said if line.source]
    if not sourced:
        line = lead(
            "I have nothing sourced about {vendor} {where} yet.",
            vendor=known.name,
            where=where(region, facts),
        )
        raise NoFacts(
            line, *_about(vendor, facts), query=query, suggestions=(
                words("{vendor} shipments", vendor=known.name), words("{vendor} launches", vendor=known.name),
            ),
        )  # fmt: skip
    heading = (known.name, *(named(one, facts) for one in query.regions), words("profile"))
    sources = sources_of([line.source for line in said])
    suggestions = (
        words("{vendor} {metric}", vendor=known.name, metric=Metric.MARKET_SHARE),
        words("{vendor} milestones", vendor=known.name),
        words("{vendor} launches", vendor=known.name),
    )
    return Answer(query, True, heading, tuple(said), None, tuple(values), sources, suggestions)


def _about(vendor: str, facts: Facts) -> list[Line]:
    """Seat, founding year, parent and brands, as far as the catalogue has them."""
    known = facts.catalogue.vendors[vendor]
    lines = []
    seat = next((region.slug for region in facts.catalogue.regions.values() if region.iso == known.country), None)
    if seat and known.founded:
        lines.append(
            detail(
                "{vendor}: phone vendor from {country}, founded {year}",
                vendor=known.name,
                country=named(seat, facts),
                year=str(known.founded),
            )
        )
    elif seat:
        lines.append(detail("{vendor}: phone vendor from {country}", vendor=known.name, country=named(seat, facts)))
    else:
        lines.append(detail("{vendor}: phone vendor", vendor=known.name))
    if known.parent:
        lines.append(note("A brand of {parent}", parent=facts.name(known.parent)))
    brands = facts.catalogue.brands(vendor)
    if brands:
        lines.append(note("Brands: {brands}", brands=several(brands, facts)))
    return lines


def _latest(query: Query, facts: Facts, vendor: str, region: str) -> list[KnownFact]:
    """The latest count of the vendor's phones, share and place in that region."""
    found: list[KnownFact] = []
    for metric in (Metric.SHIPMENTS, Metric.MARKET_SHARE):
        period = query.period or latest_period(facts, [vendor], metric, region, query.today)
        if period:
            said = by_precedence(facts.values([vendor], [metric], region, [period]), query.today)
            found += said[:1]
    if found:
        places = standing(facts, region, found[0].period, query.today)
        found += [place for place in places if place.vendor == vendor]
    expected = [
        fact
        for period in facts.periods([vendor], [Metric.RANK], region)
        for fact in facts.values([vendor], [Metric.RANK], region, [period])
        if not fact.certainty.happened and period.end >= (found[0].period.end if found else period.end)
    ]
    recent = [
        fact for fact in published_by(expected, query.today) if abs((fact.source.published - query.today).days) < 400
    ]
    return found + recent[:1]
