"""The real process killed while it delivers; the long version is `make soak`."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.alerts.dispatcher import most_open
from tests.alerts.processes import deliver_by_two, deliver_under_kills


def test_kills_lose_nothing_and_repeat_no_more_than_was_in_flight(sqlite_url: str, tmp_path: Path) -> None:
    soaked = asyncio.run(deliver_under_kills(sqlite_url, tmp_path, chats=400, alerts=2, kills=1))
    assert soaked.missing == 0
    assert soaked.states == {"sent": 800}
    assert soaked.repeats <= soaked.in_flight
    assert all(kill.in_flight <= most_open(1000) + 1 for kill in soaked.kills)


def test_another_takes_over_from_one_that_is_frozen_and_one_that_is_killed(postgres_url: str, tmp_path: Path) -> None:
    soaked = asyncio.run(deliver_by_two(postgres_url, tmp_path, chats=300, alerts=2, lease=2))
    assert soaked.missing == 0
    assert soaked.states == {"sent": 600}
    assert soaked.repeats <= soaked.in_flight
