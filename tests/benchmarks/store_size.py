"""How long an answer takes with 1,000,000 facts in the store against the shipped 5,000."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

import store
from bot.answering import Answering
from store.engine import open_engine
from store.period import Kind, Period
from store.start import start
from tests.evaluation.peers.protocol import timed
from tests.evaluation.report import Measured
from tests.evaluation.score import Gold, read_gold

FACTS = 1_000_000
RATIO = 2.0  # at most
EACH = 12  # questions an intent
CACHE = Path(tempfile.gettempdir()) / f"vendorbot-benchmarks-{os.getuid()}"
_FIRST, _LAST = 2009, 2018
_EMPTY = 10  # every tenth region gets none of the made-up facts
_MISSING = (
    "how many phones did samsung ship in the year 2031", "who was number one in india in 2001", "top 5 in 2002",
    "who is number one in angola", "who is number one in serbia", "top vendors in oman", "top vendors in norway",
    "how many phones did samsung ship in angola", "samsung market share in oman", "huawei shipments in serbia",
)  # fmt: skip
_COLUMNS = (
    "vendor_id, metric, value, bound, unit, region_id, period, period_start, period_end, certainty, source_id, "
    "recorded_at"
)


def run(console: Console) -> list[Measured]:
    """Ask the same questions of a small and of a big store."""
    small, big = _files(console)
    questions = _questions()
    few, many = _times((small, big), questions)
    table = Table(title="An answer by facts in the store, median ms", title_justify="left", title_style="bold")
    table.add_column("intent")
    for column in ("questions", f"{_count(small):,} facts", f"{_count(big):,} facts", "ratio"):
        table.add_column(column, justify="right")
    both = [gold for gold in questions if gold.question in few and gold.question in many]
    for intent in sorted({gold.intent for gold in both}):
        asked = [gold.question for gold in both if gold.intent == intent]
        one, other = (statistics.median(took[text] for text in asked) for took in (few, many))
        table.add_row(intent, str(len(asked)), f"{one:.1f}", f"{other:.1f}", f"{other / one:.2f} x")
    one, other = (statistics.median(took[gold.question] for gold in both) for took in (few, many))
    table.add_row("all", str(len(both)), f"{one:.1f}", f"{other:.1f}", f"{other / one:.2f} x")
    console.print(table)
    slow = max(both, key=lambda gold: many[gold.question])
    console.print(f"Slowest with many facts: {many[slow.question]:.0f} ms ({few[slow.question]:.1f}): {slow.question}")
    ratio = other / one
    return [
        Measured(
            f"an answer with {FACTS:,} facts against the shipped", f"{ratio:.2f} x", f"{RATIO:g} x", ratio <= RATIO
        )
    ]


def _questions() -> list[Gold]:
    """A few train questions of each intent that is answered from facts."""
    found: dict[str, list[Gold]] = {}
    for gold in read_gold("train"):
        if gold.intent != "none" and not gold.previous and len(found.setdefault(gold.intent, [])) < EACH:
            found[gold.intent].append(gold)
    model = found["value"][0]
    missing = [replace(model, question=text, intent="(nothing known)", now=date(2017, 11, 1)) for text in _MISSING]
    return [*(gold for several in found.values() for gold in several), *missing]


def _times(files: Sequence[Path], questions: Sequence[Gold]) -> list[dict[str, float]]:
    """Milliseconds by question of each store, asked in turn; questions whose answer raises are left out."""
    bots = [Answering(open_engine(f"sqlite:///{file}")) for file in files]
    took: list[dict[str, float]] = [{} for _ in bots]
    for gold in questions:
        for bot, own in zip(bots, took, strict=True):
            ask = partial(bot.ask, today=gold.now)
            with suppress(Exception):  # the evaluation counts these
                ask(gold.question)
                own[gold.question] = 1000 * timed(ask, gold.question)[1]
    return took


def _files(console: Console) -> tuple[Path, Path]:
    """The small and the big store; made once and kept until the data, the tables or this file change."""
    code = hashlib.sha256(Path(__file__).read_bytes())
    folder = Path(store.__file__).parent
    for file in sorted([*folder.glob("migrations/versions/*.py"), *folder.glob("data/*.csv")]):
        code.update(file.read_bytes())
    folder = CACHE / code.hexdigest()[:16]
    small, big = folder / "shipped.db", folder / "big.db"
    if not big.exists():
        shutil.rmtree(CACHE, ignore_errors=True)
        folder.mkdir(parents=True)
        began = time.perf_counter()
        engine = start(f"sqlite:///{small}")
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        growing = folder / "growing.db"
        shutil.copy(small, growing)
        _fill(growing)
        growing.rename(big)
        console.print(
            f"[dim]Made a store of {FACTS:,} facts in {time.perf_counter() - began:.0f} s; kept in {folder}.[/]"
        )
    return small, big


def _fill(file: Path) -> None:
    """Add made-up facts, spread at random over all vendors, regions, periods and metrics, until there are enough."""
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA cache_size = -400000")
    vendors = [row[0] for row in database.execute("SELECT id FROM vendor WHERE slug != 'total'")]
    regions = [row[0] for row in database.execute(f"SELECT id FROM region WHERE id % {_EMPTY} != 0")]
    indices = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'fact' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indices:
        database.execute(f"DROP INDEX {name}")
    wanted = FACTS - database.execute("SELECT count(*) FROM fact").fetchone()[0]
    database.executemany(
        f"INSERT INTO fact ({_COLUMNS}) VALUES ({', '.join('?' * 12)})", _made_up(database, vendors, regions, wanted)
    )
    for _, sql in indices:
        database.execute(sql)
    database.commit()
    database.close()


def _made_up(
    database: sqlite3.Connection, vendors: list[int], regions: list[int], wanted: int
) -> Iterator[tuple[object, ...]]:
    chance = random.Random(1)
    years = [Period.year(year) for year in range(_FIRST, _LAST + 1)]
    periods = [*years, *(part for year in years for kind in (Kind.QUARTER, Kind.MONTH) for part in year.split(kind))]
    sources = {period: _source(database, period.end + timedelta(days=30)) for period in periods}
    cells = len(vendors) * len(regions) * len(periods) * 2
    assert cells > wanted, "too few vendors, regions and periods for so many facts"
    left = cells
    for vendor in vendors:
        for region in regions:
            for period in periods:
                for metric, unit in (("shipments", "million"), ("market_share", "percent")):
                    if chance.random() < wanted / left:
                        wanted -= 1
                        yield (
                            vendor, metric, round(chance.uniform(0.1, 30), 1), "", unit, region, str(period),
                            period.start.isoformat(), period.end.isoformat(), "estimate", sources[period],
                            "2017-01-01 00:00:00.000000",
                        )  # fmt: skip
                    left -= 1


def _source(database: sqlite3.Connection, published: date) -> int:
    """The row of a made-up analyst's report of that day."""
    row = ("Made-up Research", f"https://example.org/{published}", published.isoformat(), "")
    added = database.execute(
        "INSERT OR IGNORE INTO source (name, url, published, announced_by) VALUES (?, ?, ?, ?)", row
    )
    if added.rowcount:
        assert added.lastrowid
        return added.lastrowid
    found = database.execute("SELECT id FROM source WHERE name = ? AND url = ?", row[:2]).fetchone()
    return int(found[0])


def _count(file: Path) -> int:
    database = sqlite3.connect(file)
    found: int = database.execute("SELECT count(*) FROM fact").fetchone()[0]
    database.close()
    return found
