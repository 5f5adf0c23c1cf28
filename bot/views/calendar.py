"""Launches as a calendar file, one all-day event each, with how sure it is in its description."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.answers.answer import Answer, named_in, place_of
from bot.languages.marks import translatable
from bot.views.wording import tell, word
from store.catalogue import Catalogue
from store.facts import KnownLaunch

CALENDAR_NAME = translatable("Phone launches")
_EVENT = translatable("{what} launches {where}")
_OPEN_EVENT = translatable("{what} launches {where} ({certainty})")
_ONLY_MONTH = translatable("The day is not known, only the month.")
_SURE = translatable("Certainty: {certainty}. Source: {source}, {date}.")
_NOT_SURE = translatable("Certainty: {certainty}, not confirmed. Source: {source}, {date}.")
_LONGEST = 31  # days: what may be on any day of a year is no date for a calendar


def dated(answer: Answer) -> list[KnownLaunch]:
    """The launches of an answer that a calendar has use for: still to come, and known to a month at least."""
    return [
        one
        for one in answer.launches
        if one.days and one.days[1] >= answer.query.today and (one.days[1] - one.days[0]).days < _LONGEST
    ]


def calendar(launches: Sequence[KnownLaunch], names: Catalogue) -> bytes:
    """The launches as an .ics file. An event keeps its UID when its date is corrected, so that calendars move it."""
    from icalendar import Calendar, Event  # imported late: few runs of the program make a calendar

    made = Calendar()
    made.add("prodid", "-//Vendorbot//launches//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", tell(CALENDAR_NAME))
    for launch in launches:
        assert launch.days
        first, last = launch.days
        event = Event()
        event.add("uid", _uid(launch))
        event.add("dtstamp", datetime.combine(launch.source.published, time(), UTC))
        event.add("summary", _summary(launch, names))
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))  # the first day after it, as the format has it
        event.add("transp", "TRANSPARENT")  # a launch makes nobody busy
        event.add("status", "CONFIRMED" if launch.certainty.happened else "TENTATIVE")
        event.add("location", word(named_in(launch.region, names)))
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


def _summary(launch: KnownLaunch, names: Catalogue) -> str:
    what = names.name(launch.vendor)
    if launch.product:
        product = names.name(launch.product)
        what = product if product.startswith(what) else f"{what} {product}"
    message = _EVENT if launch.certainty.happened else _OPEN_EVENT
    return tell(message, what=what, where=place_of(launch.region, names), certainty=launch.certainty)


def _description(launch: KnownLaunch, first: date, last: date) -> str:
    exact = "" if first == last else f"{tell(_ONLY_MONTH)} "
    source = launch.source
    message = _SURE if launch.certainty.happened else _NOT_SURE
    told = tell(message, certainty=launch.certainty, source=source.name, date=source.published.isoformat())
    return exact + told
