"""The tables. Rows of facts, milestones, launches and news are never overwritten: a newer row supersedes an older.

A row that was retracted supersedes itself: it is not current any more, and no newer row is in its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Named constraints, so that migrations can drop and alter them on every database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def utc_now() -> datetime:
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _moment() -> Any:
    return Field(default_factory=utc_now, sa_type=DateTime(timezone=True), nullable=False)


class Vendor(SQLModel, table=True):
    """A maker or brand of phones; `total` stands for all of a region's vendors together."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=128)
    parent_id: int | None = Field(default=None, foreign_key="vendor.id", index=True)
    country: str | None = Field(default=None, max_length=2)
    founded: int | None = None


class Region(SQLModel, table=True):
    """A node of the tree World > Europe > Western Europe > Spain; `iso` is the ISO 3166 alpha-2 code of a country."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=128)
    parent_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    iso: str | None = Field(default=None, max_length=2, unique=True)


class Product(SQLModel, table=True):
    """A phone or line of phones that launches and news name."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=96)
    name: str = Field(max_length=128)
    vendor_id: int = Field(foreign_key="vendor.id", index=True)


class Alias(SQLModel, table=True):
    """Another name of one vendor, region or product. `ambiguous`: it is an ordinary word too, so context decides."""

    __table_args__ = (
        CheckConstraint(
            "(vendor_id IS NOT NULL AND region_id IS NULL AND product_id IS NULL)"
            " OR (vendor_id IS NULL AND region_id IS NOT NULL AND product_id IS NULL)"
            " OR (vendor_id IS NULL AND region_id IS NULL AND product_id IS NOT NULL)",
            name="one_owner",
        ),
        UniqueConstraint("text", "vendor_id", "region_id", "product_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(max_length=128)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", index=True)
    region_id: int | None = Field(default=None, foreign_key="region.id", index=True)
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True)
    ambiguous: bool = False


class Source(SQLModel, table=True):
    """Who says so, where it can be read, when it was published, and which person announced it."""

    __table_args__ = (UniqueConstraint("name", "url", "published", "announced_by"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=128, index=True)
    url: str = Field(max_length=512)
    published: date
    announced_by: str = Field(default="", max_length=256)


class Publisher(SQLModel, table=True):
    """What kind of source a name is, and its place in the order in which sources are believed, the lowest first.

    `counts` says in words what its numbers count."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=128)
    name: str = Field(max_length=128)
    kind: str = Field(max_length=16)
    place: int
    counts: str = Field(default="", max_length=256)


class Fact(SQLModel, table=True):
    """A metric's value for a vendor, region and period."""

    __table_args__ = (
        Index("ix_fact_vendor", "vendor_id", "metric", "region_id", "period_start"),
        Index("ix_fact_region", "region_id", "metric", "period", "vendor_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id")
    metric: str = Field(max_length=16)
    value: float
    bound: str = Field(default="", max_length=1)
    unit: str = Field(max_length=16)
    region_id: int = Field(foreign_key="region.id")
    period: str = Field(max_length=16)
    period_start: date
    period_end: date
    certainty: str = Field(max_length=16)
    source_id: int = Field(foreign_key="source.id", index=True)
    recorded_at: datetime = _moment()
    superseded_by_id: int | None = Field(default=None, foreign_key="fact.id", index=True)


class Milestone(SQLModel, table=True):
    """Something a vendor reached, in a period; with a value where it is a number."""

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True)
    title: str = Field(max_length=256)
    value: float | None = None
    bound: str = Field(default="", max_length=1)
    unit: str = Field(default="", max_length=16)
    region_id: int = Field(foreign_key="region.id", index=True)
    period: str = Field(max_length=16)
    period_start: date = Field(index=True)
    period_end: date
    keywords: str = Field(default="", max_length=512)
    certainty: str = Field(max_length=16)
    source_id: int = Field(foreign_key="source.id", index=True)
    recorded_at: datetime = _moment()
    superseded_by_id: int | None = Field(default=None, foreign_key="milestone.id", index=True)


class Launch(SQLModel, table=True):
    """A vendor, or one product of it, enters a region. `date_text` is a day, a month, a year, or empty: not known."""

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True)
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    date_text: str = Field(default="", max_length=10)
    date_start: date | None = Field(default=None, index=True)
    date_end: date | None = None
    certainty: str = Field(max_length=16)
    source_id: int = Field(foreign_key="source.id", index=True)
    recorded_at: datetime = _moment()
    superseded_by_id: int | None = Field(default=None, foreign_key="launch.id", index=True)


class News(SQLModel, table=True):
    """A sourced statement in our own words that is neither a number nor a launch."""

    id: int | None = Field(default=None, primary_key=True)
    vendor_id: int = Field(foreign_key="vendor.id", index=True)
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    title: str = Field(max_length=512)
    topic: str = Field(default="", max_length=32, index=True)
    keywords: str = Field(default="", max_length=1024)
    certainty: str = Field(max_length=16)
    source_id: int = Field(foreign_key="source.id", index=True)
    recorded_at: datetime = _moment()
    superseded_by_id: int | None = Field(default=None, foreign_key="news.id", index=True)


class Audit(SQLModel, table=True):
    """Who recorded or changed which row, and when. Rows are only ever added."""

    __table_args__ = (Index("ix_audit_row", "table_name", "row_id"),)
    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _moment()
    actor: str = Field(max_length=128)
    action: str = Field(max_length=32)
    table_name: str = Field(max_length=32)
    row_id: int
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Conversation(SQLModel, table=True):
    """The last query of one person in one chat, so that "and in Spain?" is understood by any process."""

    chat_id: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(primary_key=True, max_length=64)
    query: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    at: datetime = Field(default_factory=utc_now, sa_type=DateTime(timezone=True), index=True)


class Picture(SQLModel, table=True):
    """What Telegram calls a picture that a bot has sent; see store/pictures.py."""

    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    digest: str = Field(primary_key=True, max_length=64)
    file_id: str = Field(max_length=255)
    at: datetime = _moment()


class Shipped(SQLModel, table=True):
    """Which version of each shipped data file has been loaded."""

    file: str = Field(primary_key=True, max_length=64)
    digest: str = Field(max_length=64)
    loaded_at: datetime = _moment()


class Edition(SQLModel, table=True):
    """One row: which edition of the facts this is; see store/edition.py."""

    id: int = Field(primary_key=True)
    name: str = Field(max_length=32)


class Incoming(SQLModel, table=True):
    """An update from Telegram: taken once by whichever process is first, and by another where that one is gone.

    `body` is the update as JSON, until it has been dealt with; `digest` stays: a Bot API server that was set up anew
    counts its updates from the start again. `held_until` is in seconds of the database's clock."""

    __table_args__ = (
        Index(
            "ix_incoming_open",
            "held_until",
            postgresql_where=text("body IS NOT NULL"),
            sqlite_where=text("body IS NOT NULL"),
        ),
    )
    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    digest: str = Field(primary_key=True, max_length=32)
    received_at: datetime = Field(default_factory=utc_now, sa_type=DateTime(timezone=True), nullable=False, index=True)
    body: str | None = Field(default=None, sa_type=Text)
    holder: str = Field(max_length=64)
    held_until: float
    tries: int = 1


CURRENT = text("superseded_by_id IS NULL")
