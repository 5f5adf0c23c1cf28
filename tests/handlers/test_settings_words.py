"""What may stand after /settings."""

from __future__ import annotations

import pytest

from bot.handlers.settings_words import changes_of, quiet_hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily", [("digest", "daily")]),
        ("Weekly at 18", [("digest", "weekly"), ("hour", "18")]),
        ("tell me at once", [("digest", "instant")]),
        ("digest at 7", [("hour", "7")]),
        ("quiet 22:30-7", [("quiet", "22:30-7")]),
        ("quiet hours from 23 to 6", [("quiet", "23to6")]),
        ("no quiet hours", [("quiet", "off")]),
        ("reminders off", [("reminders", "off")]),
        ("daily, quiet 22-8, no reminders", [("digest", "daily"), ("quiet", "22-8"), ("reminders", "off")]),
        ("Europe/Paris", []),
        ("quiet", []),
        ("daily at 99", [("digest", "daily")]),
    ],
)
def test_settings_in_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert changes_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("22:30-7", (22 * 60 + 30, 7 * 60)), ("23to6", (23 * 60, 6 * 60)), ("22-24", (22 * 60, 0)), ("0-24", None),
     ("7-7", None), ("25-3", None), ("x", None)],
)  # fmt: skip
def test_quiet_hours(text: str, expected: tuple[int, int] | None) -> None:
    assert quiet_hours(text) == expected
