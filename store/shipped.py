"""Loads the data files that Vendorbot ships with, once each version of a file."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from store.engine import StoreError
from store.record import Recorder
from store.rows import NewRow, RowError, kind_of_file, parse_row
from store.tables import Alias, Product, Region, Shipped, Vendor, utc_now

DATA = Path(__file__).parent / "data"
ACTOR = "shipped data"
NAMES = ("regions.csv", "vendors.csv", "products.csv")
_OWNER: dict[str, tuple[Any, str]] = {
    "regions.csv": (Region, "region_id"),
    "vendors.csv": (Vendor, "vendor_id"),
    "products.csv": (Product, "product_id"),
}
ROWS = ("facts.csv", "milestones.csv", "launches.csv", "news.csv")


class ShippedDataError(StoreError):
    """A shipped file is damaged; the message names file and line."""


def load_shipped(session: Session, folder: Path = DATA) -> list[str]:
    """Load every shipped file whose content changed since it was last loaded; returns their names.

    Loading is idempotent: rows that the store has already are left as they are."""
    loaded = {row.file: row for row in session.execute(select(Shipped)).scalars()}
    changed = []
    for file in (*NAMES, *ROWS):
        content = (folder / file).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if file in loaded and loaded[file].digest == digest:
            continue
        load: Callable[[Session, str, str], None] = _load_names if file in NAMES else _load_rows
        load(session, file, content.decode("utf-8-sig"))
        row = loaded.get(file) or Shipped(file=file, digest=digest)
        row.digest, row.loaded_at = digest, utc_now()
        session.add(row)
        session.flush()
        changed.append(file)
    return changed


def is_loaded(session: Session, folder: Path = DATA) -> bool:
    """True where every shipped file is loaded in its present version."""
    loaded: dict[str, str] = dict(session.execute(select(col(Shipped.file), col(Shipped.digest))).all())
    return all(loaded.get(file) == hashlib.sha256((folder / file).read_bytes()).hexdigest() for file in (*NAMES, *ROWS))


def _load_rows(session: Session, file: str, text: str) -> None:
    reader = csv.DictReader(text.splitlines())
    kind = kind_of_file(reader.fieldnames or ())
    rows: list[NewRow] = []
    recorder = Recorder(session, ACTOR)
    for row in reader:
        try:
            parsed = parse_row(kind, row)
            recorder.check(parsed)
        except RowError as error:
            raise ShippedDataError(f"{file}, line {reader.line_num}: {error}") from error
        rows.append(parsed)
    recorder.record_all(rows)


def _load_names(session: Session, file: str, text: str) -> None:
    """Add or rename vendors, regions or products; names that an admin taught stay."""
    rows = list(csv.DictReader(text.splitlines()))
    table, owner = _OWNER[file]
    known: dict[str, Any] = {one.slug: one for one in session.execute(select(table)).scalars()}
    vendors = {slug: row_id for row_id, slug in session.execute(select(col(Vendor.id), col(Vendor.slug)))}
    for row in rows:
        one = known.setdefault(row["slug"], table(slug=row["slug"]))
        one.name = row["name"]
        if isinstance(one, Region):
            one.iso = row["iso"] or None
        elif isinstance(one, Vendor):
            one.country, one.founded = row["country"] or None, int(row["founded"]) if row["founded"] else None
        else:
            one.vendor_id = vendors[row["vendor"]]
    session.add_all(known.values())
    session.flush()
    for row in rows:
        if row.get("parent"):
            known[row["slug"]].parent_id = known[row["parent"]].id
    owner_column = getattr(Alias, owner)
    present = set(session.execute(select(owner_column, col(Alias.text)).where(owner_column.is_not(None))).all())
    for row in rows:
        for alias in filter(None, row["aliases"].split("|")):
            name, ambiguous = alias.removesuffix("?").strip(), alias.endswith("?")
            key = (known[row["slug"]].id, name)
            if key not in present:
                session.add(Alias(text=name, ambiguous=ambiguous, **{owner: key[0]}))
                present.add(key)
    session.flush()
