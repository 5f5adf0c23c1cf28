"""What the bot asks of the data: numbers, launches, milestones and news, current rows only, each with its source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlmodel import Session, col

from store.catalogue import Catalogue
from store.period import Period
from store.tables import Fact, Launch, Milestone, News, Product, Publisher, Region, Source, Vendor
from store.words import TOTAL, Bound, Certainty, Metric

ENOUGH = 100  # facts of a region; where there are more, they are not counted
_LAST = 99  # the place of a source that no file knows: the press


@dataclass(frozen=True)
class KnownSource:
    name: str
    url: str
    published: date
    announced_by: str = ""
    place: int = field(default=_LAST, compare=False)  # in the order in which sources are believed, the lowest first


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


_SOURCE: tuple[Any, ...] = (
    *(Source.name, Source.url, Source.published, Source.announced_by),
    func.coalesce(Publisher.place, _LAST),
)
_FACT = (Fact.id, Vendor.slug, Fact.metric, Fact.value, Fact.bound, Fact.unit, Region.slug, Fact.period, Fact.certainty)
_MILESTONE = (
    *(Milestone.id, Vendor.slug, Milestone.title, Milestone.value, Milestone.bound, Milestone.unit, Region.slug),
    *(Milestone.period, Milestone.certainty),
)
_LAUNCH = (
    *(Launch.id, Vendor.slug, Product.slug, Region.slug, Launch.date_text, Launch.date_start, Launch.date_end),
    *(Launch.certainty,),
)
_NEWS = (News.id, Vendor.slug, Product.slug, Region.slug, News.title, News.topic, News.certainty)


def _joined(columns: Sequence[Any], table: Any) -> Select[Any]:
    """The columns of a table's rows, joined with vendor, region and source."""
    query: Select[Any] = (
        select(*columns, *_SOURCE)
        .select_from(table)
        .join(Vendor, table.vendor_id == Vendor.id)
        .join(Region, table.region_id == Region.id)
        .join(Source, table.source_id == Source.id)
        .outerjoin(Publisher, col(Publisher.name) == Source.name)
    )
    if hasattr(table, "product_id"):
        query = query.outerjoin(Product, table.product_id == Product.id)
    return query


def _current(columns: Sequence[Any], table: Any) -> Select[Any]:
    """As _joined, without rows that a newer one superseded."""
    return _joined(columns, table).where(table.superseded_by_id.is_(None))


_FACTS = _current(_FACT, Fact)
_MILESTONES = _current(_MILESTONE, Milestone)
_LAUNCHES = _current(_LAUNCH, Launch)
_NEWS_ROWS = _current(_NEWS, News)

# What is asked most, put together once: building a statement takes four times as long as running it.
_OF_VENDORS = col(Vendor.slug).in_(bindparam("vendors", expanding=True))
_OF_METRICS = col(Fact.metric).in_(bindparam("metrics", expanding=True))
_IN_REGION = col(Region.slug) == bindparam("region")
_IN_PERIODS = col(Fact.period).in_(bindparam("periods", expanding=True))
_VALUES = _FACTS.where(_OF_VENDORS, _IN_REGION, _OF_METRICS, _IN_PERIODS)
_HISTORY = _FACTS.where(_OF_VENDORS, _IN_REGION, _OF_METRICS)
_RANKING = _FACTS.where(_IN_REGION, _IN_PERIODS, _OF_METRICS, col(Vendor.slug) != TOTAL)
_PERIODS = (
    select(col(Fact.period))
    .join(Region, col(Fact.region_id) == Region.id)
    .where(_IN_REGION, _OF_METRICS, col(Fact.superseded_by_id).is_(None))
    .group_by(col(Fact.period))
)
_PERIODS_OF = _PERIODS.join(Vendor, col(Fact.vendor_id) == Vendor.id).where(_OF_VENDORS)
_REGIONS = (
    select(col(Region.slug), func.count())
    .join(Fact, col(Fact.region_id) == Region.id)
    .where(_OF_METRICS, col(Fact.superseded_by_id).is_(None))
    .group_by(col(Region.slug))
)
_REGIONS_OF = _REGIONS.join(Vendor, col(Fact.vendor_id) == Vendor.id).where(_OF_VENDORS)


