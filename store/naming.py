"""Loads the files of names: regions, vendors, products, and publishers of sources. Names an admin taught stay."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from io import StringIO
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from store.merging import merged_slugs
from store.names import slug_of
from store.rows import RowError
from store.tables import Alias, Product, Publisher, Region, Vendor

_Row = Mapping[str, str]


def _region(row: _Row, _vendors: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "iso": row["iso"] or None}


def _vendor(row: _Row, _vendors: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "country": row["country"] or None,
        "founded": int(row["founded"]) if row["founded"] else None,
    }


def _product(row: _Row, vendors: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "vendor_id": vendors[row["vendor"]].id}


def _publisher(row: _Row, _vendors: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "kind": row["kind"], "place": int(row["order"]), "counts": row["counts"]}


_FILES: dict[str, tuple[type[SQLModel], Callable[[_Row, Mapping[str, Any]], dict[str, Any]], str]] = {
    "regions.csv": (Region, _region, "region_id"),
    "vendors.csv": (Vendor, _vendor, "vendor_id"),
    "products.csv": (Product, _product, "product_id"),
    "sources.csv": (Publisher, _publisher, ""),
}
NAMES = tuple(_FILES)


def load_names(session: Session, file: str, text: str) -> None:
    """Add or rename what a file of names holds. Raises RowError, the line in its message."""
    table, columns, owner = _FILES[file]
    rows = list(csv.DictReader(StringIO(text, newline="")))
    if table is Vendor:
        merged = merged_slugs(session)
        rows = [row for row in rows if row.get("slug") not in merged]
    present: Any = session.execute(select(table)).scalars()
    known: dict[str, Any] = {one.slug: one for one in present}
    vendors = {one.slug: one for one in session.execute(select(Vendor)).scalars()} if table is Product else {}
    for number, row in enumerate(rows, 2):
        try:
            values = columns(row, vendors)
            slug = row["slug"] if "slug" in row else slug_of(row["name"])
        except (KeyError, ValueError, TypeError) as error:
            raise RowError(f"line {number}: {error}") from error
        one = known.setdefault(slug, table(slug=slug))
        for name, value in values.items():
            setattr(one, name, value)
    session.add_all(known.values())
    session.flush()
    if owner:
        _load_parents(rows, known)
        _load_aliases(session, rows, known, owner)
    session.flush()


def _load_parents(rows: list[dict[str, str]], known: Mapping[str, Any]) -> None:
    for number, row in enumerate(rows, 2):
        if row.get("parent"):
            if row["parent"] not in known:
                raise RowError(f"line {number}: parent {row['parent']!r} is not in the file")
            known[row["slug"]].parent_id = known[row["parent"]].id


def _load_aliases(session: Session, rows: list[dict[str, str]], known: Mapping[str, Any], owner: str) -> None:
    column: Any = getattr(Alias, owner)
    aliases = select(column, col(Alias.text)).where(column.is_not(None))
    present = {(owner_id, alias) for owner_id, alias in session.execute(aliases)}
    for row in rows:
        for alias in filter(None, row["aliases"].split("|")):
            name, ambiguous = alias.removesuffix("?").strip(), alias.endswith("?")
            key = (known[row["slug"]].id, name)
            if key not in present:
                session.add(Alias(text=name, ambiguous=ambiguous, **{owner: key[0]}))
                present.add(key)
