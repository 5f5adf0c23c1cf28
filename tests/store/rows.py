"""Hypothesis strategies for rows that a file may hold."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from store.period import Kind, Period
from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow, NewSource
from store.words import UNIT_OF, Bound, Certainty, Metric

VENDORS = ("xiaomi", "samsung", "total", "oneplus")
REGIONS = ("world", "india", "western-europe", "spain")
years = st.integers(1995, 2030)


def texts(longest: int, least: int = 0) -> st.SearchStrategy[str]:
    """One line of text of any script, with what spreadsheets, CSV and HTML take for more than text."""
    letters = st.characters(exclude_categories=("Cc", "Cs"))
    nasty = st.sampled_from(
        ["=1+1", "'=x", "''-y", "@a", "+b", "-c", "-5", "a,b", 'say "hi"', "<b>", "小米", "'", "x'"]
    )
    return (
        st.one_of(nasty, st.text(letters, max_size=min(longest, 40)))
        .map(lambda text: " ".join(text.split())[:longest].strip())
        .filter(lambda text: len(text) >= least)
    )


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind = draw(st.sampled_from([Kind.YEAR, Kind.HALF, Kind.QUARTER, Kind.MONTH]))
    first = Period.containing(draw(st.dates(date(1995, 1, 1), date(2030, 12, 31))), kind)
    return first.to(first.shift(draw(st.integers(0, 8)))) if draw(st.booleans()) else first


sources = st.builds(
    NewSource,
    name=texts(128, 1),
    url=st.integers(0, 9).map(lambda number: f"https://example.com/{number}?a=1&b=ü"),
    published=st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    announced_by=texts(256),
)
_numbers = st.floats(0, 99_999, allow_nan=False).map(lambda value: round(value, 9))
_bounds = st.sampled_from(Bound)
_certainties = st.sampled_from(Certainty)
_vendors, _regions = st.sampled_from(VENDORS), st.sampled_from(REGIONS)
_products = st.one_of(st.just(""), st.sampled_from(["Mi A1", "Galaxy S8+", "=Phone 1", "X9", "新手机"]))


@st.composite
def facts(draw: st.DrawFn) -> NewFact:
    metric = draw(st.sampled_from(Metric))
    value = {
        Metric.RANK: st.integers(1, 20).map(float),
        Metric.MARKET_SHARE: st.floats(0, 100),
        Metric.GROWTH: st.floats(-100, 10_000),
        Metric.SHIPMENTS: _numbers,
    }[metric]
    measured = (draw(value), draw(_bounds), UNIT_OF[metric])
    place = (draw(_regions), draw(periods()), draw(_certainties), draw(sources))
    return NewFact(draw(_vendors), metric, *measured, *place)


@st.composite
def milestones(draw: st.DrawFn) -> NewMilestone:
    value = draw(st.one_of(st.none(), st.floats(-1e9, 1e9)))
    bound = draw(_bounds) if value is not None else Bound.EXACT
    unit = draw(st.sampled_from(["", "million", "percent", "rank", "countries"]))
    where = (draw(_regions), draw(periods()), draw(texts(512)), draw(_certainties), draw(sources))
    return NewMilestone(draw(_vendors), draw(texts(256, 1)), value, bound, unit, *where)


@st.composite
def launches(draw: st.DrawFn) -> NewLaunch:
    day = draw(st.dates(date(1995, 1, 1), date(2030, 12, 31)))
    month, year = Period.containing(day, Kind.MONTH), Period.containing(day, Kind.YEAR)
    text, days = draw(
        st.sampled_from(
            [
                (day.isoformat(), (day, day)),
                (str(month), (month.start, month.end)),
                (str(year), (year.start, year.end)),
                ("", None),
            ]
        )
    )
    return NewLaunch(draw(_vendors), draw(_products), draw(_regions), text, days, draw(_certainties), draw(sources))


@st.composite
def news(draw: st.DrawFn) -> NewNews:
    said = (draw(texts(512, 1)), draw(st.sampled_from(["", "strategy", "trade"])), draw(texts(1024)))
    return NewNews(draw(_vendors), draw(_products), draw(_regions), *said, draw(_certainties), draw(sources))


def lists_of_rows() -> st.SearchStrategy[list[NewRow]]:
    """Some rows of one kind."""
    kinds: list[st.SearchStrategy[list[NewRow]]] = [
        st.lists(kind(), min_size=1, max_size=12) for kind in (facts, milestones, launches, news)
    ]
    return st.one_of(kinds)
