"""What the bot asks of the data: numbers, launches, milestones and news, current rows only, each with its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from store.catalogue import Catalogue
from store.edition import Remembered
from store.period import Period
from store.statements import (
    FACT,
    FACTS,
    HISTORY,
    LAST,
    LAUNCH,
    LAUNCHES,
    MILESTONE,
    MILESTONES,
    NEWS,
    NEWS_ROWS,
    PERIODS_OF,
    RANKING,
    REGIONS_OF,
    VALUES,
    WALK,
    joined,
    narrowed,
)
from store.tables import Fact, Launch, Milestone, News, Product, Region, Source, Vendor
from store.words import Bound, Certainty, Metric

ENOUGH = 100  # facts of a region; where there are more, they are not counted


@dataclass(frozen=True)
class KnownSource:
    name: str
    url: str
    published: date
    announced_by: str = ""
    place: int = field(default=LAST, compare=False)  # in the order in which sources are believed, the lowest first


@dataclass(frozen=True)
class KnownFact:
    """A fact as it is answered with. `worked_out`: computed from one source's rows, of which `row_id` is the latest."""

    row_id: int
    vendor: str
    metric: Metric
    value: float
    bound: Bound
    unit: str
    region: str
    period: Period
    certainty: Certainty
    source: KnownSource
    worked_out: bool = False


@dataclass(frozen=True)
class KnownMilestone:
    row_id: int
    vendor: str
    title: str
    value: float | None
    bound: Bound
    unit: str
    region: str
    period: Period
    certainty: Certainty
    source: KnownSource


@dataclass(frozen=True)
class KnownLaunch:
    """`days` are the first and last day the launch may be on; None where no date is known."""

    row_id: int
    vendor: str
    product: str | None
    region: str
    date_text: str
    days: tuple[date, date] | None
    certainty: Certainty
    source: KnownSource


@dataclass(frozen=True)
class KnownNews:
    row_id: int
    vendor: str
    product: str | None
    region: str
    title: str
    topic: str
    certainty: Certainty
    source: KnownSource


Read = TypeVar("Read")


