"""The coverage table counts quarters with a top five, and finds its place in a file."""

from __future__ import annotations

from dataclasses import replace

from store.coverage import BEGIN, END, coverage, coverage_table, with_coverage
from store.engine import open_engine, reading, writing
from store.period import Period
from store.record import Recorder
from store.words import Metric, Unit
from tests.store.test_record import FACT


def test_a_quarter_counts_once_one_source_names_five(sqlite_url: str) -> None:
    vendors = ("xiaomi", "samsung", "apple", "oppo", "vivo")
    rows = [replace(FACT, vendor=vendor, region="peru", period=Period.quarter(2019, 1)) for vendor in vendors]
    rows += [replace(row, period=Period.quarter(2019, 2)) for row in rows[:4]]
    rows += [replace(FACT, vendor="total", region="peru", period=Period.quarter(2019, 2))]
    rows += [replace(row, period=Period.year(2019), metric=Metric.MARKET_SHARE, unit=Unit.PERCENT) for row in rows[:5]]
    with writing(open_engine(sqlite_url)) as session:
        Recorder(session, "a test").record_all(rows)
        peru = coverage(session)["peru"]
        table = coverage_table(session)
    assert (peru.facts, peru.quarters, peru.years) == (15, {(Metric.SHIPMENTS, 2019): 1}, {(Metric.MARKET_SHARE, 2019)})
    (line,) = (line for line in table.splitlines() if line.startswith("| Peru | ") and "Somebody" not in line)
    assert " 1/0+ |" in line


def test_the_table_goes_between_its_markers(sqlite_url: str) -> None:
    with reading(open_engine(sqlite_url)) as session:
        table = coverage_table(session)
    whole = with_coverage("", table)
    assert whole.startswith(BEGIN)
    text = f"# Data\n\n{BEGIN}\nold\n{END}\n\nMore.\n"
    assert with_coverage(text, table) == f"# Data\n\n{BEGIN}\n{table}{END}\n\nMore.\n"
    assert with_coverage(with_coverage(text, table), table) == with_coverage(text, table)
