"""When things are due by a chat's own clock: digests, the end of quiet hours, reminders. Pure; moments are in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from store.alert_tables import Digest, Happened
from store.chats import ChatSettings

REMINDED_AT = time(9)
_WEEKLY_ON = 0  # Monday
_DAY = timedelta(days=1)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The time zone of that name; UTC where the machine knows none such."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def next_digest(settings: ChatSettings, now: datetime) -> datetime:
    """The first moment after `now` at which the chat's digest is due.

    It counts by the chat's calendar: a day of 23 or 25 hours has one digest like any other."""
    place = zone(settings.timezone)
    day = now.astimezone(place).date()
    while True:
        moment = _at(day, time(settings.digest_hour % 24), place)
        if moment > now and (settings.digest is not Digest.WEEKLY or day.weekday() == _WEEKLY_ON):
            return moment
        day += _DAY


def first_digest(settings: ChatSettings, now: datetime) -> datetime | None:
    """When the next digest of a chat is due that has just set this; None where it is told at once."""
    return None if settings.digest is Digest.INSTANT else next_digest(settings, now)


def quiet_until(timezone: str, quiet: tuple[int, int] | None, now: datetime) -> datetime | None:
    """When a chat's quiet hours end, where it is in them now; None where it may be told."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    place = zone(timezone)
    local = now.astimezone(place)
    minute = local.hour * 60 + local.minute
    begins, ends = quiet
    within = begins <= minute < ends if begins < ends else minute >= begins or minute < ends
    if not within:
        return None
    day = local.date() if minute < ends else local.date() + _DAY
    end = _at(day, time(ends // 60, ends % 60), place)
    return end if end > now else now + timedelta(minutes=1)  # the hour in which clocks go back comes twice


def reminder_due(day: date, timezone: str, now: datetime) -> Happened | None:
    """Which reminder of a launch on that day is due in that time zone.

    Each stays due for as long as it is true, so that a machine that slept meanwhile still sends it."""
    place = zone(timezone)
    if _at(day - _DAY, REMINDED_AT, place) <= now < _at(day, REMINDED_AT, place):
        return Happened.TOMORROW
    if _at(day, REMINDED_AT, place) <= now < _at(day + 2 * _DAY, time(), place):
        return Happened.TODAY
    return None


def reminded_from(day: date, happened: Happened, timezone: str) -> datetime:
    """From when on that reminder is due."""
    return _at(day - _DAY if happened is Happened.TOMORROW else day, REMINDED_AT, zone(timezone))


def _at(day: date, clock: time, place: ZoneInfo) -> datetime:
    """That time of that day; a time that the clocks skip is the same length after midnight."""
    return datetime.combine(day, clock, place).astimezone(UTC)
