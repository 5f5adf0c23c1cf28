"""Adds a vendor and its other names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from store.edition import begin_edition
from store.names import slug_of
from store.rows import RowError
from store.tables import Alias, Audit, Vendor

_FIRST_YEAR = 1850


@dataclass(frozen=True)
class NewVendor:
    """`country` is its ISO 3166 alpha-2 code or empty; `parent` a vendor's slug or empty."""

    name: str
    country: str = ""
    founded: int | None = None
    parent: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        return slug_of(self.name)


def check_vendor(session: Session, new: NewVendor, this_year: int) -> None:
    """Raises RowError where it cannot be added, saying what is wrong."""
    if not new.slug or len(new.name) > 128 or len(new.slug) > 64:
        raise RowError("a vendor's name has letters or digits, and at most 64 of them")
    if new.founded is not None and not _FIRST_YEAR <= new.founded <= this_year:
        raise RowError(f"founded in {new.founded} cannot be; expected a year from {_FIRST_YEAR} to {this_year}")
    names: dict[str, str] = {}
    for slug, name in session.execute(select(col(Vendor.slug), col(Vendor.name))):
        names |= {slug: name, slug_of(name): name}
    for alias, name in session.execute(
        select(col(Alias.text), col(Vendor.name)).join(Vendor, col(Alias.vendor_id) == Vendor.id)
    ):
        names.setdefault(slug_of(alias), name)
    taken = next((one for one in (new.name, *new.aliases) if slug_of(one) in names), None)
    if taken:
        raise RowError(f"{taken} is a name of {names[slug_of(taken)]} already")


def add_vendor(session: Session, new: NewVendor, actor: str, this_year: int) -> int:
    """Add a vendor; returns its row's number. Raises RowError."""
    begin_edition(session.connection())
    check_vendor(session, new, this_year)
    parent = session.execute(select(col(Vendor.id)).where(col(Vendor.slug) == new.parent)).scalar()
    vendor = Vendor(slug=new.slug, name=new.name, country=new.country or None, founded=new.founded, parent_id=parent)
    session.add(vendor)
    session.flush()
    assert vendor.id is not None
    session.add_all(Alias(text=alias[:128], vendor_id=vendor.id) for alias in dict.fromkeys(new.aliases))
    detail = {"slug": new.slug, "aliases": list(new.aliases)}
    session.add(Audit(actor=actor, action="add", table_name="vendor", row_id=vendor.id, detail=detail))
    session.flush()
    return vendor.id
