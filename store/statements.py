"""The statements by which facts are read, put together once: building one takes four times as long as running it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlmodel import col

from store.tables import Fact, Launch, Milestone, News, Product, Publisher, Region, Source, Vendor
from store.words import TOTAL

LAST = 99  # the place of a source that no file knows: the press

SOURCE: tuple[Any, ...] = (
    *(Source.name, Source.url, Source.published, Source.announced_by),
    func.coalesce(Publisher.place, LAST),
)
FACT = (Fact.id, Vendor.slug, Fact.metric, Fact.value, Fact.bound, Fact.unit, Region.slug, Fact.period, Fact.certainty)
MILESTONE = (
    *(Milestone.id, Vendor.slug, Milestone.title, Milestone.value, Milestone.bound, Milestone.unit, Region.slug),
    *(Milestone.period, Milestone.certainty),
)
LAUNCH = (
    *(Launch.id, Vendor.slug, Product.slug, Region.slug, Launch.date_text, Launch.date_start, Launch.date_end),
    *(Launch.certainty,),
)
NEWS = (News.id, Vendor.slug, Product.slug, Region.slug, News.title, News.topic, News.certainty)


def joined(columns: Sequence[Any], table: Any) -> Select[Any]:
    """The columns of a table's rows, joined with vendor, region and source."""
    query: Select[Any] = (
        select(*columns, *SOURCE)
        .select_from(table)
        .join(Vendor, table.vendor_id == Vendor.id)
        .join(Region, table.region_id == Region.id)
        .join(Source, table.source_id == Source.id)
        .outerjoin(Publisher, col(Publisher.name) == Source.name)
    )
    if hasattr(table, "product_id"):
        query = query.outerjoin(Product, table.product_id == Product.id)
    return query


def current(columns: Sequence[Any], table: Any) -> Select[Any]:
    """As joined, without rows that a newer one superseded."""
    return joined(columns, table).where(table.superseded_by_id.is_(None))


FACTS = current(FACT, Fact)
MILESTONES = current(MILESTONE, Milestone)
LAUNCHES = current(LAUNCH, Launch)
NEWS_ROWS = current(NEWS, News)

OF_VENDORS = col(Vendor.slug).in_(bindparam("vendors", expanding=True))
OF_METRICS = col(Fact.metric).in_(bindparam("metrics", expanding=True))
IN_REGION = col(Region.slug) == bindparam("region")
IN_PERIODS = col(Fact.period).in_(bindparam("periods", expanding=True))
VALUES = FACTS.where(OF_VENDORS, IN_REGION, OF_METRICS, IN_PERIODS)
HISTORY = FACTS.where(OF_VENDORS, IN_REGION, OF_METRICS)
RANKING = FACTS.where(IN_REGION, IN_PERIODS, OF_METRICS, col(Vendor.slug) != TOTAL)
PERIODS = (
    select(col(Fact.period))
    .join(Region, col(Fact.region_id) == Region.id)
    .where(IN_REGION, OF_METRICS, col(Fact.superseded_by_id).is_(None))
    .group_by(col(Fact.period))
)
PERIODS_OF = PERIODS.join(Vendor, col(Fact.vendor_id) == Vendor.id).where(OF_VENDORS)
REGIONS = (
    select(col(Region.slug), func.count())
    .join(Fact, col(Fact.region_id) == Region.id)
    .where(OF_METRICS, col(Fact.superseded_by_id).is_(None))
    .group_by(col(Region.slug))
)
REGIONS_OF = REGIONS.join(Vendor, col(Fact.vendor_id) == Vendor.id).where(OF_VENDORS)


def _walk() -> Select[Any]:
    """The periods of one metric's facts in a region, going from each to the next, however many facts there are."""
    where = [
        col(Fact.region_id) == select(col(Region.id)).where(IN_REGION).scalar_subquery(),
        col(Fact.metric) == bindparam("metric"),
    ]
    walk = select(func.min(col(Fact.period)).label("period")).where(*where).cte("walk", recursive=True)
    following = select(func.min(col(Fact.period))).where(*where, col(Fact.period) > walk.c.period).scalar_subquery()
    walk = walk.union_all(select(following).where(walk.c.period.is_not(None)))
    still = exists().where(*where, col(Fact.period) == walk.c.period, col(Fact.superseded_by_id).is_(None))
    return select(walk.c.period).where(walk.c.period.is_not(None), still)


WALK = _walk()


def narrowed(
    query: Select[Any], table: Any, vendors: Collection[str], regions: Collection[str], ids: Collection[int]
) -> Select[Any]:
    """A statement's rows of those vendors, of those regions and with those ids, as far as any are named."""
    if vendors:
        query = query.where(col(Vendor.slug).in_(vendors))
    if regions:
        query = query.where(col(Region.slug).in_(regions))
    if ids:
        query = query.where(table.id.in_(ids))
    return query
