"""The real process killed while it delivers; the long version is `make soak`."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.alerts.dispatcher import most_open
from tests.alerts.processes import deliver_by_two, deliver_under_kills


@pytest.mark.parametrize("place", ["sqlite", "postgresql"])
def test_kills_lose_nothing_and_repeat_no_more_than_was_in_flight(
    place: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("sqlite_url" if place == "sqlite" else "postgres_url")
    soaked = asyncio.run(deliver_under_kills(url, tmp_path, chats=500, alerts=2, kills=3))
    assert soaked.missing == 0
    assert soaked.states == {"sent": 1000}
    assert soaked.repeats <= len(soaked.kills) * (most_open(1000) + 1)


def test_another_takes_over_from_one_that_is_killed_and_one_that_is_frozen(postgres_url: str, tmp_path: Path) -> None:
    soaked = asyncio.run(deliver_by_two(postgres_url, tmp_path, chats=600, alerts=2))
    assert soaked.missing == 0
    assert soaked.states == {"sent": 1200}
    assert soaked.repeats <= len(soaked.kills) * (most_open(200) + 1)
    assert soaked.taken_over < 15
