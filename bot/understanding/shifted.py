"""The time of a follow-up that leans on the one spoken of: "the year before?", "Q2 of that year?", "same quarter in
2016?"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.understanding.lexicon import words_under
from bot.understanding.query import Query
from bot.understanding.spans import UNIT_OF_SYMBOL, Reading
from store.period import Kind, Period, PeriodError

_SHORT = 5  # words
_IN_A_YEAR = {Kind.QUARTER: 4, Kind.HALF: 2, Kind.MONTH: 12}
_NAMES_NO_TIME = {"compare", "upcoming", "after", "month"}
_YEAR_SAID = re.compile(r"(?:19|20)\d\d|['’]\d\d|[qh]\d\s?\d\d|\d[qh]\d\d", re.IGNORECASE)
_MOST_STEPS = 10


def shifted(own: Query, reading: Reading, symbols: Mapping[str, str], previous: Period, opened: int) -> Period | None:
    """The time that a follow-up asks about, from that of the question before; None where it names its own or none.

    `opened` is how many words its opening takes ("what about")."""
    said = [symbols.get(word) for word in reading.corrected]
    units = [UNIT_OF_SYMBOL[symbol] for symbol in said if symbol in UNIT_OF_SYMBOL]
    if not units and {"one", "ones"} & set(reading.corrected) and len(reading.words) <= _SHORT:
        units = [previous.kind]  # "the one before?"
    if not units:
        return None
    found = _of_that_year(own, reading, units, previous)
    if found:
        return found
    # "previous" is before what was spoken of, "last" before today
    back = bool({"<before>", "<ago>"} & set(said)) or bool(words_under("previous") & set(reading.corrected))
    ahead = bool({"<later>", "<next>"} & set(said))
    named = {span.entry.value for span in reading.spans if span.entry and span.start >= opened}
    about = (reading.concepts & named) - _NAMES_NO_TIME
    if back == ahead or own.regions or about:
        return None
    if any(symbol is not None and symbol.startswith("<m") and symbol != "<month>" for symbol in said):
        return None
    try:
        return _moved(previous, units[0], (-1 if back else 1) * _steps(reading, units))
    except PeriodError:
        return None


def _of_that_year(own: Query, reading: Reading, units: list[Kind], previous: Period) -> Period | None:
    """ "Q2 of that year" after 2018Q1 is 2018Q2; "same quarter in 2016" after 2017Q3 is 2016Q3."""
    if own.period is None or previous.kind is Kind.RANGE:
        return None
    said, parts = set(reading.corrected), _IN_A_YEAR
    if "same" in said and own.period.kind is Kind.YEAR and previous.kind in parts and previous.kind in units:
        return previous.shift(parts[previous.kind] * (own.period.start.year - previous.start.year))
    if said & {"that", "same"} and Kind.YEAR in units and own.period.kind in parts and not _YEAR_SAID.search(own.text):
        return own.period.shift(parts[own.period.kind] * (previous.start.year - own.period.start.year))
    return None


def _steps(reading: Reading, units: list[Kind]) -> int:
    """How far back "two years before that" goes."""
    numbers = [int(word) for word in reading.corrected if word.isdigit() and int(word) <= _MOST_STEPS]
    numbers += [position for position in reading.positions if position <= _MOST_STEPS]
    return numbers[0] if numbers and units else 1


def _moved(period: Period, unit: Kind, steps: int) -> Period:
    if unit is Kind.YEAR and period.kind in _IN_A_YEAR:
        return period.shift(steps * _IN_A_YEAR[period.kind])
    return period.shift(steps)
