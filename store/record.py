"""Records rows: once each, never over another. A changed row of the same source supersedes the older one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, tuple_, update
from sqlmodel import Session, SQLModel, col

from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow, NewSource, RowError
from store.tables import Alias, Audit, Fact, Launch, Milestone, News, Product, Region, Source, Vendor, utc_now

_CHUNK = 400  # rows looked up and inserted by one statement


class Outcome(StrEnum):
    """What became of a row that was handed in."""

    NEW = "new"
    CORRECTED = "corrected"
    HISTORY = "history"  # older than what the same source says in the store: kept, but not current
    KNOWN = "known"


@dataclass(frozen=True)
class Recorded:
    outcome: Outcome
    table: str
    row_id: int
    superseded_id: int | None = None


@dataclass(frozen=True)
class _Shape:
    """How rows of one table are told apart: by `key` they speak of the same thing, by `content` they say the same."""

    table: type[SQLModel]
    key: tuple[str, ...]
    content: tuple[str, ...]


_SHAPES: dict[type[NewRow], _Shape] = {
    NewFact: _Shape(Fact, ("vendor_id", "metric", "region_id", "period"), ("value", "bound", "unit", "certainty")),
    NewMilestone: _Shape(
        Milestone, ("vendor_id", "title", "region_id", "period"), ("value", "bound", "unit", "keywords", "certainty")
    ),
    NewLaunch: _Shape(Launch, ("vendor_id", "product_id", "region_id"), ("date_text", "certainty")),
    NewNews: _Shape(News, ("vendor_id", "product_id", "title"), ("region_id", "topic", "keywords", "certainty")),
}


def slug_of(name: str) -> str:
    """The slug of a name: lower case, words joined by hyphens, `plus` for +."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.lower().replace("+", " plus ")).split()
    return "-".join(words)


