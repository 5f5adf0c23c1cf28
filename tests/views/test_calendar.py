"""Launches as calendar files: read back by the same format's reader."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar

from bot.languages.spoken import speaking
from bot.views.calendar import calendar, file_name
from store.catalogue import Catalogue, KnownRegion, KnownVendor
from store.facts import KnownLaunch, KnownSource
from store.words import Certainty

NAMES = Catalogue(
    {"xiaomi": KnownVendor("xiaomi", "Xiaomi", None, None, None)}, {"spain": KnownRegion("spain", "Spain", None, "ES")}
)
SOURCE = KnownSource("Xiaomi; with, signs", "https://example.org/a?b=c&d", date(2017, 10, 31))


def launch(text: str, days: tuple[date, date], certainty: Certainty = Certainty.CONFIRMED) -> KnownLaunch:
    return KnownLaunch(1, "xiaomi", None, "spain", text, days, certainty, SOURCE)


def events(*launches: KnownLaunch) -> list[dict[str, object]]:
    parsed = Calendar.from_ical(calendar(launches, NAMES))
    return [
        {name: event.decoded(name) for name in ("uid", "dtstart", "dtend", "summary", "status", "description")}
        for event in parsed.walk("VEVENT")
    ]


def test_a_launch_is_a_whole_day_with_its_certainty_and_source() -> None:
    day = date(2017, 11, 7)
    (event,) = events(launch("2017-11-07", (day, day)))
    assert (event["dtstart"], event["dtend"]) == (day, date(2017, 11, 8))
    assert event["summary"] == "Xiaomi launches in Spain"
    assert event["description"] == "Certainty: confirmed. Source: Xiaomi; with, signs, 2017-10-31."


def test_a_launch_that_is_not_sure_says_so_and_keeps_its_uid_when_it_is() -> None:
    first, last = date(2017, 11, 1), date(2017, 11, 30)
    (rumoured,) = events(launch("2017-11", (first, last), Certainty.RUMOURED))
    assert rumoured["summary"] == "Xiaomi launches in Spain (rumoured)"
    assert rumoured["status"] == "TENTATIVE"
    assert "only the month" in rumoured["description"]  # type: ignore[operator]
    assert rumoured["dtend"] == date(2017, 12, 1)
    (sure,) = events(launch("2017-11-07", (date(2017, 11, 7), date(2017, 11, 7))))
    assert sure["uid"] == rumoured["uid"]


def test_the_file_is_the_same_each_time() -> None:
    one = launch("2017-11-07", (date(2017, 11, 7), date(2017, 11, 7)))
    assert calendar([one], NAMES) == calendar([one], NAMES)
    assert file_name([one]) == "xiaomi-spain.ics"


def test_an_event_is_in_the_language_spoken() -> None:
    day = date(2017, 11, 7)
    with speaking("ru"):
        (event,) = events(launch("2017-11-07", (day, day), Certainty.EXPECTED))
    assert event["summary"] == "Запуск Xiaomi в Испании (ожидается)"
    assert event["description"] == (
        "Надёжность: ожидается, не подтверждено. Источник: Xiaomi; with, signs, 2017-10-31."
    )
