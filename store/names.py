"""The ids of what rows name: vendors, regions, products and sources. New products and sources are added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import category

from sqlalchemy import Table, func, insert, select, text
from sqlmodel import Session, col

from store.rows import NewSource, RowError
from store.tables import Alias, Product, Region, Source, Vendor, metadata


def slug_of(name: str) -> str:
    """The slug of a name: lower case, words joined by hyphens, `plus` for +."""
    text = name.lower().replace("+", " plus ")
    # The vowels of Hindi are marks, not letters: without them Togo and Tonga are one.
    kept = (letter if letter.isalnum() or category(letter)[0] == "M" else " " for letter in text)
    return "-".join("".join(kept).split())


@dataclass(frozen=True)
class _Slugs:
    """Ids by slug and by alias; `own` are the slugs alone."""

    what: str
    ids: Mapping[str, int]
    own: frozenset[str]

    @classmethod
    def read(cls, session: Session, what: str, owner: type[Vendor] | type[Region], column: Any) -> _Slugs:
        aliases = session.execute(_select((Alias.text, column)).where(column.is_not(None)))
        own = dict(session.execute(_select((owner.slug, owner.id))).all())
        return cls(what, {slug_of(alias): owner_id for alias, owner_id in aliases} | own, frozenset(own))

    def id(self, slug: str) -> int:
        if slug not in self.ids:
            near = _like(slug, self.own)
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            raise RowError(f"{self.what} {slug!r} is not known{meant}")
        return self.ids[slug]


@lru_cache(1000)
def _like(slug: str, slugs: frozenset[str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    return tuple(
        name for name, _, _ in process.extract(slug, sorted(slugs), scorer=fuzz.ratio, limit=3, score_cutoff=65)
    )


class Names:
    """Looks names up in one session, each once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._vendors = _Slugs.read(session, "vendor", Vendor, Alias.vendor_id)
        self._regions = _Slugs.read(session, "region", Region, Alias.region_id)
        self._products: dict[tuple[int, str], int] | None = None
        self._sources: dict[NewSource, int] = {}
        self._read_sources: set[str] = set()

    def vendor(self, slug: str) -> int:
        """Raises RowError where the store has no such vendor, with those that look like it."""
        return self._vendors.id(slug)

    def region(self, slug: str) -> int:
        """Raises RowError where the store has no such region, with those that look like it."""
        return self._regions.id(slug)

    def product(self, vendor_id: int, name: str) -> int:
        """A vendor's product by its name or an alias; one that is not there yet is added."""
        if self._products is None:
            self._products = self._read_products()
        key = (vendor_id, slug_of(name))
        if key not in self._products:
            slug, owners = key[1], {slug: owner for owner, slug in self._products}
            if slug in owners:  # another vendor has a product of that name
                vendor = self._session.execute(select(col(Vendor.slug)).where(col(Vendor.id) == vendor_id)).scalar_one()
                slug = f"{vendor}-{slug}"
            product_id = reserve_ids(self._session, Product, 1)[0]
            self._session.execute(insert(Product).values(id=product_id, slug=slug, name=name, vendor_id=vendor_id))
            self._products[key] = product_id
        return self._products[key]

    def sources(self, wanted: Collection[NewSource]) -> dict[NewSource, int]:
        """The ids of sources; those that are not there yet are added, all at once."""
        self._read(source.name for source in wanted)
        new = [source for source in dict.fromkeys(wanted) if source not in self._sources]
        if new:
            rows = []
            for source, row_id in zip(new, reserve_ids(self._session, Source, len(new)), strict=True):
                self._sources[source] = row_id
                values = {"name": source.name, "url": source.url, "published": source.published}
                rows.append(values | {"id": row_id, "announced_by": source.announced_by})
            self._session.execute(insert(Source), rows)
        return self._sources

    def _read(self, names: Iterable[str]) -> None:
        unread = set(names) - self._read_sources
        if unread:
            columns = (Source.id, Source.name, Source.url, Source.published, Source.announced_by)
            for row in self._session.execute(_select(columns).where(col(Source.name).in_(unread))):
                self._sources[NewSource(*row[1:])] = row[0]
            self._read_sources |= unread

    def _read_products(self) -> dict[tuple[int, str], int]:
        aliases = _select((Product.vendor_id, Alias.text, Product.id)).join(Alias, col(Alias.product_id) == Product.id)
        found = {(vendor, slug_of(alias)): row_id for vendor, alias, row_id in self._session.execute(aliases)}
        for vendor, name, slug, row_id in self._session.execute(
            _select((Product.vendor_id, Product.name, Product.slug, Product.id))
        ):
            found |= {(vendor, slug): row_id, (vendor, slug_of(name)): row_id}
        return found


def reserve_ids(session: Session, table: Any, count: int) -> list[int]:
    """Ids for rows about to be inserted, so that rows can name each other before they are there.

    On SQLite the write transaction keeps others out until then; on PostgreSQL the sequence hands each id out once."""
    name = str(table.__tablename__)
    if session.get_bind().dialect.name == "postgresql":
        query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
        return [int(row[0]) for row in session.execute(query, {"name": name, "count": count})]
    rows: Table = metadata.tables[name]
    last = session.execute(select(func.max(rows.c.id))).scalar() or 0
    return list(range(last + 1, last + 1 + count))


def _select(columns: Iterable[Any]) -> Any:
    return select(*columns)
