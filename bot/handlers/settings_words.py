"""What stands after /settings: a digest, quiet hours or reminders in words. Pure."""

from __future__ import annotations

import re

from store.alert_tables import Digest

_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))?\s*(?:-|–|to|until|till)\s*(\d{1,2})(?::(\d\d))?")
_DAY = 24 * 60  # minutes
_AT = re.compile(r"\bat (\d{1,2})\b")
_ON, _OFF = {"on", "yes"}, {"off", "no", "none"}
_DIGESTS = {
    "instant": Digest.INSTANT, "once": Digest.INSTANT, "daily": Digest.DAILY, "day": Digest.DAILY,
    "weekly": Digest.WEEKLY, "week": Digest.WEEKLY,
}  # fmt: skip


def changes_of(text: str) -> list[tuple[str, str]]:
    """What to change, as names and values of buttons: "daily at 18", "quiet 22:30-7", "reminders off".

    Empty where the text says none of these; it may be a time zone then."""
    lowered = text.casefold()
    said = set(re.findall(r"[^\W\d]+", lowered))
    found = []
    digest = next((digest for word, digest in _DIGESTS.items() if word in said), None)
    if digest is not None:
        found.append(("digest", digest.value))
    hour = _AT.search(lowered)
    if hour and int(hour[1]) < 24 and (digest or "digest" in said):
        found.append(("hour", str(int(hour[1]))))
    if "quiet" in said:
        hours = _HOURS.search(lowered)
        if hours or said & _OFF:
            found.append(("quiet", hours[0].replace(" ", "") if hours else "off"))
    if said & {"reminders", "reminder"} and said & (_ON | _OFF):
        found.append(("reminders", "off" if said & _OFF else "on"))
    return found


def quiet_hours(text: str) -> tuple[int, int] | None:
    """Quiet hours such as 22:30-7, in minutes of the day; None where the text is none."""
    read = _HOURS.fullmatch(text)
    if read is None:
        return None
    begins, ends = (int(read[at]) * 60 + int(read[at + 1] or 0) for at in (1, 3))
    valid = begins < _DAY and ends <= _DAY and begins != ends % _DAY
    return (begins, ends % _DAY) if valid else None
