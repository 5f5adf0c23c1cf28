"""The best and the worst periods, averages, and how many periods in a row."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import (
    Amount,
    Answer,
    Argument,
    Line,
    Style,
    amount_of,
    detail,
    lead,
    named,
    note,
    sources_of,
    where,
)
from bot.answers.nothing import nothing
from bot.answers.period import length, lengths
from bot.answers.precedence import published_by
from bot.answers.series import Series, series
from bot.answers.statement import milestone_line
from bot.languages.marks import translatable
from bot.understanding.query import Aspect, Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import TOTAL, WORLD, Bound, Metric


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "what was VENDOR's best quarter?" (worst, average, how many in a row) over the periods one source counted.

    Says over which periods that is, since what nobody counted cannot be known. Raises NoFacts."""
    vendor = query.vendors[0] if query.vendors else TOTAL
    metric = Metric.MARKET_SHARE if query.metric is Metric.MARKET_SHARE else Metric.SHIPMENTS
    region = query.regions[0] if query.regions else WORLD
    streak = Aspect.STREAK in query.aspects
    found = _found(query, facts, vendor, metric, region, streak)
    query = replace(query, regions=(region,), metric=metric)
    if not found:
        raise nothing(query, facts, vendor, metric)
    heading = (named(vendor, facts), named(region, facts), *((query.period,) if query.period else ()), metric)
    if Aspect.AVERAGE in query.aspects:
        lines, relied = _average(found[0], facts)
    elif streak:
        lines, relied = _streak(query, found, facts)
    elif query.period and query.period.kind is not Kind.RANGE and query.period.kind is found[0].last.period.kind:
        lines, relied = _was_it(query, query.period, found, facts)
    else:
        lines, relied = _extreme(query, found, facts)
    lines += _told(query, facts)
    return Answer(query, True, heading, tuple(lines), None, tuple(relied), sources_of(relied))


def _found(query: Query, facts: Facts, vendor: str, metric: Metric, region: str, streak: bool) -> list[Series]:
    """The sources' series in periods of the length that is asked for, else quarters, else years, else months."""
    usual = (Kind.MONTH, Kind.QUARTER, Kind.YEAR) if streak and query.amount else (Kind.QUARTER, Kind.YEAR, Kind.MONTH)
    single = query.period and query.period.kind in usual and Aspect.AVERAGE not in query.aspects and not streak
    if single and query.period and not query.unit:
        found = series(replace(query, period=None), facts, vendor, metric, region, query.period.kind)
        found = [one for one in found if query.period in one.facts]
        if found:
            return found
    kinds = (query.unit,) if query.unit else usual
    for kind in kinds:
        found = series(query, facts, vendor, metric, region, kind)
        if found and (len(found[0].facts) > 1 or query.unit):
            return found
    return []


def _extreme(query: Query, found: list[Series], facts: Facts) -> tuple[list[Line], list[KnownFact]]:
    worst = Aspect.WORST in query.aspects
    lines: list[Line] = []
    relied: list[KnownFact] = []
    several = [one for one in found if len(one.facts) > 1]  # of one alone nothing is the highest
    for one in (several or found)[:2]:
        exact = [fact for fact in one.facts.values() if not worst or fact.bound is not Bound.MORE]
        if not exact:
            continue
        fact = (
            min(exact, key=lambda fact: fact.value) if worst else max(exact, key=lambda fact: (fact.value, fact.period))
        )
        message = translatable(
            "{vendor}'s highest {length} {where} was {period}, with {amount} ({certainty}, {source})"
        )
        if worst:
            message = translatable(
                "{vendor}'s lowest {length} {where} was {period}, with {amount} ({certainty}, {source})"
            )
        style = Style.DETAIL if lines else Style.LEAD
        lines.append(Line(message, _arguments(fact, facts), style, fact.source))
        lines.append(_among(one))
        relied.append(fact)
    return lines, relied