@dataclass
class Recorder:
    """Records many rows of one session; what it has looked up once it does not look up again."""

    session: Session
    actor: str
    _vendors: dict[str, int] = field(default_factory=dict)
    _regions: dict[str, int] = field(default_factory=dict)
    _products: dict[tuple[int, str], int] = field(default_factory=dict)
    _sources: dict[NewSource, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for owner, ids in ((Vendor, self._vendors), (Region, self._regions)):
            column = Alias.vendor_id if owner is Vendor else Alias.region_id
            aliases = select(Alias.text, column).where(column.is_not(None))  # type: ignore[union-attr, call-overload]
            ids.update((slug_of(text), owner_id) for text, owner_id in self.session.execute(aliases))
            ids.update((slug, row_id) for slug, row_id in self.session.execute(select(owner.slug, owner.id)))  # type: ignore[call-overload]

    def check(self, row: NewRow) -> None:
        """Raises RowError where the row names a vendor or region that the store does not have."""
        self._vendor(row.vendor)
        self._region(row.region)

    def record(self, row: NewRow) -> Recorded:
        """Record one row. Raises RowError where it names an unknown vendor or region."""
        return self.record_all([row])[0]

    def record_all(self, rows: Sequence[NewRow]) -> list[Recorded]:
        """Record rows of one kind, in order; the answers come in the same order."""
        recorded: list[Recorded] = []
        for start in range(0, len(rows), _CHUNK):
            recorded += self._record_chunk(rows[start : start + _CHUNK])
        return recorded

    def _record_chunk(self, rows: Sequence[NewRow]) -> list[Recorded]:
        shape = _SHAPES[type(rows[0])]
        prepared = [self._columns(row) for row in rows]
        history = self._history(shape, prepared)
        recorded = []
        for row, columns in zip(rows, prepared, strict=True):
            key = (*(columns[name] for name in shape.key), row.source.name)
            same_thing = history.setdefault(key, [])
            recorded.append(self._record_one(shape, row.source, columns, same_thing))
        return recorded

    def _record_one(
        self, shape: _Shape, source: NewSource, columns: dict[str, Any], same_thing: list[dict[str, Any]]
    ) -> Recorded:
        table = str(shape.table.__tablename__)
        content = tuple(columns[name] for name in shape.content)
        current = next((old for old in same_thing if old["superseded_by_id"] is None), None)
        for old in same_thing:
            says_the_same = tuple(old[name] for name in shape.content) == content
            if says_the_same and (old is current or old["published"] == source.published):
                return Recorded(Outcome.KNOWN, table, old["id"])
        older = current is not None and source.published < current["published"]
        columns = columns | {"superseded_by_id": current["id"] if older and current else None}
        row_id = self.session.execute(insert(shape.table).values(**columns)).inserted_primary_key[0]  # type: ignore[attr-defined]
        outcome = Outcome.NEW if current is None else Outcome.HISTORY if older else Outcome.CORRECTED
        if current is not None and not older:
            changed = update(shape.table).where(shape.table.id == current["id"]).values(superseded_by_id=row_id)  # type: ignore[attr-defined]
            self.session.execute(changed)
            current["superseded_by_id"] = row_id
        detail = {
            "source": source.name,
            "supersedes": current["id"] if outcome is Outcome.CORRECTED and current else None,
        }
        audit = {
            "at": utc_now(),
            "actor": self.actor,
            "action": f"record {outcome}",
            "table_name": table,
            "row_id": row_id,
        }
        self.session.execute(insert(Audit).values(**audit, detail=detail))
        same_thing.append(columns | {"id": row_id, "published": source.published})
        return Recorded(outcome, table, row_id, detail["supersedes"])  # type: ignore[arg-type]

    def _history(
        self, shape: _Shape, prepared: Sequence[dict[str, Any]]
    ) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        """What the store holds of the things that the rows speak of, by key and source name."""
        table = shape.table.__table__  # type: ignore[attr-defined]
        names = ("id", "superseded_by_id", *shape.key, *(name for name in shape.content if name not in shape.key))
        exact = [name for name in shape.key if name != "product_id"]  # it can be NULL, which equals nothing in SQL
        wanted = {tuple(columns[name] for name in exact) for columns in prepared}
        columns: list[Any] = [table.c[name] for name in names]
        query = (
            select(*columns, col(Source.name).label("source_name"), col(Source.published))
            .join_from(table, Source, table.c.source_id == Source.id)
            .where(tuple_(*(table.c[name] for name in exact)).in_(wanted))
        )
        found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        for row in self.session.execute(query).mappings():
            key = (*(row[name] for name in shape.key), row["source_name"])
            found.setdefault(key, []).append(dict(row))
        return found

    def _columns(self, row: NewRow) -> dict[str, Any]:
        vendor_id = self._vendor(row.vendor)
        columns: dict[str, Any] = {
            "vendor_id": vendor_id,
            "region_id": self._region(row.region),
            "certainty": row.certainty.value,
            "source_id": self._source(row.source),
            "recorded_at": utc_now(),
        }
        if isinstance(row, NewFact):
            columns |= {
                "metric": row.metric.value,
                "value": row.value,
                "unit": row.unit.value,
                "bound": row.bound.value,
            }
        if isinstance(row, NewMilestone):
            columns |= {"title": row.title, "value": row.value, "unit": row.unit, "bound": row.bound.value}
            columns |= {"keywords": row.keywords}
        if isinstance(row, NewFact | NewMilestone):
            columns |= {"period": str(row.period), "period_start": row.period.start, "period_end": row.period.end}
        if isinstance(row, NewNews):
            columns |= {"title": row.title, "topic": row.topic, "keywords": row.keywords}
        if isinstance(row, NewLaunch):
            first, last = row.days or (None, None)
            columns |= {"date_text": row.date_text, "date_start": first, "date_end": last}
        if isinstance(row, NewLaunch | NewNews):
            columns |= {"product_id": self._product(vendor_id, row.product) if row.product else None}
        return columns

    def _vendor(self, slug: str) -> int:
        return _known(self._vendors, slug, "vendor")

    def _region(self, slug: str) -> int:
        return _known(self._regions, slug, "region")

    def _product(self, vendor_id: int, name: str) -> int:
        key = (vendor_id, slug_of(name))
        if key not in self._products:
            found = self.session.execute(select(Product.id).where(Product.slug == key[1])).scalar()  # type: ignore[call-overload]
            if found is None:
                made = insert(Product).values(slug=key[1], name=name, vendor_id=vendor_id)
                found = self.session.execute(made).inserted_primary_key[0]  # type: ignore[attr-defined]
            self._products[key] = found
        return self._products[key]

    def _source(self, source: NewSource) -> int:
        if source not in self._sources:
            values = {"name": source.name, "url": source.url, "published": source.published}
            values |= {"announced_by": source.announced_by}
            found = self.session.execute(select(Source.id).filter_by(**values)).scalar()  # type: ignore[call-overload]
            if found is None:
                found = self.session.execute(insert(Source).values(**values)).inserted_primary_key[0]  # type: ignore[attr-defined]
            self._sources[source] = found
        return self._sources[source]


def _known(ids: dict[str, int], slug: str, what: str) -> int:
    if slug in ids:
        return ids[slug]
    from rapidfuzz.process import extract

    near = [name for name, _, _ in extract(slug, ids.keys(), limit=3, score_cutoff=60)]
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    raise RowError(f"{what} {slug!r} is not known{meant}")
