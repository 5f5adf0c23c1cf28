"""Days and periods as an admin types them: "7 Nov 2017", "07.11.2017", "Q3 2017", "last month", "not known"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.lexicon import Lexicon
from bot.understanding.periods import Found
from bot.understanding.spans import read
from bot.understanding.text import words
from store.period import Kind, Period, PeriodError

UNKNOWN = ("not known", "unknown", "no date", "none", "-", "–", "?", "tba", "tbd")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SMALL_WORDS = {"on", "in", "the", "of", "at", "around", "by"}


def read_period(text: str, lexicon: Lexicon, today: date) -> Period | None:
    """A period, where the text is nothing but one."""
    try:
        return Period.parse(text.strip().upper())
    except PeriodError:
        found = _found(text, lexicon, today)
        return found.period if found and not found.days else None


def read_days(text: str, lexicon: Lexicon, today: date) -> str | None:
    """A day, month, quarter or year as launches keep it: `2017-11-07`, `2017-11`, `2017Q4`, `2017`; None where it is
    none, or 7/11/2017, which is one day in Europe and another in America."""
    exact = read_day(text, lexicon, today)
    if exact:
        return exact.isoformat()
    period = read_period(text, lexicon, today)
    return str(period) if period and period.kind is not Kind.RANGE else None


def read_day(text: str, lexicon: Lexicon, today: date) -> date | None:
    """One day."""
    plain = text.strip().casefold()
    if plain in ("today", "yesterday", "tomorrow"):
        return today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(plain, 0))
    dotted, slashed = _DOTTED.fullmatch(plain), _SLASHED.fullmatch(plain)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", plain):
            return date.fromisoformat(plain)
        if dotted:
            return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        if slashed:
            first, second, year = (int(part) for part in slashed.groups())
            if first > 12 or first == second:
                return date(year, second, first)
            return date(year, first, second) if second > 12 else None
    except ValueError:
        return None
    found = _found(text, lexicon, today)
    return found.days[0] if found and found.days and found.days[0] == found.days[1] else None


def _found(text: str, lexicon: Lexicon, today: date) -> Found | None:
    typed = words(text)
    if not typed:
        return None
    reading = read(typed, lexicon, today)
    if len(reading.found) != 1:
        return None
    found = reading.found[0]
    rest = [word for place, word in enumerate(typed) if not found.start <= place < found.stop]
    return found if all(word in _SMALL_WORDS for word in rest) else None
