"""When a vendor first passed another, first took a place, or first shipped more than an amount."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.answers.answer import (
    Amount,
    Answer,
    Joined,
    Line,
    NoFacts,
    Style,
    Where,
    amount_of,
    lead,
    named,
    note,
    several,
    sources_of,
    where,
    words,
)
from bot.answers.period import COUNTED, lengths
from bot.answers.precedence import published_by
from bot.answers.series import series
from bot.answers.standing import standing
from bot.answers.statement import milestone_line
from bot.understanding.query import Query
from store.facts import Facts, KnownFact
from store.period import Kind
from store.words import TOTAL, WORLD, Bound, Metric

Pair = tuple[KnownFact, KnownFact]


def answer(query: Query, facts: Facts) -> Answer:
    """Answer "when did VENDOR overtake VENDOR?", "when did it first come first?" and "... first ship 30 million?".

    Among the quarters that one source counted, each source for itself; milestones that say so too. Raises NoFacts."""
    region = query.regions[0] if query.regions else WORLD
    query = replace(query, regions=(region,))
    told = _told(query, facts)
    if len(query.vendors) > 1:
        lines, relied = _passing(query, facts, region)
    elif query.amount is not None:
        lines, relied = _reaching(query, facts, region)
    elif query.vendors:
        lines, relied = _placing(query, facts, region)
    else:
        lines, relied = [], []
    if not lines and not told:
        raise _nothing(query, facts, region)
    told = [replace(line, style=Style.DETAIL if lines else Style.LEAD) for line in told]
    heading = (several(query.vendors, facts, Joined.VERSUS), named(region, facts), words("crossing"))
    sources = sources_of(relied, [line.source for line in told])
    return Answer(query, True, heading, (*lines, *told), None, tuple(relied), sources)


def _passing(query: Query, facts: Facts, region: str) -> tuple[list[Line], list[KnownFact]]:
    """The first period in which the one was ahead after the other had been, by each source."""
    one, other = query.vendors[:2]
    lines: list[Line] = []
    relied: list[KnownFact] = []
    place = where(region, facts)
    seen: set[str] = set()
    for metric in COUNTED:
        for source, pairs in _pairs(query, facts, (one, other), metric, region).items():
            if source in seen:
                continue
            seen.add(source)
            crossed = _crossed(pairs)
            if crossed is None:
                lines.append(_never(pairs, facts, place, source))
                relied += pairs[-1]
                continue
            ahead, behind = crossed
            lines.append(
                lead(
                    "{ahead} first passed {behind} {where} in {period}: {a} against {b} ({certainty}, {source})",
                    ahead.source,
                    ahead=facts.name(ahead.vendor),
                    behind=facts.name(behind.vendor),
                    where=place,
                    period=ahead.period,
                    a=amount_of(ahead),
                    b=amount_of(behind),
                    certainty=ahead.certainty,
                )
            )
            relied += crossed
    lines.sort(key=lambda line: "passed" not in line.message)
    styled = [replace(line, style=Style.DETAIL if at else Style.LEAD) for at, line in enumerate(lines[:3])]
    return styled, relied


def _pairs(query: Query, facts: Facts, vendors: tuple[str, str], metric: Metric, region: str) -> dict[str, list[Pair]]:
    """For each source, the two vendors' numbers in the quarters (else years) in which it counted both."""
    for kind in (Kind.QUARTER, Kind.YEAR):
        own = [{one.source: one for one in series(query, facts, vendor, metric, region, kind)} for vendor in vendors]
        found: dict[str, list[Pair]] = {}
        for source in sorted(own[0].keys() & own[1].keys()):
            both = [
                (own[0][source].facts[period], own[1][source].facts[period])
                for period in own[0][source].facts
                if period in own[1][source].facts
            ]
            if len(both) > 1:
                found[source] = both
        if found:
            return dict(sorted(found.items(), key=lambda item: -len(item[1])))
    return {}


def _crossed(pairs: list[Pair]) -> Pair | None:
    """The first pair with the lead changed hands, the one ahead first; if possible to the vendor asked about."""
    changes: list[Pair] = []
    for before, now in pairwise(pairs):
        if before[0].value <= before[1].value and now[0].value > now[1].value:
            return now
        if before[1].value <= before[0].value and now[1].value > now[0].value:
            changes.append((now[1], now[0]))
    return changes[0] if changes else None


