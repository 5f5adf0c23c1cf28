"""The names the store knows: vendors, regions, products and headlines, read once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from store.tables import Alias, Milestone, News, Product, Region, Vendor
from store.taught import taught_metrics
from store.words import Metric


@dataclass(frozen=True)
class Name:
    """One way to write a vendor, region or product. `ambiguous`: an ordinary word too."""

    text: str
    ambiguous: bool = False


@dataclass(frozen=True)
class KnownVendor:
    slug: str
    name: str
    parent: str | None
    country: str | None
    founded: int | None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class KnownRegion:
    slug: str
    name: str
    parent: str | None
    iso: str | None
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class KnownProduct:
    slug: str
    name: str
    vendor: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True)
class Headline:
    """A milestone or news row as words to be found by: `kind` is the table, `keywords` what people call it."""

    kind: str
    row_id: int
    vendor: str
    product: str | None
    region: str
    title: str
    keywords: str
    topic: str = ""
    period: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Everything that can be named, by slug."""

    vendors: Mapping[str, KnownVendor] = field(default_factory=dict)
    regions: Mapping[str, KnownRegion] = field(default_factory=dict)
    products: Mapping[str, KnownProduct] = field(default_factory=dict)
    headlines: tuple[Headline, ...] = ()
    metric_words: tuple[tuple[str, Metric], ...] = ()  # taught by admins, besides those of the language files

    def name(self, slug: str) -> str:
        """How a vendor, region or product is written; the slug itself where it is none."""
        named = self.vendors.get(slug) or self.regions.get(slug) or self.products.get(slug)
        return named.name if named else slug

    def within(self, region: str) -> frozenset[str]:
        """The slugs of a region and all inside it."""
        inside = {region}
        grew = True
        while grew:
            more = {one.slug for one in self.regions.values() if one.parent in inside} - inside
            inside |= more
            grew = bool(more)
        return frozenset(inside)

    def around(self, region: str) -> tuple[str, ...]:
        """The regions that hold this one, the nearest first."""
        if region not in self._around:
            self._around[region] = self._look_around(region)
        return self._around[region]

    @cached_property
    def _around(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _look_around(self, region: str) -> tuple[str, ...]:
        found: list[str] = []
        parent = self.regions[region].parent if region in self.regions else None
        while parent and parent not in found:
            found.append(parent)
            parent = self.regions[parent].parent
        return tuple(found)

    def brands(self, vendor: str) -> tuple[str, ...]:
        """The slugs of a vendor's sub-brands."""
        return tuple(one.slug for one in self.vendors.values() if one.parent == vendor)


def read_catalogue(session: Session) -> Catalogue:
    """Read every name from the database."""
    aliases: dict[tuple[str, int], list[Name]] = {}
    for text, vendor, region, product, ambiguous in _read(
        session, Alias.text, Alias.vendor_id, Alias.region_id, Alias.product_id, Alias.ambiguous
    ):
        owner = ("vendor", vendor) if vendor else ("region", region) if region else ("product", product)
        aliases.setdefault(owner, []).append(Name(text, ambiguous))

    def names(kind: str, row_id: int, own: str) -> tuple[Name, ...]:
        given = aliases.get((kind, row_id), [])
        own_too = [] if any(name.text == own for name in given) else [Name(own)]
        return (*own_too, *given)

    vendor_rows = _read(session, Vendor.id, Vendor.slug, Vendor.name, Vendor.parent_id, Vendor.country, Vendor.founded)
    vendor_slugs = {row[0]: row[1] for row in vendor_rows}
    vendors = {
        slug: KnownVendor(slug, name, vendor_slugs.get(parent), country, founded, names("vendor", row_id, name))
        for row_id, slug, name, parent, country, founded in vendor_rows
    }
    region_rows = _read(session, Region.id, Region.slug, Region.name, Region.parent_id, Region.iso)
    region_slugs = {row[0]: row[1] for row in region_rows}
    regions = {
        slug: KnownRegion(slug, name, region_slugs.get(parent), iso, names("region", row_id, name))
        for row_id, slug, name, parent, iso in region_rows
    }
    product_rows = _read(session, Product.id, Product.slug, Product.name, Product.vendor_id)
    product_slugs = {row[0]: row[1] for row in product_rows}
    products = {
        slug: KnownProduct(slug, name, vendor_slugs[vendor], names("product", row_id, name))
        for row_id, slug, name, vendor in product_rows
    }
    headlines = [
        Headline("milestone", row_id, vendor_slugs[vendor], None, region_slugs[region], title, keywords, "", period)
        for row_id, vendor, region, title, keywords, period in _read(
            session, *(Milestone.id, Milestone.vendor_id, Milestone.region_id),
            *(Milestone.title, Milestone.keywords, Milestone.period), current=Milestone,
        )
    ]  # fmt: skip
    headlines += [
        Headline(
            "news", row_id, vendor_slugs[vendor], product_slugs.get(product), region_slugs[region], title, words, topic
        )
        for row_id, vendor, product, region, title, words, topic in _read(
            session, *(News.id, News.vendor_id, News.product_id, News.region_id),
            *(News.title, News.keywords, News.topic), current=News,
        )
    ]  # fmt: skip
    return Catalogue(vendors, regions, products, tuple(headlines), taught_metrics(session))


def _read(session: Session, *columns: Any, current: type[Milestone] | type[News] | None = None) -> list[Any]:
    """All rows of these columns; only those not superseded where a table is given as `current`."""
    query = select(*columns)
    if current:
        query = query.where(col(current.superseded_by_id).is_(None))
    return list(session.execute(query))
