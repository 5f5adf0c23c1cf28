"""How long a file of 100,000 rows takes to come in, and the shipped data at the first start."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Iterator

from sqlalchemy import Engine

from store.engine import open_engine, reading
from store.files import read_file
from store.holdings import count_holdings
from store.imports import import_file
from store.migrate import migrate
from store.shipped import DATA
from store.start import start
from tests.benchmarks.measured import Figure, seconds_of

ROWS = 100_000


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:

        def first_start() -> None:
            start(f"sqlite:///{folder}/shipped.db").dispose()

        empty = f"sqlite:///{folder}/empty.db"
        tables_only = seconds_of(lambda: migrate(open_engine(empty)))
        loading = seconds_of(first_start)
        engine = open_engine(f"sqlite:///{folder}/shipped.db")
        with reading(engine) as session:
            rows = count_holdings(session).rows
        yield Figure(f"first start: tables and {rows:,} shipped rows", loading, 1.5, "1.5 s", 1)
        yield Figure("  of which the tables", tables_only, 1.5, "1.5 s")
        content = big_file().encode()
        bare = seconds_of(lambda: list(csv.DictReader(io.StringIO(content.decode()))))
        yield Figure("100,000 rows parsed", seconds_of(lambda: list(read_file(content).lines)), bare, "csv.DictReader")
        yield Figure("100,000 rows imported", seconds_of(lambda: _import(engine, content)), 30, "30 s", 1)
        yield Figure("the same 100,000 again", seconds_of(lambda: _import(engine, content)), 30, "30 s", 1)


def _import(engine: Engine, content: bytes) -> None:
    imported = import_file(engine, read_file(content), "benchmark")
    assert not imported.refused


def big_file() -> str:
    """A facts file of 100,000 different rows about the vendors and regions that are shipped."""
    chosen = random.Random(2017)
    vendors, regions = _slugs("vendors.csv"), _slugs("regions.csv")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["vendor", "metric", "value", "unit", "region", "period", "certainty", "source", "url", "published"]
    )
    wanted = ROWS
    for region in regions:
        for vendor in vendors:
            for year in range(2011, 2026):
                if not wanted:
                    return out.getvalue()
                wanted -= 1
                fact = (vendor, "shipments", round(chosen.uniform(0.1, 90), 1), "million", region)
                when = (f"{year}Q{chosen.randint(1, 4)}", "estimate")
                source = (f"Analyst {year % 5}", f"https://example.com/{region}/{year}", f"{year + 1}-02-01")
                writer.writerow([*fact, *when, *source])
    return out.getvalue()


def _slugs(file: str) -> list[str]:
    return [row["slug"] for row in csv.DictReader((DATA / file).read_text("utf-8").splitlines())]
