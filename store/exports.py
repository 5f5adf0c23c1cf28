"""The store's current rows as they were handed in, so that a file of them can be imported elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session

from store.period import Period
from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow, NewSource
from store.tables import Fact, Launch, Milestone, News, Product, Region, Source, Vendor
from store.words import Bound, Certainty, Metric, Unit

_SOURCE: tuple[Any, ...] = (Source.name, Source.url, Source.published, Source.announced_by)


def export_rows(session: Session, kind: type[NewRow]) -> Iterator[NewRow]:
    """All current rows of one kind, in the order in which they were recorded."""
    return _EXPORTS[kind](session, None)


def handed_in(session: Session, table: str, row_id: int) -> NewRow | None:
    """One row, current or not, as it was handed in; None where there is none."""
    kind = _KIND_OF_TABLE.get(table)
    return next(iter(_EXPORTS[kind](session, row_id)), None) if kind else None


def _rows(session: Session, only: int | None, table: Any, *columns: Any) -> Iterator[Any]:
    chosen: tuple[Any, ...] = (*columns, Vendor.slug, Region.slug, table.certainty, *_SOURCE)
    query: Select[Any] = (
        select(*chosen)
        .select_from(table)
        .join(Vendor, table.vendor_id == Vendor.id)
        .join(Region, table.region_id == Region.id)
        .join(Source, table.source_id == Source.id)
        .where(table.superseded_by_id.is_(None) if only is None else table.id == only)
        .order_by(table.id)
    )
    if hasattr(table, "product_id"):
        query = query.outerjoin(Product, table.product_id == Product.id)
    for row in session.execute(query):
        *own, vendor, region, certainty, name, url, published, announced_by = row
        yield own, vendor, region, Certainty(certainty), NewSource(name, url, published, announced_by)


def _facts(session: Session, only: int | None) -> Iterator[NewRow]:
    columns = (Fact.metric, Fact.value, Fact.bound, Fact.unit, Fact.period)
    for (metric, value, bound, unit, period), vendor, region, certainty, source in _rows(session, only, Fact, *columns):
        measured = (Metric(metric), value, Bound(bound), Unit(unit))
        yield NewFact(vendor, *measured, region, Period.parse(period), certainty, source)


def _milestones(session: Session, only: int | None) -> Iterator[NewRow]:
    columns = (Milestone.title, Milestone.value, Milestone.bound, Milestone.unit, Milestone.period, Milestone.keywords)
    for own, vendor, region, certainty, source in _rows(session, only, Milestone, *columns):
        title, value, bound, unit, period, keywords = own
        when = Period.parse(period)
        yield NewMilestone(vendor, title, value, Bound(bound), unit, region, when, keywords, certainty, source)


def _launches(session: Session, only: int | None) -> Iterator[NewRow]:
    columns = (Product.name, Launch.date_text, Launch.date_start, Launch.date_end)
    for (product, date_text, first, last), vendor, region, certainty, source in _rows(session, only, Launch, *columns):
        days = (first, last) if first and last else None
        yield NewLaunch(vendor, product or "", region, date_text, days, certainty, source)


def _news(session: Session, only: int | None) -> Iterator[NewRow]:
    columns = (Product.name, News.title, News.topic, News.keywords)
    for (product, title, topic, keywords), vendor, region, certainty, source in _rows(session, only, News, *columns):
        yield NewNews(vendor, product or "", region, title, topic, keywords, certainty, source)


_EXPORTS = {NewFact: _facts, NewMilestone: _milestones, NewLaunch: _launches, NewNews: _news}
_KIND_OF_TABLE: dict[str, type[NewRow]] = {
    "fact": NewFact,
    "milestone": NewMilestone,
    "launch": NewLaunch,
    "news": NewNews,
}
