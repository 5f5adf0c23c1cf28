"""How far the facts reach: for each region and year, in how many quarters a top five is known, and by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from store.holdings import Holdings, count_holdings
from store.period import Kind, Period
from store.tables import Fact, Region, Source, Vendor
from store.words import TOTAL, WORLD, Metric

TOP = 5
BEGIN, END = "<!-- coverage, written by `vendorbot facts coverage` -->", "<!-- end of coverage -->"
_SOURCES_NAMED = 4


@dataclass
class RegionCoverage:
    """`quarters` counts, for a metric and year, the quarters of which one source names at least five vendors;
    `years` holds the metrics and years of which it does so for the year as a whole."""

    name: str
    facts: int = 0
    quarters: Counter[tuple[Metric, int]] = field(default_factory=Counter)
    years: set[tuple[Metric, int]] = field(default_factory=set)
    sources: Counter[str] = field(default_factory=Counter)


def coverage(session: Session) -> dict[str, RegionCoverage]:
    """The coverage of each region that has any fact, the world first, then those with the most facts."""
    query = (
        select(
            col(Region.slug), col(Region.name), col(Fact.metric), col(Fact.period), col(Source.name), col(Vendor.slug)
        )
        .join_from(Fact, Region, col(Fact.region_id) == Region.id)
        .join(Source, col(Fact.source_id) == Source.id)
        .join(Vendor, col(Fact.vendor_id) == Vendor.id)
        .where(col(Fact.superseded_by_id).is_(None))
    )
    found: dict[str, RegionCoverage] = {}
    named: defaultdict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for region, name, metric, period, source, vendor in session.execute(query):
        one = found.setdefault(region, RegionCoverage(name))
        one.facts += 1
        one.sources[source] += 1
        if vendor != TOTAL:
            named[region, metric, period, source].add(vendor)
    whole = {(region, metric, period) for (region, metric, period, _), top in named.items() if len(top) >= TOP}
    for region, metric, text in whole:
        period = Period.parse(text)
        if period.kind is Kind.QUARTER:
            found[region].quarters[Metric(metric), period.start.year] += 1
        elif period.kind is Kind.YEAR:
            found[region].years.add((Metric(metric), period.start.year))
    return dict(sorted(found.items(), key=lambda item: (item[0] != WORLD, -item[1].facts, item[0])))


def coverage_table(session: Session) -> str:
    """The coverage as Markdown."""
    regions = coverage(session)
    years = sorted({year for one in regions.values() for _, year in one.quarters})
    lines = [
        _totals(count_holdings(session)),
        "",
        f"In how many quarters of a year one source names at least {TOP} vendors: `3/4` is shipments in three"
        " quarters and market shares in all four; `+` is the whole year too; a dot is nothing.",
        "",
    ]
    with_quarters = {slug: one for slug, one in regions.items() if one.quarters}
    if years:
        lines += [_row(["Region", *map(str, years)]), _row(["---", *["---:"] * len(years)])]
    lines += [_row([one.name, *(_cell(one, year) for year in years)]) for one in with_quarters.values()]
    lines += ["", _row(["Region", "Facts", "Sources"]), _row(["---", "---:", "---"])]
    lines += [_row([one.name, f"{one.facts:,}", _sources(one)]) for one in regions.values()]
    return "\n".join(lines) + "\n"


def with_coverage(text: str, table: str) -> str:
    """A text with the table between its markers; the table alone, with markers, where it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        return f"{BEGIN}\n{table}{END}\n"
    return f"{before}{BEGIN}\n{table}{END}{after}"


def _totals(held: Holdings) -> str:
    reach = f" from {held.first.year} to {held.last.year}" if held.first and held.last else ""
    return (
        f"{held.facts:,} facts{reach} about {held.vendors:,} vendors, {held.milestones:,} milestones,"
        f" {held.launches:,} launches and {held.news:,} news, from {held.sources:,} sources."
    )


def _cell(one: RegionCoverage, year: int) -> str:
    counts = [one.quarters[metric, year] for metric in (Metric.SHIPMENTS, Metric.MARKET_SHARE)]
    whole = any((metric, year) in one.years for metric in (Metric.SHIPMENTS, Metric.MARKET_SHARE))
    if not any(counts):
        return "+" if whole else "·"
    return "/".join(map(str, counts)) + ("+" if whole else "")


def _sources(one: RegionCoverage) -> str:
    most = [f"{name} {count:,}" for name, count in one.sources.most_common(_SOURCES_NAMED)]
    rest = len(one.sources) - len(most)
    return ", ".join(most) + (f" and {rest} more" if rest else "")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
