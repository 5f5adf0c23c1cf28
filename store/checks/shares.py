"""Shares against shipments and totals, as far as one source published them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from statistics import median

from store.checks.placed import Figure, Problem, problem
from store.words import TOTAL, Metric

_TOGETHER = timedelta(days=45)  # sources correct old quarters later on: a share then is one of another total
_SLACK = 0.01  # sources round more than once
_IMPLIED_SLACK = 0.02  # where the total is only what the other vendors' shares make of it
_ENOUGH = 3  # vendors that imply a total


def check_shares(figures: Iterable[Figure]) -> Iterator[Problem]:
    """Share times total is shipments, within rounding; where no total is known, the one most vendors imply is taken."""
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for one in figures:
        groups.setdefault((one.fact.source.name, one.at.region, str(one.fact.period)), []).append(one)
    for group in groups.values():
        shares = [one for one in group if one.fact.metric is Metric.MARKET_SHARE and one.value > 0]
        shipments = [one for one in group if one.fact.metric is Metric.SHIPMENTS]
        for share in shares:
            yield from _check(share, shares, shipments)


def _check(share: Figure, shares: Sequence[Figure], shipments: Sequence[Figure]) -> Iterator[Problem]:
    shipped, total = _beside(share, shipments, share.at.vendor), _beside(share, shipments, TOTAL)
    if shipped is None or share.at.vendor == TOTAL:
        return
    if total:
        small, size, large = total.least * (1 - _SLACK), total.value, total.most * (1 + _SLACK)
    else:
        others = [(one, _beside(one, shipments, one.at.vendor)) for one in shares if _together(one, share)]
        implied = [100 * beside.value / one.value for one, beside in others if beside]
        if len(implied) < _ENOUGH:
            return
        size = median(implied)
        small, large = size * (1 - _IMPLIED_SLACK), size * (1 + _IMPLIED_SLACK)
    if share.most < 100 * shipped.least / large or share.least > 100 * shipped.most / small:
        where = "" if shipped.at.line == share.at.line else f"; {shipped.at.file}, line {shipped.at.line}"
        what = (
            f"a share of {share.value:g} percent does not fit {shipped.value:g} million of {size:,.4g} million"
            f" ({100 * shipped.value / size:.1f} percent{where}). Check both"
        )
        yield problem("shares fit shipments", share.at, what)


def _beside(share: Figure, shipments: Sequence[Figure], vendor: str) -> Figure | None:
    """That vendor's shipments as they were published nearest to the share, if anywhere near."""
    near = [one for one in shipments if one.at.vendor == vendor and _together(one, share)]
    return min(near, key=lambda one: abs(one.fact.source.published - share.fact.source.published), default=None)


def _together(one: Figure, other: Figure) -> bool:
    return abs(one.fact.source.published - other.fact.source.published) <= _TOGETHER
