"""One vendor's numbers over time, each source's apart: only numbers counted alike may be set against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answers.precedence import by_precedence
from bot.understanding.query import Query
from store.facts import Facts, KnownFact
from store.period import Kind, Period
from store.words import Metric


@dataclass(frozen=True)
class Series:
    """What one source counted, by period, the earliest first."""

    source: str
    facts: Mapping[Period, KnownFact]

    @property
    def last(self) -> KnownFact:
        return self.facts[max(self.facts)]


def series(query: Query, facts: Facts, vendor: str, metric: Metric, region: str, kind: Kind) -> list[Series]:
    """Each source's count in periods of one length, the source with most periods first; what is expected left out."""
    counted = [
        fact
        for fact in facts.history([vendor], [metric], region)
        if fact.certainty.happened
        and fact.period.kind is kind
        and fact.period.end < query.today
        and (query.period is None or query.period.contains(fact.period))
        and (query.said_by is None or fact.source.name == query.said_by)
    ]  # fmt: skip
    return sorted(_by_source(counted, query), key=lambda one: (-len(one.facts), one.last.source.place))


def _by_source(counted: Iterable[KnownFact], query: Query) -> list[Series]:
    of: dict[str, dict[Period, KnownFact]] = {}
    for fact in by_precedence(counted, query.today):
        of.setdefault(fact.source.name, {}).setdefault(fact.period, fact)
    return [Series(name, {period: own[period] for period in sorted(own)}) for name, own in of.items()]


def filled(found: list[Series]) -> dict[Period, KnownFact]:
    """The first series, its gaps filled from the next ones: good for looking at, not for arithmetic."""
    merged: dict[Period, KnownFact] = {}
    for one in found:
        for period, fact in one.facts.items():
            merged.setdefault(period, fact)
    return {period: merged[period] for period in sorted(merged)}
