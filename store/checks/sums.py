"""Numbers of one source, region and period against each other: sums and ranks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from store.checks.placed import Figure, Problem, problem
from store.words import TOTAL, Metric

_SLACK = 0.01  # sources round more than once; a hundredth more is no mistake


def check_sums(figures: Iterable[Figure], parents: Mapping[str, str]) -> Iterator[Problem]:
    """All checks of this file; `parents` says which brand belongs to which vendor."""
    groups: dict[tuple[str, str, str], dict[Metric, dict[str, Figure]]] = {}
    for one in figures:
        key = (one.fact.source.name, one.at.region, str(one.fact.period))
        groups.setdefault(key, {}).setdefault(one.fact.metric, {})[one.at.vendor] = one
    for group in groups.values():
        shares, shipments = group.get(Metric.MARKET_SHARE, {}), group.get(Metric.SHIPMENTS, {})
        yield from _shares_within_100(shares, parents)
        yield from _vendors_within_total(shipments, parents)
        yield from _ranks_fit(group.get(Metric.RANK, {}), shipments or shares)


def _apart(figures: Mapping[str, Figure], parents: Mapping[str, str]) -> list[Figure]:
    """Figures that count no phone twice: the total is left out, and brands whose parent is there."""
    return [one for vendor, one in figures.items() if vendor != TOTAL and parents.get(vendor) not in figures]


def _shares_within_100(shares: Mapping[str, Figure], parents: Mapping[str, str]) -> Iterator[Problem]:
    apart = _apart(shares, parents)
    if sum(one.least for one in apart) > 100 + 1e-9:
        last = max(apart, key=lambda one: (one.at.file, one.at.line))
        named = ", ".join(f"{one.at.vendor} {one.value:g}" for one in apart)
        what = f"the shares add up to {sum(one.value for one in apart):g} percent; at most 100 can be. Check {named}"
        yield problem("shares within 100", last.at, what)


def _vendors_within_total(shipments: Mapping[str, Figure], parents: Mapping[str, str]) -> Iterator[Problem]:
    apart, total = _apart(shipments, parents), shipments.get(TOTAL)
    if total and sum(one.least for one in apart) > total.most * (1 + _SLACK):
        added = sum(one.value for one in apart)
        what = f"the vendors shipped {added:g} million together, more than the total of {total.value:g}. Check each"
        yield problem("vendors within total", total.at, what)


def _ranks_fit(ranks: Mapping[str, Figure], sizes: Mapping[str, Figure]) -> Iterator[Problem]:
    for vendor, rank in ranks.items():
        if vendor not in sizes:
            continue
        ahead = [one for one in sizes if one not in (TOTAL, vendor) and sizes[one].least > sizes[vendor].most]
        if len(ahead) >= rank.value:
            what = f"rank {rank.value:g}, yet {', '.join(sorted(ahead))} shipped more. Check rank and shipments"
            yield problem("ranks fit shipments", rank.at, what)