def _was_it(query: Query, period: Period, found: list[Series], facts: Facts) -> tuple[list[Line], list[KnownFact]]:
    """Whether a period was the best (or the worst) up to then, by each source that counted it."""
    worst = Aspect.WORST in query.aspects
    lines: list[Line] = []
    relied: list[KnownFact] = []
    for one in found[:1]:
        fact = one.facts[period]
        earlier = [other for other in one.facts.values() if other.period.end < period.end]
        beaten = [other for other in earlier if (other.value < fact.value if worst else other.value > fact.value)]
        message = translatable(
            "Yes, {vendor} {where} had its highest {length} up to then: {amount} in {period} ({certainty}, {source})"
        )
        if worst:
            message = translatable(
                "Yes, {vendor} {where} had its lowest {length} up to then: {amount} in {period} ({certainty}, {source})"
            )
        if beaten:
            message = translatable("No: {vendor} {where} had {amount} in {period} ({certainty}, {source})")
        elif not earlier:
            message = translatable(
                "I cannot tell: {period}, with {amount}, is the first {length} of {vendor} {where} I have"
            )
        lines.append(Line(message, _arguments(fact, facts), Style.DETAIL if lines else Style.LEAD, fact.source))
        if beaten:
            best = min(beaten, key=lambda f: f.value) if worst else max(beaten, key=lambda f: f.value)
            lines.append(detail("It had {amount} in {period}", best.source, amount=amount_of(best), period=best.period))
            relied.append(best)
        relied.append(fact)
    return lines, relied


def _arguments(fact: KnownFact, facts: Facts) -> dict[str, Argument]:
    return {
        "vendor": named(fact.vendor, facts), "length": length(fact.period.kind), "period": fact.period,
        "where": where(fact.region, facts), "amount": amount_of(fact),
        "certainty": fact.certainty,
    }  # fmt: skip


def _among(one: Series) -> Line:
    """Of how many periods that is the best: those that the source counted."""
    periods = list(one.facts)
    return note(
        "Of the {lengths} from {first} to {last} that I have from {source}.",
        one.last.source,
        lengths=lengths(periods[0].kind, len(periods)),
        first=periods[0],
        last=periods[-1],
        source=one.source,
    )


def _average(one: Series, facts: Facts) -> tuple[list[Line], list[KnownFact]]:
    relied = [fact for fact in one.facts.values() if fact.bound is Bound.EXACT]
    mean = sum(fact.value for fact in relied) / max(len(relied), 1)
    last = one.last
    line = lead(
        "{vendor} had {amount} {where} on average in a {length} (worked out from {source})",
        last.source,
        vendor=named(last.vendor, facts),
        amount=Amount(round(mean, 2), last.unit),
        where=where(last.region, facts),
        length=length(last.period.kind),
    )
    return [line, _among(one)], relied


_IN_A_ROW = {
    (True, True): translatable(
        "{vendor} was above {amount} {where} in {lengths} in a row: {first} to {last} ({source})"
    ),
    (True, False): translatable("I know of no two {lengths} in a row in which {vendor} was above {amount} {where}"),
    (False, True): translatable("{vendor} grew {where} {lengths} in a row: {first} to {last} ({source})"),
    (False, False): translatable("I know of no two {lengths} in a row in which {vendor} grew {where}"),
}


def _streak(query: Query, found: list[Series], facts: Facts) -> tuple[list[Line], list[KnownFact]]:
    """The longest run of periods without a gap: each above the amount asked for, else each above the one before."""
    best: list[KnownFact] = []
    for one in found:
        for run in _runs(query, list(one.facts.values())):
            if len(run) > len(best):
                best = run
    sample = best[-1] if best else found[0].last
    place, kind = where(sample.region, facts), sample.period.kind
    line = lead(
        _IN_A_ROW[query.amount is not None, len(best) > 1],
        sample.source,
        vendor=named(sample.vendor, facts),
        where=place,
        lengths=lengths(kind, len(best)) if len(best) > 1 else lengths(kind),
        amount=Amount(query.amount or 0.0, "million"),
        first=(best or [sample])[0].period,
        last=sample.period,
    )
    rows = [
        detail("{period}: {amount}", fact.source, period=fact.period, amount=amount_of(fact))
        for fact in best[:8]
        if len(best) > 1
    ]
    return [line, *rows], best or [sample]


def _runs(query: Query, numbers: list[KnownFact]) -> list[list[KnownFact]]:
    runs: list[list[KnownFact]] = [[]]
    for at, fact in enumerate(numbers):
        before = numbers[at - 1] if at else None
        follows = before is not None and _next(before.period) == fact.period
        if query.amount is not None:
            above = fact.value > query.amount or (fact.value == query.amount and fact.bound is Bound.MORE)
            if not above:
                runs.append([])
            elif follows:
                runs[-1].append(fact)
            else:
                runs.append([fact])
        elif before is not None and follows and fact.value > before.value:
            runs[-1].append(fact)
        else:
            runs.append([])
    return runs


def _next(period: Period) -> Period:
    return period.shift(1)


def _told(query: Query, facts: Facts) -> list[Line]:
    """Milestones that the question's own words point at."""
    ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    found = facts.milestones(query.vendors, (), None, ids) if ids else []
    return [milestone_line(one, facts, Style.NOTE) for one in published_by(found, query.today)[:1]]
