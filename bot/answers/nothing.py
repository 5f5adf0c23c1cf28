"""What to say where the number asked for is not in the store: what is there instead, never in its place."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import suggest
from bot.answers.answer import NoFacts, detail, lead, named, note, several, where, words
from bot.answers.precedence import by_precedence
from bot.answers.statement import fact_line
from bot.languages.marks import translatable
from bot.understanding.query import Query
from store.facts import Facts
from store.period import Period
from store.words import TOTAL, WORLD, Metric

_INSTEAD = (Metric.SHIPMENTS, Metric.MARKET_SHARE, Metric.RANK, Metric.GROWTH)


_MISSING = {
    (False, False): translatable("I have no figure for {metric} of {vendor} {where}."),
    (False, True): translatable("I have no figure for {metric} of {vendor} {where} in {period}."),
    (True, False): translatable("I have no figure by {analyst} for {metric} of {vendor} {where}."),
    (True, True): translatable("I have no figure by {analyst} for {metric} of {vendor} {where} in {period}."),
}


def nothing(query: Query, facts: Facts, vendor: str, metric: Metric) -> NoFacts:
    """What to say where the number asked for is not there: what is there instead, never in its place."""
    query = replace(query, metric=metric)
    region, name = (query.regions or (WORLD,))[0], facts.name(vendor)
    message = _MISSING[bool(query.said_by), bool(query.period)]
    period: dict[str, Period] = {"period": query.period} if query.period else {}
    analyst: dict[str, str] = {"analyst": query.said_by} if query.said_by else {}
    lines = [lead(message, metric=metric, vendor=named(vendor, facts), where=where(region, facts), **period, **analyst)]
    if query.period and query.period.end > query.today:
        lines.append(note("That time is not over yet, and I do not forecast."))
    if query.period:
        others = by_precedence(facts.values([vendor], _INSTEAD, region, [query.period]), query.today)
        lines += [fact_line(fact, facts) for fact in others[:2]]
    known = facts.periods([vendor], [metric], region)
    suggestions = []
    if known:
        lines.append(
            detail(
                "I have it {where} from {first} to {last}.",
                where=where(region, facts),
                first=known[-1],
                last=known[0],
            )
        )
        nearest = min(known, key=lambda one: abs((one.start - (query.period or one).start).days))
        suggestions.append(suggest.number(facts, name, metric, region, nearest))
    else:
        held = facts.regions([vendor], [metric])
        if held:
            places = several(sorted(held, key=lambda place: -held[place])[:5], facts)
            lines.append(note("I have such figures for {places}.", places=places))
            suggestions += [suggest.number(facts, name, metric, max(held, key=lambda place: held[place]))]
        known_vendor = facts.catalogue.vendors.get(vendor)
        if known_vendor and known_vendor.parent:
            parent = facts.name(known_vendor.parent)
            lines.append(
                note("{vendor} is a brand of {parent}; its figures are counted there.", vendor=name, parent=parent)
            )
            suggestions.append(words("{vendor} shipments", vendor=parent))
    if vendor != TOTAL:
        suggestions += [words("{vendor} launches", vendor=name), words("Tell me about {vendor}", vendor=name)]
    return NoFacts(*lines, query=query, suggestions=tuple(suggestions[:3]))