class Facts:
    """The store as the answers see it: one session's view, all reads, newest knowledge only.

    With what is `remembered` of the edition that the session sees, nothing is read that was read of it before."""

    def __init__(self, session: Session, catalogue: Catalogue, remembered: Remembered | None = None) -> None:
        self.catalogue = catalogue
        self._connection = session.connection()  # rows, not objects: the session would only take longer
        self._remembered = Remembered() if remembered is None else remembered

    def name(self, slug: str) -> str:
        return self.catalogue.name(slug)

    def once(self, key: Hashable, work_out: Callable[[], Iterable[Read]]) -> list[Read]:
        """What is worked out of these facts and names, under a key that says what else it depends on: not twice an
        edition."""
        return self._remembered.once(key, work_out)

    def values(
        self,
        vendors: Collection[str],
        metrics: Collection[Metric],
        region: str,
        periods: Collection[Period],
    ) -> list[KnownFact]:
        """Every source's facts of those vendors, metrics and periods in one region."""
        return self._facts(VALUES, vendors=vendors, metrics=metrics, region=region, periods=periods)

    def history(self, vendors: Collection[str], metrics: Collection[Metric], region: str) -> list[KnownFact]:
        """Every source's facts of those vendors and metrics in one region, of all periods."""
        return self._facts(HISTORY, vendors=vendors, metrics=metrics, region=region)

    def ranking(self, region: str, period: Period, metrics: Collection[Metric]) -> list[KnownFact]:
        """Every source's facts of all vendors in one region and period, the market's total left out."""
        return self._facts(RANKING, metrics=metrics, region=region, periods=[period])

    def periods(self, vendors: Collection[str], metrics: Collection[Metric], region: str) -> list[Period]:
        """The periods for which the store holds such facts, the latest first; any vendor where none is named."""
        if vendors:
            return self._read(PERIODS_OF, _periods, vendors=vendors, metrics=metrics, region=region)
        walks = [self._read(WALK, _periods, metric=str(metric), region=region) for metric in metrics]
        return walks[0] if len(walks) == 1 else _latest_first({period for walk in walks for period in walk})

    def regions(self, vendors: Collection[str], metrics: Collection[Metric]) -> dict[str, int]:
        """How many such facts the store holds in each region. Where no vendor is named: of any, those since corrected
        too, and counted no further than ENOUGH, so that the index alone tells."""
        if vendors:
            rows = self._rows(REGIONS_OF, vendors=vendors, metrics=metrics)
            return {row[0]: row[1] for row in rows}
        wanted = (col(Fact.region_id) == Region.id, col(Fact.metric).in_([str(metric) for metric in metrics]))
        some = select(col(Fact.id)).where(*wanted).limit(ENOUGH).correlate(Region).subquery()
        query = select(col(Region.slug), select(func.count()).select_from(some).scalar_subquery())
        return {slug: held for slug, held in self._connection.execute(query) if held}

    def regions_in(self, vendors: Collection[str], metrics: Collection[Metric], period: Period) -> dict[str, int]:
        """How many such facts of one period the store holds in each region, counted no further than ENOUGH; of any
        vendor where none is named."""
        wanted = [
            col(Fact.region_id) == Region.id,
            col(Fact.metric).in_([str(metric) for metric in metrics]),
            col(Fact.period) == str(period),
            col(Fact.superseded_by_id).is_(None),
        ]
        if vendors:
            wanted.append(col(Fact.vendor_id).in_(select(col(Vendor.id)).where(col(Vendor.slug).in_(vendors))))
        some = select(col(Fact.id)).where(*wanted).limit(ENOUGH).correlate(Region).subquery()
        query = select(col(Region.slug), select(func.count()).select_from(some).scalar_subquery())
        return {slug: held for slug, held in self._connection.execute(query) if held}

    def _facts(self, query: Any, **given: str | Collection[Any]) -> list[KnownFact]:
        return self._read(query, lambda rows: map(_fact, rows), **given)

    def _read(
        self, query: Any, known: Callable[[Iterable[Any]], Iterable[Read]], **given: str | Collection[Any]
    ) -> list[Read]:
        """What is `known` by the rows of a prepared statement for the values `given`."""
        key = (query, *(one if isinstance(one, str) else tuple(one) for one in given.values()))
        return self._remembered.once(key, lambda: known(self._rows(query, **given)))

    def _rows(self, query: Any, **given: str | Collection[Any]) -> Iterable[Any]:
        texts = {name: one if isinstance(one, str) else [str(each) for each in one] for name, one in given.items()}
        return self._connection.execute(query, texts)

    def milestones(
        self,
        vendors: Collection[str] = (),
        regions: Collection[str] = (),
        period: Period | None = None,
        ids: Collection[int] = (),
    ) -> list[KnownMilestone]:
        """Milestones that match all that is given, the latest first."""

        def read() -> list[KnownMilestone]:
            query = narrowed(MILESTONES, Milestone, vendors, regions, ids)
            if period:
                within = (col(Milestone.period_start) <= period.end, col(Milestone.period_end) >= period.start)
                query = query.where(*within)
            found = [_milestone(row) for row in self._connection.execute(query)]
            return sorted(found, key=lambda one: (one.period.end, one.row_id), reverse=True)

        return self._remembered.once(("milestones", period, *map(tuple, (vendors, regions, ids))), read)

    def launches(
        self,
        vendors: Collection[str] = (),
        regions: Collection[str] = (),
        products: Collection[str] = (),
        between: tuple[date, date] | None = None,
    ) -> list[KnownLaunch]:
        """Launches that match all that is given, the earliest first and those with no date last."""

        def read() -> list[KnownLaunch]:
            query = narrowed(LAUNCHES, Launch, vendors, regions, ())
            if products:
                query = query.where(col(Product.slug).in_(products))
            if between:
                query = query.where(col(Launch.date_start) <= between[1], col(Launch.date_end) >= between[0])
            found = [_launch(row) for row in self._connection.execute(query)]
            return sorted(found, key=lambda one: (one.days or (date.max, date.max), one.row_id))

        return self._remembered.once(("launches", between, *map(tuple, (vendors, regions, products))), read)

    def news(
        self,
        vendors: Collection[str] = (),
        regions: Collection[str] = (),
        products: Collection[str] = (),
        ids: Collection[int] = (),
        topics: Collection[str] = (),
    ) -> list[KnownNews]:
        """News that match all that is given, the newest first."""

        def read() -> list[KnownNews]:
            query = narrowed(NEWS_ROWS, News, vendors, regions, ids)
            if products:
                query = query.where(col(Product.slug).in_(products))
            if topics:
                query = query.where(col(News.topic).in_(topics))
            found = [_news(row) for row in self._connection.execute(query)]
            return sorted(found, key=lambda one: (one.source.published, one.row_id), reverse=True)

        return self._remembered.once(("news", *map(tuple, (vendors, regions, products, ids, topics))), read)

    def recent(self, vendors: Collection[str], until: date, most: int) -> list[KnownFact]:
        """The facts published last before that day, of those vendors or of any."""
        query = (
            FACTS.where(col(Source.published) <= until).order_by(col(Source.published).desc(), col(Fact.id)).limit(most)
        )
        if vendors:
            query = query.where(or_(col(Vendor.slug).in_(vendors)))
        return [_fact(row) for row in self._connection.execute(query)]