class Facts:
    """The store as the answers see it: one session's view, all reads, newest knowledge only."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._connection = session.connection()  # rows, not objects: the session would only take longer
        self._rankings: dict[tuple[str, Period, tuple[Metric, ...]], list[KnownFact]] = {}

    def name(self, slug: str) -> str:
        return self.catalogue.name(slug)

    def values(
        self,
        vendors: Collection[str],
        metrics: Collection[Metric],
        region: str,
        periods: Collection[Period],
    ) -> list[KnownFact]:
        """Every source's facts of those vendors, metrics and periods in one region."""
        return self._facts(_VALUES, vendors=vendors, metrics=metrics, region=region, periods=periods)

    def history(self, vendors: Collection[str], metrics: Collection[Metric], region: str) -> list[KnownFact]:
        """Every source's facts of those vendors and metrics in one region, of all periods."""
        return self._facts(_HISTORY, vendors=vendors, metrics=metrics, region=region)

    def ranking(self, region: str, period: Period, metrics: Collection[Metric]) -> list[KnownFact]:
        """Every source's facts of all vendors in one region and period, the market's total left out."""
        key = region, period, tuple(metrics)
        if key not in self._rankings:  # an answer that names what other analysts say asks for the same one often
            self._rankings[key] = self._facts(_RANKING, metrics=metrics, region=region, periods=[period])
        return list(self._rankings[key])

    def periods(self, vendors: Collection[str], metrics: Collection[Metric], region: str) -> list[Period]:
        """The periods for which the store holds such facts, the latest first; any vendor where none is named."""
        if vendors:
            rows = self._rows(_PERIODS_OF, vendors=vendors, metrics=metrics, region=region)
            texts = {row[0] for row in rows}
        else:
            walks = (self._connection.execute(_walk(metric, region)).scalars() for metric in metrics)
            texts = {text for walk in walks for text in walk}
        return sorted(map(Period.parse, texts), key=lambda period: (period.end, period.start), reverse=True)

    def regions(self, vendors: Collection[str], metrics: Collection[Metric]) -> dict[str, int]:
        """How many such facts the store holds in each region. Where no vendor is named: of any, those since corrected
        too, and counted no further than ENOUGH, so that the index alone tells."""
        if vendors:
            rows = self._rows(_REGIONS_OF, vendors=vendors, metrics=metrics)
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
        return [_fact(row) for row in self._rows(query, **given)]

    def _rows(self, query: Any, **given: str | Collection[Any]) -> Iterable[Any]:
        """The rows of a prepared statement; it takes of what is given what it has a place for."""
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
        query = _narrowed(_MILESTONES, Milestone, vendors, regions, ids)
        if period:
            query = query.where(col(Milestone.period_start) <= period.end, col(Milestone.period_end) >= period.start)
        found = [_milestone(row) for row in self._connection.execute(query)]
        return sorted(found, key=lambda one: (one.period.end, one.row_id), reverse=True)

    def launches(
        self,
        vendors: Collection[str] = (),
        regions: Collection[str] = (),
        products: Collection[str] = (),
        between: tuple[date, date] | None = None,
    ) -> list[KnownLaunch]:
        """Launches that match all that is given, the earliest first and those with no date last."""
        query = _narrowed(_LAUNCHES, Launch, vendors, regions, ())
        if products:
            query = query.where(col(Product.slug).in_(products))
        if between:
            query = query.where(col(Launch.date_start) <= between[1], col(Launch.date_end) >= between[0])
        found = [_launch(row) for row in self._connection.execute(query)]
        return sorted(found, key=lambda one: (one.days or (date.max, date.max), one.row_id))

    def news(
        self,
        vendors: Collection[str] = (),
        regions: Collection[str] = (),
        products: Collection[str] = (),
        ids: Collection[int] = (),
        topics: Collection[str] = (),
    ) -> list[KnownNews]:
        """News that match all that is given, the newest first."""
        query = _narrowed(_NEWS_ROWS, News, vendors, regions, ids)
        if products:
            query = query.where(col(Product.slug).in_(products))
        if topics:
            query = query.where(col(News.topic).in_(topics))
        found = [_news(row) for row in self._connection.execute(query)]
        return sorted(found, key=lambda one: (one.source.published, one.row_id), reverse=True)

    def recent(self, vendors: Collection[str], until: date, most: int) -> list[KnownFact]:
        """The facts published last before that day, of those vendors or of any."""
        query = (
            _FACTS.where(col(Source.published) <= until)
            .order_by(col(Source.published).desc(), col(Fact.id))
            .limit(most)
        )
        if vendors:
            query = query.where(or_(col(Vendor.slug).in_(vendors)))
        return [_fact(row) for row in self._connection.execute(query)]


def _walk(metric: Metric, region: str) -> Select[Any]:
    """The periods of one metric's facts in a region, going from each to the next, however many facts there are."""
    where = [
        col(Fact.region_id) == select(col(Region.id)).where(col(Region.slug) == region).scalar_subquery(),
        col(Fact.metric) == metric.value,
    ]
    walk = select(func.min(col(Fact.period)).label("period")).where(*where).cte("walk", recursive=True)
    following = select(func.min(col(Fact.period))).where(*where, col(Fact.period) > walk.c.period).scalar_subquery()
    walk = walk.union_all(select(following).where(walk.c.period.is_not(None)))
    current = exists().where(*where, col(Fact.period) == walk.c.period, col(Fact.superseded_by_id).is_(None))
    return select(walk.c.period).where(walk.c.period.is_not(None), current)


KnownRow = KnownFact | KnownMilestone | KnownLaunch | KnownNews


def read_row(session: Session, table: str, row_id: int) -> KnownRow | None:
    """One row of a table, current or not; None where there is none."""
    columns, rows, known = _TABLES[table]
    row = session.execute(_joined(columns, rows).where(rows.id == row_id)).first()
    found: KnownRow | None = known(row) if row else None
    return found


def _narrowed(
    query: Select[Any], table: Any, vendors: Collection[str], regions: Collection[str], ids: Collection[int]
) -> Select[Any]:
    if vendors:
        query = query.where(col(Vendor.slug).in_(vendors))
    if regions:
        query = query.where(col(Region.slug).in_(regions))
    if ids:
        query = query.where(table.id.in_(ids))
    return query


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
    "fact": (_FACT, Fact, _fact),
    "milestone": (_MILESTONE, Milestone, _milestone),
    "launch": (_LAUNCH, Launch, _launch),
    "news": (_NEWS, News, _news),
}
