"""What the store holds, in numbers: how many rows of each kind, of whom, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from store.tables import Fact, Launch, Milestone, News, Source, Vendor
from store.words import TOTAL


@dataclass(frozen=True)
class Holdings:
    """Counts of current rows; `first` and `last` are the days the facts reach from and to, if there are any."""

    facts: int
    milestones: int
    launches: int
    news: int
    vendors: int
    sources: int
    first: date | None
    last: date | None

    @property
    def rows(self) -> int:
        """Facts, milestones, launches and news together."""
        return self.facts + self.milestones + self.launches + self.news


def count_holdings(session: Session) -> Holdings:
    """Count what the store holds now; superseded rows are left out."""
    tables: tuple[Any, ...] = (Fact, Milestone, Launch, News)
    facts, milestones, launches, news = (
        _count(session, select(func.count()).select_from(table).where(table.superseded_by_id.is_(None)))
        for table in tables
    )
    vendors = _count(session, select(func.count()).select_from(Vendor).where(col(Vendor.slug) != TOTAL))
    sources = _count(session, select(func.count(func.distinct(col(Source.name)))))
    reach = select(func.min(col(Fact.period_start)), func.max(col(Fact.period_end)))
    first, last = session.execute(reach.where(col(Fact.superseded_by_id).is_(None))).one()
    return Holdings(facts, milestones, launches, news, vendors, sources, first, last)


def _count(session: Session, query: Any) -> int:
    return int(session.execute(query).scalar_one())
