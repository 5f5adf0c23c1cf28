"""A store of 1,000,000 facts and 10,000 vendors: how big it is, and how long start, answer and recording take."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date

from sqlalchemy import Connection, Engine, func, insert, select
from sqlmodel import col

from bot.answering import Answering
from store.engine import writing
from store.period import Kind, Period
from store.record import Recorder
from store.rows import NewFact, NewSource
from store.soundness import vacuum
from store.start import start
from store.tables import Region, Source, Vendor, metadata, utc_now
from store.words import Bound, Certainty, Metric, Unit

FACTS, VENDORS = 1_000_000, 10_000
_FEW = 20_000
_SYLLABLES = ("ba", "ko", "mi", "ru", "te", "lo", "vi", "sa", "xo", "ne", "qua", "zi", "fen", "dor", "gal", "tik")
_TODAY = date(2017, 11, 1)
_QUESTIONS = (
    "how many phones did xiaomi ship in Q2 2017", "whos #1 in india", "top 5 worldwide in Q3 2017", "huawei milestones",
    "samsng market shar q2 2018", "when does xiaomi launch in spain", "compare samsung vs apple 2017",
    "how many phones did bakomiru ship in india in q1 2016", "bakomirute shipments since 2012", "baakomiru share 2015",
)  # fmt: skip


def measure(database_url: str | None = None) -> Iterator[str]:
    """The figures, each as a line."""
    with tempfile.TemporaryDirectory() as folder:
        url = database_url or f"sqlite:///{folder}/vendorbot.db"
        engine = start(url)
        yield f"Filled in {_seconds(lambda: _fill(engine)):.0f} s."
        _, size = vacuum(engine)
        engine.dispose()
        began = time.perf_counter()
        answering = Answering(start(url))
        started = time.perf_counter() - began
        yield f"Size {size / 1e6:,.0f} MB; start, with {VENDORS:,} vendors' names read: {started:.1f} s."
        taken = {}
        for question in _QUESTIONS:
            answering.ask(question, _TODAY)
            times = [_seconds(lambda question=question: answering.ask(question, _TODAY)) for _ in range(9)]  # type: ignore[misc]
            taken[question] = statistics.median(times)
        slowest = max(taken, key=lambda one: taken[one])
        yield (
            f"An answer: {statistics.median(taken.values()) * 1000:.1f} ms (median), slowest"
            f" {taken[slowest] * 1000:.1f} ms ({slowest})."
        )
        one, many = _recording(answering.engine)
        yield f"Recording one fact: {one * 1000:.1f} ms; each of 2,000 at once: {many * 1000:.2f} ms."
        yield f"Memory at the most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB."


def names() -> Iterator[str]:
    """Names that nobody has, each once."""
    for first in _SYLLABLES:
        for second in _SYLLABLES:
            for third in _SYLLABLES:
                for last in _SYLLABLES:
                    yield first + second + third + last


def _fill(engine: Engine) -> None:
    with writing(engine) as session:
        connection = session.connection()
        chosen = [name for name, _ in zip(names(), range(VENDORS), strict=False)]
        known = set(connection.execute(select(col(Vendor.slug))).scalars())
        new = [name for name in chosen if name not in known]
        first = _next_id(connection, "vendor")
        vendors = [{"id": first + at, "slug": name, "name": name.title()} for at, name in enumerate(new)]
        connection.execute(insert(metadata.tables["vendor"]), vendors)
        regions = list(connection.execute(select(col(Region.id))).scalars())
        source = connection.execute(select(col(Source.id))).scalars().first()
        periods = [period for year in range(2010, 2018) for period in Period.parse(str(year)).split(Kind.QUARTER)]
        rows, row_id = [], _next_id(connection, "fact")
        moment = utc_now()
        for number in range(FACTS):
            period = periods[(number // VENDORS) % len(periods)]
            rows.append({
                "id": row_id + number, "vendor_id": vendors[number % len(vendors)]["id"], "metric": "shipments",
                "value": (number % 997) / 10, "bound": "", "unit": "million", "certainty": "estimate",
                "region_id": regions[number * 7919 % len(regions)],
                "period": str(period), "period_start": period.start, "period_end": period.end,
                "source_id": source, "recorded_at": moment,
            })  # fmt: skip
            if len(rows) == _FEW:
                connection.execute(insert(metadata.tables["fact"]), rows)
                rows = []
        connection.execute(insert(metadata.tables["fact"]), rows) if rows else None


def _next_id(connection: Connection, table: str) -> int:
    return int(connection.execute(select(func.max(metadata.tables[table].c.id))).scalar() or 0) + 1


def _recording(engine: Engine) -> tuple[float, float]:
    source = NewSource("Somebody", "https://example.com/", date(2017, 10, 1))
    months = [f"{year}-{month:02}" for year in range(1990, 2025) for month in range(1, 13)]
    regions = ("india", "china", "spain", "france", "germany")
    places = [(region, Period.parse(month)) for region in regions for month in months][:2001]
    one, *many = (
        NewFact("xiaomi", Metric.SHIPMENTS, 1.5, Bound.EXACT, Unit.MILLION, region, when, Certainty.ESTIMATE, source)
        for region, when in places
    )

    def record(rows: list[NewFact]) -> None:
        with writing(engine) as session:
            Recorder(session, "benchmark").record_all(rows)

    return _seconds(lambda: record([one])), _seconds(lambda: record(many)) / len(many)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
