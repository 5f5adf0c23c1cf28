"""Numbers of one source, vendor and region from one period to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from store.checks.placed import Figure, Placed, Problem, problem
from store.period import Kind, Period
from store.rows import NewFact
from store.words import Bound, Metric

_REVISED = 0.03  # quarters are corrected when later ones are published; a year may differ by this much from their sum
_CORRECTED = 1.25  # a source that corrects a figure by more most likely speaks of something else
_JUMP = 4.0
_SMALL = 1.0  # million phones, or per cent: below it jumps are common and true


def check_over_time(figures: Iterable[Figure]) -> Iterator[Problem]:
    """Years against their quarters, and jumps from one quarter to the next."""
    series: dict[tuple[str, str, str, Metric], dict[Period, Figure]] = {}
    for one in figures:
        if one.fact.metric in (Metric.SHIPMENTS, Metric.MARKET_SHARE):
            key = (one.fact.source.name, one.at.vendor, one.at.region, one.fact.metric)
            series.setdefault(key, {})[one.fact.period] = one
    for (_, _, _, metric), values in series.items():
        if metric is Metric.SHIPMENTS:
            yield from _years_fit_quarters(values)
        yield from _jumps(values)


def check_revisions(figures: Iterable[Figure]) -> Iterator[Problem]:
    """A source's later figure against its own earlier one of the same thing."""
    said: dict[tuple[str, ...], Figure] = {}
    for now in sorted(figures, key=lambda one: one.fact.source.published):
        before = said.get(now.thing)
        said[now.thing] = now
        if before is None or now.fact.metric not in (Metric.SHIPMENTS, Metric.MARKET_SHARE):
            continue
        low, high = sorted((before, now), key=lambda one: one.value)
        if high.value >= _SMALL and high.least > _CORRECTED * low.most:
            what = (
                f"{now.value:g} in {now.fact.period}, where {before.at.file}, line {before.at.line} of the same source"
                f" says {before.value:g}. Is it the same vendor, region and period?"
            )
            yield problem("revisions", now.at, what)


def check_published(rows: Iterable[Placed]) -> Iterator[Problem]:
    """Nothing is counted before it is over: an exact, certain number is published after its period began to end."""
    for at in rows:
        fact = at.row
        if isinstance(fact, NewFact) and fact.bound is Bound.EXACT and fact.certainty.happened:
            over = fact.period.end if fact.period.kind is not Kind.RANGE else fact.period.start
            if fact.source.published < over:
                what = (
                    f"{fact.certainty} for {fact.period}, yet published on {fact.source.published}, before it was over."
                    " Check period and date, or call it expected"
                )
                yield problem("published after", at, what)


def _years_fit_quarters(values: Mapping[Period, Figure]) -> Iterator[Problem]:
    for period, whole in values.items():
        if period.kind not in (Kind.YEAR, Kind.HALF):
            continue
        parts = [values.get(quarter) for quarter in period.split(Kind.QUARTER)]
        found = [part for part in parts if part]
        if len(found) < len(parts):
            continue
        least, most = sum(part.least for part in found), sum(part.most for part in found)
        if whole.most < least * (1 - _REVISED) or whole.least > most * (1 + _REVISED):
            added = sum(part.value for part in found)
            where = ", ".join(f"{part.fact.period} {part.value:g}" for part in found)
            what = f"{whole.value:g} million in {period}, but its quarters add up to {added:g} ({where}). Check each"
            yield problem("years fit quarters", whole.at, what)


def _jumps(values: Mapping[Period, Figure]) -> Iterator[Problem]:
    for period, now in values.items():
        if period.kind is not Kind.QUARTER:
            continue
        before = values.get(period.shift(-1)) if period.start.year > 1970 else None
        if before is None or max(before.value, now.value) < _SMALL:
            continue
        low, high = sorted((before, now), key=lambda one: one.value)
        if high.least > _JUMP * low.most:
            what = (
                f"{now.value:g} in {period} after {before.value:g} the quarter before ({before.at.file}, line"
                f" {before.at.line}), a jump of more than {_JUMP:g} times. Is the unit right?"
            )
            yield problem("jumps", now.at, what)
