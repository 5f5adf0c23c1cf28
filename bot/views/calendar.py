"""Launches as a calendar file, one all-day event each, with how sure it is in its description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.answers.answer import Answer, Where
from bot.views.wording import place
from store.facts import KnownLaunch

_LONGEST = 31  # days: what may be on any day of a year is no date for a calendar

Name = Callable[[str], str]


def dated(answer: Answer) -> list[KnownLaunch]:
    """The launches of an answer that a calendar has use for: still to come, and known to a month at least."""
    return [
        one
        for one in answer.launches
        if one.days and one.days[1] >= answer.query.today and (one.days[1] - one.days[0]).days < _LONGEST
    ]


def calendar(launches: Sequence[KnownLaunch], name: Name) -> bytes:
    """The launches as an .ics file. An event keeps its UID when its date is corrected, so that calendars move it."""
    from icalendar import Calendar, Event  # imported late: few runs of the program make a calendar

    made = Calendar()
    made.add("prodid", "-//Vendorbot//launches//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Phone launches")
    for launch in launches:
        assert launch.days
        first, last = launch.days
        event = Event()
        event.add("uid", _uid(launch))
        event.add("dtstamp", datetime.combine(launch.source.published, time(), UTC))
        event.add("summary", _summary(launch, name))
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))  # the first day after it, as the format has it
        event.add("transp", "TRANSPARENT")  # a launch makes nobody busy
        event.add("status", "CONFIRMED" if launch.certainty.happened else "TENTATIVE")
        event.add("location", name(launch.region))
        event.add("description", _description(launch, first, last))
        event.add("url", launch.source.url)
        made.add_component(event)
    return bytes(made.to_ical())


def file_name(launches: Sequence[KnownLaunch]) -> str:
    """`xiaomi-spain.ics` for the launches of one vendor in one region, else `launches.ics`."""
    if len({(one.vendor, one.region) for one in launches}) != 1:
        return "launches.ics"
    return f"{launches[0].vendor}-{launches[0].region}.ics"


def _uid(launch: KnownLaunch) -> str:
    return f"{launch.vendor}.{launch.product or 'entry'}.{launch.region}@launches.vendorbot"


def _summary(launch: KnownLaunch, name: Name) -> str:
    what = name(launch.vendor)
    if launch.product:
        product = name(launch.product)
        what = product if product.startswith(what) else f"{what} {product}"
    sure = "" if launch.certainty.happened else f" ({launch.certainty})"
    return f"{what} launches {place(Where(launch.region, name(launch.region)))}{sure}"


def _description(launch: KnownLaunch, first: date, last: date) -> str:
    exact = "" if first == last else "The day is not known, only the month. "
    sure = str(launch.certainty) if launch.certainty.happened else f"{launch.certainty}, not confirmed"
    return f"{exact}Certainty: {sure}. Source: {launch.source.name}, {launch.source.published.isoformat()}."
