"""Digests, quiet hours and reminders by the clocks of the chats, over changes of the clocks and long sleeps."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from store.alert_tables import Digest, Happened
from store.chats import ChatSettings
from store.moments import next_digest, quiet_until, reminder_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    "timezone", ["UTC", "Europe/Madrid", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe"]
)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 9, 23])
def test_a_daily_digest_comes_once_on_every_day_of_the_year(timezone: str, hour: int) -> None:
    settings = ChatSettings(timezone=timezone, digest=Digest.DAILY, digest_hour=hour)
    now, days = datetime(2026, 1, 1, tzinfo=UTC), []
    for _ in range(370):
        now = next_digest(settings, now)
        days.append(now)
    assert all(22 * HOUR < after - before < 26 * HOUR for before, after in pairwise(days))
    assert days[-1] - days[0] == pytest.approx(369 * DAY, abs=2 * HOUR)


def test_a_weekly_digest_comes_on_mondays() -> None:
    settings = ChatSettings(timezone="Europe/Madrid", digest=Digest.WEEKLY)
    first = next_digest(settings, datetime(2026, 10, 20, tzinfo=UTC))
    second = next_digest(settings, first)
    assert (first, second) == (datetime(2026, 10, 26, 8, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC))


def test_after_a_day_of_sleep_one_digest_is_due_and_the_next_is_ahead() -> None:
    settings = ChatSettings(digest=Digest.DAILY)
    woke = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert next_digest(settings, woke) == datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24 21:30", "2026-11-25 07:00"),  # 22:30 in Madrid; it ends at 8 there
        ("2026-11-24 02:00", "2026-11-24 07:00"),
        ("2026-11-24 07:00", None),
        ("2026-11-24 20:59", None),
        ("2026-10-24 22:00", "2026-10-25 07:00"),  # the night of 25 hours
        ("2026-03-28 22:00", "2026-03-29 06:00"),  # the night of 23
    ],
)
def test_quiet_hours_end_by_the_chats_clock(now: str, until: str | None) -> None:
    expected = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None
    assert quiet_until("Europe/Madrid", (22 * 60, 8 * 60), datetime.fromisoformat(now).replace(tzinfo=UTC)) == expected


@pytest.mark.parametrize("timezone", ["UTC", "Europe/Madrid", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)])
def test_each_reminder_is_due_for_a_day_so_that_a_sleeping_machine_misses_none(timezone: str, day: date) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - 4 * DAY
    due = [reminder_due(day, timezone, start + number * HOUR) for number in range(24 * 9)]
    assert 23 <= due.count(Happened.TOMORROW) <= 25
    assert due.count(Happened.TODAY) >= 24
    assert [one for one in due if one] == sorted((one for one in due if one), key=lambda one: one != "tomorrow")