def _never(pairs: list[Pair], facts: Facts, place: Where, source: str) -> Line:
    one, other = pairs[-1]
    ahead, behind = (one, other) if one.value >= other.value else (other, one)
    return lead(
        "{ahead} was ahead of {behind} {where} in all {count} periods that {source} counted both in, {first} to {last}",
        ahead.source,
        count=len(pairs),
        first=pairs[0][0].period,
        last=one.period,
        source=source,
        ahead=facts.name(ahead.vendor),
        behind=facts.name(behind.vendor),
        where=place,
    )


def _reaching(query: Query, facts: Facts, region: str) -> tuple[list[Line], list[KnownFact]]:
    """The first period in which the vendor was above the amount."""
    vendor, amount = query.vendors[0] if query.vendors else TOTAL, query.amount or 0.0
    metric = Metric.MARKET_SHARE if query.metric is Metric.MARKET_SHARE else Metric.SHIPMENTS
    kinds = (query.unit,) if query.unit else (Kind.QUARTER, Kind.MONTH, Kind.YEAR)
    lines: list[Line] = []
    relied: list[KnownFact] = []
    for kind in kinds:
        for one in series(query, facts, vendor, metric, region, kind):
            first = next((fact for fact in one.facts.values() if _above(fact, amount)), None)
            if first is None:
                continue
            lines.append(
                Line(
                    "{vendor} was first above {amount} {where} in {period}, with {value} ({certainty}, {source});"
                    " I have {lengths} from {since} on",
                    {
                        "vendor": facts.name(vendor),
                        "amount": Amount(amount, first.unit),
                        "where": where(region, facts),
                        "period": first.period,
                        "value": amount_of(first),
                        "certainty": first.certainty,
                        "lengths": lengths(kind),
                        "since": next(iter(one.facts)),
                    },
                    Style.DETAIL if lines else Style.LEAD,
                    first.source,
                )
            )
            relied.append(first)
            break
        if lines:
            break
    return lines, relied


def _above(fact: KnownFact, amount: float) -> bool:
    return fact.value > amount or (fact.value == amount and fact.bound is Bound.MORE)


def _placing(query: Query, facts: Facts, region: str) -> tuple[list[Line], list[KnownFact]]:
    """The first quarter in which the vendor came that high."""
    vendor, wanted = query.vendors[0], query.position or 1
    periods = [one for one in facts.periods((), COUNTED, region) if one.kind is Kind.QUARTER and one.end < query.today]
    for period in sorted(periods, key=lambda one: one.start):
        places = standing(facts, region, period, query.today)
        own = next((place for place in places if place.vendor == vendor and place.value <= wanted), None)
        if own and len(places) >= 2:
            line = lead(
                "{vendor} first came {place} {where} in {period} ({certainty}, {source})",
                own.source,
                vendor=facts.name(vendor),
                place=Amount(own.value, "rank"),
                where=where(region, facts),
                period=period,
                certainty=own.certainty,
            )
            among = note("Of the quarters from {first} on that I have.", first=min(periods, key=lambda one: one.start))
            return [line, among], [own]
    return [], []


def _told(query: Query, facts: Facts) -> list[Line]:
    """Milestones that the question's own words point at."""
    ids = [story.row_id for story in query.stories if story.kind == "milestone"]
    found = facts.milestones((), (), None, ids) if ids else []
    mine = [one for one in found if not query.vendors or one.vendor in query.vendors]
    return [milestone_line(one, facts) for one in published_by(mine, query.today)[:2]]


def _nothing(query: Query, facts: Facts, region: str) -> NoFacts:
    place = where(region, facts)
    line = lead("I have not enough counts of vendors {where} to say when.", where=place)
    if query.vendors:
        names = several(query.vendors, facts, Joined.AND)
        line = lead("I have not enough counts of {names} {where} to say when.", names=names, where=place)
    first = facts.name(query.vendors[0]) if query.vendors else "Xiaomi"
    return NoFacts(line, query=query, suggestions=(
        words("{vendor} milestones", vendor=first), words("{vendor} shipments since 2016", vendor=first),
    ))  # fmt: skip
