"""What became of a row over time: all that was ever said of the same thing, who recorded it, and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, or_, select
from sqlmodel import Session, col

from store.admin_tables import Person
from store.facts import KnownRow, read_row
from store.tables import Audit, Product, Region, Vendor, metadata

# By these columns rows of a table speak of the same thing, whoever says so.
_SAME = {
    "fact": ("vendor_id", "metric", "region_id", "period"),
    "milestone": ("vendor_id", "title", "region_id", "period"),
    "launch": ("vendor_id", "product_id", "region_id"),
    "news": ("vendor_id", "product_id", "title"),
}
TABLES = tuple(_SAME)
_MOST = 50  # things found by words


@dataclass(frozen=True)
class Deed:
    """Somebody did something to a row; `actor` is as people call them."""

    at: datetime
    actor: str
    action: str
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """One row of a history. `newer_id` took its place; its own number: it was taken back; None: it is current."""

    row: KnownRow
    newer_id: int | None
    deeds: tuple[Deed, ...]

    @property
    def current(self) -> bool:
        return self.newer_id is None


def history_of(session: Session, table: str, row_id: int) -> list[Told]:
    """All rows that speak of the same thing as that one, or that it took the place of, in order; none where it is not
    there."""
    rows = metadata.tables[table]
    ids = _same_thing(session, rows, table, row_id)
    grew = True
    while grew:
        linked = select(rows.c.id, rows.c.superseded_by_id).where(
            or_(rows.c.id.in_(ids), rows.c.superseded_by_id.in_(ids))
        )
        found = {one for pair in session.execute(linked) for one in pair if one is not None}
        grew = not found <= ids
        ids |= found
    newer: dict[int, int | None] = dict(
        session.execute(select(rows.c.id, rows.c.superseded_by_id).where(rows.c.id.in_(ids))).all()
    )
    deeds = _deeds(session, table, ids)
    known = ((one, read_row(session, table, one)) for one in sorted(ids))
    return [Told(row, newer[one], tuple(deeds.get(one, ()))) for one, row in known if row is not None]


def rows_about(
    session: Session,
    table: str,
    vendors: Collection[str],
    regions: Collection[str] = (),
    period: str = "",
    metric: str = "",
    product: str | None = None,
) -> list[KnownRow]:
    """Rows about that, those that do not hold any more too; of each thing, the newest that was recorded."""
    rows: Any = metadata.tables[table]
    query = select(rows.c.id, *(rows.c[name] for name in _SAME[table]))
    query = query.where(rows.c.vendor_id.in_(select(col(Vendor.id)).where(col(Vendor.slug).in_(vendors))))
    if regions:
        query = query.where(rows.c.region_id.in_(select(col(Region.id)).where(col(Region.slug).in_(regions))))
    if period and "period" in rows.c:
        query = query.where(rows.c.period == period)
    if metric:
        query = query.where(rows.c.metric == metric)
    if product and "product_id" in rows.c:
        query = query.where(rows.c.product_id.in_(select(col(Product.id)).where(col(Product.slug) == product)))
    newest = {tuple(same): row_id for row_id, *same in session.execute(query.order_by(rows.c.id))}
    found = (read_row(session, table, row_id) for row_id in list(newest.values())[-_MOST:])
    return [row for row in found if row is not None]


def newer_than(session: Session, table: str, row_id: int) -> int | None:
    """The row that took that one's place; its own number where it was taken back; None where it is current."""
    rows = metadata.tables[table]
    found: int | None = session.execute(select(rows.c.superseded_by_id).where(rows.c.id == row_id)).scalar()
    return found


def actor_names(session: Session, actors: Collection[str]) -> dict[str, str]:
    """How people call those whom the audit names."""
    numbers = [int(one.removeprefix("telegram:")) for one in actors if one.removeprefix("telegram:").isdigit()]
    people = session.execute(select(Person).where(col(Person.telegram_id).in_(numbers))).scalars()
    named = {f"telegram:{one.telegram_id}": one.name for one in people if one.name}
    return {actor: named.get(actor, actor) for actor in actors}


def _same_thing(session: Session, rows: Table, table: str, row_id: int) -> set[int]:
    columns: list[Any] = [rows.c[name] for name in _SAME[table]]
    own = session.execute(select(*columns).where(rows.c.id == row_id)).first()
    if own is None:
        return set()
    same = [column.is_(None) if value is None else column == value for column, value in zip(columns, own, strict=True)]
    return set(session.execute(select(rows.c.id).where(*same)).scalars())


def _deeds(session: Session, table: str, ids: Collection[int]) -> dict[int, list[Deed]]:
    query = select(Audit).where(col(Audit.table_name) == table, col(Audit.row_id).in_(ids)).order_by(col(Audit.id))
    audits = list(session.execute(query).scalars())
    names = actor_names(session, {one.actor for one in audits})
    found: dict[int, list[Deed]] = {}
    for one in audits:
        at = one.at if one.at.tzinfo else one.at.replace(tzinfo=UTC)
        deed = Deed(at, names[one.actor], one.action, str(one.detail.get("reason") or ""))
        found.setdefault(one.row_id, []).append(deed)
    return found