def _periods(rows: Iterable[Any]) -> list[Period]:
    return _latest_first({Period.parse(row[0]) for row in rows})


def _latest_first(periods: Collection[Period]) -> list[Period]:
    return sorted(periods, key=lambda period: (period.end, period.start), reverse=True)


KnownRow = KnownFact | KnownMilestone | KnownLaunch | KnownNews


def read_row(session: Session, table: str, row_id: int) -> KnownRow | None:
    """One row of a table, current or not; None where there is none."""
    columns, rows, known = _TABLES[table]
    row = session.execute(joined(columns, rows).where(rows.id == row_id)).first()
    found: KnownRow | None = known(row) if row else None
    return found


def _fact(row: Any) -> KnownFact:
    row_id, vendor, metric, value, bound, unit, region, period, certainty, *source = row
    return KnownFact(
        row_id, vendor, Metric(metric), value, Bound(bound), unit, region, Period.parse(period), Certainty(certainty),
        KnownSource(*source),
    )  # fmt: skip


def _milestone(row: Any) -> KnownMilestone:
    row_id, vendor, title, value, bound, unit, region, period, certainty, *source = row
    return KnownMilestone(
        row_id,
        vendor,
        title,
        value,
        Bound(bound),
        unit,
        region,
        Period.parse(period),
        Certainty(certainty),
        KnownSource(*source),
    )


def _launch(row: Any) -> KnownLaunch:
    row_id, vendor, product, region, date_text, first, last, certainty, *source = row
    days = (first, last) if first and last else None
    return KnownLaunch(row_id, vendor, product, region, date_text, days, Certainty(certainty), KnownSource(*source))


def _news(row: Any) -> KnownNews:
    row_id, vendor, product, region, title, topic, certainty, *source = row
    return KnownNews(row_id, vendor, product, region, title, topic, Certainty(certainty), KnownSource(*source))


_TABLES: dict[str, tuple[Sequence[Any], Any, Any]] = {
    "fact": (FACT, Fact, _fact),
    "milestone": (MILESTONE, Milestone, _milestone),
    "launch": (LAUNCH, Launch, _launch),
    "news": (NEWS, News, _news),
}
