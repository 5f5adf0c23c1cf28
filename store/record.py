"""Records rows: once each, never over another. A changed row of the same source supersedes the older one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, bindparam, cast, func, insert, select, tuple_, update
from sqlmodel import Session, SQLModel, col

from store.alert_tables import Happened
from store.alerts import Happening, Told, tell
from store.edition import begin_edition
from store.names import Names, reserve_ids
from store.rows import NewFact, NewLaunch, NewMilestone, NewNews, NewRow, NewSource
from store.subscriptions import KIND_OF_TABLE, Subject, regions_around
from store.tables import Audit, Fact, Launch, Milestone, News, Source, metadata, utc_now
from store.words import Certainty

_CHUNK = 2000  # rows looked up and inserted by one statement


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


@dataclass(eq=False)
class _Said:
    """What one row of a source says of a thing: a row of the store, or one about to be (then it has no id yet)."""

    content: tuple[Any, ...]
    published: date
    row_id: int | None = None
    newer: _Said | int | None = None  # what superseded it
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Verdict:
    """What becomes of one row: `said` is it, or the row that says the same already."""

    outcome: Outcome
    said: _Said
    corrects: _Said | None = None


class Recorder:
    """Records many rows in one write transaction; what it has looked up once it does not look up again.

    With `alerts`, those who subscribed are told in the same transaction; `told` is how far that reaches. A rehearsal,
    which is rolled back, tells nobody and keeps in `happenings` what they would be told. What was taken back stays so
    when a file says it again, and is recorded anew when a person does, by `again`."""

    def __init__(
        self, session: Session, actor: str, *, alerts: bool = False, rehearsal: bool = False, again: bool = False
    ) -> None:
        begin_edition(session.connection())  # two at once would each find the same fact missing
        self._session, self._actor, self._names = session, actor, Names(session)
        self._alerts, self._around = alerts, dict[int, list[int]]()
        self.told = Told()
        self._again = again
        self.happenings: list[Happening] | None = [] if rehearsal else None

    def check(self, row: NewRow) -> None:
        """Raises RowError where the row names a vendor or region that the store does not have."""
        self._names.vendor(row.vendor)
        self._names.region(row.region)

    def record(self, row: NewRow) -> Recorded:
        """Record one row. Raises RowError where it names an unknown vendor or region."""
        return self.record_all([row])[0]

    def replace(self, row: NewRow, earlier_id: int) -> Recorded:
        """Record a row in the place of an earlier one, whatever source and period that was of. Raises RowError."""
        shape = _SHAPES[type(row)]
        columns = self._columns(row, self._names.sources([row.source]))
        table = metadata.tables[str(shape.table.__tablename__)]
        said = select(*(table.c[name] for name in shape.content)).where(table.c.id == earlier_id)
        said_before = self._session.execute(said).one()
        corrected = _Said(tuple(said_before), row.source.published, earlier_id)
        new = _Said(tuple(columns[name] for name in shape.content), row.source.published, columns=columns)
        corrected.newer = new
        key = (*(columns[name] for name in shape.key), row.source.name)
        doubled = [one.row_id for one in self._history(shape, [columns]).get(key, []) if one.newer is None]
        recorded = self._finish(shape, [row], [_Verdict(Outcome.CORRECTED, new, corrected)])[0]
        others = update(table).where(table.c.id.in_(doubled), table.c.id != earlier_id)
        self._session.execute(others.values(superseded_by_id=recorded.row_id))
        return recorded

    def record_all(self, rows: Sequence[NewRow]) -> list[Recorded]:
        """Record rows of one kind, in order; the answers come in the same order. Raises RowError as `record` does."""
        recorded: list[Recorded] = []
        for start in range(0, len(rows), _CHUNK):
            recorded += self._record_chunk(rows[start : start + _CHUNK])
        return recorded

    def _record_chunk(self, rows: Sequence[NewRow]) -> list[Recorded]:
        shape = _SHAPES[type(rows[0])]
        sources = self._names.sources([row.source for row in rows])
        prepared = [self._columns(row, sources) for row in rows]
        history = self._history(shape, prepared)
        verdicts = []
        for row, columns in zip(rows, prepared, strict=True):
            key = (*(columns[name] for name in shape.key), row.source.name)
            content = tuple(columns[name] for name in shape.content)
            said = _Said(content, row.source.published, columns=columns)
            verdicts.append(_judge(said, history.setdefault(key, []), self._again))
        return self._finish(shape, rows, verdicts)

    def _finish(self, shape: _Shape, rows: Sequence[NewRow], verdicts: Sequence[_Verdict]) -> list[Recorded]:
        """Write what was decided, and tell of it."""
        self._write(shape, rows, verdicts)
        table = str(shape.table.__tablename__)
        if self.happenings is not None:
            self.happenings += self._happenings(table, verdicts)
        elif self._alerts:
            self.told += tell(self._session, self._happenings(table, verdicts))
        return [
            Recorded(one.outcome, table, _id(one.said), _id(one.corrects) if one.corrects else None) for one in verdicts
        ]

    def _write(self, shape: _Shape, rows: Sequence[NewRow], verdicts: Sequence[_Verdict]) -> None:
        """Insert what is new, then say which row superseded which: by then all of them are there."""
        new = [(row, one) for row, one in zip(rows, verdicts, strict=True) if one.outcome is not Outcome.KNOWN]
        if not new:
            return
        for (_, one), row_id in zip(new, reserve_ids(self._session, shape.table, len(new)), strict=True):
            one.said.row_id = row_id
        table = metadata.tables[str(shape.table.__tablename__)]
        connection = self._session.connection()
        connection.execute(insert(table), [one.said.columns | {"id": one.said.row_id} for _, one in new])
        superseded = [one.corrects or one.said for _, one in new if one.outcome is not Outcome.NEW]
        if superseded:
            by = update(table).where(table.c.id == bindparam("old")).values(superseded_by_id=bindparam("new"))
            connection.execute(by, [{"old": _id(old), "new": _id(old.newer)} for old in superseded])
        audits = [
            {
                "at": one.said.columns["recorded_at"],
                "actor": self._actor,
                "action": f"record {one.outcome}",
                "table_name": table.name,
                "row_id": one.said.row_id,
                "detail": {"source": row.source.name, "supersedes": _id(one.corrects) if one.corrects else None},
            }
            for row, one in new
        ]
        connection.execute(insert(metadata.tables[str(Audit.__tablename__)]), audits)

    def _happenings(self, table: str, verdicts: Sequence[_Verdict]) -> Iterator[Happening]:
        """What chats are told of these rows; older knowledge than what is current is no news."""
        for one in verdicts:
            if one.outcome in (Outcome.KNOWN, Outcome.HISTORY):
                continue
            columns = one.said.columns
            happened = Happened.NEW if one.corrects is None else Happened.CORRECTED
            if one.corrects and table == "launch" and one.corrects.content[0] != columns["date_text"]:
                happened = Happened.MOVED
            subject = Subject(
                KIND_OF_TABLE[table], columns["vendor_id"], self._regions_around(columns["region_id"]),
                columns.get("product_id"), Certainty(columns["certainty"]),
            )  # fmt: skip
            yield Happening(happened, table, _id(one.said), _id(one.corrects) if one.corrects else None, subject)

    def _regions_around(self, region_id: int) -> list[int]:
        if region_id not in self._around:
            self._around[region_id] = regions_around(self._session, region_id)
        return self._around[region_id]

    def _history(self, shape: _Shape, prepared: Sequence[dict[str, Any]]) -> dict[tuple[Any, ...], list[_Said]]:
        """What the store holds of the things that the rows speak of, by key and source name."""
        table = metadata.tables[str(shape.table.__tablename__)]
        exact = [name for name in shape.key if name != "product_id"]  # it can be NULL, which equals nothing in SQL
        wanted: Any = {tuple(columns[name] for name in exact) for columns in prepared}
        if self._session.get_bind().dialect.name == "postgresql":
            # A long list of tuples is planned there as one OR after another; as a table it is joined.
            lists = [cast([row[at] for row in wanted], ARRAY(table.c[name].type)) for at, name in enumerate(exact)]
            wanted = select(func.unnest(*lists).table_valued(*exact).render_derived())
        columns: list[Any] = [table.c[name] for name in (*shape.key, *shape.content)]
        query = (
            select(table.c.id, table.c.superseded_by_id, col(Source.name), col(Source.published), *columns)
            .join_from(table, Source, table.c.source_id == Source.id)
            .where(tuple_(*(table.c[name] for name in exact)).in_(wanted))
            .order_by(table.c.id)
        )
        found: dict[tuple[Any, ...], list[_Said]] = {}
        for row_id, newer, source, published, *said in self._session.execute(query):
            key, content = said[: len(shape.key)], tuple(said[len(shape.key) :])
            found.setdefault((*key, source), []).append(_Said(content, published, row_id, newer))
        return found

    def _columns(self, row: NewRow, sources: dict[NewSource, int]) -> dict[str, Any]:
        vendor_id = self._names.vendor(row.vendor)
        columns: dict[str, Any] = {
            "vendor_id": vendor_id,
            "region_id": self._names.region(row.region),
            "certainty": row.certainty.value,
            "source_id": sources[row.source],
            "recorded_at": utc_now(),
        }
        if isinstance(row, NewFact):
            columns |= {"metric": row.metric.value, "value": row.value}
            columns |= {"unit": row.unit.value, "bound": row.bound.value}
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
            columns |= {"product_id": self._names.product(vendor_id, row.product) if row.product else None}
        return columns


def _judge(said: _Said, same_thing: list[_Said], again: bool) -> _Verdict:
    """Decide what becomes of a row, given all that its source has said of the same thing so far; it joins them."""
    current = next((old for old in same_thing if old.newer is None), None)
    taken_back = again and current is None
    for old in same_thing:
        if old.content == said.content and (old is current or (old.published == said.published and not taken_back)):
            return _Verdict(Outcome.KNOWN, old)
    same_thing.append(said)
    if current is None:
        return _Verdict(Outcome.NEW, said)
    if said.published < current.published:
        said.newer = current
        return _Verdict(Outcome.HISTORY, said)
    current.newer = said
    return _Verdict(Outcome.CORRECTED, said, current)


def _id(row: _Said | int | None) -> int:
    found = row.row_id if isinstance(row, _Said) else row
    assert found is not None
    return found
