"""Recording: each fact once, corrections supersede, history and audit stay, on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, text

from store.engine import reading, writing
from store.period import Period
from store.record import Outcome, Recorded, Recorder
from store.rows import NewFact, NewLaunch, NewRow, NewSource, RowError
from store.words import Bound, Certainty, Metric, Unit

SOURCE = NewSource("Somebody", "https://example.com/1", date(2020, 1, 2))
FACT = NewFact(
    "xiaomi",
    Metric.SHIPMENTS,
    1.5,
    Bound.EXACT,
    Unit.MILLION,
    "spain",
    Period.parse("2019Q4"),
    Certainty.ESTIMATE,
    SOURCE,
)
LAUNCH = NewLaunch("xiaomi", "", "spain", "2017-11-07", (date(2017, 11, 7),) * 2, Certainty.CONFIRMED, SOURCE)


def record(engine: Engine, *rows: NewRow) -> list[Recorded]:
    with writing(engine) as session:
        return Recorder(session, "a test").record_all(rows)


def rows(engine: Engine, query: str, **given: Any) -> list[Any]:
    with reading(engine) as session:
        return [tuple(row) for row in session.execute(text(query), given)]


def on(row: Any, day: date, **changes: Any) -> Any:
    return replace(row, source=replace(row.source, published=day), **changes)


def test_the_same_twice_is_one(loaded_engine: Engine) -> None:
    first, again = record(loaded_engine, FACT)[0], record(loaded_engine, FACT, FACT)
    assert first.outcome is Outcome.NEW
    assert {(one.outcome, one.row_id) for one in again} == {(Outcome.KNOWN, first.row_id)}
    together = record(loaded_engine, replace(FACT, region="italy"), replace(FACT, region="italy"))
    assert [one.outcome for one in together] == [Outcome.NEW, Outcome.KNOWN]
    assert together[0].row_id == together[1].row_id


def test_a_correction_supersedes_and_history_stays(loaded_engine: Engine) -> None:
    first = record(loaded_engine, FACT)[0]
    second = record(loaded_engine, on(FACT, date(2020, 3, 1), value=1.7))[0]
    assert (second.outcome, second.superseded_id) == (Outcome.CORRECTED, first.row_id)
    kept = rows(
        loaded_engine,
        "SELECT value, superseded_by_id FROM fact WHERE id IN (:a, :b) ORDER BY id",
        a=first.row_id,
        b=second.row_id,
    )
    assert kept == [(1.5, second.row_id), (1.7, None)]
    audits = rows(
        loaded_engine,
        "SELECT actor, action FROM audit WHERE table_name = 'fact' AND row_id IN (:a, :b) ORDER BY id",
        a=first.row_id,
        b=second.row_id,
    )
    assert audits == [("a test", "record new"), ("a test", "record corrected")]


def test_an_older_row_is_history(loaded_engine: Engine) -> None:
    now = record(loaded_engine, FACT)[0]
    older = record(loaded_engine, on(FACT, date(2019, 12, 1), value=1.1))[0]
    assert older.outcome is Outcome.HISTORY
    assert rows(loaded_engine, "SELECT superseded_by_id FROM fact WHERE id = :id", id=older.row_id) == [(now.row_id,)]
    assert record(loaded_engine, on(FACT, date(2019, 12, 1), value=1.1))[0].outcome is Outcome.KNOWN


def test_a_chain_within_one_file(loaded_engine: Engine) -> None:
    days = [date(2020, 1, 1), date(2020, 5, 1), date(2020, 3, 1), date(2020, 7, 1)]
    recorded = record(loaded_engine, *(on(FACT, day, value=float(at)) for at, day in enumerate(days)))
    outcomes = [one.outcome for one in recorded]
    assert outcomes == [Outcome.NEW, Outcome.CORRECTED, Outcome.HISTORY, Outcome.CORRECTED]
    ids = [one.row_id for one in recorded]
    newer = dict(rows(loaded_engine, "SELECT id, superseded_by_id FROM fact WHERE id >= :first", first=min(ids)))
    assert newer == {ids[0]: ids[1], ids[1]: ids[3], ids[2]: ids[1], ids[3]: None}


def test_two_sources_are_two_facts(loaded_engine: Engine) -> None:
    other = replace(FACT, source=replace(SOURCE, name="Someone else"), value=1.9)
    assert [one.outcome for one in record(loaded_engine, FACT, other)] == [Outcome.NEW, Outcome.NEW]


def test_all_or_nothing_in_one_transaction(loaded_engine: Engine) -> None:
    before = rows(loaded_engine, "SELECT count(*) FROM audit")
    with pytest.raises(RowError, match="did you mean"):
        record(loaded_engine, FACT, replace(FACT, vendor="xiaomee"))
    assert rows(loaded_engine, "SELECT count(*) FROM audit") == before


@pytest.mark.parametrize(("vendor", "meant"), [("xaomi", "xiaomi"), ("小米", "xiaomi"), ("galaxy", "samsung")])
def test_vendors_by_their_other_names(loaded_engine: Engine, vendor: str, meant: str) -> None:
    one = record(loaded_engine, replace(FACT, vendor=vendor))[0]
    query = "SELECT vendor.slug FROM fact JOIN vendor ON vendor.id = fact.vendor_id WHERE fact.id = :id"
    assert rows(loaded_engine, query, id=one.row_id) == [(meant,)]


def test_products_are_found_or_added(loaded_engine: Engine) -> None:
    launches = [replace(LAUNCH, product=name, region=region) for name, region in (
        ("Mi A1", "peru"), ("A1", "chile"), ("Mi Mix 2+", "peru"), ("mi mix 2 plus", "chile"),
    )]  # fmt: skip
    record(loaded_engine, *launches)
    other = replace(LAUNCH, vendor="honor", product="Mi A1", region="peru")
    record(loaded_engine, other, other)
    found = rows(
        loaded_engine,
        "SELECT product.slug, count(*) FROM launch JOIN product ON product.id = launch.product_id"
        " JOIN region ON region.id = launch.region_id WHERE region.slug IN ('peru', 'chile')"
        " AND launch.certainty = 'confirmed' AND source_id IN (SELECT id FROM source WHERE name = 'Somebody')"
        " GROUP BY product.slug ORDER BY product.slug",
    )
    assert found == [("honor-mi-a1", 1), ("mi-a1", 2), ("mi-mix-2-plus", 2)]


def test_many_at_once_keep_their_order(loaded_engine: Engine) -> None:
    many = [
        replace(FACT, period=Period.month(year, month), value=float(year))
        for year in range(1975, 2095)
        for month in range(1, 13)
    ]
    recorded = record(loaded_engine, *many, *many[:100])
    assert [one.outcome for one in recorded] == [Outcome.NEW] * 1440 + [Outcome.KNOWN] * 100
    assert [one.row_id for one in recorded[:100]] == [one.row_id for one in recorded[1440:]]
    first = recorded[7].row_id
    assert rows(loaded_engine, "SELECT period FROM fact WHERE id = :id", id=first) == [("1975-08",)]
